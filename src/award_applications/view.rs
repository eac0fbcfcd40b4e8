//! An application as the API shows it, to each role what its pages show.

use super::differences::{FactDifference, of_facts, of_parties};
use super::facts::Missing;
use super::model::{Application, ApplicationStatus, FundingLevel, RulingDecision, RulingKind};
use super::parties::{self, Parties};
use super::policy::View;
use super::steps::{Known, asker, edit_page};
use super::warnings::view::{WarningView, warnings};
use super::ways::WAYS;
use super::{county_cap, policy, queries, rules};
use crate::accounts::Actor;
use crate::app::App;
use crate::attributions;
use crate::attributions::model::AttributionShare;
use crate::awards::{Award, Words};
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::leads::view::{Person, people};
use crate::policies::awards::{AwardRule, Compliance};
use crate::web::i18n::{Lang, Message};
use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// An application for an award. A county leader reads how far it has come, and no more; a liaison also whom it pays how
/// much.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = AwardApplication)]
pub struct ApplicationView {
    pub id: Id,
    /// Such as `JL-2026-0001`.
    pub code: String,
    pub version: i64,
    pub project: ProjectName,
    pub rule: AwardRule,
    pub status: ApplicationStatus,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub line: Option<Line>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub details: Option<Details>,
}

/// What lists give beside.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = AwardApplicationLine)]
pub struct Line {
    /// A code of `/regions`; null for a liaison.
    pub county: Option<String>,
    /// Of the frozen result, in fen; 0 before it is submitted.
    pub amount_fen: i64,
    pub payees: Vec<PayeeView>,
    #[serde(with = "clock::rfc3339::option")]
    pub submitted_at: Option<NaiveDateTime>,
    /// The public notice, both days included.
    pub notice_from: Option<NaiveDate>,
    pub notice_until: Option<NaiveDate>,
    #[serde(with = "clock::rfc3339")]
    pub created_at: NaiveDateTime,
}

/// What one application gives beside that.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = AwardApplicationDetails)]
pub struct Details {
    pub created_by: Option<Person>,
    /// Which chambers have the credit for the project, the largest part first; empty where no chamber has.
    pub attribution: Vec<AttributionShare>,
    /// Facts that were entered with it.
    #[schema(value_type = Object)]
    pub entered: Map<String, Value>,
    /// Whether facts, version and result are frozen.
    pub frozen: bool,
    /// The version of the plan that it is computed by.
    pub policy: String,
    /// All facts: frozen, or as they are now.
    #[schema(value_type = Object)]
    pub facts: Map<String, Value>,
    /// The result with its steps: frozen, or as it is now; null while a fact is missing.
    pub award: Option<Award>,
    /// Before it is frozen.
    pub missing: Vec<MissingView>,
    /// Facts and names that are no longer what was frozen. They change nothing by themselves.
    pub differences: Vec<FactDifference>,
    pub compliance: ComplianceView,
    /// What whoever reviews should know; nothing waits for it.
    pub warnings: Vec<WarningView>,
    /// The other application where 引荐 and 以企招商 meet.
    pub overlap: Option<OverlapView>,
    pub rulings: Vec<RulingView>,
    pub funding: Vec<FundingView>,
    pub voucher: Option<String>,
    /// The steps that were taken, the draft first.
    pub history: Vec<StepView>,
    /// Where the reader can take it now.
    pub next: Vec<ApplicationStatus>,
}

/// The project of an application.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = AwardProject)]
pub struct ProjectName {
    pub id: Id,
    pub code: String,
    pub title: String,
}

/// Who is paid.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = AwardPayee)]
pub struct PayeeView {
    /// Null for an organisation that is not in the register.
    pub referrer_id: Option<Id>,
    pub name: String,
    /// Basis points.
    pub share_bp: i64,
    /// In fen; null before it is submitted.
    pub payout_fen: Option<i64>,
}

/// A fact that is missing, and where it is entered.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = MissingFact)]
pub struct MissingView {
    pub fact: String,
    /// The address of a page.
    #[serde(rename = "where")]
    pub href: String,
    /// What it is, in the reader's language.
    pub text: String,
}

/// Whether the rule may be paid today. The status is a default of the plan's file, which the bureau must confirm.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = AwardCompliance)]
pub struct ComplianceView {
    /// Null where the file says nothing of today.
    pub status: Option<Compliance>,
    pub from: Option<NaiveDate>,
    pub basis: Option<String>,
    /// The version that says so: the one that it is computed by, or one that took its place and suspends or repeals the rule.
    pub policy: Option<String>,
    pub payable: bool,
}

/// Where two awards meet.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = AwardOverlap)]
pub struct OverlapView {
    pub other_id: Id,
    pub other_code: String,
    pub other_rule: AwardRule,
    pub other_status: ApplicationStatus,
    /// In fen; null while a fact is missing.
    pub amount_fen: Option<i64>,
    pub other_amount_fen: Option<i64>,
    /// Both pay the same enterprise.
    pub same_enterprise: bool,
    /// The higher award once, in fen; null where joint review decides.
    pub recommended_fen: Option<i64>,
    /// What the head decided of this application.
    pub decision: Option<RulingDecision>,
}

/// What the head recorded.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = AwardRuling)]
pub struct RulingView {
    pub kind: RulingKind,
    pub decision: RulingDecision,
    pub document: Option<String>,
    pub reason: String,
    pub by: Option<Person>,
    #[serde(with = "clock::rfc3339")]
    pub at: NaiveDateTime,
}

/// A level's part.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = AwardFundingPart)]
pub struct FundingView {
    pub level: FundingLevel,
    pub share_bp: i64,
    pub amount_fen: i64,
}

/// A step that was taken.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = AwardTransition)]
pub struct StepView {
    /// Null: it was drafted.
    pub from: Option<ApplicationStatus>,
    pub to: ApplicationStatus,
    pub reason: Option<String>,
    pub by: Option<Person>,
    #[serde(with = "clock::rfc3339")]
    pub at: NaiveDateTime,
}

/// Applications as their reader sees them, names looked up once for all.
pub fn list(
    conn: &mut AnyConn,
    actor: &Actor,
    applications: Vec<Application>,
) -> Result<Vec<ApplicationView>, AppError> {
    let titles = queries::titles_of(conn, &applications)?;
    let ids: Vec<Id> = applications.iter().map(|one| one.id.clone()).collect();
    let shown = policy::view_of(actor.role);
    let mut payees = if shown == View::Status { Default::default() } else { queries::payees_of(conn, &ids)? };
    let referrers: Vec<Id> =
        payees.values().flatten().filter_map(|payee| payee.referrer_id.clone()).collect();
    let known = queries::filed::referrers_of(conn, &referrers)?;
    let view = |application: Application| {
        let (code, title) = titles.get(&application.project_id).cloned().unwrap_or_default();
        let title = parties::title(&application, title);
        let frozen = application.frozen_parties();
        let named = |(at, payee): (usize, super::model::Payee)| PayeeView {
            name: frozen
                .and_then(|frozen| frozen.payees.get(at))
                .map(|party| party.name.clone())
                .or_else(|| Some(known.get(payee.referrer_id.as_ref()?)?.name.clone()))
                .or(payee.organisation)
                .unwrap_or_default(),
            referrer_id: payee.referrer_id,
            share_bp: payee.share_bp,
            payout_fen: payee.payout_fen,
        };
        ApplicationView {
            line: (shown != View::Status).then(|| Line {
                county: (shown != View::Outcome).then(|| application.county.clone()),
                amount_fen: application.amount_fen,
                payees: payees
                    .remove(&application.id)
                    .unwrap_or_default()
                    .into_iter()
                    .enumerate()
                    .map(named)
                    .collect(),
                submitted_at: application.submitted_at,
                notice_from: application.notice_from,
                notice_until: application.notice_until,
                created_at: application.created_at,
            }),
            project: ProjectName { id: application.project_id, code, title },
            id: application.id,
            code: application.code,
            version: application.version,
            rule: application.rule,
            status: application.status,
            details: None,
        }
    };
    Ok(applications.into_iter().map(view).collect())
}

/// One application as its reader sees it.
pub fn detail(
    conn: &mut AnyConn,
    app: &App,
    actor: &Actor,
    lang: Lang,
    application: Application,
) -> Result<ApplicationView, AppError> {
    let mut view = list(conn, actor, vec![application.clone()])?.pop().ok_or(AppError::NotFound)?;
    if policy::sees_record(actor.role) {
        let known = Known::of(conn, app.tools(), application)?;
        view.details = Some(details(conn, app, actor, lang, &known)?);
    }
    Ok(view)
}

/// What one application gives beside its line.
pub fn details(
    conn: &mut AnyConn,
    app: &App,
    actor: &Actor,
    lang: Lang,
    known: &Known,
) -> Result<Details, AppError> {
    let application = &known.application;
    let now = known.loaded.compute(&app.reference, &application.entered.0, &edit_page(application));
    let is_frozen = application.facts.is_some() && !application.status.is_editable();
    let frozen = application.facts.as_ref().filter(|_| is_frozen).map(|facts| facts.0.clone());
    let can_be_submitted = now.is_submittable();
    let mut award = match &application.award {
        Some(award) if is_frozen => Some(award.0.clone()),
        _ => now.award,
    };
    if let Some(award) = &mut award {
        Words::new(app.views.i18n(), &app.reference, lang).tell(award);
    }
    let amount_fen = award.as_ref().map_or(0, |award| award.amount_fen);
    let next = next(actor, known, can_be_submitted, amount_fen);
    let by = known.steps.iter().map(|one| &one.by_user).chain(known.rulings.iter().map(|one| &one.by_user));
    let ids: Vec<Id> = by.chain([&application.created_by]).cloned().collect();
    let people = people(conn, &ids)?;
    let (version, period) = known.compliance_of().unzip();
    let mut differences = frozen.as_ref().map(|frozen| of_facts(frozen, &now.facts)).unwrap_or_default();
    if let Some(parties) = application.frozen_parties() {
        differences.extend(of_parties(parties, &Parties::of(conn, &known.project, &known.payees)?));
    }
    let facts = frozen.unwrap_or(now.facts);
    Ok(Details {
        created_by: people.get(&application.created_by).cloned(),
        attribution: attributions::queries::shares_of_projects(conn, std::slice::from_ref(&known.project))?
            .into_values()
            .next()
            .unwrap_or_default(),
        entered: application.entered.0.clone(),
        frozen: is_frozen,
        policy: application.policy.clone().filter(|_| is_frozen).unwrap_or(now.policy),
        differences,
        missing: if is_frozen { Vec::new() } else { missing(app, lang, now.missing) },
        warnings: warnings(conn, app, actor, lang, known, &facts, award.as_ref())?,
        facts,
        award,
        compliance: ComplianceView {
            status: period.map(|period| period.status),
            from: period.map(|period| period.from),
            basis: period.map(|period| period.basis.clone()),
            policy: version.map(|version| version.code.clone()),
            payable: known.is_payable(),
        },
        overlap: known.overlap.as_ref().map(|overlap| OverlapView {
            other_id: overlap.other.id.clone(),
            other_code: overlap.other.code.clone(),
            other_rule: overlap.other.rule,
            other_status: overlap.other.status,
            amount_fen: overlap.amount_fen,
            other_amount_fen: overlap.other_amount_fen,
            same_enterprise: overlap.is_same,
            recommended_fen: overlap.recommended_fen(),
            decision: overlap.decision,
        }),
        rulings: known
            .rulings
            .iter()
            .map(|one| RulingView {
                kind: one.kind,
                decision: one.decision,
                document: one.document.clone(),
                reason: one.reason.clone(),
                by: people.get(&one.by_user).cloned(),
                at: one.at,
            })
            .collect(),
        funding: queries::funding_of(conn, &application.id)?
            .into_iter()
            .map(|part| FundingView {
                level: part.level,
                share_bp: part.share_bp,
                amount_fen: part.amount_fen,
            })
            .collect(),
        voucher: application.voucher.clone(),
        history: known
            .steps
            .iter()
            .map(|one| StepView {
                from: one.from_status,
                to: one.to_status,
                reason: one.reason.clone(),
                by: people.get(&one.by_user).cloned(),
                at: one.at,
            })
            .collect(),
        next,
    })
}

/// What is missing, in the reader's language.
pub fn missing(app: &App, lang: Lang, lacks: Vec<Missing>) -> Vec<MissingView> {
    let view = |lack: Missing| MissingView {
        text: fact_name(app, lang, &lack.fact),
        fact: lack.fact,
        href: lack.href,
    };
    lacks.into_iter().map(view).collect()
}

/// Where the actor can take it now, the way on first: what he has to say with a step is taken as said. What neither earns
/// anything nor is left to a ruling is submitted by nobody, nothing goes over a cap, and nobody is paid who may not be.
fn next(actor: &Actor, known: &Known, is_submittable: bool, amount_fen: i64) -> Vec<ApplicationStatus> {
    let case = known.case();
    let said = rules::Said { reason: true, voucher: true, today: clock::today() };
    let has_room = |to| known.county_cap.as_ref().is_none_or(|cap| cap.check(to, amount_fen).is_ok());
    let is_held = |to| Some(to) == known.ahead() && !known.payee_faults.is_empty();
    let of_status = WAYS.iter().filter(|way| way.from == known.application.status);
    of_status
        .filter(|way| way.to != ApplicationStatus::Submitted || is_submittable)
        .filter(|way| !is_held(way.to))
        .filter(|way| !county_cap::asks_for_room(way.to) || has_room(way.to))
        .filter(|way| rules::check(&case, asker(actor), way.to, said).is_ok())
        .map(|way| way.to)
        .collect()
}

/// A fact's name in the reader's language: of `referrers[0].public_employee` that of its last part.
pub fn fact_name(app: &App, lang: Lang, fact: &str) -> String {
    let last = fact.rsplit('.').next().unwrap_or(fact);
    let last = last.split('[').next().unwrap_or(last);
    app.views.i18n().say(lang, &Message::of("award-fact", last))
}
