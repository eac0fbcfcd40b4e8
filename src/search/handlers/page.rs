//! The page of results, and what is suggested while one types.

use super::results::{PARAMETERS, query};
use super::words::{BOUNDS, FACETS, Names, bounds, label, left_out, message_of, names_in, refused};
use crate::accounts::Actor;
use crate::accounts::queries::users;
use crate::app::App;
use crate::chambers;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::leads::policy::{View, view_of};
use crate::search::finding::{Asked, Found, Head, Hit, find, find_any, find_records};
use crate::search::narrowing::{Narrowed, Refusal, narrowed};
use crate::search::pages;
use crate::search::records::narrowing::kinds_under;
use crate::search::records::{ALL, SearchKind};
use crate::search::tokens::private::masked;
use crate::search::{FacetField, SearchQuery, fallback};
use crate::web::i18n::Lang;
use crate::web::params::Params;
use crate::web::roles::LeadReader;
use crate::web::visit::Visit;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Values of a field that are shown: of many, the most frequent.
const VALUES_SHOWN: usize = 12;
/// Hits on a page, and under the search box.
const ON_PAGE: usize = 20;
const SUGGESTED: usize = 6;
/// Of these, what is no lead.
const SUGGESTED_BESIDE: usize = 2;

/// `GET /search`
pub async fn show(
    reader: LeadReader,
    visit: Visit,
    params: Params,
    request: HttpRequest,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(PARAMETERS)?;
    let page = results(&app, reader.0, visit.lang, params).await?;
    if request.headers().contains_key("hx-request") {
        visit.block(&app, &page, "found")
    } else {
        visit.page(&app, &page)
    }
}

/// `GET /search/suggestions?q=`
pub async fn suggestions(
    reader: LeadReader,
    visit: Visit,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(&["q"])?;
    let (actor, lang) = (reader.0, visit.lang.code());
    let q = params.text("q").unwrap_or_default().to_owned();
    let all = params.clone();
    let mut page = pages::Suggestions { q: q.clone(), ..pages::Suggestions::default() };
    if !q.is_empty() {
        let reader = actor.clone();
        let found = app
            .read(move |app, conn| {
                let Narrowed { params, refused } = narrowed(conn, app, &reader, params)?;
                if !refused.is_empty() {
                    return Ok(Err(refused));
                }
                let asked = SearchQuery { limit: SUGGESTED, ..query(conn, app, &reader, &params)? };
                let mut found = find(conn, app, &reader, asked.clone())?;
                let beside = SearchQuery { limit: SUGGESTED_BESIDE, ..asked };
                let records = find_records(conn, app, &reader, &beside, &SearchKind::RECORDS)?;
                found.hits.truncate(SUGGESTED.saturating_sub(records.hits.len()));
                found.hits.extend(records.hits);
                Ok(Ok((found, records.answer, records.engine)))
            })
            .await?;
        match found {
            Err(all) => page.refused = refused(all),
            Ok((found, beside, beside_from)) => {
                let total = found.answer.total.saturating_add(beside.total);
                page.total = i64::try_from(total).unwrap_or(i64::MAX);
                page.approximate = found.answer.approximate || beside.approximate;
                page.from_database = [found.engine, beside_from].contains(&fallback::NAME);
                // What is counted is what the page shows.
                let kind = (beside.total > 0).then_some(ALL);
                page.all = format!("/search?{}", all.with("type", kind));
                page.hits = found.hits.into_iter().map(|hit| shown(&app, &actor, lang, hit)).collect();
            }
        }
    }
    visit.block(&app, &page, "suggestions")
}

/// What one search of the page found.
enum Outcome {
    /// Nothing was asked.
    Help,
    /// A filter in the box cannot be.
    Refused(Vec<Refusal>),
    /// And what can be found beside leads, and how much there is of each kind.
    Found { found: Box<Found>, names: Names, beside: Vec<SearchKind>, kinds: BTreeMap<String, u64> },
}

async fn results(
    app: &Data<App>,
    actor: Actor,
    lang: Lang,
    params: Params,
) -> Result<pages::Results, AppError> {
    let offset = params.one::<usize>("offset")?.unwrap_or(0);
    let typed = params.text("q").unwrap_or_default().to_owned();
    let reader = actor.clone();
    let asked = app.read(move |app, conn| {
        let Narrowed { params, refused } = narrowed(conn, app, &reader, params)?;
        let filters = filters(&params);
        let named = names_in(conn, std::slice::from_ref(&params))?;
        if !refused.is_empty() {
            return Ok((params, filters, named, Outcome::Refused(refused)));
        }
        if params.text("q").is_none() && filters.is_empty() {
            return Ok((params, filters, named, Outcome::Help));
        }
        let fields = app.search_settings.fields_of(reader.role.as_str());
        let facets = FACETS.into_iter().filter(|field| fields.has_facet(*field)).collect();
        let kind = Asked::of(&params)?;
        let asked = SearchQuery { limit: ON_PAGE, facets, ..query(conn, app, &reader, &params)? };
        let fields = app.record_settings.fields_of(reader.role.as_str());
        let beside = kinds_under(&SearchKind::RECORDS, &asked.filters, reader.role, fields);
        let counted = SearchQuery { limit: 0, offset: 0, facets: Vec::new(), ..asked.clone() };
        let mut records = find_records(conn, app, &reader, &counted, &SearchKind::RECORDS)?;
        let mut kinds = records.answer.facets.remove(&FacetField::Kind).unwrap_or_default();
        let leads = match kind {
            Asked::Records(_) => find(conn, app, &reader, counted)?.answer.total,
            Asked::Leads | Asked::All => 0,
        };
        let found = find_any(conn, app, &reader, asked, kind)?;
        let leads = match kind {
            Asked::Leads => found.answer.total,
            Asked::All => found.answer.total.saturating_sub(records.answer.total),
            Asked::Records(_) => leads,
        };
        kinds.insert(SearchKind::Lead.to_string(), leads);
        let names = names(conn, &found)?;
        Ok((params, filters, named, Outcome::Found { found: Box::new(found), names, beside, kinds }))
    });
    let (params, filters, named, outcome) = match asked.await {
        // The page says so and stays; what was typed is not lost.
        Err(AppError::Unavailable(error)) => {
            tracing::warn!(error, "a search could not be asked");
            return Ok(pages::Results { q: typed, fault: true, ..pages::Results::default() });
        }
        asked => asked?,
    };
    let mut page = pages::Results {
        q: params.text("q").unwrap_or_default().to_owned(),
        bounds: [bounds(app, lang, &params), left_out(app, lang, &params, &named)].concat(),
        filters,
        ..pages::Results::default()
    };
    let (found, names, beside, kinds) = match outcome {
        Outcome::Help => return Ok(page),
        Outcome::Refused(all) => {
            page.refused = refused(all);
            page.q = typed;
            return Ok(page);
        }
        Outcome::Found { found, names, beside, kinds } => (*found, names, beside, kinds),
    };
    page.save = save(&params);
    let total = usize::try_from(found.answer.total).unwrap_or(usize::MAX);
    let at = |offset: usize| {
        let offset = if offset == 0 { None } else { Some(offset.to_string()) };
        format!("/search?{}", params.with("offset", offset.as_deref()))
    };
    if !beside.is_empty() {
        page.kinds = tabs(&params, &actor, &beside, &kinds);
    }
    page.total = i64::try_from(total).unwrap_or(i64::MAX);
    page.took_ms = format!("{:.1}", found.answer.took_ms);
    page.approximate = found.answer.approximate;
    page.from_database = found.engine == fallback::NAME;
    page.stale = found.late && !page.from_database;
    page.first = i64::try_from(offset + 1).unwrap_or(1);
    page.prev = if offset == 0 { String::new() } else { at(offset.saturating_sub(ON_PAGE)) };
    page.next = if offset + ON_PAGE < total.min(crate::search::query::MAX_DEPTH) {
        at(offset + ON_PAGE)
    } else {
        String::new()
    };
    let facet = |field| facet(app, lang, &params, field, &found, &names);
    page.facets = FACETS.into_iter().filter_map(facet).collect();
    page.hits = found.hits.into_iter().map(|hit| shown(app, &actor, lang.code(), hit)).collect();
    Ok(page)
}

/// What can be looked for, leads and what there is beside them, with how much there is of it.
fn tabs(
    params: &Params,
    actor: &Actor,
    beside: &[SearchKind],
    kinds: &BTreeMap<String, u64>,
) -> Vec<pages::Tab> {
    let now = params.text("type").unwrap_or(SearchKind::Lead.as_str());
    let mut kinds = kinds.clone();
    kinds.insert(ALL.to_owned(), kinds.values().sum());
    let tab = |name: &'static str| {
        let set = (name != SearchKind::Lead.as_str()).then_some(name);
        pages::Tab {
            label: format!("search-kind-{name}"),
            count: kinds.get(name).map_or(0, |count| i64::try_from(*count).unwrap_or(i64::MAX)),
            href: format!("/search?{}", params.without("offset").with("type", set)),
            current: now == name,
        }
    };
    let leads = [SearchKind::Lead].into_iter().filter(|kind| kind.is_read_by(actor.role));
    let found = leads.chain(beside.iter().copied()).map(SearchKind::as_str);
    found.chain([ALL]).map(tab).collect()
}

/// Where this search is saved; nowhere when it is for what is no lead, or for a number that is not to be kept.
fn save(params: &Params) -> Option<String> {
    let asked =
        ["offset", "limit", "facets"].iter().fold(params.clone(), |params, name| params.without(name));
    let is_kept = asked.text("type").is_none() && !asked.is_empty();
    let has_number = matches!(asked.text("q").map(masked), Some(Cow::Owned(_)));
    let query = asked.to_query();
    (is_kept && !has_number)
        .then(|| format!("/saved-searches/new?{}", Params::of(&[("query", &query)]).to_query()))
}

/// What the hits are narrowed by, by parameter.
fn filters(params: &Params) -> BTreeMap<String, String> {
    let names = FACETS.iter().map(|field| field.as_str()).chain(BOUNDS);
    names.filter_map(|name| Some((name.to_owned(), params.text(name)?.to_owned()))).collect()
}

/// The names of the chambers and people among the counts.
fn names(conn: &mut AnyConn, found: &Found) -> Result<Names, AppError> {
    let ids = |fields: &[FacetField]| -> Vec<Id> {
        let counts = fields.iter().filter_map(|field| found.answer.facets.get(field));
        counts.flat_map(most).filter_map(|(id, _)| id.parse().ok()).collect()
    };
    let chambers = chambers::queries::of_ids(conn, &ids(&[FacetField::Chamber]))?;
    let people = users::names(conn, &ids(&[FacetField::Officer, FacetField::Leader]))?;
    let chambers = chambers.into_iter().map(|chamber| (chamber.id.to_string(), chamber.name));
    Ok(chambers.chain(people.into_iter().map(|(id, _, name)| (id.to_string(), name))).collect())
}

/// The values that are shown of a field, the most frequent first; years the latest first.
fn most(counts: &BTreeMap<String, u64>) -> Vec<(&String, u64)> {
    let mut values: Vec<(&String, u64)> =
        counts.iter().filter(|(code, _)| !code.is_empty()).map(|(code, count)| (code, *count)).collect();
    values.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    values.truncate(VALUES_SHOWN);
    values
}

/// The values of a field, those chosen among them however few leads have them.
fn facet(
    app: &App,
    lang: Lang,
    params: &Params,
    field: FacetField,
    found: &Found,
    names: &Names,
) -> Option<pages::Facet> {
    let name = field.as_str();
    let counts = found.answer.facets.get(&field)?;
    let chosen: Vec<&str> = params.text(name).into_iter().flat_map(|text| text.split(',')).collect();
    let mut values = most(counts);
    let is_shown = |code: &str| values.iter().any(|(shown, _)| *shown == code);
    let rest: Vec<(&String, u64)> = counts
        .iter()
        .filter(|(code, _)| chosen.contains(&code.as_str()) && !is_shown(code))
        .map(|(code, count)| (code, *count))
        .collect();
    values.extend(rest);
    let order = |code: &str| app.search_settings.amounts.iter().position(|range| range.code == code);
    match field {
        FacetField::Investment => values.sort_by_key(|(code, _)| order(code)),
        FacetField::Registered => values.sort_by(|a, b| b.0.cmp(a.0)),
        _ => {}
    }
    let values: Vec<pages::FacetValue> = values
        .into_iter()
        .map(|(code, count)| {
            let is_chosen = chosen.contains(&code.as_str());
            let set = if is_chosen { None } else { Some(code.as_str()) };
            let query = params.without("offset").with(name, set);
            pages::FacetValue {
                label: label(app, lang, field, code, names),
                count: i64::try_from(count).unwrap_or(i64::MAX),
                href: format!("/search?{query}"),
                chosen: is_chosen,
                code: code.clone(),
            }
        })
        .collect();
    let shown = pages::Facet { name: name.to_owned(), title: message_of(field).to_owned(), values };
    (!shown.values.is_empty()).then_some(shown)
}

fn shown(app: &App, actor: &Actor, lang: &str, hit: Hit) -> pages::Hit {
    let highlights = hit.highlights.into_iter().map(|(field, html)| (field.to_owned(), html)).collect();
    let region = |code: &str| app.reference.region_name(code, lang).to_owned();
    match hit.head {
        Head::Lead(lead) => {
            let own = view_of(actor.role) == View::Own;
            pages::Hit {
                kind: SearchKind::Lead.to_string(),
                href: format!("/leads/{}", lead.id),
                code: lead.code,
                title: lead.title,
                investor_name: Some(lead.investor_name),
                county: (!own).then(|| region(&lead.county)),
                industry: (!own).then(|| app.reference.industry_name(&lead.industry, lang).to_owned()),
                stage: Some(lead.stage.to_string()),
                status: Some(lead.status.to_string()),
                total_investment_fen: lead.total_investment_fen.filter(|_| !own),
                highlights,
            }
        }
        Head::Record(record) => pages::Hit {
            href: match record.kind {
                SearchKind::Project => format!("/projects/{}", record.id),
                SearchKind::Referrer => format!("/referrers/{}", record.id),
                SearchKind::Chamber => format!("/chambers/{}", record.id),
                // What there is of a company are its leads and projects.
                SearchKind::Company | SearchKind::Lead => {
                    let name = format!("\"{}\"", record.title);
                    format!("/search?{}", Params::of(&[("q", &name), ("type", ALL)]).to_query())
                }
            },
            kind: record.kind.to_string(),
            code: record.code,
            title: record.title,
            investor_name: record.investor_name,
            county: record.county.as_deref().map(region),
            industry: None,
            stage: record.stage.map(|stage| stage.to_string()),
            status: None,
            total_investment_fen: None,
            highlights,
        },
    }
}
