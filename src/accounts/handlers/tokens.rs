//! API tokens: `/account/tokens` on the page, `/api/v1/tokens` for programs. The secret is shown once.

use crate::accounts::handlers::account::{self, Returned};
use crate::accounts::model::Actor;
use crate::accounts::queries::tokens::{self, ApiToken};
use crate::accounts::token::{self, Minted};
use crate::app::App;
use crate::audit::{self, Act, By};
use crate::clock;
use crate::db::page::Order;
use crate::db::{AnyConn, Id};
use crate::error::{AppError, FieldErrors};
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::json::Json;
use crate::web::params::Params;
use crate::web::roles::SignedIn;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{Data, Path};
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A token as the API shows it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Token)]
pub struct TokenView {
    id: Id,
    name: String,
    #[serde(with = "clock::rfc3339")]
    created_at: NaiveDateTime,
    #[serde(with = "clock::rfc3339")]
    expires_at: NaiveDateTime,
    /// At most a minute old.
    #[serde(serialize_with = "clock::rfc3339::option::serialize")]
    last_used_at: Option<NaiveDateTime>,
    /// The secret, in the answer to its making only.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    token: Option<String>,
}

impl TokenView {
    fn new(row: ApiToken, secret: Option<String>) -> Self {
        TokenView {
            id: row.id,
            name: row.name,
            created_at: row.created_at,
            expires_at: row.expires_at,
            last_used_at: row.last_used_at,
            token: secret,
        }
    }
}

/// `POST /api/v1/tokens`
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TokenBody {
    /// Which program uses it.
    #[schema(max_length = 60)]
    name: Option<String>,
    /// Days until it expires; 90 unless said otherwise.
    #[schema(minimum = 1, maximum = 365)]
    days: Option<i64>,
}

/// `GET /api/v1/tokens`: one's own that are not revoked, the latest first.
pub async fn list(app: Data<App>, actor: SignedIn, params: Params) -> Result<HttpResponse, AppError> {
    params.only_of_list(&[])?;
    let order = params.order(Order::descending("created_at"))?;
    let (after, limit) = (params.cursor(&order.to_string())?, params.limit()?);
    let counts = params.flag("count")?;
    let user = actor.user_id.clone();
    let page = app
        .read(move |_, conn| {
            let page = tokens::page(conn, &user, order, after.as_ref(), limit)?;
            let total = if counts { Some(tokens::count(conn, &user)?) } else { None };
            Ok(page.with_total(total))
        })
        .await?;
    Ok(HttpResponse::Ok().json(page.map(|token| TokenView::new(token, None))))
}

pub async fn create(
    app: Data<App>,
    actor: SignedIn,
    body: Json<TokenBody>,
) -> Result<HttpResponse, AppError> {
    let Minted { row, secret } = mint(&app, &actor, body.0.name, body.0.days).await?;
    let location = format!("/api/v1/tokens/{}", row.id);
    let view = TokenView::new(row, Some(secret));
    Ok(HttpResponse::Created().insert_header((header::LOCATION, location)).json(view))
}

pub async fn delete(app: Data<App>, actor: SignedIn, id: Path<String>) -> Result<HttpResponse, AppError> {
    revoke(&app, &actor, &id).await?;
    Ok(HttpResponse::NoContent().finish())
}

pub async fn create_on_page(
    app: Data<App>,
    visit: Visit,
    actor: SignedIn,
    mut form: Form,
) -> Result<HttpResponse, AppError> {
    let days = form.figure("days");
    let faults = std::mem::take(&mut form.errors);
    let made = match faults.into_result() {
        Ok(()) => mint(&app, &actor, form.text("name"), days).await,
        Err(error) => Err(error),
    };
    match made {
        Ok(minted) => {
            let returned = Returned { new_token: Some(minted.secret), ..Returned::default() };
            account::page(&app, &visit, &actor, returned, HttpResponse::Ok()).await
        }
        Err(AppError::Invalid(errors)) => {
            let returned = Returned { token: form.filled(&errors), ..Returned::default() };
            account::page(&app, &visit, &actor, returned, HttpResponse::UnprocessableEntity()).await
        }
        Err(other) => Err(other),
    }
}

pub async fn revoke_on_page(
    app: Data<App>,
    actor: SignedIn,
    id: Path<String>,
) -> Result<HttpResponse, AppError> {
    revoke(&app, &actor, &id).await?;
    Ok(flash::redirect("/account#tokens", Message::new("token-revoked")))
}

async fn mint(app: &App, actor: &Actor, name: Option<String>, days: Option<i64>) -> Result<Minted, AppError> {
    let mut errors = FieldErrors::default();
    let asked = token::checked(name, days, &mut errors);
    errors.into_result()?;
    let (by, asked) = (actor.clone(), asked.ok_or(AppError::NotFound)?);
    app.write(actor, move |_, conn| token::mint(conn, By::Actor(&by), &by.user_id, &asked, clock::now()))
        .await
}

async fn revoke(app: &App, actor: &Actor, id: &str) -> Result<(), AppError> {
    let id: Id = id.parse().map_err(|_| AppError::NotFound)?;
    let by = actor.clone();
    app.write(actor, move |_, conn| revoke_in(conn, &by, &id)).await
}

fn revoke_in(conn: &mut AnyConn, by: &Actor, id: &Id) -> Result<(), AppError> {
    if !tokens::revoke(conn, &by.user_id, id, clock::now())? {
        return Err(AppError::NotFound);
    }
    let subject_id = id.as_str();
    let act = Act { action: "token.revoke", subject_kind: "token", subject_id, ..Act::default() };
    Ok(audit::record(conn, by, act)?)
}
