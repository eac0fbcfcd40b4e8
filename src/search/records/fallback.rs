//! What the database itself answers when the records' index does not: records whose name or code hold every word as it
//! was typed, in the asker's scope and under the filters that projects have, the latest change first within each kind.

use super::SearchKind;
use crate::accounts::Actor;
use crate::db::dialect::{contains_pattern, lower};
use crate::db::{AnyConn, Id};
use crate::projects::policy::{View, view_of};
use crate::projects::queries::Visible;
use crate::schema::{chambers, companies, projects, referrers};
use crate::search::fields::{FacetField, LeadField};
use crate::search::filtered::{among, among_ids, by_investment};
use crate::search::highlight::marked;
use crate::search::settings::{AmountRange, FieldKind, Settings};
use crate::search::tokens::pieces::pieces;
use crate::search::tokens::{Pattern, words};
use crate::search::{SearchAnswer, SearchHit, SearchQuery};
use crate::{chambers as chamber_lists, projects as pool, referrers as payees};
use diesel::dsl::not;
use diesel::prelude::*;
use std::collections::{BTreeMap, HashSet};

/// So many words are looked for, each in a condition of its own.
const MOST_WORDS: usize = 8;
/// So many of a kind are counted.
const MOST: i64 = 1_000;

/// Id, code and name; a company has no code.
type Row = (Id, String, String);

/// The rows of a list whose columns hold every word, and hold none that is not wanted.
macro_rules! holding {
    ($rows:expr, $text:expr, $table:ident, $first:expr $(, $more:expr)*) => {{
        let mut rows = $rows;
        for piece in pieces($text).into_iter().take(MOST_WORDS) {
            let like = contains_pattern(piece.text);
            let found = lower($first).like(like.clone()).escape('\\')$(.or(lower($more).like(like.clone()).escape('\\')))*;
            rows = if piece.unwanted { rows.filter(not(found)) } else { rows.filter(found) };
        }
        rows.order(($table::updated_at.desc(), $table::id.desc())).limit(MOST)
    }};
}

/// The database's own answer over the kinds that the query's filter names.
pub fn answer(
    conn: &mut AnyConn,
    settings: &Settings,
    actor: &Actor,
    query: &SearchQuery,
) -> QueryResult<SearchAnswer> {
    let kinds: Vec<SearchKind> = query.filters.kind.iter().filter_map(|kind| kind.parse().ok()).collect();
    let (mut rows, mut counts) = (Vec::new(), BTreeMap::new());
    for kind in kinds {
        let of_kind = of_kind(conn, settings, actor, kind, query)?;
        counts.insert(kind.to_string(), of_kind.len() as u64);
        rows.extend(of_kind);
    }
    let wanted = words::typed(&query.text, &settings.language).wanted;
    let patterns: Vec<Vec<Pattern>> = wanted.iter().map(|word| vec![word.literal()]).collect();
    let total = rows.len() as u64;
    let hit = |(id, code, title): Row| {
        let mut highlights = BTreeMap::new();
        for (field, kind, text) in
            [(LeadField::Code, FieldKind::Code, &code), (LeadField::Title, FieldKind::Name, &title)]
        {
            let shows = query.highlight && query.fields.has(field);
            let html = shows.then(|| marked(text, kind, &patterns, &settings.language)).flatten();
            highlights.extend(html.map(|html| (field, html)));
        }
        SearchHit { id: id.to_string(), code, score: 0.0, highlights }
    };
    let hits = rows.into_iter().skip(query.offset).take(query.limit).map(hit).collect();
    let facets = BTreeMap::from([(FacetField::Kind, counts)]);
    Ok(SearchAnswer { hits, total, facets, ..SearchAnswer::default() })
}

/// The projects that exist for the actor and pass the filters; none where a code is no range's.
fn projects_under<'a>(actor: &Actor, query: &SearchQuery, amounts: &[AmountRange]) -> Option<Visible<'a>> {
    let mut rows = pool::queries::visible_to(actor);
    let filters = &query.filters;
    let without = |field| filters.without(field).to_vec();
    among!(rows, projects::county, filters.county.clone(), without(FacetField::County));
    among!(rows, projects::industry, filters.industry.clone(), without(FacetField::Industry));
    among_ids!(rows, projects::leader_id, filters, FacetField::Leader);
    by_investment!(rows, projects, filters, amounts);
    Some(rows)
}

fn of_kind(
    conn: &mut AnyConn,
    settings: &Settings,
    actor: &Actor,
    kind: SearchKind,
    query: &SearchQuery,
) -> QueryResult<Vec<Row>> {
    let text = &query.text;
    // Whether a company exists for the asker, or a record has a number that was typed, is known by the ids alone.
    let among: Option<HashSet<&str>> =
        query.among.as_ref().map(|among| among.ids.iter().map(String::as_str).collect());
    let most = if among.is_some() { i64::MAX } else { MOST };
    let rows: Vec<Row> = match kind {
        SearchKind::Project => {
            let Some(rows) = projects_under(actor, query, &settings.amounts) else { return Ok(Vec::new()) };
            let columns = (projects::id, projects::code, projects::title);
            if view_of(actor.role) == View::Full {
                holding!(rows, text, projects, projects::title, projects::code, projects::investor_name)
                    .select(columns)
                    .load(conn)?
            } else {
                holding!(rows, text, projects, projects::title, projects::code).select(columns).load(conn)?
            }
        }
        SearchKind::Company => {
            let rows = companies::table.into_boxed();
            let rows: Vec<(Id, String)> = holding!(rows, text, companies, companies::name)
                .limit(most)
                .select((companies::id, companies::name))
                .load(conn)?;
            rows.into_iter().map(|(id, name)| (id, String::new(), name)).collect()
        }
        SearchKind::Referrer => {
            let rows = payees::queries::visible_to(conn, actor)?;
            holding!(rows, text, referrers, referrers::name, referrers::code)
                .limit(most)
                .select((referrers::id, referrers::code, referrers::name))
                .load(conn)?
        }
        SearchKind::Chamber => {
            let rows = chamber_lists::queries::visible_to(actor);
            holding!(rows, text, chambers, chambers::name, chambers::code)
                .limit(most)
                .select((chambers::id, chambers::code, chambers::name))
                .load(conn)?
        }
        SearchKind::Lead => Vec::new(),
    };
    let exists = |(id, ..): &Row| among.as_ref().is_none_or(|among| among.contains(id.as_str()));
    Ok(rows.into_iter().filter(exists).take(usize::try_from(MOST).unwrap_or(usize::MAX)).collect())
}
