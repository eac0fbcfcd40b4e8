//! One request as handlers see it: who comes, from where, in which language; and answering with a page.

use crate::accounts::queries::{sessions, tokens};
use crate::accounts::{Actor, User, Via, rules, sign_in};
use crate::app::App;
use crate::confidential::secret_hash;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::web::flash;
use crate::web::i18n::Lang;
use crate::web::shell::{Shell, SignedIn};
use crate::web::templates::Page;
use crate::{clock, web::session};
use actix_web::body::MessageBody;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header;
use actix_web::middleware::Next;
use actix_web::{FromRequest, HttpMessage, HttpRequest, HttpResponse, web::Data};
use chrono::{Duration, NaiveDateTime};
use std::future::{Ready, ready};
use std::net::{IpAddr, Ipv4Addr};

/// The cookie of a language chosen before signing in.
pub const LANGUAGE_COOKIE: &str = "yinfeng_lang";

/// What is known of a request before its handler runs.
#[derive(Clone)]
pub struct Visit {
    pub actor: Option<Actor>,
    pub lang: Lang,
    /// Path and query.
    pub here: String,
    pub address: IpAddr,
    pub request_id: String,
    /// The actor's password must be changed before he does anything else.
    pub must_change: bool,
    flash: Option<crate::web::shell::Flash>,
}

impl Visit {
    /// The actor, or 401.
    pub fn actor(&self) -> Result<&Actor, AppError> {
        self.actor.as_ref().ok_or(AppError::Unauthorized)
    }

    /// What every page shows around its content.
    pub fn shell(&self, app: &App) -> Shell {
        let today = clock::today();
        let shell = match &self.actor {
            None => Shell::public(self.lang, today, &self.here),
            Some(actor) => {
                let place = actor.region.as_deref().map(|r| app.reference.region_name(r, self.lang.code()));
                let user = SignedIn::new(
                    actor.user_id.as_str(),
                    &actor.display_name,
                    actor.role.as_str(),
                    place.unwrap_or_default(),
                );
                Shell::signed_in(self.lang, today, &self.here, user)
            }
        };
        shell.with_flash(self.flash.clone())
    }

    /// 200 with a page.
    pub fn page<P: Page>(&self, app: &App, page: &P) -> Result<HttpResponse, AppError> {
        self.page_with(app, page, HttpResponse::Ok())
    }

    /// A page with a status of the caller's choosing (422 for a form that comes back).
    pub fn page_with<P: Page>(
        &self,
        app: &App,
        page: &P,
        mut response: actix_web::HttpResponseBuilder,
    ) -> Result<HttpResponse, AppError> {
        let html = app
            .views
            .render(page, &self.shell(app))
            .map_err(|e| AppError::Internal(anyhow::Error::new(e)))?;
        if self.flash.is_some() {
            response.cookie(flash::clear());
        }
        Ok(response.content_type("text/html; charset=utf-8").body(html))
    }

    /// One block of a page, for htmx.
    pub fn block<P: Page>(&self, app: &App, page: &P, block: &str) -> Result<HttpResponse, AppError> {
        let html = app
            .views
            .render_block(page, block, &self.shell(app))
            .map_err(|e| AppError::Internal(anyhow::Error::new(e)))?;
        Ok(HttpResponse::Ok().content_type("text/html; charset=utf-8").body(html))
    }
}

impl FromRequest for Visit {
    type Error = AppError;
    type Future = Ready<Result<Self, AppError>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let visit = req.extensions().get::<Visit>().cloned();
        ready(visit.ok_or_else(|| AppError::Internal(anyhow::anyhow!("the request did not arrive"))))
    }
}

/// Middleware: finds out who comes. A browser comes with a session's cookie, a program with a token.
pub async fn arrive(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let Some(app) = req.app_data::<Data<App>>().map(|data| data.as_ref().clone()) else {
        let error = AppError::Internal(anyhow::anyhow!("no application data"));
        return Ok(req.error_response(error).map_into_right_body());
    };
    let mut visit = unknown(&req, &app);
    let identified = identify(&req, &app, &mut visit).await;
    let must_change = visit.must_change && !is_open_before_change(req.path());
    // Of a visit that is refused, too, language and number are known.
    req.extensions_mut().insert(visit);
    if let Err(error) = identified {
        return Ok(req.error_response(error).map_into_right_body());
    }
    if must_change {
        let response = to_password_change(&req);
        return Ok(req.into_response(response).map_into_right_body());
    }
    next.call(req).await.map(ServiceResponse::map_into_left_body)
}

/// What one may do while the password must be changed: change it, leave, read this in another language.
fn is_open_before_change(path: &str) -> bool {
    matches!(path, "/account" | "/account/password" | "/sign-out" | "/language" | "/healthz" | "/readyz")
        || path.starts_with("/static/")
}

/// The one place that leads to the change of a password that must be changed.
fn to_password_change(req: &ServiceRequest) -> HttpResponse {
    // htmx would put the page into a part of this one.
    if req.headers().contains_key("hx-request") {
        return HttpResponse::Ok().insert_header(("HX-Redirect", "/account")).finish();
    }
    flash::see_other("/account")
}

/// The visit of somebody who is not known yet.
fn unknown(req: &ServiceRequest, app: &App) -> Visit {
    let peer = req.peer_addr().map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |peer| peer.ip());
    let text = |name: header::HeaderName| req.headers().get(name).and_then(|value| value.to_str().ok());
    let lines: Vec<&str> =
        req.headers().get_all("x-forwarded-for").map(|line| line.to_str().unwrap_or("?")).collect();
    let forwarded = lines.into_iter();
    let address = app.settings.server.trusted_proxies.client(peer, forwarded);
    let request_id =
        req.extensions().get::<tracing_actix_web::RequestId>().map(ToString::to_string).unwrap_or_default();
    let here = req.uri().path_and_query().map_or("/", |here| here.as_str()).to_owned();
    let language = req.cookie(LANGUAGE_COOKIE);
    Visit {
        actor: None,
        lang: Lang::negotiate(None, language.as_ref().map(|c| c.value()), text(header::ACCEPT_LANGUAGE)),
        here,
        address,
        request_id,
        must_change: false,
        flash: flash::read(req),
    }
}

/// Finds out who comes, and in which language he is spoken to.
async fn identify(req: &ServiceRequest, app: &App, visit: &mut Visit) -> Result<(), AppError> {
    if has_control_character(req.uri().path()) {
        return Err(AppError::NotFound);
    }
    if req.path().starts_with("/static/") || req.path() == "/healthz" {
        return Ok(());
    }
    let bearer = bearer(req);
    let is_program = bearer.is_some() || req.path().starts_with("/api/");
    let cookie = req.cookie(session::COOKIE).filter(|_| !is_program).map(|cookie| cookie.value().to_owned());
    let (kind, secret) = match (bearer, cookie) {
        (Some(token), _) => (Secret::Token, token),
        (None, Some(cookie)) => (Secret::Cookie, cookie),
        (None, None) => return Ok(()),
    };
    if let Some(comer) = comer(app, kind, &secret).await? {
        visit.must_change = comer.must_change;
        let actor = Actor::new(comer.user, comer.via, visit.address.to_string(), visit.request_id.clone());
        // A program speaks for itself: the language that it asks for comes before its user's.
        let asked = req.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        visit.lang = match asked.filter(|_| is_program).and_then(Lang::preferred) {
            Some(lang) => lang,
            None => Lang::negotiate(Some(actor.locale.as_str()), None, None),
        };
        visit.actor = Some(actor);
    }
    Ok(())
}

/// The token of `Authorization: Bearer`; the scheme's word counts in any case (RFC 9110, 11.1).
fn bearer(req: &ServiceRequest) -> Option<String> {
    let value = req.headers().get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim().to_owned())
}

/// No address of ours has one, and PostgreSQL could not be asked about it.
fn has_control_character(path: &str) -> bool {
    path.as_bytes().windows(3).any(|place| {
        let code = std::str::from_utf8(&place[1..]).ok().and_then(|hex| u8::from_str_radix(hex, 16).ok());
        place[0] == b'%' && code.is_some_and(|code| code.is_ascii_control())
    })
}

/// Somebody whom a session or a token names.
#[derive(Debug, Clone)]
pub struct Comer {
    user: User,
    via: Via,
    last_seen_at: Option<NaiveDateTime>,
    /// How long he may be silent.
    idle: Option<Duration>,
    must_change: bool,
}

/// What a request names its sender by.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Secret {
    Token,
    Cookie,
}

impl Secret {
    /// A cookie's secret is no token, and a token none of a cookie.
    fn question(self, hash: &str) -> String {
        format!("{self:?} {hash}")
    }
}

/// Who it is. A token that is not valid is 401 at once: a program is told, not treated as nobody. A session that is
/// over leaves nobody: the browser is sent to sign in.
async fn comer(app: &App, kind: Secret, secret: &str) -> Result<Option<Comer>, AppError> {
    let now = clock::now();
    let (commits, hash) = (app.db.commits(), secret_hash(secret));
    // As a rule he was here a moment ago, and no thread need be changed to find him.
    let known = app.comers.known(commits, &kind.question(&hash)).filter(|comer| !comer.is_to_be_noted(now));
    let found = match known {
        Some(comer) => Ok(comer),
        None => app.block(move |app| look_up(app, kind, hash, commits, now)).await,
    };
    match found {
        Ok(comer) if comer.was_silent_too_long(now) => Ok(None),
        Ok(comer) => Ok(Some(comer)),
        Err(AppError::Unauthorized) if kind == Secret::Cookie => Ok(None),
        Err(error) => Err(error),
    }
}

fn look_up(
    app: &App,
    kind: Secret,
    hash: String,
    commits: u64,
    now: NaiveDateTime,
) -> Result<Comer, AppError> {
    let comer = app.comers.of(commits, kind.question(&hash), || match kind {
        Secret::Token => by_token(app, &hash, now),
        Secret::Cookie => by_session(app, &hash, now),
    })?;
    if comer.is_to_be_noted(now) && !comer.was_silent_too_long(now) {
        touch(app, |conn| match &comer.via {
            Via::Token(id) => tokens::touch(conn, id, now),
            Via::Session(id) => sessions::touch(conn, id, now),
            Via::CommandLine => Ok(()),
        });
    }
    Ok(comer)
}

fn by_token(app: &App, hash: &str, now: NaiveDateTime) -> Result<Comer, AppError> {
    let found = app.db.read(|conn| Ok::<_, AppError>(tokens::find_live(conn, hash, now)?))?;
    let (token, user) = found.ok_or(AppError::Unauthorized)?;
    Ok(Comer {
        user,
        via: Via::Token(token.id),
        last_seen_at: token.last_used_at,
        idle: None,
        must_change: false,
    })
}

fn by_session(app: &App, hash: &str, now: NaiveDateTime) -> Result<Comer, AppError> {
    let found = app.db.read(|conn| Ok::<_, AppError>(sessions::find_live(conn, hash, now)?))?;
    let (session, user, credentials) = found.ok_or(AppError::Unauthorized)?;
    let (_, idle) = sign_in::lifetime(&app.settings.sessions, session.device_name.is_some());
    let days = app.settings.sessions.password_days;
    Ok(Comer {
        user,
        via: Via::Session(session.id),
        last_seen_at: Some(session.last_seen_at),
        idle: Some(idle),
        must_change: rules::password_is_due(credentials.must_change, credentials.changed_at, days, now),
    })
}

impl Comer {
    /// Last-seen times are written at most once a minute.
    fn is_to_be_noted(&self, now: NaiveDateTime) -> bool {
        self.last_seen_at.is_none_or(|at| now - at >= Duration::minutes(1))
    }

    fn was_silent_too_long(&self, now: NaiveDateTime) -> bool {
        self.last_seen_at.zip(self.idle).is_some_and(|(at, idle)| at + idle < now)
    }
}

/// A last-seen time that cannot be written must not fail the request.
fn touch(app: &App, work: impl FnOnce(&mut AnyConn) -> diesel::QueryResult<()>) {
    if let Err(error) = app.db.write(|conn| Ok::<_, AppError>(work(conn)?)) {
        tracing::warn!(%error, "a last-seen time was not written");
    }
}
