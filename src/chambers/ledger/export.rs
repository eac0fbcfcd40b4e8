//! Exporting chambers: the actor's scope and the list's filters, masked, with a reason, logged; an import reads the file
//! again. A workbook has their members in a sheet of its own.

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
    let with_members = format == ExportFormat::Xlsx;
    let Lines { chambers, members } = lines(conn, tools, actor, filter, with_members)?;
    let watermark = exports::watermark(i18n, actor, reason);
    let table = |columns: Vec<ChamberColumn>, lines| Table {
        watermark: watermark.clone(),
        headers: columns.iter().filter_map(|holds| Some(ledger.column(*holds)?.header.clone())).collect(),
        lines,
        frozen: 3,
    };
    let chambers = table(columns_of_chambers(ledger), chambers);
    let bytes = if with_members {
        let members = table(columns_of_members(ledger), members);
        exports::workbook(&[(&ledger.title, &chambers), (&ledger.members_title, &members)])?
    } else {
        chambers.bytes(format)?
    };
    exports::tell(conn, actor, "chamber.export", (chambers.lines.len(), filter), reason, &bytes)?;
    Ok(bytes)
}

fn columns_of_chambers(ledger: &ChamberLedger) -> Vec<ChamberColumn> {
    ledger.columns.iter().map(|column| column.holds).filter(|holds| !holds.is_of_members()).collect()
}

/// A member's own, after those by which its chamber is known.
fn columns_of_members(ledger: &ChamberLedger) -> Vec<ChamberColumn> {
    let own = ledger.columns.iter().map(|column| column.holds).filter(|holds| holds.is_of_members());
    [ChamberColumn::Code, ChamberColumn::Name].into_iter().chain(own).collect()
}

/// The lines of both sheets.
#[derive(Default)]
struct Lines {
    chambers: Vec<Vec<Cell>>,
    members: Vec<Vec<Cell>>,
}

/// The chambers of a filter by code, as lines, and their members of today if they are asked for.
fn lines(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    filter: &RegisterFilter<ChamberKind>,
    with_members: bool,
) -> Result<Lines, AppError> {
    let ledger = tools.reference.chamber_ledger();
    let (of_chambers, of_members) = (columns_of_chambers(ledger), columns_of_members(ledger));
    let sort = Sort { field: SortField::Code, descending: false };
    let mut asked = ListQuery { filter: filter.clone(), sort, at: At::Start, limit: CHUNK, counts: false };
    let (today, mut serial, mut lines) = (clock::today(), 0, Lines::default());
    while let Some(page) = queries::page(conn, actor, &asked)? {
        let ids: Vec<Id> = page.items.iter().map(|chamber| chamber.id.clone()).collect();
        let mut entered = present(queries::entries_of_all(conn, &ids, false)?, today);
        let members = queries::members_of(conn, &ids, today)?;
        let listed = if with_members { queries::entries_of_all(conn, &ids, true)? } else { Vec::new() };
        let mut listed = present(listed, today);
        for chamber in page.items {
            serial += 1;
            let shown = Shown {
                serial,
                members: members.get(&chamber.id).copied().unwrap_or_default(),
                entries: entered.remove(&chamber.id).unwrap_or_default(),
                chamber,
            };
            lines.chambers.push(cells(&of_chambers, |holds| shown.cell(tools, holds))?);
            for member in listed.remove(&shown.chamber.id).unwrap_or_default() {
                let cell = |holds| shown.member_cell(tools, &member, holds);
                lines.members.push(cells(&of_members, cell)?);
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
            Region => {
                let name = |code: &String| places::name_of(tools.reference, code, Lang::ZhCn.code());
                Cell::text(chamber.region.as_ref().map(name))
            }
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
            Member | MemberKind | MemberUscc | MemberContact | MemberPhone | MemberFrom | MemberTo
            | MemberNote => Cell::Nothing,
        })
    }

    /// A member's cell; those of its chamber are as in the chamber's line.
    fn member_cell(&self, tools: Tools<'_>, member: &Entry, holds: ChamberColumn) -> Result<Cell, AppError> {
        use ChamberColumn::*;
        Ok(match holds {
            Member => Cell::Text(member.name.clone()),
            MemberKind => Cell::Text(self.word(tools, member)),
            MemberUscc => Cell::text(member.uscc.clone()),
            MemberContact => Cell::text(member.contact_person.clone()),
            MemberPhone => {
                let phone = member.phone_encrypted.as_deref();
                Cell::text(sealed::masked_phone(tools.keys, &member.phone_context(), phone)?)
            }
            MemberFrom => day(member.from_on),
            MemberTo => day(member.to_on),
            MemberNote => Cell::text(member.note.clone()),
            of_chamber => self.cell(tools, of_chamber)?,
        })
    }

    /// The entry of a kind that began last.
    fn latest(&self, kind: ChamberEntryKind, word: Option<&str>) -> Option<&Entry> {
        let of_kind = self.entries.iter().filter(|entry| entry.kind == kind);
        let of_word = of_kind.filter(|entry| word.is_none() || entry.word.as_deref() == word);
        of_word.max_by(|one, other| (one.from_on, &one.id).cmp(&(other.from_on, &other.id)))
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
        let is_of_it = |entry: &&Entry| {
            entry.kind == with.kind
                && entry.name == with.name
                && (entry.from_on, entry.to_on) == (with.from_on, with.to_on)
        };
        let labels = self.entries.iter().filter(is_of_it).map(|entry| self.word(tools, entry));
        labels.collect::<Vec<_>>().join("、")
    }
}

fn day(day: Option<NaiveDate>) -> Cell {
    Cell::text(day.map(|day| day.to_string()))
}
