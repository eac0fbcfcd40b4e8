//! What a hit shows of its record, read in the asker's scope: the index may be a moment behind.

use super::SearchKind;
use super::scope::visible_companies;
use crate::accounts::Actor;
use crate::db::{AnyConn, Id};
use crate::milestones::model::MilestoneKind;
use crate::projects::policy::{View, view_of};
use crate::schema::{chambers, companies, projects, referrers};
use crate::{chambers as chamber_lists, projects as pool, referrers as payees};
use diesel::prelude::*;
use std::collections::HashMap;

/// The head of a record.
#[derive(Debug, Clone)]
pub struct RecordHead {
    pub kind: SearchKind,
    pub id: Id,
    /// Empty for a company, which has none.
    pub code: String,
    pub title: String,
    /// Of a project, for who sees more of it than its name.
    pub investor_name: Option<String>,
    pub county: Option<String>,
    /// How far a project has come.
    pub stage: Option<MilestoneKind>,
}

/// The heads of those of these records that exist for the actor.
pub fn heads(conn: &mut AnyConn, actor: &Actor, ids: &[Id]) -> QueryResult<HashMap<String, RecordHead>> {
    let mut heads = Vec::new();
    if SearchKind::Project.is_read_by(actor.role) {
        let full = view_of(actor.role) == View::Full;
        let rows = pool::queries::visible_to(actor)
            .filter(projects::id.eq_any(ids.to_vec()))
            .select((
                projects::id,
                projects::code,
                projects::title,
                projects::investor_name,
                projects::county,
                projects::stage,
            ))
            .load::<(Id, String, String, String, String, Option<MilestoneKind>)>(conn)?;
        heads.extend(rows.into_iter().map(|(id, code, title, investor, county, stage)| RecordHead {
            kind: SearchKind::Project,
            id,
            code,
            title,
            investor_name: full.then_some(investor),
            county: full.then_some(county),
            stage,
        }));
    }
    let named = |kind: SearchKind| {
        move |(id, code, title): (Id, String, String)| RecordHead {
            kind,
            id,
            code,
            title,
            investor_name: None,
            county: None,
            stage: None,
        }
    };
    if SearchKind::Company.is_read_by(actor.role) {
        let visible = visible_companies(conn, actor, ids.to_vec())?;
        let rows = companies::table
            .filter(companies::id.eq_any(visible))
            .select((companies::id, companies::name))
            .load::<(Id, String)>(conn)?;
        let rows = rows.into_iter().map(|(id, name)| (id, String::new(), name));
        heads.extend(rows.map(named(SearchKind::Company)));
    }
    if SearchKind::Referrer.is_read_by(actor.role) {
        let rows = payees::queries::visible_to(conn, actor)?
            .filter(referrers::id.eq_any(ids.to_vec()))
            .select((referrers::id, referrers::code, referrers::name))
            .load(conn)?;
        heads.extend(rows.into_iter().map(named(SearchKind::Referrer)));
    }
    if SearchKind::Chamber.is_read_by(actor.role) {
        let rows = chamber_lists::queries::visible_to(actor)
            .filter(chambers::id.eq_any(ids.to_vec()))
            .select((chambers::id, chambers::code, chambers::name))
            .load(conn)?;
        heads.extend(rows.into_iter().map(named(SearchKind::Chamber)));
    }
    Ok(heads.into_iter().map(|head| (head.id.to_string(), head)).collect())
}
