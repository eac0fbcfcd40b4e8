//! What holds of a chamber for a time (登记事项): its terms, officers, members, agreements, recognitions and service
//! points.
//!
//! One table and one life for all of them: an entry begins, ends, and stays as history. What each kind is told of, and
//! what is marked because it ends soon, is in `rules`. An entry is changed with the chamber's version and stands in the
//! chamber's trail.

pub mod body;
pub mod editing;
pub mod model;
pub mod rules;
pub mod view;

pub use model::{ChamberEntryKind, Entry};
