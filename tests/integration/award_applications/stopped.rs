//! A rule that a later version of the plan suspends or repeals: what was computed stays, and nothing more is paid.

use super::{LIST, draft, end_notice, fund, path, people, read, step, walk};
use crate::policies::confirm;
use crate::support::{Client, TestApp};
use serde_json::{Value, json};
use yinfeng::accounts::Role;

const PAPER: [(&str, &str); 2] =
    [("document_number", "钦政办发〔2026〕9号"), ("document_name", "关于暂停的通知")];

/// A version of 2026 in the place of another, in which 引荐 has this status.
fn version(code: &str, supersedes: &str, status: &str) -> String {
    format!(
        r#"
code = "{code}"
zh = "示例方案 {code}"
en = "Example plan {code}"
issuer = "示例市人民政府"
from = "2026-01-01"
to = "2026-12-31"
supersedes = ["{supersedes}"]

[pool]
industries = ["chenpi"]
start_within_months = 24
key_amount_yuan = 100_000_000

[award.referral]
industries = ["chenpi"]
threshold_yuan = 100_000_000
contract_years = 2
rate_bp = 10

[award.referral.basis]
clause = "一(一)"
document = "示例方案"
payer = "same_level_treasury"
responsible = ["investment_promotion"]
compliance = [{{ status = "{status}", from = "2026-01-01", basis = "示例暂停通知" }}]
"#
    )
}

async fn load(app: &TestApp, head: &Client, text: &str) {
    head.upload("/policies", &PAPER, "plan.toml", text.as_bytes()).await.assert_status(303);
    confirm(app).await;
}

fn said(application: &Value) -> (&str, &str, bool) {
    let compliance = &application["compliance"];
    let text = |name: &str| compliance[name].as_str().unwrap_or_default();
    (text("policy"), text("status"), compliance["payable"].as_bool().unwrap())
}

#[actix_web::test]
async fn a_later_version_stops_what_was_submitted_under_the_older_one() {
    let app = TestApp::new().await;
    let people = people(&app);
    let head = app.signed_in(Role::BureauHead);
    let [approved, in_notice] = [draft(&app).await, draft(&app).await];
    walk(&app, &people, &approved, "approved").await;
    fund(&people, &approved).await;
    walk(&app, &people, &in_notice, "in_notice").await;
    end_notice(&app, &in_notice);
    let own = ("qinzhou-2023-2025", "in_force", true);
    assert_eq!(said(&read(&people.finance, &approved).await), own);

    // A version that says something else of the rule stops nothing by itself; the one that takes its place does.
    load(&app, &head, &version("example-2026-a", "qinzhou-2023-2025", "under_review")).await;
    assert_eq!(said(&read(&people.finance, &approved).await), own);
    load(&app, &head, &version("example-2026-b", "example-2026-a", "suspended")).await;
    for (who, application, to) in
        [(&people.finance, &approved, "paid"), (&people.head, &in_notice, "approved")]
    {
        let shown = read(who, application).await;
        assert_eq!(said(&shown), ("example-2026-b", "suspended", false));
        assert_eq!((&shown["policy"], &shown["amount_fen"]), (&json!(own.0), &json!(10_000_000)));
        assert!(!shown["next"].as_array().unwrap().contains(&json!(to)), "{shown:#}");
        let refused = step(who, application, to).await.assert_status(409);
        assert_eq!(refused.faults(), [("to".into(), "award-rule-stopped".into())]);
        for part in ["example-2026-b", "2026-01-01", "示例暂停通知", "暂停"] {
            assert!(refused.text().contains(part), "{part}: {}", refused.text());
        }
    }
    let page = path(&approved, "").replace("/api/v1", "");
    let shown = app.signed_in(Role::FinanceReviewer).get(&page).await.assert_status(200).text();
    assert!(shown.contains("example-2026-b") && shown.contains("示例暂停通知"), "{shown}");
    let form = [("to", "paid"), ("voucher", "PZ-示例-2")];
    let browser = app.signed_in(Role::FinanceReviewer);
    let back = browser.post_form(&format!("{page}/transitions"), &form).await.assert_status(409).text();
    assert!(back.contains("示例暂停通知"), "the page says why: {back}");
    // Lists and sums know it as well.
    let stuck = people.finance.get(&format!("{LIST}?payable=false&status=approved")).await.assert_status(200);
    assert_eq!(stuck.json()["items"].as_array().unwrap().len(), 1);
    let overview = people.head.get(&format!("{LIST}/overview")).await.assert_status(200).json();
    assert_eq!(overview["not_payable"][0]["status"], "suspended", "{overview:#}");

    // The last of the chain has the last word.
    load(&app, &head, &version("example-2026-c", "example-2026-b", "in_force")).await;
    assert_eq!(said(&read(&people.finance, &approved).await), own);
    step(&people.finance, &approved, "paid").await.assert_status(200);
}
