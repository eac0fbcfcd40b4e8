//! What the papers of an application are written from.

use super::Say;
use super::accounts::Account;
use crate::accounts::Actor;
use crate::app::App;
use crate::award_applications::model::Application;
use crate::award_applications::parties::Parties;
use crate::award_applications::view::{self, ApplicationView, Details, Line, fact_name};
use crate::award_applications::{fact_texts, queries};
use crate::clock;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::papers::{Cell, Column, Part, Rows};
use crate::web::i18n::Lang;
use chrono::{NaiveDate, NaiveDateTime};

/// An application with all that its papers say.
#[derive(Debug, Clone)]
pub struct Dossier {
    pub application: ApplicationView,
    pub line: Line,
    pub details: Details,
    pub investor: String,
    pub project_company: Option<String>,
    /// By name.
    pub county: String,
    /// Clause and document of the rule.
    pub basis: Option<(String, String)>,
    /// Who it names, as far as that is frozen.
    pub parties: Option<Parties>,
    /// Names and texts, in the reader's language.
    pub facts: Vec<(String, String)>,
    /// Of the payees, in their order; empty but for the payment list.
    pub accounts: Vec<Account>,
}

impl Dossier {
    /// Loads what the actor, who sees all of the application, reads of it.
    pub fn of(
        conn: &mut AnyConn,
        app: &App,
        actor: &Actor,
        lang: Lang,
        application: Application,
    ) -> Result<Self, AppError> {
        let project = queries::project_of(conn, &application)?.ok_or(AppError::NotFound)?;
        let parties = application.frozen_parties().cloned();
        let (investor, project_company) = match &parties {
            Some(parties) => (parties.investor.clone(), parties.project_company.clone()),
            None => (project.investor_name, project.project_company),
        };
        let mut view = view::detail(conn, app, actor, lang, application)?;
        let (Some(line), Some(details)) = (view.line.clone(), view.details.take()) else {
            return Err(AppError::Forbidden("role"));
        };
        let policies = app.policies.now(conn)?;
        let basis = policies.find(&details.policy).and_then(|version| version.award.basis(view.rule));
        let facts = details
            .facts
            .iter()
            .map(|(name, value)| (fact_name(app, lang, name), fact_texts::told(app, lang, name, value)));
        Ok(Dossier {
            facts: facts.collect(),
            basis: basis.map(|basis| (basis.clause.clone(), basis.document.clone())),
            county: line
                .county
                .as_deref()
                .map(|county| app.reference.region_name(county, lang.code()).to_owned())
                .unwrap_or_default(),
            investor,
            project_company,
            parties,
            application: ApplicationView { details: Some(details.clone()), ..view },
            line,
            details,
            accounts: Vec::new(),
        })
    }

    /// What every paper for the offices begins with.
    pub(super) fn head(&self, say: Say<'_>) -> Part {
        let mut facts = vec![
            (say.t("awards-application"), Cell::text(&self.application.code)),
            (say.t("award-rule-column"), Cell::text(self.rule(say))),
            (say.t("award-paper-project"), Cell::text(self.project())),
            (say.t("project-county"), Cell::text(&self.county)),
            (say.t("award-paper-investor"), Cell::text(&self.investor)),
        ];
        if let Some(company) = &self.project_company {
            facts.push((say.t("award-paper-company"), Cell::text(company)));
        }
        facts.push((say.t("award-paper-basis"), Cell::text(self.document())));
        facts.push((say.t("award-by-version"), Cell::text(&self.details.policy)));
        if !self.details.frozen {
            facts.push((say.t("award-amount"), Cell::text(say.t("award-not-frozen"))));
        }
        Part::Facts(facts)
    }

    pub(super) fn rule(&self, say: Say<'_>) -> String {
        say.of("award-rule", self.application.rule.as_str())
    }

    pub(super) fn project(&self) -> String {
        format!("{} {}", self.application.project.code, self.application.project.title)
    }

    /// Document and clause.
    pub(super) fn document(&self) -> String {
        self.basis.as_ref().map(|(clause, document)| format!("{document} {clause}")).unwrap_or_default()
    }

    /// Frozen, or as it is computed now; fen.
    pub(super) fn amount_fen(&self) -> i64 {
        match &self.details.award {
            Some(award) if !self.details.frozen => award.amount_fen,
            _ => self.line.amount_fen,
        }
    }

    pub(super) fn payees(&self, say: Say<'_>) -> Part {
        let columns = vec![
            Column::new(say.t("award-paper-number"), 1),
            Column::new(say.t("award-payees"), 6),
            Column::new(say.t("award-share"), 2),
            Column::new(say.t("award-paper-yuan"), 3),
        ];
        let row = |(number, payee): (i64, &view::PayeeView)| {
            vec![
                Cell::Number(number),
                Cell::text(&payee.name),
                Cell::Share(payee.share_bp),
                payee.payout_fen.map_or(Cell::text("—"), Cell::Money),
            ]
        };
        Part::Rows(Rows { columns, rows: (1..).zip(&self.line.payees).map(row).collect() })
    }
}

/// A day as papers have it; a line to be filled in where there is none.
pub(super) fn day(day: Option<NaiveDate>) -> String {
    day.map_or_else(|| "________".to_owned(), |day| day.to_string())
}

/// A time of the clock in China.
pub(super) fn time(at: NaiveDateTime) -> String {
    clock::china_time(at).format("%Y-%m-%d %H:%M").to_string()
}
