//! Exporting chambers: the actor's scope and the list's filters, masked, with a reason, logged; an import reads the file
//! again. A workbook has their members, officers and service points in a sheet for each kind.

use crate::accounts::Actor;
use crate::app::Tools;
use crate::chambers::entries::model::Entry;
use crate::chambers::entries::{ChamberEntryKind, rules};
use crate::chambers::model::{Chamber, ChamberKind};
use crate::chambers::queries;
use crate::clock;
use crate::db::page::Cursor;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::exports::{self, Cell, ExportFormat, Table};
use crate::reference::{ChamberColumn, ChamberLedger};
use crate::registers::{At, ListQuery, RegisterFilter, Sort, SortField, places, sealed};
use crate::web::i18n::{I18n, Lang};
use chrono::NaiveDate;
use std::collections::HashMap;

/// Chambers read at a time.
const CHUNK: i64 = 200;

/// Writes the chambers of a filter into a file's bytes, and the act into the trail.
///
/// # Errors
/// 422 without a reason.
pub fn export(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    i18n: &I18n,
    actor: &Actor,
    filter: &RegisterFilter<ChamberKind>,
    reason: &str,
    format: ExportFormat,
) -> Result<Vec<u8>, AppError> {
    let reason = exports::reasoned(reason)?;
    let ledger = tools.reference.chamber_ledger();
    let in_sheets = format == ExportFormat::Xlsx;
    let mut lines = lines(conn, tools, actor, filter, in_sheets)?;
    let watermark = exports::watermark(i18n, actor, reason);
    let table = |columns: Vec<ChamberColumn>, lines| Table {
        watermark: watermark.clone(),
        headers: columns.iter().filter_map(|holds| Some(ledger.column(*holds)?.header.clone())).collect(),
        lines,
        frozen: 3,
    };
    let chambers = table(columns_of_chambers(ledger), lines.chambers);
    let count = chambers.lines.len();
    let bytes = if in_sheets {
        let sheets = ledger.sheets.all().into_iter().chain(ledger.sheets.further());
        let mut listed = vec![(ledger.title.as_str(), chambers)];
        listed.extend(sheets.map(|(kind, title)| {
            let of_kind = lines.listed.remove(&kind).unwrap_or_default();
            (title, table(columns_of(ledger, kind), of_kind))
        }));
        exports::workbook(&listed.iter().map(|(title, table)| (*title, table)).collect::<Vec<_>>())?
    } else {
        chambers.bytes(format)?
    };
    exports::tell(conn, actor, "chamber.export", (count, filter), reason, &bytes)?;
    Ok(bytes)
}

fn columns_of_chambers(ledger: &ChamberLedger) -> Vec<ChamberColumn> {
    ledger.columns.iter().map(|column| column.holds).filter(|holds| holds.listed().is_none()).collect()
}

/// The kind's own, after those by which its chamber is known.
fn columns_of(ledger: &ChamberLedger, kind: ChamberEntryKind) -> Vec<ChamberColumn> {
    let is_own = |holds: &ChamberColumn| match further_kind(*holds) {
        None => holds.listed() == Some(kind),
        further => further == Some(kind),
    };
    let own = ledger.columns.iter().map(|column| column.holds).filter(is_own);
    [ChamberColumn::Code, ChamberColumn::Name].into_iter().chain(own).collect()
}

/// The kind of which a chamber's line has the latest in this column, and a sheet the others.
fn further_kind(holds: ChamberColumn) -> Option<ChamberEntryKind> {
    use ChamberColumn::*;
    match holds {
        AgreementKind | Agreement | AgreementParty | AgreementFrom | AgreementTo => {
            Some(ChamberEntryKind::Agreement)
        }
        Recognition | RecognisedBy | RecognisedFrom | RecognisedTo => Some(ChamberEntryKind::Recognition),
        _ => None,
    }
}

/// The lines of all sheets.
#[derive(Default)]
struct Lines {
    chambers: Vec<Vec<Cell>>,
    /// Of each kind that has a sheet.
    listed: HashMap<ChamberEntryKind, Vec<Vec<Cell>>>,
}

/// The chambers of a filter by code, as lines, and what is listed of them today if it is asked for.
fn lines(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    filter: &RegisterFilter<ChamberKind>,
    in_sheets: bool,
) -> Result<Lines, AppError> {
    let ledger = tools.reference.chamber_ledger();
    let of_chambers = columns_of_chambers(ledger);
    let sort = Sort { field: SortField::Code, descending: false };
    let mut asked = ListQuery { filter: filter.clone(), sort, at: At::Start, limit: CHUNK, counts: false };
    let (today, mut serial, mut lines) = (clock::today(), 0, Lines::default());
    while let Some(page) = queries::page(conn, actor, &asked)? {
        let ids: Vec<Id> = page.items.iter().map(|chamber| chamber.id.clone()).collect();
        let mut entered = present(queries::entries_of_all(conn, &ids, false)?, today);
        let counts = queries::members_of(conn, &ids, today)?;
        let members = if in_sheets { queries::entries_of_all(conn, &ids, true)? } else { Vec::new() };
        let mut members = present(members, today);
        for chamber in page.items {
            serial += 1;
            let shown = Shown {
                serial,
                members: counts.get(&chamber.id).copied().unwrap_or_default(),
                entries: entered.remove(&chamber.id).unwrap_or_default(),
                chamber,
            };
            lines.chambers.push(cells(&of_chambers, |holds| shown.cell(tools, holds))?);
            if !in_sheets {
                continue;
            }
            let members = members.remove(&shown.chamber.id).unwrap_or_default();
            for (kind, _) in ledger.sheets.all() {
                let columns = columns_of(ledger, kind);
                for entry in
                    shown.listed(tools, kind).into_iter().chain(members.iter().filter(|one| one.kind == kind))
                {
                    let line = cells(&columns, |holds| shown.entry_cell(tools, entry, holds))?;
                    lines.listed.entry(kind).or_default().push(line);
                }
            }
            for (kind, _) in ledger.sheets.further() {
                let columns = columns_of(ledger, kind);
                for alone in shown.further(kind) {
                    let line = cells(&columns, |holds| alone.cell(tools, holds))?;
                    lines.listed.entry(kind).or_default().push(line);
                }
            }
        }
        let Some(next) = page.next_cursor.as_deref().and_then(Cursor::decode) else { break };
        asked.at = At::After(next);
    }
    Ok(lines)
}

/// Of each chamber, what holds today.
fn present(entries: Vec<Entry>, today: NaiveDate) -> HashMap<Id, Vec<Entry>> {
    let mut present: HashMap<Id, Vec<Entry>> = HashMap::new();
    for entry in entries {
        let has_begun = entry.from_on.is_none_or(|from| from <= today);
        // Of what ends far ahead nothing is asked here: only whether it ended.
        if has_begun && rules::standing(entry.kind, entry.to_on, today, 0) != rules::EntryStanding::Ended {
            present.entry(entry.chamber_id.clone()).or_default().push(entry);
        }
    }
    present
}

fn cells(
    columns: &[ChamberColumn],
    cell: impl Fn(ChamberColumn) -> Result<Cell, AppError>,
) -> Result<Vec<Cell>, AppError> {
    columns.iter().map(|holds| cell(*holds)).collect()
}

/// A chamber with what stands in its line.
struct Shown {
    serial: i64,
    chamber: Chamber,
    /// What holds today.
    entries: Vec<Entry>,
    members: i64,
}

impl Shown {
    fn cell(&self, tools: Tools<'_>, holds: ChamberColumn) -> Result<Cell, AppError> {
        use ChamberColumn::*;
        let (chamber, ledger) = (&self.chamber, tools.reference.chamber_ledger());
        let term = self.latest(ChamberEntryKind::Term, None);
        let president = self.latest(ChamberEntryKind::Officer, Some(&ledger.president));
        let agreement = self.latest(ChamberEntryKind::Agreement, None);
        let recognised = self.latest(ChamberEntryKind::Recognition, None);
        let name = |entry: Option<&Entry>| Cell::text(entry.map(|entry| entry.name.clone()));
        Ok(match holds {
            Serial => Cell::Number(self.serial as f64),
            Code => Cell::Text(chamber.code.clone()),
            Name => Cell::Text(chamber.name.clone()),
            Kind => Cell::Text(ledger.kind(chamber.kind).to_owned()),
            Region => Cell::text(region(tools, chamber.region.as_ref())),
            ContactPerson => Cell::text(chamber.contact_person.clone()),
            Phone => {
                let phone = chamber.phone_encrypted.as_deref();
                Cell::text(sealed::masked_phone(tools.keys, &chamber.phone_context(), phone)?)
            }
            Status => Cell::Text(ledger.status(chamber.status).to_owned()),
            Members => Cell::Number(self.members as f64),
            Note => Cell::text(chamber.note.clone()),
            Term => name(term),
            TermFrom => day(term.and_then(|entry| entry.from_on)),
            TermTo => day(term.and_then(|entry| entry.to_on)),
            President => name(president),
            PresidentFrom => day(president.and_then(|entry| entry.from_on)),
            PresidentTo => day(president.and_then(|entry| entry.to_on)),
            AgreementKind => Cell::text(agreement.map(|entry| self.word(tools, entry))),
            Agreement => name(agreement),
            AgreementParty => Cell::text(agreement.and_then(|entry| entry.party.clone())),
            AgreementFrom => day(agreement.and_then(|entry| entry.from_on)),
            AgreementTo => day(agreement.and_then(|entry| entry.to_on)),
            Recognition => Cell::text(recognised.map(|entry| self.labels(tools, entry))),
            RecognisedBy => name(recognised),
            RecognisedFrom => day(recognised.and_then(|entry| entry.from_on)),
            RecognisedTo => day(recognised.and_then(|entry| entry.to_on)),
            // Of what stands in a sheet of its kind.
            _ => Cell::Nothing,
        })
    }

    /// What the sheet of a kind lists of the chamber: not the president who stands in its line.
    fn listed(&self, tools: Tools<'_>, kind: ChamberEntryKind) -> Vec<&Entry> {
        let president =
            self.latest(ChamberEntryKind::Officer, Some(&tools.reference.chamber_ledger().president));
        let is_told = |entry: &&Entry| president.is_some_and(|president| president.id == entry.id);
        self.entries.iter().filter(|entry| entry.kind == kind && !is_told(entry)).collect()
    }

    /// The chamber with each one of a kind that its line does not tell, as if there were no other. Labels that were given
    /// together are told together.
    fn further(&self, kind: ChamberEntryKind) -> Vec<Shown> {
        let mut of_kind: Vec<&Entry> = self.entries.iter().filter(|entry| entry.kind == kind).collect();
        let mut alone = Vec::new();
        while let Some(latest) = latest(of_kind.iter().copied()) {
            let is_of_it = |entry: &Entry| match kind {
                ChamberEntryKind::Recognition => is_given_with(entry, latest),
                _ => entry.id == latest.id,
            };
            let (told, others): (Vec<&Entry>, Vec<&Entry>) =
                of_kind.iter().copied().partition(|entry| is_of_it(entry));
            alone.push(Shown {
                entries: told.into_iter().cloned().collect(),
                chamber: self.chamber.clone(),
                ..*self
            });
            of_kind = others;
        }
        alone.into_iter().skip(1).collect()
    }

    /// A cell of what is listed; those of its chamber are as in the chamber's line.
    fn entry_cell(&self, tools: Tools<'_>, entry: &Entry, holds: ChamberColumn) -> Result<Cell, AppError> {
        use ChamberColumn::*;
        Ok(match holds {
            Member | Officer | ServicePoint => Cell::Text(entry.name.clone()),
            MemberKind | Post => Cell::Text(self.word(tools, entry)),
            MemberUscc => Cell::text(entry.uscc.clone()),
            ServiceRegion => Cell::text(region(tools, entry.region.as_ref())),
            ServiceAddress => Cell::text(entry.address.clone()),
            MemberContact | ServiceContact => Cell::text(entry.contact_person.clone()),
            MemberPhone | OfficerPhone | ServicePhone => {
                let phone = entry.phone_encrypted.as_deref();
                Cell::text(sealed::masked_phone(tools.keys, &entry.phone_context(), phone)?)
            }
            MemberFrom | OfficerFrom | ServiceFrom => day(entry.from_on),
            MemberTo | OfficerTo | ServiceTo => day(entry.to_on),
            MemberNote | OfficerNote | ServiceNote => Cell::text(entry.note.clone()),
            of_chamber => self.cell(tools, of_chamber)?,
        })
    }

    /// The entry of a kind that began last.
    fn latest(&self, kind: ChamberEntryKind, word: Option<&str>) -> Option<&Entry> {
        let of_kind = self.entries.iter().filter(|entry| entry.kind == kind);
        latest(of_kind.filter(|entry| word.is_none() || entry.word.as_deref() == word))
    }

    /// Its word under the name of the day it began.
    fn word(&self, tools: Tools<'_>, entry: &Entry) -> String {
        let code = entry.word.as_deref().unwrap_or_default();
        let day = entry.from_on.unwrap_or_default();
        match tools.reference.chamber_words().word(entry.kind, code) {
            Some(word) => word.name(Lang::ZhCn.code(), day).to_owned(),
            None => code.to_owned(),
        }
    }

    /// The labels that were given together with this one.
    fn labels(&self, tools: Tools<'_>, with: &Entry) -> String {
        let labels = self
            .entries
            .iter()
            .filter(|entry| is_given_with(entry, with))
            .map(|entry| self.word(tools, entry));
        labels.collect::<Vec<_>>().join("、")
    }
}

/// The one that began last.
fn latest<'a>(entries: impl Iterator<Item = &'a Entry>) -> Option<&'a Entry> {
    entries.max_by(|one, other| (one.from_on, &one.id).cmp(&(other.from_on, &other.id)))
}

/// Whether these are labels of one recognition.
fn is_given_with(entry: &Entry, with: &Entry) -> bool {
    entry.kind == with.kind
        && entry.name == with.name
        && (entry.from_on, entry.to_on) == (with.from_on, with.to_on)
}

fn day(day: Option<NaiveDate>) -> Cell {
    Cell::text(day.map(|day| day.to_string()))
}

fn region(tools: Tools<'_>, code: Option<&String>) -> Option<String> {
    code.map(|code| places::name_of(tools.reference, code, Lang::ZhCn.code()))
}
