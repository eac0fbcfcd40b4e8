//! `/policies/documents/{id}/decision` and the same under `/api/v1`: the document, and for the second person the decision about it.

use super::decomposition::parts_of;
use super::{decomposition, lines, others, shown};
use crate::accounts::Actor;
use crate::app::App;
use crate::attachments::owner::Owner;
use crate::attachments::pages::Attachments;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::policies::model::{Decomposition, Policy};
use crate::policies::pages::{Decide, Part};
use crate::policies::queries::{Document, DocumentDecision, DocumentKind};
use crate::policies::{deciding, parse, view};
use crate::projects::handlers::small_page::returned;
use crate::web::filled::{Choice, Filled};
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::{Lang, Message};
use crate::web::json::Json;
use crate::web::roles::{PolicyDecider, PolicyReader};
use crate::web::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, HttpResponseBuilder};
use serde::Deserialize;
use utoipa::ToSchema;

/// What the second person says.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PolicyDecisionBody)]
pub struct DecisionBody {
    pub decision: DocumentDecision,
    /// Needed with `refused`.
    #[serde(default)]
    pub reason: Option<String>,
}

/// `POST /api/v1/policies/documents/{id}/decision {decision, reason?}`
pub async fn create(
    decider: PolicyDecider,
    id: Path<String>,
    Json(body): Json<DecisionBody>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = decider.0;
    let document = app
        .write(&actor.clone(), move |app, conn| {
            deciding::decide(conn, app.tools(), &actor, &id, body.decision, body.reason)?;
            let decided = deciding::load(conn, &id)?;
            view::documents(conn, vec![decided])?.pop().ok_or(AppError::NotFound)
        })
        .await?;
    Ok(HttpResponse::Ok().json(document))
}

/// `GET /policies/documents/{id}/decision`
pub async fn form(
    reader: PolicyReader,
    id: Path<String>,
    visit: Visit,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    page(&app, &visit, reader.0, id.into_inner(), Filled::new(), StatusCode::OK).await
}

/// `POST /policies/documents/{id}/decision`
pub async fn submit(
    decider: PolicyDecider,
    id: Path<String>,
    visit: Visit,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (actor, id) = (decider.0, id.into_inner());
    let (by, of, typed) = (actor.clone(), id.clone(), form.clone());
    let done = app
        .write(&actor, move |app, conn| {
            let decision = typed.chosen::<DocumentDecision>("decision")?;
            let document = deciding::decide(conn, app.tools(), &by, &of, decision, typed.text("reason"))?;
            Ok((document, decision))
        })
        .await;
    match done {
        Ok((document, decision)) => {
            let accepted = decision == DocumentDecision::Accepted;
            let done = Message::new(if accepted { "policy-confirmed" } else { "policy-refused-now" });
            Ok(flash::redirect("/policies", done.text("name", document.document_name)))
        }
        Err(error) => {
            let (filled, status) = returned(&form, error)?;
            page(&app, &visit, actor, id, filled, status).await
        }
    }
}

async fn page(
    app: &App,
    visit: &Visit,
    actor: Actor,
    id: String,
    form: Filled,
    status: StatusCode,
) -> Result<HttpResponse, AppError> {
    let lang = visit.lang;
    let page = app
        .read(move |app, conn| {
            let (document, decided) = deciding::load(conn, &id)?;
            let proposed_by = document.by_user.clone();
            let policy = version_of(conn, app, &document)?;
            let attachments = Attachments::of(conn, app, &actor, &Owner::PolicyDocument(document.clone()))?;
            let decomposed = decomposition(&document);
            let parts = decomposed.as_ref().map(|known| parts(app, lang, known)).unwrap_or_default();
            let of_city = policy.as_ref().zip(decomposed.as_ref()).and_then(|(policy, known)| {
                policy.of_city(known.metric, known.year).map(|quota| quota.target)
            });
            let mut line = lines(conn, &actor, vec![(document.clone(), decided)])?;
            Ok(Decide {
                document: line.pop().ok_or(AppError::NotFound)?,
                sum: parts.iter().filter_map(|part| part.target).sum(),
                parts,
                target: of_city,
                version: policy.map(|policy| shown(app, lang, &policy)),
                body: document.body.filter(|_| document.kind == DocumentKind::Version),
                others: others(conn, &proposed_by)?,
                decisions: DocumentDecision::ALL.iter().map(|one| Choice::code(one.as_str())).collect(),
                form,
                attachments,
            })
        })
        .await?;
    visit.page_with(app, &page, HttpResponseBuilder::new(status))
}

/// Of a new version what it says itself, else the version that is to change; none when it is gone.
fn version_of(conn: &mut AnyConn, app: &App, document: &Document) -> Result<Option<Policy>, AppError> {
    let body = document.body.as_deref().unwrap_or_default();
    Ok(match document.kind {
        DocumentKind::Version => parse(&document.code, body).ok(),
        _ => app.policies.now(conn)?.find(&document.code).cloned(),
    })
}

/// The counties' targets.
fn parts(app: &App, lang: Lang, parts: &Decomposition) -> Vec<Part> {
    let part = |county: &crate::reference::Region| Part {
        field: String::new(),
        name: county.name(lang.code()).to_owned(),
        target: parts.targets.get(&county.code).copied(),
    };
    parts_of(&app.reference).map(part).collect()
}
