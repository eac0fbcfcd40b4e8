//! Without a mouse: the Tab key reaches the main action of a page, and one sees where one is.

use crate::support::{Browser, Office};
use serde_json::json;
use thirtyfour::prelude::*;

/// How often Tab may be pressed: a form of thirty fields, the rail and the search before it.
const MANY: usize = 80;

#[tokio::test]
async fn tab_reaches_the_main_action_and_shows_where_it_is() {
    let (office, browser) = (Office::open(), Browser::desk().await);
    let id = office.new_lead("示例电子项目", "示例听涛电子有限公司").await;
    browser.sign_in(&office, "officer").await;
    for path in [
        "/".to_owned(),
        "/leads".to_owned(),
        "/leads/new".to_owned(),
        "/imports".to_owned(),
        format!("/leads/{id}"),
        format!("/leads/{id}/closure"),
        format!("/leads/{id}/follow-ups/new"),
    ] {
        browser.open(&office, &path).await;
        assert_eq!(
            browser.script("return document.querySelectorAll('main .button-main').length > 0").await,
            json!(true),
            "{path}: no main action"
        );
        browser.script("document.activeElement?.blur()").await;
        let mut reached = false;
        for _ in 0..MANY {
            browser.action_chain().send_keys(Key::Tab).perform().await.unwrap();
            let seen = browser
                .script(
                    "const e = document.activeElement;
                     if (!e || e === document.body) return { what: 'nothing', shown: true, main: false };
                     const box = e.getBoundingClientRect(), style = getComputedStyle(e);
                     const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
                     const shown = box.width > 0 && box.height > 0 && (ring || style.boxShadow !== 'none'
                        || !e.matches(':focus-visible') || getComputedStyle(e.parentElement).outlineStyle !== 'none'
                        || getComputedStyle(e.parentElement).boxShadow !== 'none');
                     return { what: e.outerHTML.slice(0, 120), shown, main: e.matches('main .button-main') }",
                )
                .await;
            assert_eq!(seen["shown"], true, "{path}: one cannot see where one is: {}", seen["what"]);
            if seen["main"] == true {
                reached = true;
                break;
            }
        }
        assert!(reached, "{path}: Tab does not reach the main action");
    }
    browser.close().await;
}
