//! The list of chambers: filters, orders, pages.

use super::{chamber, lead_of, text};
use crate::support::TestApp;
use diesel::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use yinfeng::accounts::Role;
use yinfeng::clock;
use yinfeng::db::Id;
use yinfeng::schema::{chambers, referrers};

fn names(answer: &Value) -> Vec<&str> {
    answer["items"].as_array().unwrap().iter().map(|item| text(item, "name")).collect()
}

#[actix_web::test]
async fn filters_find_what_they_name() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    chamber(&app, "甲示例商会", Some("450721")).await;
    let odd = chamber(&app, "乙100%_商会", Some("450722")).await;
    chamber(&app, "Toy ASSOCIATION", None).await;
    let patch = json!({ "kind": "industry", "status": "review" });
    officer.patch_json(&super::path(&odd), "\"1\"", patch).await.assert_status(200);
    let cases = [
        ("", 3),
        ("region=450721", 1),
        ("region=450721,450722", 2),
        ("kind=industry", 1),
        ("status=review", 1),
        ("status=active,review", 3),
        ("q=%25_", 1),
        ("q=%E5%95%86%E4%BC%9A", 2),
        ("q=association", 1),
        ("q=nobody", 0),
        ("kind=local", 0),
    ];
    for (query, expected) in cases {
        let found = officer.get(&format!("/api/v1/chambers?count=true&{query}")).await.assert_status(200);
        assert_eq!(names(&found.json()).len(), expected, "{query}");
        assert_eq!(found.json()["total"], expected, "{query}");
    }
    let wrong = ["kind=club", "status=gone", "sort=phone", "cursor=x", "limit=0", "limit=201", "colour=red"];
    for query in wrong {
        let field = query.split('=').next().unwrap();
        let refused = officer.get(&format!("/api/v1/chambers?{query}")).await.assert_status(400);
        assert_eq!(refused.faults()[0].0, field);
    }
}

#[actix_web::test]
async fn orders_go_both_ways_and_a_cursor_belongs_to_one() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    for name in ["B", "C", "A"] {
        chamber(&app, name, None).await;
    }
    let orders = [
        ("name", ["A", "B", "C"]),
        ("-name", ["C", "B", "A"]),
        ("code", ["B", "C", "A"]),
        ("-code", ["A", "C", "B"]),
        ("updated_at", ["B", "C", "A"]),
        ("-updated_at", ["A", "C", "B"]),
    ];
    for (sort, expected) in orders {
        let mut seen: Vec<String> = Vec::new();
        let mut cursor = String::new();
        loop {
            let path = format!("/api/v1/chambers?sort={sort}&limit=1&cursor={cursor}");
            let page = officer.get(&path).await.assert_status(200).json();
            seen.extend(names(&page).into_iter().map(str::to_owned));
            let Some(next) = page["next_cursor"].as_str() else { break };
            cursor = next.to_owned();
            let other = if sort == "code" { "name" } else { "code" };
            officer.get(&format!("/api/v1/chambers?sort={other}&cursor={cursor}")).await.assert_status(400);
        }
        assert_eq!(seen, expected, "{sort}");
    }
}

/// Names of chambers are unique, those of referrers are not: pages must not lose or repeat one of a name.
#[actix_web::test]
async fn pages_over_equal_names_and_times_show_each_once() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let now = clock::now();
    for number in 0..7 {
        let id = Id::generate();
        let row = (
            referrers::id.eq(&id),
            referrers::code.eq(format!("T-{number}")),
            referrers::name.eq(if number < 5 { "同名" } else { "异名" }),
            referrers::kind.eq("person"),
            referrers::status.eq("active"),
            referrers::version.eq(1_i64),
            referrers::created_at.eq(now),
            referrers::updated_at.eq(now),
        );
        app.write(|conn| diesel::insert_into(referrers::table).values(row).execute(conn));
    }
    for sort in ["name", "-name", "updated_at", "-updated_at"] {
        let (mut seen, mut pages, mut cursor) = (BTreeSet::new(), 0, String::new());
        loop {
            let path = format!("/api/v1/referrers?sort={sort}&limit=2&cursor={cursor}");
            let page = officer.get(&path).await.assert_status(200).json();
            for item in page["items"].as_array().unwrap() {
                assert!(seen.insert(text(item, "id").to_owned()), "{sort}: twice");
            }
            pages += 1;
            let Some(next) = page["next_cursor"].as_str() else { break };
            cursor = next.to_owned();
        }
        assert_eq!((seen.len(), pages), (7, 4), "{sort}");
    }
}

#[actix_web::test]
async fn a_chamber_counts_the_leads_that_its_reader_sees() {
    let app = TestApp::new().await;
    let bringing = chamber(&app, "带来三条", None).await;
    chamber(&app, "还没有", None).await;
    let counties = [("甲示例公司", "450721"), ("乙示例公司", "450721"), ("丙示例公司", "450722")];
    for (investor, county) in counties {
        lead_of(&app, &bringing, investor, county).await;
    }
    let deleted = lead_of(&app, &bringing, "丁示例公司", "450721").await;
    let gone = format!("/api/v1/leads/{}", text(&deleted, "id"));
    app.token(Role::BureauOfficer).delete(&gone, "\"1\"").await.assert_status(204);
    for (role, expected) in [(Role::BureauOfficer, 3), (Role::CountyOfficer, 2), (Role::Federation, 3)] {
        let shown = app.token(role).get(&super::path(&bringing)).await.assert_status(200).json();
        assert_eq!(shown["leads"], expected, "{role}");
        let list = app.token(role).get("/api/v1/chambers?sort=code").await.assert_status(200).json();
        let counts: Vec<i64> =
            list["items"].as_array().unwrap().iter().map(|item| item["leads"].as_i64().unwrap()).collect();
        assert_eq!(counts, [expected, 0], "{role}");
    }
}

#[actix_web::test]
async fn an_import_s_chamber_waits_for_review() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let by = app.person(Role::BureauOfficer).id;
    let made = app
        .write(|conn| yinfeng::chambers::queries::insert_for_review(conn, "台账里的商会", &by, clock::now()));
    let waiting = officer.get("/api/v1/chambers?status=review").await.assert_status(200).json();
    assert_eq!(names(&waiting), ["台账里的商会"]);
    let at = format!("/api/v1/chambers/{}", made.id);
    officer.patch_json(&at, "\"1\"", json!({ "status": "active" })).await.assert_status(200);
    let waiting = officer.get("/api/v1/chambers?status=review").await.json();
    assert_eq!(names(&waiting), Vec::<&str>::new());
    let status: String = app.read(|conn| chambers::table.select(chambers::status).first(conn));
    assert_eq!(status, "active");
}

#[actix_web::test]
async fn what_ends_soon_is_a_filter_of_the_list() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let today = clock::today();
    for (name, days) in [("到期商会", 30), ("远期商会", 400), ("过期商会", -1)] {
        let made = chamber(&app, name, None).await;
        let until = today + chrono::Duration::days(days);
        let entry = json!({ "kind": "agreement", "word": "cooperation", "name": "示例协议", "from_on": "2024-01-01", "to_on": until });
        officer.post_json(&format!("{}/entries", super::path(&made)), entry).await.assert_status(201);
    }
    let found = officer.get("/api/v1/chambers?expiring=true&count=true").await.assert_status(200).json();
    assert_eq!((names(&found), &found["total"]), (vec!["到期商会"], &json!(1)));
    assert_eq!(found["items"][0]["expiring"], 1);
    officer.get("/api/v1/chambers?expiring=soon").await.assert_status(400);
    officer.get("/api/v1/referrers?expiring=true").await.assert_status(400);
    let page = app.signed_in(Role::BureauOfficer).get("/chambers").await.assert_status(200).text();
    assert!(page.contains("href=\"/chambers?expiring=true\""), "{page}");
    let page =
        app.signed_in(Role::BureauOfficer).get("/chambers?expiring=true").await.assert_status(200).text();
    assert!(page.contains("到期商会") && !page.contains("远期商会"), "{page}");
}
