//! Attribution: which chambers have the credit for a lead, who may change it, and that each change stays on record.

mod merging;

use crate::leads::{api, body, etag, page, read, register};
use crate::support::leads::new_investor;
use crate::support::{Client, TestApp};
use serde_json::{Value, json};
use yinfeng::accounts::Role;
use yinfeng::db::Id;

pub const CHANGES: &str = "/api/v1/attribution-changes";

/// The credit shared in halves between the liaison's chamber and a new one.
pub fn halves(app: &TestApp) -> Value {
    let own = app.person(Role::ChamberLiaison).chamber_id.unwrap();
    let other = app.new_chamber(&format!("{}商会", new_investor()));
    between(&[(&own, 5_000), (&other, 5_000)])
}

/// The same as the page's form sends it.
pub fn halves_form(app: &TestApp) -> Vec<(&'static str, String)> {
    let names = [format!("{}商会", new_investor()), format!("{}商会", new_investor())];
    for name in &names {
        app.new_chamber(name);
    }
    let [first, second] = names;
    vec![
        ("chamber_1", first),
        ("share_1", "50%".to_owned()),
        ("chamber_2", second),
        ("share_2", "50".to_owned()),
    ]
}

fn between(shares: &[(&Id, i64)]) -> Value {
    let shares: Vec<Value> =
        shares.iter().map(|(id, bp)| json!({ "chamber_id": id, "share_bp": bp })).collect();
    json!({ "shares": shares, "reason": "两家共同引荐" })
}

async fn of_chamber(app: &TestApp, county: &str, chamber: &Id) -> Value {
    let source = json!({ "kind": "chamber", "chamber_id": chamber });
    register(&app.token(Role::BureauOfficer), json!({ "county": county, "source": source })).await
}

/// A change that this county's officer proposed: half of the chamber's credit is to go to another one.
pub async fn proposed(app: &TestApp, officer: &Client, county: &str, chamber: &Id) -> Value {
    let lead = of_chamber(app, county, chamber).await;
    let other = app.new_chamber(&format!("{}商会", new_investor()));
    let asked = between(&[(chamber, 5_000), (&other, 5_000)]);
    officer.post_json(&api(&lead, "/attribution"), asked).await.assert_status(201).json()
}

fn consent(change: &Value) -> String {
    format!("{CHANGES}/{}/consent", change["id"].as_str().unwrap())
}

async fn shares(client: &Client, lead: &Value) -> Vec<(String, i64)> {
    let shown = client.get(&api(lead, "/attribution")).await.assert_status(200).json();
    let part = |share: &Value| {
        (share["chamber_id"].as_str().unwrap().to_owned(), share["share_bp"].as_i64().unwrap())
    };
    shown["shares"].as_array().unwrap().iter().map(part).collect()
}

/// A lead of a chamber, and the project that it became.
async fn became_project(app: &TestApp, chamber: &Id) -> (Value, Value) {
    let head = app.token(Role::BureauHead);
    let source = json!({ "kind": "chamber", "chamber_id": chamber });
    let lead = register(&head, json!({ "source": source, "stage": "contract" })).await;
    let leader = app.person(Role::CountyLeader).username;
    let made = head.post_json("/api/v1/projects", json!({ "lead_id": lead["id"], "leader": leader }));
    (lead, made.await.assert_status(201).json())
}

#[actix_web::test]
async fn all_of_the_credit_is_the_source_chambers_until_something_else_is_said() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let own = app.person(Role::ChamberLiaison).chamber_id.unwrap();
    let lead = of_chamber(&app, "450721", &own).await;
    assert_eq!(shares(&officer, &lead).await, [(own.to_string(), 10_000)]);
    let alone = register(&officer, json!({})).await;
    assert_eq!(shares(&officer, &alone).await, []);
}

#[actix_web::test]
async fn the_bureaus_word_holds_at_once_and_stays_on_record() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let own = app.person(Role::ChamberLiaison).chamber_id.unwrap();
    let other = app.new_chamber("示例乙商会");
    let lead = of_chamber(&app, "450721", &own).await;
    for (asked, code) in [
        (between(&[(&own, 6_000), (&other, 3_000)]), "shares-not-whole"),
        (between(&[(&own, 10_000)]), "attribution-unchanged"),
        (between(&[(&own, 5_000), (&own, 5_000)]), "attribution-twice"),
        (between(&[(&Id::generate(), 10_000)]), "unknown-chamber"),
        (between(&[]), "attribution-count"),
    ] {
        let refused = officer.post_json(&api(&lead, "/attribution"), asked).await.assert_status(422);
        assert_eq!(refused.faults()[0], ("shares".to_owned(), code.to_owned()));
    }
    let asked = between(&[(&own, 6_000), (&other, 4_000)]);
    let made = officer.post_json(&api(&lead, "/attribution"), asked).await.assert_status(201).json();
    assert_eq!(made["end"]["outcome"], "decided");
    assert_eq!(shares(&officer, &lead).await, [(own.to_string(), 6_000), (other.to_string(), 4_000)]);
    assert_eq!(read(&officer, &lead).await["source"]["chamber_id"], json!(own), "it still came from there");
    let timeline = officer.get(&api(&lead, "/timeline")).await.assert_status(200).json();
    let told = timeline["items"].as_array().unwrap().iter().find(|item| item["kind"] == "attribution");
    assert_eq!(told.unwrap()["data"]["after"][1]["name"], "示例乙商会");
    let record = officer.get(&api(&lead, "/attribution")).await.assert_status(200).json();
    assert_eq!(record["history"][0]["shares_before"][0]["share_bp"], 10_000);
    // Each liaison reads his own chamber's part only.
    let shown = app.token(Role::ChamberLiaison).get(&api(&lead, "/attribution")).await.assert_status(200);
    assert!(!shown.text().contains("示例乙商会"), "{}", shown.text());
}

#[actix_web::test]
async fn what_the_bureau_decided_is_told_to_every_chamber_that_gained_or_lost() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let loser = app.person(Role::ChamberLiaison).chamber_id.unwrap();
    let winner = app.new_chamber("示例乙商会");
    let lead = of_chamber(&app, "450721", &loser).await;
    let asked = between(&[(&winner, 10_000)]);
    let made = officer.post_json(&api(&lead, "/attribution"), asked).await.assert_status(201).json();
    assert_eq!(made["consents"], json!([]), "nobody was asked");
    let code = lead["code"].as_str().unwrap();
    let winning = app.user(Role::ChamberLiaison).chamber(&winner).insert();
    let (other, third) = ("示例乙商会", app.new_chamber("示例丙商会"));
    for (browser, own) in [(app.signed_in(Role::ChamberLiaison), false), (app.browser_of(&winning), true)] {
        let list = browser.get("/attribution-changes").await.assert_status(200).text();
        let ended = list.split_once("id=\"ended\"").expect("told").1;
        assert!(ended.contains(code) && ended.contains("已裁定") && ended.contains("两家共同引荐"));
        let one = browser.get(&format!("/attribution-changes/{}", made["id"].as_str().unwrap())).await;
        assert_eq!(one.assert_status(200).text().contains(other), own, "his own part only");
    }
    let stranger = app.user(Role::ChamberLiaison).chamber(&third).insert();
    let list = app.browser_of(&stranger).get("/attribution-changes").await.assert_status(200).text();
    assert!(!list.contains(code) && !list.contains("id=\"ended\""));
}

#[actix_web::test]
async fn a_countys_proposal_holds_once_every_chamber_concerned_agreed() {
    let app = TestApp::new().await;
    let (county, liaison) = (app.token(Role::CountyOfficer), app.token(Role::ChamberLiaison));
    let own = app.person(Role::ChamberLiaison).chamber_id.unwrap();
    let other = app.new_chamber("示例乙商会");
    let partner = app.program_of(&app.user(Role::ChamberLiaison).chamber(&other).insert());
    let lead = of_chamber(&app, "450721", &own).await;
    let asked = between(&[(&own, 6_000), (&other, 4_000)]);
    let path = api(&lead, "/attribution");
    let change = county.post_json(&path, asked.clone()).await.assert_status(201).json();
    assert_eq!(change["end"], Value::Null);
    assert_eq!(shares(&county, &lead).await, [(own.to_string(), 10_000)], "nothing holds yet");
    let second = county.post_json(&path, asked).await.assert_status(409);
    assert_eq!(second.json()["code"], "attribution-waiting");
    // The other chamber does not see the lead: of it the code, and its own part.
    let waits = partner.get(CHANGES).await.assert_status(200).json();
    let shown = &waits["items"][0];
    assert_eq!((&shown["lead"]["code"], &shown["lead"]["id"]), (&lead["code"], &Value::Null));
    assert_eq!(
        shown["shares_after"],
        json!([{ "chamber_id": other, "name": "示例乙商会", "share_bp": 4_000 }])
    );
    assert_eq!(shown["shares_before"], json!([]));
    partner.get(&api(&lead, "/attribution")).await.assert_status(404);
    partner.post_json(&consent(&change), json!({ "agrees": true })).await.assert_status(200);
    assert_eq!(partner.get(CHANGES).await.json()["items"], json!([]), "it has said");
    let again = partner.post_json(&consent(&change), json!({ "agrees": true })).await.assert_status(409);
    assert_eq!(again.json()["code"], "attribution-answered");
    assert_eq!(shares(&county, &lead).await, [(own.to_string(), 10_000)], "one has not said");
    let last = liaison.post_json(&consent(&change), json!({ "agrees": true })).await.assert_status(200);
    assert_eq!(last.json()["end"]["outcome"], "agreed");
    assert_eq!(shares(&county, &lead).await, [(own.to_string(), 6_000), (other.to_string(), 4_000)]);
}

#[actix_web::test]
async fn one_chamber_that_does_not_agree_ends_it_unless_the_bureau_decides() {
    let app = TestApp::new().await;
    let (county, liaison) = (app.token(Role::CountyOfficer), app.token(Role::ChamberLiaison));
    let own = app.person(Role::ChamberLiaison).chamber_id.unwrap();
    let refused = proposed(&app, &county, "450721", &own).await;
    let bare = liaison.post_json(&consent(&refused), json!({ "agrees": false })).await.assert_status(422);
    assert_eq!(bare.faults()[0], ("reason".to_owned(), "required".to_owned()));
    let no = json!({ "agrees": false, "reason": "线索是我会独自报的" });
    let ended = liaison.post_json(&consent(&refused), no).await.assert_status(200).json();
    assert_eq!(ended["end"]["outcome"], "refused");
    let decided = proposed(&app, &county, "450721", &own).await;
    let path = format!("{CHANGES}/{}/decision", decided["id"].as_str().unwrap());
    let word = json!({ "decision": "accepted", "reason": "按会议纪要" });
    county.post_json(&path, word.clone()).await.assert_status(403);
    let head = app.token(Role::BureauHead);
    let ended = head.post_json(&path, word.clone()).await.assert_status(200).json();
    assert_eq!(ended["end"]["outcome"], "decided");
    let late = head.post_json(&path, word).await.assert_status(409);
    assert_eq!(late.json()["code"], "attribution-closed");
    let late = liaison.post_json(&consent(&decided), json!({ "agrees": true })).await.assert_status(409);
    assert_eq!(late.json()["code"], "attribution-closed");
    let lead = json!({ "id": decided["lead"]["id"] });
    let parts: Vec<i64> = shares(&head, &lead).await.into_iter().map(|(_, share)| share).collect();
    assert_eq!(parts, [5_000, 5_000]);
    let withdrawn = proposed(&app, &county, "450721", &own).await;
    let path = format!("{CHANGES}/{}/withdrawal", withdrawn["id"].as_str().unwrap());
    let ended = county.post_json(&path, json!({ "reason": "再商量" })).await.assert_status(200).json();
    assert_eq!(ended["end"]["outcome"], "withdrawn");
}

#[actix_web::test]
async fn the_credit_that_goes_to_another_chamber_takes_the_lead_and_its_project_along() {
    let app = TestApp::new().await;
    let head = app.token(Role::BureauHead);
    let own = app.person(Role::ChamberLiaison).chamber_id.unwrap();
    let heir = app.new_chamber("示例继任商会");
    let source = json!({ "kind": "chamber", "chamber_id": own });
    let lead = register(&head, json!({ "source": source, "stage": "contract" })).await;
    let leader = app.person(Role::CountyLeader).username;
    let made = head.post_json("/api/v1/projects", json!({ "lead_id": lead["id"], "leader": leader }));
    let project = made.await.assert_status(201).json();
    let change = head.post_json(&api(&lead, "/attribution"), between(&[(&heir, 10_000)]));
    change.await.assert_status(201);
    assert_eq!(read(&head, &lead).await["source"]["chamber_id"], json!(heir));
    let path = format!("/api/v1/projects/{}", project["id"].as_str().unwrap());
    let project = head.get(&path).await.assert_status(200).json();
    assert_eq!(project["source"]["chamber_id"], json!(heir));
    app.token(Role::ChamberLiaison).get(&api(&lead, "")).await.assert_status(404);
}

#[actix_web::test]
async fn an_edit_of_the_source_is_the_bureaus_decision_and_not_a_countys() {
    let app = TestApp::new().await;
    let (officer, county) = (app.token(Role::BureauOfficer), app.token(Role::CountyOfficer));
    let own = app.person(Role::ChamberLiaison).chamber_id.unwrap();
    let heir = app.new_chamber("示例继任商会");
    let lead = of_chamber(&app, "450721", &own).await;
    let moved = json!({ "source": { "kind": "chamber", "chamber_id": heir } });
    let refused = county.patch_json(&api(&lead, ""), &etag(&lead), moved.clone()).await.assert_status(422);
    assert_eq!(refused.faults()[0], ("source.chamber_id".to_owned(), "attribution-is-changed".to_owned()));
    officer.patch_json(&api(&lead, ""), &etag(&lead), moved).await.assert_status(200);
    let record = officer.get(&api(&lead, "/attribution")).await.assert_status(200).json();
    assert_eq!(record["history"][0]["end"]["outcome"], "decided");
    assert_eq!(record["shares"][0]["chamber_id"], json!(heir));
}

#[actix_web::test]
async fn a_county_gives_no_chamber_credit_that_none_had() {
    let app = TestApp::new().await;
    let (officer, county) = (app.token(Role::BureauOfficer), app.token(Role::CountyOfficer));
    let liaison = app.token(Role::ChamberLiaison);
    let own = app.person(Role::ChamberLiaison).chamber_id.unwrap();
    let referrer = app.new_referrer("示例引荐人");
    let referred = json!({ "source": { "kind": "referrer", "referrer_id": referrer } });
    for body in [json!({}), referred] {
        let lead = register(&county, body).await;
        let named = json!({ "source": { "kind": "chamber", "chamber_id": own, "referrer_id": null } });
        let refused =
            county.patch_json(&api(&lead, ""), &etag(&lead), named.clone()).await.assert_status(422);
        assert_eq!(
            refused.faults()[0],
            ("source.chamber_id".to_owned(), "attribution-is-changed".to_owned())
        );
        assert!(refused.text().contains(&format!("/leads/{}/attribution", lead["id"].as_str().unwrap())));
        // The way that it names: the chamber's own word is not enough, the bureau decides.
        let asked = between(&[(&own, 10_000)]);
        let change = county.post_json(&api(&lead, "/attribution"), asked).await.assert_status(201).json();
        let said = liaison.post_json(&consent(&change), json!({ "agrees": true })).await.assert_status(200);
        assert_eq!(said.json()["end"], Value::Null, "it waits for the bureau");
        assert_eq!(shares(&officer, &lead).await, []);
        let path = format!("{CHANGES}/{}/decision", change["id"].as_str().unwrap());
        let word = json!({ "decision": "accepted", "reason": "商会首报属实" });
        officer.post_json(&path, word).await.assert_status(200);
        assert_eq!(shares(&officer, &lead).await, [(own.to_string(), 10_000)]);
    }
    // By the bureau an edit is its decision, and on record.
    let lead = register(&county, json!({})).await;
    let named = json!({ "source": { "kind": "chamber", "chamber_id": own } });
    officer.patch_json(&api(&lead, ""), &etag(&lead), named).await.assert_status(200);
    let record = officer.get(&api(&lead, "/attribution")).await.assert_status(200).json();
    let decided = &record["history"][0];
    assert_eq!((&decided["end"]["outcome"], &decided["shares_before"]), (&json!("decided"), &json!([])));
}

#[actix_web::test]
async fn a_county_moves_no_projects_credit_either() {
    let app = TestApp::new().await;
    let (officer, county) = (app.token(Role::BureauOfficer), app.token(Role::CountyOfficer));
    let (first, second) = (app.new_chamber("示例甲商会"), app.new_chamber("示例乙商会"));
    let by = |chamber: &Id| json!({ "source": { "kind": "chamber", "chamber_id": chamber } });
    let project = crate::projects::new_project(&app, by(&first)).await;
    let path = crate::projects::path(&project, "");
    let etag = crate::projects::read(&county, &project).await.etag();
    let refused = county.patch_json(&path, &etag, by(&second)).await.assert_status(422);
    assert_eq!(refused.faults()[0], ("source.chamber_id".to_owned(), "credit-is-the-bureaus".to_owned()));
    officer.patch_json(&path, &etag, by(&second)).await.assert_status(200);
    // Nor does it give any that no chamber had.
    let alone = crate::projects::new_project(&app, json!({})).await;
    let (path, etag) =
        (crate::projects::path(&alone, ""), crate::projects::read(&county, &alone).await.etag());
    let refused = county.patch_json(&path, &etag, by(&first)).await.assert_status(422);
    assert_eq!(refused.faults()[0].0, "source.chamber_id");
}

#[actix_web::test]
async fn the_bureaus_edit_of_a_projects_source_is_on_record_at_the_lead_that_it_was() {
    let app = TestApp::new().await;
    let head = app.token(Role::BureauHead);
    let (first, second) = (app.new_chamber("示例甲商会"), app.new_chamber("示例乙商会"));
    let (lead, project) = became_project(&app, &first).await;
    let moved = json!({ "source": { "kind": "chamber", "chamber_id": second } });
    let path = crate::projects::path(&project, "");
    head.patch_json(&path, &etag(&project), moved).await.assert_status(200);
    assert_eq!(shares(&head, &lead).await, [(second.to_string(), 10_000)]);
    let record = head.get(&api(&lead, "/attribution")).await.assert_status(200).json();
    assert_eq!(record["history"][0]["shares_before"][0]["chamber_id"], json!(first));
}

#[actix_web::test]
async fn two_chambers_that_become_one_have_both_parts() {
    let app = TestApp::new().await;
    let head = app.token(Role::BureauHead);
    let [a, b, c] = ["示例甲商会", "示例乙商会", "示例丙商会"].map(|name| app.new_chamber(name));
    let lead = of_chamber(&app, "450721", &a).await;
    let asked = between(&[(&a, 5_000), (&b, 3_000), (&c, 2_000)]);
    head.post_json(&api(&lead, "/attribution"), asked).await.assert_status(201);
    let merge = async |from: &Id, into: &Id| {
        let path = format!("/api/v1/chambers/{from}");
        let version = head.get(&path).await.assert_status(200).etag();
        let body = json!({ "into": into });
        head.post_json(&format!("{path}/merger"), body).if_match(&version).await
    };
    assert!(merge(&b, &a).await.status() < 300);
    assert_eq!(shares(&head, &lead).await, [(a.to_string(), 8_000), (c.to_string(), 2_000)]);
    assert!(merge(&c, &a).await.status() < 300);
    assert_eq!(shares(&head, &lead).await, [(a.to_string(), 10_000)]);
}

#[actix_web::test]
async fn the_page_shares_the_credit_and_a_claim_leads_to_it() {
    let app = TestApp::new().await;
    let officer = app.signed_in(Role::BureauOfficer);
    let own = app.person(Role::ChamberLiaison).chamber_id.unwrap();
    app.new_chamber("示例首报商会");
    let source = json!({ "kind": "chamber", "chamber_id": own });
    let lead = register(&app.token(Role::BureauOfficer), json!({ "source": source })).await;
    let path = page(&lead, "/attribution");
    let wrong = [("chamber_1", "示例首报商会"), ("share_1", "70"), ("reason", "x"), ("version", "1")];
    let back = officer.post_form(&path, &wrong).await.assert_status(422).text();
    assert!(back.contains("示例首报商会") && back.contains("id=\"f-shares-error\""), "{back}");
    let unknown = [("chamber_1", "没有的商会"), ("share_1", "100"), ("reason", "x"), ("version", "1")];
    let back = officer.post_form(&path, &unknown).await.assert_status(422).text();
    assert!(back.contains("id=\"f-chamber_1-error\""), "{back}");
    let right = [("chamber_1", "示例首报商会"), ("share_1", "100%"), ("reason", "x"), ("version", "1")];
    officer.post_form(&path, &right).await.assert_status(303);
    // A later claim that is to share the credit goes on to the page, its chamber named already.
    let other = app.new_chamber("示例后报商会");
    let partner = app.program_of(&app.user(Role::ChamberLiaison).chamber(&other).insert());
    let mut report = body(lead["investor_name"].as_str().unwrap());
    report.as_object_mut().unwrap().remove("source");
    partner.post_json("/api/v1/leads", report).await.assert_status(409);
    let claims = app.token(Role::BureauOfficer).get("/api/v1/claims").await.assert_status(200).json();
    let answer = format!("/claims/{}/answer", claims["items"][0]["id"].as_str().unwrap());
    let shared = officer.post_form(&answer, &[("decision", "shared"), ("text", "共享")]).await;
    let way = shared.assert_status(303).location().to_owned();
    let form = officer.get(&way).await.assert_status(200).text();
    assert!(form.contains("value=\"示例后报商会\""), "{form}");
}

#[actix_web::test]
async fn what_waits_stands_on_the_first_page_of_who_is_asked() {
    let app = TestApp::new().await;
    let own = app.person(Role::ChamberLiaison).chamber_id.unwrap();
    let liaison = app.signed_in(Role::ChamberLiaison);
    assert!(!liaison.get("/").await.text().contains("/attribution-changes"));
    let change = proposed(&app, &app.token(Role::CountyOfficer), "450721", &own).await;
    for role in [Role::ChamberLiaison, Role::BureauHead] {
        let home = app.signed_in(role).get("/").await.assert_status(200).text();
        assert!(home.contains("/attribution-changes"), "{role}");
    }
    let path = format!("/attribution-changes/{}", change["id"].as_str().unwrap());
    let back = liaison.post_form(&format!("{path}/consent"), &[("agrees", "false")]).await.assert_status(422);
    assert!(back.text().contains("id=\"f-reason-error\""));
    liaison.post_form(&format!("{path}/consent"), &[("agrees", "true")]).await.assert_status(303);
    assert!(!liaison.get("/").await.text().contains("/attribution-changes"));
}

#[actix_web::test]
async fn the_credit_goes_along_to_the_project_its_ledger_and_its_awards() {
    let app = TestApp::new().await;
    let head = app.token(Role::BureauHead);
    let (first, second) = (app.new_chamber("示例甲商会"), app.new_chamber("示例乙商会"));
    let (lead, project) = became_project(&app, &first).await;
    let asked = between(&[(&first, 6_000), (&second, 4_000)]);
    head.post_json(&api(&lead, "/attribution"), asked).await.assert_status(201);
    let shown = crate::projects::read(&head, &project).await.json();
    let expected = json!([
        { "chamber_id": first, "name": "示例甲商会", "share_bp": 6_000 },
        { "chamber_id": second, "name": "示例乙商会", "share_bp": 4_000 },
    ]);
    assert_eq!(shown["attribution"], expected);
    let address = format!("/projects/{}", project["id"].as_str().unwrap());
    let page = app.signed_in(Role::BureauOfficer).get(&address).await.assert_status(200).text();
    assert!(page.contains("示例乙商会") && page.contains("40%"), "{page}");
    let asked = [("reason", "周报"), ("format", "csv")];
    let export = app.signed_in(Role::BureauOfficer).post_form("/projects/export", &asked).await;
    let export = export.assert_status(200).text();
    assert!(export.contains("示例甲商会 60%；示例乙商会 40%"), "{export}");
    // A liaison is told of no other chamber.
    let liaison = app.user(Role::ChamberLiaison).chamber(&first).insert();
    let own = app.program_of(&liaison).get(&crate::projects::path(&project, "")).await.assert_status(200);
    assert!(!own.text().contains("示例乙商会"), "{}", own.text());
    let own = app.browser_of(&liaison).get(&address).await.assert_status(200).text();
    assert!(!own.contains("示例乙商会"), "{own}");
}
