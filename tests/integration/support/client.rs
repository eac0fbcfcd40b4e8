//! Who sends requests, and how a request is put together.

use super::Response;
use actix_web::cookie::Cookie;
use actix_web::http::{Method, header};
use actix_web::test::TestRequest;
use serde_json::Value;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering};
use yinfeng::web::session;

type Answer = Pin<Box<dyn Future<Output = Response>>>;
pub(super) type Call = Rc<dyn Fn(TestRequest) -> Answer>;

/// A browser, which keeps cookies and says where a request comes from, or a program, which has a token.
#[derive(Clone)]
pub struct Client {
    call: Call,
    kind: Kind,
}

#[derive(Clone)]
enum Kind {
    Browser { cookies: Rc<RefCell<BTreeMap<String, String>>> },
    Program { token: String },
}

impl Client {
    pub(super) fn browser(call: Call) -> Self {
        Client { call, kind: Kind::Browser { cookies: Rc::default() } }
    }

    pub(super) fn program(call: Call, token: String) -> Self {
        Client { call, kind: Kind::Program { token } }
    }

    /// With a session's secret in its cookie.
    pub fn with_session(self, secret: &str) -> Self {
        if let Kind::Browser { cookies } = &self.kind {
            cookies.borrow_mut().insert(session::COOKIE.to_owned(), secret.to_owned());
        }
        self
    }

    /// A cookie's value as the browser keeps it now.
    pub fn cookie(&self, name: &str) -> Option<String> {
        match &self.kind {
            Kind::Browser { cookies } => cookies.borrow().get(name).cloned(),
            Kind::Program { .. } => None,
        }
    }

    pub fn get(&self, path: &str) -> Request {
        self.request(Method::GET, path)
    }

    pub fn post(&self, path: &str) -> Request {
        self.request(Method::POST, path)
    }

    pub fn post_json(&self, path: &str, body: Value) -> Request {
        self.post(path).json(body)
    }

    /// As a form's submit button sends it.
    pub fn post_form(&self, path: &str, fields: &[(&str, &str)]) -> Request {
        let body = serde_urlencoded::to_string(fields).unwrap();
        self.post(path).body("application/x-www-form-urlencoded", body)
    }

    pub fn patch_json(&self, path: &str, etag: &str, body: Value) -> Request {
        self.request(Method::PATCH, path).if_match(etag).json(body)
    }

    pub fn put_json(&self, path: &str, etag: &str, body: Value) -> Request {
        self.request(Method::PUT, path).if_match(etag).json(body)
    }

    pub fn delete(&self, path: &str, etag: &str) -> Request {
        self.request(Method::DELETE, path).if_match(etag)
    }

    /// `multipart/form-data` with one file, in the part `file`, and plain fields.
    pub fn upload(&self, path: &str, fields: &[(&str, &str)], file_name: &str, content: &[u8]) -> Request {
        self.upload_as(path, fields, (file_name, "application/octet-stream"), content)
    }

    /// The same with the media type that the sender declares.
    pub fn upload_as(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        (file_name, declared): (&str, &str),
        content: &[u8],
    ) -> Request {
        // Each sender makes a new one for each form.
        static FORMS: AtomicUsize = AtomicUsize::new(0);
        let boundary = format!("yinfeng-test-{}", FORMS.fetch_add(1, Ordering::Relaxed));
        let mut body = Vec::new();
        for (name, value) in fields {
            let part =
                format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(part.as_bytes());
        }
        let head = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{file_name}\"\r\n\
             Content-Type: {declared}\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
        self.post(path).body(&format!("multipart/form-data; boundary={boundary}"), body)
    }

    /// Any request; `.await` sends it.
    pub fn request(&self, method: Method, path: &str) -> Request {
        let request =
            TestRequest::default().method(method).uri(path).peer_addr(([127, 0, 0, 1], 40_000).into());
        let request = match &self.kind {
            Kind::Browser { cookies } => cookies
                .borrow()
                .iter()
                .fold(request, |request, (name, value)| request.cookie(Cookie::new(name, value)))
                .insert_header(("sec-fetch-site", "same-origin")),
            Kind::Program { token } => {
                request.insert_header((header::AUTHORIZATION, format!("Bearer {token}")))
            }
        };
        Request { client: self.clone(), request }
    }

    fn keep(&self, response: &Response) {
        let Kind::Browser { cookies } = &self.kind else { return };
        for cookie in response.cookies() {
            let is_removal = cookie.max_age().is_some_and(|age| age.is_zero()) || cookie.value().is_empty();
            let mut cookies = cookies.borrow_mut();
            if is_removal {
                cookies.remove(cookie.name());
            } else {
                cookies.insert(cookie.name().to_owned(), cookie.value().to_owned());
            }
        }
    }
}

/// A request being put together; `.await` sends it.
#[must_use]
pub struct Request {
    client: Client,
    request: TestRequest,
}

impl Request {
    /// Sets a header, in place of what was there.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.request = self.request.insert_header((name, value));
        self
    }

    /// From another machine: the peer's address.
    pub fn from(mut self, address: &str) -> Self {
        self.request = self.request.peer_addr((address.parse::<std::net::IpAddr>().unwrap(), 40_000).into());
        self
    }

    /// The version that the write changes, as a response's `etag()` gave it.
    pub fn if_match(self, etag: &str) -> Self {
        self.header("if-match", etag)
    }

    pub fn json(self, body: Value) -> Self {
        self.body("application/json", body.to_string())
    }

    pub fn body(mut self, content_type: &str, body: impl Into<actix_web::web::Bytes>) -> Self {
        let body = body.into();
        self.request = self
            .request
            .insert_header((header::CONTENT_TYPE, content_type))
            .insert_header((header::CONTENT_LENGTH, body.len()))
            .set_payload(body);
        self
    }
}

impl IntoFuture for Request {
    type Output = Response;
    type IntoFuture = Pin<Box<dyn Future<Output = Response>>>;

    fn into_future(self) -> Self::IntoFuture {
        let Request { client, request } = self;
        Box::pin(async move {
            let response = (client.call)(request).await;
            client.keep(&response);
            response
        })
    }
}
