//! Users by the API: made, seen, changed, disabled.

use crate::support::{PASSWORD, TestApp};
use diesel::prelude::*;
use serde_json::{Value, json};
use yinfeng::accounts::Role;
use yinfeng::schema::{audit_entries, users};

fn body(username: &str) -> Value {
    json!({ "username": username, "display_name": "示例", "role": "county_officer", "region": "450721" })
}

fn codes(faults: &[(String, String)]) -> Vec<(&str, &str)> {
    faults.iter().map(|(field, code)| (field.as_str(), code.as_str())).collect()
}

#[actix_web::test]
async fn a_user_is_made_with_a_password_told_once() {
    let app = TestApp::new().await;
    let admin = app.token(Role::Admin);
    let answer = admin.post_json("/api/v1/users", body("Zhang.San")).await.assert_status(201);
    let made = answer.json();
    assert_eq!((&made["username"], &made["version"]), (&json!("zhang.san"), &json!(1)));
    assert_eq!(answer.etag(), "\"1\"");
    let password = made["one_time_password"].as_str().unwrap().to_owned();
    let seen = admin.get(&answer.location()).await.assert_status(200).json();
    assert_eq!(seen["one_time_password"], Value::Null);
    assert_eq!(seen["must_change_password"], json!(true));
    let browser = app.anonymous();
    let fields = [("username", "zhang.san"), ("password", password.as_str())];
    browser.post_form("/sign-in", &fields).await.assert_status(303);
    assert_eq!(browser.get("/").await.assert_status(303).header("location"), Some("/account"));
}

/// A name of one letter stands in nearly every password.
#[actix_web::test]
async fn a_short_name_is_no_obstacle() {
    let app = TestApp::new().await;
    let admin = app.token(Role::Admin);
    for number in 0..5 {
        let mut body = body(&format!("e{number}"));
        body["display_name"] = json!("e");
        admin.post_json("/api/v1/users", body).await.assert_status(201);
    }
}

#[actix_web::test]
async fn what_is_wrong_is_told_by_field() {
    let app = TestApp::new().await;
    let admin = app.token(Role::Admin);
    let chamber = app.new_chamber("示例商会").to_string();
    app.user(Role::Auditor).username("taken").insert();
    for (change, faults) in [
        (json!({"username": "李明"}), vec![("username", "username-form")]),
        (json!({"username": "taken"}), vec![("username", "username-taken")]),
        (json!({"display_name": " "}), vec![("display_name", "required")]),
        (json!({"role": "boss"}), vec![("role", "wrong-form")]),
        (json!({"region": null}), vec![("region", "region-needed")]),
        (json!({"region": "440300"}), vec![("region", "region-unknown")]),
        (json!({"chamber": chamber}), vec![("chamber", "chamber-not-for-role")]),
        (json!({"role": "chamber_liaison"}), vec![("chamber", "chamber-needed")]),
        (json!({"role": "chamber_liaison", "chamber": "SH-9999"}), vec![("chamber", "chamber-unknown")]),
        (json!({"phone": "none"}), vec![("phone", "not-a-phone")]),
        (json!({"email": "nobody"}), vec![("email", "not-an-email")]),
        (json!({"password": "short"}), vec![("password", "password-short")]),
        (json!({"power": 9}), vec![("power", "unknown-field")]),
    ] {
        let mut body = body("zhang.san");
        for (name, value) in change.as_object().unwrap() {
            body[name] = value.clone();
        }
        let answer = admin.post_json("/api/v1/users", body).await.assert_status(422);
        assert_eq!(codes(&answer.faults()), faults, "{change}");
    }
    let liaison =
        json!({"username": "chen", "display_name": "示例", "role": "chamber_liaison", "chamber": chamber});
    let made = admin.post_json("/api/v1/users", liaison).await.assert_status(201).json();
    assert_eq!(made["chamber"]["id"], json!(chamber));
}

#[actix_web::test]
async fn a_change_names_the_version_it_changes() {
    let app = TestApp::new().await;
    let admin = app.token(Role::Admin);
    let user = app.user(Role::CountyOfficer).insert();
    let path = format!("/api/v1/users/{}", user.id);
    let change = json!({"display_name": "新名字", "phone": "12000000101"});
    let patch = actix_web::http::Method::PATCH;
    admin.request(patch.clone(), &path).json(change.clone()).await.assert_status(428);
    admin.patch_json(&path, "\"7\"", change.clone()).await.assert_status(412);
    let answer = admin.patch_json(&path, "\"1\"", change.clone()).await.assert_status(200);
    assert_eq!(answer.etag(), "\"2\"");
    let seen = answer.json();
    assert_eq!((&seen["display_name"], &seen["phone"]), (&json!("新名字"), &json!("120****0101")));
    assert_eq!(seen["region"], json!("450721"), "a merge patch leaves the rest");
    admin.patch_json(&path, "\"1\"", change).await.assert_status(412);
    let kept: Option<String> =
        app.read(|conn| users::table.find(&user.id).select(users::phone_encrypted).first(conn));
    assert!(!kept.unwrap().contains("12000000101"));
    let answer = admin.patch_json(&path, "\"2\"", json!({"username": "other"})).await.assert_status(422);
    assert_eq!(codes(&answer.faults()), [("username", "fixed")]);
    let answer = admin.patch_json(&path, "\"2\"", json!({"phone": null})).await.assert_status(200);
    assert_eq!(answer.json()["phone"], Value::Null);
}

#[actix_web::test]
async fn disabling_ends_everything_at_once_and_enabling_begins_anew() {
    let app = TestApp::new().await;
    let admin = app.token(Role::Admin);
    let user = app.user(Role::BureauOfficer).username("liming").insert();
    let (browser, program) = (app.browser_of(&user), app.program_of(&user));
    let path = format!("/api/v1/users/{}", user.id);
    admin.patch_json(&path, "\"1\"", json!({"active": false})).await.assert_status(200);
    browser.get("/account").await.assert_status(303);
    program.get("/api/v1/me").await.assert_status(401);
    let fields = [("username", "liming"), ("password", PASSWORD)];
    app.anonymous().post_form("/sign-in", &fields).await.assert_status(401);
    admin.patch_json(&path, "\"2\"", json!({"active": true})).await.assert_status(200);
    program.get("/api/v1/me").await.assert_status(401);
    app.anonymous().post_form("/sign-in", &fields).await.assert_status(303);
}

#[actix_web::test]
async fn the_last_administrator_stays() {
    let app = TestApp::new().await;
    let (admin, person) = (app.token(Role::Admin), app.person(Role::Admin));
    let path = format!("/api/v1/users/{}", person.id);
    for change in [json!({"active": false}), json!({"role": "auditor"})] {
        let answer = admin.patch_json(&path, "\"1\"", change).await.assert_status(409);
        assert_eq!(answer.json()["code"], json!("last-admin"));
    }
    let second = app.user(Role::Admin).insert();
    admin.patch_json(&path, "\"1\"", json!({"active": false})).await.assert_status(200);
    let second_path = format!("/api/v1/users/{}", second.id);
    let answer = app.program_of(&second).patch_json(&second_path, "\"1\"", json!({"active": false})).await;
    answer.assert_status(409);
}

#[actix_web::test]
async fn a_role_is_granted_in_the_auditors_sight_and_signs_out() {
    let app = TestApp::new().await;
    let admin = app.token(Role::Admin);
    let user = app.user(Role::BureauOfficer).insert();
    let browser = app.browser_of(&user);
    let path = format!("/api/v1/users/{}", user.id);
    admin.patch_json(&path, "\"1\"", json!({"role": "bureau_head"})).await.assert_status(200);
    browser.get("/account").await.assert_status(303);
    let subject = format!("/api/v1/audit?action=user.grant&subject=user:{}", user.id);
    let trail = app.token(Role::Auditor).get(&subject).await.assert_status(200).json();
    let change = &trail["items"][0]["differences"]["role"];
    assert_eq!(change, &json!({"from": "bureau_officer", "to": "bureau_head"}));
}

#[actix_web::test]
async fn a_reset_password_is_told_once_and_ends_sessions() {
    let app = TestApp::new().await;
    let admin = app.token(Role::Admin);
    let user = app.user(Role::BureauOfficer).username("liming").insert();
    let browser = app.browser_of(&user);
    let path = format!("/api/v1/users/{}/password-reset", user.id);
    let answer = admin.post(&path).await.assert_status(200).json();
    browser.get("/account").await.assert_status(303);
    let password = answer["one_time_password"].as_str().unwrap();
    let old = [("username", "liming"), ("password", PASSWORD)];
    app.anonymous().post_form("/sign-in", &old).await.assert_status(401);
    let new = [("username", "liming"), ("password", password)];
    app.anonymous().post_form("/sign-in", &new).await.assert_status(303);
    let told: i64 = app.read(|conn| {
        audit_entries::table.filter(audit_entries::action.eq("password.reset")).count().get_result(conn)
    });
    assert_eq!(told, 1);
}

#[actix_web::test]
async fn users_are_listed_in_pages_and_filtered() {
    let app = TestApp::new().await;
    let admin = app.token(Role::Admin);
    for name in ["b-one", "b-two", "b_three"] {
        app.user(Role::CountyOfficer).username(name).insert();
    }
    let list = |query: &str| {
        let (admin, path) = (admin.clone(), format!("/api/v1/users?{query}"));
        async move { admin.get(&path).await.assert_status(200).json() }
    };
    let names = |page: &Value| {
        let items = page["items"].as_array().unwrap().clone();
        items.iter().map(|user| user["username"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let first = list("role=county_officer&limit=2&count=true").await;
    assert_eq!((names(&first), &first["total"]), (vec!["b-one".into(), "b-two".into()], &json!(3)));
    let next = first["next_cursor"].as_str().unwrap();
    let second = list(&format!("role=county_officer&limit=2&cursor={next}")).await;
    assert_eq!((names(&second), &second["next_cursor"]), (vec!["b_three".into()], &Value::Null));
    assert_eq!(names(&list("q=B_T").await), ["b_three"], "_ is no wildcard, case does not count");
    assert!(names(&list("active=false").await).is_empty());
    admin.get("/api/v1/users?rolle=admin").await.assert_status(400);
    admin.get("/api/v1/users?role=boss").await.assert_status(400);
}

#[actix_web::test]
async fn only_the_administrator_keeps_users_and_the_auditor_sees_them() {
    let app = TestApp::new().await;
    let user = app.user(Role::BureauOfficer).insert();
    let path = format!("/api/v1/users/{}", user.id);
    for role in Role::ALL.iter().copied().filter(|role| *role != Role::Admin) {
        let program = app.token(role);
        program.post_json("/api/v1/users", body("sneaky")).await.assert_status(403);
        program.patch_json(&path, "\"1\"", json!({"role": "admin"})).await.assert_status(403);
        program.post(&format!("{path}/password-reset")).await.assert_status(403);
        let reads = if role == Role::Auditor { 200 } else { 403 };
        program.get("/api/v1/users").await.assert_status(reads);
        program.get(&path).await.assert_status(reads);
    }
    let nobody = app.anonymous();
    nobody.get("/api/v1/users").await.assert_status(401);
    app.token(Role::Admin).get("/api/v1/users/none").await.assert_status(404);
    app.token(Role::Admin).delete(&path, "\"1\"").await.assert_status(405);
}
