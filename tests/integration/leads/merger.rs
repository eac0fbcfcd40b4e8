//! Two registrations of the same become one lead.

use super::{api, day, etag, officer, page, read, register, written};
use crate::support::{Client, TestApp};
use serde_json::{Value, json};
use yinfeng::accounts::Role;
use yinfeng::schema::{audit_entries, outbox};

const SAME: &str = "东莞市同一玩具有限公司";

async fn follow_up(client: &Client, lead: &Value, content: &str) {
    let at = yinfeng::clock::rfc3339::format(yinfeng::clock::now());
    let body = json!({"kind": "call", "at": at, "content": content});
    client.post_json(&api(lead, "/follow-ups"), body).await.assert_status(201);
}

async fn merge(client: &Client, lead: &Value, into: &Value) -> Value {
    let body = json!({"into": into["code"], "reason": "同一项目"});
    client.post_json(&api(lead, "/merger"), body).await.assert_status(200).json()
}

/// Two leads of one company: the one that stays, and the double, which was reported earlier.
async fn doubles(app: &TestApp) -> (Value, Value) {
    let client = officer(app);
    let chamber = app.new_chamber("首报示例商会");
    let double = json!({
        "investor_name": SAME, "registered_on": "2026-02-01", "next_follow_up_on": day(-3),
        "source": {"kind": "chamber", "chamber_id": chamber},
    });
    let double = register(&client, double).await;
    let stays = json!({"investor_name": SAME, "registered_on": "2026-03-01", "duplicate_reason": "先登记"});
    (register(&client, stays).await, double)
}

#[actix_web::test]
async fn a_double_goes_into_the_lead_that_stays_in_one_write() {
    use diesel::prelude::*;
    let app = TestApp::new().await;
    let client = officer(&app);
    let (stays, double) = doubles(&app).await;
    follow_up(&client, &double, "先前打过电话").await;
    follow_up(&client, &stays, "后来见了面").await;
    let (before, double) = (read(&client, &stays).await, read(&client, &double).await);
    let entries = written(&app);
    client
        .post_json(&api(&double, "/merger"), json!({"into": stays["code"], "reason": "同一项目"}))
        .if_match("\"77\"")
        .await
        .assert_status(412);
    assert_eq!(written(&app), entries, "a refusal writes nothing");
    let body = json!({"into": stays["id"], "reason": "同一项目"});
    let merged =
        client.post_json(&api(&double, "/merger"), body).if_match(&etag(&double)).await.assert_status(200);
    assert_eq!(merged.etag(), etag(&merged.json()));
    let merged = merged.json();
    assert_eq!(merged["status"], "merged");
    assert_eq!(merged["merged_into"], json!({"id": stays["id"], "code": stays["code"]}));
    assert_eq!(merged["overdue_days"], Value::Null);
    assert_eq!(
        written(&app),
        (entries.0 + 3, entries.1 + 3),
        "an entry and an index job for each, and for the credit that went along"
    );
    let subjects: Vec<String> = app.read(|conn| {
        audit_entries::table
            .filter(audit_entries::action.eq("lead.merge"))
            .order(audit_entries::subject_id)
            .select(audit_entries::subject_id)
            .load(conn)
    });
    let mut expected = vec![stays["id"].as_str().unwrap(), double["id"].as_str().unwrap()];
    expected.sort_unstable();
    assert_eq!(subjects, expected);
    let waiting: i64 = app.read(|conn| outbox::table.count().get_result(conn));
    assert!(waiting >= 2);

    // The lead that stays keeps its fields, and tells whose report was the first.
    let after = read(&client, &stays).await;
    for field in ["title", "registered_on", "status", "next_follow_up_on", "investor_name"] {
        assert_eq!(after[field], before[field], "{field}");
    }
    assert!(after["version"].as_i64() > before["version"].as_i64());
    assert_eq!(after["source"]["chamber_id"], double["source"]["chamber_id"], "the first reporter's credit");
    let first = &after["first_report"];
    assert_eq!(
        (&first["registered_on"], &first["source_name"]),
        (&json!("2026-02-01"), &json!("首报示例商会"))
    );
    assert_eq!((&first["lead"]["code"], &first["received_at"]), (&double["code"], &double["received_at"]));
    assert_eq!(after["merged_into"], Value::Null);
    assert_eq!(merged["first_report"], Value::Null);

    // Follow-ups of both, each with where it was written; nothing was moved.
    let timeline = client.get(&api(&stays, "/timeline")).await.assert_status(200).json();
    let items = timeline["items"].as_array().unwrap();
    let of = |content: &str| items.iter().find(|item| item["data"]["content"] == content).unwrap();
    assert_eq!(of("先前打过电话")["data"]["from_lead"], json!({"id": double["id"], "code": double["code"]}));
    assert_eq!(of("后来见了面")["data"]["from_lead"], Value::Null);
    assert!(items.iter().any(|item| item["kind"] == "merger" && item["data"]["reason"] == "同一项目"));
    let old = client.get(&api(&double, "/follow-ups")).await.json();
    assert_eq!(old["items"].as_array().unwrap().len(), 1);
    let kinds = client.get(&api(&double, "/timeline")).await.json();
    assert_eq!(kinds["items"][0]["kind"], "merger");
    assert_eq!(kinds["items"][0]["data"]["into"]["code"], stays["code"]);
}

#[actix_web::test]
async fn a_merged_lead_leaves_lists_and_counts_and_is_found_by_its_status() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let (stays, double) = doubles(&app).await;
    merge(&client, &double, &stays).await;
    app.settle();
    let ids = async |query: &str| {
        let list = client.get(&format!("/api/v1/leads?count=true&{query}")).await.assert_status(200).json();
        let ids: Vec<Value> =
            list["items"].as_array().unwrap().iter().map(|lead| lead["id"].clone()).collect();
        assert_eq!(list["total"], ids.len(), "{query}");
        ids
    };
    assert_eq!(ids("").await, [stays["id"].clone()]);
    assert_eq!(ids("overdue=true").await, Vec::<Value>::new());
    assert_eq!(ids("status=merged").await, [double["id"].clone()]);
    assert_eq!(ids("status=active,merged").await.len(), 2);
    let found = client.get("/api/v1/search?q=tongyi&status=merged").await.assert_status(200).json();
    assert_eq!(found["hits"][0]["id"], double["id"], "the index knows, too: {found}");
    let chamber = double["source"]["chamber_id"].as_str().unwrap();
    let chamber = client.get(&format!("/api/v1/chambers/{chamber}")).await.assert_status(200).json();
    assert_eq!(chamber["leads"], 1, "the one that stays, as the list that the number opens has it");
    // It is nothing to work on any more.
    let double = read(&client, &double).await;
    for (path, body) in [
        ("/closure", json!({"kind": "other", "reason": "x"})),
        ("/hold", json!({"reason": "x"})),
        ("/stage", json!({"to": "assessment"})),
        ("/assignment", json!({"leader": null})),
        ("/merger", json!({"into": stays["code"], "reason": "x"})),
        ("/follow-ups", json!({"kind": "call", "at": "2026-03-03T08:00:00Z", "content": "x"})),
    ] {
        let answer = client.post_json(&api(&double, path), body).await.assert_status(409);
        assert_eq!(answer.json()["code"], "lead-merged", "{path}");
    }
    client.patch_json(&api(&double, ""), &etag(&double), json!({"remark": "x"})).await.assert_status(409);
    // Asked for the investor, it is told as the lead that stayed, since the first report.
    let asked = client.get("/api/v1/duplicates?investor_name=%E4%B8%9C%E8%8E%9E%E5%90%8C%E4%B8%80%E7%8E%A9%E5%85%B7%E6%9C%89%E9%99%90%E5%85%AC%E5%8F%B8").await;
    let asked = asked.assert_status(200).json();
    assert_eq!(asked["items"].as_array().unwrap().len(), 1, "{asked}");
    assert_eq!(
        (&asked["items"][0]["lead_id"], &asked["items"][0]["since"]),
        (&stays["id"], &json!("2026-02-01"))
    );
}

#[actix_web::test]
async fn what_cannot_be_merged_is_told_at_its_field() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let (stays, double) = doubles(&app).await;
    let third = register(&client, json!({"county": "450722"})).await;
    let gone = register(&client, json!({})).await;
    client.delete(&api(&gone, ""), &etag(&gone)).await.assert_status(204);
    let before = written(&app);
    for (body, field, code) in [
        (json!({"into": stays["id"], "reason": " "}), "reason", "reason-required"),
        (json!({"into": "", "reason": "x"}), "into", "required"),
        (json!({"into": "QZ-1999-000001", "reason": "x"}), "into", "unknown-lead"),
        (json!({"into": gone["id"], "reason": "x"}), "into", "unknown-lead"),
        (json!({"into": double["code"], "reason": "x"}), "into", "same-lead"),
    ] {
        let answer = client.post_json(&api(&double, "/merger"), body.clone()).await.assert_status(422);
        assert_eq!(answer.faults(), [(field.to_owned(), code.to_owned())], "{body}");
    }
    assert_eq!(written(&app), before);
    // A county merges its own into its own: the other county's does not exist for it, or is only read.
    let county = app.token(Role::CountyOfficer);
    let into = |lead: &Value| json!({"into": lead["id"], "reason": "x"});
    let answer = county.post_json(&api(&double, "/merger"), into(&third)).await.assert_status(422);
    assert_eq!(answer.faults()[0].1, "unknown-lead");
    county.post_json(&api(&third, "/merger"), into(&double)).await.assert_status(404);
    let handed = register(&client, json!({})).await;
    let path = api(&handed, "/assignment");
    client.post_json(&path, json!({"county": "450722", "reason": "x"})).await.assert_status(200);
    let answer = county.post_json(&api(&double, "/merger"), into(&handed)).await.assert_status(403);
    assert_eq!(answer.faults()[0].0, "into");
    county.post_json(&api(&double, "/merger"), into(&stays)).await.assert_status(200);
    // Not into one that is merged itself.
    let answer = client.post_json(&api(&third, "/merger"), into(&double)).await.assert_status(422);
    assert_eq!(answer.faults()[0].1, "into-merged");
    // What was merged before goes on with the lead that it went into.
    merge(&client, &stays, &third).await;
    let third = read(&client, &third).await;
    assert_eq!(third["first_report"]["lead"]["code"], double["code"]);
}

#[actix_web::test]
async fn who_does_not_see_the_other_lead_gets_no_way_to_it() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let liaison = app.person(Role::ChamberLiaison);
    let double = json!({"source": {"kind": "chamber", "chamber_id": liaison.chamber_id}});
    let other = json!({"kind": "chamber", "chamber_id": app.new_chamber("首报示例商会")});
    let first = json!({"county": "450722", "registered_on": "2026-01-05", "source": other});
    let (double, stays) = (register(&client, double).await, register(&client, first).await);
    merge(&client, &double, &stays).await;
    let of_county = read(&app.token(Role::CountyOfficer), &double).await;
    assert_eq!(of_county["merged_into"], json!({"id": null, "code": stays["code"]}));
    let html = app.signed_in(Role::CountyOfficer).get(&page(&double, "")).await.assert_status(200).text();
    assert!(html.contains(stays["code"].as_str().unwrap()) && !html.contains(stays["id"].as_str().unwrap()));
    let token = app.token(Role::ChamberLiaison);
    let own = read(&token, &double).await;
    assert_eq!((&own["status"], &own["merged_into"]), (&json!("merged"), &Value::Null));
    let html = app.signed_in(Role::ChamberLiaison).get(&page(&double, "")).await.assert_status(200).text();
    assert!(
        !html.contains(stays["code"].as_str().unwrap()),
        "a liaison hears of no lead that is not his own"
    );
}

#[actix_web::test]
async fn the_page_offers_leads_of_the_same_company_and_goes_on_to_the_one_that_stays() {
    let app = TestApp::new().await;
    let (stays, double) = doubles(&app).await;
    let browser = app.signed_in(Role::BureauOfficer);
    let path = page(&double, "/merger");
    let shown = browser.get(&page(&double, "")).await.assert_status(200).text();
    assert!(shown.contains(&format!("{path}\"")));
    let code = stays["code"].as_str().unwrap();
    let form = browser.get(&path).await.assert_status(200).text();
    assert!(form.contains(&format!("value=\"{code}\"")), "{form}");
    let wrong = [("into", code), ("into_code", "QZ-0"), ("reason", "同一项目"), ("version", "1")];
    let form = browser.post_form(&path, &wrong).await.assert_status(422).text();
    assert!(
        form.contains("QZ-0") && form.contains("同一项目") && form.contains("f-into_code-error"),
        "{form}"
    );
    let stale = [("into", code), ("reason", "同一项目"), ("version", "9")];
    browser.post_form(&path, &stale).await.assert_status(412);
    let right = [("into", code), ("into_code", ""), ("reason", "同一项目"), ("version", "1")];
    let done = browser.post_form(&path, &right).await.assert_status(303);
    assert_eq!(done.location(), page(&stays, ""));
    let html = browser.get(&done.location()).await.assert_status(200).text();
    assert!(html.contains("首报示例商会"), "whose report was the first: {html}");
    assert!(!html.contains("可能是同一家投资方"), "it is alike to nothing now");
    let html = browser.get(&page(&double, "")).await.assert_status(200).text();
    assert!(html.contains(&format!("href=\"{}\"", page(&stays, ""))), "the way to the lead that stayed");
    assert!(!html.contains("可能是同一家投资方"), "and no question whether it is the same");
    for deed in ["/edit\"", "/merger\"", "/closure\"", "/reopening\"", "/hold\"", "/assignment\""] {
        assert!(!html.contains(deed), "{deed}");
    }
    browser.post_form(&path, &right).await.assert_status(409);
    let list = browser.get("/leads").await.assert_status(200).text();
    assert!(!list.contains(double["code"].as_str().unwrap()));
    let list = browser.get("/leads?status=merged").await.assert_status(200).text();
    assert!(list.contains(double["code"].as_str().unwrap()));
}

#[actix_web::test]
async fn a_lead_has_the_project_that_its_double_became_and_becomes_no_second_one() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let contract = json!({"investor_name": SAME, "stage": "contract"});
    let double = register(&client, contract).await;
    let leader = app.person(Role::CountyLeader).username;
    let body = json!({"lead_id": double["id"], "leader": leader});
    let project = client.post_json("/api/v1/projects", body).await.assert_status(201).json();
    let stays = json!({"investor_name": SAME, "stage": "contract", "duplicate_reason": "先登记"});
    let stays = register(&client, stays).await;
    merge(&client, &double, &stays).await;
    let second = json!({"lead_id": stays["id"], "leader": leader});
    let refused = client.post_json("/api/v1/projects", second).await.assert_status(422);
    assert_eq!(refused.faults()[0], ("lead_id".to_owned(), "lead-has-project".to_owned()));
    let shown = app.signed_in(Role::BureauOfficer).get(&page(&stays, "")).await.assert_status(200).text();
    assert!(shown.contains(project["code"].as_str().unwrap()), "its page leads to the project");
}
