//! `GET /leads/{id}` of a chamber's liaison.

use super::events;
use super::show::{EVENTS, first_report, older_href, source};
use crate::app::App;
use crate::attachments::sniff;
use crate::clock;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::filings::handlers::card;
use crate::follow_ups::handlers::page as follow_up;
use crate::leads::handlers::project;
use crate::leads::handlers::small_page::{Reader, head};
use crate::leads::model::Status;
use crate::leads::next::Next;
use crate::leads::pages::{Own, goes_on, track};
use crate::leads::policy;
use crate::leads::queries::Known;
use crate::leads::{timeline, view};
use crate::projects::reached;
use crate::questions;

/// The page; `all` shows the whole timeline.
pub(super) fn own(
    conn: &mut AnyConn,
    app: &App,
    reader: &Reader,
    known: &Known,
    all: bool,
) -> Result<Own, AppError> {
    let (actor, lead) = (&reader.actor, &known.lead);
    let shown = view::detail(conn, app.tools(), actor, known)?;
    let items = timeline::of_lead(conn, app.tools(), actor, lead)?;
    let mut timeline = events::of(conn, app, reader, lead, items)?;
    let mut track = track(lead.stage, &events::reached(lead, &timeline, clock::china_date));
    let reached = reached::of_leads(conn, actor, std::slice::from_ref(&lead.id))?.remove(&lead.id);
    let project_track = reached.as_ref().map(|reached| goes_on(&mut track, reached)).unwrap_or_default();
    let older = older_href(lead, &timeline, all);
    if !older.is_empty() {
        timeline.truncate(EVENTS);
    }
    let today = clock::today();
    let waiting = questions::queries::waiting(conn, actor, std::slice::from_ref(&lead.id))?;
    // What a merged lead was asked is asked of the one that stayed, if at all.
    let waiting: Vec<_> = waiting.into_iter().filter(|_| lead.status != Status::Merged).collect();
    let may_follow_up = policy::may_follow_up(actor, lead) && lead.status != Status::Merged;
    Ok(Own {
        lead: head(lead),
        registered_on: lead.registered_on,
        next: Next::of(lead, reached.as_ref(), !waiting.is_empty(), shown.promised_on, today),
        questions: waiting.into_iter().map(|question| questions::pages::Row::of(question, today)).collect(),
        source: source(actor, &shown),
        project: project::link(conn, actor, lead)?.map(|project| project.label),
        first_report: shown.merger.as_ref().and_then(first_report),
        filings: card::of_lead(conn, app, actor, lead)?,
        follow_up: may_follow_up.then(follow_up::empty),
        follow_up_kinds: follow_up::kinds(),
        follow_up_accept: sniff::accept(),
        older,
        track,
        project_track,
        timeline,
    })
}
