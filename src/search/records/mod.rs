//! What can be found beside leads: projects, companies, referrers and chambers, in an index of their own, so that the
//! leads' stays as quick as it is. Which of them exist for an asker the database says, by the scopes of their lists.

pub mod documents;
pub mod fallback;
pub mod heads;
pub mod narrowing;
pub mod phones;
pub mod scope;

use crate::accounts::Role;
use crate::text_enum;
use crate::{chambers, leads, projects, referrers};

text_enum! {
    /// What a search can be for.
    pub enum SearchKind {
        Lead = "lead",
        Project = "project",
        Company = "company",
        Referrer = "referrer",
        Chamber = "chamber",
    }
}

/// What `type` says for all kinds at once.
pub const ALL: &str = "all";

impl SearchKind {
    /// The kinds beside leads.
    pub const RECORDS: [SearchKind; 4] =
        [SearchKind::Project, SearchKind::Company, SearchKind::Referrer, SearchKind::Chamber];

    /// Whether a role has pages of it. A company's pages are those of its leads and projects.
    pub fn is_read_by(self, role: Role) -> bool {
        match self {
            SearchKind::Lead => leads::policy::uses_leads(role),
            SearchKind::Project => projects::policy::reads(role),
            SearchKind::Company => {
                leads::policy::uses_leads(role) && leads::policy::view_of(role) != leads::policy::View::Own
            }
            SearchKind::Referrer => referrers::policy::reads(role),
            SearchKind::Chamber => chambers::policy::reads(role),
        }
    }
}
