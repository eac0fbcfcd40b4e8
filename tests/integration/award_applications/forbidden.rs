//! Who may not take which step: of each status every other role, and who has another duty.

use super::{draft, end_notice, file, landed, path, people, read, referrer, step, walk};
use crate::support::TestApp;
use diesel::prelude::*;
use serde_json::{Value, json};
use yinfeng::accounts::Role;
use yinfeng::schema::{referrers, users};

/// Where an application stands, a step from there, and the one role that takes it.
const STEPS: &[(&str, &str, Role)] = &[
    ("draft", "submitted", Role::CountyOfficer),
    ("draft", "withdrawn", Role::CountyOfficer),
    ("submitted", "county_reviewed", Role::CountyOfficer),
    ("submitted", "returned", Role::CountyOfficer),
    ("county_reviewed", "bureau_reviewed", Role::BureauOfficer),
    ("county_reviewed", "refused", Role::BureauOfficer),
    ("bureau_reviewed", "finance_reviewed", Role::FinanceReviewer),
    ("bureau_reviewed", "returned", Role::FinanceReviewer),
    ("finance_reviewed", "in_notice", Role::BureauOfficer),
    ("in_notice", "approved", Role::BureauHead),
    ("approved", "paid", Role::FinanceReviewer),
    ("paid", "archived", Role::BureauOfficer),
    ("paid", "recovered", Role::BureauHead),
];

#[actix_web::test]
async fn no_other_role_takes_a_step() {
    let app = TestApp::new().await;
    let people = people(&app);
    for (from, to, by) in STEPS {
        let application = draft(&app).await;
        if *from != "draft" {
            walk(&app, &people, &application, from).await;
        }
        if *from == "in_notice" {
            end_notice(&app, &application);
        }
        for role in Role::ALL.iter().filter(|role| *role != by) {
            let status = step(&app.token(*role), &application, to).await.status();
            // A leader who leads the project sees it; finance sees no draft, a liaison what his chamber brought.
            let wanted = match role {
                Role::FinanceReviewer if *from == "draft" => 404,
                Role::ChamberLiaison => 404,
                _ => 403,
            };
            assert_eq!(status, wanted, "{from} to {to} by {role}");
        }
        let other = app.user(Role::CountyOfficer).region("450722").token();
        step(&other, &application, to).await.assert_status(404);
    }
}

#[actix_web::test]
async fn nothing_is_skipped() {
    let app = TestApp::new().await;
    let people = people(&app);
    let application = draft(&app).await;
    step(&people.creator, &application, "submitted").await.assert_status(200);
    for (who, to) in [
        (&people.bureau, "bureau_reviewed"),
        (&people.bureau, "in_notice"),
        (&people.finance, "paid"),
        (&people.head, "approved"),
        (&people.bureau, "archived"),
    ] {
        let refused = step(who, &application, to).await.assert_status(409).json();
        assert_eq!(refused["code"], "award-step-impossible", "{to}");
    }
}

#[actix_web::test]
async fn nobody_takes_two_duties() {
    let app = TestApp::new().await;
    let people = people(&app);
    let application = draft(&app).await;
    let other = app.user(Role::CountyOfficer).token();
    step(&other, &application, "withdrawn").await.assert_status(403);
    step(&people.creator, &application, "submitted").await.assert_status(200);
    let own = step(&people.creator, &application, "county_reviewed").await.assert_status(403).json();
    assert_eq!(own["code"], "award-two-duties");
    step(&people.county, &application, "returned").await.assert_status(200);
    let reviewer = step(&people.county, &application, "submitted").await.assert_status(403).json();
    assert_eq!(reviewer["code"], "award-two-duties", "who reviewed it does not submit it");
}

#[actix_web::test]
async fn who_confirmed_the_leading_role_neither_drafts_nor_reviews() {
    let app = TestApp::new().await;
    let people = people(&app);
    let project = landed(&app, json!({})).await;
    let referrer = referrer(&app, "示例引荐人甲");
    file(&app, &project, &referrer, "2023-03-01", &app.person(Role::BureauOfficer));
    let application = people
        .creator
        .post_json(super::LIST, super::body(&project, &referrer))
        .await
        .assert_status(201)
        .json();
    walk(&app, &people, &application, "county_reviewed").await;
    let confirmer = step(&people.bureau, &application, "bureau_reviewed").await.assert_status(403).json();
    assert_eq!(confirmer["code"], "award-two-duties");
    step(&app.user(Role::BureauOfficer).token(), &application, "bureau_reviewed").await.assert_status(200);
    step(&people.creator, &application, "withdrawn").await.assert_status(409);

    let second = landed(&app, json!({})).await;
    file(&app, &second, &referrer, "2023-03-01", &app.person(Role::CountyOfficer));
    let refused = people.creator.post_json(super::LIST, super::body(&second, &referrer)).await;
    assert_eq!(refused.assert_status(403).json()["code"], "award-two-duties");
}

#[actix_web::test]
async fn what_others_may_not_do_is_refused() {
    let app = TestApp::new().await;
    let people = people(&app);
    let application = draft(&app).await;
    walk(&app, &people, &application, "bureau_reviewed").await;
    let review = json!({ "document": "示例", "result": "示例" });
    people
        .bureau
        .post_json(&path(&application, "/compliance-review"), review.clone())
        .await
        .assert_status(403);
    let unneeded = people.head.post_json(&path(&application, "/compliance-review"), review).await;
    assert_eq!(unneeded.assert_status(409).json()["code"], "award-not-under-review");
    let ruling = json!({ "kind": "overlap", "decision": "accepted", "reason": "示例" });
    people.finance.post_json(&path(&application, "/rulings"), ruling.clone()).await.assert_status(403);
    people.head.post_json(&path(&application, "/rulings"), ruling).await.assert_status(409);
    let etag = people.finance.get(&path(&application, "")).await.etag();
    for (parts, field, code) in [
        (json!([{ "level": "county", "share_bp": 9_999 }]), "parts", "shares-not-whole"),
        (json!([{ "level": "county", "share_bp": 0 }]), "parts[0].share_bp", "award-share-out-of-range"),
        (
            json!([{ "level": "city", "share_bp": 5_000 }, { "level": "city", "share_bp": 5_000 }]),
            "parts[1].level",
            "award-level-twice",
        ),
    ] {
        let put = people.finance.put_json(&path(&application, "/funding"), &etag, json!({ "parts": parts }));
        assert_eq!(put.await.assert_status(422).faults(), [(field.to_owned(), code.to_owned())]);
    }
    let parts = json!({ "parts": [{ "level": "county", "share_bp": 10_000 }] });
    people.bureau.put_json(&path(&application, "/funding"), &etag, parts.clone()).await.assert_status(403);
    people.finance.put_json(&path(&application, "/funding"), "\"1\"", parts).await.assert_status(412);
}

#[actix_web::test]
async fn another_officer_of_the_county_withdraws_what_its_creator_left_behind() {
    let app = TestApp::new().await;
    let people = people(&app);
    let application = draft(&app).await;
    let withdraw = |reason: Value| json!({ "to": "withdrawn", "reason": reason });
    let at = path(&application, "/transitions");
    let refused = people.county.post_json(&at, withdraw(json!("示例理由"))).await.assert_status(403).json();
    assert_eq!(refused["code"], "award-not-creator");
    let creator = app.person(Role::CountyOfficer);
    let set = |now_active: bool, home: &str| {
        app.write(|conn| {
            diesel::update(users::table.find(&creator.id))
                .set((users::active.eq(now_active), users::region.eq(Some(home))))
                .execute(conn)
        });
    };
    // Moved to another county, and then back: only while he is away.
    set(true, "450722");
    let page =
        format!("/award-applications/{}/transitions?to=withdrawn", application["id"].as_str().unwrap());
    let form = app.user(Role::CountyOfficer).signed_in().get(&page).await.assert_status(200).text();
    assert!(form.contains("name=\"reason\""), "{form}");
    let refused = people.county.post_json(&at, withdraw(json!(null))).await.assert_status(422);
    assert_eq!(refused.faults(), [("reason".to_owned(), "reason-required".to_owned())]);
    set(true, "450721");
    people.county.post_json(&at, withdraw(json!("示例理由"))).await.assert_status(403);
    set(false, "450721");
    let other = app.user(Role::CountyOfficer).region("450722").token();
    other.post_json(&at, withdraw(json!("示例理由"))).await.assert_status(404);
    people.bureau.post_json(&at, withdraw(json!("示例理由"))).await.assert_status(403);
    let done = people.county.post_json(&at, withdraw(json!("填报人已调离"))).await.assert_status(200).json();
    assert_eq!(done["status"], "withdrawn");
    let last = done["history"].as_array().unwrap().last().unwrap();
    assert_eq!(last["reason"], "填报人已调离");
    // The project's rule is free again.
    let again = json!({ "project_id": application["project"]["id"], "rule": "referral",
        "payees": [{ "referrer_id": application["payees"][0]["referrer_id"], "share_bp": 10_000 }] });
    people.county.post_json(super::LIST, again).await.assert_status(201);
}

#[actix_web::test]
async fn who_came_to_work_on_awards_since_holds_the_step_up_and_the_page_says_so() {
    let app = TestApp::new().await;
    let people = people(&app);
    let link = |application: &Value, user: Option<&str>| {
        let referrer = application["payees"][0]["referrer_id"].as_str().unwrap().to_owned();
        app.write(|conn| {
            diesel::update(referrers::table.find(referrer)).set(referrers::user_id.eq(user)).execute(conn)
        });
    };
    let official = app.user(Role::BureauOfficer).insert();
    let application = draft(&app).await;
    let page = path(&application, "").replace("/api/v1", "");
    for (client, role, to, left) in [
        (&people.creator, Role::CountyOfficer, "submitted", json!(["withdrawn"])),
        (&people.county, Role::CountyOfficer, "county_reviewed", json!(["returned", "refused"])),
        (&people.bureau, Role::BureauOfficer, "bureau_reviewed", json!(["returned", "refused"])),
    ] {
        link(&application, Some(official.id.as_str()));
        let shown = read(client, &application).await;
        assert_eq!(shown["next"], left, "{to} is not offered: {shown:#}");
        let told = shown["warnings"].as_array().unwrap().iter().find(|one| one["code"] == "payee");
        assert_eq!(told.map(|one| &one["blocks"]), Some(&json!(true)), "{shown:#}");
        let html = app.signed_in(role).get(&page).await.assert_status(200).text();
        assert!(html.contains("id=\"blocks\"") && html.contains("联络员本人不能领取"), "{html}");
        assert!(!html.contains(&format!("value=\"{to}\"")), "{html}");
        let refused = step(client, &application, to).await.assert_status(422);
        assert_eq!(refused.faults(), [("payees[0].referrer_id".into(), "award-payee-never".into())]);
        link(&application, None);
        step(client, &application, to).await.assert_status(200);
    }
}
