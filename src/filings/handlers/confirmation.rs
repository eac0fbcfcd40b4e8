//! `/filings/{id}/confirmations`: what investor, county, bureau and the chamber it came from say of a filing's role.

use super::{ok, row};
use crate::accounts::Actor;
use crate::app::App;
use crate::attachments::model::{AttachmentKind, OwnerKind};
use crate::attachments::owner::OwnerName;
use crate::attachments::upload::{FormWithPaper, Received};
use crate::attachments::{self, keeping, sniff};
use crate::error::AppError;
use crate::filings::forms::ConfirmationBody;
use crate::filings::model::{Filing, FilingDecision, Party};
use crate::filings::pages::ConfirmationForm;
use crate::filings::view::FilingView;
use crate::filings::{editing, policy, queries, view};
use crate::leads::pages::Link;
use crate::registers::forms::returned;
use crate::web::filled::{Choice, Filled};
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::json::Json;
use crate::web::precondition::IfMatch;
use crate::web::roles::FilingReader;
use crate::web::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, HttpResponseBuilder};
use std::collections::HashSet;

/// `POST /api/v1/filings/{id}/confirmations {party, decision, reason?}`
pub async fn create(
    reader: FilingReader,
    id: Path<String>,
    if_match: IfMatch,
    Json(body): Json<ConfirmationBody>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    let filing = app
        .write(&actor.clone(), move |app, conn| {
            let filing = editing::load(conn, &actor, &id)?;
            if_match.honour(filing.version)?;
            let filing = editing::confirm(conn, &actor, filing, body)?;
            view::detail(conn, app.tools(), &actor, filing)
        })
        .await?;
    Ok(ok(&filing))
}

/// `GET /filings/{id}/confirmations`
pub async fn form(
    reader: FilingReader,
    id: Path<String>,
    visit: Visit,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    shown(&app, &visit, reader.0, id.into_inner(), Filled::new(), StatusCode::OK).await
}

/// `POST /filings/{id}/confirmations`, with the investor's letter or another paper.
pub async fn submit(
    reader: FilingReader,
    id: Path<String>,
    visit: Visit,
    posted: FormWithPaper,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let id = id.into_inner();
    let FormWithPaper { form, paper, too_large } = posted;
    let has_paper = paper.is_some() || too_large;
    match write(&app, reader.0.clone(), id.clone(), form.clone(), has_paper.then_some(paper)).await {
        Ok(filing) => Ok(flash::redirect(format!("/filings/{}", filing.id), Message::new("filing-said"))),
        Err(error) => {
            let (filled, status) = returned(&form, error)?;
            shown(&app, &visit, reader.0, id, filled, status).await
        }
    }
}

/// Enters what was said, and puts the paper, where one was chosen, to the filing. `Some(None)` is one that was too
/// large.
async fn write(
    app: &App,
    actor: Actor,
    id: String,
    form: Form,
    paper: Option<Option<Received>>,
) -> Result<Filing, AppError> {
    let kept = match paper {
        None => None,
        Some(paper) => {
            let (asker, of) = (actor.clone(), id.clone());
            app.read(move |_, conn| editing::load_workable(conn, &asker, &of)).await?;
            let kept = keeping::keep(app, paper, |_| AttachmentKind::Filing).await;
            Some(kept.map_err(keeping::at_the_field)?)
        }
    };
    keeping::write(app, &actor.clone(), kept, move |app, conn, kept| {
        let filing = editing::load(conn, &actor, &id)?;
        form.version().honour(filing.version)?;
        let body = ConfirmationBody {
            party: form.chosen("party")?,
            decision: form.chosen("decision")?,
            reason: form.text("reason"),
        };
        let filing = editing::confirm(conn, &actor, filing, body)?;
        if let Some(filed) = kept {
            let name = OwnerName { kind: OwnerKind::Filing, id: filing.id.clone(), milestone: None };
            attachments::editing::add(conn, &app.reference, &actor, &name, filed)?;
        }
        Ok(filing)
    })
    .await
}

async fn shown(
    app: &App,
    visit: &Visit,
    actor: Actor,
    id: String,
    form: Filled,
    status: StatusCode,
) -> Result<HttpResponse, AppError> {
    let page = app
        .read(move |app, conn| {
            let (filing, case) = editing::load_speakable(conn, &actor, &id)?;
            let said = queries::confirmations_of(conn, std::slice::from_ref(&filing.id))?;
            let involved = editing::involved(conn, &actor, &filing, &case)?;
            let may = |party: Party| {
                said.iter().all(|one| one.party != party)
                    && policy::may_confirm(&actor, party, &case.counties(), involved).is_ok()
            };
            let counties = case.counties();
            let takes_letter = policy::works(&actor, &counties);
            let parties = Party::ALL.iter().filter(|party| may(**party));
            let parties: Vec<Choice> = parties.map(|party| Choice::code(party.as_str())).collect();
            let shown = view::detail(conn, app.tools(), &actor, filing)?;
            Ok(ConfirmationForm {
                parties,
                takes_letter,
                decisions: FilingDecision::ALL.iter().map(|one| Choice::code(one.as_str())).collect(),
                filing: row(&shown, &HashSet::new()),
                about: about(&shown),
                form,
                accept: sniff::accept(),
            })
        })
        .await?;
    visit.page_with(app, &page, HttpResponseBuilder::new(status))
}

/// What the filing is of, as far as its reader sees it.
fn about(shown: &FilingView) -> Option<Link> {
    let lead = shown.lead_id.as_ref().map(|id| format!("/leads/{id}"));
    let project = shown.project_id.as_ref().map(|id| format!("/projects/{id}"));
    let label = shown.title.clone()?;
    Some(Link { href: lead.or(project)?, label })
}
