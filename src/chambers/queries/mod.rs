//! All SQL of chambers. Reads for an actor begin at `visible_to`: outside it a chamber does not exist.

mod entries;
mod list;
mod merging;
mod record;

pub use entries::{
    any_entry, delete_entry, entries_of, entries_of_all, entry, expiring_of, insert_entry, liaisons_of,
    members_of, move_entries, update_entry,
};
pub use list::{count, leads_of, others, page, visible_to};
pub use merging::{
    move_claims, move_follow_ups, move_leads, move_projects, move_questions, move_referrers, move_townsmen,
    move_users,
};
pub use record::{
    all_named, choices, delete, find, find_by_name, find_visible, insert, insert_for_review, is_named, names,
    next_code, of_ids, update,
};
