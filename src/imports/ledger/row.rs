//! One row of a table read into a lead, fields in the order in which faults are told.

mod people;

use chrono::NaiveDate;

use super::cells::amount::{self, MoneyUnit};
use super::cells::{date, measure, place, text};
use super::draft::{LeadDraft, Refusal, Warning};
use super::header::{Header, HeaderCell};
use super::sheet::Cell;
use super::units::Units;
use crate::companies::identity::Identity;
use crate::companies::uscc::{Uscc, UsccError};
use crate::leads::model::{ClosureKind, Stage, Status};
use crate::reference::{Column, Measure, Reference, ValueWords};

/// What a row needs beyond itself.
pub struct Surroundings<'a> {
    pub reference: &'a Reference,
    /// The day of an import, for rows that say none.
    pub today: NaiveDate,
    pub from_1904: bool,
    /// Units of the sheet's 单位: line.
    pub units: &'a Units,
    /// The county of the section, the sheet or the title, for tables without a column for it.
    pub county: Option<&'a str>,
}

/// A row's cells under their header, merged ones and 同上 filled in.
pub struct RowReader<'a> {
    pub header: &'a Header,
    /// By position in the sheet.
    pub cells: &'a [Cell],
    pub around: &'a Surroundings<'a>,
}

/// A bare amount counts 万元, as everybody's ledgers do.
const CUSTOMARY: MoneyUnit = MoneyUnit::Fen(crate::money::WAN);

static EMPTY: Cell = Cell::Empty;

impl RowReader<'_> {
    /// The lead, or the first faulty field; and what a person should look at.
    pub fn read(&self) -> (Result<Box<LeadDraft>, Refusal>, Vec<Warning>) {
        let mut warnings = Vec::new();
        let result = self.lead(&mut warnings).map(Box::new);
        (result, warnings)
    }

    fn lead(&self, warnings: &mut Vec<Warning>) -> Result<LeadDraft, Refusal> {
        let reference = self.around.reference;
        let mut extra = self.unmatched();
        let investor = self.investor()?;
        let uscc = self.uscc()?;
        let (county, located) = self.county()?;
        let (industry, industry_word) = self.industry(warnings);
        let total = self.amount(Column::TotalInvestment, "total_investment", warnings)?;
        let fixed = self.amount(Column::FixedInvestment, "fixed_investment", warnings)?;
        if let (Some(total), Some(fixed)) = (total, fixed)
            && fixed > total
        {
            warnings.push(Warning::new(
                "fixed_over_total",
                "fixed_investment",
                self.shown(Column::FixedInvestment),
            ));
        }
        let registered_on =
            self.day(Column::RegisteredOn, "registered_on", warnings)?.unwrap_or(self.around.today);
        let stage = self.stage(warnings)?;
        let source = self.source(warnings);
        let contact = self.contact(&mut extra, warnings)?;
        let next_follow_up_on = self.day(Column::NextFollowUpOn, "next_follow_up_on", warnings)?;
        if next_follow_up_on.is_some_and(|next| next < registered_on) {
            let word = self.shown(Column::NextFollowUpOn);
            warnings.push(Warning::new("before_registration", "next_follow_up_on", word));
        }
        let officer_name = self.person(Column::Officer, "officer", warnings);
        let leader_name = self.person(Column::Leader, "leader", warnings);
        let words = self.words();
        let park = self.park(&county, located, &mut extra, warnings);
        let mut quantity = |column, field, unit: Option<f64>, units: &[Measure]| {
            self.quantity(column, field, unit, units, &mut extra, warnings)
        };
        let land_mu = quantity(Column::Land, "land_mu", self.units(Column::Land).land, &words.land);
        let factory_m2 =
            quantity(Column::Factory, "factory_m2", self.units(Column::Factory).area, &words.area);
        let jobs = quantity(Column::Jobs, "jobs", self.units(Column::Jobs).people, &words.people);
        // Words for industry and stage that say more than our codes stay with the lead, as its columns' texts.
        for (column, word) in [(Column::Industry, industry_word), (Column::Stage, stage.word)] {
            self.keep(column, word.unwrap_or_default(), &mut extra);
        }
        let identity = Identity::new(&investor, uscc.clone(), reference);
        Ok(LeadDraft {
            title: self.text(Column::Title).unwrap_or_else(|| format!("{investor}项目")),
            investor,
            identity,
            uscc,
            origin: self.text(Column::Origin).map(|text| origin(text, reference)),
            county,
            park,
            industry,
            content: self.text(Column::Content),
            total_investment_fen: total,
            fixed_investment_fen: fixed,
            land_mu,
            factory_m2,
            jobs: jobs.map(|jobs| jobs.round() as i64),
            contact,
            source,
            stage: stage.stage,
            status: stage.status,
            closure: (stage.status == Status::Closed).then_some(ClosureKind::Other),
            registered_on,
            next_follow_up_on,
            officer_name,
            leader_name,
            progress: self.text(Column::Progress),
            remark: self.text(Column::Remark),
            duplicate_reason: None,
            extra,
        })
    }

    fn words(&self) -> &ValueWords {
        self.around.reference.values()
    }

    fn cell_at(&self, head: &HeaderCell) -> &Cell {
        self.cells.get(head.index).unwrap_or(&EMPTY)
    }

    fn cell(&self, column: Column) -> &Cell {
        self.header.find(column).map_or(&EMPTY, |head| self.cell_at(head))
    }

    fn shown(&self, column: Column) -> String {
        text::tidy(&self.cell(column).shown())
    }

    fn text(&self, column: Column) -> Option<String> {
        text::read(self.cell(column), self.words())
    }

    /// The column's own units, else the sheet's.
    fn units(&self, column: Column) -> Units {
        let own = self.header.find(column).map(|head| head.units.clone()).unwrap_or_default();
        own.or(self.around.units.clone())
    }

    /// Columns that match nothing, as header and text.
    fn unmatched(&self) -> Vec<(String, String)> {
        let heads = self.header.columns.iter().filter(|head| {
            // The project company stands in for the investor; beside one it is a column of its own.
            head.column.is_none()
                || head.column == Some(Column::ProjectCompany) && self.text(Column::Investor).is_some()
        });
        heads
            .filter_map(|head| Some((head.text.to_string(), text::read(self.cell_at(head), self.words())?)))
            .collect()
    }

    fn investor(&self) -> Result<String, Refusal> {
        let column = match self.header.has(Column::Investor) {
            true => Column::Investor,
            false => Column::ProjectCompany,
        };
        let fault = |code| Refusal::new("investor", code, self.shown(column));
        match self.cell(column) {
            Cell::Error(_) => Err(fault("error_cell")),
            Cell::NoValue => Err(fault("formula_without_value")),
            _ => self.text(column).ok_or_else(|| fault("missing")),
        }
    }

    fn uscc(&self) -> Result<Option<Uscc>, Refusal> {
        let cell = self.cell(Column::Uscc);
        let fault = |code| Refusal::new("uscc", code, self.shown(Column::Uscc));
        match cell {
            Cell::Error(_) => return Err(fault("error_cell")),
            Cell::NoValue => return Err(fault("formula_without_value")),
            _ => {}
        }
        let Some(text) = text::read(cell, self.words()) else { return Ok(None) };
        Uscc::parse(&text).map(Some).map_err(|error| fault(uscc_code(error)))
    }

    /// The county's code; and the park's id where the county's cell named a park.
    fn county(&self) -> Result<(String, Option<String>), Refusal> {
        let reference = self.around.reference;
        let fault = |code, column| Refusal::new("county", code, self.shown(column));
        if matches!(self.cell(Column::County), Cell::Error(_)) {
            return Err(fault("error_cell", Column::County));
        }
        if let Some(text) = self.text(Column::County) {
            let found = place::read(&text, reference).map_err(|error| fault(error.code(), Column::County))?;
            return Ok((found.county.to_owned(), found.park.map(str::to_owned)));
        }
        if let Some(park) = self.text(Column::Park).and_then(|text| place::park(&text, reference)) {
            return Ok((park.county.clone(), Some(park.id.clone())));
        }
        match self.around.county.filter(|_| !self.header.has(Column::County)) {
            Some(county) => Ok((county.to_owned(), None)),
            None => Err(fault("missing", Column::County)),
        }
    }

    /// The park of the park's column when it lies in the county; another text is kept.
    fn park(
        &self,
        county: &str,
        located: Option<String>,
        extra: &mut Vec<(String, String)>,
        warnings: &mut Vec<Warning>,
    ) -> Option<String> {
        let Some(text) = self.text(Column::Park) else { return located };
        match place::park(&text, self.around.reference).filter(|park| park.county == county) {
            Some(park) => Some(park.id.clone()),
            None => {
                warnings.push(Warning::new("park_unknown", "park", &text));
                self.keep(Column::Park, text, extra);
                located
            }
        }
    }

    fn industry(&self, warnings: &mut Vec<Warning>) -> (String, Option<String>) {
        let Some(text) = self.text(Column::Industry) else { return ("other".to_owned(), None) };
        if let Some(industry) = self.around.reference.industry_of_word(&text) {
            return (industry.code.clone(), None);
        }
        warnings.push(Warning::new("industry_unknown", "industry", &text));
        ("other".to_owned(), Some(text))
    }

    fn amount(
        &self,
        column: Column,
        field: &'static str,
        warnings: &mut Vec<Warning>,
    ) -> Result<Option<i64>, Refusal> {
        let unit = self.units(column).money.unwrap_or(CUSTOMARY);
        let read = amount::read(self.cell(column), &unit, self.words());
        let found = read.map_err(|fault| Refusal::new(field, fault.code(), self.shown(column)))?;
        if found.is_some_and(|amount| amount.approximate) {
            warnings.push(Warning::new("approximate", field, self.shown(column)));
        }
        Ok(found.map(|amount| amount.fen))
    }

    fn day(
        &self,
        column: Column,
        field: &'static str,
        warnings: &mut Vec<Warning>,
    ) -> Result<Option<NaiveDate>, Refusal> {
        let read = date::read(self.cell(column), self.around.from_1904, self.words());
        let found = read.map_err(|fault| Refusal::new(field, fault.code(), self.shown(column)))?;
        if found.is_some_and(|day| day.month_only) {
            warnings.push(Warning::new("month_only", field, self.shown(column)));
        }
        Ok(found.map(|day| day.date))
    }

    fn stage(&self, warnings: &mut Vec<Warning>) -> Result<ReadStage, Refusal> {
        let progress = || self.text(Column::Progress).filter(|text| self.words().stage(text).is_some());
        // Ledgers without a column for the stage often write its word as the progress.
        let written = if self.header.has(Column::Stage) { self.text(Column::Stage) } else { progress() };
        let Some(text) = written else {
            if let cell @ (Cell::Error(_) | Cell::NoValue) = self.cell(Column::Stage) {
                return Err(Refusal::new("stage", "error_cell", cell.shown()));
            }
            return Ok(ReadStage { stage: Stage::New, status: Status::Active, word: None });
        };
        let Some(meaning) = self.words().stage(&text) else {
            return Err(Refusal::new("stage", "stage_unknown", text));
        };
        let word = (meaning.warning.is_some() || meaning.status != Status::Active).then(|| text.clone());
        warnings.extend(meaning.warning.as_ref().map(|code| Warning::new(code, "stage", text)));
        Ok(ReadStage { stage: meaning.stage, status: meaning.status, word })
    }

    fn quantity(
        &self,
        column: Column,
        field: &'static str,
        unit: Option<f64>,
        units: &[Measure],
        extra: &mut Vec<(String, String)>,
        warnings: &mut Vec<Warning>,
    ) -> Option<f64> {
        match measure::read(self.cell(column), unit.unwrap_or(1.0), units, self.words()) {
            Ok(found) => {
                if found.is_some_and(|quantity| quantity.approximate) {
                    warnings.push(Warning::new("approximate", field, self.shown(column)));
                }
                found.map(|quantity| quantity.value)
            }
            Err(measure::NoQuantity) => {
                let word = self.shown(column);
                warnings.push(Warning::new("unread", field, &word));
                self.keep(column, word, extra);
                None
            }
        }
    }

    /// Keeps a text with the lead that its own field cannot hold.
    fn keep(&self, column: Column, word: String, extra: &mut Vec<(String, String)>) {
        if let Some(head) = self.header.find(column).filter(|_| !word.is_empty()) {
            extra.push((head.text.to_string(), word));
        }
    }
}

struct ReadStage {
    stage: Stage,
    status: Status,
    word: Option<String>,
}

/// The code of the place or country that the text names, else the text.
pub(super) fn origin(text: String, reference: &Reference) -> String {
    reference.regions().origin_code(&text).map(str::to_owned).unwrap_or(text)
}

/// The code of the message for a faulty credit code.
pub fn uscc_code(error: UsccError) -> &'static str {
    match error {
        UsccError::Length(_) => "uscc_length",
        UsccError::Character(_) => "uscc_character",
        UsccError::Check { .. } => "uscc_check",
    }
}
