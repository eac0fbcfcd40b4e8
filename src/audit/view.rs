//! An entry of the trail as the API shows it.

use crate::audit::queries::AuditEntry;
use crate::audit::shown::{Shown, changes};
use crate::clock;
use crate::db::Id;
use chrono::NaiveDateTime;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// One act.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AuditEntry)]
pub struct EntryView {
    pub id: Id,
    #[serde(with = "clock::rfc3339")]
    pub at: NaiveDateTime,
    /// Null when nobody signed in did it: the program itself, the command line, a failed sign-in.
    pub actor: Option<ActorName>,
    pub actor_name: String,
    /// A noun and a verb: `lead.create`.
    pub action: String,
    pub subject: Subject,
    /// By field.
    pub differences: BTreeMap<String, Difference>,
    pub reason: Option<String>,
    /// The client's.
    pub address: Option<String>,
    pub request_id: Option<String>,
    /// Whether a seal holds it already.
    pub sealed: bool,
}

/// Who did it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ActorName {
    pub id: Id,
    pub display_name: String,
}

/// What it was done to.
#[derive(Debug, Serialize, ToSchema)]
pub struct Subject {
    pub kind: String,
    pub id: String,
}

/// A change of one field: from and to, or that a personal field changed.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum Difference {
    Plain { from: Value, to: Value },
    Personal { changed: bool, encrypted: bool },
}

impl From<AuditEntry> for EntryView {
    fn from(entry: AuditEntry) -> Self {
        let differences = changes(&entry.differences.0)
            .into_iter()
            .map(|(field, before, after)| {
                let change = &entry.differences.0[&field];
                let difference = if before == Shown::Encrypted || after == Shown::Encrypted {
                    Difference::Personal { changed: true, encrypted: true }
                } else {
                    Difference::Plain { from: change["from"].clone(), to: change["to"].clone() }
                };
                (field, difference)
            })
            .collect();
        let actor = entry.actor_id.map(|id| ActorName { id, display_name: entry.actor_name.clone() });
        EntryView {
            id: entry.id,
            at: entry.at,
            actor,
            actor_name: entry.actor_name,
            action: entry.action,
            subject: Subject { kind: entry.subject_kind, id: entry.subject_id },
            differences,
            reason: entry.reason,
            address: entry.address,
            request_id: entry.request_id,
            sealed: entry.seal_id.is_some(),
        }
    }
}
