//! A new index filled beside the one that answers, then swapped with it.
//!
//! 1. `begin`: what an earlier rebuild left is gone on with, where the caller says so, or removed, an empty index made and
//!    told its settings.
//! 2. `add`: leads as the caller reads them. Ids that were written to the engine since are newer and passed over. `keep`
//!    waits until the server has taken them in.
//! 3. `finish`: when all is taken in, the server swaps the two at once, and the old one is removed.
//!
//! Stopped or killed before the swap, the old index answers and the rest waits for the next rebuild.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use meilisearch_sdk::client::SwapIndexes;
use serde_json::Value;

use super::engine::{ANSWER, Shared};
use crate::search::document::LeadDocument;
use crate::search::engine::Rebuild;
use crate::search::error::SearchError;

/// A part of a rebuild may take this long; nobody waits in front of a page.
const PATIENCE: Duration = Duration::from_secs(600);
/// Parts on their way at once: the server takes in several together, and must not be given all of them.
const AHEAD: usize = 4;

/// The new index, as the engine's own writes see it.
pub(super) struct Building {
    /// Ids written since the beginning.
    newer: HashSet<String>,
    tasks: VecDeque<u32>,
    /// The first error of a write: the new index lacks something and cannot be used.
    failed: Option<String>,
}

/// Each answers its error, too: the caller sends again what may be lacking.
impl Building {
    pub(super) fn upsert(&mut self, shared: &Shared, documents: &[LeadDocument]) -> Result<(), SearchError> {
        self.newer.extend(documents.iter().map(|document| document.id.clone()));
        let sent = shared.send(&shared.next_index(), documents.iter());
        self.noted(sent)
    }

    pub(super) fn delete(&mut self, shared: &Shared, ids: &[String]) -> Result<(), SearchError> {
        self.newer.extend(ids.iter().cloned());
        let sent = shared.take_out(&shared.next_index(), ids);
        self.noted(sent.map(|task| task.into_iter().collect()))
    }

    fn noted(&mut self, sent: Result<Vec<u32>, SearchError>) -> Result<(), SearchError> {
        match sent {
            Ok(tasks) => {
                self.tasks.extend(tasks);
                Ok(())
            }
            Err(error) => {
                self.failed.get_or_insert_with(|| error.to_string());
                Err(error)
            }
        }
    }

    /// The next task to wait for, while more than `ahead` are on their way.
    fn next(&mut self, ahead: usize) -> Option<u32> {
        if self.tasks.len() > ahead { self.tasks.pop_front() } else { None }
    }
}

pub(super) struct MeilisearchRebuild {
    shared: Arc<Shared>,
    index: String,
    goes_on: bool,
    finished: bool,
}

impl MeilisearchRebuild {
    pub(super) fn begin(shared: Arc<Shared>, left: Option<&str>) -> Result<MeilisearchRebuild, SearchError> {
        if shared.rebuilding.swap(true, Ordering::Relaxed) {
            return Err(SearchError::RebuildRunning);
        }
        // From here on dropping it ends the rebuild.
        let next = shared.next_index();
        let mut rebuild = MeilisearchRebuild { shared, index: next.clone(), goes_on: false, finished: false };
        rebuild.goes_on = left == Some(next.as_str()) && rebuild.shared.is_ours(&next)?;
        let shared = &rebuild.shared;
        if !rebuild.goes_on {
            shared.remove(&next)?;
            shared.create(&next)?;
            let (client, told) = (shared.server.client(), shared.told.told.clone());
            let sent = shared.server.run(ANSWER, async move { client.index(next).set_settings(&told).await });
            shared.server.wait(sent?.get_task_uid(), PATIENCE)?;
        }
        *shared.building() = Some(Building { newer: HashSet::new(), tasks: VecDeque::new(), failed: None });
        Ok(rebuild)
    }

    fn swap(&mut self) -> Result<(), SearchError> {
        self.shared.catch_up(0)?;
        let shared = self.shared.clone();
        let (index, next) = (shared.index.clone(), shared.next_index());
        if !shared.exists(&index)? {
            shared.create(&index)?;
        }
        // The server does its tasks in order: what was written before the swap is in the new index before it.
        let mut building = shared.building();
        if let Some(Building { failed: Some(reason), .. }) = building.as_ref() {
            return Err(SearchError::RebuildFailed(reason.clone()));
        }
        let tasks = building.as_ref().map(|building| building.tasks.clone()).unwrap_or_default();
        let swap = SwapIndexes { indexes: (index, next.clone()), rename: None };
        let client = shared.server.client();
        let sent = shared.server.run(ANSWER, async move { client.swap_indexes([&swap]).await })?;
        for task in tasks {
            shared.server.wait(task, PATIENCE)?;
        }
        shared.server.wait(sent.get_task_uid(), PATIENCE)?;
        self.finished = true;
        *building = None;
        shared.filled();
        shared.rebuilding.store(false, Ordering::Relaxed);
        drop(building);
        if let Err(error) = shared.remove(&next) {
            tracing::warn!(%error, "the old search index could not be removed; the next rebuild does");
        }
        Ok(())
    }
}

impl Rebuild for MeilisearchRebuild {
    fn index(&self) -> &str {
        &self.index
    }

    fn goes_on(&self) -> bool {
        self.goes_on
    }

    fn add(&mut self, documents: &[LeadDocument]) -> Result<(), SearchError> {
        self.shared.catch_up(AHEAD)?;
        let mut building = self.shared.building();
        let Some(building) = building.as_mut() else { return Ok(()) };
        let older: Vec<&LeadDocument> =
            documents.iter().filter(|document| !building.newer.contains(&document.id)).collect();
        let sent = self.shared.send(&self.shared.next_index(), older.into_iter());
        building.noted(sent).ok();
        building.failed.clone().map_or(Ok(()), |reason| Err(SearchError::RebuildFailed(reason)))
    }

    fn keep(&mut self) -> Result<(), SearchError> {
        self.shared.catch_up(0)
    }

    fn finish(mut self: Box<Self>) -> Result<(), SearchError> {
        self.swap()
    }
}

impl Drop for MeilisearchRebuild {
    fn drop(&mut self) {
        if !self.finished {
            *self.shared.building() = None;
            self.shared.rebuilding.store(false, Ordering::Relaxed);
        }
    }
}

impl Shared {
    /// Waits until no more than `ahead` parts of a rebuild are on their way, without holding up anybody's writes. A part that
    /// the server does not take in is lacking for good.
    pub(super) fn catch_up(&self, ahead: usize) -> Result<(), SearchError> {
        loop {
            let next = match self.building().as_mut() {
                Some(Building { failed: Some(reason), .. }) => {
                    return Err(SearchError::RebuildFailed(reason.clone()));
                }
                Some(building) => building.next(ahead),
                None => None,
            };
            let Some(task) = next else { return Ok(()) };
            if let Err(error) = self.server.wait(task, PATIENCE) {
                if let Some(building) = self.building().as_mut() {
                    building.failed = Some(error.to_string());
                }
                return Err(SearchError::RebuildFailed(error.to_string()));
            }
        }
    }

    fn exists(&self, index: &str) -> Result<bool, SearchError> {
        match self.server.get::<Value>(ANSWER, &format!("/indexes/{index}")) {
            Ok(_) => Ok(true),
            Err(SearchError::NoIndex) => Ok(false),
            Err(error) => Err(error),
        }
    }

    fn create(&self, index: &str) -> Result<(), SearchError> {
        let (client, index) = (self.server.client(), index.to_owned());
        let sent = self.server.run(ANSWER, async move { client.create_index(index, Some("id")).await });
        self.server.wait(sent?.get_task_uid(), PATIENCE)
    }

    /// Removes an index; one that is not there is no error.
    fn remove(&self, index: &str) -> Result<(), SearchError> {
        if !self.exists(index)? {
            return Ok(());
        }
        let (client, index) = (self.server.client(), index.to_owned());
        let sent = self.server.run(ANSWER, async move { client.delete_index(index).await });
        self.server.wait(sent?.get_task_uid(), PATIENCE)
    }
}
