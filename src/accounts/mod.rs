//! Accounts: users, roles, sign-in, sessions and API tokens.
//!
//! The rules of sign-in stand in `sign_in`, what a password must be in `password`.

pub mod admin_pages;
pub mod model;
pub mod pages;
pub mod password;
pub mod queries;
pub mod sign_in;

pub use model::{Actor, Locale, Role, User, Via};
