//! HTTP of leads, one resource a file: HTML and JSON of the same resource side by side.

pub mod assignment;
pub mod closure;
pub mod deletion;
pub mod disclosure;
pub mod export;
pub mod hold;
pub mod list;
pub mod merger;
pub mod project;
pub mod record;
pub mod small_page;
pub mod stage;
pub mod timeline;

use crate::accounts::Actor;
use crate::app::{App, Tools};
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::leads::model::{Lead, Status};
use crate::leads::policy;
use crate::leads::queries::{self, Known};
use crate::leads::view::{self, LeadView};
use crate::web::precondition::etag;
use actix_web::HttpResponse;

/// The lead of a path, if it exists for the actor; an id that is none is a lead that does not exist.
pub fn load(conn: &mut AnyConn, actor: &Actor, id: &str) -> Result<Known, AppError> {
    let id: Id = id.parse().map_err(|_| AppError::NotFound)?;
    queries::find(conn, actor, &id)?.ok_or(AppError::NotFound)
}

/// The lead of a path, which the actor may also change: 403 for one that he only sees, 404 before that for one
/// that he does not. A merged one is only read: its work goes on elsewhere.
pub fn load_editable(conn: &mut AnyConn, actor: &Actor, id: &str) -> Result<Known, AppError> {
    let known = load(conn, actor, id)?;
    if !policy::may_edit(actor, &known.lead) {
        let is_editor = policy::edits(actor.role);
        return Err(AppError::Forbidden(if is_editor { "other-county" } else { "role" }));
    }
    if known.lead.status == Status::Merged {
        return Err(AppError::Conflict("lead-merged"));
    }
    Ok(known)
}

/// A changed lead as the API shows it.
fn shown(conn: &mut AnyConn, tools: Tools<'_>, actor: &Actor, id: &Id) -> Result<LeadView, AppError> {
    let known = queries::find(conn, actor, id)?.ok_or(AppError::NotFound)?;
    view::detail(conn, tools, actor, &known)
}

/// Writes, and reads back what the API answers. A lead that left the actor's scope by the change (handed to
/// another county, given to another leader) is shown once more as it was written.
async fn change(
    app: &App,
    actor: Actor,
    work: impl FnOnce(&mut AnyConn, Tools<'_>, &Actor) -> Result<Lead, AppError> + Send + 'static,
) -> Result<LeadView, AppError> {
    app.write(&actor.clone(), move |app, conn| {
        let lead = work(conn, app.tools(), &actor)?;
        shown(conn, app.tools(), &actor, &lead.id)
    })
    .await
}

fn ok(lead: &LeadView) -> HttpResponse {
    HttpResponse::Ok().insert_header(etag(lead.version)).json(lead)
}
