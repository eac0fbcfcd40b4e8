//! Pages of saved searches.

use super::leads::some;
use super::render::{AUDITOR, LEADER, LIAISON, OFFICER, at, render};
use yinfeng::saved_searches::pages::{Form, Found, List, RemovalPage, Row, Show};
use yinfeng::web::filled::Filled;
use yinfeng::web::i18n::Message;

fn row(name: &str, new: i64, tell: bool) -> Row {
    Row {
        id: "s1".into(),
        name: name.into(),
        terms: vec!["毛绒玩具".into(), "县区：灵山县".into(), "总投资 1 亿元以上".into()],
        search: "/search?q=x&county=450721".into(),
        owner: None,
        shared: false,
        tell,
        new,
    }
}

fn found(title: &str) -> Found {
    Found {
        lead_id: "l1".into(),
        code: "QZ-2026-000123".into(),
        title: title.into(),
        investor_name: "东莞乐满堂玩具有限公司（虚构）".into(),
        county: some("灵山县"),
        stage: "new".into(),
        found_at: at("2026-11-23T01:30:00"),
    }
}

#[test]
fn searches_that_are_kept() {
    let rows = vec![
        row("灵山毛绒玩具", 3, true),
        Row { shared: true, ..row("陈皮", 0, true) },
        Row {
            owner: some("李明"),
            shared: true,
            ..row("一个名称很长的保存的搜索，包括县区、产业、金额和登记年份", 0, false)
        },
    ];
    let list = List { rows: rows.clone(), total: Some(3), next: "/saved-searches?cursor=x".into() };
    render("saved-searches", &list, &[OFFICER, LEADER], "/saved-searches");
    render("saved-searches-none", &List::default(), &[OFFICER, LIAISON], "/saved-searches");
    let show = Show {
        saved: rows[0].clone(),
        found: vec![found("年产三百万套毛绒玩具生产线"), Found { county: None, ..found("公仔项目") }],
        through: some("m1"),
        seen_at: Some(at("2026-11-22T01:30:00")),
        registered_only: true,
        may_change: true,
        ..Show::default()
    };
    render("saved-search", &show, &[OFFICER, LEADER], "/saved-searches/s1");
    let nothing = Show { saved: rows[1].clone(), found: vec![], seen_at: None, ..show.clone() };
    render("saved-search-nothing-new", &nothing, &[OFFICER], "/saved-searches/s1");
    let untold = Show { saved: rows[2].clone(), found: vec![], may_change: false, ..show };
    render("saved-search-untold", &untold, &[OFFICER, AUDITOR], "/saved-searches/s1");
    let form = Form {
        form: Filled::new().value("name", "毛绒玩具").value("query", "q=x").value("tell", "true"),
        terms: rows[0].terms.clone(),
        may_share: true,
        ..Form::default()
    };
    render("saved-search-new", &form, &[OFFICER], "/saved-searches/new?query=q%3Dx");
    let wrong = Filled::new().error("query", Message::new("fault-nothing-is-asked"));
    let none = Form { form: wrong, terms: vec![], may_share: false, ..form.clone() };
    render("saved-search-wrong", &none, &[LIAISON], "/saved-searches");
    let edit = Form { saved: Some(rows[1].clone()), version: 2, ..form };
    render("saved-search-edit", &edit, &[OFFICER], "/saved-searches/s1/edit");
    let removal = RemovalPage { saved: rows[1].clone(), version: 2, form: Filled::new() };
    render("saved-search-removal", &removal, &[OFFICER], "/saved-searches/s1/removal");
    let own = RemovalPage { saved: rows[0].clone(), ..removal };
    render("saved-search-removal-own", &own, &[OFFICER], "/saved-searches/s1/removal");
}
