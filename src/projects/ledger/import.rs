//! A line as a project: every rule of a form holds, and who is named becomes a record or stays a name.
//!
//! A project that is there already, by its code or else by name, investor and county, is updated with what the line
//! says otherwise (`update`), so that a file may be imported again. Each line is written in a savepoint of its own: what
//! is refused leaves nothing behind.

use super::cells::Words;
use super::doubts::doubts;
use super::export::line_of;
use super::made::made;
use super::update::update;
use super::{Line, Warning, changes};
use crate::accounts::Actor;
use crate::app::Tools;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::imports::conversion::{People, event_named};
use crate::imports::kinds::changing::{Ended, Landed, in_savepoint, taken_back};
use crate::leads::model::SourceKind;
use crate::projects::model::Project;
use crate::projects::{policy, queries};

/// What became of a line, and what somebody should look at.
#[derive(Debug, Clone, PartialEq)]
pub struct Landing {
    /// The project as it is now.
    pub project: Project,
    pub landed: Landed,
    pub warnings: Vec<Warning>,
}

/// Makes a project of a line, or changes the one that it speaks of.
///
/// # Errors
/// What a form would answer: 403 for another county, 422 by field. Nothing of the line is written then.
pub fn land(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    people: &People,
    line: Line,
    import: &Id,
) -> Result<Landing, AppError> {
    // Before what is known is looked up: whoever may not enter a project there is not told of those that are there.
    if line.body.county.as_deref().is_some_and(|county| !policy::may_create_in(actor, county)) {
        return Err(AppError::Forbidden("other-county"));
    }
    in_savepoint(conn, |conn| match known(conn, tools, actor, &line)? {
        Some(project) => changed(conn, tools, actor, people, project, line, import),
        None => {
            let line = line.settled();
            let project = made(conn, tools, actor, people, line.clone(), import)?;
            let warnings = doubts(conn, tools, &project, &line)?;
            Ok(Landing { project, landed: Landed::Imported, warnings })
        }
    })
}

/// The same, taken back: what a line would become.
pub fn rehearse(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    people: &People,
    line: Line,
    import: &Id,
) -> Result<Landing, AppError> {
    taken_back(conn, |conn| land(conn, tools, actor, people, line, import))
}

/// Whether a code is one of ours; another office's stays with the project as a column.
pub fn is_own_code(tools: Tools<'_>, code: &str) -> bool {
    queries::number_of(tools.code_prefix, code).is_some()
}

/// The project that a line speaks of: by its code, else by name, investor and county.
fn known(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    line: &Line,
) -> Result<Option<Project>, AppError> {
    let body = &line.body;
    if let Some(code) = line.code.as_deref().filter(|code| is_own_code(tools, code)) {
        let Some(project) = queries::find_by_code(conn, code)? else { return Ok(None) };
        let says_nothing = body.title.is_none() && body.investor_name.is_none();
        let is_same = body.title.as_ref() == Some(&project.title)
            || body.investor_name.as_ref() == Some(&project.investor_name);
        // Another office's project may have the same code.
        if !(is_same || says_nothing) || !policy::may_edit(actor, &project) {
            return Err(AppError::invalid("code", "code-taken"));
        }
        if project.deleted_at.is_some() {
            return Err(AppError::invalid("code", "project-deleted"));
        }
        return Ok(Some(project));
    }
    match (&body.title, &body.investor_name, &body.county) {
        (Some(title), Some(investor), Some(county)) => {
            Ok(queries::find_by_names(conn, title, investor, county)?)
        }
        _ => Ok(None),
    }
}

/// The project with what its line says otherwise; a line that comes to nothing leaves nothing.
fn changed(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    people: &People,
    before: Project,
    said: Line,
    import: &Id,
) -> Result<Landing, Ended<Landing>> {
    let words = Words { reference: tools.reference, i18n: tools.i18n };
    let there = line_of(conn, before.clone())?;
    let said = with_source_as_kept(conn, actor, said, &there)?;
    if changes::unlike(&said, &there, words).is_empty() {
        return Ok(Landing { project: before, landed: Landed::Known, warnings: Vec::new() });
    }
    let (project, mut warnings) = update(conn, tools, actor, people, before.clone(), &there, &said, import)?;
    let now = line_of(conn, project.clone())?;
    for (column, word) in changes::unlike(&said, &now, words) {
        if warnings.iter().all(|warning| warning.column != column) {
            warnings.push(Warning { code: "not_taken", column, word });
        }
    }
    let changes = changes::between(&there, &now, words);
    if changes.is_empty() {
        let landing = Landing { project: before, landed: Landed::Known, warnings };
        return Err(Ended::TakenBack(Box::new(landing)));
    }
    warnings.extend(doubts(conn, tools, &project, &said)?);
    Ok(Landing { project, landed: Landed::Updated(changes), warnings })
}

/// Sources without a register keep the name as a note (`conversion::source`), and so does an event that nobody knows. The
/// one that the project came of is known by its title, whoever else sees it.
fn with_source_as_kept(
    conn: &mut AnyConn,
    actor: &Actor,
    mut line: Line,
    there: &Line,
) -> Result<Line, AppError> {
    use SourceKind::{Chamber, Enterprise, Referrer, Townsman};
    let kind_of = |line: &Line| line.body.source.as_ref().and_then(|source| source.kind);
    let Some(kind) = kind_of(&line) else { return Ok(line) };
    let Some(name) = line.source_name.clone() else { return Ok(line) };
    let is_there = kind_of(there) == Some(kind) && there.source_name.as_ref() == Some(&name);
    if is_there
        || matches!(kind, Chamber | Enterprise | Referrer | Townsman)
        || event_named(conn, actor, kind, &name)?.is_some()
    {
        return Ok(line);
    }
    line.source_name = None;
    if let Some(source) = &mut line.body.source {
        source.note = Some(source.note.take().map_or(name.clone(), |note| format!("{name}\n{note}")));
    }
    Ok(line)
}
