//! Teams over the API.

use crate::api::parameter::{page, sort_by, text, texts, word};
use crate::api::{Operation, delete, get, patch, post};
use crate::teams::forms::{TeamBody, TeamMemberBody, TripBody};
use crate::teams::handlers::{members, trips};
use crate::teams::model::TeamKind;
use crate::teams::queries::ORDER;
use crate::teams::view::{TeamMemberView, TeamView, TripView};
use serde_json::json;

/// Every operation on teams.
pub fn all() -> Vec<Operation> {
    let one = |operation: Operation| operation.answers::<TeamView>(200).versioned();
    vec![
        get("/api/v1/teams", "team-list")
            .query([word::<TeamKind>("kind"), texts("county"), text("q"), sort_by(ORDER.field)])
            .query(page())
            .sample("kind=joint&count=true")
            .lists::<TeamView>(),
        post("/api/v1/teams", "team-create")
            .takes_with::<TeamBody>(&["name", "kind"])
            .example(json!({
                "name": "灵山县驻莞招商队",
                "kind": "joint",
                "county": "450721",
                "leader": "示例队长",
            }))
            .answers::<TeamView>(201)
            .versioned()
            .located(),
        one(get("/api/v1/teams/{id}", "team-read")),
        one(patch("/api/v1/teams/{id}", "team-update"))
            .patches::<TeamBody>()
            .example(json!({ "leader": "示例新队长" })),
        delete("/api/v1/teams/{id}", "team-delete").needs_version().answers_nothing().fails(&[409]),
        get("/api/v1/teams/{id}/members", "team-member-list")
            .query([sort_by(members::ORDER.field)])
            .query(page())
            .lists::<TeamMemberView>(),
        post("/api/v1/teams/{id}/members", "team-member-add")
            .honours_version()
            .takes_with::<TeamMemberBody>(&["from_on"])
            .example(json!({ "name": "示例队员", "post": "副队长", "from_on": "2025-03-01" }))
            .answers::<TeamMemberView>(201)
            .versioned()
            .located(),
        patch("/api/v1/teams/{id}/members/{member}", "team-member-update")
            .patches::<TeamMemberBody>()
            .example(json!({ "to_on": "2026-08-01" }))
            .answers::<TeamMemberView>(200)
            .versioned(),
        delete("/api/v1/teams/{id}/members/{member}", "team-member-remove").needs_version().answers_nothing(),
        get("/api/v1/teams/{id}/trips", "team-trip-list")
            .query([sort_by(trips::ORDER.field)])
            .query(page())
            .lists::<TripView>(),
        post("/api/v1/teams/{id}/trips", "team-trip-add")
            .honours_version()
            .takes_with::<TripBody>(&["kind", "from_on", "region", "purpose"])
            .example(json!({
                "kind": "resident",
                "from_on": "2026-03-02",
                "to_on": "2026-05-29",
                "region": "441900",
                "purpose": "拜访玩具企业",
                "people": "示例队长、示例队员",
            }))
            .answers::<TripView>(201)
            .versioned()
            .located(),
        patch("/api/v1/teams/{id}/trips/{trip}", "team-trip-update")
            .patches::<TripBody>()
            .example(json!({ "result": "走访 12 家，2 家有意向。" }))
            .answers::<TripView>(200)
            .versioned(),
        delete("/api/v1/teams/{id}/trips/{trip}", "team-trip-remove").needs_version().answers_nothing(),
    ]
}
