//! Calls to the server. Callers wait, but never longer than they say: the calls run on a thread of their own, so that
//! neither an async thread nor one without a runtime is in the way of them.

use std::future::Future;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

use meilisearch_sdk::client::Client;
use meilisearch_sdk::errors::{Error, ErrorCode};
use meilisearch_sdk::request::{HttpClient, Method};
use serde::Deserialize;
use tokio::runtime::{Builder, Runtime};

use super::breaker::Breaker;
use super::http::Http;
use crate::config;
use crate::search::error::SearchError;

/// Between two looks at a task.
const LOOK: Duration = Duration::from_millis(25);
const LOOK_LATER: Duration = Duration::from_millis(500);

/// A server, and the thread that speaks to it.
pub(super) struct Server {
    url: String,
    http: Http,
    breaker: Breaker,
    /// Taken when the engine ends, which may be on an async thread.
    runtime: Option<Runtime>,
}

/// A task as far as we look at it. What the client makes of one is stricter than servers are.
#[derive(Debug, Deserialize)]
struct Task {
    status: String,
    error: Option<TaskError>,
}

#[derive(Debug, Deserialize)]
struct TaskError {
    code: String,
    message: String,
}

impl Server {
    pub(super) fn new(place: &config::Meilisearch) -> Result<Server, SearchError> {
        let mut runtime = Builder::new_multi_thread();
        let runtime = runtime.worker_threads(1).thread_name("meilisearch").enable_all().build()?;
        let http = Http::new(place.key.as_deref())?;
        Ok(Server { url: place.url.clone(), http, breaker: Breaker::default(), runtime: Some(runtime) })
    }

    /// The published client. The key is in every request of `http`, so it needs none.
    pub(super) fn client(&self) -> Client<Http> {
        Client::new_with_client(self.url.clone(), None::<String>, self.http.clone())
    }

    /// Runs `work`, for no longer than `limit`.
    ///
    /// # Errors
    /// `Unreachable` when the server does not answer in time, or did not a moment ago; `NoIndex`; `Refused` for
    /// whatever else it says.
    pub(super) fn run<T: Send + 'static>(
        &self,
        limit: Duration,
        work: impl Future<Output = Result<T, Error>> + Send + 'static,
    ) -> Result<T, SearchError> {
        if !self.breaker.lets_through(Instant::now()) {
            return Err(SearchError::Unreachable("it did not a moment ago".to_owned()));
        }
        let Some(runtime) = &self.runtime else { return Err(late(limit)) };
        let (tell, told) = mpsc::channel();
        runtime.spawn(async move {
            let done = tokio::time::timeout(limit, work).await;
            // Who asked may have stopped waiting.
            let _ = tell.send(done);
        });
        let done = match told.recv_timeout(limit + Duration::from_millis(500)) {
            Ok(Ok(done)) => done.map_err(|error| told_as(&error)),
            Ok(Err(_)) | Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => Err(late(limit)),
        };
        match &done {
            Err(SearchError::Unreachable(_)) => self.breaker.failed(Instant::now()),
            _ => self.breaker.answered(),
        }
        done
    }

    /// Asks for a path that the client has no words for, or too strict ones.
    pub(super) fn get<T: serde::de::DeserializeOwned + Send + 'static>(
        &self,
        limit: Duration,
        path: &str,
    ) -> Result<T, SearchError> {
        let (http, url) = (self.http.clone(), format!("{}{path}", self.url));
        self.run(limit, async move { http.request(&url, Method::<(), ()>::Get { query: () }, 200).await })
    }

    /// The same with a body.
    pub(super) fn post<T: serde::de::DeserializeOwned + Send + 'static>(
        &self,
        limit: Duration,
        path: &str,
        body: serde_json::Value,
    ) -> Result<T, SearchError> {
        let (http, url) = (self.http.clone(), format!("{}{path}", self.url));
        self.run(limit, async move { http.request(&url, Method::Post { query: (), body }, 200).await })
    }

    /// Waits until the task has succeeded.
    ///
    /// # Errors
    /// `Refused` when it failed or was cancelled, which the server tells as a success of the question;
    /// `Unreachable` when it is not done within `limit`: it may be later.
    pub(super) fn wait(&self, task: u32, limit: Duration) -> Result<(), SearchError> {
        let end = Instant::now() + limit;
        let mut pause = LOOK;
        loop {
            let Task { status, error } = self.get(super::engine::ANSWER, &format!("/tasks/{task}"))?;
            match status.as_str() {
                "succeeded" => return Ok(()),
                "enqueued" | "processing" if Instant::now() < end => std::thread::sleep(pause),
                "enqueued" | "processing" => {
                    let seconds = limit.as_secs();
                    return Err(SearchError::Unreachable(format!("task {task} took over {seconds} s")));
                }
                _ if error.as_ref().is_some_and(|error| error.code == "index_not_found") => {
                    return Err(SearchError::NoIndex);
                }
                _ => {
                    let said = error.map_or(status, |error| format!("{}: {}", error.code, error.message));
                    return Err(SearchError::Refused(format!("task {task}: {said}")));
                }
            }
            pause = (pause * 2).min(LOOK_LATER);
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

fn late(limit: Duration) -> SearchError {
    SearchError::Unreachable(format!("not within {} s", limit.as_secs_f32()))
}

fn told_as(error: &Error) -> SearchError {
    match error {
        Error::Meilisearch(said) if said.error_code == ErrorCode::IndexNotFound => SearchError::NoIndex,
        Error::Meilisearch(said) => {
            SearchError::Refused(format!("{}: {}", said.error_code, said.error_message))
        }
        Error::MeilisearchCommunication(said) if said.status_code >= 500 => {
            SearchError::Unreachable(format!("status {}", said.status_code))
        }
        Error::MeilisearchCommunication(said) => SearchError::Refused(format!("status {}", said.status_code)),
        Error::Other(error) => SearchError::Unreachable(causes(error.as_ref())),
        other => SearchError::Refused(other.to_string()),
    }
}

/// An error of the network says why only in its causes.
fn causes(error: &(dyn std::error::Error + 'static)) -> String {
    let mut said = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        said = format!("{said}: {error}");
        cause = error.source();
    }
    said
}
