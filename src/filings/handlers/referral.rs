//! `GET /referral/{secret}`: number, step and day of a referral, for whoever was given its link.
//!
//! 1. An address that guessed much is slowed, as at the sign-in, never stopped.
//! 2. A secret that never was, is over or was revoked gets the same 404, and is counted as a guess.
//! 3. Use is noted at most once a minute.

use crate::accounts::queries::failures;
use crate::accounts::sign_in;
use crate::app::App;
use crate::clock;
use crate::confidential::secret_hash;
use crate::error::AppError;
use crate::filings::pages::Referral;
use crate::filings::{links, queries};
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::http::header::{HeaderName, HeaderValue, REFERRER_POLICY};
use actix_web::web::{Data, Path};

/// Under which guesses are counted with failed sign-ins: no username has a slash.
const GUESSES: &str = "/referral";

pub async fn show(app: Data<App>, visit: Visit, secret: Path<String>) -> Result<HttpResponse, AppError> {
    let (secret, address) = (secret.into_inner(), visit.address.to_string());
    let (asked, from) = (secret.clone(), address.clone());
    let (recent, opened) = app
        .read(move |_, conn| {
            let now = clock::now();
            Ok((failures::recent_from(conn, &from, now)?, links::opened(conn, &asked, now)?))
        })
        .await?;
    tokio::time::sleep(sign_in::slow_down(recent)).await;
    let response = match opened {
        Some((progress, is_due)) => {
            if is_due {
                let work = move |app: &App| {
                    app.db.write(|conn| {
                        Ok::<_, AppError>(queries::touch(conn, &secret_hash(&secret), clock::now())?)
                    })
                };
                app.block(work).await?;
            }
            let page =
                Referral { code: progress.code, step: progress.step.to_string(), step_on: progress.step_on };
            visit.page(&app, &page)?
        }
        None => {
            let work = move |app: &App| {
                app.db.write(|conn| {
                    failures::record(conn, GUESSES, &address, clock::now())?;
                    Ok::<_, AppError>(())
                })
            };
            app.block(work).await?;
            // The error page is put in at the edge.
            HttpResponse::NotFound().finish()
        }
    };
    Ok(unseen(response))
}

/// Neither searched for nor told to the next site.
fn unseen(mut response: HttpResponse) -> HttpResponse {
    let headers = response.headers_mut();
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex, nofollow"));
    response
}
