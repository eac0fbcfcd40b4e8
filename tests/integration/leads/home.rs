//! `GET /`: every number is the number of rows of the list that it opens.

use super::{api, day, officer, page, register};
use crate::projects::{paper, path, report, sign};
use crate::support::TestApp;
use diesel::prelude::*;
use serde_json::json;
use yinfeng::accounts::Role;
use yinfeng::schema::leads;

/// (href, number) of each figure of the page.
fn figures(html: &str) -> Vec<(String, String)> {
    html.split("<li class=\"figure-item")
        .skip(1)
        .map(|item| {
            let href = item.split("href=\"").nth(1).unwrap().split('"').next().unwrap().replace("&amp;", "&");
            let number = item.split("figure-number\">").nth(1).unwrap().split('<').next().unwrap();
            (href, number.to_owned())
        })
        .collect()
}

#[actix_web::test]
async fn each_number_opens_as_many_rows() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let (liaison, leader) = (app.person(Role::ChamberLiaison), app.person(Role::CountyLeader));
    let me = app.person(Role::BureauOfficer);
    for (number, due) in [-9, -1, 0, 0, 1, 2, 5, 9, 30].into_iter().enumerate() {
        let source = if number % 3 == 0 {
            json!({"kind": "chamber", "chamber_id": liaison.chamber_id})
        } else {
            json!({"kind": "self"})
        };
        let county = if number % 4 == 3 { "450722" } else { "450721" };
        let lead =
            register(&client, json!({"next_follow_up_on": day(due), "county": county, "source": source}))
                .await;
        if county == "450721" && number % 2 == 0 {
            let people = json!({"leader": leader.username, "officer": me.username});
            client.post_json(&api(&lead, "/assignment"), people).await.assert_status(200);
        }
        if number == 1 {
            client.post_json(&api(&lead, "/hold"), json!({"reason": "等"})).await.assert_status(200);
        }
    }
    for (role, groups) in [
        (Role::BureauHead, 5),
        (Role::BureauOfficer, 5),
        (Role::CountyOfficer, 5),
        (Role::LeadingGroup, 4),
        (Role::Auditor, 4),
        (Role::Federation, 4),
        (Role::CountyLeader, 4),
        (Role::ChamberLiaison, 1),
    ] {
        let browser = app.signed_in(role);
        let html = browser.get("/").await.assert_status(200).text();
        let figures = figures(&html);
        assert_eq!(figures.len(), groups, "{role}");
        let mut some = false;
        for (href, number) in figures {
            let list = browser.get(&href).await.assert_status(200).text();
            let rows = list.matches("<td class=\"row-name\">").count();
            assert_eq!(number, rows.to_string(), "{role} {href}");
            some |= rows > 0;
            let query = href.split_once('?').map_or("", |(_, query)| query);
            let total = app.token(role).get(&format!("/api/v1/leads?count=true&{query}")).await.json();
            assert_eq!(total["total"].to_string(), number, "{role} {href}");
        }
        assert!(some, "{role} has leads");
    }
}

#[actix_web::test]
async fn an_officer_has_his_own_day_first_and_everybodys_by_a_click() {
    let app = TestApp::new().await;
    let (client, me) = (officer(&app), app.person(Role::BureauOfficer));
    let overdue = |title: &str| json!({"title": title, "next_follow_up_on": day(-3)});
    let browser = app.signed_in(Role::BureauOfficer);
    let of_nobody = register(&client, overdue("同事的项目")).await;
    let people = json!({"officer": app.user(Role::BureauOfficer).insert().username});
    client.post_json(&api(&of_nobody, "/assignment"), people).await.assert_status(200);
    let day_of = |html: &str| html.split("home-changes").next().unwrap().to_owned();
    let html = day_of(&browser.get("/").await.assert_status(200).text());
    assert!(html.contains("同事的项目"), "who has none yet sees everybody's");
    let mine = register(&client, overdue("我的项目")).await;
    client.post_json(&api(&mine, "/assignment"), json!({"officer": me.username})).await.assert_status(200);
    let html = day_of(&browser.get("/").await.assert_status(200).text());
    assert!(html.contains("我的项目") && !html.contains("同事的项目"));
    assert!(html.contains("mine=true&amp;overdue=true"), "the number is of my own");
    let html = day_of(&browser.get("/?whose=all").await.assert_status(200).text());
    assert!(html.contains("我的项目") && html.contains("同事的项目"));
    browser.get("/?whose=yours").await.assert_status(400);
    let html = app.signed_in(Role::Auditor).get("/").await.assert_status(200).text();
    assert!(!html.contains("whose="), "nothing to choose for who keeps none");
}

/// Makes a lead's report that many days old.
fn received_ago(app: &TestApp, lead: &serde_json::Value, days: i64) {
    let at = yinfeng::clock::now() - chrono::Duration::days(days);
    let row = leads::table.find(lead["id"].as_str().unwrap().to_owned());
    app.write(|conn| diesel::update(row).set(leads::received_at.eq(at)).execute(conn));
}

#[actix_web::test]
async fn a_promised_answer_that_is_late_stands_first_and_opens_its_rows() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let chamber = app.person(Role::ChamberLiaison).chamber_id;
    let source = json!({"kind": "chamber", "chamber_id": chamber});
    let from_chamber = |title: &str| json!({"title": title, "source": source, "next_follow_up_on": day(-9)});
    let late = register(&client, from_chamber("答复晚了的项目")).await;
    let answered = register(&client, from_chamber("已研判的项目")).await;
    let held = register(&client, from_chamber("暂缓的项目")).await;
    let fresh = register(&client, from_chamber("刚报的项目")).await;
    let own = register(&client, json!({"title": "自荐的项目"})).await;
    for lead in [&late, &answered, &held, &own] {
        // The calendar knows no ten days without five of work between them but for the longest holidays.
        received_ago(&app, lead, 30);
    }
    client.post_json(&api(&answered, "/stage"), json!({"to": "assessment"})).await.assert_status(200);
    client.post_json(&api(&held, "/hold"), json!({"reason": "等"})).await.assert_status(200);
    for role in [Role::BureauHead, Role::BureauOfficer, Role::CountyOfficer, Role::ChamberLiaison] {
        let browser = app.signed_in(role);
        let html = browser.get("/").await.assert_status(200).text();
        let (href, number) = figures(&html).remove(0);
        assert_eq!((&*href, &*number), ("/leads?feedback=late", "1"), "{role}");
        let list = browser.get(&href).await.assert_status(200).text();
        assert!(list.contains("答复晚了的项目"), "{role}");
        for other in ["已研判", "暂缓的", "刚报的", "自荐的"] {
            assert!(!list.contains(other), "{role}: {other}");
        }
        let (first, fresh_at) = (html.find("答复晚了的项目").unwrap(), html.find("刚报的项目").unwrap());
        assert!(first < fresh_at, "{role}");
        let total = app.token(role).get("/api/v1/leads?feedback=late&count=true").await.json();
        assert_eq!((&total["total"], &total["items"][0]["id"]), (&json!(1), &late["id"]), "{role}");
    }
    let elsewhere = app.user(Role::CountyOfficer).region("450722").signed_in();
    assert!(!elsewhere.get("/").await.text().contains("feedback=late"));
    assert!(fresh["promised_on"].as_str().unwrap() > &*day(0));
    client.get("/api/v1/leads?feedback=soon").await.assert_status(400);
}

#[actix_web::test]
async fn a_leader_sees_his_own_first_and_a_liaison_what_happens_next() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let (liaison, leader) = (app.person(Role::ChamberLiaison), app.person(Role::CountyLeader));
    let source = json!({"kind": "chamber", "chamber_id": liaison.chamber_id});
    let changes = json!({"title": "包联的项目", "next_follow_up_on": day(-3), "source": source, "total_investment_fen": 77_000_000_00_i64});
    let mine = register(&client, changes).await;
    register(&client, json!({"title": "无人的项目", "next_follow_up_on": day(-30)})).await;
    client.post_json(&api(&mine, "/assignment"), json!({"leader": leader.username})).await.assert_status(200);
    let html = app.signed_in(Role::CountyLeader).get("/").await.assert_status(200).text();
    let list = html.split("home-changes").next().unwrap();
    assert!(list.contains("包联的项目") && !list.contains("无人的项目"));
    let html = app.signed_in(Role::ChamberLiaison).get("/").await.assert_status(200).text();
    assert!(html.contains("包联的项目") && !html.contains("灵山") && !html.contains("7,700 万元"));
    let promised = app.token(Role::ChamberLiaison).get(&api(&mine, "")).await.json()["promised_on"].clone();
    assert!(html.contains("own-promise") && html.contains(&promised.as_str().unwrap()[5..]), "{html}");
}

#[actix_web::test]
async fn a_liaison_sees_his_lead_go_on_as_its_project_and_what_is_not_verified_as_waiting() {
    let app = TestApp::new().await;
    let (client, head) = (officer(&app), app.token(Role::BureauHead));
    let source = json!({"kind": "chamber", "chamber_id": app.person(Role::ChamberLiaison).chamber_id});
    let lead = register(&client, json!({"source": source, "stage": "contract"})).await;
    let browser = app.signed_in(Role::ChamberLiaison);
    let looks = ["/".to_owned(), "/leads".to_owned(), page(&lead, "")];
    let home = browser.get("/").await.assert_status(200).text();
    assert!(home.contains("已签正式合同，接着办落地开工。"), "no project yet: {home}");
    assert_eq!(home.matches("class=\"own-bar ").count(), 6);
    let body = json!({"lead_id": lead["id"], "leader": app.person(Role::CountyLeader).username});
    let project = client.post_json("/api/v1/projects", body).await.assert_status(201).json();
    let told = async |sentence: &str, step: &str| {
        for look in &looks {
            let html = browser.get(look).await.assert_status(200).text();
            assert!(html.contains(sentence) && html.contains(step), "{look}, {sentence}: {html}");
            assert!(!html.contains("接着办落地开工"), "{look}, {sentence}");
            assert!(!html.contains("2025-0"), "{look}: of a project he is told no day");
        }
    };
    told("已转为项目，接着注册公司、办前期手续。", "正式合同").await;
    sign(&app, &project, "2025-03-01").await;
    let start =
        json!({"actual_on": "2025-04-01", "evidence": [paper(&app, &project, "construction_permit")]});
    report(&app, &project, "construction_start", start).await.assert_status(200);
    told("已报开工，等市里核实。", "正式合同").await;
    let way = path(&project, "/milestones/construction_start/verification");
    head.post_json(&way, json!({"decision": "accepted"})).await.assert_status(200);
    told("已开工，接着建到竣工。", "开工").await;
    let home = browser.get("/").await.text();
    assert_eq!(home.matches("class=\"own-bar ").count(), 12, "the bar goes on with the project");
    assert!(home.contains("<span class=\"own-step-name\">开工</span>"), "{home}");
    let html = browser.get(&looks[2]).await.text();
    assert_eq!(html.matches("aria-current=\"step\"").count(), 1, "the contract is behind it");
    let finished = json!({"actual_on": "2025-06-01", "evidence": [paper(&app, &project, "acceptance")]});
    report(&app, &project, "completion", finished).await.assert_status(200);
    let way = path(&project, "/milestones/completion/verification");
    let refusal = json!({"decision": "refused", "reason": "验收材料不全"});
    head.post_json(&way, refusal).await.assert_status(200);
    told("已开工，接着建到竣工。", "开工").await;
    let stays = json!({"reason": "等"});
    client.post_json(&api(&lead, "/hold"), stays).await.assert_status(200);
    let home = browser.get("/").await.text();
    assert!(home.contains("暂时放一放") && !home.contains("接着建到竣工"), "what rests says so first");
}

#[actix_web::test]
async fn roles_without_leads_have_a_home_without_business_data() {
    let app = TestApp::new().await;
    register(&officer(&app), json!({"title": "不该出现的项目"})).await;
    for role in [Role::Admin, Role::FinanceReviewer, Role::ApprovalsOfficer] {
        let html = app.signed_in(role).get("/").await.assert_status(200).text();
        assert!(!html.contains("不该出现的项目") && figures(&html).is_empty(), "{role}");
    }
    let answer = app.anonymous().get("/").await.assert_status(303);
    assert!(answer.location().starts_with("/sign-in"));
}

#[actix_web::test]
async fn projects_with_faulty_data_are_counted_for_who_keeps_them() {
    let app = TestApp::new().await;
    let csv = "项目名称,投资方,县区,一县一业产业,总投资(万元),签约时间,协议类型,入库时间,包联领导\n\
        无人领,示例公司,灵山县,玩具,20000,2024-02-01,正式合同,2024-03-01,张三\n";
    let client = app.token(Role::BureauOfficer);
    let upload = client.upload("/api/v1/imports", &[("kind", "projects")], "a.csv", csv.as_bytes());
    let import = upload.await.assert_status(201).json();
    let at = format!("/api/v1/imports/{}", import["id"].as_str().unwrap());
    client.post_json(&format!("{at}/application"), json!({})).await.assert_status(200);
    for role in [Role::BureauHead, Role::CountyOfficer, Role::Auditor] {
        let html = app.signed_in(role).get("/").await.assert_status(200).text();
        let faults = html.split("id=\"data-faults\"").nth(1).unwrap_or_else(|| panic!("{role}"));
        let faults = faults.split("</section>").next().unwrap();
        assert!(faults.contains("/projects?pool=true&amp;leader=none") && faults.contains(">1<"), "{role}");
        assert!(!faults.contains("key=false"), "nothing else is wrong");
        let list = app.signed_in(role).get("/projects?pool=true&leader=none").await.assert_status(200).text();
        assert!(list.contains("无人领"));
    }
    for role in [Role::CountyLeader, Role::ChamberLiaison] {
        assert!(!app.signed_in(role).get("/").await.text().contains("data-faults"), "{role}");
    }
}
