//! What every test stands on: an application of its own, on a database of its own, and people to use it.
//!
//! SQLite unless `YINFENG_TEST_DATABASE_URL` names a PostgreSQL server; the same tests run on both.

#![allow(dead_code, unused_imports, reason = "the rooms that use the rest of it are being built")]

mod app;
mod client;
pub mod database;
pub mod leads;
pub mod log;
mod people;
pub mod program;
mod response;
pub mod search_server;

pub use app::TestApp;
pub use client::{Client, Request};
pub use people::PASSWORD;
pub use response::Response;
