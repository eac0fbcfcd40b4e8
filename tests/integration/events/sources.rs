//! Leads and projects that came of an event, and what they come to.

use super::{new_event, path};
use crate::projects::{new_project, path as project_path, sign};
use crate::support::TestApp;
use crate::support::leads::lead_body;
use serde_json::{Value, json};
use yinfeng::accounts::Role;

const LEADS: &str = "/api/v1/leads";

#[actix_web::test]
async fn a_lead_names_the_event_that_it_came_of() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let event = new_event(&app, json!({})).await;
    for named in [&event["id"], &event["code"]] {
        let lead = app.new_lead(json!({ "source": { "kind": "event", "event_id": named } })).await;
        assert_eq!(lead["source"]["event_id"], event["id"]);
        assert_eq!(lead["source"]["name"], event["title"]);
    }
    for (source, code) in [
        (json!({ "kind": "event", "event_id": "HD-9999" }), "unknown-event"),
        (json!({ "kind": "self", "event_id": event["id"] }), "not-of-this-source"),
        (json!({ "kind": "station", "event_id": event["id"] }), "not-a-campaign"),
    ] {
        let refused = bureau.post_json(LEADS, lead_body(json!({ "source": source }))).await;
        let fault = ("source.event_id".to_owned(), code.to_owned());
        assert_eq!(refused.assert_status(422).faults(), [fault]);
    }
    let campaign = new_event(&app, json!({ "kind": "campaign" })).await;
    let stationed = json!({ "source": { "kind": "station", "event_id": campaign["code"] } });
    assert_eq!(app.new_lead(stationed).await["source"]["event_id"], campaign["id"]);
    // A chamber that brought it from there has the credit, and the event counts it.
    let own = app.person(Role::ChamberLiaison).chamber_id;
    let source = json!({ "kind": "chamber", "chamber_id": own, "event_id": event["code"] });
    let brought = app.new_lead(json!({ "source": source })).await;
    assert_eq!(
        (&brought["source"]["event_id"], &brought["source"]["chamber_id"]),
        (&event["id"], &json!(own))
    );
    let noted = json!({ "source": { "note": "会后座谈" } });
    let path = format!("{LEADS}/{}", brought["id"].as_str().unwrap());
    bureau.patch_json(&path, "\"1\"", noted).await.assert_status(200);
    let list = format!("{LEADS}?event={}&count=true", event["code"].as_str().unwrap());
    assert_eq!(bureau.get(&list).await.assert_status(200).json()["total"], 3);
    let page = app.signed_in(Role::BureauOfficer).get(&format!("/leads/{}", brought["id"].as_str().unwrap()));
    let page = page.await.assert_status(200).text();
    assert!(page.contains(&format!("/events/{}", event["id"].as_str().unwrap())), "{page}");
    let mut report = lead_body(json!({ "source": { "kind": "chamber", "event_id": event["id"] } }));
    let reported = app.token(Role::ChamberLiaison).post_json(LEADS, report.clone()).await.assert_status(201);
    assert_eq!(bureau.get(&list).await.json()["total"], 4, "{}", reported.text());
    report["source"]["event_id"] = json!("HD-9999");
    report["investor_name"] = json!("示例另一投资方");
    let unknown = app.token(Role::ChamberLiaison).post_json(LEADS, report).await.assert_status(422);
    assert_eq!(unknown.faults()[0].1, "unknown-event");
    let plain = app.new_lead(json!({ "source": { "kind": "event" } })).await;
    let patch = json!({ "source": { "event_id": event["code"] } });
    let lead = format!("{LEADS}/{}", plain["id"].as_str().unwrap());
    let edited = bureau.patch_json(&lead, "\"1\"", patch).await.assert_status(200).json();
    assert_eq!(edited["source"]["event_id"], event["id"]);
    let moved =
        bureau.patch_json(&lead, "\"2\"", json!({ "source": { "kind": "self", "event_id": null } })).await;
    assert_eq!(moved.assert_status(200).json()["source"]["event_id"], Value::Null);
    let timeline = bureau.get(&format!("{lead}/timeline")).await.assert_status(200).text();
    assert!(timeline.contains("source_event"), "{timeline}");
}

#[actix_web::test]
async fn each_number_is_that_of_the_list_it_opens() {
    let app = TestApp::new().await;
    let event = new_event(&app, json!({})).await;
    let other = new_event(&app, json!({})).await;
    let source = json!({ "kind": "event", "event_id": event["id"] });
    for (county, stage) in [("450721", "new"), ("450721", "contract"), ("450722", "contract")] {
        app.new_lead(json!({ "county": county, "stage": stage, "source": source })).await;
    }
    app.new_lead(json!({ "source": { "kind": "event", "event_id": other["id"] } })).await;
    let signed = new_project(&app, json!({ "source": source })).await;
    sign(&app, &signed, "2026-01-12").await;
    new_project(&app, json!({ "source": source })).await;
    for (role, leads, contracts) in [(Role::BureauOfficer, 3, 2), (Role::CountyOfficer, 2, 1)] {
        let client = app.token(role);
        let results = client.get(&path(&event, "")).await.assert_status(200).json()["results"].clone();
        let of_stage = |stage: &str| {
            let stages = results["stages"].as_array().unwrap();
            stages.iter().find(|one| one["stage"] == stage).unwrap()["leads"].as_i64().unwrap()
        };
        assert_eq!((results["leads"].as_i64(), of_stage("contract")), (Some(leads), contracts), "{role}");
        assert_eq!((of_stage("new"), of_stage("framework")), (1, 0), "{role}");
        assert_eq!(results["projects"], 2);
        assert_eq!(results["signed_projects"], 1);
        assert_eq!(results["contract_investment_fen"], 200_000_000_00_i64);
        let event = event["code"].as_str().unwrap();
        let list = client.get(&format!("{LEADS}?event={event}&count=true")).await.assert_status(200).json();
        assert_eq!(list["total"], leads, "{role}");
        let list = format!("/api/v1/projects?event={event}&reached=contract&count=true");
        assert_eq!(client.get(&list).await.assert_status(200).json()["total"], 1, "{role}");
    }
    let federation = app.token(Role::Federation);
    let results = federation.get(&path(&event, "")).await.assert_status(200).json()["results"].clone();
    assert_eq!((&results["leads"], &results["projects"]), (&json!(0), &Value::Null));
    let nothing = app.token(Role::BureauHead).get(&format!("{LEADS}?event=HD-9999&count=true")).await;
    assert_eq!(nothing.assert_status(200).json()["total"], 0);
}

#[actix_web::test]
async fn a_project_keeps_the_event_that_its_lead_came_of() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let event = new_event(&app, json!({})).await;
    let source = json!({ "kind": "event", "event_id": event["id"] });
    let lead = app.new_lead(json!({ "stage": "contract", "source": source })).await;
    let leader = app.person(Role::CountyLeader).username;
    let made = json!({ "lead_id": lead["id"], "leader": leader, "total_investment_fen": 100 });
    let project = bureau.post_json("/api/v1/projects", made).await.assert_status(201).json();
    assert_eq!(project["source"]["event_id"], event["id"]);
    assert_eq!(project["source"]["name"], event["title"]);
    let edited = bureau.patch_json(&project_path(&project, ""), "\"1\"", json!({ "remark": "改" })).await;
    assert_eq!(edited.assert_status(200).json()["source"]["event_id"], event["id"]);
}

#[actix_web::test]
async fn the_form_of_a_lead_begins_with_the_event_of_its_link() {
    let app = TestApp::new().await;
    let browser = app.signed_in(Role::BureauOfficer);
    let event = new_event(&app, json!({})).await;
    let id = event["id"].as_str().unwrap();
    let shown = browser.get(&format!("/events/{id}")).await.assert_status(200).text();
    let way = format!("/leads/new?source_kind=event&source_event={id}");
    assert!(shown.replace("&amp;", "&").contains(&way), "{shown}");
    let form = browser.get(&way).await.assert_status(200).text();
    assert!(form.contains(&format!("<option value=\"{id}\" selected")), "{form}");
    let investor = crate::support::leads::new_investor();
    let typed = [
        ("investor_name", investor.as_str()),
        ("county", "450721"),
        ("industry", "other"),
        ("source_kind", "event"),
        ("source_event", id),
    ];
    let lead = browser.post_form("/leads", &typed).await.assert_status(303).location();
    let page = browser.get(&lead).await.assert_status(200).text();
    assert!(page.contains(&format!("href=\"/events/{id}\"")), "{page}");
    let list = browser.get(&format!("/leads?event={id}")).await.assert_status(200).text();
    assert!(list.contains(&investor) && list.contains("只列出这场活动带来的线索"), "{list}");
    let projects = browser.get(&format!("/projects?event={id}")).await.assert_status(200).text();
    assert!(projects.contains("只列出这场活动带来的项目"), "{projects}");
}
