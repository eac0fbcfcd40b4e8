//! `/referrers/{id}/members`: who belongs to a team.

use crate::accounts::Actor;
use crate::app::App;
use crate::db::AnyConn;
use crate::db::page::{Order, PageOf};
use crate::error::{AppError, FieldErrors};
use crate::referrers::forms::Declaration;
use crate::referrers::identity::IdentityKind;
use crate::referrers::members::{self, MemberBody, MemberView};
use crate::referrers::model::OfficialTie;
use crate::referrers::pages::MemberForm;
use crate::referrers::policy::{self, View};
use crate::referrers::{editing, identity, queries, view};
use crate::registers::forms::returned;
use crate::web::filled::{Choice, Filled};
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::json::{self, Json};
use crate::web::params::Params;
use crate::web::precondition::{IfMatch, etag};
use crate::web::roles::ReferrerReader;
use crate::web::visit::Visit;
use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, HttpResponseBuilder};
use serde_json::Value;

/// In the order in which they were added, as their ids are.
pub const ORDER: Order = Order::ascending("id");

/// `GET /api/v1/referrers/{id}/members`: those who left, too.
pub async fn index(
    reader: ReferrerReader,
    id: Path<String>,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only_of_list(&[])?;
    let page = app
        .read(move |app, conn| {
            let referrer = editing::load(conn, &reader, &id)?;
            if policy::view_of(reader.role) != View::All {
                return Err(AppError::Forbidden("role"));
            }
            let rows = queries::members_of(conn, std::slice::from_ref(&referrer.id))?;
            let page = params.page_of(ORDER, rows, |member| member.id.as_str())?;
            let items = page.items.into_iter().map(|row| MemberView::of(app.tools(), row));
            let items = items.collect::<Result<Vec<_>, _>>()?;
            Ok(PageOf { items, next_cursor: page.next_cursor, total: page.total })
        })
        .await?;
    Ok(HttpResponse::Ok().json(page))
}

/// `POST /api/v1/referrers/{id}/members {name, identity_number?, is_payee?, public_employee?, joined_on?}`
pub async fn create(
    reader: ReferrerReader,
    id: Path<String>,
    if_match: IfMatch,
    Json(body): Json<MemberBody>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    let (team, member) = app
        .write(&actor.clone(), move |app, conn| {
            let team = editing::load_editable(conn, &actor, &id)?;
            if_match.honour(team.version)?;
            let made = members::add(conn, app.tools(), &actor, team, body, FieldErrors::default())?;
            Ok((made.0, MemberView::of(app.tools(), made.1)?))
        })
        .await?;
    Ok(HttpResponse::Created()
        .insert_header((header::LOCATION, format!("/api/v1/referrers/{}/members", team.id)))
        .insert_header(etag(team.version))
        .json(member))
}

/// `PATCH /api/v1/referrers/{id}/members/{member}` with the team's ETag; who leaves gets `left_on`.
pub async fn update(
    reader: ReferrerReader,
    path: Path<(String, String)>,
    if_match: IfMatch,
    Json(patch): Json<Value>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (actor, (id, member)) = (reader.0, path.into_inner());
    let (team, member) = app
        .write(&actor.clone(), move |app, conn| {
            let team = editing::load_editable(conn, &actor, &id)?;
            let before = members::load(conn, &team, &member)?;
            if_match.require(team.version)?;
            let body = json::merged(&members::as_body(app.tools(), &before)?, patch)?;
            let none = FieldErrors::default();
            let made = members::edit(conn, app.tools(), &actor, team, before, body, none)?;
            Ok((made.0, MemberView::of(app.tools(), made.1)?))
        })
        .await?;
    Ok(HttpResponse::Ok().insert_header(etag(team.version)).json(member))
}

/// `GET /referrers/{id}/members/new`
pub async fn new_form(
    reader: ReferrerReader,
    id: Path<String>,
    visit: Visit,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    shown(&app, &visit, reader.0, (id.into_inner(), None), None, StatusCode::OK).await
}

/// `POST /referrers/{id}/members`
pub async fn submit(
    reader: ReferrerReader,
    id: Path<String>,
    visit: Visit,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    saved(&app, &visit, reader.0, (id.into_inner(), None), form).await
}

/// `GET /referrers/{id}/members/{member}`
pub async fn edit_form(
    reader: ReferrerReader,
    path: Path<(String, String)>,
    visit: Visit,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (id, member) = path.into_inner();
    shown(&app, &visit, reader.0, (id, Some(member)), None, StatusCode::OK).await
}

/// `POST /referrers/{id}/members/{member}`
pub async fn submit_edit(
    reader: ReferrerReader,
    path: Path<(String, String)>,
    visit: Visit,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (id, member) = path.into_inner();
    saved(&app, &visit, reader.0, (id, Some(member)), form).await
}

/// A team, and the member of a path, if it is one of its members.
type At = (String, Option<String>);

async fn saved(app: &App, visit: &Visit, actor: Actor, at: At, form: Form) -> Result<HttpResponse, AppError> {
    let (by, (id, member), mut typed) = (actor.clone(), at.clone(), form.clone());
    let done = app
        .write(&actor, move |app, conn| {
            let (tools, team) = (app.tools(), editing::load_editable(conn, &by, &id)?);
            let before = match &member {
                Some(member) => Some(members::load(conn, &team, member)?),
                None => None,
            };
            typed.version().require(team.version)?;
            let kept = before.as_ref().map(|before| members::as_body(tools, before)).transpose()?;
            let body = MemberBody::from_form(&mut typed, kept.as_ref());
            match before {
                Some(before) => members::edit(conn, tools, &by, team, before, body, typed.errors),
                None => members::add(conn, tools, &by, team, body, typed.errors),
            }
        })
        .await;
    match done {
        Ok((team, _)) => {
            Ok(flash::redirect(format!("/referrers/{}#members", team.id), Message::new("register-saved")))
        }
        Err(error) => {
            let (filled, status) = returned(&form, error)?;
            shown(app, visit, actor, at, Some(filled), status).await
        }
    }
}

async fn shown(
    app: &App,
    visit: &Visit,
    actor: Actor,
    (id, member): At,
    filled: Option<Filled>,
    status: StatusCode,
) -> Result<HttpResponse, AppError> {
    let lang = visit.lang;
    let page = app
        .read(move |app, conn: &mut AnyConn| {
            let team = editing::load_editable(conn, &actor, &id)?;
            let member = match member {
                Some(member) => Some(members::load(conn, &team, &member)?),
                None => None,
            };
            let body = member.as_ref().map(|member| members::as_body(app.tools(), member)).transpose()?;
            Ok(MemberForm {
                version: team.version,
                identity_kept: body
                    .as_ref()
                    .and_then(|body| body.identity_number.as_deref())
                    .map(identity::mask),
                form: filled.unwrap_or_else(|| as_typed(body.unwrap_or_default())),
                member: member.map(|member| member.id.to_string()),
                identity_kinds: super::identity_kinds(),
                declarations: Declaration::ALL.iter().map(|one| Choice::code(one.as_str())).collect(),
                official_ties: OfficialTie::ALL.iter().map(|one| Choice::code(one.as_str())).collect(),
                referrer: super::row(app, lang, view::detail(conn, app.tools(), &actor, team)?),
            })
        })
        .await?;
    visit.page_with(app, &page, HttpResponseBuilder::new(status))
}

/// A member as its form says it, without the number.
fn as_typed(body: MemberBody) -> Filled {
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let declaration = Declaration::of(body.public_employee).map(Declaration::as_str);
    let form = Filled::new()
        .value("name", body.name.unwrap_or_default())
        .value("identity_kind", body.identity_kind.map(IdentityKind::as_str).unwrap_or_default())
        .value("declaration", declaration.unwrap_or_default())
        .value("official_tie", body.official_tie.map(OfficialTie::as_str).unwrap_or_default())
        .value("joined_on", day(body.joined_on))
        .value("left_on", day(body.left_on));
    if body.is_payee { form.value("is_payee", "on") } else { form }
}
