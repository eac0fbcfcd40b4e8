//! Being told: of what is new, once, within one's scope and fields, whatever happens to the process.

use super::{PATH, assign, body, change, lead_path, new, path, told};
use crate::support::search_server::{KEY, SearchServer};
use crate::support::{Client, TestApp};
use diesel::prelude::*;
use serde_json::{Value, json};
use std::net::TcpListener;
use std::time::{Duration, Instant};
use yinfeng::accounts::Role;
use yinfeng::clock;
use yinfeng::jobs::outbox::{self, Topic};
use yinfeng::jobs::{index_worker, match_worker};
use yinfeng::schema::{leads, outbox as rows, saved_search_known, saved_search_matches, users};
use yinfeng::search::reindex;

async fn look(client: &Client, search: &Value) {
    client.post(&format!("{}/reading", path(search))).await.assert_status(200);
}

#[actix_web::test]
async fn one_is_told_once_of_what_matches_since_the_wish() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let known = app.new_lead(json!({ "title": "旧山竹线索" })).await;
    let other = app.new_lead(json!({ "title": "旧木材线索" })).await;
    app.settle();
    let kept = told(&officer, "q=山竹").await;
    assert_eq!(kept["registered_only"], false);
    app.settle();
    assert!(new(&officer, &kept).await.is_empty(), "what was there is not new");
    app.new_lead(json!({ "title": "新山竹线索" })).await;
    app.new_lead(json!({ "title": "新荔枝线索" })).await;
    app.settle();
    assert_eq!(new(&officer, &kept).await, ["新山竹线索"]);
    change(&app, &known, json!({ "content": "改" })).await;
    change(&app, &other, json!({ "content": "也做山竹" })).await;
    app.settle();
    assert_eq!(new(&officer, &kept).await, ["旧木材线索", "新山竹线索"], "changed so that it matches");
    let first = officer.get(&format!("{}/matches?sort=id&limit=1", path(&kept))).await.json();
    let through = json!({ "through": first["items"][0]["id"] });
    let seen =
        officer.post_json(&format!("{}/reading", path(&kept)), through).await.assert_status(200).json();
    assert!(seen["new"] == 1 && seen["seen_at"].is_string(), "{seen}");
    look(&officer, &kept).await;
    change(&app, &other, json!({ "content": "不做山竹了，又做山竹" })).await;
    change(&app, &known, json!({ "content": "再改" })).await;
    app.settle();
    assert!(new(&officer, &kept).await.is_empty(), "once is enough");
    officer.delete(&format!("{}/subscription", path(&kept)), "\"1\"").await.assert_status(200);
    app.new_lead(json!({ "title": "更新的山竹线索" })).await;
    app.settle();
    let shown = officer.get(&path(&kept)).await.assert_status(200).json();
    assert_eq!((&shown["tell"], &shown["new"]), (&json!(false), &Value::Null));
    officer.post(&format!("{}/subscription", path(&kept))).await.assert_status(200);
    assert!(new(&officer, &kept).await.is_empty(), "from now on");
}

#[actix_web::test]
async fn filters_count_and_what_is_only_near_does_not() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let kept = told(&officer, "q=陈皮&county=450721").await;
    app.new_lead(json!({ "title": "陈皮甲" })).await;
    app.new_lead(json!({ "title": "陈皮乙", "county": "450722" })).await;
    app.new_lead(json!({ "title": "晨皮丙" })).await;
    app.settle();
    assert_eq!(new(&officer, &kept).await, ["陈皮甲"]);
}

#[actix_web::test]
async fn nobody_is_told_of_a_lead_that_he_may_not_see() {
    let app = TestApp::new().await;
    let (leader, bureau) = (app.token(Role::CountyLeader), app.token(Role::BureauHead));
    let (his, all) = (told(&leader, "q=龙眼").await, told(&bureau, "q=龙眼").await);
    let other = app.user(Role::CountyLeader).insert();
    let lead = app.new_lead(json!({ "title": "示例龙眼线索" })).await;
    assign(&app, &lead, json!({ "leader": other.username, "reason": "示例" })).await;
    app.settle();
    assert_eq!(new(&bureau, &all).await, ["示例龙眼线索"]);
    assert!(new(&leader, &his).await.is_empty(), "another leader's");
    let own = app.person(Role::CountyLeader).username;
    assign(&app, &lead, json!({ "leader": own, "reason": "示例" })).await;
    app.settle();
    assert_eq!(new(&leader, &his).await, ["示例龙眼线索"], "it came into his sight");
    let home = app.signed_in(Role::CountyLeader).get("/").await.assert_status(200).text();
    assert!(home.contains("1 条新的"), "{home}");
    assign(&app, &lead, json!({ "leader": other.username, "reason": "示例" })).await;
    assert!(new(&leader, &his).await.is_empty(), "gone at once, whatever the index knows");
    let home = app.signed_in(Role::CountyLeader).get("/").await.assert_status(200).text();
    assert!(!home.contains("条新的"), "{home}");
    app.settle();
    assert!(new(&leader, &his).await.is_empty());
    assert_eq!(new(&bureau, &all).await.len(), 1);
    app.token(Role::BureauHead).delete(&lead_path(&lead), "*").await.assert_status(204);
    assert!(new(&bureau, &all).await.is_empty(), "a deleted one is nobody's news");
}

#[actix_web::test]
async fn a_match_in_a_field_that_ones_pages_do_not_show_tells_nothing() {
    let app = TestApp::new().await;
    let chamber = app.person(Role::ChamberLiaison).chamber_id.unwrap();
    let (federation, liaison) = (app.token(Role::Federation), app.token(Role::ChamberLiaison));
    let officer = app.token(Role::BureauOfficer);
    let by_contact = [&federation, &liaison, &officer].map(|client| told(client, "q=欧阳示例"));
    let by_contact = futures_util::future::join_all(by_contact).await;
    let by_title = [told(&federation, "q=枇杷").await, told(&liaison, "q=枇杷").await];
    let source = json!({ "kind": "chamber", "chamber_id": chamber });
    let contact = json!({ "name": "欧阳示例" });
    app.new_lead(json!({ "title": "示例枇杷线索", "source": source, "contact": contact })).await;
    app.settle();
    assert!(new(&federation, &by_contact[0]).await.is_empty());
    assert!(new(&liaison, &by_contact[1]).await.is_empty());
    assert_eq!(new(&officer, &by_contact[2]).await.len(), 1);
    assert_eq!(new(&federation, &by_title[0]).await.len(), 1);
    let his = liaison.get(&format!("{}/matches", path(&by_title[1]))).await.assert_status(200).json();
    assert_eq!(his["items"][0]["county"], Value::Null, "{his}");
}

#[actix_web::test]
async fn a_wish_made_in_another_capacity_is_none() {
    let app = TestApp::new().await;
    let (user, county) = (app.user(Role::CountyOfficer).insert(), app.token(Role::CountyOfficer));
    let client = app.program_of(&user);
    let (his, theirs) = (told(&client, "q=荔枝").await, told(&county, "q=荔枝").await);
    app.new_lead(json!({ "title": "示例荔枝线索" })).await;
    app.settle();
    assert_eq!(new(&client, &his).await.len(), 1);
    app.write(|conn| {
        diesel::update(users::table.find(&user.id)).set(users::region.eq("450722")).execute(conn)
    });
    let moved = client.get(&path(&his)).await.assert_status(200).json();
    assert_eq!((&moved["tell"], &moved["new"]), (&json!(false), &Value::Null));
    app.new_lead(json!({ "title": "又一条荔枝线索", "county": "450722" })).await;
    app.settle();
    client.post(&format!("{}/subscription", path(&his))).await.assert_status(200);
    assert!(new(&client, &his).await.is_empty(), "he begins anew");
    assert_eq!(new(&county, &theirs).await.len(), 1);
}

/// Rows of the outbox that wait for saved searches.
fn waiting(app: &TestApp) -> i64 {
    app.read(|conn| outbox::lag(conn, Topic::SavedSearchMatch)).waiting
}

#[actix_web::test]
async fn a_kill_at_any_point_loses_nothing_and_repeats_harmlessly() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    app.new_lead(json!({ "title": "没人等的线索" })).await;
    app.settle();
    assert_eq!(waiting(&app), 0);
    let kept = told(&officer, "q=芒果").await;
    let lead = app.new_lead(json!({ "title": "示例芒果线索" })).await;
    // Killed between the two workers: what is to be told is written down.
    index_worker::run_pending(&app.app).unwrap();
    assert_eq!((waiting(&app), new(&officer, &kept).await.len()), (1, 0));
    // Killed after a claim: the claim runs out, and the row is taken again.
    let now = clock::now();
    app.write(|conn| outbox::claim(conn, Topic::SavedSearchMatch, 10, now));
    match_worker::run_pending(&app.app).unwrap();
    assert_eq!((waiting(&app), new(&officer, &kept).await.len()), (1, 0), "claimed by the one that died");
    // The next process is the only one that can write: it need not wait.
    index_worker::take_over(&app.app).unwrap();
    match_worker::run_pending(&app.app).unwrap();
    assert_eq!((waiting(&app), new(&officer, &kept).await.len()), (0, 1));
    // Killed before rows went: everything once more.
    let id = lead["id"].as_str().unwrap().parse().unwrap();
    for topic in [Topic::SavedSearchMatch, Topic::LeadIndex] {
        app.write(|conn| outbox::enqueue(conn, topic, &id));
        app.settle();
        assert_eq!(new(&officer, &kept).await.len(), 1, "{topic}");
    }
    look(&officer, &kept).await;
    app.write(|conn| outbox::enqueue(conn, Topic::LeadIndex, &id));
    app.settle();
    assert!(new(&officer, &kept).await.is_empty(), "what was seen stays seen");
    let found: i64 = app.read(|conn| saved_search_matches::table.count().get_result(conn));
    assert_eq!(found, 1);
}

#[actix_web::test]
async fn an_index_built_anew_tells_nobody_of_what_was_there_and_loses_nothing() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    for number in 0..5 {
        app.new_lead(json!({ "title": format!("旧柚子线索{number}") })).await;
    }
    app.settle();
    let kept = told(&officer, "q=柚子").await;
    app.write(reindex::ask);
    app.settle();
    assert!(new(&officer, &kept).await.is_empty());
    // Registered while it waits to be built: that has no row of its own to work off afterwards.
    app.write(reindex::ask);
    app.new_lead(json!({ "title": "新柚子线索" })).await;
    app.settle();
    assert_eq!(new(&officer, &kept).await, ["新柚子线索"]);
    let all: Vec<yinfeng::db::Id> = app.read(|conn| leads::table.select(leads::id).load(conn));
    app.write(|conn| all.iter().try_for_each(|id| outbox::enqueue(conn, Topic::LeadIndex, id)));
    app.settle();
    assert_eq!(new(&officer, &kept).await, ["新柚子线索"]);
}

/// As with a search that finds too much to know at once: the worker finds out what there was.
#[actix_web::test]
async fn a_wish_that_could_know_nothing_learns_what_there_was() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let known = app.new_lead(json!({ "title": "旧芒果线索" })).await;
    let other = app.new_lead(json!({ "title": "旧木材线索" })).await;
    let kept = told(&officer, "q=芒果").await;
    assert_eq!(kept["registered_only"], true, "there was no whole index");
    app.settle();
    let shown = officer.get(&path(&kept)).await.assert_status(200).json();
    assert_eq!((&shown["registered_only"], &shown["new"]), (&json!(false), &json!(0)));
    let rows: i64 = app.read(|conn| saved_search_matches::table.count().get_result(conn));
    assert_eq!(rows, 0, "no row for each");
    change(&app, &known, json!({ "content": "改" })).await;
    change(&app, &other, json!({ "content": "也做芒果" })).await;
    app.new_lead(json!({ "title": "新芒果线索" })).await;
    app.settle();
    let mut found = new(&officer, &kept).await;
    found.sort();
    assert_eq!(found, ["新芒果线索", "旧木材线索"], "changed so that it matches, and once");
    look(&officer, &kept).await;
    change(&app, &other, json!({ "content": "还是芒果" })).await;
    app.settle();
    assert!(new(&officer, &kept).await.is_empty());
    officer.delete(&format!("{}/subscription", path(&kept)), "\"1\"").await.assert_status(200);
    let left: i64 = app.read(|conn| saved_search_known::table.count().get_result(conn));
    assert_eq!(left, 0, "forgotten with the wish");
}

#[actix_web::test]
async fn while_the_server_does_not_answer_the_news_wait() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let url = format!("http://{address}");
    let app = TestApp::with_settings(&[("YINFENG_SEARCH_URL", &url), ("YINFENG_SEARCH_KEY", KEY)]).await;
    let officer = app.token(Role::BureauOfficer);
    let old = app.new_lead(json!({ "title": "旧龙眼线索" })).await;
    let kept = told(&officer, "q=龙眼").await;
    assert_eq!(kept["registered_only"], true, "what there is could not be found out");
    app.new_lead(json!({ "title": "新龙眼线索" })).await;
    change(&app, &old, json!({ "content": "改" })).await;
    assert!(index_worker::run_pending(&app.app).is_err());
    match_worker::run_pending(&app.app).unwrap();
    assert!(new(&officer, &kept).await.is_empty());
    // It answers every search with all that it has, so the scope of this test is who is asked of at all.
    let _server = SearchServer::on(TcpListener::bind(address).unwrap());
    let begun = Instant::now();
    loop {
        app.write(|conn| diesel::update(rows::table).set(rows::available_at.eq(clock::now())).execute(conn));
        let done = index_worker::run_pending(&app.app).and_then(|()| match_worker::run_pending(&app.app));
        match done {
            Ok(()) => break,
            Err(error) => assert!(begun.elapsed() < Duration::from_secs(20), "{error}"),
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    let mut found = new(&officer, &kept).await;
    found.sort();
    assert_eq!(found, ["新龙眼线索", "旧龙眼线索"], "what was registered or changed since the wish");
    let kept = officer.get(&path(&kept)).await.assert_status(200).json();
    assert_eq!(kept["registered_only"], false, "found out when the server was back");
    let again = body(json!({ "query": "q=龙眼", "tell": true }));
    let again = officer.post_json(PATH, again).await.assert_status(201).json();
    assert_eq!(again["registered_only"], false);
}
