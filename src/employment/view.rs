//! A year of employment as the API shows it.

use super::queries::EmploymentYear;
use crate::policies::Policies;
use crate::projects::rules::is_supported_first;
use serde::Serialize;
use utoipa::ToSchema;

/// A calendar year's employment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Employment)]
pub struct EmploymentView {
    pub year: i64,
    /// People newly employed in the year.
    pub new_jobs: i64,
    /// Whether the enterprise was above scale (规上) in the year.
    pub above_scale: bool,
    /// Supported first, by the version of the plan that covers the year.
    pub supported_first: bool,
}

/// The years as shown, judged each by the version that covers it.
pub fn views(policies: &Policies, rows: Vec<EmploymentYear>) -> Vec<EmploymentView> {
    let view = |row: EmploymentYear| EmploymentView {
        supported_first: new_jobs_wanted(policies, row.year)
            .is_some_and(|wanted| is_supported_first(row.above_scale, row.new_jobs, wanted)),
        year: row.year,
        new_jobs: row.new_jobs,
        above_scale: row.above_scale,
    };
    rows.into_iter().map(view).collect()
}

/// The new jobs from which an enterprise is supported first in a year; `None` where no version says so.
pub fn new_jobs_wanted(policies: &Policies, year: i64) -> Option<i64> {
    let policy = policies.of_year(i32::try_from(year).ok()?)?;
    policy.support.as_ref().map(|support| support.new_jobs)
}
