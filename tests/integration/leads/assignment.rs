//! Whose lead it is: county, officer, county leader.

use super::{api, officer, page, read, register, written};
use crate::support::TestApp;
use serde_json::{Value, json};
use yinfeng::accounts::Role;

#[actix_web::test]
async fn people_are_named_by_username_or_id_and_must_fit_the_county() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let lead = register(&client, json!({})).await;
    let path = api(&lead, "/assignment");
    let leader = app.person(Role::CountyLeader);
    let county = app.person(Role::CountyOfficer);
    let far_leader = app.user(Role::CountyLeader).region("450722").insert();
    let far_officer = app.user(Role::CountyOfficer).region("450722").insert();
    for (body, field, code) in [
        (json!({"officer": "nobody"}), "officer", "unknown-user"),
        (json!({"leader": "nobody"}), "leader", "unknown-user"),
        (json!({"officer": far_officer.username}), "officer", "user-of-other-county"),
        (json!({"leader": far_leader.username}), "leader", "user-of-other-county"),
        (json!({"officer": leader.username}), "officer", "not-an-officer"),
        (json!({"leader": county.username}), "leader", "not-a-leader"),
        (json!({"leader": app.person(Role::BureauHead).username}), "leader", "not-a-leader"),
        (json!({"officer": app.person(Role::Auditor).username}), "officer", "not-an-officer"),
        (json!({"county": "000000"}), "county", "unknown"),
        (json!({"boss": "x"}), "boss", "unknown-field"),
    ] {
        let answer = client.post_json(&path, body.clone()).await.assert_status(422);
        assert_eq!(answer.faults()[0], (field.to_owned(), code.to_owned()), "{body}");
    }
    let lead = client.post_json(&path, json!({"officer": county.id, "leader": leader.username})).await;
    let lead = lead.assert_status(200).json();
    assert_eq!(
        lead["officer"],
        json!({"id": county.id, "username": county.username, "display_name": county.display_name})
    );
    assert_eq!(lead["leader"]["username"], leader.username);
    // What is not named stays; null takes away; the same again writes nothing.
    let before = written(&app);
    let same = client.post_json(&path, json!({"leader": leader.username})).await.assert_status(200).json();
    assert_eq!((written(&app), &same["version"]), (before, &lead["version"]));
    let lead = client.post_json(&path, json!({"leader": null})).await.assert_status(200).json();
    assert_eq!((&lead["leader"], &lead["officer"]["username"]), (&Value::Null, &json!(county.username)));
}

#[actix_web::test]
async fn handing_on_leaves_the_county_people_behind_and_keeps_the_bureaus() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let lead = register(&client, json!({"park": "luwu"})).await;
    let path = api(&lead, "/assignment");
    let me = app.person(Role::BureauOfficer);
    let people = json!({"officer": me.username, "leader": app.person(Role::CountyLeader).username});
    client.post_json(&path, people).await.assert_status(200);
    let on = client
        .post_json(&path, json!({"county": "450722", "reason": "产业在浦北"}))
        .await
        .assert_status(200)
        .json();
    assert_eq!((&on["county"], &on["leader"], &on["park"]), (&json!("450722"), &Value::Null, &Value::Null));
    assert_eq!(on["officer"]["username"], me.username);
    let old = app.token(Role::CountyOfficer);
    assert_eq!(read(&old, &lead).await["county"], "450722", "both share the credit");
    old.post_json(&path, json!({"county": "450721"})).await.assert_status(403);
    let leader = app.user(Role::CountyLeader).region("450722").insert();
    let back = json!({"county": "450722", "leader": leader.username});
    let back = client.post_json(&path, back).await.assert_status(200).json();
    assert_eq!(back["leader"]["username"], leader.username);
}

#[actix_web::test]
async fn the_page_assigns_and_says_who_does_not_fit() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let lead = register(&client, json!({})).await;
    let browser = app.signed_in(Role::BureauOfficer);
    let (leader, far) =
        (app.person(Role::CountyLeader), app.user(Role::CountyLeader).region("450722").insert());
    let path = page(&lead, "/assignment");
    let html = browser.get(&path).await.assert_status(200).text();
    assert!(html.contains(&leader.display_name) && html.contains(&far.display_name));
    let form = |leader: &str, version: &str| {
        [
            ("county", "450721"),
            ("officer", ""),
            ("leader", leader),
            ("reason", "由他跟进"),
            ("version", version),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
    };
    let send = async |fields: [(String, String); 5]| {
        let fields: Vec<(&str, &str)> =
            fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        browser.post_form(&path, &fields).await
    };
    let refused = send(form(far.id.as_str(), "1")).await.assert_status(422).text();
    assert!(refused.contains("由他跟进"));
    send(form(leader.id.as_str(), "1")).await.assert_status(303);
    assert_eq!(read(&client, &lead).await["leader"]["username"], leader.username);
    send(form("", "1")).await.assert_status(412);
    // A person whose account was disabled stays until somebody else is chosen.
    app.write(|conn| {
        use diesel::prelude::*;
        use yinfeng::schema::users;
        diesel::update(users::table.find(&leader.id)).set(users::active.eq(false)).execute(conn)
    });
    let html = browser.get(&path).await.assert_status(200).text();
    assert!(html.contains(&format!("value=\"{}\" selected", leader.id)));
    send(form(leader.id.as_str(), "2")).await.assert_status(303);
    assert_eq!(read(&client, &lead).await["leader"]["username"], leader.username);
}
