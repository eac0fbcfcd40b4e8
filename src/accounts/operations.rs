//! Users and tokens over the API.

use crate::accounts::forms::UserBody;
use crate::accounts::handlers::tokens::{TokenBody, TokenView};
use crate::accounts::handlers::users::{NewPassword, NewUser, UserView};
use crate::accounts::model::Role;
use crate::api::parameter::{flag, page, sort_by, text, word};
use crate::api::{Operation, delete, get, patch, post};
use serde_json::json;

/// Operations on one's own account.
pub fn of_oneself() -> Vec<Operation> {
    vec![
        get("/api/v1/me", "me-read").for_everybody().answers::<UserView>(200),
        get("/api/v1/tokens", "token-list")
            .for_everybody()
            .query([sort_by("created_at")])
            .query(page())
            .lists::<TokenView>(),
        post("/api/v1/tokens", "token-create")
            .for_everybody()
            .takes_with::<TokenBody>(&["name"])
            .example(json!({ "name": "每周台账导出", "days": 90 }))
            .answers::<TokenView>(201)
            .located(),
        delete("/api/v1/tokens/{id}", "token-revoke").for_everybody().answers_nothing(),
    ]
}

/// Operations on users.
pub fn of_users() -> Vec<Operation> {
    let user = |operation: Operation| operation.answers::<UserView>(200).versioned();
    vec![
        get("/api/v1/users", "user-list")
            .query([text("q"), word::<Role>("role"), flag("active"), sort_by("username")])
            .query(page())
            .sample("role=county_leader&active=true")
            .lists::<UserView>(),
        post("/api/v1/users", "user-create")
            .takes_with::<UserBody>(&["username", "display_name", "role"])
            .example(json!({
                "username": "shili",
                "display_name": "示例",
                "role": "county_officer",
                "region": "450721",
            }))
            .answers::<NewUser>(201)
            .versioned()
            .located(),
        user(get("/api/v1/users/{id}", "user-read")),
        user(patch("/api/v1/users/{id}", "user-update"))
            .patches::<UserBody>()
            .example(json!({ "active": false }))
            .fails(&[409]),
        post("/api/v1/users/{id}/password-reset", "user-password-reset")
            .honours_version()
            .answers::<NewPassword>(200)
            .versioned(),
    ]
}
