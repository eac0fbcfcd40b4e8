//! Journeys of users in a real browser, against the real program: each on a server, a database and a browser
//! of its own. Needs chromium and chromedriver; without them every journey fails and says so.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test or bench fails by panicking"
)]

mod desk;
mod every_page;
mod imports;
mod keyboard;
mod liaison;
mod phone;
mod sign_in;
mod support;
