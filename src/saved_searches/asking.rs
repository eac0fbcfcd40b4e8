//! What a saved search asks: kept as the address of a search has it, put to the engine within its reader's scope and
//! fields of now. Nothing that is only near the words counts: nobody is told of what may not have been meant.

use crate::accounts::Actor;
use crate::app::App;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::search::SearchQuery;
use crate::search::handlers::results;
use crate::search::narrowing::{Narrowed, faults, narrowed};
use crate::search::tokens::private::masked;
use crate::web::params::Params;
use std::borrow::Cow;

/// Leads that are written down as known at once when somebody wishes to be told, each in a row: of a search that finds more
/// the worker writes them down (`surveying`).
pub const MOST_KNOWN: usize = 2_000;

/// What a search has beside its question: how the answer is shown. `type` is always leads.
const OF_ANSWERS: &[&str] = &["facets", "limit", "offset"];

/// The parameters that are kept of a search's address, filters that were typed into its box among them.
///
/// # Errors
/// 422 at `query`: not of leads, nothing asked, a word or value that is unknown, or a phone number, which is not to be
/// kept in clear.
pub fn kept(conn: &mut AnyConn, app: &App, actor: &Actor, query: &str) -> Result<Params, AppError> {
    let given = Params::parse(query.trim().trim_start_matches('?')).map_err(at_query)?;
    given.only(results::PARAMETERS).map_err(at_query)?;
    if given.text("type").is_some_and(|kind| kind != "lead") {
        return Err(AppError::invalid("query", "only-leads-are-saved"));
    }
    let question = OF_ANSWERS.iter().chain(&["type"]).fold(given, |params, name| params.without(name));
    let Narrowed { params, refused } = narrowed(conn, app, actor, question)?;
    if let Some(errors) = faults("query", refused) {
        return Err(AppError::Invalid(errors));
    }
    if params.is_empty() {
        return Err(AppError::invalid("query", "nothing-is-asked"));
    }
    if matches!(params.text("q").map(masked), Some(Cow::Owned(_))) {
        return Err(AppError::invalid("query", "number-is-not-saved"));
    }
    match question_of(conn, app, actor, &params)?.check() {
        Ok(()) => Ok(params),
        Err(_) => Err(AppError::invalid("query", "forbidden-field")),
    }
}

/// The engine's question, in the actor's scope and fields.
///
/// # Errors
/// 422 at `query` where a value is known no more.
pub fn question_of(
    conn: &mut AnyConn,
    app: &App,
    actor: &Actor,
    params: &Params,
) -> Result<SearchQuery, AppError> {
    let asked = results::query(conn, app, actor, params).map_err(at_query)?;
    // A short number is kept as the words that it is.
    let text = params.text("q").unwrap_or_default().to_owned();
    Ok(SearchQuery { text, phones: Vec::new(), highlight: false, exact: true, ..asked })
}

/// What a search found when somebody wished to be told of new leads.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Known {
    pub leads: Vec<Id>,
    /// Whether that was all.
    pub all: bool,
}

/// What it finds for the actor at this moment; nothing of a search that finds too much for rows, or while the engine does not
/// answer: the database in its place finds less, and all else would be new. The worker finds it out then.
///
/// # Errors
/// As `kept`.
pub fn survey(conn: &mut AnyConn, app: &App, actor: &Actor, query: &str) -> Result<Known, AppError> {
    let params = kept(conn, app, actor, query)?;
    let asked = SearchQuery { limit: MOST_KNOWN, ..question_of(conn, app, actor, &params)? };
    if app.search.needs_rebuild() {
        return Ok(Known::default());
    }
    let found = match app.search.search(&asked) {
        Ok(found) => found,
        Err(error) => {
            tracing::warn!(%error, "what a saved search finds now is not known");
            return Ok(Known::default());
        }
    };
    if found.total > found.hits.len() as u64 {
        return Ok(Known::default());
    }
    let leads = found.hits.iter().filter_map(|hit| hit.id.parse().ok()).collect();
    Ok(Known { leads, all: true })
}

/// What is wrong with a parameter is wrong with the query.
fn at_query(error: AppError) -> AppError {
    match error {
        AppError::BadRequest(mut errors) => {
            errors.0.iter_mut().for_each(|fault| fault.field = Cow::Borrowed("query"));
            AppError::Invalid(errors)
        }
        other => other,
    }
}
