//! The award rules of a version as a page shows them.

use crate::awards::percent;
use crate::policies::awards::view::{RuleView, rules};
use crate::policies::awards::{Awards, Compliance};
use crate::policies::pages::Award;
use crate::reference::Reference;
use crate::web::i18n::Lang;

/// Each rule, with names in the reader's language.
pub fn shown(reference: &Reference, lang: Lang, awards: &Awards) -> Vec<Award> {
    rules(awards).into_iter().map(|rule| award(reference, lang.code(), rule)).collect()
}

fn award(reference: &Reference, lang: &str, rule: RuleView) -> Award {
    let units =
        |codes: &[String]| codes.iter().map(|code| reference.unit_name(code, lang).to_owned()).collect();
    let industry = |code: &String| reference.industry_name(code, lang).to_owned();
    let terms = &rule.terms;
    Award {
        tone: if rule.status == Some(Compliance::InForce) { "done" } else { "near" },
        responsible: units(&rule.responsible),
        supporting: units(&rule.supporting),
        industries: terms.industries.iter().map(industry).collect(),
        thresholds: terms.threshold_fen_of.iter().map(|(code, fen)| (industry(code), *fen)).collect(),
        rate: terms.rate_bp.map(percent),
        warn_below: terms.warn_below_actual_bp.map(percent),
        occupancy: terms.occupancy_bp.map(percent),
        rule,
    }
}
