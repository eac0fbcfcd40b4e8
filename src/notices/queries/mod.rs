//! All SQL of notices. Reads for an actor begin at `visible_to`: outside it one does not exist.

mod list;
mod merging;
mod readings;
mod record;

pub use list::{NoticeFilter, ORDER, count, find_visible, first_unread, list, unread, visible_to};
pub use merging::move_to_chamber;
pub use readings::{
    Counted, READING_ORDER, addressed, addressed_count, counted, insert_reading, liaisons_of, own_readings,
    read_by,
};
pub use record::{chambers_of, insert, kinds_of, set_audience, update};
