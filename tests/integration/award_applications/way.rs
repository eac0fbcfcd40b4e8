//! The whole way of a referral, and the turns that it can take.

use super::{draft, end_notice, fund, path, people, read, step, walk};
use crate::support::TestApp;
use diesel::prelude::*;
use serde_json::{Value, json};
use std::future::IntoFuture;
use yinfeng::accounts::Role;
use yinfeng::clock;
use yinfeng::schema::referrers;

#[actix_web::test]
async fn a_referral_goes_from_draft_to_archive() {
    let app = TestApp::new().await;
    let people = people(&app);
    let application = draft(&app).await;
    assert!(application["code"].as_str().unwrap().starts_with("JL-20"), "{application:#}");
    assert_eq!(application["status"], "draft");
    assert_eq!(application["missing"], json!([]));
    // 1‰ of the contract's first year, 1亿元.
    assert_eq!(application["award"]["amount_fen"], 10_000_000);
    assert_eq!(application["amount_fen"], 0, "nothing is frozen yet");

    let submitted = step(&people.creator, &application, "submitted").await.assert_status(200).json();
    assert_eq!(
        (submitted["amount_fen"].clone(), submitted["frozen"].clone()),
        (json!(10_000_000), json!(true))
    );
    assert_eq!(submitted["payees"][0]["payout_fen"], 10_000_000);
    assert_eq!(submitted["policy"], "qinzhou-2023-2025");
    for (who, to) in [
        (&people.county, "county_reviewed"),
        (&people.bureau, "bureau_reviewed"),
        (&people.finance, "finance_reviewed"),
    ] {
        step(who, &application, to).await.assert_status(200);
    }
    let shown = step(&people.bureau, &application, "in_notice").await.assert_status(200).json();
    assert_eq!(shown["notice_from"], json!(clock::today()));
    let until = app.app.reference.calendar().add(clock::today(), 5);
    assert_eq!(shown["notice_until"], json!(until));
    let early = step(&people.head, &application, "approved").await.assert_status(409).json();
    assert_eq!(early["code"], "award-notice-runs");
    end_notice(&app, &application);
    step(&people.head, &application, "approved").await.assert_status(200);

    let unfunded = step(&people.finance, &application, "paid").await.assert_status(409).json();
    assert_eq!(unfunded["code"], "award-funding-missing");
    fund(&people, &application).await;
    let bare = people.finance.post_json(&path(&application, "/transitions"), json!({ "to": "paid" })).await;
    assert_eq!(bare.assert_status(422).faults(), [("voucher".into(), "required".into())]);
    let paid = step(&people.finance, &application, "paid").await.assert_status(200).json();
    let parts: Vec<i64> =
        paid["funding"].as_array().unwrap().iter().map(|part| part["amount_fen"].as_i64().unwrap()).collect();
    assert_eq!(parts.iter().sum::<i64>(), 10_000_000);
    assert!(parts.iter().all(|fen| fen % 100 == 0), "{parts:?}");
    let archived = step(&people.bureau, &application, "archived").await.assert_status(200).json();
    assert_eq!(archived["history"].as_array().unwrap().len(), 9);
    assert_eq!(archived["next"], json!([]));
}

#[actix_web::test]
async fn a_returned_one_is_put_right_and_submitted_again() {
    let app = TestApp::new().await;
    let people = people(&app);
    let application = draft(&app).await;
    step(&people.creator, &application, "submitted").await.assert_status(200);
    let silent = people
        .county
        .post_json(&path(&application, "/transitions"), json!({ "to": "returned" }))
        .await
        .assert_status(422);
    assert_eq!(silent.faults(), [("reason".into(), "reason-required".into())]);
    step(&people.county, &application, "returned").await.assert_status(200);
    step(&people.creator, &application, "submitted").await.assert_status(200);
    step(&people.county, &application, "county_reviewed").await.assert_status(200);
    step(&people.bureau, &application, "refused").await.assert_status(200);
    // What was refused makes room.
    let again = json!({ "project_id": application["project"]["id"], "rule": "referral",
        "payees": [{ "referrer_id": application["payees"][0]["referrer_id"], "share_bp": 10_000 }] });
    people.creator.post_json(super::LIST, again).await.assert_status(201);
}

#[actix_web::test]
async fn anybody_objects_while_the_notice_runs_and_the_head_decides() {
    let app = TestApp::new().await;
    let people = people(&app);
    let application = draft(&app).await;
    let liaison = app.token(Role::ChamberLiaison);
    step(&liaison, &application, "objected").await.assert_status(404);
    walk(&app, &people, &application, "in_notice").await;
    for role in [Role::ChamberLiaison, Role::Federation, Role::Auditor] {
        let status = if role == Role::Auditor { 200 } else { 204 };
        step(&app.token(role), &application, "objected").await.assert_status(status);
        step(&people.bureau, &application, "in_notice").await.assert_status(403);
        step(&people.head, &application, "in_notice").await.assert_status(200);
    }
    step(&liaison, &application, "objected").await.assert_status(204);
    end_notice(&app, &application);
    step(&people.head, &application, "approved").await.assert_status(409);
    step(&people.head, &application, "refused").await.assert_status(200);
    step(&liaison, &application, "objected").await.assert_status(404);
}

#[actix_web::test]
async fn who_comes_second_is_told_that_the_step_is_done() {
    let app = TestApp::new().await;
    let people = people(&app);
    let other = app.user(Role::CountyOfficer).insert();
    let application = draft(&app).await;
    let seen = step(&people.creator, &application, "submitted").await.assert_status(200).json();
    // Both have read the submitted one; neither names the version that he read.
    step(&people.county, &application, "county_reviewed").await.assert_status(200);
    let second = step(&app.program_of(&other), &application, "county_reviewed").await.assert_status(409);
    assert_eq!(second.json()["code"], "award-step-done");
    assert!(second.text().contains("已由他人办理"));
    // Another outcome is the bureau's to decide now.
    let turned = step(&app.program_of(&other), &application, "returned").await.assert_status(403).json();
    assert_eq!(turned["code"], "award-step-of-others");
    // The page's form names the version that it was made of.
    let at = path(&application, "/transitions").replace("/api/v1", "");
    let version = seen["version"].to_string();
    let form = [("to", "county_reviewed"), ("version", version.as_str())];
    let told = app.browser_of(&other).post_form(&at, &form).await.assert_status(412).text();
    assert!(told.contains("刚才有人改过"), "{told}");
}

#[actix_web::test]
async fn of_two_who_review_at_once_one_wins_and_the_other_is_told() {
    let app = TestApp::with_settings(&[("YINFENG_DATABASE_CONNECTIONS", "4")]).await;
    let people = people(&app);
    let other = app.user(Role::CountyOfficer).token();
    for _ in 0..5 {
        let application = draft(&app).await;
        let etag = step(&people.creator, &application, "submitted").await.assert_status(200).etag();
        let at = path(&application, "/transitions");
        let pass = people.county.post_json(&at, json!({ "to": "county_reviewed" })).if_match(&etag);
        let refusal = json!({ "to": "refused", "reason": "材料不实" });
        let refuse = other.post_json(&at, refusal).if_match(&etag);
        let (passed, refused) = futures_util::future::join(pass.into_future(), refuse.into_future()).await;
        let (won, lost, status) = match passed.status() {
            200 => (passed, refused, "county_reviewed"),
            _ => (refused, passed, "refused"),
        };
        won.assert_status(200);
        assert!(matches!(lost.status(), 409 | 412), "{}", lost.status());
        let now = read(&people.head, &application).await;
        assert_eq!(now["status"], status, "what the winner did stands");
        let taken = now["history"].as_array().unwrap().len();
        assert_eq!(taken, 3, "draft, submission and one review: {now:#}");
    }
}

#[actix_web::test]
async fn what_was_paid_can_be_recovered_by_the_head_and_makes_room() {
    let app = TestApp::new().await;
    let people = people(&app);
    let application = draft(&app).await;
    walk(&app, &people, &application, "paid").await;
    let second = json!({ "project_id": application["project"]["id"], "rule": "referral",
        "payees": [{ "referrer_id": application["payees"][0]["referrer_id"], "share_bp": 10_000 }] });
    let open = people.creator.post_json(super::LIST, second.clone()).await.assert_status(409).json();
    assert_eq!(open["code"], "award-open");
    step(&people.finance, &application, "recovered").await.assert_status(403);
    let recovered = step(&people.head, &application, "recovered").await.assert_status(200).json();
    assert_eq!(recovered["voucher"], "PZ-示例-1");
    people.creator.post_json(super::LIST, second).await.assert_status(201);
    let told: Value = app.token(Role::Auditor).get("/api/v1/audit?subject=award_application").await.json();
    assert!(told["items"].as_array().unwrap().iter().any(|one| one["action"] == "award.transition"));
}

#[actix_web::test]
async fn a_payee_who_turns_out_a_public_employee_holds_up_every_step_towards_the_money() {
    let app = TestApp::new().await;
    let people = people(&app);
    let application = draft(&app).await;
    let payee = application["payees"][0]["referrer_id"].as_str().unwrap().to_owned();
    let declare = |said: Option<bool>| {
        app.write(|conn| {
            let row = diesel::update(referrers::table.find(&payee));
            row.set(referrers::public_employee.eq(said)).execute(conn)
        });
    };
    step(&people.creator, &application, "submitted").await.assert_status(200);
    for (who, to) in [
        (&people.county, "county_reviewed"),
        (&people.bureau, "bureau_reviewed"),
        (&people.finance, "finance_reviewed"),
        (&people.bureau, "in_notice"),
        (&people.head, "approved"),
        (&people.finance, "paid"),
    ] {
        if to == "approved" {
            end_notice(&app, &application);
        }
        if to == "paid" {
            fund(&people, &application).await;
        }
        for (said, code) in [(Some(true), "award-payee-public-employee"), (None, "award-payee-undeclared")] {
            declare(said);
            let refused = step(who, &application, to).await.assert_status(422);
            assert_eq!(refused.faults(), [("payees[0].referrer_id".to_owned(), code.to_owned())], "{to}");
        }
        declare(Some(false));
        step(who, &application, to).await.assert_status(200);
    }
}

#[actix_web::test]
async fn after_the_last_day_of_the_notice_nobody_objects() {
    let app = TestApp::new().await;
    let people = people(&app);
    let application = draft(&app).await;
    walk(&app, &people, &application, "in_notice").await;
    end_notice(&app, &application);
    let late = step(&app.token(Role::ChamberLiaison), &application, "objected").await.assert_status(409);
    assert_eq!(late.json()["code"], "award-notice-over");
    step(&people.head, &application, "approved").await.assert_status(200);
}
