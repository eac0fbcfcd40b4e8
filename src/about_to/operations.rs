//! The four lists over the API.

use crate::about_to::view::AboutToView;
use crate::api::{Operation, get};

/// Every operation on them.
pub fn all() -> Vec<Operation> {
    vec![get("/api/v1/pool/about-to", "about-to-read").answers::<AboutToView>(200)]
}
