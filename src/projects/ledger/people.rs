//! Whom a line names: a user of the right role, else a name that stays.

use crate::accounts::Role;
use crate::db::Id;
use crate::imports::conversion::People;
use crate::projects::forms::ProjectBody;

/// The county leader of this name who may lead it: of its county, or of the one that an enclave project is registered
/// for.
pub fn leader(people: &People, name: &str, body: &ProjectBody) -> Option<Id> {
    let leads_in = |place: Option<&String>| {
        let place = place?;
        people.one(name, |user| user.role == Role::CountyLeader && user.region.as_ref() == Some(place))
    };
    let enclave = body.enclave.as_ref().and_then(|enclave| enclave.county.as_ref());
    leads_in(body.county.as_ref()).or_else(|| leads_in(enclave))
}

/// Who may work a project under this name.
pub fn officer(people: &People, name: &str) -> Option<Id> {
    people.one(name, |user| user.role.is_bureau() || user.role == Role::CountyOfficer)
}

/// A user for the body, else the name for the ledger's part.
pub fn either(user: Option<Id>, name: Option<String>) -> (Option<String>, Option<String>) {
    match user {
        Some(id) => (Some(id.to_string()), None),
        None => (None, name),
    }
}
