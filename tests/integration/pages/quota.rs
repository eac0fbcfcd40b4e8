//! Quotas, policy versions, the about-to lists and the comparison of counties, full and empty.

use yinfeng::about_to;
use yinfeng::comparison;
use yinfeng::policies::Policies;
use yinfeng::policies::awards::view::rules;
use yinfeng::policies::pages::{
    Award, Decide, Decompose, DocumentLine, Extend, List, Load, Part, QuotaLine, Version as Policy,
};
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
    let county = |name: &str, counted, forecast| County {
        name: name.into(),
        target: Some(2),
        gap: Some(1),
        counted,
        forecast,
    };
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
        sum: Some(4),
        decompose: "/policies/demo/decomposition/2026".into(),
        projects: vec![counted],
        more: 7,
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
        waiting: 2,
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

/// Each rule of the plan, with everything that one can have.
fn awards() -> Vec<Award> {
    let plans = Policies::load(None).unwrap();
    let award = |rule| Award {
        rule,
        tone: "near",
        responsible: vec!["市投资促进局".into()],
        supporting: vec!["市财政局".into(), "各县区人民政府".into()],
        industries: vec!["陈皮".into()],
        thresholds: vec![("陈皮".into(), 50_000_000_00)],
        rate: some("0.1%"),
        warn_below: some("80%"),
        occupancy: some("60%"),
    };
    rules(&plans.all()[0].award).into_iter().map(award).collect()
}

#[test]
fn policy_versions() {
    let quota = |metric: &str, scope: &str, region| QuotaLine {
        metric: metric.into(),
        scope: scope.into(),
        region,
        years: "2023–2025".into(),
        target: 3,
        decomposed: scope == "county",
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
        support_from: Some(500),
        rounding: "yuan".to_owned(),
        awards: awards(),
        documents: vec![document("extension", Some("accepted"))],
        quotas: vec![
            quota("construction_starts", "city", None),
            quota("construction_starts", "county", some("灵山县")),
            quota("chain_enterprises", "zone", None),
        ],
        ..Policy::default()
    };
    let list = List {
        versions: vec![version.clone(), Policy { number: "1号".into(), ..Policy::default() }],
        waiting: vec![document("version", None), document("decomposition", None)],
        refused: vec![document("extension", Some("refused"))],
        keeps: true,
        lacks_second: true,
    };
    render("policies", &list, &[HEAD], "/policies");
    render("policies-read", &List { keeps: false, ..list }, &[OFFICER], "/policies");
    render("policy-load", &Load::default(), &[HEAD], "/policies/new");
    let fault = Message::of("fault", "policy-negative").number("line", 17).text("at", "[[quota]] 1 target");
    let form = Filled::new().value("body", "code = 1").error("body", fault);
    render("policy-load-wrong", &Load { form }, &[HEAD], "/policies/new");
    let form = Filled::new().error("valid_until", Message::new("fault-not-after-last-day"));
    render("policy-extension", &Extend { version: version.clone(), form }, &[HEAD], "/policies");
    let part = |name: &str, target| Part { field: format!("target_{name}"), name: name.into(), target };
    let parts = vec![part("灵山县", Some(2)), part("浦北县", None)];
    let form =
        Filled::new().value("target_灵山县", "x").error("target_灵山县", Message::new("fault-not-a-number"));
    let decompose = Decompose { version: version.clone(), year: 2026, target: 3, parts: parts.clone(), form };
    render("policy-decomposition", &decompose, &[HEAD], "/policies");
    let decide = |document, others: &[&str]| Decide {
        document,
        version: Some(version.clone()),
        body: some("code = \"demo\""),
        parts: parts.clone(),
        sum: 2,
        target: Some(3),
        others: others.iter().map(|name| name.to_string()).collect(),
        form: Filled::new(),
        decisions: ["accepted", "refused"].map(yinfeng::web::filled::Choice::code).into(),
        attachments: None,
    };
    let mine = DocumentLine { may_decide: true, own: false, ..document("decomposition", None) };
    render("policy-decision", &decide(mine, &["韦国强"]), &[HEAD], "/policies");
    render(
        "policy-decision-own",
        &decide(document("version", None), &["韦国强", "梁示例"]),
        &[HEAD],
        "/policies",
    );
    render("policy-decision-alone", &decide(document("version", None), &[]), &[HEAD], "/policies");
    for decision in ["accepted", "refused"] {
        let page = decide(document("extension", Some(decision)), &[]);
        render(
            &format!("policy-{decision}"),
            &Decide { version: None, body: None, ..page },
            &[OFFICER],
            "/policies",
        );
    }
}

/// A document that the reader proposed himself.
fn document(kind: &str, decision: Option<&str>) -> DocumentLine {
    DocumentLine {
        id: "d1".into(),
        kind: kind.into(),
        code: "demo".into(),
        name: "关于延长的通知".into(),
        number: "钦政办发〔2026〕1号".into(),
        until: (kind == "extension").then(|| day("2026-12-31")),
        year: (kind == "decomposition").then_some(2026),
        proposed_by: some("梁示例"),
        decision: decision.map(str::to_owned),
        decided_by: decision.filter(|word| *word == "refused").map(|_| "韦国强".to_owned()),
        decided_at: decision.map(|_| Default::default()),
        reason: decision.filter(|word| *word == "refused").map(|_| "与文件不一致".to_owned()),
        own: true,
        ..DocumentLine::default()
    }
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
        hrefs: ["in_pool", "key", "entered", "started", "producing"]
            .map(|name| (name, "/projects?pool=true".into()))
            .into(),
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
