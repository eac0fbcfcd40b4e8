//! Whom a line names: a user of the right role, else a name that stays.

use crate::accounts::Role;
use crate::db::Id;
use crate::imports::conversion::People;

/// The county leader of this name, before all one of the county.
pub fn leader(people: &People, name: &str, county: Option<&str>) -> Option<Id> {
    let is_near = |region: Option<&str>| region.is_none() || region == county;
    let near = people.one(name, |user| user.role == Role::CountyLeader && is_near(user.region.as_deref()));
    // An enclave project may be led from the county that it is registered for.
    near.or_else(|| people.one(name, |user| user.role == Role::CountyLeader))
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
