//! A browser of its own for a journey, and what it saw go wrong.

use super::{Office, PASSWORD, Process, answers, free_port};
use serde_json::{Value, json};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use thirtyfour::prelude::*;

const ARGUMENTS: &[&str] = &[
    "--headless=new",
    // As root chromium runs only so.
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
];

/// Dereferences to the driver, for everything that is not said here.
pub struct Browser {
    driver: WebDriver,
    at: String,
    _chromedriver: Process,
}

impl std::ops::Deref for Browser {
    type Target = WebDriver;

    fn deref(&self) -> &WebDriver {
        &self.driver
    }
}

impl Browser {
    /// At a desk: 1440 by 900.
    pub async fn desk() -> Self {
        let mut capabilities = DesiredCapabilities::chrome();
        capabilities.add_arg("--window-size=1440,900").unwrap();
        Self::start(capabilities).await
    }

    /// A phone of 390 by 844 with a touch screen.
    pub async fn phone() -> Self {
        let mut capabilities = DesiredCapabilities::chrome();
        let screen =
            json!({ "deviceMetrics": { "width": 390, "height": 844, "pixelRatio": 2.0, "touch": true } });
        capabilities.add_experimental_option("mobileEmulation", screen).unwrap();
        Self::start(capabilities).await
    }

    async fn start(mut capabilities: thirtyfour::ChromeCapabilities) -> Self {
        for argument in ARGUMENTS {
            capabilities.add_arg(argument).unwrap();
        }
        capabilities.set("goog:loggingPrefs", json!({ "browser": "ALL" })).unwrap();
        // The driver's client shares its TLS with the program's, which names its provider itself.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let (chromedriver, at) = chromedriver();
        let driver = WebDriver::new(&at, capabilities).await.unwrap_or_else(|reason| {
            panic!("chromium did not start ({reason}). Install it: apt-get install chromium chromium-driver fonts-noto-cjk")
        });
        Browser { driver, at, _chromedriver: chromedriver }
    }

    /// Opens a page of the office.
    pub async fn open(&self, office: &Office, path: &str) {
        self.driver.goto(office.url(path)).await.unwrap();
    }

    /// Signs in through the page.
    pub async fn sign_in(&self, office: &Office, username: &str) {
        self.open(office, "/sign-in").await;
        self.fill("username", username).await;
        self.fill("password", PASSWORD).await;
        self.press_main().await;
        self.until("inside", async || !self.path().await.starts_with("/sign-in")).await;
    }

    /// Types into the field of this name, in place of what is there.
    pub async fn fill(&self, name: &str, text: &str) {
        let field = self.wait_for(&format!("main [name='{name}']")).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Chooses the option with this value.
    pub async fn choose(&self, name: &str, value: &str) {
        let option = self.wait_for(&format!("main select[name='{name}'] option[value='{value}']")).await;
        option.click().await.unwrap();
    }

    /// Presses the page's main button, and waits for the next page.
    pub async fn press_main(&self) {
        let button = self.wait_for("main button.button-main").await;
        self.press(button).await;
    }

    /// Presses something that leads to another page, and waits for it.
    pub async fn press(&self, what: WebElement) {
        self.script("window.yinfengTestWasHere = true").await;
        // Into the middle: bars stand at the edges; and at once: a moving target is missed.
        let scroll = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })";
        self.driver.execute(scroll, vec![what.to_json().unwrap()]).await.unwrap();
        what.click().await.unwrap();
        self.until("the next page", async || {
            self.script("return !window.yinfengTestWasHere && document.readyState === 'complete'").await
                == json!(true)
        })
        .await;
    }

    /// The first visible element that matches, waited for.
    pub async fn wait_for(&self, css: &str) -> WebElement {
        let found = self
            .driver
            .query(By::Css(css))
            .and_displayed()
            .wait(Duration::from_secs(20), Duration::from_millis(50));
        match found.first().await {
            Ok(element) => element,
            Err(_) => panic!("no {css} on {}:\n{}", self.path().await, self.text().await),
        }
    }

    /// All text that the page shows.
    pub async fn text(&self) -> String {
        self.script("return document.body.innerText").await.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until the page shows this.
    pub async fn wait_for_text(&self, text: &str) {
        self.until(text, async || self.text().await.contains(text)).await;
    }

    /// Waits for something to become true.
    pub async fn until(&self, what: &str, mut check: impl AsyncFnMut() -> bool) {
        let begun = Instant::now();
        while !check().await {
            assert!(
                begun.elapsed() < Duration::from_secs(20),
                "{what}: not on {}:\n{}",
                self.path().await,
                self.text().await
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Path and query of the page.
    pub async fn path(&self) -> String {
        self.script("return location.pathname + location.search")
            .await
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// What a piece of script gives back.
    pub async fn script(&self, script: &str) -> Value {
        match self.driver.execute(script, Vec::new()).await {
            Ok(answer) => answer.json().clone(),
            // The page goes away while it is asked.
            Err(_) => Value::Null,
        }
    }

    /// Fails when the browser complained since the last time it was asked: errors of scripts, things that a
    /// page loads and that are not there, breaches of the Content-Security-Policy.
    pub async fn assert_quiet(&self) {
        let complaints = self.complaints().await;
        assert!(complaints.is_empty(), "{}: {complaints:#?}", self.path().await);
    }

    /// Forgets what was complained of, where the journey itself made it happen (a wrong password is a 422).
    pub async fn complaints(&self) -> Vec<String> {
        let url = format!("{}/session/{}/se/log", self.at, self.driver.session_id());
        let answer =
            reqwest::Client::new().post(url).json(&json!({ "type": "browser" })).send().await.unwrap();
        let answer: Value = answer.error_for_status().unwrap().json().await.unwrap();
        let lines = answer["value"].as_array().unwrap();
        let serious =
            lines.iter().filter(|line| matches!(line["level"].as_str(), Some("SEVERE" | "WARNING")));
        serious.map(|line| line["message"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Makes each request take so many milliseconds longer, or every one fail.
    pub async fn network(&self, latency: u64, offline: bool) {
        let url = format!("{}/session/{}/chromium/network_conditions", self.at, self.driver.session_id());
        let conditions = json!({
            "offline": offline, "latency": latency, "download_throughput": 200_000, "upload_throughput": 100_000,
        });
        let body = json!({ "network_conditions": conditions });
        reqwest::Client::new().post(url).json(&body).send().await.unwrap().error_for_status().unwrap();
    }

    /// Ends the browser; a journey that fails ends it with its driver.
    pub async fn close(self) {
        self.driver.clone().quit().await.unwrap();
    }
}

fn chromedriver() -> (Process, String) {
    for _ in 0..5 {
        let port = free_port();
        let started = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let Ok(child) = started else {
            panic!("chromedriver is not installed: apt-get install chromium chromium-driver fonts-noto-cjk")
        };
        let mut process = Process(child);
        if answers(&mut process.0, port) {
            return (process, format!("http://127.0.0.1:{port}"));
        }
    }
    panic!("chromedriver did not start")
}
