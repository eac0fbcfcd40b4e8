//! `/leads/export`: the leads of a list as a file, with a reason.

use super::list::{filter, permit_page, tally};
use super::small_page::returned;
use crate::accounts::Actor;
use crate::app::App;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::exports::ExportFormat;
use crate::leads::export::export;
use crate::leads::pages::Export as ExportPage;
use crate::leads::queries::{self, At, LeadFilter, Sort, SortField};
use crate::web::download;
use crate::web::filled::Filled;
use crate::web::form::Form;
use crate::web::i18n::{Lang, Message};
use crate::web::params::Params;
use crate::web::roles::LeadExporter;
use crate::web::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpResponse, HttpResponseBuilder};
use chrono::NaiveDate;

/// `GET /leads/export?…`: how many leads, under which conditions, and the question why.
pub async fn form(
    exporter: LeadExporter,
    visit: Visit,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    shown(&app, &visit, exporter.0, params, Filled::new(), StatusCode::OK).await
}

/// `POST /leads/export?…`: the file.
pub async fn submit(
    exporter: LeadExporter,
    visit: Visit,
    params: Params,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (actor, asked) = (exporter.0.clone(), params.clone());
    let reason = form.text("reason").unwrap_or_default();
    let done = app
        .write(&exporter, move |app, conn| {
            permit_page(&asked)?;
            let (filter, _) = filter(conn, app, &actor, &asked)?;
            export(conn, app.tools(), app.views.i18n(), &actor, &filter, &reason, ExportFormat::Xlsx)
        })
        .await;
    match done {
        Ok(bytes) => Ok(download::export("leads", ExportFormat::Xlsx, bytes)),
        Err(error) => {
            let (filled, status) = returned(&form, error)?;
            shown(&app, &visit, exporter.0, params, filled, status).await
        }
    }
}

async fn shown(
    app: &App,
    visit: &Visit,
    actor: Actor,
    params: Params,
    form: Filled,
    status: StatusCode,
) -> Result<HttpResponse, AppError> {
    let lang = visit.lang;
    let page = app
        .read(move |app, conn| {
            permit_page(&params)?;
            let list = tally(conn, app, &actor, &params)?;
            let from = registered(conn, &actor, &list.filter, false)?;
            let to = registered(conn, &actor, &list.filter, true)?;
            let query = params.to_query();
            let action =
                if query.is_empty() { "/leads/export".to_owned() } else { format!("/leads/export?{query}") };
            let conditions = conditions(app, lang, &params);
            Ok(ExportPage { form, action, back: list.href, count: list.count, from, to, conditions })
        })
        .await?;
    visit.page_with(app, &page, HttpResponseBuilder::new(status))
}

/// The first or the last day of registration among the leads.
fn registered(
    conn: &mut AnyConn,
    actor: &Actor,
    filter: &LeadFilter,
    descending: bool,
) -> Result<Option<NaiveDate>, AppError> {
    let sort = Sort { field: SortField::RegisteredOn, descending };
    let page = queries::page(conn, actor, filter, sort, &At::Start, 1)?;
    Ok(page.and_then(|page| page.items.into_iter().next()).map(|(lead, ..)| lead.registered_on))
}

/// The conditions in words: (message key of the filter, value).
fn conditions(app: &App, lang: Lang, params: &Params) -> Vec<(String, String)> {
    let (reference, code) = (&app.reference, lang.code());
    let each = |value: &str, name: &dyn Fn(&str) -> String| {
        value.split(',').map(|word| name(word.trim())).collect::<Vec<_>>().join(" ")
    };
    let word =
        |family: &'static str| move |word: &str| app.views.i18n().say(lang, &Message::of(family, word));
    params
        .iter()
        .filter_map(|(name, value)| {
            let (key, text) = match name {
                "q" => ("leads-filter-q", value.to_owned()),
                "county" => {
                    ("field-county", each(value, &|code_| reference.region_name(code_, code).to_owned()))
                }
                "industry" => {
                    ("field-industry", each(value, &|code_| reference.industry_name(code_, code).to_owned()))
                }
                "stage" => ("field-stage", each(value, &word("stage"))),
                "status" => ("field-status", each(value, &word("status"))),
                "source" => ("field-source_kind", each(value, &word("source"))),
                _ => return None,
            };
            Some((key.to_owned(), text))
        })
        .collect()
}
