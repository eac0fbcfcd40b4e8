//! `/townsmen/new`, `POST /townsmen`, `/townsmen/{id}/edit`, `POST /townsmen/{id}`: listing and changing by a form.

use crate::accounts::Actor;
use crate::app::App;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::referrers::model::ReferrerKind;
use crate::registers::places;
use crate::registers::small_page::{self, Reader};
use crate::townsmen::forms::{TownsmanBody, TownsmanInput};
use crate::townsmen::pages::Form as FormPage;
use crate::townsmen::{Townsman, editing, view};
use crate::web::filled::{Choice, Filled};
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::roles::{TownsmanKeeper, TownsmanReader};
use crate::web::visit::Visit;
use crate::{chambers, referrers};
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

/// `GET /townsmen/new`
pub async fn new_form(
    keeper: TownsmanKeeper,
    visit: Visit,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    small_page::show(&app, &visit, keeper.0, None, make).await
}

/// `POST /townsmen`
pub async fn submit(
    keeper: TownsmanKeeper,
    visit: Visit,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    saved(&app, &visit, keeper.0, None, form).await
}

/// `GET /townsmen/{id}/edit`
pub async fn edit_form(
    reader: TownsmanReader,
    visit: Visit,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    small_page::show(&app, &visit, reader.0, Some(id.into_inner()), make).await
}

/// `POST /townsmen/{id}`
pub async fn submit_edit(
    reader: TownsmanReader,
    visit: Visit,
    id: Path<String>,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    saved(&app, &visit, reader.0, Some(id.into_inner()), form).await
}

async fn saved(
    app: &App,
    visit: &Visit,
    actor: Actor,
    id: Option<String>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let work = |conn: &mut AnyConn, app: &App, actor: &Actor, id: &Option<String>, mut form: Form| {
        let before = match id {
            Some(id) => Some(editing::load_editable(conn, actor, id)?),
            None => None,
        };
        if let Some(before) = &before {
            form.version().require(before.version)?;
        }
        let body = TownsmanBody::from_form(&mut form, &app.reference);
        let input = TownsmanInput::check(body, &app.reference, form.errors)?;
        match before {
            Some(before) => editing::edit(conn, app.tools(), actor, before, input),
            None => editing::register(conn, app.tools(), actor, input),
        }
    };
    let said = if id.is_some() { "register-saved" } else { "register-added" };
    let done = |townsman: Townsman| flash::redirect(format!("/townsmen/{}", townsman.id), Message::new(said));
    small_page::submit(app, visit, actor, id, form, work, done, make).await
}

/// The form, of somebody new or of this one, filled as it was typed or else as he is.
fn make(
    conn: &mut AnyConn,
    app: &App,
    reader: &Reader,
    id: Option<String>,
    filled: Option<Filled>,
) -> Result<FormPage, AppError> {
    let (actor, lang) = (&reader.actor, reader.lang);
    let homes = app.reference.counties().iter().filter(|county| {
        // A county lists its own people; a zone has none.
        !app.reference.is_zone(&county.code) && (actor.role.is_bureau() || actor.is_of(&county.code))
    });
    let city = app.reference.region(app.reference.city()).filter(|_| actor.role.is_bureau());
    let named = |(code, name)| format!("{code} {name}");
    let of_kind = referrers::queries::names_of_kind(conn, actor, ReferrerKind::Townsman)?;
    let mut page = FormPage {
        homes: homes
            .chain(city)
            .map(|county| Choice::named(&county.code, county.name(lang.code())))
            .collect(),
        regions: places::choices(&app.reference, lang.code()),
        chambers: chambers::queries::names(conn)?.into_iter().map(named).collect(),
        referrers: of_kind.into_iter().map(named).collect(),
        ..FormPage::default()
    };
    let Some(id) = id else {
        page.form = filled.unwrap_or_default();
        return Ok(page);
    };
    let townsman = editing::load_editable(conn, actor, &id)?;
    let body = editing::as_body(app.tools(), &townsman)?;
    page.version = townsman.version;
    page.form = filled.unwrap_or_else(|| as_typed(app, lang.code(), body));
    page.townsman = Some(super::row(app, lang, &view::detail(conn, app.tools(), townsman)?));
    Ok(page)
}

/// A townsman as his form says it.
fn as_typed(app: &App, lang: &str, body: TownsmanBody) -> Filled {
    let region = body.region.map(|code| places::name_of(&app.reference, &code, lang));
    let values = [
        ("name", body.name),
        ("post", body.post),
        ("region", region),
        ("home", body.home),
        ("chamber_id", body.chamber_id),
        ("introducer", body.introducer),
        ("companies", body.companies),
        ("help", body.help),
        ("referrer_id", body.referrer_id),
        ("consent_on", body.consent_on.map(|day| day.to_string())),
        ("consent", body.consent),
    ];
    values
        .into_iter()
        .fold(Filled::new(), |filled, (field, text)| filled.value(field, text.unwrap_or_default()))
}
