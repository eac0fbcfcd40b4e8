//! Pages of one's own account and of the door: sign-in, set-up, profile, devices, tokens.

use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;

use crate::web::filled::{Choice, Filled};
use crate::web::templates::Page;

/// `GET|POST /sign-in`. Fields: `username`, `password`, `named_device` (true), `device_name`, `next`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SignIn {
    pub form: Filled,
    /// Path and query to go to afterwards; one of ours, checked by the handler.
    pub next: String,
    /// Seconds until this account may be tried again from this address.
    pub wait_seconds: Option<i64>,
}

impl Page for SignIn {
    const TEMPLATE: &'static str = "accounts/sign_in.html";
}

/// `GET|POST /set-up/{secret}`, while there are no users. Fields: `username`, `display_name`, `password`,
/// `password_again` of the administrator; `head_username`, `head_display_name`, `head_password` of the
/// bureau's head, if wanted.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SetUp {
    pub form: Filled,
    /// The secret of the one-time address that the server printed.
    pub token: String,
}

impl Page for SetUp {
    const TEMPLATE: &'static str = "accounts/set_up.html";
}

/// `GET /account`. Its forms post to `/account`, `/account/password`, `/account/tokens`,
/// `/account/sessions/{id}/revocation`, `/account/sessions/revocation`, `/account/tokens/{id}/revocation`, `/sign-out`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Account {
    pub profile: Profile,
    /// Fields: `display_name`, `email`, `phone`, `locale`.
    pub form: Filled,
    pub locales: Vec<Choice>,
    /// Fields: `password`, `new_password`, `new_password_again`.
    pub password: Filled,
    /// The first sign-in, or 90 days gone: nothing else before the password is changed.
    pub must_change: bool,
    pub sessions: Vec<SessionLine>,
    pub tokens: Vec<TokenLine>,
    /// Fields: `name`, `days`.
    pub token: Filled,
    /// A token just made: shown this once.
    pub new_token: Option<String>,
}

impl Page for Account {
    const TEMPLATE: &'static str = "accounts/account.html";
}

/// Who one is, as the administrator registered it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Profile {
    pub username: String,
    /// Code of the role.
    pub role: String,
    /// Region, unit or chamber by name; empty when there is none.
    pub place: String,
    /// Masked.
    pub phone: Option<String>,
}

/// Where one is signed in.
#[derive(Clone, Debug, Serialize)]
pub struct SessionLine {
    pub id: String,
    /// The name given to the phone, or what the browser calls itself, short.
    pub device: String,
    pub address: String,
    pub signed_in_at: NaiveDateTime,
    pub last_seen_at: NaiveDateTime,
    pub named: bool,
    pub current: bool,
}

/// An API token; the token itself is not kept.
#[derive(Clone, Debug, Serialize)]
pub struct TokenLine {
    pub id: String,
    pub name: String,
    pub created_at: NaiveDateTime,
    pub expires_on: Option<NaiveDate>,
    pub expired: bool,
    pub last_used_at: Option<NaiveDateTime>,
}
