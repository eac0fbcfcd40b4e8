//! The sheet for the president: the figures, and below them the leads and projects that make them. A pure function of
//! what it tells.

use crate::chambers::evidence::model::EvidenceFigure;
use crate::chambers::evidence::view::{EvidenceView, Opened};
use crate::clock;
use crate::papers::{Cell, Column, Paper, Part, Rows, Say};
use crate::web::i18n::Message;

/// What the sheet tells.
pub struct Dossier {
    pub evidence: EvidenceView,
    /// By name.
    pub labels: Vec<String>,
    pub rows: Vec<(EvidenceFigure, Opened)>,
}

/// The sheet.
pub fn written(of: &Dossier, say: Say<'_>) -> Paper {
    let evidence = &of.evidence;
    let mut parts = vec![Part::Facts(head(of, say)), Part::Heading(say.t("evidence-figures"))];
    parts.push(Part::Rows(figures(evidence, say)));
    for (figure, opened) in of.rows.iter().filter(|(_, opened)| !opened.rows.is_empty() || opened.hidden > 0)
    {
        parts.push(Part::Heading(say.of("evidence-figure", figure.as_str())));
        parts.push(Part::Rows(rows(*figure, opened, say)));
        if opened.hidden > 0 {
            let more = Message::new("evidence-hidden").number("count", opened.hidden as i64);
            parts.push(Part::Text(say.message(&more)));
        }
    }
    parts.push(Part::Signatures(vec![
        say.t("evidence-sign-president"),
        say.t("evidence-sign-federation"),
        say.t("award-paper-sign-day"),
    ]));
    Paper {
        title: say.t("evidence-sheet"),
        foot: format!("{} {} – {}", evidence.chamber.code, evidence.from, evidence.to),
        lang: say.lang.code(),
        parts,
    }
}

fn head(of: &Dossier, say: Say<'_>) -> Vec<(String, Cell)> {
    let evidence = &of.evidence;
    let mut facts = vec![
        (say.t("evidence-chamber"), Cell::text(&evidence.chamber.name)),
        (say.t("evidence-period"), Cell::text(format!("{} – {}", evidence.from, evidence.to))),
        (say.t("evidence-president"), Cell::text(evidence.president.clone().unwrap_or_default())),
    ];
    if !of.labels.is_empty() {
        facts.push((say.t("evidence-labels"), Cell::text(of.labels.join(" · "))));
    }
    let confirmed = match &evidence.confirmation {
        Some(given) => clock::china_date(given.at).to_string(),
        None => say.t("evidence-not-confirmed"),
    };
    facts.push((say.t("evidence-confirmed"), Cell::text(confirmed)));
    if let Some(note) = evidence.confirmation.as_ref().and_then(|given| given.note.clone()) {
        facts.push((say.t("evidence-note"), Cell::text(note)));
    }
    facts
}

fn figures(evidence: &EvidenceView, say: Say<'_>) -> Rows {
    let cell = |figure: EvidenceFigure| match figure {
        EvidenceFigure::FixedInvestment => Cell::Money(evidence.figures.of(figure)),
        _ => Cell::Number(evidence.figures.of(figure)),
    };
    let mut columns =
        vec![Column::new(say.t("evidence-figure-name"), 5), Column::new(say.t("evidence-value"), 4)];
    if evidence.weights.is_some() {
        columns.push(Column::new(say.t("evidence-weight"), 3));
    }
    let row = |figure: &EvidenceFigure| {
        let mut cells = vec![Cell::text(say.of("evidence-figure", figure.as_str())), cell(*figure)];
        cells.extend(evidence.weights.map(|weights| Cell::Number(weights.of(*figure))));
        cells
    };
    let mut rows: Vec<Vec<Cell>> = EvidenceFigure::ALL.iter().map(row).collect();
    if let Some(score) = evidence.score {
        rows.push(vec![Cell::text(say.t("evidence-score")), Cell::Number(score), Cell::text("")]);
    }
    Rows { columns, rows }
}

fn rows(figure: EvidenceFigure, opened: &Opened, say: Say<'_>) -> Rows {
    let is_counted = opened.rows.iter().all(|row| row.value.is_none_or(|value| value == 1));
    let mut columns = vec![
        Column::new(say.t("evidence-code"), 4),
        Column::new(say.t("evidence-title"), 8),
        Column::new(say.t("evidence-on"), 3),
        Column::new(say.t("evidence-share"), 2),
    ];
    if !is_counted {
        columns.push(Column::new(say.t("evidence-value"), 4));
    }
    let made = opened.rows.iter().map(|row| {
        let mut cells = vec![
            Cell::text(&row.code),
            Cell::text(&row.title),
            Cell::text(row.on.to_string()),
            Cell::Share(row.share_bp),
        ];
        if !is_counted {
            cells.push(match (figure, row.value) {
                (_, None) => Cell::text(""),
                (EvidenceFigure::FixedInvestment, Some(fen)) => Cell::Money(fen),
                (_, Some(number)) => Cell::Number(number),
            });
        }
        cells
    });
    Rows { columns, rows: made.collect() }
}
