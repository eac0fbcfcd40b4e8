//! `GET /api/v1/me`: who the token acts for.

use crate::accounts::handlers::users::UserView;
use crate::accounts::queries::users;
use crate::app::App;
use crate::error::AppError;
use crate::web::roles::SignedIn;
use actix_web::HttpResponse;
use actix_web::web::Data;

pub async fn show(app: Data<App>, actor: SignedIn) -> Result<HttpResponse, AppError> {
    let id = actor.user_id.clone();
    let view = app
        .read(move |app, conn| {
            let user = users::find(conn, &id)?.ok_or(AppError::NotFound)?;
            UserView::of(app, conn, user)
        })
        .await?;
    Ok(HttpResponse::Ok().json(view))
}
