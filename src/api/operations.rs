//! All operations, in the order of the page.

use super::operation::{Content, Operation, get};
use crate::{
    about_to, accounts, attachments, attributions, audit, award_applications, award_notices, awards,
    chambers, claims, comparison, duplicates, employment, events, filings, follow_ups, imports, leads,
    milestones, notices, policies, projects, questions, quota, recommendations, reference, referrers,
    saved_searches, search, teams, townsmen,
};

/// The operations on one resource.
pub struct Part {
    /// Its word; the message is `api-part-<key>`.
    pub key: &'static str,
    pub operations: Vec<Operation>,
}

/// Every operation of `/api/v1`.
pub fn parts() -> Vec<Part> {
    let part = |key, operations| Part { key, operations };
    vec![
        part("leads", leads::operations::all()),
        part("follow-ups", follow_ups::operations::all()),
        part("questions", questions::operations::all()),
        part("attributions", attributions::operations::all()),
        part("duplicates", duplicates::operations::all()),
        part("claims", claims::operations::all()),
        part("search", search::operations::all()),
        part("saved-searches", saved_searches::operations::all()),
        part("imports", imports::operations::all()),
        part("projects", projects::operations::all()),
        part("milestones", milestones::operations::all()),
        part("employment", employment::operations::all()),
        part("attachments", attachments::operations::all()),
        part("policies", policies::operations::all()),
        part("quota", quota::operations::all()),
        part("awards", awards::operations::all()),
        part("award-applications", award_applications::operations::all()),
        part("award-notices", award_notices::operations::all()),
        part("about-to", about_to::operations::all()),
        part("comparison", comparison::operations::all()),
        part("chambers", chambers::operations::all()),
        part("evidence", chambers::evidence::operations::all()),
        part("referrers", referrers::operations::all()),
        part("recommendations", recommendations::operations::all()),
        part("townsmen", townsmen::operations::all()),
        part("events", events::operations::all()),
        part("teams", teams::operations::all()),
        part("notices", notices::operations::all()),
        part("filings", filings::operations::all()),
        part("reference", reference::operations::all()),
        part("account", accounts::operations::of_oneself()),
        part("users", accounts::operations::of_users()),
        part("audit", audit::operations::all()),
        part(
            "api",
            vec![get("/api/v1/openapi.json", "document-read").open().answers_with(200, Content::Any)],
        ),
    ]
}
