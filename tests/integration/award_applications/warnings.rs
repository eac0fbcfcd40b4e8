//! What whoever reviews is warned of, over the API and on the page; nothing waits for it.

use super::{LIST, body, file, landed, path, people, reach, read, referred, referrer, step};
use crate::projects::{path as project_path, read as read_project};
use crate::support::TestApp;
use diesel::prelude::*;
use serde_json::{Value, json};
use yinfeng::accounts::Role;
use yinfeng::clock;
use yinfeng::schema::referrers;

/// Codes of the warnings, but those of filings: tests file late, and without a letter.
fn codes(application: &Value) -> Vec<&str> {
    let all = application["warnings"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap());
    all.filter(|code| *code != "filing").collect()
}

fn page(application: &Value) -> String {
    path(application, "").replace("/api/v1", "")
}

#[actix_web::test]
async fn less_invested_than_agreed_is_told_and_cuts_nothing() {
    let app = TestApp::new().await;
    let people = people(&app);
    let (project, payee) = referred(&app).await;
    let application = people.creator.post_json(LIST, body(&project, &payee)).await.assert_status(201).json();
    assert_eq!(codes(&application), [""; 0], "nobody entered what was invested");
    step(&people.creator, &application, "submitted").await.assert_status(200);
    let bureau = app.token(Role::BureauOfficer);
    // 80% of the agreed 1亿 is no warning; a fen less is.
    for (actual, expected) in [(80_000_000_00_i64, vec![]), (79_999_999_99, vec!["actual_below_plan"])] {
        let etag = read_project(&bureau, &project).await.etag();
        let contract = json!({ "signed_on": "2023-06-01", "total_investment_fen": 200_000_000_00_i64,
            "fixed_investment_fen": 150_000_000_00_i64, "land_premium_fen": 0,
            "years": [
                { "year": 1, "fixed_investment_fen": 100_000_000_00_i64, "land_premium_fen": 0,
                    "actual_fixed_investment_fen": actual },
                // Of this year nothing is known, and the third does not count.
                { "year": 2, "fixed_investment_fen": 10_000_000_00_i64, "land_premium_fen": 0 },
                { "year": 3, "fixed_investment_fen": 10_000_000_00_i64, "land_premium_fen": 0,
                    "actual_fixed_investment_fen": 0 },
            ] });
        bureau.put_json(&project_path(&project, "/contract"), &etag, contract).await.assert_status(200);
        let shown = read(&bureau, &application).await;
        assert_eq!(codes(&shown), expected, "{actual}");
        assert_eq!(shown["amount_fen"], 10_000_000, "1‰ of what was agreed");
    }
    let shown = app.signed_in(Role::BureauOfficer).get(&page(&application)).await.assert_status(200).text();
    let told = "约定固定资产投资 100,000,000 元，实际完成 79,999,999.99 元，不到 80%";
    assert!(shown.contains("id=\"warnings\"") && shown.contains(told), "{shown}");
    // Who reviews goes on all the same.
    step(&people.county, &application, "county_reviewed").await.assert_status(200);
    step(&people.bureau, &application, "bureau_reviewed").await.assert_status(200);
}

#[actix_web::test]
async fn who_keeps_the_project_and_reviews_the_award_of_its_referrer_is_told() {
    use diesel::prelude::*;
    use yinfeng::schema::projects;
    let app = TestApp::new().await;
    let people = people(&app);
    let (project, payee) = referred(&app).await;
    let application = people.creator.post_json(LIST, body(&project, &payee)).await.assert_status(201).json();
    step(&people.creator, &application, "submitted").await.assert_status(200);
    step(&people.county, &application, "county_reviewed").await.assert_status(200);
    let keep = |by: yinfeng::db::Id| {
        let id = project["id"].as_str().unwrap().to_owned();
        let row = projects::table.filter(projects::id.eq(id));
        app.write(|conn| diesel::update(row).set(projects::officer_id.eq(by)).execute(conn))
    };
    keep(app.user(Role::BureauOfficer).insert().id);
    assert_eq!(codes(&read(&people.bureau, &application).await), [""; 0], "a colleague keeps it");
    keep(app.person(Role::BureauOfficer).id);
    assert_eq!(codes(&read(&people.bureau, &application).await), ["keeps_lead"]);
    step(&people.bureau, &application, "bureau_reviewed").await.assert_status(200);
    assert_eq!(codes(&read(&people.finance, &application).await), ["keeps_lead"], "those after him, too");
}

#[actix_web::test]
async fn an_investor_of_the_city_and_a_filing_with_something_about_it_are_told() {
    let app = TestApp::new().await;
    let people = people(&app);
    for (origin, expected) in [("450702", vec!["investor_from_city"]), ("440300", vec![])] {
        let project = landed(&app, json!({ "origin": origin })).await;
        let payee = referrer(&app, &format!("示例引荐人 {origin}"));
        file(&app, &project, &payee, "2023-03-01", &app.user(Role::BureauOfficer).insert());
        let application =
            people.creator.post_json(LIST, body(&project, &payee)).await.assert_status(201).json();
        // Its filing was entered long after its day, after the signing, and has no letter.
        assert_eq!(codes(&application), expected, "{origin}");
        let filed: Vec<&Value> = application["warnings"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|one| one["code"] == "filing")
            .collect();
        assert!(!filed.is_empty(), "{application:#}");
        for one in filed {
            people
                .creator
                .get(&format!("/api/v1{}", one["where"].as_str().unwrap()))
                .await
                .assert_status(200);
        }
        step(&people.creator, &application, "submitted").await.assert_status(200);
        // Finance reads no filings, and is told nothing of them.
        let shown = read(&people.finance, &application).await;
        assert_eq!(shown["warnings"].as_array().unwrap().len(), expected.len(), "{shown:#}");
    }
}

#[actix_web::test]
async fn a_year_that_is_not_over_is_told_where_its_end_decides() {
    let app = TestApp::new().await;
    let creator = people(&app).creator;
    let this_year = clock::today().format("%Y-01-02").to_string();
    for (on, expected) in [("2024-05-06", vec![]), (this_year.as_str(), vec!["year_not_over"])] {
        let project = landed(&app, json!({})).await;
        reach(&app, &project, "above_scale", "above_scale_notice", on).await;
        let entry = json!({ "project_id": project["id"], "rule": "first_above_scale",
            "facts": { "industrial": true, "first_time": true, "sector_transfer": false } });
        let application = creator.post_json(LIST, entry).await.assert_status(201).json();
        assert_eq!(codes(&application), expected, "{on}");
    }
    let project = landed(&app, json!({})).await;
    reach(&app, &project, "completion", "acceptance", "2024-01-05").await;
    let entry = json!({ "project_id": project["id"], "rule": "standard_factory",
        "facts": { "private_capital": true, "total_area_m2": 100, "occupied_area_m2": 60,
            "in_use_on": this_year, "threshold_reached_on": this_year,
            // Half of it is more than the contract's fixed assets of 1.5亿.
            "tenants_local_contribution_fen": 400_000_000_00_i64, "tenants_incentives_fen": 0 } });
    let application = creator.post_json(LIST, entry).await.assert_status(201).json();
    assert_eq!(application["award"]["status"], "eligible", "{application:#}");
    assert_eq!(codes(&application), ["year_not_over", "above_fixed_investment"]);
}

#[actix_web::test]
async fn revenue_that_equals_a_milestone_and_an_award_of_nothing_are_told() {
    let app = TestApp::new().await;
    let creator = people(&app).creator;
    let project = landed(&app, json!({})).await;
    reach(&app, &project, "above_scale", "above_scale_notice", "2024-05-06").await;
    let yi = 10_000_000_000_i64;
    let entry = json!({ "project_id": project["id"], "rule": "revenue_milestone",
        "facts": { "highest_revenue_before_fen": 0, "revenue_fen": 10 * yi,
            "municipal_awards_paid": [{ "milestone_yi": 1, "amount_fen": 100 }] } });
    let application = creator.post_json(LIST, entry).await.assert_status(201).json();
    // Half of one yuan, cut to whole yuan, is nothing.
    assert_eq!(
        (&application["award"]["status"], &application["award"]["amount_fen"]),
        (&json!("eligible"), &json!(0))
    );
    assert_eq!(codes(&application), ["equals_milestone", "nothing_to_pay"]);
}

#[actix_web::test]
async fn an_enclave_whose_recommendation_was_filed_late_or_on_no_day_is_told() {
    let app = TestApp::new().await;
    let leader = app.user(Role::CountyLeader).region("QZ-FTZ").insert();
    let zone = app.user(Role::CountyOfficer).region("QZ-FTZ").token();
    // The company is registered on 2023-09-01.
    for (recommended_on, expected) in [
        (json!(null), vec!["not_recommended"]),
        (json!("2023-09-02"), vec!["recommended_late"]),
        (json!("2023-09-01"), vec![]),
    ] {
        let enclave = json!({ "county": "450721", "land_use": "none", "recommended_on": recommended_on });
        let place = json!({ "county": "QZ-FTZ", "leader": leader.username, "enclave": enclave });
        let project = landed(&app, place).await;
        assert_eq!(project["enclave"]["recommended_on"], recommended_on);
        let entry = json!({ "project_id": project["id"], "rule": "enclave",
            "facts": { "retained_tax_fen": 1_000_000, "tax_incentives_fen": 0 } });
        let application = zone.post_json(LIST, entry).await.assert_status(201).json();
        assert_eq!(codes(&application), expected, "{recommended_on}");
    }
}

#[actix_web::test]
async fn a_referrer_who_is_the_investor_in_another_spelling_waits_for_a_ruling_and_so_does_a_late_filing() {
    let app = TestApp::new().await;
    let people = people(&app);
    let rulings = |application: &Value| -> Vec<String> {
        let all = application["warnings"].as_array().unwrap().iter();
        let of_rulings = all.filter(|one| one["code"] == "filing_ruling");
        of_rulings.map(|one| one["text"].as_str().unwrap().to_owned()).collect()
    };
    for (investor, name) in [
        ("深圳市示例回声玩具（虚构）有限公司", "深圳市示例回声玩具(虚构)有限公司"),
        ("深圳市示例回响玩具有限公司", "示例回响玩具 有限责任公司"),
    ] {
        let project = landed(&app, json!({ "investor_name": investor })).await;
        let payee = referrer(&app, name);
        file(&app, &project, &payee, "2023-06-02", &app.user(Role::BureauOfficer).insert());
        let drafted = people.creator.post_json(LIST, body(&project, &payee)).await.assert_status(201).json();
        assert_eq!(drafted["award"]["status"], "needs_ruling_self_referral", "{name}");
        // What the result says is not said again; the other one is, though the result stops before it.
        assert_eq!(rulings(&drafted).len(), 1, "{drafted:#}");
        assert!(rulings(&drafted)[0].contains("备案日期晚于正式合同签订"), "{drafted:#}");
        step(&people.creator, &drafted, "submitted").await.assert_status(200);
        for next in ["needs_ruling_late_filing", "eligible"] {
            let ruling =
                json!({ "kind": "eligibility", "decision": "accepted", "reason": "投资方委托其代理" });
            let ruled = people.head.post_json(&path(&drafted, "/rulings"), ruling).await.assert_status(200);
            assert_eq!(ruled.json()["award"]["status"], next);
            assert_eq!(rulings(&ruled.json()), [""; 0], "what was ruled on is not told as open");
        }
    }
}

#[actix_web::test]
async fn who_filed_too_and_is_not_paid_is_told_until_the_referrers_agree() {
    let app = TestApp::new().await;
    let people = people(&app);
    let (project, first) = referred(&app).await;
    let second = referrer(&app, "示例第二引荐人");
    file(&app, &project, &second, "2023-04-01", &app.user(Role::BureauOfficer).insert());
    let alone = people.creator.post_json(LIST, body(&project, &second)).await.assert_status(201).json();
    let told =
        alone["warnings"].as_array().unwrap().iter().find(|one| one["code"] == "other_filers").unwrap();
    let name = people.bureau.get(&format!("/api/v1/referrers/{first}")).await.json()["name"].clone();
    assert!(told["text"].as_str().unwrap().contains(name.as_str().unwrap()), "{told}");
}

#[actix_web::test]
async fn an_organisation_by_the_name_of_somebody_who_works_on_awards_is_told() {
    let app = TestApp::new().await;
    let creator = people(&app).creator;
    let project = landed(&app, json!({})).await;
    let official = app.user(Role::BureauOfficer).insert().display_name;
    for (name, expected) in [(official.as_str(), vec!["possibly_official"]), ("示例机构(虚构)", vec![])]
    {
        let entry = json!({ "project_id": project["id"], "rule": "job_agency",
            "payees": [{ "organisation": name, "share_bp": 10_000 }] });
        let application = creator.post_json(LIST, entry).await.assert_status(201).json();
        assert_eq!(codes(&application), expected, "{name}");
        step(&creator, &application, "withdrawn").await.assert_status(200);
    }
}

#[actix_web::test]
async fn a_zone_is_no_county_and_is_left_to_a_ruling() {
    let app = TestApp::new().await;
    let leader = app.user(Role::CountyLeader).region("QZ-FTZ").insert();
    let zone = app.user(Role::CountyOfficer).region("QZ-FTZ").token();
    let project = landed(&app, json!({ "county": "QZ-FTZ", "leader": leader.username })).await;
    let facts =
        json!({ "covered_category": true, "previous_year": true, "actual_investment_fen": [1_000_000_00] });
    let entry = json!({ "project_id": project["id"], "rule": "park_infrastructure", "facts": facts });
    let application = zone.post_json(LIST, entry).await.assert_status(201).json();
    assert_eq!(application["award"]["status"], "needs_ruling_not_a_county", "{application:#}");
}

#[actix_web::test]
async fn a_team_that_pays_the_investor_is_left_to_a_ruling() {
    let app = TestApp::new().await;
    let people = people(&app);
    let (project, team) = referred(&app).await;
    app.write(|conn| {
        diesel::update(referrers::table.find(&team)).set(referrers::kind.eq("team")).execute(conn)
    });
    let member = json!({ "name": project["investor_name"], "is_payee": true, "public_employee": false });
    let members = format!("/api/v1/referrers/{team}/members");
    app.token(Role::BureauOfficer).post_json(&members, member).await.assert_status(201);
    let application = people.creator.post_json(LIST, body(&project, &team)).await.assert_status(201).json();
    assert_eq!(application["award"]["status"], "needs_ruling_self_referral", "{application:#}");
}
