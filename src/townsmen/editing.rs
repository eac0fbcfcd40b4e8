//! Keeping the list: every change is its row by its version and an entry of the trail, which holds of the person only
//! what goes with the person's key.

use crate::accounts::Actor;
use crate::app::Tools;
use crate::audit::{self, Act, Differences};
use crate::db::{AnyConn, Id};
use crate::error::{AppError, FieldErrors};
use crate::referrers::model::ReferrerKind;
use crate::townsmen::forms::{TownsmanBody, TownsmanInput, check_consent_day};
use crate::townsmen::model::Townsman;
use crate::townsmen::{policy, queries, rules};
use crate::{chambers, clock, referrers};
use chrono::NaiveDate;

/// The townsman of a path, if he exists for the actor.
pub fn load(conn: &mut AnyConn, actor: &Actor, id_or_code: &str) -> Result<Townsman, AppError> {
    queries::find_visible(conn, actor, id_or_code)?.ok_or(AppError::NotFound)
}

/// The townsman of a path, whom the actor may also change.
pub fn load_editable(conn: &mut AnyConn, actor: &Actor, id_or_code: &str) -> Result<Townsman, AppError> {
    let townsman = load(conn, actor, id_or_code)?;
    if policy::may_keep(actor, townsman.home.as_deref()) {
        Ok(townsman)
    } else {
        Err(AppError::Forbidden("role"))
    }
}

/// A townsman as the body that would give him: what a merge patch starts from.
pub fn as_body(tools: Tools<'_>, townsman: &Townsman) -> Result<TownsmanBody, AppError> {
    let details = townsman.open(tools.keys)?.ok_or(AppError::NotFound)?;
    Ok(TownsmanBody {
        name: Some(details.name),
        post: details.post,
        region: details.region,
        home: townsman.home.clone(),
        chamber_id: townsman.chamber_id.as_ref().map(Id::to_string),
        introducer: details.introducer,
        companies: details.companies,
        help: details.help,
        referrer_id: townsman.referrer_id.as_ref().map(Id::to_string),
        consent_on: Some(townsman.consent_on),
        consent: Some(details.consent),
    })
}

/// Lists somebody who agreed.
///
/// # Errors
/// 403 at `home` when a county names another's; 422 by field.
pub fn register(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    input: TownsmanInput,
) -> Result<Townsman, AppError> {
    let now = clock::now();
    let blank = Townsman {
        id: Id::generate(),
        code: queries::next_code(conn)?,
        home: None,
        key_encrypted: None,
        details_encrypted: None,
        chamber_id: None,
        referrer_id: None,
        consent_on: input.consent_on,
        review_due_on: rules::review_due_on(input.consent_on, tools.reference.townsman_terms().review_months),
        removed_at: None,
        version: 1,
        created_by: Some(actor.user_id.clone()),
        created_at: now,
        updated_at: now,
    };
    let townsman = filled(conn, tools, actor, blank, input)?;
    queries::insert(conn, &townsman)?;
    tell(conn, actor, &townsman, "townsman.create", differences(None, &townsman), None)?;
    Ok(townsman)
}

/// Changes a townsman whom the actor may keep. What changes nothing writes nothing.
pub fn edit(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    before: Townsman,
    input: TownsmanInput,
) -> Result<Townsman, AppError> {
    let months = tools.reference.townsman_terms().review_months;
    let townsman = Townsman {
        consent_on: input.consent_on,
        review_due_on: rules::review_due_on(input.consent_on, months),
        ..before.clone()
    };
    let townsman = filled(conn, tools, actor, townsman, input)?;
    if townsman == before {
        return Ok(before);
    }
    save(conn, actor, &before, townsman, "townsman.update")
}

/// Enters that the person was asked and still agrees; the words of the consent stay.
///
/// # Errors
/// 422 at `consent_on`, which cannot lie before the consent that is there.
pub fn review(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    before: Townsman,
    consent_on: Option<NaiveDate>,
) -> Result<Townsman, AppError> {
    let mut errors = FieldErrors::default();
    let day = consent_on.or(Some(clock::today()));
    check_consent_day(&mut errors, day);
    errors.into_result()?;
    let day = day.filter(|day| *day >= before.consent_on);
    let consent_on = day.ok_or_else(|| AppError::invalid("consent_on", "ends-before-it-begins"))?;
    let months = tools.reference.townsman_terms().review_months;
    let review_due_on = rules::review_due_on(consent_on, months);
    let townsman = Townsman { consent_on, review_due_on, ..before.clone() };
    save(conn, actor, &before, townsman, "townsman.review")
}

/// Removes somebody who asked for it: all that tells who he is, here and in the trail, goes with his key.
///
/// # Errors
/// 422 at `reason` without one.
pub fn remove(
    conn: &mut AnyConn,
    actor: &Actor,
    before: Townsman,
    reason: Option<&str>,
) -> Result<(), AppError> {
    let reason = reason.map(str::trim).filter(|reason| !reason.is_empty());
    let reason = reason.ok_or_else(|| AppError::invalid("reason", "reason-required"))?;
    let (now, version) = (clock::now(), before.version);
    let townsman =
        queries::update(conn, before.destroyed(now), now)?.ok_or(AppError::Stale { current: version + 1 })?;
    let differences = Differences::default().set("removed", &true);
    tell(conn, actor, &townsman, "townsman.remove", differences, Some(reason))
}

fn save(
    conn: &mut AnyConn,
    actor: &Actor,
    before: &Townsman,
    townsman: Townsman,
    action: &'static str,
) -> Result<Townsman, AppError> {
    let version = before.version;
    let townsman =
        queries::update(conn, townsman, clock::now())?.ok_or(AppError::Stale { current: version + 1 })?;
    tell(conn, actor, &townsman, action, differences(Some(before), &townsman), None)?;
    Ok(townsman)
}

/// The townsman with what was entered: sealed, names resolved to records.
fn filled(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    townsman: Townsman,
    input: TownsmanInput,
) -> Result<Townsman, AppError> {
    if !policy::may_keep(actor, Some(&input.home)) {
        return Err(AppError::ForbiddenFields(FieldErrors::one("home", "other-region")));
    }
    let mut errors = FieldErrors::default();
    let chamber = match input.chamber.as_deref() {
        Some(named) => {
            let found = chambers::queries::find_visible(conn, actor, named)?;
            if found.is_none() {
                errors.add("chamber_id", "unknown-chamber");
            }
            found.map(|chamber| chamber.id)
        }
        None => None,
    };
    let referrer = match input.referrer.as_deref() {
        Some(named) => match referrers::queries::find_visible(conn, actor, named)? {
            Some(referrer) if referrer.kind == ReferrerKind::Townsman => Some(referrer.id),
            Some(_) => {
                errors.add("referrer_id", "not-a-townsman");
                None
            }
            // One that another county keeps stays linked when this one changes something else.
            None if townsman.referrer_id.as_ref().is_some_and(|id| id.as_str() == named) => {
                townsman.referrer_id.clone()
            }
            None => {
                errors.add("referrer_id", "unknown-referrer");
                None
            }
        },
        None => None,
    };
    errors.into_result()?;
    let townsman =
        Townsman { home: Some(input.home), chamber_id: chamber, referrer_id: referrer, ..townsman };
    Ok(townsman.sealed(tools.keys, &input.details)?)
}

/// What the trail tells of a change; of the person only that it changed.
fn differences(before: Option<&Townsman>, after: &Townsman) -> Differences {
    fn of<'a, T>(before: Option<&'a Townsman>, field: fn(&'a Townsman) -> Option<T>) -> Option<T> {
        before.and_then(field)
    }
    Differences::default()
        .field("home", &of(before, |row| row.home.as_ref()), &after.home.as_ref())
        .field("chamber", &of(before, |row| row.chamber_id.as_ref()), &after.chamber_id.as_ref())
        .field("consent_on", &before.map(|row| row.consent_on), &Some(after.consent_on))
        .field("review_due_on", &before.map(|row| row.review_due_on), &Some(after.review_due_on))
        .sealed(
            "details",
            before.and_then(|row| row.details_encrypted.as_deref()),
            after.details_encrypted.as_deref(),
        )
}

fn tell(
    conn: &mut AnyConn,
    actor: &Actor,
    townsman: &Townsman,
    action: &'static str,
    differences: Differences,
    reason: Option<&str>,
) -> Result<(), AppError> {
    let act = Act { action, subject_kind: "townsman", subject_id: townsman.id.as_str(), differences, reason };
    Ok(audit::record(conn, actor, act)?)
}
