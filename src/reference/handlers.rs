//! Reference data over HTTP: names in both languages, for forms and programs to choose from.

use super::RegionKind;
use super::view::{Coded, IndustryView, ParkView, RegionView, UnitView};
use crate::app::App;
use crate::confidential::to_hex;
use crate::db::page::{Cursor, Order, PageOf};
use crate::error::AppError;
use crate::web::params::Params;
use crate::web::roles::SignedIn;
use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::json;
use sha2::{Digest, Sha256};

/// The order that may be asked for.
const BY_CODE: Order = Order::ascending("code");
/// The order when none is: the files' own, in which people look for things.
const AS_LISTED: Order = Order::ascending("listed");

/// `GET /api/v1/regions?kind=&parent=`: places of GB/T 2260, the bureau's zones, countries of ISO 3166.
pub async fn regions(
    _: SignedIn,
    request: HttpRequest,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(&["kind", "parent", "sort", "cursor", "limit", "count"])?;
    let kinds: Vec<RegionKind> = params.list("kind")?;
    let parents = params.codes("parent", |code| app.reference.region(code).is_some())?;
    let mut found: Vec<_> = app
        .reference
        .regions()
        .iter()
        .filter(|region| kinds.is_empty() || kinds.contains(&region.kind))
        .filter(|region| parents.is_empty() || region.parent.as_ref().is_some_and(|p| parents.contains(p)))
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
    let counties = params.codes("county", |code| app.reference.is_county(code))?;
    let among = |county: &String| counties.is_empty() || counties.contains(county);
    let found = app.reference.parks().iter().filter(|park| among(&park.county));
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
    let order = if params.text("sort").is_some() { params.order(BY_CODE)? } else { AS_LISTED };
    let total = items.len();
    let page = page(order, params.cursor(&order.to_string())?, params.limit()?, items)?;
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
fn page<T: Coded>(
    order: Order,
    after: Option<Cursor>,
    limit: i64,
    mut items: Vec<T>,
) -> Result<PageOf<T>, AppError> {
    if order != AS_LISTED {
        items.sort_by(|a, b| a.code().cmp(b.code()));
    }
    if order.descending {
        items.reverse();
    }
    let page = PageOf::of_all(items, order, after.as_ref(), limit, |item| item.code());
    page.ok_or_else(|| AppError::bad_request("cursor", "not-a-cursor"))
}
