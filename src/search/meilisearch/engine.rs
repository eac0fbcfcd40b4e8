//! The engine: one index on the server that answers, and one beside while a rebuild fills it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use chrono::NaiveDateTime;
use serde::Deserialize;
use serde_json::{Value, json};

use super::ask;
use super::index_settings::IndexSettings;
use super::rebuild::{Building, MeilisearchRebuild};
use super::record::{self, VERSION};
use super::server::Server;
use crate::search::answer::{EngineStatus, SearchAnswer};
use crate::search::document::LeadDocument;
use crate::search::engine::{Rebuild, SearchEngine};
use crate::search::error::SearchError;
use crate::search::query::SearchQuery;
use crate::search::settings::Settings;
use crate::{clock, config};

/// A short question of the worker or of somebody who watches.
pub(super) const ANSWER: Duration = Duration::from_secs(3);
/// Somebody waits in front of a page, for a database that answers in its place.
const SEARCH: Duration = Duration::from_secs(3);
/// A batch of records on its way.
pub(super) const WRITE: Duration = Duration::from_secs(30);
/// What a batch may take until it is findable. A claim of outbox rows lasts for a minute.
const COMMIT: Duration = Duration::from_secs(45);
/// Records in one request.
pub(super) const AT_ONCE: usize = 500;
/// Ids and versions read in one request.
const PAGE: usize = 1_000;
/// An index that somebody removed or replaced is noticed within this.
const LOOK: Duration = Duration::from_secs(30);

/// The engine, shared with its rebuild.
pub(super) struct Meilisearch {
    pub(super) shared: Arc<Shared>,
}

pub(super) struct Shared {
    pub(super) server: Server,
    pub(super) settings: Settings,
    pub(super) told: IndexSettings,
    /// How long a search may take.
    pub(super) limit: Duration,
    /// The name of the index that answers.
    pub(super) index: String,
    /// The name of this process among those that may write.
    writer: String,
    /// Held while anything is written, so that a rebuild misses nothing.
    building: Mutex<Option<Building>>,
    written: Mutex<Written>,
    pub(super) rebuilding: AtomicBool,
    lacking: AtomicBool,
    looked: Mutex<Option<Instant>>,
}

/// What was sent since the last commit.
#[derive(Default)]
struct Written {
    tasks: Vec<u32>,
    leads: u64,
    last_commit: Option<NaiveDateTime>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Stats {
    number_of_documents: u64,
    /// Servers before 1.13 do not say.
    #[serde(default)]
    raw_document_db_size: u64,
}

#[derive(Deserialize)]
struct Page {
    results: Vec<IdAndVersion>,
}

#[derive(Deserialize)]
struct IdAndVersion {
    id: String,
    version: i64,
}

impl Meilisearch {
    pub(super) fn open(place: &config::Meilisearch, settings: Settings) -> Result<Meilisearch, SearchError> {
        let shared = Shared {
            server: Server::new(place)?,
            told: IndexSettings::new(&settings)?,
            limit: SEARCH,
            index: format!("{}-{}-{VERSION}", place.index, settings.index),
            settings,
            writer: uuid::Uuid::new_v4().to_string(),
            building: Mutex::default(),
            written: Mutex::default(),
            rebuilding: AtomicBool::new(false),
            lacking: AtomicBool::new(false),
            looked: Mutex::default(),
        };
        Ok(Meilisearch { shared: Arc::new(shared) })
    }
}

impl Shared {
    /// The name of the index that a rebuild fills.
    pub(super) fn next_index(&self) -> String {
        format!("{}-next", self.index)
    }

    pub(super) fn building(&self) -> MutexGuard<'_, Option<Building>> {
        self.building.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn written(&self) -> MutexGuard<'_, Written> {
        self.written.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What an error says of the index.
    pub(super) fn noticed(&self, error: &SearchError) {
        if matches!(error, SearchError::NoIndex) {
            self.lacking.store(true, Ordering::Relaxed);
        }
    }

    /// A rebuild has filled the index.
    pub(super) fn filled(&self) {
        self.lacking.store(false, Ordering::Relaxed);
        *self.written() = Written { last_commit: Some(clock::now()), ..Written::default() };
    }

    /// Sends records to an index; the tasks that will take them in.
    pub(super) fn send<'a>(
        &self,
        index: &str,
        leads: impl Iterator<Item = &'a LeadDocument>,
    ) -> Result<Vec<u32>, SearchError> {
        let records: Vec<Value> = leads.map(|lead| record::record(lead, &self.settings)).collect();
        let mut tasks = Vec::new();
        for part in records.chunks(AT_ONCE) {
            let (client, index, part) = (self.server.client(), index.to_owned(), part.to_vec());
            let sent = self
                .server
                .run(WRITE, async move { client.index(index).add_documents(&part, Some("id")).await });
            tasks.push(sent?.get_task_uid());
        }
        Ok(tasks)
    }

    /// Takes records out of an index.
    pub(super) fn take_out(&self, index: &str, ids: &[String]) -> Result<Option<u32>, SearchError> {
        if ids.is_empty() {
            return Ok(None);
        }
        let (client, index, ids) = (self.server.client(), index.to_owned(), ids.to_vec());
        let sent = self.server.run(WRITE, async move { client.index(index).delete_documents(&ids).await });
        Ok(Some(sent?.get_task_uid()))
    }

    /// Waits for what was sent. What is not done in time is waited for again before more is sent, so that a slow
    /// server is not given ever more of the same.
    fn settle(&self) -> Result<(), SearchError> {
        loop {
            let Some(task) = self.written().tasks.first().copied() else { return Ok(()) };
            let done = self.server.wait(task, COMMIT);
            match &done {
                Err(SearchError::Unreachable(_)) => return done,
                // A failed task comes to nothing, now or later: its leads are sent again.
                Err(error) => {
                    self.noticed(error);
                    let mut written = self.written();
                    (written.tasks, written.leads) = (Vec::new(), 0);
                    return done;
                }
                Ok(()) => drop(self.written().tasks.remove(0)),
            }
        }
    }

    /// Whether an index is there and has our settings, as the server says.
    pub(super) fn is_ours(&self, index: &str) -> Result<bool, SearchError> {
        let told: Result<Value, _> = self.server.get(ANSWER, &format!("/indexes/{index}/settings"));
        match told {
            Ok(settings) => Ok(self.told.are_those_of(&settings)),
            Err(SearchError::NoIndex) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Looks whether the index is there and of this version.
    fn look(&self) -> Result<(), SearchError> {
        let lacks = !self.is_ours(&self.index)?;
        self.lacking.store(lacks, Ordering::Relaxed);
        *self.looked.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
        Ok(())
    }
}

impl SearchEngine for Meilisearch {
    fn upsert(&self, documents: &[LeadDocument]) -> Result<(), SearchError> {
        let mut building = self.shared.building();
        self.shared.settle()?;
        let tasks = self.shared.send(&self.shared.index, documents.iter())?;
        if let Some(building) = building.as_mut() {
            building.upsert(&self.shared, documents)?;
        }
        let mut written = self.shared.written();
        written.tasks.extend(tasks);
        written.leads += documents.len() as u64;
        Ok(())
    }

    fn delete(&self, ids: &[String]) -> Result<(), SearchError> {
        let mut building = self.shared.building();
        let task = self.shared.take_out(&self.shared.index, ids)?;
        if let Some(building) = building.as_mut() {
            building.delete(&self.shared, ids)?;
        }
        let mut written = self.shared.written();
        written.tasks.extend(task);
        written.leads += ids.len() as u64;
        Ok(())
    }

    /// What went into an index that is being filled is waited for, too: the caller will not send it again.
    fn commit(&self) -> Result<(), SearchError> {
        self.shared.settle()?;
        self.shared.catch_up(0)?;
        *self.shared.written() = Written { last_commit: Some(clock::now()), ..Written::default() };
        Ok(())
    }

    fn search(&self, query: &SearchQuery) -> Result<SearchAnswer, SearchError> {
        ask::answer(&self.shared, query)
    }

    fn name(&self) -> &'static str {
        "meilisearch"
    }

    fn needs_rebuild(&self) -> bool {
        self.shared.lacking.load(Ordering::Relaxed)
    }

    fn status(&self) -> Result<EngineStatus, SearchError> {
        self.shared.look()?;
        let stats = match self.shared.server.get(ANSWER, &format!("/indexes/{}/stats", self.shared.index)) {
            Err(SearchError::NoIndex) => Stats { number_of_documents: 0, raw_document_db_size: 0 },
            stats => stats?,
        };
        let written = self.shared.written();
        Ok(EngineStatus {
            engine: self.name(),
            documents: stats.number_of_documents,
            pending: written.leads,
            size_bytes: stats.raw_document_db_size,
            last_commit: written.last_commit,
            needs_rebuild: self.needs_rebuild(),
            rebuilding: self.shared.rebuilding.load(Ordering::Relaxed),
        })
    }

    fn versions(&self) -> Result<Vec<(String, i64)>, SearchError> {
        let path = format!("/indexes/{}/documents/fetch", self.shared.index);
        let mut all = Vec::new();
        loop {
            let body = json!({ "fields": ["id", "version"], "limit": PAGE, "offset": all.len() });
            let Page { results } = self.shared.server.post(WRITE, &path, body)?;
            let is_last = results.len() < PAGE;
            all.extend(results.into_iter().map(|found| (found.id, found.version)));
            if is_last {
                return Ok(all);
            }
        }
    }

    fn inspect(&self) {
        let looked = *self.shared.looked.lock().unwrap_or_else(PoisonError::into_inner);
        if (self.needs_rebuild() || looked.is_none_or(|at| at.elapsed() >= LOOK))
            && let Err(error) = self.shared.look()
        {
            tracing::debug!(%error, "the search engine could not be asked about its index");
        }
    }

    fn writer(&self) -> Option<&str> {
        Some(&self.shared.writer)
    }

    fn begin_rebuild(&self, left: Option<&str>) -> Result<Box<dyn Rebuild>, SearchError> {
        Ok(Box::new(MeilisearchRebuild::begin(self.shared.clone(), left)?))
    }
}
