//! `/saved-searches/{id}/reading`: somebody looked at what was new.

use super::ok;
use crate::accounts::Actor;
use crate::app::App;
use crate::db::Id;
use crate::error::AppError;
use crate::saved_searches::{SavedSearch, editing, view};
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::json::MaybeJson;
use crate::web::roles::LeadReader;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde::Deserialize;
use utoipa::ToSchema;

/// `POST …/reading {through?}`
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SavedSearchReading {
    /// The latest match that was looked at; all of them unless it is named.
    pub through: Option<Id>,
}

/// `POST /api/v1/saved-searches/{id}/reading`
pub async fn create(
    reader: LeadReader,
    id: Path<String>,
    MaybeJson(body): MaybeJson<SavedSearchReading>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    let through = body.unwrap_or_default().through;
    let search = look(&app, actor.clone(), id.into_inner(), through).await?;
    let shown = app.read(move |_, conn| view::detail(conn, &actor, search)).await?;
    Ok(ok(&shown))
}

/// `POST /saved-searches/{id}/reading`
pub async fn submit(
    reader: LeadReader,
    id: Path<String>,
    mut form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let through = form.parsed("through", "unknown");
    form.check()?;
    look(&app, reader.0, id.into_inner(), through).await?;
    Ok(flash::redirect("/saved-searches", Message::new("saved-search-seen")))
}

async fn look(app: &App, actor: Actor, id: String, through: Option<Id>) -> Result<SavedSearch, AppError> {
    app.write(&actor.clone(), move |_, conn| {
        let search = editing::load(conn, &actor, &id)?;
        editing::read(conn, &actor, &search, through.as_ref())?;
        Ok(search)
    })
    .await
}
