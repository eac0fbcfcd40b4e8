//! `/filings/{id}/link`: the private link that a referrer is given, made and revoked on the filing's page.

use super::show::made;
use crate::app::App;
use crate::error::AppError;
use crate::filings::{editing, links};
use crate::web::flash;
use crate::web::i18n::Message;
use crate::web::roles::FilingReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

/// `POST /filings/{id}/link`: the page with the new link's address, which is shown this once.
pub async fn create(
    reader: FilingReader,
    id: Path<String>,
    visit: Visit,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    let page = app
        .write(&actor.clone(), move |app, conn| {
            let (filing, _) = editing::load_workable(conn, &actor, &id)?;
            let (secret, _) = links::make(conn, &actor, &filing)?;
            let address =
                format!("{}/referral/{secret}", app.settings.server.public_url.trim_end_matches('/'));
            let mut page = made(conn, app, &actor, filing)?;
            page.address = Some(address);
            Ok(page)
        })
        .await?;
    visit.page(&app, &page)
}

/// `POST /filings/{id}/link/revocation`
pub async fn revoke(
    reader: FilingReader,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    let filing = app
        .write(&actor.clone(), move |_, conn| {
            let (filing, _) = editing::load_workable(conn, &actor, &id)?;
            links::revoke(conn, &actor, &filing)?;
            Ok(filing)
        })
        .await?;
    Ok(flash::redirect(format!("/filings/{}#link", filing.id), Message::new("filing-link-revoked")))
}
