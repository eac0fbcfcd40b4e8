//! Two records of one chamber become one, with everything that named either.

use super::{chamber, lead_of, path, text};
use crate::support::{Client, Response, TestApp};
use diesel::prelude::*;
use serde_json::{Value, json};
use yinfeng::accounts::Role;
use yinfeng::accounts::queries::users;
use yinfeng::jobs::outbox;
use yinfeng::schema::{audit_entries, leads};

async fn merge(client: &Client, from: &Value, into: &str) -> Response {
    client.post_json(&format!("{}/merger", path(from)), json!({ "into": into })).await
}

#[actix_web::test]
async fn leads_liaisons_and_the_index_follow() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let from = chamber(&app, "示例市灵山商会（重）", None).await;
    let into = chamber(&app, "示例市灵山商会", Some("450721")).await;
    let live = lead_of(&app, &from, "甲示例公司", "450721").await;
    let deleted = lead_of(&app, &from, "乙示例公司", "450722").await;
    let gone = format!("/api/v1/leads/{}", text(&deleted, "id"));
    officer.delete(&gone, "\"1\"").await.assert_status(204);
    let id = text(&from, "id").parse().unwrap();
    let liaison = app.user(Role::ChamberLiaison).chamber(&id).insert();
    app.write(|conn| diesel::delete(yinfeng::schema::outbox::table).execute(conn));

    let kept = merge(&officer, &from, text(&into, "code")).await.assert_status(200);
    assert_eq!(kept.json()["id"], into["id"]);
    assert_eq!((kept.etag().as_str(), &kept.json()["leads"]), ("\"1\"", &json!(1)));
    officer.get(&path(&from)).await.assert_status(404);

    let shown = officer.get(&format!("/api/v1/leads/{}", text(&live, "id"))).await.assert_status(200);
    assert_eq!(shown.json()["source"]["chamber_id"], into["id"]);
    assert_eq!(shown.etag(), "\"2\"", "whoever read the lead before must not save over it");
    let restored = officer.post_json(&format!("{gone}/restoration"), json!({})).await.assert_status(200);
    assert_eq!(restored.json()["source"]["chamber_id"], into["id"], "a deleted lead comes back to it");
    let liaison = app.read(|conn| users::find(conn, &liaison.id)).unwrap();
    assert_eq!(liaison.chamber_id.as_ref().map(|id| id.as_str()), into["id"].as_str());
    let waiting = app.read(|conn| outbox::lag(conn, outbox::Topic::LeadIndex)).waiting;
    assert!(waiting >= 2, "{waiting}");

    let timeline = officer.get(&format!("/api/v1/leads/{}/timeline", text(&live, "id"))).await;
    let timeline = timeline.assert_status(200).json();
    let edit = timeline["items"].as_array().unwrap().iter().find(|item| item["kind"] == "edit");
    assert!(edit.unwrap()["data"].to_string().contains(text(&into, "id")), "{timeline}");
    let told: Vec<String> = app.read(|conn| {
        audit_entries::table
            .filter(audit_entries::action.eq("chamber.merge"))
            .order(audit_entries::id.asc())
            .select(audit_entries::subject_id)
            .load(conn)
    });
    assert_eq!(told, [text(&from, "id"), text(&into, "id")]);
}

#[actix_web::test]
async fn saved_searches_ask_for_the_chamber_that_stays() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let from = chamber(&app, "示例市浦北商会（重）", None).await;
    let into = chamber(&app, "示例市浦北商会", None).await;
    lead_of(&app, &from, "甲示例公司", "450721").await;
    lead_of(&app, &into, "乙示例公司", "450721").await;
    let (from_id, from_code, into_id) = (text(&from, "id"), text(&from, "code"), text(&into, "id"));
    let mut saved = Vec::new();
    for (query, wanted) in [
        (format!("chamber={from_id}"), into_id.to_owned()),
        (format!("q=公司&chamber={into_id},{from_code}"), into_id.to_owned()),
        ("q=公司 商会:示例市浦北商会（重）".to_owned(), into_id.to_owned()),
        (format!("chamber=-{from_code}"), format!("-{into_id}")),
        (format!("chamber={into_id}"), into_id.to_owned()),
    ] {
        let body = json!({ "name": "示例", "query": query });
        let search = officer.post_json("/api/v1/saved-searches", body).await.assert_status(201).json();
        saved.push((text(&search, "id").to_owned(), wanted));
    }
    merge(&officer, &from, into_id).await.assert_status(200);
    app.settle();
    for (at, (id, wanted)) in saved.iter().enumerate() {
        let search = officer.get(&format!("/api/v1/saved-searches/{id}")).await.assert_status(200).json();
        let query = text(&search, "query");
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap();
        let chamber = pairs.iter().find(|(name, _)| name == "chamber").map(|(_, value)| value);
        assert_eq!(chamber, Some(wanted), "{query}");
        assert_eq!(search["version"], if at == 4 { 1 } else { 2 }, "{query}");
        let found = officer.get(&format!("/api/v1/search?{query}")).await.assert_status(200).json();
        assert_eq!(found["total"], if at == 3 { 0 } else { 2 }, "{query}");
    }
}

#[actix_web::test]
async fn what_cannot_be_merged_changes_nothing() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let from = chamber(&app, "示例商会", None).await;
    lead_of(&app, &from, "甲示例公司", "450721").await;
    let cases = [(text(&from, "id"), "same-record"), ("SH-9999", "unknown-chamber")];
    for (into, code) in cases {
        let refused = merge(&officer, &from, into).await.assert_status(422);
        assert_eq!(refused.faults(), [("into".to_owned(), code.to_owned())]);
    }
    let stale =
        officer.post_json(&format!("{}/merger", path(&from)), json!({ "into": "x" })).if_match("\"9\"");
    stale.await.assert_status(412);
    let named: Option<String> = app.read(|conn| leads::table.select(leads::source_chamber_id).first(conn));
    assert_eq!(named.as_deref(), from["id"].as_str());
}

#[actix_web::test]
async fn a_county_merges_only_what_is_all_its_own() {
    let app = TestApp::new().await;
    let county = app.token(Role::CountyOfficer);
    let into = chamber(&app, "留下的商会", None).await;
    let (own, shared) = (chamber(&app, "自家用的", None).await, chamber(&app, "两县用的", None).await);
    lead_of(&app, &own, "甲示例公司", "450721").await;
    lead_of(&app, &shared, "乙示例公司", "450721").await;
    let foreign = lead_of(&app, &shared, "丙示例公司", "450722").await;
    merge(&county, &shared, text(&into, "id")).await.assert_status(403);
    let version: i64 =
        app.read(|conn| leads::table.find(text(&foreign, "id")).select(leads::version).first(conn));
    assert_eq!(version, 1, "the refused merger must leave the lead as it was");
    county.get(&path(&shared)).await.assert_status(200);
    merge(&county, &own, text(&into, "id")).await.assert_status(200);
    let elsewhere = chamber(&app, "浦北的商会", Some("450722")).await;
    merge(&county, &into, text(&elsewhere, "id")).await.assert_status(403);
}
