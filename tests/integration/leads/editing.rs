//! `PATCH /api/v1/leads/{id}`: a JSON merge patch on one version.

use super::{api, etag, officer, read, register, uscc, written};
use crate::support::TestApp;
use serde_json::{Value, json};
use yinfeng::accounts::Role;

/// What changed between two answers, but for the version and its time.
fn changed(before: &Value, after: &Value) -> Vec<String> {
    let fields = after.as_object().unwrap().iter();
    fields
        .filter(|(name, value)| {
            before[*name] != **value && !matches!(name.as_str(), "version" | "updated_at")
        })
        .map(|(name, _)| name.clone())
        .collect()
}

async fn full(client: &crate::support::Client) -> Value {
    register(
        client,
        json!({
            "uscc": uscc(51), "origin": "广东省东莞市", "park": "luwu", "content": "内容", "industry_class": "2452",
            "total_investment_fen": 900, "fixed_investment_fen": 800, "land_mu": 1.5, "factory_m2": 2.5, "jobs": 3,
            "factor_needs": "电", "remark": "备注", "next_follow_up_on": "2030-01-01",
            "contact": {"name": "林总", "post": "经理", "phone": "12000000105", "email": "lin@example.com"},
        }),
    )
    .await
}

#[actix_web::test]
async fn a_patch_changes_what_it_names_and_nothing_else() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let mut lead = full(&client).await;
    for (patch, fields) in [
        (json!({"title": "新的名称"}), vec!["title"]),
        (json!({"remark": null}), vec!["remark"]),
        (json!({"land_mu": null, "jobs": 9}), vec!["jobs", "land_mu"]),
        (json!({"park": "shili"}), vec!["park"]),
        (json!({"contact": {"post": "董事长"}}), vec!["contact"]),
        (json!({"source": {"note": "展会上认识"}}), vec!["source"]),
        (json!({"priority": "key"}), vec!["priority"]),
        (json!({"next_follow_up_on": "2031-05-05"}), vec!["next_follow_up_on"]),
        (json!({"origin": null}), vec!["origin"]),
        (json!({"registered_on": "2025-12-31"}), vec!["registered_on"]),
        (json!({"contact": null}), vec!["contact"]),
    ] {
        let answer = client.patch_json(&api(&lead, ""), &etag(&lead), patch.clone()).await.assert_status(200);
        let after = answer.json();
        let mut found = changed(&lead, &after);
        found.sort();
        assert_eq!(found, fields, "{patch}");
        assert_eq!(after["version"], lead["version"].as_i64().unwrap() + 1);
        assert_eq!(answer.etag(), etag(&after));
        assert_eq!(read(&client, &lead).await, after);
        lead = after;
    }
    assert_eq!(lead["contact"], Value::Null);
}

#[actix_web::test]
async fn a_contact_is_merged_field_by_field() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let lead = full(&client).await;
    let patch = json!({"contact": {"phone": "12000000177", "email": null}});
    let lead = client.patch_json(&api(&lead, ""), &etag(&lead), patch).await.assert_status(200).json();
    assert_eq!(lead["contact"]["name"], "林总");
    assert_eq!(lead["contact"]["post"], "经理");
    assert_eq!(lead["contact"]["phone"], "120****0177");
    assert_eq!(lead["contact"]["email"], Value::Null);
    // Only a ledger brings a phone whose owner nobody asked for.
    let patch = json!({"contact": {"name": null}});
    let refused = client.patch_json(&api(&lead, ""), &etag(&lead), patch).await.assert_status(422);
    assert_eq!(refused.faults(), [("contact.name".to_owned(), "required".to_owned())]);
}

#[actix_web::test]
async fn a_patch_needs_the_version_it_changes() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let lead = full(&client).await;
    let path = api(&lead, "");
    let before = written(&app);
    let missing = client.request(actix_web::http::Method::PATCH, &path).json(json!({"title": "x"})).await;
    assert_eq!(missing.assert_status(428).json()["code"], "precondition-required");
    for stale in ["\"2\"", "\"0\"", "W/\"2\"", "1", "\"x\""] {
        let answer = client.patch_json(&path, stale, json!({"title": "x"})).await.assert_status(412);
        assert_eq!(answer.json()["current_version"], 1, "{stale}");
    }
    assert_eq!(written(&app), before);
    client.patch_json(&path, "\"1\"", json!({"title": "甲"})).await.assert_status(200);
    client.patch_json(&path, "\"1\"", json!({"title": "乙"})).await.assert_status(412);
    assert_eq!(read(&client, &lead).await["title"], "甲");
}

#[actix_web::test]
async fn a_patch_is_checked_like_a_new_lead() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let lead = full(&client).await;
    for (patch, field, code) in [
        (json!({"title": null}), "title", "required"),
        (json!({"title": "  "}), "title", "required"),
        (json!({"county": null}), "county", "required"),
        (json!({"industry": "gold"}), "industry", "unknown"),
        (json!({"fixed_investment_fen": 901}), "fixed_investment_fen", "fixed-above-total"),
        (json!({"total_investment_fen": 799}), "fixed_investment_fen", "fixed-above-total"),
        (json!({"park": "chenpi-park"}), "park", "park-of-other-county"),
        (json!({"stage": "contract"}), "stage", "stage-is-moved"),
        (json!({"received_at": "2020-01-01T00:00:00Z"}), "received_at", "unknown-field"),
        (json!({"status": "closed"}), "status", "unknown-field"),
        (json!({"version": 7}), "version", "unknown-field"),
        (json!({"registered_on": "2999-01-01"}), "registered_on", "date-in-future"),
    ] {
        let answer = client.patch_json(&api(&lead, ""), &etag(&lead), patch.clone()).await.assert_status(422);
        assert_eq!(answer.faults(), [(field.to_owned(), code.to_owned())], "{patch}");
    }
    let answer = client.patch_json(&api(&lead, ""), &etag(&lead), json!([])).await;
    assert!(matches!(answer.status(), 400 | 422), "{}", answer.text());
    assert_eq!(read(&client, &lead).await, lead);
}

#[actix_web::test]
async fn another_county_is_a_handover() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let lead = full(&client).await;
    let county = app.user(Role::CountyOfficer).insert();
    let leader = app.user(Role::CountyLeader).insert();
    let people = json!({"officer": county.username, "leader": leader.username});
    let lead = client.post_json(&api(&lead, "/assignment"), people).await.assert_status(200).json();
    let patch = json!({"county": "450722"});
    let handing = app.program_of(&county);
    let after = handing.patch_json(&api(&lead, ""), &etag(&lead), patch).await.assert_status(200).json();
    assert_eq!(after["county"], "450722");
    assert_eq!(after["leader"], Value::Null, "the leader is of the other county");
    assert_eq!(after["officer"], Value::Null, "so is the officer");
    assert_eq!(after["park"], Value::Null, "and the park");
    // The county that handed it on goes on seeing it, and no longer changes it.
    let old = app.program_of(&county);
    assert_eq!(read(&old, &lead).await["county"], "450722");
    old.patch_json(&api(&after, ""), &etag(&after), json!({"title": "x"})).await.assert_status(403);
    app.program_of(&leader).get(&api(&lead, "")).await.assert_status(404);
    let new = app.user(Role::CountyOfficer).region("450722").token();
    new.patch_json(&api(&after, ""), &etag(&after), json!({"title": "新"})).await.assert_status(200);
    let timeline = client.get(&api(&lead, "/timeline")).await.json();
    let kinds: Vec<&str> =
        timeline["items"].as_array().unwrap().iter().map(|item| item["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds.iter().filter(|kind| **kind == "assignment").count(), 2, "{kinds:?}");
}

#[actix_web::test]
async fn a_county_that_the_bureau_corrects_sees_the_lead_no_more() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let lead = register(&client, json!({"county": "450721"})).await;
    let county = app.token(Role::CountyOfficer);
    county.get(&api(&lead, "")).await.assert_status(200);
    let right = json!({"county": "450722"});
    client.patch_json(&api(&lead, ""), &etag(&lead), right).await.assert_status(200);
    county.get(&api(&lead, "")).await.assert_status(404);
}

#[actix_web::test]
async fn the_day_of_registration_is_changed_and_not_taken_away() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let lead = register(&client, json!({})).await;
    let none = client.patch_json(&api(&lead, ""), &etag(&lead), json!({"registered_on": null, "jobs": 4}));
    assert_eq!(none.await.assert_status(422).faults(), [("registered_on".into(), "required".into())]);
    assert_eq!(read(&client, &lead).await, lead);
}

#[actix_web::test]
async fn only_those_who_work_leads_edit_them() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let liaison = app.person(Role::ChamberLiaison);
    let source = json!({"kind": "chamber", "chamber_id": liaison.chamber_id});
    let mut lead = register(&client, json!({"source": source})).await;
    for role in Role::ALL.iter().copied() {
        let answer =
            app.token(role).patch_json(&api(&lead, ""), &etag(&lead), json!({"remark": role.as_str()})).await;
        let may = matches!(role, Role::BureauHead | Role::BureauOfficer | Role::CountyOfficer);
        let answer = answer.assert_status(if may { 200 } else { 403 });
        if may {
            lead = answer.json();
        }
    }
    let other = app.user(Role::CountyOfficer).region("450722").token();
    other.patch_json(&api(&lead, ""), &etag(&lead), json!({"remark": "x"})).await.assert_status(404);
    client.patch_json("/api/v1/leads/none", "\"1\"", json!({})).await.assert_status(404);
}

#[actix_web::test]
async fn a_patch_that_changes_nothing_writes_nothing() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let lead = full(&client).await;
    let before = written(&app);
    for patch in [
        json!({}),
        json!({"title": lead["title"], "uscc": lead["uscc"], "jobs": 3}),
        json!({"contact": {"phone": "12000000105"}}),
        json!({"source": {"note": null}, "county": "450721"}),
    ] {
        let answer = client.patch_json(&api(&lead, ""), &etag(&lead), patch.clone()).await.assert_status(200);
        assert_eq!(answer.json(), lead, "{patch}");
        assert_eq!(answer.etag(), etag(&lead));
    }
    assert_eq!(written(&app), before);
}

#[actix_web::test]
async fn a_year_that_nobody_can_mean_is_refused_at_its_field() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let lead = full(&client).await;
    let before = written(&app);
    let refused = async |path: &str, body: Value, field: &str| {
        let answer = client.post_json(path, body).await.assert_status(422);
        assert_eq!(answer.faults(), [(field.to_owned(), "year-out-of-range".to_owned())]);
        let message = answer.json()["errors"][0]["message"].as_str().unwrap().to_owned();
        assert!(message.contains("1900") && message.contains("2999"), "{message}");
    };
    for day in ["-5000-01-01", "0000-01-01", "1899-12-31", "3000-01-01", "+99999-01-01"] {
        for field in ["registered_on", "next_follow_up_on"] {
            refused("/api/v1/leads", super::with(super::body("某公司"), json!({field: day})), field).await;
            let patch = json!({field: day});
            let answer = client.patch_json(&api(&lead, ""), &etag(&lead), patch).await.assert_status(422);
            assert_eq!(answer.faults(), [(field.to_owned(), "year-out-of-range".to_owned())], "{day}");
        }
        let call = json!({"kind": "call", "at": "2026-01-02T03:04:05Z", "content": "聊过", "next_on": day});
        refused(&api(&lead, "/follow-ups"), call, "next_on").await;
        refused(&api(&lead, "/hold"), json!({"reason": "等", "until": day}), "until").await;
    }
    let call = json!({"kind": "call", "at": "0001-01-01T00:00:00Z", "content": "聊过"});
    refused(&api(&lead, "/follow-ups"), call, "at").await;
    let browser = app.signed_in(Role::BureauOfficer);
    let typed = [("version", "1"), ("next_follow_up_on", "-5000-01-01")];
    let html = browser.post_form(&super::page(&lead, ""), &typed).await.assert_status(422).text();
    assert!(html.contains("f-next_follow_up_on-error"));
    app.token(Role::Auditor).get("/api/v1/audit?from=-5000-01-01").await.assert_status(400);
    assert_eq!(written(&app), before);
    for day in ["1900-01-01", "2999-12-31"] {
        super::register(&client, json!({"next_follow_up_on": day})).await;
    }
}
