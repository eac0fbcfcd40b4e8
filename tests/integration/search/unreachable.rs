//! A search server that does not answer: the database does, and the index catches up.

use crate::projects::new_project;
use crate::support::search_server::{KEY, SearchServer};
use crate::support::{Client, TestApp};
use diesel::prelude::*;
use serde_json::{Value, json};
use std::net::TcpListener;
use std::time::{Duration, Instant};
use yinfeng::accounts::Role;
use yinfeng::clock;
use yinfeng::db::flags;
use yinfeng::jobs::index_worker;
use yinfeng::schema::outbox;

const INDEX: &str = "yinfeng-leads-5";

/// An address where nobody listens.
pub fn nowhere() -> String {
    format!("http://{}", TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap())
}

pub async fn app_with(url: &str) -> TestApp {
    TestApp::with_settings(&[("YINFENG_SEARCH_URL", url), ("YINFENG_SEARCH_KEY", KEY)]).await
}

async fn found(client: &Client, query: &[(&str, &str)]) -> Value {
    let query = serde_urlencoded::to_string(query).unwrap();
    client.get(&format!("/api/v1/search?{query}")).await.assert_status(200).json()
}

fn ids(answer: &Value) -> Vec<&str> {
    answer["hits"].as_array().unwrap().iter().map(|hit| hit["id"].as_str().unwrap()).collect()
}

#[actix_web::test]
async fn the_database_answers_and_says_so() {
    let app = app_with(&nowhere()).await;
    let officer = app.token(Role::BureauOfficer);
    let first = app.new_lead(json!({"title": "示例枇杷100%线索", "investor_name": "示例甲有限公司"})).await;
    let second = app.new_lead(json!({"title": "示例枇杷1000线索", "county": "450722"})).await;
    let (first, second) = (first["id"].as_str().unwrap(), second["id"].as_str().unwrap());

    let answer = found(&officer, &[("q", "枇杷"), ("facets", "county")]).await;
    assert_eq!(
        (&answer["engine"], &answer["stale"], &answer["total"]),
        (&json!("database"), &json!(true), &json!(2))
    );
    assert_eq!(ids(&answer), [second, first], "the latest change first");
    assert_eq!((&answer["facets"], &answer["approximate"]), (&json!({}), &json!(false)));
    let title = &answer["hits"][1]["highlights"]["title"];
    assert_eq!(title, "示例<em>枇杷</em>100%线索");

    for (query, wanted) in [
        (vec![("q", "100%")], vec![first]),
        (vec![("q", "枇_")], vec![]),
        (vec![("q", "示例 枇杷"), ("county", "450722")], vec![second]),
        (vec![("q", "甲有限")], vec![first]),
        (vec![("q", "枇杷"), ("stage", "contract")], vec![]),
        (vec![("q", "枇杷"), ("leader", "nobody")], vec![]),
        (vec![("q", "枇杷"), ("limit", "1"), ("offset", "1")], vec![first]),
        (vec![("q", "pipa")], vec![]),
    ] {
        assert_eq!(ids(&found(&officer, &query).await), wanted, "{query:?}");
    }
    // Scope and roles are the same as ever.
    let county = app.token(Role::CountyOfficer);
    assert_eq!(ids(&found(&county, &[("q", "枇杷")]).await), [first]);
    app.token(Role::ChamberLiaison)
        .get("/api/v1/search?q=%E6%9E%87%E6%9D%B7&county=450721")
        .await
        .assert_status(400);
    let deep = officer.get("/api/v1/search?q=x&limit=200&offset=9999").await;
    deep.assert_status(400);

    let browser = app.signed_in(Role::BureauOfficer);
    let page = browser.get("/search?q=%E6%9E%87%E6%9D%B7").await.assert_status(200).text();
    assert!(page.contains("搜索服务暂时没有应答") && page.contains("<mark>枇杷</mark>"), "{page}");
    let suggested = browser.get("/search/suggestions?q=%E6%9E%87%E6%9D%B7").await.assert_status(200).text();
    assert!(suggested.contains("搜索服务暂时没有应答"), "{suggested}");
    let list = officer.get("/api/v1/leads?q=%E6%9E%87%E6%9D%B7").await.assert_status(200);
    assert_eq!(list.header("X-Search").unwrap(), "database");
    assert_eq!(list.json()["items"].as_array().unwrap().len(), 2);
    let list = browser.get("/leads?q=%E6%9E%87%E6%9D%B7").await.assert_status(200).text();
    assert!(list.contains("搜索服务暂时没有应答"), "{list}");
    let ready = app.anonymous().get("/readyz").await.assert_status(200).text();
    assert!(ready.starts_with("ready\nsearch is answered by the database"), "{ready}");
    let status = app.signed_in(Role::Admin).get("/admin/search").await.assert_status(200).text();
    assert!(
        status.contains("没有应答，由数据库代为搜索"),
        "the page of the indexes is most wanted now: {status}"
    );
}

#[actix_web::test]
async fn the_database_finds_what_is_no_lead_too_and_only_for_whom_it_exists() {
    let app = app_with(&nowhere()).await;
    let project = new_project(&app, json!({"title": "示例枇杷深加工"})).await;
    app.new_chamber("示例枇杷商会");
    app.new_referrer("枇杷引荐人");
    let bureau = app.token(Role::BureauOfficer);
    let all = found(&bureau, &[("q", "枇杷"), ("type", "all")]).await;
    assert_eq!((&all["engine"], &all["total"]), (&json!("database"), &json!(3)), "{all}");
    let projects = found(&bureau, &[("q", "枇杷 深加工"), ("type", "project")]).await;
    assert_eq!(
        (ids(&projects), &projects["engine"]),
        (vec![project["id"].as_str().unwrap()], &json!("database"))
    );
    assert_eq!(projects["hits"][0]["highlights"]["title"], "示例<em>枇杷深加工</em>");
    assert_eq!(found(&bureau, &[("q", "枇杷 -深加工"), ("type", "project")]).await["total"], 0);
    let elsewhere = app.user(Role::CountyOfficer).region("450722").token();
    assert_eq!(found(&elsewhere, &[("q", "枇杷"), ("type", "project")]).await["total"], 0);
    let page = app.signed_in(Role::BureauOfficer).get("/search?q=%E6%9E%87%E6%9D%B7&type=chamber").await;
    let page = page.assert_status(200).text();
    assert!(page.contains("搜索服务暂时没有应答") && page.contains("<mark>枇杷</mark>商会"), "{page}");
}

/// Rows that were put back are due at once.
fn hurry(app: &TestApp) {
    app.write(|conn| diesel::update(outbox::table).set(outbox::available_at.eq(clock::now())).execute(conn));
}

#[actix_web::test]
async fn what_waited_is_indexed_when_the_server_is_back() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let app = app_with(&format!("http://{address}")).await;
    let officer = app.token(Role::BureauOfficer);
    let lead = app.new_lead(json!({"title": "示例龙眼线索"})).await;
    let error = index_worker::run_pending(&app.app).unwrap_err().to_string();
    assert!(error.contains("does not answer") && !error.contains(KEY), "{error}");
    let waiting = || {
        app.read(|conn| {
            outbox::table.select((outbox::attempts, outbox::last_error)).load::<(i64, Option<String>)>(conn)
        })
    };
    let rows = waiting();
    assert!(rows.len() == 1 && rows[0].0 == 1 && rows[0].1.is_some(), "it stays, with its error: {rows:?}");

    let server = SearchServer::on(TcpListener::bind(address).unwrap());
    let begun = Instant::now();
    loop {
        hurry(&app);
        match index_worker::run_pending(&app.app) {
            Ok(()) => break,
            Err(error) => assert!(begun.elapsed() < Duration::from_secs(20), "{error}"),
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    assert!(waiting().is_empty());
    let indexed = server.documents(INDEX);
    assert_eq!((indexed.len(), &indexed[0]["id"]), (1, &lead["id"]));
    let answer = found(&officer, &[("q", "龙眼")]).await;
    assert_eq!((&answer["engine"], &answer["stale"]), (&json!("meilisearch"), &json!(false)));
    assert_eq!(ids(&answer), [lead["id"].as_str().unwrap()]);
}

#[actix_web::test]
async fn an_index_that_is_gone_is_built_anew_while_the_database_answers() {
    let server = SearchServer::start();
    let app = app_with(&server.url).await;
    let officer = app.token(Role::BureauOfficer);
    app.new_lead(json!({"title": "示例荔枝线索"})).await;
    app.settle();
    assert_eq!(found(&officer, &[("q", "荔枝")]).await["engine"], json!("meilisearch"));
    server.forgets();
    assert_eq!(found(&officer, &[("q", "荔枝")]).await["engine"], json!("database"));
    app.settle();
    assert_eq!((server.indexes(), server.documents(INDEX).len()), (vec![INDEX.to_owned()], 1));
    assert_eq!(found(&officer, &[("q", "荔枝")]).await["engine"], json!("meilisearch"));
}

#[actix_web::test]
async fn of_two_processes_one_writes_and_the_other_takes_over() {
    let server = SearchServer::start();
    let app = app_with(&server.url).await;
    app.new_lead(json!({"title": "示例芒果线索"})).await;
    app.settle();
    // Another process is writing, and says so every now and then.
    let held = |app: &TestApp, ago: i64| {
        app.write(|conn| {
            let at = clock::now() - chrono::Duration::seconds(ago);
            diesel::sql_query(format!(
                "UPDATE flags SET value = 'another', updated_at = '{at}' WHERE name = 'search.writer'"
            ))
            .execute(conn)
        });
    };
    held(&app, 5);
    app.new_lead(json!({"title": "另一条芒果线索"})).await;
    app.settle();
    assert_eq!(server.documents(INDEX).len(), 1, "left to the one that holds the lease");
    held(&app, 61);
    app.settle();
    assert_eq!(server.documents(INDEX).len(), 2, "which has died");
}

#[actix_web::test]
async fn who_does_not_write_is_not_behind_for_ever() {
    let server = SearchServer::start();
    let (reading, writing) = (app_with(&server.url).await, app_with(&server.url).await);
    reading.write(|conn| flags::put(conn, "search.writer", "another"));
    let officer = reading.token(Role::BureauOfficer);
    reading.settle();
    let answer = found(&officer, &[("q", "荔枝")]).await;
    assert_eq!(
        (&answer["engine"], &answer["stale"]),
        (&json!("database"), &json!(true)),
        "there is no index"
    );
    writing.settle();
    assert!(server.indexes().contains(&INDEX.to_owned()), "another process has built it");
    reading.settle();
    let answer = found(&officer, &[("q", "荔枝")]).await;
    assert_eq!((&answer["engine"], &answer["stale"]), (&json!("meilisearch"), &json!(false)));
}
