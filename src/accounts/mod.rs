//! Accounts: users, roles, sign-in, sessions and API tokens.
//!
//! The rules of sign-in stand in `sign_in`, what a password must be in `password`.

pub mod admin_pages;
pub mod device;
pub mod forms;
pub mod handlers;
pub mod model;
pub mod operations;
pub mod pages;
pub mod password;
pub mod policy;
pub mod queries;
pub mod registry;
pub mod rules;
pub mod set_up;
pub mod sign_in;
pub mod token;

pub use model::{Actor, Locale, Role, User, Via};
