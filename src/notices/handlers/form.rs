//! `/notices/new`, `POST /notices`, `/notices/{id}/edit`, `POST /notices/{id}`: writing and changing by a form.

use crate::accounts::Actor;
use crate::app::App;
use crate::chambers::model::ChamberKind;
use crate::clock;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::notices::editing::Audience;
use crate::notices::forms::{NoticeBody, NoticeInput};
use crate::notices::model::NoticeAudience;
use crate::notices::pages::Form as FormPage;
use crate::notices::{Notice, editing, view};
use crate::registers::small_page::{self, Reader};
use crate::web::filled::{Choice, Filled};
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::roles::{NoticeKeeper, NoticeReader};
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

/// `GET /notices/new`
pub async fn new_form(keeper: NoticeKeeper, visit: Visit, app: Data<App>) -> Result<HttpResponse, AppError> {
    small_page::show(&app, &visit, keeper.0, None, make).await
}

/// `POST /notices`
pub async fn submit(
    keeper: NoticeKeeper,
    visit: Visit,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    saved(&app, &visit, keeper.0, None, form).await
}

/// `GET /notices/{id}/edit`
pub async fn edit_form(
    reader: NoticeReader,
    visit: Visit,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    small_page::show(&app, &visit, reader.0, Some(id.into_inner()), make).await
}

/// `POST /notices/{id}`
pub async fn submit_edit(
    reader: NoticeReader,
    visit: Visit,
    id: Path<String>,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    saved(&app, &visit, reader.0, Some(id.into_inner()), form).await
}

async fn saved(
    app: &App,
    visit: &Visit,
    actor: Actor,
    id: Option<String>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let work = |conn: &mut AnyConn, _: &App, actor: &Actor, id: &Option<String>, mut form: Form| {
        let before = match id {
            Some(id) => Some(editing::load_editable(conn, actor, id)?),
            None => None,
        };
        if let Some(before) = &before {
            form.version().require(before.version)?;
        }
        let body = NoticeBody::from_form(&mut form);
        let input = NoticeInput::check(body, clock::today(), form.errors)?;
        match before {
            Some(before) => editing::edit(conn, actor, before, input),
            None => editing::register(conn, actor, input),
        }
    };
    let done =
        |notice: Notice| flash::redirect(format!("/notices/{}", notice.id), Message::new("register-saved"));
    small_page::submit(app, visit, actor, id, form, work, done, make).await
}

/// The form, of a new one or of this one, filled as it was typed or else as it is.
fn make(
    conn: &mut AnyConn,
    _: &App,
    reader: &Reader,
    id: Option<String>,
    filled: Option<Filled>,
) -> Result<FormPage, AppError> {
    let audiences = NoticeAudience::ALL.iter().map(|one| Choice::code(one.as_str())).collect();
    let mut page = FormPage { audiences, ..FormPage::default() };
    page.form = match id {
        None => filled.unwrap_or_else(|| {
            Filled::new().value("audience", "all").value("from_on", clock::today().to_string())
        }),
        Some(id) => {
            let notice = editing::load_editable(conn, &reader.actor, &id)?;
            let audience = Audience::of(conn, &notice)?;
            let typed = filled.unwrap_or_else(|| as_typed(editing::as_body(&notice, &audience), &audience));
            page.version = notice.version;
            page.notice = Some(super::row(&view::detail(conn, &reader.actor, notice)?));
            typed
        }
    };
    let ticked = page.form.values.get("kinds").map(String::as_str).unwrap_or_default();
    let kind = |kind: &ChamberKind| (kind.to_string(), ticked.lines().any(|one| one == kind.as_str()));
    page.kinds = ChamberKind::ALL.iter().map(kind).collect();
    Ok(page)
}

/// A notice as its form says it.
fn as_typed(body: NoticeBody, audience: &Audience) -> Filled {
    let lines = |words: Vec<String>| words.join("\n");
    let chambers = audience.chambers.iter().map(|(_, code, name)| format!("{code} {name}")).collect();
    let values = [
        ("title", body.title),
        ("text", body.text),
        ("audience", body.audience.map(|audience| audience.to_string())),
        ("kinds", Some(lines(body.kinds.iter().map(ToString::to_string).collect()))),
        ("chambers", Some(lines(chambers))),
        ("from_on", body.from_on.map(|day| day.to_string())),
        ("until_on", body.until_on.map(|day| day.to_string())),
    ];
    values
        .into_iter()
        .fold(Filled::new(), |filled, (field, text)| filled.value(field, text.unwrap_or_default()))
}
