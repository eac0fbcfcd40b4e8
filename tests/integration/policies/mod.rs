//! Policy versions through HTTP: what one person proposes, what the other decides, and what that changes.

mod decomposition;
mod paper;

use crate::projects::{new_project, path, report, sign};
use crate::support::{Client, TestApp};
use serde_json::{Value, json};
use yinfeng::accounts::Role;

/// A version of 2026 alone, with a target of its own.
pub const PLAN: &str = r#"
code = "example-2026"
zh = "示例方案 2026"
en = "Example plan 2026"
issuer = "示例市人民政府"
from = "2026-01-01"
to = "2026-12-31"

[pool]
industries = ["chenpi"]
start_within_months = 24
key_amount_yuan = 100_000_000

[[quota]]
scope = "city"
metric = "construction_starts"
years = [2026]
target = 5
clause = "一(一)"
"#;

const PAPER: [(&str, &str); 2] =
    [("document_number", "钦政办发〔2026〕1号"), ("document_name", "关于延长的通知")];

const EXTENSION: &str = "/policies/qinzhou-2023-2025/extension";

async fn quota(app: &TestApp, year: i32) -> Value {
    let address = format!("/api/v1/pool/quota?year={year}");
    app.token(Role::BureauOfficer).get(&address).await.assert_status(200).json()
}

/// The page of the document that was proposed last.
pub async fn waiting(reader: &Client) -> String {
    let list = reader.get("/policies").await.assert_status(200).text();
    let (_, rest) = list.split_once("/policies/documents/").expect("a document");
    format!("/policies/documents/{}/decision", rest.split('/').next().unwrap())
}

async fn decide(client: &Client, at: &str, decision: &str, reason: &str) -> crate::support::Response {
    client.post_form(at, &[("decision", decision), ("reason", reason)]).await
}

/// Proposed by the bureau head, confirmed by the leading group's office.
pub async fn confirm(app: &TestApp) {
    let second = app.signed_in(Role::LeadingGroup);
    let at = waiting(&second).await;
    decide(&second, &at, "accepted", "").await.assert_status(303);
}

#[actix_web::test]
async fn a_year_that_no_version_covers_says_so_and_offers_the_last_one() {
    let app = TestApp::new().await;
    let page = |role: Role| app.signed_in(role).get("/quota?year=2026");
    let head = page(Role::BureauHead).await.assert_status(200).text();
    assert!(head.contains("/quota?year=2025"), "the last covered year is offered");
    assert!(head.contains("/policies/new") && head.contains(EXTENSION));
    let officer = page(Role::BureauOfficer).await.assert_status(200).text();
    assert!(officer.contains("/quota?year=2025") && !officer.contains("/policies/new"));
    let covered = app.signed_in(Role::BureauHead).get("/quota?year=2024").await.assert_status(200).text();
    assert!(!covered.contains("/extension"), "where a version covers the year nothing is to be done");
}

#[actix_web::test]
async fn a_version_shows_its_award_rules_and_that_the_bureau_must_confirm_them() {
    let app = TestApp::new().await;
    let at = "/api/v1/policies/qinzhou-2023-2025";
    let version = app.token(Role::Auditor).get(at).await.assert_status(200).json();
    let rules = version["award_rules"].as_array().unwrap();
    assert_eq!(rules.len(), 10);
    let of = |code: &str| rules.iter().find(|rule| rule["rule"] == code).unwrap();
    let (referral, enterprise) = (of("referral"), of("enterprise_referral"));
    assert_eq!(
        (&referral["clause"], &referral["payer"]),
        (&json!("三(四)2(2)"), &json!("same_level_treasury"))
    );
    assert_eq!(referral["supporting"], json!(["finance", "county_governments"]));
    let terms = &referral["terms"];
    assert_eq!((&terms["rate_bp"], &terms["cap_fen"]), (&json!(10), &json!(500_000_00)));
    assert_eq!((&terms["threshold_fen"], &terms["amount_fen"]), (&json!(100_000_000_00_i64), &Value::Null));
    assert_eq!(terms["industries"], json!(["chenpi", "toy_garment", "wood_home", "chemical"]));
    assert_eq!(enterprise["status"], "under_review");
    let later =
        json!({ "status": "under_review", "from": "2024-08-01", "until": null, "basis": "公平竞争审查条例" });
    assert_eq!(enterprise["compliance"][1], later);
    assert_eq!(enterprise["terms"]["threshold_fen_of"]["chenpi"], 50_000_000_00_i64);
    assert_eq!(enterprise["terms"]["default_reading"], "contract_year_one");
    assert_eq!(of("job_agency")["terms"]["highest_rate_fen"], 1_000_00);

    let page = app.signed_in(Role::Auditor).get("/policies").await.assert_status(200).text();
    for shown in [
        "须由市局确认",
        "引荐奖励",
        "三(四)2(2)",
        "0.1%",
        "市投资促进局",
        "市财政局",
        "企业税收入库同级财政",
        "公平竞争审查中",
        "2024-08-01",
        "公平竞争审查条例",
        "1 / 10 / 30 / 50",
    ] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
}

#[actix_web::test]
async fn an_extension_changes_the_quota_and_is_told_with_its_document() {
    let app = TestApp::new().await;
    let head = app.signed_in(Role::BureauHead);
    let project = new_project(&app, json!({})).await;
    sign(&app, &project, "2025-06-01").await;
    let enter = json!({ "entered_on": "2025-07-01" });
    app.token(Role::BureauOfficer).post_json(&path(&project, "/pool-entry"), enter).await.assert_status(200);
    report(&app, &project, "construction_start", json!({ "planned_on": "2026-09-01" }))
        .await
        .assert_status(200);
    let until = |day: &'static str| [("valid_until", day), PAPER[0], PAPER[1]];
    let early = head.post_form(EXTENSION, &until("2025-12-31")).await.assert_status(422).text();
    assert!(early.contains("关于延长的通知"), "what was typed stays");
    head.post_form(EXTENSION, &[("valid_until", "2026-12-31")]).await.assert_status(422);
    let done = head.post_form(EXTENSION, &until("2026-12-31")).await.assert_status(303);
    assert!(done.location().starts_with("/policies/documents/"), "where its paper is put beside it");
    assert_eq!(quota(&app, 2026).await["policy"], Value::Null, "it waits for the second person");

    confirm(&app).await;
    let row = quota(&app, 2026).await["rows"][0].clone();
    assert_eq!((&row["target"], &row["forecast"]), (&json!(3), &json!(1)));
    assert_eq!(row["by_county"], json!([{ "county": "450721", "counted": 0, "forecast": 1 }]));
    assert_eq!(quota(&app, 2027).await["policy"], Value::Null);
    let page = app.signed_in(Role::Auditor).get("/quota?year=2026").await.assert_status(200).text();
    assert!(page.contains("钦政办发〔2026〕1号") && page.contains("关于延长的通知"));
    let list = app.signed_in(Role::Auditor).get("/policies").await.assert_status(200).text();
    for role in [Role::BureauHead, Role::LeadingGroup] {
        assert!(list.contains(&app.person(role).display_name), "{role} stands on the page");
    }
    let auditor = app.token(Role::Auditor);
    for action in ["policy.propose", "policy.extend"] {
        let trail = auditor.get(&format!("/api/v1/audit?action={action}")).await.assert_status(200).json();
        assert_eq!(trail["items"].as_array().unwrap().len(), 1, "{trail}");
    }
}

#[actix_web::test]
async fn nobody_confirms_his_own_and_of_two_the_second_is_told() {
    let app = TestApp::new().await;
    let head = app.signed_in(Role::BureauHead);
    let alone = head.get("/policies").await.assert_status(200).text();
    assert!(alone.contains("系统管理员"), "with nobody to confirm the page says whom to ask");
    head.upload("/policies", &PAPER, "plan.toml", PLAN.as_bytes()).await.assert_status(303);
    let at = waiting(&head).await;
    let own = head.get(&at).await.assert_status(200).text();
    assert!(own.contains("系统管理员") && !own.contains("name=\"decision\""));
    decide(&head, &at, "accepted", "").await.assert_status(403);
    for role in [Role::BureauOfficer, Role::Admin, Role::CountyOfficer] {
        decide(&app.signed_in(role), &at, "accepted", "").await.assert_status(403);
    }
    assert_eq!(quota(&app, 2026).await["policy"], Value::Null);
    let waits = app.signed_in(Role::BureauOfficer).get("/quota?year=2026").await.assert_status(200).text();
    assert!(waits.contains("/policies#waiting"));

    let [first, second] = [1, 2].map(|_| app.user(Role::BureauHead).signed_in());
    let seen = first.get(&at).await.assert_status(200).text();
    for shown in
        ["示例方案 2026", "钦政办发〔2026〕1号", "key_amount_yuan = 100_000_000", "name=\"decision\""]
    {
        assert!(seen.contains(shown), "the document stands before him: {shown}");
    }
    decide(&first, &at, "", "").await.assert_status(422);
    decide(&first, &at, "accepted", "").await.assert_status(303);
    let late = decide(&second, &at, "refused", "晚了一步").await.assert_status(409).text();
    assert!(late.contains("已有人作出决定"));
    assert_eq!(quota(&app, 2026).await["rows"][0]["target"], 5, "the first decision holds");
    head.get("/policies/documents/nothing/decision").await.assert_status(404);
}

/// The unique index decides when both have looked before either has written.
#[actix_web::test]
async fn a_document_has_one_decision() {
    use yinfeng::policies::queries::{self, Decided, DocumentDecision};
    let app = TestApp::new().await;
    app.signed_in(Role::BureauHead)
        .upload("/policies", &PAPER, "plan.toml", PLAN.as_bytes())
        .await
        .assert_status(303);
    let document = app.read(queries::all).remove(0).0;
    let second = app.person(Role::LeadingGroup).id;
    let decided = |decision| Decided {
        id: yinfeng::db::Id::generate(),
        document_id: document.id.clone(),
        decision,
        reason: None,
        by_user: Some(second.clone()),
        at: yinfeng::clock::now(),
    };
    let write = |decision| app.db().write(|conn| queries::decide(conn, &decided(decision)));
    write(DocumentDecision::Accepted).unwrap();
    assert_eq!(write(DocumentDecision::Refused).unwrap_err().code(), "policy-decided");
}

#[actix_web::test]
async fn a_refusal_has_a_reason_and_leaves_everything_as_it_was() {
    let app = TestApp::new().await;
    let head = app.signed_in(Role::BureauHead);
    head.upload("/policies", &PAPER, "plan.toml", PLAN.as_bytes()).await.assert_status(303);
    let second = app.signed_in(Role::LeadingGroup);
    let at = waiting(&second).await;
    decide(&second, &at, "refused", "").await.assert_status(422);
    decide(&second, &at, "refused", "与文件不一致").await.assert_status(303);
    assert_eq!(quota(&app, 2026).await["policy"], Value::Null);
    let list = head.get("/policies").await.assert_status(200).text();
    assert!(list.contains("与文件不一致"));
    let trail = app.token(Role::Auditor).get("/api/v1/audit?action=policy.refuse").await.json();
    assert_eq!(trail["items"][0]["reason"], "与文件不一致");
}

#[actix_web::test]
async fn what_does_not_go_together_any_more_is_not_confirmed() {
    let app = TestApp::new().await;
    let (head, second) = (app.signed_in(Role::BureauHead), app.signed_in(Role::LeadingGroup));
    for _ in 0..2 {
        head.upload("/policies", &PAPER, "plan.toml", PLAN.as_bytes()).await.assert_status(303);
    }
    let later = waiting(&second).await;
    decide(&second, &later, "accepted", "").await.assert_status(303);
    let earlier = waiting(&second).await;
    assert_ne!(later, earlier);
    let taken = decide(&second, &earlier, "accepted", "").await.assert_status(422).text();
    assert!(taken.contains("已有版本用了这个代码"), "{taken}");
    decide(&second, &earlier, "refused", "重复").await.assert_status(303);
}

#[actix_web::test]
async fn faults_of_a_text_are_told_in_the_readers_language_with_their_place() {
    let app = TestApp::new().await;
    let head = app.signed_in(Role::BureauHead);
    let line = |words: &str| PLAN.lines().position(|line| line.starts_with(words)).unwrap() + 1;
    for (change, with, at, line, why) in [
        ("target = 5", "target = -1", "[[quota]] 1 target", line("target"), "应为 0 或更大的数"),
        ("[\"chenpi\"]", "[\"gold\"]", "[pool] industries", line("industries"), "没有代码为 gold 的产业"),
        (
            "scope = \"city\"",
            "scope = \"county\"\nregion = \"1\"",
            "[[quota]] 1 region",
            line("scope") + 1,
            "没有代码为 1 的县区",
        ),
        ("\"example-2026\"", "\"qinzhou-2023-2025\"", "code", line("code"), "已有版本用了这个代码"),
        ("clause =", "claus =", "[[quota]] 1 claus", line("clause"), "没有这一项"),
        ("target = 5\n", "", "[[quota]] 1 target", line("[[quota]]"), "缺少这一项"),
        ("target = 5", "target = \"五\"", "[[quota]] 1 target", line("target"), "值的写法不对"),
        ("target = 5", "target = 五", "[[quota]] 1 target", line("target"), "不是正确的 TOML 写法"),
        (
            "[[quota]]",
            "[award.enclave]\nrate_bp = 0\n[award.enclave.basis]\nclause = \"x\"\ndocument = \"x\"\npayer = \"zone\"\nresponsible = [\"finance\"]\ncompliance = [{ status = \"in_force\", from = \"2026-01-01\", basis = \"x\" }]\n\n[[quota]]",
            "[award.enclave] rate_bp",
            line("[[quota]]") + 1,
            "应为 1 到 10000 之间",
        ),
        (
            "[[quota]]",
            "[award.enclave]\nrate_bp = 1\ncap_yuan = 0\n[award.enclave.basis]\nclause = \"x\"\ndocument = \"x\"\npayer = \"zone\"\nresponsible = [\"finance\"]\ncompliance = [{ status = \"in_force\", from = \"2026-01-01\", basis = \"x\" }]\n\n[[quota]]",
            "[award.enclave] cap_yuan",
            line("[[quota]]") + 2,
            "0 等于没有",
        ),
        (
            "key_amount_yuan = 100_000_000",
            "key_amount_yuan = 1\nkey_amount_yuan_of = { chemical = 1 }",
            "[pool] key_amount_yuan_of",
            line("key_amount") + 1,
            "没有 chemical",
        ),
        ("years = [2026]", "years = [2031]", "[[quota]] 1 years", line("years"), "2031 年不在"),
        ("\"example-2026\"", "\"documents\"", "code", line("code"), "另有用处"),
        ("\"2026-12-31\"", "\"2046-01-01\"", "to", line("to"), "最长有效 20 年"),
        ("= 24", "= 0", "[pool] start_within_months", line("start_within"), "应为 1–600 之间"),
        (
            "scope = \"city\"",
            "scope = \"zone\"\nregion = \"450721\"",
            "[[quota]] 1 region",
            line("scope") + 1,
            "450721 是县区",
        ),
        ("from = \"2026-01-01\"", "from = \"2025-12-31\"", "from", line("from"), "与版本 qinzhou-2023-2025"),
    ] {
        let text = PLAN.replace(change, with);
        let refused = head.upload("/policies", &PAPER, "plan.toml", text.as_bytes()).await;
        let refused = refused.assert_status(422).text();
        let told = refused.split("field-error").nth(1).unwrap().split("</p>").next().unwrap().to_owned();
        for part in [at, why, &format!("第 {line} 行")] {
            assert!(told.contains(part), "{with}: {part} is not in {told}");
        }
        for english in ["expected", "wanted", "missing", "unknown", "invalid"] {
            assert!(!told.contains(english), "{with}: {told}");
        }
        assert!(refused.contains("示例方案"), "the text comes back to be put right");
    }
    head.upload("/policies", &[], "plan.toml", PLAN.as_bytes()).await.assert_status(422);
    let nothing = app.read(yinfeng::policies::queries::all);
    assert!(nothing.is_empty(), "what was refused is not kept");
    head.upload("/policies", &PAPER, "plan.toml", PLAN.as_bytes()).await.assert_status(303);
    confirm(&app).await;
    head.upload("/policies", &PAPER, "plan.toml", PLAN.as_bytes()).await.assert_status(422);
    let list = app.signed_in(Role::Federation).get("/policies").await.assert_status(200).text();
    assert!(list.contains("示例方案 2026") && !list.contains("/policies/new"));
}
