//! All SQL of contacts.

use crate::contacts::model::Contact;
use crate::db::{AnyConn, Id};
use crate::execute;
use crate::schema::{contact_phones, contacts};
use diesel::prelude::*;
use std::collections::{HashMap, HashSet};

pub fn of_lead(conn: &mut AnyConn, lead: &Id) -> QueryResult<Option<Contact>> {
    contacts::table.filter(contacts::lead_id.eq(lead)).select(Contact::as_select()).first(conn).optional()
}

/// Writes the lead's one contact, over what is there, with the hashes of its other numbers; `None` takes it away.
pub fn put(
    conn: &mut AnyConn,
    lead: &Id,
    contact: Option<&Contact>,
    others: &HashSet<String>,
) -> QueryResult<()> {
    diesel::delete(contact_phones::table.filter(contact_phones::lead_id.eq(lead))).execute(conn)?;
    diesel::delete(contacts::table.filter(contacts::lead_id.eq(lead))).execute(conn)?;
    contact.map_or(Ok(()), |contact| insert(conn, contact, others))
}

/// Adds the contact of a lead that has none.
pub fn insert(conn: &mut AnyConn, contact: &Contact, others: &HashSet<String>) -> QueryResult<()> {
    execute!(conn, diesel::insert_into(contacts::table).values(contact))?;
    for hash in others {
        let row = (contact_phones::lead_id.eq(&contact.lead_id), contact_phones::hash.eq(hash));
        execute!(conn, diesel::insert_into(contact_phones::table).values(row))?;
    }
    Ok(())
}

/// The leads whose contact has a number with this hash.
pub fn leads_with_phone(conn: &mut AnyConn, hash: &str) -> QueryResult<Vec<Id>> {
    let mut leads: Vec<Id> =
        contacts::table.filter(contacts::phone_hash.eq(hash)).select(contacts::lead_id).load(conn)?;
    let others = contact_phones::table.filter(contact_phones::hash.eq(hash));
    leads.extend(others.select(contact_phones::lead_id).load::<Id>(conn)?);
    Ok(leads)
}

/// The hashes of the contacts' numbers beside the first, by lead.
pub fn other_phones(conn: &mut AnyConn, leads: &[Id]) -> QueryResult<HashMap<Id, Vec<String>>> {
    let rows: Vec<(Id, String)> = contact_phones::table
        .filter(contact_phones::lead_id.eq_any(leads.to_vec()))
        .order((contact_phones::lead_id.asc(), contact_phones::hash.asc()))
        .load(conn)?;
    let mut hashes: HashMap<Id, Vec<String>> = HashMap::new();
    for (lead, hash) in rows {
        hashes.entry(lead).or_default().push(hash);
    }
    Ok(hashes)
}

/// The contacts of many leads.
pub fn of_leads(conn: &mut AnyConn, leads: &[Id]) -> QueryResult<Vec<Contact>> {
    contacts::table.filter(contacts::lead_id.eq_any(leads.to_vec())).select(Contact::as_select()).load(conn)
}
