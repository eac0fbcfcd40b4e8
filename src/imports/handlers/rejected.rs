//! `/imports/{id}/rejected`: the rejected rows as a spreadsheet, with the reason in the last column.

use super::load;
use crate::app::App;
use crate::error::AppError;
use crate::imports::model::{ImportKind, ImportRow, RowContent, RowOutcome};
use crate::imports::preview::content;
use crate::imports::queries;
use crate::imports::reason::{column, reason};
use crate::web::download;
use crate::web::i18n::{Lang, Message};
use crate::web::roles::LeadEditor;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use rust_xlsxwriter::{Format, Workbook};

/// `GET /api/v1/imports/{id}/rejected`, and the page's download: corrected there, the file is imported again.
pub async fn show(
    editor: LeadEditor,
    visit: Visit,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let lang = visit.lang;
    let (name, bytes) = app
        .read(move |app, conn| {
            let import = load(conn, &editor, &id)?;
            let mut rows = Vec::new();
            let mut after = -1;
            loop {
                let page = queries::rows(conn, &import.id, Some(RowOutcome::Rejected), after, 1_000)?;
                let Some(last) = page.last().map(|row| row.position) else { break };
                after = last;
                rows.extend(page);
            }
            let file = sheet(app, lang, import.kind, &rows)?;
            Ok((import.file_name, file))
        })
        .await?;
    let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem).to_owned();
    let label = app.views.i18n().say(lang, &Message::new("import-rejected-file"));
    Ok(download::xlsx(&format!("{stem}-{label}.xlsx"), bytes))
}

fn sheet(app: &App, lang: Lang, kind: ImportKind, rows: &[ImportRow]) -> Result<Vec<u8>, AppError> {
    let failed = |error: rust_xlsxwriter::XlsxError| AppError::Internal(error.into());
    let contents = rows.iter().map(|row| content(&app.keys, row)).collect::<Result<Vec<_>, _>>()?;
    let mut headers: Vec<String> = Vec::new();
    for (header, _) in contents.iter().flat_map(|content| &content.cells) {
        if !headers.contains(header) {
            headers.push(header.clone());
        }
    }
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let bold = Format::new().set_bold();
    let reason = app.views.i18n().say(lang, &Message::new("import-reason"));
    for (column, header) in (0_u16..).zip(headers.iter().chain([&reason])) {
        sheet.write_string_with_format(0, column, header, &bold).map_err(failed)?;
    }
    for (line, (row, content)) in (1_u32..).zip(rows.iter().zip(&contents)) {
        for (header, text) in &content.cells {
            let column = headers.iter().position(|known| known == header).unwrap_or_default();
            // Always as text: what looked like a formula stays a text.
            sheet.write_string(line, u16::try_from(column).unwrap_or(u16::MAX), text).map_err(failed)?;
        }
        let last = u16::try_from(headers.len()).unwrap_or(u16::MAX);
        sheet.write_string(line, last, why(app, lang, kind, row, content)).map_err(failed)?;
    }
    sheet.autofit();
    book.save_to_buffer().map_err(failed)
}

/// The reason in words: the column, what is wrong, and the cell.
fn why(app: &App, lang: Lang, kind: ImportKind, row: &ImportRow, content: &RowContent) -> String {
    let i18n = app.views.i18n();
    let field = match (column(&app.reference, kind, row, content), kind) {
        (Some(column), _) => column,
        (None, ImportKind::Projects | ImportKind::Chambers) => return i18n.say(lang, &reason(row, content)),
        (None, ImportKind::Leads) => {
            i18n.say(lang, &Message::of("field", row.field.as_deref().unwrap_or("row")))
        }
    };
    format!("{field}: {}", i18n.say(lang, &reason(row, content)))
}
