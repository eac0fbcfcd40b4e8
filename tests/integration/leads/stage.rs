//! Moving a lead on, and back: the requirements of seeds/reference/stages.toml as the cases.

use super::{api, etag, officer, page, read, register, uscc, written};
use crate::attachments;
use crate::support::{Client, TestApp};
use serde_json::{Value, json};
use yinfeng::accounts::Role;

/// Meets a requirement that a lead lacks.
async fn meet(app: &TestApp, client: &Client, lead: &Value, requirement: &str) {
    let lead = read(client, lead).await;
    let patch = match requirement {
        "total_investment_fen" => json!({"total_investment_fen": 1000}),
        "fixed_investment_fen" => json!({"fixed_investment_fen": 1000}),
        "contact" => json!({"contact": {"name": "林总", "phone": "12000000106"}}),
        "land_mu" => json!({"factory_m2": 100}),
        "jobs" => json!({"jobs": 0}),
        "uscc" => json!({"uscc": uscc(60)}),
        "park" => json!({"park": "luwu"}),
        "officer" | "leader" => {
            let role = if requirement == "officer" { Role::BureauOfficer } else { Role::CountyLeader };
            let body = json!({requirement: app.person(role).username});
            client.post_json(&api(&lead, "/assignment"), body).await.assert_status(200);
            return;
        }
        "follow_ups" => {
            let body = json!({"kind": "call", "at": "2026-01-02T03:04:05Z", "content": "聊过"});
            client.post_json(&api(&lead, "/follow-ups"), body).await.assert_status(201);
            return;
        }
        "contract_paper" => {
            // Another paper is none.
            for kind in ["other", "contract"] {
                let asked = read(client, &lead).await["missing"].clone();
                assert_eq!(asked, json!(["contract_paper"]), "before {kind}");
                attachments::paper(app, "lead", &lead, kind).await;
            }
            return;
        }
        other => panic!("nobody knows how to meet {other}"),
    };
    client.patch_json(&api(&lead, ""), &etag(&lead), patch).await.assert_status(200);
}

#[actix_web::test]
async fn each_stage_is_refused_until_each_of_its_requirements_is_met() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let lead = register(&client, json!({})).await;
    // A lead cannot be without these.
    let always = ["investor_name", "county", "industry", "source"];
    for stage in app.app.reference.stages().all().iter().skip(1) {
        let asked = app.app.reference.stages().required_up_to(&stage.code);
        let own: Vec<&str> = stage
            .requires
            .iter()
            .map(|one| one.field.as_str())
            .filter(|field| asked.contains(field) && !always.contains(field))
            .collect();
        let to = json!({"to": stage.code});
        for (at, requirement) in own.iter().enumerate() {
            let before = written(&app);
            let answer = client.post_json(&api(&lead, "/stage"), to.clone()).await.assert_status(422);
            let faults = answer.faults();
            let wanted: Vec<_> = own[at..]
                .iter()
                .map(|field| ((*field).to_owned(), "required-for-stage".to_owned()))
                .collect();
            assert_eq!(faults, wanted, "{}", stage.code);
            assert_eq!(read(&client, &lead).await["missing"], json!(&own[at..]), "{}", stage.code);
            assert_eq!(written(&app), before);
            meet(&app, &client, &lead, requirement).await;
        }
        let moved = client.post_json(&api(&lead, "/stage"), to).await.assert_status(200).json();
        assert_eq!(moved["stage"], stage.code);
    }
    assert_eq!(read(&client, &lead).await["missing"], json!([]));
}

#[actix_web::test]
async fn forward_may_skip_when_all_lists_up_to_there_are_met() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let lead = register(&client, json!({})).await;
    let to = json!({"to": "site_visit"});
    let answer = client.post_json(&api(&lead, "/stage"), to.clone()).await.assert_status(422);
    let missing: Vec<String> = answer.faults().into_iter().map(|(field, _)| field).collect();
    assert_eq!(missing, ["total_investment_fen", "officer", "contact", "leader", "follow_ups"]);
    for requirement in &missing {
        meet(&app, &client, &lead, requirement).await;
    }
    let moved = client.post_json(&api(&lead, "/stage"), to).await.assert_status(200).json();
    assert_eq!(moved["stage"], "site_visit");
}

/// A contract's paper that is taken away again is asked for again; the page leads to the papers.
#[actix_web::test]
async fn the_contracts_paper_is_asked_for_as_long_as_there_is_none() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let lead = register(&client, json!({"stage": "framework"})).await;
    let asks = async || {
        let missing = read(&client, &lead).await["missing"].clone();
        missing.as_array().unwrap().contains(&json!("contract_paper"))
    };
    assert!(asks().await);
    let form = app.signed_in(Role::BureauOfficer).get(&page(&lead, "/stage")).await.assert_status(200).text();
    assert!(form.contains(&format!("href=\"{}#attachments\"", page(&lead, ""))), "{form}");
    let paper = attachments::paper(&app, "lead", &lead, "contract").await;
    assert!(!asks().await);
    client.request(actix_web::http::Method::DELETE, &attachments::at(&paper, "")).await.assert_status(204);
    assert!(asks().await);
    // What a ledger brings may stand anywhere; the page says what is missing.
    let signed = register(&client, json!({"stage": "contract"})).await;
    assert_eq!(signed["stage"], "contract");
}

#[actix_web::test]
async fn back_needs_a_reason_and_nothing_else() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let lead = register(&client, json!({"stage": "contract"})).await;
    let path = api(&lead, "/stage");
    for reason in [json!({}), json!({"reason": null}), json!({"reason": "  "})] {
        let mut body = reason;
        body["to"] = json!("assessment");
        let answer = client.post_json(&path, body).await.assert_status(422);
        assert_eq!(answer.faults(), [("reason".to_owned(), "reason-required".to_owned())]);
    }
    let same = client.post_json(&path, json!({"to": "contract", "reason": "x"})).await.assert_status(422);
    assert_eq!(same.faults(), [("to".to_owned(), "same-stage".to_owned())]);
    let back = json!({"to": "assessment", "reason": "土地没有落实"});
    let lead = client.post_json(&path, back).await.assert_status(200).json();
    assert_eq!((&lead["stage"], &lead["version"]), (&json!("assessment"), &json!(2)));
    client.post_json(&path, json!({"to": "nowhere"})).await.assert_status(422);
    client.post_json(&path, json!({})).await.assert_status(422);
}

#[actix_web::test]
async fn if_match_is_optional_and_honoured() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let lead = register(&client, json!({})).await;
    let path = api(&lead, "/stage");
    client.post_json(&path, json!({"to": "assessment"})).if_match("\"9\"").await.assert_status(412);
    client.post_json(&path, json!({"to": "assessment"})).if_match("\"1\"").await.assert_status(200);
}

#[actix_web::test]
async fn what_is_not_active_does_not_move() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let lead = register(&client, json!({})).await;
    client.post_json(&api(&lead, "/hold"), json!({"reason": "等"})).await.assert_status(200);
    let answer =
        client.post_json(&api(&lead, "/stage"), json!({"to": "assessment"})).await.assert_status(409);
    assert_eq!(answer.json()["code"], "lead-not-active");
    let browser = app.signed_in(Role::BureauOfficer);
    let form = browser.post_form(&page(&lead, "/stage"), &[("to", "assessment"), ("reason", "试试")]).await;
    assert!(form.assert_status(409).text().contains("试试"));
}

#[actix_web::test]
async fn the_page_moves_lists_what_is_missing_and_keeps_what_was_typed() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let lead = register(&client, json!({})).await;
    let browser = app.signed_in(Role::BureauOfficer);
    let path = page(&lead, "/stage");
    let html = browser.get(&path).await.assert_status(200).text();
    assert!(
        html.contains(&format!("/leads/{}/assignment#f-officer", lead["id"].as_str().unwrap())),
        "{html}"
    );
    let refused = browser.post_form(&path, &[("to", "framework"), ("reason", "急"), ("version", "1")]).await;
    let refused = refused.assert_status(422).text();
    assert!(refused.contains("急"));
    browser.post_form(&path, &[("version", "1")]).await.assert_status(422);
    browser.post_form(&path, &[("to", "nowhere"), ("version", "1")]).await.assert_status(422);
    let moved = browser.post_form(&path, &[("to", "assessment"), ("version", "1")]).await.assert_status(303);
    assert_eq!(moved.location(), page(&lead, ""));
    assert_eq!(read(&client, &lead).await["stage"], "assessment");
    // The sentence is said once.
    let said = browser.get(&page(&lead, "")).await.assert_status(200).text();
    assert!(said.contains("阶段已更新"));
    assert!(!browser.get(&page(&lead, "")).await.text().contains("阶段已更新"));
    // Somebody else was faster: what was typed stays, and the version is the newer one.
    let stale = [("to", "new"), ("reason", "退回重来"), ("version", "1")];
    let stale = browser.post_form(&path, &stale).await.assert_status(412).text();
    assert!(stale.contains("退回重来") && stale.contains("name=\"version\" value=\"2\""));
    app.signed_in(Role::CountyLeader).get(&path).await.assert_status(403);
    app.signed_in(Role::Auditor).post_form(&path, &[("to", "new")]).await.assert_status(403);
    let other = app.user(Role::CountyOfficer).region("450722").signed_in();
    other.get(&path).await.assert_status(404);
}
