//! The list of leads: what it may be asked for and how it is read, for the page and the API alike.

mod api;
mod page;

pub use api::index;
pub use page::page;

use crate::accounts::Actor;
use crate::accounts::queries::users;
use crate::app::App;
use crate::chambers;
use crate::clock;
use crate::db::page::Cursor;
use crate::db::{AnyConn, Id};
use crate::error::{AppError, FieldErrors};
use crate::events;
use crate::leads::policy::{View, view_of};
use crate::leads::promise;
use crate::leads::queries::{self, At, LeadFilter, LeadPage, OpenQuestion, Sort, SortField, search_scope};
use crate::search::handlers::results;
use crate::search::narrowing::{Narrowed, Refusal, narrowed};
use crate::search::query::MAX_DEPTH;
use crate::search::{LeadScope, SearchQuery, fallback, finding};
use crate::web::params::Params;

/// Parameters of the list, of the page and the API alike.
pub const PARAMETERS: &[&str] = &[
    "stage", "status", "county", "industry", "source", "chamber", "referrer", "event", "officer", "leader",
    "overdue", "due", "mine", "updated", "feedback", "question", "import", "q", "sort", "cursor", "before",
    "limit", "count",
];

/// Filters of fields that a liaison's pages show; by any other he would learn what they do not show.
const OWN_FILTERS: &[&str] = &[
    "stage", "status", "source", "chamber", "updated", "feedback", "question", "q", "sort", "cursor",
    "before", "limit", "count",
];

/// Orders by fields that a liaison's pages show.
const OWN_SORTS: &[SortField] = &[SortField::RegisteredOn, SortField::UpdatedAt, SortField::Code];

/// Whether the actor's pages show the field of this order.
fn may_sort_by(actor: &Actor, field: SortField) -> bool {
    view_of(actor.role) != View::Own || OWN_SORTS.contains(&field)
}

/// What a list was asked for.
pub struct Asked {
    pub filter: LeadFilter,
    pub sort: Sort,
    pub at: At,
    pub limit: i64,
    pub said: Said,
}

/// What a list has to say of the words that it was asked by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// Filters among them that cannot be. Then the list is empty.
    pub refused: Vec<Refusal>,
    /// The database answered in place of the search engine.
    pub from_database: bool,
    /// Changes wait for the index for longer than usual.
    pub late: bool,
    /// More leads were found than a list can be made of; it has the best of them.
    pub cut: bool,
}

/// What the parameters ask for.
pub fn asked(conn: &mut AnyConn, app: &App, actor: &Actor, params: &Params) -> Result<Asked, AppError> {
    let (filter, said) = filter(conn, app, actor, params)?;
    let sort = params.one::<Sort>("sort")?.unwrap_or_default();
    let at = match (params.cursor(&sort.to_string())?, before(params, sort)?) {
        (Some(cursor), _) => At::After(cursor),
        (None, Some(cursor)) => At::Before(cursor),
        (None, None) => At::Start,
    };
    Ok(Asked { filter, sort, at, limit: params.limit()?, said })
}

/// The page, or 400 for a cursor that is none of ours.
fn found_at<T>(page: Option<LeadPage<T>>) -> Result<LeadPage<T>, AppError> {
    page.ok_or_else(|| AppError::bad_request("cursor", "not-a-cursor"))
}

/// The row that the page ends before.
fn before(params: &Params, sort: Sort) -> Result<Option<Cursor>, AppError> {
    let Some(text) = params.text("before") else { return Ok(None) };
    let cursor = Cursor::decode(text).filter(|cursor| cursor.sort == sort.to_string());
    cursor.map(Some).ok_or_else(|| AppError::bad_request("before", "not-a-cursor"))
}

/// The filter that the parameters describe, and what is to be said of its words. A person, chamber or event that does not
/// exist finds nothing.
pub fn filter(
    conn: &mut AnyConn,
    app: &App,
    actor: &Actor,
    params: &Params,
) -> Result<(LeadFilter, Said), AppError> {
    permit(actor, params)?;
    let today = clock::today();
    let nobody = Id::generate();
    let mut filter = LeadFilter {
        stages: params.list("stage")?,
        statuses: params.list("status")?,
        counties: params.codes("county", |code| app.reference.is_county(code))?,
        industries: params.codes("industry", |code| app.reference.industry(code).is_some())?,
        sources: params.list("source")?,
        import: params.one("import")?,
        ..LeadFilter::default()
    };
    if let Some(named) = params.text("chamber") {
        let chamber = chambers::queries::find(conn, named)?.map(|chamber| chamber.id);
        filter.chamber = Some(chamber.unwrap_or_else(|| nobody.clone()));
    }
    if let Some(named) = params.text("referrer") {
        let referrer = crate::referrers::queries::find(conn, named)?.map(|referrer| referrer.id);
        filter.referrer = Some(referrer.unwrap_or_else(|| nobody.clone()));
    }
    if let Some(named) = params.text("event") {
        let event = events::queries::find(conn, named)?.map(|event| event.id);
        filter.event = Some(event.unwrap_or_else(|| nobody.clone()));
    }
    if let Some(named) = params.text("officer") {
        filter.officer = Some(users::id_of(conn, named)?.unwrap_or_else(|| nobody.clone()));
    }
    match params.text("leader") {
        Some("none") => filter.unassigned = true,
        Some(named) => filter.leader = Some(users::id_of(conn, named)?.unwrap_or_else(|| nobody.clone())),
        None => {}
    }
    if params.flag("overdue")? {
        filter.due = Some(LeadFilter::overdue_on(today));
    }
    filter.due = match params.text("due") {
        None => filter.due,
        Some("today") => Some((today, today)),
        Some("week") => Some((today.succ_opt().unwrap_or(today), clock::end_of_week(today))),
        Some(_) => return Err(AppError::bad_request("due", "unknown")),
    };
    if params.flag("mine")? {
        match actor.role {
            crate::accounts::Role::CountyLeader => filter.leader = Some(actor.user_id.clone()),
            _ => filter.officer = Some(actor.user_id.clone()),
        }
    }
    filter.updated_since = match params.text("updated") {
        None => None,
        Some("recently") => Some(recently()),
        Some(_) => return Err(AppError::bad_request("updated", "unknown")),
    };
    filter.unanswered_before = match params.text("feedback") {
        None => None,
        Some("late") => Some(promise::late_before(app.reference.calendar(), today)),
        Some(_) => return Err(AppError::bad_request("feedback", "unknown")),
    };
    filter.question = match params.text("question") {
        None => None,
        Some("waiting") => Some(OpenQuestion::Waiting),
        Some("late") => Some(OpenQuestion::Late(today)),
        Some(_) => return Err(AppError::bad_request("question", "unknown")),
    };
    let mut said = Said::default();
    if let Some(text) = params.text("q") {
        let (ids, of_words) = found(conn, app, actor, text)?;
        (filter.ids, said) = (Some(ids), of_words);
    }
    Ok((filter, said))
}

/// A list and how many rows it has, from one value: the link and the number cannot differ.
#[derive(Debug, Clone)]
pub struct Tally {
    pub href: String,
    pub filter: LeadFilter,
    pub sort: Sort,
    pub count: i64,
}

/// Counts the rows of the list that these parameters open.
pub fn tally(conn: &mut AnyConn, app: &App, actor: &Actor, params: &Params) -> Result<Tally, AppError> {
    let (filter, _) = filter(conn, app, actor, params)?;
    let count = counted(conn, app, actor, &filter)?;
    let sort = params.one::<Sort>("sort")?.unwrap_or_default();
    let query = params.to_query();
    let href = if query.is_empty() { "/leads".to_owned() } else { format!("/leads?{query}") };
    Ok(Tally { href, filter, sort, count })
}

/// How many leads the filter finds, as counted at most a moment ago.
pub fn counted(conn: &mut AnyConn, app: &App, actor: &Actor, filter: &LeadFilter) -> Result<i64, AppError> {
    // What a search found is counted by its ids, which would be a long question to remember.
    if filter.ids.is_some() {
        return Ok(queries::count(conn, actor, filter)?);
    }
    let commits = app.db.commits();
    let question = format!("{:?} {filter:?}", search_scope(actor));
    Ok(app.counts.of(commits, question, || queries::count(conn, actor, filter))?)
}

/// 400 that names what a list is never asked.
pub fn permit_page(params: &Params) -> Result<(), AppError> {
    params.only(PARAMETERS).map(drop)
}

/// 403 that names the filters and the order of what the actor's pages do not show.
fn permit(actor: &Actor, params: &Params) -> Result<(), AppError> {
    if view_of(actor.role) != View::Own {
        return Ok(());
    }
    let mut forbidden = FieldErrors::default();
    for name in PARAMETERS.iter().filter(|name| !OWN_FILTERS.contains(name)) {
        if params.text(name).is_some() {
            forbidden.add(*name, "forbidden-field");
        }
    }
    if params.one::<Sort>("sort")?.is_some_and(|sort| !may_sort_by(actor, sort.field)) {
        forbidden.add("sort", "forbidden-field");
    }
    if forbidden.is_empty() { Ok(()) } else { Err(AppError::ForbiddenFields(forbidden)) }
}

/// Since when a change counts as recent: a week, from the day's beginning, so that one day's question stays the same.
pub fn recently() -> chrono::NaiveDateTime {
    clock::day_began(clock::today() - chrono::Duration::days(7))
}

/// The leads that the words find as the search box does, filters and phone numbers among them: at most as many as a search
/// reaches.
fn found(conn: &mut AnyConn, app: &App, actor: &Actor, text: &str) -> Result<(Vec<Id>, Said), AppError> {
    let Narrowed { params, refused } = narrowed(conn, app, actor, Params::of(&[("q", text)]))?;
    if !refused.is_empty() || search_scope(actor) == LeadScope::Nothing {
        return Ok((Vec::new(), Said { refused, ..Said::default() }));
    }
    let query = results::query(conn, app, actor, &params)?;
    let answered =
        finding::ask(conn, app, actor, SearchQuery { limit: MAX_DEPTH, highlight: false, ..query })?;
    let ids: Vec<Id> = answered.answer.hits.iter().filter_map(|hit| hit.id.parse().ok()).collect();
    let said = Said {
        from_database: answered.engine == fallback::NAME,
        late: answered.late,
        cut: answered.answer.total > answered.answer.hits.len() as u64,
        ..Said::default()
    };
    Ok((ids, said))
}
