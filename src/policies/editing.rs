//! Loading a version and extending one: a document and its entry in the trail, in one transaction.

use super::load::{Policies, PolicyError, parse};
use super::model::{Extension, Policy};
use super::queries::{self, Document, DocumentKind};
use crate::accounts::Actor;
use crate::app::Tools;
use crate::audit::{self, Act, Differences};
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::{AppError, FieldErrors};
use crate::fields::required;
use crate::reference::Reference;
use chrono::NaiveDate;

/// The largest text of a version.
const MAX_BODY: usize = 200_000;

/// The paper that a change of versions rests on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paper {
    /// 文号
    pub number: Option<String>,
    pub name: Option<String>,
}

/// Loads a version from its text.
///
/// # Errors
/// 422 at `body` with the place in the text and what is wanted there; at the document's fields when they are empty.
pub fn load(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    body: Option<String>,
    paper: Paper,
) -> Result<Policy, AppError> {
    let mut errors = FieldErrors::default();
    let (number, name) = checked(&mut errors, paper);
    let body = body.unwrap_or_default();
    if body.trim().is_empty() {
        errors.add("body", "required");
    } else if body.chars().count() > MAX_BODY {
        crate::fields::too_long(&mut errors, "body", MAX_BODY);
    }
    let versions = tools.policies.now(conn)?;
    let version = if errors.0.iter().any(|fault| fault.field == "body") {
        None
    } else {
        match read(&versions, tools.reference, &body) {
            Ok(version) => Some(version),
            Err(fault) => {
                errors.add_with("body", "policy-text", vec![("place", fault.place), ("wants", fault.wanted)]);
                None
            }
        }
    };
    errors.into_result()?;
    let version = version.ok_or_else(|| AppError::invalid("body", "required"))?;
    let differences = Differences::default()
        .set("code", &version.code)
        .set("policy_from", &version.from)
        .set("valid_until", &version.to)
        .set("document_number", &number)
        .set("document_name", &name);
    let document = Document {
        id: Id::generate(),
        kind: DocumentKind::Version,
        code: version.code.clone(),
        body: Some(body),
        valid_until: None,
        document_number: number,
        document_name: name,
        by_user: actor.user_id.clone(),
        at: clock::now(),
    };
    queries::insert(conn, document)?;
    tell(conn, actor, "policy.load", &version.code, differences)?;
    Ok(version)
}

/// The version of a text, if it goes together with the others and with the reference data.
fn read(versions: &Policies, reference: &Reference, body: &str) -> Result<Policy, PolicyError> {
    let version = parse("body", body)?;
    let fault = |place: String, wanted: String| PolicyError { file: "body".to_owned(), place, wanted };
    if let Some(code) = version.pool.industries.iter().find(|code| reference.industry(code).is_none()) {
        return Err(fault("pool.industries".to_owned(), format!("there is no industry {code}")));
    }
    for (at, quota) in version.quota.iter().enumerate() {
        if let Some(region) = quota.region.as_deref().filter(|code| !reference.is_county(code)) {
            return Err(fault(format!("quota {}, region", at + 1), format!("there is no county {region}")));
        }
    }
    super::awards::check_known("body", &version, reference)?;
    versions.with(version.clone())?;
    Ok(version)
}

/// Keeps a version in force until a later day, on the strength of a document.
///
/// # Errors
/// 404 for no version; 422 for a day that is not after its last one, or without the document.
pub fn extend(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    code: &str,
    until: Option<NaiveDate>,
    paper: Paper,
) -> Result<Policy, AppError> {
    let versions = tools.policies.now(conn)?;
    let version = versions.find(code).ok_or(AppError::NotFound)?;
    let mut errors = FieldErrors::default();
    let (number, name) = checked(&mut errors, paper);
    errors.check_day("valid_until", until);
    match until {
        None => errors.add("valid_until", "required"),
        Some(day) if day <= version.to && clock::is_credible(day) => {
            errors.add("valid_until", "not-after-last-day");
        }
        Some(_) => {}
    }
    errors.into_result()?;
    let until = until.ok_or_else(|| AppError::invalid("valid_until", "required"))?;
    let differences = Differences::default()
        .set("code", &version.code)
        .field("valid_until", &version.to, &until)
        .set("document_number", &number)
        .set("document_name", &name);
    let longer = version.extended(Extension { until, number: number.clone(), name: name.clone() });
    let document = Document {
        id: Id::generate(),
        kind: DocumentKind::Extension,
        code: version.code.clone(),
        body: None,
        valid_until: Some(until),
        document_number: number,
        document_name: name,
        by_user: actor.user_id.clone(),
        at: clock::now(),
    };
    queries::insert(conn, document)?;
    tell(conn, actor, "policy.extend", &version.code, differences)?;
    Ok(longer)
}

fn checked(errors: &mut FieldErrors, paper: Paper) -> (String, String) {
    (required(errors, "document_number", paper.number), required(errors, "document_name", paper.name))
}

fn tell(
    conn: &mut AnyConn,
    actor: &Actor,
    action: &'static str,
    code: &str,
    differences: Differences,
) -> Result<(), AppError> {
    let act = Act { action, subject_kind: "policy", subject_id: code, differences, reason: None };
    Ok(audit::record(conn, actor, act)?)
}
