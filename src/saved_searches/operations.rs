//! Saved searches over the API.

use crate::api::parameter::{page, sort_by};
use crate::api::{Operation, delete, get, patch, post};
use crate::saved_searches::forms::{SavedSearchBody, SavedSearchChange};
use crate::saved_searches::handlers::list::ORDER;
use crate::saved_searches::handlers::matches::ORDER as MATCH_ORDER;
use crate::saved_searches::handlers::reading::SavedSearchReading;
use crate::saved_searches::view::{SavedSearchMatch, SavedSearchView};
use serde_json::json;

/// Every operation on saved searches.
pub fn all() -> Vec<Operation> {
    let one = |operation: Operation| operation.answers::<SavedSearchView>(200).versioned();
    vec![
        get("/api/v1/saved-searches", "saved-search-list")
            .query([sort_by(ORDER.field)])
            .query(page())
            .sample("count=true")
            .lists::<SavedSearchView>(),
        post("/api/v1/saved-searches", "saved-search-create")
            .takes_with::<SavedSearchBody>(&["name", "query"])
            .example(json!({ "name": "灵山玩具", "query": "q=玩具&county=450721", "tell": true }))
            .answers::<SavedSearchView>(201)
            .versioned()
            .located(),
        one(get("/api/v1/saved-searches/{id}", "saved-search-read")),
        one(patch("/api/v1/saved-searches/{id}", "saved-search-update"))
            .patches::<SavedSearchChange>()
            .example(json!({ "name": "灵山毛绒玩具", "shared": true })),
        delete("/api/v1/saved-searches/{id}", "saved-search-delete").needs_version().answers_nothing(),
        one(post("/api/v1/saved-searches/{id}/subscription", "saved-search-subscribe").honours_version()),
        one(delete("/api/v1/saved-searches/{id}/subscription", "saved-search-unsubscribe").needs_version()),
        get("/api/v1/saved-searches/{id}/matches", "saved-search-match-list")
            .query([sort_by(MATCH_ORDER.field)])
            .query(page())
            .lists::<SavedSearchMatch>(),
        one(post("/api/v1/saved-searches/{id}/reading", "saved-search-look"))
            .may_take::<SavedSearchReading>()
            .example(json!({ "through": "01890000-0000-7000-8000-000000000000" })),
    ]
}
