//! `POST /account/sessions/{id}/revocation` and `/account/sessions/revocation`: signing other devices out.

use crate::accounts::Via;
use crate::accounts::queries::sessions;
use crate::app::App;
use crate::audit::{self, Act};
use crate::db::Id;
use crate::error::AppError;
use crate::web::flash;
use crate::web::i18n::Message;
use crate::web::roles::SignedIn;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

pub async fn revoke(app: Data<App>, actor: SignedIn, id: Path<String>) -> Result<HttpResponse, AppError> {
    let id: Id = id.parse().map_err(|_| AppError::NotFound)?;
    let by = actor.0.clone();
    app.write(&actor, move |_, conn| {
        if !sessions::delete_of_user(conn, &by.user_id, &id)? {
            return Err(AppError::NotFound);
        }
        let act = Act {
            action: "session.revoke",
            subject_kind: "session",
            subject_id: id.as_str(),
            ..Act::default()
        };
        Ok(audit::record(conn, &by, act)?)
    })
    .await?;
    Ok(flash::redirect("/account#sessions", Message::new("session-ended")))
}

pub async fn revoke_others(app: Data<App>, actor: SignedIn) -> Result<HttpResponse, AppError> {
    let by = actor.0.clone();
    app.write(&actor, move |_, conn| {
        let own = match &by.via {
            Via::Session(id) => Some(id),
            _ => None,
        };
        sessions::delete_others(conn, &by.user_id, own)?;
        let subject_id = by.user_id.as_str();
        let act = Act { action: "session.revoke_others", subject_kind: "user", subject_id, ..Act::default() };
        Ok(audit::record(conn, &by, act)?)
    })
    .await?;
    Ok(flash::redirect("/account#sessions", Message::new("sessions-ended")))
}
