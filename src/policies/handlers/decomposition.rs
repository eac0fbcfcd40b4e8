//! `/policies/{code}/decomposition/{year}` and the same under `/api/v1`: proposing what each county is to reach of the
//! city's starts of a year.

use super::{created, proposed, shown};
use crate::app::App;
use crate::error::{AppError, FieldErrors};
use crate::policies::model::{Decomposition, Metric, ScopeKind};
use crate::policies::pages::{Decompose, Part};
use crate::policies::proposing::{self, Paper};
use crate::projects::handlers::small_page::returned;
use crate::reference::Reference;
use crate::web::filled::Filled;
use crate::web::form::Form;
use crate::web::json::Json;
use crate::web::roles::PolicyKeeper;
use crate::web::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, HttpResponseBuilder};
use serde::Deserialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// What is decomposed: the other metric is the zone's alone.
const METRIC: Metric = Metric::ConstructionStarts;

/// The counties that can have a part.
pub fn parts_of(reference: &Reference) -> impl Iterator<Item = &crate::reference::Region> {
    reference.counties().iter().filter(|county| !reference.is_zone(&county.code))
}

/// The counties' targets, and by which document.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PolicyDecompositionBody)]
pub struct DecompositionBody {
    /// By the county's code; a county that is not named has none.
    pub targets: BTreeMap<String, i64>,
    /// 文号
    #[serde(default)]
    pub document_number: Option<String>,
    pub document_name: String,
}

/// `POST /api/v1/policies/{code}/decomposition/{year} {targets, document_number?, document_name}`
pub async fn create(
    keeper: PolicyKeeper,
    path: Path<(String, String)>,
    Json(body): Json<DecompositionBody>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (code, year) = path.into_inner();
    let parts = Decomposition { year: year_of(&year)?, metric: METRIC, targets: body.targets };
    created(&app, keeper.0, move |conn, tools, actor| {
        let paper = Paper { number: body.document_number, name: Some(body.document_name) };
        proposing::decompose(conn, tools, actor, &code, &parts, paper)
    })
    .await
}

/// `GET /policies/{code}/decomposition/{year}`
pub async fn form(
    _: PolicyKeeper,
    path: Path<(String, String)>,
    visit: Visit,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    page(&app, &visit, path.into_inner(), None, StatusCode::OK).await
}

/// `POST /policies/{code}/decomposition/{year}`: a county that is left empty has no target.
pub async fn submit(
    keeper: PolicyKeeper,
    path: Path<(String, String)>,
    visit: Visit,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (actor, path) = (keeper.0, path.into_inner());
    let year = year_of(&path.1)?;
    let paper = Paper { number: form.text("document_number"), name: form.text("document_name") };
    let (typed, of) = (form.clone(), path.0.clone());
    let done = app
        .write(&actor.clone(), move |app, conn| {
            let mut errors = FieldErrors::default();
            let mut parts = Decomposition { year, metric: METRIC, targets: Default::default() };
            for county in parts_of(&app.reference) {
                let field = format!("target_{}", county.code);
                let Some(text) = typed.text(&field) else { continue };
                match text.parse::<i64>() {
                    Ok(target) => {
                        parts.targets.insert(county.code.clone(), target);
                    }
                    Err(_) => errors.add(field, "not-a-number"),
                }
            }
            errors.into_result()?;
            proposing::decompose(conn, app.tools(), &actor, &of, &parts, paper).map_err(at_fields)
        })
        .await;
    match done {
        Ok(document) => Ok(proposed(&document)),
        Err(error) => {
            let (filled, status) = returned(&form, error)?;
            page(&app, &visit, path, Some(filled), status).await
        }
    }
}

/// The faults at the form's fields; that no county is named is one of the whole form.
fn at_fields(error: AppError) -> AppError {
    let AppError::Invalid(mut errors) = error else { return error };
    for fault in &mut errors.0 {
        if fault.field == "targets" {
            fault.field = "".into();
        } else if let Some(county) = fault.field.strip_prefix("targets.") {
            fault.field = format!("target_{county}").into();
        }
    }
    AppError::Invalid(errors)
}

fn year_of(text: &str) -> Result<i32, AppError> {
    text.parse().map_err(|_| AppError::NotFound)
}

/// As it is opened the form holds what is in force.
async fn page(
    app: &App,
    visit: &Visit,
    (code, year): (String, String),
    form: Option<Filled>,
    status: StatusCode,
) -> Result<HttpResponse, AppError> {
    let lang = visit.lang;
    let year = year_of(&year)?;
    let page = app
        .read(move |app, conn| {
            let all = app.policies.now(conn)?;
            let version = all.find(&code).ok_or(AppError::NotFound)?;
            let city = version.of_city(METRIC, year).ok_or(AppError::NotFound)?;
            let known = |county: &str| {
                let mut rows = version.quota.iter().filter(|quota| quota.scope == ScopeKind::County);
                let row = rows.find(|quota| {
                    quota.region.as_deref() == Some(county)
                        && quota.metric == METRIC
                        && quota.years.contains(&year)
                })?;
                Some(row.target)
            };
            let mut filled = form.clone().unwrap_or_default();
            let mut parts = Vec::new();
            for county in parts_of(&app.reference) {
                let field = format!("target_{}", county.code);
                let target = known(&county.code);
                if let (None, Some(target)) = (&form, target) {
                    filled = filled.value(&field, target.to_string());
                }
                parts.push(Part { field, name: county.name(lang.code()).to_owned(), target });
            }
            Ok(Decompose {
                year,
                target: city.target,
                version: shown(app, lang, version),
                parts,
                form: filled,
            })
        })
        .await?;
    visit.page_with(app, &page, HttpResponseBuilder::new(status))
}
