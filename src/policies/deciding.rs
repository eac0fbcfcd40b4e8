//! The second person's part: confirming what was proposed, with the document before him, or refusing it with a reason.

use super::book;
use super::fault::PolicyError;
use super::load::Policies;
use super::policy;
use super::proposing;
use super::queries::{self, Decided, Document, DocumentDecision, DocumentKind};
use crate::accounts::Actor;
use crate::accounts::queries::users;
use crate::app::Tools;
use crate::audit::{self, Act, Differences};
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::{AppError, FieldErrors};
use crate::fields;

/// A document and what was decided about it; 404 when there is none of this id.
pub fn load(conn: &mut AnyConn, id: &str) -> Result<(Document, Option<Decided>), AppError> {
    let id: Id = id.parse().map_err(|_| AppError::NotFound)?;
    queries::find(conn, &id)?.ok_or(AppError::NotFound)
}

/// Decides about a document. Confirmed, it is in force at once.
///
/// # Errors
/// 403 for whoever proposed it; 409 when it is decided already; 422 for a refusal without a reason, and when by now it
/// does not go together with the other versions.
pub fn decide(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    id: &str,
    decision: DocumentDecision,
    reason: Option<String>,
) -> Result<Document, AppError> {
    let (document, known) = load(conn, id)?;
    if known.is_some() {
        return Err(AppError::Conflict("policy-decided"));
    }
    if !policy::may_decide(actor, &document.by_user) {
        return Err(AppError::Forbidden("own-proposal"));
    }
    let mut errors = FieldErrors::default();
    let reason = fields::text(&mut errors, "reason", reason);
    if decision == DocumentDecision::Refused && reason.is_none() {
        errors.add("reason", "reason-required");
    }
    let versions = tools.policies.now(conn)?;
    if decision == DocumentDecision::Accepted
        && let Err(error) = fits(&versions, tools, &document)
    {
        add(&mut errors, &error);
    }
    errors.into_result()?;
    let decided = Decided {
        id: Id::generate(),
        document_id: document.id.clone(),
        decision,
        reason: reason.clone(),
        by_user: Some(actor.user_id.clone()),
        at: clock::now(),
    };
    queries::decide(conn, &decided)?;
    let proposed_by = users::find(conn, &document.by_user)?.map(|user| user.username);
    let act = Act {
        action: action(&document, decision),
        subject_kind: "policy",
        subject_id: &document.code,
        differences: Differences::default()
            .set("document_number", &document.document_number)
            .set("document_name", &document.document_name)
            .set("valid_until", &document.valid_until)
            .set("proposed_by", &proposed_by),
        reason: reason.as_deref(),
    };
    audit::record(conn, actor, act)?;
    Ok(document)
}

/// Whether a document goes together with the versions of now: a new version with all that is asked of a proposal.
fn fits(versions: &Policies, tools: Tools<'_>, document: &Document) -> Result<(), PolicyError> {
    match document.kind {
        DocumentKind::Version => {
            let body = document.body.as_deref().unwrap_or_default();
            proposing::read(versions, tools.reference, body).map(drop)
        }
        _ => book::with(versions, document).map(drop),
    }
}

fn add(errors: &mut FieldErrors, error: &PolicyError) {
    errors.add_with("decision", error.fault.code(), error.args());
}

/// What the trail calls it: the act itself, when it takes force.
fn action(document: &Document, decision: DocumentDecision) -> &'static str {
    match (decision, document.kind) {
        (DocumentDecision::Refused, _) => "policy.refuse",
        (DocumentDecision::Accepted, DocumentKind::Version) => "policy.load",
        (DocumentDecision::Accepted, DocumentKind::Extension) => "policy.extend",
        (DocumentDecision::Accepted, DocumentKind::Decomposition) => "policy.decompose",
    }
}
