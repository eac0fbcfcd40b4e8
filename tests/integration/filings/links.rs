//! The private link of a referrer: number, step and day, for 90 days, until it is revoked; its secret nowhere else.

use super::{file, id, new_referrer};
use crate::support::TestApp;
use crate::support::log::Log;
use chrono::Duration;
use diesel::prelude::*;
use serde_json::{Value, json};
use yinfeng::accounts::Role;
use yinfeng::clock;
use yinfeng::schema::{audit_entries, filing_links};

async fn filing(app: &TestApp) -> Value {
    let lead = app.new_lead(json!({ "title": "不该看见的项目" })).await;
    let referrer = new_referrer(app, json!({ "name": "韦示例不该看见" })).await;
    let of = json!({ "lead_id": lead["id"], "statement": "也不该看见" });
    file(&app.token(Role::BureauOfficer), &referrer, of).await.assert_status(201).json()
}

/// Makes a link and reads its path off the page.
async fn link(app: &TestApp, filing: &Value) -> String {
    let made = app.signed_in(Role::BureauOfficer).post(&format!("/filings/{}/link", id(filing))).await;
    let page = made.assert_status(200).text();
    let (_, rest) = page.split_once("/referral/").expect("the address is shown once");
    format!("/referral/{}", rest.split('<').next().unwrap().trim())
}

#[actix_web::test]
async fn it_shows_number_step_and_day_and_nothing_else() {
    let app = TestApp::new().await;
    let filing = filing(&app).await;
    let path = link(&app, &filing).await;
    for lang in ["zh-CN", "en"] {
        let answer = app.anonymous().get(&path).header("accept-language", lang).await.assert_status(200);
        let page = answer.text();
        assert!(page.contains(filing["code"].as_str().unwrap()), "{page}");
        assert!(!page.contains("不该看见"), "{page}");
        assert!(!page.contains("/filings/"), "{page}");
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"));
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        assert!(answer.header("x-robots-tag").unwrap().contains("noindex"));
    }
    let shown = app.signed_in(Role::BureauOfficer).get(&format!("/filings/{}", id(&filing))).await.text();
    assert!(!shown.contains("/referral/"), "the address is shown once");
}

#[actix_web::test]
async fn unknown_expired_and_revoked_are_answered_alike() {
    let app = TestApp::new().await;
    let filing = filing(&app).await;
    let officer = app.signed_in(Role::BureauOfficer);
    let first = link(&app, &filing).await;
    let second = link(&app, &filing).await;
    let open = async |path: &str| app.anonymous().get(path).await;
    let same = |page: String, path: &str| page.replace(path, "");
    let unknown = open("/referral/none").await.assert_status(404);
    let expected = same(unknown.text(), "/referral/none");
    let alike = async |path: &str| {
        let answer = open(path).await.assert_status(404);
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"));
        assert_eq!(same(answer.text(), path).len(), expected.len());
    };
    alike(&first).await;
    open(&second).await.assert_status(200);
    let revocation = format!("/filings/{}/link/revocation", id(&filing));
    officer.post(&revocation).await.assert_status(303);
    alike(&second).await;
    officer.post(&revocation).await.assert_status(409);
    let third = link(&app, &filing).await;
    let ends: chrono::NaiveDateTime = app
        .write(|conn| {
            filing_links::table.select(diesel::dsl::max(filing_links::expires_at)).first::<Option<_>>(conn)
        })
        .unwrap();
    let days = (ends - clock::now()).num_hours();
    assert!((89 * 24..=90 * 24).contains(&days), "{days} hours");
    app.write(|conn| {
        diesel::update(filing_links::table)
            .set(filing_links::expires_at.eq(clock::now() - Duration::seconds(1)))
            .execute(conn)
    });
    alike(&third).await;
}

#[actix_web::test]
async fn its_use_is_noted_once_a_minute() {
    let app = TestApp::new().await;
    let filing = filing(&app).await;
    let path = link(&app, &filing).await;
    let last = || {
        app.write(|conn| {
            filing_links::table
                .select(filing_links::last_used_at)
                .first::<Option<chrono::NaiveDateTime>>(conn)
        })
    };
    assert_eq!(last(), None);
    app.anonymous().get(&path).await.assert_status(200);
    let first = last().unwrap();
    app.anonymous().get(&path).await.assert_status(200);
    assert_eq!(last(), Some(first));
    app.write(|conn| {
        diesel::update(filing_links::table)
            .set(filing_links::last_used_at.eq(Some(first - Duration::minutes(2))))
            .execute(conn)
    });
    app.anonymous().get(&path).await.assert_status(200);
    assert!(last().unwrap() >= first);
}

#[actix_web::test]
async fn its_secret_is_neither_in_the_log_nor_in_the_trail_nor_in_the_database() {
    let app = TestApp::new().await;
    let log = Log::default();
    let listening = log.listen();
    let filing = filing(&app).await;
    let path = link(&app, &filing).await;
    app.anonymous().get(&path).await.assert_status(200);
    app.anonymous().get(&format!("{path}x")).await.assert_status(404);
    drop(listening);
    let secret = path.rsplit('/').next().unwrap();
    assert!(secret.len() > 40, "{secret}");
    let logged = log.text();
    assert!(logged.contains("/referral/{secret}"), "the route is logged: {logged}");
    assert!(!logged.contains(secret), "{logged}");
    let told: Vec<String> =
        app.write(|conn| audit_entries::table.select(audit_entries::differences).load(conn));
    assert!(told.iter().all(|entry| !entry.contains(secret)));
    let kept: Vec<String> = app.write(|conn| filing_links::table.select(filing_links::token_hash).load(conn));
    assert!(kept.iter().all(|hash| hash.len() == 64 && hash != secret));
}
