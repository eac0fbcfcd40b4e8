//! `/saved-searches/{id}/subscription`: wishing to be told of what is new, and wishing it no more. It is each reader's own,
//! so the search's version stays.

use super::{ok, survey};
use crate::accounts::Actor;
use crate::app::App;
use crate::error::AppError;
use crate::saved_searches::{SavedSearch, editing, view};
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::precondition::IfMatch;
use crate::web::roles::LeadReader;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

/// `POST /api/v1/saved-searches/{id}/subscription`, without a body; once is enough.
pub async fn create(
    reader: LeadReader,
    id: Path<String>,
    if_match: IfMatch,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    let search = wish(&app, actor.clone(), id.into_inner(), if_match).await?;
    let shown = app.read(move |_, conn| view::detail(conn, &actor, search)).await?;
    Ok(ok(&shown))
}

/// `DELETE /api/v1/saved-searches/{id}/subscription`
pub async fn delete(
    reader: LeadReader,
    id: Path<String>,
    if_match: IfMatch,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    let shown = app
        .write(&actor.clone(), move |_, conn| {
            let search = editing::load(conn, &actor, &id)?;
            if_match.require(search.version)?;
            editing::unsubscribe(conn, &actor, &search)?;
            view::detail(conn, &actor, search)
        })
        .await?;
    Ok(ok(&shown))
}

/// `POST /saved-searches/{id}/subscription`, with `tell` `true` or `false`.
pub async fn submit(
    reader: LeadReader,
    id: Path<String>,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (actor, id) = (reader.0, id.into_inner());
    let to = format!("/saved-searches/{id}");
    if form.chosen::<bool>("tell")? {
        wish(&app, actor, id, IfMatch::Any).await?;
        return Ok(flash::redirect(to, Message::new("saved-search-told")));
    }
    app.write(&actor.clone(), move |_, conn| {
        let search = editing::load(conn, &actor, &id)?;
        editing::unsubscribe(conn, &actor, &search)
    })
    .await?;
    Ok(flash::redirect(to, Message::new("saved-search-untold")))
}

async fn wish(app: &App, actor: Actor, id: String, if_match: IfMatch) -> Result<SavedSearch, AppError> {
    let (reader, of) = (actor.clone(), id.clone());
    let query = app.read(move |_, conn| Ok(editing::load(conn, &reader, &of)?.query)).await?;
    let known = survey(app, &actor, query).await?;
    app.write(&actor.clone(), move |_, conn| {
        let search = editing::load(conn, &actor, &id)?;
        if_match.honour(search.version)?;
        editing::subscribe(conn, &actor, &search, &known)?;
        Ok(search)
    })
    .await
}
