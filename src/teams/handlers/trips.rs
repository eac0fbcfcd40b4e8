//! `/api/v1/teams/{id}/trips`: a team's times away, and the leads that came of them.

use crate::app::App;
use crate::db::page::{Order, PageOf};
use crate::error::{AppError, FieldErrors};
use crate::teams::editing::{load, load_editable, trips};
use crate::teams::forms::{TripBody, TripInput};
use crate::teams::{queries, view};
use crate::web::json::{self, Json};
use crate::web::params::Params;
use crate::web::precondition::{IfMatch, etag};
use crate::web::roles::TeamReader;
use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{Data, Path};
use serde_json::Value;

/// The latest first.
pub const ORDER: Order = Order::descending("from_on");

/// `GET /api/v1/teams/{id}/trips`
pub async fn index(
    reader: TeamReader,
    id: Path<String>,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only_of_list(&[])?;
    let page = app
        .read(move |_, conn| {
            let team = load(conn, &reader, &id)?;
            let rows = queries::trips_of(conn, &team.id)?;
            let page = params.page_of(ORDER, rows, |trip| trip.id.as_str())?;
            let items = view::trips(conn, &reader, page.items)?;
            Ok(PageOf { items, next_cursor: page.next_cursor, total: page.total })
        })
        .await?;
    Ok(HttpResponse::Ok().json(page))
}

/// `POST /api/v1/teams/{id}/trips {kind, from_on, to_on?, region, purpose, people?, result?, leads?}`
pub async fn create(
    reader: TeamReader,
    id: Path<String>,
    if_match: IfMatch,
    Json(body): Json<TripBody>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    let (team, trip) = app
        .write(&actor.clone(), move |app, conn| {
            let team = load_editable(conn, &actor, &id)?;
            if_match.honour(team.version)?;
            let input = TripInput::check(body, &app.reference, FieldErrors::default())?;
            let (team, trip) = trips::add(conn, &actor, team, input)?;
            Ok((team, view::trip(conn, &actor, trip)?))
        })
        .await?;
    Ok(HttpResponse::Created()
        .insert_header((header::LOCATION, format!("/api/v1/teams/{}/trips", team.id)))
        .insert_header(etag(team.version))
        .json(trip))
}

/// `PATCH /api/v1/teams/{id}/trips/{trip}` with the team's ETag.
pub async fn update(
    reader: TeamReader,
    path: Path<(String, String)>,
    if_match: IfMatch,
    Json(patch): Json<Value>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (actor, (id, trip)) = (reader.0, path.into_inner());
    let (team, trip) = app
        .write(&actor.clone(), move |app, conn| {
            let before = trips::find_editable(conn, &actor, &id, &trip)?;
            if_match.require(before.0.version)?;
            let body = json::merged(&trips::as_body(conn, &actor, &before.1)?, patch)?;
            let input = TripInput::check(body, &app.reference, FieldErrors::default())?;
            let (team, trip) = trips::edit(conn, &actor, before, input)?;
            Ok((team, view::trip(conn, &actor, trip)?))
        })
        .await?;
    Ok(HttpResponse::Ok().insert_header(etag(team.version)).json(trip))
}

/// `DELETE /api/v1/teams/{id}/trips/{trip}` with the team's ETag: what was entered by mistake.
pub async fn delete(
    reader: TeamReader,
    path: Path<(String, String)>,
    if_match: IfMatch,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (actor, (id, trip)) = (reader.0, path.into_inner());
    app.write(&actor.clone(), move |_, conn| {
        let found = trips::find_editable(conn, &actor, &id, &trip)?;
        if_match.require(found.0.version)?;
        trips::remove(conn, &actor, found)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}
