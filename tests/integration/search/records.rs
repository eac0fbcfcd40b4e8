//! What is found beside leads: whether it is of now, and projects under filters.

use super::unreachable;
use crate::projects::{new_project, path};
use crate::support::{Client, TestApp};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use yinfeng::accounts::Role;

#[actix_web::test]
async fn an_answer_of_records_says_that_a_change_of_them_waits() {
    let app = TestApp::new().await;
    let project = new_project(&app, json!({"title": "示例黄皮项目"})).await;
    app.new_lead(json!({"title": "示例黄皮线索"})).await;
    app.settle();
    let bureau = app.token(Role::BureauOfficer);
    let stale = async |kind: &str| {
        let way = format!("/api/v1/search?q=huangpi&type={kind}");
        bureau.get(&way).await.assert_status(200).json()["stale"].clone()
    };
    for kind in ["lead", "project", "company", "all"] {
        assert_eq!(stale(kind).await, json!(false), "{kind}");
    }
    let path = path(&project, "");
    let etag = bureau.get(&path).await.etag();
    bureau.patch_json(&path, &etag, json!({"title": "示例山竹项目"})).await.assert_status(200);
    for (kind, waits) in [("project", true), ("company", true), ("all", true), ("lead", false)] {
        assert_eq!(stale(kind).await, json!(waits), "{kind}, after a project was changed");
    }
    app.settle();
    assert_eq!(stale("project").await, json!(false));
    app.new_lead(json!({"title": "另一条黄皮线索"})).await;
    for (kind, waits) in [("lead", true), ("company", true), ("all", true), ("project", false)] {
        assert_eq!(stale(kind).await, json!(waits), "{kind}, after a lead was registered");
    }
}

async fn found(client: &Client, query: &str) -> Value {
    client.get(&format!("/api/v1/search?{query}")).await.assert_status(200).json()
}

fn titles(answer: &Value) -> BTreeSet<&str> {
    let hits = answer["hits"].as_array().unwrap();
    assert_eq!(answer["total"], json!(hits.len()), "{answer}");
    hits.iter().map(|hit| hit["title"].as_str().unwrap()).collect()
}

const TOYS: &str = "示例杨桃玩具项目";
const PEEL: &str = "示例杨桃陈皮项目";
const NOBODYS: &str = "示例杨桃无人项目";

/// Three projects: of two counties, of two industries, one without a leader.
async fn three_projects(app: &TestApp) {
    new_project(app, json!({"title": TOYS})).await;
    let peel = json!({"title": PEEL, "county": "450722", "industry": "chenpi",
        "total_investment_fen": 3_000_000_00_i64});
    new_project(app, peel).await;
    new_project(app, json!({"title": NOBODYS, "leader": null})).await;
}

#[actix_web::test]
async fn projects_are_found_under_the_filters_that_they_have() {
    let (app, nowhere) = (TestApp::new().await, unreachable::app_with(&unreachable::nowhere()).await);
    for (app, answers) in [(&app, true), (&nowhere, false)] {
        three_projects(app).await;
        if answers {
            app.settle();
        }
        let bureau = app.token(Role::BureauOfficer);
        let led = format!("leader={}", app.person(Role::CountyLeader).username);
        for (filter, wanted) in [
            ("county=450721", vec![TOYS, NOBODYS]),
            ("county=-450721", vec![PEEL]),
            ("q=杨桃 县:浦北", vec![PEEL]),
            ("industry=chenpi", vec![PEEL]),
            (led.as_str(), vec![TOYS]),
            ("leader=none", vec![NOBODYS]),
            ("leader=-none&county=450721", vec![TOYS]),
            ("investment=100m", vec![TOYS, NOBODYS]),
            ("investment=-100m", vec![PEEL]),
            ("investment_to_fen=300000000", vec![PEEL]),
            ("investment_from_fen=300000001&leader=none", vec![NOBODYS]),
            ("investment=none", vec![]),
            // What a lead alone has lets no project through.
            ("stage=new", vec![]),
            ("status=active", vec![]),
            ("source=self", vec![]),
            ("officer=none", vec![]),
            ("chamber=none", vec![]),
            ("registered=2026", vec![]),
            ("registered=-1999&county=450721", vec![]),
        ] {
            let filter =
                filter.replace("杨桃 县:浦北", "%E6%9D%A8%E6%A1%83%20%E5%8E%BF%3A%E6%B5%A6%E5%8C%97");
            let answer = found(&bureau, &format!("type=project&{filter}")).await;
            assert_eq!(titles(&answer), wanted.into_iter().collect(), "{filter}");
        }
    }
}

#[actix_web::test]
async fn projects_are_counted_alone_and_together_with_leads() {
    let app = TestApp::new().await;
    three_projects(&app).await;
    app.new_lead(json!({"title": "示例杨桃线索"})).await;
    app.new_chamber("示例杨桃商会");
    app.settle();
    let bureau = app.token(Role::BureauOfficer);
    let leader = app.person(Role::CountyLeader).id.to_string();
    let fields = "facets=county,industry,leader,stage";
    let facets = found(&bureau, &format!("q=yangtao&type=project&{fields}")).await["facets"].clone();
    assert_eq!(facets["county"], json!({"450721": 2, "450722": 1}));
    assert_eq!(facets["industry"], json!({"toy_garment": 2, "chenpi": 1}));
    assert_eq!((&facets["leader"][&leader], &facets["leader"][""]), (&json!(1), &json!(1)), "{facets}");
    assert_eq!(facets["stage"], json!(null), "of leads alone");

    let all = found(&bureau, &format!("q=yangtao&type=all&{fields}")).await;
    assert_eq!(all["total"], 5);
    assert_eq!(all["facets"]["county"], json!({"450721": 3, "450722": 1}), "the chamber is of none");
    assert_eq!(all["facets"]["leader"][""], 2);
    let here = found(&bureau, &format!("q=yangtao&type=all&county=450721&{fields}")).await;
    assert_eq!(titles(&here), ["示例杨桃线索", TOYS, NOBODYS].into());
    let elsewhere = found(&bureau, "q=yangtao&type=all&county=-450721").await;
    assert_eq!(titles(&elsewhere), [PEEL].into(), "the chamber is no project of another county");

    let browser = app.signed_in(Role::BureauOfficer);
    let page = async |query: &str| browser.get(&format!("/search?{query}")).await.assert_status(200).text();
    let narrowed = page("q=yangtao&type=project&county=450721").await;
    assert!(narrowed.contains("玩具项目") && !narrowed.contains("陈皮项目"), "{narrowed}");
    assert!(narrowed.contains("type=all") && !narrowed.contains("type=chamber"), "{narrowed}");
    let of_leads = page("q=yangtao&stage=new").await;
    assert!(
        !of_leads.contains("type=project"),
        "where projects cannot be, there is no way to them: {of_leads}"
    );
}

#[actix_web::test]
async fn who_sees_only_names_of_projects_neither_filters_nor_counts_them() {
    let app = TestApp::new().await;
    let chamber = app.person(Role::ChamberLiaison).chamber_id.unwrap();
    let source = json!({"kind": "chamber", "chamber_id": chamber});
    new_project(&app, json!({"title": TOYS, "source": source})).await;
    app.settle();
    for role in [Role::Federation, Role::ChamberLiaison] {
        let client = app.token(role);
        let all = found(&client, "q=yangtao&type=project&facets=county,industry,leader,investment").await;
        assert_eq!(titles(&all), [TOYS].into(), "{role}");
        for field in ["county", "industry", "leader", "investment"] {
            assert_eq!(all["facets"][field], json!(null), "{role} {field}");
        }
        for filter in ["county=450721", "industry=toy_garment", "leader=none", "investment=-none"] {
            let answer = found(&client, &format!("q=yangtao&type=project&{filter}")).await;
            assert!(titles(&answer).is_empty(), "{role} {filter}");
        }
    }
    // Within a scope, filters open nothing.
    let elsewhere = app.user(Role::CountyOfficer).region("450722").token();
    let answer = found(&elsewhere, "type=project&county=450721&facets=county").await;
    assert!(titles(&answer).is_empty() && !answer.to_string().contains("450721"), "{answer}");
}
