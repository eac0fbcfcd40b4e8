//! Public notices of awards, through HTTP.

use crate::award_applications::{LIST, body, draft, file, landed, people, referrer, step, walk};
use crate::support::{Client, TestApp};
use chrono::Days;
use diesel::prelude::*;
use serde_json::{Value, json};
use yinfeng::accounts::Role;
use yinfeng::clock;
use yinfeng::db::Id;
use yinfeng::schema::{award_applications, referrer_members};

const NOTICES: &str = "/api/v1/award-notices";

async fn codes(client: &Client) -> Vec<String> {
    let list = client.get(NOTICES).await.assert_status(200).json();
    let code = |one: &Value| one["code"].as_str().unwrap().to_owned();
    list["items"].as_array().unwrap().iter().map(code).collect()
}

fn ended(app: &TestApp, application: &Value, days_ago: u64) {
    let until = clock::today().checked_sub_days(Days::new(days_ago));
    app.write(|conn| {
        diesel::update(award_applications::table.find(application["id"].as_str().unwrap()))
            .set(award_applications::notice_until.eq(until))
            .execute(conn)
    });
}

#[actix_web::test]
async fn a_notice_says_who_is_paid_for_what_and_no_more() {
    let app = TestApp::new().await;
    let people = people(&app);
    let project = landed(&app, json!({})).await;
    let team = referrer(&app, "示例招商团队");
    file(&app, &project, &team, "2023-03-01", &app.user(Role::BureauOfficer).insert());
    app.write(|conn| {
        for (name, paid) in [("示例甲", true), ("示例乙", false)] {
            diesel::insert_into(referrer_members::table)
                .values((
                    referrer_members::id.eq(Id::generate()),
                    referrer_members::referrer_id.eq(&team),
                    referrer_members::name.eq(name),
                    referrer_members::is_payee.eq(paid),
                    referrer_members::public_employee.eq(Some(false)),
                ))
                .execute(conn)?;
        }
        Ok(())
    });
    let application = people.creator.post_json(LIST, body(&project, &team)).await.assert_status(201).json();
    walk(&app, &people, &application, "finance_reviewed").await;
    let liaison = app.token(Role::ChamberLiaison);
    assert_eq!(codes(&liaison).await, [""; 0], "nothing hangs yet");
    step(&people.bureau, &application, "in_notice").await.assert_status(200);
    let until = app.app.reference.calendar().add(clock::today(), 5);
    let wanted = json!({
        "id": application["id"], "code": application["code"], "project": project["title"], "county": "450721",
        "rule": "referral", "amount_fen": 10_000_000, "from": clock::today(), "until": until, "state": "running",
        "open": true,
        "payees": [{ "name": "示例招商团队", "members": ["示例甲"], "amount_fen": 10_000_000 }],
    });
    for role in Role::ALL {
        let list = app.token(*role).get(NOTICES).await.assert_status(200).json();
        assert_eq!(list["items"], json!([wanted]), "{role}");
        let page = app.signed_in(*role).get("/award-notices").await.assert_status(200).text();
        assert!(page.contains("示例甲") && !page.contains("示例乙"), "{role}");
        let objection = format!("/award-applications/{}/transitions", application["id"].as_str().unwrap());
        assert!(page.contains(&objection), "{role}");
    }
}

#[actix_web::test]
async fn it_comes_down_thirty_days_after_its_end_or_when_it_is_refused() {
    let app = TestApp::new().await;
    let people = people(&app);
    let application = draft(&app).await;
    let code = application["code"].as_str().unwrap();
    walk(&app, &people, &application, "approved").await;
    let reader = app.token(Role::Federation);
    for (days_ago, hangs) in [(1, true), (30, true), (31, false)] {
        ended(&app, &application, days_ago);
        assert_eq!(codes(&reader).await.contains(&code.to_owned()), hangs, "{days_ago}");
    }
    let refused = draft(&app).await;
    walk(&app, &people, &refused, "in_notice").await;
    step(&reader, &refused, "objected").await.assert_status(204);
    let shown = reader.get(NOTICES).await.json()["items"][0].clone();
    assert_eq!((&shown["state"], &shown["open"]), (&json!("objected"), &json!(false)));
    step(&people.head, &refused, "refused").await.assert_status(200);
    assert_eq!(codes(&reader).await, [""; 0]);
}

#[actix_web::test]
async fn notices_come_by_page_the_latest_end_first() {
    let app = TestApp::new().await;
    let people = people(&app);
    let mut made = Vec::new();
    for days_ago in [3, 1, 3] {
        let application = draft(&app).await;
        walk(&app, &people, &application, "in_notice").await;
        ended(&app, &application, days_ago);
        made.push(application["code"].as_str().unwrap().to_owned());
    }
    let reader = app.token(Role::ApprovalsOfficer);
    let (mut found, mut cursor) = (Vec::new(), String::new());
    for _ in 0..3 {
        let page =
            reader.get(&format!("{NOTICES}?limit=1&count=true{cursor}")).await.assert_status(200).json();
        assert_eq!(page["total"], 3);
        found.push(page["items"][0]["code"].as_str().unwrap().to_owned());
        cursor = page["next_cursor"].as_str().map(|next| format!("&cursor={next}")).unwrap_or_default();
    }
    assert_eq!(found, [&made[1], &made[2], &made[0]].map(String::clone));
    assert_eq!(cursor, "", "it was the last page");
    let page =
        app.signed_in(Role::LeadingGroup).get("/award-notices?limit=1").await.assert_status(200).text();
    assert!(page.contains("cursor="));
}

#[actix_web::test]
async fn who_objects_on_the_page_gives_a_reason_and_comes_back_to_the_notices() {
    let app = TestApp::new().await;
    let people = people(&app);
    let application = draft(&app).await;
    walk(&app, &people, &application, "in_notice").await;
    let federation = app.signed_in(Role::Federation);
    let at = format!("/award-applications/{}/transitions", application["id"].as_str().unwrap());
    federation.get(&at).await.assert_status(200);
    federation.post_form(&at, &[("to", "objected"), ("reason", "")]).await.assert_status(422);
    let done =
        federation.post_form(&at, &[("to", "objected"), ("reason", "并非其引荐")]).await.assert_status(303);
    assert_eq!(done.header("location"), Some("/award-notices"));
    federation.get("/award-notices").await.assert_status(200);
    federation.get("/award-notices?status=paid").await.assert_status(400);
}

#[actix_web::test]
async fn a_notice_tells_the_amount_to_the_yuan() {
    let app = TestApp::new().await;
    let people = people(&app);
    let application = draft(&app).await;
    walk(&app, &people, &application, "in_notice").await;
    // 99,990 yuan, which is not 10万元.
    app.write(|conn| {
        diesel::update(award_applications::table.find(application["id"].as_str().unwrap()))
            .set(award_applications::amount_fen.eq(9_999_000_i64))
            .execute(conn)
    });
    let browser = app.signed_in(Role::Federation);
    let page = browser.get("/award-notices").await.assert_status(200).text();
    assert!(page.contains("99,990 元") && !page.contains("万元"), "{page}");
}
