//! Leads that came from a ledger: what an import's rows say, and that the leads can be worked with afterwards.

use super::{api, etag, form_value, officer, page, read};
use crate::support::{Client, TestApp};
use serde_json::{Value, json};
use yinfeng::accounts::Role;

/// Uploads a ledger; the import.
async fn upload(client: &Client, name: &str, text: &str) -> Value {
    let upload = client.upload("/api/v1/imports", &[("kind", "leads")], name, text.as_bytes());
    upload.await.assert_status(201).json()
}

async fn rows(client: &Client, import: &Value) -> Vec<Value> {
    let path = format!("/api/v1/imports/{}/rows", import["id"].as_str().unwrap());
    client.get(&path).await.assert_status(200).json()["items"].as_array().unwrap().clone()
}

async fn apply(client: &Client, import: &Value, wanted: Value) -> Value {
    let path = format!("/api/v1/imports/{}/application", import["id"].as_str().unwrap());
    client.post_json(&path, wanted).await.assert_status(200).json()
}

/// A lead whose ledger says what no form may: fixed above total, a day to come, a long name, a wide space, a
/// phone without a name.
async fn imported(app: &TestApp) -> Value {
    let client = officer(app);
    let title = format!("{}  项目", "长".repeat(210));
    let ledger = format!(
        "项目名称,投资方,县区,来源,总投资(万元),固定资产投资(万元),登记日期,联系电话,备注\n\
         {title},宁波长明家居有限公司,灵山县,自荐,100,200,2199-01-01,12000000701,首次来访\n"
    );
    let import = upload(&client, "ledger.csv", &ledger).await;
    assert_eq!(apply(&client, &import, json!({})).await["imported"], 1, "{:?}", rows(&client, &import).await);
    let listed = client.get(&format!("/api/v1/leads?import={}", import["id"].as_str().unwrap())).await.json();
    read(&client, &listed["items"][0]).await
}

#[actix_web::test]
async fn what_a_patch_does_not_touch_is_not_at_fault_and_stays_to_the_letter() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let lead = imported(&app).await;
    assert_eq!(lead["registered_on"], "2199-01-01");
    let patch = json!({"remark": "改过"});
    let after = client.patch_json(&api(&lead, ""), &etag(&lead), patch).await.assert_status(200).json();
    for (name, value) in after.as_object().unwrap() {
        match name.as_str() {
            "remark" => assert_eq!(value, "改过"),
            "version" | "updated_at" => {}
            _ => assert_eq!(*value, lead[name], "{name}"),
        }
    }
    // What changes is checked as ever, and so is what its rule looks at.
    for (patch, field, code) in [
        (json!({"fixed_investment_fen": 150_000_000}), "fixed_investment_fen", "fixed-above-total"),
        (json!({"total_investment_fen": 150_000_000}), "fixed_investment_fen", "fixed-above-total"),
        (json!({"registered_on": "2198-01-01"}), "registered_on", "date-in-future"),
        (json!({"title": "长".repeat(202)}), "title", "too-long"),
        (json!({"contact": {"phone": "12x"}}), "contact.phone", "not-a-phone"),
    ] {
        let answer =
            client.patch_json(&api(&after, ""), &etag(&after), patch.clone()).await.assert_status(422);
        assert_eq!(answer.faults(), [(field.to_owned(), code.to_owned())], "{patch}");
    }
    let patch = json!({"fixed_investment_fen": 90_000_000, "contact": {"phone": "12000000702"}});
    let after = client.patch_json(&api(&after, ""), &etag(&after), patch).await.assert_status(200).json();
    assert_eq!(after["contact"]["phone"], "120****0702");
}

#[actix_web::test]
async fn the_form_of_a_ledgers_lead_can_be_sent_back() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let lead = imported(&app).await;
    let browser = app.signed_in(Role::BureauOfficer);
    let html = browser.get(&page(&lead, "/edit")).await.assert_status(200).text();
    let mut typed: Vec<(&str, String)> = ["version", "investor_name", "title", "total_investment"]
        .into_iter()
        .chain(["fixed_investment", "contact_name", "contact_phone"])
        .map(|name| (name, form_value(&html, name).unwrap()))
        .collect();
    fn form<'a>(typed: &'a [(&'a str, String)]) -> Vec<(&'a str, &'a str)> {
        typed.iter().map(|(name, value)| (*name, value.as_str())).collect()
    }
    // As it was shown, it changes nothing: no version, no entry.
    browser.post_form(&page(&lead, ""), &form(&typed)).await.assert_status(303);
    assert_eq!(read(&client, &lead).await, lead);
    typed.push(("content", "新的内容".to_owned()));
    browser.post_form(&page(&lead, ""), &form(&typed)).await.assert_status(303);
    let after = read(&client, &lead).await;
    assert_eq!((&after["content"], &after["title"]), (&json!("新的内容"), &lead["title"]));
    assert_eq!(after["contact"], lead["contact"]);
}

#[actix_web::test]
async fn an_imports_rows_are_the_reports_lines() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let ledger = "投资方,县区,来源,联系电话\n宁波一家有限公司,灵山县,自荐,12000000703\n宁波一家有限公司,灵山县,自荐,\n\
                  宁波二家有限公司,南宁市,自荐,\n宁波三家有限公司,灵山县,梦里,\n";
    let import = upload(&client, "ledger.csv", ledger).await;
    let line = |outcome: &str, row: u64, investor: &str, phone: Value| {
        json!({
            "outcome": outcome, "row": row, "title": format!("{investor}项目"), "investor": investor,
            "county": "450721", "industry": "other", "total_investment_fen": null,
            "fixed_investment_fen": null, "registered_on": yinfeng::clock::today().to_string(),
            "next_follow_up_on": null, "stage": "new", "source": "self", "phone": phone,
        })
    };
    let mut unsure = line("new", 5, "宁波三家有限公司", Value::Null);
    unsure["warnings"] = json!(["source_unknown"]);
    let first = "宁波一家有限公司";
    assert_eq!(
        rows(&client, &import).await,
        [
            line("new", 2, first, json!("12000000703")),
            json!({"outcome": "duplicate", "of_row": 2, "row": 3}),
            json!({"outcome": "rejected", "field": "county", "row": 4}),
            unsure.clone(),
        ]
    );
    // Somebody registers the last one meanwhile; the duplicate, index 1 of the rows, is accepted.
    let other = super::register(&client, json!({"investor_name": "宁波三家有限公司"})).await;
    apply(&client, &import, json!({"accept_duplicates": "二期", "positions": [1]})).await;
    assert_eq!(
        rows(&client, &import).await,
        [
            line("imported", 2, first, json!("12000000703")),
            line("imported", 3, first, Value::Null),
            json!({"outcome": "rejected", "field": "county", "row": 4}),
            json!({"outcome": "duplicate", "of_lead": other["id"], "row": 5}),
        ]
    );
}
