//! Pages that open by a secret in their address instead of a sign-in: guesses are counted with failed sign-ins of the
//! same address, which slows both and stops neither, and nobody is told where such a page lies.

use crate::accounts::queries::failures;
use crate::accounts::sign_in;
use crate::app::App;
use crate::clock;
use crate::error::AppError;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::http::header::{HeaderName, HeaderValue, REFERRER_POLICY};

/// Lets an address wait that guessed much.
pub async fn slow_down(app: &App, visit: &Visit) -> Result<(), AppError> {
    let address = visit.address.to_string();
    let recent = app.read(move |_, conn| Ok(failures::recent_from(conn, &address, clock::now())?)).await?;
    tokio::time::sleep(sign_in::slow_down(recent)).await;
    Ok(())
}

/// The 404 of a secret that never was or is over, which counts as a guess. `page` stands where sign-ins have a username;
/// it begins with a slash, as no username does.
pub async fn refuse(app: &App, visit: &Visit, page: &'static str) -> Result<HttpResponse, AppError> {
    let address = visit.address.to_string();
    let work = move |app: &App| {
        app.db.write(|conn| {
            failures::record(conn, page, &address, clock::now())?;
            Ok::<_, AppError>(())
        })
    };
    app.block(work).await?;
    // The error page is put in at the edge.
    Ok(unseen(HttpResponse::NotFound().finish()))
}

/// Neither searched for nor told to the next site.
pub fn unseen(mut response: HttpResponse) -> HttpResponse {
    let headers = response.headers_mut();
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex, nofollow"));
    response
}
