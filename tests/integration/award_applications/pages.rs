//! The pages of applications, as people use them: without scripts, in both languages.

use super::{LIST, draft, landed, path, people, reach, read, referred, step, walk};
use crate::support::{Client, Response, TestApp};
use serde_json::{Value, json};
use yinfeng::accounts::Role;

fn page(application: &Value, rest: &str) -> String {
    format!("/award-applications/{}{rest}", application["id"].as_str().unwrap())
}

/// Opens a page in both languages and gives the Chinese one.
async fn open(client: &Client, path: &str) -> Response {
    client.post_form("/language", &[("lang", "en")]).await.assert_status(303);
    client.get(path).await.assert_status(200);
    client.post_form("/language", &[("lang", "zh-CN")]).await.assert_status(303);
    client.get(path).await.assert_status(200)
}

#[actix_web::test]
async fn an_award_is_drafted_from_the_project_and_taken_on_by_forms() {
    let app = TestApp::new().await;
    let county = app.signed_in(Role::CountyOfficer);
    let project = landed(&app, json!({})).await;
    let id = project["id"].as_str().unwrap();
    let of_project = open(&county, &format!("/projects/{id}")).await.text();
    assert!(of_project.contains(&format!("/award-applications/new?project={id}&amp;rule=job_agency")));
    open(&county, "/award-applications").await;
    open(&county, "/award-applications/new").await;
    open(&county, &format!("/award-applications/new?project={id}")).await;
    for rule in
        ["referral", "enterprise_referral", "poverty_relief_workshop", "science_platform", "job_agency"]
    {
        open(&county, &format!("/award-applications/new?project={id}&rule={rule}")).await;
    }
    let entry =
        [("project_id", id), ("rule", "job_agency"), ("fact_workers", "many"), ("fact_rate_fen", "0.08")];
    let back = county.post_form("/award-applications", &entry).await.assert_status(422).text();
    assert!(back.contains("value=\"many\"") && back.contains("value=\"0.08\""), "nothing typed is lost");
    let entry = [
        ("project_id", id),
        ("rule", "job_agency"),
        ("fact_workers", "12"),
        ("fact_rate_fen", "0.08"),
        ("fact_licensed_agency", "true"),
    ];
    let made = county.post_form("/award-applications", &entry).await.assert_status(303);
    let at = made.location();
    let shown = open(&county, &at).await.text();
    assert!(shown.contains("href=\"#") || shown.contains("/edit"), "what is missing leads to its form");
    let twice = county.post_form("/award-applications", &entry).await.assert_status(409).text();
    assert!(twice.contains("已有申报"), "{twice}");
    let edit = open(&county, &format!("{at}/edit")).await.text();
    assert!(edit.contains("value=\"12\""));
    let rest = [
        ("fact_workers", "12"),
        ("fact_rate_fen", "0.08"),
        ("fact_licensed_agency", "true"),
        ("fact_target_workers", "true"),
    ];
    county.post_form(&at, &rest).await.assert_status(303);
    county.post_form(&format!("{at}/transitions"), &[("to", "submitted")]).await.assert_status(303);
    let submitted = open(&county, &at).await.text();
    // 12 people at 800 yuan.
    assert!(submitted.contains("9,600") || submitted.contains("0.96"), "{submitted}");
}

#[actix_web::test]
async fn each_step_has_its_page() {
    let app = TestApp::new().await;
    let people = people(&app);
    let application = draft(&app).await;
    step(&people.creator, &application, "submitted").await.assert_status(200);
    let reviewer = app.user(Role::CountyOfficer).signed_in();
    open(&reviewer, &page(&application, "/transitions?to=returned")).await;
    let silent = [("to", "returned"), ("reason", " ")];
    reviewer.post_form(&page(&application, "/transitions"), &silent).await.assert_status(422);
    let stale = [("to", "county_reviewed"), ("version", "1")];
    reviewer.post_form(&page(&application, "/transitions"), &stale).await.assert_status(412);
    reviewer
        .post_form(&page(&application, "/transitions"), &[("to", "county_reviewed")])
        .await
        .assert_status(303);
    step(&people.bureau, &application, "bureau_reviewed").await.assert_status(200);
    let finance = app.signed_in(Role::FinanceReviewer);
    open(&finance, "/award-applications").await;
    open(&finance, &page(&application, "/funding")).await;
    let parts = [("county", "60"), ("city", "30")];
    finance.post_form(&page(&application, "/funding"), &parts).await.assert_status(422);
    let parts = [("county", "66.67"), ("city", "33.33"), ("zone", "")];
    finance.post_form(&page(&application, "/funding"), &parts).await.assert_status(303);
    assert_eq!(read(&people.finance, &application).await["funding"].as_array().unwrap().len(), 2);
    step(&people.finance, &application, "finance_reviewed").await.assert_status(200);
    step(&people.bureau, &application, "in_notice").await.assert_status(200);
    let liaison = app.signed_in(Role::ChamberLiaison);
    open(&liaison, &page(&application, "/transitions")).await;
    let objection = [("to", "objected"), ("reason", "并非其引荐")];
    liaison.post_form(&page(&application, "/transitions"), &objection).await.assert_status(303);
    for role in
        [Role::BureauHead, Role::BureauOfficer, Role::Auditor, Role::CountyLeader, Role::FinanceReviewer]
    {
        let client = app.signed_in(role);
        let shown = open(&client, &page(&application, "")).await.text();
        assert_eq!(shown.contains("并非其引荐"), role != Role::CountyLeader, "{role}");
        open(&client, "/award-applications?status=objected").await;
        open(&client, "/award-applications?status=paid").await;
    }
}

#[actix_web::test]
async fn what_the_head_rules_on_has_its_pages() {
    let app = TestApp::new().await;
    let people = people(&app);
    let (project, referrer) = referred(&app).await;
    reach(&app, &project, "production", "production_proof", "2024-03-01").await;
    let referral = super::body(&project, &referrer);
    let first = people.creator.post_json(LIST, referral).await.assert_status(201).json();
    let enterprise = json!({
        "project_id": project["id"], "rule": "enterprise_referral",
        "payees": [{ "referrer_id": referrer, "share_bp": 10_000 }],
        "facts": { "investor_from_outside_city": true, "introducer_other_industry": false, "chain_project": true },
    });
    let second = people.creator.post_json(LIST, enterprise).await.assert_status(201).json();
    step(&people.creator, &first, "submitted").await.assert_status(200);
    walk(&app, &people, &second, "county_reviewed").await;
    let head = app.signed_in(Role::BureauHead);
    let shown = open(&head, &page(&second, "")).await.text();
    assert!(
        shown.contains("compliance-review") && shown.contains(first["code"].as_str().unwrap()),
        "{shown}"
    );
    open(&head, &page(&second, "/compliance-review")).await;
    let bare = [("document", ""), ("result", "x"), ("passes", "true")];
    head.post_form(&page(&second, "/compliance-review"), &bare).await.assert_status(422);
    let review = [("document", "审查表示例"), ("result", "符合"), ("passes", "true")];
    head.post_form(&page(&second, "/compliance-review"), &review).await.assert_status(303);
    open(&head, &page(&second, "/rulings")).await;
    let ruling = [("kind", "overlap"), ("decision", "accepted"), ("reason", "就高")];
    head.post_form(&page(&second, "/rulings"), &ruling).await.assert_status(303);
    let now = read(&people.head, &second).await;
    assert_eq!(
        (&now["overlap"]["decision"], &now["compliance"]["payable"]),
        (&json!("accepted"), &json!(true))
    );
    open(&head, &page(&first, "")).await;
    open(&head, &path(&first, "").replace("/api/v1", "")).await;
}
