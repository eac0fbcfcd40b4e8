//! `/chambers/export`: the chambers of a list as a file, with a reason.

use crate::accounts::Actor;
use crate::app::App;
use crate::chambers::ledger::export::export;
use crate::chambers::model::ChamberKind;
use crate::chambers::pages::Export as ExportPage;
use crate::chambers::queries;
use crate::error::AppError;
use crate::exports::ExportFormat;
use crate::registers::forms::returned;
use crate::registers::{ListQuery, RegisterFilter};
use crate::web::download;
use crate::web::filled::{Choice, Filled};
use crate::web::form::Form;
use crate::web::params::Params;
use crate::web::roles::ChamberExporter;
use crate::web::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpResponse, HttpResponseBuilder};

/// The list's filters.
const FILTERS: &[&str] = &["kind", "region", "status", "expiring", "q"];

/// Of the parameters of a list those that say what is exported, as a query.
pub fn query_of(params: &Params) -> String {
    let filters = params.iter().filter(|(name, _)| FILTERS.contains(name)).collect::<Vec<_>>();
    Params::of(&filters).to_query()
}

/// `GET /api/v1/chambers/export?reason=`, with the list's filters.
pub async fn show(
    exporter: ChamberExporter,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let reason = params.text("reason").ok_or_else(|| AppError::bad_request("reason", "required"))?.to_owned();
    let filter = filter(&app, &params.without("reason"))?;
    let bytes = taken(&app, &exporter, filter, reason, ExportFormat::Xlsx).await?;
    Ok(download::export("chambers", ExportFormat::Xlsx, bytes))
}

/// `GET /chambers/export?…`: how many chambers, and the question why.
pub async fn form(
    exporter: ChamberExporter,
    visit: Visit,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    shown(&app, &visit, exporter.0, params, Filled::new(), StatusCode::OK).await
}

/// `POST /chambers/export?…`: the file.
pub async fn submit(
    exporter: ChamberExporter,
    visit: Visit,
    params: Params,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let format = match form.text("format").as_deref() {
        Some("csv") => ExportFormat::Csv,
        _ => ExportFormat::Xlsx,
    };
    let filter = filter(&app, &params)?;
    match taken(&app, &exporter, filter, form.text("reason").unwrap_or_default(), format).await {
        Ok(bytes) => Ok(download::export("chambers", format, bytes)),
        Err(error) => {
            let (filled, status) = returned(&form, error)?;
            shown(&app, &visit, exporter.0, params, filled, status).await
        }
    }
}

fn filter(app: &App, params: &Params) -> Result<RegisterFilter<ChamberKind>, AppError> {
    params.only(FILTERS)?;
    Ok(ListQuery::of_chambers(params, &app.reference)?.filter)
}

async fn taken(
    app: &App,
    actor: &Actor,
    filter: RegisterFilter<ChamberKind>,
    reason: String,
    format: ExportFormat,
) -> Result<Vec<u8>, AppError> {
    let by = actor.clone();
    app.write(actor, move |app, conn| {
        export(conn, app.tools(), app.views.i18n(), &by, &filter, &reason, format)
    })
    .await
}

async fn shown(
    app: &App,
    visit: &Visit,
    actor: Actor,
    params: Params,
    mut form: Filled,
    status: StatusCode,
) -> Result<HttpResponse, AppError> {
    form.values.entry("format".to_owned()).or_insert_with(|| "xlsx".to_owned());
    let filter = filter(app, &params)?;
    let query = params.to_query();
    let at = |path: &str| if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") };
    let (action, back) = (at("/chambers/export"), at("/chambers"));
    let page = app
        .read(move |_, conn| {
            let count = queries::count(conn, &actor, &filter)?;
            Ok(ExportPage { form, action, back, count, formats: ["xlsx", "csv"].map(Choice::code).into() })
        })
        .await?;
    visit.page_with(app, &page, HttpResponseBuilder::new(status))
}
