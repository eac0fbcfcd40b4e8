//! `/chambers/{id}/evidence/confirmation` and `…/revocation`: the federation's word.

use super::{period, query, sheet};
use crate::app::App;
use crate::chambers::editing::load;
use crate::chambers::evidence::confirming::{self, EvidenceConfirming, EvidenceRevoking};
use crate::chambers::evidence::model::Period;
use crate::chambers::evidence::view;
use crate::clock;
use crate::db::AnyConn;
use crate::error::{AppError, FieldErrors};
use crate::leads::handlers::small_page::returned;
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::json::Json;
use crate::web::params::Params;
use crate::web::roles::{ChamberReader, EvidenceConfirmer};
use crate::web::visit::Visit;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, HttpResponseBuilder};
use chrono::NaiveDate;

/// `POST /api/v1/chambers/{id}/evidence/confirmation {from, to, note?}` → the evidence
pub async fn create(
    confirmer: EvidenceConfirmer,
    id: Path<String>,
    Json(body): Json<EvidenceConfirming>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = confirmer.0;
    let shown = app
        .write(&actor.clone(), move |app, conn| {
            let period = said(body.from, body.to)?;
            let chamber = load(conn, &actor, &id)?;
            confirming::confirm(conn, app, &actor, &chamber, period, body.note.as_deref())?;
            view::of_chamber(conn, app, &actor, &chamber, period)
        })
        .await?;
    Ok(HttpResponse::Ok().json(shown))
}

/// `POST /api/v1/chambers/{id}/evidence/revocation {from, to, reason}` → the evidence
pub async fn revoke(
    confirmer: EvidenceConfirmer,
    id: Path<String>,
    Json(body): Json<EvidenceRevoking>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = confirmer.0;
    let shown = app
        .write(&actor.clone(), move |app, conn| {
            let period = said(body.from, body.to)?;
            let chamber = load(conn, &actor, &id)?;
            confirming::revoke(conn, &actor, &chamber, period, &body.reason)?;
            view::of_chamber(conn, app, &actor, &chamber, period)
        })
        .await?;
    Ok(HttpResponse::Ok().json(shown))
}

/// The days of a body: faults of an address are those of a body here.
fn said(from: NaiveDate, to: NaiveDate) -> Result<Period, AppError> {
    let mut errors = FieldErrors::default();
    errors.check_day("from", Some(from));
    errors.check_day("to", Some(to));
    errors.into_result()?;
    Period::checked(Some(from), Some(to), clock::today()).map_err(|error| match error {
        AppError::BadRequest(errors) => AppError::Invalid(errors),
        other => other,
    })
}

/// `POST /chambers/{id}/evidence/confirmation`
pub async fn submit(
    confirmer: EvidenceConfirmer,
    id: Path<String>,
    visit: Visit,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let work = |conn: &mut AnyConn, app: &App, by: &ChamberReader, id: &str, period: Period, form: &Form| {
        let chamber = load(conn, by, id)?;
        confirming::confirm(conn, app, by, &chamber, period, form.text("note").as_deref())
    };
    done(&app, &visit, ChamberReader(confirmer.0), id.into_inner(), form, "evidence-confirmed-now", work)
        .await
}

/// `POST /chambers/{id}/evidence/revocation`
pub async fn submit_revocation(
    confirmer: EvidenceConfirmer,
    id: Path<String>,
    visit: Visit,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let work = |conn: &mut AnyConn, _: &App, by: &ChamberReader, id: &str, period: Period, form: &Form| {
        let chamber = load(conn, by, id)?;
        confirming::revoke(conn, by, &chamber, period, &form.text("reason").unwrap_or_default())
    };
    done(&app, &visit, ChamberReader(confirmer.0), id.into_inner(), form, "evidence-revoked-now", work).await
}

type Work = fn(&mut AnyConn, &App, &ChamberReader, &str, Period, &Form) -> Result<(), AppError>;

/// Does it, and goes back to the sheet; or shows it again with what is wrong.
async fn done(
    app: &App,
    visit: &Visit,
    by: ChamberReader,
    id: String,
    form: Form,
    said: &'static str,
    work: Work,
) -> Result<HttpResponse, AppError> {
    let days = [("from", form.text("from")), ("to", form.text("to"))];
    let days: Vec<(&str, &str)> =
        days.iter().filter_map(|(name, day)| Some((*name, day.as_deref()?))).collect();
    let period = period(&Params::of(&days))?;
    let (actor, chamber, typed) = (by.clone(), id.clone(), form.clone());
    match app.write(&by, move |app, conn| work(conn, app, &actor, &chamber, period, &typed)).await {
        Ok(()) => {
            let way = format!("/chambers/{id}/evidence?{}", query(period));
            Ok(flash::redirect(way, Message::new(said)))
        }
        Err(error) => {
            let (filled, status) = returned(&form, error)?;
            let lang = visit.lang;
            let page =
                app.read(move |app, conn| sheet::shown(conn, app, &by, lang, &id, period, filled)).await?;
            visit.page_with(app, &page, HttpResponseBuilder::new(status))
        }
    }
}
