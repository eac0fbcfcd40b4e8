//! The page of results, and what is suggested while one types.

use super::results::{Found, Hit, PARAMETERS, find, query};
use crate::accounts::Actor;
use crate::app::App;
use crate::error::AppError;
use crate::leads::policy::{View, view_of};
use crate::search::pages;
use crate::search::{FacetField, SearchQuery, fallback};
use crate::web::params::Params;
use crate::web::roles::LeadReader;
use crate::web::visit::Visit;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

/// Counted on the page, in this order.
const FACETS: [FacetField; 5] =
    [FacetField::County, FacetField::Industry, FacetField::Stage, FacetField::Source, FacetField::Status];
/// Hits on a page, and under the search box.
const ON_PAGE: usize = 20;
const SUGGESTED: usize = 6;

/// `GET /search`
pub async fn show(
    reader: LeadReader,
    visit: Visit,
    params: Params,
    request: HttpRequest,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(PARAMETERS)?;
    let page = results(&app, reader.0, visit.lang.code(), params).await?;
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
    let mut page = pages::Suggestions {
        all: format!("/search?{}", params.with("offset", None)),
        q: q.clone(),
        ..pages::Suggestions::default()
    };
    if !q.is_empty() {
        let few = |asked| SearchQuery { limit: SUGGESTED, ..asked };
        let found = asked_in(&app, actor.clone(), params, few).await?;
        page.total = i64::try_from(found.answer.total).unwrap_or(i64::MAX);
        page.from_database = found.engine == fallback::NAME;
        page.hits = found.hits.into_iter().map(|hit| shown(&app, &actor, lang, hit)).collect();
    }
    visit.block(&app, &page, "suggestions")
}

async fn results(
    app: &Data<App>,
    actor: Actor,
    lang: &'static str,
    params: Params,
) -> Result<pages::Results, AppError> {
    let mut page = pages::Results {
        q: params.text("q").unwrap_or_default().to_owned(),
        filters: FACETS
            .iter()
            .filter_map(|field| Some((field.as_str().to_owned(), params.text(field.as_str())?.to_owned())))
            .collect(),
        ..pages::Results::default()
    };
    if page.q.is_empty() && page.filters.is_empty() {
        return Ok(page);
    }
    let fields = app.search_settings.fields_of(actor.role.as_str());
    let counted = move |asked| SearchQuery {
        limit: ON_PAGE,
        facets: FACETS.into_iter().filter(|field| fields.has_facet(*field)).collect(),
        ..asked
    };
    let offset = params.one::<usize>("offset")?.unwrap_or(0);
    let found = match asked_in(app, actor.clone(), params.clone(), counted).await {
        // The page says so and stays; what was typed is not lost.
        Err(AppError::Unavailable(error)) => {
            tracing::warn!(error, "a search could not be asked");
            page.fault = true;
            return Ok(page);
        }
        found => found?,
    };
    let total = usize::try_from(found.answer.total).unwrap_or(usize::MAX);
    let at = |offset: usize| {
        let offset = if offset == 0 { None } else { Some(offset.to_string()) };
        format!("/search?{}", params.with("offset", offset.as_deref()))
    };
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
    page.facets = FACETS.into_iter().filter_map(|field| facet(app, lang, &params, field, &found)).collect();
    page.hits = found.hits.into_iter().map(|hit| shown(app, &actor, lang, hit)).collect();
    Ok(page)
}

async fn asked_in(
    app: &Data<App>,
    actor: Actor,
    params: Params,
    more: impl FnOnce(SearchQuery) -> SearchQuery + Send + 'static,
) -> Result<Found, AppError> {
    app.read(move |app, conn| {
        let asked = more(query(conn, app, &actor, &params)?);
        find(conn, app, &actor, asked)
    })
    .await
}

/// The values of a field, the most frequent first.
fn facet(app: &App, lang: &str, params: &Params, field: FacetField, found: &Found) -> Option<pages::Facet> {
    let name = field.as_str();
    let counts = found.answer.facets.get(&field)?;
    let chosen: Vec<&str> = params.text(name).into_iter().flat_map(|text| text.split(',')).collect();
    let mut values: Vec<pages::FacetValue> = counts
        .iter()
        .filter(|(code, _)| !code.is_empty())
        .map(|(code, count)| {
            let is_chosen = chosen.contains(&code.as_str());
            let set = if is_chosen { None } else { Some(code.as_str()) };
            let query = params.without("offset").with(name, set);
            pages::FacetValue {
                label: match field {
                    FacetField::County => Some(app.reference.region_name(code, lang).to_owned()),
                    FacetField::Industry => Some(app.reference.industry_name(code, lang).to_owned()),
                    _ => None,
                },
                count: i64::try_from(*count).unwrap_or(i64::MAX),
                href: format!("/search?{query}"),
                chosen: is_chosen,
                code: code.clone(),
            }
        })
        .collect();
    values.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.code.cmp(&b.code)));
    (!values.is_empty()).then(|| pages::Facet { name: name.to_owned(), values })
}

fn shown(app: &App, actor: &Actor, lang: &str, hit: Hit) -> pages::Hit {
    let own = view_of(actor.role) == View::Own;
    let lead = hit.lead;
    pages::Hit {
        id: lead.id.to_string(),
        code: lead.code,
        title: lead.title,
        investor_name: lead.investor_name,
        county: (!own).then(|| app.reference.region_name(&lead.county, lang).to_owned()),
        industry: (!own).then(|| app.reference.industry_name(&lead.industry, lang).to_owned()),
        stage: lead.stage.to_string(),
        status: lead.status.to_string(),
        total_investment_fen: lead.total_investment_fen.filter(|_| !own),
        highlights: hit.highlights.into_iter().map(|(field, html)| (field.to_owned(), html)).collect(),
    }
}
