//! The seals are gone through again and again, in steps, and the page of the trail says what was found.

use super::tell;
use crate::support::TestApp;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use yinfeng::accounts::Role;
use yinfeng::audit::seal::seal_next;
use yinfeng::audit::verification::{self, Standing};
use yinfeng::audit::{Differences, queries};

/// Three seals of one entry each, checked once.
async fn checked() -> TestApp {
    let app = TestApp::new().await;
    for id in ["l-1", "l-2", "l-3"] {
        tell(&app, "lead", id, Differences::default().set("title", &"示例线索"));
        assert_eq!(app.write(seal_next), 1);
    }
    assert_eq!(app.read(verification::standing), Standing::default());
    assert_eq!(step(&app).broken_at, None);
    app
}

fn step(app: &TestApp) -> Standing {
    verification::run_next(app.db()).unwrap();
    app.read(verification::standing)
}

/// As somebody would who owns the database: the triggers away, then the deed.
fn past_the_triggers(app: &TestApp, deed: &str) {
    let mut conn = app.db().connection().unwrap();
    for (table, trigger) in crate::db::triggers_of_the_trail(&mut conn) {
        let on = if app.db().sqlite_file().is_some() { String::new() } else { format!(" ON {table}") };
        conn.batch_execute(&format!("DROP TRIGGER {trigger}{on}")).unwrap();
    }
    conn.batch_execute(deed).unwrap();
}

async fn page(app: &TestApp) -> String {
    app.signed_in(Role::Auditor).get("/audit").await.assert_status(200).text()
}

#[actix_web::test]
async fn a_whole_trail_is_said_to_be_checked() {
    let app = checked().await;
    assert!(app.read(verification::standing).checked_at.is_some());
    let shown = page(&app).await;
    assert!(shown.contains("最近一次核对完毕") && !shown.contains("对不上"), "{shown}");
}

#[actix_web::test]
async fn an_altered_entry_shows_on_the_page_until_a_whole_round_finds_nothing() {
    let app = checked().await;
    past_the_triggers(&app, "UPDATE audit_entries SET reason = 'x' WHERE subject_id = 'l-2'");
    assert!(!page(&app).await.contains("对不上"), "nobody has looked yet");
    assert_eq!(step(&app).broken_at, Some(2));
    assert!(page(&app).await.contains("记录链在第 2 个封条处对不上"));
    let found = app.read(verification::verify_all);
    assert_eq!(found.iter().map(|fault| fault.number()).collect::<Vec<_>>(), [2]);
    assert_eq!(step(&app).broken_at, Some(2), "it does not go away by itself");
    past_the_triggers(&app, "UPDATE audit_entries SET reason = '示例原因' WHERE subject_id = 'l-2'");
    assert_eq!(step(&app).broken_at, None);
}

/// What is left is a whole chain: only the memory of its end tells.
#[actix_web::test]
async fn seals_cut_off_at_the_end_are_missed() {
    let app = checked().await;
    let cut = "DELETE FROM audit_entries WHERE subject_id = 'l-3'; DELETE FROM audit_seals WHERE number = 3";
    past_the_triggers(&app, cut);
    assert_eq!(step(&app).broken_at, Some(3));
    assert_eq!(app.read(verification::verify_all).len(), 1);
    assert_eq!(step(&app).broken_at, Some(3), "missed for good");
}

#[actix_web::test]
async fn a_long_trail_is_gone_through_in_steps() {
    let app = TestApp::new().await;
    app.write(|conn| {
        diesel::sql_query(
            "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 6500)
             INSERT INTO audit_entries (id, at, actor_name, action, subject_kind, subject_id, differences)
             SELECT 'e-' || (10000 + n), '2026-11-23 01:00:00', 'x', 'lead.create', 'lead', 'l-' || n, '{}' FROM numbers",
        )
        .execute(conn)
    });
    while app.write(seal_next) > 0 {}
    assert!(app.read(queries::sealed_until).is_some());
    past_the_triggers(&app, "UPDATE audit_entries SET reason = 'x' WHERE subject_id IN ('l-1', 'l-6400')");
    let first = step(&app);
    assert_eq!(
        (first.checked_at, first.broken_at),
        (None, Some(1)),
        "a fault is told before the end is reached"
    );
    let round = || {
        let before = app.read(verification::standing).checked_at;
        (1..=10).map(|_| step(&app)).find(|now| now.checked_at != before).expect("a round ends")
    };
    assert_eq!(round().broken_at, Some(1));
    past_the_triggers(&app, "UPDATE audit_entries SET reason = NULL WHERE subject_id = 'l-1'");
    assert_eq!(step(&app).broken_at, Some(1), "the last round still counts");
    assert_eq!(round().broken_at, Some(7));
}
