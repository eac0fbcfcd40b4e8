//! `/chambers/{id}/disclosures`: showing the contact's phone in full, with a reason, logged.

use crate::app::App;
use crate::chambers::editing;
use crate::error::AppError;
use crate::leads::handlers::disclosure::Disclosed;
use crate::registers::disclosure::{Disclosure, disclose};
use crate::registers::phone;
use crate::web::json::Json;
use crate::web::roles::ChamberEditor;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

/// `POST /api/v1/chambers/{id}/disclosures {field: "phone", reason}` → `{field, value}`
pub async fn create(
    editor: ChamberEditor,
    id: Path<String>,
    Json(wanted): Json<Disclosure>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = editor.0;
    let field = wanted.field.clone();
    let value = app
        .write(&actor.clone(), move |app, conn| {
            let chamber = editing::load_editable(conn, app.tools(), &actor, &id)?;
            disclose(conn, &actor, "chamber", &chamber.id, &wanted)?;
            let sealed = chamber.phone_encrypted.as_deref();
            Ok(phone::open(app.tools().keys, &chamber.phone_context(), sealed)?)
        })
        .await?;
    Ok(HttpResponse::Ok().json(Disclosed { field, value }))
}
