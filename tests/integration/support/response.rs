//! What came back.

use actix_web::cookie::Cookie;
use actix_web::http::StatusCode;
use actix_web::http::header::HeaderMap;
use actix_web::web::Bytes;
use serde_json::Value;

/// A response, read to its end.
#[derive(Debug)]
pub struct Response {
    status: StatusCode,
    headers: HeaderMap,
    cookies: Vec<Cookie<'static>>,
    body: Bytes,
}

impl Response {
    pub(super) fn new(
        status: StatusCode,
        headers: HeaderMap,
        cookies: Vec<Cookie<'static>>,
        body: Bytes,
    ) -> Self {
        Response { status, headers, cookies, body }
    }

    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// The response itself, if its status is this; else a failure that shows what came instead.
    #[track_caller]
    pub fn assert_status(self, expected: u16) -> Self {
        assert_eq!(self.status(), expected, "{}", self.text());
        self
    }

    /// A header's text; of several, the first.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// The record's version, to be sent back as If-Match.
    #[track_caller]
    pub fn etag(&self) -> String {
        self.header("etag").expect("no ETag").to_owned()
    }

    #[track_caller]
    pub fn location(&self) -> String {
        self.header("location").expect("no Location").to_owned()
    }

    pub fn cookies(&self) -> &[Cookie<'static>] {
        &self.cookies
    }

    pub fn bytes(&self) -> &[u8] {
        &self.body
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|reason| panic!("{reason}: {}", self.text()))
    }

    /// The codes of a problem's faults, by field: `[("title", "required")]`.
    #[track_caller]
    pub fn faults(&self) -> Vec<(String, String)> {
        let text = |fault: &Value, key: &str| fault[key].as_str().unwrap_or_default().to_owned();
        let problem = self.json();
        let faults = problem["errors"].as_array().cloned().unwrap_or_default();
        faults.iter().map(|fault| (text(fault, "field"), text(fault, "code"))).collect()
    }
}
