//! One filing, those of a lead, project or referrer, and what was said of them.

use super::visible_to;
use crate::accounts::Actor;
use crate::db::{AnyConn, Id, series};
use crate::filings::model::{Confirmation, Filing, Party};
use crate::leads;
use crate::projects::model::Project;
use crate::schema::{filing_confirmations, filings, referrers};
use chrono::NaiveDateTime;
use diesel::dsl::{exists, not};
use diesel::prelude::*;

/// By id or code, if it exists for the actor.
pub fn find_visible(conn: &mut AnyConn, actor: &Actor, id_or_code: &str) -> QueryResult<Option<Filing>> {
    visible_to(conn, actor)?
        .filter(filings::id.eq(id_or_code.to_owned()).or(filings::code.eq(id_or_code.to_owned())))
        .select(Filing::as_select())
        .first(conn)
        .optional()
}

/// A filing, whoever asks.
pub fn find(conn: &mut AnyConn, id: &Id) -> QueryResult<Option<Filing>> {
    filings::table.find(id).select(Filing::as_select()).first(conn).optional()
}

/// The filings of a referrer that exist for the actor, the latest first.
pub fn of_referrer(conn: &mut AnyConn, actor: &Actor, referrer: &Id) -> QueryResult<Vec<Filing>> {
    visible_to(conn, actor)?
        .filter(filings::referrer_id.eq(referrer.clone()))
        .order((filings::filed_on.desc(), filings::id.desc()))
        .select(Filing::as_select())
        .load(conn)
}

/// The filings of a lead, and of those that were merged into it, that exist for the actor, in the order of filing.
pub fn of_lead(conn: &mut AnyConn, actor: &Actor, lead: &Id) -> QueryResult<Vec<Filing>> {
    let leads = read_with(conn, Some(lead))?;
    visible_to(conn, actor)?
        .filter(filings::lead_id.eq_any(leads))
        .order((filings::filed_on.asc(), filings::id.asc()))
        .select(Filing::as_select())
        .load(conn)
}

/// Open filings of what a liaison's chamber brought of which it has said nothing yet, the latest first; those of the
/// chamber itself are not for it to confirm.
pub fn waiting_for_chamber(conn: &mut AnyConn, actor: &Actor, limit: i64) -> QueryResult<Vec<Filing>> {
    let own =
        referrers::table.filter(referrers::chamber_id.eq(actor.chamber_id.clone())).select(referrers::id);
    let said = filing_confirmations::table
        .filter(filing_confirmations::filing_id.eq(filings::id))
        .filter(filing_confirmations::party.eq(Party::Chamber));
    visible_to(conn, actor)?
        .filter(filings::withdrawn_on.is_null())
        .filter(not(filings::referrer_id.eq_any(own)))
        .filter(not(exists(said.select(filing_confirmations::filing_id))))
        .order((filings::filed_on.desc(), filings::id.desc()))
        .limit(limit)
        .select(Filing::as_select())
        .load(conn)
}

/// The filings of a project, its lead's and those of leads merged with it among them, in the order of filing, whoever asks.
pub fn of_project(conn: &mut AnyConn, project: &Project) -> QueryResult<Vec<Filing>> {
    let of_project = filings::project_id.eq(Some(project.id.clone()));
    let of_lead = filings::lead_id.eq_any(read_with(conn, project.lead_id.as_ref())?);
    filings::table
        .filter(of_project.or(of_lead))
        .order((filings::filed_on.asc(), filings::id.asc()))
        .select(Filing::as_select())
        .load(conn)
}

/// The leads whose filings are read with those of this one.
fn read_with(conn: &mut AnyConn, lead: Option<&Id>) -> QueryResult<Vec<Option<Id>>> {
    let Some(lead) = lead else { return Ok(Vec::new()) };
    let families = leads::queries::families(conn, std::slice::from_ref(lead))?;
    Ok(families.leads().cloned().map(Some).collect())
}

/// Whether a referrer has an open filing of the lead, or one that was merged with it, or of the project.
pub fn is_open(conn: &mut AnyConn, filing: &Filing) -> QueryResult<bool> {
    let leads = read_with(conn, filing.lead_id.as_ref())?;
    let same = filings::table
        .filter(filings::referrer_id.eq(&filing.referrer_id))
        .filter(filings::withdrawn_on.is_null())
        .filter(filings::lead_id.eq_any(leads).or(filings::project_id.eq(&filing.project_id)));
    diesel::select(exists(same.select(filings::id))).get_result(conn)
}

/// The next code of a year, such as `BA-2026-0001`.
pub fn next_code(conn: &mut AnyConn, year: i32) -> QueryResult<String> {
    Ok(format!("BA-{year}-{:04}", series::next(conn, &format!("filing-{year}"))?))
}

pub fn insert(conn: &mut AnyConn, filing: &Filing) -> QueryResult<()> {
    diesel::insert_into(filings::table).values(filing.clone()).execute(conn).map(drop)
}

/// Writes the filing over its row, with the next version, if nobody changed it since; `None` when somebody did.
pub fn update(conn: &mut AnyConn, mut filing: Filing, now: NaiveDateTime) -> QueryResult<Option<Filing>> {
    let read = filing.version;
    filing.version = read + 1;
    filing.updated_at = now;
    let row = filings::table.find(filing.id.clone()).filter(filings::version.eq(read));
    let changed = diesel::update(row).set(filing.clone()).execute(conn)?;
    Ok((changed == 1).then_some(filing))
}

/// What the parties said of several filings, in the order in which they said it.
pub fn confirmations_of(conn: &mut AnyConn, ids: &[Id]) -> QueryResult<Vec<Confirmation>> {
    filing_confirmations::table
        .filter(filing_confirmations::filing_id.eq_any(ids.to_vec()))
        .order((filing_confirmations::at.asc(), filing_confirmations::party.asc()))
        .select(Confirmation::as_select())
        .load(conn)
}

pub fn insert_confirmation(conn: &mut AnyConn, confirmation: &Confirmation) -> QueryResult<()> {
    diesel::insert_into(filing_confirmations::table).values(confirmation.clone()).execute(conn).map(drop)
}
