//! A file of more than 5,000 rows is read and applied beside the request, in steps that survive a stop.

use super::{HEADER, investors, leads, path};
use crate::support::{Client, TestApp};
use actix_web::http::Method;
use chrono::Duration;
use diesel::prelude::*;
use serde_json::{Value, json};
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use yinfeng::accounts::Role;
use yinfeng::clock;
use yinfeng::imports::work;
use yinfeng::jobs::outbox::{Topic, enqueue};
use yinfeng::schema::{import_rows, imports, outbox, users};

/// Leads in the file: a whole step of 500 and a part of one.
const NEW: usize = 510;
const ROWS: usize = 5_001;

/// The rows after the leads name no county: they cost little and still count.
fn ledger() -> String {
    let leads = investors(NEW).into_iter().map(|name| format!("{name}项目,{name},灵山县,其他,自主招商\n"));
    let others = (NEW..ROWS).map(|row| format!("项目{row},第{row}家有限公司,,其他,自主招商\n"));
    format!("{HEADER}\n{}{}", leads.collect::<String>(), others.collect::<String>())
}

async fn uploaded(client: &Client) -> Value {
    let ledger = ledger();
    let upload = client.upload("/api/v1/imports", &[("kind", "leads")], "ledger.csv", ledger.as_bytes());
    let answer = upload.await.assert_status(202);
    assert_eq!(answer.location(), path(&answer.json()));
    answer.json()
}

async fn state(client: &Client, import: &Value) -> (String, [i64; 4]) {
    let now = client.get(&path(import)).await.assert_status(200).json();
    let counts = ["rows", "new", "rejected", "imported"].map(|name| now[name].as_i64().unwrap());
    (now["status"].as_str().unwrap().to_owned(), counts)
}

/// One turn of the worker that is told to stop after as many steps; whether there was anything to do.
fn turn(app: &TestApp, steps: usize) -> bool {
    let left = Cell::new(steps);
    work::run_next(&app.app, &|| left.replace(left.get().saturating_sub(1)) == 0).unwrap()
}

#[actix_web::test]
async fn it_is_read_and_applied_beside_and_goes_on_where_it_was_stopped() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let import = uploaded(&officer).await;
    let application = || officer.post(&format!("{}/application", path(&import)));
    assert_eq!(state(&officer, &import).await, ("reading".to_owned(), [0; 4]));
    application().await.assert_status(409);

    assert!(turn(&app, 1));
    let (new, rows) = (NEW as i64, ROWS as i64);
    assert_eq!(state(&officer, &import).await, ("previewed".to_owned(), [rows, new, rows - new, 0]));
    assert!(!turn(&app, 1), "nothing is applied before somebody says so");
    assert_eq!(leads(&app).await, 0);

    let answer = application().await.assert_status(202).json();
    assert_eq!(answer["status"], "applying");
    assert_eq!(leads(&app).await, 0);
    application().await.assert_status(409);
    officer.request(Method::DELETE, &path(&import)).await.assert_status(409);

    // Stopped in order: the rest waits for whoever starts next, and nobody has to wait for a claim to run out.
    assert!(turn(&app, 1));
    let half = ("applying".to_owned(), [rows, new, rows - new, 500]);
    assert_eq!(state(&officer, &import).await, half);
    assert_eq!(leads(&app).await, 500);

    // Killed: what is claimed is left alone for a minute.
    let left = Cell::new(1);
    let killed = || if left.replace(0) == 0 { panic!("killed") } else { false };
    let end = catch_unwind(AssertUnwindSafe(|| work::run_next(&app.app, &killed)));
    assert!(end.is_err());
    assert!(!turn(&app, 100), "another process may still be at it");
    app.write(|conn| {
        let past = clock::now() - Duration::seconds(1);
        diesel::update(outbox::table).set(outbox::claimed_until.eq(past)).execute(conn)
    });
    assert!(turn(&app, 100));
    assert_eq!(state(&officer, &import).await, ("applied".to_owned(), [rows, 0, rows - new, new]));
    assert!(!turn(&app, 100));
    assert_each_once(&app, &officer, &import).await;
}

/// As many leads as new rows, each of one row.
async fn assert_each_once(app: &TestApp, client: &Client, import: &Value) {
    assert_eq!(leads(app).await, NEW as u64);
    let list = format!("/api/v1/leads?import={}&limit=200", import["id"].as_str().unwrap());
    let (mut cursor, mut made) = (String::new(), std::collections::BTreeSet::new());
    loop {
        let page = client.get(&format!("{list}{cursor}")).await.assert_status(200).json();
        for row in page["items"].as_array().unwrap() {
            assert!(made.insert(row["investor_name"].to_string()), "one row made two leads: {row}");
        }
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(made.len(), NEW);
    let applied = app.token(Role::Auditor).get("/api/v1/audit?action=import.apply").await.json();
    assert_eq!(applied["items"].as_array().unwrap().len(), 1, "one entry for the whole import");
    assert_eq!(applied["items"][0]["differences"]["imported"]["to"], json!(NEW));
}

#[actix_web::test]
async fn whoever_may_import_no_more_has_his_import_ended() {
    let app = TestApp::new().await;
    let user = app.user(Role::BureauOfficer).insert();
    let officer = app.program_of(&user);
    let import = uploaded(&officer).await;
    assert!(turn(&app, 1));
    officer.post(&format!("{}/application", path(&import))).await.assert_status(202);
    app.write(|conn| {
        diesel::update(users::table.find(&user.id)).set(users::role.eq(Role::FinanceReviewer)).execute(conn)
    });
    assert!(turn(&app, 100));
    assert!(!turn(&app, 100), "it is not tried again");
    let (status, failure): (String, Option<String>) = app.read(|conn| {
        imports::table.select((imports::status, imports::failure)).first::<(String, Option<String>)>(conn)
    });
    assert_eq!((status.as_str(), failure.as_deref()), ("failed", Some("no_more_his")));
    assert_eq!(leads(&app).await, 0);
}

#[actix_web::test]
async fn a_reading_that_was_killed_begins_again() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let import = uploaded(&officer).await;
    assert!(turn(&app, 1));
    let kept = || app.read(|conn| import_rows::table.count().get_result::<i64>(conn));
    assert_eq!(kept(), ROWS as i64);
    // As a kill between two parts leaves it: some rows, not said to be read, and the job there still.
    app.write(|conn| {
        diesel::delete(import_rows::table.filter(import_rows::position.ge(1_000))).execute(conn)?;
        diesel::update(imports::table).set(imports::status.eq("reading")).execute(conn)?;
        let id = import["id"].as_str().unwrap().parse().unwrap();
        enqueue(conn, Topic::Import, &id)
    });
    assert!(turn(&app, 1));
    assert_eq!(kept(), ROWS as i64);
    assert_eq!(state(&officer, &import).await.0, "previewed");
}
