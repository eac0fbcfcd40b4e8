//! A line as a chamber: every rule of a form holds. A chamber that is there already, by its name or else by its code, takes
//! what the line says otherwise; an empty cell says nothing. What is entered of it is known by kind, word, name and first
//! day; what is not known is added.

use super::Line;
use crate::accounts::Actor;
use crate::app::Tools;
use crate::chambers::entries::body::EntryBody;
use crate::chambers::entries::model::Entry;
use crate::chambers::entries::{self, ChamberEntryKind, rules};
use crate::chambers::model::ChamberKind;
use crate::chambers::{Chamber, editing, policy, queries};
use crate::contacts::model::mask_phone;
use crate::db::AnyConn;
use crate::error::{AppError, FieldErrors};
use crate::imports::kinds::changing::{Landed, Warning};
use crate::imports::model::Change;
use crate::leads::forms::normal_phone;
use crate::reference::{ChamberColumn, Reference, RegionKind, folded};
use crate::registers::{RecordBody, RecordInput, places};
use crate::web::i18n::Lang;
use diesel::Connection;

/// What became of a line, and what somebody should look at.
#[derive(Debug, Clone)]
pub struct Landing {
    pub chamber: Chamber,
    pub landed: Landed,
    pub warnings: Vec<Warning>,
}

/// Makes a chamber of a line, or changes the one that it speaks of.
///
/// # Errors
/// What a form would answer: 403 for another region, 422 by field. Nothing of the line is written then.
pub fn land(conn: &mut AnyConn, tools: Tools<'_>, actor: &Actor, line: Line) -> Result<Landing, AppError> {
    conn.transaction(|conn| match known(conn, actor, &line)? {
        Some(chamber) => changed(conn, tools, actor, chamber, line),
        None => made(conn, tools, actor, line),
    })
}

/// The chamber that a line speaks of: of its name, as a code may be that of another register, else of its code under
/// another name. The line of a member or officer renames no chamber.
fn known(conn: &mut AnyConn, actor: &Actor, line: &Line) -> Result<Option<Chamber>, AppError> {
    if let Some(name) = &line.name
        && let Some(chamber) = queries::find_by_name(conn, name)?
    {
        return Ok(Some(chamber));
    }
    Ok(match line.code.as_ref().filter(|_| line.of_entry.is_none()) {
        Some(code) => queries::find_visible(conn, actor, code)?,
        None => None,
    })
}

fn made(conn: &mut AnyConn, tools: Tools<'_>, actor: &Actor, line: Line) -> Result<Landing, AppError> {
    let mut warnings = Vec::new();
    let kind = line.kind.unwrap_or_else(|| {
        let kind = guessed(tools.reference, &line);
        let word = tools.reference.chamber_ledger().kind(kind).to_owned();
        warnings.push(Warning { code: "kind_guessed", column: header(tools, ChamberColumn::Kind), word });
        kind
    });
    let body = RecordBody {
        kind: Some(kind),
        name: line.name,
        region: line.region,
        contact_person: line.contact_person,
        phone: line.phone,
        note: line.note,
        status: line.status,
    };
    let input = RecordInput::check(body, tools.reference, FieldErrors::default())?;
    let mut chamber = editing::register(conn, tools, actor, input)?;
    for said in line.entries {
        if is_incomplete(&said) {
            warnings.push(incomplete(tools, &said));
        } else {
            chamber = added(conn, tools, actor, chamber, said)?.0;
        }
    }
    Ok(Landing { chamber, landed: Landed::Imported, warnings })
}

/// What a chamber is whose line does not say it: by its region, or else by its name.
fn guessed(reference: &Reference, line: &Line) -> ChamberKind {
    let region = line.region.as_deref().and_then(|code| reference.region(code));
    let is_own = |code: &str| code == reference.city() || reference.is_county(code);
    if line.name.as_deref().is_some_and(|name| reference.chamber_ledger().is_industry_name(name)) {
        return ChamberKind::Industry;
    }
    match region {
        Some(region) if region.kind == RegionKind::Country => ChamberKind::Abroad,
        Some(region) if !is_own(&region.code) => ChamberKind::OtherCity,
        _ => ChamberKind::Local,
    }
}

/// The chamber with what its line says otherwise.
fn changed(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    mut chamber: Chamber,
    line: Line,
) -> Result<Landing, AppError> {
    let (mut changes, mut warnings) = (Vec::new(), Vec::new());
    let before = editing::as_body(tools, &chamber)?;
    let phone = line.phone.map(|phone| normal_phone(&phone).unwrap_or(phone));
    // Its name in another width or with a space is no other name.
    let is_same = |name: &str| before.name.as_deref().is_some_and(|known| folded(known) == folded(name));
    let body = RecordBody {
        kind: line.kind.or(before.kind),
        name: line.name.filter(|name| !is_same(name)).or_else(|| before.name.clone()),
        region: line.region.or_else(|| before.region.clone()),
        contact_person: line.contact_person.or_else(|| before.contact_person.clone()),
        phone: phone.or_else(|| before.phone.clone()),
        note: line.note.or_else(|| before.note.clone()),
        status: line.status.or(before.status),
    };
    if body != before {
        let region = chamber.region.as_deref();
        if !policy::may_keep(actor, tools.reference, region) {
            return Err(AppError::Forbidden("other-region"));
        }
        changes.extend(differences(tools, &before, &body));
        let input = RecordInput::check(body, tools.reference, FieldErrors::default())?;
        chamber = editing::edit(conn, tools, actor, chamber, input)?;
    }
    let mut there = queries::entries_of(conn, &chamber.id)?;
    for said in line.entries {
        match there.iter().rposition(|entry| is_said(&said, entry)) {
            Some(at) => {
                let entry = there.remove(at);
                let was = EntryBody::of(tools, &entry)?;
                let body = over(&said, was.clone());
                if body == was {
                    there.insert(at, entry);
                    continue;
                }
                let kind = entry.kind;
                let from = described(tools, &entry);
                let done = entries::editing::edit(
                    conn,
                    tools,
                    actor,
                    (chamber, entry),
                    body,
                    FieldErrors::default(),
                );
                let (now, entry) = done.map_err(|error| of_entry(kind, error))?;
                changes.push(Change {
                    column: column(tools, kind, entry.word.as_deref()),
                    from,
                    to: described(tools, &entry),
                });
                chamber = now;
                there.insert(at, entry);
            }
            None if is_incomplete(&said) => warnings.push(incomplete(tools, &said)),
            None => {
                let (now, entry) = added(conn, tools, actor, chamber, said)?;
                let to = described(tools, &entry);
                changes.push(Change {
                    column: column(tools, entry.kind, entry.word.as_deref()),
                    from: String::new(),
                    to,
                });
                chamber = now;
                there.push(entry);
            }
        }
    }
    let landed = if changes.is_empty() { Landed::Known } else { Landed::Updated(changes) };
    Ok(Landing { chamber, landed, warnings })
}

fn added(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    chamber: Chamber,
    said: EntryBody,
) -> Result<(Chamber, Entry), AppError> {
    let kind = said.kind;
    entries::editing::add(conn, tools, actor, chamber, said, FieldErrors::default()).map_err(|error| {
        match kind {
            Some(kind) => of_entry(kind, error),
            None => error,
        }
    })
}

/// The fields of a record that differ, in the ledger's words.
fn differences(
    tools: Tools<'_>,
    before: &RecordBody<ChamberKind>,
    after: &RecordBody<ChamberKind>,
) -> Vec<Change> {
    let ledger = tools.reference.chamber_ledger();
    let texts = |body: &RecordBody<ChamberKind>| {
        [
            (ChamberColumn::Name, body.name.clone()),
            (ChamberColumn::Kind, body.kind.map(|kind| ledger.kind(kind).to_owned())),
            (
                ChamberColumn::Region,
                body.region.as_ref().map(|code| places::name_of(tools.reference, code, Lang::ZhCn.code())),
            ),
            (ChamberColumn::ContactPerson, body.contact_person.clone()),
            (ChamberColumn::Phone, body.phone.clone()),
            (ChamberColumn::Status, body.status.map(|status| ledger.status(status).to_owned())),
            (ChamberColumn::Note, body.note.clone()),
        ]
    };
    let pairs = texts(before).into_iter().zip(texts(after));
    let differ = pairs.filter(|((_, from), (_, to))| from != to);
    differ
        .map(|((holds, from), (_, to))| {
            // A number is not shown for being imported.
            let shown = |text: Option<String>| match text {
                Some(phone) if holds == ChamberColumn::Phone => mask_phone(&phone),
                text => text.unwrap_or_default(),
            };
            Change { column: header(tools, holds), from: shown(from), to: shown(to) }
        })
        .collect()
}

/// Whether the line speaks of this entry.
fn is_said(said: &EntryBody, entry: &Entry) -> bool {
    let name = said.name.as_deref().unwrap_or_default();
    said.kind == Some(entry.kind)
        && said.word == entry.word
        && name.split_whitespace().eq(entry.name.split_whitespace())
        && (said.from_on.is_none() || said.from_on == entry.from_on)
}

/// What is said, over what is there.
fn over(said: &EntryBody, there: EntryBody) -> EntryBody {
    let said = said.clone();
    let phone = said.phone.map(|phone| normal_phone(&phone).unwrap_or(phone));
    EntryBody {
        kind: there.kind,
        word: there.word,
        name: there.name,
        uscc: said.uscc.or(there.uscc),
        region: said.region.or(there.region),
        address: said.address.or(there.address),
        party: said.party.or(there.party),
        contact_person: said.contact_person.or(there.contact_person),
        phone: phone.or(there.phone),
        from_on: said.from_on.or(there.from_on),
        to_on: said.to_on.or(there.to_on),
        note: said.note.or(there.note),
    }
}

/// Whether a field lacks without which there is no such entry.
fn is_incomplete(said: &EntryBody) -> bool {
    let Some(kind) = said.kind else { return false };
    rules::fields(kind).iter().any(|(field, must)| *must && !said.has(field))
}

fn incomplete(tools: Tools<'_>, said: &EntryBody) -> Warning {
    let column = said.kind.map(|kind| column(tools, kind, said.word.as_deref())).unwrap_or_default();
    Warning {
        code: "entry_incomplete",
        column,
        word: said.name.clone().or(said.word.clone()).unwrap_or_default(),
    }
}

/// An entry in a few words.
fn described(tools: Tools<'_>, entry: &Entry) -> String {
    let lang = Lang::ZhCn.code();
    let word = entry.word.as_deref().and_then(|code| tools.reference.chamber_words().word(entry.kind, code));
    let day = entry.from_on.unwrap_or_default();
    let word = word.map(|word| word.name(lang, day).to_owned());
    let days = match (entry.from_on, entry.to_on) {
        (None, None) => None,
        (from, to) => {
            let text = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
            Some(format!("{}—{}", text(from), text(to)))
        }
    };
    let parts = [word, Some(entry.name.clone()), entry.party.clone(), days];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// The header under which entries of a kind and word stand: a president in the chamber's own line, other officers in
/// theirs.
fn column(tools: Tools<'_>, kind: ChamberEntryKind, word: Option<&str>) -> String {
    let is_president = word == Some(tools.reference.chamber_ledger().president.as_str());
    let holds = match kind {
        ChamberEntryKind::Officer if !is_president => ChamberColumn::Officer,
        kind => ChamberColumn::of_entry(kind),
    };
    header(tools, holds)
}

fn header(tools: Tools<'_>, holds: ChamberColumn) -> String {
    tools.reference.chamber_ledger().header_of(holds.field()).unwrap_or_default().to_owned()
}

/// The faults of an entry, each at the field of the kind's column.
fn of_entry(kind: ChamberEntryKind, error: AppError) -> AppError {
    match error {
        AppError::Invalid(mut errors) => {
            for fault in &mut errors.0 {
                fault.field = format!("{kind}.{}", fault.field).into();
            }
            AppError::Invalid(errors)
        }
        error => error,
    }
}
