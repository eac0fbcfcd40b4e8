//! HTTP of quotas.

mod api;
mod page;

pub use api::{asked_year, index};
pub use page::page;
