//! `GET /referral/{secret}`: number, step and day of a referral, for whoever was given its link.
//!
//! 1. An address that guessed much is slowed, as at the sign-in, never stopped.
//! 2. A secret that never was, is over or was revoked gets the same 404, and is counted as a guess.
//! 3. Use is noted at most once a minute.

use crate::app::App;
use crate::clock;
use crate::confidential::secret_hash;
use crate::error::AppError;
use crate::filings::pages::Referral;
use crate::filings::{links, queries};
use crate::web::guesses;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

pub async fn show(app: Data<App>, visit: Visit, secret: Path<String>) -> Result<HttpResponse, AppError> {
    guesses::slow_down(&app, &visit).await?;
    let secret = secret.into_inner();
    let asked = secret.clone();
    let opened = app.read(move |_, conn| links::opened(conn, &asked, clock::now())).await?;
    let Some((progress, is_due)) = opened else {
        return guesses::refuse(&app, &visit, "/referral").await;
    };
    if is_due {
        let work = move |app: &App| {
            app.db.write(|conn| Ok::<_, AppError>(queries::touch(conn, &secret_hash(&secret), clock::now())?))
        };
        app.block(work).await?;
    }
    let page = Referral { code: progress.code, step: progress.step.to_string(), step_on: progress.step_on };
    Ok(guesses::unseen(visit.page(&app, &page)?))
}
