//! What happened to a lead, as its page tells it.

use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;

use super::Link;
use crate::attachments::pages::PaperLink;
use crate::attributions::pages::Part;

/// One item of the timeline, newest first.
#[derive(Clone, Debug, Serialize)]
pub struct Event {
    /// UTC
    pub at: NaiveDateTime,
    /// Display name; `None` when the system itself did it.
    pub by: Option<String>,
    #[serde(flatten)]
    pub what: What,
}

/// What it was; the title is `event-<kind>`.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum What {
    FollowUp {
        id: String,
        /// Code of the follow-up's kind.
        how: String,
        /// When it took place, UTC; the event's own time is when it was recorded.
        took_place_at: NaiveDateTime,
        content: String,
        ours: Option<String>,
        theirs: Option<String>,
        next_step: Option<String>,
        next_on: Option<NaiveDate>,
        /// The merged lead that it was written for; the href is empty when the reader does not see that one.
        from: Option<Link>,
        papers: Vec<PaperLink>,
        /// Whether the reader may add papers to it and remove them.
        keeps_papers: bool,
    },
    Stage {
        from: String,
        to: String,
        /// A move back.
        back: bool,
        reason: Option<String>,
    },
    Assignment {
        changes: Vec<Difference>,
        reason: Option<String>,
    },
    Edit {
        changes: Vec<Difference>,
    },
    /// A closure, or with `closure_kind` none the end of one.
    Closure {
        closure_kind: Option<String>,
        reason: Option<String>,
    },
    /// A hold, or its end.
    Hold {
        held: bool,
        until: Option<NaiveDate>,
        reason: Option<String>,
    },
    /// This lead went into another, or with `took` another into this one.
    Merger {
        took: bool,
        other: Option<Link>,
        reason: Option<String>,
    },
    /// A paper was brought.
    Attachment {
        id: String,
        name: String,
        /// Code of the paper's kind.
        paper_kind: String,
    },
    /// The chamber was asked.
    Question {
        text: String,
        due_on: Option<NaiveDate>,
    },
    /// The chamber answered.
    Answer {
        question: String,
        text: String,
    },
    /// The credit for the lead is shared otherwise.
    Attribution {
        before: Vec<Part>,
        after: Vec<Part>,
        reason: Option<String>,
    },
    Created,
}

/// A field before and after; its name is `field-<field>`.
#[derive(Clone, Debug, Serialize)]
pub struct Difference {
    pub field: String,
    pub from: Shown,
    pub to: Shown,
}

/// A value, with how it is shown.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "as", content = "value", rename_all = "snake_case")]
pub enum Shown {
    Nothing,
    /// Texts, names, figures.
    Text(String),
    /// In fen.
    Money(i64),
    Day(NaiveDate),
    /// The message of this key, such as `stage-new`.
    Word(String),
    /// Personal data: that it changed is told, not what it is.
    Hidden,
}
