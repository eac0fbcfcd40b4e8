//! The data directory of the index: which index in it is current, and who may write.
//!
//! ```text
//! search.lock             held by the process that has the index open; beside it, as somebody may remove the directory
//! search/CURRENT          {"index": "leads-1-000002", "complete": true}, replaced at once by renaming
//! search/leads-1-000002/  an index; another one is a rebuild under way, or one that was stopped and can go on
//! ```

use std::fs::{self, File, TryLockError};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::schema::VERSION;
use crate::search::error::SearchError;

/// The directory, locked for this process as long as the value lives.
pub(super) struct Directory {
    path: PathBuf,
    _lock: File,
}

/// What CURRENT says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Current {
    /// The name of a directory beside it.
    pub(super) index: String,
    /// Whether every lead went in; false for an index that was begun empty.
    pub(super) complete: bool,
}

impl Directory {
    /// Makes the directory if it is missing, and locks it.
    pub(super) fn open(path: &Path) -> Result<Directory, SearchError> {
        fs::create_dir_all(path).map_err(SearchError::io(path))?;
        let lock_path = lock_of(path);
        let lock = File::create(&lock_path).map_err(SearchError::io(&lock_path))?;
        match lock.try_lock() {
            Ok(()) => Ok(Directory { path: path.to_path_buf(), _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(SearchError::Locked(path.to_path_buf())),
            Err(TryLockError::Error(source)) => Err(SearchError::Io { path: lock_path, source }),
        }
    }

    /// Whether another process has it locked. Makes nothing.
    pub(super) fn is_held(path: &Path) -> Result<bool, SearchError> {
        let lock_path = lock_of(path);
        match File::open(&lock_path).map(|lock| lock.try_lock()) {
            Ok(Ok(())) => Ok(false),
            Ok(Err(TryLockError::WouldBlock)) => Ok(true),
            Err(source) if source.kind() == ErrorKind::NotFound => Ok(false),
            Ok(Err(TryLockError::Error(source))) | Err(source) => {
                Err(SearchError::Io { path: lock_path, source })
            }
        }
    }

    /// Where an index of this name is.
    pub(super) fn index(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// The current index, if this version of the program can use it.
    pub(super) fn current(&self) -> Option<Current> {
        Self::current_in(&self.path)
    }

    /// The same of a directory that another process may hold.
    pub(super) fn current_in(path: &Path) -> Option<Current> {
        let written = fs::read(path.join("CURRENT")).ok()?;
        let current: Current = serde_json::from_slice(&written).ok()?;
        let ours =
            current.index.strip_prefix(&prefix()).is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()));
        ours.then_some(current)
    }

    /// Makes an index the current one. Whoever is killed meanwhile finds the old one or the new one.
    pub(super) fn set_current(&self, current: &Current) -> Result<(), SearchError> {
        fs::create_dir_all(&self.path).map_err(SearchError::io(&self.path))?;
        let (next, path) = (self.path.join("CURRENT.next"), self.path.join("CURRENT"));
        let text = serde_json::to_vec(current).map_err(|e| SearchError::io(&next)(e.into()))?;
        let write = || {
            let mut file = File::create(&next)?;
            file.write_all(&text)?;
            file.sync_all()?;
            fs::rename(&next, &path)?;
            File::open(&self.path)?.sync_all()
        };
        write().map_err(SearchError::io(&path))
    }

    /// A name that no index here has had.
    pub(super) fn next_name(&self) -> String {
        let numbers =
            self.indexes().into_iter().filter_map(|name| name.rsplit('-').next()?.parse::<u32>().ok());
        let written = self.current().and_then(|c| c.index.rsplit('-').next()?.parse().ok());
        let last = numbers.chain(written).max().unwrap_or(0);
        format!("{}{:06}", prefix(), last.saturating_add(1))
    }

    /// The latest index beside this one, if this version of the program can use it: what a stopped rebuild left.
    pub(super) fn left_beside(&self, name: &str) -> Option<String> {
        self.indexes().into_iter().filter(|other| other != name && other.starts_with(&prefix())).max()
    }

    /// Removes every index but these: rests of rebuilds and of other versions. What cannot be removed stays for the next
    /// start.
    pub(super) fn keep_only(&self, names: &[&str]) {
        for other in self.indexes().into_iter().filter(|other| !names.contains(&other.as_str())) {
            let path = self.index(&other);
            if let Err(error) = fs::remove_dir_all(&path) {
                tracing::warn!(path = %path.display(), %error, "an old search index could not be removed");
            }
        }
    }

    fn indexes(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.path).into_iter().flatten().flatten();
        let names = entries.filter(|e| e.path().is_dir()).filter_map(|e| e.file_name().into_string().ok());
        names.filter(|name| name.starts_with("leads-")).collect()
    }
}

fn lock_of(path: &Path) -> PathBuf {
    path.with_added_extension("lock")
}

fn prefix() -> String {
    format!("leads-{VERSION}-")
}
