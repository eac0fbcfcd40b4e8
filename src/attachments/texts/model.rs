//! What was read of a paper.

use crate::text_enum;
use serde::{Deserialize, Serialize};

/// So many characters of a paper are read, some 200 pages: what follows is not found.
pub const LONGEST: usize = 200_000;

text_enum! {
    /// What came of reading a paper for the search.
    pub enum TextState {
        /// All of its text was.
        Read = "read",
        /// It is long: its first 200,000 characters were.
        Cut = "cut",
        /// It has no text, as a scan has none.
        Empty = "empty",
        /// It is damaged, opened by a password only, or more work than is allowed.
        Unreadable = "unreadable",
    }
}

/// What a paper says, as the reading process tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperText {
    pub state: TextState,
    /// Empty unless it is `Read` or `Cut`.
    pub text: String,
}

impl PaperText {
    pub fn unreadable() -> Self {
        PaperText { state: TextState::Unreadable, text: String::new() }
    }
}
