//! What can go wrong in search, named for the case.

use std::path::PathBuf;

use super::fields::FacetField;

/// An error of a search engine. After one of a writing call, nothing since the last commit counts: the
/// caller repeats it.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    #[error("the search index {} is in use by another process: one `yinfeng serve` for each data directory; stop it, or ask it to re-index", .0.display())]
    Locked(PathBuf),
    #[error("a rebuild of the search index is running already")]
    RebuildRunning,
    #[error("the rebuild of the search index lacks a write and was given up: {0}")]
    RebuildFailed(String),
    #[error("a result reaches 10,000 hits deep at most: narrow the search")]
    TooDeep,
    #[error("no search by `{}` for this role", .0.as_str())]
    FieldNotAllowed(FacetField),
    #[error("search data {file}: {reason}")]
    Data { file: &'static str, reason: String },
    #[error("search index {}: {source}", path.display())]
    Io { path: PathBuf, source: std::io::Error },
    #[error("search index: {0}")]
    Index(#[from] tantivy::TantivyError),
    #[error("the search engine does not answer: {0}")]
    Unreachable(String),
    #[error("the search engine refuses: {0}")]
    Refused(String),
    #[error("the search index was opened for reading")]
    ReadOnly,
    #[error("the search engine has no whole index, or one of another version")]
    NoIndex,
}

impl SearchError {
    /// For `map_err` on a file operation.
    pub(crate) fn io(path: &std::path::Path) -> impl FnOnce(std::io::Error) -> SearchError {
        let path = path.to_path_buf();
        move |source| SearchError::Io { path, source }
    }
}

impl From<std::io::Error> for SearchError {
    fn from(source: std::io::Error) -> SearchError {
        SearchError::Index(source.into())
    }
}
