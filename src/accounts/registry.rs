//! What happens when a user is added, changed or gets a new password: once, for pages, API, set-up and the
//! command line. Every act is written to the trail in the same transaction.

use crate::accounts::forms::UserInput;
use crate::accounts::model::User;
use crate::accounts::queries::{sessions, tokens, users};
use crate::accounts::{password, rules};
use crate::app::{App, Ground};
use crate::audit::{self, Act, By, Differences};
use crate::chambers;
use crate::confidential::Keyring;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use chrono::NaiveDateTime;

/// Who keeps the users, when, and with which key.
pub struct Registry<'a> {
    pub keys: &'a Keyring,
    pub by: By<'a>,
    pub now: NaiveDateTime,
}

impl<'a> Registry<'a> {
    pub fn of(app: &'a App, by: By<'a>) -> Self {
        Registry { keys: &app.keys, by, now: crate::clock::now() }
    }

    /// The same beside a running server.
    pub fn beside(ground: &'a Ground, by: By<'a>) -> Self {
        Registry { keys: &ground.keys, by, now: crate::clock::now() }
    }

    /// Adds a user with the hash of a first password.
    pub fn add(
        &self,
        conn: &mut AnyConn,
        input: &UserInput,
        password_hash: &str,
        must_change: bool,
    ) -> Result<User, AppError> {
        if users::find_by_username(conn, &input.username)?.is_some() {
            return Err(AppError::invalid("username", "username-taken"));
        }
        let mut user = User {
            id: Id::generate(),
            username: input.username.clone(),
            display_name: input.display_name.clone(),
            role: input.role,
            region: input.region.clone(),
            chamber_id: chamber_id(conn, input)?,
            phone_encrypted: None,
            email: input.email.clone(),
            locale: input.locale,
            active: input.active,
            version: 1,
            created_at: self.now,
            updated_at: self.now,
        };
        user.set_phone(input.phone.as_deref(), self.keys)?;
        users::insert(conn, &user).map_err(taken)?;
        users::set_password(conn, &user.id, password_hash, must_change, self.now)?;
        let differences = differences(self.keys, None, &user);
        self.record(conn, "user.create", &user.id, differences)?;
        Ok(user)
    }

    /// Changes a user to what was entered. Other rights end his sessions, disabling his tokens too.
    ///
    /// # Errors
    /// 409 `last-admin` when nobody could administer any more; 412 when somebody else changed him meanwhile.
    pub fn change(&self, conn: &mut AnyConn, before: &User, input: &UserInput) -> Result<User, AppError> {
        if input.username != before.username {
            return Err(AppError::invalid("username", "fixed"));
        }
        let mut after = User {
            display_name: input.display_name.clone(),
            role: input.role,
            region: input.region.clone(),
            chamber_id: chamber_id(conn, input)?,
            email: input.email.clone(),
            locale: input.locale,
            active: input.active,
            updated_at: self.now,
            ..before.clone()
        };
        after.set_phone(input.phone.as_deref(), self.keys)?;
        let changes = differences(self.keys, Some(before), &after);
        if changes.is_empty() {
            return Ok(before.clone());
        }
        if rules::takes_admin_away(before, &after)
            && users::other_active_admins(conn, &before.id, self.now)? == 0
        {
            return Err(AppError::Conflict("last-admin"));
        }
        if !users::update(conn, &after)? {
            let current = users::find(conn, &before.id)?.ok_or(AppError::NotFound)?.version;
            return Err(AppError::Stale { current });
        }
        after.version += 1;
        if rules::changes_rights(before, &after) || !after.active {
            sessions::delete_others(conn, &after.id, None)?;
        }
        if !after.active {
            tokens::revoke_all(conn, &after.id, self.now)?;
        }
        let action = match (before.active, after.active) {
            (true, false) => "user.disable",
            (false, true) => "user.enable",
            _ if rules::changes_rights(before, &after) => "user.grant",
            _ => "user.update",
        };
        self.record(conn, action, &after.id, changes)?;
        Ok(after)
    }

    /// Gives a user a password that somebody else made; he must change it, and signs in anew.
    pub fn reset_password(&self, conn: &mut AnyConn, user: &User, hash: &str) -> Result<(), AppError> {
        users::set_password(conn, &user.id, hash, true, self.now)?;
        sessions::delete_others(conn, &user.id, None)?;
        self.record(conn, "password.reset", &user.id, Differences::default())
    }

    fn record(
        &self,
        conn: &mut AnyConn,
        action: &'static str,
        user: &Id,
        differences: Differences,
    ) -> Result<(), AppError> {
        let subject_id = user.as_str();
        let act = Act { action, subject_kind: "user", subject_id, differences, reason: None };
        Ok(audit::record_by(conn, self.by, act)?)
    }
}

/// The hash of a first password that somebody chose, or the fault of its field.
pub fn first_password(text: &str, input: &UserInput) -> Result<String, AppError> {
    match password::weakness(text, &input.username, &input.display_name, input.phone.as_deref()) {
        Some(code) => Err(AppError::invalid("password", code)),
        None => Ok(password::hash(text)?),
    }
}

fn chamber_id(conn: &mut AnyConn, input: &UserInput) -> Result<Option<Id>, AppError> {
    let Some(named) = &input.chamber else { return Ok(None) };
    let found = chambers::queries::find(conn, named)?;
    found.map(|chamber| Some(chamber.id)).ok_or_else(|| AppError::invalid("chamber", "chamber-unknown"))
}

fn differences(keys: &Keyring, before: Option<&User>, after: &User) -> Differences {
    fn field<'a, T>(user: Option<&'a User>, of: impl Fn(&'a User) -> T) -> Option<T> {
        user.map(of)
    }
    let after = Some(after);
    let email = |user: Option<&User>| {
        let email = user.and_then(|user| user.email.as_deref());
        email.map(|email| keys.encrypt("audit_entries.email", email))
    };
    let emails = if field(before, |u| &u.email) == field(after, |u| &u.email) {
        (None, None)
    } else {
        (email(before), email(after))
    };
    Differences::default()
        .field("username", &field(before, |u| &u.username), &field(after, |u| &u.username))
        .field("display_name", &field(before, |u| &u.display_name), &field(after, |u| &u.display_name))
        .field("role", &field(before, |u| u.role), &field(after, |u| u.role))
        .field("region", &field(before, |u| &u.region), &field(after, |u| &u.region))
        .field("chamber_id", &field(before, |u| &u.chamber_id), &field(after, |u| &u.chamber_id))
        .field("locale", &field(before, |u| u.locale), &field(after, |u| u.locale))
        .field("active", &field(before, |u| u.active), &field(after, |u| u.active))
        .sealed("email", emails.0.as_deref(), emails.1.as_deref())
        .sealed(
            "phone",
            before.and_then(|u| u.phone_encrypted.as_deref()),
            after.and_then(|u| u.phone_encrypted.as_deref()),
        )
}

/// Of two who take one username at the same time, the second is told so.
fn taken(error: diesel::result::Error) -> AppError {
    use diesel::result::{DatabaseErrorKind::UniqueViolation, Error::DatabaseError};
    match error {
        DatabaseError(UniqueViolation, _) => AppError::invalid("username", "username-taken"),
        other => other.into(),
    }
}
