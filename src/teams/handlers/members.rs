//! `/api/v1/teams/{id}/members`: who is in a team from when to when.

use crate::app::App;
use crate::db::page::Order;
use crate::error::{AppError, FieldErrors};
use crate::teams::editing::{load, load_editable, members};
use crate::teams::forms::{TeamMemberBody, TeamMemberInput};
use crate::teams::queries;
use crate::teams::view::TeamMemberView;
use crate::web::json::{self, Json};
use crate::web::params::Params;
use crate::web::precondition::{IfMatch, etag};
use crate::web::roles::TeamReader;
use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{Data, Path};
use serde_json::Value;

/// In the order in which they were added, as their ids are.
pub const ORDER: Order = Order::ascending("id");

/// `GET /api/v1/teams/{id}/members`: who left, too.
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
            let rows = queries::members_of(conn, &[team.id])?;
            Ok(params.page_of(ORDER, rows, |member| member.id.as_str())?.map(TeamMemberView::from))
        })
        .await?;
    Ok(HttpResponse::Ok().json(page))
}

/// `POST /api/v1/teams/{id}/members {user_id? or name, post?, from_on, to_on?}`
pub async fn create(
    reader: TeamReader,
    id: Path<String>,
    if_match: IfMatch,
    Json(body): Json<TeamMemberBody>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    let (team, member) = app
        .write(&actor.clone(), move |_, conn| {
            let team = load_editable(conn, &actor, &id)?;
            if_match.honour(team.version)?;
            let input = TeamMemberInput::check(body, FieldErrors::default())?;
            members::add(conn, &actor, team, input)
        })
        .await?;
    Ok(HttpResponse::Created()
        .insert_header((header::LOCATION, format!("/api/v1/teams/{}/members", team.id)))
        .insert_header(etag(team.version))
        .json(TeamMemberView::from(member)))
}

/// `PATCH /api/v1/teams/{id}/members/{member}` with the team's ETag; who leaves gets `to_on`.
pub async fn update(
    reader: TeamReader,
    path: Path<(String, String)>,
    if_match: IfMatch,
    Json(patch): Json<Value>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (actor, (id, member)) = (reader.0, path.into_inner());
    let (team, member) = app
        .write(&actor.clone(), move |_, conn| {
            let before = members::find_editable(conn, &actor, &id, &member)?;
            if_match.require(before.0.version)?;
            let body = json::merged(&members::as_body(&before.1), patch)?;
            let input = TeamMemberInput::check(body, FieldErrors::default())?;
            members::edit(conn, &actor, before, input)
        })
        .await?;
    Ok(HttpResponse::Ok().insert_header(etag(team.version)).json(TeamMemberView::from(member)))
}

/// `DELETE /api/v1/teams/{id}/members/{member}` with the team's ETag: who was entered by mistake.
pub async fn delete(
    reader: TeamReader,
    path: Path<(String, String)>,
    if_match: IfMatch,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (actor, (id, member)) = (reader.0, path.into_inner());
    app.write(&actor.clone(), move |_, conn| {
        let found = members::find_editable(conn, &actor, &id, &member)?;
        if_match.require(found.0.version)?;
        members::remove(conn, &actor, found)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}
