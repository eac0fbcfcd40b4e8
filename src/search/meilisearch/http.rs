//! The way of a request to Meilisearch: the one HTTP and TLS stack of the program, with limits that the client's
//! own has not.

use std::time::Duration;

use async_trait::async_trait;
use futures_util::io::{AsyncRead, AsyncReadExt};
use meilisearch_sdk::errors::Error;
use meilisearch_sdk::request::{HttpClient, Method, parse_response};
use reqwest_tls::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest_tls::redirect::Policy;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::search::error::SearchError;

/// A machine that is there answers sooner.
const CONNECT: Duration = Duration::from_secs(1);
/// No request is without an end; most have a nearer one.
const LONGEST: Duration = Duration::from_secs(60);

/// Makes requests with the key in their header; cheap to clone.
#[derive(Debug, Clone)]
pub(super) struct Http(reqwest_tls::Client);

impl Http {
    pub(super) fn new(key: Option<&str>) -> Result<Http, SearchError> {
        let wrong = |what: &str| SearchError::Refused(what.to_owned());
        // The one way of TLS here is ring's. Whoever set a provider before us set the same one.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut headers = HeaderMap::new();
        if let Some(key) = key {
            let value = HeaderValue::from_str(&format!("Bearer {key}"));
            let mut value = value.map_err(|_| wrong("search_key has characters that no header carries"))?;
            value.set_sensitive(true);
            headers.insert(AUTHORIZATION, value);
        }
        let client = reqwest_tls::Client::builder()
            .default_headers(headers)
            .connect_timeout(CONNECT)
            .timeout(LONGEST)
            // The key goes to the address that was set, and nowhere else.
            .redirect(Policy::none())
            .no_proxy()
            .build();
        client.map(Http).map_err(|error| wrong(&error.to_string()))
    }

    async fn send<T: DeserializeOwned>(
        &self,
        url: &str,
        method: reqwest_tls::Method,
        body: Option<(String, Vec<u8>)>,
        expected: u16,
    ) -> Result<T, Error> {
        let mut request = self.0.request(method, url);
        if let Some((content_type, bytes)) = body {
            request = request.header(CONTENT_TYPE, content_type).body(bytes);
        }
        let response = request.send().await.map_err(other)?;
        let status = response.status().as_u16();
        let text = response.text().await.map_err(other)?;
        let text = if text.is_empty() { "null" } else { &text };
        parse_response(status, expected, text, url.to_owned())
    }
}

#[async_trait]
impl HttpClient for Http {
    async fn request<Query, Body, Output>(
        &self,
        url: &str,
        method: Method<Query, Body>,
        expected_status_code: u16,
    ) -> Result<Output, Error>
    where
        Query: Serialize + Send + Sync,
        Body: Serialize + Send + Sync,
        Output: DeserializeOwned + 'static + Send,
    {
        let url = with_query(url, method.query())?;
        let verb = verb(&method);
        let body = match method.body() {
            Some(body) => Some(("application/json".to_owned(), serde_json::to_vec(body)?)),
            None => None,
        };
        self.send(&url, verb, body, expected_status_code).await
    }

    async fn stream_request<
        Query: Serialize + Send + Sync,
        Body: AsyncRead + Send + Sync + 'static,
        Output: DeserializeOwned + 'static,
    >(
        &self,
        url: &str,
        method: Method<Query, Body>,
        content_type: &str,
        expected_status_code: u16,
    ) -> Result<Output, Error> {
        let url = with_query(url, method.query())?;
        let verb = verb(&method);
        let body = match method.into_body() {
            Some(body) => {
                let mut bytes = Vec::new();
                Box::pin(body).read_to_end(&mut bytes).await.map_err(other)?;
                Some((content_type.to_owned(), bytes))
            }
            None => None,
        };
        self.send(&url, verb, body, expected_status_code).await
    }

    fn is_tokio(&self) -> bool {
        true
    }
}

fn with_query(url: &str, query: &impl Serialize) -> Result<String, Error> {
    let query = serde_urlencoded::to_string(query).map_err(other)?;
    Ok(if query.is_empty() { url.to_owned() } else { format!("{url}?{query}") })
}

fn verb<Q, B>(method: &Method<Q, B>) -> reqwest_tls::Method {
    match method {
        Method::Get { .. } => reqwest_tls::Method::GET,
        Method::Post { .. } => reqwest_tls::Method::POST,
        Method::Patch { .. } => reqwest_tls::Method::PATCH,
        Method::Put { .. } => reqwest_tls::Method::PUT,
        Method::Delete { .. } => reqwest_tls::Method::DELETE,
    }
}

/// What is no answer of the server: it did not come to one.
fn other(error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::Other(Box::new(error))
}
