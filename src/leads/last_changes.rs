//! The last thing that happened to each of several leads: the database is asked as often for eight as for one.

use crate::accounts::Actor;
use crate::audit;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::follow_ups;
use crate::leads::policy::{View, view_of};
use crate::leads::queries;
use crate::leads::timeline::{self, Event, TimelineItem, TimelineKind};
use crate::questions;
use serde_json::json;
use std::collections::HashMap;

/// By lead, as far as the actor sees it: what its timeline begins with. Of edits and assignments only that they
/// were, and why.
pub fn of_leads(
    conn: &mut AnyConn,
    actor: &Actor,
    leads: &[Id],
) -> Result<HashMap<Id, TimelineItem>, AppError> {
    let mut last = HashMap::new();
    for change in follow_ups::queries::of_leads(conn, actor, leads)? {
        keep_later(&mut last, change.lead_id.clone(), timeline::follow_up(change));
    }
    let own = view_of(actor.role) == View::Own;
    for change in queries::stage_changes_of_leads(conn, leads)? {
        let reason = change.reason.filter(|_| !own);
        let data = json!({ "from": change.from_stage, "to": change.to_stage, "reason": reason });
        let (id, at, by) = (change.id, change.at, change.by_user);
        keep_later(&mut last, change.lead_id, Event { id, at, by, kind: TimelineKind::Stage, data });
    }
    for asked in questions::queries::of_leads(conn, actor, leads)? {
        let lead = asked.lead_id.clone();
        for event in timeline::question(asked) {
            keep_later(&mut last, lead.clone(), event);
        }
    }
    if !own {
        for change in queries::status_changes_of_leads(conn, leads)? {
            keep_later(&mut last, change.lead_id.clone(), timeline::status_change(change));
        }
        for change in queries::assignments_of_leads(conn, leads)? {
            let data = json!({ "reason": change.reason });
            let (id, at, by) = (change.id, change.at, change.by_user);
            keep_later(&mut last, change.lead_id, Event { id, at, by, kind: TimelineKind::Assignment, data });
        }
        for edit in audit::queries::edits_of_leads(conn, leads)? {
            let Some(by) = edit.by else { continue };
            let event = Event { id: edit.id, at: edit.at, by, kind: TimelineKind::Edit, data: json!({}) };
            keep_later(&mut last, edit.lead_id, event);
        }
    }
    let (leads, events): (Vec<Id>, Vec<Event>) = last.into_iter().unzip();
    Ok(leads.into_iter().zip(timeline::named(conn, events)?).collect())
}

fn keep_later(last: &mut HashMap<Id, Event>, lead: Id, event: Event) {
    match last.get(&lead) {
        Some(known) if (known.at, &known.id) >= (event.at, &event.id) => {}
        _ => drop(last.insert(lead, event)),
    }
}
