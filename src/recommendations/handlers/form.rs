//! `/recommendations/new`, `POST /recommendations`, `/recommendations/{id}/edit`, `POST /recommendations/{id}`: adding and
//! changing by a form.

use super::choices;
use crate::accounts::Actor;
use crate::app::App;
use crate::chambers;
use crate::error::AppError;
use crate::money;
use crate::recommendations::forms::{RecommendationBody, RecommendationInput};
use crate::recommendations::model::RecipientKind;
use crate::recommendations::pages::Form as FormPage;
use crate::recommendations::{editing, view};
use crate::registers::forms::returned;
use crate::web::filled::{Choice, Filled};
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::roles::{RecommendationKeeper, RecommendationReader};
use crate::web::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, HttpResponseBuilder};

/// `GET /recommendations/new`
pub async fn new_form(
    keeper: RecommendationKeeper,
    visit: Visit,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    shown(&app, &visit, keeper.0, None, None, StatusCode::OK).await
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
    shown(&app, &visit, reader.0, Some(id.into_inner()), None, StatusCode::OK).await
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
    let (by, named, mut typed) = (actor.clone(), id.clone(), form.clone());
    let done = app
        .write(&actor, move |app, conn| {
            let before = match &named {
                Some(id) => Some(editing::load_editable(conn, &by, id)?),
                None => None,
            };
            if let Some(before) = &before {
                typed.version().require(before.version)?;
            }
            let body = RecommendationBody::from_form(&mut typed);
            let input = RecommendationInput::check(body, &app.reference, typed.errors)?;
            match before {
                Some(before) => editing::edit(conn, &by, before, input),
                None => editing::register(conn, &by, input),
            }
        })
        .await;
    match done {
        Ok(row) => {
            Ok(flash::redirect(format!("/recommendations/{}", row.id), Message::new("register-saved")))
        }
        Err(error) => {
            let (filled, status) = returned(&form, error)?;
            shown(app, visit, actor, id, Some(filled), status).await
        }
    }
}

/// The form, of a new one or of this one, filled as it was typed or else as it is.
async fn shown(
    app: &App,
    visit: &Visit,
    actor: Actor,
    id: Option<String>,
    filled: Option<Filled>,
    status: StatusCode,
) -> Result<HttpResponse, AppError> {
    let lang = visit.lang;
    let page = app
        .read(move |app, conn| {
            let words = app.reference.recommendation_words();
            let counties = app.reference.counties().iter();
            let counties = counties.filter(|county| actor.role.is_bureau() || actor.is_of(&county.code));
            let mut page = FormPage {
                counties: counties
                    .map(|county| Choice::named(&county.code, county.name(lang.code())))
                    .collect(),
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
            let row = editing::load_editable(conn, &actor, &id)?;
            page.version = row.version;
            page.form = filled.unwrap_or_else(|| as_typed(editing::as_body(&row)));
            page.recommendation = Some(super::row(app, lang, &view::detail(conn, row)?));
            Ok(page)
        })
        .await?;
    visit.page_with(app, &page, HttpResponseBuilder::new(status))
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
