//! Pages of teams.

use crate::web::filled::{Choice, Filled};
use crate::web::templates::Page;
use chrono::NaiveDate;
use serde::Serialize;

/// `GET /teams?kind=&county=&q=&cursor=`
#[derive(Clone, Debug, Default, Serialize)]
pub struct List {
    /// What was asked: `kind`, `county`, `q`.
    pub filter: Filled,
    pub kinds: Vec<Choice>,
    pub counties: Vec<Choice>,
    pub rows: Vec<Row>,
    pub total: Option<i64>,
    pub prev: String,
    pub next: String,
    pub may_create: bool,
}

impl Page for List {
    const TEMPLATE: &'static str = "teams/list.html";
}

/// A team in a few words.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Row {
    pub id: String,
    pub code: String,
    pub name: String,
    /// Code of the kind.
    pub kind: String,
    /// By name.
    pub county: Option<String>,
    pub leader: Option<String>,
    pub members: i64,
    pub stability: Steadiness,
    pub trips: i64,
    pub last_trip_on: Option<NaiveDate>,
}

/// How stable a team is, in a word and in numbers.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Steadiness {
    /// Code of `TeamStability`.
    pub word: String,
    /// How far back one looks.
    pub months: u32,
    pub began: i64,
    pub stayed: i64,
    /// As a person reads it: `66.67%`; empty where nobody counts.
    pub share: String,
    pub days_since_change: Option<i64>,
}

/// `GET /teams/{id}`
#[derive(Clone, Debug, Default, Serialize)]
pub struct Show {
    pub team: Row,
    pub note: Option<String>,
    /// Who left stands last.
    pub members: Vec<MemberRow>,
    /// The latest first.
    pub trips: Vec<TripRow>,
    pub may_edit: bool,
}

impl Page for Show {
    const TEMPLATE: &'static str = "teams/show.html";
}

/// Somebody's term.
#[derive(Clone, Debug, Default, Serialize)]
pub struct MemberRow {
    pub id: String,
    pub name: String,
    pub post: Option<String>,
    pub from_on: NaiveDate,
    pub to_on: Option<NaiveDate>,
    pub has_left: bool,
}

/// A trip.
#[derive(Clone, Debug, Default, Serialize)]
pub struct TripRow {
    pub id: String,
    /// Code of the kind.
    pub kind: String,
    pub from_on: NaiveDate,
    pub to_on: Option<NaiveDate>,
    /// By name.
    pub region: String,
    pub purpose: String,
    pub people: Option<String>,
    pub result: Option<String>,
    /// (id, code and title)
    pub leads: Vec<(String, String)>,
}

/// `GET /teams/new` (posts to `/teams`), `GET /teams/{id}/edit` (posts to `/teams/{id}`).
///
/// Fields: those of `TeamBody` and `version`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Form {
    /// `None` for a new one.
    pub team: Option<Row>,
    pub version: i64,
    pub form: Filled,
    pub kinds: Vec<Choice>,
    pub counties: Vec<Choice>,
}

impl Page for Form {
    const TEMPLATE: &'static str = "teams/form.html";
}

/// `GET /teams/{id}/deletion` (posts there). Field: `version`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct DeletionPage {
    pub team: Row,
    pub version: i64,
    pub form: Filled,
}

impl Page for DeletionPage {
    const TEMPLATE: &'static str = "teams/deletion.html";
}

/// `GET /teams/{id}/members/new` (posts to `…/members`), `GET …/members/{member}` (posts there, or to its `/removal`).
///
/// Fields: those of `TeamMemberBody` and `version`, the team's.
#[derive(Clone, Debug, Default, Serialize)]
pub struct MemberForm {
    pub team: Row,
    /// `None` for a new one.
    pub member: Option<MemberRow>,
    pub version: i64,
    pub form: Filled,
}

impl Page for MemberForm {
    const TEMPLATE: &'static str = "teams/members/form.html";
}

/// `GET /teams/{id}/trips/new` (posts to `…/trips`), `GET …/trips/{trip}` (posts there, or to its `/removal`).
///
/// Fields: those of `TripBody` (`leads` one a line) and `version`, the team's.
#[derive(Clone, Debug, Default, Serialize)]
pub struct TripForm {
    pub team: Row,
    /// `None` for a new one.
    pub trip: Option<TripRow>,
    pub version: i64,
    pub form: Filled,
    pub kinds: Vec<Choice>,
    /// Places for typing ahead.
    pub regions: Vec<String>,
}

impl Page for TripForm {
    const TEMPLATE: &'static str = "teams/trips/form.html";
}
