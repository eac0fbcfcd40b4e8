//! Where each role can go from every page. Only a signpost: what one may open is decided by its handler.

use serde::Serialize;

/// One way to go.
#[derive(Clone, Debug, Eq, Hash, PartialEq, Serialize)]
pub struct Entry {
    /// The message is `nav-<key>`, the picture `<key>` of icons.svg.
    pub key: &'static str,
    pub href: &'static str,
    /// Whether the page that is shown lies there.
    pub current: bool,
}

const HOME: (&str, &str) = ("home", "/");
const LEADS: (&str, &str) = ("leads", "/leads");
/// The pool's other views stand beside its table, in tabs of their own.
const PROJECTS: (&str, &str) = ("projects", "/projects");
const DUPLICATES: (&str, &str) = ("duplicates", "/duplicates");
const IMPORTS: (&str, &str) = ("imports", "/imports");
const CLAIMS: (&str, &str) = ("claims", "/claims");
const CHAMBERS: (&str, &str) = ("chambers", "/chambers");
const REFERRERS: (&str, &str) = ("referrers", "/referrers");
const EVENTS: (&str, &str) = ("events", "/events");
const RECOMMENDATIONS: (&str, &str) = ("recommendations", "/recommendations");
const TOWNSMEN: (&str, &str) = ("townsmen", "/townsmen");
const TEAMS: (&str, &str) = ("teams", "/teams");
const AWARDS: (&str, &str) = ("awards", "/award-applications");
/// For roles that know no applications: the others have it beside them.
const AWARD_NOTICES: (&str, &str) = ("award-notices", "/award-notices");
const NOTICES: (&str, &str) = ("notices", "/notices");
const USERS: (&str, &str) = ("users", "/admin/users");
const SEARCH: (&str, &str) = ("search", "/admin/search");
const AUDIT: (&str, &str) = ("audit", "/audit");

/// The entries of a role, by what its day is made of; on a phone the first four are the tabs.
pub fn entries(role: &str, path: &str) -> Vec<Entry> {
    let ways: &[(&str, &str)] = match role {
        "bureau_head" | "bureau_officer" => &[
            HOME,
            LEADS,
            PROJECTS,
            DUPLICATES,
            AWARDS,
            IMPORTS,
            CLAIMS,
            EVENTS,
            CHAMBERS,
            NOTICES,
            REFERRERS,
            TOWNSMEN,
            RECOMMENDATIONS,
            TEAMS,
        ],
        "county_officer" => &[
            HOME,
            LEADS,
            PROJECTS,
            DUPLICATES,
            AWARDS,
            IMPORTS,
            EVENTS,
            CHAMBERS,
            NOTICES,
            REFERRERS,
            TOWNSMEN,
            RECOMMENDATIONS,
            TEAMS,
        ],
        "county_leader" => &[HOME, LEADS, PROJECTS, AWARDS, EVENTS],
        "leading_group" => &[HOME, LEADS, PROJECTS, AWARDS, EVENTS, NOTICES, RECOMMENDATIONS, TEAMS],
        "chamber_liaison" => &[
            HOME,
            LEADS,
            PROJECTS,
            DUPLICATES,
            EVENTS,
            NOTICES,
            CLAIMS,
            CHAMBERS,
            REFERRERS,
            TOWNSMEN,
            RECOMMENDATIONS,
            AWARDS,
        ],
        "federation" => &[HOME, LEADS, PROJECTS, CHAMBERS, EVENTS, NOTICES, RECOMMENDATIONS, AWARD_NOTICES],
        "auditor" => &[
            HOME,
            LEADS,
            PROJECTS,
            AUDIT,
            USERS,
            AWARDS,
            CLAIMS,
            EVENTS,
            CHAMBERS,
            NOTICES,
            REFERRERS,
            TOWNSMEN,
            RECOMMENDATIONS,
            TEAMS,
        ],
        "finance_reviewer" => &[HOME, AWARDS, PROJECTS, REFERRERS, RECOMMENDATIONS],
        "approvals_officer" => &[HOME, PROJECTS, AWARD_NOTICES],
        "admin" => &[HOME, USERS, SEARCH, AUDIT, AWARD_NOTICES],
        _ => &[HOME],
    };
    ways.iter().map(|(key, href)| Entry { key, href, current: lies_in(path, href) }).collect()
}

/// Where the pool's other views lie.
const POOL: &[&str] = &["/quota", "/policies", "/about-to", "/comparison"];

/// The views beside the applications for awards.
const AWARD_VIEWS: &[&str] = &["/award-notices", "/awards/estimates"];

fn lies_in(path: &str, href: &str) -> bool {
    match href {
        "/" => path == "/",
        "/award-applications" if AWARD_VIEWS.iter().any(|view| lies_in(path, view)) => true,
        "/projects" if POOL.iter().any(|view| lies_in(path, view)) => true,
        _ => path.strip_prefix(href).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_entry_of_the_page_is_marked() {
        let marked =
            |path| entries("bureau_officer", path).into_iter().find(|entry| entry.current).map(|e| e.key);
        assert_eq!(marked("/"), Some("home"));
        assert_eq!(marked("/leads/01/closure"), Some("leads"));
        assert_eq!(marked("/leadership"), None);
        assert_eq!(marked("/quota"), Some("projects"));
        assert_eq!(marked("/award-notices"), Some("awards"));
        let federation = entries("federation", "/award-notices");
        assert_eq!(
            federation.into_iter().find(|entry| entry.current).map(|one| one.key),
            Some("award-notices")
        );
        let liaison = entries("chamber_liaison", "/notices/01");
        assert_eq!(liaison.into_iter().find(|entry| entry.current).map(|one| one.key), Some("notices"));
    }
}
