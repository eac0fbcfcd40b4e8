//! How the indexes are doing, for the administrator, and building them anew.

use crate::app::App;
use crate::attachments::pages::size;
use crate::audit::{self, Act, Differences};
use crate::db::AnyConn;
use crate::error::AppError;
use crate::jobs::outbox::{self, Topic};
use crate::search::pages::{IndexState, StatusPage, WorkWaiting};
use crate::search::{SearchEngine, reindex, unfinished};
use crate::web::flash;
use crate::web::i18n::Message;
use crate::web::roles::Administrator;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::Data;

/// `GET /admin/search`
pub async fn show(app: Data<App>, visit: Visit, _: Administrator) -> Result<HttpResponse, AppError> {
    let page = app
        .read(|app, conn| {
            let leads = reindex::total(conn)?;
            let records = reindex::total_records(conn)?;
            Ok(StatusPage {
                indexes: vec![
                    state(conn, "leads", Topic::LeadIndex, leads, app.search.as_ref())?,
                    state(conn, "records", Topic::RecordIndex, records, app.records.as_ref())?,
                ],
                beside: vec![beside(conn, Topic::AttachmentText)?, beside(conn, Topic::SavedSearchMatch)?],
                asked: reindex::is_asked(conn)?,
            })
        })
        .await?;
    visit.page(&app, &page)
}

/// `POST /admin/search/rebuild`: the worker builds both anew beside the present ones.
pub async fn rebuild(app: Data<App>, actor: Administrator) -> Result<HttpResponse, AppError> {
    let by = actor.clone();
    app.write(&actor, move |_, conn| {
        reindex::ask(conn)?;
        let act = Act {
            action: "search.rebuild",
            subject_kind: "search",
            subject_id: "indexes",
            differences: Differences::default(),
            reason: None,
        };
        Ok(audit::record(conn, &by, act)?)
    })
    .await?;
    Ok(flash::redirect("/admin/search", Message::new("search-rebuild-asked")))
}

fn beside(conn: &mut AnyConn, topic: Topic) -> Result<WorkWaiting, AppError> {
    let lag = outbox::lag(conn, topic)?;
    Ok(WorkWaiting {
        topic: topic.to_string(),
        waiting: lag.waiting,
        waiting_since: lag.oldest,
        last_error: lag.last_error,
    })
}

fn state(
    conn: &mut AnyConn,
    name: &'static str,
    topic: Topic,
    rows: i64,
    engine: &dyn SearchEngine,
) -> Result<IndexState, AppError> {
    let lag = outbox::lag(conn, topic)?;
    let told = engine.status();
    let fault = told.as_ref().err().map(ToString::to_string);
    // The page is most wanted when an engine does not answer.
    let name_of_engine = engine.name();
    let engine = told.unwrap_or_default();
    let asked = unfinished::of(conn, topic)?.is_some();
    let state = match (engine.rebuilding || asked, engine.needs_rebuild, lag.waiting > 0) {
        _ if fault.is_some() => "unreachable",
        (true, ..) => "rebuilding",
        (_, true, _) => "incomplete",
        (.., true) => "behind",
        _ => "current",
    };
    Ok(IndexState {
        name: name.to_owned(),
        engine: name_of_engine.to_owned(),
        state: state.to_owned(),
        documents: i64::try_from(engine.documents).unwrap_or(i64::MAX),
        rows,
        waiting: lag.waiting,
        waiting_since: lag.oldest,
        last_error: fault.or(lag.last_error),
        size: size(i64::try_from(engine.size_bytes).unwrap_or(i64::MAX)),
        last_commit: engine.last_commit,
    })
}
