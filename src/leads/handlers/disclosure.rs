//! `/leads/{id}/disclosures`: showing one personal field of the contact in full, with a reason, logged.

use super::load;
use super::small_page::{Reader, again, head, returned};
use crate::accounts::Actor;
use crate::app::{App, Tools};
use crate::audit::{self, Act, Differences};
use crate::clock;
use crate::contacts;
use crate::contacts::Contact;
use crate::contacts::model::{ContactInput, PersonalField};
use crate::db::AnyConn;
use crate::error::AppError;
use crate::leads::pages::Disclosure as DisclosurePage;
use crate::leads::policy;
use crate::leads::queries::Known;
use crate::web::filled::{Choice, Filled};
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::json::Json;
use crate::web::roles::LeadReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Path};
use chrono::Duration;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Fields one may have shown in a day (domain/roles.md 5.1).
const DAILY: i64 = 50;

/// Which personal field of the contact is to be shown, and why.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = LeadDisclosure)]
pub struct Disclosure {
    /// `phone`, `other_phones`, `email` or `wechat`
    pub field: String,
    #[schema(min_length = 1)]
    pub reason: String,
}

/// A personal field in full.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Disclosed {
    pub field: String,
    /// Null when there is none; several phones stand on lines of their own.
    pub value: Option<String>,
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
    Ok(HttpResponse::Ok().json(Disclosed { field, value }))
}

/// `GET /leads/{id}/disclosures`: asks for the reason.
pub async fn form(
    reader: LeadReader,
    id: Path<String>,
    visit: Visit,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let id = id.into_inner();
    again(&app, &visit, reader.0, id, load_revealable, Filled::new(), StatusCode::OK, page).await
}

/// `POST /leads/{id}/disclosures`: shows the field once; reading the page again asks for a reason again.
pub async fn submit(
    reader: LeadReader,
    id: Path<String>,
    visit: Visit,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let id = id.into_inner();
    let (field, reason) = (form.text("field"), form.text("reason").unwrap_or_default());
    let (by, lead) = (Reader { actor: reader.0.clone(), lang: visit.lang }, id.clone());
    let done = app
        .write(&reader, move |app, conn| {
            let known = load_revealable(conn, &by.actor, &lead)?;
            let contact = contacts::queries::of_lead(conn, &known.lead.id)?;
            let first = contact.iter().flat_map(kept).next().unwrap_or(PersonalField::Phone);
            let wanted = Disclosure { field: field.unwrap_or_else(|| first.as_str().to_owned()), reason };
            let value = disclose(conn, app.tools(), &by.actor, &lead, &wanted)?;
            let mut shown = ContactInput {
                name: contact.as_ref().map(|contact| contact.name.clone()).unwrap_or_default(),
                post: contact.and_then(|contact| contact.post),
                ..ContactInput::default()
            };
            match wanted.field.as_str() {
                "other_phones" => {
                    shown.other_phones =
                        value.iter().flat_map(|text| text.lines()).map(str::to_owned).collect();
                }
                "email" => shown.email = value,
                "wechat" => shown.wechat = value,
                _ => shown.phone = value,
            }
            let page = page(conn, app, &by, known, Filled::new())?;
            Ok(DisclosurePage { contact: Some(shown), ..page })
        })
        .await;
    match done {
        // What is shown here must not stay in the browser's cache.
        Ok(page) => {
            let mut response = visit.page(&app, &page)?;
            response
                .headers_mut()
                .insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
            Ok(response)
        }
        Err(error) => {
            let (filled, status) = returned(&form, error)?;
            again(&app, &visit, reader.0, id, load_revealable, filled, status, page).await
        }
    }
}

/// The lead of the path, if the actor may have its contact shown.
fn load_revealable(conn: &mut AnyConn, actor: &Actor, id: &str) -> Result<Known, AppError> {
    let known = load(conn, actor, id)?;
    if policy::may_reveal(actor, &known.lead) {
        Ok(known)
    } else {
        Err(AppError::Forbidden("not-your-contact"))
    }
}

fn page(
    conn: &mut AnyConn,
    app: &App,
    reader: &Reader,
    known: Known,
    form: Filled,
) -> Result<DisclosurePage, AppError> {
    let contact = contacts::queries::of_lead(conn, &known.lead.id)?;
    let say = |field: PersonalField| {
        let name = Message::of("field", &format!("contact_{}", field.as_str()));
        Choice::named(field.as_str(), app.views.i18n().say(reader.lang, &name))
    };
    let fields = contact.iter().flat_map(kept).map(say).collect();
    Ok(DisclosurePage { lead: head(&known.lead), form, fields, contact: None })
}

/// The personal fields that a contact has, phones first.
fn kept(contact: &Contact) -> Vec<PersonalField> {
    let fields = [
        (PersonalField::Phone, &contact.phone_encrypted),
        (PersonalField::OtherPhones, &contact.other_phones_encrypted),
        (PersonalField::Email, &contact.email_encrypted),
        (PersonalField::Wechat, &contact.wechat_encrypted),
    ];
    fields.into_iter().filter(|(_, sealed)| sealed.is_some()).map(|(field, _)| field).collect()
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
