//! Warnings as their reader sees them, with what was found about the payees' filings.

use super::{AwardWarning, Reviewed, Warned};
use crate::accounts::Actor;
use crate::accounts::queries::users;
use crate::app::App;
use crate::award_applications::checklist;
use crate::award_applications::parties::Parties;
use crate::award_applications::payees::{NO_MEMBERS, PayeeFault};
use crate::award_applications::queries::filed;
use crate::award_applications::steps::Known;
use crate::award_applications::ways::Duty;
use crate::awards::Award;
use crate::awards::model::AwardStatus;
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::filings;
use crate::filings::rules::{Finding, Weight};
use crate::policies::awards::AwardRule;
use crate::web::i18n::{Lang, Message};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// Something that whoever reviews should know.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = AwardWarningLine)]
pub struct WarningView {
    pub code: AwardWarning,
    /// The address of the page on which its matter stands.
    #[serde(rename = "where")]
    pub href: String,
    /// Whether the step ahead is refused while it stands; for the others nothing waits.
    pub blocks: bool,
    /// In the reader's language.
    pub text: String,
}

/// What is to be said of an application to whoever reviews it, what was found about the payees' filings among it for who
/// reads those.
pub fn warnings(
    conn: &mut AnyConn,
    app: &App,
    actor: &Actor,
    lang: Lang,
    known: &Known,
    facts: &Map<String, Value>,
    award: Option<&Award>,
) -> Result<Vec<WarningView>, AppError> {
    let mut found = super::of(&Reviewed {
        rule: known.application.rule,
        records: &known.loaded.records,
        facts,
        award,
        terms: known.version().map(|version| &version.award),
        status: known.application.status,
        county_cap: known.county_cap.as_ref(),
        today: clock::today(),
    });
    found.extend(payees(app, lang, known));
    found.extend(accounts(conn, known)?);
    found.extend(officials(conn, known)?);
    found.extend(keeps_lead(conn, actor, known)?);
    let reads_filings = filings::policy::reads(actor.role)
        && filings::policy::view_of(actor.role) == filings::policy::View::All;
    if reads_filings && known.application.rule == AwardRule::Referral {
        let filed = checklist::filings(conn, &known.project, &known.payees)?;
        for filing in filings::view::list(conn, app.tools(), actor, filed)? {
            let href = format!("/filings/{}", filing.id);
            let told = filing.findings.into_iter().filter_map(|one| {
                let warning = match one.weight {
                    Weight::Warning => AwardWarning::Filing,
                    Weight::Ruling if !is_told(known, award, one.code) => AwardWarning::FilingRuling,
                    // What keeps it from being paid, its payees are asked at each step.
                    Weight::Ruling | Weight::Blocks => return None,
                };
                let what = app.views.i18n().say(lang, &Message::of("finding", one.code.as_str()));
                let args = vec![("name", filing.referrer.name.clone()), ("what", what)];
                Some(Warned { warning, args, href: href.clone() })
            });
            found.extend(told);
        }
    }
    let view = |one: Warned| {
        let message = Message::of("award-warning", one.warning.as_str());
        let message = one.args.into_iter().fold(message, |message, (name, text)| message.text(name, text));
        WarningView {
            code: one.warning,
            href: one.href,
            blocks: one.warning.blocks(),
            text: app.views.i18n().say(lang, &message),
        }
    };
    Ok(found.into_iter().map(view).collect())
}

/// Whether what a finding leaves to a ruling is what the award came to, or was ruled on already.
fn is_told(known: &Known, award: Option<&Award>, finding: Finding) -> bool {
    let status = match finding {
        Finding::InvestorHimself => AwardStatus::NeedsRulingSelfReferral,
        Finding::AfterSigning => AwardStatus::NeedsRulingLateFiling,
        _ => return false,
    };
    award.is_some_and(|award| award.status == status) || known.ruled().contains(&status)
}

/// Why payees are not paid, each with the page of the referrer.
fn payees(app: &App, lang: Lang, known: &Known) -> Vec<Warned> {
    let warned = |fault: &PayeeFault| {
        let referrer = known.loaded.records.payees.get(fault.at)?.referrer.as_ref()?;
        let what = app.views.i18n().say(lang, &Message::of("fault", fault.code));
        Some(Warned {
            warning: AwardWarning::Payee,
            args: vec![("name", referrer.name.clone()), ("what", what)],
            href: format!("/referrers/{}", referrer.id),
        })
    };
    // Of a draft, what is missing lists it, with its own link.
    let is_missing = |fault: &&PayeeFault| fault.code == NO_MEMBERS;
    known.payee_faults.iter().filter(|fault| !is_missing(fault)).filter_map(warned).collect()
}

/// Payees whose account was changed since the submission, until they are paid.
fn accounts(conn: &mut AnyConn, known: &Known) -> Result<Vec<Warned>, AppError> {
    let frozen = known.application.frozen_parties().filter(|_| !known.application.status.is_paid());
    let Some(frozen) = frozen else { return Ok(Vec::new()) };
    let now = Parties::of(conn, &known.project, &known.payees)?;
    let changed = frozen.payees.iter().zip(&now.payees).zip(&known.payees);
    let warned =
        changed.filter(|((then, now), _)| then.account_hash != now.account_hash).map(|((_, now), payee)| {
            let id = payee.referrer_id.as_ref().map(Id::as_str).unwrap_or_default();
            Warned {
                warning: AwardWarning::AccountChanged,
                args: vec![("name", now.name.clone())],
                href: format!("/referrers/{id}"),
            }
        });
    Ok(warned.collect())
}

/// Payees, and paid members of teams, by whose name somebody with an official role is known. Of a referral its filing says
/// so.
fn officials(conn: &mut AnyConn, known: &Known) -> Result<Vec<Warned>, AppError> {
    if known.application.rule == AwardRule::Referral {
        return Ok(Vec::new());
    }
    let parties = Parties::of(conn, &known.project, &known.payees)?;
    let names: Vec<String> =
        parties.payees.into_iter().flat_map(|party| party.members.into_iter().chain([party.name])).collect();
    let officials = filed::officials_named(conn, &names)?;
    let href = format!("/award-applications/{}/edit", known.application.id);
    let warned = |name: String| Warned {
        warning: AwardWarning::PossiblyOfficial,
        args: vec![("name", name)],
        href: href.clone(),
    };
    Ok(officials.into_iter().map(warned).collect())
}

/// That the reviewer, or the reader whose review is ahead, keeps the project whose referrer is to be paid.
fn keeps_lead(conn: &mut AnyConn, actor: &Actor, known: &Known) -> Result<Option<Warned>, AppError> {
    let Some(officer) =
        known.project.officer_id.as_ref().filter(|_| known.application.rule == AwardRule::Referral)
    else {
        return Ok(None);
    };
    let case = known.case();
    let reviewed = case.taken.iter().any(|(by, duty)| by == officer && *duty != Duty::Creator);
    let is_ahead = *officer == actor.user_id && known.ahead().is_some();
    if !reviewed && !is_ahead {
        return Ok(None);
    }
    let names = users::names(conn, std::slice::from_ref(officer))?;
    let name = names.into_iter().map(|(_, _, name)| name).next().unwrap_or_default();
    let href = format!("/projects/{}", known.project.id);
    Ok(Some(Warned { warning: AwardWarning::KeepsLead, args: vec![("name", name)], href }))
}
