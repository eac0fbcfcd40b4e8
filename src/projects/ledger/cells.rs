//! A line as cells, one for each column of the ledger.

use super::{Line, plan};
use crate::imports::ledger::sheet::Cell;
use crate::milestones::model::MilestoneKind;
use crate::money::WAN;
use crate::projects::contract::ContractBody;
use crate::reference::{LedgerColumn, ProjectColumn, Reference};
use crate::web::i18n::{I18n, Lang, Message};
use chrono::NaiveDate;

/// The language of the bureau's form, whoever exports it.
const LANG: Lang = Lang::ZhCn;

/// What cells are written with.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    pub reference: &'a Reference,
    pub i18n: &'a I18n,
}

impl Words<'_> {
    /// The cell of a column; `serial` is the line's number.
    pub fn cell(&self, column: &LedgerColumn, line: &Line, serial: usize) -> Cell {
        use ProjectColumn::*;
        let reference = self.reference;
        let words = &reference.project_ledger().words;
        let (body, contract) = (&line.body, line.contract.as_ref());
        let region = |code: &Option<String>| {
            code.as_deref().map(|code| reference.region_name(code, LANG.code()).to_owned())
        };
        let yes_or_no = |yes: bool| Cell::of_text(words.yes_or_no(yes));
        let days = |kind| line.milestones.get(&kind).copied().unwrap_or_default();
        match column.holds {
            Serial => Cell::Number(serial as f64),
            Code => text(&line.code),
            Title => text(&body.title),
            County => text(&region(&body.county)),
            Park => text(
                &body
                    .park
                    .as_deref()
                    .and_then(|id| reference.park(id))
                    .map(|park| park.name(LANG.code()).to_owned()),
            ),
            Industry => text(
                &body.industry.as_deref().map(|code| reference.industry_name(code, LANG.code()).to_owned()),
            ),
            IndustryClass => text(&body.industry_class),
            Investor => text(&body.investor_name),
            Origin => text(&body.origin.as_deref().map(|code| self.origin(code))),
            ProjectCompany => text(&body.project_company),
            Content => text(&body.content),
            TotalInvestment => wan(body.total_investment_fen),
            FixedInvestment => wan(body.fixed_investment_fen),
            AnnualPlan => {
                self.or_kept(column, line, contract.map(|contract| plan::years(&contract.years, reference)))
            }
            LandAndFactory => {
                self.or_kept(column, line, plan::land_and_factory(body.land_mu, body.factory_m2))
            }
            Source => text(
                &body
                    .source
                    .as_ref()
                    .and_then(|source| source.kind)
                    .map(|kind| self.i18n.say(LANG, &Message::of("source", kind.as_str()))),
            ),
            SourceName => text(&line.source_name),
            SourceNote => text(&body.source.as_ref().and_then(|source| source.note.clone())),
            SignedOn => {
                let signed_on = contract.and_then(|contract| contract.signed_on);
                day(signed_on.or(days(MilestoneKind::Contract).actual_on))
            }
            ContractKind => text(
                &contract.and_then(|contract| contract.kind).map(|kind| words.contract_kind(kind).to_owned()),
            ),
            FilingCode => text(&body.filing_code),
            PhaseOf => text(&body.phase_of),
            Kept => self.or_kept(column, line, None),
            Jobs => body.jobs.map_or(Cell::Empty, |jobs| Cell::Number(jobs as f64)),
            InPool => yes_or_no(line.entered_on.is_some() && line.withdrawn_on.is_none()),
            EnteredOn => day(line.entered_on),
            IsAboveScale if days(MilestoneKind::AboveScale).actual_on.is_some() => yes_or_no(true),
            IsAboveScale => match self.or_kept(column, line, None) {
                Cell::Empty => yes_or_no(false),
                kept => kept,
            },
            Leader => text(&body.leader),
            Unit => text(&body.unit),
            Officer => text(&body.officer),
            Progress => text(&body.progress),
            Problems => text(&body.problems),
            Coordination => text(&body.coordination),
            NextStep => text(&body.next_step),
            UpdatedOn => day(line.updated_on),
            Attribution => text(&line.attribution),
            Uscc => text(&body.uscc),
            KeyBasis => {
                let basis = body.key.as_ref().and_then(|key| key.basis);
                text(&basis.map(|basis| words.key_basis(basis).to_owned()))
            }
            KeyReason => text(&body.key.as_ref().and_then(|key| key.reason.clone())),
            SupportingProject => yes_or_no(body.supporting_project == Some(true)),
            SupportingFinding => text(&body.supporting_finding),
            EnclaveCounty => text(&region(&body.enclave.as_ref().and_then(|enclave| enclave.county.clone()))),
            LandUse => {
                let land_use = body.enclave.as_ref().and_then(|enclave| enclave.land_use);
                text(&land_use.map(|land| words.land_use(land).to_owned()))
            }
            RecommendedOn => day(body.enclave.as_ref().and_then(|enclave| enclave.recommended_on)),
            WithdrawnOn => day(line.withdrawn_on),
            WithdrawalReason => text(&line.withdrawal_reason),
            ContractTotal => wan(contract.and_then(|contract| contract.total_investment_fen)),
            ContractFixed => wan(contract.and_then(|contract| contract.fixed_investment_fen)),
            LandPremium => wan(contract.and_then(|contract| contract.land_premium_fen)),
            Parties => text(&contract.map(|contract: &ContractBody| contract.parties.join("\n"))),
            Funding => text(&contract.map(|contract| plan::funding(&contract.funding))),
            Supplements => self.or_kept(
                column,
                line,
                (!line.supplements.is_empty()).then(|| plan::supplements(&line.supplements)),
            ),
            Remark => text(&body.remark),
            Planned(kind) => day(days(kind).planned_on),
            Actual(kind) => day(days(kind).actual_on),
        }
    }

    /// A place's name where it says which one, else its code.
    fn origin(&self, code: &str) -> String {
        let name = self.reference.region_name(code, LANG.code());
        let says = self.reference.regions().origin_code(name) == Some(code);
        if says { name } else { code }.to_owned()
    }

    /// What a ledger once said in the column, where no field says anything.
    fn or_kept(&self, column: &LedgerColumn, line: &Line, own: Option<String>) -> Cell {
        match own.filter(|own| !own.is_empty()) {
            Some(own) => text(&Some(own)),
            None => {
                let kept = line.extra.iter().find(|(header, _)| *header == column.header);
                text(&kept.map(|(_, text)| text.clone()))
            }
        }
    }
}

/// As a string, whatever it looks like; nothing where there is nothing to see.
fn text(value: &Option<String>) -> Cell {
    match value {
        Some(value) if !value.is_empty() => Cell::Text(value.clone()),
        _ => Cell::Empty,
    }
}

fn wan(fen: Option<i64>) -> Cell {
    fen.map_or(Cell::Empty, |fen| Cell::Number(fen as f64 / WAN as f64))
}

fn day(day: Option<NaiveDate>) -> Cell {
    day.map_or(Cell::Empty, |day| Cell::Text(day.to_string()))
}
