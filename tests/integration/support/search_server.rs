//! A server on loopback that speaks Meilisearch's published API as far as the program uses it: it notes what is asked
//! and answers in the shapes that Meilisearch 1.50 was recorded to answer in.
//!
//! It keeps documents and settings and looks for nothing: a search is answered with all documents of its index.

use actix_web::web::{Bytes, Data};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::net::TcpListener;
use std::sync::mpsc;
use std::sync::{Arc, Mutex};
use std::time::Duration;

pub const KEY: &str = "example-key-that-no-log-shows";

/// What somebody asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// `POST /multi-search`
    pub line: String,
    pub body: Value,
    pub key: Option<String>,
}

/// Answers in place of the usual: a status, a body, and after how long.
pub type Instead = fn(&Asked) -> Option<(u16, Value, Duration)>;

#[derive(Default)]
struct State {
    asked: Vec<Asked>,
    indexes: BTreeMap<String, Index>,
    tasks: u64,
    instead: Option<Instead>,
}

#[derive(Default, Clone)]
struct Index {
    settings: Map<String, Value>,
    documents: BTreeMap<String, Value>,
}

pub struct SearchServer {
    pub url: String,
    state: Arc<Mutex<State>>,
    stop: Option<actix_web::dev::ServerHandle>,
}

impl SearchServer {
    pub fn start() -> Self {
        Self::on(TcpListener::bind("127.0.0.1:0").unwrap())
    }

    /// On an address of its own choosing, or on one that was refused before.
    pub fn on(listener: TcpListener) -> Self {
        let url = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::new(Mutex::new(State::default()));
        let (tell, told) = mpsc::channel();
        let data = Data::from(state.clone());
        std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let app = move || App::new().app_data(data.clone()).default_service(web::to(answer));
                let server =
                    HttpServer::new(app).workers(2).disable_signals().listen(listener).unwrap().run();
                tell.send(server.handle()).unwrap();
                server.await.unwrap();
            });
        });
        SearchServer { url, state, stop: told.recv().ok() }
    }

    /// The lines of what was asked since the last call.
    pub fn lines(&self) -> Vec<String> {
        self.asked().into_iter().map(|asked| asked.line).collect()
    }

    /// All that was asked since the last call.
    pub fn asked(&self) -> Vec<Asked> {
        std::mem::take(&mut self.state.lock().unwrap().asked)
    }

    /// From now on this is answered where it answers.
    pub fn answers(&self, instead: Instead) {
        self.state.lock().unwrap().instead = Some(instead);
    }

    /// From now on the usual is answered.
    pub fn recovers(&self) {
        self.state.lock().unwrap().instead = None;
    }

    /// The documents of an index.
    pub fn documents(&self, index: &str) -> Vec<Value> {
        let state = self.state.lock().unwrap();
        state.indexes.get(index).map(|index| index.documents.values().cloned().collect()).unwrap_or_default()
    }

    pub fn indexes(&self) -> Vec<String> {
        self.state.lock().unwrap().indexes.keys().cloned().collect()
    }

    /// As if somebody had removed all of it.
    pub fn forgets(&self) {
        self.state.lock().unwrap().indexes.clear();
    }
}

impl Drop for SearchServer {
    fn drop(&mut self) {
        if let Some(handle) = self.stop.take() {
            drop(handle.stop(false));
        }
    }
}

async fn answer(request: HttpRequest, body: Bytes, state: Data<Mutex<State>>) -> HttpResponse {
    let target = request.uri().path_and_query().map(|target| target.as_str().to_owned()).unwrap_or_default();
    let header = request.headers().get("authorization").and_then(|value| value.to_str().ok());
    let asked = Asked {
        line: format!("{} {target}", request.method()),
        body: serde_json::from_slice(&body).unwrap_or(Value::Null),
        key: header.map(str::to_owned),
    };
    let instead = {
        let mut state = state.lock().unwrap();
        state.asked.push(asked.clone());
        state.instead.and_then(|instead| instead(&asked))
    };
    let (status, said) = match instead {
        Some((status, said, after)) => {
            actix_web::rt::time::sleep(after).await;
            (status, said)
        }
        None => state.lock().unwrap().usual(&asked),
    };
    let status = actix_web::http::StatusCode::from_u16(status).unwrap();
    if said.is_null() { HttpResponse::build(status).finish() } else { HttpResponse::build(status).json(said) }
}

impl State {
    fn usual(&mut self, asked: &Asked) -> (u16, Value) {
        let (method, target) = asked.line.split_once(' ').unwrap();
        let path = target.split('?').next().unwrap();
        let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
        match (method, parts.as_slice()) {
            ("GET", ["tasks", uid]) => (200, task(uid.parse().unwrap())),
            ("POST", ["indexes"]) => {
                let uid = asked.body["uid"].as_str().unwrap().to_owned();
                self.indexes.entry(uid.clone()).or_default();
                self.enqueued(Some(&uid), "indexCreation")
            }
            ("POST", ["swap-indexes"]) => {
                let pair = &asked.body[0]["indexes"];
                let (a, b) = (pair[0].as_str().unwrap(), pair[1].as_str().unwrap());
                let (of_a, of_b) = (self.indexes[a].clone(), self.indexes[b].clone());
                self.indexes.extend([(a.to_owned(), of_b), (b.to_owned(), of_a)]);
                self.enqueued(None, "indexSwap")
            }
            ("POST", ["multi-search"]) => self.search(&asked.body),
            (_, ["indexes", uid, rest @ ..]) => self.of_index(method, uid, rest, &asked.body),
            _ => panic!("not a request of the published API, or one that is not used: {}", asked.line),
        }
    }

    fn of_index(&mut self, method: &str, uid: &str, rest: &[&str], body: &Value) -> (u16, Value) {
        if method == "POST" && rest == ["documents"] {
            self.indexes.entry(uid.to_owned()).or_default();
        }
        if method == "DELETE" && rest.is_empty() {
            self.indexes.remove(uid);
            return self.enqueued(Some(uid), "indexDeletion");
        }
        let Some(index) = self.indexes.get_mut(uid) else { return not_found(uid) };
        match (method, rest) {
            ("GET", []) => (200, json!({"uid": uid, "primaryKey": "id"})),
            ("GET", ["settings"]) => (200, Value::Object(index.settings.clone())),
            ("GET", ["stats"]) => {
                let (count, fields) = (index.documents.len(), json!({}));
                let stats = json!({
                    "numberOfDocuments": count, "rawDocumentDbSize": 4096 * count, "avgDocumentSize": 2040,
                    "isIndexing": false, "numberOfEmbeddings": 0, "numberOfEmbeddedDocuments": 0, "fieldDistribution": fields,
                });
                (200, stats)
            }
            ("PATCH", ["settings"]) => {
                index.settings.extend(body.as_object().unwrap().clone());
                self.enqueued(Some(uid), "settingsUpdate")
            }
            ("POST", ["documents"]) => {
                for document in body.as_array().unwrap() {
                    index.documents.insert(document["id"].as_str().unwrap().to_owned(), document.clone());
                }
                self.enqueued(Some(uid), "documentAdditionOrUpdate")
            }
            ("POST", ["documents", "delete-batch"]) => {
                for id in body.as_array().unwrap() {
                    index.documents.remove(id.as_str().unwrap());
                }
                self.enqueued(Some(uid), "documentDeletion")
            }
            ("POST", ["documents", "fetch"]) => {
                let from = body["offset"].as_u64().unwrap() as usize;
                let most = body["limit"].as_u64().unwrap() as usize;
                let all: Vec<Value> = index.documents.values().skip(from).take(most).cloned().collect();
                (200, json!({"results": all, "offset": from, "limit": most, "total": index.documents.len()}))
            }
            _ => panic!("{method} of {uid}: {rest:?}"),
        }
    }

    fn search(&self, body: &Value) -> (u16, Value) {
        let uid = body["queries"][0]["indexUid"].as_str().unwrap();
        let Some(index) = self.indexes.get(uid) else { return not_found(uid) };
        let (offset, limit) = (body["federation"]["offset"].as_u64(), body["federation"]["limit"].as_u64());
        let hits = index.documents.values().skip(offset.unwrap() as usize).take(limit.unwrap() as usize);
        let wanted = body["queries"][0]["attributesToRetrieve"].as_array().unwrap();
        let hits = hits.map(|document| {
            let shown = wanted.iter().map(|name| name.as_str().unwrap());
            let mut hit: Map<String, Value> =
                shown.filter_map(|name| Some((name.to_owned(), document.get(name)?.clone()))).collect();
            let said = json!({"indexUid": uid, "queriesPosition": 0, "weightedRankingScore": 0.25});
            hit.insert("_federation".to_owned(), said);
            Value::Object(hit)
        });
        let hits: Vec<Value> = hits.collect();
        let mut distribution = json!({});
        for name in body["federation"]["facetsByIndex"][uid].as_array().into_iter().flatten() {
            let name = name.as_str().unwrap();
            for value in index.documents.values().filter_map(|document| document[name].as_str()) {
                let count = distribution[name][value].as_u64().unwrap_or(0);
                distribution[name][value] = json!(count + 1);
            }
        }
        let said = json!({
            "hits": hits, "processingTimeMs": 19, "limit": limit, "offset": offset,
            "estimatedTotalHits": index.documents.len(), "facetDistribution": distribution, "facetStats": {},
            "requestUid": "01a21944-c78a-7b12-8fe9-6aa8a840e19d",
        });
        (200, said)
    }

    fn enqueued(&mut self, index: Option<&str>, kind: &str) -> (u16, Value) {
        self.tasks += 1;
        let said = json!({
            "taskUid": self.tasks, "indexUid": index, "status": "enqueued", "type": kind,
            "enqueuedAt": "2026-11-26T19:11:04.466671301Z",
        });
        (202, said)
    }
}

/// A task that went well.
fn task(uid: u64) -> Value {
    json!({
        "uid": uid, "batchUid": uid, "indexUid": null, "status": "succeeded", "type": "documentAdditionOrUpdate",
        "canceledBy": null, "details": {"receivedDocuments": 2, "indexedDocuments": 2}, "error": null,
        "duration": "PT1.893480240S", "enqueuedAt": "2026-11-26T19:11:04.466671301Z",
        "startedAt": "2026-11-26T19:11:04.467838945Z", "finishedAt": "2026-11-26T19:11:06.361319185Z",
    })
}

/// A task that failed, as the server tells it: with status 200.
pub fn failed_task() -> Value {
    let mut failed = task(1);
    failed["status"] = json!("failed");
    failed["error"] = json!({
        "message": "Document doesn't have a `id` attribute.", "code": "missing_document_id", "type": "invalid_request",
        "link": "https://docs.meilisearch.com/errors#missing_document_id",
    });
    failed
}

fn not_found(uid: &str) -> (u16, Value) {
    let said = json!({
        "message": format!("Index `{uid}` not found."), "code": "index_not_found", "type": "invalid_request",
        "link": "https://docs.meilisearch.com/errors#index_not_found",
    });
    (404, said)
}
