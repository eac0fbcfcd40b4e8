//! Who is paid and what is submitted: as agreed at the project, and what waits for a ruling, by page and API alike.

use super::drafting::facts_missing;
use super::{LIST, body, file, landed, path, people, referrer, step};
use crate::projects::{new_project, path as project_path, read as read_project};
use crate::support::TestApp;
use serde_json::{Value, json};
use yinfeng::accounts::Role;
use yinfeng::db::Id;

#[actix_web::test]
async fn several_payees_who_agreed_on_nothing_before_the_landing_are_not_submitted() {
    let app = TestApp::new().await;
    let creator = people(&app).creator;
    let project = landed(&app, json!({})).await;
    let confirmer = app.user(Role::BureauOfficer).insert();
    let pair = ["示例引荐人辛", "示例引荐人壬"].map(|name| referrer(&app, name));
    let payees: Vec<Value> = pair
        .iter()
        .map(|payee| {
            file(&app, &project, payee, "2023-03-01", &confirmer);
            json!({ "referrer_id": payee, "share_bp": 5_000 })
        })
        .collect();
    let entry = json!({ "project_id": project["id"], "rule": "referral", "payees": payees });
    let application = creator.post_json(LIST, entry).await.assert_status(201).json();
    let refused = step(&creator, &application, "submitted").await.assert_status(422);
    assert_eq!(refused.faults(), [("payees".into(), "award-shares-not-agreed".into())]);
    let edit = format!("/award-applications/{}/edit", application["id"].as_str().unwrap());
    assert_eq!(facts_missing(&application), [("one_payee".to_owned(), edit.clone())], "{application:#}");
    assert_eq!(application["next"], json!(["withdrawn"]), "it is eligible, and not to be submitted so");
    assert!(refused.json().to_string().contains(&edit), "it says what to do, and where");
    let alone = json!({ "payees": [{ "referrer_id": pair[0], "share_bp": 10_000 }] });
    let etag = creator.get(&path(&application, "")).await.etag();
    creator.patch_json(&path(&application, ""), &etag, alone).await.assert_status(200);
    step(&creator, &application, "submitted").await.assert_status(200);
}

#[actix_web::test]
async fn several_payees_agree_at_the_project_before_they_are_submitted() {
    let app = TestApp::new().await;
    let (creator, browser) = (people(&app).creator, app.signed_in(Role::CountyOfficer));
    let project = new_project(&app, json!({})).await;
    crate::projects::sign(&app, &project, "2023-06-01").await;
    let confirmer = app.user(Role::BureauOfficer).insert();
    let pair = ["示例引荐人癸", "示例引荐人子"].map(|name| referrer(&app, name));
    // One of them filed late, which is left to a ruling before anything has landed.
    file(&app, &project, &pair[0], "2023-03-01", &confirmer);
    file(&app, &project, &pair[1], "2023-07-01", &confirmer);
    let payees: Vec<Value> =
        pair.iter().map(|payee| json!({ "referrer_id": payee, "share_bp": 5_000 })).collect();
    let entry = json!({ "project_id": project["id"], "rule": "referral", "payees": payees });
    let application = creator.post_json(LIST, entry).await.assert_status(201).json();
    let shares = format!("/projects/{}/referral-shares", project["id"].as_str().unwrap());
    assert!(facts_missing(&application).contains(&("referral_shares".to_owned(), shares.clone())));
    assert_eq!(application["next"], json!(["withdrawn"]));
    let refused = step(&creator, &application, "submitted").await.assert_status(422);
    assert_eq!(refused.faults(), [("payees".into(), "award-shares-to-agree".into())]);
    assert!(refused.json().to_string().contains(&shares), "the message names the page");
    // By the page the same: no button, and who posts all the same is shown the link.
    let page = path(&application, "").replace("/api/v1", "");
    let shown = browser.get(&page).await.assert_status(200).text();
    assert!(
        !shown.contains("value=\"submitted\"") && shown.contains(&format!("href=\"{shares}\"")),
        "{shown}"
    );
    let form = [("to", "submitted")];
    let back = browser.post_form(&format!("{page}/transitions"), &form).await.assert_status(422).text();
    assert!(back.contains(&format!("href=\"{shares}\"")) && back.contains("分配协议"), "{back}");
    // They agree, with other parts than those of the draft, and then with these.
    for (parts, status) in [([6_000, 4_000], 422), ([5_000, 5_000], 200)] {
        let etag = read_project(&creator, &project).await.etag();
        let shares: Vec<Value> = pair
            .iter()
            .zip(parts)
            .map(|(payee, share)| json!({ "referrer_id": payee, "share_bp": share }))
            .collect();
        let agreed = json!({ "agreed_on": "2023-05-01", "shares": shares });
        let at = project_path(&project, "/referral-shares");
        app.token(Role::BureauOfficer).put_json(&at, &etag, agreed).await.assert_status(200);
        let answer = step(&creator, &application, "submitted").await.assert_status(status);
        if status == 422 {
            assert_eq!(answer.faults(), [("payees".into(), "award-payees-differ".into())]);
        }
    }
}

#[actix_web::test]
async fn a_late_filing_goes_to_its_ruling_before_the_landing_by_page_and_api() {
    let app = TestApp::new().await;
    let (people, browser) = (people(&app), app.signed_in(Role::CountyOfficer));
    for by_page in [true, false] {
        let project = new_project(&app, json!({})).await;
        crate::projects::sign(&app, &project, "2023-06-01").await;
        let payee = referrer(&app, &format!("示例引荐人丑 {by_page}"));
        file(&app, &project, &payee, "2023-06-02", &app.user(Role::BureauOfficer).insert());
        let drafted = people.creator.post_json(LIST, body(&project, &payee)).await.assert_status(201).json();
        assert_eq!(drafted["award"]["status"], "needs_ruling_late_filing");
        assert_eq!(drafted["next"], json!(["submitted", "withdrawn"]));
        let page = path(&drafted, "").replace("/api/v1", "");
        let shown = browser.get(&page).await.assert_status(200).text();
        assert!(shown.contains("value=\"submitted\""), "the page offers it: {shown}");
        if by_page {
            let form = [("to", "submitted"), ("version", "1")];
            browser.post_form(&format!("{page}/transitions"), &form).await.assert_status(303);
        } else {
            step(&people.creator, &drafted, "submitted").await.assert_status(200);
        }
        let ruling = json!({ "kind": "eligibility", "decision": "accepted", "reason": "备案材料此前已送达" });
        let ruled =
            people.head.post_json(&path(&drafted, "/rulings"), ruling).await.assert_status(200).json();
        // What has not landed earns nothing yet, whatever was ruled.
        assert_eq!((&ruled["award"]["status"], &ruled["amount_fen"]), (&json!("not_landed"), &json!(0)));
    }
}

#[actix_web::test]
async fn a_payee_is_a_referrer_or_an_organisation() {
    let app = TestApp::new().await;
    let (creator, browser) = (people(&app).creator, app.signed_in(Role::CountyOfficer));
    let project = new_project(&app, json!({})).await;
    let payee = referrer(&app, "示例引荐人寅");
    let both = json!({ "referrer_id": payee, "organisation": "示例机构", "share_bp": 10_000 });
    for rule in ["referral", "enterprise_referral"] {
        let entry = json!({ "project_id": project["id"], "rule": rule, "payees": [both] });
        let refused = creator.post_json(LIST, entry).await.assert_status(422);
        assert_eq!(refused.faults(), [("payees[0].organisation".into(), "award-payee-both".into())]);
    }
    let (id, payee) = (project["id"].as_str().unwrap(), payee.to_string());
    let form = [
        ("project_id", id),
        ("rule", "enterprise_referral"),
        ("referrer_1", payee.as_str()),
        ("organisation_1", "示例机构"),
        ("share_1", "100"),
    ];
    let back = browser.post_form("/award-applications", &form).await.assert_status(422).text();
    assert!(back.contains("f-organisation_1-error"), "{back}");
}

#[actix_web::test]
async fn a_team_is_submitted_once_somebody_is_in_it() {
    let app = TestApp::new().await;
    let (creator, bureau) = (people(&app).creator, app.token(Role::BureauOfficer));
    let project = landed(&app, json!({})).await;
    let team = json!({ "kind": "team", "name": "示例招商队", "public_employee": false, "region": "450721" });
    let team = creator.post_json("/api/v1/referrers", team).await.assert_status(201).json();
    let id: Id = team["id"].as_str().unwrap().parse().unwrap();
    file(&app, &project, &id, "2023-03-01", &app.user(Role::BureauOfficer).insert());
    let application = creator.post_json(LIST, body(&project, &id)).await.assert_status(201).json();
    assert_eq!(application["award"]["status"], "eligible");
    assert_eq!(facts_missing(&application), [("team_members".to_owned(), format!("/referrers/{id}"))]);
    assert_eq!(application["next"], json!(["withdrawn"]));
    let refused = step(&creator, &application, "submitted").await.assert_status(422);
    assert_eq!(refused.faults(), [("payees[0].referrer_id".into(), "award-payee-no-members".into())]);
    let page = path(&application, "").replace("/api/v1", "");
    let shown = app.signed_in(Role::CountyOfficer).get(&page).await.assert_status(200).text();
    assert!(shown.contains(&format!("href=\"/referrers/{id}\"")), "{shown}");
    bureau.get(&format!("/api/v1/referrers/{id}")).await.assert_status(200);

    let member = json!({ "name": "示例队员", "is_payee": false });
    let members = format!("/api/v1/referrers/{id}/members");
    creator.post_json(&members, member).await.assert_status(201);
    let shown = super::read(&creator, &application).await;
    assert_eq!((&shown["missing"], &shown["next"]), (&json!([]), &json!(["submitted", "withdrawn"])));
    step(&creator, &application, "submitted").await.assert_status(200);
}
