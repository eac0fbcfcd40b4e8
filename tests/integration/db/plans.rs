//! With many projects the pool's views read indexes, and so do events and what came of them: what SQLite plans for each
//! of their statements.

use super::statements::Heard;
use crate::support::TestApp;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use yinfeng::accounts::Role;
use yinfeng::db::AnyConn;

/// The looks, and the only tables that each may read from end to end.
const LOOKS: &[(&str, &[&str])] = &[
    ("/quota?year=2025", &[]),
    ("/api/v1/pool/quota?year=2025", &[]),
    ("/about-to", &[]),
    ("/api/v1/pool/about-to", &[]),
    ("/comparison?year=2025", &[]),
    ("/projects?start_year=2025", &[]),
    ("/projects?supported_year=2025", &[]),
    ("/projects", &[]),
    ("/projects/board", &[]),
];

#[derive(QueryableByName)]
struct Step {
    #[diesel(sql_type = Text)]
    detail: String,
}

#[actix_web::test]
async fn the_pools_views_read_indexes_and_never_a_whole_table() {
    let app = TestApp::new().await;
    if app.db().sqlite_file().is_none() {
        return; // The planner of PostgreSQL goes by what it counted.
    }
    app.write(|conn| {
        let script = include_str!("../../../benches/load/src/projects.sql").replace("{count}", "2000");
        match conn {
            AnyConn::Sqlite(conn) => conn.batch_execute(&script),
            AnyConn::Pg(_) => Ok(()),
        }
    });
    let heard = Heard::listen(&app);
    let mut bad = Vec::new();
    for (look, whole) in LOOKS {
        let role = Role::BureauHead;
        let client = if look.starts_with("/api/") { app.token(role) } else { app.signed_in(role) };
        heard.take();
        client.get(look).await.assert_status(200);
        let asked = heard.take();
        assert!(!asked.is_empty(), "{look}");
        for statement in asked.iter().filter(|text| text.trim_start().starts_with("SELECT")) {
            bad.extend(
                whole_tables(&app, statement, POOL)
                    .into_iter()
                    .filter(|step| !whole.iter().any(|table| step.contains(table)))
                    .map(|step| format!("{look}: {step}\n  {statement}")),
            );
        }
    }
    assert!(bad.is_empty(), "{}", bad.join("\n"));
    let whole = whole_tables(&app, "SELECT version FROM projects WHERE version = 7", POOL);
    assert_eq!(whole.len(), 1, "a whole table is seen as one");
}

/// Where events, and the leads and projects that came of one, are looked at, and the only tables that each may read from
/// end to end: a liaison sees all events but those that were cancelled, so his are counted one by one.
const EVENT_LOOKS: &[(Role, &str, &[&str])] = &[
    (Role::BureauHead, "/events", &[]),
    (Role::BureauHead, "/events?county=450721", &[]),
    (Role::BureauHead, "/events/{id}", &[]),
    (Role::BureauHead, "/leads?event={id}", &[]),
    (Role::BureauHead, "/projects?event={id}", &[]),
    (Role::CountyOfficer, "/leads/new", &[]),
    (Role::ChamberLiaison, "/events", &["events"]),
    (Role::ChamberLiaison, "/events/{id}", &[]),
    (Role::BureauHead, "/api/v1/events?limit=200&count=true&sort=from_on", &[]),
    (Role::BureauHead, "/api/v1/events/{id}/attendees?count=true", &[]),
];

#[actix_web::test]
async fn events_and_what_came_of_them_are_read_by_indexes() {
    let app = TestApp::new().await;
    if app.db().sqlite_file().is_none() {
        return; // The planner of PostgreSQL goes by what it counted.
    }
    let event = crate::events::new_event(&app, serde_json::json!({})).await;
    let heard = Heard::listen(&app);
    let mut bad = Vec::new();
    for (role, look, allowed) in EVENT_LOOKS {
        let client = if look.starts_with("/api/") { app.token(*role) } else { app.signed_in(*role) };
        heard.take();
        client.get(&look.replace("{id}", event["id"].as_str().unwrap())).await.assert_status(200);
        let of_events = |text: &&String| {
            text.contains("`events`") || text.contains("`attendees`") || text.contains("source_event_id` =")
        };
        let asked = heard.take();
        let asked: Vec<&String> =
            asked.iter().filter(|text| text.trim_start().starts_with("SELECT")).filter(of_events).collect();
        assert!(!asked.is_empty(), "{look}");
        for statement in asked {
            let whole = whole_tables(&app, statement, &["events", "attendees", "leads", "projects"]);
            let refused = whole.into_iter().filter(|step| !allowed.iter().any(|table| step.contains(table)));
            bad.extend(refused.map(|step| format!("{look}: {step}\n  {statement}")));
        }
    }
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}

/// The tables of the pool.
const POOL: &[&str] = &["projects", "milestones", "employment_years"];

/// The steps of a statement's plan that go through all rows of one of these tables without an index.
fn whole_tables(app: &TestApp, statement: &str, tables: &[&str]) -> Vec<String> {
    let text = statement.split(" -- binds:").next().unwrap();
    let steps: Vec<Step> = app.read(|conn| match conn {
        AnyConn::Sqlite(conn) => diesel::sql_query(format!("EXPLAIN QUERY PLAN {text}")).load(conn),
        AnyConn::Pg(_) => Ok(Vec::new()),
    });
    let is_of_them = |step: &Step| tables.iter().any(|table| step.detail.contains(table));
    let is_whole = |step: &Step| step.detail.starts_with("SCAN") && !step.detail.contains("INDEX");
    steps.iter().filter(|step| is_of_them(step) && is_whole(step)).map(|step| step.detail.clone()).collect()
}
