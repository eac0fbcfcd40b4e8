//! `/recommendations/new`, `POST /recommendations`, `/recommendations/{id}/edit`, `POST /recommendations/{id}`: adding and
//! changing by a form.

use super::choices;
use crate::accounts::Actor;
use crate::app::App;
use crate::chambers;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::money;
use crate::recommendations::forms::{RecommendationBody, RecommendationInput};
use crate::recommendations::model::RecipientKind;
use crate::recommendations::pages::Form as FormPage;
use crate::recommendations::{Recommendation, editing, view};
use crate::registers::small_page::{self, Reader};
use crate::web::filled::{Choice, Filled};
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::roles::{RecommendationKeeper, RecommendationReader};
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

/// `GET /recommendations/new`
pub async fn new_form(
    keeper: RecommendationKeeper,
    visit: Visit,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    small_page::show(&app, &visit, keeper.0, None, make).await
}

/// `POST /recommendations`
pub async fn submit(
    keeper: RecommendationKeeper,
    visit: Visit,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    saved(&app, &visit, keeper.0, None, form).await
}

/// `GET /recommendations/{id}/edit`
pub async fn edit_form(
    reader: RecommendationReader,
    visit: Visit,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    small_page::show(&app, &visit, reader.0, Some(id.into_inner()), make).await
}

/// `POST /recommendations/{id}`
pub async fn submit_edit(
    reader: RecommendationReader,
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
        let body = RecommendationBody::from_form(&mut form);
        let input = RecommendationInput::check(body, &app.reference, form.errors)?;
        match before {
            Some(before) => editing::edit(conn, actor, before, input),
            None => editing::register(conn, actor, input),
        }
    };
    let done = |recommendation: Recommendation| {
        flash::redirect(format!("/recommendations/{}", recommendation.id), Message::new("register-saved"))
    };
    small_page::submit(app, visit, actor, id, form, work, done, make).await
}

/// The form, of a new one or of this one, filled as it was typed or else as it is.
fn make(
    conn: &mut AnyConn,
    app: &App,
    reader: &Reader,
    id: Option<String>,
    filled: Option<Filled>,
) -> Result<FormPage, AppError> {
    let (actor, lang) = (&reader.actor, reader.lang);
    let words = app.reference.recommendation_words();
    let counties = app.reference.counties().iter();
    let counties = counties.filter(|county| actor.role.is_bureau() || actor.is_of(&county.code));
    let mut page = FormPage {
        counties: counties.map(|county| Choice::named(&county.code, county.name(lang.code()))).collect(),
        sizes: choices(&words.size, lang),
        credits: choices(&words.credit, lang),
        results: choices(&words.result, lang),
        recipient_kinds: RecipientKind::ALL.iter().map(|kind| Choice::code(kind.as_str())).collect(),
        chambers: chambers::queries::names(conn)?
            .into_iter()
            .map(|(code, name)| format!("{code} {name}"))
            .collect(),
        ..FormPage::default()
    };
    let Some(id) = id else {
        let own = actor.region.clone().unwrap_or_default();
        page.form = filled.unwrap_or_else(|| Filled::new().value("county", own));
        return Ok(page);
    };
    let row = editing::load_editable(conn, actor, &id)?;
    page.version = row.version;
    page.form = filled.unwrap_or_else(|| as_typed(editing::as_body(&row)));
    page.recommendation = Some(super::row(app, lang, &view::detail(conn, row)?));
    Ok(page)
}

/// A recommendation as its form says it.
fn as_typed(body: RecommendationBody) -> Filled {
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string());
    let values = [
        ("county", body.county),
        ("enterprise", body.enterprise),
        ("uscc", body.uscc),
        ("size", body.size),
        ("chamber_id", body.chamber_id),
        ("recipient_kind", body.recipient_kind.map(|kind| kind.to_string())),
        ("recipient", body.recipient),
        ("need_fen", body.need_fen.map(money::wan_text)),
        ("credit", body.credit),
        ("sent_on", day(body.sent_on)),
        ("result", body.result),
        ("result_on", day(body.result_on)),
        ("note", body.note),
    ];
    values
        .into_iter()
        .fold(Filled::new(), |filled, (field, text)| filled.value(field, text.unwrap_or_default()))
}
