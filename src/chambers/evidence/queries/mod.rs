//! All SQL of evidence. Whether a chamber exists for an actor is found out first.

mod confirmed;
mod facts;
mod weights;

pub use confirmed::{confirmed_of, insert, labels_of, president_of, revoke};
pub use facts::{Filter, Origin, by_chamber, rows_of};
pub use weights::{insert_weights, version, weights};
