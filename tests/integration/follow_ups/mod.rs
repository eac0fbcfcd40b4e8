//! Recording follow-ups, and what they do to the lead's next date.

mod paper;

use crate::leads::{api, day, etag, form_value, officer, page, read, register, written};
use crate::support::TestApp;
use serde_json::{Value, json};
use yinfeng::accounts::Role;
use yinfeng::follow_ups::FollowUpKind;

fn call(next_on: Option<String>) -> Value {
    json!({"kind": "call", "at": "2026-01-02T03:04:05Z", "content": "对方周四来看厂房", "next_on": next_on})
}

#[actix_web::test]
async fn a_follow_up_is_recorded_listed_and_counts_as_a_version() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let lead = register(&client, json!({})).await;
    let path = api(&lead, "/follow-ups");
    for (at, kind) in FollowUpKind::ALL.iter().enumerate() {
        let body = json!({
            "kind": kind, "at": format!("2026-01-0{}T00:00:00.5Z", at + 1), "content": format!("第{at}次"),
            "ours": "李明", "theirs": "林总", "next_step": "报价",
        });
        let created = client.post_json(&path, body).await.assert_status(201);
        assert_eq!(created.header("location"), None, "a follow-up has no address of its own");
        assert_eq!(created.etag(), format!("\"{}\"", at + 2));
        assert_eq!(created.json()["kind"], kind.as_str());
    }
    let list = client.get(&path).await.assert_status(200).json();
    let contents: Vec<&str> =
        list["items"].as_array().unwrap().iter().map(|item| item["content"].as_str().unwrap()).collect();
    assert_eq!(contents, ["第6次", "第5次", "第4次", "第3次", "第2次", "第1次", "第0次"], "the latest first");
    assert_eq!(list["next_cursor"], Value::Null);
    assert_eq!(list["items"][0]["at"], "2026-01-07T00:00:00.500Z");
    let me = app.person(Role::BureauOfficer);
    let by = json!({"id": me.id, "username": me.username, "display_name": me.display_name});
    assert!(list["items"].as_array().unwrap().iter().all(|item| item["by"] == by), "{list}");
    assert_eq!(read(&client, &lead).await["version"], 8);
}

#[actix_web::test]
async fn the_next_date_follows_what_was_agreed() {
    let app = TestApp::new().await;
    let client = officer(&app);
    for (due, next_on, expected) in [
        (None, Some(day(7)), Some(day(7))),
        (Some(day(-3)), Some(day(7)), Some(day(7))),
        (Some(day(30)), Some(day(7)), Some(day(7))),
        // Without a new date, one that has come is done, and one that lies ahead stays.
        (Some("2026-01-01".to_owned()), None, None),
        (Some("2026-01-02".to_owned()), None, None),
        (Some("2026-01-03".to_owned()), None, Some("2026-01-03".to_owned())),
        (None, None, None),
    ] {
        let lead = register(&client, json!({"next_follow_up_on": due})).await;
        client.post_json(&api(&lead, "/follow-ups"), call(next_on.clone())).await.assert_status(201);
        assert_eq!(read(&client, &lead).await["next_follow_up_on"], json!(expected), "{due:?} {next_on:?}");
    }
}

#[actix_web::test]
async fn a_liaison_moves_no_day_that_officials_agreed() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let liaison = app.token(Role::ChamberLiaison);
    let chamber = app.person(Role::ChamberLiaison).chamber_id.unwrap();
    let source = json!({"kind": "chamber", "chamber_id": chamber});
    for next_on in [None, Some(day(7))] {
        let lead = json!({"next_follow_up_on": "2026-01-01", "source": source});
        let lead = register(&bureau, lead).await;
        liaison.post_json(&api(&lead, "/follow-ups"), call(next_on.clone())).await.assert_status(201);
        assert_eq!(read(&bureau, &lead).await["next_follow_up_on"], "2026-01-01", "{next_on:?}");
    }
}

#[actix_web::test]
async fn what_is_wrong_is_told_at_its_field_and_writes_nothing() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let lead = register(&client, json!({})).await;
    let path = api(&lead, "/follow-ups");
    let before = written(&app);
    for (change, field, code) in [
        (json!({"content": "  "}), "content", "required"),
        (json!({"kind": "dream"}), "kind", "wrong-form"),
        (json!({"at": "2999-01-01T00:00:00Z"}), "at", "date-in-future"),
        (json!({"at": "yesterday"}), "at", "wrong-form"),
        (json!({"next_on": "2026-01-01"}), "next_on", "before-the-follow-up"),
        (json!({"ours": "长".repeat(501)}), "ours", "too-long"),
        (json!({"mood": "good"}), "mood", "unknown-field"),
    ] {
        let mut body = call(None);
        body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        let answer = client.post_json(&path, body).await.assert_status(422);
        assert_eq!(answer.faults(), [(field.to_owned(), code.to_owned())], "{change}");
    }
    client.post_json(&path, json!({"kind": "call"})).await.assert_status(422);
    client.post_json(&path, call(None)).if_match("\"5\"").await.assert_status(412);
    assert_eq!(written(&app), before);
    client.post_json(&path, call(None)).if_match(&etag(&lead)).await.assert_status(201);
}

#[actix_web::test]
async fn who_records_and_who_reads() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let liaison = app.person(Role::ChamberLiaison);
    let source = json!({"kind": "chamber", "chamber_id": liaison.chamber_id});
    let lead = register(&client, json!({"source": source})).await;
    let path = api(&lead, "/follow-ups");
    // Nobody's lead: the county leader sees it, and it is not his.
    app.token(Role::CountyLeader).post_json(&path, call(None)).await.assert_status(403);
    let leader = json!({"leader": app.person(Role::CountyLeader).username});
    client.post_json(&api(&lead, "/assignment"), leader).await.assert_status(200);
    for (role, status) in [
        (Role::BureauHead, 201),
        (Role::BureauOfficer, 201),
        (Role::CountyOfficer, 201),
        (Role::CountyLeader, 201),
        (Role::ChamberLiaison, 201),
        (Role::Federation, 403),
        (Role::Auditor, 403),
        (Role::LeadingGroup, 403),
        (Role::Admin, 403),
        (Role::FinanceReviewer, 403),
    ] {
        let mut body = call(None);
        body["content"] = json!(role.as_str());
        app.token(role).post_json(&path, body).await.assert_status(status);
    }
    // A liaison reads what his own chamber wrote.
    let own = app.token(Role::ChamberLiaison).get(&path).await.assert_status(200).json();
    let contents: Vec<&Value> =
        own["items"].as_array().unwrap().iter().map(|item| &item["content"]).collect();
    assert_eq!(contents, ["chamber_liaison"]);
    // The federation sees the lead, and none of its follow-ups.
    app.token(Role::Federation).get(&path).await.assert_status(403);
    let all = client.get(&path).await.json();
    assert_eq!(all["items"].as_array().unwrap().len(), 5);
    app.user(Role::ChamberLiaison).token().post_json(&path, call(None)).await.assert_status(404);
}

#[actix_web::test]
async fn the_form_records_and_keeps_what_was_typed() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let lead = register(&client, json!({})).await;
    let browser = app.signed_in(Role::BureauOfficer);
    let form = browser.get(&page(&lead, "/follow-ups/new")).await.assert_status(200).text();
    assert!(form_value(&form, "at").unwrap().contains('T'));
    let path = page(&lead, "/follow-ups");
    let wrong =
        [("kind", "call"), ("content", ""), ("next_step", "带上用地测算"), ("at", "2026-01-02T11:04")];
    let wrong = browser.post_form(&path, &wrong).await.assert_status(422).text();
    assert!(wrong.contains("带上用地测算") && wrong.contains("2026-01-02T11:04"));
    browser.post_form(&path, &[("content", "没有方式")]).await.assert_status(422);
    let right = [
        ("kind", "visit_in"),
        ("content", "来看了厂房"),
        ("next_step", "带上用地测算"),
        ("next_on", &day(2)),
        ("at", "2026-01-02T11:04"),
    ];
    let done = browser.post_form(&path, &right).await.assert_status(303);
    assert!(done.location().starts_with(&page(&lead, "")));
    let item = client.get(&api(&lead, "/follow-ups")).await.json()["items"][0].clone();
    assert_eq!(item["at"], "2026-01-02T03:04:00Z", "the clock on the wall is China's");
    let shown = browser.get(&page(&lead, "")).await.assert_status(200).text();
    assert!(shown.contains("来看了厂房") && shown.contains("带上用地测算"));
    app.signed_in(Role::Auditor).get(&page(&lead, "/follow-ups/new")).await.assert_status(403);
}

#[actix_web::test]
async fn the_list_and_the_timeline_come_in_pages() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let lead = register(&client, json!({})).await;
    // Several at one time: their order is their ids' then.
    for content in ["一", "二", "三", "四", "五"] {
        let body = with_content(content);
        client.post_json(&api(&lead, "/follow-ups"), body).await.assert_status(201);
    }
    client.post_json(&api(&lead, "/stage"), json!({"to": "assessment"})).await.assert_status(200);
    for (path, total) in [("/follow-ups", 5), ("/timeline", 6)] {
        let path = api(&lead, path);
        let whole = client.get(&path).await.assert_status(200).json();
        assert_eq!((whole["items"].as_array().unwrap().len(), &whole["next_cursor"]), (total, &Value::Null));
        assert_eq!(whole.get("total"), None);
        let (mut found, mut cursor) = (Vec::new(), String::new());
        loop {
            let page =
                client.get(&format!("{path}?limit=2&count=true{cursor}")).await.assert_status(200).json();
            assert_eq!(page["total"], total);
            let items = page["items"].as_array().unwrap().clone();
            assert!(items.len() <= 2, "{page}");
            found.extend(items);
            let Some(next) = page["next_cursor"].as_str() else { break };
            cursor = format!("&cursor={next}");
        }
        assert_eq!(json!(found), whole["items"], "{path}");
        for query in ["limit=0", "limit=201", "cursor=x", "sort=at", "page=2", "count=maybe"] {
            client.get(&format!("{path}?{query}")).await.assert_status(400);
        }
    }
}

fn with_content(content: &str) -> Value {
    let mut body = call(None);
    body["content"] = json!(content);
    body
}
