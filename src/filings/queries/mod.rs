//! All SQL of filings. Reads for an actor begin at `visible_to`: outside it a filing does not exist.

mod case;
mod links;
mod record;
mod scope;
mod shares;

pub use case::{
    Case, LeadBrief, ProjectBrief, cases_of, families_of, of_cases, papers_of, seen_leads, seen_projects,
};
pub use links::{Link, find_live, insert_link, latest_link, revoke_links, touch};
pub use record::{
    confirmations_of, find, find_visible, insert, insert_confirmation, is_open, next_code, of_lead,
    of_project, of_referrer, update, waiting_for_chamber,
};
pub use scope::visible_to;
pub use shares::{has_share, put_shares, shares_of};
