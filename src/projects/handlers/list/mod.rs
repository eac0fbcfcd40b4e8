//! The list of projects: what it may be asked for and how it is read, for the page, the board and the API alike.

mod api;
mod page;

pub use api::index;
pub use page::{choices, frame, page, row};

use crate::accounts::Actor;
use crate::accounts::queries::users;
use crate::app::App;
use crate::chambers;
use crate::clock;
use crate::db::page::Cursor;
use crate::db::types::UnknownWord;
use crate::db::{AnyConn, Id};
use crate::employment::view::new_jobs_wanted;
use crate::error::{AppError, FieldErrors};
use crate::events;
use crate::leads::queries::At;
use crate::milestones::model::MilestoneKind;
use crate::projects::policy::{View, view_of};
use crate::projects::queries::{self, ProjectFilter, ProjectPage, Sort, SortField};
use crate::quota::view::days_of;
use crate::web::params::Params;
use chrono::NaiveDate;
use std::str::FromStr;

/// Filters of the list, the same in the API, the table and the board.
pub const FILTERS: &[&str] = &[
    "county",
    "industry",
    "leader",
    "chamber",
    "event",
    "pool",
    "pool_year",
    "key",
    "stage",
    "start_year",
    "entered_year",
    "started_year",
    "producing_year",
    "reached",
    "waiting",
    "enclave",
    "statistics_county",
    "supported_year",
    "import",
    "q",
];

/// Filters of what liaison and federation see.
const OWN_FILTERS: &[&str] = &["stage"];

/// Orders by what liaison and federation see.
const OWN_SORTS: &[SortField] = &[SortField::UpdatedAt, SortField::Code];

/// A word of the parameter `stage`: a milestone, or `none` for what has not reached any.
struct StageWord(Option<MilestoneKind>);

impl FromStr for StageWord {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        if word == "none" { Ok(StageWord(None)) } else { word.parse().map(|kind| StageWord(Some(kind))) }
    }
}

/// What a list was asked for.
pub struct Asked {
    pub sort: Sort,
    pub page: ProjectPage,
    /// How many there are in all, when asked for.
    pub total: Option<i64>,
}

/// Reads the page that the parameters ask for.
pub fn read(
    conn: &mut AnyConn,
    app: &App,
    actor: &Actor,
    params: &Params,
    count: bool,
) -> Result<Asked, AppError> {
    let filter = filter(conn, app, actor, params)?;
    let sort = params.one::<Sort>("sort")?.unwrap_or_default();
    let at = match (params.cursor(&sort.to_string())?, before(params, sort)?) {
        (Some(cursor), _) => At::After(cursor),
        (None, Some(cursor)) => At::Before(cursor),
        (None, None) => At::Start,
    };
    let page = queries::page(conn, actor, &filter, sort, &at, params.limit()?)?
        .ok_or_else(|| AppError::bad_request("cursor", "not-a-cursor"))?;
    let total = if count { Some(counted(conn, app, actor, &filter)?) } else { None };
    Ok(Asked { sort, page, total })
}

/// The row that the page ends before.
fn before(params: &Params, sort: Sort) -> Result<Option<Cursor>, AppError> {
    let Some(text) = params.text("before") else { return Ok(None) };
    let cursor = Cursor::decode(text).filter(|cursor| cursor.sort == sort.to_string());
    cursor.map(Some).ok_or_else(|| AppError::bad_request("before", "not-a-cursor"))
}

/// How many projects the filter finds, as counted at most a moment ago.
pub fn counted(
    conn: &mut AnyConn,
    app: &App,
    actor: &Actor,
    filter: &ProjectFilter,
) -> Result<i64, AppError> {
    let question = format!("projects {:?} {filter:?}", actor.scope());
    let state = queries::state(conn)?;
    Ok(app.pool_counts.of(state, question, || queries::count(conn, actor, filter))?)
}

/// The filter that the parameters describe.
///
/// # Errors
/// 400 that names the parameter: a code that is none, a person, chamber or event that does not exist.
pub fn filter(
    conn: &mut AnyConn,
    app: &App,
    actor: &Actor,
    params: &Params,
) -> Result<ProjectFilter, AppError> {
    permit(actor, params)?;
    let mut filter = ProjectFilter {
        counties: params.codes("county", |code| app.reference.is_county(code))?,
        industries: params.codes("industry", |code| app.reference.industry(code).is_some())?,
        in_pool: yes_or_no(params, "pool")?,
        in_pool_on: year(params, "pool_year")?.map(|(_, end)| end),
        key: yes_or_no(params, "key")?,
        reached: params.one("reached")?,
        waiting: params.flag("waiting")?,
        start: year(params, "start_year")?,
        entered: year(params, "entered_year")?,
        enclave: yes_or_no(params, "enclave")?,
        statistics_county: statistics_county(app, params)?,
        supported: supported(conn, app, params)?,
        import: params.one("import")?,
        text: params.text("q").map(str::to_owned),
        ..ProjectFilter::default()
    };
    for (name, kind) in
        [("started_year", MilestoneKind::ConstructionStart), ("producing_year", MilestoneKind::Production)]
    {
        filter.verified.extend(year(params, name)?.map(|days| (kind, days)));
    }
    for word in params.list::<StageWord>("stage")? {
        match word.0 {
            Some(kind) => filter.stages.push(kind),
            None => filter.unsigned = true,
        }
    }
    match params.text("leader") {
        Some("none") => filter.without_leader = true,
        Some(named) => {
            let found = match named.parse::<Id>() {
                Ok(id) => users::find(conn, &id)?,
                Err(_) => users::find_by_username(conn, named)?,
            };
            let leader = found.ok_or_else(|| AppError::bad_request("leader", "unknown-user"))?;
            filter.leader = Some(leader.id);
        }
        None => {}
    }
    if let Some(named) = params.text("chamber") {
        let chamber = chambers::queries::find(conn, named)?;
        let chamber = chamber.ok_or_else(|| AppError::bad_request("chamber", "unknown-chamber"))?;
        filter.chamber = Some(chamber.id);
    }
    if let Some(named) = params.text("event") {
        let event = events::queries::find(conn, named)?;
        let event = event.ok_or_else(|| AppError::bad_request("event", "unknown-event"))?;
        filter.event = Some(event.id);
    }
    Ok(filter)
}

/// The one county whose statistics are asked for.
fn statistics_county(app: &App, params: &Params) -> Result<Option<String>, AppError> {
    let named = params.codes("statistics_county", |code| app.reference.is_county(code))?;
    match named.as_slice() {
        [_, _, ..] => Err(AppError::bad_request("statistics_county", "unknown")),
        some => Ok(some.first().cloned()),
    }
}

/// The year in which the projects are supported first, and its new jobs; more than anybody has where no version of the
/// plan says so.
fn supported(conn: &mut AnyConn, app: &App, params: &Params) -> Result<Option<(i32, i64)>, AppError> {
    let Some(year) = params.one::<i32>("supported_year")? else { return Ok(None) };
    let policies = app.policies.now(conn)?;
    Ok(Some((year, new_jobs_wanted(&policies, year.into()).unwrap_or(i64::MAX))))
}

/// 403 that names the filters and the order of what the actor's pages do not show: by them he would learn it.
fn permit(actor: &Actor, params: &Params) -> Result<(), AppError> {
    if view_of(actor.role) != View::NameAndStage {
        return Ok(());
    }
    let mut forbidden = FieldErrors::default();
    let hidden = FILTERS.iter().filter(|name| !OWN_FILTERS.contains(name));
    for name in hidden.filter(|name| params.text(name).is_some()) {
        forbidden.add(*name, "forbidden-field");
    }
    if params.one::<Sort>("sort")?.is_some_and(|sort| !OWN_SORTS.contains(&sort.field)) {
        forbidden.add("sort", "forbidden-field");
    }
    if forbidden.is_empty() { Ok(()) } else { Err(AppError::ForbiddenFields(forbidden)) }
}

fn yes_or_no(params: &Params, name: &'static str) -> Result<Option<bool>, AppError> {
    if params.text(name).is_none() { Ok(None) } else { params.flag(name).map(Some) }
}

/// The days of the year that a filter names.
fn year(params: &Params, name: &'static str) -> Result<Option<(NaiveDate, NaiveDate)>, AppError> {
    match params.one::<i32>(name)? {
        Some(year) if !clock::YEARS.contains(&year) => Err(AppError::bad_request(name, "unknown")),
        year => Ok(year.map(days_of)),
    }
}
