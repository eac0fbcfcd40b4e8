//! Pages of projects, full and empty. All firms and persons are invented.

use yinfeng::attachments::pages::Attachments;
use yinfeng::attributions::pages::Part;
use yinfeng::leads::pages::{ConflictField, Difference, Link, Shown, Source};
use yinfeng::milestones::model::{MilestoneKind, MilestoneState, Phase};
use yinfeng::policies::PolicyName;
use yinfeng::projects::pages::*;
use yinfeng::web::filled::{Choice, Filled};
use yinfeng::web::i18n::Message;

use super::leads::{codes, counties, day, industries, some};
use super::render::{AUDITOR, LEADER, LIAISON, OFFICER, Person, at, render};

pub(super) const HEAD: Person = ("bureau_head", "梁示例", "市投资促进局");
pub(super) const HERE: &str = "/projects/p1";

pub(super) fn head() -> ProjectHead {
    ProjectHead {
        id: "p1".into(),
        code: "QZ-P2026-0007".into(),
        title: "小橘灯智能毛绒玩具生产基地".into(),
        investor_name: "东莞市小橘灯玩具（虚构）有限公司".into(),
        version: 7,
    }
}

fn next() -> Next {
    Next { kind: "completion".into(), on: day("2026-11-20"), days: 3 }
}

fn project_row(phase: Phase) -> Row {
    Row {
        id: "p1".into(),
        code: "QZ-P2026-0007".into(),
        title: "小橘灯智能毛绒玩具生产基地".into(),
        investor_name: some("东莞市小橘灯玩具（虚构）有限公司"),
        county: some("灵山县"),
        industry: some("玩具制造和服装纺织"),
        phase: phase.to_string(),
        stage: phase.kinds().last().map(ToString::to_string),
        total_investment_fen: Some(328_000_000_00),
        leader: some("韦国强"),
        entered_on: Some(day("2026-02-03")),
        withdrawn: false,
        enclave: true,
        supported_in: Some(2026),
        key: true,
        waiting: true,
        next: Some(next()),
    }
}

fn employment_year(year: i64, new_jobs: i64, wanted: Option<i64>) -> yinfeng::employment::pages::Year {
    yinfeng::employment::pages::Year {
        year,
        new_jobs,
        above_scale: new_jobs > 100,
        supported_first: new_jobs >= 500,
        wanted,
    }
}

fn choices() -> ListChoices {
    ListChoices {
        counties: counties(),
        industries: industries(),
        leaders: vec![Choice::named("none", "未定包联"), Choice::named("u2", "韦国强")],
        phases: Phase::ALL.iter().map(|phase| Choice::named(phase.filter(), phase.as_str())).collect(),
        keys: codes(&["true", "false"]),
        enclaves: codes(&["true", "false"]),
        years: vec![Choice::named("2026", "2026")],
    }
}

fn views() -> Vec<Way> {
    yinfeng::projects::pages::ways(yinfeng::accounts::Role::BureauHead, "table", &Filled::new())
}

#[test]
fn the_pool_as_a_table() {
    let bare = Row {
        leader: None,
        next: None,
        entered_on: None,
        withdrawn: true,
        key: false,
        ..project_row(Phase::Unsigned)
    };
    let full = List {
        filter: Filled::new().value("county", "450721").value("sort", "-updated_at"),
        choices: choices(),
        rows: vec![project_row(Phase::ConstructionStart), bare],
        total: Some(2),
        waiting: Some(1),
        next: "/projects?cursor=x".into(),
        prev: "/projects?before=x".into(),
        creates: true,
        exports: true,
        ways: views(),
        ..List::default()
    };
    render("projects", &full.clone().prepared(), &[OFFICER, LEADER], "/projects");
    let none = List { rows: vec![], total: Some(0), prev: String::new(), next: String::new(), ..full };
    render("projects-none-found", &none.clone().prepared(), &[OFFICER], "/projects");
    let empty = List { filter: Filled::new(), ..none };
    render("projects-empty", &empty.clone().prepared(), &[OFFICER], "/projects");
    render("projects-empty-read", &List { creates: false, ..empty }.prepared(), &[AUDITOR], "/projects");
    let own = Row { investor_name: None, county: None, industry: None, ..project_row(Phase::Contract) };
    let own = List { own: true, rows: vec![own], total: Some(1), ..List::default() };
    render("projects-own", &own.prepared(), &[LIAISON], "/projects");
}

#[test]
fn the_pool_as_a_board() {
    let column = |phase: &Phase| Column {
        code: phase.to_string(),
        count: 11,
        href: format!("/projects?stage={}", phase.filter()),
        cards: if *phase == Phase::Completion { vec![] } else { vec![project_row(*phase)] },
    };
    let board = Board {
        choices: choices(),
        columns: Phase::ALL.iter().map(column).collect(),
        ways: views(),
        ..Board::default()
    };
    render("board", &board.clone().prepared(), &[OFFICER, LEADER], "/projects/board");
    let own = Board { own: true, filter: Filled::new().value("stage", "none"), ..board };
    render("board-own", &own.prepared(), &[LIAISON], "/projects/board");
}

fn milestone_row(kind: MilestoneKind) -> MilestoneRow {
    MilestoneRow {
        kind: kind.to_string(),
        state: MilestoneState::Planned.to_string(),
        counts: kind == MilestoneKind::ConstructionStart,
        may_enter: true,
        ..MilestoneRow::default()
    }
}

pub(super) fn show() -> Show {
    let mut milestones: Vec<MilestoneRow> = MilestoneKind::ALL.iter().copied().map(milestone_row).collect();
    milestones[0].actual_on = Some(day("2026-01-12"));
    milestones[0].state = "verified".into();
    milestones[8].planned_on = Some(day("2026-05-01"));
    milestones[8].actual_on = Some(day("2026-05-06"));
    milestones[8].state = "reported".into();
    milestones[8].papers = 2;
    milestones[8].may_verify = true;
    milestones[9].planned_on = Some(day("2026-11-20"));
    milestones[9].days = Some(3);
    milestones[10].actual_on = Some(day("2026-11-01"));
    milestones[10].state = "refused".into();
    milestones[10].refusal_reason = some("未见投产证明");
    let reached = [
        (MilestoneKind::Contract, MilestoneState::Verified, Some(day("2026-01-12"))),
        (MilestoneKind::ConstructionStart, MilestoneState::Reported, Some(day("2026-05-06"))),
    ];
    Show {
        project: head(),
        attribution: vec![Part { name: "示例甲商会".into(), share: "60%".into() }],
        stage: some("construction_start"),
        key: some("head"),
        key_reason: some("全市示范"),
        work: Some(Work {
            total_investment_fen: Some(328_000_000_00),
            county: "灵山县".into(),
            park: some("灵山陆屋临港产业园"),
            leader: some("韦国强"),
            officer: some("李明"),
            officer_is_no_user: true,
            unit: some("灵山县人民政府"),
            next: Some(next()),
            next_step: some("设备订货"),
            ..Work::default()
        }),
        track: track(&reached),
        pool_state: PoolState {
            policy: Some(PolicyName {
                code: "demo".into(),
                title: "演示方案（虚构）".into(),
                demonstration: true,
            }),
            missing: [
                "no-contract-or-filing",
                "leader-required",
                "start-too-late",
                "not-key",
                "not-covered-industry",
            ]
            .map(|code| Missing { code: code.into(), href: "/projects/p1/contract".into() })
            .into(),
            warnings: ["not_key", "not_covered_industry", "phase_without_filing", "leader_is_no_user"]
                .map(str::to_owned)
                .into(),
        },
        milestones,
        contract: Some(ContractFacts {
            kind: "formal".into(),
            signed_on: day("2026-01-12"),
            parties: vec!["灵山县人民政府（示例）".into(), "东莞市小橘灯玩具（虚构）有限公司".into()],
            total_investment_fen: 328_000_000_00,
            fixed_investment_fen: Some(215_000_000_00),
            land_premium_fen: None,
            years: vec![Year {
                year: 1,
                fixed_investment_fen: 100_000_000_00,
                land_premium_fen: 0,
                actual_fen: Some(60_000_000_00),
            }],
            funding: vec![("企业自筹".into(), Some(328_000_000_00)), ("银行贷款".into(), None)],
            supplements: vec![(day("2026-06-01"), "竣工期限延长一年".into())],
        }),
        facts: Some(Facts {
            industry: some("其他"),
            industry_class: some("2452 塑胶玩具制造"),
            supporting_project: true,
            supporting_finding: some("为玩具厂配套"),
            content: some("第一行\n第二行"),
            land_mu: Some(85.5),
            jobs: Some(1200),
            progress: some("封顶"),
            problems: some("用电"),
            ..Facts::default()
        }),
        enclave: Some(Enclave {
            county: "钦北区".into(),
            registered_in: "自贸区钦州港片区".into(),
            registered_on: Some(day("2026-04-01")),
            land_use: some("county"),
            recommended_on: Some(day("2026-03-20")),
            case: some("statistics"),
            statistics_county: "钦北区".into(),
        }),
        employment: vec![
            employment_year(2026, 520, Some(500)),
            employment_year(2025, 20, Some(500)),
            employment_year(2024, 20, None),
        ],
        source: Some(Source {
            kind: "chamber".into(),
            name: some("东莞市广西商会（虚构）"),
            ..Source::default()
        }),
        lead: Some(Link { href: "/leads/l1".into(), label: "QZ-2026-000123".into() }),
        extra: vec![("排序".into(), "3".into())],
        stays: vec![Pool {
            entered_on: day("2024-03-01"),
            withdrawn_on: Some(day("2025-08-01")),
            reason: some("资金未落实"),
        }],
        phase_of: Some(Link { href: "/projects/p0".into(), label: "QZ-P2024-0001".into() }),
        leaders: vec![Leader {
            name: some("韦国强"),
            at: at("2026-02-01T01:30:00"),
            by: some("李明"),
            reason: some("分工调整"),
        }],
        timeline: vec![Event {
            action: "project-update".into(),
            at: at("2026-11-20T01:30:00"),
            by: "李明".into(),
            reason: some("核对合同"),
            changes: vec![
                Difference {
                    field: "progress".into(), from: Shown::Nothing, to: Shown::Text("封顶".into())
                },
                Difference {
                    field: "total_investment_fen".into(),
                    from: Shown::Money(1_000_000_00),
                    to: Shown::Money(328_000_000_00),
                },
            ],
        }],
        attachments: Some(super::attachments::sample()),
        older: "/projects/p1?timeline=all#timeline".into(),
        may: May { edit: true, enter_pool: true, supplement: true, delete: true, ..May::default() },
        ..Show::default()
    }
}

#[test]
fn the_page_of_a_project() {
    render("project", &show(), &[HEAD, OFFICER], HERE);
    let withdrawn = Pool {
        entered_on: day("2026-02-03"),
        withdrawn_on: Some(day("2026-08-01")),
        reason: some("投资方终止"),
    };
    let bare = Show {
        pool: Some(withdrawn),
        pool_state: PoolState::default(),
        contract: None,
        attachments: Some(Attachments::default()),
        enclave: None,
        employment: vec![],
        lead: None,
        extra: vec![],
        stays: vec![],
        phase_of: None,
        leaders: vec![],
        older: String::new(),
        may: May::default(),
        facts: Some(Facts::default()),
        work: Some(Work::default()),
        ..show()
    };
    render("project-withdrawn", &bare, &[LEADER, AUDITOR], HERE);
    let own = Show { project: head(), own: true, stage: None, ..Show::default() };
    render("project-own", &own, &[LIAISON], HERE);
}

#[test]
fn the_form_of_a_project() {
    let form = Form {
        counties: counties(),
        enclave_counties: counties(),
        industries: industries(),
        bases: codes(&["amount", "plan_list", "head"]),
        land_uses: codes(&["none", "zone", "county"]),
        sources: codes(&["chamber", "self"]),
        chambers: vec!["东莞市广西商会（虚构）".into()],
        units: vec!["市财政局".into()],
        leaders: vec![Choice::named("u2", "韦国强 · 灵山县")],
        ..Form::default()
    };
    render("project-new", &form, &[OFFICER], "/projects/new");
    let of_lead = Form {
        lead: Some(Link { href: "/leads/l1".into(), label: "QZ-2026-000123 毛绒玩具".into() }),
        lead_id: some("l1"),
        form: Filled::new().value("title", "毛绒玩具").error("", Message::new("fault-lead-has-project")),
        ..form.clone()
    };
    render("project-of-lead", &of_lead, &[OFFICER], "/projects/new");
    let edit = Form {
        project: Some(head()),
        form: Filled::new()
            .value("supporting_project", "true")
            .error("key_reason", Message::new("fault-reason-required")),
        ..form
    };
    render("project-edit", &edit, &[OFFICER], HERE);
}

#[test]
fn two_versions_of_a_project() {
    let field = |name: &str, keep_mine| ConflictField {
        name: name.into(),
        mine: Shown::Text("我写的".into()),
        theirs: Shown::Nothing,
        mine_value: "我写的".into(),
        theirs_value: String::new(),
        keep_mine,
    };
    let full = Conflict {
        project: head(),
        by: some("李明"),
        at: Some(at("2026-11-20T01:30:00")),
        fields: yinfeng::projects::forms::page::FIELDS
            .iter()
            .map(|name| field(name, *name == "title"))
            .collect(),
        kept: vec![("remark".into(), "备注".into())],
    };
    render("project-conflict", &full, &[OFFICER], HERE);
    let none = Conflict { by: None, at: None, fields: vec![], ..full };
    render("project-conflict-none", &none, &[OFFICER], HERE);
}

#[test]
fn a_year_of_employment() {
    let page = yinfeng::employment::pages::Enter {
        project: yinfeng::projects::pages::ProjectHead {
            id: "p1".into(),
            title: "示例".into(),
            ..Default::default()
        },
        form: Filled::new()
            .value("year", "2026")
            .error("new_jobs", yinfeng::web::i18n::Message::new("fault-not-a-number")),
        years: codes(&["2026"]).into_iter().map(|one| Choice::named(one.value.clone(), one.value)).collect(),
        scales: codes(&["true", "false"]),
        known: vec![employment_year(2026, 520, Some(500))],
    };
    render("employment", &page, &[OFFICER], "/projects");
    let empty = yinfeng::employment::pages::Enter { known: vec![], ..page };
    render("employment-empty", &empty, &[OFFICER], "/projects");
}
