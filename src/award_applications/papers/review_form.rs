//! 审核表: who took which step when, and with which words; what the head ruled; what whoever signs should know.

use super::Say;
use super::dossier::{Dossier, time};
use crate::leads::view::Person;
use crate::papers::{Cell, Column, Part, Rows};

pub fn parts(of: &Dossier, say: Say<'_>) -> Vec<Part> {
    let name = |by: &Option<Person>| {
        Cell::text(by.as_ref().map(|person| person.display_name.clone()).unwrap_or_default())
    };
    let columns = vec![
        Column::new(say.t("award-paper-step"), 3),
        Column::new(say.t("award-paper-by"), 3),
        Column::new(say.t("award-paper-at"), 3),
        Column::new(say.t("award-paper-words"), 6),
    ];
    let steps = of.details.history.iter().map(|step| {
        vec![
            Cell::text(say.of("application-status", step.to.as_str())),
            name(&step.by),
            Cell::text(time(step.at)),
            Cell::text(step.reason.clone().unwrap_or_default()),
        ]
    });
    let mut parts = vec![
        of.head(say),
        Part::Facts(vec![(say.t("award-paper-amount"), Cell::Money(of.amount_fen()))]),
        Part::Heading(say.t("award-paper-steps")),
        Part::Rows(Rows { columns: columns.clone(), rows: steps.collect() }),
    ];
    let rulings = of.details.rulings.iter().map(|ruling| {
        let decision = say.of("ruling-decision", ruling.decision.as_str());
        let words = [Some(decision), ruling.document.clone(), Some(ruling.reason.clone())];
        vec![
            Cell::text(say.of("ruling-kind", ruling.kind.as_str())),
            name(&ruling.by),
            Cell::text(time(ruling.at)),
            Cell::text(words.into_iter().flatten().collect::<Vec<_>>().join(" · ")),
        ]
    });
    let rulings: Vec<_> = rulings.collect();
    if !rulings.is_empty() {
        parts.push(Part::Heading(say.t("award-paper-rulings")));
        parts.push(Part::Rows(Rows { columns, rows: rulings }));
    }
    for (title, blocks) in [("award-blocks-title", true), ("award-warnings-title", false)] {
        let mut told = of.details.warnings.iter().filter(|one| one.blocks == blocks).peekable();
        if told.peek().is_some() {
            parts.push(Part::Heading(say.t(title)));
            parts.extend(told.map(|warning| Part::Text(warning.text.clone())));
        }
    }
    parts.push(Part::Signatures(vec![
        say.t("award-paper-sign-county"),
        say.t("award-paper-sign-bureau"),
        say.t("award-paper-sign-finance"),
        say.t("award-paper-sign-approver"),
    ]));
    parts
}
