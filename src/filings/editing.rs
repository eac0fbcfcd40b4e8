//! Filing, confirming, withdrawing: the row by its version, its history and its trail, in one transaction.

use crate::accounts::Actor;
use crate::audit::{self, Act, Differences};
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::{AppError, FieldErrors};
use crate::fields::text;
use crate::filings::forms::{ConfirmationBody, FilingBody};
use crate::filings::model::{Confirmation, Filing, FilingDecision};
use crate::filings::policy::{self, Involved};
use crate::filings::queries::{self, Case};
use crate::leads::model::Status;
use crate::referrers::Referrer;
use crate::{award_applications, leads, projects, referrers};
use chrono::{Datelike, NaiveDate};

/// The filing of a path, if it exists for the actor.
pub fn load(conn: &mut AnyConn, actor: &Actor, id_or_code: &str) -> Result<Filing, AppError> {
    queries::find_visible(conn, actor, id_or_code)?.ok_or(AppError::NotFound)
}

/// The filing of a path with its case, which the actor may also work: 403 for one that he only sees.
pub fn load_workable(conn: &mut AnyConn, actor: &Actor, id: &str) -> Result<(Filing, Case), AppError> {
    let filing = load(conn, actor, id)?;
    let case = case_of(conn, &filing)?;
    if policy::works(actor, &case.counties()) {
        Ok((filing, case))
    } else {
        Err(AppError::Forbidden(if policy::files(actor.role) { "other-region" } else { "role" }))
    }
}

/// The filing of a path with its case, of which the actor may have something to say.
pub fn load_speakable(conn: &mut AnyConn, actor: &Actor, id: &str) -> Result<(Filing, Case), AppError> {
    let filing = load(conn, actor, id)?;
    let case = case_of(conn, &filing)?;
    if policy::speaks(actor, &case.counties()) {
        Ok((filing, case))
    } else {
        Err(AppError::Forbidden("role"))
    }
}

/// What a filing is for.
pub fn case_of(conn: &mut AnyConn, filing: &Filing) -> Result<Case, AppError> {
    let rows = std::slice::from_ref(filing);
    let families = queries::families_of(conn, rows)?;
    let mut cases = queries::cases_of(conn, rows, &families)?;
    Ok(cases.remove(&filing.id).unwrap_or_default())
}

/// Puts a filing on record, numbered and timed. What speaks against a payment does not keep it out.
///
/// # Errors
/// 422 for a day in the future, or what is not there for the actor; 403 at the field for another county's; 409 when the
/// referrer has an open filing of it, or the lead was merged.
pub fn create(
    conn: &mut AnyConn,
    actor: &Actor,
    referrer: &Referrer,
    body: FilingBody,
) -> Result<Filing, AppError> {
    let (now, mut errors) = (clock::now(), FieldErrors::default());
    let received_on = clock::china_date(now);
    errors.check_day("filed_on", Some(body.filed_on));
    if body.filed_on > received_on && clock::is_credible(body.filed_on) {
        errors.add("filed_on", "date-in-future");
    }
    let statement = text(&mut errors, "statement", body.statement);
    errors.into_result()?;
    let (lead_id, project_id) = named(conn, actor, body.lead_id, body.project_id)?;
    let filing = Filing {
        id: Id::generate(),
        code: queries::next_code(conn, received_on.year())?,
        referrer_id: referrer.id.clone(),
        lead_id,
        project_id,
        role: body.role,
        filed_on: body.filed_on,
        received_at: now,
        filed_by: actor.user_id.clone(),
        statement,
        withdrawn_on: None,
        withdrawal_reason: None,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    if queries::is_open(conn, &filing)? {
        return Err(AppError::Conflict("filing-open"));
    }
    queries::insert(conn, &filing).map_err(open)?;
    let differences = Differences::default()
        .set("code", &filing.code)
        .set("referrer", &filing.referrer_id)
        .field("lead", &None, &filing.lead_id)
        .field("project", &None, &filing.project_id)
        .set("filing_role", &filing.role)
        .set("filed_on", &filing.filed_on)
        .field("statement", &None, &filing.statement);
    tell(conn, actor, &filing, "filing.create", differences, None)?;
    Ok(filing)
}

/// The lead or project of a filing, in the actor's scope: that of a project which was a lead is its lead's.
fn named(
    conn: &mut AnyConn,
    actor: &Actor,
    lead: Option<String>,
    project: Option<String>,
) -> Result<(Option<Id>, Option<Id>), AppError> {
    match (lead, project) {
        (Some(lead), None) => {
            let found = match lead.parse::<Id>() {
                Ok(id) => leads::queries::find(conn, actor, &id)?,
                Err(_) => leads::queries::find_by_code(conn, actor, lead.trim())?,
            };
            let lead = found.ok_or_else(|| AppError::invalid("lead_id", "unknown-lead"))?.lead;
            if lead.status == Status::Merged {
                return Err(AppError::Conflict("lead-merged"));
            }
            check_county(actor, "lead_id", &[&lead.county])?;
            Ok((Some(lead.id), None))
        }
        (None, Some(project)) => {
            let id = match project.parse::<Id>() {
                Ok(id) => Some(id),
                Err(_) => projects::queries::find_by_code(conn, project.trim())?.map(|project| project.id),
            };
            let found = match id {
                Some(id) => projects::queries::find(conn, actor, &id)?,
                None => None,
            };
            let project = found.ok_or_else(|| AppError::invalid("project_id", "unknown-project"))?;
            let counties = [Some(project.county.as_str()), project.enclave_county.as_deref()];
            check_county(actor, "project_id", &counties.into_iter().flatten().collect::<Vec<_>>())?;
            match project.lead_id {
                Some(lead) => Ok((Some(lead), None)),
                None => Ok((None, Some(project.id))),
            }
        }
        _ => Err(AppError::invalid("lead_id", "lead-or-project")),
    }
}

fn check_county(actor: &Actor, field: &'static str, counties: &[&str]) -> Result<(), AppError> {
    if policy::works(actor, counties) {
        Ok(())
    } else {
        Err(AppError::ForbiddenFields(FieldErrors::one(field, "other-region")))
    }
}

/// Of two filings of the same at once, the second is told so.
fn open(error: diesel::result::Error) -> AppError {
    use diesel::result::{DatabaseErrorKind::UniqueViolation, Error::DatabaseError};
    match error {
        DatabaseError(UniqueViolation, _) => AppError::Conflict("filing-open"),
        other => other.into(),
    }
}

/// Enters what a party says. It is said once: who changed his mind withdraws the filing.
///
/// # Errors
/// 403 for who does not speak for the party, filed himself, or works on an award of the case; 409 when it is said already, or the filing is withdrawn;
/// 422 for a refusal without a reason.
pub fn confirm(
    conn: &mut AnyConn,
    actor: &Actor,
    filing: Filing,
    body: ConfirmationBody,
) -> Result<Filing, AppError> {
    let case = case_of(conn, &filing)?;
    let involved = involved(conn, actor, &filing, &case)?;
    policy::may_confirm(actor, body.party, &case.counties(), involved).map_err(AppError::Forbidden)?;
    check_open(&filing)?;
    let said = queries::confirmations_of(conn, std::slice::from_ref(&filing.id))?;
    if said.iter().any(|one| one.party == body.party) {
        return Err(AppError::Conflict("filing-decided"));
    }
    let mut errors = FieldErrors::default();
    let reason = text(&mut errors, "reason", body.reason);
    if body.decision == FilingDecision::Refused && reason.is_none() {
        errors.add("reason", "reason-required");
    }
    errors.into_result()?;
    let confirmation = Confirmation {
        filing_id: filing.id.clone(),
        party: body.party,
        decision: body.decision,
        reason: reason.clone(),
        by_user: actor.user_id.clone(),
        at: clock::now(),
    };
    queries::insert_confirmation(conn, &confirmation)?;
    let differences = Differences::default().set("party", &body.party).set("decision", &body.decision);
    save(conn, actor, filing, "filing.confirm", differences, reason.as_deref())
}

/// What the actor has to do with a filing and its case already.
pub fn involved<'a>(
    conn: &mut AnyConn,
    actor: &Actor,
    filing: &'a Filing,
    case: &Case,
) -> diesel::QueryResult<Involved<'a>> {
    let is_own_chamber = match &actor.chamber_id {
        Some(own) => referrers::queries::of_ids(conn, std::slice::from_ref(&filing.referrer_id))?
            .iter()
            .any(|referrer| referrer.chamber_id.as_ref() == Some(own)),
        None => false,
    };
    let has_award_duty = has_award_duty(conn, actor, case)?;
    Ok(Involved { filed_by: &filing.filed_by, is_own_chamber, has_award_duty })
}

/// Whether the actor has a duty in an application for an award of the case.
fn has_award_duty(conn: &mut AnyConn, actor: &Actor, case: &Case) -> diesel::QueryResult<bool> {
    match &case.project {
        Some(project) => award_applications::queries::has_duty(conn, &project.id, &actor.user_id),
        None => Ok(false),
    }
}

/// Takes a filing back; it stays on record.
///
/// # Errors
/// 409 when it is withdrawn already, the referrer has a share of the project's award, or that award was applied for.
pub fn withdraw(
    conn: &mut AnyConn,
    actor: &Actor,
    mut filing: Filing,
    case: &Case,
    reason: String,
) -> Result<Filing, AppError> {
    check_open(&filing)?;
    let mut errors = FieldErrors::default();
    let reason = text(&mut errors, "reason", Some(reason));
    if reason.is_none() {
        errors.add("reason", "reason-required");
    }
    errors.into_result()?;
    if let Some(project) = &case.project {
        if award_applications::queries::relies_on_filings(conn, &project.id)? {
            return Err(AppError::Conflict("filing-in-application"));
        }
        if queries::has_share(conn, &project.id, &filing.referrer_id)? {
            return Err(AppError::Conflict("filing-has-share"));
        }
    }
    let today: NaiveDate = clock::today();
    filing.withdrawn_on = Some(today);
    filing.withdrawal_reason = reason.clone();
    let differences = Differences::default().set("withdrawn_on", &today);
    save(conn, actor, filing, "filing.withdraw", differences, reason.as_deref())
}

fn check_open(filing: &Filing) -> Result<(), AppError> {
    if filing.withdrawn_on.is_none() { Ok(()) } else { Err(AppError::Conflict("filing-withdrawn")) }
}

/// The last steps of every change: the row by its version, the trail.
fn save(
    conn: &mut AnyConn,
    actor: &Actor,
    filing: Filing,
    action: &'static str,
    differences: Differences,
    reason: Option<&str>,
) -> Result<Filing, AppError> {
    let version = filing.version;
    let filing =
        queries::update(conn, filing, clock::now())?.ok_or(AppError::Stale { current: version + 1 })?;
    tell(conn, actor, &filing, action, differences, reason)?;
    Ok(filing)
}

/// Enters an act on a filing.
pub fn tell(
    conn: &mut AnyConn,
    actor: &Actor,
    filing: &Filing,
    action: &'static str,
    differences: Differences,
    reason: Option<&str>,
) -> diesel::QueryResult<()> {
    let act = Act { action, subject_kind: "filing", subject_id: filing.id.as_str(), differences, reason };
    audit::record(conn, actor, act)
}
