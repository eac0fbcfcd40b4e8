//! `Idempotency-Key` on POST: a repeat gets the first answer instead of a second record.
//!
//! 1. `replay` looks the key up: an answer that is kept goes out again; another request under the same
//!    key is refused.
//! 2. The handler's transaction claims the key (`claim`): of two at once, one waits or fails there.
//! 3. After the answer, `replay` keeps it for a day; encrypted, for some answers hold a secret that is
//!    told once (a new token, a one-time password).

use crate::accounts::Actor;
use crate::app::App;
use crate::clock;
use crate::confidential::to_hex;
use crate::db::{AnyConn, Id};
use crate::error::{AppError, FieldErrors};
use crate::schema::idempotency_keys as keys;
use crate::web::spooled::Spooled;
use crate::web::visit::Visit;
use actix_web::body::{BoxBody, MessageBody, to_bytes};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::{Method, StatusCode, header};
use actix_web::middleware::Next;
use actix_web::web::{Bytes, Data};
use actix_web::{HttpMessage, HttpResponse};
use chrono::NaiveDateTime;
use diesel::prelude::*;
use sha2::{Digest, Sha256};

/// The longest key, in characters.
const MAX_KEY: usize = 200;

/// A key as the request brought it, with the hash of what was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    pub text: String,
    pub request_hash: String,
}

/// Claims the actor's key inside the transaction of the write.
pub fn claim(conn: &mut AnyConn, actor: &Actor) -> Result<(), AppError> {
    let Some(key) = &actor.idempotency_key else { return Ok(()) };
    let row = (
        keys::user_id.eq(&actor.user_id),
        keys::idempotency_key.eq(&key.text),
        keys::request_hash.eq(&key.request_hash),
        keys::created_at.eq(clock::now()),
    );
    match diesel::insert_into(keys::table).values(row).execute(conn) {
        Err(diesel::result::Error::DatabaseError(diesel::result::DatabaseErrorKind::UniqueViolation, _)) => {
            Err(AppError::Conflict("repeat-under-way"))
        }
        done => Ok(done.map(drop)?),
    }
}

/// Middleware around POSTs that bring a key.
pub async fn replay(
    mut req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let text = req.headers().get("idempotency-key").and_then(|value| value.to_str().ok()).map(str::to_owned);
    let actor = req.extensions().get::<Visit>().and_then(|visit| visit.actor.clone());
    let app = req.app_data::<Data<App>>().map(|app| app.as_ref().clone());
    let (Some(text), Some(actor), Some(app), &Method::POST) = (text, actor, app, req.method()) else {
        return next.call(req).await.map(ServiceResponse::map_into_boxed_body);
    };
    if let Err(error) = check(&text) {
        return Ok(req.error_response(error));
    }
    let key = match hash_request(&app, &mut req).await {
        Ok(request_hash) => Key { text, request_hash },
        Err(error) => return Ok(req.error_response(error)),
    };
    let (asked, user) = (key.clone(), actor.user_id.clone());
    let kept = app.read(move |_, conn| {
        Ok(keys::table
            .find((&user, &asked.text))
            .select((keys::request_hash, keys::status, keys::headers, keys::body))
            .first::<(String, Option<i64>, Option<String>, Option<String>)>(conn)
            .optional()?)
    });
    match kept.await {
        Err(error) => return Ok(req.error_response(error)),
        Ok(Some((hash, ..))) if hash != key.request_hash => {
            return Ok(req.error_response(AppError::invalid("idempotency-key", "key-of-another-request")));
        }
        Ok(Some((_, Some(status), headers, body))) => {
            return match opened(&app, &actor, &key, body) {
                Ok(body) => Ok(req.into_response(kept_answer(status, headers, body))),
                Err(error) => Ok(req.error_response(error)),
            };
        }
        // Done, but the answer was lost with the process: said rather than done twice.
        Ok(Some((_, None, ..))) => return Ok(req.error_response(AppError::Conflict("repeat-under-way"))),
        Ok(None) => {}
    }
    if let Some(visit) = req.extensions_mut().get_mut::<Visit>()
        && let Some(actor) = &mut visit.actor
    {
        actor.idempotency_key = Some(key.clone());
    }
    keep(next.call(req).await?.map_into_boxed_body(), &app, &actor, key).await
}

/// 400 for a key that says nothing or more than a key should.
fn check(key: &str) -> Result<(), AppError> {
    let mut errors = FieldErrors::default();
    if key.trim().is_empty() {
        errors.add("idempotency-key", "key-empty");
    } else if key.len() > MAX_KEY {
        errors.add_with("idempotency-key", "too-long", vec![("max", MAX_KEY.to_string())]);
    }
    if errors.is_empty() { Ok(()) } else { Err(AppError::BadRequest(errors)) }
}

/// Keeps an answer that the handler itself gave, whatever its status: what it wrote is committed. A request
/// that failed with an error claimed nothing and may be sent again.
async fn keep(
    response: ServiceResponse<BoxBody>,
    app: &App,
    actor: &Actor,
    key: Key,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    if response.response().error().is_some() || response.status().is_server_error() {
        return Ok(response);
    }
    let (request, response) = response.into_parts();
    let (head, body) = response.into_parts();
    let bytes = to_bytes(body).await.map_err(actix_web::error::ErrorInternalServerError)?;
    let status = i64::from(head.status().as_u16());
    let header = |name: header::HeaderName| {
        Some((name.to_string(), head.headers().get(&name)?.to_str().ok()?.to_owned()))
    };
    let headers: Vec<(String, String)> =
        [header::CONTENT_TYPE, header::LOCATION, header::ETAG].into_iter().filter_map(header).collect();
    let (user, text) = (actor.user_id.clone(), String::from_utf8_lossy(&bytes).into_owned());
    let kept = app.block(move |app| {
        let text = app.keys.encrypt(&context(&user, &key.text), &text);
        app.db.write(|conn| {
            diesel::update(keys::table.find((&user, &key.text)))
                .set((
                    keys::status.eq(status),
                    keys::headers.eq(serde_json::to_string(&headers).unwrap_or_default()),
                    keys::body.eq(text),
                ))
                .execute(conn)?;
            Ok::<_, AppError>(())
        })
    });
    if let Err(error) = kept.await {
        tracing::warn!(%error, "an answer could not be kept under its idempotency key");
    }
    Ok(ServiceResponse::new(request, head.set_body(BoxBody::new(bytes))))
}

/// What a kept body is encrypted for.
fn context(user: &Id, key: &str) -> String {
    format!("idempotency_keys:{user}:{key}")
}

fn opened(app: &App, actor: &Actor, key: &Key, body: Option<String>) -> Result<String, AppError> {
    let sealed = body.unwrap_or_default();
    Ok(app.keys.decrypt(&context(&actor.user_id, &key.text), &sealed)?)
}

fn kept_answer(status: i64, headers: Option<String>, body: String) -> HttpResponse {
    let status =
        u16::try_from(status).ok().and_then(|s| StatusCode::from_u16(s).ok()).unwrap_or(StatusCode::OK);
    let headers: Vec<(String, String)> =
        headers.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
    let mut response = HttpResponse::build(status);
    for (name, value) in headers {
        response.insert_header((name, value));
    }
    response.insert_header(("Idempotency-Replayed", "true")).body(body)
}

/// The hash of method, path and body.
async fn hash_request(app: &App, req: &mut ServiceRequest) -> Result<String, AppError> {
    let mut hasher = Sha256::new();
    hasher.update(req.path());
    hasher.update(req.query_string());
    let content_type =
        req.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
    if content_type.to_ascii_lowercase().starts_with("multipart/") {
        let spooled = Spooled::read(app, &mut req.take_payload(), boundary(&content_type)).await?;
        let (hash, payload) = spooled.again()?;
        hasher.update(hash);
        req.set_payload(payload);
    } else {
        let bytes = req.extract::<Bytes>().await.map_err(|_| AppError::TooLarge { limit_mb: 1 })?;
        hasher.update(&bytes);
        req.set_payload(Payload::from(bytes));
    }
    Ok(to_hex(&hasher.finalize()))
}

/// What tells the parts of a form apart (RFC 2046, 5.1.1); empty where the header names nothing.
fn boundary(content_type: &str) -> &str {
    let named = content_type.split_once("boundary=").map_or("", |(_, rest)| rest);
    match named.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next().unwrap_or_default(),
        None => named.split(';').next().unwrap_or_default().trim(),
    }
}

/// Forgets answers of more than a day ago.
pub fn delete_old(conn: &mut AnyConn, now: NaiveDateTime) -> QueryResult<usize> {
    diesel::delete(keys::table.filter(keys::created_at.lt(now - chrono::Duration::days(1)))).execute(conn)
}
