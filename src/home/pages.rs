//! The first page of the day.

use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;

use crate::claims;
use crate::leads::pages::OwnCard;
use crate::saved_searches::pages::News;
use crate::text_enum;
use crate::web::templates::Page;

/// `GET /`: what is late, what is due, what changed. Every number is the count of the list it opens.
#[derive(Clone, Debug, Serialize)]
pub struct Home {
    pub emphasis: Emphasis,
    /// A year within the days that are promised now whose days off are not in the data.
    pub guessed_year: Option<i32>,
    /// Whose leads the groups count, for who may choose.
    pub whose: Option<Whose>,
    pub groups: Vec<Group>,
    /// Later claims: to the bureau those that wait, to a liaison his own; `None` for others.
    pub claims: Option<Claims>,
    /// To the bureau those whose promised day is over; none while there are none.
    pub late_claims: Option<Claims>,
    /// To a liaison the latest notice that he has not read.
    pub notice: Option<Unread>,
    /// To a liaison the referrals of his chamber's leads that he may confirm or contest.
    pub referrals: Vec<Referral>,
    /// Saved searches that found something new for the reader.
    pub found: Vec<News>,
    /// What waits for the reader's word beside leads.
    pub review: Vec<Review>,
    /// What the data of projects lack, for who keeps or oversees them.
    pub faults: Vec<Fault>,
    /// The newest changes in the reader's scope.
    pub changes: Vec<Change>,
    /// Where one goes to begin something.
    pub actions: Vec<Action>,
}

impl Page for Home {
    const TEMPLATE: &'static str = "home/home.html";
}

/// Whose day it is.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Emphasis {
    /// Officers, heads and those who oversee: figures first, then the lists behind them.
    Desk,
    /// A county leader with a phone: my leads, the late ones first, each with its next deed.
    Leader,
    /// A chamber liaison: what became of the leads I reported.
    Liaison,
    /// No business rows: the administrator.
    Office,
}

text_enum! {
    /// Whose leads the day is made of.
    pub enum Whose {
        /// Those that the reader keeps.
        Mine = "mine",
        /// All that he may see.
        All = "all",
    }
}

/// Leads that want the same thing. The texts are `home-<key>` and `home-<key>-none`.
#[derive(Clone, Debug, Serialize)]
pub struct Group {
    /// `feedback`, `claimed`, `asked`, `overdue`, `today`, `week`, `changed` or `mine`; a liaison's `answer`, `late` and `mine`.
    pub key: &'static str,
    pub count: i64,
    /// The list whose rows these are.
    pub href: String,
    /// The first of them.
    pub rows: Vec<Line>,
}

/// A lead in a few words.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    pub id: String,
    pub code: String,
    pub title: String,
    pub investor_name: String,
    /// By name.
    pub county: String,
    pub stage: String,
    /// In fen.
    pub total_investment_fen: Option<i64>,
    pub officer: Option<String>,
    pub leader: Option<String>,
    pub next_step: Option<String>,
    pub next_on: Option<NaiveDate>,
    /// Days past the date, negative when it is ahead.
    pub overdue_days: Option<i64>,
    /// Days past the day that its chamber was promised an answer by, negative when it is ahead; `None` once answered.
    pub promise_days: Option<i64>,
    /// To a liaison: where his lead stands.
    pub own: Option<OwnCard>,
}

/// Later claims on the first page: the first of the list that it opens.
#[derive(Clone, Debug, Serialize)]
pub struct Claims {
    /// The count of the list that `href` opens.
    pub count: i64,
    pub href: &'static str,
    pub rows: Vec<claims::pages::Row>,
    /// A liaison's own: read here, not answered.
    pub own: bool,
    /// The title: `claims-title-own`, `home-claims` or `home-claimed`.
    pub title: &'static str,
}

/// A filing that waits for a liaison's word.
#[derive(Clone, Debug, Serialize)]
pub struct Referral {
    pub id: String,
    pub code: String,
    pub referrer: String,
    /// What the lead is called, and the code of the role that is claimed.
    pub title: Option<String>,
    pub role: Option<String>,
    pub filed_on: Option<NaiveDate>,
}

/// A notice that its reader has not read.
#[derive(Clone, Debug, Serialize)]
pub struct Unread {
    pub id: String,
    pub title: String,
    /// Its first words.
    pub text: String,
    pub from_on: NaiveDate,
    /// How many there are with it.
    pub count: i64,
}

/// Records that wait for the reader's word: the text is `home-review-<key>`.
#[derive(Clone, Debug, Serialize)]
pub struct Review {
    /// `attributions`, `chambers` or `referrers`.
    pub key: &'static str,
    pub count: i64,
    pub href: &'static str,
}

/// Projects with a fault of their data: the text is `home-fault-<key>`.
#[derive(Clone, Debug, Serialize)]
pub struct Fault {
    /// `leader` or `key`.
    pub key: &'static str,
    pub count: i64,
    pub href: &'static str,
}

/// One change of a lead: the text is `home-change-<kind>`.
#[derive(Clone, Debug, Serialize)]
pub struct Change {
    /// `follow_up`, `stage`, `assignment`, `edit`, `closure`, `hold`, `merger`, `attachment`, `question`,
    /// `answer`, `attribution` or `created`.
    pub kind: String,
    pub at: NaiveDateTime,
    pub by: Option<String>,
    pub lead_id: String,
    pub lead_title: String,
    /// A few words of what it was; empty when the kind says it.
    pub summary: String,
}

/// A way to begin: the text is `home-do-<key>`.
#[derive(Clone, Debug, Serialize)]
pub struct Action {
    /// `lead`, `import`, `duplicate`, `user` or `audit`.
    pub key: &'static str,
    pub href: &'static str,
    /// The one that stands out.
    pub main: bool,
}
