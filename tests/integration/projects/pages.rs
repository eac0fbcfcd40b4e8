//! The page of a project and its small pages: forms write, mistakes come back, who may not is told so.

use super::{new_project, paper, path, read, report, sign};
use crate::support::{Client, TestApp};
use serde_json::{Value, json};
use yinfeng::accounts::Role;

fn page(project: &Value, rest: &str) -> String {
    format!("/projects/{}{rest}", project["id"].as_str().unwrap())
}

/// Sends a form with the project's version.
async fn post(
    client: &Client,
    app: &TestApp,
    project: &Value,
    rest: &str,
    fields: &[(&str, &str)],
) -> crate::support::Response {
    let now = read(&app.token(Role::BureauOfficer), project).await.json();
    let version = now["version"].to_string();
    let fields = [fields, &[("version", version.as_str())]].concat();
    client.post_form(&page(project, rest), &fields).await
}

async fn now(app: &TestApp, project: &Value) -> Value {
    read(&app.token(Role::BureauOfficer), project).await.json()
}

const TYPED: &[(&str, &str)] = &[
    ("investor_name", "东莞小橘灯玩具有限公司"),
    ("title", ""),
    ("origin", "广东省东莞市"),
    ("content", "第一行\r\n第二行"),
    ("county", "450721"),
    ("park", "luwu"),
    ("industry", "other"),
    ("supporting_project", ""),
    ("supporting_project", "true"),
    ("supporting_finding", "为玩具厂配套"),
    ("total_investment", "32,800.5"),
    ("fixed_investment", "21500"),
    ("land_mu", "85.5"),
    ("jobs", "1，200"),
    ("key_basis", "plan_list"),
    ("key_reason", ""),
    ("enclave_county", ""),
    ("land_use", ""),
    ("source_kind", "self"),
    ("unit", "灵山县人民政府"),
];

#[actix_web::test]
async fn what_was_typed_becomes_the_project() {
    let app = TestApp::new().await;
    let browser = app.signed_in(Role::BureauOfficer);
    let html = browser.get("/projects/new").await.assert_status(200).text();
    for (name, _) in TYPED {
        assert!(html.contains(&format!("name=\"{name}\"")), "{name}");
    }
    let leader = app.person(Role::CountyLeader).id.to_string();
    let fields = [TYPED, &[("leader", leader.as_str())]].concat();
    let done = browser.post_form("/projects", &fields).await.assert_status(303).location();
    let id = done.rsplit('/').next().unwrap();
    let project = now(&app, &json!({ "id": id })).await;
    for (field, value) in [
        ("title", json!("东莞小橘灯玩具有限公司项目")),
        ("origin", json!("441900")),
        ("content", json!("第一行\n第二行")),
        ("total_investment_fen", json!(32_800_500_000_i64)),
        ("land_mu", json!(85.5)),
        ("jobs", json!(1200)),
        ("supporting_project", json!(true)),
        ("unit", json!("灵山县人民政府")),
    ] {
        assert_eq!(project[field], value, "{field}");
    }
    assert_eq!(project["key"]["basis"], "plan_list");
    assert_eq!(project["leader"]["id"], leader);
    let shown = browser.get(&done).await.assert_status(200).text();
    for text in
        ["东莞小橘灯玩具有限公司项目", "3.28 亿元", "灵山县", "为玩具厂配套", "/edit\"", "/pool-entry\""]
    {
        assert!(shown.contains(text), "{text}");
    }
}

#[actix_web::test]
async fn what_does_not_fit_comes_back_with_all_that_was_typed() {
    let app = TestApp::new().await;
    let browser = app.signed_in(Role::BureauOfficer);
    let wrong = [
        ("investor_name", ""),
        ("county", "450721"),
        ("industry", "chenpi"),
        ("total_investment", "很多"),
        ("key_basis", "head"),
        ("key_reason", ""),
        ("problems", "写了一半"),
    ];
    let back = browser.post_form("/projects", &wrong).await.assert_status(422).text();
    assert!(back.contains("很多") && back.contains("写了一半"));
    for field in ["investor_name", "total_investment", "key_reason"] {
        assert!(back.contains(&format!("id=\"f-{field}-error\"")), "{field}");
    }
    let county = app.signed_in(Role::CountyOfficer);
    let other = [TYPED, &[("county", "450722")]].concat();
    let fields: Vec<_> =
        other.into_iter().filter(|field| *field != ("county", "450721") && field.0 != "park").collect();
    county.post_form("/projects", &fields).await.assert_status(403);
}

#[actix_web::test]
async fn a_lead_with_a_contract_becomes_a_project_on_its_page() {
    let app = TestApp::new().await;
    let browser = app.signed_in(Role::BureauOfficer);
    let open = app.new_lead(json!({ "stage": "negotiation" })).await;
    let signed = app.new_lead(json!({ "stage": "contract", "title": "签了的", "content": "带过来" })).await;
    let at = |lead: &Value| format!("/leads/{}", lead["id"].as_str().unwrap());
    let way = |lead: &Value| format!("/projects/new?lead={}", lead["id"].as_str().unwrap());
    assert!(!browser.get(&at(&open)).await.text().contains("/projects/new"));
    assert!(browser.get(&at(&signed)).await.text().contains(&way(&signed)));
    assert!(!app.signed_in(Role::CountyLeader).get(&at(&signed)).await.text().contains("/projects/new"));
    browser.get(&way(&open)).await.assert_status(422);
    browser.get("/projects/new?lead=none").await.assert_status(404);
    let form = browser.get(&way(&signed)).await.assert_status(200).text();
    assert!(form.contains("签了的") && form.contains("带过来"));
    let fields = [("lead", signed["id"].as_str().unwrap()), ("title", "成了项目")];
    let done = browser.post_form("/projects", &fields).await.assert_status(303).location();
    let project = now(&app, &json!({ "id": done.rsplit('/').next().unwrap() })).await;
    assert_eq!(
        (&project["lead_id"], &project["title"], &project["content"]),
        (&signed["id"], &json!("成了项目"), &json!("带过来"))
    );
    let lead = browser.get(&at(&signed)).await.text();
    assert!(lead.contains(&done) && !lead.contains("/projects/new"));
    browser.post_form("/projects", &fields).await.assert_status(422);
}

#[actix_web::test]
async fn an_edit_checks_what_changes_and_two_at_once_are_told() {
    let app = TestApp::new().await;
    let project = new_project(&app, json!({})).await;
    let browser = app.signed_in(Role::BureauOfficer);
    // As a ledger may have it: an industry class that is none.
    let id: yinfeng::db::Id = project["id"].as_str().unwrap().parse().unwrap();
    app.write(|conn| {
        use diesel::prelude::*;
        use yinfeng::schema::projects;
        diesel::update(projects::table.find(&id)).set(projects::industry_class.eq("x1")).execute(conn)
    });
    let form = browser.get(&page(&project, "/edit")).await.assert_status(200).text();
    assert!(form.contains("name=\"version\" value=\"1\""));
    let kept = [("progress", "封顶"), ("industry_class", "x1"), ("version", "1")];
    browser.post_form(&page(&project, ""), &kept).await.assert_status(303);
    assert_eq!(now(&app, &project).await["progress"], "封顶");
    let changed = [("industry_class", "x2"), ("version", "2")];
    browser.post_form(&page(&project, ""), &changed).await.assert_status(422);
    let late = [("progress", "我写的"), ("problems", "缺电"), ("version", "1")];
    let stale = browser.post_form(&page(&project, ""), &late).await.assert_status(412).text();
    assert!(stale.contains("我写的") && stale.contains("封顶"), "both versions are shown");
    assert!(stale.contains("name=\"version\" value=\"2\""));
    assert!(stale.contains("name=\"problems\" value=\"缺电\""), "what nobody else touched is kept");
    assert!(!stale.contains("name=\"total_investment\""), "only what the form had");
    assert_eq!(now(&app, &project).await["progress"], "封顶");
    browser.post_form(&page(&project, ""), &[("progress", "x")]).await.assert_status(428);
    browser
        .post_form(&page(&project, ""), &late)
        .header("sec-fetch-site", "cross-site")
        .await
        .assert_status(403);
}

#[actix_web::test]
async fn contract_pool_and_leader_are_kept_by_forms() {
    let app = TestApp::new().await;
    let browser = app.signed_in(Role::CountyOfficer);
    let project = new_project(&app, json!({ "leader": null })).await;
    let lacking = browser.get(&page(&project, "/pool-entry")).await.assert_status(200).text();
    assert!(lacking.contains("/contract\"") && lacking.contains("/assignment\""));
    let enter = [("entered_on", "2024-03-01")];
    let refused = post(&browser, &app, &project, "/pool-entry", &enter).await.assert_status(422).text();
    assert!(refused.contains("2024-03-01"));

    let plan = [
        ("kind", "formal"),
        ("signed_on", "2024-02-01"),
        ("parties", "甲\r\n乙"),
        ("total_investment", "20000"),
        ("fixed_investment", "15000"),
        ("year_1_fixed", "10000"),
        ("year_1_land", ""),
        ("year_2_fixed", "2000"),
        ("year_2_land", "100"),
        ("year_2_actual", "1500"),
        ("year_3_fixed", ""),
        ("year_3_land", ""),
        ("funding_1_source", "自筹"),
        ("funding_1_amount", "20000"),
    ];
    let more = [&plan[..], &[("more", "true")]].concat();
    let asked = post(&browser, &app, &project, "/contract", &more).await.assert_status(200).text();
    assert!(
        asked.contains("name=\"year_6_fixed\"") && asked.contains("value=\"10000\""),
        "more rows, nothing lost"
    );
    assert_eq!(now(&app, &project).await["contract"], Value::Null);
    let above = [&plan[..], &[("year_3_fixed", "99999")]].concat();
    let above: Vec<_> = above.into_iter().filter(|field| *field != ("year_3_fixed", "")).collect();
    post(&browser, &app, &project, "/contract", &above).await.assert_status(422);
    post(&browser, &app, &project, "/contract", &plan).await.assert_status(303);
    let contract = now(&app, &project).await["contract"].clone();
    assert_eq!(
        contract["years"][1],
        json!({ "year": 2, "fixed_investment_fen": 20_000_000_00_i64, "land_premium_fen": 1_000_000_00_i64,
            "actual_fixed_investment_fen": 15_000_000_00_i64 })
    );
    assert_eq!(contract["parties"], json!(["甲", "乙"]));
    let supplement = [("signed_on", "2024-09-01"), ("content", "延期一年")];
    post(&browser, &app, &project, "/contract/supplements", &supplement).await.assert_status(303);

    let leader = app.person(Role::CountyLeader).id.to_string();
    let given = [("leader", leader.as_str()), ("reason", "分工")];
    post(&browser, &app, &project, "/assignment", &given).await.assert_status(303);
    post(&browser, &app, &project, "/pool-entry", &enter).await.assert_status(303);
    let taken = [("leader", ""), ("reason", "分工")];
    post(&browser, &app, &project, "/assignment", &taken).await.assert_status(422);
    let html = app.signed_in(Role::CountyLeader).get(&page(&project, "")).await.assert_status(200).text();
    for text in ["延期一年", "分工", "2024-03-01", "甲"] {
        assert!(html.contains(text), "{text}");
    }
    assert!(!html.contains("/edit\"") && !html.contains("/withdrawal\""), "he reads");
    post(&browser, &app, &project, "/deletion", &[]).await.assert_status(409);
    let left = [("withdrawn_on", "2024-08-01"), ("reason", "投资方终止")];
    post(&browser, &app, &project, "/withdrawal", &left).await.assert_status(303);
    assert_eq!(now(&app, &project).await["pool"]["reason"], "投资方终止");
}

#[actix_web::test]
async fn a_milestone_is_reported_with_papers_and_verified_by_the_head() {
    let app = TestApp::new().await;
    let (officer, head) = (app.signed_in(Role::BureauOfficer), app.signed_in(Role::BureauHead));
    let project = new_project(&app, json!({})).await;
    sign(&app, &project, "2024-02-01").await;
    let permit = paper(&app, &project, "construction_permit");
    let start = "/milestones/construction_start";
    let form = officer.get(&page(&project, start)).await.assert_status(200).text();
    assert!(form.contains(&permit) && form.contains("示例.pdf"));
    let wrong = [
        ("planned_on", "2024-04-20"),
        ("actual_on", "2999-01-01"),
        ("papers", "shown"),
        ("evidence", &permit),
    ];
    let back = post(&officer, &app, &project, start, &wrong).await.assert_status(422).text();
    assert!(back.contains(&format!("value=\"{permit}\" checked")), "the choice stays");
    let told = [
        ("planned_on", "2024-04-20"),
        ("actual_on", "2024-05-06"),
        ("papers", "shown"),
        ("evidence", &permit),
    ];
    post(&officer, &app, &project, start, &told).await.assert_status(303);
    let verification = format!("{start}/verification");
    assert!(officer.get(&page(&project, "")).await.text().contains("milestones/construction_start\""));
    assert!(!officer.get(&page(&project, "")).await.text().contains(&format!("{start}/verification")));
    assert!(head.get(&page(&project, "")).await.text().contains(&format!("{start}/verification")));
    let bare = [("decision", "refused"), ("reason", "")];
    post(&head, &app, &project, &verification, &bare).await.assert_status(422);
    post(&head, &app, &project, &verification, &[("decision", "accepted")]).await.assert_status(303);
    post(&head, &app, &project, &verification, &[("decision", "accepted")]).await.assert_status(409);
    let state = |project: &Value| {
        let found = project["milestones"].as_array().unwrap().iter();
        found.clone().find(|one| one["kind"] == "construction_start").unwrap()["state"].clone()
    };
    assert_eq!(state(&now(&app, &project).await), "verified");
    // Its papers taken away, it is to be verified anew.
    let without = [("planned_on", "2024-04-20"), ("actual_on", "2024-05-06"), ("papers", "shown")];
    post(&officer, &app, &project, start, &without).await.assert_status(303);
    assert_eq!(state(&now(&app, &project).await), "reported");
    let lacking = head.get(&page(&project, &verification)).await.assert_status(200).text();
    assert!(lacking.contains("flash-near"), "that a paper is missing is said before");
    post(&head, &app, &project, &verification, &[("decision", "accepted")]).await.assert_status(422);
    officer.get(&page(&project, "/milestones/none")).await.assert_status(404);
    let office = app.signed_in(Role::ApprovalsOfficer);
    post(&office, &app, &project, "/milestones/land", &[("actual_on", "2024-03-01")])
        .await
        .assert_status(303);
    post(&office, &app, &project, start, &told).await.assert_status(403);
}

#[actix_web::test]
async fn the_page_tells_what_happened_and_what_keeps_it_from_counting() {
    let app = TestApp::new().await;
    let small = new_project(&app, json!({ "total_investment_fen": 100, "industry": "other" })).await;
    report(&app, &small, "construction_start", json!({ "planned_on": "2024-05-06" }))
        .await
        .assert_status(200);
    let auditor = app.signed_in(Role::Auditor);
    let html = auditor.get(&page(&small, "")).await.assert_status(200).text();
    for warning in ["不是重点项目", "没有认定为配套"] {
        assert!(html.contains(warning), "{warning}");
    }
    let etag = read(&app.token(Role::BureauOfficer), &small).await.etag();
    let leader = app.user(Role::CountyLeader).region("450722").insert();
    let change = json!({ "progress": "动土", "county": "450722", "leader": leader.username });
    app.token(Role::BureauOfficer).patch_json(&path(&small, ""), &etag, change).await.assert_status(200);
    let html = auditor.get(&page(&small, "")).await.assert_status(200).text();
    assert!(html.contains("动土") && html.contains("浦北县"));
    auditor.get(&page(&small, "?timeline=some")).await.assert_status(400);
}

#[actix_web::test]
async fn only_those_who_may_lead_a_project_are_offered() {
    let app = TestApp::new().await;
    let own = app.person(Role::CountyLeader).id.to_string();
    let elsewhere = app.user(Role::CountyLeader).region("450722").insert().id.to_string();
    let sender = app.user(Role::CountyLeader).region("450703").insert().id.to_string();
    let offered = async |project: &Value| {
        let browser = app.signed_in(Role::BureauOfficer);
        let html = browser.get(&page(project, "/assignment")).await.assert_status(200).text();
        let leaders = html.split("name=\"leader\"").nth(1).unwrap().split("</select>").next().unwrap();
        [&own, &elsewhere, &sender].map(|id| leaders.contains(&format!("value=\"{id}\"")))
    };
    let project = new_project(&app, json!({})).await;
    assert_eq!(offered(&project).await, [true, false, false]);
    let zone = app.user(Role::CountyLeader).region("QZ-FTZ").insert();
    let enclave = json!({ "county": "QZ-FTZ", "leader": zone.username, "enclave": { "county": "450703", "land_use": "none" } });
    let enclave = new_project(&app, enclave).await;
    assert_eq!(offered(&enclave).await, [false, false, true]);
    let form = app.signed_in(Role::CountyOfficer).get("/projects/new").await.assert_status(200).text();
    assert!(form.contains(&format!("value=\"{own}\"")) && !form.contains(&format!("value=\"{elsewhere}\"")));
}

#[actix_web::test]
async fn a_wrong_paper_is_told_at_its_field() {
    let app = TestApp::new().await;
    let project = new_project(&app, json!({})).await;
    let refused = report(&app, &project, "construction_start", json!({ "evidence": ["abc"] })).await;
    let refused = refused.assert_status(422);
    assert_eq!(refused.faults(), [("evidence".into(), "unknown-attachment".into())]);
    assert!(refused.text().contains("abc"), "which one it is");
    let browser = app.signed_in(Role::BureauOfficer);
    for of_enclave in [("land_use", "county"), ("recommended_on", "2024-01-05")] {
        let fields = [("enclave_county", ""), of_enclave];
        let back = post(&browser, &app, &project, "", &fields).await.assert_status(422).text();
        assert!(
            back.contains("id=\"f-enclave_county-error\""),
            "{of_enclave:?} without a county is not dropped"
        );
    }
}
