//! What awards would come to if an ambiguous clause were read in another way (domain/rules.md, R2), side by side with
//! how they stand. Nothing of it is kept.
//!
//! What was submitted is computed of its frozen facts and version, with the rulings that it has; a draft of its facts as
//! they are now.

use super::computing::{Common, award_of};
use super::facts::{needs_ruling, ruled};
use super::model::{Application, ApplicationStatus};
use super::parties;
use super::queries::{self, Filter};
use crate::accounts::Actor;
use crate::app::App;
use crate::awards::Award;
use crate::awards::model::AwardStatus;
use crate::awards::unknown_word;
use crate::db::{AnyConn, Id};
use crate::error::{AppError, FieldError, FieldErrors};
use crate::policies::Policies;
use crate::policies::awards::{AwardRule, BaseReading};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use utoipa::ToSchema;

/// The fact that names a reading.
const READING: &str = "base_reading";
/// Applications that are looked at in one answer.
const MOST: i64 = 1_000;
/// Questions that one award can leave open after each other.
const RULINGS: usize = 4;

/// One reading beside another.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = AwardWhatIf)]
pub struct WhatIf {
    pub rule: AwardRule,
    /// The other reading.
    pub reading: BaseReading,
    /// Null: of all years.
    pub year: Option<i32>,
    /// Readings that versions of the plan know for this rule.
    pub readings: Vec<BaseReading>,
    pub items: Vec<Row>,
    /// False: there are more applications than were looked at, so the sums are not of all.
    pub complete: bool,
    /// Sums over what can be computed in both ways, in fen.
    pub amount_fen: i64,
    pub other_fen: i64,
    pub difference_fen: i64,
}

/// An application in both ways.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = AwardWhatIfRow)]
pub struct Row {
    pub id: Id,
    pub code: String,
    /// The project's title.
    pub project: String,
    pub county: String,
    pub status: ApplicationStatus,
    /// Computed of frozen facts; otherwise of those of now.
    pub frozen: bool,
    /// As it stands, in fen; null while a fact is missing.
    pub amount_fen: Option<i64>,
    /// What the award comes to in the other reading; null where it cannot be computed.
    pub other_status: Option<AwardStatus>,
    pub other_fen: Option<i64>,
    pub difference_fen: Option<i64>,
}

/// What is asked. A rule or reading that is not named is the usual one.
#[derive(Debug, Clone, Copy)]
pub struct Question {
    pub rule: Option<AwardRule>,
    pub reading: Option<BaseReading>,
    pub year: Option<i32>,
}

/// What is taken when none is named, where a version has it: it differs the most from the plan's default.
const USUAL: (AwardRule, BaseReading) = (AwardRule::EnterpriseReferral, BaseReading::AllYears);

/// Rules that some version reads in more than one way, each with its readings.
pub fn ambiguous(policies: &Policies) -> Vec<(AwardRule, Vec<BaseReading>)> {
    let of_rule = |rule: &AwardRule| {
        let mut found: Vec<BaseReading> = Vec::new();
        for version in policies.all() {
            for reading in version.award.readings(*rule).into_iter().flatten() {
                if !found.contains(reading) {
                    found.push(*reading);
                }
            }
        }
        (found.len() > 1).then_some((*rule, found))
    };
    AwardRule::ALL.iter().filter_map(of_rule).collect()
}

/// Which rule is read how, and its readings; no reading where all versions read it in one way, so that it has nothing to
/// stand beside.
///
/// # Errors
/// 400 at `reading` that names those of the rule.
fn chosen(
    known: Vec<(AwardRule, Vec<BaseReading>)>,
    question: Question,
) -> Result<(AwardRule, Option<BaseReading>, Vec<BaseReading>), AppError> {
    let usual = known.iter().find(|(rule, _)| *rule == USUAL.0).or(known.first());
    let rule = question.rule.or(usual.map(|(rule, _)| *rule)).unwrap_or(USUAL.0);
    let of_rule = known.into_iter().find(|(known, _)| *known == rule);
    let readings = of_rule.map(|(_, readings)| readings).unwrap_or_default();
    match question.reading {
        None => {
            let usual = readings.iter().find(|one| **one == USUAL.1).or(readings.last()).copied();
            Ok((rule, usual, readings))
        }
        Some(reading) if readings.contains(&reading) => Ok((rule, Some(reading), readings)),
        Some(_) if readings.is_empty() => Err(AppError::bad_request("reading", "award-read-one-way")),
        Some(_) => {
            let fault = unknown_word("reading", readings.iter().map(|reading| reading.as_str()));
            Err(AppError::BadRequest(FieldErrors(vec![fault])))
        }
    }
}

/// The applications of the actor's scope that are open or paid, in both ways.
///
/// # Errors
/// 400 for a reading that no version has of the rule.
pub fn of(conn: &mut AnyConn, app: &App, actor: &Actor, question: Question) -> Result<WhatIf, AppError> {
    let policies = app.policies.now(conn)?;
    let year = question.year;
    let (rule, reading, readings) = chosen(ambiguous(&policies), question)?;
    let Some(reading) = reading else { return Ok(WhatIf::none(rule, year)) };
    let rules = vec![rule];
    let statuses = ApplicationStatus::ALL.iter().copied().filter(|status| status.is_open_or_paid());
    let filter = Filter { statuses: statuses.collect(), rules, year, ..Filter::default() };
    let mut applications = queries::list(conn, actor, &filter, None, true, MOST)?;
    let most = usize::try_from(MOST).unwrap_or(usize::MAX);
    let complete = applications.len() <= most;
    applications.truncate(most);
    let titles = queries::titles_of(conn, &applications)?;
    let mut of_now = facts_of_now(conn, app, &applications)?;
    let rows = applications.into_iter().map(|application| {
        let judge = |facts: Map<String, Value>, policy: &str| {
            award_of(&policies, &app.reference, rule, facts, policy)
        };
        let is_frozen = !application.status.is_editable();
        let title = titles.get(&application.project_id).map(|(_, title)| title.clone()).unwrap_or_default();
        let title = parties::title(&application, title);
        let (stands, other) = if is_frozen {
            let facts = application.facts.map(|facts| facts.0).unwrap_or_default();
            let policy = application.policy.unwrap_or_default();
            let stands = application.award.map(|award| award.0);
            let asked = stands.as_ref().map(|award| award.status);
            (stands, as_ruled(asked, read_as(facts, reading), |facts| judge(facts, &policy)))
        } else {
            match of_now.remove(&application.id) {
                Some((award, facts)) => {
                    let other = judge(read_as(facts, reading), &award.policy);
                    (Some(award), other.ok())
                }
                None => (None, None),
            }
        };
        let amount_fen = stands.map(|award| award.amount_fen);
        let other_fen = other.as_ref().map(|award| award.amount_fen);
        Row {
            project: title,
            id: application.id,
            code: application.code,
            county: application.county,
            status: application.status,
            frozen: is_frozen,
            difference_fen: amount_fen.zip(other_fen).map(|(amount, other)| other - amount),
            amount_fen,
            other_status: other.map(|award| award.status),
            other_fen,
        }
    });
    let items: Vec<Row> = rows.collect();
    let both = || items.iter().filter_map(|row| row.amount_fen.zip(row.other_fen));
    let amount_fen = both().map(|(amount, _)| amount).fold(0, i64::saturating_add);
    let other_fen = both().map(|(_, other)| other).fold(0, i64::saturating_add);
    Ok(WhatIf {
        rule,
        reading,
        year,
        readings,
        complete,
        amount_fen,
        other_fen,
        difference_fen: other_fen.saturating_sub(amount_fen),
        items,
    })
}

impl WhatIf {
    fn none(rule: AwardRule, year: Option<i32>) -> Self {
        WhatIf {
            rule,
            reading: USUAL.1,
            year,
            readings: Vec::new(),
            items: Vec::new(),
            complete: true,
            amount_fen: 0,
            other_fen: 0,
            difference_fen: 0,
        }
    }
}

fn read_as(mut facts: Map<String, Value>, reading: BaseReading) -> Map<String, Value> {
    facts.insert(READING.to_owned(), json!(reading));
    facts
}

/// The award with the plan's open questions taken as ruled, as far as the one that stands has left them behind.
fn as_ruled(
    stands: Option<AwardStatus>,
    mut facts: Map<String, Value>,
    judge: impl Fn(Map<String, Value>) -> Result<Award, FieldError>,
) -> Option<Award> {
    let mut award = judge(facts.clone()).ok()?;
    for _ in 0..RULINGS {
        if !needs_ruling(award.status) || Some(award.status) == stands {
            break;
        }
        facts = ruled(award.status, facts);
        award = judge(facts.clone()).ok()?;
    }
    Some(award)
}

/// An award with the facts that it was computed from.
type Computed = (Award, Map<String, Value>);

/// Award and facts of those that are not frozen; none while a fact is missing.
fn facts_of_now(
    conn: &mut AnyConn,
    app: &App,
    applications: &[Application],
) -> Result<HashMap<Id, Computed>, AppError> {
    let open: Vec<&Application> = applications.iter().filter(|one| one.status.is_editable()).collect();
    let ids: Vec<Id> = open.iter().map(|one| one.id.clone()).collect();
    let mut payees = queries::payees_of(conn, &ids)?;
    let projects: Vec<Id> = open.iter().map(|one| one.project_id.clone()).collect();
    let projects = queries::projects_of(conn, &projects)?;
    let referrers =
        payees.values().flatten().filter_map(|payee| payee.referrer_id.clone()).collect::<Vec<_>>();
    let commons = Common::of_all(conn, app.tools(), &projects, referrers)?;
    let mut found = HashMap::new();
    for application in open {
        let Some(common) = commons.get(&application.project_id) else { continue };
        let payees = payees.remove(&application.id).unwrap_or_default();
        let Ok(loaded) = common.load(application.rule, &payees, Some(&application.id)) else { continue };
        let computed = loaded.compute(&app.reference, &application.entered.0, "");
        if let Some(award) = computed.award {
            found.insert(application.id.clone(), (award, computed.facts));
        }
    }
    Ok(found)
}
