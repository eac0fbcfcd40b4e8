//! The question for duplicates over the API.

use crate::api::parameter::text;
use crate::api::{Operation, get};
use crate::duplicates::handlers::question::Duplicates;

/// The one operation there is.
pub fn all() -> Vec<Operation> {
    vec![
        get("/api/v1/duplicates", "duplicate-ask")
            .query([text("investor_name"), text("uscc"), text("phone"), text("contact_name")])
            .sample("investor_name=Example")
            .answers::<Duplicates>(200)
            .fails(&[429]),
    ]
}
