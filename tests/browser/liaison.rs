//! A chamber's liaison with a phone on a slow network.

use crate::support::{Browser, Office};
use serde_json::json;
use std::time::Instant;
use thirtyfour::prelude::*;

/// Milliseconds that each request takes longer: a phone at the edge of town.
const SLOW: u64 = 400;

/// A finger that counts how often it comes down.
struct Thumb<'a> {
    browser: &'a Browser,
    taps: usize,
}

impl Thumb<'_> {
    /// Taps; what is typed goes where one tapped last.
    async fn tap(&mut self, css: &str) -> WebElement {
        let what = self.browser.wait_for(css).await;
        let scroll = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })";
        self.browser.execute(scroll, vec![what.to_json().unwrap()]).await.unwrap();
        what.click().await.unwrap();
        self.taps += 1;
        what
    }

    async fn type_into(&mut self, name: &str, text: &str) {
        self.tap(&format!("main [name='{name}']")).await.send_keys(text).await.unwrap();
    }

    async fn choose(&mut self, name: &str, value: &str) {
        self.tap(&format!("main label.tile:has([name='{name}'][value='{value}'])")).await;
    }

    /// Taps on what leads to another page.
    async fn go(&mut self, css: &str) {
        let what = self.browser.wait_for(css).await;
        self.browser.press(what).await;
        self.taps += 1;
    }
}

/// What the form holds, as a person sees it.
async fn typed(browser: &Browser) -> serde_json::Value {
    browser
        .script(
            "const form = document.querySelector('form.report');
            return form && Object.fromEntries([...new FormData(form)].filter(([, value]) => value))",
        )
        .await
}

/// Waits until the browser has written down what was typed.
async fn kept(browser: &Browser, text: &str) {
    let script = format!(
        "return [localStorage, sessionStorage].some((store) => Object.values(store).join().includes('{text}'))"
    );
    browser.until(text, async || browser.script(&script).await == json!(true)).await;
}

#[tokio::test]
async fn a_report_takes_eight_taps_at_most_and_survives_a_reload() {
    let (office, browser) = (Office::open(), Browser::phone().await);
    office.liaison().await;
    browser.sign_in(&office, "liaison").await;
    browser.network(SLOW, false).await;
    let begun = Instant::now();
    let mut thumb = Thumb { browser: &browser, taps: 0 };
    thumb.go("main a[href='/leads/new']").await;
    thumb.type_into("investor_name", "示例云朵玩具有限公司").await;
    thumb.type_into("content", "想租五千平方米厂房").await;
    thumb.choose("county", "450722").await;
    thumb.choose("industry", "toy_garment").await;
    kept(&browser, "想租五千平方米厂房").await;
    browser.refresh().await.unwrap();
    browser.wait_for("form.report").await;
    let middle = json!({
        "investor_name": "示例云朵玩具有限公司", "content": "想租五千平方米厂房",
        "county": "450722", "industry": "toy_garment",
    });
    browser.until("what was typed", async || typed(&browser).await == middle).await;
    thumb.type_into("contact_name", "示例林").await;
    thumb.type_into("contact_phone", "12000000321").await;
    thumb.go("main button.button-main").await;
    browser.wait_for_text("已收到，编号 QZ-").await;
    browser.wait_for_text("接下来").await;
    println!("{} taps, {:.1} s at {SLOW} ms a request", thumb.taps, begun.elapsed().as_secs_f32());
    assert!(thumb.taps <= 8, "{} taps", thumb.taps);
    browser.assert_quiet().await;
    let lead = &office.get("/api/v1/leads").await["items"][0];
    assert_eq!((&lead["county"], &lead["investor_name"]), (&json!("450722"), &json!("示例云朵玩具有限公司")));
    assert_eq!(lead["source"]["kind"], "chamber");
    // What was sent is kept no longer.
    browser.open(&office, "/leads/new").await;
    browser.wait_for("form.report").await;
    assert_eq!(typed(&browser).await, json!({}));
    browser.close().await;
}

#[tokio::test]
async fn a_dropped_network_loses_nothing() {
    let (office, browser) = (Office::open(), Browser::phone().await);
    office.liaison().await;
    browser.sign_in(&office, "liaison").await;
    browser.open(&office, "/leads/new").await;
    let mut thumb = Thumb { browser: &browser, taps: 0 };
    thumb.type_into("investor_name", "示例星野食品有限公司").await;
    thumb.choose("county", "450721").await;
    thumb.choose("industry", "other").await;
    thumb.type_into("contact_name", "示例周").await;
    thumb.type_into("contact_phone", "12000000322").await;
    browser.network(0, true).await;
    browser.until("offline", async || browser.script("return navigator.onLine").await == json!(false)).await;
    // The notice that says so lies over the button for a moment: sent as by the keyboard's own key.
    browser.wait_for("#notices > *").await;
    browser.script("document.querySelector('form.report').requestSubmit()").await;
    assert_eq!(browser.path().await, "/leads/new");
    browser.network(0, false).await;
    browser.refresh().await.unwrap();
    browser.wait_for("form.report").await;
    let all = json!({
        "investor_name": "示例星野食品有限公司", "county": "450721", "industry": "other",
        "contact_name": "示例周", "contact_phone": "12000000322",
    });
    browser.until("what was typed", async || typed(&browser).await == all).await;
    browser.press_main().await;
    browser.wait_for_text("已收到，编号 QZ-").await;
    browser.close().await;
}
