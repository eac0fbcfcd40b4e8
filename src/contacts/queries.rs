//! All SQL of contacts.

use crate::contacts::model::Contact;
use crate::db::{AnyConn, Id};
use crate::execute;
use crate::schema::contacts;
use diesel::prelude::*;

pub fn of_lead(conn: &mut AnyConn, lead: &Id) -> QueryResult<Option<Contact>> {
    contacts::table.filter(contacts::lead_id.eq(lead)).select(Contact::as_select()).first(conn).optional()
}

/// Writes the lead's one contact, over what is there; `None` takes it away.
pub fn put(conn: &mut AnyConn, lead: &Id, contact: Option<&Contact>) -> QueryResult<()> {
    diesel::delete(contacts::table.filter(contacts::lead_id.eq(lead))).execute(conn)?;
    if let Some(contact) = contact {
        diesel::insert_into(contacts::table).values(contact.clone()).execute(conn)?;
    }
    Ok(())
}

/// Adds the contact of a lead that has none.
pub fn insert(conn: &mut AnyConn, contact: &Contact) -> QueryResult<()> {
    execute!(conn, diesel::insert_into(contacts::table).values(contact)).map(drop)
}

/// The contacts of many leads.
pub fn of_leads(conn: &mut AnyConn, leads: &[Id]) -> QueryResult<Vec<Contact>> {
    contacts::table.filter(contacts::lead_id.eq_any(leads.to_vec())).select(Contact::as_select()).load(conn)
}
