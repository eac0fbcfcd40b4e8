//! All SQL of imports. An import exists for who made it, and for nobody else: its file is his.

use crate::accounts::Actor;
use crate::companies::identity::{Companies, Identity};
use crate::companies::uscc::Uscc;
use crate::db::page::{Cursor, Order, PageOf};
use crate::db::{AnyConn, Id, Json, MultiBackend};
use crate::execute;
use crate::imports::model::{Import, ImportKind, ImportRow, ImportStatus, RowOutcome};
use crate::reference::Reference;
use crate::schema::{chambers, companies, company_names, import_rows, imports, leads, projects};
use chrono::NaiveDateTime;
use diesel::prelude::*;
use std::collections::{BTreeSet, HashMap, HashSet};

/// Values per query: both databases take far more, but plans grow with them.
const CHUNK: usize = 500;

pub fn find(conn: &mut AnyConn, actor: &Actor, id: &Id) -> QueryResult<Option<Import>> {
    imports::table
        .find(id)
        .filter(imports::by_user.eq(&actor.user_id))
        .select(Import::as_select())
        .first(conn)
        .optional()
}

/// The usual order of imports: the latest first.
pub const LATEST_FIRST: Order = Order::descending("created_at");

/// The actor's imports, by the time of their upload: ids are made in that order.
pub fn page(
    conn: &mut AnyConn,
    actor: &Actor,
    order: Order,
    after: Option<&Cursor>,
    limit: i64,
) -> QueryResult<PageOf<Import>> {
    let mut query = of_actor(actor);
    if let Some(cursor) = after {
        let id = cursor.id.clone();
        query = if order.descending {
            query.filter(imports::id.lt(id))
        } else {
            query.filter(imports::id.gt(id))
        };
    }
    query = if order.descending { query.order(imports::id.desc()) } else { query.order(imports::id.asc()) };
    let rows = query.limit(limit + 1).select(Import::as_select()).load(conn)?;
    Ok(PageOf::from_rows(rows, limit, |import: &Import| order.at(&import.id)))
}

/// How many imports the actor has.
pub fn count(conn: &mut AnyConn, actor: &Actor) -> QueryResult<i64> {
    of_actor(actor).count().get_result(conn)
}

fn of_actor(actor: &Actor) -> imports::BoxedQuery<'static, MultiBackend> {
    imports::table.filter(imports::by_user.eq(actor.user_id.clone())).into_boxed()
}

/// An import for the worker, whoever made it.
pub fn find_any(conn: &mut AnyConn, id: &Id) -> QueryResult<Option<Import>> {
    imports::table.find(id).select(Import::as_select()).first(conn).optional()
}

pub fn insert(conn: &mut AnyConn, import: &Import, file: Option<&str>) -> QueryResult<()> {
    diesel::insert_into(imports::table)
        .values((import.clone(), imports::file_encrypted.eq(file)))
        .execute(conn)
        .map(drop)
}

/// The sealed file, while it is kept.
pub fn file(conn: &mut AnyConn, id: &Id) -> QueryResult<Option<String>> {
    imports::table.find(id).select(imports::file_encrypted).first(conn).optional().map(Option::flatten)
}

/// Takes the next step if the import still stands where it stood: of two at once, one is told `false`.
pub fn advance(conn: &mut AnyConn, id: &Id, from: ImportStatus, to: ImportStatus) -> QueryResult<bool> {
    let row = imports::table.find(id).filter(imports::status.eq(from));
    Ok(diesel::update(row).set(imports::status.eq(to)).execute(conn)? == 1)
}

/// What reading gave.
pub fn set_read(
    conn: &mut AnyConn,
    id: &Id,
    counts: Counts,
    skipped: &[(String, String)],
) -> QueryResult<()> {
    diesel::update(imports::table.find(id))
        .set((
            imports::status.eq(ImportStatus::Previewed),
            imports::row_count.eq(counts.rows),
            imports::new_count.eq(counts.new),
            imports::changed_count.eq(counts.changed),
            imports::duplicate_count.eq(counts.duplicate),
            imports::rejected_count.eq(counts.rejected),
            imports::skipped_sheets.eq(Json(skipped.to_vec())),
        ))
        .execute(conn)
        .map(drop)
}

pub fn set_failed(conn: &mut AnyConn, id: &Id, code: &str) -> QueryResult<()> {
    diesel::update(imports::table.find(id))
        .set((
            imports::status.eq(ImportStatus::Failed),
            imports::failure.eq(code),
            imports::file_encrypted.eq(None::<String>),
        ))
        .execute(conn)
        .map(drop)
}

pub fn set_duplicate_reason(conn: &mut AnyConn, id: &Id, reason: Option<&str>) -> QueryResult<()> {
    diesel::update(imports::table.find(id)).set(imports::duplicate_reason.eq(reason)).execute(conn).map(drop)
}

/// How far an application beside has come, for who waits for it.
pub fn set_imported(conn: &mut AnyConn, id: &Id, imported: i64) -> QueryResult<()> {
    diesel::update(imports::table.find(id)).set(imports::imported_count.eq(imported)).execute(conn).map(drop)
}

/// Done: the file is not kept.
pub fn set_applied(conn: &mut AnyConn, id: &Id, counts: Counts, now: NaiveDateTime) -> QueryResult<()> {
    diesel::update(imports::table.find(id))
        .set((
            imports::status.eq(ImportStatus::Applied),
            imports::row_count.eq(counts.rows),
            imports::new_count.eq(counts.new),
            imports::changed_count.eq(counts.changed),
            imports::duplicate_count.eq(counts.duplicate),
            imports::rejected_count.eq(counts.rejected),
            imports::imported_count.eq(counts.imported),
            imports::updated_count.eq(counts.updated),
            imports::file_encrypted.eq(None::<String>),
            imports::applied_at.eq(now),
        ))
        .execute(conn)
        .map(drop)
}

/// Another ledger than it was taken for: its rows are told anew.
pub fn set_kind(conn: &mut AnyConn, id: &Id, kind: ImportKind, status: ImportStatus) -> QueryResult<()> {
    diesel::update(imports::table.find(id))
        .set((imports::kind.eq(kind), imports::status.eq(status)))
        .execute(conn)
        .map(drop)
}

pub fn delete(conn: &mut AnyConn, id: &Id) -> QueryResult<()> {
    diesel::delete(imports::table.find(id)).execute(conn).map(drop)
}

/// Previews that nobody applied: their files are not kept for ever.
pub fn delete_forgotten(conn: &mut AnyConn, before: NaiveDateTime) -> QueryResult<usize> {
    let open = imports::status.ne(ImportStatus::Applied).and(imports::status.ne(ImportStatus::Applying));
    diesel::delete(imports::table.filter(open).filter(imports::created_at.lt(before))).execute(conn)
}

/// Rows by outcome.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub rows: i64,
    pub new: i64,
    pub changed: i64,
    pub duplicate: i64,
    pub rejected: i64,
    pub imported: i64,
    pub updated: i64,
}

impl Counts {
    pub fn add(&mut self, outcome: RowOutcome, n: i64) {
        self.rows += n;
        match outcome {
            RowOutcome::New => self.new += n,
            RowOutcome::Changed => self.changed += n,
            RowOutcome::Duplicate => self.duplicate += n,
            RowOutcome::Rejected => self.rejected += n,
            RowOutcome::Imported => self.imported += n,
            RowOutcome::Updated => self.updated += n,
        }
    }
}

/// Kept rows by outcome.
pub fn counts(conn: &mut AnyConn, id: &Id) -> QueryResult<Counts> {
    let by_outcome = import_rows::table
        .filter(import_rows::import_id.eq(id))
        .group_by(import_rows::outcome)
        .select((import_rows::outcome, diesel::dsl::count_star()))
        .load::<(RowOutcome, i64)>(conn)?;
    let mut counts = Counts::default();
    for (outcome, n) in by_outcome {
        counts.add(outcome, n);
    }
    Ok(counts)
}

pub fn insert_rows(conn: &mut AnyConn, rows: &[ImportRow]) -> QueryResult<()> {
    rows.iter()
        .try_for_each(|row| execute!(conn, diesel::insert_into(import_rows::table).values(row)).map(drop))
}

pub fn delete_rows(conn: &mut AnyConn, id: &Id) -> QueryResult<()> {
    diesel::delete(import_rows::table.filter(import_rows::import_id.eq(id))).execute(conn).map(drop)
}

/// What became of a row when the import was applied; `false` when another process applied it meanwhile.
pub fn update_row(conn: &mut AnyConn, row: &ImportRow) -> QueryResult<bool> {
    let open =
        import_rows::table.find((&row.import_id, row.position)).filter(import_rows::record_id.is_null());
    let updated = diesel::update(open)
        .set((
            import_rows::outcome.eq(row.outcome),
            import_rows::field.eq(&row.field),
            import_rows::code.eq(&row.code),
            import_rows::of_row.eq(row.of_row),
            import_rows::of_record.eq(&row.of_record),
            import_rows::record_id.eq(&row.record_id),
        ))
        .execute(conn)?;
    Ok(updated == 1)
}

/// Those of these positions at which a duplicate stands.
pub fn duplicates_at(conn: &mut AnyConn, id: &Id, positions: &[i64]) -> QueryResult<Vec<i64>> {
    let mut found = Vec::new();
    for chunk in positions.chunks(500) {
        found.extend(
            import_rows::table
                .filter(import_rows::import_id.eq(id))
                .filter(import_rows::outcome.eq(RowOutcome::Duplicate))
                .filter(import_rows::position.eq_any(chunk.to_vec()))
                .select(import_rows::position)
                .load::<i64>(conn)?,
        );
    }
    Ok(found)
}

/// Marks duplicates that are to be imported nevertheless; the others are not.
pub fn accept_rows(conn: &mut AnyConn, id: &Id, positions: Option<&[i64]>) -> QueryResult<()> {
    let duplicates = import_rows::import_id.eq(id).and(import_rows::outcome.eq(RowOutcome::Duplicate));
    match positions {
        None => diesel::update(import_rows::table.filter(duplicates))
            .set(import_rows::accepted.eq(true))
            .execute(conn)
            .map(drop),
        Some(positions) => diesel::update(import_rows::table.filter(duplicates))
            .filter(import_rows::position.eq_any(positions.to_vec()))
            .set(import_rows::accepted.eq(true))
            .execute(conn)
            .map(drop),
    }
}

/// Rows in order, of one outcome or all, after a position. One more than `limit`.
pub fn rows(
    conn: &mut AnyConn,
    id: &Id,
    outcome: Option<RowOutcome>,
    after: i64,
    limit: i64,
) -> QueryResult<Vec<ImportRow>> {
    let query = of_import(id, outcome).filter(import_rows::position.gt(after));
    query.order(import_rows::position.asc()).limit(limit + 1).select(ImportRow::as_select()).load(conn)
}

/// One page of rows in either order, of one outcome or all; the cursor names a position.
pub fn rows_page(
    conn: &mut AnyConn,
    id: &Id,
    outcome: Option<RowOutcome>,
    order: Order,
    after: Option<i64>,
    limit: i64,
) -> QueryResult<PageOf<ImportRow>> {
    let mut query = of_import(id, outcome);
    let position = import_rows::position;
    if let Some(after) = after {
        query = if order.descending {
            query.filter(position.lt(after))
        } else {
            query.filter(position.gt(after))
        };
    }
    query = if order.descending { query.order(position.desc()) } else { query.order(position.asc()) };
    let rows = query.limit(limit + 1).select(ImportRow::as_select()).load(conn)?;
    Ok(PageOf::from_rows(rows, limit, |row: &ImportRow| order.at(row.position)))
}

/// How many rows an import has, of one outcome or all.
pub fn count_rows(conn: &mut AnyConn, id: &Id, outcome: Option<RowOutcome>) -> QueryResult<i64> {
    of_import(id, outcome).count().get_result(conn)
}

fn of_import(id: &Id, outcome: Option<RowOutcome>) -> import_rows::BoxedQuery<'static, MultiBackend> {
    let query = import_rows::table.filter(import_rows::import_id.eq(id.clone())).into_boxed();
    match outcome {
        Some(outcome) => query.filter(import_rows::outcome.eq(outcome)),
        None => query,
    }
}

/// Code and title or name of the records that rows became or speak of, by id: of those that exist for the actor.
pub fn titles(
    conn: &mut AnyConn,
    actor: &Actor,
    kind: ImportKind,
    rows: &[ImportRow],
) -> QueryResult<HashMap<String, (String, String)>> {
    let ids: Vec<Id> =
        rows.iter().flat_map(|row| row.record_id.iter().chain(&row.of_record).cloned()).collect();
    let found: Vec<(Id, String, String)> = match kind {
        ImportKind::Leads => crate::leads::queries::visible_to(actor)
            .filter(leads::id.eq_any(ids))
            .select((leads::id, leads::code, leads::title))
            .load(conn)?,
        ImportKind::Projects => crate::projects::queries::visible_to(actor)
            .filter(projects::id.eq_any(ids))
            .select((projects::id, projects::code, projects::title))
            .load(conn)?,
        ImportKind::Chambers => crate::chambers::queries::visible_to(actor)
            .filter(chambers::id.eq_any(ids))
            .select((chambers::id, chambers::code, chambers::name))
            .load(conn)?,
    };
    Ok(found.into_iter().map(|(id, code, title)| (id.to_string(), (code, title))).collect())
}

/// What a row says that makes it another than its company's other rows.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Queryable)]
pub struct Words {
    pub title: String,
    pub investor_name: String,
    pub county: String,
    pub total_investment_fen: Option<i64>,
}

/// The words of those leads that imports made, of the companies of these leads.
pub fn imported_beside(conn: &mut AnyConn, of_leads: &[Id]) -> QueryResult<HashSet<Words>> {
    let mut found = HashSet::new();
    for chunk in of_leads.chunks(CHUNK) {
        let companies: Vec<Id> = leads::table
            .filter(leads::id.eq_any(chunk.to_vec()))
            .select(leads::company_id)
            .distinct()
            .load(conn)?;
        let imported = leads::table
            .filter(leads::company_id.eq_any(companies))
            .filter(leads::import_id.is_not_null())
            .filter(leads::deleted_at.is_null());
        let words = (leads::title, leads::investor_name, leads::county, leads::total_investment_fen);
        found.extend(imported.select(words).load::<Words>(conn)?);
    }
    Ok(found)
}

/// The leads already there whose company a row of the file may be, by every name of that company, the first
/// registered first.
pub fn known_companies(
    conn: &mut AnyConn,
    reference: &Reference,
    identities: &[&Identity],
) -> QueryResult<Companies<Id>> {
    let cores: BTreeSet<&str> = identities.iter().map(|identity| identity.name.core.as_str()).collect();
    let codes: BTreeSet<&str> =
        identities.iter().filter_map(|identity| identity.uscc.as_ref().map(Uscc::as_str)).collect();
    let mut found = BTreeSet::new();
    let of_companies = || leads::table.inner_join(companies::table).filter(leads::deleted_at.is_null());
    type Row = (chrono::NaiveDate, Id, String, Option<String>);
    for chunk in cores.into_iter().collect::<Vec<_>>().chunks(CHUNK) {
        let cores: Vec<Option<String>> = chunk.iter().map(|core| Some((*core).to_owned())).collect();
        let by_name = of_companies()
            .inner_join(company_names::table.on(company_names::company_id.eq(leads::company_id)))
            .filter(company_names::name_core.eq_any(cores))
            .select((leads::registered_on, leads::id, company_names::name, companies::uscc));
        found.extend(by_name.load::<Row>(conn)?);
    }
    for chunk in codes.into_iter().collect::<Vec<_>>().chunks(CHUNK) {
        let codes: Vec<Option<String>> = chunk.iter().map(|code| Some((*code).to_owned())).collect();
        let by_code = of_companies().filter(companies::uscc.eq_any(codes)).select((
            leads::registered_on,
            leads::id,
            companies::name,
            companies::uscc,
        ));
        found.extend(by_code.load::<Row>(conn)?);
    }
    let identity = |name: &str, uscc: Option<String>| {
        Identity::new(name, uscc.and_then(|code| Uscc::parse(&code).ok()), reference)
    };
    Ok(found.into_iter().map(|(_, lead, name, uscc)| (identity(&name, uscc), lead)).collect())
}
