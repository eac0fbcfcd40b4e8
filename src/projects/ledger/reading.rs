//! Cells as a line: what each column says, or why the row is refused.

use super::cell::{kept_as, lines, refusal, text, warning};
use super::table::{Found, Head};
use super::{Line, Warning, plan, table, years};
use crate::characters::without_refused;
use crate::companies::uscc::Uscc;
use crate::imports::ledger::cells::{amount, date, measure, place};
use crate::imports::ledger::sheet::Cell;
use crate::imports::ledger::{Format, LedgerError, Refusal, SkippedSheets, Workbook, open, uscc_code};
use crate::leads::forms::SourceBody;
use crate::milestones::model::MilestoneKind;
use crate::money::WAN;
use crate::projects::contract::ContractBody;
use crate::projects::forms::{EnclaveBody, KeyBody};
use crate::reference::{ProjectColumn, Reference};
use chrono::NaiveDate;

/// A row of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadRow {
    /// The sheet, when the file has several with projects.
    pub sheet: Option<String>,
    /// As the spreadsheet numbers it.
    pub row: u32,
    /// (header, text) as in the file.
    pub cells: Vec<(String, String)>,
    /// The names as they stand there, also of a row that is refused.
    pub title: Option<String>,
    pub investor: Option<String>,
    pub result: Result<Line, Refusal>,
    /// What a person should look at.
    pub warnings: Vec<Warning>,
}

/// Reads a file.
///
/// # Errors
/// A file that is no spreadsheet or CSV, is broken, or has no header of the ledger.
pub fn read(bytes: &[u8], file_name: &str, reference: &Reference) -> Result<Vec<ReadRow>, LedgerError> {
    let (format, workbook) = open(bytes, file_name)?;
    Ok(read_sheets(format, workbook, reference)?.0)
}

/// Reads the sheets of a file; which of them are none stands beside.
///
/// # Errors
/// The same.
pub fn read_sheets(
    format: Format,
    workbook: Workbook,
    reference: &Reference,
) -> Result<(Vec<ReadRow>, SkippedSheets), LedgerError> {
    let (tables, skipped) = table::read(format, workbook, reference)?;
    let mut read = Vec::new();
    for (heads, rows) in &tables {
        for found in rows {
            let mut reader = Reader {
                reference,
                found,
                heads,
                contract: ContractBody::default(),
                calendar: None,
                line: Line::default(),
                warnings: Vec::new(),
            };
            let result = reader.line();
            read.push(ReadRow {
                sheet: found.sheet.clone(),
                row: found.row,
                cells: written(heads, found, reference),
                title: reader.named(ProjectColumn::Title),
                investor: reader.named(ProjectColumn::Investor),
                result,
                warnings: reader.warnings,
            });
        }
    }
    Ok((firsts_first(read), skipped))
}

/// Later phases after all others, wherever they stand in the file: each names its first, which may come below it.
fn firsts_first(rows: Vec<ReadRow>) -> Vec<ReadRow> {
    let is_later = |row: &ReadRow| row.result.as_ref().is_ok_and(|line| line.body.phase_of.is_some());
    let (later, mut ordered): (Vec<ReadRow>, Vec<ReadRow>) = rows.into_iter().partition(is_later);
    ordered.extend(later);
    ordered
}

/// A row as it stands in the file; the county of a heading above it goes along, so that a row that comes back alone
/// can be read.
fn written(heads: &[Head<'_>], found: &Found, reference: &Reference) -> Vec<(String, String)> {
    let of_heading = found.county.as_deref().map(|code| reference.region_name(code, "zh-CN"));
    let cell = |head: &Head<'_>| {
        let text = found.cells.get(head.index).unwrap_or(&Cell::Empty).shown().into_owned();
        match (head.column.map(|column| column.holds), of_heading) {
            (Some(ProjectColumn::County), Some(county)) if text.is_empty() => county.to_owned(),
            _ => without_refused(text),
        }
    };
    heads.iter().map(|head| (head.text.clone(), cell(head))).collect()
}

struct Reader<'a> {
    reference: &'a Reference,
    found: &'a Found,
    heads: &'a [Head<'a>],
    /// Becomes the line's when a kind and a day are said.
    contract: ContractBody,
    /// That its plan was written by calendar years, told once it is taken.
    calendar: Option<Warning>,
    line: Line,
    warnings: Vec<Warning>,
}

impl Reader<'_> {
    fn line(&mut self) -> Result<Line, Refusal> {
        self.line.body.county.clone_from(&self.found.county);
        let (heads, found) = (self.heads, self.found);
        for head in heads {
            let cell = found.cells.get(head.index).unwrap_or(&Cell::Empty);
            match (cell, head.column) {
                (Cell::Empty, _) => {}
                (Cell::Error(_), Some(_)) => return Err(refusal(head, "error_cell", cell)),
                (Cell::NoValue, Some(_)) => return Err(refusal(head, "formula_without_value", cell)),
                (cell, Some(column)) => self.take(head, column.holds, cell)?,
                (_, None) if self.reference.project_ledger().left_out.contains(&head.text) => {}
                (cell, None) => self.keep(head, cell),
            }
        }
        Ok(self.settle())
    }

    /// Takes a cell of a column that is known.
    fn take(&mut self, head: &Head<'_>, holds: ProjectColumn, cell: &Cell) -> Result<(), Refusal> {
        use ProjectColumn::*;
        let reference = self.reference;
        let ledger = reference.project_ledger();
        let text = text(cell);
        // What says that there is nothing to say, where no text is kept to the letter.
        let word = text.clone().filter(|text| !reference.values().is_nothing(text));
        let body = &mut self.line.body;
        match holds {
            Serial | UpdatedOn | Attribution => {}
            Code => self.line.code = word,
            Title => body.title = text,
            Investor => body.investor_name = text,
            Content => body.content = text,
            Unit => body.unit = text,
            Progress => body.progress = text,
            Problems => body.problems = text,
            Coordination => body.coordination = text,
            NextStep => body.next_step = text,
            Remark => body.remark = text,
            KeyReason => key(body).reason = text,
            SupportingFinding => body.supporting_finding = text,
            WithdrawalReason => self.line.withdrawal_reason = text,
            SourceNote => source(body).note = text,
            ProjectCompany => body.project_company = word,
            FilingCode => body.filing_code = word,
            PhaseOf => body.phase_of = word,
            IndustryClass => body.industry_class = word,
            Leader => body.leader = word,
            Officer => body.officer = word,
            SourceName => self.line.source_name = word,
            Origin => {
                let code =
                    |text: String| reference.regions().origin_code(&text).map(str::to_owned).unwrap_or(text);
                body.origin = word.map(code);
            }
            County => {
                if let Some(word) = word {
                    let place =
                        place::read(&word, reference).map_err(|fault| refusal(head, fault.code(), cell))?;
                    body.county = Some(place.county.to_owned());
                    body.park = body.park.take().or(place.park.map(str::to_owned));
                }
            }
            Park => match word.as_deref().map(|word| place::park(word, reference)) {
                Some(Some(park)) => body.park = Some(park.id.clone()),
                Some(None) => self.unread(head, cell, "park_unknown"),
                None => {}
            },
            Industry => match word.as_deref().map(|word| reference.industry_of_word(word)) {
                Some(Some(industry)) => body.industry = Some(industry.code.clone()),
                Some(None) => {
                    body.industry = Some("other".to_owned());
                    self.unread(head, cell, "industry_unknown");
                }
                None => {}
            },
            Uscc => match word.as_deref().map(self::Uscc::parse) {
                Some(Ok(uscc)) => body.uscc = Some(uscc.as_str().to_owned()),
                Some(Err(error)) => return Err(refusal(head, uscc_code(error), cell)),
                None => {}
            },
            TotalInvestment => self.line.body.total_investment_fen = self.amount(head, cell)?,
            FixedInvestment => self.line.body.fixed_investment_fen = self.amount(head, cell)?,
            ContractTotal => self.contract.total_investment_fen = self.amount(head, cell)?,
            ContractFixed => self.contract.fixed_investment_fen = self.amount(head, cell)?,
            LandPremium => self.contract.land_premium_fen = self.amount(head, cell)?,
            LandAndFactory => {
                match text.as_deref().and_then(|text| plan::read_land_and_factory(text, reference)) {
                    Some((land, factory)) => {
                        let per = head.units.land.or(self.found.units.land).unwrap_or(1.0);
                        body.land_mu = land.map(|land| land * per);
                        body.factory_m2 = factory;
                    }
                    None => self.unread(head, cell, "unread"),
                }
            }
            Jobs => match measure::read(cell, 1.0, &reference.values().people, reference.values()) {
                Ok(jobs) => body.jobs = jobs.map(|jobs| jobs.value.round() as i64),
                Err(_) => self.unread(head, cell, "unread"),
            },
            AnnualPlan => match word.as_deref().map(|word| years::read(word, &self.unit(head), reference)) {
                Some(Some(plan)) => {
                    self.contract.years = plan.years;
                    self.calendar = plan.by_calendar.then(|| warning(head, cell, "calendar_years"));
                }
                Some(None) => self.unread(head, cell, "unread"),
                None => {}
            },
            Parties => self.contract.parties = lines(text),
            Funding => {
                self.contract.funding =
                    plan::read_funding(&text.unwrap_or_default(), &self.unit(head), reference)
            }
            Supplements => match text.as_deref().map(plan::read_supplements) {
                Some(Some(supplements)) => self.line.supplements = supplements,
                Some(None) => self.unread(head, cell, "unread"),
                None => {}
            },
            Source => match word.as_deref().map(|word| reference.values().source(word)) {
                Some(Some(kind)) => source(body).kind = Some(kind),
                Some(None) => self.unread(head, cell, "source_unknown"),
                None => {}
            },
            ContractKind => {
                let kind = word.as_deref().map(|word| ledger.words.read_contract_kind(word));
                self.contract.kind = self.known(head, cell, kind);
            }
            KeyBasis => {
                let basis = word.as_deref().map(|word| ledger.words.read_key_basis(word));
                let basis = self.known(head, cell, basis);
                key(&mut self.line.body).basis = basis;
            }
            SupportingProject => {
                let is = text.as_deref().map(|text| ledger.words.read_yes_or_no(text));
                let is = self.known(head, cell, is);
                self.line.body.supporting_project = is;
            }
            EnclaveCounty => {
                if let Some(word) = word {
                    let place =
                        place::read(&word, reference).map_err(|fault| refusal(head, fault.code(), cell))?;
                    enclave(body).county = Some(place.county.to_owned());
                }
            }
            LandUse => {
                let land_use = word.as_deref().map(|word| ledger.words.read_land_use(word));
                let land_use = self.known(head, cell, land_use);
                enclave(&mut self.line.body).land_use = land_use;
            }
            RecommendedOn => {
                if let Some(day) = self.day(head, cell)? {
                    enclave(&mut self.line.body).recommended_on = Some(day);
                }
            }
            InPool => {
                let said = text.as_deref().map(|text| ledger.words.read_yes_or_no(text));
                let code = match self.known(head, cell, said) {
                    Some(true) if !self.has(EnteredOn) => "missing",
                    // A day of entry beside a no: which of them holds nobody can tell.
                    Some(false) if self.has(EnteredOn) && !self.has(WithdrawnOn) => "not_in_pool",
                    _ => return Ok(()),
                };
                return Err(Refusal { field: "entered_on", code, word: cell.shown().into_owned() });
            }
            IsAboveScale => match text.as_deref().map(|text| ledger.words.read_yes_or_no(text)) {
                Some(Some(true)) if !self.has(Actual(MilestoneKind::AboveScale)) => self.keep(head, cell),
                Some(None) => self.unread(head, cell, "word_unknown"),
                _ => {}
            },
            SignedOn => self.contract.signed_on = self.day(head, cell)?,
            EnteredOn => self.line.entered_on = self.day(head, cell)?,
            WithdrawnOn => self.line.withdrawn_on = self.day(head, cell)?,
            Planned(kind) => {
                if let Some(day) = self.day(head, cell)? {
                    self.line.milestones.entry(kind).or_default().planned_on = Some(day);
                }
            }
            Actual(kind) => {
                if let Some(day) = self.day(head, cell)? {
                    self.line.milestones.entry(kind).or_default().actual_on = Some(day);
                }
            }
            Kept => self.keep(head, cell),
        }
        Ok(())
    }

    /// What the columns say together.
    fn settle(&mut self) -> Line {
        let line = &mut self.line;
        line.body.enclave.take_if(|enclave| *enclave == EnclaveBody::default());
        line.body.key.take_if(|key| key.basis.is_none());
        // A day without a kind of contract says when it was signed, not what.
        if self.contract.kind.is_some() && self.contract.signed_on.is_some() {
            line.contract = Some(std::mem::take(&mut self.contract));
            self.warnings.extend(self.calendar.take());
        } else if let Some(day) = self.contract.signed_on {
            line.milestones.entry(MilestoneKind::Contract).or_default().actual_on.get_or_insert(day);
        }
        if self.line.contract.is_none() {
            self.keep_contract();
        }
        std::mem::take(&mut self.line)
    }

    /// What is said of a contract that is none: kept as it was written.
    fn keep_contract(&mut self) {
        use ProjectColumn::{AnnualPlan, ContractFixed, ContractTotal, Funding, LandPremium, Parties};
        let of_contract = [AnnualPlan, Parties, Funding, ContractTotal, ContractFixed, LandPremium];
        let (heads, found) = (self.heads, self.found);
        let is_kept = |head: &&Head<'_>| {
            let kept = |(header, _): &(String, String)| header == kept_as(head);
            head.column.is_some_and(|column| of_contract.contains(&column.holds))
                && !self.line.extra.iter().any(kept)
        };
        let left: Vec<&Head<'_>> = heads.iter().filter(is_kept).collect();
        for head in left {
            self.keep(head, found.cells.get(head.index).unwrap_or(&Cell::Empty));
        }
    }

    fn keep(&mut self, head: &Head<'_>, cell: &Cell) {
        self.line.extra.extend(text(cell).map(|text| (kept_as(head).clone(), without_refused(text))));
    }

    /// Keeps a cell whose column is known and whose words are not, and says so.
    fn unread(&mut self, head: &Head<'_>, cell: &Cell, code: &'static str) {
        self.keep(head, cell);
        self.warn(head, cell, code);
    }

    fn warn(&mut self, head: &Head<'_>, cell: &Cell, code: &'static str) {
        self.warnings.push(warning(head, cell, code));
    }

    /// What a word of a list means; one that stands in none is left out, and said so.
    fn known<T>(&mut self, head: &Head<'_>, cell: &Cell, read: Option<Option<T>>) -> Option<T> {
        if let Some(None) = read {
            self.warn(head, cell, "word_unknown");
        }
        read.flatten()
    }

    /// Whether the row says anything in this column.
    fn has(&self, holds: ProjectColumn) -> bool {
        self.cell(holds).is_some_and(|cell| !cell.is_empty())
    }

    /// The name in this column.
    fn named(&self, holds: ProjectColumn) -> Option<String> {
        self.cell(holds).and_then(text).map(without_refused)
    }

    fn cell(&self, holds: ProjectColumn) -> Option<&Cell> {
        let head = self.heads.iter().find(|head| head.column.is_some_and(|column| column.holds == holds));
        head.and_then(|head| self.found.cells.get(head.index))
    }

    /// The unit of a cell that names none: the header's, the 单位: line's, else 万元.
    fn unit(&self, head: &Head<'_>) -> amount::MoneyUnit {
        let units = head.units.clone().or(self.found.units.clone());
        units.money.unwrap_or(amount::MoneyUnit::Fen(WAN))
    }

    fn amount(&self, head: &Head<'_>, cell: &Cell) -> Result<Option<i64>, Refusal> {
        let read = amount::read(cell, &self.unit(head), self.reference.values());
        let found = read.map_err(|fault| refusal(head, fault.code(), cell))?;
        Ok(found.map(|amount| amount.fen))
    }

    fn day(&self, head: &Head<'_>, cell: &Cell) -> Result<Option<NaiveDate>, Refusal> {
        let read = date::read(cell, self.found.from_1904, self.reference.values());
        Ok(read.map_err(|fault| refusal(head, fault.code(), cell))?.map(|day| day.date))
    }
}

type Body = crate::projects::forms::ProjectBody;

fn key(body: &mut Body) -> &mut KeyBody {
    body.key.get_or_insert_with(KeyBody::default)
}

fn enclave(body: &mut Body) -> &mut EnclaveBody {
    body.enclave.get_or_insert_with(EnclaveBody::default)
}

fn source(body: &mut Body) -> &mut SourceBody {
    body.source.get_or_insert_with(SourceBody::default)
}
