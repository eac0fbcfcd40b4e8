//! How search reads text, whichever engine looks it up: characters made plain (`units`), their sounds
//! (`readings`, `syllables`), what an index stores of them (`grams`), what a typed word may mean
//! (`pieces`, `words`, `typos`), and where in a text it stands (`matcher`).

pub mod grams;
pub mod language;
pub mod matcher;
pub mod pieces;
pub mod private;
pub mod readings;
pub mod syllables;
#[cfg(test)]
mod tests;
pub mod typos;
pub mod units;
pub mod words;

pub use language::{Language, simplified};
pub use matcher::Matcher;
pub use readings::Readings;
pub use units::Unit;
pub use words::{MatchKind, Pattern, Typed, UnitPattern, Word};
