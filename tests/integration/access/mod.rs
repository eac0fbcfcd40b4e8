//! Who may do what.

mod doors;
