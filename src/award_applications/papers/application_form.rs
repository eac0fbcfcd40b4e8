//! 申请表: who applies for what, with which facts.

use super::dossier::Dossier;
use super::{Say, dossier};
use crate::clock;
use crate::money::capital_text;
use crate::papers::{Cell, Part};

pub fn parts(of: &Dossier, say: Say<'_>) -> Vec<Part> {
    let submitted = of.line.submitted_at.map(clock::china_date);
    let creator = of.details.created_by.as_ref().map(|person| person.display_name.clone());
    let facts = of.facts.iter().map(|(name, text)| (name.clone(), Cell::text(text))).collect();
    vec![
        of.head(say),
        Part::Facts(vec![
            (say.t("award-creator"), Cell::text(creator.unwrap_or_default())),
            (say.t("award-paper-submitted"), Cell::text(dossier::day(submitted))),
            (say.t("award-paper-amount"), Cell::Money(of.amount_fen())),
            (say.t("award-paper-capital"), Cell::text(capital_text(of.amount_fen()))),
        ]),
        Part::Heading(say.t("award-payees")),
        of.payees(say),
        Part::Heading(say.t("award-paper-facts")),
        Part::Facts(facts),
        Part::Text(say.t("award-paper-promise")),
        Part::Signatures(vec![
            say.t("award-paper-sign-applicant"),
            say.t("award-paper-sign-county"),
            say.t("award-paper-sign-day"),
        ]),
    ]
}
