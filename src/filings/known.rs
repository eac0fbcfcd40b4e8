//! A filing with what it is for, as its reader knows it: what its papers hang at.

use crate::accounts::Actor;
use crate::db::{AnyConn, Id};
use crate::filings::model::Filing;
use crate::filings::policy::{self, View};
use crate::filings::queries::{self, Case};
use diesel::QueryResult;

/// A filing that its reader sees.
#[derive(Debug, Clone)]
pub struct KnownFiling {
    pub filing: Filing,
    pub case: Case,
    /// The reader sees all of it: more than its name, and the lead or project that it is of. A county whose referrer
    /// filed elsewhere does not, and its papers name the investor.
    pub is_whole: bool,
}

impl KnownFiling {
    /// The filing, if it exists for the actor.
    pub fn find(conn: &mut AnyConn, actor: &Actor, id: &Id) -> QueryResult<Option<Self>> {
        match queries::find_visible(conn, actor, id.as_str())? {
            Some(filing) => Self::of(conn, actor, filing).map(Some),
            None => Ok(None),
        }
    }

    /// A filing that the actor sees.
    pub fn of(conn: &mut AnyConn, actor: &Actor, filing: Filing) -> QueryResult<Self> {
        let mut known = Self::of_all(conn, actor, vec![filing.clone()])?;
        let nothing = KnownFiling { filing, case: Case::default(), is_whole: false };
        Ok(known.pop().unwrap_or(nothing))
    }

    /// Filings that the actor sees; the questions are as many however many they are.
    pub fn of_all(conn: &mut AnyConn, actor: &Actor, filings: Vec<Filing>) -> QueryResult<Vec<Self>> {
        let families = queries::families_of(conn, &filings)?;
        let mut cases = queries::cases_of(conn, &filings, &families)?;
        let leads = cases.values().filter_map(|case| Some(case.lead.as_ref()?.id.clone())).collect();
        let projects = cases.values().filter_map(|case| Some(case.project.as_ref()?.id.clone())).collect();
        let mut seen = queries::seen_leads(conn, actor, leads)?;
        seen.extend(queries::seen_projects(conn, actor, projects)?);
        let reads = policy::reads(actor.role) && policy::view_of(actor.role) == View::All;
        let known = filings.into_iter().map(|filing| {
            let case = cases.remove(&filing.id).unwrap_or_default();
            let sees_lead = case.lead.as_ref().is_some_and(|lead| seen.contains(&lead.id));
            let sees_project = case.project.as_ref().is_some_and(|project| seen.contains(&project.id));
            KnownFiling { filing, case, is_whole: reads && (sees_lead || sees_project) }
        });
        Ok(known.collect())
    }
}
