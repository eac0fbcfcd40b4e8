//! 引荐 and 以企招商 of one project: both computed, flagged, decided by the head; and a rule under review, which is
//! computed and not paid.

use super::{LIST, body, draft, end_notice, fund, path, people, reach, read, step, walk};
use crate::support::TestApp;
use diesel::prelude::*;
use serde_json::{Value, json};
use yinfeng::accounts::Role;
use yinfeng::db::Id;
use yinfeng::schema::referrers;

/// The enterprise referral of the same project, with all facts that are entered.
fn enterprise(application: &Value, referrer: &str) -> Value {
    json!({
        "project_id": application["project"]["id"], "rule": "enterprise_referral",
        "payees": [{ "referrer_id": referrer, "share_bp": 10_000 }],
        "facts": { "investor_from_outside_city": true, "introducer_other_industry": false, "chain_project": true },
    })
}

/// A draft for the referral of a project that produces, so that both awards may be had.
async fn produced(app: &TestApp) -> Value {
    let first = draft(app).await;
    let project = json!({ "id": first["project"]["id"] });
    reach(app, &project, "production", "production_proof", "2024-03-01").await;
    first
}

#[actix_web::test]
async fn one_enterprise_is_one_however_its_name_is_written() {
    let app = TestApp::new().await;
    let people = people(&app);
    let first = produced(&app).await;
    let referrer = first["payees"][0]["referrer_id"].as_str().unwrap();
    app.write(|conn| {
        diesel::update(referrers::table.find(referrer))
            .set(referrers::name.eq("示例玩具(灵山)有限公司"))
            .execute(conn)
    });
    step(&people.creator, &first, "submitted").await.assert_status(200);
    let mut entry = enterprise(&first, referrer);
    entry["payees"] = json!([{ "organisation": "示例玩具（灵山） 有限公司", "share_bp": 10_000 }]);
    let second = people.creator.post_json(LIST, entry).await.assert_status(201).json();
    assert_eq!(second["overlap"]["same_enterprise"], true, "{second:#}");
}

#[actix_web::test]
async fn both_are_computed_and_flagged_and_the_higher_is_recommended_once() {
    let app = TestApp::new().await;
    let people = people(&app);
    let first = produced(&app).await;
    let referrer = first["payees"][0]["referrer_id"].as_str().unwrap();
    let second = people.creator.post_json(LIST, enterprise(&first, referrer)).await.assert_status(201).json();
    assert_eq!(second["missing"], json!([]), "{second:#}");
    // 2‰ of the first year, 1亿元; the referral is 1‰ of it.
    assert_eq!(second["award"]["amount_fen"], 20_000_000);
    assert_eq!(second["overlap"], Value::Null, "a draft asks for nothing yet");
    step(&people.creator, &first, "submitted").await.assert_status(200);
    let second = read(&people.creator, &second).await;
    let overlap = &second["overlap"];
    assert_eq!((&overlap["other_id"], &overlap["other_amount_fen"]), (&first["id"], &json!(10_000_000)));
    assert_eq!(
        (&overlap["same_enterprise"], &overlap["recommended_fen"]),
        (&json!(true), &json!(20_000_000))
    );
    assert_eq!(read(&people.creator, &first).await["overlap"], Value::Null);
    step(&people.creator, &second, "submitted").await.assert_status(200);
    let of_first = read(&people.creator, &first).await;
    assert_eq!(of_first["overlap"]["other_id"], second["id"]);

    for (who, to) in [
        (&people.county, "county_reviewed"),
        (&people.bureau, "bureau_reviewed"),
        (&people.finance, "finance_reviewed"),
        (&people.bureau, "in_notice"),
    ] {
        step(who, &first, to).await.assert_status(200);
    }
    end_notice(&app, &first);
    step(&people.head, &first, "refused").await.assert_status(409);
    let undecided = step(&people.head, &first, "approved").await.assert_status(409).json();
    assert_eq!(undecided["code"], "award-overlap-undecided");
    let decision =
        |decision: &str| json!({ "kind": "overlap", "decision": decision, "reason": "就高不重复" });
    people.head.post_json(&path(&second, "/rulings"), decision("accepted")).await.assert_status(200);
    let twice = people.head.post_json(&path(&first, "/rulings"), decision("accepted")).await;
    assert_eq!(twice.assert_status(409).json()["code"], "award-overlap-decided");
    people.head.post_json(&path(&first, "/rulings"), decision("refused")).await.assert_status(200);
    let refused = step(&people.head, &first, "approved").await.assert_status(409).json();
    assert_eq!(refused["code"], "award-overlap-refused");
    // It ends without an objection that nobody has.
    assert_eq!(read(&people.head, &first).await["next"], json!(["refused"]));
    assert_eq!(step(&people.head, &first, "refused").await.assert_status(200).json()["status"], "refused");
}

#[actix_web::test]
async fn of_different_payees_joint_review_decides() {
    let app = TestApp::new().await;
    let people = people(&app);
    let first = draft(&app).await;
    let other = super::referrer(&app, &format!("示例企业 {}", Id::generate()));
    let second =
        people.creator.post_json(LIST, enterprise(&first, other.as_str())).await.assert_status(201).json();
    let project = json!({ "id": first["project"]["id"] });
    reach(&app, &project, "production", "production_proof", "2024-03-01").await;
    step(&people.creator, &second, "submitted").await.assert_status(200);
    let overlap = &read(&people.creator, &first).await["overlap"];
    assert_eq!((&overlap["same_enterprise"], &overlap["recommended_fen"]), (&json!(false), &Value::Null));
    // Flagged, and blocked by nothing.
    walk(&app, &people, &first, "approved").await;
    step(&people.creator, &second, "withdrawn").await.assert_status(200);
    assert_eq!(read(&people.creator, &first).await["overlap"], Value::Null, "withdrawn, it meets nothing");
    let third = body(&json!({ "id": first["project"]["id"] }), &other);
    people.creator.post_json(LIST, third).await.assert_status(409);
}

#[actix_web::test]
async fn a_rule_under_review_is_computed_and_not_paid_before_the_review_is_recorded() {
    let app = TestApp::new().await;
    let people = people(&app);
    let (project, referrer) = super::referred(&app).await;
    reach(&app, &project, "production", "production_proof", "2024-03-01").await;
    let named = json!({ "project": { "id": project["id"] } });
    let application =
        people.creator.post_json(LIST, enterprise(&named, referrer.as_str())).await.assert_status(201).json();
    assert_eq!(application["compliance"]["status"], "under_review");
    assert_eq!(application["compliance"]["payable"], false);
    walk(&app, &people, &application, "approved").await;
    fund(&people, &application).await;
    let unpaid = step(&people.finance, &application, "paid").await.assert_status(409).json();
    assert_eq!(unpaid["code"], "award-not-payable");
    let at = path(&application, "/compliance-review");
    let bare = people.head.post_json(&at, json!({ "document": " ", "result": "" })).await.assert_status(422);
    assert_eq!(bare.faults(), [("document".into(), "required".into()), ("result".into(), "required".into())]);
    let failed = json!({ "document": "审查表示例 1 号", "result": "有不当限制", "passes": false });
    people.head.post_json(&at, failed).await.assert_status(200);
    step(&people.finance, &application, "paid").await.assert_status(409);
    let passed = json!({ "document": "审查表示例 2 号", "result": "符合公平竞争要求" });
    let shown = people.head.post_json(&at, passed).await.assert_status(200).json();
    assert_eq!(shown["compliance"]["payable"], true);
    assert_eq!(shown["rulings"][1]["document"], "审查表示例 2 号");
    step(&people.finance, &application, "paid").await.assert_status(200);
    app.token(Role::Auditor).get(&path(&application, "")).await.assert_status(200);
}

#[actix_web::test]
async fn what_was_approved_before_the_other_was_submitted_is_not_paid_twice() {
    let app = TestApp::new().await;
    let people = people(&app);
    let first = produced(&app).await;
    let referrer = first["payees"][0]["referrer_id"].as_str().unwrap();
    let second = people.creator.post_json(LIST, enterprise(&first, referrer)).await.assert_status(201).json();
    walk(&app, &people, &first, "approved").await;
    step(&people.creator, &second, "submitted").await.assert_status(200);
    let accepted = json!({ "kind": "overlap", "decision": "accepted", "reason": "就高不重复" });
    let twice = people.head.post_json(&path(&second, "/rulings"), accepted).await.assert_status(409).json();
    assert_eq!(twice["code"], "award-overlap-decided");
}
