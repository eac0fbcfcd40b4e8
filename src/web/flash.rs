//! One sentence about what was just done, carried by a cookie to the next page.

use crate::web::i18n::Message;
use crate::web::shell::{Flash, Tone};
use actix_web::HttpResponse;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::dev::ServiceRequest;
use actix_web::http::header;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

const COOKIE: &str = "yinfeng_flash";

/// The sentence that the browser brought along.
pub fn read(req: &ServiceRequest) -> Option<Flash> {
    let cookie = req.cookie(COOKIE)?;
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(cookie.value()).ok()?).ok()
}

/// Takes the sentence away once it was shown.
pub fn clear() -> Cookie<'static> {
    let mut cookie = cookie(String::new());
    cookie.make_removal();
    cookie
}

/// 303 to the next page, with a sentence of what was done.
pub fn redirect(to: impl AsRef<str>, message: Message) -> HttpResponse {
    let flash = Flash { tone: Tone::Done, message };
    let text = URL_SAFE_NO_PAD.encode(serde_json::to_vec(&flash).unwrap_or_default());
    HttpResponse::SeeOther().insert_header((header::LOCATION, to.as_ref())).cookie(cookie(text)).finish()
}

/// 303 without a sentence.
pub fn see_other(to: impl AsRef<str>) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, to.as_ref())).finish()
}

fn cookie(value: String) -> Cookie<'static> {
    Cookie::build(COOKIE, value).path("/").http_only(true).same_site(SameSite::Lax).finish()
}
