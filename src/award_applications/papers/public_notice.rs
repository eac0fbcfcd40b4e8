//! 公示: payee, project, rule and amount. Never a phone, an identity number, an account, nor who belongs to a team.

use super::Say;
use super::dossier::{Dossier, day};
use crate::papers::{Cell, Column, Part, Rows};
use crate::web::i18n::Message;

pub fn parts(of: &Dossier, say: Say<'_>) -> Vec<Part> {
    let columns = vec![
        Column::new(say.t("award-paper-number"), 2),
        Column::new(say.t("award-payees"), 5),
        Column::new(say.t("award-paper-project"), 6),
        Column::new(say.t("award-rule-column"), 4),
        Column::new(say.t("award-paper-yuan"), 4),
    ];
    let rows = (1..).zip(&of.line.payees).map(|(number, payee)| {
        vec![
            Cell::Number(number),
            Cell::text(&payee.name),
            Cell::text(&of.application.project.title),
            Cell::text(of.rule(say)),
            Cell::Money(payee.payout_fen.unwrap_or_default()),
        ]
    });
    let text = Message::new("award-paper-notice-text")
        .text("document", of.document())
        .text("from", day(of.line.notice_from))
        .text("until", day(of.line.notice_until));
    vec![
        Part::Text(say.message(&text)),
        Part::Rows(Rows { columns, rows: rows.collect() }),
        Part::Text(say.t("award-paper-notice-objections")),
        Part::Signatures(vec![say.t("award-paper-sign-bureau"), say.t("award-paper-sign-day")]),
    ]
}
