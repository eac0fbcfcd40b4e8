//! HTTP of later claims, one resource a file: HTML and JSON of the same resource side by side.

pub mod answer;
pub mod list;

use crate::app::App;
use crate::claims::pages::{Answer, Row};
use crate::claims::view::ClaimView;
use crate::leads::pages::Link;
use crate::web::i18n::Lang;

/// A claim as pages show it.
pub fn row(app: &App, lang: Lang, shown: ClaimView) -> Row {
    let place = |code: String| app.reference.region_name(&code, lang.code()).to_owned();
    let (chamber, lead) = shown.about.map_or((None, None), |about| {
        let href = about.lead.id.map(|id| format!("/leads/{id}")).unwrap_or_default();
        let label = format!("{} {}", about.lead.code, about.lead_title);
        (Some(about.chamber), Some(Link { href, label }))
    });
    Row {
        id: shown.id.to_string(),
        investor_name: shown.report.investor_name.unwrap_or_default(),
        title: shown.report.title.unwrap_or_default(),
        county: shown.report.county.map(place),
        content: shown.report.content,
        contact_name: shown.report.contact_name,
        contact_phone: shown.report.contact_phone,
        at: Some(shown.at),
        due_on: Some(shown.answer_due_on),
        due_days: shown.due_days,
        chamber,
        lead,
        answer: shown.answer.map(|answer| Answer {
            decision: answer.decision.to_string(),
            text: answer.text,
            at: answer.at,
            by: answer.by,
        }),
    }
}
