//! What is acknowledged is on the disk: every connection that is lent out asks for it.

use crate::support::TestApp;
use diesel::prelude::*;
use diesel::sql_types::{Integer, Text};
use yinfeng::db::AnyConn;

/// SQLite's `synchronous`, 2 being FULL, or PostgreSQL's `synchronous_commit` and `fsync` as the server has them.
fn settings(conn: &mut AnyConn) -> QueryResult<Vec<String>> {
    let text = |conn: &mut diesel::PgConnection, name: &str| {
        diesel::dsl::sql::<Text>(&format!("SELECT current_setting('{name}')")).get_result::<String>(conn)
    };
    match conn {
        AnyConn::Sqlite(conn) => {
            let full = diesel::dsl::sql::<Integer>("PRAGMA synchronous").get_result::<i32>(conn)?;
            let keys = diesel::dsl::sql::<Integer>("PRAGMA foreign_keys").get_result::<i32>(conn)?;
            let journal = diesel::dsl::sql::<Text>("PRAGMA journal_mode").get_result::<String>(conn)?;
            Ok(vec![format!("synchronous {full}"), format!("foreign_keys {keys}"), journal])
        }
        // The server of the tests throws its data away; ours is that no connection weakens what the server says.
        AnyConn::Pg(conn) => {
            let source = "SELECT source FROM pg_settings WHERE name = 'synchronous_commit'";
            let source = diesel::dsl::sql::<Text>(source).get_result::<String>(conn)?;
            Ok(vec![source, text(conn, "TimeZone")?])
        }
    }
}

#[actix_web::test]
async fn readers_and_the_writer_write_through() {
    let app = TestApp::new().await;
    let is_file = app.db().sqlite_file().is_some();
    let expected =
        if is_file { vec!["synchronous 2", "foreign_keys 1", "wal"] } else { vec!["command line", "UTC"] };
    assert_eq!(app.read(settings), expected);
    assert_eq!(app.write(settings), expected);
    assert_eq!(settings(&mut app.db().connection().unwrap()).unwrap(), expected);
}
