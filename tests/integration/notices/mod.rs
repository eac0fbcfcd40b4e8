//! Notices to liaisons of chambers, through HTTP.

use crate::support::{Client, Response, TestApp};
use serde_json::{Value, json};
use yinfeng::accounts::Role;
use yinfeng::clock;

pub const PATH: &str = "/api/v1/notices";

/// What tells all chambers something, with these fields beside or instead.
pub fn body(more: Value) -> Value {
    let mut body = json!({ "title": "示例通知", "text": "请报送活动计划。", "audience": "all" });
    for (field, value) in more.as_object().unwrap() {
        body[field] = value.clone();
    }
    body
}

/// A notice by the bureau.
pub async fn notice(app: &TestApp, more: Value) -> Value {
    app.token(Role::BureauOfficer).post_json(PATH, body(more)).await.assert_status(201).json()
}

pub fn path(notice: &Value) -> String {
    format!("{PATH}/{}", notice["id"].as_str().unwrap())
}

async fn mark(client: &Client, notice: &Value) -> Response {
    client.post(&format!("{}/reading", path(notice))).await
}

fn titles(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|item| item["title"].as_str().unwrap()).collect()
}

#[actix_web::test]
async fn a_liaison_reads_what_goes_to_his_chamber_and_is_there() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let new = async |name: &str, kind: &str| {
        let chamber = bureau.post_json("/api/v1/chambers", json!({ "kind": kind, "name": name })).await;
        chamber.assert_status(201).json()["id"].as_str().unwrap().to_owned()
    };
    let (own, other) = (new("自家商会", "other_city").await, new("别家商会", "industry").await);
    let liaison = app.user(Role::ChamberLiaison).chamber(&own.parse().unwrap()).token();
    let (today, day) = (clock::today(), chrono::Duration::days(1));
    for more in [
        json!({ "title": "全部" }),
        json!({ "title": "这一类", "audience": "kinds", "kinds": ["other_city", "abroad"] }),
        json!({ "title": "别一类", "audience": "kinds", "kinds": ["industry"] }),
        json!({ "title": "指定", "audience": "chosen", "chambers": [own, other] }),
        json!({ "title": "指定别家", "audience": "chosen", "chambers": [other] }),
        json!({ "title": "今天止", "until_on": today }),
        json!({ "title": "明天起", "from_on": today + day }),
        json!({ "title": "昨天止", "from_on": today - day - day, "until_on": today - day }),
    ] {
        notice(&app, more).await;
    }
    let page = liaison.get(&format!("{PATH}?count=true")).await.assert_status(200).json();
    assert_eq!((titles(&page), &page["total"]), (vec!["今天止", "指定", "这一类", "全部"], &json!(4)));
    let chosen = &page["items"][1];
    for field in ["audience", "addressed", "read", "read_at"] {
        assert_eq!(chosen[field], Value::Null, "{field}");
    }
    assert_eq!((&chosen["chambers"], &chosen["kinds"]), (&json!([]), &json!([])), "not whom else it goes to");
    let all = bureau.get(&format!("{PATH}?limit=200")).await.assert_status(200).json();
    for item in all["items"].as_array().unwrap() {
        let his = titles(&page).contains(&item["title"].as_str().unwrap());
        liaison.get(&path(item)).await.assert_status(if his { 200 } else { 404 });
        mark(&liaison, item).await.assert_status(if his { 200 } else { 404 });
    }
    for (standing, wanted) in [("current", 6), ("coming", 1), ("over", 1), ("retracted", 0)] {
        let found =
            bureau.get(&format!("{PATH}?standing={standing}&count=true")).await.assert_status(200).json();
        assert_eq!(found["total"], wanted, "{standing}");
    }
    let county =
        app.token(Role::CountyOfficer).get(&format!("{PATH}?count=true")).await.assert_status(200).json();
    assert_eq!((&county["total"], &county["items"][0]["read"]), (&json!(8), &Value::Null));
}

#[actix_web::test]
async fn the_bureau_sees_which_chambers_have_read_and_an_edit_is_unread_again_only_if_asked() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let (own, other) = (app.new_chamber("自家商会"), app.new_chamber("别家商会"));
    let first = app.user(Role::ChamberLiaison).chamber(&own).token();
    let second = app.user(Role::ChamberLiaison).chamber(&own).token();
    let told = notice(&app, json!({ "audience": "chosen", "chambers": [own, other] })).await;
    assert_eq!((&told["addressed"], &told["read"]), (&json!(2), &json!(0)));
    let read = mark(&first, &told).await.assert_status(200).json();
    assert!(read["read_at"].is_string(), "{read}");
    assert_eq!(
        mark(&first, &told).await.assert_status(200).json()["read_at"],
        read["read_at"],
        "once is enough"
    );
    mark(&second, &told).await.assert_status(200);
    let now = bureau.get(&path(&told)).await.assert_status(200);
    assert_eq!(now.json()["read"], 1, "a chamber counts once");
    let readings = format!("{}/reading?count=true", path(&told));
    let list = bureau.get(&readings).await.assert_status(200).json();
    let rows: Vec<_> = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            (row["name"].as_str().unwrap(), row["liaisons"].as_i64().unwrap(), row["read_at"].is_string())
        })
        .collect();
    assert_eq!((rows, &list["total"]), (vec![("别家商会", 0, false), ("自家商会", 2, true)], &json!(2)));
    for role in [Role::Federation, Role::LeadingGroup, Role::CountyOfficer] {
        app.token(role).get(&readings).await.assert_status(403);
    }
    app.token(Role::Auditor).get(&readings).await.assert_status(200);
    bureau.post(&format!("{}/reading", path(&told))).await.assert_status(403);
    let slip =
        bureau.patch_json(&path(&told), &now.etag(), json!({ "text": "改字。" })).await.assert_status(200);
    assert_eq!((&slip.json()["version"], &slip.json()["read"]), (&json!(2), &json!(1)), "still read");
    let again = json!({ "text": "改期。", "read_again": true });
    let again = bureau.patch_json(&path(&told), &slip.etag(), again).await.assert_status(200).json();
    assert_eq!((&again["edition"], &again["read"]), (&json!(2), &json!(0)));
    assert_eq!(first.get(&path(&told)).await.json()["read_at"], Value::Null);
}

#[actix_web::test]
async fn what_is_retracted_stays_on_record_with_the_reason_and_nobody_changes_it() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauHead);
    let told = notice(&app, json!({})).await;
    let liaison = app.token(Role::ChamberLiaison);
    liaison.get(&path(&told)).await.assert_status(200);
    bureau.delete(&path(&told), "\"1\"").await.assert_status(422);
    bureau.delete(&format!("{}?reason=x", path(&told)), "\"9\"").await.assert_status(412);
    let taken = bureau
        .delete(&format!("{}?reason=%E6%94%B9%E6%9C%9F", path(&told)), "\"1\"")
        .await
        .assert_status(200)
        .json();
    assert_eq!((&taken["standing"], &taken["retraction_reason"]), (&json!("retracted"), &json!("改期")));
    liaison.get(&path(&told)).await.assert_status(404);
    let edit = bureau.patch_json(&path(&told), "\"2\"", json!({ "text": "x" })).await.assert_status(409);
    assert_eq!(edit.json()["code"], "notice-retracted");
    let trail =
        app.token(Role::Auditor).get("/api/v1/audit?action=notice.retract").await.assert_status(200).json();
    assert_eq!(trail["items"][0]["reason"], "改期");
}

#[actix_web::test]
async fn every_fault_is_told_at_its_field() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    for (more, fault) in [
        (json!({ "title": " " }), ("title", "required")),
        (json!({ "text": null }), ("text", "required")),
        (json!({ "audience": null }), ("audience", "required")),
        (json!({ "audience": "kinds" }), ("kinds", "required")),
        (json!({ "audience": "chosen" }), ("chambers", "required")),
        (json!({ "audience": "chosen", "chambers": ["SH-9999"] }), ("chambers", "unknown-chamber")),
        (json!({ "from_on": "2026-03-02", "until_on": "2026-03-01" }), ("until_on", "ends-before-it-begins")),
    ] {
        let refused = bureau.post_json(PATH, body(more.clone())).await.assert_status(422);
        assert_eq!(refused.faults(), [(fault.0.to_owned(), fault.1.to_owned())], "{more}");
    }
}

#[actix_web::test]
async fn papers_of_a_notice_are_read_by_whom_it_is_for() {
    let app = TestApp::new().await;
    let (own, other) = (app.new_chamber("自家商会"), app.new_chamber("别家商会"));
    let told = notice(&app, json!({ "audience": "chosen", "chambers": [own] })).await;
    let fields = [("owner_kind", "notice"), ("owner_id", told["id"].as_str().unwrap()), ("kind", "other")];
    let add = |client: Client| async move {
        client.upload("/api/v1/attachments", &fields, "plan.pdf", b"%PDF-1.7\n%%EOF\n").await
    };
    let paper = add(app.token(Role::BureauOfficer)).await.assert_status(201).json();
    let content = format!("/api/v1/attachments/{}/content", paper["id"].as_str().unwrap());
    let (his, not_his) = (
        app.user(Role::ChamberLiaison).chamber(&own).token(),
        app.user(Role::ChamberLiaison).chamber(&other).token(),
    );
    his.get(&content).await.assert_status(200);
    not_his.get(&content).await.assert_status(404);
    add(his).await.assert_status(403);
}

#[actix_web::test]
async fn a_merger_takes_notices_along() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let (stays, goes) = (app.new_chamber("自家商会"), app.new_chamber("旧名商会"));
    let both = notice(&app, json!({ "audience": "chosen", "chambers": [stays, goes] })).await;
    let old = notice(&app, json!({ "audience": "chosen", "chambers": [goes] })).await;
    let liaison = app.user(Role::ChamberLiaison).chamber(&goes).insert();
    mark(&app.program_of(&liaison), &old).await.assert_status(200);
    let kept = bureau.delete(&format!("/api/v1/chambers/{goes}"), "*").await.assert_status(409);
    assert_eq!(kept.json()["code"], "source-in-use");
    bureau
        .post_json(&format!("/api/v1/chambers/{goes}/merger"), json!({ "into": stays }))
        .await
        .assert_status(200);
    for (told, read) in [(&both, 0), (&old, 1)] {
        let now = bureau.get(&path(told)).await.assert_status(200).json();
        let names: Vec<_> =
            now["chambers"].as_array().unwrap().iter().map(|one| one["name"].clone()).collect();
        assert_eq!((names, &now["read"]), (vec![json!("自家商会")], &json!(read)));
    }
}

#[actix_web::test]
async fn the_latest_unread_stands_on_the_liaisons_first_page() {
    let app = TestApp::new().await;
    notice(&app, json!({ "title": "先发的通知" })).await;
    notice(&app, json!({ "title": "后发的通知" })).await;
    let browser = app.signed_in(Role::ChamberLiaison);
    let home = browser.get("/").await.assert_status(200).text();
    assert!(home.contains("后发的通知") && !home.contains("先发的通知"), "{home}");
    let list = browser.get("/notices").await.assert_status(200).text();
    assert!(list.contains("未看") && list.contains("先发的通知"), "{list}");
    let told = app.token(Role::BureauHead).get(&format!("{PATH}?q=%E5%90%8E%E5%8F%91")).await.json()["items"]
        [0]
    .clone();
    let here = format!("/notices/{}", told["id"].as_str().unwrap());
    assert!(browser.get(&here).await.assert_status(200).text().contains("我看过了"));
    browser.post_form(&format!("{here}/reading"), &[]).await.assert_status(303);
    assert!(browser.get(&here).await.assert_status(200).text().contains("您看过的时间"));
    let home = browser.get("/").await.assert_status(200).text();
    assert!(home.contains("先发的通知") && !home.contains("后发的通知"), "{home}");
    let officer = app.signed_in(Role::BureauOfficer).get("/").await.assert_status(200).text();
    assert!(!officer.contains("先发的通知"));
}

#[actix_web::test]
async fn forms_write_change_and_retract() {
    let app = TestApp::new().await;
    let browser = app.signed_in(Role::BureauOfficer);
    assert!(browser.get("/notices").await.assert_status(200).text().contains("还没有通知"));
    app.new_chamber("自家商会");
    browser.get("/notices/new").await.assert_status(200);
    let mut typed = vec![
        ("title", "示例通知"),
        ("text", "第一行\n第二行"),
        ("audience", "chosen"),
        ("kinds", "local"),
        ("chambers", "自家商会"),
        ("from_on", "2026-03-02"),
    ];
    let added = browser.post_form("/notices", &typed).await.assert_status(303).location();
    let shown = browser.get(&added).await.assert_status(200).text();
    for part in ["示例通知", "第二行", "自家商会", "1 家里 0 家已看"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert!(browser.get(&format!("{added}/edit")).await.assert_status(200).text().contains("自家商会"));
    typed[2] = ("audience", "kinds");
    typed.extend([("kinds", "industry"), ("read_again", "true"), ("version", "1")]);
    browser.post_form(&added, &typed).await.assert_status(303);
    let shown = browser.get(&added).await.assert_status(200).text();
    assert!(shown.contains("本地商会, 行业协会"), "{shown}");
    browser.get(&format!("{added}/reading")).await.assert_status(200);
    browser.get(&format!("{added}/retraction")).await.assert_status(200);
    browser.post_form(&format!("{added}/retraction"), &[("version", "2")]).await.assert_status(422);
    let why = [("version", "2"), ("reason", "改期")];
    browser.post_form(&format!("{added}/retraction"), &why).await.assert_status(303);
    assert!(browser.get(&added).await.assert_status(200).text().contains("改期"));
    browser.get(&format!("{added}/edit")).await.assert_status(409);
}
