//! HTTP of awards: computing one, and the ceilings of estimates (`estimates`).

pub mod estimates;

use crate::app::App;
use crate::awards::question::Question;
use crate::awards::{Engine, Words};
use crate::error::{AppError, FieldErrors};
use crate::web::json::Json;
use crate::web::roles::AwardComputer;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::Data;

/// `POST /api/v1/awards/compute {id?, rule, policy?, facts}`
pub async fn compute(
    _: AwardComputer,
    visit: Visit,
    Json(question): Json<Question>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let award = app
        .read(move |app, conn| {
            let policies = app.policies.now(conn)?;
            let award = Engine::new(&policies, &app.reference).answer(question);
            let mut award = award.map_err(|fault| AppError::Invalid(FieldErrors(vec![fault])))?;
            Words::new(app.views.i18n(), &app.reference, visit.lang).tell(&mut award);
            Ok(award)
        })
        .await?;
    Ok(HttpResponse::Ok().json(award))
}
