//! What is entered of a chamber: terms, officers, members, agreements, recognitions, service points.

use super::{chamber, path, text};
use crate::attachments::{PATH, PDF, fields};
use crate::support::{Client, Response, TestApp};
use chrono::Days;
use serde_json::{Value, json};
use yinfeng::accounts::Role;
use yinfeng::clock;

fn entries(chamber: &Value) -> String {
    format!("{}/entries", path(chamber))
}

fn page(chamber: &Value) -> String {
    format!("/chambers/{}", text(chamber, "id"))
}

async fn enter(client: &Client, chamber: &Value, entry: Value) -> Response {
    client.post_json(&entries(chamber), entry).await
}

fn in_days(days: u64) -> String {
    clock::today().checked_add_days(Days::new(days)).unwrap().to_string()
}

fn president() -> Value {
    json!({ "kind": "officer", "word": "president", "name": "示例会长", "phone": "12000000101", "from_on": "2024-05-18" })
}

#[actix_web::test]
async fn an_officer_comes_and_goes_and_stays_as_history() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let made = chamber(&app, "示例商会", None).await;
    let entered = enter(&bureau, &made, president()).await.assert_status(201);
    assert_eq!(entered.etag(), "\"2\"", "the chamber's next version");
    let shown = entered.json();
    assert_eq!((&shown["phone"], &shown["standing"]), (&json!("120****0101"), &json!("holds")));
    let one = format!("{}/{}", entries(&made), text(&shown, "id"));
    bureau.patch_json(&one, "\"1\"", json!({ "note": "x" })).await.assert_status(412);
    let left = bureau.patch_json(&one, "\"2\"", json!({ "to_on": "2025-05-17" })).await.assert_status(200);
    assert_eq!((&left.json()["standing"], &left.json()["phone"]), (&json!("ended"), &json!("120****0101")));
    let kind = bureau.patch_json(&one, "\"3\"", json!({ "kind": "member" })).await.assert_status(422);
    assert_eq!(kind.faults(), [("kind".to_owned(), "kind-stays".to_owned())]);
    let list = bureau.get(&format!("{}?kind=officer&count=true", entries(&made))).await.assert_status(200);
    assert_eq!((&list.json()["total"], &list.json()["items"][0]["name"]), (&json!(1), &json!("示例会长")));
    let none = bureau.get(&format!("{}?kind=member", entries(&made))).await.assert_status(200).json();
    assert_eq!(none["items"], json!([]));
    let trail =
        app.token(Role::Auditor).get("/api/v1/audit?action=chamber.entry").await.assert_status(200).text();
    assert!(trail.contains("示例会长") && trail.contains("2025-05-17"), "{trail}");
    assert!(!trail.contains("12000000101"), "{trail}");
}

#[actix_web::test]
async fn each_kind_is_asked_for_what_it_has() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let made = chamber(&app, "示例商会", None).await;
    let faults = [
        (json!({ "kind": "term", "name": "第五届" }), vec!["from_on required", "to_on required"]),
        (
            json!({ "kind": "term", "name": "第五届", "word": "president", "from_on": "2024-01-01", "to_on": "2023-01-01" }),
            vec!["to_on ends-before-it-begins", "word unknown-field"],
        ),
        (
            json!({ "kind": "officer", "word": "king", "from_on": "2024-01-01" }),
            vec!["name required", "word unknown"],
        ),
        (
            json!({ "kind": "member", "word": "company", "name": "示例公司", "uscc": "1", "phone": "call" }),
            vec!["phone not-a-phone", "uscc uscc-length"],
        ),
        (
            json!({ "kind": "service_point", "name": "示例服务点", "region": "外市" }),
            vec!["address required", "contact_person required", "region unknown"],
        ),
    ];
    for (entry, expected) in faults {
        let refused = enter(&bureau, &made, entry.clone()).await.assert_status(422);
        let mut found: Vec<String> =
            refused.faults().into_iter().map(|(field, code)| format!("{field} {code}")).collect();
        found.sort();
        assert_eq!(found, expected, "{entry}");
    }
    enter(&bureau, &made, json!({ "name": "无类别" })).await.assert_status(422);
}

#[actix_web::test]
async fn what_ends_within_ninety_days_is_marked() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let made = chamber(&app, "示例商会", None).await;
    let agreement = |to: String| json!({ "kind": "agreement", "word": "memorandum", "name": "示例备忘录", "from_on": "2024-01-01", "to_on": to });
    for (days, standing) in [(90, "expiring"), (91, "holds")] {
        let shown = enter(&bureau, &made, agreement(in_days(days))).await.assert_status(201).json();
        assert_eq!(shown["standing"], standing, "{days}");
    }
    let member = json!({ "kind": "member", "word": "company", "name": "示例公司", "to_on": in_days(3) });
    enter(&bureau, &made, member).await.assert_status(201);
    assert_eq!(bureau.get(&path(&made)).await.json()["expiring"], 1, "a member who leaves does not expire");
    let browser = app.signed_in(Role::BureauOfficer);
    assert!(browser.get("/chambers").await.assert_status(200).text().contains("1 项临近到期"));
    let shown = browser.get(&page(&made)).await.assert_status(200).text();
    assert!(shown.contains("临近到期") && shown.contains("示例备忘录"), "{shown}");
}

#[actix_web::test]
async fn a_label_is_shown_under_the_name_it_bore() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let made = chamber(&app, "示例商会", None).await;
    for from in ["2015-06-01", "2025-06-01"] {
        let label = json!({ "kind": "recognition", "word": "team_building", "name": "示例工商联", "from_on": from, "to_on": in_days(400) });
        enter(&bureau, &made, label).await.assert_status(201);
    }
    let shown = app.signed_in(Role::Auditor).get(&page(&made)).await.assert_status(200).text();
    assert!(shown.contains("班子建设好") && shown.contains("队伍建设好"), "{shown}");
}

#[actix_web::test]
async fn a_liaison_keeps_officers_and_members_of_his_own_chamber_and_sees_no_number() {
    let app = TestApp::new().await;
    let (own, other) = (app.new_chamber("自家商会"), app.new_chamber("别家商会"));
    let (own, other) = (json!({ "id": own }), json!({ "id": other }));
    let by_id = |chamber: &Value| format!("/api/v1/chambers/{}/entries", text(chamber, "id"));
    let id = own["id"].as_str().unwrap().parse().unwrap();
    let user = app.user(Role::ChamberLiaison).chamber(&id);
    let liaison = user.token();
    let made = liaison.post_json(&by_id(&own), president()).await.assert_status(201).json();
    let one = format!("{}/{}", by_id(&own), text(&made, "id"));
    liaison.patch_json(&one, "\"2\"", json!({ "note": "换届留任" })).await.assert_status(200);
    let agreement =
        json!({ "kind": "agreement", "word": "memorandum", "name": "示例备忘录", "from_on": "2024-01-01" });
    liaison.post_json(&by_id(&own), agreement.clone()).await.assert_status(403);
    let wanted = json!({ "field": "phone", "reason": "联系" });
    liaison.post_json(&format!("{one}/disclosures"), wanted.clone()).await.assert_status(403);
    let shown = app.token(Role::BureauOfficer).post_json(&format!("{one}/disclosures"), wanted).await;
    assert_eq!(shown.assert_status(200).json()["value"], "12000000101");
    let bureau = app.token(Role::BureauOfficer);
    let signed = bureau.post_json(&by_id(&own), agreement).await.assert_status(201).json();
    let read = liaison.get(&by_id(&own)).await.assert_status(200).text();
    assert!(read.contains("示例备忘录") && !read.contains("12000000101"), "{read}");
    let paper = format!("{}/{}", by_id(&own), text(&signed, "id"));
    liaison.patch_json(&paper, "\"4\"", json!({ "note": "x" })).await.assert_status(403);
    // Another chamber's are not there for him, even by their own ids.
    let foreign = bureau.post_json(&by_id(&other), president()).await.assert_status(201).json();
    liaison.get(&by_id(&other)).await.assert_status(404);
    let through = format!("{}/{}", by_id(&own), text(&foreign, "id"));
    liaison.patch_json(&through, "\"4\"", json!({ "note": "x" })).await.assert_status(404);
}

#[actix_web::test]
async fn an_agreement_has_its_paper_and_is_then_not_removed() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let made = chamber(&app, "示例商会", Some("450721")).await;
    let agreement = json!({ "kind": "agreement", "word": "cooperation", "name": "示例合作协议", "from_on": "2024-01-01" });
    let agreement = enter(&bureau, &made, agreement).await.assert_status(201).json();
    let sent = |client: &Client| {
        client.upload(PATH, &fields("chamber_entry", &agreement, "contract"), "协议.pdf", PDF)
    };
    sent(&app.token(Role::Auditor)).await.assert_status(403);
    sent(&app.user(Role::CountyOfficer).region("450722").token()).await.assert_status(403);
    sent(&app.user(Role::CountyOfficer).region("QZ-FTZ").token()).await.assert_status(403);
    let paper = sent(&app.token(Role::CountyOfficer)).await.assert_status(201).json();
    let here = format!("{}/entries/{}", page(&made), text(&agreement, "id"));
    let shown = app.signed_in(Role::Federation).get(&here).await.assert_status(200).text();
    assert!(shown.contains("协议.pdf"), "{shown}");
    let stranger = app.user(Role::ChamberLiaison).token();
    stranger.get(&format!("{PATH}/{}", text(&paper, "id"))).await.assert_status(404);
    let one = format!("{}/{}", entries(&made), text(&agreement, "id"));
    let refused = bureau.delete(&one, "\"2\"").await.assert_status(409);
    assert_eq!(refused.json()["code"], "entry-has-papers");
    bureau.delete(&format!("{PATH}/{}", text(&paper, "id")), "*").await.assert_status(204);
    bureau.delete(&one, "\"2\"").await.assert_status(204);
    assert_eq!(bureau.get(&entries(&made)).await.json()["items"], json!([]));
}

#[actix_web::test]
async fn a_merger_takes_the_entries_along_and_a_chamber_with_entries_stays() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let (from, into) = (chamber(&app, "写错的商会", None).await, chamber(&app, "写对的商会", None).await);
    enter(&bureau, &from, president()).await.assert_status(201);
    let refused = bureau.delete(&path(&from), "\"2\"").await.assert_status(409);
    assert_eq!(refused.json()["code"], "source-in-use");
    let merger = json!({ "into": text(&into, "code") });
    bureau.post_json(&format!("{}/merger", path(&from)), merger).await.assert_status(200);
    assert_eq!(bureau.get(&entries(&into)).await.json()["items"][0]["name"], "示例会长");
}

#[actix_web::test]
async fn forms_add_change_show_and_remove_an_entry() {
    let app = TestApp::new().await;
    let browser = app.signed_in(Role::BureauOfficer);
    let made = chamber(&app, "示例商会", None).await;
    let entries = format!("{}/entries", page(&made));
    for kind in ["term", "officer", "member", "agreement", "recognition", "service_point"] {
        browser.get(&format!("{entries}/new?kind={kind}")).await.assert_status(200);
    }
    browser.get(&format!("{entries}/new?kind=king")).await.assert_status(400);
    let wrong =
        [("version", "1"), ("kind", "service_point"), ("name", "示例服务点"), ("region", "没有的地方")];
    let back = browser.post_form(&entries, &wrong).await.assert_status(422).text();
    assert!(
        back.contains("没有的地方") && back.contains("f-region-error") && back.contains("f-address-error")
    );
    let right = [
        ("version", "1"),
        ("kind", "service_point"),
        ("name", "示例服务点"),
        ("region", "灵山县"),
        ("address", "示例路 1 号"),
        ("contact_person", "示例人"),
        ("phone", "12000000101"),
    ];
    let added = browser.post_form(&entries, &right).await.assert_status(303);
    let shown = browser.get(added.location().split('#').next().unwrap()).await.assert_status(200).text();
    assert!(shown.contains("示例服务点") && shown.contains("示例路 1 号"), "{shown}");
    let list = app.token(Role::BureauOfficer).get(&format!("/api/v1{entries}")).await.json();
    let one = format!("{entries}/{}", text(&list["items"][0], "id"));
    let page = browser.get(&one).await.assert_status(200).text();
    assert!(page.contains("120****0101") && !page.contains("12000000101"), "{page}");
    let disclosed =
        browser.post_form(&format!("{one}/disclosures"), &[("reason", "约访")]).await.assert_status(200);
    assert!(disclosed.text().contains("12000000101"));
    let form = browser.get(&format!("{one}/edit")).await.assert_status(200).text();
    assert!(form.contains("示例路 1 号") && !form.contains("12000000101"), "{form}");
    // An empty phone keeps what is there.
    let change =
        [("version", "2"), ("name", "示例服务点"), ("address", "示例路 2 号"), ("contact_person", "示例人")];
    browser.post_form(&one, &change).await.assert_status(303);
    let page = browser.get(&one).await.assert_status(200).text();
    assert!(page.contains("示例路 2 号") && page.contains("120****0101"), "{page}");
    browser.get(&format!("{one}/removal")).await.assert_status(200);
    browser.post_form(&format!("{one}/removal"), &[("version", "2")]).await.assert_status(412);
    browser.post_form(&format!("{one}/removal"), &[("version", "3")]).await.assert_status(303);
    browser.get(&one).await.assert_status(404);
}
