//! `/chambers/{id}/entries/new?kind=`, `/chambers/{id}/entries/{entry}/edit`: adding and changing an entry by a form.

use super::entry_page::words;
use crate::accounts::Actor;
use crate::app::App;
use crate::chambers::editing::load;
use crate::chambers::entries::body::EntryBody;
use crate::chambers::entries::{ChamberEntryKind, editing, rules};
use crate::chambers::pages::EntryForm;
use crate::chambers::view;
use crate::contacts::model::mask_phone;
use crate::error::AppError;
use crate::registers::forms::returned;
use crate::registers::places;
use crate::web::filled::Filled;
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::params::Params;
use crate::web::roles::ChamberReader;
use crate::web::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, HttpResponseBuilder};

/// A new entry of this kind, or the entry of a path.
#[derive(Clone)]
enum Which {
    New(ChamberEntryKind),
    Kept(String),
}

/// `GET /chambers/{id}/entries/new?kind=`; without a kind it is a member's.
pub async fn new_form(
    reader: ChamberReader,
    visit: Visit,
    id: Path<String>,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(&["kind"])?;
    let kind = params.one("kind")?.unwrap_or(ChamberEntryKind::Member);
    shown(&app, &visit, reader.0, (id.into_inner(), Which::New(kind)), None, StatusCode::OK).await
}

/// `POST /chambers/{id}/entries`
pub async fn submit(
    reader: ChamberReader,
    visit: Visit,
    id: Path<String>,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let kind = form.chosen("kind")?;
    saved(&app, &visit, reader.0, (id.into_inner(), Which::New(kind)), form).await
}

/// `GET /chambers/{id}/entries/{entry}/edit`
pub async fn edit_form(
    reader: ChamberReader,
    visit: Visit,
    path: Path<(String, String)>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (id, entry) = path.into_inner();
    shown(&app, &visit, reader.0, (id, Which::Kept(entry)), None, StatusCode::OK).await
}

/// `POST /chambers/{id}/entries/{entry}`
pub async fn submit_edit(
    reader: ChamberReader,
    visit: Visit,
    path: Path<(String, String)>,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (id, entry) = path.into_inner();
    saved(&app, &visit, reader.0, (id, Which::Kept(entry)), form).await
}

async fn saved(
    app: &App,
    visit: &Visit,
    actor: Actor,
    at: (String, Which),
    form: Form,
) -> Result<HttpResponse, AppError> {
    let (by, (id, which), mut typed) = (actor.clone(), at.clone(), form.clone());
    let done = app
        .write(&actor, move |app, conn| {
            let tools = app.tools();
            match which {
                Which::New(_) => {
                    let chamber = load(conn, &by, &id)?;
                    typed.version().require(chamber.version)?;
                    let body = EntryBody::from_form(&mut typed, None, &app.reference);
                    editing::add(conn, tools, &by, chamber, body, typed.errors)
                }
                Which::Kept(entry) => {
                    let before = editing::find_editable(conn, tools, &by, &id, &entry)?;
                    typed.version().require(before.0.version)?;
                    let kept = EntryBody::of(tools, &before.1)?;
                    let body = EntryBody::from_form(&mut typed, Some(&kept), &app.reference);
                    editing::edit(conn, tools, &by, before, body, typed.errors)
                }
            }
        })
        .await;
    match done {
        Ok((chamber, entry)) => {
            let there = format!("/chambers/{}#{}", chamber.id, entry.kind);
            Ok(flash::redirect(there, Message::new("register-saved")))
        }
        Err(error) => {
            let (filled, status) = returned(&form, error)?;
            shown(app, visit, actor, at, Some(filled), status).await
        }
    }
}

async fn shown(
    app: &App,
    visit: &Visit,
    actor: Actor,
    (id, which): (String, Which),
    filled: Option<Filled>,
    status: StatusCode,
) -> Result<HttpResponse, AppError> {
    let lang = visit.lang;
    let page = app
        .read(move |app, conn| {
            let (chamber, entry, kind) = match which {
                Which::New(kind) => {
                    let chamber = load(conn, &actor, &id)?;
                    editing::allow(app.tools(), &actor, &chamber, kind)?;
                    (chamber, None, kind)
                }
                Which::Kept(entry) => {
                    let (chamber, entry) = editing::find_editable(conn, app.tools(), &actor, &id, &entry)?;
                    let kind = entry.kind;
                    (chamber, Some(entry), kind)
                }
            };
            let body = entry.as_ref().map(|entry| EntryBody::of(app.tools(), entry)).transpose()?;
            Ok(EntryForm {
                version: chamber.version,
                kind: kind.to_string(),
                entry: entry.map(|entry| entry.id.to_string()),
                fields: rules::fields(kind).to_vec(),
                words: words(app, lang, kind),
                regions: match rules::has(kind, "region") {
                    true => places::choices(&app.reference, lang.code()),
                    false => Vec::new(),
                },
                phone_kept: body.as_ref().and_then(|body| body.phone.as_deref()).map(mask_phone),
                form: filled.unwrap_or_else(|| as_typed(app, lang.code(), body.unwrap_or_default())),
                chamber: super::row(app, lang, view::detail(conn, app.tools(), &actor, chamber)?),
            })
        })
        .await?;
    visit.page_with(app, &page, HttpResponseBuilder::new(status))
}

/// An entry as its form says it, without the phone.
fn as_typed(app: &App, lang: &str, body: EntryBody) -> Filled {
    let region = body.region.map(|code| places::name_of(&app.reference, &code, lang));
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string());
    let values = [
        ("word", body.word),
        ("name", body.name),
        ("uscc", body.uscc),
        ("region", region),
        ("address", body.address),
        ("party", body.party),
        ("contact_person", body.contact_person),
        ("from_on", day(body.from_on)),
        ("to_on", day(body.to_on)),
        ("note", body.note),
    ];
    values
        .into_iter()
        .fold(Filled::new(), |filled, (field, text)| filled.value(field, text.unwrap_or_default()))
}
