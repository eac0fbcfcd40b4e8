//! `/projects/export`: the projects of a list as the bureau's ledger, with a reason.

use super::list::{FILTERS, counted, filter};
use crate::accounts::Actor;
use crate::app::App;
use crate::error::AppError;
use crate::exports::ExportFormat;
use crate::leads::handlers::small_page::returned;
use crate::projects::ledger::export::export;
use crate::projects::pages::Export as ExportPage;
use crate::web::download;
use crate::web::filled::{Choice, Filled};
use crate::web::form::Form;
use crate::web::params::Params;
use crate::web::roles::ProjectExporter;
use crate::web::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpResponse, HttpResponseBuilder};

/// `GET /projects/export?…`: how many projects, and the question why.
pub async fn form(
    exporter: ProjectExporter,
    visit: Visit,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    shown(&app, &visit, exporter.0, params, Filled::new(), StatusCode::OK).await
}

/// `POST /projects/export?…`: the file.
pub async fn submit(
    exporter: ProjectExporter,
    visit: Visit,
    params: Params,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (actor, asked) = (exporter.0.clone(), params.clone());
    let reason = form.text("reason").unwrap_or_default();
    let format = match form.text("format").as_deref() {
        Some("csv") => ExportFormat::Csv,
        _ => ExportFormat::Xlsx,
    };
    let done = app
        .write(&exporter, move |app, conn| {
            permit(&asked)?;
            let filter = filter(conn, app, &actor, &asked)?;
            export(conn, app.tools(), app.views.i18n(), &actor, &filter, &reason, format)
        })
        .await;
    match done {
        Ok(bytes) => Ok(download::export("projects", format, bytes)),
        Err(error) => {
            let (filled, status) = returned(&form, error)?;
            shown(&app, &visit, exporter.0, params, filled, status).await
        }
    }
}

/// The list's filters; its order means nothing here, but stands in the address that one comes with.
fn permit(params: &Params) -> Result<(), AppError> {
    params.only(&[FILTERS, &["sort"]].concat()).map(drop)
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
    let page = app
        .read(move |app, conn| {
            permit(&params)?;
            let filter = filter(conn, app, &actor, &params)?;
            let query = params.to_query();
            let at = |path: &str| if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") };
            Ok(ExportPage {
                form,
                action: at("/projects/export"),
                back: at("/projects"),
                count: counted(conn, app, &actor, &filter)?,
                formats: ["xlsx", "csv"].map(Choice::code).into(),
            })
        })
        .await?;
    visit.page_with(app, &page, HttpResponseBuilder::new(status))
}
