//! The first page, as each kind of person sees it.

use yinfeng::home::pages::{
    Action, Change, Claims, Emphasis, Fault, Group, Home, Line, Referral, Review, Unread, Whose,
};

use yinfeng::leads::model::Stage;
use yinfeng::leads::next::Next;
use yinfeng::leads::pages::OwnCard;
use yinfeng::milestones::model::{MilestoneKind, MilestoneState};
use yinfeng::projects::reached::Reached;
use yinfeng::questions;
use yinfeng::saved_searches::pages::News;

use super::claims::rows;
use super::leads::day;
use super::render::{ADMIN, LEADER, LIAISON, OFFICER, at, render};

fn line(title: &str, investor: &str, county: &str, stage: &str, wan: Option<i64>, days: Option<i64>) -> Line {
    Line {
        id: title.into(),
        code: "QZ-2026-000123".into(),
        title: title.into(),
        investor_name: investor.into(),
        county: county.into(),
        stage: stage.into(),
        total_investment_fen: wan.map(|wan| wan * 1_000_000),
        officer: Some("李明".into()),
        leader: (stage != "new").then(|| "黄建国".into()),
        next_step: Some("邀请负责人来看标准厂房，带上用地和电价测算".into()),
        next_on: None,
        overdue_days: days,
        promise_days: None,
        own: None,
    }
}

fn overdue() -> Vec<Line> {
    vec![
        line(
            "年产三百万套毛绒玩具生产线",
            "东莞乐满堂玩具有限公司（虚构）",
            "灵山县",
            "negotiation",
            Some(12_000),
            Some(9),
        ),
        line(
            "陈皮精深加工和仓储中心",
            "江门新会柑语食品有限公司（虚构）",
            "浦北县",
            "assessment",
            Some(8_600),
            Some(4),
        ),
        line(
            "进口辐射松定制家居一体化基地（二期）及配套码头堆场、烘干和饰面车间",
            "佛山木合家居股份有限公司（虚构）",
            "钦南区",
            "site_visit",
            Some(185_000),
            Some(1),
        ),
    ]
}

/// A liaison's own: one that he is asked about, one that is late, one that goes its way, one that is closed.
fn own() -> Vec<Line> {
    let next = |code, days: Option<i64>| Next {
        code,
        project: None,
        promised_on: days.map(|_| day("2026-11-20")),
        due_days: days,
    };
    let card = |at: usize, next, question| OwnCard {
        status: if at == 5 { "closed".into() } else { "active".into() },
        steps: (0..6)
            .map(|step| ["done", "now", "next"][(step >= at) as usize + (step > at) as usize])
            .collect(),
        step: Stage::ALL[at].as_str(),
        next,
        question,
    };
    let question = questions::pages::Row {
        id: "q1".into(),
        lead_id: "l1".into(),
        text: "企业打算租厂房还是拿地？投产要多少人？".into(),
        at: Some(at("2026-11-20T02:00:00")),
        due_on: Some(day("2026-11-27")),
        due_days: Some(-4),
        answer: None,
    };
    let cards = [
        card(0, next("question", Some(-2)), Some(question)),
        card(0, next("late", Some(3)), None),
        card(2, next("negotiation", None), None),
        card(5, next("closed", None), None),
    ];
    let project = Reached::of(&[(MilestoneKind::ConstructionStart, MilestoneState::Verified)]);
    let became = OwnCard {
        steps: vec![
            "done", "done", "done", "done", "done", "done", "skipped", "skipped", "now", "next", "next",
            "next",
        ],
        step: "construction_start",
        ..card(5, Next { project: Some(project), ..next("contract", None) }, None)
    };
    let cards = cards.into_iter().chain([OwnCard { status: "active".into(), ..became }]);
    let lines = overdue().into_iter().chain(due()).map(|line| Line { overdue_days: None, ..line });
    lines.zip(cards).map(|(line, card)| Line { own: Some(card), ..line }).collect()
}

fn due() -> Vec<Line> {
    vec![
        line("运动服装智能制造", "泉州锦川服饰有限公司（虚构）", "灵山县", "new", None, Some(0)),
        line(
            "电子级双氧水",
            "苏州澄化新材料有限公司（虚构）",
            "自贸区钦州港片区",
            "framework",
            Some(230_000),
            Some(0),
        ),
    ]
}

fn group(key: &'static str, count: i64, rows: Vec<Line>) -> Group {
    Group { key, count, href: format!("/leads?list={key}"), rows }
}

fn changes() -> Vec<Change> {
    let change = |kind: &str, time: &str, by: &str, title: &str, summary: &str| Change {
        kind: kind.into(),
        at: at(time),
        by: Some(by.into()),
        lead_id: "l1".into(),
        lead_title: title.into(),
        summary: summary.into(),
    };
    vec![
        change(
            "follow_up",
            "2026-11-23T01:40:00",
            "黄建国",
            "年产三百万套毛绒玩具生产线",
            "电话：对方周四到灵山看厂房",
        ),
        change("stage", "2026-11-22T09:05:00", "李明", "电子级双氧水", ""),
        change("assignment", "2026-11-20T03:20:00", "赵处长", "陈皮精深加工和仓储中心", "由浦北县跟进"),
    ]
}

#[test]
fn a_day_at_a_desk() {
    let page = Home {
        emphasis: Emphasis::Desk,
        guessed_year: None,
        whose: Some(Whose::Mine),
        groups: vec![
            group("feedback", 1, vec![Line { promise_days: Some(2), ..due().remove(0) }]),
            group("asked", 1, due().drain(1..).collect()),
            group("overdue", 7, overdue()),
            group("today", 2, due()),
            group("week", 12, Vec::new()),
            group("changed", 1234, Vec::new()),
        ],
        claims: None,
        late_claims: None,
        notice: None,
        referrals: Vec::new(),
        found: Vec::new(),
        review: Vec::new(),
        faults: Vec::new(),
        changes: changes(),
        actions: vec![
            Action { key: "import", href: "/imports/new", main: false },
            Action { key: "duplicate", href: "/duplicates", main: false },
            Action { key: "lead", href: "/leads/new", main: true },
        ],
    };
    render("home", &page, &[OFFICER], "/");
    let waiting = Home {
        guessed_year: Some(2027),
        found: vec![News { id: "s1".into(), name: "灵山毛绒玩具".into(), count: 3 }],
        claims: Some(Claims { count: 9, href: "/claims", rows: rows(), own: false, title: "home-claims" }),
        late_claims: Some(Claims {
            count: 1,
            href: "/claims?state=late",
            rows: rows().drain(..1).collect(),
            own: false,
            title: "home-claimed",
        }),
        groups: vec![group("claimed", 1, Vec::new()), group("overdue", 3, overdue())],
        review: vec![
            Review { key: "chambers", count: 2, href: "/chambers?status=review" },
            Review { key: "referrers", count: 1, href: "/referrers?status=review" },
        ],
        faults: vec![
            Fault { key: "leader", count: 2, href: "/projects?pool=true&leader=none" },
            Fault { key: "key", count: 1, href: "/projects?pool=true&key=false" },
        ],
        ..page.clone()
    };
    render("home-waiting", &waiting, &[OFFICER], "/");
    let groups = ["overdue", "today", "week", "changed"].map(|key| group(key, 0, Vec::new())).to_vec();
    render("home-empty", &Home { groups, changes: Vec::new(), ..page }, &[OFFICER], "/");
}

#[test]
fn a_day_on_a_phone() {
    let page = Home {
        emphasis: Emphasis::Leader,
        guessed_year: None,
        whose: None,
        groups: vec![group("overdue", 3, overdue()), group("today", 2, due()), group("mine", 12, Vec::new())],
        claims: None,
        late_claims: None,
        notice: None,
        referrals: Vec::new(),
        found: Vec::new(),
        review: Vec::new(),
        faults: Vec::new(),
        changes: changes(),
        actions: Vec::new(),
    };
    render("home-leader", &page, &[LEADER], "/");
    let none = Home { groups: vec![group("overdue", 0, Vec::new())], changes: Vec::new(), ..page };
    render("home-leader-empty", &none, &[LEADER], "/");
    let lead = Action { key: "report", href: "/leads/new", main: true };
    let liaison = Home {
        emphasis: Emphasis::Liaison,
        guessed_year: None,
        whose: None,
        groups: vec![
            group("answer", 1, own().drain(..1).collect()),
            group("late", 1, own().drain(1..2).collect()),
            group("mine", 12, own().drain(2..).collect()),
        ],
        claims: None,
        late_claims: None,
        notice: None,
        referrals: Vec::new(),
        found: Vec::new(),
        review: Vec::new(),
        faults: Vec::new(),
        changes: changes(),
        actions: vec![lead.clone()],
    };
    render("home-liaison", &liaison, &[LIAISON], "/");
    let notice = Unread {
        id: "n1".into(),
        title: "请报送明年活动计划".into(),
        text: "请于 12 月 10 日前报送…".into(),
        from_on: day("2026-11-20"),
        count: 2,
    };
    let referrals = vec![Referral {
        id: "f1".into(),
        code: "BA-2026-0010".into(),
        referrer: "示例乡贤".into(),
        title: Some("毛绒玩具生产线".into()),
        role: Some("leading".into()),
        filed_on: Some(day("2026-11-20")),
    }];
    render("home-liaison-referrals", &Home { referrals, ..liaison.clone() }, &[LIAISON], "/");
    render("home-liaison-notice", &Home { notice: Some(notice), ..liaison.clone() }, &[LIAISON], "/");
    let claims =
        Some(Claims { count: 2, href: "/claims", rows: rows(), own: true, title: "claims-title-own" });
    render("home-liaison-claims", &Home { claims, ..liaison.clone() }, &[LIAISON], "/");
    let none = Home { groups: Vec::new(), changes: Vec::new(), ..liaison };
    render("home-liaison-empty", &none, &[LIAISON], "/");
}

#[test]
fn a_day_in_the_office() {
    let user = Action { key: "user", href: "/admin/users/new", main: true };
    let audit = Action { key: "audit", href: "/audit", main: false };
    let page = Home {
        emphasis: Emphasis::Office,
        guessed_year: None,
        whose: None,
        groups: Vec::new(),
        claims: None,
        late_claims: None,
        notice: None,
        referrals: Vec::new(),
        found: Vec::new(),
        review: Vec::new(),
        faults: Vec::new(),
        changes: Vec::new(),
        actions: vec![user, audit],
    };
    render("home-admin", &page, &[ADMIN], "/");
}
