//! Pages of notices.

use super::leads::{codes, day, some};
use super::render::{AUDITOR, LIAISON, OFFICER, at, render};
use yinfeng::notices::pages::{Form, List, ReadingPage, ReadingRow, RetractionPage, Row, Show};
use yinfeng::web::filled::Filled;
use yinfeng::web::i18n::Message;

fn row(title: &str, standing: &str, audience: &str) -> Row {
    Row {
        id: "n1".into(),
        title: title.into(),
        from_on: day("2026-11-20"),
        until_on: Some(day("2026-12-10")),
        standing: standing.into(),
        audience: some(audience),
        kinds: vec!["other_city".into(), "abroad".into()],
        chambers: vec!["湾区示例市灵山商会(虚构)".into()],
        addressed: Some(12),
        read: Some(3),
        read_at: None,
    }
}

#[test]
fn notices_to_chambers() {
    let rows = vec![
        row("请报送明年活动计划", "current", "all"),
        row("考察接待安排", "coming", "kinds"),
        Row { until_on: None, ..row("请核对会员名单", "retracted", "chosen") },
        Row {
            chambers: ["甲商会", "乙商会", "丙商会", "丁商会"].map(String::from).to_vec(),
            ..row("请报送会长名单", "current", "chosen")
        },
    ];
    let list = List {
        standings: codes(&["coming", "current", "over", "retracted"]),
        rows: rows.clone(),
        total: Some(4),
        may_create: true,
        ..List::default()
    };
    render("notices", &list, &[OFFICER], "/notices");
    let filter = Filled::new().value("standing", "over");
    render("notices-none-found", &List { filter, rows: vec![], ..list }, &[OFFICER], "/notices");
    render("notices-none", &List { may_create: true, ..List::default() }, &[OFFICER], "/notices");
    render("notices-none-reader", &List::default(), &[AUDITOR], "/notices");
    let own = |title: &str| Row {
        audience: None,
        kinds: vec![],
        chambers: vec![],
        addressed: None,
        read: None,
        ..row(title, "current", "all")
    };
    let read = Row { read_at: Some(at("2026-11-21T02:00:00")), ..own("已看的通知") };
    let his = List { rows: vec![own("未看的通知"), read.clone()], is_his: true, ..List::default() };
    render("notices-liaison", &his, &[LIAISON], "/notices");
    let show = Show {
        notice: rows[1].clone(),
        text: "第一行\n第二行".into(),
        edition: 2,
        may_edit: true,
        ..Show::default()
    };
    render("notice", &show, &[OFFICER], "/notices/n1");
    let retracted = Show {
        notice: rows[2].clone(),
        retracted_at: Some(at("2026-11-22T02:00:00")),
        retraction_reason: some("改期"),
        may_edit: false,
        ..show.clone()
    };
    render("notice-retracted", &retracted, &[OFFICER, AUDITOR], "/notices/n1");
    let unread = Show { notice: own("未看的通知"), may_mark: true, may_edit: false, ..show.clone() };
    render("notice-unread", &unread, &[LIAISON], "/notices/n1");
    render("notice-read", &Show { notice: read, may_edit: false, ..show }, &[LIAISON], "/notices/n1");
    let kinds = vec![("local".to_owned(), false), ("abroad".to_owned(), true)];
    let form = Form { audiences: codes(&["all", "kinds", "chosen"]), kinds, ..Form::default() };
    render("notice-new", &form, &[OFFICER], "/notices/new");
    let wrong = Filled::new().error("kinds", Message::new("fault-required"));
    let edit = Form { notice: Some(rows[0].clone()), version: 2, form: wrong, ..form };
    render("notice-edit", &edit, &[OFFICER], "/notices/n1/edit");
    let retraction = RetractionPage { notice: rows[0].clone(), version: 2, form: Filled::new() };
    render("notice-retraction", &retraction, &[OFFICER], "/notices/n1/retraction");
    let chamber = |name: &str, liaisons, read| ReadingRow {
        id: "c1".into(),
        name: name.into(),
        liaisons,
        read_at: (read > 0).then(|| at("2026-11-21T02:00:00")),
    };
    let readings = ReadingPage {
        notice: rows[0].clone(),
        rows: vec![chamber("甲商会", 2, 1), chamber("乙商会", 1, 0), chamber("丙商会", 0, 0)],
        ..ReadingPage::default()
    };
    render("notice-readings", &readings, &[OFFICER], "/notices/n1/reading");
    render(
        "notice-readings-none",
        &ReadingPage { rows: vec![], ..readings },
        &[OFFICER],
        "/notices/n1/reading",
    );
}
