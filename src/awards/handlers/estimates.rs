//! `/awards/estimates?kind=&investment=&sets=&above_scale=` and `/api/v1/awards/estimates`: the ceilings of a version,
//! and what one comes to. Nothing is kept.

use crate::app::App;
use crate::award_applications::pages::ways;
use crate::awards::estimates::{self, EstimateBody};
use crate::awards::pages::EstimatePage;
use crate::db::page::Order;
use crate::error::{AppError, FieldErrors};
use crate::policies::awards::EstimateKind;
use crate::web::filled::{Choice, Filled};
use crate::web::form::Form;
use crate::web::json::Json;
use crate::web::params::Params;
use crate::web::roles::AwardComputer;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::Data;

/// By the code of the kind.
const ORDER: Order = Order::ascending("kind");

/// `GET /api/v1/awards/estimates?policy=`
pub async fn index(_: AwardComputer, params: Params, app: Data<App>) -> Result<HttpResponse, AppError> {
    params.only_of_list(&["policy"])?;
    let page = app
        .read(move |app, conn| {
            let found = estimates::ceilings(&*app.policies.now(conn)?, params.text("policy"));
            let mut found = found.ok_or_else(|| AppError::bad_request("policy", "unknown"))?;
            found.sort_by_key(|ceiling| ceiling.kind.as_str());
            params.page_of(ORDER, found, |ceiling| ceiling.kind.as_str())
        })
        .await?;
    Ok(HttpResponse::Ok().json(page))
}

/// `POST /api/v1/awards/estimates {kind, policy?, investment_fen?, sets?, above_scale?}`
pub async fn compute(
    _: AwardComputer,
    Json(body): Json<EstimateBody>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let found = app
        .read(move |app, conn| estimates::of(&*app.policies.now(conn)?, &body).map_err(AppError::Invalid))
        .await?;
    Ok(HttpResponse::Ok().json(found))
}

/// `GET /awards/estimates`
pub async fn page(
    reader: AwardComputer,
    visit: Visit,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(&["kind", "investment", "sets", "above_scale"])?;
    let kind = params.one::<EstimateKind>("kind")?;
    let role = reader.role;
    let page = app
        .read(move |app, conn| {
            let policies = app.policies.now(conn)?;
            let ceilings = estimates::ceilings(&policies, None).unwrap_or_default();
            let (estimate, form) = match kind {
                None => (None, Filled::new()),
                Some(kind) => {
                    let (body, form, mut errors) = typed(kind, &params);
                    // What cannot be read is said once.
                    let found = match errors.is_empty() {
                        true => estimates::of(&policies, &body).map_err(|faults| errors = faults).ok(),
                        false => None,
                    };
                    (found, form.filled(&at_fields(errors)))
                }
            };
            Ok(EstimatePage {
                kinds: ceilings.iter().map(|one| Choice::code(one.kind.as_str())).collect(),
                ceilings,
                estimate,
                form,
                ways: ways(role, "estimates"),
            })
        })
        .await?;
    visit.page(&app, &page)
}

/// The question that the parameters put, in 万元 as it is typed.
fn typed(kind: EstimateKind, params: &Params) -> (EstimateBody, Form, FieldErrors) {
    let mut form = Form::from_pairs(params.iter().map(|(name, value)| (name.to_owned(), value.to_owned())));
    let body = EstimateBody {
        kind,
        policy: None,
        investment_fen: form.wan("investment"),
        sets: form.figure("sets"),
        above_scale: Some(form.is_checked("above_scale")),
    };
    let errors = std::mem::take(&mut form.errors);
    (body, form, errors)
}

/// The fault of the amount at its field, which is in 万元.
fn at_fields(mut errors: FieldErrors) -> FieldErrors {
    for fault in &mut errors.0 {
        if fault.field == "investment_fen" {
            fault.field = "investment".into();
        }
    }
    errors
}
