//! Quotas, policy versions, the about-to lists and the comparison of counties, full and empty.

use yinfeng::about_to;
use yinfeng::comparison;
use yinfeng::policies::pages::{Extend, List, Load, QuotaLine, Version as Policy};
use yinfeng::policies::{Extension, PolicyName};
use yinfeng::quota::pages::{Counted, County, Reason, Row, Show, Version};
use yinfeng::quota::rules::NotCounted;
use yinfeng::web::filled::Filled;
use yinfeng::web::i18n::Message;

use super::leads::{day, some};
use super::render::{LEADER, OFFICER, Person, render};

const HEAD: Person = ("bureau_head", "梁示例", "市投资促进局");

fn extension() -> Extension {
    Extension {
        until: day("2026-12-31"),
        number: "钦政办发〔2026〕1号".into(),
        name: "关于延长的通知".into(),
    }
}

fn show() -> Show {
    let county = |name: &str, counted, forecast| County { name: name.into(), counted, forecast };
    let counted = Counted {
        id: "p1".into(),
        code: "QZ-P2026-0007".into(),
        title: "小橘灯智能毛绒玩具生产基地".into(),
        county: "灵山县".into(),
        started_on: day("2026-05-06"),
        reported_late: true,
        withdrawn_on: Some(day("2027-01-01")),
    };
    let reason = |code: &NotCounted| Reason {
        code: code.to_string(),
        projects: vec![("p2".into(), "QZ-P2026-0008".into(), "青瓷成衣二期".into())],
    };
    let city = Row {
        metric: "construction_starts".into(),
        scope: "city".into(),
        clause: "三(四)2(1)".into(),
        target: 3,
        counted: 1,
        gap: 2,
        forecast: 4,
        by_county: vec![county("灵山县", 1, 2), county("浦北县", 0, 2)],
        projects: vec![counted],
        not_counted: NotCounted::ALL.iter().map(reason).collect(),
        ..Row::default()
    };
    let zone = Row {
        metric: "chain_enterprises".into(),
        scope: "zone".into(),
        region: some("自贸区钦州港片区"),
        clause: "三(四)2(6)".into(),
        target: 2,
        counted: 2,
        met: true,
        ..Row::default()
    };
    Show {
        year: 2026,
        prev: "/quota?year=2025".into(),
        next: "/quota?year=2027".into(),
        policy: Some(Version {
            name: PolicyName {
                code: "demo".into(), title: "演示方案（虚构）".into(), demonstration: true
            },
            number: "演示〔2026〕1号".into(),
            from: day("2026-01-01"),
            to: day("2028-12-31"),
            extensions: vec![extension()],
        }),
        rows: vec![city, zone],
        chart: "{}".into(),
        ways: yinfeng::projects::pages::ways(yinfeng::accounts::Role::BureauHead, "quota", &Filled::new()),
        ..Show::default()
    }
}

#[test]
fn the_quotas_of_a_year() {
    render("quota", &show(), &[HEAD, LEADER], "/quota");
    render("quota-without-rows", &Show { rows: vec![], ..show() }, &[OFFICER], "/quota");
    let uncovered =
        Show { policy: None, rows: vec![], last_covered: Some(2025), chart: String::new(), ..show() };
    render("quota-uncovered", &uncovered, &[OFFICER], "/quota");
    let keeps = Show { keeps: true, extendable: some("qinzhou-2023-2025"), ..uncovered };
    render("quota-uncovered-head", &keeps, &[HEAD], "/quota");
}

#[test]
fn policy_versions() {
    let quota = |metric: &str, scope: &str, region| QuotaLine {
        metric: metric.into(),
        scope: scope.into(),
        region,
        years: "2023–2025".into(),
        target: 3,
    };
    let version = Policy {
        code: "demo".into(),
        title: "演示方案（虚构）".into(),
        issuer: "演示（虚构）".into(),
        from: day("2026-01-01"),
        to: day("2028-12-31"),
        demonstration: true,
        in_force: true,
        extensions: vec![extension()],
        quotas: vec![
            quota("construction_starts", "city", None),
            quota("construction_starts", "county", some("灵山县")),
            quota("chain_enterprises", "zone", None),
        ],
        ..Policy::default()
    };
    let list = List {
        versions: vec![version.clone(), Policy { number: "1号".into(), ..Policy::default() }],
        keeps: true,
    };
    render("policies", &list, &[HEAD], "/policies");
    render("policies-read", &List { keeps: false, ..list }, &[OFFICER], "/policies");
    render("policy-load", &Load::default(), &[HEAD], "/policies/new");
    let fault = Message::new("fault-policy-text").text("place", "quota 1, target").text("wants", "0");
    let form = Filled::new().value("body", "code = 1").error("body", fault);
    render("policy-load-wrong", &Load { form }, &[HEAD], "/policies/new");
    let form = Filled::new().error("valid_until", Message::new("fault-not-after-last-day"));
    render("policy-extension", &Extend { version, form }, &[HEAD], "/policies");
}

#[test]
fn what_is_about_to_happen() {
    let item = |is_lead, on, days| about_to::pages::Item {
        href: "/projects/p1".into(),
        is_lead,
        title: "小橘灯智能毛绒玩具生产基地".into(),
        investor_name: "东莞市小橘灯玩具（虚构）有限公司".into(),
        county: "灵山县".into(),
        leader: (!is_lead).then(|| "韦国强".to_owned()),
        total_investment_fen: Some(328_000_000_00),
        on,
        days,
    };
    let list =
        |code: &str, items: Vec<_>| about_to::pages::List { code: code.into(), days: 90, total: 7, items };
    let lists = vec![
        list("sign", vec![item(true, None, None), item(false, Some(day("2026-11-30")), Some(-7))]),
        list("start", vec![item(false, Some(day("2026-11-01")), Some(22))]),
        list("produce", vec![]),
        list("register", vec![]),
    ];
    let full = about_to::pages::Show { lists, ways: show().ways };
    render("about-to", &full, &[HEAD, LEADER], "/about-to");
    let lists = ["sign", "start"].map(|code| list(code, vec![])).into();
    render("about-to-empty", &about_to::pages::Show { lists, ways: vec![] }, &[LEADER], "/about-to");
}

#[test]
fn the_counties_side_by_side() {
    let row = |name| comparison::pages::Row {
        name,
        href: "/projects".into(),
        in_pool: 3,
        total_investment_fen: 1_000_000_00,
        ..Default::default()
    };
    let page = comparison::pages::Show {
        year: 2026,
        prev: "/comparison?year=2025".into(),
        rows: vec![row(some("灵山县")), row(None)],
        chart: "{}".into(),
        ways: show().ways,
        ..Default::default()
    };
    render("comparison", &page, &[HEAD, LEADER], "/comparison");
}
