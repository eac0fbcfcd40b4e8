//! HTTP of filings, one resource a file: HTML and JSON of the same resource side by side.

pub mod card;
pub mod confirmation;
pub mod form;
pub mod link;
pub mod record;
pub mod referral;
pub mod shares;
pub mod show;
pub mod withdrawal;

use crate::db::Id;
use crate::filings::pages::{FindingRow, Row};
use crate::filings::view::FilingView;
use crate::leads::pages::Link;
use crate::web::precondition::etag;
use actix_web::HttpResponse;
use std::collections::HashSet;

fn ok(filing: &FilingView) -> HttpResponse {
    HttpResponse::Ok().insert_header(etag(filing.version)).json(filing)
}

/// A filing as pages show it; `seen` are the referrers that the reader may open.
fn row(shown: &FilingView, seen: &HashSet<Id>) -> Row {
    let word = |word: Option<String>| word.unwrap_or_default();
    let href = if seen.contains(&shown.referrer.id) {
        format!("/referrers/{}", shown.referrer.id)
    } else {
        String::new()
    };
    Row {
        id: shown.id.to_string(),
        code: shown.code.clone(),
        version: shown.version,
        referrer: Link { href, label: shown.referrer.name.clone() },
        role: word(shown.role.map(|role| role.to_string())),
        step: word(shown.step.map(|step| step.to_string())),
        step_on: shown.step_on,
        filed_on: shown.filed_on,
        entered_days_later: shown.entered_days_later.unwrap_or_default(),
        confirmed_by: shown
            .confirmations
            .iter()
            .filter(|one| one.decision == crate::filings::model::FilingDecision::Confirmed)
            .map(|one| one.party.to_string())
            .collect(),
        findings: shown
            .findings
            .iter()
            .map(|one| FindingRow {
                code: one.code.to_string(),
                weight: one.weight.to_string(),
                who: one.who.clone(),
                days: one.days,
            })
            .collect(),
    }
}
