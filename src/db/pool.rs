//! Opening a database and lending out its connections.

use crate::db::{AnyConn, write_tx};
use diesel::Connection as _;
use diesel::connection::SimpleConnection;
use diesel::r2d2::{CustomizeConnection, ManageConnection, Pool, PooledConnection, R2D2Connection};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Where the data is: `sqlite://FILE` or `postgres://…`.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    Sqlite(PathBuf),
    Postgres(String),
}

impl std::str::FromStr for DatabaseUrl {
    type Err = String;

    fn from_str(url: &str) -> Result<Self, Self::Err> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(DatabaseUrl::Postgres(url.to_owned()));
        }
        match url.strip_prefix("sqlite://") {
            Some(path) if !path.is_empty() => Ok(DatabaseUrl::Sqlite(PathBuf::from(path))),
            _ => Err("sqlite://FILE or postgres://USER@HOST/NAME".to_owned()),
        }
    }
}

impl std::fmt::Display for DatabaseUrl {
    /// Without the password, so that it may be logged.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            DatabaseUrl::Sqlite(path) => write!(f, "sqlite://{}", path.display()),
            DatabaseUrl::Postgres(url) => {
                let (scheme, rest) = url.split_once("://").unwrap_or(("postgres", url));
                match rest.split_once('@') {
                    Some((user, host)) => {
                        write!(f, "{scheme}://{}@{host}", user.split(':').next().unwrap_or_default())
                    }
                    None => write!(f, "{scheme}://{rest}"),
                }
            }
        }
    }
}

impl std::fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(self, f)
    }
}

/// Why a database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("the folder {path} cannot be made: {source}")]
    Folder { path: PathBuf, source: std::io::Error },
    #[error("the file {path} cannot be made: {source}")]
    File { path: PathBuf, source: std::io::Error },
    #[error("the database {url} cannot be opened: {message}")]
    Connect { url: DatabaseUrl, message: String },
    #[error(
        "a PostgreSQL that is not on this machine needs TLS: build with the feature `pg-tls` and put sslmode=require into the address, or set allow_plain_postgres"
    )]
    PlainPostgres,
}

/// The connections of one database.
///
/// SQLite has one writer at a time, so writes have a pool of one connection of their own: they queue
/// here, in order, instead of colliding in the file.
#[derive(Clone)]
pub struct Database {
    url: DatabaseUrl,
    readers: Pool<Manager>,
    writers: Pool<Manager>,
    commits: Arc<AtomicU64>,
}

/// A borrowed connection; it goes back by itself.
pub type Connection = PooledConnection<Manager>;

impl Database {
    /// Opens the database, making the folder of a SQLite file that does not exist yet.
    pub fn open(url: &DatabaseUrl, connections: u32) -> Result<Self, OpenError> {
        if let DatabaseUrl::Sqlite(path) = url
            && let Some(folder) = path.parent().filter(|f| !f.as_os_str().is_empty())
        {
            std::fs::create_dir_all(folder)
                .map_err(|source| OpenError::Folder { path: folder.to_owned(), source })?;
        }
        if let DatabaseUrl::Sqlite(path) = url {
            make_private(path).map_err(|source| OpenError::File { path: path.clone(), source })?;
        }
        let connections = connections.max(2);
        let readers = pool(url, connections, READER_CACHE)?;
        let writers = match url {
            DatabaseUrl::Sqlite(_) => pool(url, 1, WRITER_CACHE)?,
            DatabaseUrl::Postgres(_) => readers.clone(),
        };
        Ok(Database { url: url.clone(), readers, writers, commits: Arc::default() })
    }

    pub fn url(&self) -> &DatabaseUrl {
        &self.url
    }

    /// The SQLite file, for the commands that need it.
    pub fn sqlite_file(&self) -> Option<&Path> {
        match &self.url {
            DatabaseUrl::Sqlite(path) => Some(path),
            DatabaseUrl::Postgres(_) => None,
        }
    }

    /// Reads; one consistent view for all of `work` is not promised.
    pub fn read<T, E>(&self, work: impl FnOnce(&mut AnyConn) -> Result<T, E>) -> Result<T, E>
    where
        E: From<diesel::result::Error> + From<diesel::r2d2::PoolError>,
    {
        let mut conn = self.readers.get()?;
        work(&mut conn)
    }

    /// Writes in one transaction.
    pub fn write<T, E>(&self, work: impl FnOnce(&mut AnyConn) -> Result<T, E>) -> Result<T, E>
    where
        E: From<diesel::result::Error> + From<diesel::r2d2::PoolError>,
    {
        let mut conn = self.writers.get()?;
        let done = write_tx(&mut conn, work);
        self.commits.fetch_add(1, Ordering::AcqRel);
        done
    }

    /// Writes a great deal of which nothing is acknowledged before the end, by a process that does nothing else: SQLite
    /// does not wait for the disk at each commit, and keeps more pages. The first write after this is waited for, and
    /// with it, as the log is one, all that went before.
    pub fn in_bulk<T, E>(&self, work: impl FnOnce() -> Result<T, E>) -> Result<T, E>
    where
        E: From<diesel::result::Error> + From<diesel::r2d2::PoolError>,
    {
        let set = |synchronous: &str, cache: u32, log: u32| -> Result<(), E> {
            let mut conn = self.writers.get()?;
            if let AnyConn::Sqlite(conn) = &mut *conn {
                conn.batch_execute(&format!(
                    "PRAGMA synchronous={synchronous}; PRAGMA cache_size=-{cache};
                     PRAGMA wal_autocheckpoint={log};"
                ))?;
            }
            Ok(())
        };
        set("NORMAL", BULK_CACHE, BULK_LOG)?;
        let done = work();
        set("FULL", WRITER_CACHE, LOG)?;
        done
    }

    /// A number that is another one after each of this process's writes.
    pub fn commits(&self) -> u64 {
        self.commits.load(Ordering::Acquire)
    }

    /// A connection for work that makes its own transactions (migrations, long exports).
    pub fn connection(&self) -> Result<Connection, diesel::r2d2::PoolError> {
        self.writers.get()
    }
}

/// Makes the file of a new SQLite database, for its owner only: it holds people's names. SQLite gives its log
/// the rights of the file.
fn make_private(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

/// KiB of pages that a SQLite connection keeps. The system keeps the file's pages anyway: readers need little of
/// their own, and there are several; the writer's indexes of a large import do not fit into little.
const READER_CACHE: u32 = 2 * 1024;
const WRITER_CACHE: u32 = 8 * 1024;
const BULK_CACHE: u32 = 256 * 1024;

/// Pages that gather in SQLite's log before they go back into the file: 64 MB, or those that a large import writes over
/// and over would go back each time. In bulk 256 MB.
const LOG: u32 = 16_000;
const BULK_LOG: u32 = 64_000;

fn pool(url: &DatabaseUrl, size: u32, cache: u32) -> Result<Pool<Manager>, OpenError> {
    // The pool's own error only says that it timed out: ask once by hand for the reason.
    let manager = Manager(Arc::new(url.clone()));
    let connect = |message: String| OpenError::Connect { url: url.clone(), message };
    manager.connect().map_err(|e| connect(e.to_string()))?;
    Pool::builder()
        .max_size(size)
        .min_idle(Some(1))
        .connection_timeout(Duration::from_secs(10))
        .test_on_check_out(matches!(url, DatabaseUrl::Postgres(_)))
        .connection_customizer(Box::new(Customizer { cache }))
        .build(manager)
        .map_err(|e| connect(e.to_string()))
}

/// Makes connections of the right kind. diesel's own manager hides why PostgreSQL refused.
#[derive(Debug, Clone)]
pub struct Manager(Arc<DatabaseUrl>);

impl ManageConnection for Manager {
    type Connection = AnyConn;
    type Error = diesel::r2d2::Error;

    fn connect(&self) -> Result<AnyConn, Self::Error> {
        match &*self.0 {
            DatabaseUrl::Postgres(url) => diesel::PgConnection::establish(url).map(AnyConn::Pg),
            DatabaseUrl::Sqlite(path) => {
                diesel::SqliteConnection::establish(&path.to_string_lossy()).map(AnyConn::Sqlite)
            }
        }
        .map_err(diesel::r2d2::Error::ConnectionError)
    }

    fn is_valid(&self, conn: &mut AnyConn) -> Result<(), Self::Error> {
        conn.ping().map_err(diesel::r2d2::Error::QueryError)
    }

    fn has_broken(&self, conn: &mut AnyConn) -> bool {
        std::thread::panicking() || conn.is_broken()
    }
}

#[derive(Debug)]
struct Customizer {
    cache: u32,
}

impl CustomizeConnection<AnyConn, diesel::r2d2::Error> for Customizer {
    fn on_acquire(&self, conn: &mut AnyConn) -> Result<(), diesel::r2d2::Error> {
        let settings = match conn {
            // busy_timeout first: the switch to WAL may itself have to wait. FULL, because what was
            // acknowledged must survive a power cut.
            AnyConn::Sqlite(_) => format!(
                "PRAGMA busy_timeout=10000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;
                 PRAGMA foreign_keys=ON; PRAGMA cache_size=-{}; PRAGMA temp_store=MEMORY;
                 PRAGMA wal_autocheckpoint={LOG};",
                self.cache
            ),
            AnyConn::Pg(_) => {
                "SET TIME ZONE 'UTC'; SET lock_timeout='10s'; SET statement_timeout='60s'".to_owned()
            }
        };
        conn.batch_execute(&settings).map_err(diesel::r2d2::Error::QueryError)
    }
}
