//! The trail as the auditor reads it.

use chrono::NaiveDateTime;
use serde::Serialize;

use crate::web::filled::{Choice, Filled};
use crate::web::templates::Page;

/// `GET /audit?who=&action=&from=&to=&cursor=`. The administrator sees technical entries only.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Trail {
    /// What was asked: `who`, `action`, `from`, `to`.
    pub filter: Filled,
    pub actions: Vec<Choice>,
    pub rows: Vec<Entry>,
    pub prev: String,
    pub next: String,
    /// When entries were last sealed; `None` when none ever was.
    pub sealed_until: Option<NaiveDateTime>,
    /// When the chain of seals was last gone through to its end.
    pub checked_at: Option<NaiveDateTime>,
    /// The number of the first seal that does not fit.
    pub broken_at: Option<String>,
}

impl Page for Trail {
    const TEMPLATE: &'static str = "audit/list.html";
}

/// One deed.
#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    pub id: String,
    pub at: NaiveDateTime,
    /// Display name, or the name of the command that did it.
    pub by: String,
    pub address: Option<String>,
    /// The deed as it stands in the trail, such as `lead.create`; the message is `act-lead-create`.
    pub action: String,
    /// What it was done to: a code or name, and where it can be seen.
    pub subject: String,
    pub href: Option<String>,
    pub reason: Option<String>,
    pub changes: Vec<Change>,
}

/// One field's difference (the message is `field-<field>`); a personal field's values are masked or gone.
#[derive(Clone, Debug, Serialize)]
pub struct Change {
    pub field: String,
    pub before: Option<String>,
    pub after: Option<String>,
}
