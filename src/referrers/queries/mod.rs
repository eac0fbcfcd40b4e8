//! All SQL of referrers. Reads for an actor begin at `visible_to`: outside it a referrer does not exist.

mod list;
mod members;
mod merging;
mod record;

pub use list::{count, leads_of, names, names_of_kind, others, page, seen, visible_to};
pub use members::{find_member, insert_member, members_of, update_member};
pub use merging::{move_filings, move_leads, move_members, move_projects, move_shares, move_townsmen};
pub use record::{
    Alike, alike, choices, delete, find, find_by_name, find_visible, insert, insert_for_review, is_named,
    next_code, of_ids, update,
};
