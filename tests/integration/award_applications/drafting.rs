//! Drafting: facts of the records, facts that are entered, payees, and one for each project and rule.

use super::{LIST, body, draft, file, landed, path, people, reach, read, referred, referrer, step};
use crate::projects::{new_project, path as project_path, read as read_project};
use crate::support::TestApp;
use diesel::prelude::*;
use serde_json::{Value, json};
use yinfeng::accounts::Role;
use yinfeng::clock;
use yinfeng::db::Id;
use yinfeng::schema::{award_applications, referral_shares, referrers};

pub fn facts_missing(application: &Value) -> Vec<(String, String)> {
    let missing = application["missing"].as_array().unwrap();
    let of =
        |one: &Value| (one["fact"].as_str().unwrap().to_owned(), one["where"].as_str().unwrap().to_owned());
    missing.iter().map(of).collect()
}

/// Where a referrer's filing of a project is entered.
fn filing_form(app: &TestApp, project: &Value, referrer: &Id) -> String {
    let code: String = app.read(|conn| referrers::table.find(referrer).select(referrers::code).first(conn));
    format!("/filings/new?referrer={code}&of={}", project["code"].as_str().unwrap())
}

fn milestone(project: &Value, kind: &str) -> String {
    project_path(project, &format!("/milestones/{kind}")).replace("/api/v1", "")
}

#[actix_web::test]
async fn what_is_not_done_yet_is_listed_beside_the_result_and_told_in_words() {
    let app = TestApp::new().await;
    let creator = people(&app).creator;
    let project = new_project(&app, json!({})).await;
    crate::projects::sign(&app, &project, "2023-06-01").await;
    let payee = referrer(&app, "示例引荐人庚");
    let application = creator.post_json(LIST, body(&project, &payee)).await.assert_status(201).json();
    assert_eq!(application["award"]["status"], "not_filed");
    let registered = ("company_registered".to_owned(), milestone(&project, "company_registered"));
    let started = ("construction_start".to_owned(), milestone(&project, "construction_start"));
    let unfiled = ("filed_on".to_owned(), filing_form(&app, &project, &payee));
    assert_eq!(facts_missing(&application), [unfiled, registered, started.clone()]);
    file(&app, &project, &payee, "2023-03-01", &app.user(Role::BureauOfficer).insert());
    reach(&app, &project, "company_registered", "business_licence", "2023-09-01").await;
    assert_eq!(facts_missing(&read(&creator, &application).await), [started]);
    let refused = step(&creator, &application, "submitted").await.assert_status(422);
    assert_eq!(refused.faults(), [("facts".into(), "award-status".into())]);
    let said = refused.json().to_string();
    assert!(said.contains("还没有落地") && !said.contains("（not_landed）"), "{said}");
    let at = path(&application, "/transitions").replace("/api/v1", "");
    let browser = app.signed_in(Role::CountyOfficer);
    let form = browser.post_form(&at, &[("to", "submitted")]).await.assert_status(422).text();
    assert!(form.contains("还没有落地"), "{form}");

    let entry = json!({ "project_id": project["id"], "rule": "enterprise_referral",
        "payees": [{ "referrer_id": payee, "share_bp": 10_000 }],
        "facts": { "investor_from_outside_city": true, "introducer_other_industry": false,
            "chain_project": true } });
    let second = creator.post_json(LIST, entry).await.assert_status(201).json();
    assert_eq!(second["award"]["status"], "not_in_production");
    assert_eq!(facts_missing(&second), [("production".to_owned(), milestone(&project, "production"))]);
}

#[actix_web::test]
async fn a_number_beyond_all_measure_is_refused() {
    let app = TestApp::new().await;
    let creator = people(&app).creator;
    let project = new_project(&app, json!({})).await;
    let worker = json!({ "target_group": true, "contract_months": 12, "insured": true,
        "social_insurance_paid_fen": 9_000_000_000_000_000_000_i64, "years": 1 });
    for (rule, facts, field) in [
        ("job_agency", json!({ "workers": 10_000_001 }), "facts.workers"),
        ("enclave", json!({ "retained_tax_fen": 1_000_000_000_000_001_i64 }), "facts.retained_tax_fen"),
        (
            "park_infrastructure",
            json!({ "actual_investment_fen": [1, 1_000_000_000_000_001_i64] }),
            "facts.actual_investment_fen[1]",
        ),
        (
            "poverty_relief_workshop",
            json!({ "workers": [worker] }),
            "facts.workers[0].social_insurance_paid_fen",
        ),
    ] {
        let entry = json!({ "project_id": project["id"], "rule": rule, "facts": facts,
            "payees": [{ "organisation": "示例机构", "share_bp": 10_000 }] });
        let refused = creator.post_json(LIST, entry).await.assert_status(422);
        assert_eq!(refused.faults(), [(field.to_owned(), "too-large".to_owned())], "{rule}");
    }
}

#[actix_web::test]
async fn what_is_missing_is_listed_with_where_it_is_entered() {
    let app = TestApp::new().await;
    let creator = people(&app).creator;
    let project = new_project(&app, json!({})).await;
    let undeclared = app.new_referrer("示例引荐人乙");
    let drafted = creator.post_json(LIST, body(&project, &undeclared)).await.assert_status(201);
    let application = drafted.json();
    let contract = format!("/projects/{}/contract", project["id"].as_str().unwrap());
    let declared = format!("/referrers/{undeclared}");
    assert_eq!(
        facts_missing(&application),
        [
            ("total_investment_fen".to_owned(), contract.clone()),
            ("annual_fixed_investment_fen".to_owned(), contract.clone()),
            ("signed_on".to_owned(), contract),
            ("referrers[0].public_employee".to_owned(), declared),
            ("filed_on".to_owned(), filing_form(&app, &project, &undeclared)),
            ("company_registered".to_owned(), milestone(&project, "company_registered")),
            ("construction_start".to_owned(), milestone(&project, "construction_start")),
        ]
    );
    for (_, href) in facts_missing(&application) {
        app.signed_in(Role::BureauOfficer).get(&href).await.assert_status(200);
    }
    assert!(application["missing"][0]["text"].as_str().unwrap().contains("总投资"), "{application:#}");
    assert_eq!(application["award"], Value::Null);
    let refused = step(&creator, &application, "submitted").await.assert_status(422);
    assert_eq!(refused.faults()[0], ("facts.total_investment_fen".into(), "award-fact-missing".into()));
}

#[actix_web::test]
async fn what_is_not_eligible_is_not_submitted() {
    let app = TestApp::new().await;
    let creator = people(&app).creator;
    let project = landed(&app, json!({ "industry": "other" })).await;
    let referrer = referrer(&app, "示例引荐人丙");
    let application = creator.post_json(LIST, body(&project, &referrer)).await.assert_status(201).json();
    assert_eq!(application["award"]["status"], "industry_not_covered");
    let refused = step(&creator, &application, "submitted").await.assert_status(422);
    assert_eq!(refused.faults(), [("facts".into(), "award-status".into())]);
}

#[actix_web::test]
async fn a_fact_of_the_records_is_not_entered_and_the_others_have_the_engines_form() {
    let app = TestApp::new().await;
    let creator = people(&app).creator;
    let project = landed(&app, json!({ "park": null })).await;
    let entry =
        |facts: Value| json!({ "project_id": project["id"], "rule": "first_above_scale", "facts": facts });
    for (facts, field, code) in [
        (json!({ "covered_industry": true }), "facts.covered_industry", "award-fact-of-records"),
        (json!({ "entered_year": 2024 }), "facts.entered_year", "award-fact-of-records"),
        (json!({ "no_such_fact": 1 }), "facts.no_such_fact", "unknown-field"),
        (json!({ "industrial": "yes" }), "facts.industrial", "wrong-form"),
        (json!({ "exited_year": "2024" }), "facts.exited_year", "wrong-form"),
    ] {
        let refused = creator.post_json(LIST, entry(facts)).await.assert_status(422);
        assert_eq!(refused.faults(), [(field.to_owned(), code.to_owned())]);
    }
    let drafted = creator.post_json(LIST, entry(json!({ "industrial": true, "first_time": true }))).await;
    let drafted = drafted.assert_status(201);
    let application = drafted.json();
    let names: Vec<String> = facts_missing(&application).into_iter().map(|(fact, _)| fact).collect();
    assert_eq!(names, ["entered_year", "sector_transfer"]);
    // Its own enterprise is who is paid.
    assert_eq!(application["payees"][0]["name"], project["investor_name"]);

    reach(&app, &project, "above_scale", "above_scale_notice", "2024-05-06").await;
    let at = path(&application, "");
    let change = json!({ "facts": { "sector_transfer": false } });
    let other = app.user(Role::CountyOfficer).token();
    other.patch_json(&at, &drafted.etag(), change.clone()).await.assert_status(403);
    let changed = creator.patch_json(&at, &drafted.etag(), change.clone()).await.assert_status(200).json();
    assert_eq!(changed["missing"], json!([]));
    assert_eq!(changed["facts"]["entered_year"], 2024);
    assert_eq!(changed["award"]["status"], "not_in_park");
    creator.patch_json(&at, &drafted.etag(), change).await.assert_status(412);
}

#[actix_web::test]
async fn there_is_one_open_or_paid_application_for_a_project_and_rule() {
    let app = TestApp::new().await;
    let creator = people(&app).creator;
    let (project, referrer) = referred(&app).await;
    let first = creator.post_json(LIST, body(&project, &referrer)).await.assert_status(201).json();
    creator.post_json(LIST, body(&project, &referrer)).await.assert_status(409);
    // The database itself keeps a second one out.
    let twice = app.app.db.write(|conn| {
        let id = Id::generate();
        let rows = award_applications::table.find(first["id"].as_str().unwrap());
        let (county, by): (String, Id) =
            rows.select((award_applications::county, award_applications::created_by)).first(conn)?;
        let row = (
            award_applications::id.eq(&id),
            award_applications::code.eq("JL-2000-0001"),
            award_applications::project_id.eq(project["id"].as_str().unwrap()),
            award_applications::rule.eq("referral"),
            award_applications::status.eq("returned"),
            award_applications::county.eq(county),
            award_applications::created_by.eq(by),
            award_applications::entered.eq("{}"),
            award_applications::amount_fen.eq(0_i64),
            award_applications::version.eq(1_i64),
            award_applications::created_at.eq(clock::now()),
            award_applications::updated_at.eq(clock::now()),
        );
        diesel::insert_into(award_applications::table).values(row).execute(conn)?;
        Ok::<_, yinfeng::error::AppError>(())
    });
    let said = format!("{:?}", twice.unwrap_err());
    assert!(said.contains("UNIQUE constraint") || said.contains("award_applications_open"), "{said}");
    step(&creator, &first, "withdrawn").await.assert_status(200);
    creator.post_json(LIST, body(&project, &referrer)).await.assert_status(201);
}

#[actix_web::test]
async fn agreed_shares_are_taken_and_others_refused() {
    let app = TestApp::new().await;
    let creator = people(&app).creator;
    let project = landed(&app, json!({})).await;
    let confirmer = app.user(Role::BureauOfficer).insert();
    let [late, early] = ["示例引荐人丁", "示例引荐人戊"].map(|name| referrer(&app, name));
    file(&app, &project, &late, "2023-04-01", &confirmer);
    file(&app, &project, &early, "2023-02-01", &confirmer);
    app.write(|conn| {
        for (position, (id, share)) in [(&early, 6_000_i64), (&late, 4_000)].into_iter().enumerate() {
            let row = (
                referral_shares::project_id.eq(project["id"].as_str().unwrap()),
                referral_shares::referrer_id.eq(id),
                referral_shares::position.eq(position as i64),
                referral_shares::share_bp.eq(share),
                referral_shares::agreed_on.eq(clock::today()),
                referral_shares::by_user.eq(&confirmer.id),
                referral_shares::at.eq(clock::now()),
            );
            diesel::insert_into(referral_shares::table).values(row).execute(conn)?;
        }
        Ok(())
    });
    let refused = creator.post_json(LIST, body(&project, &late)).await.assert_status(422);
    assert_eq!(refused.faults(), [("payees".into(), "award-payees-differ".into())]);
    let agreed = json!({ "project_id": project["id"], "rule": "referral" });
    let application = creator.post_json(LIST, agreed).await.assert_status(201).json();
    let shares: Vec<&Value> =
        application["payees"].as_array().unwrap().iter().map(|one| &one["share_bp"]).collect();
    assert_eq!(shares, [6_000, 4_000]);
    // The latest filing among the payees.
    assert_eq!(application["facts"]["filed_on"], "2023-04-01");
    let submitted = step(&creator, &application, "submitted").await.assert_status(200).json();
    let payouts: Vec<&Value> =
        submitted["payees"].as_array().unwrap().iter().map(|one| &one["payout_fen"]).collect();
    assert_eq!(payouts, [6_000_000, 4_000_000]);
}

#[actix_web::test]
async fn who_works_on_awards_is_paid_none_and_a_chamber_is_paid_as_one() {
    let app = TestApp::new().await;
    let creator = people(&app).creator;
    let project = new_project(&app, json!({})).await;
    for (role, status) in [
        (Role::BureauHead, 422),
        (Role::BureauOfficer, 422),
        (Role::CountyOfficer, 422),
        (Role::CountyLeader, 422),
        (Role::FinanceReviewer, 422),
        (Role::Admin, 422),
        (Role::ChamberLiaison, 422),
        (Role::Federation, 201),
    ] {
        let user = app.user(role).insert();
        let payee = app.new_referrer(&format!("示例 {role}"));
        app.write(|conn| {
            diesel::update(referrers::table.find(&payee))
                .set(referrers::user_id.eq(Some(user.id.as_str())))
                .execute(conn)
        });
        let answer = creator.post_json(LIST, body(&project, &payee)).await.assert_status(status);
        if status == 422 {
            assert_eq!(answer.faults(), [("payees[0].referrer_id".into(), "award-payee-never".into())]);
        } else {
            step(&creator, &answer.json(), "withdrawn").await.assert_status(200);
        }
    }
    let chamber = app.person(Role::ChamberLiaison).chamber_id.unwrap();
    let payee = app.new_referrer("示例商会");
    app.write(|conn| {
        diesel::update(referrers::table.find(&payee))
            .set((
                referrers::chamber_id.eq(Some(chamber.as_str())),
                referrers::user_id.eq(Some(app.person(Role::ChamberLiaison).id.as_str())),
            ))
            .execute(conn)
    });
    creator.post_json(LIST, body(&project, &payee)).await.assert_status(201);
}

#[actix_web::test]
async fn what_the_plan_gives_an_enterprise_or_a_county_no_person_is_paid() {
    let app = TestApp::new().await;
    let creator = people(&app).creator;
    let project = landed(&app, json!({})).await;
    let payee = app.new_referrer("示例引荐人庚");
    let entry = |rule: &str| json!({ "project_id": project["id"], "rule": rule, "payees": [{ "referrer_id": payee, "share_bp": 10_000 }] });
    for (kind, rule, status) in [
        ("person", "enterprise_referral", 422),
        ("team", "first_above_scale", 422),
        ("townsman", "standard_factory", 422),
        ("enterprise", "park_infrastructure", 422),
        ("enterprise", "enclave", 422),
        ("enterprise", "enterprise_referral", 201),
        ("person", "referral", 201),
    ] {
        app.write(|conn| {
            diesel::update(referrers::table.find(&payee)).set(referrers::kind.eq(kind)).execute(conn)
        });
        let answer = creator.post_json(LIST, entry(rule)).await.assert_status(status);
        if status == 422 {
            assert_eq!(
                answer.faults(),
                [("payees[0].referrer_id".into(), "award-payee-kind".into())],
                "{rule}"
            );
        }
    }
}

/// An application that is still open goes along with its project.
#[actix_web::test]
async fn a_draft_goes_along_with_its_project_to_another_county() {
    let app = TestApp::new().await;
    let (old, new) = (people(&app).creator, app.user(Role::CountyOfficer).region("450722").token());
    let application = super::draft(&app).await;
    let (bureau, project) = (app.token(Role::BureauOfficer), json!({ "id": application["project"]["id"] }));
    let at = crate::projects::path(&project, "");
    let etag = bureau.get(&at).await.assert_status(200).etag();
    let leader = app.user(Role::CountyLeader).region("450722").insert().username;
    let moved = json!({ "county": "450722", "leader": leader });
    bureau.patch_json(&at, &etag, moved).await.assert_status(200);
    old.get(&super::path(&application, "")).await.assert_status(404);
    let moved = new.get(&super::path(&application, "")).await.assert_status(200).json();
    assert_eq!((&moved["county"], &moved["status"]), (&json!("450722"), &json!("draft")));
}

#[actix_web::test]
async fn payees_that_do_not_fit_are_refused() {
    let app = TestApp::new().await;
    let creator = people(&app).creator;
    let project = new_project(&app, json!({})).await;
    let known = app.new_referrer("示例引荐人己");
    let entry = |payees: Value| json!({ "project_id": project["id"], "rule": "referral", "payees": payees });
    for (payees, field, code) in [
        (json!([{ "referrer_id": known, "share_bp": 9_999 }]), "payees", "shares-not-whole"),
        (
            json!([{ "referrer_id": "YJ-none", "share_bp": 10_000 }]),
            "payees[0].referrer_id",
            "unknown-referrer",
        ),
        (json!([{ "organisation": "示例", "share_bp": 10_000 }]), "payees[0].referrer_id", "required"),
        (
            json!([{ "referrer_id": known, "share_bp": 5_000 }, { "referrer_id": known, "share_bp": 5_000 }]),
            "payees[1].referrer_id",
            "award-payee-twice",
        ),
        (json!([{ "referrer_id": known, "share_bp": -1 }]), "payees[0].share_bp", "award-share-out-of-range"),
    ] {
        let refused = creator.post_json(LIST, entry(payees)).await.assert_status(422);
        assert_eq!(refused.faults(), [(field.to_owned(), code.to_owned())]);
    }
    let unknown = json!({ "project_id": Id::generate(), "rule": "referral" });
    let unknown = creator.post_json(LIST, unknown).await.assert_status(422);
    assert_eq!(unknown.faults(), [("project_id".into(), "award-unknown-project".into())]);
}

#[actix_web::test]
async fn the_investor_as_referrer_waits_for_a_ruling() {
    let app = TestApp::new().await;
    let people = people(&app);
    let project = landed(&app, json!({})).await;
    let investor = referrer(&app, project["investor_name"].as_str().unwrap());
    file(&app, &project, &investor, "2023-03-01", &app.user(Role::BureauOfficer).insert());
    let application =
        people.creator.post_json(LIST, body(&project, &investor)).await.assert_status(201).json();
    assert_eq!(application["award"]["status"], "needs_ruling_self_referral");
    let submitted = step(&people.creator, &application, "submitted").await.assert_status(200).json();
    assert_eq!(submitted["amount_fen"], 0);
    step(&people.county, &application, "county_reviewed").await.assert_status(200);
    let unruled = step(&people.bureau, &application, "bureau_reviewed").await.assert_status(409).json();
    assert_eq!(unruled["code"], "award-not-eligible");
    let ruling =
        |decision: &str| json!({ "kind": "eligibility", "decision": decision, "reason": "经会议研究" });
    let at = path(&application, "/rulings");
    people.head.post_json(&at, ruling("refused")).await.assert_status(200);
    step(&people.bureau, &application, "bureau_reviewed").await.assert_status(409);
    let ruled = people.head.post_json(&at, ruling("accepted")).await.assert_status(200).json();
    assert_eq!(ruled["amount_fen"], 10_000_000);
    assert_eq!(ruled["facts"]["referrers"][0]["is_investor"], true, "the frozen facts stay as they were");
    people.head.post_json(&at, ruling("accepted")).await.assert_status(409);
    step(&people.bureau, &application, "bureau_reviewed").await.assert_status(200);
}

#[actix_web::test]
async fn an_unconfirmed_role_does_not_pass_the_bureau() {
    let app = TestApp::new().await;
    let people = people(&app);
    let application = draft(&app).await;
    app.write(|conn| {
        use yinfeng::schema::filing_confirmations::dsl::*;
        diesel::delete(filing_confirmations.filter(party.eq("county"))).execute(conn)
    });
    super::walk(&app, &people, &application, "county_reviewed").await;
    let refused = step(&people.bureau, &application, "bureau_reviewed").await.assert_status(409).json();
    assert_eq!(refused["code"], "award-not-confirmed");
    let project = read_project(&people.head, &json!({ "id": application["project"]["id"] })).await.json();
    assert!(project_path(&project, "").ends_with(project["id"].as_str().unwrap()));
    assert_eq!(read(&people.head, &application).await["status"], "county_reviewed");
}
