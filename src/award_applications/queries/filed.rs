//! What the register and the filings know of payees: read here, written in their own rooms. A filing of a lead is one
//! of the project that the lead, or the one it was merged into, became.

use crate::accounts::Role;
use crate::db::{AnyConn, Id};
use crate::filings::rules::is_official;
use crate::leads;
use crate::projects::model::Project;
use crate::referrers::Referrer;
use crate::referrers::model::ReferrerKind;
use crate::schema::{filing_confirmations, filings, referral_shares, referrer_members, referrers, users};
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::HashMap;

/// What an award asks of a referrer.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    pub id: Id,
    pub code: String,
    pub name: String,
    pub region: Option<String>,
    pub uscc: Option<String>,
    /// As declared, payees of a team among it.
    pub public_employee: Option<bool>,
    /// The user that he is.
    pub user_id: Option<Id>,
    /// A team in which nobody is, or is any more.
    pub lacks_members: bool,
    /// Of a team, by name: those members who are paid.
    pub paid_members: Vec<String>,
    pub kind: ReferrerKind,
    /// It is a chamber, as an organisation.
    pub is_chamber: bool,
}

/// A referrer's row: id, code, name, region, credit code, declaration, user, chamber, kind.
type Row =
    (Id, String, String, Option<String>, Option<String>, Option<bool>, Option<Id>, Option<Id>, ReferrerKind);

/// These referrers by id.
pub fn referrers_of(conn: &mut AnyConn, ids: &[Id]) -> QueryResult<HashMap<Id, Known>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<Row> = referrers::table
        .filter(referrers::id.eq_any(ids.to_vec()))
        .select((
            referrers::id,
            referrers::code,
            referrers::name,
            referrers::region,
            referrers::uscc,
            referrers::public_employee,
            referrers::user_id,
            referrers::chamber_id,
            referrers::kind,
        ))
        .load(conn)?;
    let members: Vec<(Id, bool, Option<bool>, String)> = referrer_members::table
        .filter(referrer_members::referrer_id.eq_any(ids.to_vec()))
        .filter(referrer_members::left_on.is_null())
        .order(referrer_members::id.asc())
        .select((
            referrer_members::referrer_id,
            referrer_members::is_payee,
            referrer_members::public_employee,
            referrer_members::name,
        ))
        .load(conn)?;
    let known = |(id, code, name, region, uscc, declared, user_id, chamber_id, kind): Row| {
        let paid = || members.iter().filter(|(team, is_paid, ..)| *team == id && *is_paid);
        let known = Known {
            code,
            name,
            region,
            uscc,
            public_employee: declaration(paid().map(|(_, _, said, _)| *said).chain([declared])),
            user_id,
            lacks_members: kind == ReferrerKind::Team && members.iter().all(|(team, ..)| *team != id),
            paid_members: paid().map(|(.., name)| name.clone()).collect(),
            kind,
            is_chamber: chamber_id.is_some(),
            id: id.clone(),
        };
        (id, known)
    };
    Ok(rows.into_iter().map(known).collect())
}

/// What several payees declared together: one public employee is enough, and so is one who said nothing.
fn declaration(said: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let said: Vec<Option<bool>> = said.collect();
    if said.contains(&Some(true)) { Some(true) } else { (!said.contains(&None)).then_some(false) }
}

/// Roles of the users that referrers are.
pub fn roles_of(conn: &mut AnyConn, ids: &[Id]) -> QueryResult<HashMap<Id, Role>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = users::table.filter(users::id.eq_any(ids.to_vec())).select((users::id, users::role));
    Ok(rows.load::<(Id, Role)>(conn)?.into_iter().collect())
}

/// Of these names those by which an active user with an official role is known.
pub fn officials_named(conn: &mut AnyConn, names: &[String]) -> QueryResult<Vec<String>> {
    let roles: Vec<Role> = Role::ALL.iter().copied().filter(|role| is_official(*role)).collect();
    users::table
        .filter(users::display_name.eq_any(names.to_vec()))
        .filter(users::role.eq_any(roles))
        .filter(users::active.eq(true))
        .order(users::display_name.asc())
        .select(users::display_name)
        .distinct()
        .load(conn)
}

/// A filing in a leading role.
#[derive(Debug, Clone, PartialEq)]
pub struct Filing {
    pub id: Id,
    pub referrer_id: Id,
    pub filed_on: NaiveDate,
    /// Nobody is paid by it any more; who confirmed it keeps that duty.
    pub is_withdrawn: bool,
    /// (party, who confirmed), of those who did.
    pub confirmed: Vec<(String, Id)>,
}

/// The leading filings of a project that were not withdrawn, the first one first.
pub fn of_project(conn: &mut AnyConn, project: &Project) -> QueryResult<Vec<Filing>> {
    let mut all = of_projects(conn, std::slice::from_ref(project))?.remove(&project.id).unwrap_or_default();
    all.retain(|one| !one.is_withdrawn);
    Ok(all)
}

/// A filing's row: id, lead, project, referrer, day, day of its withdrawal.
type FilingRow = (Id, Option<Id>, Option<Id>, Id, NaiveDate, Option<NaiveDate>);

/// The leading filings of several projects, withdrawn ones among them, those of each with the first one first.
pub fn of_projects(conn: &mut AnyConn, projects: &[Project]) -> QueryResult<HashMap<Id, Vec<Filing>>> {
    let ids: Vec<Option<Id>> = projects.iter().map(|project| Some(project.id.clone())).collect();
    let leads: Vec<Id> = projects.iter().filter_map(|project| project.lead_id.clone()).collect();
    let families = leads::queries::families(conn, &leads)?;
    let leads: Vec<Option<Id>> = families.leads().cloned().map(Some).collect();
    let rows: Vec<FilingRow> = filings::table
        .filter(filings::role.eq("leading"))
        .filter(filings::project_id.eq_any(ids).or(filings::lead_id.eq_any(leads)))
        .order((filings::filed_on.asc(), filings::id.asc()))
        .select((
            filings::id,
            filings::lead_id,
            filings::project_id,
            filings::referrer_id,
            filings::filed_on,
            filings::withdrawn_on,
        ))
        .load(conn)?;
    let ids: Vec<Id> = rows.iter().map(|(id, ..)| id.clone()).collect();
    let said: Vec<(Id, String, Id)> = if ids.is_empty() {
        Vec::new()
    } else {
        filing_confirmations::table
            .filter(filing_confirmations::filing_id.eq_any(ids))
            .filter(filing_confirmations::decision.eq("confirmed"))
            .select((
                filing_confirmations::filing_id,
                filing_confirmations::party,
                filing_confirmations::by_user,
            ))
            .load(conn)?
    };
    let mut confirmed: HashMap<Id, Vec<(String, Id)>> = HashMap::new();
    for (filing, party, by) in said {
        confirmed.entry(filing).or_default().push((party, by));
    }
    let mut found: HashMap<Id, Vec<Filing>> = HashMap::new();
    for (id, lead, of, referrer_id, filed_on, withdrawn_on) in rows {
        let confirmed = confirmed.remove(&id).unwrap_or_default();
        let is_withdrawn = withdrawn_on.is_some();
        let filing = Filing { id, referrer_id, filed_on, is_withdrawn, confirmed };
        let stayed = lead.as_ref().map(|lead| families.stayed(lead));
        let is_of = |project: &&Project| {
            let became = project.lead_id.as_ref().map(|lead| families.stayed(lead));
            of.as_ref() == Some(&project.id) || (stayed.is_some() && became == stayed)
        };
        for project in projects.iter().filter(is_of) {
            found.entry(project.id.clone()).or_default().push(filing.clone());
        }
    }
    Ok(found)
}

/// The agreed shares of several projects, each in the order of filing.
pub fn shares_of_projects(conn: &mut AnyConn, projects: &[Id]) -> QueryResult<HashMap<Id, Vec<(Id, i64)>>> {
    let rows: Vec<(Id, Id, i64)> = referral_shares::table
        .filter(referral_shares::project_id.eq_any(projects.to_vec()))
        .order((referral_shares::position.asc(), referral_shares::referrer_id.asc()))
        .select((referral_shares::project_id, referral_shares::referrer_id, referral_shares::share_bp))
        .load(conn)?;
    let mut found: HashMap<Id, Vec<(Id, i64)>> = HashMap::new();
    for (project, referrer, share) in rows {
        found.entry(project).or_default().push((referrer, share));
    }
    Ok(found)
}

/// The agreed shares of a project's referrers, in the order of filing.
pub fn shares_of(conn: &mut AnyConn, project: &Id) -> QueryResult<Vec<(Id, i64)>> {
    referral_shares::table
        .filter(referral_shares::project_id.eq(project))
        .order((referral_shares::position.asc(), referral_shares::referrer_id.asc()))
        .select((referral_shares::referrer_id, referral_shares::share_bp))
        .load(conn)
}

/// These referrers as stored, by id.
pub fn rows_of(conn: &mut AnyConn, ids: &[Id]) -> QueryResult<HashMap<Id, Referrer>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = referrers::table.filter(referrers::id.eq_any(ids.to_vec())).select(Referrer::as_select());
    Ok(rows.load::<Referrer>(conn)?.into_iter().map(|row| (row.id.clone(), row)).collect())
}

/// Members of these teams who are paid, by name; the others are nobody's business.
pub fn paid_members_of(conn: &mut AnyConn, teams: &[Id]) -> QueryResult<HashMap<Id, Vec<String>>> {
    let rows: Vec<(Id, String)> = referrer_members::table
        .filter(referrer_members::referrer_id.eq_any(teams.to_vec()))
        .filter(referrer_members::is_payee.eq(true))
        .filter(referrer_members::left_on.is_null())
        .order(referrer_members::id.asc())
        .select((referrer_members::referrer_id, referrer_members::name))
        .load(conn)?;
    let mut found: HashMap<Id, Vec<String>> = HashMap::new();
    for (team, name) in rows {
        found.entry(team).or_default().push(name);
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::declaration;

    #[test]
    fn payees_together_declare_what_the_worst_of_them_does() {
        for (said, together) in [
            (vec![Some(false)], Some(false)),
            (vec![None, Some(false)], None),
            (vec![Some(false), None], None),
            (vec![None, Some(true), Some(false)], Some(true)),
        ] {
            assert_eq!(declaration(said.iter().copied()), together, "{said:?}");
        }
    }
}
