//! What a person reads when something could not be done: what happened, and what to do now.

use serde::Serialize;

use crate::web::i18n::Message;
use crate::web::templates::Page;

/// One page for every status; its texts are `error-<code>-title`, `-text` and, with a way out, `-way`.
#[derive(Clone, Debug, Serialize)]
pub struct ErrorPage {
    pub status: u16,
    /// Which of the texts: the status, or the group when a status has no text of its own.
    pub code: &'static str,
    /// What exactly was wrong, when the reader can do something about it.
    pub detail: Option<Message>,
    /// Where the way out leads.
    pub way: String,
    /// For 429 and 503: seconds until it is worth trying again.
    pub wait_seconds: Option<i64>,
    /// For the administrator to find it in the log.
    pub request_id: Option<String>,
}

impl Page for ErrorPage {
    const TEMPLATE: &'static str = "errors/page.html";
}

impl ErrorPage {
    /// The page of an HTTP status. 401 leads to the sign-in and from there back to `here` (path and query).
    pub fn new(status: u16, here: &str) -> ErrorPage {
        let code = match status {
            401 => "401",
            403 => "403",
            404 => "404",
            405 => "405",
            409 => "409",
            412 => "412",
            413 => "413",
            415 => "415",
            428 => "428",
            429 => "429",
            503 => "503",
            400..=499 => "422",
            _ => "500",
        };
        let way = match status {
            401 => format!("/sign-in?next={}", encoded(here)),
            // The same page again: as it is now, or when it is ready.
            412 | 428 | 429 | 503 => here.to_owned(),
            _ => "/".to_owned(),
        };
        ErrorPage { status, code, detail: None, way, wait_seconds: None, request_id: None }
    }

    pub fn detail(mut self, detail: Message) -> ErrorPage {
        self.detail = Some(detail);
        self
    }

    pub fn wait(mut self, seconds: i64) -> ErrorPage {
        self.wait_seconds = Some(seconds);
        self
    }

    pub fn request_id(mut self, id: impl Into<String>) -> ErrorPage {
        self.request_id = Some(id.into());
        self
    }
}

/// Percent-encodes a path and query to stand inside a query.
fn encoded(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => {
                out.push(char::from(byte))
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signing_in_leads_back() {
        assert_eq!(
            ErrorPage::new(401, "/leads?q=玩具&x=1").way,
            "/sign-in?next=/leads%3Fq%3D%E7%8E%A9%E5%85%B7%26x%3D1"
        );
    }
}
