//! The pages of imports: bring a file, look at what it would give, confirm.

use super::application::{Application, apply};
use super::record::{discard, upload};
use super::{load, rows};
use crate::accounts::Actor;
use crate::app::App;
use crate::db::AnyConn;
use crate::db::page::PageOf;
use crate::error::{AppError, FieldErrors};
use crate::imports::model::{Import, ImportRow, ImportStatus, RowOutcome};
use crate::imports::pages::{Head, List, Row, Show, Warning};
use crate::imports::preview::content;
use crate::imports::queries::{self, LATEST_FIRST};
use crate::leads::pages::Link;
use crate::schema::leads;
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::params::Params;
use crate::web::roles::LeadEditor;
use crate::web::upload::Uploaded;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use diesel::prelude::*;
use serde_json::Value;
use std::collections::HashMap;

/// Imports and rows on a page.
const ON_PAGE: i64 = 50;

/// `GET /imports`
pub async fn index(
    editor: LeadEditor,
    visit: Visit,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(&["cursor"])?;
    let cursor = params.cursor(&LATEST_FIRST.to_string())?;
    let page = app
        .read(move |_, conn| Ok(queries::page(conn, &editor, LATEST_FIRST, cursor.as_ref(), ON_PAGE)?))
        .await?;
    visit.page(&app, &list(&app, &Form::default(), &FieldErrors::default(), page))
}

/// `POST /imports`: on to the preview, or back with what is wrong with the file.
pub async fn create(
    editor: LeadEditor,
    visit: Visit,
    uploaded: Uploaded,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = editor.0;
    match upload(&app, actor.clone(), uploaded).await {
        Ok(import) => Ok(flash::see_other(format!("/imports/{}", import.id))),
        Err(AppError::Invalid(errors)) => {
            let page = app
                .read(move |_, conn| Ok(queries::page(conn, &actor, LATEST_FIRST, None, ON_PAGE)?))
                .await?;
            let page = list(&app, &Form::default(), &errors, page);
            visit.page_with(&app, &page, HttpResponse::UnprocessableEntity())
        }
        Err(error) => Err(error),
    }
}

/// `GET /imports/{id}?outcome=&cursor=`
pub async fn show(
    editor: LeadEditor,
    visit: Visit,
    id: Path<String>,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(&["outcome", "cursor"])?;
    let lang = visit.lang.code();
    let page = app
        .read(move |app, conn| {
            shown(conn, app, &editor, lang, &id, &params, Form::default(), FieldErrors::default())
        })
        .await?;
    respond(&visit, &app, &page, HttpResponse::Ok())
}

/// `POST /imports/{id}/application`
pub async fn apply_on_page(
    editor: LeadEditor,
    visit: Visit,
    id: Path<String>,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = editor.0;
    let wanted = wanted(&form)?;
    let (applier, path) = (actor.clone(), id.clone());
    let applied = app.write(&actor, move |app, conn| apply(conn, app.tools(), &applier, &path, wanted)).await;
    match applied {
        Ok(import) if import.status == ImportStatus::Applied => {
            let done = Message::new("imports-applied").number("count", import.imported_count);
            Ok(flash::redirect(format!("/imports/{id}"), done))
        }
        Ok(_) => Ok(flash::see_other(format!("/imports/{id}"))),
        Err(AppError::Invalid(errors)) => {
            let lang = visit.lang.code();
            let page = app
                .read(move |app, conn| shown(conn, app, &actor, lang, &id, &Params::default(), form, errors))
                .await?;
            respond(&visit, &app, &page, HttpResponse::UnprocessableEntity())
        }
        Err(error) => Err(error),
    }
}

/// `POST /imports/{id}/discarding`
pub async fn discard_on_page(
    editor: LeadEditor,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = editor.0;
    app.write(&actor.clone(), move |_, conn| discard(conn, &actor, &id)).await?;
    Ok(flash::redirect("/imports", Message::new("imports-discarded")))
}

/// What the confirmation says of duplicates.
fn wanted(form: &Form) -> Result<Application, AppError> {
    let reason = Some(form.text("accept_duplicates").unwrap_or_default());
    Ok(match form.text("duplicates").as_deref() {
        None | Some("none") => Application::default(),
        Some("all") => Application { accept_duplicates: reason, positions: None },
        Some("ticked") => {
            let positions: Result<Vec<i64>, _> =
                form.all("positions").iter().map(|position| position.parse()).collect();
            let positions = positions.map_err(|_| AppError::bad_request("positions", "unknown"))?;
            if positions.is_empty() {
                return Ok(Application::default());
            }
            Application { accept_duplicates: reason, positions: Some(positions) }
        }
        Some(_) => return Err(AppError::bad_request("duplicates", "unknown")),
    })
}

/// While a worker is at it, a browser without scripts looks again by itself.
fn respond(
    visit: &Visit,
    app: &App,
    page: &Show,
    mut response: actix_web::HttpResponseBuilder,
) -> Result<HttpResponse, AppError> {
    if matches!(page.import.status.as_str(), "reading" | "applying") {
        response.insert_header(("Refresh", "2"));
    }
    visit.page_with(app, page, response)
}

fn list(app: &App, form: &Form, errors: &FieldErrors, page: PageOf<Import>) -> List {
    List {
        form: form.filled(errors),
        max_mb: i64::try_from(app.settings.server.upload_limit_mb).unwrap_or(i64::MAX),
        next: page.next_cursor.map(|cursor| format!("/imports?cursor={cursor}")).unwrap_or_default(),
        imports: page.items.into_iter().map(head).collect(),
    }
}

#[expect(clippy::too_many_arguments, reason = "a page, what was typed in it, and what was wrong with it")]
fn shown(
    conn: &mut AnyConn,
    app: &App,
    actor: &Actor,
    lang: &str,
    id: &str,
    params: &Params,
    form: Form,
    errors: FieldErrors,
) -> Result<Show, AppError> {
    let import = load(conn, actor, id)?;
    let outcome = params.one::<RowOutcome>("outcome")?;
    let after = rows::after(params.cursor("position")?.as_ref())?;
    let found = queries::rows(conn, &import.id, outcome, after, ON_PAGE)?;
    let page = PageOf::from_rows(found, ON_PAGE, rows::cursor_of);
    let titles = lead_titles(conn, actor, &page.items)?;
    let base = format!("/imports/{}", import.id);
    Ok(Show {
        form: form.filled(&errors),
        outcome: outcome.map(|outcome| outcome.to_string()).unwrap_or_default(),
        rows: page.items.iter().map(|kept| row(app, lang, kept, &titles)).collect::<Result<_, _>>()?,
        prev: if after < 0 { String::new() } else { format!("{base}?{}", params.with("cursor", None)) },
        next: page
            .next_cursor
            .map(|cursor| format!("{base}?{}", params.with("cursor", Some(&cursor))))
            .unwrap_or_default(),
        skipped: import.skipped_sheets.0.clone(),
        leads: format!("/leads?import={}", import.id),
        import: head(import),
    })
}

fn head(import: Import) -> Head {
    Head {
        id: import.id.to_string(),
        file_name: import.file_name,
        status: import.status.to_string(),
        rows: import.row_count,
        new: import.new_count,
        duplicate: import.duplicate_count,
        rejected: import.rejected_count,
        imported: import.imported_count,
        failure: import.failure.map(|code| code.replace('_', "-")),
        created_at: import.created_at,
        applied_at: import.applied_at,
    }
}

/// Titles of the leads that rows became or duplicate, of those that the reader sees.
fn lead_titles(
    conn: &mut AnyConn,
    actor: &Actor,
    rows: &[ImportRow],
) -> Result<HashMap<String, String>, AppError> {
    let ids: Vec<_> = rows.iter().flat_map(|row| row.lead_id.iter().chain(&row.of_lead).cloned()).collect();
    let found = crate::leads::queries::visible_to(actor)
        .filter(leads::id.eq_any(ids))
        .select((leads::id, leads::code, leads::title))
        .load::<(crate::db::Id, String, String)>(conn)?;
    Ok(found.into_iter().map(|(id, code, title)| (id.to_string(), format!("{code} {title}"))).collect())
}

fn row(app: &App, lang: &str, kept: &ImportRow, titles: &HashMap<String, String>) -> Result<Row, AppError> {
    let content = content(&app.keys, kept)?;
    // A duplicate is shown by what it would be as a lead: somebody has to tell whether it is another one.
    let lead = content.accepted_report.as_ref().unwrap_or(&content.report);
    let text = |name: &str| lead.get(name).and_then(Value::as_str).map(str::to_owned);
    let link = |id: &Option<crate::db::Id>| {
        let id = id.as_ref()?;
        Some(Link { href: format!("/leads/{id}"), label: titles.get(id.as_str())?.clone() })
    };
    Ok(Row {
        position: kept.position,
        sheet: kept.sheet.clone(),
        row: kept.sheet_row,
        outcome: kept.outcome.to_string(),
        title: text("title"),
        investor: text("investor"),
        county: text("county").map(|code| app.reference.region_name(&code, lang).to_owned()),
        total_investment_fen: lead.get("total_investment_fen").and_then(Value::as_i64),
        stage: text("stage"),
        field: kept.field.clone(),
        code: kept.code.as_ref().map(|code| code.replace('_', "-")),
        word: content.word,
        of_row: kept.of_row,
        of_lead: link(&kept.of_lead),
        duplicate_reason: content.duplicate_reason,
        accepted: kept.accepted,
        warnings: content
            .warnings
            .into_iter()
            .map(|(code, field, word)| Warning { code: code.replace('_', "-"), field, word })
            .collect(),
        cells: content.cells,
        lead: link(&kept.lead_id),
    })
}
