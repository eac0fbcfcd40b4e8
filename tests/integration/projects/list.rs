//! `GET /projects` and `/projects/board`: the same filters, in scope.

use super::{new_project, path, report, sign};
use crate::support::TestApp;
use serde_json::{Value, json};
use yinfeng::accounts::Role;

#[actix_web::test]
async fn the_table_is_filtered_paged_and_in_scope() {
    let app = TestApp::new().await;
    for number in 1..=3 {
        new_project(&app, json!({ "title": format!("第{number}个") })).await;
    }
    new_project(&app, json!({ "title": "别县", "county": "450722", "total_investment_fen": 100 })).await;
    let officer = app.signed_in(Role::BureauOfficer);
    let all = officer.get("/projects").await.assert_status(200).text();
    assert!(all.contains("第1个") && all.contains("别县"));
    let own = app.signed_in(Role::CountyOfficer).get("/projects").await.assert_status(200).text();
    assert!(own.contains("第1个") && !own.contains("别县"));
    let key = officer.get("/projects?key=true").await.assert_status(200).text();
    assert!(key.contains("第3个") && !key.contains("别县"));
    let first = officer.get("/projects?county=450721&sort=code&limit=2").await.assert_status(200).text();
    assert!(first.contains("第2个") && !first.contains("第3个"));
    let next = link(&first, "next");
    let second = officer.get(&next).await.assert_status(200).text();
    assert!(second.contains("第3个") && !second.contains("第2个"));
    let back = officer.get(&link(&second, "prev")).await.assert_status(200).text();
    assert!(back.contains("第1个") && back.contains("第2个") && !back.contains("第3个"));
    let part = officer.get("/projects").header("hx-request", "true").await.assert_status(200).text();
    assert!(part.contains("projects-found") && !part.contains("<html"));
    officer.get("/projects?cursor=x").await.assert_status(400);
    officer.get("/projects?colour=red").await.assert_status(400);
}

/// The href of a neighbouring page.
fn link(html: &str, rel: &str) -> String {
    let at = html.find(&format!("rel=\"{rel}\" href=\"")).unwrap_or_else(|| panic!("no {rel}"));
    let rest = html[at..].split("href=\"").nth(1).unwrap();
    rest.split('"').next().unwrap().replace("&amp;", "&")
}

#[actix_web::test]
async fn the_year_of_the_start_is_the_actual_one_and_else_the_planned_one() {
    let app = TestApp::new().await;
    let titles = async |query: &str| {
        let list = app.token(Role::BureauOfficer).get(&format!("/api/v1/projects?{query}")).await;
        let list = list.assert_status(200).json();
        let mut titles: Vec<String> = list["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["title"].as_str().unwrap().to_owned())
            .collect();
        titles.sort();
        titles
    };
    let plan = async |title: &str, body: Value| {
        let project = new_project(&app, json!({ "title": title })).await;
        report(&app, &project, "construction_start", body).await.assert_status(200);
    };
    plan("a", json!({ "planned_on": "2024-05-01" })).await;
    plan("b", json!({ "planned_on": "2024-05-01", "actual_on": "2025-01-02" })).await;
    new_project(&app, json!({ "title": "c" })).await;
    assert_eq!(titles("start_year=2024").await, ["a"]);
    assert_eq!(titles("start_year=2025").await, ["b"]);
    assert_eq!(titles("stage=none").await, ["a", "c"]);
    assert_eq!(titles("stage=construction_start,completion").await, ["b"]);
    assert_eq!(titles("stage=none,construction_start").await, ["a", "b", "c"]);
    app.token(Role::BureauOfficer).get("/api/v1/projects?stage=started").await.assert_status(400);
}

#[actix_web::test]
async fn the_board_puts_each_project_into_the_column_of_its_latest_milestone() {
    let app = TestApp::new().await;
    for number in 0..10 {
        let project = new_project(&app, json!({ "title": format!("签约{number}") })).await;
        sign(&app, &project, "2024-02-01").await;
    }
    let started = new_project(&app, json!({ "title": "已动工的" })).await;
    report(&app, &started, "construction_start", json!({ "actual_on": "2024-05-06" }))
        .await
        .assert_status(200);
    let board = app.signed_in(Role::BureauHead).get("/projects/board").await.assert_status(200).text();
    let column = |code: &str| {
        let from = board.find(&format!("id=\"phase-{code}\"")).unwrap();
        board[from..].split("</section>").next().unwrap().to_owned()
    };
    assert!(column("construction_start").contains("已动工的"));
    let signed = column("contract");
    assert_eq!(signed.matches("board-card").count(), 8, "a bounded number of cards");
    assert!(signed.contains("/projects?stage=contract"), "and the way to all of them");
    let filtered =
        app.signed_in(Role::BureauHead).get("/projects/board?county=450722").await.assert_status(200);
    assert!(!filtered.text().contains("board-card"));

    // A refused start is no start.
    let at = path(&started, "/milestones/construction_start/verification");
    let refusal = json!({ "decision": "refused", "reason": "无证" });
    let refused = app.token(Role::BureauHead).post_json(&at, refusal).await.assert_status(200).json();
    assert_eq!(refused["stage"], Value::Null);
    let list = app.token(Role::BureauHead).get("/api/v1/projects?stage=none").await.assert_status(200).json();
    assert_eq!(list["items"][0]["id"], started["id"]);
}

#[actix_web::test]
async fn liaison_and_federation_see_titles_and_how_far_and_nothing_else() {
    let app = TestApp::new().await;
    let chamber = app.person(Role::ChamberLiaison).chamber_id.unwrap();
    let own = json!({ "title": "商会引来的", "source": { "kind": "chamber", "chamber_id": chamber }, "progress": "机密" });
    let project = new_project(&app, own).await;
    new_project(&app, json!({ "title": "自己来的" })).await;
    for role in [Role::ChamberLiaison, Role::Federation] {
        let client = app.signed_in(role);
        let at = format!("/projects/{}", project["id"].as_str().unwrap());
        for page in ["/projects", "/projects/board", &at] {
            let html = client.get(page).await.assert_status(200).text();
            assert!(html.contains("商会引来的") && !html.contains("自己来的"), "{role} {page}");
            for hidden in ["灵山县", "亿元", "机密", project["investor_name"].as_str().unwrap()] {
                assert!(!html.contains(hidden), "{role} {page} {hidden}");
            }
        }
        client.get("/projects?county=450721").await.assert_status(403);
        client.get("/projects?stage=none").await.assert_status(200);
    }
}
