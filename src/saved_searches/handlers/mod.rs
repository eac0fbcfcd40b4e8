//! HTTP of saved searches, one resource a file: HTML and JSON of the same resource side by side.

pub mod form;
pub mod list;
pub mod matches;
pub mod reading;
pub mod record;
pub mod removal;
pub mod subscription;

use crate::accounts::Actor;
use crate::app::App;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::saved_searches::asking::{self, Known};
use crate::saved_searches::pages::Row;
use crate::saved_searches::view::SavedSearchView;
use crate::saved_searches::{SavedSearch, terms, view};
use crate::web::i18n::Lang;
use crate::web::precondition::etag;
use actix_web::HttpResponse;

fn ok(shown: &SavedSearchView) -> HttpResponse {
    HttpResponse::Ok().insert_header(etag(shown.version)).json(shown)
}

/// Searches as pages show them.
fn rows(
    conn: &mut AnyConn,
    app: &App,
    actor: &Actor,
    lang: Lang,
    shown: Vec<SavedSearchView>,
) -> Result<Vec<Row>, AppError> {
    let terms = terms::of_all(conn, app, lang, &shown)?;
    let row = |(one, terms): (SavedSearchView, Vec<String>)| Row {
        id: one.id.to_string(),
        name: one.name,
        terms,
        search: format!("/search?{}", one.query),
        owner: one.owner.filter(|owner| owner.id != actor.user_id).map(|owner| owner.display_name),
        shared: one.shared,
        tell: one.tell,
        new: one.new.unwrap_or(0),
    };
    Ok(shown.into_iter().zip(terms).map(row).collect())
}

/// One of them.
fn row(
    conn: &mut AnyConn,
    app: &App,
    actor: &Actor,
    lang: Lang,
    search: SavedSearch,
) -> Result<Row, AppError> {
    let shown = view::detail(conn, actor, search)?;
    rows(conn, app, actor, lang, vec![shown])?.pop().ok_or(AppError::NotFound)
}

/// What a search finds now, asked before the transaction that needs it: nobody's write waits for the engine. A query with
/// a fault knows nothing; the transaction finds it again and says so.
async fn survey(app: &App, actor: &Actor, query: String) -> Result<Known, AppError> {
    let actor = actor.clone();
    match app.read(move |app, conn| asking::survey(conn, app, &actor, &query)).await {
        Err(AppError::Invalid(_)) => Ok(Known::default()),
        known => known,
    }
}
