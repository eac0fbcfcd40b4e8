//! All SQL of chambers. Reads for an actor begin at `visible_to`: outside it a chamber does not exist.

mod list;
mod merging;
mod record;

pub use list::{count, leads_of, others, page, visible_to};
pub use merging::{
    move_claims, move_follow_ups, move_leads, move_projects, move_questions, move_referrers, move_users,
};
pub use record::{
    choices, delete, find, find_by_name, find_visible, insert, insert_for_review, is_named, names, next_code,
    of_ids, update,
};
