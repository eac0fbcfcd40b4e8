//! `/teams/{id}/members/…`: a member by a form.

use super::member_row;
use crate::accounts::Actor;
use crate::accounts::queries::users;
use crate::app::App;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::registers::small_page::{self, Reader};
use crate::teams::editing::{load_editable, members};
use crate::teams::forms::{TeamMemberBody, TeamMemberInput};
use crate::teams::model::{Team, TeamMember};
use crate::teams::pages::MemberForm;
use crate::teams::view;
use crate::web::filled::Filled;
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::roles::TeamReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

/// A team, and one of its members unless he is new.
type At = (String, Option<String>);

/// `GET /teams/{id}/members/new`
pub async fn new_form(
    reader: TeamReader,
    visit: Visit,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    small_page::show(&app, &visit, reader.0, (id.into_inner(), None), make).await
}

/// `POST /teams/{id}/members`
pub async fn submit(
    reader: TeamReader,
    visit: Visit,
    id: Path<String>,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    saved(&app, &visit, reader.0, (id.into_inner(), None), form).await
}

/// `GET /teams/{id}/members/{member}`
pub async fn edit_form(
    reader: TeamReader,
    visit: Visit,
    path: Path<(String, String)>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (id, member) = path.into_inner();
    small_page::show(&app, &visit, reader.0, (id, Some(member)), make).await
}

/// `POST /teams/{id}/members/{member}`
pub async fn submit_edit(
    reader: TeamReader,
    visit: Visit,
    path: Path<(String, String)>,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (id, member) = path.into_inner();
    saved(&app, &visit, reader.0, (id, Some(member)), form).await
}

/// `POST /teams/{id}/members/{member}/removal`
pub async fn remove(
    reader: TeamReader,
    path: Path<(String, String)>,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (actor, (id, member)) = (reader.0, path.into_inner());
    let team = app
        .write(&actor.clone(), move |_, conn| {
            let found = members::find_editable(conn, &actor, &id, &member)?;
            form.version().require(found.0.version)?;
            members::remove(conn, &actor, found)
        })
        .await?;
    Ok(flash::redirect(format!("/teams/{}", team.id), Message::new("register-deleted")))
}

async fn saved(app: &App, visit: &Visit, actor: Actor, at: At, form: Form) -> Result<HttpResponse, AppError> {
    let work = |conn: &mut AnyConn, _: &App, actor: &Actor, (id, member): &At, mut form: Form| {
        let (team, before) = found(conn, actor, id, member.as_deref())?;
        form.version().require(team.version)?;
        let body = TeamMemberBody::from_form(&mut form);
        let input = TeamMemberInput::check(body, form.errors)?;
        match before {
            Some(before) => members::edit(conn, actor, (team, before), input),
            None => members::add(conn, actor, team, input),
        }
    };
    let done = |(team, _): (Team, TeamMember)| {
        flash::redirect(format!("/teams/{}#members", team.id), Message::new("register-saved"))
    };
    small_page::submit(app, visit, actor, at, form, work, done, make).await
}

fn make(
    conn: &mut AnyConn,
    app: &App,
    reader: &Reader,
    (id, member): At,
    filled: Option<Filled>,
) -> Result<MemberForm, AppError> {
    let (team, member) = found(conn, &reader.actor, &id, member.as_deref())?;
    let typed = match &member {
        Some(member) => {
            // A user is known to people by his username.
            let user = match &member.user_id {
                Some(id) => users::find(conn, id)?.map(|user| user.username),
                None => None,
            };
            as_typed(TeamMemberBody { user_id: user, ..members::as_body(member) })
        }
        None => Filled::new(),
    };
    Ok(MemberForm {
        version: team.version,
        member: member.as_ref().map(member_row),
        form: filled.unwrap_or(typed),
        team: super::row(app, reader.lang, &view::detail(conn, app.tools(), team)?),
    })
}

/// The team, for who keeps it, and the member that is meant.
fn found(
    conn: &mut AnyConn,
    actor: &Actor,
    id: &str,
    member: Option<&str>,
) -> Result<(Team, Option<TeamMember>), AppError> {
    match member {
        Some(member) => {
            members::find_editable(conn, actor, id, member).map(|(team, member)| (team, Some(member)))
        }
        None => Ok((load_editable(conn, actor, id)?, None)),
    }
}

/// A member as his form says him.
fn as_typed(body: TeamMemberBody) -> Filled {
    let values = [
        ("user_id", body.user_id),
        ("name", body.name),
        ("post", body.post),
        ("from_on", body.from_on.map(|day| day.to_string())),
        ("to_on", body.to_on.map(|day| day.to_string())),
    ];
    values
        .into_iter()
        .fold(Filled::new(), |filled, (field, text)| filled.value(field, text.unwrap_or_default()))
}
