//! 兑付清单: who is paid how much, where to, and out of which treasury.

use super::Say;
use super::dossier::Dossier;
use crate::money::capital_text;
use crate::papers::{Cell, Column, Part, Rows};

pub fn parts(of: &Dossier, say: Say<'_>) -> Vec<Part> {
    let columns = vec![
        Column::new(say.t("award-paper-number"), 2),
        Column::new(say.t("award-payees"), 5),
        Column::new(say.t("award-paper-bank"), 4),
        Column::new(say.t("award-paper-account"), 5),
        Column::new(say.t("award-share"), 3),
        Column::new(say.t("award-paper-yuan"), 4),
    ];
    let mut accounts = of.accounts.iter().cloned();
    let rows = (1..).zip(&of.line.payees).map(|(number, payee)| {
        let account = accounts.next().unwrap_or_default();
        vec![
            Cell::Number(number),
            Cell::text(&payee.name),
            Cell::text(account.bank.unwrap_or_default()),
            Cell::text(account.number.unwrap_or_default()),
            Cell::Share(payee.share_bp),
            Cell::Money(payee.payout_fen.unwrap_or_default()),
        ]
    });
    let funding = of.details.funding.iter().map(|part| {
        vec![
            Cell::text(say.of("funding-level", part.level.as_str())),
            Cell::Share(part.share_bp),
            Cell::Money(part.amount_fen),
        ]
    });
    let funding = Rows {
        columns: vec![
            Column::new(say.t("award-paper-level"), 4),
            Column::new(say.t("award-share"), 2),
            Column::new(say.t("award-paper-yuan"), 3),
        ],
        rows: funding.collect(),
    };
    vec![
        of.head(say),
        Part::Facts(vec![
            (say.t("award-paper-amount"), Cell::Money(of.amount_fen())),
            (say.t("award-paper-capital"), Cell::text(capital_text(of.amount_fen()))),
            (say.t("award-voucher"), Cell::text(of.details.voucher.clone().unwrap_or_default())),
        ]),
        Part::Heading(say.t("award-payees")),
        Part::Rows(Rows { columns, rows: rows.collect() }),
        Part::Heading(say.t("award-funding-title")),
        Part::Rows(funding),
        Part::Signatures(vec![
            say.t("award-paper-sign-made"),
            say.t("award-paper-sign-checked"),
            say.t("award-paper-sign-approver"),
            say.t("award-paper-sign-day"),
        ]),
    ]
}
