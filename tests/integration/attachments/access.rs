//! A paper is there for exactly those who see its record; the table of access has its routes for leads.

use super::{PATH, PDF, at, fields, follow_up, lead_of_chamber, list, paper};
use crate::projects::new_project;
use crate::support::TestApp;
use serde_json::json;
use yinfeng::accounts::Role;

#[actix_web::test]
async fn outside_the_scope_of_a_lead_its_papers_do_not_exist() {
    let app = TestApp::new().await;
    let lead = app.new_lead(json!({ "county": "450722" })).await;
    let paper = paper(&app, "lead", &lead, "contract").await;
    let county = app.token(Role::CountyOfficer);
    list(&county, "lead", &lead).await.assert_status(404);
    county.get(&at(&paper, "")).await.assert_status(404);
    county.get(&at(&paper, "/content")).await.assert_status(404);
    county.delete(&at(&paper, ""), "*").await.assert_status(404);
    county.upload(PATH, &fields("lead", &lead, "other"), "a.pdf", PDF).await.assert_status(404);
    // Handed to this county, the lead comes with its papers; the one that handed it on goes on reading.
    let assignment = format!("/api/v1/leads/{}/assignment", lead["id"].as_str().unwrap());
    let handed = json!({ "county": "450721", "reason": "产业在灵山" });
    app.token(Role::BureauHead).post_json(&assignment, handed).await.assert_status(200);
    county.get(&at(&paper, "/content")).await.assert_status(200);
    let other = app.user(Role::CountyOfficer).region("450722").token();
    other.get(&at(&paper, "/content")).await.assert_status(200);
    other.delete(&at(&paper, ""), "*").await.assert_status(403);
}

#[actix_web::test]
async fn a_liaison_sees_his_chambers_follow_ups_with_their_papers_and_no_others() {
    let app = TestApp::new().await;
    let lead = lead_of_chamber(&app).await;
    let liaison = app.token(Role::ChamberLiaison);
    let of_lead = paper(&app, "lead", &lead, "contract").await;
    list(&liaison, "lead", &lead).await.assert_status(403);
    liaison.get(&at(&of_lead, "")).await.assert_status(404);
    let own = follow_up(&liaison, &lead).await;
    let sent = liaison.upload(PATH, &fields("follow_up", &own, "photo"), "a.pdf", PDF);
    let brought = sent.await.assert_status(201).json();
    liaison.get(&at(&brought, "/content")).await.assert_status(200);
    app.token(Role::BureauHead).get(&at(&brought, "/content")).await.assert_status(200);
    app.token(Role::Federation).get(&at(&brought, "")).await.assert_status(404);
    let of_bureau = follow_up(&app.token(Role::BureauOfficer), &lead).await;
    let hidden = paper(&app, "follow_up", &of_bureau, "minutes").await;
    liaison.get(&at(&hidden, "")).await.assert_status(404);
    list(&liaison, "follow_up", &of_bureau).await.assert_status(403);
    let page = app.signed_in(Role::ChamberLiaison).get(&format!("/leads/{}", lead["id"].as_str().unwrap()));
    let page = page.await.assert_status(200).text();
    assert!(!page.contains("id=\"attachments\"") && page.contains(brought["id"].as_str().unwrap()), "{page}");
    assert!(!page.contains(hidden["id"].as_str().unwrap()));
}

#[actix_web::test]
async fn a_county_leader_adds_to_his_own_follow_ups_only() {
    let app = TestApp::new().await;
    let leader = app.person(Role::CountyLeader);
    let lead = app.new_lead(json!({})).await;
    let assignment = format!("/api/v1/leads/{}/assignment", lead["id"].as_str().unwrap());
    let led = json!({ "leader": leader.username, "reason": "包联" });
    app.token(Role::BureauHead).post_json(&assignment, led).await.assert_status(200);
    let client = app.token(Role::CountyLeader);
    let own = follow_up(&client, &lead).await;
    client.upload(PATH, &fields("follow_up", &own, "photo"), "a.pdf", PDF).await.assert_status(201);
    let other = follow_up(&app.token(Role::BureauOfficer), &lead).await;
    client.upload(PATH, &fields("follow_up", &other, "photo"), "a.pdf", PDF).await.assert_status(403);
    client.upload(PATH, &fields("lead", &lead, "photo"), "a.pdf", PDF).await.assert_status(403);
    list(&client, "lead", &lead).await.assert_status(200);
}

#[actix_web::test]
async fn papers_of_a_project_are_for_those_who_see_all_of_it() {
    let app = TestApp::new().await;
    let chamber = app.person(Role::ChamberLiaison).chamber_id.unwrap();
    let project = new_project(&app, json!({ "source": { "kind": "chamber", "chamber_id": chamber } })).await;
    let paper = paper(&app, "project", &project, "contract").await;
    for (role, listed, read) in [
        (Role::BureauHead, 200, 200),
        (Role::Auditor, 200, 200),
        (Role::LeadingGroup, 200, 200),
        (Role::CountyOfficer, 200, 200),
        (Role::CountyLeader, 200, 200),
        (Role::ApprovalsOfficer, 200, 200),
        (Role::ChamberLiaison, 403, 404),
        (Role::Federation, 403, 404),
        (Role::FinanceReviewer, 404, 404),
        (Role::Admin, 403, 403),
    ] {
        let client = app.token(role);
        assert_eq!(list(&client, "project", &project).await.status(), listed, "{role}");
        assert_eq!(client.get(&at(&paper, "/content")).await.status(), read, "{role}");
    }
    let other = app.user(Role::CountyOfficer).region("450722").token();
    other.get(&at(&paper, "/content")).await.assert_status(404);
    let approvals = app.token(Role::ApprovalsOfficer);
    approvals.upload(PATH, &fields("project", &project, "filing"), "a.pdf", PDF).await.assert_status(403);
}

#[actix_web::test]
async fn a_merged_leads_papers_go_with_the_lead_that_stayed() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let stays = app.new_lead(json!({})).await;
    let double =
        json!({ "investor_name": stays["investor_name"], "duplicate_reason": "二期", "county": "450722" });
    let double = app.new_lead(double).await;
    let brought = paper(&app, "lead", &double, "contract").await;
    let county = app.token(Role::CountyOfficer);
    county.get(&at(&brought, "")).await.assert_status(404);
    let merger = format!("/api/v1/leads/{}/merger", double["id"].as_str().unwrap());
    let into = json!({ "into": stays["id"], "reason": "同一项目" });
    officer.post_json(&merger, into).await.assert_status(200);
    county.get(&at(&brought, "/content")).await.assert_status(200);
    assert_eq!(list(&county, "lead", &stays).await.json()["total"], 1);
    let late = officer.upload(PATH, &fields("lead", &double, "other"), "a.pdf", PDF).await.assert_status(409);
    assert_eq!(late.json()["code"], "lead-merged");
    officer.delete(&at(&brought, ""), "*").await.assert_status(409);
}

#[actix_web::test]
async fn a_deleted_leads_papers_are_gone_with_it() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let lead = app.new_lead(json!({})).await;
    let paper = paper(&app, "lead", &lead, "contract").await;
    officer.delete(&format!("/api/v1/leads/{}", lead["id"].as_str().unwrap()), "*").await.assert_status(204);
    officer.get(&at(&paper, "/content")).await.assert_status(404);
}
