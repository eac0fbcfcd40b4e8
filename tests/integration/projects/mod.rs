//! Projects through HTTP: entering them, their pool, contract and milestones.

mod contract;
mod export;
mod list;
mod milestones;
mod pages;
mod pool;
mod record;

use crate::support::{Client, Response, TestApp};
use serde_json::{Value, json};
use yinfeng::accounts::Role;

/// What enters a project of 450721 with its leader; `changes` lie over it.
pub fn project_body(app: &TestApp, changes: Value) -> Value {
    let mut body = json!({
        "title": "示例玩具智造基地",
        "investor_name": crate::support::leads::new_investor(),
        "county": "450721",
        "industry": "toy_garment",
        "total_investment_fen": 200_000_000_00_i64,
        "leader": app.person(Role::CountyLeader).username,
    });
    if let (Value::Object(body), Value::Object(changes)) = (&mut body, changes) {
        let is_elsewhere = changes.get("county").is_some_and(|county| county != "450721");
        if is_elsewhere && !changes.contains_key("leader") {
            // A county's projects are led by its own leader.
            let county = changes["county"].as_str().unwrap();
            let leader = app.user(Role::CountyLeader).region(county).insert();
            body.insert("leader".to_owned(), leader.username.into());
        }
        body.extend(changes);
    }
    body
}

/// A project that the bureau officer entered, as the API shows it.
pub async fn new_project(app: &TestApp, changes: Value) -> Value {
    let body = project_body(app, changes);
    app.token(Role::BureauOfficer).post_json("/api/v1/projects", body).await.assert_status(201).json()
}

pub fn path(project: &Value, rest: &str) -> String {
    format!("/api/v1/projects/{}{rest}", project["id"].as_str().unwrap())
}

pub async fn read(client: &Client, project: &Value) -> Response {
    client.get(&path(project, "")).await.assert_status(200)
}

/// Signs a formal contract on a day.
pub async fn sign(app: &TestApp, project: &Value, signed_on: &str) {
    let client = app.token(Role::BureauOfficer);
    let etag = read(&client, project).await.etag();
    let body = json!({ "signed_on": signed_on, "total_investment_fen": 200_000_000_00_i64,
        "fixed_investment_fen": 150_000_000_00_i64, "land_premium_fen": 0,
        "years": [{ "year": 1, "fixed_investment_fen": 100_000_000_00_i64, "land_premium_fen": 0 }] });
    client.put_json(&path(project, "/contract"), &etag, body).await.assert_status(200);
}

/// Enters a milestone as the county officer, who is not who verifies.
pub async fn report(app: &TestApp, project: &Value, kind: &str, body: Value) -> Response {
    let client = app.token(Role::BureauOfficer);
    let etag = read(&client, project).await.etag();
    client.put_json(&path(project, &format!("/milestones/{kind}")), &etag, body).await
}

/// Puts a paper of this kind to the project, past the application.
pub fn paper(app: &TestApp, project: &Value, kind: &str) -> String {
    use diesel::prelude::*;
    use yinfeng::schema::attachments;
    let id = yinfeng::db::Id::generate();
    let by = app.person(Role::BureauOfficer).id;
    let folder = app.folder().join("attachments");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("0"), "0").unwrap();
    app.write(|conn| {
        diesel::insert_into(attachments::table)
            .values((
                attachments::id.eq(&id),
                attachments::owner_kind.eq("project"),
                attachments::owner_id.eq(project["id"].as_str().unwrap()),
                attachments::kind.eq(kind),
                attachments::file_name.eq("示例.pdf"),
                attachments::media_type.eq("application/pdf"),
                attachments::size.eq(1_i64),
                attachments::sha256.eq("5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9"),
                attachments::storage_name.eq("0"),
                attachments::by_user.eq(&by),
                attachments::at.eq(yinfeng::clock::now()),
            ))
            .execute(conn)
    });
    id.to_string()
}
