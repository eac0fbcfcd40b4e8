//! Later claims: a liaison reads his own and their answers, the bureau answers.

mod answer;
mod list;

use crate::leads::{body, register, with};
use crate::support::{Client, TestApp};
use serde_json::{Value, json};
use yinfeng::accounts::Role;

const KNOWN: &str = "佛山木合家居有限公司";

/// A lead of the bureau's, in which nothing may be told to a liaison.
async fn known(app: &TestApp) -> Value {
    let secret =
        json!({"investor_name": KNOWN, "title": "机密项目", "content": "机密内容", "county": "450722"});
    register(&app.token(Role::BureauOfficer), secret).await
}

/// Reports the same investor as a liaison, and reads the claim that came of it.
async fn claim(liaison: &Client, title: &str) -> Value {
    let contact = json!({"name": "林示例", "phone": "12000000103"});
    let mut report = with(body(KNOWN), json!({"title": title, "content": "我报的内容", "contact": contact}));
    report.as_object_mut().unwrap().remove("source");
    liaison.post_json("/api/v1/leads", report).await.assert_status(409);
    let list = liaison.get("/api/v1/claims?count=true").await.assert_status(200).json();
    list["items"][0].clone()
}

fn answer_path(claim: &Value) -> String {
    format!("/claims/{}/answer", claim["id"].as_str().unwrap())
}

/// The promised day of a report of today: the fifth working day.
fn promised(app: &TestApp) -> chrono::NaiveDate {
    app.app.reference.calendar().add(yinfeng::clock::today(), 5)
}

/// Makes a claim due that many days ago.
fn due_ago(app: &TestApp, claim: &Value, days: i64) {
    use diesel::prelude::*;
    use yinfeng::schema::later_claims;
    let due = yinfeng::clock::today() - chrono::Duration::days(days);
    let row = later_claims::table.find(claim["id"].as_str().unwrap().to_owned());
    app.write(|conn| diesel::update(row).set(later_claims::answer_due_on.eq(due)).execute(conn));
}
