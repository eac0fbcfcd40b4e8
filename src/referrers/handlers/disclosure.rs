//! `/referrers/{id}/disclosures`: showing the contact's phone in full, with a reason, logged.

use crate::app::App;
use crate::error::AppError;
use crate::leads::handlers::disclosure::Disclosed;
use crate::referrers::editing;
use crate::registers::disclosure::{Disclosure, disclose};
use crate::registers::phone;
use crate::web::json::Json;
use crate::web::roles::ReferrerEditor;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

/// `POST /api/v1/referrers/{id}/disclosures {field: "phone", reason}` → `{field, value}`
pub async fn create(
    editor: ReferrerEditor,
    id: Path<String>,
    Json(wanted): Json<Disclosure>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = editor.0;
    let field = wanted.field.clone();
    let value = app
        .write(&actor.clone(), move |app, conn| {
            let referrer = editing::load_editable(conn, &actor, &id)?;
            disclose(conn, &actor, "referrer", &referrer.id, &wanted)?;
            let sealed = referrer.phone_encrypted.as_deref();
            Ok(phone::open(app.tools().keys, &referrer.phone_context(), sealed)?)
        })
        .await?;
    Ok(HttpResponse::Ok().json(Disclosed { field, value }))
}
