//! The timeline of a lead as its page tells it: the items of the API with names for codes and ids.

use crate::accounts::Actor;
use crate::accounts::queries::users;
use crate::app::App;
use crate::attachments::{self, OwnerKind};
use crate::attributions::handlers::parts;
use crate::attributions::pages::Part;
use crate::chambers;
use crate::companies;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::events;
use crate::leads::forms::page::field;
use crate::leads::handlers::small_page::Reader;
use crate::leads::model::{Lead, Priority, SourceKind, Stage, Status};
use crate::leads::pages::{Difference, Event, Link, Shown, What};
use crate::leads::policy;
use crate::leads::timeline::{TimelineItem, TimelineKind};
use crate::referrers;
use chrono::{NaiveDate, NaiveDateTime};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Items as events, and the registration as the first of all.
pub(super) fn of(
    conn: &mut AnyConn,
    app: &App,
    reader: &Reader,
    lead: &Lead,
    items: Vec<TimelineItem>,
) -> Result<Vec<Event>, AppError> {
    let follow_ups = items.iter().filter(|item| item.kind == TimelineKind::FollowUp);
    let follow_ups: Vec<Id> = follow_ups.map(|item| item.id.clone()).collect();
    let mut papers = attachments::queries::by_owner(conn, OwnerKind::FollowUp, &follow_ups)?;
    let mut events = Vec::with_capacity(items.len() + 1);
    for item in items {
        let mut what = what(conn, app, reader, &item)?;
        if let What::FollowUp { papers: of_item, keeps_papers, .. } = &mut what {
            *of_item = papers.remove(&item.id).unwrap_or_default().into_iter().map(Into::into).collect();
            *keeps_papers = self::keeps_papers(&reader.actor, lead, &item);
        }
        events.push(Event { what, at: item.at, by: item.by.map(|person| person.display_name) });
    }
    let by = users::names(conn, std::slice::from_ref(&lead.created_by))?;
    events.push(Event {
        at: lead.created_at,
        by: by.into_iter().next().map(|(_, _, name)| name),
        what: What::Created,
    });
    Ok(events)
}

fn what(conn: &mut AnyConn, app: &App, reader: &Reader, item: &TimelineItem) -> Result<What, AppError> {
    let data = &item.data;
    let text = |name: &str| data[name].as_str().map(str::to_owned);
    let word = |name: &str| text(name).unwrap_or_default();
    Ok(match item.kind {
        TimelineKind::FollowUp => What::FollowUp {
            id: word("id"),
            how: word("kind"),
            took_place_at: item.at,
            content: word("content"),
            ours: text("ours"),
            theirs: text("theirs"),
            next_step: text("next_step"),
            next_on: read(data, "next_on"),
            from: link(&data["from_lead"]),
            papers: Vec::new(),
            keeps_papers: false,
        },
        TimelineKind::Stage => What::Stage {
            from: word("from"),
            to: word("to"),
            back: read::<Stage>(data, "to") < read::<Stage>(data, "from"),
            reason: text("reason"),
        },
        TimelineKind::Assignment => {
            let mut changes = Vec::new();
            for name in ["county", "officer", "leader"] {
                let (from, to) = (&data[name]["from"], &data[name]["to"]);
                if from != to {
                    changes.push(Difference {
                        field: name.to_owned(),
                        from: person_or_county(app, reader, from),
                        to: person_or_county(app, reader, to),
                    });
                }
            }
            What::Assignment { changes, reason: text("reason") }
        }
        TimelineKind::Edit => What::Edit { changes: edited(conn, app, reader, &data["differences"])? },
        TimelineKind::Closure => What::Closure { closure_kind: text("kind"), reason: text("reason") },
        TimelineKind::Merger => {
            let (into, from) = (link(&data["into"]), link(&data["from_lead"]));
            What::Merger { took: from.is_some(), other: from.or(into), reason: text("reason") }
        }
        TimelineKind::Attachment => {
            What::Attachment { id: word("id"), name: word("file_name"), paper_kind: word("kind") }
        }
        TimelineKind::Question => What::Question { text: word("text"), due_on: read(data, "due_on") },
        TimelineKind::Answer => What::Answer { question: word("question"), text: word("text") },
        TimelineKind::Attribution => What::Attribution {
            before: shares(data, "before"),
            after: shares(data, "after"),
            reason: text("reason"),
        },
        TimelineKind::Hold => {
            What::Hold { held: data["to"] == "on_hold", until: read(data, "until"), reason: text("reason") }
        }
    })
}

/// As `attachments::policy` says of a follow-up; those of a merged lead are only read.
fn keeps_papers(actor: &Actor, lead: &Lead, item: &TimelineItem) -> bool {
    let is_own = item.by.as_ref().is_some_and(|by| by.id == actor.user_id);
    lead.status != Status::Merged
        && item.data["from_lead"].is_null()
        && (policy::may_edit(actor, lead) || (is_own && policy::may_follow_up(actor, lead)))
}

/// Parts of a lead's credit as pages show them.
fn shares(data: &Value, side: &str) -> Vec<Part> {
    parts(read(data, side).unwrap_or_default())
}

/// A lead by its code; without an href when the reader does not see it.
fn link(name: &Value) -> Option<Link> {
    let href = name["id"].as_str().map(|id| format!("/leads/{id}")).unwrap_or_default();
    Some(Link { href, label: name["code"].as_str()?.to_owned() })
}

fn edited(
    conn: &mut AnyConn,
    app: &App,
    reader: &Reader,
    differences: &Value,
) -> Result<Vec<Difference>, AppError> {
    let mut changes = Vec::new();
    for (name, change) in differences.as_object().into_iter().flatten() {
        let name = field(name);
        changes.push(Difference {
            field: name.to_owned(),
            from: shown(conn, app, reader, name, &change["from"])?,
            to: shown(conn, app, reader, name, &change["to"])?,
        });
    }
    Ok(changes)
}

/// The county's name, or a person's.
fn person_or_county(app: &App, reader: &Reader, value: &Value) -> Shown {
    if let Some(name) = value["display_name"].as_str() {
        return Shown::Text(name.to_owned());
    }
    match value.as_str() {
        Some(county) => Shown::Text(app.reference.region_name(county, reader.lang.code()).to_owned()),
        None => Shown::Nothing,
    }
}

/// A value of the trail in the reader's words.
fn shown(
    conn: &mut AnyConn,
    app: &App,
    reader: &Reader,
    name: &str,
    value: &Value,
) -> Result<Shown, AppError> {
    let (reference, lang) = (&app.reference, reader.lang.code());
    if let Some(number) = value.as_i64() {
        return Ok(match name {
            "total_investment" | "fixed_investment" => Shown::Money(number),
            _ => Shown::Text(number.to_string()),
        });
    }
    let text = match value {
        Value::Null => return Ok(Shown::Nothing),
        Value::String(text) => text.clone(),
        Value::Number(figure) => figure.as_f64().map_or_else(|| figure.to_string(), |f| f.to_string()),
        other => other.to_string(),
    };
    let name_of = match name {
        "county" => Some(reference.region_name(&text, lang).to_owned()),
        "origin" => Some(reference.origin_name(&text, lang).to_owned()),
        "industry" => Some(reference.industry_name(&text, lang).to_owned()),
        "park" => reference.park(&text).map(|park| park.name(lang).to_owned()),
        "industry_class" => {
            reference.industry_class(&text).map(|class| format!("{} {}", class.code, class.name(lang)))
        }
        "source_chamber" => chambers::queries::find(conn, &text)?.map(|chamber| chamber.name),
        "source_referrer" => referrers::queries::find(conn, &text)?.map(|referrer| referrer.name),
        "source_event" => events::queries::find(conn, &text)?.map(|event| event.title),
        "source_enterprise" => match text.parse::<Id>() {
            Ok(id) => companies::queries::find(conn, &id)?.map(|company| company.name),
            Err(_) => None,
        },
        _ => None,
    };
    if let Some(name) = name_of {
        return Ok(Shown::Text(name));
    }
    Ok(match name {
        "source_kind" => word::<SourceKind>("source", text),
        "stage" => word::<Stage>("stage", text),
        "priority" => word::<Priority>("priority", text),
        "registered_on" | "next_follow_up_on" => text.parse().map_or(Shown::Text(text), Shown::Day),
        _ if text == "***" => Shown::Hidden,
        _ => Shown::Text(text),
    })
}

/// A code whose text is a message; anything else as it stands.
fn word<T: std::str::FromStr>(family: &str, text: String) -> Shown {
    if text.parse::<T>().is_ok() { Shown::Word(format!("{family}-{text}")) } else { Shown::Text(text) }
}

fn read<T: DeserializeOwned>(data: &Value, name: &str) -> Option<T> {
    serde_json::from_value(data[name].clone()).ok()
}

/// The day each stage was reached, the first one from the start.
pub(super) fn reached(
    lead: &Lead,
    events: &[Event],
    china_date: impl Fn(NaiveDateTime) -> NaiveDate,
) -> Vec<(Stage, NaiveDate)> {
    let mut moves: Vec<(Stage, Stage, NaiveDate)> = events
        .iter()
        .filter_map(|event| match &event.what {
            What::Stage { from, to, .. } => {
                Some((from.parse().ok()?, to.parse().ok()?, china_date(event.at)))
            }
            _ => None,
        })
        .collect();
    moves.reverse();
    let start = moves.first().map_or(lead.stage, |(from, ..)| *from);
    let mut reached = vec![(start, lead.registered_on)];
    reached.extend(moves.into_iter().map(|(_, to, on)| (to, on)));
    reached
}
