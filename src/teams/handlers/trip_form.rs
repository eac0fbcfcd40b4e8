//! `/teams/{id}/trips/…`: a trip by a form.

use super::trip_row;
use crate::accounts::Actor;
use crate::app::App;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::reference::Reference;
use crate::registers::places;
use crate::registers::small_page::{self, Reader};
use crate::teams::editing::{load_editable, trips};
use crate::teams::forms::{TripBody, TripInput};
use crate::teams::model::{Team, Trip, TripKind};
use crate::teams::pages::TripForm;
use crate::teams::view;
use crate::web::filled::{Choice, Filled};
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::{Lang, Message};
use crate::web::roles::TeamReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

/// A team, and one of its trips unless it is new.
type At = (String, Option<String>);

/// `GET /teams/{id}/trips/new`
pub async fn new_form(
    reader: TeamReader,
    visit: Visit,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    small_page::show(&app, &visit, reader.0, (id.into_inner(), None), make).await
}

/// `POST /teams/{id}/trips`
pub async fn submit(
    reader: TeamReader,
    visit: Visit,
    id: Path<String>,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    saved(&app, &visit, reader.0, (id.into_inner(), None), form).await
}

/// `GET /teams/{id}/trips/{trip}`
pub async fn edit_form(
    reader: TeamReader,
    visit: Visit,
    path: Path<(String, String)>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (id, trip) = path.into_inner();
    small_page::show(&app, &visit, reader.0, (id, Some(trip)), make).await
}

/// `POST /teams/{id}/trips/{trip}`
pub async fn submit_edit(
    reader: TeamReader,
    visit: Visit,
    path: Path<(String, String)>,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (id, trip) = path.into_inner();
    saved(&app, &visit, reader.0, (id, Some(trip)), form).await
}

/// `POST /teams/{id}/trips/{trip}/removal`
pub async fn remove(
    reader: TeamReader,
    path: Path<(String, String)>,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (actor, (id, trip)) = (reader.0, path.into_inner());
    let team = app
        .write(&actor.clone(), move |_, conn| {
            let found = trips::find_editable(conn, &actor, &id, &trip)?;
            form.version().require(found.0.version)?;
            trips::remove(conn, &actor, found)
        })
        .await?;
    Ok(flash::redirect(format!("/teams/{}", team.id), Message::new("register-deleted")))
}

async fn saved(app: &App, visit: &Visit, actor: Actor, at: At, form: Form) -> Result<HttpResponse, AppError> {
    let work = |conn: &mut AnyConn, app: &App, actor: &Actor, (id, trip): &At, mut form: Form| {
        let (team, before) = found(conn, actor, id, trip.as_deref())?;
        form.version().require(team.version)?;
        let body = TripBody::from_form(&mut form, &app.reference);
        let input = TripInput::check(body, &app.reference, form.errors)?;
        match before {
            Some(before) => trips::edit(conn, actor, (team, before), input),
            None => trips::add(conn, actor, team, input),
        }
    };
    let done = |(team, _): (Team, Trip)| {
        flash::redirect(format!("/teams/{}#trips", team.id), Message::new("register-saved"))
    };
    small_page::submit(app, visit, actor, at, form, work, done, make).await
}

fn make(
    conn: &mut AnyConn,
    app: &App,
    reader: &Reader,
    (id, trip): At,
    filled: Option<Filled>,
) -> Result<TripForm, AppError> {
    let (actor, lang) = (&reader.actor, reader.lang);
    let (team, trip) = found(conn, actor, &id, trip.as_deref())?;
    let (typed, trip) = match trip {
        Some(trip) => {
            let body = trips::as_body(conn, actor, &trip)?;
            let shown = view::trip(conn, actor, trip)?;
            (as_typed(&app.reference, lang, body), Some(trip_row(app, lang, shown)))
        }
        None => (Filled::new().value("kind", "outing"), None),
    };
    Ok(TripForm {
        version: team.version,
        trip,
        form: filled.unwrap_or(typed),
        kinds: TripKind::ALL.iter().map(|kind| Choice::code(kind.as_str())).collect(),
        regions: places::choices(&app.reference, lang.code()),
        team: super::row(app, lang, &view::detail(conn, app.tools(), team)?),
    })
}

/// The team, for who keeps it, and the trip that is meant.
fn found(
    conn: &mut AnyConn,
    actor: &Actor,
    id: &str,
    trip: Option<&str>,
) -> Result<(Team, Option<Trip>), AppError> {
    match trip {
        Some(trip) => trips::find_editable(conn, actor, id, trip).map(|(team, trip)| (team, Some(trip))),
        None => Ok((load_editable(conn, actor, id)?, None)),
    }
}

/// A trip as its form says it.
fn as_typed(reference: &Reference, lang: Lang, body: TripBody) -> Filled {
    let values = [
        ("kind", body.kind.map(|kind| kind.to_string())),
        ("from_on", body.from_on.map(|day| day.to_string())),
        ("to_on", body.to_on.map(|day| day.to_string())),
        ("region", body.region.map(|code| places::name_of(reference, &code, lang.code()))),
        ("purpose", body.purpose),
        ("people", body.people),
        ("result", body.result),
        ("leads", Some(body.leads.join("\n"))),
    ];
    values
        .into_iter()
        .fold(Filled::new(), |filled, (field, text)| filled.value(field, text.unwrap_or_default()))
}
