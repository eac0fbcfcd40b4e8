//! Questions to the chamber that a lead came from: asked by who works it, answered once by its liaison.

use crate::leads::{api, etag, page, read, register};
use crate::support::{Client, TestApp};
use diesel::prelude::*;
use serde_json::{Value, json};
use yinfeng::accounts::Role;
use yinfeng::schema::{audit_entries, questions};

/// A lead of the chamber of the test's liaison, of 450721.
async fn of_chamber(app: &TestApp) -> Value {
    let chamber = app.person(Role::ChamberLiaison).chamber_id;
    let source = json!({"kind": "chamber", "chamber_id": chamber});
    register(&app.token(Role::BureauOfficer), json!({"source": source, "title": "商会的项目"})).await
}

async fn ask(client: &Client, lead: &Value, text: &str) -> Value {
    client.post_json(&api(lead, "/questions"), json!({"text": text})).await.assert_status(201).json()
}

fn answer_path(lead: &Value, question: &Value) -> String {
    api(lead, &format!("/questions/{}/answer", question["id"].as_str().unwrap()))
}

/// Makes a question due that many days ago.
fn due_ago(app: &TestApp, question: &Value, days: i64) {
    let due = yinfeng::clock::today() - chrono::Duration::days(days);
    let row = questions::table.find(question["id"].as_str().unwrap().to_owned());
    app.write(|conn| diesel::update(row).set(questions::due_on.eq(due)).execute(conn));
}

#[actix_web::test]
async fn a_question_is_answered_once_and_both_stand_in_the_timeline_and_the_trail() {
    let app = TestApp::new().await;
    let lead = of_chamber(&app).await;
    let (county, liaison) = (app.token(Role::CountyOfficer), app.token(Role::ChamberLiaison));
    for (text, code) in [("  ".to_owned(), "required"), ("长".repeat(2001), "too-long")] {
        let refused = county.post_json(&api(&lead, "/questions"), json!({"text": text})).await;
        assert_eq!(refused.assert_status(422).faults()[0], ("text".to_owned(), code.to_owned()));
    }
    let question = ask(&county, &lead, " 租厂房还是拿地？ ").await;
    let due = app.app.reference.calendar().add(yinfeng::clock::today(), 5);
    assert_eq!(
        (&question["text"], &question["due_on"], &question["answer"], &question["late_days"]),
        (&json!("租厂房还是拿地？"), &json!(due), &Value::Null, &Value::Null)
    );
    due_ago(&app, &question, 3);
    let list = liaison.get(&api(&lead, "/questions?count=true")).await.assert_status(200).json();
    assert_eq!((&list["total"], &list["items"][0]["late_days"]), (&json!(1), &json!(3)));
    let path = answer_path(&lead, &question);
    let empty = liaison.post_json(&path, json!({"text": ""})).await.assert_status(422);
    assert_eq!(empty.faults()[0].0, "text");
    for role in [Role::BureauHead, Role::CountyOfficer] {
        app.token(role).post_json(&path, json!({"text": "x"})).await.assert_status(403);
    }
    let given = liaison.post_json(&path, json!({"text": "先租。"})).await.assert_status(200).json();
    let by = app.person(Role::ChamberLiaison).display_name;
    assert_eq!(
        (&given["answer"]["text"], &given["answer"]["by"]["display_name"]),
        (&json!("先租。"), &json!(by))
    );
    let again = liaison.post_json(&path, json!({"text": "又租。"})).await.assert_status(409);
    assert_eq!(again.json()["code"], "question-answered");
    for client in [&county, &liaison] {
        let items = client.get(&api(&lead, "/timeline")).await.assert_status(200).json();
        let told: Vec<(&str, &str)> = items["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| (item["kind"].as_str().unwrap(), item["data"]["text"].as_str().unwrap_or_default()))
            .filter(|(kind, _)| matches!(*kind, "question" | "answer"))
            .collect();
        assert_eq!(told, [("answer", "先租。"), ("question", "租厂房还是拿地？")]);
    }
    let trail: Vec<(String, Option<String>)> = app.read(|conn| {
        audit_entries::table
            .filter(audit_entries::action.eq_any(["lead.question", "lead.answer"]))
            .order(audit_entries::id)
            .select((audit_entries::action, audit_entries::reason))
            .load(conn)
    });
    let entry = |action: &str, text: &str| (action.to_owned(), Some(text.to_owned()));
    assert_eq!(trail, [entry("lead.question", "租厂房还是拿地？"), entry("lead.answer", "先租。")]);
}

#[actix_web::test]
async fn a_question_goes_to_a_chamber_and_to_no_other() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let own = register(&officer, json!({})).await;
    let none =
        officer.post_json(&api(&own, "/questions"), json!({"text": "问谁？"})).await.assert_status(409);
    assert_eq!(none.json()["code"], "no-chamber-to-ask");
    let lead = of_chamber(&app).await;
    let question = ask(&officer, &lead, "只问这一家").await;
    let stranger = app.user(Role::ChamberLiaison).chamber(&app.new_chamber("示例另一商会")).insert();
    let stranger = app.program_of(&stranger);
    stranger.get(&api(&lead, "/questions")).await.assert_status(404);
    stranger.post_json(&answer_path(&lead, &question), json!({"text": "x"})).await.assert_status(404);
    // The credit goes to another chamber: what was asked of the first stays between it and the bureau.
    let chamber = app.new_chamber("示例第三商会");
    let moved = json!({"source": {"kind": "chamber", "chamber_id": chamber}});
    let version = etag(&read(&officer, &lead).await);
    officer.patch_json(&api(&lead, ""), &version, moved).await.assert_status(200);
    let heir = app.program_of(&app.user(Role::ChamberLiaison).chamber(&chamber).insert());
    let list = heir.get(&api(&lead, "/questions")).await.assert_status(200).json();
    assert_eq!(list["items"], json!([]));
    heir.post_json(&answer_path(&lead, &question), json!({"text": "x"})).await.assert_status(404);
    let timeline = heir.get(&api(&lead, "/timeline")).await.assert_status(200).text();
    assert!(!timeline.contains("只问这一家"), "{timeline}");
    due_ago(&app, &question, 3);
    for query in ["question=waiting", "question=late"] {
        let leads = officer.get(&format!("/api/v1/leads?count=true&{query}")).await.assert_status(200).json();
        assert_eq!(leads["total"], 0, "{query}: it waits for nobody");
    }
    app.token(Role::ChamberLiaison).get(&api(&lead, "/questions")).await.assert_status(404);
}

#[actix_web::test]
async fn what_waits_stands_first_at_the_liaisons_home_and_what_is_late_at_the_bureaus() {
    let app = TestApp::new().await;
    let lead = of_chamber(&app).await;
    let officer = app.signed_in(Role::BureauOfficer);
    officer.get(&page(&lead, "/questions/new")).await.assert_status(200);
    let wrong = officer.post_form(&page(&lead, "/questions"), &[("text", " ")]).await.assert_status(422);
    assert!(wrong.text().contains("data-wrong"));
    let asked = officer.post_form(&page(&lead, "/questions"), &[("text", "投产要多少人？")]).await;
    assert_eq!(asked.assert_status(303).location(), page(&lead, ""));
    assert!(officer.get(&page(&lead, "")).await.assert_status(200).text().contains("投产要多少人？"));
    let liaison = app.signed_in(Role::ChamberLiaison);
    let home = liaison.get("/").await.assert_status(200).text();
    let (waits, changes) = (home.find("投产要多少人？").unwrap(), home.find("home-changes").unwrap());
    assert!(home.contains("/leads?question=waiting") && waits < changes, "{home}");
    assert!(home.contains("own-promise"), "the day promised to him does not go away by a question: {home}");
    let question = app.token(Role::BureauHead).get(&api(&lead, "/questions")).await.json();
    let question = question["items"][0].clone();
    assert!(!officer.get("/").await.text().contains("/leads?question=late"));
    due_ago(&app, &question, 1);
    let way = page(&lead, &format!("/questions/{}/answer", question["id"].as_str().unwrap()));
    assert!(home.contains(&way), "{way}");
    officer.get(&way).await.assert_status(403);
    liaison.get(&way).await.assert_status(200);
    liaison.post_form(&way, &[("text", "")]).await.assert_status(422);
    // Another write in between: what the first page counts is counted anew.
    ask(&app.token(Role::BureauHead), &lead, "还缺什么？").await;
    assert!(officer.get("/").await.text().contains("/leads?question=late"));
    liaison.post_form(&way, &[("text", "八十人")]).await.assert_status(303);
    let twice = liaison.post_form(&way, &[("text", "九十人")]).await.assert_status(409);
    assert!(twice.text().contains("八十人"));
    assert!(!officer.get("/").await.text().contains("/leads?question=late"));
    assert!(officer.get(&page(&lead, "")).await.text().contains("八十人"));
}

#[actix_web::test]
async fn questions_go_along_when_two_chambers_become_one() {
    let app = TestApp::new().await;
    let head = app.token(Role::BureauHead);
    let lead = of_chamber(&app).await;
    let question = ask(&head, &lead, "并会前问的").await;
    let from = app.person(Role::ChamberLiaison).chamber_id.unwrap();
    let into = app.new_chamber("示例合并后的商会");
    let merger = format!("/api/v1/chambers/{from}/merger");
    head.post_json(&merger, json!({"into": into})).await.assert_status(200);
    let heir = app.program_of(&app.user(Role::ChamberLiaison).chamber(&into).insert());
    let answered = heir.post_json(&answer_path(&lead, &question), json!({"text": "并会后答的"})).await;
    assert_eq!(answered.assert_status(200).json()["answer"]["text"], "并会后答的");
}
