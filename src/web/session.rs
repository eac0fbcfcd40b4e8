//! The cookie of a session.

use crate::config::ServerSettings;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};

/// The cookie's name.
pub const COOKIE: &str = "yinfeng_session";

/// The cookie that carries a session's secret; on a named phone it outlives the browser.
pub fn cookie(
    server: &ServerSettings,
    secret: String,
    lasts: Option<std::time::Duration>,
) -> Cookie<'static> {
    let mut cookie = base(server, COOKIE, secret);
    if let Some(lasts) = lasts {
        cookie.set_max_age(Duration::try_from(lasts).unwrap_or(Duration::DAY));
    }
    cookie
}

/// The cookie that takes the session's away.
pub fn removal(server: &ServerSettings) -> Cookie<'static> {
    let mut cookie = base(server, COOKIE, String::new());
    cookie.make_removal();
    cookie
}

fn base(server: &ServerSettings, name: &'static str, value: String) -> Cookie<'static> {
    Cookie::build(name, value)
        .path("/")
        .http_only(true)
        .secure(server.public_url.starts_with("https://"))
        .same_site(SameSite::Lax)
        .finish()
}
