//! Recommendations (推荐) of small and medium enterprises to banks and guarantors: bank + chamber + merchant
//! (银行+商会+商户, plan clause 三(三)2).
//!
//! One is noted while its enterprise is looked at, sent on a day, and has a result. Only who is in good credit is sent
//! (`rules`); sizes, credit statuses and results are reference data.

pub mod editing;
pub mod forms;
pub mod handlers;
pub mod model;
pub mod operations;
pub mod pages;
pub mod policy;
pub mod queries;
pub mod rules;
pub mod view;

pub use model::Recommendation;
