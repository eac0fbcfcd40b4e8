//! The comparison over the API.

use crate::api::parameter::year;
use crate::api::{Operation, get};
use crate::comparison::view::ComparisonView;

/// Every operation on it.
pub fn all() -> Vec<Operation> {
    vec![
        get("/api/v1/pool/comparison", "comparison-read")
            .query([year("year")])
            .sample("year=2024")
            .answers::<ComparisonView>(200),
    ]
}
