//! Quotas over the API.

use crate::api::parameter::year;
use crate::api::{Operation, get};
use crate::quota::view::QuotaView;

/// Every operation on quotas.
pub fn all() -> Vec<Operation> {
    vec![
        get("/api/v1/pool/quota", "quota-read")
            .query([year("year")])
            .sample("year=2024")
            .answers::<QuotaView>(200),
    ]
}
