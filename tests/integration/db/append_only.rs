//! The trail only grows, whoever asks and in whatever way.

use crate::support::TestApp;
use diesel::prelude::*;
use yinfeng::audit::{self, Act, seal};
use yinfeng::db::{AnyConn, write_tx};

fn tell(conn: &mut AnyConn, subject: &str) -> QueryResult<()> {
    let act = Act { action: "lead.create", subject_kind: "lead", subject_id: subject, ..Act::default() };
    audit::record_unsigned(conn, "test", None, act)
}

#[actix_web::test]
async fn entries_and_seals_refuse_to_be_changed_or_removed() {
    let app = TestApp::new().await;
    app.write(|conn| tell(conn, "1"));
    app.write(seal::seal_next);
    app.write(|conn| tell(conn, "2"));
    let columns = [
        "id",
        "at",
        "actor_id",
        "actor_name",
        "action",
        "subject_kind",
        "subject_id",
        "differences",
        "reason",
        "address",
        "request_id",
    ];
    let mut attempts: Vec<String> =
        columns.iter().map(|column| format!("UPDATE audit_entries SET {column} = {column}")).collect();
    let others = [
        "UPDATE audit_entries SET seal_id = NULL WHERE seal_id IS NOT NULL",
        "UPDATE audit_entries SET seal_id = 'other' WHERE seal_id IS NOT NULL",
        "DELETE FROM audit_entries",
        "UPDATE audit_seals SET hash = 'x'",
        "DELETE FROM audit_seals",
    ];
    attempts.extend(others.map(str::to_owned));
    attempts.extend(by_the_back_door(&app).into_iter().map(str::to_owned));
    let before = trail(&app);
    for attempt in attempts {
        let mut conn = app.db().connection().unwrap();
        let done = write_tx(&mut conn, |conn| diesel::sql_query(&attempt).execute(conn));
        let refusal = done.expect_err(&attempt).to_string();
        assert!(refusal.contains("append-only"), "{attempt}: {refusal}");
    }
    assert_eq!(trail(&app), before);
}

/// Ways around row triggers that each database has of its own.
fn by_the_back_door(app: &TestApp) -> Vec<&'static str> {
    if app.db().sqlite_file().is_some() {
        // REPLACE removes the old row without asking the triggers of deletion.
        vec![
            "INSERT OR REPLACE INTO audit_entries SELECT * FROM audit_entries",
            "INSERT OR REPLACE INTO audit_seals SELECT * FROM audit_seals",
        ]
    } else {
        vec!["TRUNCATE audit_entries", "TRUNCATE audit_seals"]
    }
}

fn trail(app: &TestApp) -> (usize, Vec<seal::SealFault>) {
    app.read(|conn| {
        let entries = audit::queries::list(conn, &Default::default(), None, 100)?;
        Ok((entries.len(), seal::verify(conn)?))
    })
}
