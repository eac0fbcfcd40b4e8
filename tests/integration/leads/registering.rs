//! `POST /api/v1/leads`.

use super::{api, body, officer, register, uscc, with, written};
use crate::support::TestApp;
use serde_json::{Value, json};
use yinfeng::accounts::Role;

#[actix_web::test]
async fn a_lead_is_created_with_its_address_and_version() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let full = with(
        body("东莞市星河玩具有限公司"),
        json!({
            "uscc": uscc(1), "origin": "441900", "park": "luwu", "content": "毛绒玩具", "industry_class": "2452",
            "total_investment_fen": 328_000_000_00_i64, "fixed_investment_fen": 215_000_000_00_i64,
            "land_mu": 85.5, "factory_m2": 20000, "jobs": 800, "remark": "尽快", "priority": "key",
            "contact": { "name": "林总", "post": "助理", "phone": "+86 120-0000-0101", "email": "lin@example.com", "wechat": "lin" },
            "stage": "assessment", "registered_on": "2026-01-05", "next_follow_up_on": "2027-01-01",
        }),
    );
    let created = client.post_json("/api/v1/leads", full).await.assert_status(201);
    let lead = created.json();
    assert_eq!(created.location(), api(&lead, ""));
    assert_eq!(created.etag(), "\"1\"");
    let read = client.get(&created.location()).await.assert_status(200);
    assert_eq!(read.json(), lead);
    assert_eq!(read.etag(), created.etag());
    for (field, value) in [
        ("stage", json!("assessment")),
        ("status", json!("active")),
        ("registered_on", json!("2026-01-05")),
        ("total_investment_fen", json!(328_000_000_00_i64)),
        ("land_mu", json!(85.5)),
        ("jobs", json!(800)),
        ("priority", json!("key")),
        ("closure", Value::Null),
        ("officer", Value::Null),
        ("overdue_days", Value::Null),
        ("origin", json!("441900")),
        ("uscc", json!(uscc(1))),
        ("version", json!(1)),
    ] {
        assert_eq!(lead[field], value, "{field}");
    }
    assert_eq!(lead["contact"]["phone"], "120****0101");
    assert_eq!(lead["contact"]["email"], "l***@example.com");
    assert!(!read.text().contains("12000000101"));
    let code = lead["code"].as_str().unwrap();
    assert!(code.starts_with("QZ-") && code.len() == "QZ-2026-000123".len(), "{code}");
    let received = lead["received_at"].as_str().unwrap();
    assert!(received.ends_with('Z'), "{received}");
    assert_eq!(lead["missing"], json!(["officer"]), "what negotiation asks for");
}

#[actix_web::test]
async fn codes_are_numbered_without_gaps_or_repeats() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let mut numbers = Vec::new();
    for _ in 0..3 {
        let lead = register(&client, json!({})).await;
        numbers.push(lead["code"].as_str().unwrap().rsplit('-').next().unwrap().parse::<u32>().unwrap());
    }
    assert_eq!(numbers, [numbers[0], numbers[0] + 1, numbers[0] + 2]);
}

#[actix_web::test]
async fn every_fault_is_told_at_its_field_and_nothing_is_written() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let before = written(&app);
    let answer = client.post_json("/api/v1/leads", json!({})).await.assert_status(422);
    let required = ["title", "investor_name", "county", "industry", "source.kind"];
    assert_eq!(answer.faults(), required.map(|field| (field.to_owned(), "required".to_owned())));
    let cases = [
        (json!({"county": "999999"}), "county", "unknown"),
        (json!({"industry": "gold"}), "industry", "unknown"),
        (json!({"industry_class": "0000"}), "industry_class", "unknown"),
        (json!({"park": "nowhere"}), "park", "unknown"),
        (json!({"park": "chenpi-park"}), "park", "park-of-other-county"),
        (json!({"uscc": "123"}), "uscc", "uscc-length"),
        (json!({"uscc": "91450700IIIIIIIIII"}), "uscc", "uscc-letters"),
        (json!({"uscc": "914507000000000010"}), "uscc", "uscc-check"),
        (json!({"total_investment_fen": -1}), "total_investment_fen", "negative"),
        (json!({"total_investment_fen": 1_000_000_000_000_001_i64}), "total_investment_fen", "too-large"),
        (
            json!({"total_investment_fen": 100, "fixed_investment_fen": 101}),
            "fixed_investment_fen",
            "fixed-above-total",
        ),
        (json!({"land_mu": -0.5}), "land_mu", "negative"),
        (json!({"jobs": -3}), "jobs", "negative"),
        (json!({"source": {"kind": "self", "chamber_id": "x"}}), "source.chamber_id", "not-of-this-source"),
        (json!({"source": {"kind": "chamber", "chamber_id": "x"}}), "source.chamber_id", "unknown-chamber"),
        (
            json!({"source": {"kind": "referrer", "referrer_id": "x"}}),
            "source.referrer_id",
            "unknown-referrer",
        ),
        (
            json!({"source": {"kind": "enterprise", "enterprise_id": "x"}}),
            "source.enterprise_id",
            "unknown-enterprise",
        ),
        (json!({"contact": {"phone": "12000000101"}}), "contact.name", "required"),
        (json!({"contact": {"name": "林", "phone": "12a"}}), "contact.phone", "not-a-phone"),
        (json!({"contact": {"name": "林", "email": "x"}}), "contact.email", "not-an-email"),
        (json!({"registered_on": "2999-01-01"}), "registered_on", "date-in-future"),
        (json!({"title": "长".repeat(201)}), "title", "too-long"),
        (json!({"nonsense": 1}), "nonsense", "unknown-field"),
        (json!({"source": {"kind": "wishing"}}), "source.kind", "wrong-form"),
        (json!({"jobs": "many"}), "jobs", "wrong-form"),
    ];
    for (changes, field, code) in cases {
        let answer = client.post_json("/api/v1/leads", with(body("某公司"), changes.clone())).await;
        let answer = answer.assert_status(422);
        assert_eq!(answer.header("content-type"), Some("application/problem+json"));
        assert_eq!(answer.faults(), [(field.to_owned(), code.to_owned())], "{changes}");
        let message = answer.json()["errors"][0]["message"].as_str().unwrap().to_owned();
        assert!(!message.is_empty() && !message.contains("fault-") && !message.contains("{ $"), "{message}");
    }
    client.post("/api/v1/leads").body("application/json", "{").await.assert_status(400);
    assert_eq!(written(&app), before);
}

#[actix_web::test]
async fn who_may_register_and_where() {
    let app = TestApp::new().await;
    app.anonymous().post_json("/api/v1/leads", body("甲")).await.assert_status(401);
    for role in Role::ALL.iter().copied() {
        let may = matches!(
            role,
            Role::BureauHead | Role::BureauOfficer | Role::CountyOfficer | Role::ChamberLiaison
        );
        let answer = app.token(role).post_json("/api/v1/leads", body(&format!("虚构{role}公司"))).await;
        let expected = match role {
            // A liaison reports for his chamber only.
            Role::ChamberLiaison => 422,
            _ if may => 201,
            _ => 403,
        };
        answer.assert_status(expected);
    }
    let other = app.user(Role::CountyOfficer).region("450722").token();
    let refused = other.post_json("/api/v1/leads", body("虚构乙公司")).await.assert_status(403);
    assert_eq!(refused.faults(), [("county".to_owned(), "not-your-county".to_owned())]);
    let own = with(body("虚构丙公司"), json!({"county": "450722"}));
    other.post_json("/api/v1/leads", own).await.assert_status(201);
}

#[actix_web::test]
async fn a_liaison_reports_for_his_chamber_and_says_neither_where_it_starts_nor_what_the_bureau_does_next() {
    let app = TestApp::new().await;
    let liaison = app.token(Role::ChamberLiaison);
    let report = |investor: &str, changes: Value| {
        let mut report = with(body(investor), changes);
        report.as_object_mut().unwrap().remove("source");
        report
    };
    for (field, value) in [
        ("stage", "contract"),
        ("registered_on", "2026-01-01"),
        ("priority", "key"),
        ("priority", "normal"),
        ("next_follow_up_on", "2030-01-02"),
    ] {
        let answer = liaison.post_json("/api/v1/leads", report("虚构丁公司", json!({ field: value }))).await;
        let answer = answer.assert_status(403);
        assert_eq!(answer.faults(), [(field.to_owned(), "forbidden-field".to_owned())]);
    }
    let phone = json!({"contact": {"name": "林", "phone": "12000000102"}, "total_investment_fen": 100});
    let lead =
        liaison.post_json("/api/v1/leads", report("虚构丁公司", phone)).await.assert_status(201).json();
    let chamber = app.person(Role::ChamberLiaison).chamber_id.unwrap();
    assert_eq!(lead["source"]["kind"], "chamber");
    assert_eq!(lead["source"]["chamber_id"], chamber.to_string());
    assert_eq!(lead["stage"], "new");
    for hidden in
        ["county", "industry", "total_investment_fen", "officer", "leader", "next_follow_up_on", "uscc"]
    {
        assert_eq!(lead[hidden], Value::Null, "{hidden}");
    }
    assert!(lead.get("contact").is_none_or(Value::is_null));
    assert!(lead["promised_on"].is_string());
    let other = app.new_chamber("另一个示例商会");
    let foreign = with(body("虚构戊公司"), json!({"source": {"kind": "chamber", "chamber_id": other}}));
    let answer = liaison.post_json("/api/v1/leads", foreign).await.assert_status(422);
    assert_eq!(answer.faults(), [("source.chamber_id".to_owned(), "unknown-chamber".to_owned())]);
}
