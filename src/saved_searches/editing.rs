//! Saving, sharing and removing searches, and wishing to be told: every change is its row and an entry of the trail.
//!
//! The trail has a search's filters, and neither its words nor its name: they may name a person, and it is kept for ever.

use crate::accounts::Actor;
use crate::app::App;
use crate::audit::{self, Act, Differences};
use crate::chambers::model::Chamber;
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::{AppError, FieldErrors};
use crate::saved_searches::asking::{self, Known};
use crate::saved_searches::forms::{ChangeInput, SavedSearchChange, SavedSearchInput};
use crate::saved_searches::{SavedSearch, policy, queries};
use crate::search::FacetField;
use crate::search::narrowing::{UNWANTED, signed};
use crate::web::params::Params;
use serde::Serialize;

/// Searches that one person keeps, at most.
pub const MOST: i64 = 50;

/// The parameter of chambers.
const CHAMBER: &str = FacetField::Chamber.as_str();

/// The search of a path, if it exists for the actor.
pub fn load(conn: &mut AnyConn, actor: &Actor, id: &str) -> Result<SavedSearch, AppError> {
    let id: Id = id.parse().map_err(|_| AppError::NotFound)?;
    queries::find_visible(conn, actor, &id)?.ok_or(AppError::NotFound)
}

/// The search of a path, which is the actor's own.
pub fn load_own(conn: &mut AnyConn, actor: &Actor, id: &str) -> Result<SavedSearch, AppError> {
    let search = load(conn, actor, id)?;
    if policy::changes(actor, &search) { Ok(search) } else { Err(AppError::Forbidden("not-your-search")) }
}

/// A search as the body that changes it: what a merge patch starts from.
pub fn as_body(search: &SavedSearch) -> SavedSearchChange {
    SavedSearchChange { name: Some(search.name.clone()), shared: Some(search.is_shared) }
}

/// Keeps a search; `known` is what it found a moment ago, for who wishes to be told.
///
/// # Errors
/// 422 at `query` (see `asking::kept`), at `shared` for who shares nothing, at `name` when he keeps too many.
pub fn save(
    conn: &mut AnyConn,
    app: &App,
    actor: &Actor,
    input: SavedSearchInput,
    known: &Known,
) -> Result<SavedSearch, AppError> {
    let query = asking::kept(conn, app, actor, &input.query)?;
    check_sharing(actor, input.is_shared)?;
    if queries::count_own(conn, actor)? >= MOST {
        let mut errors = FieldErrors::default();
        errors.add_with("name", "too-many-saved-searches", vec![("max", MOST.to_string())]);
        return Err(AppError::Invalid(errors));
    }
    let now = clock::now();
    let search = SavedSearch {
        id: Id::generate(),
        owner_id: actor.user_id.clone(),
        name: input.name,
        query: query.to_query(),
        is_shared: input.is_shared,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    queries::insert(conn, &search)?;
    let differences = Differences::of_new(&Auditable::of(&search)?);
    tell(conn, actor, &search.id, "saved_search.create", differences)?;
    if input.tell {
        subscribe(conn, actor, &search, known)?;
    }
    Ok(search)
}

/// Renames it, shares it, or shares it no more: then nobody else is told of it. What changes nothing writes nothing.
///
/// # Errors
/// 422 at `shared` for who shares nothing.
pub fn edit(
    conn: &mut AnyConn,
    actor: &Actor,
    before: SavedSearch,
    input: ChangeInput,
) -> Result<SavedSearch, AppError> {
    if input.is_shared != before.is_shared {
        check_sharing(actor, input.is_shared)?;
    }
    let search = SavedSearch { name: input.name, is_shared: input.is_shared, ..before.clone() };
    if search == before {
        return Ok(before);
    }
    let search = queries::update(conn, search, clock::now())?
        .ok_or(AppError::Stale { current: before.version + 1 })?;
    if !search.is_shared {
        queries::unshare(conn, &search)?;
    }
    let differences = Differences::between(&Auditable::of(&before)?, &Auditable::of(&search)?);
    tell(conn, actor, &search.id, "saved_search.update", differences)?;
    Ok(search)
}

/// Takes a search away, for all who read it.
pub fn remove(conn: &mut AnyConn, actor: &Actor, search: &SavedSearch) -> Result<(), AppError> {
    if !queries::remove(conn, search)? {
        return Err(AppError::Stale { current: search.version + 1 });
    }
    let differences = Differences::between(&Auditable::of(search)?, &Auditable::default());
    tell(conn, actor, &search.id, "saved_search.delete", differences)
}

/// The actor wishes to be told from now on; once is enough.
pub fn subscribe(
    conn: &mut AnyConn,
    actor: &Actor,
    search: &SavedSearch,
    known: &Known,
) -> Result<(), AppError> {
    if queries::own(conn, actor)?.contains_key(&search.id) {
        return Ok(());
    }
    queries::subscribe(conn, actor, &search.id, known, clock::now())?;
    tell(conn, actor, &search.id, "saved_search.subscribe", Differences::default())
}

/// The actor wishes it no more; what was found for him is forgotten.
pub fn unsubscribe(conn: &mut AnyConn, actor: &Actor, search: &SavedSearch) -> Result<(), AppError> {
    if queries::unsubscribe(conn, &actor.user_id, &search.id)? {
        tell(conn, actor, &search.id, "saved_search.unsubscribe", Differences::default())?;
    }
    Ok(())
}

/// The actor looked at what is new, through this find or all of it. Nothing new is nothing to tell.
pub fn read(
    conn: &mut AnyConn,
    actor: &Actor,
    search: &SavedSearch,
    through: Option<&Id>,
) -> Result<(), AppError> {
    let seen = queries::mark_seen(conn, actor, &search.id, through, clock::now())?;
    if seen == 0 {
        return Ok(());
    }
    let differences = Differences::default().set("seen", &seen);
    tell(conn, actor, &search.id, "saved_search.read", differences)
}

/// Searches that ask for a chamber ask for the one that it was merged into: part of the merger's transaction.
pub fn follow_merger(conn: &mut AnyConn, actor: &Actor, from: &Chamber, into: &Id) -> Result<(), AppError> {
    for search in queries::with_parameter(conn, CHAMBER)? {
        let asked = Params::parse(&search.query)?;
        let (mut values, mut named) = (Vec::<String>::new(), false);
        for value in asked.text(CHAMBER).unwrap_or_default().split(',') {
            let (chamber, is_unwanted) = signed(value);
            let is_it = chamber == from.id.as_str() || chamber.eq_ignore_ascii_case(&from.code);
            named |= is_it;
            let value = match (is_it, is_unwanted) {
                (false, _) => value.trim().to_owned(),
                (true, false) => into.to_string(),
                (true, true) => format!("{UNWANTED}{into}"),
            };
            if !values.contains(&value) {
                values.push(value);
            }
        }
        if !named {
            continue;
        }
        let query = asked.set(CHAMBER, &values.join(",")).to_query();
        let differences = Auditable::of(&search)?;
        let changed = SavedSearch { query, ..search };
        let differences = Differences::between(&differences, &Auditable::of(&changed)?);
        let current = changed.version + 1;
        let changed = queries::update(conn, changed, clock::now())?.ok_or(AppError::Stale { current })?;
        tell(conn, actor, &changed.id, "saved_search.update", differences)?;
    }
    Ok(())
}

fn check_sharing(actor: &Actor, is_shared: bool) -> Result<(), AppError> {
    match is_shared && !policy::shares(actor) {
        true => Err(AppError::invalid("shared", "shares-no-searches")),
        false => Ok(()),
    }
}

/// The fields whose changes the trail tells.
#[derive(Debug, Default, PartialEq, Serialize)]
struct Auditable {
    filters: Option<String>,
    shared: Option<bool>,
}

impl Auditable {
    fn of(search: &SavedSearch) -> Result<Self, AppError> {
        let filters = Params::parse(&search.query)?.without("q").to_query();
        Ok(Auditable {
            filters: Some(filters).filter(|filters| !filters.is_empty()),
            shared: Some(search.is_shared),
        })
    }
}

fn tell(
    conn: &mut AnyConn,
    actor: &Actor,
    id: &Id,
    action: &'static str,
    differences: Differences,
) -> Result<(), AppError> {
    let act =
        Act { action, subject_kind: "saved_search", subject_id: id.as_str(), differences, reason: None };
    Ok(audit::record(conn, actor, act)?)
}
