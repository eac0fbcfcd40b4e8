//! Contacts (联系人): the person to talk to. Phone and mail are encrypted under the contact's own key,
//! masked on screen, and shown one at a time, with a logged reason.

pub mod model;
pub mod queries;

pub use model::{Contact, ContactInput};
