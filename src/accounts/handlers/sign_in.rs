//! `/sign-in` and `/sign-out`.
//!
//! 1. A pair of account and address that failed too often waits; its password is not even looked at.
//! 2. An address that fails much is slowed, never stopped.
//! 3. The password is verified; for an unknown or disabled account something that takes as long is done.
//! 4. In one transaction: a failure is counted and written to the trail, or, unless the pair has to wait by
//!    now, a new session begins. The cookie's old session ends: nobody signs in into a prepared one.

use crate::accounts::model::{Actor, User, Via};
use crate::accounts::pages::SignIn;
use crate::accounts::queries::{failures, sessions, users};
use crate::accounts::{device, password, rules, sign_in};
use crate::app::App;
use crate::audit::{self, Act, By};
use crate::clock;
use crate::confidential::{random_secret, secret_hash};
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::params::Params;
use crate::web::visit::Visit;
use crate::web::{flash, local, session};
use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use chrono::NaiveDateTime;
use tokio::sync::Semaphore;

/// Passwords verified at once: each takes 19 MB and a core, and whoever guesses must not get more of either.
static VERIFYING: Semaphore = Semaphore::const_new(4);

/// What became of an attempt.
enum Attempt {
    SignedIn { secret: String, user: Box<User> },
    Wrong,
    Wait { until: NaiveDateTime },
}

/// What an attempt came with.
struct Asked {
    username: String,
    password: String,
    address: String,
    request_id: String,
    /// The name of the phone that stays signed in; none at a desk.
    device_name: Option<String>,
    user_agent: String,
    /// The secret of the session that the browser still had.
    old_secret: Option<String>,
}

pub async fn show(app: Data<App>, visit: Visit, params: Params) -> Result<HttpResponse, AppError> {
    let next = local::path_or_home(params.text("next"));
    if visit.actor.is_some() {
        return Ok(flash::see_other(next));
    }
    visit.page(&app, &SignIn { next, ..SignIn::default() })
}

pub async fn create(
    app: Data<App>,
    visit: Visit,
    req: HttpRequest,
    mut form: Form,
) -> Result<HttpResponse, AppError> {
    let next = local::path_or_home(form.text("next").as_deref());
    let asked = asked(&visit, &req, &mut form);
    let remembers = asked.device_name.is_some();
    let attempt = attempt(&app, asked).await?;
    let server = &app.settings.server;
    let (message, wait_seconds, mut response) = match attempt {
        Attempt::SignedIn { secret, user } => {
            let lasts = remembers.then_some(app.settings.sessions.phone_absolute);
            let mut response = flash::see_other(next);
            response.add_cookie(&session::cookie(server, secret, lasts)).map_err(anyhow::Error::new)?;
            tracing::info!(user = user.username, "signed in");
            return Ok(response);
        }
        Attempt::Wrong => (Some(Message::new("sign-in-wrong")), None, HttpResponse::Unauthorized()),
        Attempt::Wait { until } => {
            let seconds = (until - clock::now()).num_seconds().max(0) + 1;
            let mut response = HttpResponse::TooManyRequests();
            response.insert_header((header::RETRY_AFTER, seconds.to_string()));
            (None, Some(seconds), response)
        }
    };
    let mut filled = form.filled(&form.errors);
    filled.values.remove("password");
    if let Some(message) = message {
        filled = filled.error("", message);
    }
    response.insert_header((header::CACHE_CONTROL, "no-store"));
    visit.page_with(&app, &SignIn { form: filled, next, wait_seconds }, response)
}

pub async fn destroy(app: Data<App>, visit: Visit) -> Result<HttpResponse, AppError> {
    if let Some(actor) = visit.actor.clone()
        && let Via::Session(id) = actor.via.clone()
    {
        let by = actor.clone();
        app.write(&actor, move |_, conn| {
            sessions::delete(conn, &id)?;
            Ok(audit::record(conn, &by, act("session.end", "session", id.as_str()))?)
        })
        .await?;
    }
    let mut response = flash::redirect("/sign-in", Message::new("signed-out"));
    response.add_cookie(&session::removal(&app.settings.server)).map_err(anyhow::Error::new)?;
    Ok(response)
}

fn asked(visit: &Visit, req: &HttpRequest, form: &mut Form) -> Asked {
    let user_agent = req.headers().get(header::USER_AGENT).and_then(|value| value.to_str().ok());
    let user_agent: String = user_agent.unwrap_or_default().chars().take(300).collect();
    let named = form.is_checked("named_device").then(|| {
        let name = form.text("device_name").unwrap_or_else(|| device::name_of(&user_agent));
        name.chars().take(60).collect()
    });
    let username = form.text("username").unwrap_or_default().to_lowercase();
    Asked {
        username: username.chars().take(rules::MAX_USERNAME).collect(),
        password: form.raw("password").chars().take(password::MAX_LENGTH + 1).collect(),
        address: visit.address.to_string(),
        request_id: visit.request_id.clone(),
        device_name: named,
        user_agent,
        old_secret: req.cookie(session::COOKIE).map(|cookie| cookie.value().to_owned()),
    }
}

async fn attempt(app: &App, asked: Asked) -> Result<Attempt, AppError> {
    let (username, address) = (asked.username.clone(), asked.address.clone());
    let (until, recent) = app
        .read(move |_, conn| {
            let now = clock::now();
            let until = failures::blocked_until(conn, &username, &address, now)?;
            Ok((until, failures::recent_from(conn, &address, now)?))
        })
        .await?;
    if let Some(until) = until {
        return Ok(Attempt::Wait { until });
    }
    tokio::time::sleep(sign_in::slow_down(recent)).await;
    let permit = VERIFYING.acquire().await.map_err(anyhow::Error::new)?;
    let attempt = app.block(move |app| decide(app, &asked)).await;
    drop(permit);
    attempt
}

fn decide(app: &App, asked: &Asked) -> Result<Attempt, AppError> {
    let known = app.db.read(|conn| {
        let Some(user) = users::find_by_username(conn, &asked.username)? else { return Ok(None) };
        let credentials = users::credentials(conn, &user.id)?;
        Ok::<_, AppError>(credentials.map(|credentials| (user, credentials)))
    })?;
    let is_right = match &known {
        Some((user, credentials)) => {
            password::verify(&asked.password, &credentials.password_hash) && user.active
        }
        None => {
            password::verify_nothing(&asked.password);
            false
        }
    };
    let user = known.map(|(user, _)| user);
    app.db.write(|conn| {
        let now = clock::now();
        if let Some(until) = failures::blocked_until(conn, &asked.username, &asked.address, now)? {
            return Ok(Attempt::Wait { until });
        }
        match user {
            Some(user) if is_right => begin(app, conn, asked, user, now),
            user => refuse(conn, asked, user, now),
        }
    })
}

fn begin(
    app: &App,
    conn: &mut AnyConn,
    asked: &Asked,
    user: User,
    now: NaiveDateTime,
) -> Result<Attempt, AppError> {
    failures::clear(conn, &asked.username, &asked.address)?;
    if let Some(old) = &asked.old_secret {
        sessions::delete_by_hash(conn, &secret_hash(old))?;
    }
    let secret = random_secret();
    let (absolute, _) = sign_in::lifetime(&app.settings.sessions, asked.device_name.is_some());
    let session = sessions::Session {
        id: Id::generate(),
        token_hash: secret_hash(&secret),
        user_id: user.id.clone(),
        device_name: asked.device_name.clone(),
        address: asked.address.clone(),
        user_agent: asked.user_agent.clone(),
        created_at: now,
        last_seen_at: now,
        expires_at: now + absolute,
    };
    sessions::insert(conn, &session)?;
    let id = session.id;
    let via = Via::Session(id.clone());
    let actor = Actor::new(user.clone(), via, asked.address.clone(), asked.request_id.clone());
    audit::record(conn, &actor, act("session.create", "session", id.as_str()))?;
    Ok(Attempt::SignedIn { secret, user: Box::new(user) })
}

/// What was typed as a username is kept only when it is one: people type passwords there.
fn refuse(
    conn: &mut AnyConn,
    asked: &Asked,
    user: Option<User>,
    now: NaiveDateTime,
) -> Result<Attempt, AppError> {
    failures::record(conn, &asked.username, &asked.address, now)?;
    let (name, kind, id) = match &user {
        Some(user) => (user.username.as_str(), "user", user.id.as_str()),
        None => ("?", "session", ""),
    };
    audit::record_by(conn, By::Program(name, Some(&asked.address)), act("session.refuse", kind, id))?;
    Ok(Attempt::Wrong)
}

fn act<'a>(action: &'static str, subject_kind: &'static str, subject_id: &'a str) -> Act<'a> {
    Act { action, subject_kind, subject_id, ..Act::default() }
}
