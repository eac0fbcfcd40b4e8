//! Pages of leads, full and empty, as each role sees them. All firms and persons are invented.

use chrono::NaiveDate;
use yinfeng::attachments::pages::PaperLink;
use yinfeng::contacts::model::MaskedContact;
use yinfeng::follow_ups;
use yinfeng::leads::model::{SourceKind, Stage, Status};
use yinfeng::leads::next::Next;
use yinfeng::leads::pages::*;
use yinfeng::milestones::model::{MilestoneKind, MilestoneState};
use yinfeng::projects::reached::Reached;
use yinfeng::questions;
use yinfeng::web::filled::{Choice, Filled};
use yinfeng::web::i18n::Message;

use super::render::{LEADER, LIAISON, OFFICER, Person, at, render};

const FEDERATION: Person = ("federation", "黄志远", "市工商联");

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(super) fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

pub(super) fn codes(codes: &[&str]) -> Vec<Choice> {
    codes.iter().map(|code| Choice::code(code)).collect()
}

pub(super) fn counties() -> Vec<Choice> {
    [
        ("450702", "钦南区"),
        ("450703", "钦北区"),
        ("450721", "灵山县"),
        ("450722", "浦北县"),
        ("QZ-FTZ", "自贸区钦州港片区"),
    ]
    .map(|(code, name)| Choice::named(code, name))
    .into()
}

pub(super) fn industries() -> Vec<Choice> {
    [
        ("toy_garment", "玩具制造和服装纺织"),
        ("chenpi", "陈皮"),
        ("wood_home", "木材和家居"),
        ("chemical", "化工及关联产业"),
        ("other", "其他"),
    ]
    .map(|(code, name)| Choice::named(code, name))
    .into()
}

fn stages() -> Vec<Choice> {
    Stage::ALL.iter().map(|stage| Choice::code(stage.as_str())).collect()
}

fn sources() -> Vec<Choice> {
    SourceKind::ALL.iter().map(|kind| Choice::code(kind.as_str())).collect()
}

pub(super) fn kinds() -> Vec<Choice> {
    codes(&["call", "visit_out", "visit_in", "negotiation", "event", "message", "other"])
}

pub(super) fn head() -> LeadHead {
    LeadHead {
        id: "l1".into(),
        code: "QZ-2026-000123".into(),
        title: "小橘灯智能毛绒玩具生产基地项目".into(),
        investor_name: "东莞市小橘灯玩具（虚构）有限公司".into(),
        stage: "negotiation".into(),
        status: "active".into(),
        version: 7,
    }
}

fn rows() -> Vec<Row> {
    let row = |n: i64,
               title: &str,
               investor: &str,
               county: &str,
               stage: &'static str,
               fen: i64,
               next: &str,
               days: i64| {
        Row {
            own: false,
            id: format!("l{n}"),
            code: format!("QZ-2026-{n:06}"),
            title: title.into(),
            investor_name: investor.into(),
            county: some(county),
            industry: some("玩具制造和服装纺织"),
            stage,
            status: "active",
            is_key: false,
            total_investment_fen: Some(fen),
            officer: some("李明"),
            leader: some("韦国强"),
            registered_on: day("2026-09-02"),
            next_follow_up_on: Some(day(next)),
            due_days: Some(days),
            promised_on: Some(day("2026-11-30")),
            project: None,
        }
    };
    vec![
        Row {
            is_key: true,
            ..row(
                123,
                "小橘灯智能毛绒玩具生产基地项目",
                "东莞市小橘灯玩具（虚构）有限公司",
                "灵山县",
                "negotiation",
                328_000_000_00,
                "2026-11-11",
                12,
            )
        },
        row(
            131,
            "青瓷成衣二期项目",
            "佛山市青瓷制衣（虚构）有限责任公司",
            "灵山县",
            "site_visit",
            58_194_000_00,
            "2026-11-22",
            1,
        ),
        Row {
            leader: None,
            officer: None,
            industry: some("陈皮"),
            ..row(
                140,
                "木棉陈皮精深加工项目",
                "木棉花食品（虚构）股份有限公司",
                "浦北县",
                "new",
                1_250_000_000_00,
                "2026-11-23",
                0,
            )
        },
        row(
            142,
            "银杏里全屋定制家居制造项目（进口木材精深加工与仓储物流一体化）",
            "银杏里家居（虚构）集团有限公司",
            "钦南区",
            "framework",
            8_000_000_000_00,
            "2026-11-25",
            -2,
        ),
        Row {
            status: "on_hold",
            next_follow_up_on: None,
            due_days: None,
            total_investment_fen: None,
            ..row(
                150,
                "琥珀新材料项目",
                "琥珀化工（虚构）有限公司",
                "自贸区钦州港片区",
                "assessment",
                0,
                "2026-11-25",
                0,
            )
        },
        Row {
            status: "closed",
            due_days: None,
            next_follow_up_on: None,
            ..row(
                88,
                "山茶童装项目",
                "泉州市山茶童装（虚构）有限公司",
                "灵山县",
                "contract",
                30_894_000_00,
                "2026-12-30",
                -37,
            )
        },
    ]
}

fn choices() -> ListChoices {
    ListChoices {
        sorts: vec![Choice::code("-registered_on"), Choice::code("code")],
        stages: stages(),
        statuses: Status::ALL.iter().map(|status| Choice::code(status.as_str())).collect(),
        sources: sources(),
        counties: counties(),
        industries: industries(),
        officers: vec![Choice::named("u1", "李明")],
        leaders: vec![Choice::named("u2", "韦国强（灵山县）")],
    }
}

#[test]
fn the_list_of_leads() {
    let may = ListMay { create: true, import: true, export: true, mine: true };
    let full = List {
        choices: choices(),
        rows: rows(),
        total: Some(128),
        overdue: Some(9),
        next: "/leads?cursor=x".into(),
        may,
        ..List::default()
    };
    render("leads", &full.clone().prepared(), &[OFFICER], "/leads");
    let filter = Filled::new()
        .value("county", "450721")
        .value("overdue", "true")
        .value("sort", "next_follow_up_on")
        .value("import", "i1");
    let filtered = List { filter, prev: "/leads?cursor=w".into(), ..full.clone() };
    render("leads-filtered", &filtered.clone().prepared(), &[OFFICER], "/leads?county=450721");
    render(
        "leads-none-found",
        &List { rows: vec![], total: Some(0), ..filtered }.prepared(),
        &[OFFICER],
        "/leads",
    );
    render("leads-none", &List { may, ..List::default() }.prepared(), &[OFFICER], "/leads");
    render("leads-fault", &List { fault: true, ..full.clone() }.prepared(), &[OFFICER], "/leads");
    let mine = ListMay { mine: true, ..ListMay::default() };
    render("leads-leader", &List { may: mine, ..full.clone() }.prepared(), &[LEADER], "/leads");
    let own = List {
        own: true,
        rows: rows()
            .into_iter()
            .map(|row| Row { own: true, project: (row.stage != "new").then(|| Reached::of(&[])), ..row })
            .collect(),
        overdue: None,
        may: ListMay { create: true, ..ListMay::default() },
        choices: ListChoices { stages: stages(), ..ListChoices::default() },
        ..full
    };
    render("leads-own", &own.prepared(), &[LIAISON], "/leads");
    let noted = List {
        refused: super::search::refused(),
        from_database: true,
        stale: true,
        cut: Some(10_000),
        ..List::default()
    };
    render("leads-noted", &noted.prepared(), &[OFFICER], "/leads");
    render("leads-own-none", &List { own: true, ..List::default() }.prepared(), &[FEDERATION], "/leads");
}

fn timeline() -> Vec<Event> {
    let event = |time: &str, by: Option<&str>, what| Event { at: at(time), by: by.map(str::to_owned), what };
    let changed = |field: &str, from, to| Difference { field: field.into(), from, to };
    vec![
        event("2026-11-08T06:30:00", Some("韦国强"), What::FollowUp {
            id: "f3".into(),
            how: "visit_out".into(),
            took_place_at: at("2026-11-08T02:00:00"),
            content: "到东莞厂区拜访，看了两条自动化缝制线。对方董事长认可陆屋园区的港口条件，最关心两件事：\n一是标准厂房能否年底前交付 2 万平方米；\n二是招工，缝纫工缺口约 600 人。".into(),
            ours: some("韦国强、李明、陆屋园区办"),
            theirs: some("林总、生产副总"),
            next_step: some("园区办出厂房交付时间表，人社局出招工方案，报给企业"),
            next_on: Some(day("2026-11-11")),
            from: Some(Link { href: String::new(), label: "QZ-2026-000098".into() }),
            papers: vec![PaperLink { id: "a6".into(), name: "厂区照片.jpg".into() }],
            keeps_papers: true,
        }),
        event("2026-11-07T06:30:00", Some("李明"), What::Merger {
            took: true,
            other: Some(Link { href: "/leads/l9".into(), label: "QZ-2026-000098".into() }),
            reason: some("同一项目两边都报了"),
        }),
        event("2026-11-07T06:30:00", Some("李明"), What::Merger { took: false, other: None, reason: None }),
        event("2026-10-20T03:12:00", Some("李明"), What::Stage { from: "assessment".into(), to: "negotiation".into(), back: false, reason: None }),
        event("2026-10-20T03:10:00", Some("李明"), What::Edit { changes: vec![
            changed("total_investment", Shown::Money(260_000_000_00), Shown::Money(328_000_000_00)),
            changed("county", Shown::Text("钦南区".into()), Shown::Text("灵山县".into())),
            changed("next_follow_up_on", Shown::Nothing, Shown::Day(day("2026-11-11"))),
            changed("contact_phone", Shown::Hidden, Shown::Hidden),
            changed("priority", Shown::Word("priority-normal".into()), Shown::Word("priority-key".into())),
        ] }),
        event("2026-10-09T01:00:00", Some("李明"), What::Assignment {
            changes: vec![changed("leader", Shown::Nothing, Shown::Text("韦国强".into()))],
            reason: some("玩具产业由灵山县承接"),
        }),
        event("2026-09-28T01:00:00", Some("李明"), What::Hold { held: false, until: None, reason: some("企业完成内部决策") }),
        event("2026-09-15T01:00:00", Some("李明"), What::Hold { held: true, until: Some(day("2026-09-30")), reason: some("等企业董事会") }),
        event("2026-09-12T01:00:00", Some("李明"), What::Closure { closure_kind: None, reason: some("重新联系上了") }),
        event("2026-09-11T01:00:00", Some("李明"), What::Closure { closure_kind: some("lost_contact"), reason: some("三次电话未接") }),
        event("2026-09-10T01:00:00", Some("李明"), What::Stage { from: "negotiation".into(), to: "assessment".into(), back: true, reason: some("土地没有落实") }),
        event("2026-09-09T08:00:00", Some("陈晓岚"), What::Attachment {
            id: "a2".into(), name: "投资意向书.pdf".into(), paper_kind: "contract".into()
        }),
        event("2026-09-02T08:00:00", Some("陈晓岚"), What::Created),
    ]
}

fn likenesses() -> Vec<Likeness> {
    vec![
        Likeness {
            reason: "phone".into(),
            unit: "灵山县".into(),
            since: day("2026-08-11"),
            lead: Some(Link {
                href: "/leads/l9".into(), label: "QZ-2026-000098 小橘灯公仔项目".into()
            }),
        },
        Likeness {
            reason: "similar_name".into(),
            unit: "自贸区钦州港片区".into(),
            since: day("2025-12-01"),
            lead: None,
        },
    ]
}

fn full() -> Show {
    let missing = |field: &str| Missing { field: field.into(), href: Some(requirement_href("l1", field)) };
    Show {
        lead: head(),
        priority: "key".into(),
        registered_on: Some(day("2026-09-02")),
        work: Work {
            total_investment_fen: Some(328_000_000_00),
            county: some("灵山县"),
            park: some("灵山陆屋临港产业园"),
            officer: some("李明"),
            leader: some("韦国强"),
            next_follow_up_on: Some(day("2026-11-11")),
            due_days: Some(12),
            next_step: some("园区办出厂房交付时间表，人社局出招工方案，报给企业"),
            ..Work::default()
        },
        track: track(
            Stage::Negotiation,
            &[(Stage::New, day("2026-09-02")), (Stage::Negotiation, day("2026-10-20"))],
        ),
        next_stage: Some(NextStage {
            code: "site_visit".into(),
            reached: false,
            missing: vec![missing("contact"), missing("leader"), missing("follow_ups")],
        }),
        may: May {
            follow_up: true,
            edit: true,
            move_stage: true,
            assign: true,
            hold: true,
            close: true,
            delete: true,
            reveal: true,
            ..May::default()
        },
        source: Source {
            kind: "chamber".into(),
            name: some("东莞市广西商会（虚构）"),
            href: some("/chambers/c1"),
            event: some("/events/e1"),
            note: some("会长引荐，8 月推介会上认识。"),
        },
        facts: Some(Facts {
            industry: some("玩具制造和服装纺织"),
            industry_class: some("2455 娃娃玩具制造"),
            uscc: some("91441900MA4X00000X"),
            origin: some("广东省东莞市"),
            content: some(
                "建设 12 条毛绒玩具自动化生产线和研发打样中心，分两期；一期租用标准厂房 2 万平方米。",
            ),
            total_investment_fen: Some(328_000_000_00),
            fixed_investment_fen: Some(215_000_000_00),
            land_mu: Some(85.5),
            factory_m2: Some(20000.0),
            jobs: Some(800),
            factor_needs: some("用电 3000 千伏安；缝纫工 600 人；宿舍 300 间"),
            remark: some("同时在看梧州、贵港。"),
            duplicate_reason: some("与公仔项目不是同一项目，母公司相同"),
            import: Some(Link { href: "/imports/i1".into(), label: "2026年9月招商台账.xlsx".into() }),
            received_at: Some(at("2026-09-02T08:00:00")),
            updated_at: Some(at("2026-11-08T06:30:00")),
        }),
        contact: Some(Contact {
            masked: MaskedContact {
                name: "林总".into(),
                post: some("董事长助理"),
                phone: some("120****0101"),
                other_phones: vec!["077****4567".into()],
                email: some("l***@example.com"),
                wechat: some("l***"),
            },
            anonymised: false,
        }),
        extra: vec![("驻点组".into(), "粤港澳一组".into()), ("是否外资".into(), "否".into())],
        duplicates: likenesses(),
        attachments: Some(super::attachments::sample()),
        claims: vec![yinfeng::claims::pages::Row {
            id: "k1".into(),
            investor_name: "东莞乐满堂玩具有限公司（虚构）".into(),
            chamber: some("深圳市钦州商会（虚构）"),
            at: Some(at("2026-11-20T03:00:00")),
            due_on: Some(day("2026-11-25")),
            due_days: Some(-2),
            ..Default::default()
        }],
        timeline: timeline(),
        older: "/leads/l1?before=x".into(),
        follow_up: Some(Filled::new().value("kind", "call").value("at", "2026-11-23T10:30")),
        follow_up_kinds: kinds(),
        ..Show::default()
    }
}

#[test]
fn the_page_of_a_lead() {
    render("lead", &full(), &[OFFICER, LEADER], "/leads/l1");
    let ready = Show {
        next_stage: Some(NextStage {
            code: "contract".into(),
            reached: true,
            missing: vec![Missing { field: "leader".into(), href: Some(requirement_href("l1", "leader")) }],
        }),
        duplicates: vec![],
        attachments: None,
        claims: vec![],
        follow_up: None,
        ..full()
    };
    render("lead-ready", &ready, &[OFFICER], "/leads/l1");
    let closed = Show {
        lead: LeadHead { status: "closed".into(), ..head() },
        standing: Some(Standing {
            status: "closed".into(),
            closure_kind: some("elsewhere"),
            reason: some("企业选择落户贵港，主要是厂房当月可交付。"),
            at: Some(at("2026-11-20T03:00:00")),
            ..Standing::default()
        }),
        next_stage: None,
        follow_up: None,
        may: May { reopen: true, ..May::default() },
        ..full()
    };
    render("lead-closed", &closed, &[OFFICER], "/leads/l1");
    let merged = Show {
        standing: Some(Standing {
            status: "merged".into(),
            reason: some("同一项目两边都报了"),
            at: Some(at("2026-11-20T03:00:00")),
            into: Some(Link { href: "/leads/l9".into(), label: "QZ-2026-000098".into() }),
            ..Standing::default()
        }),
        may: May::default(),
        first_report: Some(FirstReport {
            lead: Link { href: String::new(), label: "QZ-2026-000001".into() },
            registered_on: day("2026-08-01"),
            received_at: at("2026-08-01T03:00:00"),
            source: Source {
                kind: "chamber".into(),
                name: some("广东玩具协会（虚构）"),
                ..Source::default()
            },
        }),
        ..closed
    };
    render("lead-merged", &merged, &[OFFICER], "/leads/l1");
    let held = Standing {
        status: "on_hold".into(),
        until: Some(day("2026-12-31")),
        reason: some("等董事会"),
        ..Standing::default()
    };
    let held = Show {
        standing: Some(held),
        may: May { resume: true, close: true, ..May::default() },
        follow_up: None,
        next_stage: None,
        ..full()
    };
    render("lead-held", &held, &[OFFICER], "/leads/l1");
    let own = Own {
        lead: head(),
        registered_on: day("2026-11-13"),
        next: Next {
            code: "question",
            project: None,
            promised_on: Some(day("2026-11-20")),
            due_days: Some(3),
        },
        track: full().track,
        project_track: Vec::new(),
        questions: vec![questions::pages::Row {
            id: "q1".into(),
            lead_id: "l1".into(),
            text: "企业打算租厂房还是拿地？".into(),
            at: Some(at("2026-11-20T02:00:00")),
            due_on: Some(day("2026-11-27")),
            due_days: Some(-4),
            answer: None,
        }],
        source: Source { href: None, ..full().source },
        project: some("QZ-P-2026-00012"),
        first_report: None,
        filings: None,
        timeline: timeline().into_iter().take(1).collect(),
        older: String::new(),
        follow_up: full().follow_up,
        follow_up_kinds: kinds(),
        follow_up_accept: ".jpg".into(),
    };
    render("lead-own", &own, &[LIAISON], "/leads/l1");
    let closed = Own {
        next: Next { code: "closed", project: None, promised_on: None, due_days: None },
        questions: Vec::new(),
        project: None,
        follow_up: None,
        ..own
    };
    render("lead-own-closed", &closed, &[LIAISON], "/leads/l1");
    let started = Reached::of(&[
        (MilestoneKind::ConstructionStart, MilestoneState::Verified),
        (MilestoneKind::Completion, MilestoneState::Reported),
    ]);
    let mut steps = track(Stage::Contract, &[]);
    let became = Own {
        project_track: goes_on(&mut steps, &started),
        track: steps,
        next: Next { code: "contract", project: Some(started), promised_on: None, due_days: None },
        ..closed
    };
    render("lead-own-project", &became, &[LIAISON], "/leads/l1");
    let asked = Show {
        questions: vec![questions::pages::Row {
            lead_id: "l1".into(),
            text: "企业打算租厂房还是拿地？".into(),
            due_on: Some(day("2026-11-20")),
            due_days: Some(3),
            ..Default::default()
        }],
        may: May { ask: true, ..full().may },
        ..full()
    };
    render("lead-asked", &asked, &[OFFICER], "/leads/l1");
    render(
        "lead-federation",
        &Show { contact: None, may: May::default(), follow_up: None, ..full() },
        &[FEDERATION],
        "/leads/l1",
    );
    let bare = Show {
        lead: head(),
        work: Work { leader: some("黄副县长"), leader_is_no_user: true, ..Work::default() },
        track: track(Stage::New, &[]),
        facts: Some(Facts::default()),
        may: May { follow_up: true, ..May::default() },
        source: Source { kind: "self".into(), ..Source::default() },
        ..Show::default()
    };
    render("lead-bare", &bare, &[LEADER], "/leads/l1");
}

fn form() -> Form {
    Form {
        counties: counties(),
        parks: vec![
            ParkGroup {
                county: "450721".into(),
                name: "灵山县".into(),
                parks: vec![
                    Choice::named("luwu", "灵山陆屋临港产业园"),
                    Choice::named("shili", "十里工业园"),
                ],
            },
            ParkGroup {
                county: "450722".into(),
                name: "浦北县".into(),
                parks: vec![Choice::named("chenpi-park", "浦北陈皮产业园")],
            },
        ],
        industries: industries(),
        classes: vec![ClassGroup {
            industry: "toy_garment".into(),
            name: "玩具制造和服装纺织".into(),
            classes: vec![
                Choice::named("2452", "2452 塑胶玩具制造"),
                Choice::named("2455", "2455 娃娃玩具制造"),
            ],
        }],
        suggested: vec![Choice::named("2455", "2455 娃娃玩具制造")],
        sources: sources(),
        chambers: vec!["东莞市广西商会（虚构）".into(), "深圳市钦州商会（虚构）".into()],
        referrers: vec!["覃示例".into()],
        origins: vec!["广东省东莞市".into()],
        stages: stages(),
        ..Form::default()
    }
}

#[test]
fn the_form_of_a_lead() {
    render("lead-new", &form(), &[OFFICER], "/leads/new");
    let values = Filled::new()
        .value("investor_name", "东莞市小橘灯玩具（虚构）有限公司")
        .value("uscc", "91441900MA4X0000")
        .value("county", "450721")
        .value("park", "luwu")
        .value("industry", "toy_garment")
        .value("industry_class", "2455")
        .value("total_investment", "32800")
        .value("fixed_investment", "41500")
        .value("source_kind", "chamber")
        .value("source_chamber", "东莞市广西商会（虚构）")
        .value("next_follow_up_on", "2026-11-30");
    let wrong = values
        .clone()
        .error("uscc", Message::new("fault-uscc-length").number("length", 16))
        .error("fixed_investment", Message::new("fault-fixed-above-total"))
        .error("source_kind", Message::new("fault-required"));
    render("lead-new-wrong", &Form { form: wrong, ..form() }, &[OFFICER], "/leads");
    let alike = values.clone().error("duplicate_reason", Message::new("fault-duplicate-reason-required"));
    render("lead-new-alike", &Form { form: alike, duplicates: likenesses(), ..form() }, &[OFFICER], "/leads");
    let edit = Form { lead: Some(head()), form: values.clone(), contact_kept: some("120****0101"), ..form() };
    render("lead-edit", &edit, &[OFFICER], "/leads/l1/edit");
    let report = |form| Report::new(form, self::form().counties, self::form().industries);
    render("lead-report", &report(Filled::new()), &[LIAISON], "/leads/new");
    let reported = Link { href: "/leads/l1".into(), label: "QZ-2026-000123".into() };
    let known = Report { known: Some(reported), ..report(values.clone()) };
    render("lead-report-known", &known, &[LIAISON], "/leads");
    let wrong = values.error("contact_post", Message::new("fault-required"));
    let wrong = wrong.error("county", Message::new("fault-required"));
    render("lead-report-wrong", &report(wrong), &[LIAISON], "/leads");
    let field = |name: &str, mine, theirs| ConflictField {
        name: name.into(),
        mine,
        theirs,
        mine_value: "1".into(),
        theirs_value: "2".into(),
        keep_mine: true,
    };
    let conflict = Conflict {
        lead: head(),
        by: some("韦国强"),
        at: Some(at("2026-11-23T02:31:00")),
        fields: vec![
            field("total_investment", Shown::Money(328_000_000_00), Shown::Money(300_000_000_00)),
            ConflictField {
                keep_mine: false,
                ..field(
                    "content",
                    Shown::Text("分两期建设。".into()),
                    Shown::Text("分三期建设，一期租用厂房 2 万平方米，二期拿地自建。".into()),
                )
            },
            field("park", Shown::Text("灵山陆屋临港产业园".into()), Shown::Nothing),
        ],
        kept: vec![("title".into(), "小橘灯智能毛绒玩具生产基地项目".into())],
    };
    render("lead-conflict", &conflict, &[OFFICER], "/leads/l1");
    render("lead-conflict-none", &Conflict { lead: head(), ..Conflict::default() }, &[OFFICER], "/leads/l1");
}

#[test]
fn the_form_of_a_follow_up() {
    let form = Filled::new().value("kind", "call").value("at", "2026-11-23T10:30");
    let page =
        follow_ups::pages::Form { lead: head(), form: form.clone(), kinds: kinds(), accept: String::new() };
    render("follow-up", &page, &[LEADER], "/leads/l1/follow-ups/new");
    let form = form
        .value("at", "2026-12-23T10:30")
        .error("content", Message::new("fault-required"))
        .error("at", Message::new("fault-date-in-future"));
    render(
        "follow-up-wrong",
        &follow_ups::pages::Form { lead: head(), form, kinds: kinds(), accept: String::new() },
        &[LEADER],
        "/leads/l1",
    );
}
