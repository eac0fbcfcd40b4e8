//! Pages of teams.

use super::leads::{codes, day, some};
use super::render::{AUDITOR, OFFICER, render};
use yinfeng::teams::pages::{
    DeletionPage, Form, List, MemberForm, MemberRow, Row, Show, Steadiness, TripForm, TripRow,
};
use yinfeng::web::filled::{Choice, Filled};
use yinfeng::web::i18n::Message;

fn row(name: &str, kind: &str, word: &str) -> Row {
    Row {
        id: "t1".into(),
        code: "DW-0001".into(),
        name: name.into(),
        kind: kind.into(),
        county: some("灵山县").filter(|_| kind != "city"),
        leader: some("示例队长"),
        members: 5,
        stability: Steadiness {
            word: word.into(),
            months: 12,
            began: 12,
            stayed: 11,
            share: if word == "new" { String::new() } else { "91.66%".into() },
            days_since_change: (word != "new").then_some(45),
        },
        trips: 2,
        last_trip_on: Some(day("2026-09-01")),
    }
}

#[test]
fn teams_and_what_is_known_of_one() {
    let rows = vec![
        row("钦州市驻粤招商队", "city", "steady"),
        row("灵山县联合招商队", "joint", "shifting"),
        row("浦北县招商队", "county", "unsteady"),
        Row { leader: None, last_trip_on: None, trips: 0, ..row("新队", "county", "new") },
    ];
    let kinds = codes(&["city", "county", "joint"]);
    let counties = vec![Choice::named("450721", "灵山县")];
    let list = List {
        kinds: kinds.clone(),
        counties: counties.clone(),
        rows: rows.clone(),
        total: Some(4),
        may_create: true,
        ..List::default()
    };
    render("teams", &list, &[OFFICER], "/teams");
    let filter = Filled::new().value("kind", "city");
    render("teams-none-found", &List { filter, rows: vec![], ..list }, &[OFFICER], "/teams");
    render("teams-none", &List { may_create: true, ..List::default() }, &[OFFICER], "/teams");
    render("teams-none-reader", &List::default(), &[AUDITOR], "/teams");
    let member = |name: &str, has_left: bool| MemberRow {
        id: "m1".into(),
        name: name.into(),
        post: some("副队长").filter(|_| !has_left),
        from_on: day("2024-03-01"),
        to_on: has_left.then(|| day("2026-05-31")),
        has_left,
    };
    let trip = TripRow {
        id: "p1".into(),
        kind: "resident".into(),
        from_on: day("2026-09-01"),
        to_on: None,
        region: "广东省东莞市".into(),
        purpose: "走访玩具企业".into(),
        people: some("甲队员示例、乙队员示例"),
        result: some("4 家有意来钦考察。"),
        leads: vec![("l1".into(), "QZ-2026-000098 小橘灯公仔项目".into())],
    };
    let outing = TripRow {
        kind: "outing".into(),
        to_on: Some(day("2026-09-05")),
        people: None,
        result: None,
        leads: vec![],
        ..trip.clone()
    };
    let show = Show {
        team: rows[1].clone(),
        note: some("玩具、服装产业链"),
        members: vec![member("甲队员示例", false), member("乙队员示例", true)],
        trips: vec![trip.clone(), outing],
        may_edit: true,
    };
    render("team", &show, &[OFFICER], "/teams/t1");
    render("team-reader", &Show { may_edit: false, ..show }, &[AUDITOR], "/teams/t1");
    let bare = Show { team: rows[3].clone(), may_edit: true, ..Show::default() };
    render("team-bare", &bare, &[OFFICER], "/teams/t1");
    let form = Form { kinds, counties, ..Form::default() };
    render("team-new", &form, &[OFFICER], "/teams/new");
    let wrong = Filled::new().error("county", Message::new("fault-required"));
    let edit = Form { team: Some(rows[1].clone()), version: 2, form: wrong, ..form };
    render("team-edit", &edit, &[OFFICER], "/teams/t1/edit");
    let deletion = DeletionPage { team: rows[3].clone(), version: 2, form: Filled::new() };
    render("team-deletion", &deletion, &[OFFICER], "/teams/t1/deletion");
    let new = MemberForm { team: rows[1].clone(), version: 2, ..MemberForm::default() };
    render("team-member-new", &new, &[OFFICER], "/teams/t1/members/new");
    let edit = MemberForm { member: Some(member("甲队员示例", false)), ..new };
    render("team-member-edit", &edit, &[OFFICER], "/teams/t1/members/m1");
    let regions = vec!["广东省东莞市".into()];
    let new = TripForm {
        team: rows[1].clone(),
        version: 2,
        kinds: codes(&["resident", "outing"]),
        regions,
        ..TripForm::default()
    };
    render("team-trip-new", &new, &[OFFICER], "/teams/t1/trips/new");
    render("team-trip-edit", &TripForm { trip: Some(trip), ..new }, &[OFFICER], "/teams/t1/trips/p1");
}
