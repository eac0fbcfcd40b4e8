//! Seals tell what was done to the trail by somebody who got past the triggers.

use crate::support::TestApp;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use yinfeng::audit::seal::{SealFault, seal_next, verify};
use yinfeng::audit::{self, Act};
use yinfeng::db::AnyConn;

fn tell(conn: &mut AnyConn, subject: &str) -> QueryResult<()> {
    let act = Act { action: "lead.update", subject_kind: "lead", subject_id: subject, ..Act::default() };
    audit::record_unsigned(conn, "示例", Some("127.0.0.1"), act)
}

/// Three seals: of entries 1 and 2, of 3 and 4, of 5 and 6.
async fn sealed() -> TestApp {
    let app = TestApp::new().await;
    for pair in [["1", "2"], ["3", "4"], ["5", "6"]] {
        app.write(|conn| pair.iter().try_for_each(|subject| tell(conn, subject)));
        assert_eq!(app.write(seal_next), 2);
    }
    assert_eq!(app.write(seal_next), 0, "nothing is left to seal");
    assert_eq!(app.read(verify), []);
    app
}

/// As somebody would who owns the database: the triggers away, then the deed.
async fn after(deed: &str) -> Vec<SealFault> {
    let app = sealed().await;
    let on =
        |table: &str| if app.db().sqlite_file().is_some() { String::new() } else { format!(" ON {table}") };
    let mut conn = app.db().connection().unwrap();
    for (table, trigger) in triggers(&mut conn) {
        conn.batch_execute(&format!("DROP TRIGGER {trigger}{}", on(&table))).unwrap();
    }
    conn.batch_execute(deed).unwrap();
    verify(&mut conn).unwrap()
}

/// The triggers that keep the trail as it is, each with its table.
pub fn triggers(conn: &mut AnyConn) -> Vec<(String, String)> {
    let schema = super::describe::describe(conn);
    let tables = schema.into_iter().filter(|(table, _)| table.starts_with("audit_"));
    tables
        .flat_map(|(table, found)| found.triggers.into_iter().map(move |trigger| (table.clone(), trigger)))
        .collect()
}

#[actix_web::test]
async fn an_altered_entry_breaks_its_seal() {
    for change in [
        "subject_id = 'x'",
        "actor_name = 'x'",
        "actor_id = 'x'",
        "action = 'x'",
        "differences = '{\"title\":{\"from\":null,\"to\":\"x\"}}'",
        "reason = 'x'",
        "address = NULL",
        "request_id = 'x'",
        "at = '2020-01-01 00:00:00'",
    ] {
        let deed = format!("UPDATE audit_entries SET {change} WHERE subject_id = '3'");
        assert_eq!(after(&deed).await, [SealFault::Altered { number: 2 }], "{change}");
    }
}

#[actix_web::test]
async fn an_entry_taken_away_moved_or_slipped_in_breaks_its_seal() {
    let altered = |number| SealFault::Altered { number };
    assert_eq!(after("DELETE FROM audit_entries WHERE subject_id = '4'").await, [altered(2)]);
    let moved = "UPDATE audit_entries SET seal_id = (SELECT id FROM audit_seals WHERE number = 3) WHERE subject_id = '4'";
    assert_eq!(after(moved).await, [altered(2), altered(3)]);
    let slipped_in = "INSERT INTO audit_entries (id, at, actor_name, action, subject_kind, subject_id, differences, seal_id)
        SELECT 'slipped-in', at, actor_name, action, subject_kind, subject_id, differences, seal_id
        FROM audit_entries WHERE subject_id = '4'";
    assert_eq!(after(slipped_in).await, [altered(2)]);
}

#[actix_web::test]
async fn a_seal_taken_away_or_written_anew_breaks_the_chain() {
    let gone = "DELETE FROM audit_seals WHERE number = 2;
                DELETE FROM audit_entries WHERE subject_id IN ('3', '4')";
    assert_eq!(after(gone).await, [SealFault::Broken { number: 3 }]);
    let anew = after("UPDATE audit_seals SET hash = 'x' WHERE number = 2").await;
    assert_eq!(anew, [SealFault::Altered { number: 2 }, SealFault::Broken { number: 3 }]);
    let renumbered = after("UPDATE audit_seals SET number = 9 WHERE number = 3").await;
    assert_eq!(renumbered, [SealFault::Broken { number: 9 }]);
}

/// A transaction that began early and committed late holds ids older than those already sealed.
#[actix_web::test]
async fn an_entry_that_came_late_is_sealed_with_the_next() {
    let app = sealed().await;
    app.write(|conn| {
        diesel::sql_query(
            "INSERT INTO audit_entries (id, at, actor_name, action, subject_kind, subject_id, differences)
             VALUES ('00000000-0000-7000-8000-000000000000', '2020-01-01 00:00:00', 'x', 'x', 'x', 'x', '{}')",
        )
        .execute(conn)
    });
    assert_eq!(app.write(seal_next), 1);
    assert_eq!(app.read(verify), []);
}
