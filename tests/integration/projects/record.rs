//! Entering, reading and changing a project.

use super::{new_project, path, project_body, read};
use crate::support::TestApp;
use serde_json::{Value, json};
use yinfeng::accounts::Role;

#[actix_web::test]
async fn a_project_is_entered_directly_with_its_leader() {
    let app = TestApp::new().await;
    let project = new_project(&app, json!({})).await;
    assert!(project["code"].as_str().unwrap().starts_with("QZ-P20"), "{project}");
    assert_eq!(project["leader"]["username"], app.person(Role::CountyLeader).username.as_str());
    assert_eq!(project["key"], json!({ "basis": "amount", "reason": null }), "two hundred million");
    assert_eq!((&project["pool"], &project["contract"]), (&Value::Null, &Value::Null));
    assert_eq!(project["version"], 1);
}

#[actix_web::test]
async fn a_lead_with_a_contract_becomes_one_project_and_nothing_is_typed_twice() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let young = app.new_lead(json!({})).await;
    let answer = officer.post_json("/api/v1/projects", json!({ "lead_id": young["id"] })).await;
    assert_eq!(answer.assert_status(422).faults(), [("lead_id".into(), "lead-without-contract".into())]);

    let lead = app.new_lead(json!({ "stage": "contract", "total_investment_fen": 5_000_000_00_i64 })).await;
    let leader = app.person(Role::CountyLeader).username;
    let body = json!({ "lead_id": lead["id"], "leader": leader });
    let project = officer.post_json("/api/v1/projects", body.clone()).await.assert_status(201).json();
    for field in ["title", "investor_name", "county", "industry", "total_investment_fen"] {
        assert_eq!(project[field], lead[field], "{field}");
    }
    assert_eq!(project["lead_code"], lead["code"]);
    let again = officer.post_json("/api/v1/projects", body).await.assert_status(422);
    assert_eq!(again.faults(), [("lead_id".into(), "lead-has-project".into())]);
}

#[actix_web::test]
async fn a_changed_leader_is_kept_in_the_history() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let project = new_project(&app, json!({})).await;
    let next = app.user(Role::CountyLeader).insert();
    let patch = json!({ "leader": next.username, "leader_reason": "分工调整" });
    let changed = officer.patch_json(&path(&project, ""), "\"1\"", patch).await.assert_status(200).json();
    assert_eq!(changed["leader"]["username"], next.username.as_str());
    let history = app.read(|conn| {
        let id = project["id"].as_str().unwrap().parse().unwrap();
        yinfeng::projects::queries::leader_changes_of(conn, &id)
    });
    assert_eq!(history.len(), 2);
    assert_eq!(history[0].reason.as_deref(), Some("分工调整"));
    assert_eq!(history[0].from_leader_id, history[1].to_leader_id);

    let wrong = json!({ "leader": app.person(Role::BureauOfficer).username });
    let refused = officer.patch_json(&path(&project, ""), "\"2\"", wrong).await.assert_status(422);
    assert_eq!(refused.faults(), [("leader".into(), "not-a-leader".into())]);
}

#[actix_web::test]
async fn a_key_project_is_made_by_amount_by_list_or_by_the_head() {
    let app = TestApp::new().await;
    let (officer, head) = (app.token(Role::BureauOfficer), app.token(Role::BureauHead));
    let small = json!({ "total_investment_fen": 1_000_000_00_i64 });
    let project = new_project(&app, small.clone()).await;
    assert_eq!(project["key"], Value::Null);
    assert_eq!(project["warnings"], json!(["not_key"]));
    let by_amount = json!({ "key": { "basis": "amount" } });
    let refused = officer.patch_json(&path(&project, ""), "\"1\"", by_amount).await.assert_status(422);
    assert_eq!(refused.faults(), [("key.basis".into(), "amount-below-threshold".into())]);
    let decided = json!({ "key": { "basis": "head", "reason": "补链项目" } });
    let refused = officer.patch_json(&path(&project, ""), "\"1\"", decided.clone()).await.assert_status(422);
    assert_eq!(refused.faults(), [("key.basis".into(), "bureau-head-only".into())]);
    let done = head.patch_json(&path(&project, ""), "\"1\"", decided).await.assert_status(200).json();
    assert_eq!(done["key"], json!({ "basis": "head", "reason": "补链项目" }));
    let chenpi =
        json!({ "industry": "chenpi", "county": "450722", "total_investment_fen": 50_000_000_00_i64 });
    assert_eq!(new_project(&app, chenpi).await["key"]["basis"], "amount", "half as much for chenpi");
}

#[actix_web::test]
async fn what_does_not_fit_is_said_at_its_field() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    for (changes, field, code) in [
        (json!({ "title": null }), "title", "required"),
        (json!({ "county": "450799" }), "county", "unknown"),
        (json!({ "industry": "chips" }), "industry", "unknown"),
        (json!({ "total_investment_fen": -1 }), "total_investment_fen", "negative"),
        (json!({ "fixed_investment_fen": 999_999_999_999_i64 }), "fixed_investment_fen", "fixed-above-total"),
        (json!({ "leader": "nobody" }), "leader", "unknown-user"),
        (json!({ "key": { "basis": "head" } }), "key.reason", "reason-required"),
        (json!({ "enclave": { "county": "450722", "land_use": "none" } }), "county", "enclave-outside-zone"),
        (json!({ "county": "QZ-FTZ", "enclave": { "county": "450722" } }), "enclave.land_use", "required"),
        (json!({ "county": "QZ-FTZ", "enclave": { "land_use": "none" } }), "enclave.county", "required"),
        (json!({ "enclave": { "land_use": "county" } }), "enclave.county", "required"),
        (json!({ "phase_of": "QZ-P1999-0001" }), "phase_of", "unknown-project"),
        (json!({ "lead_id": "0" }), "lead_id", "unknown-lead"),
    ] {
        let answer = officer.post_json("/api/v1/projects", project_body(&app, changes.clone())).await;
        let faults = answer.assert_status(422).faults();
        assert_eq!(faults, [(field.to_owned(), code.to_owned())], "{changes}");
    }
}

#[actix_web::test]
async fn a_project_is_led_by_its_own_countys_leader_and_each_phase_has_its_filing_code() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let elsewhere = app.user(Role::CountyLeader).region("450722").insert();
    let body = project_body(&app, json!({ "leader": elsewhere.username }));
    let refused = officer.post_json("/api/v1/projects", body).await.assert_status(422);
    assert_eq!(refused.faults(), [("leader".into(), "user-of-other-county".into())]);
    let code = json!({ "filing_code": "2401-450721-04-01-000003" });
    let project = new_project(&app, code.clone()).await;
    let etag = read(&officer, &project).await.etag();
    let moved = officer.patch_json(&path(&project, ""), &etag, json!({ "county": "450722" })).await;
    assert_eq!(moved.assert_status(422).faults(), [("leader".into(), "user-of-other-county".into())]);
    let both = json!({ "county": "450722", "leader": elsewhere.username });
    officer.patch_json(&path(&project, ""), &etag, both).await.assert_status(200);
    let again = officer.post_json("/api/v1/projects", project_body(&app, code)).await.assert_status(422);
    assert_eq!(again.faults(), [("filing_code".into(), "filing-code-taken".into())]);
}

#[actix_web::test]
async fn the_list_finds_enclave_projects_and_those_of_a_countys_statistics() {
    let app = TestApp::new().await;
    let enclave = |land| json!({ "county": "QZ-FTZ", "enclave": { "county": "450703", "land_use": land } });
    let on_countys_land = new_project(&app, enclave("county")).await;
    let without_land = new_project(&app, enclave("none")).await;
    let own = new_project(&app, json!({ "county": "450703" })).await;
    let other = new_project(&app, json!({})).await;
    for (query, wanted) in [
        ("enclave=true", vec![&on_countys_land, &without_land]),
        ("enclave=false", vec![&own, &other]),
        ("statistics_county=450703", vec![&on_countys_land, &own]),
        ("statistics_county=QZ-FTZ", vec![&without_land]),
        ("county=QZ-FTZ", vec![&on_countys_land, &without_land]),
    ] {
        let address = format!("/api/v1/projects?sort=code&{query}");
        let list = app.token(Role::BureauOfficer).get(&address).await.assert_status(200).json();
        let found: Vec<&Value> = list["items"].as_array().unwrap().iter().map(|one| &one["id"]).collect();
        assert_eq!(found, wanted.iter().map(|one| &one["id"]).collect::<Vec<_>>(), "{query}");
    }
    let two = "/api/v1/projects?statistics_county=450703,450721";
    app.token(Role::BureauOfficer).get(two).await.assert_status(400);
    assert_eq!(without_land["enclave"]["case"], "tax_award");
    assert_eq!(on_countys_land["enclave"]["case"], "statistics");
    assert_eq!(on_countys_land["enclave"]["registered_in"], "QZ-FTZ");
    let page = format!("/projects/{}", without_land["id"].as_str().unwrap());
    let page = app.signed_in(Role::BureauOfficer).get(&page).await.assert_status(200).text();
    assert!(page.contains("非涉地项目") && page.contains("尚未登记注册"));
}

#[actix_web::test]
async fn an_enclave_project_on_the_countys_land_counts_for_the_county() {
    let app = TestApp::new().await;
    let enclave = |land| json!({ "county": "QZ-FTZ", "enclave": { "county": "450721", "land_use": land } });
    assert_eq!(new_project(&app, enclave("county")).await["statistics_county"], "450721");
    let other = new_project(&app, enclave("none")).await;
    assert_eq!(other["statistics_county"], "QZ-FTZ");
    read(&app.token(Role::CountyOfficer), &other).await;
}

#[actix_web::test]
async fn liaison_and_federation_see_name_and_stage_of_chamber_projects() {
    let app = TestApp::new().await;
    let chamber = app.person(Role::ChamberLiaison).chamber_id.unwrap();
    let own = new_project(&app, json!({ "source": { "kind": "chamber", "chamber_id": chamber } })).await;
    let other = new_project(&app, json!({})).await;
    for role in [Role::ChamberLiaison, Role::Federation] {
        let client = app.token(role);
        let shown = read(&client, &own).await.json();
        assert_eq!(shown["title"], own["title"]);
        for field in ["investor_name", "county", "total_investment_fen", "leader", "contract", "pool"] {
            assert_eq!(shown[field], Value::Null, "{role} {field}");
        }
        client.get(&path(&other, "")).await.assert_status(404);
        let list = client.get("/api/v1/projects?count=true").await.assert_status(200).json();
        assert_eq!(list["total"], 1, "{role}");
    }
}

#[actix_web::test]
async fn lists_are_paged_and_filtered() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    for total in [3, 1, 2] {
        new_project(&app, json!({ "total_investment_fen": total * 100_000_000_00_i64 })).await;
    }
    new_project(&app, json!({ "county": "450722", "industry": "chenpi", "total_investment_fen": null }))
        .await;
    let mut seen = Vec::new();
    let mut cursor = String::new();
    loop {
        let address = format!("/api/v1/projects?sort=-total_investment_fen&limit=1{cursor}");
        let page = officer.get(&address).await.assert_status(200).json();
        seen.push(page["items"][0]["total_investment_fen"].as_i64());
        let Some(next) = page["next_cursor"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    let yi = 100_000_000_00;
    assert_eq!(seen, [Some(3 * yi), Some(2 * yi), Some(yi), None]);
    for (query, wanted) in [
        ("county=450722", 1),
        ("industry=chenpi,toy_garment", 4),
        ("key=true", 3),
        ("pool=true", 0),
        ("q=%E6%99%BA%E9%80%A0", 4),
    ] {
        let found =
            officer.get(&format!("/api/v1/projects?count=true&{query}")).await.assert_status(200).json();
        assert_eq!(found["total"], wanted, "{query}");
        assert_eq!(found["items"].as_array().unwrap().len(), wanted, "{query}");
    }
    officer.get("/api/v1/projects?colour=red").await.assert_status(400);
}

#[actix_web::test]
async fn a_stale_edit_is_refused_and_a_project_outside_the_pool_can_be_deleted() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let project = new_project(&app, json!({})).await;
    officer.patch_json(&path(&project, ""), "\"1\"", json!({ "jobs": 7 })).await.assert_status(200);
    officer.patch_json(&path(&project, ""), "\"1\"", json!({ "jobs": 8 })).await.assert_status(412);
    officer.request(actix_web::http::Method::DELETE, &path(&project, "")).await.assert_status(428);
    officer.delete(&path(&project, ""), "\"2\"").await.assert_status(204);
    officer.get(&path(&project, "")).await.assert_status(404);
}

/// By a filter or an order of what its pages do not show, a liaison would learn it.
#[actix_web::test]
async fn who_sees_name_and_stage_asks_for_no_more() {
    let app = TestApp::new().await;
    let liaison = app.token(Role::ChamberLiaison);
    for query in ["county=450721", "q=a", "key=true", "sort=-total_investment_fen"] {
        let refused = liaison.get(&format!("/api/v1/projects?{query}")).await.assert_status(403);
        assert_eq!(refused.faults()[0].1, "forbidden-field", "{query}");
    }
    liaison.get("/api/v1/projects?sort=code&count=true").await.assert_status(200);
}

#[actix_web::test]
async fn a_chamber_or_referrer_that_brought_a_project_is_not_deleted_and_merges_with_it() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    for (register, kind, field) in
        [("chambers", "chamber", "chamber_id"), ("referrers", "referrer", "referrer_id")]
    {
        let new = |name: &str| match kind {
            "chamber" => app.new_chamber(name),
            _ => app.new_referrer(name),
        };
        let (from, into) = (new("示例甲"), new("示例乙"));
        let project = new_project(&app, json!({ "source": { "kind": kind, field: from } })).await;
        let record = format!("/api/v1/{register}/{from}");
        let etag = officer.get(&record).await.etag();
        officer.delete(&record, &etag).await.assert_status(409);
        let merger = officer.post_json(&format!("{record}/merger"), json!({ "into": into }));
        merger.await.assert_status(200);
        let shown = read(&officer, &project).await.json();
        assert_eq!(shown["source"][field], json!(into), "{register}");
        assert_eq!(shown["version"], 2, "{register}");
    }
}

#[actix_web::test]
async fn a_later_phase_names_the_first_which_is_kept_for_it() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let first = new_project(&app, json!({ "title": "一期" })).await;
    let second = new_project(&app, json!({ "title": "二期", "phase_of": first["code"] })).await;
    assert_eq!((&second["phase_of"], &second["warnings"]), (&first["id"], &json!(["phase_without_filing"])));
    let third = json!({ "title": "三期", "phase_of": second["id"] });
    let refused = officer.post_json("/api/v1/projects", project_body(&app, third)).await.assert_status(422);
    assert_eq!(refused.faults(), [("phase_of".into(), "not-a-first-phase".into())]);
    let etag = read(&officer, &first).await.etag();
    let own = json!({ "phase_of": first["id"] });
    let own = officer.patch_json(&path(&first, ""), &etag, own).await.assert_status(422);
    assert_eq!(own.faults(), [("phase_of".into(), "not-a-first-phase".into())]);
    let kept = officer.delete(&path(&first, ""), &etag).await.assert_status(409).json();
    assert_eq!(kept["code"], "project-has-phases");

    let page = format!("/projects/{}", second["id"].as_str().unwrap());
    let browser = app.signed_in(Role::BureauOfficer);
    let html = browser.get(&page).await.assert_status(200).text();
    let way = format!("href=\"/projects/{}\"", first["id"].as_str().unwrap());
    assert!(html.contains(&way) && html.contains("后期项目没有自己的备案代码"), "{html}");
    let form = browser.get(&format!("{page}/edit")).await.assert_status(200).text();
    let code = first["code"].as_str().unwrap();
    assert!(form.contains("name=\"phase_of\"") && form.contains(&format!("value=\"{code}\"")));
    let fields = [("phase_of", code), ("filing_code", "2401-450721-04-01-000201"), ("version", "1")];
    browser.post_form(&page, &fields).await.assert_status(303);
    let now = read(&officer, &second).await.json();
    assert_eq!((&now["phase_of"], &now["warnings"]), (&first["id"], &json!([])));
    let fields = [("phase_of", ""), ("version", "2")];
    browser.post_form(&page, &fields).await.assert_status(303);
    assert_eq!(read(&officer, &second).await.json()["phase_of"], Value::Null);
    assert!(browser.get(&page).await.text().contains(code), "the trail names it by its code");
    officer.delete(&path(&first, ""), &etag).await.assert_status(204);
}

#[actix_web::test]
async fn whoever_is_no_user_or_chamber_is_no_filter() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    for (query, field, code) in
        [("leader=nobody", "leader", "unknown-user"), ("chamber=nobody", "chamber", "unknown-chamber")]
    {
        let refused = officer.get(&format!("/api/v1/projects?{query}")).await.assert_status(400);
        assert_eq!(refused.faults(), [(field.to_owned(), code.to_owned())]);
    }
    let leader = app.person(Role::CountyLeader).username;
    officer.get(&format!("/api/v1/projects?leader={leader}")).await.assert_status(200);
    officer.get("/api/v1/projects?leader=none").await.assert_status(200);
}
