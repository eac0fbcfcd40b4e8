//! Operations on applications for awards, each once.

use super::answers::at;
use super::contract::Contract;
use crate::award_applications::{LIST, draft, end_notice, people, referred, step, walk};
use crate::support::TestApp;
use serde_json::json;
use yinfeng::accounts::Role;

const ONE: &str = "/api/v1/award-applications/{id}";

const OVERVIEW: &str = "/api/v1/award-applications/overview";
const WHAT_IF: &str = "/api/v1/award-applications/what-if";
const NOTICES: &str = "/api/v1/award-notices";

pub async fn answers(app: &TestApp, contract: &Contract) {
    let people = people(app);
    let (project, referrer) = referred(app).await;
    // One with nothing but the project, to be changed, and one that goes the whole way.
    let bare = json!({ "project_id": project["id"], "rule": "first_above_scale" });
    let made = contract.sent("POST", LIST, 201, people.creator.post_json(LIST, bare)).await;
    let id = made.json()["id"].clone();
    let (_, change) = contract.body("PATCH", ONE).unwrap();
    let etag = made.etag();
    contract.sent("PATCH", ONE, 200, people.creator.patch_json(&at(ONE, &id), &etag, change.clone())).await;
    let entry = crate::award_applications::body(&project, &referrer);
    contract.sent("POST", LIST, 201, people.creator.post_json(LIST, entry.clone())).await;
    contract.sent("POST", LIST, 409, people.creator.post_json(LIST, entry)).await;
    let application = draft(app).await;
    let id = application["id"].clone();
    walk(app, &people, &application, "in_notice").await;
    let transitions = "/api/v1/award-applications/{id}/transitions";
    let to = |to: &str| json!({ "to": to, "reason": "示例" });
    let liaison = app.token(Role::ChamberLiaison);
    let objection = liaison.post_json(&at(transitions, &id), to("objected"));
    contract.sent("POST", transitions, 204, objection).await;
    let refused = people.bureau.post_json(&at(transitions, &id), to("approved"));
    contract.sent("POST", transitions, 403, refused).await;
    let decided = people.head.post_json(&at(transitions, &id), to("in_notice"));
    contract.sent("POST", transitions, 200, decided).await;
    end_notice(app, &application);
    step(&people.head, &application, "approved").await.assert_status(200);
    let funding = "/api/v1/award-applications/{id}/funding";
    let (_, parts) = contract.body("PUT", funding).unwrap();
    let etag = people.finance.get(&at(ONE, &id)).await.etag();
    contract.sent("PUT", funding, 200, people.finance.put_json(&at(funding, &id), &etag, parts)).await;
    step(&people.finance, &application, "paid").await.assert_status(200);
    let shown = people.finance.get(&at(ONE, &id));
    contract.sent("GET", ONE, 200, shown).await;
    let (_, change) = contract.body("PATCH", ONE).unwrap();
    contract.sent("PATCH", ONE, 409, people.creator.patch_json(&at(ONE, &id), "*", change)).await;
    contract
        .sent(
            "PUT",
            funding,
            409,
            people.finance.put_json(
                &at(funding, &id),
                "*",
                json!({ "parts": [{ "level": "city", "share_bp": 10_000 }] }),
            ),
        )
        .await;
    for (pattern, kind) in [("/papers/{paper}.pdf", "payment_list"), ("/papers/{paper}.xlsx", "payment_list")]
    {
        let pattern = format!("{ONE}{pattern}");
        let asked = people.bureau.get(&at(&pattern, &id).replace("{paper}", kind));
        contract.sent("GET", &pattern, 200, asked).await;
    }
    let checklist = format!("{ONE}/checklist");
    let asked = people.bureau.get(&format!("{}?count=true", at(&checklist, &id)));
    let asked = contract.sent("GET", &checklist, 200, asked).await.json();
    assert!(asked["total"].as_u64() > Some(0), "{asked:#}");
    let leader = app.token(Role::CountyLeader);
    contract.sent("GET", &checklist, 403, leader.get(&at(&checklist, &id))).await;
    let archive = format!("{ONE}/archive");
    contract.sent("GET", &archive, 200, people.bureau.get(&at(&archive, &id))).await;
    contract.sent("GET", &archive, 403, people.finance.get(&at(&archive, &id))).await;
    let list = people.head.get(&format!("{LIST}?count=true&limit=1"));
    contract.sent("GET", LIST, 200, list).await;
    contract.sent("GET", LIST, 200, app.token(Role::CountyLeader).get(LIST)).await;
    contract.sent("GET", NOTICES, 200, app.token(Role::ChamberLiaison).get(NOTICES)).await;
    contract.sent("GET", OVERVIEW, 200, people.head.get(OVERVIEW)).await;
    rulings(app, contract).await;
    contract.sent("GET", WHAT_IF, 200, people.head.get(WHAT_IF)).await;
}

async fn rulings(app: &TestApp, contract: &Contract) {
    let people = people(app);
    let first = draft(app).await;
    let project = json!({ "id": first["project"]["id"] });
    crate::award_applications::reach(app, &project, "production", "production_proof", "2024-03-01").await;
    let second = json!({
        "project_id": project["id"], "rule": "enterprise_referral", "payees": first["payees"].as_array().unwrap()
            .iter().map(|one| json!({ "referrer_id": one["referrer_id"], "share_bp": one["share_bp"] }))
            .collect::<Vec<_>>(),
        "facts": { "investor_from_outside_city": true, "introducer_other_industry": false, "chain_project": true },
    });
    let second = contract.sent("POST", LIST, 201, people.creator.post_json(LIST, second)).await.json();
    step(&people.creator, &first, "submitted").await.assert_status(200);
    step(&people.creator, &second, "submitted").await.assert_status(200);
    let nothing = draft(app).await;
    for path in
        ["/api/v1/award-applications/{id}/compliance-review", "/api/v1/award-applications/{id}/rulings"]
    {
        let (_, body) = contract.body("POST", path).unwrap();
        contract.sent("POST", path, 200, people.head.post_json(&at(path, &second["id"]), body.clone())).await;
        contract.sent("POST", path, 409, people.head.post_json(&at(path, &nothing["id"]), body)).await;
    }
}
