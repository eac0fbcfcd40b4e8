//! Events, their lists and their doors.

use yinfeng::events::pages::{
    AttendeeForm, AttendeeRow, Attendees, CheckIn, CheckInPart, DeletionPage, Figure, Form, List, QrCodePage,
    RemovalPage, ResultsPart, Row, Show,
};
use yinfeng::events::qr_code::drawn;
use yinfeng::web::filled::Filled;
use yinfeng::web::i18n::Message;

use super::leads::{codes, day, some};
use super::render::{AUDITOR, LEADER, LIAISON, NOBODY, OFFICER, at, render};

fn row() -> Row {
    Row {
        id: "e1".into(),
        code: "HD-0001".into(),
        kind: "promotion".into(),
        title: "湾区玩具服装产业推介会（虚构）".into(),
        county: some("灵山县"),
        place: "示例市会展中心三楼".into(),
        from_on: day("2026-12-10"),
        to_on: day("2026-12-11"),
        host: some("东莞市广西商会（虚构）"),
        status: "planned".into(),
        listed: 24,
        attended: 3,
    }
}

fn check_in() -> CheckInPart {
    let address = "https://yinfeng.example/check-in/0123456789abcdefghijklmnopqrstuvwxyzABCDEFG".to_owned();
    let code = drawn(&address).unwrap();
    CheckInPart { address, size: code.size, path: code.path, door: "open".into() }
}

fn attendee() -> AttendeeRow {
    AttendeeRow {
        id: "a1".into(),
        name: "示例经理".into(),
        company: some("示例玩具有限公司（虚构）"),
        post: some("总经理"),
        chamber: some("东莞市广西商会（虚构）"),
        uninvited: false,
        attended_at: Some(at("2026-12-10T01:31:00")),
        checked_in_by: some("钟示例"),
        may_remove: false,
    }
}

#[test]
fn the_list_of_events() {
    let citys = Row {
        county: None,
        host: None,
        kind: "campaign".into(),
        status: "held".into(),
        to_on: day("2026-12-10"),
        ..row()
    };
    let cancelled = Row { status: "cancelled".into(), kind: "matchmaking".into(), ..row() };
    let list = List {
        kinds: codes(&["promotion", "matchmaking", "campaign"]),
        statuses: codes(&["planned", "held", "cancelled"]),
        counties: codes(&["450721"]),
        rows: vec![row(), citys, cancelled],
        total: Some(3),
        may_create: true,
        ..List::default()
    };
    render("events", &list, &[OFFICER], "/events");
    render("events-own", &List { own: true, may_create: false, ..list.clone() }, &[LIAISON], "/events");
    let asked = Filled::new().value("status", "held").value("chamber", "SH-0001");
    render("events-none-found", &List { filter: asked, rows: vec![], ..list }, &[OFFICER], "/events");
    render("events-none", &List { may_create: true, ..List::default() }, &[OFFICER], "/events");
    render("events-none-reader", &List::default(), &[AUDITOR, LEADER], "/events");
}

#[test]
fn the_page_of_an_event() {
    let figure = |stage: &str, count| Figure { stage: stage.into(), count, href: "/leads?event=e1".into() };
    let results = ResultsPart {
        leads: figure("", 3),
        stages: vec![figure("new", 2), figure("contract", 1), figure("framework", 0)],
        projects: Some(figure("", 1)),
        signed: Some(figure("", 1)),
        contract_investment_fen: Some(1_680_000_000_000),
    };
    let awaited = AttendeeRow { attended_at: None, checked_in_by: None, may_remove: true, ..attendee() };
    let guest = AttendeeRow {
        uninvited: true,
        company: None,
        post: None,
        chamber: None,
        checked_in_by: None,
        ..attendee()
    };
    let attendees = Attendees {
        rows: vec![attendee(), awaited.clone(), guest],
        total: Some(3),
        may_add: true,
        may_mark: true,
        ..Attendees::default()
    };
    let show = Show {
        event: row(),
        programme: some("09:30 签到\n10:00 推介"),
        host_href: some("/chambers/c1"),
        cost_fen: Some(12_600_000),
        outcome: some("两家约定来考察"),
        cancellation_reason: None,
        results: Some(results),
        attendees,
        check_in: Some(check_in()),
        lead_href: some("/leads/new?source_kind=event&source_event=e1"),
        may_edit: true,
        own: false,
    };
    render("event", &show, &[OFFICER], "/events/e1");
    let cancelled = Show {
        event: Row { status: "cancelled".into(), county: None, listed: 0, ..row() },
        cancellation_reason: some("台风"),
        results: Some(ResultsPart::default()),
        attendees: Attendees::default(),
        ..Show::default()
    };
    render("event-cancelled", &cancelled, &[AUDITOR], "/events/e1");
    let none_found = Attendees { filter: Filled::new().value("q", "林"), ..Attendees::default() };
    render("event-none-found", &Show { attendees: none_found, ..show.clone() }, &[OFFICER], "/events/e1");
    let own = Show {
        attendees: Attendees { rows: vec![awaited], total: Some(1), may_add: true, ..Attendees::default() },
        results: None,
        check_in: None,
        lead_href: None,
        host_href: None,
        cost_fen: None,
        outcome: None,
        may_edit: false,
        own: true,
        ..show
    };
    render("event-own", &own, &[LIAISON], "/events/e1");
    render("event-own-none", &Show { attendees: Attendees::default(), ..own }, &[LIAISON], "/events/e1");
    render(
        "event-code",
        &QrCodePage { event: row(), check_in: check_in() },
        &[OFFICER],
        "/events/e1/qr-code",
    );
}

#[test]
fn the_forms_of_an_event() {
    let form = Form {
        kinds: codes(&["promotion"]),
        statuses: codes(&["planned", "held", "cancelled"]),
        counties: codes(&["450721"]),
        may_be_citys: true,
        chambers: vec!["SH-0001 东莞市广西商会（虚构）".into()],
        ..Form::default()
    };
    render("event-new", &form, &[OFFICER], "/events/new");
    let wrong = Filled::new().error("cancellation_reason", Message::new("fault-reason-required"));
    let edit = Form { event: Some(row()), version: 2, form: wrong, ..form };
    render("event-edit", &edit, &[OFFICER], "/events/e1/edit");
    let deletion = DeletionPage { event: row(), used: false, version: 1, form: Filled::new() };
    render("event-deletion", &deletion, &[OFFICER], "/events/e1/deletion");
    let used = DeletionPage { used: true, ..deletion };
    render("event-deletion-used", &used, &[OFFICER], "/events/e1/deletion");
    let attendee_form =
        AttendeeForm { event: row(), chambers: vec!["SH-0001 商会".into()], ..AttendeeForm::default() };
    render("event-attendee", &attendee_form, &[OFFICER], "/events/e1/attendees/new");
    let own = AttendeeForm { own: true, chambers: vec![], ..attendee_form };
    render("event-attendee-own", &own, &[LIAISON], "/events/e1/attendees/new");
    let removal = RemovalPage { event: row(), attendee: attendee(), form: Filled::new() };
    render("event-removal", &removal, &[OFFICER], "/events/e1/attendees/a1/removal");
}

#[test]
fn the_door_of_an_event() {
    let door = CheckIn {
        title: "湾区玩具服装产业推介会（虚构）".into(),
        place: "示例市会展中心三楼".into(),
        from_on: day("2026-12-10"),
        to_on: day("2026-12-11"),
        door: "open".into(),
        secret: "s".into(),
        ..CheckIn::default()
    };
    render("check-in", &door, &[NOBODY], "/check-in/s");
    let done = CheckIn { done: some("示例经理"), ..door.clone() };
    render("check-in-done", &done, &[NOBODY], "/check-in/s");
    for closed in ["early", "over", "cancelled"] {
        let closed_door = CheckIn { door: closed.into(), ..door.clone() };
        render(&format!("check-in-{closed}"), &closed_door, &[NOBODY], "/check-in/s");
    }
}
