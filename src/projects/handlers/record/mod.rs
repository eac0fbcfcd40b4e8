//! A project: entering, reading, editing.

mod api;
mod conflict;
mod entry;
mod events;
mod form;
mod show;

pub use api::{create, delete, show, update};
pub use form::{edit_form, new_form, submit, submit_edit};
pub use show::page;
