//! Where 引荐 and 以企招商 meet in one project (domain/rules.md, R1/R2): both are computed and flagged. Of one enterprise
//! nothing is paid before the bureau head decides; of different ones joint review decides, and nothing is blocked.

use super::computing::Loaded;
use super::facts::PayeeRecord;
use super::identities::identity;
use super::model::{Application, ApplicationStatus, Ruling, RulingDecision, RulingKind};
use super::queries;
use super::rules::Overlap;
use crate::app::Tools;
use crate::companies::identity::{Identity, Match, same_company};
use crate::db::AnyConn;
use crate::error::AppError;
use crate::policies::awards::AwardRule;
use crate::projects::model::Project;
use crate::reference::Reference;

/// The other application, and what is recommended.
#[derive(Debug, Clone)]
pub struct Overlapping {
    pub other: Application,
    /// In fen; none while a fact is missing.
    pub amount_fen: Option<i64>,
    pub other_amount_fen: Option<i64>,
    /// Both pay the same enterprise: the higher award once is recommended. Otherwise joint review decides.
    pub is_same: bool,
    /// What the head decided of this application.
    pub decision: Option<RulingDecision>,
    /// What he decided of the other one.
    pub other_decision: Option<RulingDecision>,
}

impl Overlapping {
    /// The payment that is recommended, in fen: the higher one, once, when it is the same enterprise.
    pub fn recommended_fen(&self) -> Option<i64> {
        if self.is_same { self.amount_fen.max(self.other_amount_fen) } else { None }
    }

    /// The other one is to be paid, or was: decided so, or approved before this one was submitted.
    pub fn other_is_paid(&self) -> bool {
        use ApplicationStatus::{Approved, Archived, Paid};
        self.other_decision == Some(RulingDecision::Accepted)
            || matches!(self.other.status, Approved | Paid | Archived)
    }

    pub fn state(&self) -> Overlap {
        match self.decision {
            None if self.is_same => Overlap::Undecided,
            None => Overlap::None,
            Some(RulingDecision::Accepted) => Overlap::Accepted,
            Some(RulingDecision::Refused) => Overlap::Refused,
        }
    }
}

/// The rule that this one meets.
fn counterpart(rule: AwardRule) -> Option<AwardRule> {
    match rule {
        AwardRule::Referral => Some(AwardRule::EnterpriseReferral),
        AwardRule::EnterpriseReferral => Some(AwardRule::Referral),
        _ => None,
    }
}

/// The application that this one meets, if there is one that was submitted, and is under way or paid: what is drafted
/// asks for nothing yet.
pub fn of(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    application: &Application,
    project: &Project,
    own: &Loaded,
) -> Result<Option<Overlapping>, AppError> {
    let Some(rule) = counterpart(application.rule) else { return Ok(None) };
    let open = queries::of_project(conn, &application.project_id)?;
    let met = |one: &Application| one.rule == rule && !one.status.is_editable();
    let Some(other) = open.into_iter().find(met) else { return Ok(None) };
    let payees =
        queries::payees_of(conn, std::slice::from_ref(&other.id))?.remove(&other.id).unwrap_or_default();
    let loaded = Loaded::of(conn, tools, project, rule, &payees, Some(&other.id))?;
    let amount = |of: &Application, loaded: &Loaded| match &of.award {
        Some(award) if !of.status.is_editable() => Some(award.0.amount_fen),
        _ => loaded.compute(tools.reference, &of.entered.0, "").award.map(|award| award.amount_fen),
    };
    let decided = |rulings: Vec<Ruling>, of: &Application| {
        let mut of_other = rulings
            .into_iter()
            .filter(|one| one.kind == RulingKind::Overlap && one.other_id.as_ref() == Some(&of.id));
        of_other.next_back().map(|one| one.decision)
    };
    Ok(Some(Overlapping {
        amount_fen: amount(application, own),
        other_amount_fen: amount(&other, &loaded),
        is_same: own
            .records
            .payees
            .iter()
            .any(|one| loaded.records.payees.iter().any(|other| is_same(one, other, tools.reference))),
        decision: decided(queries::rulings_of(conn, &application.id)?, &other),
        other_decision: decided(queries::rulings_of(conn, &other.id)?, application),
        other,
    }))
}

/// One enterprise: the same referrer, or one that goes by the same code or name, however that is written.
fn is_same(one: &PayeeRecord, other: &PayeeRecord, reference: &Reference) -> bool {
    let id = |payee: &PayeeRecord| payee.referrer.as_ref().map(|known| known.id.clone());
    let identity = |payee: &PayeeRecord| match &payee.referrer {
        Some(known) => Some(identity(&known.name, known.uscc.as_deref(), reference)),
        None => payee.organisation.as_deref().map(|name| identity(name, None, reference)),
    };
    let is_one = |(a, b): (Identity, Identity)| same_company(&a, &b) != Match::Different;
    (id(one).is_some() && id(one) == id(other)) || identity(one).zip(identity(other)).is_some_and(is_one)
}
