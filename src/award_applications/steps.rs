//! Taking a step: whether it may be taken, what it freezes or sets, and its place in the history, in one transaction.

use super::computing::Loaded;
use super::county_cap::{self, CountyCap};
use super::editing::{save, step};
use super::facts::{needs_ruling, ruled};
use super::model::{Application, ApplicationStatus, Payee, Ruling, RulingDecision, RulingKind, Transition};
use super::overlap::{self, Overlapping};
use super::parties::Parties;
use super::payees::{self, PayeeFault};
use super::queries;
use super::rules::{self, Asker, Case, Denied, Said};
use super::ways::{Duty, TRACK, WAYS};
use crate::accounts::Actor;
use crate::app::Tools;
use crate::audit::Differences;
use crate::awards::model::{Award, AwardStatus};
use crate::clock;
use crate::db::{AnyConn, Id, Json};
use crate::error::{AppError, FieldErrors};
use crate::fields;
use crate::policies::Policy;
use crate::policies::awards::{Basis, Compliance, CompliancePeriod};
use crate::projects::model::Project;
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// A step that is asked for.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AwardTransitionEntry)]
pub struct StepBody {
    pub to: ApplicationStatus,
    /// Wanted for a return, a refusal, an objection, a recovery.
    #[serde(default)]
    #[schema(max_length = 20000)]
    pub reason: Option<String>,
    /// The voucher of a payment.
    #[serde(default)]
    #[schema(max_length = 200)]
    pub voucher: Option<String>,
}

/// An application with all that its steps are decided by.
pub struct Known {
    pub application: Application,
    pub project: Project,
    pub payees: Vec<Payee>,
    pub loaded: Loaded,
    pub steps: Vec<Transition>,
    pub rulings: Vec<Ruling>,
    pub overlap: Option<Overlapping>,
    /// What others hold of the cap that they keep together.
    pub county_cap: Option<CountyCap>,
    /// What stands against the step ahead with these payees.
    pub payee_faults: Vec<PayeeFault>,
    pub funded: bool,
    pub creator_left: bool,
}

impl Known {
    pub fn of(conn: &mut AnyConn, tools: Tools<'_>, application: Application) -> Result<Self, AppError> {
        let project = queries::project_of(conn, &application)?.ok_or(AppError::NotFound)?;
        let payees = queries::payees_of(conn, std::slice::from_ref(&application.id))?
            .remove(&application.id)
            .unwrap_or_default();
        let loaded = Loaded::of(conn, tools, &project, application.rule, &payees, Some(&application.id))?;
        let known = Known {
            county_cap: None,
            payee_faults: match ahead(application.status) {
                Some(to) => payees::faults(conn, application.rule, &payees, to)?,
                None => Vec::new(),
            },
            steps: queries::transitions_of(conn, &application.id)?,
            rulings: queries::rulings_of(conn, &application.id)?,
            overlap: overlap::of(conn, tools, &application, &project, &loaded)?,
            funded: !queries::funding_of(conn, &application.id)?.is_empty(),
            creator_left: queries::creator_left(conn, &application)?,
            application,
            project,
            payees,
            loaded,
        };
        Ok(Known { county_cap: CountyCap::of(conn, &known.application, known.version())?, ..known })
    }

    /// The version that the award was computed by: the frozen one, until it can be changed.
    pub fn version(&self) -> Option<&Policy> {
        let frozen = self.application.policy.as_deref().filter(|_| !self.application.status.is_editable());
        match frozen {
            Some(code) => self.loaded.version_of(code),
            None => self.loaded.version(),
        }
    }

    /// What the rule rests on in that version.
    pub fn basis(&self) -> Option<&Basis> {
        self.version()?.award.basis(self.application.rule)
    }

    /// The rule's status of today.
    pub fn compliance(&self) -> Option<&CompliancePeriod> {
        self.compliance_of().map(|(_, period)| period)
    }

    /// The same with the version that says so: the one that it was computed by, or one that took its place and suspends or
    /// repeals the rule.
    pub fn compliance_of(&self) -> Option<(&Policy, &CompliancePeriod)> {
        self.loaded.rule_on(self.version()?, clock::today())
    }

    /// The latest review of fair competition.
    pub fn review(&self) -> Option<&Ruling> {
        self.rulings.iter().rfind(|one| one.kind == RulingKind::Compliance)
    }

    pub fn is_payable(&self) -> bool {
        let review = self.review().map(|one| one.decision == RulingDecision::Accepted);
        rules::is_payable(self.compliance().map(|period| period.status), review)
    }

    /// Rulings on what the plan leaves open since the last submission: another submission is another question.
    pub fn ruled(&self) -> Vec<AwardStatus> {
        let submitted = self.steps.iter().rfind(|one| one.to_status == ApplicationStatus::Submitted);
        self.rulings
            .iter()
            .filter(|one| one.kind == RulingKind::Eligibility && one.decision == RulingDecision::Accepted)
            .filter(|one| submitted.is_some_and(|step| one.id > step.id))
            .filter_map(|one| one.award_status)
            .collect()
    }

    /// The step that brings it nearer to its money.
    pub fn ahead(&self) -> Option<ApplicationStatus> {
        ahead(self.application.status)
    }

    /// What it comes to: frozen, or as it is now until it is submitted.
    fn amount_fen(&self, tools: Tools<'_>) -> i64 {
        if !self.application.status.is_editable() {
            return self.application.amount_fen;
        }
        let computed = self.loaded.compute(tools.reference, &self.application.entered.0, "");
        computed.award.map_or(0, |award| award.amount_fen)
    }

    pub fn case(&self) -> Case {
        let mut taken =
            rules::duties(self.steps.iter().map(|one| (one.from_status, one.to_status, &one.by_user)));
        taken.extend(self.loaded.confirmers.iter().map(|id| (id.clone(), Duty::Confirmer)));
        let award = self.application.award.as_ref();
        Case {
            status: self.application.status,
            county: self.application.county.clone(),
            created_by: self.application.created_by.clone(),
            creator_left: self.creator_left,
            taken,
            own: self.loaded.own.clone(),
            eligible: award.is_some_and(|award| award.0.status == AwardStatus::Eligible),
            confirmed: self.loaded.is_confirmed(),
            overlap: self.overlap.as_ref().map_or(rules::Overlap::None, Overlapping::state),
            funded: self.funded,
            payable: self.is_payable(),
            stopped: self.compliance().is_some_and(|period| period.status.is_stopped()),
            notice_until: self.application.notice_until,
        }
    }
}

pub fn asker(actor: &Actor) -> Asker<'_> {
    Asker { id: &actor.user_id, role: actor.role, region: actor.region.as_deref() }
}

/// Takes a step.
///
/// # Errors
/// 403 for who may not; 409 from where it is impossible, or while something is missing that others have to do; 412 when
/// somebody was quicker; 422 for a missing reason or voucher, and at a submission for what is missing.
pub fn take(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    known: Known,
    body: StepBody,
) -> Result<Application, AppError> {
    let mut errors = FieldErrors::default();
    let reason = fields::text(&mut errors, "reason", body.reason);
    let voucher = fields::line(&mut errors, "voucher", body.voucher);
    errors.into_result()?;
    let said = Said { reason: reason.is_some(), voucher: voucher.is_some(), today: clock::today() };
    let way = rules::check(&known.case(), asker(actor), body.to, said).map_err(|why| denied(&known, why))?;
    if Some(body.to) == known.ahead() {
        payees::refuse(&known.payee_faults)?;
    }
    if county_cap::asks_for_room(body.to)
        && let Some(cap) = county_cap::hold(conn, &known.application, known.version())?
    {
        cap.check(body.to, known.amount_fen(tools))?;
    }
    let before = known.application.clone();
    let payees = known.payees.clone();
    let mut next = match body.to {
        ApplicationStatus::Submitted => frozen(conn, tools, known)?,
        _ => known.application,
    };
    match (way.from, way.to) {
        (ApplicationStatus::FinanceReviewed, ApplicationStatus::InNotice) => {
            let (from, until) = rules::notice(tools.reference.calendar(), said.today);
            (next.notice_from, next.notice_until) = (Some(from), Some(until));
        }
        (_, ApplicationStatus::Paid) => {
            next.voucher = voucher;
            let parties = next.parties.take().map(|parties| parties.0.paid(conn, &payees));
            next.parties = parties.transpose()?.map(Json);
        }
        _ => {}
    }
    next.status = way.to;
    queries::insert_transition(conn, step(&next, Some(way.from), way.to, reason.clone(), actor))?;
    let differences = Differences::default()
        .field("status", &before.status, &next.status)
        .field("amount_fen", &before.amount_fen, &next.amount_fen)
        .field("notice_until", &before.notice_until, &next.notice_until)
        .field("voucher", &before.voucher, &next.voucher);
    save(conn, actor, next, "award.transition", differences, reason.as_deref())
}

/// The step of a status that brings the money nearer: then who would be paid is looked at again.
fn ahead(from: ApplicationStatus) -> Option<ApplicationStatus> {
    let of_status = WAYS.iter().filter(|way| way.from == from && way.to != ApplicationStatus::Archived);
    of_status.map(|way| way.to).find(|to| TRACK.contains(to))
}

/// The application with facts, names, version and result of this moment. Money that was split before is split anew.
fn frozen(conn: &mut AnyConn, tools: Tools<'_>, known: Known) -> Result<Application, AppError> {
    let Known { application, project, payees, loaded, .. } = known;
    let computed = loaded.compute(tools.reference, &application.entered.0, "");
    let mut errors = FieldErrors::default();
    if let Some(why) = computed.unshared {
        let page = why.missing(&application.project_id, &edit_page(&application)).href;
        errors.add_with("payees", why.code(), vec![("where", page)]);
    }
    let Some(award) = computed.award else {
        let shares = computed.unshared.map(|why| why.missing(&application.project_id, "").fact);
        for lack in computed.missing.iter().filter(|lack| Some(&lack.fact) != shares.as_ref()) {
            let field =
                if lack.fact == "payees" { lack.fact.clone() } else { format!("facts.{}", lack.fact) };
            errors.add(field, "award-fact-missing");
        }
        return Err(AppError::Invalid(errors));
    };
    if award.status != AwardStatus::Eligible && !needs_ruling(award.status) {
        errors.add_with("facts", "award-status", vec![("status", award.status.to_string())]);
    }
    errors.into_result()?;
    let now = clock::now();
    let parties = Parties::of(conn, &project, &payees)?;
    put_award(conn, &application.id, payees, &award)?;
    queries::put_funding(conn, &application.id, &[])?;
    Ok(Application {
        policy: Some(computed.policy),
        facts: Some(Json(computed.facts)),
        amount_fen: award.amount_fen,
        award: Some(Json(award)),
        submitted_at: application.submitted_at.or(Some(now)),
        notice_from: None,
        notice_until: None,
        parties: Some(Json(parties)),
        ..application
    })
}

/// The page on which payees and facts of an application are entered.
pub fn edit_page(application: &Application) -> String {
    format!("/award-applications/{}/edit", application.id)
}

/// Writes what each payee gets.
fn put_award(conn: &mut AnyConn, id: &Id, payees: Vec<Payee>, award: &Award) -> diesel::QueryResult<()> {
    let paid = payees::paid(payees, award.amount_fen, award.payouts_fen.as_deref());
    queries::put_payees(conn, id, &paid)
}

/// The application with the award as it is when the plan's open questions are taken as ruled: computed of the frozen
/// facts, which stay as they are.
pub fn reruled(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    known: Known,
    statuses: &[AwardStatus],
) -> Result<Application, AppError> {
    let facts = known.application.facts.clone().map(|facts| facts.0).unwrap_or_default();
    let facts: Map<String, Value> = statuses.iter().fold(facts, |facts, status| ruled(*status, facts));
    let policy = known.application.policy.clone().unwrap_or_default();
    let award = known
        .loaded
        .award(tools.reference, facts, &policy)
        .map_err(|fault| AppError::Invalid(FieldErrors(vec![fault])))?;
    put_award(conn, &known.application.id, known.payees, &award)?;
    Ok(Application { amount_fen: award.amount_fen, award: Some(Json(award)), ..known.application })
}

/// Whether a rule of this status may only be paid with a review on record.
pub fn is_under_review(period: Option<&CompliancePeriod>) -> bool {
    period.is_some_and(|period| period.status == Compliance::UnderReview)
}

/// Why a step of an application was not taken: of a rule that is not paid any more, by which version and since when.
fn denied(known: &Known, why: Denied) -> AppError {
    let (Denied::Stopped, Some((version, period))) = (why, known.compliance_of()) else {
        return refused(why);
    };
    let args = [
        ("policy", version.code.clone()),
        ("status", period.status.to_string()),
        ("from", period.from.to_string()),
        ("basis", period.basis.clone()),
    ];
    let mut errors = FieldErrors::default();
    errors.add_with("to", why.code(), args.into());
    AppError::ConflictFields(errors)
}

/// Why a step was not taken, as an answer.
pub fn refused(why: Denied) -> AppError {
    match why {
        Denied::Role | Denied::OfOthers | Denied::NotCreator | Denied::TwoDuties(_) | Denied::OwnAward => {
            AppError::Forbidden(why.code())
        }
        Denied::ReasonMissing => AppError::invalid("reason", why.code()),
        Denied::VoucherMissing => AppError::invalid("voucher", why.code()),
        _ => AppError::Conflict(why.code()),
    }
}
