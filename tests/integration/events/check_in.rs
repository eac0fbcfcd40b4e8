//! The door: a guest checks in with his own phone, without signing in, and is told nothing of anybody else.

use super::{day, invite, new_event, path};
use crate::support::log::Log;
use crate::support::{Response, TestApp};
use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;
use serde_json::{Value, json};
use yinfeng::accounts::Role;
use yinfeng::clock;
use yinfeng::db::Id;
use yinfeng::events::rules::{GUESTS_A_MINUTE, GUESTS_A_MINUTE_FROM_ONE, MOST_ATTENDEES, MOST_GUESTS};
use yinfeng::schema::{attendees, events};

/// Where the guests of an event check in.
fn door(event: &Value) -> String {
    let url = event["check_in_url"].as_str().unwrap();
    url[url.find("/check-in/").unwrap()..].to_owned()
}

async fn knock(app: &TestApp, door: &str, name: &str, company: &str) -> Response {
    app.anonymous().post_form(door, &[("name", name), ("company", company)]).await
}

/// Name, company and whether he came, of everybody on the list.
async fn listed(app: &TestApp, event: &Value) -> Vec<(String, Option<String>, bool)> {
    let page = app.token(Role::BureauOfficer).get(&path(event, "/attendees?limit=200")).await.json();
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let rows = page["items"].as_array().unwrap().iter();
    rows.map(|one| (text(&one["name"]).unwrap(), text(&one["company"]), !one["attended_at"].is_null()))
        .collect()
}

fn row(name: &str, company: Option<&str>, came: bool) -> (String, Option<String>, bool) {
    (name.to_owned(), company.map(str::to_owned), came)
}

#[actix_web::test]
async fn an_invitee_is_marked_another_is_entered_and_twice_changes_nothing() {
    let app = TestApp::new().await;
    let event = new_event(&app, json!({})).await;
    let bureau = app.token(Role::BureauOfficer);
    invite(&bureau, &event, json!({ "name": "林示例", "company": "示例玩具公司" })).await;
    invite(&bureau, &event, json!({ "name": "王示例", "company": "甲公司" })).await;
    invite(&bureau, &event, json!({ "name": "王示例", "company": "乙公司" })).await;
    let door = door(&event);
    for (name, company) in [
        ("林示例", ""),
        ("林示例", "示例玩具公司"),
        ("王示例", "乙公司"),
        ("新来宾", "丙公司"),
        ("新来宾", "丙公司"),
    ] {
        let page = knock(&app, &door, name, company).await.assert_status(200).text();
        assert!(page.contains(name) && page.contains("感谢光临"), "{page}");
    }
    let expected = [
        row("林示例", Some("示例玩具公司"), true),
        row("王示例", Some("甲公司"), false),
        row("王示例", Some("乙公司"), true),
        row("新来宾", Some("丙公司"), true),
    ];
    assert_eq!(listed(&app, &event).await, expected);
    let shown = bureau.get(&path(&event, "/attendees")).await.json();
    let guest = &shown["items"][3];
    assert_eq!((&guest["invited"], &guest["checked_in_by"]), (&json!(false), &Value::Null));
}

#[actix_web::test]
async fn no_answer_tells_who_is_on_the_list() {
    let app = TestApp::new().await;
    let event = new_event(&app, json!({})).await;
    let bureau = app.token(Role::BureauOfficer);
    invite(
        &bureau,
        &event,
        json!({ "name": "林示例", "company": "不该看见的公司", "post": "不该看见的职务" }),
    )
    .await;
    let door = door(&event);
    let same = |page: String, name: &str| page.replace(name, "");
    let fresh = app.anonymous().get(&door).await.assert_status(200);
    assert_eq!(fresh.header("referrer-policy"), Some("no-referrer"));
    assert!(fresh.header("x-robots-tag").unwrap().contains("noindex"));
    let known = same(knock(&app, &door, "林示例", "").await.assert_status(200).text(), "林示例");
    let unknown = same(knock(&app, &door, "别来宾", "").await.assert_status(200).text(), "别来宾");
    let again = same(knock(&app, &door, "林示例", "").await.assert_status(200).text(), "林示例");
    assert_eq!(known.len(), unknown.len());
    assert_eq!(known.len(), again.len());
    for page in [fresh.text(), known, unknown, again] {
        assert!(!page.contains("不该看见") && !page.contains("/events/"), "{page}");
    }
    let unnamed = knock(&app, &door, " ", "某公司").await.assert_status(422).text();
    assert!(unnamed.contains("f-name-error") && unnamed.contains("某公司"), "{unnamed}");
}

#[actix_web::test]
async fn the_door_is_open_on_the_days_of_the_event_only() {
    let app = TestApp::new().await;
    for (more, words) in [
        (json!({ "from_on": day(1) }), "签到在活动第一天开放"),
        (json!({ "from_on": day(-2), "to_on": day(-1) }), "活动已结束"),
        (json!({ "status": "cancelled", "cancellation_reason": "台风" }), "活动已取消"),
    ] {
        let event = new_event(&app, more).await;
        let door = door(&event);
        let page = app.anonymous().get(&door).await.assert_status(200).text();
        assert!(page.contains(words) && !page.contains("name=\"name\""), "{page}");
        knock(&app, &door, "早来宾", "").await.assert_status(409);
        assert!(listed(&app, &event).await.is_empty());
    }
    let lasting = new_event(&app, json!({ "from_on": day(-3), "to_on": day(0) })).await;
    knock(&app, &door(&lasting), "末日来宾", "").await.assert_status(200);
}

#[actix_web::test]
async fn a_renewed_code_and_a_guess_open_nothing_and_guesses_are_counted() {
    use yinfeng::schema::sign_in_failures;
    let app = TestApp::new().await;
    let event = new_event(&app, json!({})).await;
    let first = door(&event);
    let bureau = app.token(Role::BureauOfficer);
    let renewed = bureau.post_json(&path(&event, "/check-in-key"), json!({})).await.assert_status(200);
    let second = door(&renewed.json());
    app.anonymous().get(&first).await.assert_status(404);
    knock(&app, &first, "旧码来宾", "").await.assert_status(404);
    app.anonymous().get("/check-in/none").await.assert_status(404);
    let counted: i64 = app.read(|conn| {
        sign_in_failures::table
            .filter(sign_in_failures::username.eq("/check-in"))
            .select(sign_in_failures::failures)
            .first(conn)
    });
    assert_eq!(counted, 3);
    knock(&app, &second, "新码来宾", "").await.assert_status(200);
    assert_eq!(listed(&app, &event).await, [row("新码来宾", None, true)]);
}

#[actix_web::test]
async fn its_secret_is_not_in_the_log() {
    let app = TestApp::new().await;
    let event = new_event(&app, json!({})).await;
    let door = door(&event);
    let log = Log::default();
    let listening = log.listen();
    app.anonymous().get(&door).await.assert_status(200);
    knock(&app, &door, "来宾", "").await.assert_status(200);
    knock(&app, &door, "", "").await.assert_status(422);
    drop(listening);
    let (logged, secret) = (log.text(), door.rsplit('/').next().unwrap());
    assert!(logged.contains("/check-in/{secret}"), "the route is logged: {logged}");
    assert!(!logged.contains(secret), "{logged}");
}

/// Puts so many on the list at that time: by a member of staff, or as guests who entered themselves.
fn fill(app: &TestApp, event: &Value, count: i64, by: Option<&Id>, at: NaiveDateTime) {
    let id = event["id"].as_str().unwrap();
    let rows: Vec<_> = (0..count)
        .map(|number| {
            let name = if by.is_some() { format!("受邀{number}") } else { format!("来宾{number}") };
            (
                attendees::id.eq(Id::generate()),
                attendees::event_id.eq(id),
                attendees::name.eq(name),
                attendees::invited_by.eq(by),
                attendees::at.eq(at),
            )
        })
        .collect();
    for some in rows.chunks(100) {
        app.write(|conn| {
            for row in some {
                diesel::insert_into(attendees::table).values(row.clone()).execute(conn)?;
            }
            Ok(())
        });
    }
}

fn an_hour_ago() -> NaiveDateTime {
    clock::now() - Duration::hours(1)
}

#[actix_web::test]
async fn strangers_fill_their_own_places_and_not_those_of_whom_the_organiser_enters() {
    let app = TestApp::new().await;
    let event = new_event(&app, json!({})).await;
    fill(&app, &event, MOST_GUESTS, None, an_hour_ago());
    let door = door(&event);
    let refused = knock(&app, &door, "多一位", "").await.assert_status(409).text();
    assert!(refused.contains("名单已满"), "{refused}");
    knock(&app, &door, "来宾7", "").await.assert_status(200);
    let bureau = app.token(Role::BureauOfficer);
    let add = async |name: &str| bureau.post_json(&path(&event, "/attendees"), json!({ "name": name })).await;
    add("再一位").await.assert_status(201);
    let officer = app.person(Role::BureauOfficer).id;
    fill(&app, &event, MOST_ATTENDEES - 1, Some(&officer), an_hour_ago());
    assert_eq!(add("又一位").await.assert_status(409).json()["code"], "event-full");
    let id = event["id"].as_str().unwrap();
    let version: i64 = app.read(|conn| events::table.find(id).select(events::version).first(conn));
    assert_eq!(version, 1, "checking in changes nothing of the event itself");
}

#[actix_web::test]
async fn new_guests_of_one_address_come_one_after_the_other_and_invitees_never_wait() {
    let app = TestApp::new().await;
    let event = new_event(&app, json!({})).await;
    let bureau = app.token(Role::BureauOfficer);
    invite(&bureau, &event, json!({ "name": "林示例" })).await;
    let door = door(&event);
    let knock_from = async |address: &str, name: &str| {
        app.anonymous().post_form(&door, &[("name", name), ("company", "")]).from(address).await
    };
    for number in 0..GUESTS_A_MINUTE_FROM_ONE {
        knock_from("10.0.0.1", &format!("来宾{number}")).await.assert_status(200);
    }
    let refused = knock_from("10.0.0.1", "急来宾").await.assert_status(429);
    assert_eq!(refused.header("retry-after"), Some("60"));
    let page = refused.text();
    assert!(page.contains("请稍等一分钟") && page.contains("急来宾"), "what was typed stays: {page}");
    knock_from("10.0.0.1", "林示例").await.assert_status(200);
    knock_from("10.0.0.1", "来宾3").await.assert_status(200);
    knock_from("10.0.0.2", "邻厅来宾").await.assert_status(200);
    let listed = listed(&app, &event).await;
    assert!(listed.contains(&row("林示例", None, true)) && !listed.iter().any(|one| one.0 == "急来宾"));
}

#[actix_web::test]
async fn an_event_takes_so_many_new_guests_a_minute_wherever_they_are() {
    let app = TestApp::new().await;
    let event = new_event(&app, json!({})).await;
    fill(&app, &event, 500, None, an_hour_ago());
    knock(&app, &door(&event), "早来宾", "").await.assert_status(200);
    let busy = new_event(&app, json!({})).await;
    fill(&app, &busy, GUESTS_A_MINUTE, None, clock::now());
    knock(&app, &door(&busy), "急来宾", "").await.assert_status(429);
    knock(&app, &door(&busy), "来宾7", "").await.assert_status(200);
}

#[actix_web::test]
async fn a_name_in_traditional_characters_is_the_invitee_and_stands_on_the_list_once() {
    let app = TestApp::new().await;
    let event = new_event(&app, json!({})).await;
    let bureau = app.token(Role::BureauOfficer);
    for company in ["甲公司(虚构)", "乙公司(虚构)"] {
        invite(&bureau, &event, json!({ "name": "张三", "company": company })).await;
    }
    for (name, company) in [("張三", "乙公司(虚构)"), ("张三", "乙公司（虛構）"), ("張 三", "乙公司(虚构)")]
    {
        let twice = json!({ "name": name, "company": company });
        let refused = bureau.post_json(&path(&event, "/attendees"), twice).await.assert_status(422);
        assert_eq!(refused.faults(), [("name".to_owned(), "attendee-listed".to_owned())], "{name}");
        knock(&app, &door(&event), name, company).await.assert_status(200);
    }
    let expected = [row("张三", Some("甲公司(虚构)"), false), row("张三", Some("乙公司(虚构)"), true)];
    assert_eq!(listed(&app, &event).await, expected);
    let browser = app.signed_in(Role::BureauOfficer);
    let here = format!("/events/{}", event["id"].as_str().unwrap());
    let twice = [("name", "張三"), ("company", "甲公司(虚构)")];
    let back = browser.post_form(&format!("{here}/attendees"), &twice).await.assert_status(422).text();
    assert!(back.contains("f-name-error"), "{back}");
}

#[actix_web::test]
async fn a_refusal_does_not_tell_a_liaison_whom_others_invited() {
    let app = TestApp::new().await;
    let event = new_event(&app, json!({})).await;
    invite(&app.token(Role::BureauOfficer), &event, json!({ "name": "张三" })).await;
    let liaison = app.token(Role::ChamberLiaison);
    invite(&liaison, &event, json!({ "name": "张三" })).await;
    let again = liaison.post_json(&path(&event, "/attendees"), json!({ "name": "張三" })).await;
    again.assert_status(422);
}
