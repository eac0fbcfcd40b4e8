//! A townsman: listing, reading, changing him.

use super::ok;
use crate::app::App;
use crate::error::{AppError, FieldErrors};
use crate::townsmen::forms::{TownsmanBody, TownsmanInput};
use crate::townsmen::pages::Show;
use crate::townsmen::{editing, policy, view};
use crate::web::json::{self, Json};
use crate::web::precondition::{IfMatch, etag};
use crate::web::roles::{TownsmanKeeper, TownsmanReader};
use crate::web::visit::Visit;
use crate::{chambers, referrers};
use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{Data, Path};
use serde_json::Value;

/// `POST /api/v1/townsmen {name, home, consent_on, consent, …}`
pub async fn create(
    keeper: TownsmanKeeper,
    Json(body): Json<TownsmanBody>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = keeper.0;
    let townsman = app
        .write(&actor.clone(), move |app, conn| {
            let input = TownsmanInput::check(body, &app.reference, FieldErrors::default())?;
            let townsman = editing::register(conn, app.tools(), &actor, input)?;
            view::detail(conn, app.tools(), townsman)
        })
        .await?;
    Ok(HttpResponse::Created()
        .insert_header((header::LOCATION, format!("/api/v1/townsmen/{}", townsman.id)))
        .insert_header(etag(townsman.version))
        .json(townsman))
}

/// `GET /api/v1/townsmen/{id}`, by id or code
pub async fn show(
    reader: TownsmanReader,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let townsman = app
        .read(move |app, conn| {
            let townsman = editing::load(conn, &reader, &id)?;
            view::detail(conn, app.tools(), townsman)
        })
        .await?;
    Ok(ok(&townsman))
}

/// `PATCH /api/v1/townsmen/{id}`: a JSON merge patch.
pub async fn update(
    reader: TownsmanReader,
    id: Path<String>,
    if_match: IfMatch,
    Json(patch): Json<Value>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    let townsman = app
        .write(&actor.clone(), move |app, conn| {
            let before = editing::load_editable(conn, &actor, &id)?;
            if_match.require(before.version)?;
            let body = json::merged(&editing::as_body(app.tools(), &before)?, patch)?;
            let input = TownsmanInput::check(body, &app.reference, FieldErrors::default())?;
            let townsman = editing::edit(conn, app.tools(), &actor, before, input)?;
            view::detail(conn, app.tools(), townsman)
        })
        .await?;
    Ok(ok(&townsman))
}

/// `GET /townsmen/{id}`
pub async fn page(
    reader: TownsmanReader,
    visit: Visit,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let lang = visit.lang;
    let page = app
        .read(move |app, conn| {
            let townsman = editing::load(conn, &reader, &id)?;
            let may_edit = policy::may_keep(&reader, townsman.home.as_deref());
            let shown = view::detail(conn, app.tools(), townsman)?;
            let chamber = match &shown.chamber {
                Some(chamber) => chambers::queries::find_visible(conn, &reader, chamber.id.as_str())?,
                None => None,
            };
            let referrer = match &shown.referrer_id {
                Some(referrer) => referrers::queries::find_visible(conn, &reader, referrer.as_str())?,
                None => None,
            };
            Ok(Show {
                townsman: super::row(app, lang, &shown),
                chamber_href: chamber.map(|chamber| format!("/chambers/{}", chamber.id)),
                referrer_href: referrer.map(|referrer| format!("/referrers/{}", referrer.id)),
                companies: shown.companies,
                help: shown.help,
                consent: shown.consent,
                consent_on: Some(shown.consent_on),
                may_edit,
            })
        })
        .await?;
    visit.page(&app, &page)
}
