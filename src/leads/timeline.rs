//! What happened to a lead, in one list: follow-ups, stage moves, assignments, closures, holds, edits, mergers, papers,
//! questions to its chamber and their answers, changes of attribution.

use crate::accounts::{Actor, Role};
use crate::app::Tools;
use crate::attachments::{self, Attachment, OwnerKind};
use crate::attributions;
use crate::attributions::model::{AttributionOutcome, Change};
use crate::audit;
use crate::clock;
use crate::confidential::Cipher;
use crate::contacts;
use crate::contacts::model::{mask_email, mask_phone};
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::follow_ups;
use crate::leads::merging::{self, LeadName};
use crate::leads::model::{Lead, Status, StatusChange};
use crate::leads::policy::{View, view_of};
use crate::leads::queries;
use crate::leads::view::{Person, people};
use crate::questions::{self, Question};
use crate::text_enum;
use chrono::NaiveDateTime;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

text_enum! {
    /// What kind of thing happened.
    pub enum TimelineKind {
        FollowUp = "follow_up",
        Stage = "stage",
        Assignment = "assignment",
        Edit = "edit",
        Closure = "closure",
        Hold = "hold",
        Merger = "merger",
        /// A paper was brought.
        Attachment = "attachment",
        /// The chamber was asked.
        Question = "question",
        /// The chamber answered.
        Answer = "answer",
        /// The credit for it is shared otherwise.
        Attribution = "attribution",
    }
}

/// One thing that happened.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TimelineItem {
    pub id: Id,
    #[serde(with = "clock::rfc3339")]
    pub at: NaiveDateTime,
    pub by: Option<Person>,
    pub kind: TimelineKind,
    /// What `kind` says it is.
    #[schema(schema_with = crate::leads::operations::timeline_data)]
    pub data: Value,
}

/// All that happened to a lead which the actor sees, the latest first, with the follow-ups of the leads that
/// were merged into it. A liaison sees his chamber's own follow-ups and questions, and where the lead stands;
/// the federation all but follow-ups and questions.
pub fn of_lead(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    lead: &Lead,
) -> Result<Vec<TimelineItem>, AppError> {
    let own = view_of(actor.role) == View::Own;
    let mut events: Vec<Event> =
        follow_ups::queries::of_lead(conn, actor, &lead.id)?.into_iter().map(follow_up).collect();
    let taken_in = merging::taken_in(conn, actor, lead)?;
    for (merged, name) in &taken_in {
        let of_merged = follow_ups::queries::of_lead(conn, actor, &merged.id)?;
        events.extend(of_merged.into_iter().map(follow_up).map(|mut event| {
            event.data["from_lead"] = json!(name);
            event
        }));
    }
    events.extend(queries::stage_changes_of(conn, lead)?.into_iter().map(|change| Event {
        id: change.id,
        at: change.at,
        by: change.by_user,
        kind: TimelineKind::Stage,
        data: json!({
            "from": change.from_stage,
            "to": change.to_stage,
            "reason": change.reason.filter(|_| !own),
        }),
    }));
    if !own {
        let into = match &lead.merged_into {
            Some(id) => merging::name_of(conn, actor, id)?,
            None => None,
        };
        let changes = queries::status_changes_of(conn, lead)?.into_iter();
        events.extend(changes.map(|change| match change.to_status {
            Status::Merged => merger(change, "into", into.as_ref()),
            _ => status_change(change),
        }));
        for (merged, name) in
            taken_in.iter().filter(|(merged, _)| merged.merged_into.as_ref() == Some(&lead.id))
        {
            let changes = queries::status_changes_of(conn, merged)?.into_iter();
            let mergers = changes.filter(|change| change.to_status == Status::Merged);
            events.extend(mergers.map(|change| merger(change, "from_lead", Some(name))));
        }
        events.extend(queries::assignments_of(conn, lead)?.into_iter().map(|change| Event {
            id: change.id,
            at: change.at,
            by: change.by_user,
            kind: TimelineKind::Assignment,
            data: json!({
                "county": { "from": change.from_county, "to": change.to_county },
                "officer": { "from": change.from_officer_id, "to": change.to_officer_id },
                "leader": { "from": change.from_leader_id, "to": change.to_leader_id },
                "reason": change.reason,
            }),
        }));
        events.extend(edits(conn, tools, actor, lead)?);
        let changes = attributions::queries::changes_of(conn, &lead.id)?.into_iter();
        events.extend(changes.filter_map(attribution));
    }
    let cases: Vec<Id> = taken_in.iter().map(|(merged, _)| &merged.id).chain([&lead.id]).cloned().collect();
    events.extend(questions::queries::of_leads(conn, actor, &cases)?.into_iter().flat_map(question));
    if view_of(actor.role) == View::Full {
        let papers = attachments::queries::by_owner(conn, OwnerKind::Lead, &cases)?;
        events.extend(papers.into_values().flatten().map(paper));
    }
    events.sort_by(|a, b| (b.at, &b.id).cmp(&(a.at, &a.id)));
    named(conn, events)
}

/// An item before people's names are put in.
pub(super) struct Event {
    pub id: Id,
    pub at: NaiveDateTime,
    pub by: Id,
    pub kind: TimelineKind,
    pub data: Value,
}

pub(super) fn follow_up(follow_up: follow_ups::FollowUp) -> Event {
    Event {
        data: json!(follow_ups::view::FollowUpView::from(&follow_up)),
        id: follow_up.id,
        at: follow_up.at,
        by: follow_up.by_user,
        kind: TimelineKind::FollowUp,
    }
}

pub(super) fn status_change(change: StatusChange) -> Event {
    let is_hold = Status::OnHold == change.to_status
        || (change.from_status == Status::OnHold && change.to_status == Status::Active);
    Event {
        id: change.id,
        at: change.at,
        by: change.by_user,
        kind: match change.to_status {
            Status::Merged => TimelineKind::Merger,
            _ if is_hold => TimelineKind::Hold,
            _ => TimelineKind::Closure,
        },
        data: json!({
            "from": change.from_status,
            "to": change.to_status,
            "kind": change.closure_kind,
            "until": change.hold_until,
            "reason": change.reason,
        }),
    }
}

/// A question, and where there is one its answer.
pub(super) fn question(question: Question) -> impl Iterator<Item = Event> {
    let answered = question.answer.zip(question.answered_by).zip(question.answered_at);
    let answer = answered.map({
        let (id, asked) = (question.id.clone(), question.text.clone());
        move |((text, by), at)| Event {
            data: json!({ "question": asked, "text": text }),
            id,
            at,
            by,
            kind: TimelineKind::Answer,
        }
    });
    let asked = Event {
        data: json!({ "text": question.text, "due_on": question.due_on }),
        id: question.id,
        at: question.at,
        by: question.by_user,
        kind: TimelineKind::Question,
    };
    std::iter::once(asked).chain(answer)
}

/// A change of attribution that holds.
fn attribution(change: Change) -> Option<Event> {
    let at = change.closed_at.filter(|_| change.outcome.is_some_and(AttributionOutcome::holds))?;
    Some(Event {
        data: json!({
            "before": change.shares_before,
            "after": change.shares_after,
            "outcome": change.outcome,
            "reason": change.reason,
        }),
        id: change.id,
        at,
        by: change.closed_by.unwrap_or(change.by_user),
        kind: TimelineKind::Attribution,
    })
}

/// A merger, told of the lead that went `into` another, or of the one that took another in.
fn merger(change: StatusChange, side: &str, other: Option<&LeadName>) -> Event {
    let mut data = json!({ "reason": change.reason });
    data[side] = json!(other);
    Event { id: change.id, at: change.at, by: change.by_user, kind: TimelineKind::Merger, data }
}

/// A paper that was brought; one that was removed since is told of by the trail.
fn paper(paper: Attachment) -> Event {
    Event {
        data: json!({ "id": paper.id, "kind": paper.kind, "file_name": paper.file_name }),
        id: paper.id,
        at: paper.at,
        by: paper.by_user,
        kind: TimelineKind::Attachment,
    }
}

/// Edits from the trail. Personal fields open only with the contact's own key, and are shown masked.
fn edits(conn: &mut AnyConn, tools: Tools<'_>, actor: &Actor, lead: &Lead) -> Result<Vec<Event>, AppError> {
    let entries = audit::queries::edits_of(conn, "lead", lead.id.as_str(), "lead.update")?;
    if entries.is_empty() {
        return Ok(Vec::new());
    }
    let key = match contacts::queries::of_lead(conn, &lead.id)? {
        Some(contact) => contact.own_key(tools.keys)?,
        None => None,
    };
    let sees_contact = actor.role != Role::Federation;
    Ok(entries
        .into_iter()
        .filter_map(|entry| {
            let Value::Object(mut differences) = entry.differences.0 else { return None };
            differences.retain(|name, _| sees_contact || !name.starts_with("contact."));
            for (name, change) in &mut differences {
                if let Some(field) = personal(name) {
                    mask(change, field, key.as_ref());
                }
            }
            let by = entry.actor_id?;
            Some(Event {
                id: entry.id,
                at: entry.at,
                by,
                kind: TimelineKind::Edit,
                data: json!({ "differences": differences }),
            })
        })
        .collect())
}

/// The sealed field of a contact that a difference's name stands for.
fn personal(name: &str) -> Option<&'static str> {
    match name {
        "contact.phone" => Some("phone"),
        "contact.other_phones" => Some("other_phones"),
        "contact.email" => Some("email"),
        "contact.wechat" => Some("wechat"),
        _ => None,
    }
}

fn mask(change: &mut Value, field: &str, key: Option<&Cipher>) {
    for side in ["from", "to"] {
        let Some(value) = change.get_mut(side) else { continue };
        let Some(sealed) = value.as_str() else { continue };
        let open = key
            .and_then(|key| key.decrypt(field, sealed).ok())
            .and_then(|plain| String::from_utf8(plain).ok());
        *value = match (open, field) {
            (Some(mail), "email") => mask_email(&mail).into(),
            (Some(phone), "phone" | "other_phones") => mask_phone(&phone).into(),
            _ => "***".into(),
        };
    }
}

/// Puts people's names in, looked up once for all.
pub(super) fn named(conn: &mut AnyConn, events: Vec<Event>) -> Result<Vec<TimelineItem>, AppError> {
    let mut ids: Vec<Id> = events.iter().map(|event| event.by.clone()).collect();
    for event in events.iter().filter(|event| event.kind == TimelineKind::Assignment) {
        for path in ["/officer/from", "/officer/to", "/leader/from", "/leader/to"] {
            ids.extend(event.data.pointer(path).and_then(Value::as_str).and_then(|id| id.parse().ok()));
        }
    }
    ids.sort();
    ids.dedup();
    let people = people(conn, &ids)?;
    Ok(events
        .into_iter()
        .map(|mut event| {
            if event.kind == TimelineKind::Assignment {
                for path in ["/officer/from", "/officer/to", "/leader/from", "/leader/to"] {
                    if let Some(value) = event.data.pointer_mut(path) {
                        let id: Option<Id> = value.as_str().and_then(|id| id.parse().ok());
                        *value = json!(id.and_then(|id| people.get(&id)));
                    }
                }
            }
            TimelineItem {
                by: people.get(&event.by).cloned(),
                id: event.id,
                at: event.at,
                kind: event.kind,
                data: event.data,
            }
        })
        .collect())
}
