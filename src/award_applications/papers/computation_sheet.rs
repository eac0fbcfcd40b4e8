//! 奖励计算表: the facts and every step from them to the amount.

use super::Say;
use super::dossier::Dossier;
use crate::papers::{Cell, Column, Part, Rows};

pub fn parts(of: &Dossier, say: Say<'_>) -> Vec<Part> {
    let facts = of.facts.iter().map(|(name, text)| (name.clone(), Cell::text(text))).collect();
    let mut parts = vec![of.head(say), Part::Heading(say.t("award-paper-facts")), Part::Facts(facts)];
    parts.push(Part::Heading(say.t("award-computation-title")));
    match &of.details.award {
        Some(award) => {
            let columns = vec![
                Column::new(say.t("award-paper-number"), 1),
                Column::new(say.t("award-paper-clause"), 3),
                Column::new(say.t("award-paper-step"), 11),
            ];
            let rows = (1..).zip(&award.steps).map(|(number, step)| {
                vec![Cell::Number(number), Cell::text(step.clause.as_str()), Cell::text(step.text.as_str())]
            });
            parts.push(Part::Rows(Rows { columns, rows: rows.collect() }));
            parts.push(Part::Facts(vec![(say.t("award-paper-amount"), Cell::Money(award.amount_fen))]));
        }
        None => parts.push(Part::Text(say.t("award-not-computed"))),
    }
    parts.push(Part::Heading(say.t("award-payees")));
    parts.push(of.payees(say));
    parts.push(Part::Signatures(vec![say.t("award-paper-sign-made"), say.t("award-paper-sign-checked")]));
    parts
}
