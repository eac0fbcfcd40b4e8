//! Who may come in: users, roles, sign-in, sessions, tokens.

pub mod admin_pages;
pub mod pages;
