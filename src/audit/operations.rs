//! The trail over the API.

use crate::api::parameter::{day, page, sort_by, text};
use crate::api::{Operation, get};
use crate::audit::view::EntryView;

/// The one operation there is.
pub fn all() -> Vec<Operation> {
    vec![
        get("/api/v1/audit", "audit-list")
            .query([text("actor"), text("action"), text("subject"), day("from"), day("to"), sort_by("at")])
            .query(page())
            .sample("action=lead.create&from=2026-11-01")
            .lists::<EntryView>(),
    ]
}
