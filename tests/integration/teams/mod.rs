//! Teams that attract investment, through HTTP.

use crate::support::TestApp;
use serde_json::{Value, json};
use yinfeng::accounts::Role;
use yinfeng::clock;

pub const PATH: &str = "/api/v1/teams";

/// A joint team of 450721, with these fields beside or instead.
pub fn body(more: Value) -> Value {
    with(json!({ "name": "示例招商队", "kind": "joint", "county": "450721" }), more)
}

/// Somebody's term.
pub fn member(more: Value) -> Value {
    with(json!({ "name": "示例队员", "from_on": "2024-03-01" }), more)
}

/// A trip to Dongguan.
pub fn trip(more: Value) -> Value {
    with(
        json!({ "kind": "outing", "from_on": "2026-03-02", "region": "441900", "purpose": "拜访玩具企业" }),
        more,
    )
}

fn with(mut body: Value, more: Value) -> Value {
    for (field, value) in more.as_object().unwrap() {
        body[field] = value.clone();
    }
    body
}

/// A team by the bureau.
pub async fn team(app: &TestApp, more: Value) -> Value {
    app.token(Role::BureauOfficer).post_json(PATH, body(more)).await.assert_status(201).json()
}

pub fn path(team: &Value) -> String {
    format!("{PATH}/{}", team["id"].as_str().unwrap())
}

#[actix_web::test]
async fn a_teams_stability_follows_from_the_terms_of_its_members() {
    let app = TestApp::new().await;
    let county = app.token(Role::CountyOfficer);
    let made = county.post_json(PATH, body(json!({ "county": null }))).await.assert_status(201).json();
    assert_eq!((&made["county"], &made["code"]), (&json!("450721"), &json!("DW-0001")));
    assert_eq!(made["stability"]["word"], "new");
    let members = format!("{}/members", path(&made));
    let today = clock::today();
    let gone = today - chrono::Duration::days(40);
    let officer = app.person(Role::CountyOfficer);
    county
        .post_json(&members, member(json!({ "name": null, "user_id": officer.username })))
        .await
        .assert_status(201);
    let second = county.post_json(&members, member(json!({ "name": "二号" }))).await.assert_status(201);
    county.post_json(&members, member(json!({ "name": "三号", "from_on": today }))).await.assert_status(201);
    let one = format!("{members}/{}", second.json()["id"].as_str().unwrap());
    county.patch_json(&one, &second.etag(), json!({ "to_on": gone })).await.assert_status(412);
    let left = county.patch_json(&one, "*", json!({ "to_on": gone })).await.assert_status(200);
    assert_eq!(left.json()["to_on"], json!(gone));
    let now = county.get(&path(&made)).await.assert_status(200);
    assert_eq!(now.etag(), left.etag(), "a member is changed with the team's version");
    let shown = now.json();
    assert_eq!((&shown["members"], &shown["version"]), (&json!(2), &json!(5)));
    let stability = &shown["stability"];
    let figures =
        ["word", "began", "stayed", "share_bp", "days_since_change"].map(|field| stability[field].clone());
    assert_eq!(figures, [json!("shifting"), json!(2), json!(1), json!(5000), json!(0)]);
    let list = county.get(&format!("{members}?count=true")).await.assert_status(200).json();
    assert_eq!((&list["total"], &list["items"][0]["name"]), (&json!(3), &json!(officer.display_name)));
    county.delete(&one, "*").await.assert_status(204);
    let trail =
        app.token(Role::Auditor).get("/api/v1/audit?action=team.member").await.assert_status(200).json();
    assert_eq!(trail["items"].as_array().unwrap().len(), 5);
}

#[actix_web::test]
async fn a_trip_names_the_leads_that_came_of_it_and_keeps_those_that_one_does_not_see() {
    let app = TestApp::new().await;
    let (bureau, county) = (app.token(Role::BureauOfficer), app.token(Role::CountyOfficer));
    let team = team(&app, json!({})).await;
    let (own, other) = (app.new_lead(json!({})).await, app.new_lead(json!({ "county": "450722" })).await);
    let trips = format!("{}/trips", path(&team));
    let made = bureau
        .post_json(&trips, trip(json!({ "leads": [own["code"], other["id"]] })))
        .await
        .assert_status(201);
    assert_eq!(made.json()["leads"].as_array().unwrap().len(), 2);
    let list = county.get(&trips).await.assert_status(200).json();
    let codes: Vec<_> =
        list["items"][0]["leads"].as_array().unwrap().iter().map(|lead| &lead["code"]).collect();
    assert_eq!(codes, [&own["code"]]);
    let one = format!("{trips}/{}", made.json()["id"].as_str().unwrap());
    let edit = json!({ "result": "两家有意向", "leads": [] });
    let edited = county.patch_json(&one, "*", edit).await.assert_status(200).json();
    assert_eq!((&edited["leads"], &edited["result"]), (&json!([]), &json!("两家有意向")));
    let seen = bureau.get(&trips).await.json()["items"][0]["leads"].clone();
    assert_eq!(seen[0]["code"], other["code"], "what the county does not see stays");
    let hidden = county.patch_json(&one, "*", json!({ "leads": [other["code"]] })).await.assert_status(422);
    assert_eq!(hidden.faults(), [("leads".to_owned(), "unknown-lead".to_owned())]);
    let kept = bureau.delete(&path(&team), "*").await.assert_status(409);
    assert_eq!(kept.json()["code"], "team-has-trips");
    let now = bureau.get(&path(&team)).await.json();
    assert_eq!((&now["trips"], &now["last_trip_on"]), (&json!(1), &json!("2026-03-02")));
    bureau.delete(&one, "*").await.assert_status(204);
    bureau.post_json(&format!("{}/members", path(&team)), member(json!({}))).await.assert_status(201);
    bureau.delete(&path(&team), "*").await.assert_status(204);
}

#[actix_web::test]
async fn a_county_sees_its_own_teams_and_the_citys_are_the_bureaus() {
    let app = TestApp::new().await;
    let county = app.token(Role::CountyOfficer);
    let own = team(&app, json!({})).await;
    let other = team(&app, json!({ "kind": "county", "county": "450722" })).await;
    let city = team(&app, json!({ "kind": "city", "county": null })).await;
    county.get(&path(&own)).await.assert_status(200);
    for theirs in [&other, &city] {
        county.get(&path(theirs)).await.assert_status(404);
    }
    let page = county.get(&format!("{PATH}?count=true")).await.assert_status(200).json();
    assert_eq!(page["total"], 1);
    let moved = county.patch_json(&path(&own), "*", json!({ "county": "450722" })).await.assert_status(403);
    assert_eq!(moved.faults(), [("county".to_owned(), "other-region".to_owned())]);
    county.post_json(PATH, body(json!({ "kind": "city" }))).await.assert_status(403);
    let all = app.token(Role::LeadingGroup).get(&format!("{PATH}?kind=city,joint")).await;
    all.assert_status(400);
    for (query, total) in [("kind=city", 1), ("county=450722", 1), ("q=%E6%8B%9B%E5%95%86", 3), ("", 3)] {
        let found =
            app.token(Role::LeadingGroup).get(&format!("{PATH}?count=true&{query}")).await.assert_status(200);
        assert_eq!(found.json()["total"], total, "{query}");
    }
}

#[actix_web::test]
async fn every_fault_is_told_at_its_field() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let team = team(&app, json!({})).await;
    let of_team = |rest: &str| format!("{}/{rest}", path(&team));
    for (path, body, fault) in [
        (PATH.to_owned(), body(json!({ "name": null })), ("name", "required")),
        (PATH.to_owned(), body(json!({ "kind": null })), ("kind", "required")),
        (PATH.to_owned(), body(json!({ "county": null })), ("county", "required")),
        (PATH.to_owned(), body(json!({ "county": "441900" })), ("county", "unknown")),
        (of_team("members"), member(json!({ "name": null })), ("name", "required")),
        (of_team("members"), member(json!({ "user_id": "nobody" })), ("user_id", "unknown-user")),
        (of_team("members"), member(json!({ "from_on": null })), ("from_on", "required")),
        (of_team("members"), member(json!({ "to_on": "2024-02-29" })), ("to_on", "ends-before-it-begins")),
        (of_team("trips"), trip(json!({ "region": "999999" })), ("region", "unknown")),
        (of_team("trips"), trip(json!({ "purpose": " " })), ("purpose", "required")),
        (of_team("trips"), trip(json!({ "leads": ["QZ-1999-000001"] })), ("leads", "unknown-lead")),
    ] {
        let refused = bureau.post_json(&path, body.clone()).await.assert_status(422);
        assert_eq!(refused.faults(), [(fault.0.to_owned(), fault.1.to_owned())], "{body}");
    }
}

#[actix_web::test]
async fn pages_follow_the_cursor_to_every_row_once() {
    let app = TestApp::new().await;
    for number in 0..5 {
        team(&app, json!({ "name": format!("示例队{number}") })).await;
    }
    let bureau = app.token(Role::BureauOfficer);
    let (mut names, mut at) = (Vec::new(), String::new());
    loop {
        let page = bureau.get(&format!("{PATH}?limit=2{at}")).await.assert_status(200).json();
        let items = page["items"].as_array().unwrap();
        names.extend(items.iter().map(|row| row["name"].as_str().unwrap().to_owned()));
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        at = format!("&cursor={cursor}");
    }
    assert_eq!(names, ["示例队4", "示例队3", "示例队2", "示例队1", "示例队0"]);
}

#[actix_web::test]
async fn forms_keep_a_team_its_members_and_its_trips() {
    let app = TestApp::new().await;
    let browser = app.signed_in(Role::CountyOfficer);
    assert!(browser.get("/teams").await.assert_status(200).text().contains("还没有队伍"));
    let form = browser.get("/teams/new").await.assert_status(200).text();
    assert!(form.contains("市县联合队伍") && !form.contains("市级队伍"), "{form}");
    let typed = [("name", "示例招商队"), ("kind", "joint"), ("county", "450721"), ("leader", "示例队长")];
    let added = browser.post_form("/teams", &typed).await.assert_status(303).location();
    let shown = browser.get(&added).await.assert_status(200).text();
    for part in ["示例招商队", "示例队长", "新队伍", "还没有外出记录"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    browser.get(&format!("{added}/members/new")).await.assert_status(200);
    let wrong =
        browser.post_form(&format!("{added}/members"), &[("version", "1")]).await.assert_status(422).text();
    assert!(wrong.contains("f-name-error"), "{wrong}");
    let user = app.person(Role::CountyOfficer).username;
    let typed =
        [("name", "示例队员"), ("user_id", user.as_str()), ("from_on", "2024-03-01"), ("version", "1")];
    browser.post_form(&format!("{added}/members"), &typed).await.assert_status(303);
    let typed = [
        ("kind", "resident"),
        ("from_on", "2026-03-02"),
        ("region", "广东省东莞市"),
        ("purpose", "驻点"),
        ("version", "2"),
    ];
    browser.post_form(&format!("{added}/trips"), &typed).await.assert_status(303);
    let shown = browser.get(&added).await.assert_status(200).text();
    for part in ["示例队员", "广东省东莞市", "还在外面", "留任 100%"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let link = |part: &str| {
        let start = shown.find(&format!("{added}/{part}/")).unwrap();
        let mut links = shown[start..].split('"').map(str::to_owned);
        let first = links.next().unwrap();
        if first.ends_with("/new") {
            shown
                .rfind(&format!("{added}/{part}/"))
                .map(|at| shown[at..].split('"').next().unwrap().to_owned())
                .unwrap()
        } else {
            first
        }
    };
    let member = browser.get(&link("members")).await.assert_status(200).text();
    assert!(member.contains(&format!("value=\"{user}\"")), "a user by his username: {member}");
    browser.get(&link("trips")).await.assert_status(200);
    browser.post_form(&format!("{}/removal", link("trips")), &[("version", "3")]).await.assert_status(303);
    browser.post_form(&format!("{}/removal", link("members")), &[("version", "4")]).await.assert_status(303);
    browser.get(&format!("{added}/edit")).await.assert_status(200);
    browser.get(&format!("{added}/deletion")).await.assert_status(200);
    browser.post_form(&format!("{added}/deletion"), &[("version", "5")]).await.assert_status(303);
    browser.get(&added).await.assert_status(404);
}
