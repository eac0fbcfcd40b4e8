//! `/leads/{id}/disclosures`: showing one personal field of the contact in full, with a reason, logged.

use super::load;
use crate::accounts::Actor;
use crate::app::{App, Tools};
use crate::audit::{self, Act, Differences};
use crate::clock;
use crate::contacts;
use crate::contacts::model::PersonalField;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::leads::policy;
use crate::web::json::Json;
use crate::web::roles::LeadReader;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use chrono::Duration;
use serde::Deserialize;
use serde_json::json;

/// Fields one may have shown in a day (domain/roles.md 5.1).
const DAILY: i64 = 50;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Disclosure {
    pub field: String,
    pub reason: String,
}

/// `POST /api/v1/leads/{id}/disclosures {field, reason}` → `{field, value}`
pub async fn create(
    reader: LeadReader,
    id: Path<String>,
    Json(wanted): Json<Disclosure>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    let field = wanted.field.clone();
    let value =
        app.write(&actor.clone(), move |app, conn| disclose(conn, app.tools(), &actor, &id, &wanted)).await?;
    Ok(HttpResponse::Ok().json(json!({ "field": field, "value": value })))
}

/// The field in clear. The trail holds who, why and which field, never the value.
pub fn disclose(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    id: &str,
    wanted: &Disclosure,
) -> Result<Option<String>, AppError> {
    let lead = load(conn, actor, id)?.lead;
    if !policy::may_reveal(actor, &lead) {
        return Err(AppError::Forbidden("not-your-contact"));
    }
    let field = match wanted.field.as_str() {
        "phone" => PersonalField::Phone,
        "other_phones" => PersonalField::OtherPhones,
        "email" => PersonalField::Email,
        "wechat" => PersonalField::Wechat,
        _ => return Err(AppError::invalid("field", "unknown")),
    };
    let reason = wanted.reason.trim();
    if reason.is_empty() {
        return Err(AppError::invalid("reason", "reason-required"));
    }
    let since = clock::now() - Duration::days(1);
    if audit::queries::count_since(conn, &actor.user_id, "contact.disclose", since)? >= DAILY {
        return Err(AppError::TooManyRequests { seconds: 3600, code: "too-many-disclosures" });
    }
    let contact = contacts::queries::of_lead(conn, &lead.id)?.ok_or(AppError::NotFound)?;
    let value = contact.reveal(field, tools.keys)?;
    audit::record(
        conn,
        actor,
        Act {
            action: "contact.disclose",
            subject_kind: "lead",
            subject_id: lead.id.as_str(),
            differences: Differences::default().set("field", &field.as_str()),
            reason: Some(reason),
        },
    )?;
    Ok(value)
}
