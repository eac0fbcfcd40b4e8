//! `/chambers/weights`: what the bureau counts each figure for.

use crate::accounts::queries::users;
use crate::app::App;
use crate::chambers::evidence::model::{EvidenceFigure, WeightsGiven};
use crate::chambers::evidence::pages::WeightsForm;
use crate::chambers::evidence::queries;
use crate::chambers::evidence::weighing::{WeightsBody, WeightsView, weigh};
use crate::chambers::policy;
use crate::db::AnyConn;
use crate::error::{AppError, FieldErrors};
use crate::leads::handlers::small_page::returned;
use crate::web::filled::Filled;
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::json::Json;
use crate::web::precondition::{IfMatch, etag};
use crate::web::roles::{ChamberComparer, EvidenceWeigher};
use crate::web::visit::Visit;
use actix_web::web::Data;
use actix_web::{HttpResponse, HttpResponseBuilder};

/// `GET /api/v1/chambers/weights`; all 0 while the bureau gave none
pub async fn read(_: ChamberComparer, app: Data<App>) -> Result<HttpResponse, AppError> {
    let (version, shown) = app.read(|_, conn| current(conn)).await?;
    Ok(HttpResponse::Ok().insert_header(etag(version)).json(shown))
}

/// `PUT /api/v1/chambers/weights {weights: {leads, …}, reason}`, with the ETag
pub async fn update(
    weigher: EvidenceWeigher,
    if_match: IfMatch,
    Json(body): Json<WeightsBody>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = weigher.0;
    let (version, shown) = app
        .write(&actor.clone(), move |_, conn| {
            weigh(conn, &actor, if_match, body)?;
            current(conn)
        })
        .await?;
    Ok(HttpResponse::Ok().insert_header(etag(version)).json(shown))
}

fn current(conn: &mut AnyConn) -> Result<(i64, WeightsView), AppError> {
    let shown = match queries::weights(conn)? {
        Some(weighed) => WeightsView { weights: weighed.weights.0, reason: weighed.reason },
        None => WeightsView::default(),
    };
    Ok((queries::version(conn)?, shown))
}

/// `GET /chambers/weights`
pub async fn page(reader: ChamberComparer, visit: Visit, app: Data<App>) -> Result<HttpResponse, AppError> {
    let may_weigh = policy::weighs_evidence(reader.role);
    let page = app.read(move |_, conn| shown(conn, may_weigh, Filled::new())).await?;
    visit.page(&app, &page)
}

/// `POST /chambers/weights`
pub async fn submit(
    weigher: EvidenceWeigher,
    visit: Visit,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (actor, typed) = (weigher.0.clone(), form.clone());
    let done = app
        .write(&weigher, move |_, conn| {
            let body =
                WeightsBody { weights: entered(&typed)?, reason: typed.text("reason").unwrap_or_default() };
            weigh(conn, &actor, typed.version(), body)
        })
        .await;
    match done {
        Ok(_) => Ok(flash::redirect("/chambers/comparison", Message::new("evidence-weighed-now"))),
        Err(error) => {
            let (filled, status) = returned(&form, error)?;
            let page = app.read(move |_, conn| shown(conn, true, filled)).await?;
            visit.page_with(&app, &page, HttpResponseBuilder::new(status))
        }
    }
}

/// The points of each figure; an empty field is none.
fn entered(form: &Form) -> Result<WeightsGiven, AppError> {
    let (mut weights, mut errors) = (WeightsGiven::default(), FieldErrors::default());
    for figure in EvidenceFigure::ALL {
        let Some(text) = form.text(figure.as_str()) else { continue };
        match text.parse() {
            Ok(points) => *weights.of_mut(*figure) = points,
            Err(_) => errors.add(format!("weights.{figure}"), "not-a-number"),
        }
    }
    errors.into_result()?;
    Ok(weights)
}

fn shown(conn: &mut AnyConn, may_weigh: bool, mut form: Filled) -> Result<WeightsForm, AppError> {
    let weighed = queries::weights(conn)?;
    if !form.values.contains_key("version") {
        let weights = weighed.as_ref().map(|weighed| weighed.weights.0).unwrap_or_default();
        for figure in EvidenceFigure::ALL {
            form.values.insert(figure.to_string(), weights.of(*figure).to_string());
        }
    }
    // A fault of the API's field stands at the form's, which has its name without the group.
    for figure in EvidenceFigure::ALL {
        if let Some(message) = form.errors.remove(&format!("weights.{figure}")) {
            form.errors.insert(figure.to_string(), message);
        }
    }
    let by = match &weighed {
        Some(weighed) => users::names(conn, std::slice::from_ref(&weighed.by_user))?,
        None => Vec::new(),
    };
    Ok(WeightsForm {
        figures: EvidenceFigure::ALL.iter().map(ToString::to_string).collect(),
        version: queries::version(conn)?,
        by: by.into_iter().next().map(|(_, _, name)| name),
        at: weighed.as_ref().map(|weighed| weighed.at),
        reason: weighed.map(|weighed| weighed.reason),
        may_weigh,
        form,
    })
}
