//! Filings (备案): that a referrer brought a lead or a project, put on record before the signing (plan clause 三(四)2(2)).
//!
//! A filing is numbered, and timed by the server. It is of a lead; or of a project that no lead came before. The project
//! that the lead became has the same filings. Investor, county and bureau confirm the role; none of whom filed it himself.
//! What speaks against a payment is found by `rules::findings` each time a filing is looked at, and never keeps a filing
//! out: what was filed, was filed. Several referrers of one project agree on shares (`shares`), which landing freezes.
//! The investor's letter and other papers hang at the filing (`known`). Through a private link (`links`) a referrer sees number, step and day, and nothing else. Who sees what:
//! `queries::visible_to`; who may: `policy`.

pub mod editing;
pub mod forms;
pub mod handlers;
mod known;
pub mod links;
pub mod model;
pub mod operations;
pub mod pages;
pub mod policy;
pub mod queries;
pub mod rules;
pub mod shares;
pub mod view;

pub use known::KnownFiling;
