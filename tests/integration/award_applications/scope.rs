//! For whom an application exists, and what its list shows.

use super::{LIST, draft, path, people, read, step};
use crate::support::TestApp;
use serde_json::{Value, json};
use yinfeng::accounts::Role;

fn ids(list: &Value) -> Vec<&Value> {
    list["items"].as_array().unwrap().iter().map(|one| &one["id"]).collect()
}

#[actix_web::test]
async fn finance_sees_what_was_submitted_and_its_project() {
    let app = TestApp::new().await;
    let people = people(&app);
    let application = draft(&app).await;
    let project = format!("/api/v1/projects/{}", application["project"]["id"].as_str().unwrap());
    people.finance.get(&path(&application, "")).await.assert_status(404);
    people.finance.get(&project).await.assert_status(404);
    step(&people.creator, &application, "submitted").await.assert_status(200);
    assert_eq!(read(&people.finance, &application).await["amount_fen"], 10_000_000);
    people.finance.get(&project).await.assert_status(200);
    let page = format!("/projects/{}", application["project"]["id"].as_str().unwrap());
    app.signed_in(Role::FinanceReviewer).get(&page).await.assert_status(200);
    let list = people.finance.get(LIST).await.assert_status(200).json();
    assert_eq!(ids(&list), [&application["id"]]);
}

#[actix_web::test]
async fn a_county_leader_reads_the_status_of_his_projects_and_no_more() {
    let app = TestApp::new().await;
    let application = draft(&app).await;
    let leader = app.token(Role::CountyLeader);
    let shown = read(&leader, &application).await;
    let fields: Vec<&String> = shown.as_object().unwrap().keys().collect();
    assert_eq!(fields, ["id", "code", "version", "project", "rule", "status"]);
    let list = leader.get(LIST).await.assert_status(200).json();
    assert_eq!(list["items"], json!([shown]));
    app.user(Role::CountyLeader).token().get(&path(&application, "")).await.assert_status(404);
}

#[actix_web::test]
async fn the_list_is_filtered_and_paged() {
    let app = TestApp::new().await;
    let people = people(&app);
    let [first, second] = [draft(&app).await, draft(&app).await];
    step(&people.creator, &second, "submitted").await.assert_status(200);
    let project = first["project"]["id"].as_str().unwrap();
    let year = yinfeng::clock::today().format("%Y").to_string();
    for (query, wanted) in [
        (String::new(), vec![&second["id"], &first["id"]]),
        ("status=draft".into(), vec![&first["id"]]),
        ("status=draft,submitted&sort=created_at".into(), vec![&first["id"], &second["id"]]),
        ("rule=enclave".into(), vec![]),
        ("county=450722".into(), vec![]),
        (format!("county=450721&year={year}"), vec![&second["id"], &first["id"]]),
        ("year=2001".into(), vec![]),
        (format!("project={project}"), vec![&first["id"]]),
    ] {
        let list = people.head.get(&format!("{LIST}?{query}")).await.assert_status(200).json();
        assert_eq!(ids(&list), wanted, "{query}");
    }
    let page = people.head.get(&format!("{LIST}?limit=1&count=true")).await.assert_status(200).json();
    assert_eq!((ids(&page), &page["total"]), (vec![&second["id"]], &json!(2)));
    let next = page["next_cursor"].as_str().unwrap();
    let rest = people.head.get(&format!("{LIST}?limit=1&cursor={next}")).await.assert_status(200).json();
    assert_eq!((ids(&rest), &rest["next_cursor"]), (vec![&first["id"]], &Value::Null));
    people.head.get(&format!("{LIST}?status=open")).await.assert_status(400);
}
