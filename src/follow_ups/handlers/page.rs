//! `/leads/{id}/follow-ups/new` and `POST /leads/{id}/follow-ups`: recording by a form, which stands on the
//! lead's page as well.

use super::load_followed;
use super::record::{FollowUpBody, record};
use crate::accounts::Actor;
use crate::app::App;
use crate::attachments::model::{AttachmentKind, OwnerKind};
use crate::attachments::owner::OwnerName;
use crate::attachments::upload::{FormWithPaper, Received};
use crate::attachments::{editing, keeping, sniff};
use crate::clock;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::follow_ups::model::{FollowUp, FollowUpKind};
use crate::follow_ups::pages::Form as FormPage;
use crate::leads::handlers::small_page::{Reader, again, head, now_in_china, returned};
use crate::leads::queries::Known;
use crate::web::filled::{Choice, Filled};
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::roles::LeadReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};

pub async fn new_form(
    reader: LeadReader,
    id: Path<String>,
    visit: Visit,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let id = id.into_inner();
    again(&app, &visit, reader.0, id, load_followed, empty(), StatusCode::OK, make).await
}

pub async fn submit(
    reader: LeadReader,
    id: Path<String>,
    visit: Visit,
    posted: FormWithPaper,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let id = id.into_inner();
    let FormWithPaper { form, paper, too_large } = posted;
    let has_paper = paper.is_some() || too_large;
    match write(&app, reader.0.clone(), id.clone(), form.clone(), has_paper.then_some(paper)).await {
        Ok(follow_up) => {
            let to = format!("/leads/{}#timeline", follow_up.lead_id);
            Ok(flash::redirect(to, Message::new("follow-up-recorded")))
        }
        Err(error) => {
            let (filled, status) = returned(&form, error)?;
            again(&app, &visit, reader.0, id, load_followed, filled, status, make).await
        }
    }
}

/// Records what was typed, and puts the paper, where one was chosen, to it. `Some(None)` is one that was too large.
async fn write(
    app: &App,
    actor: Actor,
    lead: String,
    form: Form,
    paper: Option<Option<Received>>,
) -> Result<FollowUp, AppError> {
    let kept = match paper {
        None => None,
        Some(paper) => {
            let (asker, of) = (actor.clone(), lead.clone());
            app.read(move |_, conn| load_followed(conn, &asker, &of)).await?;
            let kept = keeping::keep(app, paper, |media| {
                if sniff::is_picture(media.name) { AttachmentKind::Photo } else { AttachmentKind::Other }
            });
            Some(kept.await.map_err(keeping::at_the_field)?)
        }
    };
    keeping::write(app, &actor.clone(), kept, move |app, conn, kept| {
        load_followed(conn, &actor, &lead)?;
        let (follow_up, _) = record(conn, &actor, &lead, form.version(), read(form)?)?;
        if let Some(filed) = kept {
            let name = OwnerName { kind: OwnerKind::FollowUp, id: follow_up.id.clone(), milestone: None };
            editing::add(conn, &app.reference, &actor, &name, filed)?;
        }
        Ok(follow_up)
    })
    .await
}

/// The form before anything is typed: a call, now.
pub fn empty() -> Filled {
    Filled::new().value("kind", FollowUpKind::Call.as_str()).value("at", now_in_china())
}

/// Codes of the kinds.
pub fn kinds() -> Vec<Choice> {
    FollowUpKind::ALL.iter().map(|kind| Choice::code(kind.as_str())).collect()
}

fn make(_: &mut AnyConn, _: &App, _: &Reader, known: Known, form: Filled) -> Result<FormPage, AppError> {
    Ok(FormPage { lead: head(&known.lead), form, kinds: kinds(), accept: sniff::accept() })
}

/// The body that was typed; without a time it is now.
fn read(mut form: Form) -> Result<FollowUpBody, AppError> {
    let kind = form.parsed("kind", "unknown");
    let at = form.time("at");
    let next_on = form.date("next_on");
    if kind.is_none() && form.text("kind").is_none() {
        form.errors.add("kind", "required");
    }
    let content = form.text("content").unwrap_or_default();
    let (Some(kind), true) = (kind, form.errors.is_empty()) else {
        if content.is_empty() {
            form.errors.add("content", "required");
        }
        return Err(AppError::Invalid(form.errors));
    };
    Ok(FollowUpBody {
        kind,
        at: at.unwrap_or_else(clock::now),
        content,
        ours: form.text("ours"),
        theirs: form.text("theirs"),
        next_step: form.text("next_step"),
        next_on,
    })
}
