//! The register of referrers, through HTTP. What it shares with chambers is tested there.

mod kinds;
mod members;
mod numbers;

use crate::support::{Client, TestApp};
use serde_json::{Value, json};
use yinfeng::accounts::Role;

async fn add(client: &Client, name: &str, region: Option<&str>) -> Value {
    let body = json!({ "kind": "person", "name": name, "region": region, "phone": "12000000101" });
    client.post_json("/api/v1/referrers", body).await.assert_status(201).json()
}

fn path(referrer: &Value) -> String {
    format!("/api/v1/referrers/{}", referrer["id"].as_str().unwrap())
}

/// A lead that a referrer brought, by the bureau.
async fn lead_of(app: &TestApp, referrer: &Value, investor: &str, county: &str) -> Value {
    let body = json!({
        "title": format!("{investor}项目"),
        "investor_name": investor,
        "county": county,
        "industry": "other",
        "source": { "kind": "referrer", "referrer_id": referrer["id"] },
    });
    app.token(Role::BureauOfficer).post_json("/api/v1/leads", body).await.assert_status(201).json()
}

#[actix_web::test]
async fn two_people_may_bear_one_name() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let (first, second) = (add(&officer, "韦示例", None).await, add(&officer, "韦示例", None).await);
    assert_ne!(first["code"], second["code"]);
    assert_eq!(first["phone"], "120****0101");
    let refused = json!({ "kind": "person", "name": "莫样本", "identity_card": "1" });
    let refused = officer.post_json("/api/v1/referrers", refused).await.assert_status(422);
    assert_eq!(refused.faults(), [("identity_card".to_owned(), "unknown-field".to_owned())]);
}

#[actix_web::test]
async fn a_county_sees_its_own_those_it_added_and_those_its_leads_name() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let county = app.token(Role::CountyOfficer);
    let own = add(&bureau, "本县的", Some("450721")).await;
    let named = add(&bureau, "线索点名的", Some("450722")).await;
    let added = add(&county, "自己加的", None).await;
    let foreign = add(&bureau, "外县的", Some("450722")).await;
    let homeless = add(&bureau, "无区域的", None).await;
    assert_eq!(added["region"], "450721", "what a county adds is its own");
    app.user(Role::CountyOfficer).token().get(&path(&added)).await.assert_status(200);
    lead_of(&app, &named, "甲示例公司", "450721").await;
    lead_of(&app, &foreign, "乙示例公司", "450722").await;
    let list = county.get("/api/v1/referrers?sort=code&count=true").await.assert_status(200).json();
    let ids: Vec<&Value> = list["items"].as_array().unwrap().iter().map(|item| &item["id"]).collect();
    assert_eq!(ids, [&own["id"], &named["id"], &added["id"]]);
    assert_eq!(list["total"], 3);
    for unseen in [&foreign, &homeless] {
        county.get(&path(unseen)).await.assert_status(404);
        county
            .get(&format!("/api/v1/referrers/{}", unseen["code"].as_str().unwrap()))
            .await
            .assert_status(404);
        county.patch_json(&path(unseen), "\"1\"", json!({})).await.assert_status(404);
        county.delete(&path(unseen), "\"1\"").await.assert_status(404);
        let into = json!({ "into": unseen["id"] });
        let refused = county.post_json(&format!("{}/merger", path(&added)), into).await.assert_status(422);
        assert_eq!(refused.faults(), [("into".to_owned(), "unknown-referrer".to_owned())]);
    }
    county.patch_json(&path(&own), "\"1\"", json!({ "note": "x" })).await.assert_status(200);
    county.patch_json(&path(&added), "\"1\"", json!({ "note": "x" })).await.assert_status(200);
    county.patch_json(&path(&named), "\"1\"", json!({ "note": "x" })).await.assert_status(403);
    let all = bureau.get("/api/v1/referrers?count=true").await.assert_status(200).json();
    assert_eq!(all["total"], 5);
}

#[actix_web::test]
async fn a_county_leader_reads_names_and_nothing_else() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let own = add(&bureau, "本县的", Some("450721")).await;
    let foreign = add(&bureau, "外县的", Some("450722")).await;
    let leader = app.token(Role::CountyLeader);
    let shown = leader.get(&path(&own)).await.assert_status(200).json();
    assert_eq!(shown["name"], "本县的");
    for field in ["kind", "region", "contact_person", "phone", "note", "status"] {
        assert!(shown[field].is_null(), "{field}: {shown}");
    }
    leader.get(&path(&foreign)).await.assert_status(404);
    leader.get("/api/v1/referrers?q=%E6%9C%AC").await.assert_status(200);
    leader.get("/api/v1/referrers?kind=person").await.assert_status(400);
    leader.patch_json(&path(&own), "\"1\"", json!({})).await.assert_status(403);
}

#[actix_web::test]
async fn roles_without_referrers_stay_out() {
    let app = TestApp::new().await;
    let made = add(&app.token(Role::BureauOfficer), "韦示例", None).await;
    let out = [Role::Federation, Role::LeadingGroup, Role::ApprovalsOfficer, Role::Admin];
    for role in out {
        app.token(role).get("/api/v1/referrers").await.assert_status(403);
        app.token(role).get(&path(&made)).await.assert_status(403);
    }
    for role in [Role::ChamberLiaison, Role::FinanceReviewer] {
        app.token(role).get(&path(&made)).await.assert_status(404);
    }
    let auditor = app.token(Role::Auditor);
    let shown = auditor.get(&path(&made)).await.assert_status(200).json();
    assert_eq!(shown["phone"], "120****0101");
    auditor.delete(&path(&made), "\"1\"").await.assert_status(403);
}

#[actix_web::test]
async fn a_merger_moves_the_leads() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let (from, into) = (add(&bureau, "韦示列", None).await, add(&bureau, "韦示例", None).await);
    let lead = lead_of(&app, &from, "甲示例公司", "450721").await;
    bureau.delete(&path(&from), "\"1\"").await.assert_status(409);
    let merger = json!({ "into": into["code"] });
    let kept = bureau.post_json(&format!("{}/merger", path(&from)), merger).await.assert_status(200).json();
    assert_eq!((&kept["id"], &kept["leads"]), (&into["id"], &json!(1)));
    let shown = bureau.get(&format!("/api/v1/leads/{}", lead["id"].as_str().unwrap())).await.json();
    assert_eq!(shown["source"]["referrer_id"], into["id"]);
    bureau.get(&path(&from)).await.assert_status(404);
}

#[actix_web::test]
async fn an_edit_needs_the_version_it_changes() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let made = add(&bureau, "韦示例", None).await;
    bureau.request(actix_web::http::Method::PATCH, &path(&made)).json(json!({})).await.assert_status(428);
    bureau.patch_json(&path(&made), "\"1\"", json!({ "kind": "team" })).await.assert_status(200);
    bureau.patch_json(&path(&made), "\"1\"", json!({ "kind": "agency" })).await.assert_status(412);
    let told = bureau
        .post_json(&format!("{}/disclosures", path(&made)), json!({ "field": "phone", "reason": "核对" }));
    assert_eq!(told.await.assert_status(200).json()["value"], "12000000101");
    bureau.delete(&path(&made), "\"2\"").await.assert_status(204);
}
