//! Reference data over the API.

use super::RegionKind;
use super::view::{IndustryView, ParkView, RegionView, UnitView};
use crate::api::parameter::{page, sort_by, texts, words};
use crate::api::{Operation, get};

/// Every list of reference data.
pub fn all() -> Vec<Operation> {
    let list = |path, id| {
        let operation = get(path, id).for_everybody().versioned();
        operation.query([sort_by("code")]).query(page())
    };
    vec![
        list("/api/v1/regions", "region-list")
            .query([words::<RegionKind>("kind"), texts("parent")])
            .sample("parent=450700")
            .lists::<RegionView>(),
        list("/api/v1/parks", "park-list")
            .query([texts("county")])
            .sample("county=450721")
            .lists::<ParkView>(),
        list("/api/v1/industries", "industry-list").lists::<IndustryView>(),
        list("/api/v1/units", "unit-list").lists::<UnitView>(),
    ]
}
