//! Users, sessions and tokens, put straight into the database: signing in is a test's subject only once.

use super::TestApp;
use argon2::password_hash::PasswordHasher;
use argon2::{Algorithm, Argon2, Params, Version};
use chrono::Duration;
use diesel::prelude::*;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use yinfeng::accounts::queries::sessions::{self, Session};
use yinfeng::accounts::queries::tokens::{self, ApiToken};
use yinfeng::accounts::queries::users;
use yinfeng::accounts::{Locale, Role, User};
use yinfeng::clock;
use yinfeng::confidential::{random_secret, secret_hash};
use yinfeng::db::Id;
use yinfeng::schema::{chambers, referrers};

use super::Client;

/// The password of every user here.
pub const PASSWORD: &str = "Correct horse 1";

/// A user to be made.
#[must_use]
pub struct NewUser<'a> {
    app: &'a TestApp,
    role: Role,
    username: String,
    region: Option<String>,
    chamber_id: Option<Id>,
}

impl<'a> NewUser<'a> {
    pub(super) fn new(app: &'a TestApp, role: Role) -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(1);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let region = role.needs_region().then(|| "450721".to_owned());
        NewUser { app, role, username: format!("{}{number}", role.as_str()), region, chamber_id: None }
    }

    pub fn username(mut self, username: &str) -> Self {
        self.username = username.to_owned();
        self
    }

    /// The county or zone (`QZ-FTZ`) that the user acts for.
    pub fn region(mut self, code: &str) -> Self {
        self.region = Some(code.to_owned());
        self
    }

    pub fn chamber(mut self, id: &Id) -> Self {
        self.chamber_id = Some(id.clone());
        self
    }

    /// Makes the user, whose password is `PASSWORD`.
    pub fn insert(self) -> User {
        let now = clock::now();
        let chamber_id = match self.chamber_id {
            None if self.role.needs_chamber() => {
                Some(self.app.new_chamber(&format!("示例商会 {}", self.username)))
            }
            chamber => chamber,
        };
        let user = User {
            id: Id::generate(),
            display_name: format!("示例{}", self.username),
            username: self.username,
            role: self.role,
            region: self.region,
            chamber_id,
            phone_encrypted: None,
            email: None,
            locale: Locale::Chinese,
            active: true,
            version: 1,
            created_at: now,
            updated_at: now,
        };
        self.app.write(|conn| {
            users::insert(conn, &user)?;
            users::set_password(conn, &user.id, password_hash(), false, now)
        });
        user
    }

    /// Makes the user and signs him in.
    pub fn signed_in(self) -> Client {
        let app = self.app;
        app.browser_of(&self.insert())
    }

    /// Makes the user and gives him a token.
    pub fn token(self) -> Client {
        let app = self.app;
        app.program_of(&self.insert())
    }
}

impl TestApp {
    /// A chamber of commerce, for liaisons and sources.
    pub fn new_chamber(&self, name: &str) -> Id {
        let (id, now) = (Id::generate(), clock::now());
        let row = (
            chambers::id.eq(&id),
            chambers::code.eq(format!("T-{id}")),
            chambers::name.eq(name),
            chambers::kind.eq("other_city"),
            chambers::status.eq("active"),
            chambers::version.eq(1_i64),
            chambers::created_at.eq(now),
            chambers::updated_at.eq(now),
        );
        self.write(|conn| diesel::insert_into(chambers::table).values(row).execute(conn));
        id
    }

    /// A referrer of 450721.
    pub fn new_referrer(&self, name: &str) -> Id {
        let (id, now) = (Id::generate(), clock::now());
        let row = (
            referrers::id.eq(&id),
            referrers::code.eq(format!("T-{id}")),
            referrers::name.eq(name),
            referrers::kind.eq("enterprise"),
            referrers::region.eq("450721"),
            referrers::status.eq("active"),
            referrers::version.eq(1_i64),
            referrers::created_at.eq(now),
            referrers::updated_at.eq(now),
        );
        self.write(|conn| diesel::insert_into(referrers::table).values(row).execute(conn));
        id
    }

    /// A session of this user: its id and the secret of its cookie.
    pub fn new_session(&self, user: &User) -> (Id, String) {
        let (secret, now) = (random_secret(), clock::now());
        let session = Session {
            id: Id::generate(),
            token_hash: secret_hash(&secret),
            user_id: user.id.clone(),
            device_name: None,
            address: "127.0.0.1".to_owned(),
            user_agent: "test".to_owned(),
            created_at: now,
            last_seen_at: now,
            expires_at: now + Duration::hours(8),
        };
        self.write(|conn| sessions::insert(conn, &session));
        (session.id, secret)
    }

    /// A token of this user: its id and secret.
    pub fn new_token(&self, user: &User) -> (Id, String) {
        let (secret, now) = (random_secret(), clock::now());
        let token = ApiToken {
            id: Id::generate(),
            user_id: user.id.clone(),
            name: "test".to_owned(),
            token_hash: secret_hash(&secret),
            created_at: now,
            expires_at: now + Duration::days(1),
            last_used_at: None,
            revoked_at: None,
        };
        self.write(|conn| tokens::insert(conn, &token));
        (token.id, secret)
    }
}

/// With the least memory and time that Argon2 takes: the real cost would be most of a test's.
fn password_hash() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| {
        let params = Params::new(Params::MIN_M_COST, 1, 1, None).unwrap();
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        argon2.hash_password(PASSWORD.as_bytes()).unwrap().to_string()
    })
}
