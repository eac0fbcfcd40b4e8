//! All SQL of attachments. A paper exists for whoever sees its record, which is looked up in scope by who calls
//! (`owner`).

use super::model::{Attachment, AttachmentKind, OwnerKind};
use super::owner::Owner;
use crate::accounts::Actor;
use crate::db::page::{Cursor, PageOf};
use crate::db::{AnyConn, Id, MultiBackend};
use crate::leads;
use crate::schema::{attachments, milestones};
use chrono::NaiveDateTime;
use diesel::prelude::*;
use std::collections::{HashMap, HashSet};

/// The order of the list, as its cursors name it.
pub const ORDER: &str = "-at";

/// Owners under which papers are stored.
pub type Stores = Vec<(OwnerKind, Vec<Id>)>;

/// Where the papers of a record, which the actor sees, are stored: those of a lead also with the leads that were
/// merged into it, those of a project also with its milestones.
pub fn stores_of(conn: &mut AnyConn, actor: &Actor, owner: &Owner) -> QueryResult<Stores> {
    let mut stores = vec![(owner.kind(), vec![owner.id().clone()])];
    match owner {
        Owner::Lead(lead) => {
            let merged = leads::queries::merged_into(conn, &lead.id)?;
            // A liaison is told of no lead that is not his own; he is shown no papers of leads at all.
            if leads::policy::view_of(actor.role) != leads::policy::View::Own {
                stores[0].1.extend(merged.into_iter().map(|lead| lead.id));
            }
        }
        Owner::Project(project) => {
            let of_project = milestones::table.filter(milestones::project_id.eq(&project.id));
            stores.push((OwnerKind::Milestone, of_project.select(milestones::id).load(conn)?));
        }
        Owner::FollowUp(..)
        | Owner::Milestone(..)
        | Owner::PolicyDocument(_)
        | Owner::Filing(_)
        | Owner::AwardApplication(_)
        | Owner::ChamberEntry(..)
        | Owner::Notice(_) => {}
    }
    Ok(stores)
}

/// The papers that are stored there, removed ones apart.
fn stored(stores: &Stores) -> attachments::BoxedQuery<'static, MultiBackend> {
    let mut query = attachments::table.into_boxed::<MultiBackend>();
    for (kind, ids) in stores {
        query =
            query.or_filter(attachments::owner_kind.eq(*kind).and(attachments::owner_id.eq_any(ids.clone())));
    }
    query.filter(attachments::deleted_at.is_null())
}

/// All of them, the latest first.
pub fn of(conn: &mut AnyConn, stores: &Stores) -> QueryResult<Vec<Attachment>> {
    stored(stores)
        .order((attachments::at.desc(), attachments::id.desc()))
        .select(Attachment::as_select())
        .load(conn)
}

/// Whether one of these records has a paper of this kind.
pub fn has(
    conn: &mut AnyConn,
    owner_kind: OwnerKind,
    owners: &[Id],
    kind: AttachmentKind,
) -> QueryResult<bool> {
    let papers = stored(&vec![(owner_kind, owners.to_vec())]).filter(attachments::kind.eq(kind));
    Ok(papers.count().get_result::<i64>(conn)? > 0)
}

/// The same by owner, for several of one kind, the first added first.
pub fn by_owner(
    conn: &mut AnyConn,
    kind: OwnerKind,
    ids: &[Id],
) -> QueryResult<HashMap<Id, Vec<Attachment>>> {
    let mut found: HashMap<Id, Vec<Attachment>> = HashMap::new();
    if ids.is_empty() {
        return Ok(found);
    }
    let papers = stored(&vec![(kind, ids.to_vec())]).order(attachments::id.asc());
    for paper in papers.select(Attachment::as_select()).load::<Attachment>(conn)? {
        found.entry(paper.owner_id.clone()).or_default().push(paper);
    }
    Ok(found)
}

/// A page of them, the latest first; `None` when the cursor's value does not fit.
pub fn page(
    conn: &mut AnyConn,
    stores: &Stores,
    after: Option<&Cursor>,
    limit: i64,
) -> QueryResult<Option<PageOf<Attachment>>> {
    let mut query = stored(stores);
    if let Some(cursor) = after {
        let value = cursor.value.as_deref().and_then(|text| text.parse::<NaiveDateTime>().ok());
        let Some(at) = value else { return Ok(None) };
        let id = cursor.id.clone();
        query = query.filter(attachments::at.lt(at).or(attachments::at.eq(at).and(attachments::id.lt(id))));
    }
    let rows = query
        .order((attachments::at.desc(), attachments::id.desc()))
        .limit(limit + 1)
        .select(Attachment::as_select())
        .load(conn)?;
    Ok(Some(PageOf::from_rows(rows, limit, |row: &Attachment| Cursor {
        sort: ORDER.to_owned(),
        value: Some(format!("{:?}", row.at)),
        id: row.id.to_string(),
    })))
}

/// How many there are.
pub fn count(conn: &mut AnyConn, stores: &Stores) -> QueryResult<i64> {
    stored(stores).count().get_result(conn)
}

/// A paper that was not removed, whoever asks: its record is looked up in scope by who calls.
pub fn find(conn: &mut AnyConn, id: &Id) -> QueryResult<Option<Attachment>> {
    attachments::table
        .find(id)
        .filter(attachments::deleted_at.is_null())
        .select(Attachment::as_select())
        .first(conn)
        .optional()
}

pub fn insert(conn: &mut AnyConn, paper: &Attachment) -> QueryResult<()> {
    diesel::insert_into(attachments::table).values(paper.clone()).execute(conn).map(drop)
}

/// Marks a paper as removed; false when somebody else did it first.
pub fn remove(conn: &mut AnyConn, id: &Id, now: NaiveDateTime) -> QueryResult<bool> {
    let row = attachments::table.find(id).filter(attachments::deleted_at.is_null());
    Ok(diesel::update(row).set(attachments::deleted_at.eq(Some(now))).execute(conn)? == 1)
}

/// Of these files, those that are a paper's: one that is there, or was removed after this time.
pub fn kept_since(conn: &mut AnyConn, names: &[String], time: NaiveDateTime) -> QueryResult<HashSet<String>> {
    let kept: Vec<String> = attachments::table
        .filter(attachments::storage_name.eq_any(names.to_vec()))
        .filter(attachments::deleted_at.is_null().or(attachments::deleted_at.gt(time)))
        .select(attachments::storage_name)
        .load(conn)?;
    Ok(kept.into_iter().collect())
}

/// Of these papers, those of the project or of one of its milestones.
pub fn ids_of_project(conn: &mut AnyConn, project: &Id, papers: &[Id]) -> QueryResult<Vec<Id>> {
    let of_milestones = milestones::table.filter(milestones::project_id.eq(project)).select(milestones::id);
    attachments::table
        .filter(attachments::id.eq_any(papers.to_vec()))
        .filter(attachments::deleted_at.is_null())
        .filter(
            attachments::owner_kind
                .eq("project")
                .and(attachments::owner_id.eq(project))
                .or(attachments::owner_kind.eq("milestone").and(attachments::owner_id.eq_any(of_milestones))),
        )
        .select(attachments::id)
        .load(conn)
}
