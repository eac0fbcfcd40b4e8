//! `/chambers/{id}/entries/{entry}`: an entry with its papers, and its removal.

use crate::accounts::Actor;
use crate::app::App;
use crate::attachments::Owner;
use crate::attachments::pages::Attachments;
use crate::chambers::entries::model::Entry;
use crate::chambers::entries::view::EntryView;
use crate::chambers::entries::{ChamberEntryKind, editing};
use crate::chambers::pages::{EntryPage, EntryPart, EntryRow, RemovalPage};
use crate::chambers::{Chamber, policy, view};
use crate::clock;
use crate::error::AppError;
use crate::registers::forms::returned;
use crate::registers::places;
use crate::web::filled::{Choice, Filled};
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::{Lang, Message};
use crate::web::roles::ChamberReader;
use crate::web::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, HttpResponseBuilder};

/// `GET /chambers/{id}/entries/{entry}`
pub async fn page(
    reader: ChamberReader,
    visit: Visit,
    path: Path<(String, String)>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (lang, (id, entry)) = (visit.lang, path.into_inner());
    let page = app
        .read(move |app, conn| {
            let (chamber, entry) = editing::find(conn, &reader, &id, &entry)?;
            let owner = Owner::ChamberEntry(chamber.clone(), entry.clone());
            let may_reveal = policy::may_keep(&reader, &app.reference, chamber.region.as_deref());
            Ok(EntryPage {
                attachments: Attachments::of(conn, app, &reader, &owner)?,
                may_edit: policy::may_keep_entry(&reader, &app.reference, &chamber, entry.kind),
                may_reveal: may_reveal && entry.phone_encrypted.is_some(),
                entry: row(app, lang, entry)?,
                chamber: super::row(app, lang, view::detail(conn, app.tools(), &reader, chamber)?),
            })
        })
        .await?;
    visit.page(&app, &page)
}

/// `GET /chambers/{id}/entries/{entry}/removal`
pub async fn removal(
    reader: ChamberReader,
    visit: Visit,
    path: Path<(String, String)>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    asked(&app, &visit, reader.0, path.into_inner(), Filled::new(), StatusCode::OK).await
}

/// `POST /chambers/{id}/entries/{entry}/removal`
pub async fn submit_removal(
    reader: ChamberReader,
    visit: Visit,
    path: Path<(String, String)>,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let at = path.into_inner();
    let (actor, (id, entry), seen) = (reader.0.clone(), at.clone(), form.version());
    let done = app
        .write(&reader, move |app, conn| {
            let found = editing::find_editable(conn, app.tools(), &actor, &id, &entry)?;
            seen.require(found.0.version)?;
            editing::remove(conn, &actor, found)
        })
        .await;
    match done {
        Ok(chamber) => {
            Ok(flash::redirect(format!("/chambers/{}", chamber.id), Message::new("register-deleted")))
        }
        Err(error) => {
            let (filled, status) = returned(&form, error)?;
            asked(&app, &visit, reader.0, at, filled, status).await
        }
    }
}

async fn asked(
    app: &App,
    visit: &Visit,
    actor: Actor,
    (id, entry): (String, String),
    form: Filled,
    status: StatusCode,
) -> Result<HttpResponse, AppError> {
    let lang = visit.lang;
    let page = app
        .read(move |app, conn| {
            let (chamber, entry) = editing::find_editable(conn, app.tools(), &actor, &id, &entry)?;
            Ok(RemovalPage {
                version: chamber.version,
                entry: row(app, lang, entry)?,
                chamber: super::row(app, lang, view::detail(conn, app.tools(), &actor, chamber)?),
                form,
            })
        })
        .await?;
    visit.page_with(app, &page, HttpResponseBuilder::new(status))
}

/// The entries of a chamber as its page shows them, a part a kind; what ended stands last.
pub fn parts(
    app: &App,
    lang: Lang,
    actor: &Actor,
    chamber: &Chamber,
    entries: Vec<Entry>,
) -> Result<Vec<EntryPart>, AppError> {
    let mut rows = entries.into_iter().map(|entry| row(app, lang, entry)).collect::<Result<Vec<_>, _>>()?;
    rows.sort_by_key(|row| row.standing == "ended");
    Ok(ChamberEntryKind::ALL
        .iter()
        .map(|kind| EntryPart {
            kind: kind.to_string(),
            rows: rows.iter().filter(|row| row.kind == kind.as_str()).cloned().collect(),
            may_add: policy::may_keep_entry(actor, &app.reference, chamber, *kind),
        })
        .collect())
}

/// An entry as pages show it, its word under the name of the day it began.
pub fn row(app: &App, lang: Lang, entry: Entry) -> Result<EntryRow, AppError> {
    let shown = EntryView::of(app.tools(), entry)?;
    let day = shown.from_on.unwrap_or_else(clock::today);
    let word = shown.word.map(|code| match app.reference.chamber_words().word(shown.kind, &code) {
        Some(word) => word.name(lang.code(), day).to_owned(),
        None => code,
    });
    Ok(EntryRow {
        id: shown.id.to_string(),
        kind: shown.kind.to_string(),
        word,
        name: shown.name,
        uscc: shown.uscc,
        region: shown.region.map(|code| places::name_of(&app.reference, &code, lang.code())),
        address: shown.address,
        party: shown.party,
        contact_person: shown.contact_person,
        phone: shown.phone,
        from_on: shown.from_on,
        to_on: shown.to_on,
        standing: shown.standing.to_string(),
        note: shown.note,
    })
}

/// The words of a kind under their names of today, as choices.
pub fn words(app: &App, lang: Lang, kind: ChamberEntryKind) -> Vec<Choice> {
    let words = app.reference.chamber_words().of(kind).iter();
    words.map(|word| Choice::named(&word.code, word.name(lang.code(), clock::today()))).collect()
}
