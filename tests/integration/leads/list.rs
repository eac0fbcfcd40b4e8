//! `GET /api/v1/leads` and `GET /leads`: filters, orders, pages, totals.

use super::{day, officer, register};
use crate::support::{Client, TestApp};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use yinfeng::accounts::Role;

async fn ids(client: &Client, query: &str) -> Vec<String> {
    let answer = client.get(&format!("/api/v1/leads?{query}")).await.assert_status(200).json();
    answer["items"].as_array().unwrap().iter().map(|lead| lead["id"].as_str().unwrap().to_owned()).collect()
}

/// Leads with equal and missing values in every column that sorts.
async fn mixed(client: &Client) -> Vec<Value> {
    let mut leads = Vec::new();
    for (number, (amount, due, county)) in [
        (Some(300), Some(-3), "450721"),
        (None, None, "450721"),
        (Some(300), Some(0), "450722"),
        (Some(0), Some(-3), "450722"),
        (None, Some(5), "450702"),
        (Some(7_000), None, "450702"),
        (Some(300), Some(-3), "450721"),
    ]
    .into_iter()
    .enumerate()
    {
        let changes = json!({
            "total_investment_fen": amount,
            "next_follow_up_on": due.map(day),
            "county": county,
            "registered_on": day(-(i64::try_from(number).unwrap() / 2)),
            "industry": if number % 2 == 0 { "wood_home" } else { "other" },
            "source": { "kind": if number < 3 { "station" } else { "exhibition" } },
            "stage": if number < 4 { "new" } else { "negotiation" },
        });
        leads.push(register(client, changes).await);
    }
    leads
}

#[actix_web::test]
async fn every_order_walks_all_rows_once_both_ways() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let leads = mixed(&client).await;
    let all: BTreeSet<String> = leads.iter().map(|lead| lead["id"].as_str().unwrap().to_owned()).collect();
    for field in ["registered_on", "next_follow_up_on", "total_investment_fen", "updated_at", "code"] {
        let mut orders = Vec::new();
        for sort in [field.to_owned(), format!("-{field}")] {
            let whole = ids(&client, &format!("sort={sort}")).await;
            let (mut walked, mut cursor) = (Vec::new(), String::new());
            loop {
                let path = format!("/api/v1/leads?sort={sort}&limit=2{cursor}");
                let answer = client.get(&path).await.assert_status(200).json();
                let items = answer["items"].as_array().unwrap();
                assert!(items.len() <= 2);
                walked.extend(items.iter().map(|lead| lead["id"].as_str().unwrap().to_owned()));
                match answer["next_cursor"].as_str() {
                    Some(next) => cursor = format!("&cursor={next}"),
                    None => break,
                }
            }
            assert_eq!(walked, whole, "{sort}");
            assert_eq!(walked.iter().cloned().collect::<BTreeSet<_>>(), all, "{sort}");
            orders.push(whole);
        }
        let back: Vec<String> = orders[1].iter().rev().cloned().collect();
        assert_eq!(orders[0], back, "{field} and its reverse");
    }
    let amounts = |items: Value| -> Vec<Option<i64>> {
        items["items"].as_array().unwrap().iter().map(|lead| lead["total_investment_fen"].as_i64()).collect()
    };
    let up = client.get("/api/v1/leads?sort=total_investment_fen").await.json();
    let known: Vec<i64> = amounts(up).into_iter().flatten().collect();
    assert!(known.is_sorted(), "{known:?}");
    let due = client.get("/api/v1/leads?sort=next_follow_up_on").await.json();
    let due: Vec<String> = due["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|lead| lead["next_follow_up_on"].as_str().unwrap_or("9999").to_owned())
        .collect();
    assert!(due.is_sorted(), "what has no date comes last: {due:?}");
}

#[actix_web::test]
async fn filters_find_what_they_say_and_the_total_counts_it() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let leads = mixed(&client).await;
    let due = |lead: &Value| lead["next_follow_up_on"].as_str().is_some_and(|on| *on < *day(0));
    type Wanted = Box<dyn Fn(&Value) -> bool>;
    fn text(lead: &Value, field: &str) -> String {
        lead[field].as_str().unwrap_or_default().to_owned()
    }
    let cases: Vec<(&str, Wanted)> = vec![
        ("", Box::new(|_| true)),
        ("county=450722", Box::new(|lead| text(lead, "county") == "450722")),
        ("county=450722,450702", Box::new(|lead| text(lead, "county") != "450721")),
        ("county=450722&county=450702", Box::new(|lead| text(lead, "county") != "450721")),
        ("industry=wood_home", Box::new(|lead| text(lead, "industry") == "wood_home")),
        ("stage=negotiation", Box::new(|lead| text(lead, "stage") == "negotiation")),
        ("source=station", Box::new(|lead| lead["source"]["kind"] == "station")),
        ("status=active", Box::new(|_| true)),
        ("status=closed", Box::new(|_| false)),
        ("overdue=true", Box::new(due)),
        ("overdue=false", Box::new(|_| true)),
        ("county=450721&overdue=1", Box::new(move |lead| due(lead) && text(lead, "county") == "450721")),
        ("leader=none", Box::new(|_| true)),
        ("officer=nobody", Box::new(|_| false)),
        ("chamber=nobody", Box::new(|_| false)),
    ];
    for (query, wanted) in cases {
        let answer = client.get(&format!("/api/v1/leads?count=true&{query}")).await.assert_status(200).json();
        let found: BTreeSet<String> =
            answer["items"].as_array().unwrap().iter().map(|lead| text(lead, "id")).collect();
        let expected: BTreeSet<String> =
            leads.iter().filter(|lead| wanted(lead)).map(|lead| text(lead, "id")).collect();
        assert_eq!(found, expected, "{query}");
        assert_eq!(answer["total"], expected.len(), "{query}");
    }
    let plain = client.get("/api/v1/leads").await.json();
    assert!(plain.get("total").is_none(), "a total only when asked for");
    for left_out in ["content", "remark", "contact", "missing"] {
        assert!(plain["items"][0].get(left_out).is_none(), "{left_out}");
    }
}

#[actix_web::test]
async fn words_find_what_the_reader_sees_and_nothing_else() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let here = register(&client, json!({"title": "毛绒玩具生产线", "content": "出口欧洲"})).await;
    let there = register(&client, json!({"title": "毛绒面料项目", "county": "450722"})).await;
    yinfeng::jobs::run_pending(&app.app).unwrap();
    let id = |lead: &Value| lead["id"].as_str().unwrap().to_owned();
    let q = |words: &str| serde_urlencoded::to_string([("q", words)]).unwrap();
    let found: BTreeSet<String> = ids(&client, &q("毛绒")).await.into_iter().collect();
    assert_eq!(found, BTreeSet::from([id(&here), id(&there)]));
    assert_eq!(ids(&client, &(q("毛绒") + "&county=450722")).await, [id(&there)]);
    assert_eq!(ids(&client, &q(here["code"].as_str().unwrap())).await, [id(&here)]);
    assert_eq!(ids(&app.token(Role::CountyOfficer), &q("毛绒")).await, [id(&here)]);
    assert!(ids(&app.token(Role::ChamberLiaison), &q("毛绒")).await.is_empty());
    let html = app
        .signed_in(Role::BureauOfficer)
        .get(&format!("/leads?{}", q("欧洲")))
        .await
        .assert_status(200)
        .text();
    assert_eq!(rows(&html), [id(&here)]);
}

#[actix_web::test]
async fn people_and_chambers_are_found_by_id_and_by_name_or_code() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let chamber = app.new_chamber("示例商会甲");
    let leader = app.user(Role::CountyLeader).username("wei").insert();
    let source = json!({"kind": "chamber", "chamber_id": chamber});
    let lead = register(&client, json!({"source": source})).await;
    register(&client, json!({})).await;
    let path = super::api(&lead, "/assignment");
    client.post_json(&path, json!({"officer": "wei"})).await.assert_status(422);
    let me = app.person(Role::BureauOfficer);
    client.post_json(&path, json!({"leader": "wei", "officer": me.username})).await.assert_status(200);
    let wanted = vec![lead["id"].as_str().unwrap().to_owned()];
    for query in [
        format!("chamber={chamber}"),
        format!("chamber=T-{chamber}"),
        format!("leader={}", leader.id),
        "leader=wei".to_owned(),
        format!("officer={}", me.id),
        "mine=true".to_owned(),
    ] {
        assert_eq!(ids(&client, &query).await, wanted, "{query}");
    }
    assert_eq!(ids(&app.program_of(&leader), "mine=true").await, wanted);
}

#[actix_web::test]
async fn what_cannot_be_asked_is_400_and_named() {
    let app = TestApp::new().await;
    let client = officer(&app);
    for _ in 0..2 {
        register(&client, json!({})).await;
    }
    let first = client.get("/api/v1/leads?limit=1&sort=code").await.assert_status(200).json();
    let cursor = first["next_cursor"].as_str().unwrap().to_owned();
    for (query, field) in [
        ("limit=0".to_owned(), "limit"),
        ("limit=201".to_owned(), "limit"),
        ("limit=x".to_owned(), "limit"),
        ("sort=title".to_owned(), "sort"),
        ("stage=wishing".to_owned(), "stage"),
        ("status=open".to_owned(), "status"),
        ("source=dream".to_owned(), "source"),
        ("overdue=maybe".to_owned(), "overdue"),
        ("cursor=rubbish".to_owned(), "cursor"),
        (format!("cursor={cursor}"), "cursor"),
        (format!("sort=-code&cursor={cursor}"), "cursor"),
        ("kounty=450721".to_owned(), "kounty"),
    ] {
        let answer = client.get(&format!("/api/v1/leads?{query}")).await.assert_status(400);
        assert_eq!(answer.faults()[0].0, field, "{query}");
    }
    client.get("/api/v1/leads?limit=200").await.assert_status(200);
    client.get("/api/v1/leads?limit=1").await.assert_status(200);
}

#[actix_web::test]
async fn a_liaisons_list_cannot_be_asked_what_his_pages_do_not_show() {
    let app = TestApp::new().await;
    let liaison = app.token(Role::ChamberLiaison);
    for query in ["county=450721", "industry=other", "overdue=true", "officer=x", "leader=none", "mine=true"]
    {
        let answer = liaison.get(&format!("/api/v1/leads?{query}")).await.assert_status(403);
        assert_eq!(answer.faults()[0].1, "forbidden-field", "{query}");
    }
    for sort in ["total_investment_fen", "-next_follow_up_on"] {
        let answer = liaison.get(&format!("/api/v1/leads?sort={sort}")).await.assert_status(403);
        assert_eq!(answer.faults()[0].0, "sort");
    }
    liaison
        .get("/api/v1/leads?stage=new&status=active&sort=-registered_on&count=true")
        .await
        .assert_status(200);
}

/// Ids of the leads on a page of the list, in order.
fn rows(html: &str) -> Vec<String> {
    html.split("<td class=\"row-name\"><a href=\"/leads/")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect()
}

/// The href of a neighbouring page: `next` or `prev`.
fn href(html: &str, rel: &str) -> Option<String> {
    let rest = html.split(&format!("rel=\"{rel}\" href=\"")).nth(1)?;
    Some(rest.split('"').next()?.replace("&amp;", "&"))
}

#[actix_web::test]
async fn the_page_walks_forward_and_back_through_the_same_rows() {
    let app = TestApp::new().await;
    let client = officer(&app);
    mixed(&client).await;
    let browser = app.signed_in(Role::BureauOfficer);
    for sort in ["-registered_on", "next_follow_up_on", "total_investment_fen"] {
        let expected = ids(&client, &format!("sort={sort}")).await;
        let (mut path, mut pages) = (format!("/leads?limit=3&sort={sort}"), Vec::new());
        let last = loop {
            let html = browser.get(&path).await.assert_status(200).text();
            pages.push(rows(&html));
            match href(&html, "next") {
                Some(next) => path = next,
                None => break html,
            }
        };
        assert_eq!(pages.concat(), expected, "{sort}");
        let (mut html, mut back) = (last, Vec::new());
        while let Some(prev) = href(&html, "prev") {
            html = browser.get(&prev).await.assert_status(200).text();
            back.push(rows(&html));
        }
        back.reverse();
        assert_eq!(back, pages[..pages.len() - 1], "{sort}");
    }
}

#[actix_web::test]
async fn the_page_shows_each_role_its_fields_and_its_own_way_on() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let liaison = app.person(Role::ChamberLiaison);
    let source = json!({"kind": "chamber", "chamber_id": liaison.chamber_id});
    let changes =
        json!({"source": source, "total_investment_fen": 123_000_000_00_i64, "next_follow_up_on": day(-2)});
    let lead = register(&client, changes).await;
    let title = lead["title"].as_str().unwrap();
    for (role, sees, amount, creates) in [
        (Role::BureauHead, true, true, true),
        (Role::BureauOfficer, true, true, true),
        (Role::CountyOfficer, true, true, true),
        (Role::CountyLeader, true, true, false),
        (Role::LeadingGroup, true, true, false),
        (Role::Auditor, true, true, false),
        (Role::Federation, true, true, false),
        (Role::ChamberLiaison, true, false, true),
    ] {
        let html = app.signed_in(role).get("/leads").await.assert_status(200).text();
        assert_eq!(html.contains(title), sees, "{role}");
        assert_eq!(html.contains("1.23 亿元"), amount, "{role}");
        assert_eq!(html.contains("href=\"/leads/new\""), creates, "{role}");
        assert_eq!(
            html.contains("name=\"county\""),
            !matches!(role, Role::ChamberLiaison | Role::CountyLeader),
            "{role}"
        );
    }
    for role in [Role::Admin, Role::FinanceReviewer, Role::ApprovalsOfficer] {
        app.signed_in(role).get("/leads").await.assert_status(403);
    }
    let answer = app.anonymous().get("/leads?stage=new").await.assert_status(303);
    assert!(answer.location().starts_with("/sign-in?next="));
    let browser = app.signed_in(Role::BureauOfficer);
    let part = browser.get("/leads?county=450721").header("hx-request", "true").await.assert_status(200);
    assert!(part.text().contains(title) && !part.text().contains("<html"));
    assert!(part.header("vary").is_some());
    browser.get("/leads?kounty=1").await.assert_status(400);
}

#[actix_web::test]
async fn a_list_is_exported_with_a_reason_masked_and_told_in_the_trail() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let contact = json!({"name": "林总", "phone": "12000000117"});
    register(&client, json!({"contact": contact, "county": "450722"})).await;
    register(&client, json!({})).await;
    let browser = app.signed_in(Role::BureauOfficer);
    let list = browser.get("/leads?county=450722").await.text();
    assert!(list.contains("/leads/export?county=450722"));
    let path = "/leads/export?county=450722";
    let form = browser.get(path).await.assert_status(200).text();
    assert!(form.contains("浦北县"));
    let before = super::written(&app).0;
    browser.post_form(path, &[("reason", " ")]).await.assert_status(422);
    assert_eq!(super::written(&app).0, before);
    let file = browser.post_form(path, &[("reason", "周五例会")]).await.assert_status(200);
    assert!(file.header("content-disposition").unwrap().contains(".xlsx"));
    assert!(file.bytes().starts_with(b"PK"));
    assert_eq!(super::written(&app).0, before + 1);
    for role in [Role::CountyLeader, Role::ChamberLiaison, Role::Auditor, Role::LeadingGroup, Role::Admin] {
        app.signed_in(role).get("/leads/export").await.assert_status(403);
    }
    browser.get("/leads/export?kounty=1").await.assert_status(400);
}

/// A county's own leads and those that it handed on are two parts to the database, and one list to the reader.
#[actix_web::test]
async fn the_parts_of_a_scope_are_one_list_in_every_order() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauHead);
    let county = app.user(Role::CountyOfficer).region("450721").token();
    for lead in mixed(&bureau).await {
        if lead["county"] == "450721" && lead["total_investment_fen"].is_null() {
            let path = format!("/api/v1/leads/{}", lead["id"].as_str().unwrap());
            let etag = bureau.get(&path).await.assert_status(200).etag();
            county.patch_json(&path, &etag, json!({ "county": "450722" })).await.assert_status(200);
        }
    }
    let mut seen = ids(&county, "sort=code").await;
    assert_eq!(seen.len(), 3, "two of the county, and one that it handed on");
    let bureaus = ids(&bureau, "sort=code").await;
    for field in ["registered_on", "next_follow_up_on", "total_investment_fen", "updated_at", "code"] {
        for sort in [field.to_owned(), format!("-{field}")] {
            let whole = ids(&county, &format!("sort={sort}")).await;
            let of_bureau = ids(&bureau, &format!("sort={sort}")).await;
            let same: Vec<&String> = of_bureau.iter().filter(|id| seen.contains(id)).collect();
            assert_eq!(whole.iter().collect::<Vec<_>>(), same, "{sort}: as the bureau sees them");
            let first = county.get(&format!("/api/v1/leads?sort={sort}&limit=1")).await.json();
            let cursor = first["next_cursor"].as_str().unwrap();
            let rest = ids(&county, &format!("sort={sort}&cursor={cursor}")).await;
            assert_eq!(rest, whole[1..], "{sort}");
        }
    }
    seen.sort();
    assert!(seen.len() < bureaus.len());
}

/// Where a filter finds thousands, the database goes along the order and not by the filter: the rows are the same.
#[actix_web::test]
async fn a_filter_that_finds_thousands_keeps_the_order() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let body = |number: usize| {
        json!({
            "title": format!("示例项目{number}"),
            "investor_name": format!("示例第{number}科技有限公司"),
            "county": if number.is_multiple_of(3) { "450722" } else { "450721" },
            "industry": "other",
            "total_investment_fen": (number * 7_919) % 1_000,
            "source": { "kind": if number.is_multiple_of(50) { "station" } else { "self" } },
            "stage": "negotiation",
        })
    };
    let file = (0..3_200).map(|number| body(number).to_string() + "\n").collect::<String>();
    let import = client.upload("/api/v1/imports", &[], "many.jsonl", file.as_bytes()).await;
    let import = import.assert_status(201).json()["id"].as_str().unwrap().to_owned();
    client.post_json(&format!("/api/v1/imports/{import}/application"), json!({})).await.assert_status(200);
    let many = "stage=negotiation&industry=other&source=self&county=450721,450722&status=active";
    for (filter, of) in [(many, 3_136), ("source=station", 64), ("county=450721", 2_133)] {
        for sort in ["total_investment_fen", "-total_investment_fen", "-updated_at", "-registered_on"] {
            let page = |more: String| format!("/api/v1/leads?{filter}&sort={sort}&limit=200{more}");
            let first = client.get(&page("&count=true".to_owned())).await.assert_status(200).json();
            assert_eq!(first["total"], of, "{filter}");
            let (mut walked, mut answer) = (Vec::new(), first);
            loop {
                walked.extend(answer["items"].as_array().unwrap().iter().cloned());
                let Some(cursor) = answer["next_cursor"].as_str() else { break };
                answer = client.get(&page(format!("&cursor={cursor}"))).await.assert_status(200).json();
            }
            assert_eq!(walked.len(), of, "{filter} {sort}");
            if sort.ends_with("total_investment_fen") {
                let mut amounts: Vec<i64> =
                    walked.iter().map(|lead| lead["total_investment_fen"].as_i64().unwrap()).collect();
                if sort.starts_with('-') {
                    amounts.reverse();
                }
                assert!(amounts.is_sorted(), "{filter} {sort}");
            }
        }
    }
}

#[actix_web::test]
async fn the_list_offers_each_role_the_orders_that_it_may_ask_for() {
    let app = TestApp::new().await;
    for role in [Role::ChamberLiaison, Role::BureauOfficer, Role::Federation] {
        let reader = app.signed_in(role);
        let page = reader.get("/leads").await.assert_status(200).text();
        for field in ["registered_on", "next_follow_up_on", "total_investment_fen", "updated_at", "code"] {
            for sort in [field.to_owned(), format!("-{field}")] {
                let is_offered = page.contains(&format!("value=\"{sort}\""));
                let expected = if is_offered { 200 } else { 403 };
                reader.get(&format!("/leads?sort={sort}")).await.assert_status(expected);
            }
        }
        let amounts = page.contains("value=\"-total_investment_fen\"");
        assert_eq!(amounts, role != Role::ChamberLiaison, "{role}");
    }
}
