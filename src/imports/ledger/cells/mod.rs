//! One cell at a time: what people write, and what it means.

pub mod amount;
pub mod date;
pub mod measure;
mod numeral;
pub mod phone;
pub mod place;
pub mod text;
