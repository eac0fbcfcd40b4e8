//! Pages of events.

use crate::web::filled::{Choice, Filled};
use crate::web::templates::Page;
use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;

/// `GET /events?kind=&status=&county=&q=&cursor=`
#[derive(Clone, Debug, Default, Serialize)]
pub struct List {
    /// What was asked: `kind`, `status`, `county`, `q`.
    pub filter: Filled,
    pub kinds: Vec<Choice>,
    pub statuses: Vec<Choice>,
    pub counties: Vec<Choice>,
    pub rows: Vec<Row>,
    pub total: Option<i64>,
    pub prev: String,
    pub next: String,
    pub may_create: bool,
    /// A liaison's list: only his members are counted in it.
    pub own: bool,
}

impl Page for List {
    const TEMPLATE: &'static str = "events/list.html";
}

/// An event.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Row {
    pub id: String,
    pub code: String,
    /// Code of the kind.
    pub kind: String,
    pub title: String,
    /// By name; none for the city's own.
    pub county: Option<String>,
    pub place: String,
    pub from_on: NaiveDate,
    pub to_on: NaiveDate,
    /// By name.
    pub host: Option<String>,
    /// Code of the status.
    pub status: String,
    pub listed: i64,
    pub attended: i64,
}

/// `GET /events/{id}?q=&cursor=`, which narrow the list of attendees.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Show {
    pub event: Row,
    pub programme: Option<String>,
    /// Where the chamber's page is that holds it, for who reads it.
    pub host_href: Option<String>,
    pub cost_fen: Option<i64>,
    pub outcome: Option<String>,
    pub cancellation_reason: Option<String>,
    /// What came of it; `None` for a liaison.
    pub results: Option<ResultsPart>,
    pub attendees: Attendees,
    /// The check-in, for who keeps it.
    pub check_in: Option<CheckInPart>,
    /// Where a lead of it is registered, for who registers leads and keeps events.
    pub lead_href: Option<String>,
    pub may_edit: bool,
    /// A liaison's page.
    pub own: bool,
}

impl Page for Show {
    const TEMPLATE: &'static str = "events/show.html";
}

/// A number, and the list that it counts.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Figure {
    /// Code of a stage; empty for a whole.
    pub stage: String,
    pub count: i64,
    pub href: String,
}

/// What came of an event.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ResultsPart {
    pub leads: Figure,
    pub stages: Vec<Figure>,
    /// `None` for who does not read projects in full, as the two below.
    pub projects: Option<Figure>,
    pub signed: Option<Figure>,
    pub contract_investment_fen: Option<i64>,
}

/// The list of attendees on an event's page.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Attendees {
    /// What was asked: `q`.
    pub filter: Filled,
    pub rows: Vec<AttendeeRow>,
    pub total: Option<i64>,
    pub next: String,
    pub first: String,
    /// Whether he may add somebody, and mark who came.
    pub may_add: bool,
    pub may_mark: bool,
}

/// Somebody who was invited, signed up or came.
#[derive(Clone, Debug, Default, Serialize)]
pub struct AttendeeRow {
    pub id: String,
    pub name: String,
    pub company: Option<String>,
    pub post: Option<String>,
    /// By name.
    pub chamber: Option<String>,
    /// He came without being on the list before.
    pub uninvited: bool,
    /// UTC
    pub attended_at: Option<NaiveDateTime>,
    /// Who marked him; none when he checked in himself.
    pub checked_in_by: Option<String>,
    pub may_remove: bool,
}

/// The check-in of an event: a code to be drawn, and the address in it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct CheckInPart {
    pub address: String,
    /// Units on each side of the picture, and the path in it.
    pub size: usize,
    pub path: String,
    /// Code of the door today: `open`, `early`, `over`, `cancelled`.
    pub door: String,
}

/// `GET /events/{id}/qr-code`: to be printed and hung up at the door.
#[derive(Clone, Debug, Default, Serialize)]
pub struct QrCodePage {
    pub event: Row,
    pub check_in: CheckInPart,
}

impl Page for QrCodePage {
    const TEMPLATE: &'static str = "events/qr-code.html";
}

/// `GET /events/new` (posts to `/events`), `GET /events/{id}/edit` (posts to `/events/{id}`).
///
/// Fields: those of `EventBody` (`cost_fen` in 万元) and `version`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Form {
    /// `None` for a new one.
    pub event: Option<Row>,
    pub version: i64,
    pub form: Filled,
    pub kinds: Vec<Choice>,
    pub statuses: Vec<Choice>,
    pub counties: Vec<Choice>,
    /// Whether it may be the city's own.
    pub may_be_citys: bool,
    /// Codes and names, for typing ahead.
    pub chambers: Vec<String>,
}

impl Page for Form {
    const TEMPLATE: &'static str = "events/form.html";
}

/// `GET /events/{id}/deletion` (posts there). Field: `version`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct DeletionPage {
    pub event: Row,
    /// It has attendees or leads, so it stays.
    pub used: bool,
    pub version: i64,
    pub form: Filled,
}

impl Page for DeletionPage {
    const TEMPLATE: &'static str = "events/deletion.html";
}

/// `GET /events/{id}/attendees/new` (posts to `/events/{id}/attendees`). Fields: `name` `company` `post` `chamber_id`,
/// or instead of the first three `list`, one a line.
#[derive(Clone, Debug, Default, Serialize)]
pub struct AttendeeForm {
    pub event: Row,
    pub form: Filled,
    /// Codes and names, for typing ahead; none for a liaison, whose chamber is meant.
    pub chambers: Vec<String>,
    pub own: bool,
}

impl Page for AttendeeForm {
    const TEMPLATE: &'static str = "events/attendees/form.html";
}

/// `GET /events/{id}/attendees/{attendee}/removal` (posts there).
#[derive(Clone, Debug, Default, Serialize)]
pub struct RemovalPage {
    pub event: Row,
    pub attendee: AttendeeRow,
    pub form: Filled,
}

impl Page for RemovalPage {
    const TEMPLATE: &'static str = "events/attendees/removal.html";
}

/// `GET|POST /check-in/{secret}`: without signing in. Fields: `name` `company`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct CheckIn {
    pub title: String,
    pub place: String,
    pub from_on: NaiveDate,
    pub to_on: NaiveDate,
    /// Code of the door: only an `open` one has a form.
    pub door: String,
    pub secret: String,
    pub form: Filled,
    /// He is in, under this name, which he gave himself.
    pub done: Option<String>,
}

impl Page for CheckIn {
    const TEMPLATE: &'static str = "events/check-in.html";
}
