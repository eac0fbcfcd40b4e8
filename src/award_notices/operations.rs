//! Notices over the API.

use super::view::NoticeView;
use crate::api::parameter::page;
use crate::api::{Operation, get};

/// Every operation on them.
pub fn all() -> Vec<Operation> {
    vec![
        get("/api/v1/award-notices", "award-notice-list")
            .for_everybody()
            .query(page())
            .sample("count=true")
            .lists::<NoticeView>(),
    ]
}
