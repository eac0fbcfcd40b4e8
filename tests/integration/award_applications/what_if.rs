//! Another reading of a clause beside how the awards stand.

use super::{LIST, body, file, landed, people, reach, referred, referrer, step};
use crate::projects::{new_project, path as project_path};
use crate::support::TestApp;
use serde_json::{Value, json};
use yinfeng::accounts::Role;
use yinfeng::clock;

const WHAT_IF: &str = "/api/v1/award-applications/what-if";

fn enterprise(project: &Value, referrer: &yinfeng::db::Id) -> Value {
    let mut entry = body(project, referrer);
    entry["rule"] = json!("enterprise_referral");
    entry["facts"] = json!({ "investor_from_outside_city": true, "introducer_other_industry": false,
        "chain_project": true });
    entry
}

#[actix_web::test]
async fn another_reading_stands_beside_and_changes_nothing() {
    let app = TestApp::new().await;
    let people = people(&app);
    let mut made = Vec::new();
    for _ in 0..2 {
        let (project, referrer) = referred(&app).await;
        reach(&app, &project, "production", "production_proof", "2024-03-01").await;
        let made_one = people.creator.post_json(LIST, enterprise(&project, &referrer)).await;
        made.push(made_one.assert_status(201).json());
    }
    // One whose production is not verified, so that it earns nothing in any reading.
    let idle = landed(&app, json!({})).await;
    let entry = enterprise(&idle, &referrer(&app, "示例引荐企业(虚构)"));
    people.creator.post_json(LIST, entry).await.assert_status(201);
    let frozen = step(&people.creator, &made[0], "submitted").await.assert_status(200).json();

    let shown = people.head.get(&format!("{WHAT_IF}?reading=all_years")).await.assert_status(200).json();
    assert_eq!(shown["items"].as_array().unwrap().len(), 3);
    assert_eq!((&shown["complete"], &shown["rule"]), (&json!(true), &json!("enterprise_referral")));
    let of = |id: &Value| shown["items"].as_array().unwrap().iter().find(|row| row["id"] == *id).unwrap();
    // The same facts by the engine in this reading: what the row must say.
    let mut facts = frozen["facts"].clone();
    facts["base_reading"] = json!("all_years");
    let question = json!({ "rule": "enterprise_referral", "policy": frozen["policy"], "facts": facts });
    let computed = people.head.post_json("/api/v1/awards/compute", question).await.assert_status(200).json();
    let (stands, other) = (frozen["amount_fen"].as_i64().unwrap(), computed["amount_fen"].as_i64().unwrap());
    for (application, is_frozen) in [(&made[0], true), (&made[1], false)] {
        let row = of(&application["id"]);
        assert_eq!(row["frozen"], json!(is_frozen));
        assert_eq!(row["amount_fen"], json!(stands), "{row:#}");
        assert_eq!((&row["other_fen"], &row["other_status"]), (&json!(other), &json!("eligible")));
        assert_eq!(row["difference_fen"], json!(other - stands));
    }
    assert_eq!(shown["amount_fen"], json!(2 * stands));
    assert_eq!(shown["difference_fen"], json!(2 * (other - stands)));
    let same = people.head.get(&format!("{WHAT_IF}?reading=contract_year_one")).await.json();
    assert_eq!(same["difference_fen"], 0);

    let now = super::read(&people.head, &made[0]).await;
    assert_eq!((&now["amount_fen"], &now["version"]), (&frozen["amount_fen"], &frozen["version"]));
    for bad in ["rule=best", "reading=best", "year=x", "policy=a"] {
        people.head.get(&format!("{WHAT_IF}?{bad}")).await.assert_status(400);
    }
    for (rule, code) in [("enclave", "award-read-one-way"), ("referral", "wrong-form")] {
        let of_another = format!("{WHAT_IF}?rule={rule}&reading=all_years");
        let refused = people.head.get(&of_another).await.assert_status(400);
        assert_eq!(refused.faults(), [("reading".into(), code.into())]);
    }
    let plain = people.head.get(&format!("{WHAT_IF}?rule=enclave")).await.assert_status(200).json();
    assert_eq!((&plain["items"], &plain["readings"]), (&json!([]), &json!([])), "it is read in one way");
    let none = people.head.get(&format!("{WHAT_IF}?year=2001")).await.assert_status(200).json();
    assert_eq!((&none["items"], &none["other_fen"]), (&json!([]), &json!(0)));
    let year = clock::today().format("%Y").to_string();
    for role in [Role::BureauHead, Role::CountyOfficer, Role::FinanceReviewer, Role::Auditor] {
        let client = app.signed_in(role);
        let page = client.get("/award-applications/what-if").await.assert_status(200).text();
        assert!(page.contains(made[0]["code"].as_str().unwrap()), "{role}");
        client
            .get(&format!("/award-applications/what-if?reading=production_year&year={year}"))
            .await
            .assert_status(200);
    }
    // The leading group's office reads what they come to, a liaison does not.
    app.token(Role::LeadingGroup).get(WHAT_IF).await.assert_status(200);
    app.token(Role::ChamberLiaison).get(WHAT_IF).await.assert_status(403);
    let finance = people.finance.get(WHAT_IF).await.json();
    assert_eq!(finance["items"].as_array().unwrap().len(), 1, "what was submitted");
    app.token(Role::CountyLeader).get(WHAT_IF).await.assert_status(403);
}

/// 前两年 (domain/rules.md, R1) counted from the start of construction, for a project that started in its second year.
#[actix_web::test]
async fn a_referral_is_read_from_the_start_of_construction() {
    let app = TestApp::new().await;
    let people = people(&app);
    let project = new_project(&app, json!({})).await;
    let contract = json!({ "signed_on": "2023-06-01", "total_investment_fen": 200_000_000_00_i64,
        "fixed_investment_fen": 150_000_000_00_i64, "land_premium_fen": 0,
        "years": [{ "year": 1, "fixed_investment_fen": 100_000_000_00_i64, "land_premium_fen": 0 },
            { "year": 2, "fixed_investment_fen": 50_000_000_00_i64, "land_premium_fen": 0 }] });
    let (bureau, contract_path) = (app.token(Role::BureauOfficer), project_path(&project, "/contract"));
    let etag = bureau.get(&project_path(&project, "")).await.etag();
    bureau.put_json(&contract_path, &etag, contract).await.assert_status(200);
    reach(&app, &project, "company_registered", "business_licence", "2023-09-01").await;
    reach(&app, &project, "construction_start", "construction_permit", "2024-07-01").await;
    let referrer = referrer(&app, "示例引荐人(虚构)");
    file(&app, &project, &referrer, "2023-03-01", &app.user(Role::BureauOfficer).insert());
    let draft = people.creator.post_json(LIST, body(&project, &referrer)).await.assert_status(201).json();

    let facts = &super::read(&people.creator, &draft).await["facts"];
    assert_eq!(facts["construction_contract_year"], 2);
    let second_year_fen = facts["annual_fixed_investment_fen"][1].as_i64().unwrap();
    let shown = people.head.get(&format!("{WHAT_IF}?rule=referral")).await.assert_status(200).json();
    assert_eq!(shown["reading"], "construction_years");
    assert_eq!(
        shown["items"][0]["other_fen"],
        json!(second_year_fen / 1_000),
        "1‰ of what is agreed from then on"
    );
    assert!(shown["items"][0]["amount_fen"].as_i64() > shown["items"][0]["other_fen"].as_i64());
    // Whoever changes the rule on the page still has the other one's reading chosen.
    let page = "/award-applications/what-if?rule=referral&reading=all_years";
    let page = app.signed_in(Role::BureauHead).get(page).await.assert_status(200).text();
    assert!(page.contains("自开工年起"), "{page}");
}
