//! HTTP of policy versions: which there are, what is proposed of them, and the second person's decision.

mod awards;
mod decision;
mod decomposition;
pub mod document;
mod extension;
mod list;
mod load;

pub use decision::{
    DecisionBody, create as create_decision, form as decision_form, submit as submit_decision,
};
pub use decomposition::{
    DecompositionBody, create as create_decomposition, form as decomposition_form,
    submit as submit_decomposition,
};
pub use extension::{
    ExtensionBody, create as create_extension, form as extension_form, submit as submit_extension,
};
pub use list::{index, page as list, show};
pub use load::{VersionBody, create, form as new_form, submit};

use super::model::{Decomposition, Policy};
use super::pages::{DocumentLine, QuotaLine, Version};
use super::queries::{Decided, Document, DocumentKind};
use super::{policy, view};
use crate::accounts::queries::users;
use crate::accounts::{Actor, User};
use crate::app::{App, Tools};
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::web::flash;
use crate::web::i18n::{Lang, Message};
use actix_web::HttpResponse;
use actix_web::http::header;
use diesel::QueryResult;
use std::collections::HashMap;

/// On to the document, where its paper is put beside it.
fn proposed(document: &Document) -> HttpResponse {
    flash::redirect(document.href(), Message::new("policy-proposed").text("name", &document.document_name))
}

/// Proposes over the API.
async fn created(
    app: &App,
    actor: Actor,
    propose: impl FnOnce(&mut AnyConn, Tools<'_>, &Actor) -> Result<Document, AppError> + Send + 'static,
) -> Result<HttpResponse, AppError> {
    let document = app
        .write(&actor.clone(), move |app, conn| {
            let document = propose(conn, app.tools(), &actor)?;
            view::documents(conn, vec![(document, None)])?.pop().ok_or(AppError::NotFound)
        })
        .await?;
    let at = format!("/api/v1/policies/documents/{}", document.id);
    Ok(HttpResponse::Created().insert_header((header::LOCATION, at)).json(document))
}

/// Documents with the people behind them, and what the reader may do with each.
fn lines(
    conn: &mut AnyConn,
    actor: &Actor,
    documents: Vec<(Document, Option<Decided>)>,
) -> QueryResult<Vec<DocumentLine>> {
    let people = |(document, decided): &(Document, Option<Decided>)| {
        [Some(document.by_user.clone()), decided.as_ref().and_then(|one| one.by_user.clone())]
    };
    let ids: Vec<Id> = documents.iter().flat_map(people).flatten().collect();
    let names: HashMap<Id, String> =
        users::names(conn, &ids)?.into_iter().map(|(id, _, name)| (id, name)).collect();
    let line = |(document, decided): (Document, Option<Decided>)| DocumentLine {
        may_decide: decided.is_none() && policy::may_decide(actor, &document.by_user),
        own: document.by_user == actor.user_id,
        proposed_by: names.get(&document.by_user).cloned(),
        proposed_at: document.at,
        decision: decided.as_ref().map(|one| one.decision.to_string()),
        decided_by: decided.as_ref().and_then(|one| names.get(one.by_user.as_ref()?).cloned()),
        decided_at: decided.as_ref().map(|one| one.at),
        reason: decided.and_then(|one| one.reason),
        year: decomposition(&document).map(|parts| parts.year),
        id: document.id.to_string(),
        kind: document.kind.to_string(),
        code: document.code,
        name: document.document_name,
        number: document.document_number,
        until: document.valid_until,
    };
    Ok(documents.into_iter().map(line).collect())
}

/// What a document of this kind says.
fn decomposition(document: &Document) -> Option<Decomposition> {
    let body = document.body.as_deref().filter(|_| document.kind == DocumentKind::Decomposition)?;
    toml::from_str(body).ok()
}

/// Who can confirm what this person proposes.
fn others(conn: &mut AnyConn, proposed_by: &Id) -> QueryResult<Vec<String>> {
    let people = users::active_with_roles(conn, policy::DECIDERS)?;
    Ok(people
        .into_iter()
        .filter(|user: &User| user.id != *proposed_by)
        .map(|user| user.display_name)
        .collect())
}

fn shown(app: &App, lang: Lang, version: &Policy) -> Version {
    let region = |code: &str| app.reference.region_name(code, lang.code()).to_owned();
    let quotas = version.quota.iter().map(|quota| QuotaLine {
        metric: quota.metric.to_string(),
        scope: quota.scope.to_string(),
        region: quota.region.as_deref().map(region),
        years: years(&quota.years),
        target: quota.target,
        decomposed: quota.decomposed,
    });
    Version {
        quotas: quotas.collect(),
        title: version.title(lang.code()).to_owned(),
        code: version.code.clone(),
        issuer: version.issuer.clone(),
        number: version.number.clone(),
        from: version.from,
        to: version.to,
        demonstration: version.demonstration,
        in_force: version.covers(clock::today()),
        extensions: version.extensions.clone(),
        awards: awards::shown(&app.reference, lang, &version.award),
        rounding: version.award.rounding.to_string(),
        support_from: version.support.as_ref().map(|support| support.new_jobs),
        documents: Vec::new(),
    }
}

/// `2023–2025`, or single years where there are gaps.
fn years(years: &[i32]) -> String {
    let mut years = years.to_vec();
    years.sort_unstable();
    let in_a_row = years.windows(2).all(|pair| pair[1] == pair[0] + 1);
    match (years.first(), years.last()) {
        (Some(first), Some(last)) if in_a_row && first != last => format!("{first}–{last}"),
        _ => years.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
    }
}
