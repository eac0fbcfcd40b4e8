//! Who was invited and came, as staff enter it.

use super::{day, invite, new_event, path};
use crate::support::{Client, TestApp};
use serde_json::{Value, json};
use yinfeng::accounts::Role;

fn attendance(event: &Value, attendee: &Value) -> String {
    path(event, &format!("/attendees/{}/attendance", attendee["id"].as_str().unwrap()))
}

async fn counts(client: &Client, event: &Value) -> (i64, i64) {
    let shown = client.get(&path(event, "")).await.assert_status(200).json();
    (shown["listed"].as_i64().unwrap(), shown["attended"].as_i64().unwrap())
}

#[actix_web::test]
async fn who_came_is_marked_by_hand_and_taken_back() {
    let app = TestApp::new().await;
    let county = app.token(Role::CountyOfficer);
    let event = new_event(&app, json!({})).await;
    let chamber = app.new_chamber("示例商会");
    let full =
        json!({ "name": " 示例  经理 ", "company": "示例公司", "post": "总经理", "chamber_id": chamber });
    let one = invite(&county, &event, full).await;
    assert_eq!((&one["name"], &one["chamber"]), (&json!("示例 经理"), &json!("示例商会")));
    assert_eq!((&one["invited"], &one["attended_at"]), (&json!(true), &Value::Null));
    assert_eq!(one["invited_by"]["username"], app.person(Role::CountyOfficer).username);
    let came = county.post_json(&attendance(&event, &one), json!({})).await.assert_status(200).json();
    assert_eq!(came["checked_in_by"]["username"], app.person(Role::CountyOfficer).username);
    let again = app.token(Role::BureauHead).post_json(&attendance(&event, &one), json!({})).await;
    assert_eq!(again.assert_status(200).json(), came, "once more changes nothing");
    assert_eq!(counts(&county, &event).await, (1, 1));
    let row = path(&event, &format!("/attendees/{}", one["id"].as_str().unwrap()));
    let kept = county.delete(&row, "\"1\"").await.assert_status(409);
    assert_eq!(kept.json()["code"], "attendee-attended");
    county.delete(&attendance(&event, &one), "\"2\"").await.assert_status(412);
    let back = county.delete(&attendance(&event, &one), "\"1\"").await.assert_status(200).json();
    assert_eq!((&back["attended_at"], &back["checked_in_by"]), (&Value::Null, &Value::Null));
    county.delete(&row, "\"1\"").await.assert_status(204);
    assert_eq!(counts(&county, &event).await, (0, 0));
    county.post_json(&attendance(&event, &one), json!({})).await.assert_status(404);
}

#[actix_web::test]
async fn nobody_came_before_it_began() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let event = new_event(&app, json!({ "from_on": day(1) })).await;
    let one = invite(&bureau, &event, json!({ "name": "示例经理" })).await;
    let early = bureau.post_json(&attendance(&event, &one), json!({})).await.assert_status(409);
    assert_eq!(early.json()["code"], "event-not-begun");
}

#[actix_web::test]
async fn faults_of_an_attendee_stand_at_their_fields() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let event = new_event(&app, json!({})).await;
    for (body, fault) in [
        (json!({}), ("name", "required")),
        (json!({ "name": "x".repeat(201) }), ("name", "too-long")),
        (json!({ "name": "示例", "chamber_id": "SH-9999" }), ("chamber_id", "unknown-chamber")),
    ] {
        let refused = bureau.post_json(&path(&event, "/attendees"), body).await.assert_status(422);
        assert_eq!(refused.faults(), [(fault.0.to_owned(), fault.1.to_owned())]);
    }
    let phone = bureau.post_json(&path(&event, "/attendees"), json!({ "name": "示例", "phone": "1" })).await;
    assert_eq!(phone.assert_status(422).faults()[0].1, "unknown-field", "no phone is kept");
}

#[actix_web::test]
async fn the_list_is_narrowed_and_paged() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let event = new_event(&app, json!({})).await;
    for name in ["甲示例", "乙示例", "丙示例"] {
        invite(&bureau, &event, json!({ "name": name, "company": format!("{name}公司") })).await;
    }
    let all = path(&event, "/attendees");
    let page = bureau.get(&format!("{all}?limit=2&count=true")).await.assert_status(200).json();
    assert_eq!((&page["total"], page["items"].as_array().unwrap().len()), (&json!(3), 2));
    let next = format!("{all}?limit=2&cursor={}", page["next_cursor"].as_str().unwrap());
    assert_eq!(bureau.get(&next).await.json()["items"][0]["name"], "丙示例");
    let found = bureau.get(&format!("{all}?q=%E4%B9%99&count=true")).await.assert_status(200).json();
    assert_eq!((&found["total"], &found["items"][0]["name"]), (&json!(1), &json!("乙示例")));
}
