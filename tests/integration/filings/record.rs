//! Filing, reading, withdrawing; who sees what.

use super::{at, file, found, id, new_referrer};
use crate::projects::{new_project, sign};
use crate::support::TestApp;
use serde_json::json;
use yinfeng::accounts::Role;
use yinfeng::clock;

#[actix_web::test]
async fn a_filing_is_numbered_and_timed_by_the_server() {
    let app = TestApp::new().await;
    let officer = app.token(Role::CountyOfficer);
    let lead = app.new_lead(json!({})).await;
    let referrer = new_referrer(&app, json!({ "region": "450721" })).await;
    let made = file(&officer, &referrer, json!({ "lead_id": lead["code"], "statement": "三次陪同" })).await;
    let made = made.assert_status(201);
    let filing = made.json();
    let year = clock::today().format("%Y").to_string();
    assert_eq!(filing["code"], format!("BA-{year}-0001"));
    assert_eq!(made.location(), at(&filing, ""));
    assert_eq!((&filing["lead_id"], &filing["project_id"]), (&lead["id"], &json!(null)));
    assert_eq!((&filing["step"], &filing["step_on"]), (&json!("filed"), &json!("2024-03-04")));
    let late = (clock::today() - "2024-03-04".parse::<chrono::NaiveDate>().unwrap()).num_days();
    assert_eq!(filing["entered_days_later"], late);
    assert_eq!(found(&filing), ["entered_later"]);
    let received = filing["received_at"].as_str().unwrap();
    let refused = json!({ "lead_id": lead["id"], "received_at": received });
    file(&officer, &referrer, refused).await.assert_status(422);
    let read = officer.get(&format!("/api/v1/filings/{}", filing["code"].as_str().unwrap())).await;
    assert_eq!(read.assert_status(200).json(), filing);
    let list = officer.get(&format!("/api/v1/referrers/{}/filings", id(&referrer))).await.json();
    assert_eq!(list["items"], json!([filing]));
}

#[actix_web::test]
async fn what_cannot_be_filed_is_told_at_its_field() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let (lead, referrer) = (app.new_lead(json!({})).await, new_referrer(&app, json!({})).await);
    let tomorrow = clock::today().succ_opt().unwrap().to_string();
    for (changes, field, code) in [
        (json!({ "lead_id": lead["id"], "filed_on": tomorrow }), "filed_on", "date-in-future"),
        (json!({}), "lead_id", "lead-or-project"),
        (json!({ "lead_id": lead["id"], "project_id": lead["id"] }), "lead_id", "lead-or-project"),
        (json!({ "lead_id": "QZ-1999-000001" }), "lead_id", "unknown-lead"),
        (json!({ "project_id": "QZ-P1999-0001" }), "project_id", "unknown-project"),
    ] {
        let refused = file(&officer, &referrer, changes.clone()).await.assert_status(422);
        assert_eq!(refused.faults(), [(field.to_owned(), code.to_owned())], "{changes}");
    }
    let today = json!({ "lead_id": lead["id"], "filed_on": clock::today().to_string() });
    let filing = file(&officer, &referrer, today.clone()).await.assert_status(201).json();
    assert_eq!(found(&filing), Vec::<String>::new());
    let again = file(&officer, &referrer, today.clone()).await.assert_status(409).json();
    assert_eq!(again["code"], "filing-open");
    let withdrawal = json!({ "reason": "写错了" });
    let withdrawn = officer.post_json(&at(&filing, "/withdrawal"), withdrawal.clone()).await;
    let withdrawn = withdrawn.assert_status(200).json();
    assert_eq!(
        (&withdrawn["step"], &withdrawn["withdrawal_reason"]),
        (&json!("withdrawn"), &json!("写错了"))
    );
    officer.post_json(&at(&filing, "/withdrawal"), withdrawal).await.assert_status(409);
    file(&officer, &referrer, today).await.assert_status(201);
}

#[actix_web::test]
async fn the_project_that_a_lead_became_has_its_filings() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let lead = app.new_lead(json!({})).await;
    let referrer = new_referrer(&app, json!({})).await;
    let filing = file(&officer, &referrer, json!({ "lead_id": lead["id"] })).await.assert_status(201).json();
    let project = new_project(&app, json!({})).await;
    app.write(|conn| {
        use diesel::prelude::*;
        use yinfeng::schema::projects;
        diesel::update(projects::table.find(id(&project))).set(projects::lead_id.eq(id(&lead))).execute(conn)
    });
    let read = officer.get(&at(&filing, "")).await.json();
    assert_eq!((&read["lead_id"], &read["project_id"]), (&lead["id"], &project["id"]));
    let again = file(&officer, &referrer, json!({ "project_id": project["id"] })).await;
    assert_eq!(again.assert_status(409).json()["code"], "filing-open", "by its project it is the same");
    let other = new_referrer(&app, json!({})).await;
    let other = file(&officer, &other, json!({ "project_id": project["code"] })).await;
    assert_eq!(other.assert_status(201).json()["lead_id"], lead["id"]);
    sign(&app, &project, "2024-03-03").await;
    let read = officer.get(&at(&filing, "")).await.json();
    assert_eq!((&read["step"], &read["step_on"]), (&json!("signed"), &json!("2024-03-03")));
    assert_eq!(found(&read)[0], "after_signing", "{read}");
}

#[actix_web::test]
async fn a_county_sees_what_is_filed_for_it_and_by_its_referrers_and_no_other() {
    let app = TestApp::new().await;
    let (bureau, county) = (app.token(Role::BureauOfficer), app.token(Role::CountyOfficer));
    let own = app.new_lead(json!({})).await;
    let foreign = app.new_lead(json!({ "county": "450722" })).await;
    let (ours, theirs) = (
        new_referrer(&app, json!({ "region": "450721" })).await,
        new_referrer(&app, json!({ "region": "450722" })).await,
    );
    let made = async |referrer, lead: &serde_json::Value| {
        file(&bureau, referrer, json!({ "lead_id": lead["id"] })).await.assert_status(201).json()
    };
    let by_theirs = made(&theirs, &own).await;
    let elsewhere = made(&ours, &foreign).await;
    let unseen = made(&theirs, &foreign).await;
    let theirs_at = format!("/api/v1/referrers/{}", id(&theirs));
    county.get(&at(&by_theirs, "")).await.assert_status(200);
    county.get(&theirs_at).await.assert_status(200);
    county.patch_json(&theirs_at, "\"1\"", json!({ "note": "x" })).await.assert_status(403);
    let stranger = new_referrer(&app, json!({ "region": "450722" })).await;
    made(&stranger, &foreign).await;
    county.get(&format!("/api/v1/referrers/{}", id(&stranger))).await.assert_status(404);
    let read = county.get(&at(&elsewhere, "")).await.assert_status(200).json();
    assert_eq!(
        (&read["lead_id"], &read["title"]),
        (&json!(null), &json!(null)),
        "the lead is not its to see"
    );
    county.get(&at(&unseen, "")).await.assert_status(404);
    county.post_json(&at(&unseen, "/withdrawal"), json!({ "reason": "x" })).await.assert_status(404);
    county.post_json(&at(&elsewhere, "/withdrawal"), json!({ "reason": "x" })).await.assert_status(403);
    let refused = file(&county, &ours, json!({ "lead_id": foreign["id"] })).await.assert_status(422);
    assert_eq!(refused.faults()[0].1, "unknown-lead");
    let leader = app.token(Role::CountyLeader);
    leader.get(&at(&by_theirs, "")).await.assert_status(404);
    let assignment = json!({ "leader": app.person(Role::CountyLeader).username });
    let path = format!("/api/v1/leads/{}/assignment", id(&own));
    bureau.post_json(&path, assignment).await.assert_status(200);
    let name = leader.get(&at(&by_theirs, "")).await.assert_status(200).json();
    assert_eq!(name["referrer"]["name"], theirs["name"]);
    for field in ["lead_id", "role", "filed_on", "received_at", "statement", "step", "filed_by"] {
        assert!(name[field].is_null(), "{field}: {name}");
    }
    assert_eq!(name["findings"], json!([]));
}

#[actix_web::test]
async fn the_trail_tells_of_each_step() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let (lead, referrer) = (app.new_lead(json!({})).await, new_referrer(&app, json!({})).await);
    let filing = file(&officer, &referrer, json!({ "lead_id": lead["id"] })).await.assert_status(201).json();
    super::say(&officer, &filing, "investor", "confirmed").await.assert_status(200);
    officer.post_json(&at(&filing, "/withdrawal"), json!({ "reason": "退出" })).await.assert_status(200);
    let auditor = app.token(Role::Auditor);
    let path = format!("/api/v1/audit?subject=filing:{}", id(&filing));
    let told = auditor.get(&path).await.assert_status(200).json();
    let actions: Vec<&str> =
        told["items"].as_array().unwrap().iter().map(|one| one["action"].as_str().unwrap()).collect();
    assert_eq!(actions, ["filing.withdraw", "filing.confirm", "filing.create"]);
}
