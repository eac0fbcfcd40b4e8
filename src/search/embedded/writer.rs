//! The engine: the current index, and a rebuild beside it if one is running.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use super::directory::{Current, Directory};
use super::execute;
use super::live::Live;
use super::rebuild::{Building, EmbeddedRebuild};
use crate::search::answer::{EngineStatus, SearchAnswer};
use crate::search::document::LeadDocument;
use crate::search::engine::{Rebuild, SearchEngine};
use crate::search::error::SearchError;
use crate::search::query::SearchQuery;
use crate::search::settings::Settings;

/// The embedded engine, shared with its rebuild.
pub(super) struct Embedded {
    pub(super) shared: Arc<Shared>,
}

pub(super) struct Shared {
    pub(super) directory: Directory,
    pub(super) settings: Settings,
    current: RwLock<Serving>,
    /// Held while anything is written, so that a rebuild misses nothing.
    building: Mutex<Option<Building>>,
    /// The same without waiting for a write to end.
    pub(super) rebuilding: AtomicBool,
}

/// The index that answers.
#[derive(Clone)]
pub(super) struct Serving {
    pub(super) name: String,
    pub(super) live: Arc<Live>,
    pub(super) complete: bool,
}

impl Embedded {
    pub(super) fn open(path: &Path, settings: Settings) -> Result<Embedded, SearchError> {
        let directory = Directory::open(path)?;
        let serving = match usable(&directory, &settings) {
            Some(serving) => serving,
            None => begin_empty(&directory, &settings)?,
        };
        let (current, building, rebuilding) =
            (RwLock::new(serving), Mutex::new(None), AtomicBool::new(false));
        Ok(Embedded { shared: Arc::new(Shared { directory, settings, current, building, rebuilding }) })
    }
}

/// The current index, if it can be opened.
fn usable(directory: &Directory, settings: &Settings) -> Option<Serving> {
    let Current { index, complete } = directory.current()?;
    match Live::open(&directory.index(&index), settings, false) {
        Ok(live) => {
            let left = directory.left_beside(&index);
            directory.keep_only(&[&index, left.as_deref().unwrap_or_default()]);
            Some(Serving { name: index, live: Arc::new(live), complete })
        }
        Err(error) => {
            tracing::warn!(index, %error, "the search index cannot be used and is begun anew");
            None
        }
    }
}

fn begin_empty(directory: &Directory, settings: &Settings) -> Result<Serving, SearchError> {
    let index = directory.next_name();
    let live = Live::create(&directory.index(&index), settings, false)?;
    directory.set_current(&Current { index: index.clone(), complete: false })?;
    directory.keep_only(&[&index]);
    Ok(Serving { name: index, live: Arc::new(live), complete: false })
}

impl Shared {
    pub(super) fn serving(&self) -> Serving {
        self.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn serve(&self, serving: Serving) {
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = serving;
    }

    pub(super) fn building(&self) -> MutexGuard<'_, Option<Building>> {
        self.building.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The index to write to. One whose directory was removed is begun anew, empty, and says so in `status`;
    /// the caller is told that what it wrote is gone.
    fn writable(&self) -> Result<Arc<Live>, SearchError> {
        let serving = self.serving();
        if serving.live.is_present() {
            return Ok(serving.live);
        }
        let path = serving.live.path().to_path_buf();
        self.serve(begin_empty(&self.directory, &self.settings)?);
        Err(SearchError::Io { path, source: std::io::ErrorKind::NotFound.into() })
    }
}

impl SearchEngine for Embedded {
    fn upsert(&self, documents: &[LeadDocument]) -> Result<(), SearchError> {
        let mut building = self.shared.building();
        self.shared.writable()?.upsert(documents.iter())?;
        if let Some(building) = building.as_mut() {
            building.upsert(documents)?;
        }
        Ok(())
    }

    fn delete(&self, ids: &[String]) -> Result<(), SearchError> {
        let mut building = self.shared.building();
        self.shared.writable()?.delete(ids)?;
        if let Some(building) = building.as_mut() {
            building.delete(ids)?;
        }
        Ok(())
    }

    /// What is under way is committed, too: the caller will not send it again, and a stopped rebuild can go on.
    fn commit(&self) -> Result<(), SearchError> {
        let mut building = self.shared.building();
        self.shared.writable()?.commit()?;
        if let Some(building) = building.as_mut() {
            building.commit()?;
        }
        Ok(())
    }

    fn search(&self, query: &SearchQuery) -> Result<SearchAnswer, SearchError> {
        let Serving { live, complete, .. } = self.shared.serving();
        // What lacks leads says so rather than that there are none: the database answers until it is whole.
        if !complete {
            return Err(SearchError::NoIndex);
        }
        execute::answer(&live.searcher(), live.fields(), live.kept(), &self.shared.settings, query)
    }

    fn name(&self) -> &'static str {
        super::NAME
    }

    fn needs_rebuild(&self) -> bool {
        let Serving { live, complete, .. } = self.shared.serving();
        !complete || !live.is_present()
    }

    fn status(&self) -> Result<EngineStatus, SearchError> {
        let live = self.shared.serving().live;
        Ok(EngineStatus {
            engine: self.name(),
            documents: live.searcher().num_docs(),
            pending: live.pending(),
            size_bytes: live.size_bytes(),
            last_commit: live.last_commit(),
            needs_rebuild: self.needs_rebuild(),
            rebuilding: self.shared.rebuilding.load(Ordering::Relaxed),
        })
    }

    fn versions(&self) -> Result<Vec<(String, i64)>, SearchError> {
        self.shared.serving().live.versions()
    }

    fn begin_rebuild(&self, left: Option<&str>) -> Result<Box<dyn Rebuild>, SearchError> {
        Ok(Box::new(EmbeddedRebuild::begin(self.shared.clone(), left)?))
    }
}
