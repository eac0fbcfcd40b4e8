//! All SQL of projects. Reads begin at `visible_to`: outside it a project does not exist.

mod contract;
mod landing;
mod list;
mod record;
mod scope;
mod stays;

pub use contract::{
    Contract, ContractKind, ContractParts, ContractYear, Funding, Supplement, contract_of, contract_parts_of,
    contracts_of, insert_supplement, put_contract,
};
pub use landing::{has_landed_once, landed_once, landing_of, landings_of, note_landing};
pub use list::{ProjectFilter, ProjectPage, Sort, SortField, contract_investment, count, page};
pub use record::{
    Names, code_of, count_in_hand, find, find_by_code, find_by_names, find_named, find_of_lead,
    has_filing_code, has_phases, insert, insert_leader_change, latest_change, leader_changes_of, names_of,
    next_code, number_of, of_leads, state, update, visible_ids,
};
pub use scope::{Visible, VisibleMilestones, in_statistics_of, sees_all, visible_milestones, visible_to};
pub use stays::{insert_stay, stays_of};
