//! Requests of accounts: the door, one's own account, and the administration of users.

pub mod account;
pub mod language;
pub mod me;
pub mod password;
pub mod sessions;
pub mod set_up;
pub mod sign_in;
pub mod tokens;
pub mod users;
