//! What is frozen at the submission stays; later changes of the project show as differences.

use super::{LIST, body, draft, path, people, read, referred, step, walk};
use crate::projects::{path as project_path, read as read_project};
use crate::support::TestApp;
use diesel::prelude::*;
use serde_json::{Value, json};
use yinfeng::accounts::Role;
use yinfeng::schema::referrers;

/// Changes the first contract year of the application's project.
async fn change_plan(app: &TestApp, application: &Value, fen: i64) {
    let project = json!({ "id": application["project"]["id"] });
    let officer = app.token(Role::BureauOfficer);
    let etag = read_project(&officer, &project).await.etag();
    let contract = json!({ "signed_on": "2023-06-01", "total_investment_fen": 200_000_000_00_i64,
        "years": [{ "year": 1, "fixed_investment_fen": fen, "land_premium_fen": 0 }] });
    officer.put_json(&project_path(&project, "/contract"), &etag, contract).await.assert_status(200);
}

#[actix_web::test]
async fn a_draft_follows_the_project_and_a_submitted_one_does_not() {
    let app = TestApp::new().await;
    let people = people(&app);
    let application = draft(&app).await;
    change_plan(&app, &application, 50_000_000_00).await;
    let now = read(&people.creator, &application).await;
    assert_eq!((now["award"]["amount_fen"].clone(), now["frozen"].clone()), (json!(5_000_000), json!(false)));
    step(&people.creator, &application, "submitted").await.assert_status(200);
    change_plan(&app, &application, 80_000_000_00).await;
    let frozen = read(&people.creator, &application).await;
    assert_eq!(
        (frozen["award"]["amount_fen"].clone(), frozen["amount_fen"].clone()),
        (json!(5_000_000), json!(5_000_000))
    );
    assert_eq!(
        frozen["differences"],
        json!([{ "fact": "annual_fixed_investment_fen",
            "frozen": [50_000_000_00_i64], "now": [80_000_000_00_i64] }])
    );
    // The steps that a reviewer reads, each with its clause and a sentence.
    let steps = frozen["award"]["steps"].as_array().unwrap();
    assert!(steps.iter().all(|one| one["clause"] == "三(四)2(2)" && one["text"] != ""), "{frozen:#}");
    // Returned and submitted again, it is computed of what is there then.
    step(&people.county, &application, "returned").await.assert_status(200);
    let again = step(&people.creator, &application, "submitted").await.assert_status(200).json();
    assert_eq!((again["amount_fen"].clone(), again["differences"].clone()), (json!(8_000_000), json!([])));
}

#[actix_web::test]
async fn nothing_of_a_paid_one_changes() {
    let app = TestApp::new().await;
    let people = people(&app);
    let application = draft(&app).await;
    walk(&app, &people, &application, "paid").await;
    let paid = read(&people.head, &application).await;
    change_plan(&app, &application, 1_00).await;
    let now = read(&people.head, &application).await;
    for field in ["award", "facts", "amount_fen", "payees", "funding", "policy", "version"] {
        assert_eq!(now[field], paid[field], "{field}");
    }
    let etag = format!("\"{}\"", now["version"]);
    let change = json!({ "payees": [] });
    people.creator.patch_json(&path(&application, ""), &etag, change).await.assert_status(409);
    let parts = json!({ "parts": [{ "level": "city", "share_bp": 10_000 }] });
    people.finance.put_json(&path(&application, "/funding"), &etag, parts).await.assert_status(409);
}

/// What was decided about a team of these people stays so: on the notice, in the papers, in the archive.
#[actix_web::test]
async fn names_stay_as_they_were_submitted_and_later_ones_show_as_differences() {
    let app = TestApp::new().await;
    let people = people(&app);
    let (project, referrer) = referred(&app).await;
    let team = format!("/api/v1/referrers/{referrer}");
    app.write(|conn| {
        diesel::update(referrers::table.find(&referrer)).set(referrers::kind.eq("team")).execute(conn)
    });
    let join = async |name: &str| {
        let member = json!({ "name": name, "is_payee": true, "public_employee": false });
        app.token(Role::BureauOfficer).post_json(&format!("{team}/members"), member).await.assert_status(201);
    };
    join("甲示例").await;
    let before = people.bureau.get(&team).await.json()["name"].clone();
    let title = project["title"].clone();
    let application =
        people.creator.post_json(LIST, body(&project, &referrer)).await.assert_status(201).json();
    walk(&app, &people, &application, "in_notice").await;

    join("乙示例").await;
    let etag = people.bureau.get(&team).await.etag();
    people
        .bureau
        .patch_json(&team, &etag, json!({ "name": "后来改名的团队(虚构)" }))
        .await
        .assert_status(200);
    let officer = app.token(Role::BureauOfficer);
    let etag = read_project(&officer, &project).await.etag();
    let renamed = json!({ "title": "后来改名的项目(虚构)" });
    officer.patch_json(&project_path(&project, ""), &etag, renamed).await.assert_status(200);
    let account = json!({ "bank_name": "示例银行", "bank_account": "6200 0000 0000 1234" });
    let etag = people.creator.get(&team).await.etag();
    people.creator.patch_json(&team, &etag, account).await.assert_status(200);

    let now = read(&people.head, &application).await;
    assert_eq!((&now["payees"][0]["name"], &now["project"]["title"]), (&before, &title));
    let differences: Vec<&str> =
        now["differences"].as_array().unwrap().iter().map(|one| one["fact"].as_str().unwrap()).collect();
    assert_eq!(differences, ["project.title", "payees[0].name", "payees[0].members"]);
    assert_eq!(now["differences"][2]["frozen"], json!(["甲示例"]));
    assert_eq!(now["differences"][2]["now"], json!(["甲示例", "乙示例"]));
    let warned = |shown: &Value| {
        let all = shown["warnings"].as_array().unwrap();
        all.iter().any(|one| one["code"] == "account_changed")
    };
    assert!(warned(&now), "{now:#}");
    let notice = people.creator.get("/api/v1/award-notices").await.assert_status(200).json();
    let notice = &notice["items"][0];
    assert_eq!((&notice["project"], &notice["payees"][0]["name"]), (&title, &before));
    assert_eq!(notice["payees"][0]["members"], json!(["甲示例"]));

    super::end_notice(&app, &application);
    step(&people.head, &application, "approved").await.assert_status(200);
    super::fund(&people, &application).await;
    let paid = step(&people.finance, &application, "paid").await.assert_status(200).json();
    assert!(!warned(&paid), "the money is where it went");
    // Who changes his account afterwards does not change what was paid to.
    let etag = people.creator.get(&team).await.etag();
    let other = json!({ "bank_account": "6200 0000 0000 5678" });
    people.creator.patch_json(&team, &etag, other).await.assert_status(200);
    let list = path(&application, "/papers/payment_list.xlsx");
    let list = people.finance.get(&list).await.assert_status(200);
    let cells = super::papers::cells(list.bytes());
    assert!(cells.contains(&"6200000000001234".to_owned()), "{cells:?}");
    assert!(
        cells.iter().any(|cell| *cell == before) && !cells.iter().any(|cell| cell.contains("后来改名")),
        "{cells:?}"
    );
}
