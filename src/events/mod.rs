//! Events (活动): promotion events (推介会), matchmaking events (对接会) and resident campaigns (驻点招商), of the city or of a
//! county: programme, who was invited and came, the leads that came of it, what it cost and what became of it.
//!
//! An event is planned, and held or cancelled. Chambers sign up members of theirs; at the door guests check in with
//! their own phones by a code (`check_in`), or staff mark them. A lead names the event that it came of as its source.

pub mod attendance;
pub mod check_in;
pub mod editing;
pub mod forms;
pub mod handlers;
pub mod model;
pub mod operations;
pub mod pages;
pub mod policy;
pub mod qr_code;
pub mod queries;
pub mod results;
pub mod rules;
pub mod view;

pub use model::{Attendee, Event};
