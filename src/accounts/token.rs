//! Making an API token: for the page, the API and the command line.

use crate::accounts::forms::checked_name;
use crate::accounts::queries::tokens::{self, ApiToken};
use crate::accounts::rules;
use crate::audit::{self, Act, By, Differences};
use crate::confidential::{random_secret, secret_hash};
use crate::db::{AnyConn, Id};
use crate::error::{AppError, FieldErrors};
use chrono::{Duration, NaiveDateTime};

/// What a token begins with, so that it is known for one where it does not belong.
const PREFIX: &str = "yf_";

/// A token as asked for, checked.
#[derive(Debug, Clone)]
pub struct Asked {
    name: String,
    days: i64,
}

/// A new token with its secret, which is not kept.
pub struct Minted {
    pub row: ApiToken,
    pub secret: String,
}

/// Name and days; without days 90, at most 365.
pub fn checked(name: Option<String>, days: Option<i64>, errors: &mut FieldErrors) -> Option<Asked> {
    let name = checked_name(errors, "name", name);
    let days = rules::token_days(days);
    if days.is_none() {
        errors.add_with("days", "token-days", vec![("max", rules::MAX_TOKEN_DAYS.to_string())]);
    }
    Some(Asked { name: name?, days: days? })
}

/// Makes a token for a user.
pub fn mint(
    conn: &mut AnyConn,
    by: By<'_>,
    user: &Id,
    asked: &Asked,
    now: NaiveDateTime,
) -> Result<Minted, AppError> {
    let secret = format!("{PREFIX}{}", random_secret());
    let row = ApiToken {
        id: Id::generate(),
        user_id: user.clone(),
        name: asked.name.clone(),
        token_hash: secret_hash(&secret),
        created_at: now,
        expires_at: now + Duration::days(asked.days),
        last_used_at: None,
        revoked_at: None,
    };
    tokens::insert(conn, &row)?;
    let differences = Differences::default()
        .set("name", &row.name)
        .set("user", user)
        .set("expires_at", &crate::clock::rfc3339::format(row.expires_at));
    let subject_id = row.id.as_str();
    let act = Act { action: "token.create", subject_kind: "token", subject_id, differences, reason: None };
    audit::record_by(conn, by, act)?;
    Ok(Minted { row, secret })
}
