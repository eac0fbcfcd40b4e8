//! The overview: what applications come to together, and that every figure opens what it counts.

use super::{LIST, body, draft, fund, people, reach, read, referred, step, walk};
use crate::support::{Client, TestApp};
use diesel::prelude::*;
use serde_json::{Value, json};
use yinfeng::accounts::Role;
use yinfeng::schema::award_applications;

const OVERVIEW: &str = "/api/v1/award-applications/overview";

/// (count, amount in fen) of a figure.
fn figure(of: &Value) -> (i64, i64) {
    (of["count"].as_i64().unwrap(), of["amount_fen"].as_i64().unwrap())
}

fn row<'a>(rows: &'a Value, key: &str, value: &str) -> &'a Value {
    let said = |row: &Value| row[key].as_str().map_or_else(|| row[key].to_string(), str::to_owned);
    let is = |row: &&Value| said(row) == value;
    rows.as_array().unwrap().iter().find(is).unwrap_or_else(|| panic!("no {key} {value} in {rows:#}"))
}

/// An application of 以企招商, which is under review since 2024-08-01, submitted.
async fn under_review(app: &TestApp) -> Value {
    let people = people(app);
    let (project, referrer) = referred(app).await;
    reach(app, &project, "production", "production_proof", "2024-03-01").await;
    let mut entry = body(&project, &referrer);
    entry["rule"] = json!("enterprise_referral");
    entry["facts"] = json!({ "investor_from_outside_city": true, "introducer_other_industry": false,
        "chain_project": true });
    let application = people.creator.post_json(LIST, entry).await.assert_status(201).json();
    step(&people.creator, &application, "submitted").await.assert_status(200).json()
}

/// What the list at a page's address finds: how many, and what they come to.
async fn listed(client: &Client, href: &str) -> (i64, i64) {
    let address = format!("/api/v1{}&count=true&limit=200", href.replace("&amp;", "&"));
    let list = client.get(&address).await.assert_status(200).json();
    let amounts = list["items"].as_array().unwrap().iter().map(|one| one["amount_fen"].as_i64().unwrap());
    (list["total"].as_i64().unwrap(), amounts.sum())
}

#[actix_web::test]
async fn liability_payments_and_recoveries_stand_apart() {
    let app = TestApp::new().await;
    let people = people(&app);
    draft(&app).await;
    let mut made = Vec::new();
    for until in ["submitted", "approved", "paid", "archived"] {
        let application = draft(&app).await;
        walk(&app, &people, &application, until).await;
        made.push(application);
    }
    fund(&people, &made[1]).await;
    let recovered = draft(&app).await;
    walk(&app, &people, &recovered, "paid").await;
    step(&people.head, &recovered, "recovered").await.assert_status(200);
    let returned = draft(&app).await;
    walk(&app, &people, &returned, "submitted").await;
    step(&people.county, &returned, "returned").await.assert_status(200);
    let waiting = under_review(&app).await["amount_fen"].as_i64().unwrap();
    assert!(waiting > 0);

    let one = 10_000_000;
    let shown = people.head.get(OVERVIEW).await.assert_status(200).json();
    let total = |name: &str| figure(&shown["total"][name]);
    assert_eq!(total("liability"), (3, 2 * one + waiting), "{shown:#}");
    assert_eq!(total("approved"), (1, one));
    assert_eq!(total("not_payable"), (1, waiting));
    assert_eq!(total("paid"), (2, 2 * one));
    assert_eq!(total("recovered"), (1, one));
    let year = yinfeng::clock::today().format("%Y").to_string();
    for (rows, key, value) in [("by_year", "year", year.as_str()), ("by_county", "county", "450721")] {
        let of_row = row(&shown[rows], key, value);
        for name in ["liability", "approved", "not_payable", "paid", "recovered"] {
            assert_eq!(of_row[name], shown["total"][name], "{key} {name}");
        }
    }
    assert_eq!(figure(&row(&shown["by_county"], "county", "450722")["liability"]), (0, 0));
    assert_eq!(figure(&row(&shown["by_rule"], "rule", "referral")["liability"]), (2, 2 * one));
    assert_eq!(figure(row(&shown["by_status"], "status", "archived")), (1, one));
    let stuck = row(&shown["not_payable"], "rule", "enterprise_referral");
    assert_eq!((stuck["status"].as_str(), figure(stuck)), (Some("under_review"), (1, waiting)));

    // 6,667 and 3,333 basis points of what was split: one approved, two paid, one recovered.
    let county = row(&shown["by_treasury"], "treasury", "county");
    let city = row(&shown["by_treasury"], "treasury", "city");
    for (name, whole) in [("approved", one), ("paid", 2 * one), ("recovered", one)] {
        assert_eq!(figure(&county[name]).1 + figure(&city[name]).1, whole, "{name}");
        assert_eq!(figure(&county[name]).0, figure(&city[name]).0, "{name}");
    }
    let unsplit = row(&shown["by_treasury"], "treasury", "unsplit");
    assert_eq!(unsplit["payer"], "same_level_treasury");
    assert_eq!(figure(&unsplit["liability"]), (2, one + waiting));

    let none = people.head.get(&format!("{OVERVIEW}?year=2001")).await.assert_status(200).json();
    assert_eq!(figure(&none["total"]["liability"]), (0, 0));
    assert_eq!(none["by_year"], shown["by_year"], "the years stand beside each other");
    people.head.get(&format!("{OVERVIEW}?year=x")).await.assert_status(400);
}

#[actix_web::test]
async fn every_figure_opens_what_it_counts() {
    let app = TestApp::new().await;
    let people = people(&app);
    for until in ["submitted", "in_notice", "approved", "paid"] {
        walk(&app, &people, &draft(&app).await, until).await;
    }
    under_review(&app).await;
    let year = yinfeng::clock::today().format("%Y").to_string();
    for role in [Role::BureauHead, Role::FinanceReviewer, Role::CountyOfficer, Role::Auditor] {
        let (page, api) = (app.signed_in(role), app.token(role));
        for address in ["/award-applications/overview", &format!("/award-applications/overview?year={year}")]
        {
            let html = page.get(address).await.assert_status(200).text();
            let mut opened = 0;
            for cell in html.split("<a href=\"/award-applications?status=").skip(1) {
                let (query, rest) = cell.split_once('"').unwrap();
                let Some((_, count)) = rest.split_once("<span class=\"soft\">(") else { continue };
                let count: i64 = count.split(')').next().unwrap().replace(',', "").parse().unwrap();
                let href = format!("/award-applications?status={query}");
                let (total, _) = listed(&api, &href).await;
                assert_eq!(total, count, "{role} {href}");
                page.get(&href.replace("&amp;", "&")).await.assert_status(200);
                opened += 1;
            }
            assert!(opened > 15, "{role}: {opened} figures");
        }
    }
    let shown = people.head.get(OVERVIEW).await.json();
    for (query, name) in [
        (
            "?status=submitted,county_reviewed,bureau_reviewed,finance_reviewed,in_notice,objected,approved",
            "liability",
        ),
        ("?status=approved", "approved"),
        ("?status=submitted&payable=false", "not_payable"),
        ("?status=paid,archived", "paid"),
    ] {
        let listed = listed(&people.head, &format!("/award-applications{query}")).await;
        assert_eq!(listed, figure(&shown["total"][name]), "{query}");
    }
}

#[actix_web::test]
async fn an_accepted_review_makes_it_payable_and_a_refused_one_does_not() {
    let app = TestApp::new().await;
    let people = people(&app);
    let application = under_review(&app).await;
    for (passes, stuck) in [(true, 0), (false, 1)] {
        let review = json!({ "document": "审查表(示例)", "result": "示例", "passes": passes });
        people
            .head
            .post_json(&super::path(&application, "/compliance-review"), review)
            .await
            .assert_status(200);
        assert_eq!(read(&people.head, &application).await["compliance"]["payable"], json!(passes));
        let shown = people.head.get(OVERVIEW).await.json();
        assert_eq!(figure(&shown["total"]["not_payable"]).0, stuck, "{passes}");
        let list = people.head.get(&format!("{LIST}?payable={passes}")).await.assert_status(200).json();
        assert_eq!(list["items"][0]["id"], application["id"], "{passes}");
    }
}

#[actix_web::test]
async fn it_counts_the_readers_own_and_is_no_county_leaders() {
    let app = TestApp::new().await;
    walk(&app, &people(&app), &draft(&app).await, "submitted").await;
    let other = app.user(Role::CountyOfficer).region("450722").token();
    let shown = other.get(OVERVIEW).await.assert_status(200).json();
    assert_eq!(figure(&shown["total"]["liability"]), (0, 0));
    let leader = app.token(Role::CountyLeader);
    leader.get(OVERVIEW).await.assert_status(403);
    for filter in ["treasury=county", "payer=city_treasury", "payable=true"] {
        leader.get(&format!("{LIST}?{filter}")).await.assert_status(400);
    }
}

#[actix_web::test]
async fn sums_that_leave_every_column_are_told_as_the_largest_there_is() {
    let app = TestApp::new().await;
    let people = people(&app);
    for _ in 0..3 {
        walk(&app, &people, &draft(&app).await, "submitted").await;
    }
    let amount = |fen: i64| {
        app.write(|conn| {
            diesel::update(award_applications::table)
                .set(award_applications::amount_fen.eq(fen))
                .execute(conn)
        });
    };
    for (fen, sum) in [(3_000_000_000_000_000_001, 9_000_000_000_000_000_003), (i64::MAX, i64::MAX)] {
        amount(fen);
        let overview = people.head.get(OVERVIEW).await.assert_status(200).json();
        assert_eq!(figure(&overview["total"]["liability"]), (3, sum));
        app.signed_in(Role::BureauHead).get("/award-applications/overview").await.assert_status(200);
    }
}
