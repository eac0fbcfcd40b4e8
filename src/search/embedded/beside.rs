//! The index as a process that may not write sees it: it is asked and counted, also beside the one that holds it.

use std::path::Path;

use super::directory::{Current, Directory};
use super::execute;
use super::live::Live;
use crate::search::answer::{EngineStatus, SearchAnswer};
use crate::search::document::LeadDocument;
use crate::search::engine::{Rebuild, SearchEngine};
use crate::search::error::SearchError;
use crate::search::query::SearchQuery;
use crate::search::settings::Settings;

/// Looks at a directory in which a rebuild may put another index in place of the one that is being opened.
const LOOKS: usize = 3;

/// What was committed when it was opened.
pub(super) struct Beside {
    settings: Settings,
    /// None where there is no index, or none that this version of the program can use.
    serving: Option<(Live, Current)>,
}

impl Beside {
    pub(super) fn open(path: &Path, settings: Settings) -> Beside {
        let look = || {
            let current = Directory::current_in(path)?;
            match Live::open_to_read(&path.join(&current.index), &settings) {
                Ok(live) => Some((live, current)),
                Err(error) => {
                    tracing::warn!(index = current.index, %error, "the search index cannot be read");
                    None
                }
            }
        };
        let serving = (0..LOOKS).find_map(|_| look());
        Beside { settings, serving }
    }

    fn live(&self) -> Result<&Live, SearchError> {
        self.serving.as_ref().map(|(live, _)| live).ok_or(SearchError::NoIndex)
    }
}

impl SearchEngine for Beside {
    fn upsert(&self, _: &[LeadDocument]) -> Result<(), SearchError> {
        Err(SearchError::ReadOnly)
    }

    fn delete(&self, _: &[String]) -> Result<(), SearchError> {
        Err(SearchError::ReadOnly)
    }

    fn commit(&self) -> Result<(), SearchError> {
        Err(SearchError::ReadOnly)
    }

    fn search(&self, query: &SearchQuery) -> Result<SearchAnswer, SearchError> {
        if self.needs_rebuild() {
            return Err(SearchError::NoIndex);
        }
        let live = self.live()?;
        execute::answer(&live.searcher(), live.fields(), live.kept(), &self.settings, query)
    }

    fn name(&self) -> &'static str {
        super::NAME
    }

    fn needs_rebuild(&self) -> bool {
        !self.serving.as_ref().is_some_and(|(_, current)| current.complete)
    }

    fn status(&self) -> Result<EngineStatus, SearchError> {
        let live = self.live().ok();
        Ok(EngineStatus {
            engine: self.name(),
            documents: live.map_or(0, |live| live.searcher().num_docs()),
            // What its writer has not committed, and whether it is building, only the writer knows.
            pending: 0,
            size_bytes: live.map_or(0, Live::size_bytes),
            last_commit: live.and_then(Live::last_commit),
            needs_rebuild: self.needs_rebuild(),
            rebuilding: false,
        })
    }

    fn versions(&self) -> Result<Vec<(String, i64)>, SearchError> {
        self.live()?.versions()
    }

    fn begin_rebuild(&self, _: Option<&str>) -> Result<Box<dyn Rebuild>, SearchError> {
        Err(SearchError::ReadOnly)
    }
}
