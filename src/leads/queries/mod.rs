//! All SQL of leads. Reads begin at `visible_to`: outside it a lead does not exist.

mod filter;
mod history;
mod list;
mod merging;
mod record;
mod scope;

pub use filter::{LeadFilter, OpenQuestion};
pub use history::{
    assignments_of, assignments_of_leads, handovers_of, insert_assignment, insert_stage_change,
    insert_status_change, stage_changes_of, stage_changes_of_leads, status_changes_of,
    status_changes_of_leads,
};
pub use list::{At, LeadPage, LeadRow, Listed, Sort, SortField, count, listed, page};
pub use merging::{Families, codes_of, families, find_merged, merged_into};
pub use record::{
    Known, Names, completeness, count_in_hand, delete, enterprises, find, find_by_code, find_deleted, insert,
    latest_change, names_of, restore, update, visible_ids,
};
pub use scope::{Visible, search_scope, visible_to};
