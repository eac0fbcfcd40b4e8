//! Pages of imports in every state.

use yinfeng::imports::model::Change;
use yinfeng::imports::pages::{Head, List, Row, Show, Warning};
use yinfeng::leads::pages::Link;
use yinfeng::web::filled::Filled;
use yinfeng::web::i18n::Message;

use super::leads::some;
use super::render::{OFFICER, at, render};

const HERE: &str = "/imports/i1";

fn head(status: &str) -> Head {
    Head {
        id: "i1".into(),
        kind: "leads".into(),
        changes: false,
        file_name: "2026年11月招商引资项目台账（灵山县）.xlsx".into(),
        status: status.into(),
        rows: 60,
        new: 46,
        changed: 0,
        duplicate: 5,
        rejected: 9,
        imported: if status == "applied" { 46 } else { 0 },
        updated: 0,
        failure: None,
        created_at: at("2026-11-23T01:12:00"),
        applied_at: None,
    }
}

fn rows() -> Vec<Row> {
    let cells =
        |pairs: &[(&str, &str)]| pairs.iter().map(|(name, text)| ((*name).into(), (*text).into())).collect();
    let warning = |code: &str, field: &str, word: &str| Warning {
        code: code.into(),
        field: field.into(),
        column: String::new(),
        word: word.into(),
    };
    let refused = |code: &str, word: &str| Some(Message::of("import-refused", code).text("word", word));
    let known = Row {
        outcome: "new".into(),
        title: some("青瓷蓝蓝鲸毛绒项目"),
        investor: some("东莞市青瓷蓝蓝鲸毛绒（虚构）有限公司"),
        county: some("灵山县"),
        total_investment_fen: Some(657_370_000_00),
        stage: some("site_visit"),
        cells: cells(&[
            ("投资方", "东莞市青瓷蓝蓝鲸毛绒（虚构）有限公司"),
            ("总投资", "6.5737亿"),
            ("备注", ""),
        ]),
        ..Row::default()
    };
    vec![
        Row { position: 0, row: 4, ..known.clone() },
        Row {
            position: 1,
            row: 5,
            warnings: vec![
                warning("approximate", "total_investment", "约3亿"),
                warning("source-unknown", "source", "朋友圈"),
            ],
            ..known.clone()
        },
        Row {
            position: 2,
            row: 6,
            outcome: "rejected".into(),
            title: None,
            total_investment_fen: None,
            field: some("total_investment"),
            reason: refused("amount-range", "2-3亿"),
            ..known.clone()
        },
        Row {
            position: 3,
            row: 7,
            outcome: "duplicate".into(),
            of_row: Some(4),
            duplicate_reason: some("name"),
            ..known.clone()
        },
        Row {
            position: 4,
            sheet: some("陈皮"),
            row: 8,
            outcome: "duplicate".into(),
            of_record: Some(Link {
                href: "/leads/l1".into(), label: "QZ-2026-000098 小橘灯公仔项目".into()
            }),
            duplicate_reason: some("uscc"),
            accepted: true,
            ..known.clone()
        },
        Row { position: 5, row: 9, outcome: "duplicate".into(), ..known.clone() },
        Row {
            position: 6,
            row: 10,
            outcome: "rejected".into(),
            title: None,
            investor: None,
            field: some("investor"),
            reason: refused("missing", ""),
            cells: vec![],
            ..known
        },
    ]
}

#[test]
fn bringing_a_ledger() {
    let imports = ["previewed", "applied", "reading", "applying", "failed"].map(head).into();
    render(
        "imports",
        &List { max_mb: 20, imports, next: "/imports?cursor=x".into(), ..List::default() },
        &[OFFICER],
        "/imports",
    );
    let form = Filled::new().error("file", Message::new("fault-ledger-protected"));
    render("imports-none", &List { form, max_mb: 20, ..List::default() }, &[OFFICER], "/imports");
}

#[test]
fn looking_at_a_preview() {
    let page = Show {
        import: head("previewed"),
        others: vec!["projects".into(), "chambers".into()],
        tabs: ["new", "duplicate", "rejected"].map(str::to_owned).into(),
        form: Filled::new().value("duplicates", "none"),
        rows: rows(),
        next: "/imports/i1?after=6".into(),
        skipped: vec![("填报说明".into(), "no_header".into()), ("备份".into(), "hidden".into())],
        ..Show::default()
    };
    render("import-preview", &page, &[OFFICER], HERE);
    let form = Filled::new()
        .value("duplicates", "all")
        .error("accept_duplicates", Message::new("fault-reason-required"));
    render(
        "import-preview-wrong",
        &Show { form, outcome: "duplicate".into(), ..page.clone() },
        &[OFFICER],
        HERE,
    );
    render("import-preview-none", &Show { rows: vec![], skipped: vec![], ..page }, &[OFFICER], HERE);
}

#[test]
fn waiting_and_done() {
    for status in ["reading", "applying"] {
        render(
            &format!("import-{status}"),
            &Show { import: Head { imported: 1200, rows: 20000, ..head(status) }, ..Show::default() },
            &[OFFICER],
            HERE,
        );
    }
    let failure =
        |code: &str| Show { import: Head { failure: some(code), ..head("failed") }, ..Show::default() };
    render("import-failed", &failure("no-header"), &[OFFICER], HERE);
    let mut rows = rows();
    rows[0].outcome = "imported".into();
    rows[0].record = Some(Link { href: "/leads/l7".into(), label: "QZ-2026-000131".into() });
    let page = Show { import: head("applied"), rows, records: "/leads?import=i1".into(), ..Show::default() };
    render("import-applied", &page, &[OFFICER], HERE);
}

#[test]
fn looking_at_a_ledger_of_projects() {
    let change = |column: &str, from: &str, to: &str| Change {
        column: column.into(),
        from: from.into(),
        to: to.into(),
    };
    let project = |code: &str| Some(Link { href: "/projects/p1".into(), label: format!("{code} 积木厂") });
    let row = Row {
        row: 6,
        outcome: "new".into(),
        title: some("积木厂"),
        investor: some("小方砖（虚构）有限公司"),
        county: some("灵山县"),
        ..Row::default()
    };
    let rows = vec![
        row.clone(),
        Row {
            outcome: "changed".into(),
            of_record: project("QZ-P2026-0001"),
            changes: vec![
                change("目前进展", "", "主体封顶"),
                change("预计就业", "400", "420"),
                change("备注", "旧", ""),
            ],
            warnings: vec![Warning {
                code: "milestone-verified".into(),
                field: String::new(),
                column: "实际开工".into(),
                word: "2026-05-06".into(),
            }],
            ..row.clone()
        },
        Row { outcome: "duplicate".into(), of_record: project("QZ-P2026-0002"), ..row.clone() },
        Row {
            outcome: "rejected".into(),
            field: some("leader"),
            column: some("包联领导"),
            reason: Some(Message::new("fault-leader-required")),
            ..row.clone()
        },
        Row { outcome: "rejected".into(), reason: Some(Message::new("fault-edited-meanwhile")), ..row },
    ];
    let tabs = ["new", "changed", "duplicate", "rejected"].map(str::to_owned).into();
    let import = Head { kind: "projects".into(), changes: true, new: 1, changed: 1, ..head("previewed") };
    let page =
        Show { import, rows, tabs, others: vec!["leads".into(), "chambers".into()], ..Show::default() };
    render("import-projects", &page, &[OFFICER], HERE);
    let nothing = Head { new: 0, changed: 0, ..page.import.clone() };
    render("import-projects-nothing", &Show { import: nothing, ..page.clone() }, &[OFFICER], HERE);
    let form = Filled::new().error("kind", Message::new("fault-ledger-no-header"));
    render("import-projects-wrong", &Show { form, ..page.clone() }, &[OFFICER], HERE);
    let applied = Head { kind: "projects".into(), changes: true, updated: 2, ..head("applied") };
    let page = Show { import: applied, records: "/projects?import=i1".into(), ..page };
    render("import-projects-applied", &page, &[OFFICER], HERE);
    for status in ["previewed", "applied"] {
        let import = Head { kind: "chambers".into(), changes: true, new: 1, ..head(status) };
        let page = Show { import, records: "/chambers".into(), ..page.clone() };
        render(&format!("import-chambers-{status}"), &page, &[OFFICER], HERE);
    }
}
