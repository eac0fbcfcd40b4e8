//! Proposing to load a version, to extend one, or to give its quota of a year to the counties. What is proposed counts
//! nowhere until somebody else has confirmed it (`deciding`).

use super::fault::{Fault, PolicyError};
use super::load::Policies;
use super::model::{Decomposition, Policy};
use super::queries::{self, Document, DocumentKind};
use super::reading::{At, check_names, parse};
use crate::accounts::Actor;
use crate::app::Tools;
use crate::audit::{self, Act, Differences};
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::{AppError, FieldErrors};
use crate::fields::{line, required};
use crate::reference::Reference;
use anyhow::Context;
use chrono::NaiveDate;

/// The largest text of a version.
const MAX_BODY: usize = 200_000;
/// The most that a county can be asked for in a year.
const MOST: i64 = 10_000;

/// The paper that a change of versions rests on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paper {
    /// 文号
    pub number: Option<String>,
    pub name: Option<String>,
}

/// Proposes a version by its text.
///
/// # Errors
/// 422 at `body` with the place in the text and what is wrong there; at the document's fields when they are empty.
pub fn load(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    body: Option<String>,
    paper: Paper,
) -> Result<Document, AppError> {
    let mut errors = FieldErrors::default();
    let paper = Paper { number: Some(required(&mut errors, "document_number", paper.number)), ..paper };
    let (number, name) = checked(&mut errors, paper);
    let body = body.unwrap_or_default();
    if body.trim().is_empty() {
        errors.add("body", "required");
        return Err(AppError::Invalid(errors));
    }
    if body.chars().count() > MAX_BODY {
        crate::fields::too_long(&mut errors, "body", MAX_BODY);
        return Err(AppError::Invalid(errors));
    }
    let versions = tools.policies.now(conn)?;
    let version = match read(&versions, tools.reference, &body) {
        Ok(version) => version,
        Err(error) => {
            errors.add_with("body", error.fault.code(), error.args());
            return Err(AppError::Invalid(errors));
        }
    };
    errors.into_result()?;
    let differences =
        Differences::default().set("policy_from", &version.from).set("valid_until", &version.to);
    let document = proposed(actor, DocumentKind::Version, version.code, number, name);
    keep(conn, actor, Document { body: Some(body), ..document }, differences)
}

/// The version of a text, if it goes together with the others and with the reference data.
pub(super) fn read(versions: &Policies, reference: &Reference, body: &str) -> Result<Policy, PolicyError> {
    let version = parse("body", body)?;
    check_names("body", body, &version, reference)?;
    versions.with(version.clone()).map_err(|error| error.in_text(body))?;
    if let Some(other) = versions.beside(&version) {
        let fault = Fault::SameDays(other.code.clone());
        return Err(PolicyError { file: "body".to_owned(), place: At::top("from").place(body), fault });
    }
    Ok(version)
}

/// Proposes to keep a version in force until a later day, on the strength of a document.
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
) -> Result<Document, AppError> {
    let versions = tools.policies.now(conn)?;
    let version = versions.find(code).ok_or(AppError::NotFound)?;
    let mut errors = FieldErrors::default();
    let paper = Paper { number: Some(required(&mut errors, "document_number", paper.number)), ..paper };
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
    let differences = Differences::default().field("valid_until", &Some(version.to), &until);
    let document = proposed(actor, DocumentKind::Extension, version.code.clone(), number, name);
    keep(conn, actor, Document { valid_until: until, ..document }, differences)
}

/// Proposes what each county is to reach of the city's quota of a year; a county that is not named has no target.
///
/// # Errors
/// 404 when the city has no such quota in this year; 422 at `targets` when no county is named, and at `targets.<county>`
/// for what is no county, below 0 or beyond belief.
pub fn decompose(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    code: &str,
    parts: &Decomposition,
    paper: Paper,
) -> Result<Document, AppError> {
    let versions = tools.policies.now(conn)?;
    let version = versions.find(code).ok_or(AppError::NotFound)?;
    version.of_city(parts.metric, parts.year).ok_or(AppError::NotFound)?;
    let mut errors = FieldErrors::default();
    let (number, name) = checked(&mut errors, paper);
    if parts.targets.is_empty() {
        errors.add("targets", "no-target");
    }
    for (county, target) in &parts.targets {
        let field = format!("targets.{county}");
        if !tools.reference.is_county(county) || tools.reference.is_zone(county) {
            errors.add(field, "unknown");
        } else if *target < 0 {
            errors.add(field, "negative");
        } else if *target > MOST {
            errors.add_with(field, "target-too-large", vec![("most", MOST.to_string())]);
        }
    }
    errors.into_result()?;
    let body = toml::to_string(parts).context("a decomposition as TOML")?;
    let differences = Differences::default().set("year", &parts.year).set("targets", &parts.targets);
    let document = proposed(actor, DocumentKind::Decomposition, version.code.clone(), number, name);
    keep(conn, actor, Document { body: Some(body), ..document }, differences)
}

/// A document has a name; whether it must have a number its kind says.
fn checked(errors: &mut FieldErrors, paper: Paper) -> (String, String) {
    let number = line(errors, "document_number", paper.number).unwrap_or_default();
    (number, required(errors, "document_name", paper.name))
}

fn proposed(actor: &Actor, kind: DocumentKind, code: String, number: String, name: String) -> Document {
    Document {
        id: Id::generate(),
        kind,
        code,
        body: None,
        valid_until: None,
        document_number: number,
        document_name: name,
        by_user: actor.user_id.clone(),
        at: clock::now(),
    }
}

fn keep(
    conn: &mut AnyConn,
    actor: &Actor,
    document: Document,
    differences: Differences,
) -> Result<Document, AppError> {
    queries::insert(conn, &document)?;
    let differences = Differences::default()
        .set("document_kind", &document.kind)
        .set("document_number", &document.document_number)
        .set("document_name", &document.document_name)
        .merge(differences);
    let act = Act {
        action: "policy.propose",
        subject_kind: "policy",
        subject_id: &document.code,
        differences,
        reason: None,
    };
    audit::record(conn, actor, act)?;
    Ok(document)
}
