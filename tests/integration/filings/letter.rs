//! The investor's letter hangs at the filing: who sees all of the filing sees it, and nobody else.

use super::{at, file, found, id, new_referrer, say};
use crate::attachments::{PDF, files, list};
use crate::support::{Client, Response, TestApp};
use serde_json::{Value, json};
use yinfeng::accounts::Role;

const NO_LETTER: &str = "no_letter";

async fn bring(client: &Client, filing: &Value) -> Response {
    let fields = [("owner_kind", "filing"), ("owner_id", id(filing)), ("kind", "filing")];
    client.upload("/api/v1/attachments", &fields, "确认函.pdf", PDF).await
}

async fn findings(client: &Client, filing: &Value) -> Vec<String> {
    found(&client.get(&at(filing, "")).await.assert_status(200).json())
}

#[actix_web::test]
async fn it_proves_the_investors_word_and_is_there_for_who_sees_all_of_the_filing() {
    let app = TestApp::new().await;
    let (bureau, county) = (app.token(Role::BureauOfficer), app.token(Role::CountyOfficer));
    let leader = app.person(Role::CountyLeader).username;
    let lead = app.new_lead(json!({})).await;
    let assignment = format!("/api/v1/leads/{}/assignment", id(&lead));
    bureau.post_json(&assignment, json!({ "leader": leader })).await.assert_status(200);
    let referrer = new_referrer(&app, json!({ "region": "450722" })).await;
    let filing = file(&bureau, &referrer, json!({ "lead_id": lead["id"] })).await.assert_status(201).json();
    say(&county, &filing, "investor", "confirmed").await.assert_status(200);
    assert!(findings(&bureau, &filing).await.contains(&NO_LETTER.to_owned()));

    // The county of the referrer sees the filing, but not the lead that it is of.
    let foreign = app.user(Role::CountyOfficer).region("450722").token();
    let seen = foreign.get(&at(&filing, "")).await.assert_status(200).json();
    assert_eq!((&seen["lead_id"], &seen["title"]), (&json!(null), &json!(null)));
    let refused = bring(&foreign, &filing).await.assert_status(403).json();
    assert_eq!(refused["code"], "role");
    for (role, status) in [
        (Role::Auditor, 403),
        (Role::CountyLeader, 403),
        (Role::Federation, 404),
        (Role::FinanceReviewer, 404),
        (Role::Admin, 403),
    ] {
        bring(&app.token(role), &filing).await.assert_status(status);
    }
    assert_eq!(files(&app).len(), 0);
    let letter = bring(&county, &filing).await.assert_status(201).json();
    assert_eq!((&letter["owner_kind"], &letter["owner_id"]), (&json!("filing"), &filing["id"]));
    assert!(!findings(&bureau, &filing).await.contains(&NO_LETTER.to_owned()));

    let paper = format!("/api/v1/attachments/{}", id(&letter));
    for (client, status) in [
        (&bureau, 200),
        (&county, 200),
        (&app.token(Role::Auditor), 200),
        (&foreign, 404),
        (&app.token(Role::CountyLeader), 404),
        (&app.token(Role::ChamberLiaison), 404),
        (&app.token(Role::LeadingGroup), 404),
    ] {
        client.get(&paper).await.assert_status(status);
        client.get(&format!("{paper}/content")).await.assert_status(status);
    }
    let page = format!("/filings/{}", id(&filing));
    let shown = app.signed_in(Role::Auditor).get(&page).await.assert_status(200).text();
    assert!(shown.contains("确认函.pdf") && !shown.contains("papers-form"), "read only: {shown}");
    let working = app.signed_in(Role::CountyOfficer).get(&page).await.assert_status(200).text();
    assert!(working.contains("papers-form") && working.contains("/deletion"));
    let outside = app.user(Role::CountyOfficer).region("450722").signed_in();
    let outside = outside.get(&page).await.assert_status(200).text();
    assert!(!outside.contains("确认函.pdf") && !outside.contains("id=\"attachments\""));
    let named = app.signed_in(Role::CountyLeader).get(&page).await.assert_status(200).text();
    assert!(!named.contains("确认函.pdf"));

    bureau.post_json(&at(&filing, "/withdrawal"), json!({ "reason": "退出" })).await.assert_status(200);
    assert_eq!(bring(&county, &filing).await.assert_status(409).json()["code"], "filing-withdrawn");
    county.get(&paper).await.assert_status(200);
}

#[actix_web::test]
async fn a_paper_of_the_lead_proves_the_one_filing_that_there_is() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let lead = app.new_lead(json!({})).await;
    let of = json!({ "lead_id": lead["id"] });
    let first = new_referrer(&app, json!({})).await;
    let filing = file(&bureau, &first, of.clone()).await.assert_status(201).json();
    say(&bureau, &filing, "investor", "confirmed").await.assert_status(200);
    let fields = [("owner_kind", "lead"), ("owner_id", id(&lead)), ("kind", "filing")];
    bureau.upload("/api/v1/attachments", &fields, "a.pdf", PDF).await.assert_status(201);
    assert!(!findings(&bureau, &filing).await.contains(&NO_LETTER.to_owned()));
    // With another referrer nobody can tell whose it is.
    let second = new_referrer(&app, json!({})).await;
    let other = file(&bureau, &second, of).await.assert_status(201).json();
    assert!(findings(&bureau, &filing).await.contains(&NO_LETTER.to_owned()));
    bring(&bureau, &filing).await.assert_status(201);
    assert!(!findings(&bureau, &filing).await.contains(&NO_LETTER.to_owned()));
    say(&bureau, &other, "investor", "confirmed").await.assert_status(200);
    assert!(findings(&bureau, &other).await.contains(&NO_LETTER.to_owned()), "it is the other's letter");
}

#[actix_web::test]
async fn it_is_sent_with_the_investors_word_in_one_step() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let (lead, referrer) = (app.new_lead(json!({})).await, new_referrer(&app, json!({})).await);
    let filing = file(&bureau, &referrer, json!({ "lead_id": lead["id"] })).await.assert_status(201).json();
    let browser = app.signed_in(Role::BureauOfficer);
    let path = format!("/filings/{}/confirmations", id(&filing));
    let form = browser.get(&path).await.assert_status(200).text();
    assert!(form.contains("name=\"file\""));
    let said = [("party", "investor"), ("decision", "confirmed"), ("version", "1")];
    let program = browser.upload(&path, &said, "确认函.pdf", b"MZ\x90\0").await.assert_status(422).text();
    assert!(program.contains("f-file-error"));
    // What is not said right keeps no file.
    let wrong = [("party", "investor"), ("decision", "refused"), ("version", "1")];
    browser.upload(&path, &wrong, "确认函.pdf", PDF).await.assert_status(422);
    assert_eq!(files(&app).len(), 0);
    browser.upload(&path, &said, "确认函.pdf", PDF).await.assert_status(303);
    let papers = list(&bureau, "filing", &filing).await.assert_status(200).json();
    assert_eq!(
        (&papers["items"][0]["file_name"], &papers["items"][0]["kind"]),
        (&json!("确认函.pdf"), &json!("filing"))
    );
    assert!(!findings(&bureau, &filing).await.contains(&NO_LETTER.to_owned()));
}
