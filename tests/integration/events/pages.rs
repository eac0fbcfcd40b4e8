//! The pages of events: adding, the list at the door by hand, the code, and a liaison's own.

use super::{day, invite, new_event};
use crate::support::TestApp;
use serde_json::json;
use yinfeng::accounts::Role;
use yinfeng::clock;

#[actix_web::test]
async fn forms_add_hold_and_delete() {
    let app = TestApp::new().await;
    let browser = app.signed_in(Role::CountyOfficer);
    assert!(browser.get("/events").await.assert_status(200).text().contains("还没有活动"));
    browser.get("/events/new").await.assert_status(200);
    let today = clock::today().to_string();
    let mut typed = vec![
        ("title", "示例玩具推介会"),
        ("kind", "promotion"),
        ("county", "450721"),
        ("place", "示例会展中心"),
        ("from_on", today.as_str()),
        ("programme", "09:30 签到"),
    ];
    let added = browser.post_form("/events", &typed).await.assert_status(303).location();
    let shown = browser.get(&added).await.assert_status(200).text();
    for part in
        ["示例玩具推介会", "推介会", "筹备中", "灵山县", "09:30 签到", "class=\"qr-code\"", "扫码签到"]
    {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let form = browser.get(&format!("{added}/edit")).await.assert_status(200).text();
    assert!(form.contains("示例会展中心"), "{form}");
    typed.extend([("version", "1"), ("status", "held"), ("cost_fen", "3.6"), ("outcome", "签约一个")]);
    browser.post_form(&added, &typed).await.assert_status(303);
    let shown = browser.get(&added).await.assert_status(200).text();
    assert!(shown.contains("已举办") && shown.contains("3.6") && shown.contains("签约一个"), "{shown}");
    typed.retain(|(name, _)| !matches!(*name, "version" | "status"));
    typed.extend([("version", "2"), ("status", "cancelled")]);
    let back = browser.post_form(&added, &typed).await.assert_status(422).text();
    assert!(back.contains("f-cancellation_reason-error"), "{back}");
    browser.get(&format!("{added}/deletion")).await.assert_status(200);
    browser.post_form(&format!("{added}/deletion"), &[("version", "1")]).await.assert_status(412);
    browser.post_form(&format!("{added}/deletion"), &[("version", "2")]).await.assert_status(303);
    browser.get(&added).await.assert_status(404);
}

#[actix_web::test]
async fn attendees_are_added_marked_and_taken_off() {
    let app = TestApp::new().await;
    let browser = app.signed_in(Role::BureauOfficer);
    let event = new_event(&app, json!({})).await;
    let here = format!("/events/{}", event["id"].as_str().unwrap());
    app.new_chamber("示例商会");
    let code =
        app.token(Role::BureauOfficer).get("/api/v1/chambers").await.json()["items"][0]["code"].clone();
    browser.get(&format!("{here}/attendees/new")).await.assert_status(200);
    let back =
        browser.post_form(&format!("{here}/attendees"), &[("name", ""), ("company", "留着的公司")]).await;
    assert!(back.assert_status(422).text().contains("留着的公司"));
    let chamber = format!("{} 示例商会", code.as_str().unwrap());
    let typed = [
        ("name", "示例经理"),
        ("company", "示例公司"),
        ("chamber_id", chamber.as_str()),
        ("another", "true"),
    ];
    let next = browser.post_form(&format!("{here}/attendees"), &typed).await.assert_status(303).location();
    assert_eq!(next, format!("{here}/attendees/new"));
    let shown = browser.get(&here).await.assert_status(200).text();
    for part in ["示例经理", "示例公司", "示例商会", "0 / 1"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let (_, rest) = shown.split_once(&format!("{here}/attendees/")).expect("a way to mark");
    let (_, rest) = rest.split_once(&format!("{here}/attendees/")).unwrap();
    let row = format!("{here}/attendees/{}", &rest[..36]);
    browser.post_form(&format!("{row}/attendance"), &[]).await.assert_status(303);
    let shown = browser.get(&here).await.assert_status(200).text();
    assert!(shown.contains("1 / 1") && shown.contains("撤销到场"), "{shown}");
    let refused = browser.post_form(&format!("{row}/removal"), &[]).await.assert_status(409).text();
    assert!(refused.contains("请先撤销到场"), "{refused}");
    browser.post_form(&format!("{row}/attendance"), &[("absent", "true")]).await.assert_status(303);
    browser.get(&format!("{row}/removal")).await.assert_status(200);
    browser.post_form(&format!("{row}/removal"), &[]).await.assert_status(303);
    assert!(browser.get(&here).await.text().contains("名单上还没有人"));
}

#[actix_web::test]
async fn a_list_out_of_a_spreadsheet_is_added_at_once_and_not_twice() {
    let app = TestApp::new().await;
    let browser = app.signed_in(Role::BureauOfficer);
    let event = new_event(&app, json!({})).await;
    let here = format!("/events/{}", event["id"].as_str().unwrap());
    let add = async |list: &str| browser.post_form(&format!("{here}/attendees"), &[("list", list)]).await;
    add("林示例\t示例公司\t经理\n王示例，示例厂").await.assert_status(303);
    assert!(browser.get(&here).await.text().contains("已把 2 人列入名单"));
    add("王示例,示例厂\n林示例,别的公司").await.assert_status(303);
    assert!(browser.get(&here).await.text().contains("0 / 3"));
    let back = add("赵示例\n,没有姓名").await.assert_status(422).text();
    assert!(back.contains("第 2 行有误") && back.contains("赵示例"), "{back}");
    assert!(browser.get(&here).await.text().contains("0 / 3"), "all or nothing");
}

#[actix_web::test]
async fn the_code_is_printed_and_made_anew() {
    let app = TestApp::new().await;
    let browser = app.signed_in(Role::CountyOfficer);
    let event = new_event(&app, json!({})).await;
    let here = format!("/events/{}", event["id"].as_str().unwrap());
    let url = event["check_in_url"].as_str().unwrap();
    let drawn = yinfeng::events::qr_code::drawn(url).unwrap();
    let poster = browser.get(&format!("{here}/qr-code")).await.assert_status(200).text();
    assert!(poster.contains(&drawn.path) && poster.contains(url), "{poster}");
    browser.post_form(&format!("{here}/check-in-key"), &[]).await.assert_status(303);
    let poster = browser.get(&format!("{here}/qr-code")).await.assert_status(200).text();
    assert!(!poster.contains(url), "{poster}");
}

#[actix_web::test]
async fn a_liaison_is_shown_when_and_where_and_his_own_members() {
    let app = TestApp::new().await;
    let browser = app.signed_in(Role::ChamberLiaison);
    let more = json!({ "from_on": day(3), "cost_fen": 777_000, "outcome": "不该看见的成效" });
    let event = new_event(&app, more).await;
    let here = format!("/events/{}", event["id"].as_str().unwrap());
    invite(&app.token(Role::BureauOfficer), &event, json!({ "name": "不该看见的人" })).await;
    browser.post_form(&format!("{here}/attendees"), &[("name", "本会会员")]).await.assert_status(303);
    for path in ["/events", &here, &format!("{here}/attendees/new")] {
        let page = browser.get(path).await.assert_status(200).text();
        assert!(!page.contains("不该看见") && !page.contains("0.77") && !page.contains("qr-code"), "{page}");
    }
    let page = browser.get(&here).await.text();
    assert!(
        page.contains("本会会员") && page.contains("取消报名") && page.contains("示例会展中心"),
        "{page}"
    );
    browser.get(&format!("{here}/edit")).await.assert_status(403);
    browser.get(&format!("{here}/qr-code")).await.assert_status(403);
}
