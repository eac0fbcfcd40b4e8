//! All SQL of events. Reads for an actor begin at `visible_to` and `attendees_for`: outside them a row does not exist.

mod attendees;
mod events;

pub use attendees::{
    Counts, add_guest, attendees_for, count_invited, counts_of, delete_attendee, find_attendee,
    insert_attendee, list_of, mark, move_attendees, on_the_list, unmark,
};
pub use events::{
    EventFilter, ORDER, choices, count, delete, find, find_by_key, find_by_title, find_visible, hold, insert,
    is_used, list, move_hosts, next_code, titles, update, visible_ids, visible_to,
};
