//! The one trait behind which a search engine stands. All calls block: call them off the async threads.

use super::answer::{EngineStatus, SearchAnswer};
use super::document::LeadDocument;
use super::error::SearchError;
use super::query::SearchQuery;

/// A search engine. Writes show in searches after `commit`, and repeating any of them is harmless.
pub trait SearchEngine: Send + Sync {
    /// Puts these leads in, in place of what was known of the same ids.
    fn upsert(&self, documents: &[LeadDocument]) -> Result<(), SearchError>;

    /// Takes the leads with these ids out; an unknown id is no error.
    fn delete(&self, ids: &[String]) -> Result<(), SearchError>;

    /// Makes all writes so far lasting and findable. Costs about 0.1 s: once a batch, not once a lead.
    fn commit(&self) -> Result<(), SearchError>;

    /// Answers a query from the last commit.
    fn search(&self, query: &SearchQuery) -> Result<SearchAnswer, SearchError>;

    /// As answers and settings call it.
    fn name(&self) -> &'static str;

    /// Whether what it answers from is not all that there is, until a rebuild.
    fn needs_rebuild(&self) -> bool;

    /// Size and health.
    fn status(&self) -> Result<EngineStatus, SearchError>;

    /// Id and version of every lead in the last commit, for comparing with the database; in no order.
    fn versions(&self) -> Result<Vec<(String, i64)>, SearchError>;

    /// Finds out what only asking tells: whether the index is there and of this version. The worker calls it
    /// before each step; it may take a few seconds, and an engine that does not answer is no error of it.
    fn inspect(&self) {}

    /// Under which name this process writes, where several may: the one that holds `lease` does. `None` where
    /// the engine lets in one process only.
    fn writer(&self) -> Option<&str> {
        None
    }

    /// Starts a new index beside the present one, which goes on answering. Upserts and deletions from now on
    /// go to both, and win over what the rebuild brings for the same id. One at a time. `left` names a new index that
    /// another rebuild did not finish: where it can still be used, this one goes on with it.
    fn begin_rebuild(&self, left: Option<&str>) -> Result<Box<dyn Rebuild>, SearchError>;
}

/// A new index being filled. Dropped before `finish`, it leaves what answers as it was.
pub trait Rebuild: Send {
    /// The name of the new index.
    fn index(&self) -> &str;

    /// Whether it goes on with what another rebuild left.
    fn goes_on(&self) -> bool;

    /// Puts leads into the new index.
    fn add(&mut self, documents: &[LeadDocument]) -> Result<(), SearchError>;

    /// Makes all that was added lasting: a rebuild that goes on with this index has it.
    fn keep(&mut self) -> Result<(), SearchError>;

    /// Commits the new index and swaps it in at once; the old one is removed.
    fn finish(self: Box<Self>) -> Result<(), SearchError>;
}
