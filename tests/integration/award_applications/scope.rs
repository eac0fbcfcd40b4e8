//! For whom an application exists, and what its list shows.

use super::{LIST, body, draft, file, landed, path, people, read, referrer, step};
use crate::support::TestApp;
use diesel::prelude::*;
use serde_json::{Value, json};
use yinfeng::accounts::Role;
use yinfeng::schema::referrers;

fn ids(list: &Value) -> Vec<&Value> {
    list["items"].as_array().unwrap().iter().map(|one| &one["id"]).collect()
}

#[actix_web::test]
async fn finance_sees_what_was_submitted_and_its_project() {
    let app = TestApp::new().await;
    let people = people(&app);
    let application = draft(&app).await;
    let project = format!("/api/v1/projects/{}", application["project"]["id"].as_str().unwrap());
    people.finance.get(&path(&application, "")).await.assert_status(404);
    people.finance.get(&project).await.assert_status(404);
    step(&people.creator, &application, "submitted").await.assert_status(200);
    assert_eq!(read(&people.finance, &application).await["amount_fen"], 10_000_000);
    people.finance.get(&project).await.assert_status(200);
    let page = format!("/projects/{}", application["project"]["id"].as_str().unwrap());
    app.signed_in(Role::FinanceReviewer).get(&page).await.assert_status(200);
    let list = people.finance.get(LIST).await.assert_status(200).json();
    assert_eq!(ids(&list), [&application["id"]]);
}

#[actix_web::test]
async fn a_county_leader_reads_the_status_of_his_projects_and_no_more() {
    let app = TestApp::new().await;
    let application = draft(&app).await;
    let leader = app.token(Role::CountyLeader);
    let shown = read(&leader, &application).await;
    let fields: Vec<&String> = shown.as_object().unwrap().keys().collect();
    assert_eq!(fields, ["id", "code", "version", "project", "rule", "status"]);
    let list = leader.get(LIST).await.assert_status(200).json();
    assert_eq!(list["items"], json!([shown]));
    app.user(Role::CountyLeader).token().get(&path(&application, "")).await.assert_status(404);
}

/// A referral of a project that the chamber of the usual liaison brought.
async fn of_chamber(app: &TestApp) -> Value {
    let chamber = app.person(Role::ChamberLiaison).chamber_id;
    let project = landed(app, json!({ "source": { "kind": "chamber", "chamber_id": chamber } })).await;
    let payee = referrer(app, &format!("示例引荐 {}", yinfeng::db::Id::generate()));
    file(app, &project, &payee, "2023-03-01", &app.user(Role::BureauOfficer).insert());
    app.token(Role::CountyOfficer).post_json(LIST, body(&project, &payee)).await.assert_status(201).json()
}

#[actix_web::test]
async fn a_liaison_reads_what_became_of_awards_of_his_chambers_projects() {
    let app = TestApp::new().await;
    let people = people(&app);
    let (own, foreign) = (of_chamber(&app).await, draft(&app).await);
    let (liaison, browser) = (app.token(Role::ChamberLiaison), app.signed_in(Role::ChamberLiaison));
    liaison.get(&path(&own, "")).await.assert_status(404);
    assert_eq!(
        liaison.get(LIST).await.assert_status(200).json()["items"],
        json!([]),
        "a draft is nothing to him"
    );
    for application in [&own, &foreign] {
        step(&people.creator, application, "submitted").await.assert_status(200);
    }
    let full = read(&people.creator, &own).await;
    assert_eq!(full["attribution"][0]["chamber_id"], json!(app.person(Role::ChamberLiaison).chamber_id));
    let shown = read(&liaison, &own).await;
    let told: Vec<&String> = shown
        .as_object()
        .unwrap()
        .iter()
        .filter(|(_, value)| !value.is_null())
        .map(|(name, _)| name)
        .collect();
    assert_eq!(
        told,
        [
            "id",
            "code",
            "version",
            "project",
            "rule",
            "status",
            "amount_fen",
            "payees",
            "submitted_at",
            "created_at"
        ]
    );
    let list = liaison.get(&format!("{LIST}?count=true")).await.assert_status(200).json();
    assert_eq!((&list["items"], &list["total"]), (&json!([shown]), &json!(1)));
    liaison.get(&path(&foreign, "")).await.assert_status(404);
    for filter in ["county=450721", "payable=true", "treasury=city", "payer=zone"] {
        liaison.get(&format!("{LIST}?{filter}")).await.assert_status(400);
    }
    let page = format!("/award-applications/{}", own["id"].as_str().unwrap());
    let text = browser.get(&page).await.assert_status(200).text();
    assert!(text.contains("100,000 元") && text.contains(own["code"].as_str().unwrap()), "{text}");
    for kept in ["id=\"computation\"", "id=\"timeline\"", "id=\"checklist\"", "id=\"papers\"", "灵山县"] {
        assert!(!text.contains(kept), "{kept}: {text}");
    }
    browser.get("/award-applications").await.assert_status(200);
    for rest in ["/checklist", "/papers/application_form.pdf", "/archive"] {
        liaison.get(&path(&own, rest)).await.assert_status(403);
        liaison.get(&path(&foreign, rest)).await.assert_status(404);
    }
    step(&liaison, &own, "county_reviewed").await.assert_status(403);
    let stranger = app.user(Role::ChamberLiaison).token();
    stranger.get(&path(&own, "")).await.assert_status(404);
}

#[actix_web::test]
async fn a_liaison_reads_what_pays_his_chamber_itself() {
    let app = TestApp::new().await;
    let people = people(&app);
    let application = draft(&app).await;
    let payee = application["payees"][0]["referrer_id"].as_str().unwrap();
    let chamber = app.person(Role::ChamberLiaison).chamber_id;
    app.write(|conn| {
        diesel::update(referrers::table.find(payee)).set(referrers::chamber_id.eq(chamber)).execute(conn)
    });
    step(&people.creator, &application, "submitted").await.assert_status(200);
    let shown = read(&app.token(Role::ChamberLiaison), &application).await;
    assert_eq!(shown["payees"][0]["payout_fen"], 10_000_000);
    // The project is somebody else's: it has a name and no way to it.
    let page = format!("/award-applications/{}", application["id"].as_str().unwrap());
    let text = app.signed_in(Role::ChamberLiaison).get(&page).await.assert_status(200).text();
    assert!(!text.contains("href=\"/projects/"), "{text}");
}

#[actix_web::test]
async fn the_leading_group_reads_applications_without_their_papers() {
    let app = TestApp::new().await;
    let people = people(&app);
    let application = draft(&app).await;
    step(&people.creator, &application, "submitted").await.assert_status(200);
    let office = app.token(Role::LeadingGroup);
    let shown = read(&office, &application).await;
    assert_eq!((&shown["amount_fen"], &shown["next"]), (&json!(10_000_000), &json!([])));
    assert!(shown["award"]["steps"].as_array().unwrap().len() > 5, "{shown:#}");
    let page = format!("/award-applications/{}", application["id"].as_str().unwrap());
    let text = app.signed_in(Role::LeadingGroup).get(&page).await.assert_status(200).text();
    assert!(text.contains("id=\"computation\"") && !text.contains("id=\"papers\""), "{text}");
    for rest in ["/checklist", "/papers/payment_list.pdf", "/archive"] {
        office.get(&path(&application, rest)).await.assert_status(403);
    }
    app.signed_in(Role::LeadingGroup).get("/award-applications/overview").await.assert_status(200);
    step(&office, &application, "county_reviewed").await.assert_status(403);
}

#[actix_web::test]
async fn the_list_is_filtered_and_paged() {
    let app = TestApp::new().await;
    let people = people(&app);
    let [first, second] = [draft(&app).await, draft(&app).await];
    step(&people.creator, &second, "submitted").await.assert_status(200);
    let project = first["project"]["id"].as_str().unwrap();
    let year = yinfeng::clock::today().format("%Y").to_string();
    for (query, wanted) in [
        (String::new(), vec![&second["id"], &first["id"]]),
        ("status=draft".into(), vec![&first["id"]]),
        ("status=draft,submitted&sort=created_at".into(), vec![&first["id"], &second["id"]]),
        ("rule=enclave".into(), vec![]),
        ("county=450722".into(), vec![]),
        (format!("county=450721&year={year}"), vec![&second["id"], &first["id"]]),
        ("year=2001".into(), vec![]),
        (format!("project={project}"), vec![&first["id"]]),
    ] {
        let list = people.head.get(&format!("{LIST}?{query}")).await.assert_status(200).json();
        assert_eq!(ids(&list), wanted, "{query}");
    }
    let page = people.head.get(&format!("{LIST}?limit=1&count=true")).await.assert_status(200).json();
    assert_eq!((ids(&page), &page["total"]), (vec![&second["id"]], &json!(2)));
    let next = page["next_cursor"].as_str().unwrap();
    let rest = people.head.get(&format!("{LIST}?limit=1&cursor={next}")).await.assert_status(200).json();
    assert_eq!((ids(&rest), &rest["next_cursor"]), (vec![&first["id"]], &Value::Null));
    people.head.get(&format!("{LIST}?status=open")).await.assert_status(400);
}
