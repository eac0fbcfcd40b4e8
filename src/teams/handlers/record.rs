//! A team: adding, reading, changing, deleting it.

use super::{member_row, ok, trip_row};
use crate::app::App;
use crate::error::{AppError, FieldErrors};
use crate::teams::forms::{TeamBody, TeamInput};
use crate::teams::model::TeamKind;
use crate::teams::pages::Show;
use crate::teams::{editing, policy, queries, view};
use crate::web::json::{self, Json};
use crate::web::precondition::{IfMatch, etag};
use crate::web::roles::{TeamKeeper, TeamReader};
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{Data, Path};
use serde_json::Value;

/// `POST /api/v1/teams`; a county's own county is meant where none is named.
pub async fn create(
    keeper: TeamKeeper,
    Json(mut body): Json<TeamBody>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = keeper.0;
    if body.kind != Some(TeamKind::City) {
        body.county = body.county.or_else(|| actor.region.clone());
    }
    let shown = app
        .write(&actor.clone(), move |app, conn| {
            let input = TeamInput::check(body, &app.reference, FieldErrors::default())?;
            let team = editing::register(conn, &actor, input)?;
            view::detail(conn, app.tools(), team)
        })
        .await?;
    Ok(HttpResponse::Created()
        .insert_header((header::LOCATION, format!("/api/v1/teams/{}", shown.id)))
        .insert_header(etag(shown.version))
        .json(shown))
}

/// `GET /api/v1/teams/{id}`, by id or code
pub async fn show(reader: TeamReader, id: Path<String>, app: Data<App>) -> Result<HttpResponse, AppError> {
    let shown = app
        .read(move |app, conn| {
            let team = editing::load(conn, &reader, &id)?;
            view::detail(conn, app.tools(), team)
        })
        .await?;
    Ok(ok(&shown))
}

/// `PATCH /api/v1/teams/{id}`: a JSON merge patch.
pub async fn update(
    reader: TeamReader,
    id: Path<String>,
    if_match: IfMatch,
    Json(patch): Json<Value>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    let shown = app
        .write(&actor.clone(), move |app, conn| {
            let before = editing::load_editable(conn, &actor, &id)?;
            if_match.require(before.version)?;
            let body = json::merged(&editing::as_body(&before), patch)?;
            let input = TeamInput::check(body, &app.reference, FieldErrors::default())?;
            let team = editing::edit(conn, &actor, before, input)?;
            view::detail(conn, app.tools(), team)
        })
        .await?;
    Ok(ok(&shown))
}

/// `DELETE /api/v1/teams/{id}`: only one that made no trip yet.
pub async fn delete(
    reader: TeamReader,
    id: Path<String>,
    if_match: IfMatch,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    app.write(&actor.clone(), move |_, conn| {
        let team = editing::load_editable(conn, &actor, &id)?;
        if_match.require(team.version)?;
        editing::delete(conn, &actor, &team)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// `GET /teams/{id}`
pub async fn page(
    reader: TeamReader,
    visit: Visit,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let lang = visit.lang;
    let page = app
        .read(move |app, conn| {
            let team = editing::load(conn, &reader, &id)?;
            let may_edit = policy::may_keep(&reader, team.county.as_deref());
            let members = queries::members_of(conn, std::slice::from_ref(&team.id))?;
            let mut members: Vec<_> = members.iter().map(member_row).collect();
            members.sort_by_key(|member| member.has_left);
            let trips = queries::trips_of(conn, &team.id)?;
            let trips = view::trips(conn, &reader, trips)?;
            let shown = view::detail(conn, app.tools(), team)?;
            Ok(Show {
                team: super::row(app, lang, &shown),
                note: shown.note,
                members,
                trips: trips.into_iter().map(|trip| trip_row(app, lang, trip)).collect(),
                may_edit,
            })
        })
        .await?;
    visit.page(&app, &page)
}
