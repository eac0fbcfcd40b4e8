//! Who reads referrers and their filings beside those who keep them: finance, and a chamber's liaison.

use super::{at, file, found, id, new_referrer, say};
use crate::award_applications::{draft, step};
use crate::support::{Client, TestApp};
use serde_json::{Value, json};
use yinfeng::accounts::Role;

/// Of the fields of an answer those that say something, but the times of its row.
fn told(record: &Value) -> Vec<&str> {
    let empty = |value: &Value| value.is_null() || value.as_array().is_some_and(Vec::is_empty);
    let fields = record.as_object().unwrap().iter().filter(|(_, value)| !empty(value));
    fields
        .map(|(name, _)| name.as_str())
        .filter(|name| !matches!(*name, "created_at" | "updated_at"))
        .collect()
}

async fn names(client: &Client) -> Vec<String> {
    let list = client.get("/api/v1/referrers?sort=name&count=true").await.assert_status(200).json();
    let items = list["items"].as_array().unwrap();
    assert_eq!(list["total"], items.len());
    items.iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect()
}

/// Everything that a referrer can have.
fn whole() -> Value {
    json!({ "region": "450721", "phone": "12000000105", "contact_person": "示例联系人", "note": "示例备注",
        "identity_number": "11010519491231002X", "declared_on": "2024-03-01" })
}

#[actix_web::test]
async fn finance_reads_name_kind_and_region_of_whom_it_pays() {
    let app = TestApp::new().await;
    let (finance, creator) = (app.token(Role::FinanceReviewer), app.token(Role::CountyOfficer));
    new_referrer(&app, json!({ "region": "450721" })).await;
    let application = draft(&app).await;
    let payee = application["payees"][0]["referrer_id"].as_str().unwrap();
    let path = format!("/api/v1/referrers/{payee}");
    let bureau = app.token(Role::BureauOfficer);
    let etag = bureau.get(&path).await.assert_status(200).etag();
    let etag = bureau.patch_json(&path, &etag, whole()).await.assert_status(200).etag();
    let account = json!({ "bank_name": "示例银行", "bank_account": "6200000000001234" });
    creator.patch_json(&path, &etag, account).await.assert_status(200);
    assert!(names(&finance).await.is_empty(), "a draft is nothing to finance");
    finance.get(&path).await.assert_status(404);
    step(&creator, &application, "submitted").await.assert_status(200);
    let shown = finance.get(&path).await.assert_status(200).json();
    assert_eq!(told(&shown), ["id", "code", "version", "name", "kind", "region", "leads"]);
    assert_eq!((&shown["region"], &shown["leads"]), (&json!("450721"), &json!(0)));
    assert_eq!(names(&finance).await, [shown["name"].as_str().unwrap()]);
    let page = app.signed_in(Role::FinanceReviewer).get(&format!("/referrers/{payee}")).await;
    let page = page.assert_status(200).text();
    for kept in ["0105", "002X", "1234", "示例联系人", "示例备注", "示例银行", "id=\"filings\""]
    {
        assert!(!page.contains(kept), "{kept}: {page}");
    }
    for rest in ["/members", "/disclosures", "/filings"] {
        let wanted = if rest == "/disclosures" { 405 } else { 403 };
        finance.get(&format!("{path}{rest}")).await.assert_status(wanted);
    }
    let reveal = json!({ "field": "identity_number", "reason": "核对" });
    finance.post_json(&format!("{path}/disclosures"), reveal).await.assert_status(403);
    finance.get("/api/v1/referrers?kind=person").await.assert_status(400);
}

#[actix_web::test]
async fn a_liaison_reads_what_became_of_his_chambers_referrers() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let liaison = app.token(Role::ChamberLiaison);
    let chamber = app.person(Role::ChamberLiaison).chamber_id.unwrap();
    let (filed, foreign) = (new_referrer(&app, whole()).await, new_referrer(&app, json!({})).await);
    let itself = new_referrer(&app, json!({ "kind": "enterprise", "chamber_id": chamber })).await;
    let lead = app.new_lead(json!({ "source": { "kind": "chamber", "chamber_id": chamber } })).await;
    let other = app.new_lead(json!({})).await;
    let filing = file(&bureau, &filed, json!({ "lead_id": lead["id"] })).await.assert_status(201).json();
    // Of the same referrer, and of the chamber itself, for a lead of somebody else's.
    let unseen = file(&bureau, &filed, json!({ "lead_id": other["id"] })).await.assert_status(201).json();
    let own = file(&bureau, &itself, json!({ "lead_id": other["id"] })).await.assert_status(201).json();
    file(&bureau, &foreign, json!({ "lead_id": other["id"] })).await.assert_status(201);
    let mut wanted = [filed["name"].as_str().unwrap(), itself["name"].as_str().unwrap()];
    wanted.sort_unstable();
    assert_eq!(names(&liaison).await, wanted);
    let path = format!("/api/v1/referrers/{}", id(&filed));
    let shown = liaison.get(&path).await.assert_status(200).json();
    assert_eq!(told(&shown), ["id", "code", "version", "name", "kind", "leads"]);
    liaison.get(&format!("/api/v1/referrers/{}", id(&foreign))).await.assert_status(404);
    let filings = liaison.get(&format!("{path}/filings")).await.assert_status(200).json();
    let items = filings["items"].as_array().unwrap();
    assert_eq!(items.iter().map(|one| &one["id"]).collect::<Vec<_>>(), [&filing["id"]]);
    assert_eq!(
        told(&items[0]),
        ["id", "code", "version", "referrer", "lead_id", "title", "role", "filed_on", "step", "step_on"]
    );
    assert_eq!((&items[0]["lead_id"], &items[0]["title"]), (&lead["id"], &lead["title"]));
    liaison.get(&at(&unseen, "")).await.assert_status(404);
    let shown = liaison.get(&at(&own, "")).await.assert_status(200).json();
    assert!(shown["lead_id"].is_null() && shown["title"].is_null(), "a lead of somebody else's: {shown}");
    assert!(shown["role"].is_null(), "{shown}");
    for rest in ["/members", "/disclosures"] {
        let wanted = if rest == "/disclosures" { 405 } else { 403 };
        liaison.get(&format!("{path}{rest}")).await.assert_status(wanted);
    }
    let browser = app.signed_in(Role::ChamberLiaison);
    let page = browser.get(&format!("/referrers/{}", id(&filed))).await.assert_status(200).text();
    assert!(page.contains(filing["code"].as_str().unwrap()));
    let filing_page = browser.get(&format!("/filings/{}", id(&filing))).await.assert_status(200).text();
    for kept in
        ["0105", "002X", "示例联系人", "示例备注", "id=\"identity\"", "id=\"confirmations\"", "id=\"link\""]
    {
        assert!(!page.contains(kept) && !filing_page.contains(kept), "{kept}");
    }
    let code = filing["code"].as_str().unwrap();
    let home = browser.get("/").await.assert_status(200).text();
    assert!(home.contains(code), "its first page asks for its word");
    // It is told of what: by the first page, the filing and the form.
    let form = format!("/filings/{}/confirmations", id(&filing));
    let form = browser.get(&form).await.assert_status(200).text();
    let title = lead["title"].as_str().unwrap();
    for page in [&home, &filing_page, &form] {
        assert!(page.contains(title) && page.contains("主要推动"), "{page}");
    }
    assert!(!home.contains(own["code"].as_str().unwrap()), "and for none of its own referral");
    // The chamber says what it knows of the referral, and reads that alone of what was said.
    assert!(filing_page.contains("/confirmations\""), "{filing_page}");
    say(&app.token(Role::BureauHead), &filing, "bureau", "confirmed").await.assert_status(200);
    say(&liaison, &filing, "investor", "confirmed").await.assert_status(403);
    let contested = say(&liaison, &filing, "chamber", "refused").await.assert_status(200).json();
    assert_eq!(contested["confirmations"].as_array().unwrap().len(), 1);
    assert_eq!(contested["confirmations"][0]["party"], "chamber");
    assert_eq!(contested["step"], "filed", "nothing waits for it");
    assert!(!browser.get("/").await.text().contains(code), "it has said its word");
    let shown = bureau.get(&at(&filing, "")).await.json();
    assert!(found(&shown).contains(&"chamber_contests".to_owned()), "{shown}");
    say(&liaison, &own, "chamber", "confirmed").await.assert_status(403);
    // What another chamber says of this one's own filing is not told to it.
    let elsewhere = app.user(Role::ChamberLiaison).insert();
    let source = json!({ "kind": "chamber", "chamber_id": elsewhere.chamber_id });
    let theirs = app.new_lead(json!({ "source": source })).await;
    let filing_there =
        file(&bureau, &itself, json!({ "lead_id": theirs["id"] })).await.assert_status(201).json();
    say(&app.program_of(&elsewhere), &filing_there, "chamber", "refused").await.assert_status(200);
    let shown = liaison.get(&at(&filing_there, "")).await.assert_status(200).json();
    assert_eq!(shown["confirmations"], json!([]));
    // The lead leads to it.
    let page = browser.get(&format!("/leads/{}", id(&lead))).await.assert_status(200).text();
    assert!(page.contains(&format!("/filings/{}", id(&filing))));
    // Another chamber's liaison sees nothing of all this.
    let stranger = app.user(Role::ChamberLiaison).token();
    assert!(names(&stranger).await.is_empty());
    stranger.get(&at(&filing, "")).await.assert_status(404);
}
