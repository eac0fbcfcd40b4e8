//! A bureau officer's day at a desk.

use crate::support::{Browser, Office};
use serde_json::json;
use std::time::Duration;
use thirtyfour::prelude::*;

#[tokio::test]
async fn slash_goes_to_the_search_and_finds_what_was_just_registered() {
    let (office, browser) = (Office::open(), Browser::desk().await);
    browser.sign_in(&office, "officer").await;
    let id = office.new_lead("示例光伏组件生产线", "示例晨曦新能源有限公司").await;
    browser.open(&office, "/").await;
    browser.action_chain().send_keys("/").perform().await.unwrap();
    assert_eq!(browser.script("return document.activeElement.id").await, json!("finder"));
    // The index follows a moment after the write.
    browser
        .until("the lead among the hits", async || {
            browser.open(&office, "/search?q=光伏").await;
            browser.text().await.contains("示例光伏组件生产线")
        })
        .await;
    browser.action_chain().send_keys("/").perform().await.unwrap();
    browser.action_chain().send_keys("chenxi").send_keys(Key::Enter).perform().await.unwrap();
    browser.until("found by pinyin", async || browser.path().await.contains("q=chenxi")).await;
    let hit = browser.wait_for(&format!("main a[href^='/leads/{id}']")).await;
    browser.press(hit).await;
    browser.wait_for_text("示例晨曦新能源有限公司").await;
    browser.assert_quiet().await;
    browser.close().await;
}

#[tokio::test]
async fn what_was_typed_survives_a_reload_and_goes_when_it_is_saved() {
    let (office, browser) = (Office::open(), Browser::desk().await);
    browser.sign_in(&office, "officer").await;
    browser.open(&office, "/leads/new").await;
    browser.fill("investor_name", "示例海棠家居有限公司").await;
    browser.fill("content", "拟建示例木业园").await;
    tokio::time::sleep(Duration::from_millis(800)).await; // a draft is kept a moment after typing
    browser.refresh().await.unwrap();
    let value = async |name: &str| {
        let field = browser.wait_for(&format!("main [name='{name}']")).await;
        field.prop("value").await.unwrap().unwrap_or_default()
    };
    assert_eq!(value("investor_name").await, "示例海棠家居有限公司");
    assert_eq!(value("content").await, "拟建示例木业园");
    browser.choose("county", "450721").await;
    browser.choose("industry", "other").await;
    browser.choose("source_kind", "self").await;
    browser.press_main().await;
    browser.wait_for_text("示例海棠家居有限公司").await;
    assert!(browser.path().await.starts_with("/leads/"), "{}", browser.path().await);
    browser.open(&office, "/leads/new").await;
    assert_eq!(value("investor_name").await, "", "a saved draft is gone");
    browser.assert_quiet().await;
    browser.close().await;
}
