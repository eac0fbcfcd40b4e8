//! What a merger of leads does to the credit for them: the first reporter keeps it (domain/process.md 4.1), and no
//! chamber loses any without a word on record.

use crate::accounts::Actor;
use crate::attributions::changing::{apply, take_back};
use crate::attributions::model::{AttributionOutcome, AttributionShare, Change};
use crate::attributions::rules::Merged;
use crate::attributions::{policy, queries, rules};
use crate::db::AnyConn;
use crate::error::{AppError, FieldErrors};
use crate::leads::model::Lead;
use crate::leads::{self, rules as lead_rules};
use crate::projects;
use diesel::QueryResult;

/// After `going` was merged into `staying`: the credit that the one that stays has from now on; the lead that stays.
///
/// 1. What waits for the lead that goes is taken back, with the merger's reason: nobody could end it any more.
/// 2. A lead that stays and that nobody is credited with takes the credit of the one that goes.
/// 3. Where the two have different sources the bureau's merger decides for the earlier report.
///
/// # Errors
/// 422 at `into` where step 3 is not the actor's to decide.
pub fn merge(
    conn: &mut AnyConn,
    actor: &Actor,
    going: &Lead,
    staying: Lead,
    reason: &str,
) -> Result<Lead, AppError> {
    take_back(conn, actor, &going.id, AttributionOutcome::Withdrawn, Some(reason))?;
    let given = queries::shares_of(conn, going)?;
    let had = queries::shares_of(conn, &staying)?;
    let decides = policy::decides(actor.role);
    let takes = match rules::merged(&given, &had, rules::is_somebodys(&staying)) {
        Merged::Settled => {
            follow(conn, actor, going, &had)?;
            return Ok(staying);
        }
        Merged::Taken => true,
        Merged::Disputed if decides => reported_first(conn, going, &staying)?,
        Merged::Disputed => {
            let mut errors = FieldErrors::default();
            let way = vec![("way", format!("/leads/{}/attribution", staying.id))];
            errors.add_with("into", "credit-differs", way);
            return Err(AppError::Invalid(errors));
        }
    };
    let outcome = if decides { AttributionOutcome::Decided } else { AttributionOutcome::Agreed };
    let by = &actor.user_id;
    let reason = Some(reason.to_owned());
    if takes {
        take_back(conn, actor, &staying.id, AttributionOutcome::Withdrawn, reason.as_deref())?;
        let told = rules::concerned(&had, &given);
        let change = Change::proposed(&staying.id, had, given, reason, by).ended(outcome);
        queries::insert(conn, &change, &told)?;
        let staying = apply(conn, actor, staying, &change)?;
        follow(conn, actor, going, &change.shares_after.0)?;
        return Ok(staying);
    }
    // Who had the later report is told at his own lead; at the one that stays it is on record that nothing moved.
    let kept = Change::proposed(&staying.id, had.clone(), had.clone(), reason.clone(), by).ended(outcome);
    queries::insert(conn, &kept, &[])?;
    let told: Vec<_> = given.iter().map(|share| share.chamber_id.clone()).collect();
    let lost = Change::proposed(&going.id, given, had, reason, by).ended(outcome);
    queries::insert(conn, &lost, &told)?;
    follow(conn, actor, going, &lost.shares_after.0)?;
    Ok(staying)
}

/// A project that the lead was which went has the credit of the one that stayed.
fn follow(
    conn: &mut AnyConn,
    actor: &Actor,
    going: &Lead,
    shares: &[AttributionShare],
) -> Result<(), AppError> {
    let Some(project) = projects::queries::find_of_lead(conn, &going.id)? else { return Ok(()) };
    let known = project.source_chamber_id.clone();
    let Some(source) = rules::source_of(shares, known.as_ref()) else { return Ok(()) };
    queries::put_shares(conn, &going.id, shares)?;
    if known.as_ref() != Some(&source) {
        projects::editing::take_source(conn, actor, project, &source)?;
    }
    Ok(())
}

/// Whether the first report of the two came with the lead that went, or with one that went into it before.
fn reported_first(conn: &mut AnyConn, going: &Lead, staying: &Lead) -> QueryResult<bool> {
    let with_going = leads::queries::merged_into(conn, &going.id)?;
    let merged = leads::queries::merged_into(conn, &staying.id)?;
    let first = lead_rules::first_report(merged.iter().chain([going, staying]));
    let is_of_going = |first: &Lead| with_going.iter().chain([going]).any(|lead| lead.id == first.id);
    Ok(first.is_some_and(is_of_going))
}
