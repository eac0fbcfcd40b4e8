//! How an award is shared, until the project has landed.

use super::{at, file, id, new_referrer};
use crate::projects::{new_project, paper, path, read, report, sign};
use crate::support::TestApp;
use serde_json::{Value, json};
use yinfeng::accounts::Role;

async fn filed(app: &TestApp, project: &Value, filed_on: &str) -> (Value, Value) {
    let referrer = new_referrer(app, json!({})).await;
    let of = json!({ "project_id": project["id"], "filed_on": filed_on });
    let filing = file(&app.token(Role::BureauOfficer), &referrer, of).await.assert_status(201).json();
    (referrer, filing)
}

#[actix_web::test]
async fn shares_are_whole_among_those_who_filed_and_in_their_order() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let project = new_project(&app, json!({})).await;
    let (late, _) = filed(&app, &project, "2024-03-09").await;
    let (early, filing) = filed(&app, &project, "2024-03-04").await;
    let stranger = new_referrer(&app, json!({})).await;
    let shares = path(&project, "/referral-shares");
    let none = officer.get(&shares).await.assert_status(200).json();
    assert_eq!(none, json!({ "agreed_on": null, "shares": [], "frozen": false }));
    let of = |parts: &[(&Value, i64)]| {
        let parts: Vec<Value> = parts
            .iter()
            .map(|(referrer, share)| json!({ "referrer_id": referrer["id"], "share_bp": share }))
            .collect();
        json!({ "agreed_on": "2024-05-10", "shares": parts })
    };
    let etag = read(&officer, &project).await.etag();
    for (parts, code) in [
        (of(&[(&late, 4000), (&early, 5999)]), "shares-not-whole"),
        (of(&[]), "shares-not-whole"),
        (of(&[(&late, 10_000), (&early, 0)]), "share-out-of-range"),
        (of(&[(&late, 5000), (&late, 5000)]), "share-twice"),
        (of(&[(&late, 5000), (&stranger, 5000)]), "share-without-filing"),
    ] {
        let refused = officer.put_json(&shares, &etag, parts.clone()).await.assert_status(422);
        assert_eq!(refused.faults(), [("shares".to_owned(), code.to_owned())], "{parts}");
    }
    let right = of(&[(&late, 4000), (&early, 6000)]);
    officer.put_json(&shares, "\"99\"", right.clone()).await.assert_status(412);
    let put = officer.put_json(&shares, &etag, right.clone()).await.assert_status(200);
    let shown = put.json();
    let order: Vec<(&Value, &Value)> = shown["shares"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (&one["referrer"]["id"], &one["share_bp"]))
        .collect();
    assert_eq!(order, [(&early["id"], &json!(6000)), (&late["id"], &json!(4000))]);
    officer.put_json(&shares, &etag, right).await.assert_status(412);
    assert_eq!(read(&officer, &project).await.etag(), put.etag());
    let kept = officer.post_json(&at(&filing, "/withdrawal"), json!({ "reason": "退出" })).await;
    assert_eq!(kept.assert_status(409).json()["code"], "filing-has-share");
    let alone = of(&[(&late, 10_000)]);
    officer.put_json(&shares, &put.etag(), alone).await.assert_status(200);
    officer.post_json(&at(&filing, "/withdrawal"), json!({ "reason": "退出" })).await.assert_status(200);
}

#[actix_web::test]
async fn landing_freezes_them() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let project = new_project(&app, json!({})).await;
    let (referrer, filing) = filed(&app, &project, "2024-01-04").await;
    let shares = path(&project, "/referral-shares");
    let put = async |share: &Value| {
        let body = json!({ "agreed_on": "2024-05-10", "shares": [{ "referrer_id": share["code"], "share_bp": 10_000 }] });
        officer.put_json(&shares, &read(&officer, &project).await.etag(), body).await
    };
    sign(&app, &project, "2024-02-01").await;
    let licence = paper(&app, &project, "business_licence");
    let registered = json!({ "actual_on": "2024-02-20", "evidence": [licence] });
    report(&app, &project, "company_registered", registered).await.assert_status(200);
    let permit = paper(&app, &project, "construction_permit");
    let start = json!({ "actual_on": "2024-05-06", "evidence": [permit] });
    report(&app, &project, "construction_start", start).await.assert_status(200);
    let verify = async |kind: &str| {
        let verification = path(&project, &format!("/milestones/{kind}/verification"));
        let head = app.token(Role::BureauHead);
        head.post_json(&verification, json!({ "decision": "accepted" })).await.assert_status(200);
    };
    verify("construction_start").await;
    put(&referrer).await.assert_status(200);
    assert_eq!(
        officer.get(&at(&filing, "")).await.json()["step"],
        "signed",
        "nobody verified the company yet"
    );
    verify("company_registered").await;
    let frozen = put(&referrer).await.assert_status(409).json();
    assert_eq!(frozen["code"], "shares-frozen");
    assert_eq!(officer.get(&shares).await.json()["frozen"], true);
    let read = officer.get(&at(&filing, "")).await.json();
    assert_eq!((&read["step"], &read["step_on"]), (&json!("landed"), &json!("2024-05-06")));
    let browser = app.signed_in(Role::BureauOfficer);
    let page = browser.get(&format!("/projects/{}", id(&project))).await.assert_status(200).text();
    assert!(page.contains("100%") && !page.contains("/referral-shares"), "nothing is left to change");
    // A verified day that is changed has to be verified anew; what was settled stays so.
    let later = json!({ "actual_on": "2024-06-06" });
    report(&app, &project, "construction_start", later).await.assert_status(200);
    assert_eq!(officer.get(&at(&filing, "")).await.json()["step"], "signed");
    assert_eq!(put(&referrer).await.assert_status(409).json()["code"], "shares-frozen");
    assert_eq!(officer.get(&shares).await.json()["frozen"], true);
}
