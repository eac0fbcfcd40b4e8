//! The pages of imports: bring a file, look at what it would give, confirm.

use super::application::{Application, apply};
use super::record::{begin_again, discard, reread, upload};
use super::{load, rows};
use crate::accounts::Actor;
use crate::app::App;
use crate::db::AnyConn;
use crate::db::page::PageOf;
use crate::error::{AppError, FieldErrors};
use crate::imports::model::{Import, ImportKind, ImportRow, ImportStatus, RowOutcome};
use crate::imports::pages::{Head, List, Row, Show, Warning};
use crate::imports::preview::content;
use crate::imports::queries::{self, LATEST_FIRST};
use crate::imports::reason;
use crate::leads::pages::Link;
use crate::registers::places;
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::params::Params;
use crate::web::roles::LeadEditor;
use crate::web::upload::Uploaded;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde_json::Value;
use std::collections::HashMap;

/// The headers are to tell which ledger it is.
const TOLD: &str = "told";

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
    let kind = match uploaded.field("kind") {
        None | Some(TOLD) => None,
        Some(kind) => Some(kind.parse().map_err(|_| AppError::invalid("kind", "unknown"))?),
    };
    match upload(&app, actor.clone(), uploaded, kind).await {
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
            let done = match import.kind {
                ImportKind::Leads => Message::new("imports-applied").number("count", import.imported_count),
                kind => Message::of("imports-applied", kind.as_str())
                    .number("count", import.imported_count)
                    .number("updated", import.updated_count),
            };
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

/// `POST /imports/{id}/kind`: it is another ledger than it was taken for.
pub async fn reread_on_page(
    editor: LeadEditor,
    visit: Visit,
    id: Path<String>,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = editor.0;
    let kind = form.chosen::<ImportKind>("kind")?;
    let (reader, path) = (actor.clone(), id.clone());
    // Reading takes a while: nobody who writes waits for it.
    let read = app.read(move |app, conn| reread(conn, app.tools(), &reader, &path, kind)).await;
    match read {
        Ok(reading) => {
            let (reader, path) = (actor.clone(), id.clone());
            app.write(&actor, move |app, conn| begin_again(conn, app.tools(), &reader, &path, reading))
                .await?;
            Ok(flash::see_other(format!("/imports/{id}")))
        }
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
    let mut form = form.filled(errors);
    form.values.entry("kind".to_owned()).or_insert_with(|| TOLD.to_owned());
    List {
        form,
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
    let titles = queries::titles(conn, actor, import.kind, &page.items)?;
    let base = format!("/imports/{}", import.id);
    Ok(Show {
        form: form.filled(&errors),
        outcome: outcome.map(|outcome| outcome.to_string()).unwrap_or_default(),
        tabs: tabs(&import),
        rows: page
            .items
            .iter()
            .map(|kept| row(app, lang, import.kind, kept, &titles))
            .collect::<Result<_, _>>()?,
        prev: if after < 0 { String::new() } else { format!("{base}?{}", params.with("cursor", None)) },
        next: page
            .next_cursor
            .map(|cursor| format!("{base}?{}", params.with("cursor", Some(&cursor))))
            .unwrap_or_default(),
        skipped: import.skipped_sheets.0.clone(),
        records: match import.kind {
            // The register does not keep which import a chamber came by.
            ImportKind::Chambers => "/chambers?sort=-updated_at".to_owned(),
            kind => format!("/{kind}?import={}", import.id),
        },
        others: ImportKind::ALL
            .iter()
            .filter(|kind| **kind != import.kind)
            .map(ToString::to_string)
            .collect(),
        import: head(import),
    })
}

fn tabs(import: &Import) -> Vec<String> {
    use RowOutcome::{Changed, Duplicate, Imported, New, Rejected, Updated};
    let outcomes: &[RowOutcome] = match (import.kind.changes(), import.status == ImportStatus::Applied) {
        (false, false) => &[New, Duplicate, Rejected],
        (false, true) => &[Imported, Duplicate, Rejected],
        (true, false) => &[New, Changed, Duplicate, Rejected],
        (true, true) => &[Imported, Updated, Duplicate, Rejected],
    };
    outcomes.iter().map(ToString::to_string).collect()
}

fn head(import: Import) -> Head {
    Head {
        id: import.id.to_string(),
        kind: import.kind.to_string(),
        changes: import.kind.changes(),
        file_name: import.file_name,
        status: import.status.to_string(),
        rows: import.row_count,
        new: import.new_count,
        changed: import.changed_count,
        duplicate: import.duplicate_count,
        rejected: import.rejected_count,
        imported: import.imported_count,
        updated: import.updated_count,
        failure: import.failure.map(|code| code.replace('_', "-")),
        created_at: import.created_at,
        applied_at: import.applied_at,
    }
}

fn row(
    app: &App,
    lang: &str,
    kind: ImportKind,
    kept: &ImportRow,
    titles: &HashMap<String, (String, String)>,
) -> Result<Row, AppError> {
    let content = content(&app.keys, kept)?;
    // A duplicate is shown by what it would be as a lead: somebody has to tell whether it is another one.
    let line = content.accepted_report.as_ref().unwrap_or(&content.report);
    let text = |name: &str| line.get(name).and_then(Value::as_str).map(str::to_owned);
    let link = |id: &Option<crate::db::Id>| {
        let id = id.as_ref()?;
        let (code, title) = titles.get(id.as_str())?;
        Some(Link { href: format!("/{kind}/{id}"), label: format!("{code} {title}") })
    };
    let is_rejected = kept.outcome == RowOutcome::Rejected;
    let warning = |(code, field, word): (String, String, String)| {
        let (field, column) = if kind.changes() { (String::new(), field) } else { (field, String::new()) };
        Warning { code: code.replace('_', "-"), field, column, word }
    };
    Ok(Row {
        position: kept.position,
        sheet: kept.sheet.clone(),
        row: kept.sheet_row,
        outcome: kept.outcome.to_string(),
        title: text("title").or_else(|| text("name")),
        investor: text("investor").or_else(|| text("investor_name")),
        county: text("county")
            .map(|code| app.reference.region_name(&code, lang).to_owned())
            .or_else(|| text("region").map(|code| places::name_of(&app.reference, &code, lang))),
        total_investment_fen: line.get("total_investment_fen").and_then(Value::as_i64),
        stage: text("stage"),
        reason: is_rejected.then(|| reason::reason(kept, &content)),
        field: kept.field.clone(),
        column: reason::column(&app.reference, kind, kept, &content),
        of_row: kept.of_row,
        of_record: link(&kept.of_record),
        duplicate_reason: content.duplicate_reason,
        accepted: kept.accepted,
        changes: if is_rejected { Vec::new() } else { content.changes },
        warnings: content.warnings.into_iter().map(warning).collect(),
        cells: content.cells,
        record: link(&kept.record_id),
    })
}
