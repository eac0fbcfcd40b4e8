//! All SQL of referrers. Reads for an actor begin at `visible_to`: outside it a referrer does not exist.

mod list;
mod merging;
mod record;

pub use list::{count, leads_of, others, page, visible_to};
pub use merging::{move_leads, move_projects};
pub use record::{
    choices, delete, find, find_by_name, find_visible, insert, insert_for_review, is_named, next_code, update,
};
