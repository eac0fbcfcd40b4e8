//! Employment (带动就业) of a project: new jobs in each calendar year, and whether the enterprise was above scale (规上) in
//! it. From both and the version of the plan that covers the year follows who is supported first (优先支持, plan clause
//! 三(五)1; rule: `projects::rules::is_supported_first`). A year is entered once and corrected by entering it again.

pub mod editing;
pub mod handlers;
pub mod operations;
pub mod pages;
pub mod queries;
pub mod view;
