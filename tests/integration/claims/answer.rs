//! The bureau's answer.

use super::{answer_path, claim, known};
use crate::support::TestApp;
use diesel::prelude::*;
use serde_json::{Value, json};
use yinfeng::accounts::Role;
use yinfeng::schema::audit_entries;

#[actix_web::test]
async fn a_claim_is_answered_once_and_the_liaison_reads_the_answer() {
    let app = TestApp::new().await;
    let lead = known(&app).await;
    let liaison = app.token(Role::ChamberLiaison);
    let bureau = app.token(Role::BureauOfficer);
    for decision in ["shared", "handed_on", "declined"] {
        let mine = claim(&liaison, decision).await;
        let path = format!("/api/v1{}", answer_path(&mine));
        for (body, field) in [
            (json!({"decision": decision, "text": "  "}), "text"),
            (json!({"decision": "perhaps", "text": "x"}), "decision"),
            (json!({"text": "x"}), "decision"),
            (json!({"decision": decision, "text": "长".repeat(2001)}), "text"),
        ] {
            let answer = bureau.post_json(&path, body.clone()).await.assert_status(422);
            assert_eq!(answer.faults()[0].0, field, "{body}");
        }
        let body = json!({"decision": decision, "text": " 已核对。 "});
        let answered = bureau.post_json(&path, body.clone()).await.assert_status(200).json();
        assert_eq!(
            (&answered["answer"]["decision"], &answered["answer"]["text"]),
            (&json!(decision), &json!("已核对。"))
        );
        assert_eq!(answered["answer"]["by"], app.person(Role::BureauOfficer).display_name);
        let again = bureau.post_json(&path, body).await.assert_status(409);
        assert_eq!(again.json()["code"], "claim-answered");
        let list = liaison.get("/api/v1/claims?state=answered").await.assert_status(200).json();
        let heard = &list["items"][0];
        assert_eq!((&heard["id"], &heard["answer"]["text"]), (&mine["id"], &json!("已核对。")));
        assert_eq!(heard["answer"]["by"], Value::Null, "the bureau answers, not a person");
        assert!(!heard.to_string().contains("机密"));
    }
    let entries: Vec<(String, Option<String>)> = app.read(|conn| {
        audit_entries::table
            .filter(audit_entries::action.eq("claim.answer"))
            .select((audit_entries::subject_kind, audit_entries::reason))
            .load(conn)
    });
    assert_eq!(entries.len(), 3);
    assert!(
        entries.iter().all(|entry| *entry == ("claim".to_owned(), Some("已核对。".to_owned()))),
        "{entries:?}"
    );
    let none = format!("/api/v1/claims/{}/answer", lead["id"].as_str().unwrap());
    bureau.post_json(&none, json!({"decision": "shared", "text": "x"})).await.assert_status(404);
}

#[actix_web::test]
async fn the_pages_lead_from_the_lead_to_the_answer_and_back() {
    let app = TestApp::new().await;
    let lead = known(&app).await;
    let mine = claim(&app.token(Role::ChamberLiaison), "我报的项目").await;
    let browser = app.signed_in(Role::BureauOfficer);
    let path = answer_path(&mine);
    let lead_page = format!("/leads/{}", lead["id"].as_str().unwrap());
    let shown = browser.get(&lead_page).await.assert_status(200).text();
    assert!(shown.contains(&format!("{path}\"")), "the lead's page leads to the answer");
    let county = app.user(Role::CountyOfficer).region("450722").signed_in();
    let shown = county.get(&lead_page).await.assert_status(200).text();
    assert!(shown.contains("示例商会") && !shown.contains(&path), "a county reads of it and does not answer");
    let form = browser.get(&path).await.assert_status(200).text();
    assert!(form.contains("我报的内容") && form.contains("120****0103") && form.contains(&lead_page));
    let empty = [("text", "留着的话")];
    let back = browser.post_form(&path, &empty).await.assert_status(422).text();
    assert!(back.contains("留着的话"));
    let typed = [("decision", "shared"), ("text", "首报共享，请继续联系。")];
    let done = browser.post_form(&path, &typed).await.assert_status(303);
    let way = done.location();
    assert!(way.starts_with("/leads/") && way.contains("/attribution?with="), "on to the credit: {way}");
    let list = browser.get("/claims").await.assert_status(200).text();
    assert!(!list.contains("我报的项目"), "it waits no more");
    assert!(browser.get("/claims?state=answered").await.text().contains("首报共享，请继续联系。"));
    assert!(browser.get(&lead_page).await.text().contains("首报共享，请继续联系。"));
    let again = browser.post_form(&path, &typed).await.assert_status(409).text();
    assert!(again.contains("已经答复过"), "{again}");
    let own = app.signed_in(Role::ChamberLiaison).get("/claims").await.assert_status(200).text();
    assert!(own.contains("首报共享，请继续联系。") && !own.contains("机密"));
}
