//! A new index filled beside the one that answers, then put in its place.
//!
//! 1. `begin`: an empty index in a directory of its own.
//! 2. `add`: leads as the caller reads them. What was written to the engine since `begin` is newer than what a
//!    long read may bring, so those ids are passed over.
//! 3. `finish`: commit, merge, rename CURRENT, swap in memory. Searches that run keep the old files open.
//!
//! Killed before the rename, the rest is removed at the next start.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::directory::Current;
use super::live::Live;
use super::writer::{Serving, Shared};
use crate::search::document::LeadDocument;
use crate::search::engine::Rebuild;
use crate::search::error::SearchError;

/// The new index, as the engine's own writes see it.
pub(super) struct Building {
    live: Arc<Live>,
    /// Ids written since the beginning.
    newer: HashSet<String>,
    /// The first error of a write: the new index lacks something and cannot be used.
    failed: Option<String>,
}

impl Building {
    pub(super) fn upsert(&mut self, documents: &[LeadDocument]) {
        self.newer.extend(documents.iter().map(|document| document.id.clone()));
        let done = self.live.upsert(documents.iter());
        self.note(done);
    }

    pub(super) fn delete(&mut self, ids: &[String]) {
        self.newer.extend(ids.iter().cloned());
        let done = self.live.delete(ids);
        self.note(done);
    }

    fn note(&mut self, done: Result<(), SearchError>) {
        if let Err(error) = done
            && self.failed.is_none()
        {
            self.failed = Some(error.to_string());
        }
    }
}

pub(super) struct EmbeddedRebuild {
    shared: Arc<Shared>,
    live: Arc<Live>,
    name: String,
    finished: bool,
}

impl EmbeddedRebuild {
    pub(super) fn begin(shared: Arc<Shared>) -> Result<EmbeddedRebuild, SearchError> {
        let (live, name) = {
            let mut building = shared.building();
            if building.is_some() {
                return Err(SearchError::RebuildRunning);
            }
            let name = shared.directory.next_name();
            let live = Arc::new(Live::create(&shared.directory.index(&name), &shared.settings, true)?);
            *building = Some(Building { live: live.clone(), newer: HashSet::new(), failed: None });
            shared.rebuilding.store(true, Ordering::Relaxed);
            (live, name)
        };
        Ok(EmbeddedRebuild { shared, live, name, finished: false })
    }

    fn swap(&mut self) -> Result<(), SearchError> {
        // The long part first, without holding up anybody's writes.
        self.live.commit()?;
        self.live.merge()?;
        let mut building = self.shared.building();
        if let Some(Building { failed: Some(reason), .. }) = building.as_ref() {
            return Err(SearchError::RebuildFailed(reason.clone()));
        }
        self.live.commit()?;
        self.shared.directory.set_current(&Current { index: self.name.clone(), complete: true })?;
        self.shared.serve(Serving { live: self.live.clone(), complete: true });
        self.live.filled();
        self.finished = true;
        *building = None;
        self.shared.rebuilding.store(false, Ordering::Relaxed);
        drop(building);
        self.shared.directory.keep_only(&self.name);
        Ok(())
    }
}

impl Rebuild for EmbeddedRebuild {
    fn add(&mut self, documents: &[LeadDocument]) -> Result<(), SearchError> {
        let mut building = self.shared.building();
        let Some(Building { newer, failed, .. }) = building.as_mut() else { return Ok(()) };
        if failed.is_none() {
            let older = documents.iter().filter(|document| !newer.contains(&document.id));
            *failed = self.live.upsert(older).err().map(|error| error.to_string());
        }
        failed.clone().map_or(Ok(()), |reason| Err(SearchError::RebuildFailed(reason)))
    }

    fn finish(mut self: Box<Self>) -> Result<(), SearchError> {
        self.swap()
    }
}

impl Drop for EmbeddedRebuild {
    fn drop(&mut self) {
        if !self.finished {
            *self.shared.building() = None;
            self.shared.rebuilding.store(false, Ordering::Relaxed);
            remove(self.live.path());
        }
    }
}

fn remove(path: &Path) {
    if let Err(error) = std::fs::remove_dir_all(path) {
        tracing::warn!(path = %path.display(), %error, "a given-up search index could not be removed");
    }
}
