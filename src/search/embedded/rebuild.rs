//! A new index filled beside the one that answers, then put in its place.
//!
//! 1. `begin`: an empty index in a directory of its own, or the one that a stopped rebuild left.
//! 2. `add`: leads as the caller reads them. What was written to the engine since `begin` is newer than what a
//!    long read may bring, so those ids are passed over. `keep` commits what was added.
//! 3. `finish`: commit, merge, rename CURRENT, swap in memory. Searches that run keep the old files open.
//!
//! Stopped or killed before the rename, what was kept stays for the next `begin`.

use std::collections::HashSet;
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

/// Each answers its error, too: the caller sends again what may be lacking.
impl Building {
    pub(super) fn upsert(&mut self, documents: &[LeadDocument]) -> Result<(), SearchError> {
        self.newer.extend(documents.iter().map(|document| document.id.clone()));
        let done = self.live.upsert(documents.iter());
        self.noted(done)
    }

    pub(super) fn delete(&mut self, ids: &[String]) -> Result<(), SearchError> {
        self.newer.extend(ids.iter().cloned());
        let done = self.live.delete(ids);
        self.noted(done)
    }

    pub(super) fn commit(&mut self) -> Result<(), SearchError> {
        let done = self.live.commit();
        self.noted(done)
    }

    fn noted(&mut self, done: Result<(), SearchError>) -> Result<(), SearchError> {
        if let Err(error) = &done
            && self.failed.is_none()
        {
            self.failed = Some(error.to_string());
        }
        done
    }
}

pub(super) struct EmbeddedRebuild {
    shared: Arc<Shared>,
    live: Arc<Live>,
    name: String,
    goes_on: bool,
    finished: bool,
}

impl EmbeddedRebuild {
    pub(super) fn begin(shared: Arc<Shared>, left: Option<&str>) -> Result<EmbeddedRebuild, SearchError> {
        let (live, name, goes_on) = {
            let mut building = shared.building();
            if building.is_some() {
                return Err(SearchError::RebuildRunning);
            }
            let (live, name, goes_on) = match left.and_then(|left| go_on(&shared, left)) {
                Some((live, name)) => (live, name, true),
                None => {
                    shared.directory.keep_only(&[&shared.serving().name]);
                    let name = shared.directory.next_name();
                    (Live::create(&shared.directory.index(&name), &shared.settings, true)?, name, false)
                }
            };
            let live = Arc::new(live);
            *building = Some(Building { live: live.clone(), newer: HashSet::new(), failed: None });
            shared.rebuilding.store(true, Ordering::Relaxed);
            (live, name, goes_on)
        };
        Ok(EmbeddedRebuild { shared, live, name, goes_on, finished: false })
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
        self.shared.serve(Serving { name: self.name.clone(), live: self.live.clone(), complete: true });
        self.live.filled();
        self.finished = true;
        *building = None;
        self.shared.rebuilding.store(false, Ordering::Relaxed);
        drop(building);
        self.shared.directory.keep_only(&[&self.name]);
        Ok(())
    }
}

/// The index that a stopped rebuild left, if it can be opened and is not the one that answers.
fn go_on(shared: &Shared, left: &str) -> Option<(Live, String)> {
    let serving = shared.serving().name;
    shared.directory.left_beside(&serving).filter(|found| found == left)?;
    match Live::open(&shared.directory.index(left), &shared.settings, true) {
        Ok(live) => Some((live, left.to_owned())),
        Err(error) => {
            tracing::warn!(index = left, %error, "a rebuild that was stopped begins anew");
            None
        }
    }
}

impl Rebuild for EmbeddedRebuild {
    fn index(&self) -> &str {
        &self.name
    }

    fn goes_on(&self) -> bool {
        self.goes_on
    }

    fn add(&mut self, documents: &[LeadDocument]) -> Result<(), SearchError> {
        let mut building = self.shared.building();
        let Some(Building { newer, failed, .. }) = building.as_mut() else { return Ok(()) };
        if failed.is_none() {
            let older = documents.iter().filter(|document| !newer.contains(&document.id));
            *failed = self.live.upsert(older).err().map(|error| error.to_string());
        }
        failed.clone().map_or(Ok(()), |reason| Err(SearchError::RebuildFailed(reason)))
    }

    fn keep(&mut self) -> Result<(), SearchError> {
        self.live.commit()?;
        match self.shared.building().as_ref().and_then(|building| building.failed.clone()) {
            Some(reason) => Err(SearchError::RebuildFailed(reason)),
            None => Ok(()),
        }
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
        }
    }
}
