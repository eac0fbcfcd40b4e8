//! Milestones with proof.

use super::{new_project, paper, path, read, report};
use crate::attachments::PDF;
use crate::support::{Client, TestApp};
use serde_json::{Value, json};
use std::future::IntoFuture;
use yinfeng::accounts::Role;

fn verification(kind: &str) -> String {
    format!("/milestones/{kind}/verification")
}

#[actix_web::test]
async fn a_start_counts_with_evidence_and_by_somebody_else() {
    let app = TestApp::new().await;
    let head = app.token(Role::BureauHead);
    let project = new_project(&app, json!({})).await;
    let accept = json!({ "decision": "accepted" });
    let at = path(&project, &verification("construction_start"));
    head.post_json(&at, accept.clone()).await.assert_status(422);
    report(&app, &project, "construction_start", json!({ "actual_on": "2024-05-06" }))
        .await
        .assert_status(200);
    let bare = head.post_json(&at, accept.clone()).await.assert_status(422);
    assert_eq!(bare.faults(), [("evidence".into(), "no-evidence".into())]);

    let permit = paper(&app, &project, "construction_permit");
    let shown = report(&app, &project, "construction_start", json!({ "evidence": [permit] }))
        .await
        .assert_status(200);
    assert_eq!(shown.json()["milestones"][0]["evidence"], json!([permit]));
    app.token(Role::BureauOfficer).post_json(&at, accept.clone()).await.assert_status(403);
    let verified = head.post_json(&at, accept.clone()).await.assert_status(200).json();
    assert_eq!(verified["milestones"][0]["state"], "verified");
    assert_eq!(verified["stage"], "construction_start");
    head.post_json(&at, accept).await.assert_status(409);
}

#[actix_web::test]
async fn whoever_entered_a_milestone_does_not_verify_it() {
    let app = TestApp::new().await;
    let head = app.token(Role::BureauHead);
    let project = new_project(&app, json!({})).await;
    let licence = paper(&app, &project, "business_licence");
    let body = json!({ "actual_on": "2024-05-06", "evidence": [licence] });
    let etag = read(&head, &project).await.etag();
    head.put_json(&path(&project, "/milestones/company_registered"), &etag, body).await.assert_status(200);
    let at = path(&project, &verification("company_registered"));
    let own = head.post_json(&at, json!({ "decision": "accepted" })).await.assert_status(403).json();
    assert_eq!(own["code"], "own-entry");
    let other = app.user(Role::BureauHead).insert();
    app.program_of(&other).post_json(&at, json!({ "decision": "accepted" })).await.assert_status(200);
}

#[actix_web::test]
async fn who_had_a_hand_in_a_milestone_does_not_verify_it_whoever_touched_it_last() {
    let app = TestApp::new().await;
    let (head, officer) = (app.token(Role::BureauHead), app.token(Role::BureauOfficer));
    let project = new_project(&app, json!({})).await;
    let (at, entry) = ("/milestones/construction_start/verification", "/milestones/construction_start");
    let put = async |client: &Client, body: Value| {
        let etag = read(client, &project).await.etag();
        client.put_json(&path(&project, entry), &etag, body).await.assert_status(200);
    };
    let permit = paper(&app, &project, "construction_permit");
    put(&officer, json!({ "actual_on": "2024-05-06", "evidence": [permit] })).await;
    put(&head, json!({ "actual_on": "2023-12-31" })).await;
    let photo = paper(&app, &project, "photo");
    put(&officer, json!({ "evidence": [permit, photo] })).await;
    let accept = json!({ "decision": "accepted" });
    let own = head.post_json(&path(&project, at), accept.clone()).await.assert_status(403).json();
    assert_eq!(own["code"], "own-entry");
    put(&officer, json!({ "actual_on": null })).await;
    put(&officer, json!({ "actual_on": "2024-05-06", "evidence": [permit] })).await;
    head.post_json(&path(&project, at), accept).await.assert_status(200);
}

#[actix_web::test]
async fn who_brought_a_paper_does_not_verify_what_it_proves() {
    let app = TestApp::new().await;
    let (head, other) = (app.token(Role::BureauHead), app.program_of(&app.user(Role::BureauHead).insert()));
    let at = "/milestones/construction_start/verification";
    let accept = json!({ "decision": "accepted" });
    let bring = async |project: &Value, owner_kind: &str| {
        let mut form = vec![("owner_kind", owner_kind), ("kind", "construction_permit")];
        form.push(("owner_id", project["id"].as_str().unwrap()));
        if owner_kind == "milestone" {
            form.push(("milestone", "construction_start"));
        }
        let brought = head.upload("/api/v1/attachments", &form, "许可证.pdf", PDF).await.assert_status(201);
        brought.json()["id"].clone()
    };
    // To the milestone, before there is a day; the county gives the day only.
    let project = new_project(&app, json!({})).await;
    bring(&project, "milestone").await;
    for day in [json!("2024-05-06"), json!(null), json!("2024-05-07")] {
        report(&app, &project, "construction_start", json!({ "actual_on": day })).await.assert_status(200);
    }
    let own = head.post_json(&path(&project, at), accept.clone()).await.assert_status(403).json();
    assert_eq!(own["code"], "own-entry");
    other.post_json(&path(&project, at), accept.clone()).await.assert_status(200);
    // To the project; the county puts it under the milestone.
    let project = new_project(&app, json!({})).await;
    let permit = bring(&project, "project").await;
    let body = json!({ "actual_on": "2024-05-06", "evidence": [permit] });
    report(&app, &project, "construction_start", body).await.assert_status(200);
    head.post_json(&path(&project, at), accept.clone()).await.assert_status(403);
    other.post_json(&path(&project, at), accept.clone()).await.assert_status(200);
    // Put under the milestone by the head, before there is a day.
    let project = new_project(&app, json!({})).await;
    let permit = paper(&app, &project, "construction_permit");
    let etag = read(&head, &project).await.etag();
    let entry = path(&project, "/milestones/construction_start");
    head.put_json(&entry, &etag, json!({ "evidence": [permit] })).await.assert_status(200);
    report(&app, &project, "construction_start", json!({ "actual_on": "2024-05-06" }))
        .await
        .assert_status(200);
    head.post_json(&path(&project, at), accept.clone()).await.assert_status(403);
    other.post_json(&path(&project, at), accept).await.assert_status(200);
}

#[actix_web::test]
async fn a_refusal_has_a_reason_and_a_new_entry_opens_it_again() {
    let app = TestApp::new().await;
    let head = app.token(Role::BureauHead);
    let project = new_project(&app, json!({})).await;
    report(&app, &project, "production", json!({ "actual_on": "2024-05-06" })).await.assert_status(200);
    let at = path(&project, &verification("production"));
    let bare = head.post_json(&at, json!({ "decision": "refused" })).await.assert_status(422);
    assert_eq!(bare.faults(), [("reason".into(), "reason-required".into())]);
    let refusal = json!({ "decision": "refused", "reason": "未见试产记录" });
    let refused = head.post_json(&at, refusal).await.assert_status(200).json();
    assert_eq!(refused["milestones"][0]["refusal_reason"], "未见试产记录");
    assert_eq!(refused["stage"], Value::Null, "what is refused is not reached");
    let again =
        report(&app, &project, "production", json!({ "actual_on": "2024-06-01" })).await.assert_status(200);
    assert_eq!(again.json()["milestones"][0]["state"], "reported");
}

#[actix_web::test]
async fn what_does_not_fit_is_refused() {
    let app = TestApp::new().await;
    let project = new_project(&app, json!({})).await;
    let other = new_project(&app, json!({})).await;
    let foreign = paper(&app, &other, "construction_permit");
    for (body, field, code) in [
        (json!({ "actual_on": "2999-01-01" }), "actual_on", "date-in-future"),
        (json!({ "planned_on": "0024-05-06" }), "planned_on", "year-out-of-range"),
        (json!({ "actual_on": "2024-05-06", "evidence": [foreign] }), "evidence", "unknown-attachment"),
    ] {
        let refused = report(&app, &project, "construction_start", body).await.assert_status(422);
        assert_eq!(refused.faults(), [(field.to_owned(), code.to_owned())]);
    }
    report(&app, &project, "groundbreaking", json!({})).await.assert_status(404);
    let officer = app.token(Role::BureauOfficer);
    officer
        .request(actix_web::http::Method::PUT, &path(&project, "/milestones/land"))
        .json(json!({ "planned_on": "2024-05-06" }))
        .await
        .assert_status(428);
}

#[actix_web::test]
async fn the_approvals_office_enters_approvals_and_nothing_else() {
    let app = TestApp::new().await;
    let project = new_project(&app, json!({})).await;
    let approvals = app.token(Role::ApprovalsOfficer);
    let day = json!({ "actual_on": "2024-05-06" });
    for (kind, status) in
        [("environment", 200), ("construction_permit", 200), ("construction_start", 403), ("contract", 403)]
    {
        let etag = read(&approvals, &project).await.etag();
        let at = path(&project, &format!("/milestones/{kind}"));
        approvals.put_json(&at, &etag, day.clone()).await.assert_status(status);
    }
    approvals.patch_json(&path(&project, ""), "\"1\"", json!({ "jobs": 1 })).await.assert_status(403);
}

#[actix_web::test]
async fn of_two_who_verify_at_once_one_wins_and_the_other_is_told() {
    let app = TestApp::with_settings(&[("YINFENG_DATABASE_CONNECTIONS", "4")]).await;
    let other = app.user(Role::BureauHead).insert();
    let (first, second) = (app.token(Role::BureauHead), app.program_of(&other));
    for _ in 0..10 {
        let project = new_project(&app, json!({})).await;
        let permit = paper(&app, &project, "construction_permit");
        let body = json!({ "actual_on": "2024-05-06", "evidence": [permit] });
        let etag = report(&app, &project, "construction_start", body).await.assert_status(200).etag();
        let at = path(&project, &verification("construction_start"));
        let accept = first.post_json(&at, json!({ "decision": "accepted" })).if_match(&etag);
        let refusal = json!({ "decision": "refused", "reason": "未见许可证" });
        let refuse = second.post_json(&at, refusal).if_match(&etag);
        let (accepted, refused) =
            futures_util::future::join(accept.into_future(), refuse.into_future()).await;
        let (won, lost, state) = match accepted.status() {
            200 => (accepted, refused, "verified"),
            _ => (refused, accepted, "refused"),
        };
        won.assert_status(200);
        assert!(matches!(lost.status(), 409 | 412), "{}", lost.status());
        let now = read(&first, &project).await.json();
        assert_eq!(now["milestones"][0]["state"], state, "what the winner said stands");
        let decisions = app.read(|conn| {
            use diesel::prelude::*;
            use yinfeng::schema::audit_entries::dsl::*;
            audit_entries
                .filter(subject_id.eq(project["id"].as_str().unwrap()))
                .filter(action.eq("project.verification"))
                .count()
                .get_result::<i64>(conn)
        });
        assert_eq!(decisions, 1);
    }
}
