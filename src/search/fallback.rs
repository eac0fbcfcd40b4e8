//! What the database itself answers when the search engine does not: leads whose title, investor or code hold every
//! word as it was typed, in the asker's scope, under his filters, the latest change first. It knows no pinyin, no
//! other texts and no counts by field, and says that it answered in place of the engine.

use crate::accounts::Actor;
use crate::app::App;
use crate::db::dialect::{contains_pattern, lower};
use crate::db::{AnyConn, Id, MultiBackend};
use crate::error::AppError;
use crate::leads::model::{SourceKind, Stage, Status};
use crate::leads::queries::{Visible, visible_to};
use crate::schema::{contact_phones, contacts, leads};
use crate::search::fields::{FacetField, LeadField};
use crate::search::filtered::{among, among_ids, by_investment};
use crate::search::highlight::marked;
use crate::search::settings::{AmountRange, FieldKind};
use crate::search::tokens::pieces::pieces;
use crate::search::tokens::{Pattern, words};
use crate::search::{Among, Bounds, SearchAnswer, SearchError, SearchHit, SearchQuery};
use chrono::NaiveDate;
use diesel::dsl::{not, sql};
use diesel::prelude::*;
use diesel::sql_types::{Bool, Nullable};
use std::collections::BTreeMap;
use std::str::FromStr;
use std::time::Instant;

/// As answers call it.
pub const NAME: &str = "database";

/// So many words are looked for, each in a condition of its own.
const MOST_WORDS: usize = 8;

/// The answer, and who gave it: the engine, or the database where the engine does not answer.
///
/// # Errors
/// What the engine refuses for good reason (a field that is not the asker's, a page too deep) is refused here.
pub fn search(
    conn: &mut AnyConn,
    app: &App,
    actor: &Actor,
    query: &SearchQuery,
) -> Result<(SearchAnswer, &'static str), AppError> {
    match app.search.search(query) {
        Ok(answer) => Ok((answer, app.search.name())),
        Err(SearchError::FieldNotAllowed(field)) => {
            Err(AppError::bad_request(field.as_str(), "forbidden-field"))
        }
        Err(SearchError::TooDeep) => Err(AppError::bad_request("offset", "too-deep")),
        Err(error) => {
            tracing::warn!(%error, "the database answers in place of the search engine");
            metrics::counter!("search_fallbacks_total").increment(1);
            Ok((answer(conn, app, actor, query)?, NAME))
        }
    }
}

/// The database's own answer.
pub fn answer(
    conn: &mut AnyConn,
    app: &App,
    actor: &Actor,
    query: &SearchQuery,
) -> Result<SearchAnswer, AppError> {
    let began = Instant::now();
    let (limit, offset) = (i64::try_from(query.limit).unwrap_or(0), i64::try_from(query.offset).unwrap_or(0));
    let amounts = &app.search_settings.amounts;
    let Some(total) = matching(actor, query, amounts) else { return Ok(SearchAnswer::default()) };
    let total: i64 = total.count().get_result(conn)?;
    let mut hits = Vec::new();
    if let Some(rows) = matching(actor, query, amounts).filter(|_| limit > 0 && total > offset) {
        let rows = rows
            .order((leads::updated_at.desc(), leads::id.desc()))
            .limit(limit)
            .offset(offset)
            .select((leads::id, leads::code, leads::title, leads::investor_name))
            .load::<(Id, String, String, String)>(conn)?;
        let language = &app.search_settings.language;
        let wanted = words::typed(&query.text, language).wanted;
        let patterns: Vec<Vec<Pattern>> = wanted.iter().map(|word| vec![word.literal()]).collect();
        hits.extend(rows.into_iter().map(|(id, code, title, investor)| {
            let mut highlights = BTreeMap::new();
            if query.highlight {
                for (field, kind, text) in [
                    (LeadField::Code, FieldKind::Code, &code),
                    (LeadField::Title, FieldKind::Name, &title),
                    (LeadField::InvestorName, FieldKind::Name, &investor),
                ] {
                    let html = marked(text, kind, &patterns, language).filter(|_| query.fields.has(field));
                    highlights.extend(html.map(|html| (field, html)));
                }
            }
            SearchHit { id: id.to_string(), code, score: 0.0, highlights }
        }));
    }
    Ok(SearchAnswer {
        hits,
        total: u64::try_from(total).unwrap_or(0),
        facets: BTreeMap::new(),
        approximate: false,
        took_ms: began.elapsed().as_secs_f64() * 1_000.0,
    })
}

/// The rows, or none where a filter names no word that there is.
fn matching<'a>(actor: &Actor, query: &SearchQuery, amounts: &[AmountRange]) -> Option<Visible<'a>> {
    let mut rows = visible_to(actor);
    let filters = &query.filters;
    let without = |field| filters.without(field).to_vec();
    among!(rows, leads::county, filters.county.clone(), without(FacetField::County));
    among!(rows, leads::industry, filters.industry.clone(), without(FacetField::Industry));
    let unwanted = known::<Stage>(filters.without(FacetField::Stage))?;
    among!(rows, leads::stage, known::<Stage>(&filters.stage)?, unwanted);
    let unwanted = known::<Status>(filters.without(FacetField::Status))?;
    among!(rows, leads::status, known::<Status>(&filters.status)?, unwanted);
    let unwanted = known::<SourceKind>(filters.without(FacetField::Source))?;
    among!(rows, leads::source_kind, known::<SourceKind>(&filters.source_kind)?, unwanted);
    among_ids!(rows, leads::source_chamber_id, filters, FacetField::Chamber);
    among_ids!(rows, leads::officer_id, filters, FacetField::Officer);
    among_ids!(rows, leads::leader_id, filters, FacetField::Leader);
    by_investment!(rows, leads, filters, amounts);
    let Bounds { from, to } = filters.registered_on;
    if let Some(from) = from {
        rows = rows.filter(leads::registered_on.ge(from));
    }
    if let Some(to) = to {
        rows = rows.filter(leads::registered_on.le(to));
    }
    if !filters.registered.is_empty() {
        rows = rows.filter(in_years(&filters.registered)?);
    }
    let unwanted = filters.without(FacetField::Registered);
    if !unwanted.is_empty() {
        rows = rows.filter(not(in_years(unwanted)?));
    }
    if let Some(Among { ids, .. }) = &query.among {
        rows = rows.filter(leads::id.eq_any(ids.to_vec()));
    }
    if query.asks_for_hidden_phone() {
        return None;
    }
    for hash in query.phones.clone() {
        let first = contacts::table.filter(contacts::phone_hash.eq(hash.clone())).select(contacts::lead_id);
        let others =
            contact_phones::table.filter(contact_phones::hash.eq(hash)).select(contact_phones::lead_id);
        rows = rows.filter(leads::id.eq_any(first).or(leads::id.eq_any(others)));
    }
    for piece in pieces(&query.text).into_iter().take(MOST_WORDS) {
        let like = contains_pattern(piece.text);
        let in_title = lower(leads::title).like(like.clone()).escape('\\');
        let in_investor = lower(leads::investor_name).like(like.clone()).escape('\\');
        let found = in_title.or(in_investor).or(lower(leads::code).like(like).escape('\\'));
        rows = if piece.unwanted { rows.filter(not(found)) } else { rows.filter(found) };
    }
    Some(rows)
}

type Condition = Box<dyn BoxableExpression<leads::table, MultiBackend, SqlType = Nullable<Bool>>>;

/// Registered in one of these years; nothing where a text is no year.
fn in_years(years: &[String]) -> Option<Condition> {
    let mut any: Condition = Box::new(sql::<Nullable<Bool>>("(0 = 1)"));
    for year in years {
        let year = year.parse().ok()?;
        let first = NaiveDate::from_ymd_opt(year, 1, 1)?;
        let last = NaiveDate::from_ymd_opt(year, 12, 31)?;
        any = Box::new(any.or(leads::registered_on.between(first, last).nullable()));
    }
    Some(any)
}

/// The words of a field; none when one of them is no word of it, which nothing has.
fn known<T: FromStr>(values: &[String]) -> Option<Vec<T>> {
    values.iter().map(|value| value.parse().ok()).collect()
}
