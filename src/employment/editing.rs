//! Entering a year: with the project's version and its trail, in one transaction.

use super::queries::{self, EmploymentYear};
use crate::accounts::Actor;
use crate::audit::Differences;
use crate::clock;
use crate::db::AnyConn;
use crate::error::{AppError, FieldErrors};
use crate::fields::count;
use crate::projects::editing::save;
use crate::projects::model::Project;
use chrono::Datelike;
use serde::Deserialize;
use utoipa::ToSchema;

/// What is entered of a calendar year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EmploymentEntry)]
pub struct EmploymentBody {
    /// People newly employed in the year.
    #[schema(minimum = 0, maximum = 10000000)]
    pub new_jobs: i64,
    /// Whether the enterprise was above scale (规上) in the year.
    pub above_scale: bool,
}

/// Puts a year's figures in place of what was there.
///
/// # Errors
/// 422 at `year` for one in the future or out of all reason, at `new_jobs` for a number that cannot be.
pub fn enter(
    conn: &mut AnyConn,
    actor: &Actor,
    project: Project,
    year: i32,
    body: EmploymentBody,
) -> Result<Project, AppError> {
    let mut errors = FieldErrors::default();
    if !clock::YEARS.contains(&year) {
        errors.add("year", "unknown");
    } else if year > clock::today().year() {
        errors.add("year", "year-in-future");
    }
    count(&mut errors, "new_jobs", Some(body.new_jobs));
    errors.into_result()?;
    let known = queries::of_project(conn, &project.id)?;
    let before = known.iter().find(|row| row.year == i64::from(year));
    let was = (before.map(|row| row.new_jobs), before.map(|row| row.above_scale));
    let is = (Some(body.new_jobs), Some(body.above_scale));
    if was == is {
        return Ok(project);
    }
    let row = EmploymentYear {
        project_id: project.id.clone(),
        year: i64::from(year),
        new_jobs: body.new_jobs,
        above_scale: body.above_scale,
        by_user: actor.user_id.clone(),
        at: clock::now(),
    };
    queries::put(conn, &row)?;
    let differences = Differences::default().set("year", &year).field("new_jobs", &was.0, &is.0).field(
        "above_scale",
        &was.1,
        &is.1,
    );
    save(conn, actor, project, "project.employment", differences, None)
}
