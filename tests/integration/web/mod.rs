//! What is common to all requests: bodies, texts, headers, lists.

mod bodies;
mod headers;
mod lists;
mod texts;

use crate::support::{Client, TestApp};
use yinfeng::accounts::Role;

/// A small ledger as a CSV file.
const LEDGER: &str = "线索名称,投资方,县区,来源渠道\n示例积木线索,示例积木(虚构)有限公司,灵山县,自荐\n";

/// An import of the bureau officer that waits for its application: the path.
async fn previewed(client: &Client, ledger: &str) -> String {
    let answer = client.upload("/api/v1/imports", &[("kind", "leads")], "示例.csv", ledger.as_bytes()).await;
    answer.assert_status(201).location()
}

/// How many leads there are.
async fn leads(app: &TestApp) -> i64 {
    let list = app.token(Role::BureauOfficer).get("/api/v1/leads?count=true&limit=1").await;
    list.assert_status(200).json()["total"].as_i64().unwrap()
}
