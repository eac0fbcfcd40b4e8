//! Reference data over HTTP: names in both languages, for forms and programs to choose from.

use super::RegionKind;
use super::view::{Coded, IndustryView, ParkView, RegionView, UnitView};
use crate::app::App;
use crate::confidential::to_hex;
use crate::db::page::{Cursor, PageOf};
use crate::error::AppError;
use crate::web::params::Params;
use crate::web::roles::SignedIn;
use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::json;
use sha2::{Digest, Sha256};

/// The files' own order, which is the only one.
const SORT: &str = "code";

/// `GET /api/v1/regions?kind=&parent=`: places of GB/T 2260, the bureau's zones, countries of ISO 3166.
pub async fn regions(
    _: SignedIn,
    request: HttpRequest,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(&["kind", "parent", "sort", "cursor", "limit", "count"])?;
    let kinds: Vec<RegionKind> = params.list("kind")?;
    let parent = params.text("parent");
    let mut found: Vec<_> = app
        .reference
        .regions()
        .iter()
        .filter(|region| kinds.is_empty() || kinds.contains(&region.kind))
        .filter(|region| parent.is_none() || region.parent.as_deref() == parent)
        .collect();
    found.sort_by(|a, b| a.code.cmp(&b.code));
    answer(&request, &params, found.into_iter().map(RegionView::from).collect())
}

/// `GET /api/v1/parks?county=`
pub async fn parks(
    _: SignedIn,
    request: HttpRequest,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(&["county", "sort", "cursor", "limit", "count"])?;
    let county = params.text("county");
    let found = app.reference.parks().iter().filter(|park| county.is_none_or(|code| park.county == code));
    answer(&request, &params, found.map(ParkView::from).collect())
}

/// `GET /api/v1/industries`, each with its classes of GB/T 4754-2017
pub async fn industries(
    _: SignedIn,
    request: HttpRequest,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(&["sort", "cursor", "limit", "count"])?;
    answer(&request, &params, app.reference.industries().iter().map(IndustryView::from).collect())
}

/// `GET /api/v1/units`, each with the days of its name: until `null` it has it still
pub async fn units(
    _: SignedIn,
    request: HttpRequest,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(&["sort", "cursor", "limit", "count"])?;
    answer(&request, &params, app.reference.units().iter().map(UnitView::from).collect())
}

/// One page of the items, which a client may keep for itself and ask again about with its ETag: reference
/// data changes only with a restart.
fn answer<T: Coded>(request: &HttpRequest, params: &Params, items: Vec<T>) -> Result<HttpResponse, AppError> {
    if params.text("sort").is_some_and(|sort| sort != SORT) {
        return Err(AppError::bad_request("sort", "unknown"));
    }
    let total = items.len();
    let page = page(params.cursor(SORT)?, params.limit()?, items)?;
    let mut body = json!({ "items": page.items, "next_cursor": page.next_cursor });
    if params.flag("count")? {
        body["total"] = total.into();
    }
    let body = body.to_string();
    let tag = format!("\"{}\"", to_hex(&Sha256::digest(&body)[..16]));
    let known = request.headers().get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let is_known = known.is_some_and(|tags| {
        tags.split(',').map(str::trim).any(|known| known == "*" || known.trim_start_matches("W/") == tag)
    });
    let mut response = if is_known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header((header::ETAG, tag)).insert_header((header::CACHE_CONTROL, "private, no-cache"));
    if is_known {
        return Ok(response.finish());
    }
    Ok(response.content_type("application/json").body(body))
}

/// The items after the one that the cursor names.
fn page<T: Coded>(after: Option<Cursor>, limit: i64, mut items: Vec<T>) -> Result<PageOf<T>, AppError> {
    if let Some(cursor) = after {
        let last = items.iter().position(|item| item.code() == cursor.id);
        let last = last.ok_or_else(|| AppError::bad_request("cursor", "not-a-cursor"))?;
        items.drain(..=last);
    }
    Ok(PageOf::from_rows(items, limit, |item| Cursor {
        sort: SORT.to_owned(),
        value: None,
        id: item.code().to_owned(),
    }))
}
