//! All SQL of saved searches. Reads for an actor begin at `visible_to`: outside it one does not exist.

mod matches;
mod record;
mod subscriptions;

pub use matches::{Unseen, created, insert_match, mark_seen, unseen};
pub use record::{
    count_own, find_visible, insert, remove, unshare, update, visible, visible_to, with_parameter,
};
pub use subscriptions::{
    Wish, any_wish, known, own, standing, subscribe, surveyed, unsubscribe, unsurveyed, wishes,
};
