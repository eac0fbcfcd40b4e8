//! Chambers side by side: their sheets' figures, also right after a write.

use super::evidence::{YEAR, figures, full, lead, project, reached};
use crate::attributions;
use crate::leads::api;
use crate::projects::{path, read, sign};
use crate::support::{Client, TestApp};
use serde_json::{Value, json};
use yinfeng::accounts::Role;
use yinfeng::chambers::evidence::model::Figures;
use yinfeng::db::Id;

#[actix_web::test]
async fn chambers_side_by_side_have_the_figures_of_their_sheets() {
    let app = TestApp::new().await;
    let chamber = full(&app).await;
    let other = app.new_chamber("示例乙商会");
    lead(&app, &other, json!({})).await;
    attributions::proposed(&app, &app.token(Role::CountyOfficer), "450721", &chamber).await;
    let leading = app.token(Role::LeadingGroup);
    for sort in ["leads", "contracts", "fixed_investment", "score"] {
        let way = format!("/api/v1/chambers/comparison?{YEAR}&sort={sort}&count=true");
        let listed = leading.get(&way).await.assert_status(200).json();
        assert_eq!(
            (&listed["total"], &listed["items"][0]["chamber"]["id"]),
            (&json!(2), &json!(chamber)),
            "{sort}"
        );
        for row in listed["items"].as_array().unwrap() {
            let id: Id = row["chamber"]["id"].as_str().unwrap().parse().unwrap();
            assert_eq!(row["figures"], figures(&leading, &id, YEAR).await, "{sort}");
        }
    }
    leading.get("/api/v1/chambers/comparison?sort=beauty").await.assert_status(400);
    let way = format!("/api/v1/chambers/comparison?{YEAR}&limit=1");
    let first = leading.get(&way).await.json();
    let cursor = first["next_cursor"].as_str().unwrap();
    let second = leading.get(&format!("{way}&cursor={cursor}")).await.assert_status(200).json();
    assert_eq!(second["items"][0]["chamber"]["id"], json!(other));
    app.token(Role::ChamberLiaison).get(&way).await.assert_status(403);
    let page = app.signed_in(Role::LeadingGroup).get(&format!("/chambers/comparison?{YEAR}")).await;
    let page = page.assert_status(200).text();
    assert!(page.contains("示例乙商会") && page.contains("data-chart"), "{page}");
    let empty = app.signed_in(Role::LeadingGroup).get("/chambers/comparison?from=1990-01-01").await;
    assert!(!empty.assert_status(200).text().contains("data-chart"));
}

/// Side by side, every chamber has what its sheet says, which is added up anew each time.
pub(super) async fn agree(client: &Client, after: &str) {
    let listed = client.get(&format!("/api/v1/chambers/comparison?{YEAR}")).await.assert_status(200).json();
    let rows = listed["items"].as_array().unwrap();
    let in_row = |id: &Value| rows.iter().find(|row| row["chamber"]["id"] == *id).map(|row| &row["figures"]);
    let nothing = serde_json::to_value(Figures::default()).unwrap();
    let chambers = client.get("/api/v1/chambers?limit=200").await.assert_status(200).json();
    for chamber in chambers["items"].as_array().unwrap() {
        let id: Id = chamber["id"].as_str().unwrap().parse().unwrap();
        let sheet = figures(client, &id, YEAR).await;
        assert_eq!(in_row(&chamber["id"]).unwrap_or(&nothing), &sheet, "after {after}: {}", chamber["name"]);
    }
}

#[actix_web::test]
async fn side_by_side_is_true_after_every_write() {
    let app = TestApp::new().await;
    let head = app.token(Role::BureauHead);
    let (first, second) = (app.new_chamber("示例甲商会"), app.new_chamber("示例乙商会"));
    let of = |chamber: &Id| json!({ "source": { "kind": "chamber", "chamber_id": chamber } });
    agree(&head, "nothing").await;
    let one = lead(&app, &first, json!({ "stage": "assessment" })).await;
    let other = lead(&app, &second, json!({ "stage": "contract" })).await;
    agree(&head, "leads").await;
    let visit = json!({ "kind": "visit_out", "at": "2025-07-01T02:00:00Z", "content": "登门" });
    head.post_json(&api(&one, "/follow-ups"), visit).await.assert_status(201);
    agree(&head, "a visit").await;
    let no = json!({ "kind": "lost_contact", "reason": "联系不上" });
    let closed = head.post_json(&api(&one, "/closure"), no).await.assert_status(200);
    agree(&head, "a closure").await;
    head.patch_json(&api(&one, ""), &closed.etag(), of(&second)).await.assert_status(200);
    agree(&head, "an edit that moves a lead to another chamber").await;
    let etag = head.get(&api(&other, "")).await.assert_status(200).etag();
    head.delete(&api(&other, ""), &etag).await.assert_status(204);
    agree(&head, "a deletion").await;
    head.post(&api(&other, "/restoration")).await.assert_status(200);
    agree(&head, "a restoration").await;
    let shares =
        json!([{ "chamber_id": first, "share_bp": 4_000 }, { "chamber_id": second, "share_bp": 6_000 }]);
    let asked = json!({ "shares": shares, "reason": "共同引荐" });
    head.post_json(&api(&other, "/attribution"), asked).await.assert_status(201);
    agree(&head, "shares").await;
    let body = json!({ "lead_id": other["id"], "leader": app.person(Role::CountyLeader).username });
    let became = head.post_json("/api/v1/projects", body).await.assert_status(201).json();
    sign(&app, &became, "2025-08-01").await;
    agree(&head, "the contract of a shared lead's project").await;
    let own = project(&app, &first, "2025-02-01").await;
    reached(&app, &own, "construction_start", "2025-09-01", "construction_permit").await;
    agree(&head, "a milestone").await;
    let etag = read(&head, &own).await.etag();
    head.patch_json(&path(&own, ""), &etag, of(&second)).await.assert_status(200);
    agree(&head, "an edit that moves a project to another chamber").await;
    let etag = read(&head, &own).await.etag();
    head.delete(&path(&own, ""), &etag).await.assert_status(204);
    agree(&head, "the deletion of a project").await;
    let merger = json!({ "into": first });
    head.post_json(&format!("/api/v1/chambers/{second}/merger"), merger).await.assert_status(200);
    agree(&head, "a merger").await;
}
