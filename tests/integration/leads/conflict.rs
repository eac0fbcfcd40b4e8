//! Two people edit one lead: both versions are shown, field by field, and nothing typed is lost.

use super::{api, etag, form_value, officer, page, read, register};
use crate::support::{Client, TestApp};
use serde_json::{Value, json};
use yinfeng::accounts::Role;

async fn edit(browser: &Client, lead: &Value, fields: &[(&str, &str)]) -> crate::support::Response {
    browser.post_form(&page(lead, ""), fields).await
}

/// Whether of the two versions of a field mine is chosen; `None` when there is nothing to choose.
fn mine_is_chosen(html: &str, name: &str) -> Option<bool> {
    let choice = html.split(&format!("type=\"radio\" name=\"{name}\"")).nth(1)?;
    Some(choice[..choice.find('>')?].contains("checked"))
}

#[actix_web::test]
async fn both_versions_are_shown_and_the_choice_saves() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let contact = json!({"name": "林总", "phone": "12000000113"});
    let lead = register(&client, json!({
        "title": "原名", "remark": "原备注", "content": "原内容", "total_investment_fen": 1_000_000, "jobs": 5, "contact": contact,
    })).await;
    // Meanwhile: the other changes the title, the amount and the phone, and records a follow-up.
    let other = json!({"title": "他的名称", "total_investment_fen": 2_000_000, "remark": "他的备注", "contact": {"phone": "12000000114"}});
    client.patch_json(&api(&lead, ""), &etag(&lead), other).await.assert_status(200);
    let call = json!({"kind": "call", "at": "2026-01-02T03:04:05Z", "content": "x", "next_on": "2031-03-03"});
    client.post_json(&api(&lead, "/follow-ups"), call).await.assert_status(201);

    let browser = app.signed_in(Role::BureauHead);
    let investor = lead["investor_name"].as_str().unwrap();
    let typed = [
        ("version", "1"),
        ("investor_name", investor),
        ("title", "我的名称"),
        ("content", "我的内容"),
        ("county", "450721"),
        ("industry", "toy_garment"),
        ("total_investment", "1"),
        ("jobs", "5"),
        ("source_kind", "self"),
        ("contact_name", "林总"),
        ("contact_phone", ""),
        ("next_follow_up_on", ""),
        ("remark", "他的备注"),
    ];
    let html = edit(&browser, &lead, &typed).await.assert_status(412).text();
    assert_eq!(mine_is_chosen(&html, "title"), Some(true), "both changed it");
    assert_eq!(mine_is_chosen(&html, "total_investment"), Some(false), "only the other changed it");
    assert_eq!(mine_is_chosen(&html, "next_follow_up_on"), Some(false), "so did the follow-up");
    assert_eq!(mine_is_chosen(&html, "content"), None, "only I changed it");
    assert_eq!(mine_is_chosen(&html, "remark"), None, "both to the same");
    assert_eq!(mine_is_chosen(&html, "contact_phone"), None, "left empty, it stays");
    assert_eq!(form_value(&html, "content").as_deref(), Some("我的内容"), "kept");
    assert!(html.contains("他的名称") && html.contains("我的名称"));
    assert!(!html.contains("12000000114"));
    assert_eq!(form_value(&html, "version").as_deref(), Some("3"));
    assert_eq!(read(&client, &lead).await["title"], "他的名称", "nothing is saved yet");
    // Sent again as chosen.
    let chosen = [
        ("version", "3"),
        ("investor_name", investor),
        ("title", "我的名称"),
        ("content", "我的内容"),
        ("county", "450721"),
        ("industry", "toy_garment"),
        ("total_investment", "2"),
        ("jobs", "5"),
        ("source_kind", "self"),
        ("contact_name", "林总"),
        ("contact_phone", ""),
        ("next_follow_up_on", "2031-03-03"),
        ("remark", "他的备注"),
    ];
    edit(&browser, &lead, &chosen).await.assert_status(303);
    let after = read(&client, &lead).await;
    assert_eq!((&after["title"], &after["content"]), (&json!("我的名称"), &json!("我的内容")));
    assert_eq!(
        (&after["total_investment_fen"], &after["next_follow_up_on"]),
        (&json!(2_000_000), &json!("2031-03-03"))
    );
    assert_eq!(after["contact"]["phone"], "120****0114");
}

#[actix_web::test]
async fn a_conflict_of_rubbish_and_words_is_shown_as_typed() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let lead = register(&client, json!({"priority": "key"})).await;
    let other = json!({"priority": "normal", "source": {"kind": "station"}, "jobs": 9, "county": "450722"});
    client.patch_json(&api(&lead, ""), &etag(&lead), other).await.assert_status(200);
    let browser = app.signed_in(Role::BureauOfficer);
    let typed = [
        ("version", "1"),
        ("priority", "<b>"),
        ("source_kind", "dream"),
        ("jobs", "<script>"),
        ("county", "1"),
        ("total_investment", "x"),
        ("contact_phone", "12000000115"),
    ];
    let html = edit(&browser, &lead, &typed).await.assert_status(412).text();
    assert!(!html.contains("<script>\"") && !html.contains(">dream<b>"));
    assert_eq!(form_value(&html, "contact_phone").as_deref(), Some("12000000115"));
    for version in ["0", "-7", "99", "x"] {
        let html =
            edit(&browser, &lead, &[("version", version), ("title", "x")]).await.assert_status(412).text();
        assert_eq!(form_value(&html, "version").as_deref(), Some("2"), "{version}");
    }
}
