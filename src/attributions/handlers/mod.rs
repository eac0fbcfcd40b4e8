//! HTTP of attributions, one resource a file: HTML and JSON of the same resource side by side.

pub mod change;
pub mod list;
pub mod record;

use crate::attributions::model::AttributionShare;
use crate::attributions::pages::{End, Part, Row, Said};
use crate::attributions::view::{ChangeView, ConsentView};
use crate::filings::shares::percent;
use crate::leads::pages::Link;

/// A change as pages show it.
pub fn row(shown: ChangeView) -> Row {
    let href = shown.lead.id.map(|id| format!("/leads/{id}")).unwrap_or_default();
    Row {
        id: shown.id.to_string(),
        lead: Link { href, label: shown.lead.code },
        at: Some(shown.at),
        by: shown.by.map(|person| person.display_name),
        before: parts(shown.shares_before),
        after: parts(shown.shares_after),
        reason: shown.reason,
        consents: shown.consents.into_iter().map(said).collect(),
        end: shown.end.map(|end| End {
            outcome: end.outcome.to_string(),
            reason: end.reason,
            at: end.at,
            by: end.by.map(|person| person.display_name),
        }),
    }
}

/// Parts as pages show them.
pub fn parts(shares: Vec<AttributionShare>) -> Vec<Part> {
    shares.into_iter().map(|share| Part { name: share.name, share: percent(share.share_bp) }).collect()
}

/// Parts as trail and ledgers tell them: `某某商会 60%`.
pub fn told(shares: &[AttributionShare]) -> Vec<String> {
    shares.iter().map(|share| format!("{} {}", share.name, percent(share.share_bp))).collect()
}

fn said(consent: ConsentView) -> Said {
    let word = match consent.agrees {
        Some(true) => "yes",
        Some(false) => "no",
        None => "waiting",
    };
    Said { name: consent.name, word, reason: consent.reason }
}
