//! Coming in and going out.

use crate::support::{Browser, Office};

#[tokio::test]
async fn one_comes_in_only_with_the_right_password_and_arrives_where_one_wanted_to_go() {
    let (office, browser) = (Office::open(), Browser::desk().await);
    browser.open(&office, "/leads").await;
    assert!(browser.path().await.starts_with("/sign-in"), "{}", browser.path().await);
    browser.assert_quiet().await;

    browser.fill("username", "officer").await;
    browser.fill("password", "Wrong horse 12").await;
    browser.press_main().await;
    let typed = browser.wait_for("[name='username']").await.prop("value").await.unwrap();
    assert_eq!(typed.as_deref(), Some("officer"), "what was typed is kept");
    browser.wait_for("[role='alert'], [data-wrong]").await;
    browser.complaints().await;

    browser.fill("password", crate::support::PASSWORD).await;
    browser.press_main().await;
    assert_eq!(browser.path().await, "/leads");
    browser.assert_quiet().await;

    let cookies = browser.get_all_cookies().await.unwrap();
    let session = cookies.iter().find(|cookie| cookie.name == "yinfeng_session").unwrap();
    assert_eq!(
        browser.script("return document.cookie.includes('yinfeng_session')").await,
        false,
        "{session:?}"
    );

    browser.open(&office, "/account").await;
    let leave = browser.wait_for("form[action='/sign-out'] button").await;
    browser.press(leave).await;
    browser.open(&office, "/leads").await;
    assert!(browser.path().await.starts_with("/sign-in"), "{}", browser.path().await);
    browser.close().await;
}
