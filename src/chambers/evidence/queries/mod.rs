//! All SQL of evidence. Whether a chamber exists for an actor is found out first.

mod confirmed;
mod facts;
mod touched;
mod weights;
mod whose;

pub use confirmed::{
    Confirmation, confirmations_of, confirmed_chambers, confirmed_figures, confirmed_of, hold, insert,
    is_confirmed, labels_of, move_revoked, of_others, overlapping, president_of, revoke,
};
pub use facts::{Filter, Origin, by_chamber, rows_of};
pub use touched::{Mark, Touched};
pub use weights::{insert_weights, version, weights};
pub use whose::Whose;
