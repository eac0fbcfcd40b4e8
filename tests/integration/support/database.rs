//! A database for each test, copied from one that is migrated once.

use diesel::prelude::*;
use diesel::sql_types::Text;
use sha2::{Digest, Sha256};
use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use tempfile::TempDir;
use yinfeng::confidential::to_hex;
use yinfeng::db::{Database, DatabaseUrl, migrations};

/// A database that goes when this is dropped.
pub enum TestDatabase {
    /// The file goes with its folder.
    Sqlite {
        url: String,
    },
    Postgres {
        url: String,
        name: String,
    },
}

impl TestDatabase {
    /// A migrated, empty database: a file in `folder`, or a database of the server under test.
    pub fn new(folder: &Path) -> Self {
        match server() {
            None => {
                let file = folder.join("yinfeng.db");
                std::fs::copy(sqlite_template(), &file).unwrap();
                TestDatabase::Sqlite { url: sqlite_url(&file) }
            }
            Some(server) => create_postgres(&server, Some(postgres_template(&server))),
        }
    }

    /// An empty database without any schema, on the kind under test.
    pub fn blank(folder: &Path) -> Self {
        match server() {
            None => TestDatabase::Sqlite { url: sqlite_url(&folder.join("blank.db")) },
            Some(server) => create_postgres(&server, None),
        }
    }

    pub fn url(&self) -> &str {
        match self {
            TestDatabase::Sqlite { url } | TestDatabase::Postgres { url, .. } => url,
        }
    }

    pub fn open(&self) -> Database {
        open(self.url())
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        if let (TestDatabase::Postgres { name, .. }, Some(server)) = (self, server()) {
            // Failing to clear up must not hide why a test failed.
            if let Ok(mut admin) = PgConnection::establish(&server) {
                run(&mut admin, &format!("DROP DATABASE IF EXISTS \"{name}\" WITH (FORCE)")).ok();
            }
        }
    }
}

/// The address of the PostgreSQL server to test on; SQLite without one.
pub fn server() -> Option<String> {
    std::env::var("YINFENG_TEST_DATABASE_URL").ok().filter(|url| !url.is_empty())
}

pub fn open(url: &str) -> Database {
    Database::open(&url.parse::<DatabaseUrl>().unwrap(), 2).unwrap()
}

pub fn sqlite_url(file: &Path) -> String {
    format!("sqlite://{}", file.display())
}

/// A new database of the server: of a template, or bare.
pub fn create_postgres(server: &str, template: Option<&str>) -> TestDatabase {
    static NUMBER: AtomicUsize = AtomicUsize::new(1);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let name = format!("yinfeng_test_{}_{number}", std::process::id());
    let mut admin = PgConnection::establish(server).unwrap();
    // A process of the same number may have been killed before it cleared up.
    run(&mut admin, &format!("DROP DATABASE IF EXISTS \"{name}\" WITH (FORCE)")).unwrap();
    let from = template.map(|template| format!("TEMPLATE \"{template}\"")).unwrap_or_default();
    run(&mut admin, &format!("CREATE DATABASE \"{name}\" {from}")).unwrap();
    TestDatabase::Postgres { url: with_name(server, &name), name }
}

/// One migrated file for the process; closing it folds its log in, so that the one file is all of it.
fn sqlite_template() -> &'static Path {
    static TEMPLATE: OnceLock<(TempDir, std::path::PathBuf)> = OnceLock::new();
    let (_, file) = TEMPLATE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("template.db");
        let db = open(&sqlite_url(&file));
        let mut conn = db.connection().unwrap();
        migrations::migrate(&mut conn).unwrap();
        diesel::sql_query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut *conn).unwrap();
        (folder, file)
    });
    file
}

/// The name of a migrated database of the server. It stays for the next run; its name tells the
/// migrations it was made of. An advisory lock keeps processes from making it at once.
fn postgres_template(server: &str) -> &'static str {
    static TEMPLATE: OnceLock<String> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let name = format!("yinfeng_template_{}", migrations_fingerprint());
        let mut admin = PgConnection::establish(server).unwrap();
        run(&mut admin, "SELECT pg_advisory_lock(1901101)").unwrap();
        let known: i64 = diesel::select(diesel::dsl::sql::<diesel::sql_types::BigInt>(&format!(
            "(SELECT count(*) FROM pg_database WHERE datname = '{name}')"
        )))
        .get_result(&mut admin)
        .unwrap();
        if known == 0 {
            // Under another name until it is whole.
            let unfinished = format!("{name}_unfinished");
            run(&mut admin, &format!("DROP DATABASE IF EXISTS \"{unfinished}\" WITH (FORCE)")).unwrap();
            run(&mut admin, &format!("CREATE DATABASE \"{unfinished}\"")).unwrap();
            let db = open(&with_name(server, &unfinished));
            migrations::migrate(&mut db.connection().unwrap()).unwrap();
            drop(db);
            let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1";
            diesel::sql_query(end).bind::<Text, _>(&unfinished).execute(&mut admin).unwrap();
            run(&mut admin, &format!("ALTER DATABASE \"{unfinished}\" RENAME TO \"{name}\"")).unwrap();
        }
        run(&mut admin, "SELECT pg_advisory_unlock(1901101)").unwrap();
        name
    })
}

fn migrations_fingerprint() -> String {
    let mut hasher = Sha256::new();
    for set in ["portable", "postgres"] {
        for (name, up, _) in migration_files(set) {
            hasher.update(name);
            hasher.update(up);
        }
    }
    to_hex(&hasher.finalize()[..8])
}

/// (folder's name, up.sql, down.sql) of a set of migrations, in the order of their names.
pub fn migration_files(set: &str) -> Vec<(String, String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(set);
    let mut found: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let read = |name: &str| std::fs::read_to_string(path.join(name)).unwrap();
            (path.file_name().unwrap().to_string_lossy().into_owned(), read("up.sql"), read("down.sql"))
        })
        .collect();
    found.sort();
    found
}

/// The server's address with another database's name in it.
fn with_name(server: &str, name: &str) -> String {
    let (address, parameters) = server.split_once('?').map_or((server, None), |(a, p)| (a, Some(p)));
    let (scheme, rest) = address.split_once("://").unwrap();
    let host = rest.split('/').next().unwrap();
    let parameters = parameters.map(|parameters| format!("?{parameters}")).unwrap_or_default();
    format!("{scheme}://{host}/{name}{parameters}")
}

fn run(conn: &mut PgConnection, statement: &str) -> QueryResult<usize> {
    diesel::sql_query(statement).execute(conn)
}
