//! Cells as a line: what each column says, or why the row is refused.

use super::table::{self, Found, Head};
use super::{Line, bodies};
use crate::chambers::entries::ChamberEntryKind;
use crate::chambers::entries::body::EntryBody;
use crate::characters::without_refused;
use crate::imports::kinds::changing::Warning;
use crate::imports::ledger::cells::{date, phone, text};
use crate::imports::ledger::sheet::Cell;
use crate::imports::ledger::{Format, LedgerError, Refusal, SkippedSheets, Workbook};
use crate::reference::{ChamberColumn, Reference};
use crate::registers::places;
use chrono::NaiveDate;

/// A row of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadRow {
    /// The sheet, when the file has several with chambers.
    pub sheet: Option<String>,
    /// As the spreadsheet numbers it; the line of a text file.
    pub row: u32,
    /// (header, text) as in the file.
    pub cells: Vec<(String, String)>,
    /// As it stands there, also of a row that is refused.
    pub name: Option<String>,
    pub result: Result<Line, Refusal>,
    /// What a person should look at.
    pub warnings: Vec<Warning>,
}

/// Reads the sheets of a file, or its bodies; which sheets are none stands beside.
///
/// # Errors
/// A file that has no header of the ledger, or whose text is in no known encoding.
pub fn read(
    format: Format,
    workbook: Workbook,
    bytes: &[u8],
    reference: &Reference,
) -> Result<(Vec<ReadRow>, SkippedSheets), LedgerError> {
    if format == Format::Jsonl {
        return Ok((bodies::read(bytes, reference)?, SkippedSheets::new()));
    }
    let (tables, skipped) = table::read(format, workbook, reference)?;
    let mut read = Vec::new();
    for (heads, rows) in &tables {
        for found in rows {
            let reader = Reader {
                reference,
                found,
                heads,
                line: Line::default(),
                parts: Parts::default(),
                warnings: Vec::new(),
            };
            read.push(reader.row());
        }
    }
    Ok((read, skipped))
}

/// What is entered of the chamber, as far as its columns were read.
#[derive(Default)]
struct Parts {
    term: EntryBody,
    president: EntryBody,
    agreement: EntryBody,
    recognition: EntryBody,
    labels: Vec<String>,
    member: EntryBody,
    officer: EntryBody,
    service_point: EntryBody,
}

struct Reader<'a> {
    reference: &'a Reference,
    found: &'a Found,
    heads: &'a [Head<'a>],
    line: Line,
    parts: Parts,
    warnings: Vec<Warning>,
}

impl Reader<'_> {
    fn row(mut self) -> ReadRow {
        let result = self.read();
        let name = self
            .heads
            .iter()
            .find(|head| head.column.is_some_and(|column| column.holds == ChamberColumn::Name));
        let cell = |head: &Head<'_>| self.found.cells.get(head.index).unwrap_or(&Cell::Empty);
        ReadRow {
            sheet: self.found.sheet.clone(),
            row: self.found.row,
            cells: self
                .heads
                .iter()
                .map(|head| (head.text.clone(), without_refused(cell(head).shown().into_owned())))
                .collect(),
            name: name.and_then(|head| text::read(cell(head), self.reference.values())),
            result: result.map(|()| self.line),
            warnings: self.warnings,
        }
    }

    fn read(&mut self) -> Result<(), Refusal> {
        let (heads, found) = (self.heads, self.found);
        for head in heads {
            let cell = found.cells.get(head.index).unwrap_or(&Cell::Empty);
            match (cell, head.column) {
                (Cell::Empty, _) => {}
                (Cell::Error(_), Some(_)) => return Err(refusal(head, "error_cell", cell)),
                (Cell::NoValue, Some(_)) => return Err(refusal(head, "formula_without_value", cell)),
                (cell, Some(column)) => self.take(head, column.holds, cell)?,
                (_, None) if self.reference.chamber_ledger().left_out.contains(&head.text) => {}
                (cell, None) => self.leave_out(head, cell),
            }
        }
        self.settle();
        match self.line.name {
            Some(_) => Ok(()),
            None => Err(Refusal { field: "name", code: "missing", word: String::new() }),
        }
    }

    /// Takes a cell of a column that is known.
    fn take(&mut self, head: &Head<'_>, holds: ChamberColumn, cell: &Cell) -> Result<(), Refusal> {
        use ChamberColumn::*;
        let reference = self.reference;
        let ledger = reference.chamber_ledger();
        let Some(word) = text::read(cell, reference.values()) else { return Ok(()) };
        let one_line = word.split_whitespace().collect::<Vec<_>>().join(" ");
        let unknown = |code| refusal(head, code, cell);
        match holds {
            // The number of members follows from the members.
            Serial | Members => {}
            Code => self.line.code = Some(one_line),
            Name => self.line.name = Some(one_line),
            ContactPerson => self.line.contact_person = Some(one_line),
            // To the letter: a note may have lines of its own.
            Note => self.line.note = Some(cell.shown().trim().replace("\r\n", "\n")),
            Kind => {
                self.line.kind = Some(ledger.read_kind(&word).ok_or_else(|| unknown("word_unknown"))?);
            }
            Status => {
                self.line.status = Some(ledger.read_status(&word).ok_or_else(|| unknown("word_unknown"))?);
            }
            Region => {
                let code = places::code_of(reference, &word);
                self.line.region = Some(code.ok_or_else(|| unknown("region_unknown"))?);
            }
            Phone => self.line.phone = self.phone(head, cell)?,
            Term => self.parts.term.name = Some(one_line),
            TermFrom => self.parts.term.from_on = self.day(head, cell)?,
            TermTo => self.parts.term.to_on = self.day(head, cell)?,
            President => self.parts.president.name = Some(one_line),
            PresidentFrom => self.parts.president.from_on = self.day(head, cell)?,
            PresidentTo => self.parts.president.to_on = self.day(head, cell)?,
            AgreementKind => {
                let kind = reference.chamber_words().read(ChamberEntryKind::Agreement, &word);
                let kind = kind.ok_or_else(|| unknown("word_unknown"))?;
                self.parts.agreement.word = Some(kind.code.clone());
            }
            Agreement => self.parts.agreement.name = Some(one_line),
            AgreementParty => self.parts.agreement.party = Some(one_line),
            AgreementFrom => self.parts.agreement.from_on = self.day(head, cell)?,
            AgreementTo => self.parts.agreement.to_on = self.day(head, cell)?,
            Recognition => {
                let apart = |c: char| c.is_whitespace() || matches!(c, '、' | ',' | '，' | ';' | '；' | '/');
                for label in word.split(apart).filter(|label| !label.is_empty()) {
                    let known = reference.chamber_words().read(ChamberEntryKind::Recognition, label);
                    let known = known.ok_or_else(|| unknown("word_unknown"))?;
                    self.parts.labels.push(known.code.clone());
                }
            }
            RecognisedBy => self.parts.recognition.name = Some(one_line),
            RecognisedFrom => self.parts.recognition.from_on = self.day(head, cell)?,
            RecognisedTo => self.parts.recognition.to_on = self.day(head, cell)?,
            Member => self.parts.member.name = Some(one_line),
            MemberKind => {
                match (
                    reference.chamber_words().read(ChamberEntryKind::Member, &word),
                    ledger.read_kind(&word),
                ) {
                    (Some(kind), _) => self.parts.member.word = Some(kind.code.clone()),
                    // 类型 may be the chamber's, too.
                    (None, Some(kind)) => self.line.kind = Some(kind),
                    (None, None) => return Err(unknown("word_unknown")),
                }
            }
            MemberUscc => self.parts.member.uscc = Some(one_line),
            MemberContact => self.parts.member.contact_person = Some(one_line),
            MemberPhone => self.parts.member.phone = self.phone(head, cell)?,
            MemberFrom => self.parts.member.from_on = self.day(head, cell)?,
            MemberTo => self.parts.member.to_on = self.day(head, cell)?,
            MemberNote => self.parts.member.note = Some(cell.shown().trim().replace("\r\n", "\n")),
            Officer => self.parts.officer.name = Some(one_line),
            Post => {
                let post = reference.chamber_words().read(ChamberEntryKind::Officer, &word);
                let post = post.ok_or_else(|| unknown("word_unknown"))?;
                self.parts.officer.word = Some(post.code.clone());
            }
            OfficerPhone => self.parts.officer.phone = self.phone(head, cell)?,
            OfficerFrom => self.parts.officer.from_on = self.day(head, cell)?,
            OfficerTo => self.parts.officer.to_on = self.day(head, cell)?,
            OfficerNote => self.parts.officer.note = Some(cell.shown().trim().replace("\r\n", "\n")),
            ServicePoint => self.parts.service_point.name = Some(one_line),
            ServiceRegion => {
                let code = places::code_of(reference, &word);
                self.parts.service_point.region = Some(code.ok_or_else(|| unknown("region_unknown"))?);
            }
            ServiceAddress => self.parts.service_point.address = Some(one_line),
            ServiceContact => self.parts.service_point.contact_person = Some(one_line),
            ServicePhone => self.parts.service_point.phone = self.phone(head, cell)?,
            ServiceFrom => self.parts.service_point.from_on = self.day(head, cell)?,
            ServiceTo => self.parts.service_point.to_on = self.day(head, cell)?,
            ServiceNote => {
                self.parts.service_point.note = Some(cell.shown().trim().replace("\r\n", "\n"));
            }
        }
        Ok(())
    }

    /// What the columns say together: a president without days of his own has those of the term.
    fn settle(&mut self) {
        let ledger = self.reference.chamber_ledger();
        let Parts {
            term,
            mut president,
            mut agreement,
            recognition,
            labels,
            mut member,
            officer,
            service_point,
        } = std::mem::take(&mut self.parts);
        if let Some(name) = &member.name {
            member.word.get_or_insert_with(|| ledger.member_kind(name).to_owned());
            self.line.of_entry = Some(format!("member {name}"));
        } else if let Some(name) = &officer.name {
            // One person may have two posts.
            self.line.of_entry =
                Some(format!("officer {name} {}", officer.word.as_deref().unwrap_or_default()));
        } else if let Some(name) = &service_point.name {
            self.line.of_entry = Some(format!("service point {name}"));
        } else if self.line.tells_nothing() && president.name.is_none() && term.name.is_none() {
            // The sheets of agreements and of recognitions say nothing else of a chamber.
            if let Some(name) = &agreement.name {
                self.line.of_entry = Some(format!("agreement {name}"));
            } else if !labels.is_empty() {
                self.line.of_entry =
                    Some(format!("recognition {} {:?}", labels.join(" "), recognition.from_on));
            }
        }
        if president.from_on.is_none() && president.to_on.is_none() {
            (president.from_on, president.to_on) = (term.from_on, term.to_on);
        }
        president.word = Some(ledger.president.clone());
        agreement.word.get_or_insert_with(|| ledger.agreement.clone());
        let labelled = labels.into_iter().map(|label| EntryBody { word: Some(label), ..recognition.clone() });
        let parts = [
            (ChamberEntryKind::Term, vec![term]),
            (ChamberEntryKind::Officer, vec![president]),
            (ChamberEntryKind::Agreement, vec![agreement]),
            (ChamberEntryKind::Recognition, labelled.collect()),
            (ChamberEntryKind::Member, vec![member]),
            (ChamberEntryKind::Officer, vec![officer]),
            (ChamberEntryKind::ServicePoint, vec![service_point]),
        ];
        for (kind, entries) in parts {
            let named = entries
                .into_iter()
                .filter(|entry| entry.name.is_some() || kind == ChamberEntryKind::Recognition);
            self.line.entries.extend(named.map(|entry| EntryBody { kind: Some(kind), ..entry }));
        }
    }

    fn phone(&mut self, head: &Head<'_>, cell: &Cell) -> Result<Option<String>, Refusal> {
        if phone::is_masked(cell) {
            self.warn("phone_masked", head, cell);
            return Ok(None);
        }
        let read = phone::read(cell, self.reference.values());
        let Some(phones) = read.map_err(|fault| refusal(head, fault.code(), cell))? else { return Ok(None) };
        if !phones.others.is_empty() || phones.beside.is_some() {
            self.leave_out(head, cell);
        }
        Ok(Some(phones.phone))
    }

    fn day(&self, head: &Head<'_>, cell: &Cell) -> Result<Option<NaiveDate>, Refusal> {
        let read = date::read(cell, self.found.from_1904, self.reference.values());
        Ok(read.map_err(|fault| refusal(head, fault.code(), cell))?.map(|day| day.date))
    }

    /// No field takes it, or not all of it: who imports is told.
    fn leave_out(&mut self, head: &Head<'_>, cell: &Cell) {
        if text::read(cell, self.reference.values()).is_some() {
            self.warn("left_out", head, cell);
        }
    }

    fn warn(&mut self, code: &'static str, head: &Head<'_>, cell: &Cell) {
        self.warnings.push(Warning { code, column: head.text.clone(), word: cell.shown().into_owned() });
    }
}

/// The row is refused for this cell.
fn refusal(head: &Head<'_>, code: &'static str, cell: &Cell) -> Refusal {
    let field = head.column.map_or("", |column| column.holds.field());
    Refusal { field, code, word: cell.shown().into_owned() }
}
