//! Who may come in, how, and for how long; who keeps the users.

mod command_line;
mod health;
mod idempotency;
mod password;
mod sessions;
mod set_up;
mod sign_in;
mod tokens;
mod users;
mod users_pages;
