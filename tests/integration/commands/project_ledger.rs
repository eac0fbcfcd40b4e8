//! `yinfeng export projects` and `yinfeng import projects`: what goes out comes back.

use super::{count, mode};
use crate::projects::{new_project, path, report, sign};
use crate::support::TestApp;
use crate::support::program::Program;
use diesel::prelude::*;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};
use std::fmt::Write;
use yinfeng::accounts::Role;
use yinfeng::clock;
use yinfeng::db::{AnyConn, Id, Json};
use yinfeng::error::AppError;
use yinfeng::milestones::queries::of_project;
use yinfeng::projects::model::Project;
use yinfeng::projects::queries::{contract_of, names_of};
use yinfeng::schema::projects;

/// All that a ledger carries of every project, record ids and times left out, as it is stored.
fn stored(conn: &mut AnyConn) -> QueryResult<Vec<String>> {
    let rows: Vec<Project> =
        projects::table.order(projects::code.asc()).select(Project::as_select()).load(conn)?;
    let names = names_of(conn, &rows)?;
    let nobody: Id = "00000000-0000-0000-0000-000000000000".parse().unwrap();
    let mut told = Vec::new();
    for row in rows {
        let person =
            |id: &Option<Id>| id.as_ref().and_then(|id| names.users.get(id)).map(|(_, name)| name.clone());
        let sources = [&row.source_chamber_id, &row.source_referrer_id, &row.source_enterprise_id];
        let source = sources.into_iter().flatten().find_map(|id| names.sources.get(id).cloned());
        let mut extra = row.extra.0.clone();
        extra.sort();
        let contract = contract_of(conn, &row.id)?.map(|(contract, years, supplements)| {
            let years: Vec<_> = years
                .iter()
                .map(|year| (year.year, year.fixed_investment_fen, year.land_premium_fen))
                .collect();
            let supplements: Vec<_> =
                supplements.into_iter().map(|one| (one.signed_on, one.content)).collect();
            (
                contract.kind,
                contract.signed_on,
                contract.parties,
                contract.total_investment_fen,
                contract.fixed_investment_fen,
                contract.land_premium_fen,
                contract.funding,
                years,
                supplements,
            )
        });
        let milestones: Vec<_> = of_project(conn, &row.id)?
            .into_iter()
            .map(|(one, _)| (one.kind, one.planned_on, one.actual_on))
            .collect();
        let company = names.companies.get(&row.company_id).cloned();
        let row = Project {
            id: nobody.clone(),
            company_id: nobody.clone(),
            source_chamber_id: None,
            source_referrer_id: None,
            source_enterprise_id: None,
            leader_name: person(&row.leader_id).or(row.leader_name.clone()),
            officer_name: person(&row.officer_id).or(row.officer_name.clone()),
            leader_id: None,
            officer_id: None,
            import_id: None,
            created_by: nobody.clone(),
            version: 0,
            created_at: Default::default(),
            updated_at: Default::default(),
            extra: Json(extra),
            ..row
        };
        told.push(format!("{row:#?} {company:?} {source:?} {contract:#?} {milestones:?}"));
    }
    Ok(told)
}

fn of(program: &Program) -> Vec<String> {
    program.database().read(|conn| Ok::<_, AppError>(stored(conn)?)).unwrap()
}

fn import(program: &Program, file: &str) -> Value {
    program.json(&["import", "projects", file, "--user", "officer", "--json"])
}

/// Entered by hand, with everything that a project may have.
async fn filled(app: &TestApp) {
    let head = app.token(Role::BureauHead);
    let enter = async |changes: Value| new_project(app, changes).await;
    let full = enter(json!({
        "uscc": "91350100M000100Y43", "origin": "350102", "project_company": "小方砖（灵山）（虚构）有限公司",
        "park": "luwu", "industry_class": "2452", "content": "第一行\n=第二行", "total_investment_fen": 123_456_789_012_i64,
        "fixed_investment_fen": 100_000_000_001_i64, "land_mu": 62.35, "factory_m2": 15000.5, "jobs": 420,
        "filing_code": "示例备案-001", "key": { "basis": "plan_list" }, "unit": "县投促局",
        "officer": app.person(Role::BureauOfficer).username, "progress": "-主体封顶", "problems": "无", "coordination": "用电\n用水",
        "next_step": "@设备", "remark": "'=引号", "source": { "kind": "exhibition", "note": "东博会" },
    }))
    .await;
    sign(app, &full, "2024-01-05").await;
    let supplement = json!({ "signed_on": "2024-02-01", "content": "增资\n2024-03-01 起" });
    head.post_json(&path(&full, "/contract/supplements"), supplement).await.assert_status(200);
    let day = |planned: &str, actual: &str| json!({ "planned_on": planned, "actual_on": actual });
    for (kind, body) in [
        ("company_registered", day("2024-02-01", "2024-02-20")),
        ("construction_start", day("2024-05-01", "2024-05-06")),
        ("production", json!({ "planned_on": "2031-01-01" })),
        ("above_scale", json!({ "planned_on": "2031-03-01" })),
        ("energy", day("2024-03-01", "2024-03-02")),
    ] {
        report(app, &full, kind, body).await.assert_status(200);
    }
    let entry = json!({ "entered_on": "2024-02-10" });
    head.post_json(&path(&full, "/pool-entry"), entry.clone()).await.assert_status(200);
    let enclave = enter(json!({ "county": "QZ-FTZ", "industry": "chemical", "supporting_project": true,
        "supporting_finding": "配套", "enclave": { "county": "450703", "land_use": "county" } }))
    .await;
    sign(app, &enclave, "2024-01-05").await;
    head.post_json(&path(&enclave, "/pool-entry"), entry).await.assert_status(200);
    let end = json!({ "withdrawn_on": "2024-06-01", "reason": "投资方终止" });
    head.post_json(&path(&enclave, "/withdrawal"), end).await.assert_status(200);
    enter(json!({ "county": "450722", "total_investment_fen": null, "leader": null })).await;
}

#[actix_web::test]
async fn a_filled_pool_comes_back_field_by_field() {
    let app = TestApp::new().await;
    filled(&app).await;
    let before = app.read(stored);
    assert_eq!(before.len(), 3);
    for format in ["xlsx", "csv"] {
        let form = [("reason", "备份"), ("format", format)];
        let answer =
            app.signed_in(Role::BureauHead).post_form("/projects/export", &form).await.assert_status(200);
        let other = Program::with_user("bureau_head");
        let file = other.write(&format!("ledger.{format}"), answer.bytes());
        let dry = other.json(&["import", "projects", &file, "--user", "officer", "--dry-run", "--json"]);
        assert_eq!(
            dry,
            json!({ "rows": 3, "new": 3, "changed": 0, "imported": 0, "updated": 0, "duplicate": 0, "rejected": 0 })
        );
        let tables = [
            "projects",
            "companies",
            "contracts",
            "milestones",
            "audit_entries WHERE action LIKE 'project%'",
        ];
        assert_eq!(tables.map(|table| count(&other.database(), table)), [0; 5], "a rehearsal leaves nothing");
        assert_eq!(import(&other, &file)["imported"], 3);
        for (before, after) in before.iter().zip(of(&other)) {
            assert_eq!(&after, before, "{format}");
        }
        let told = "audit_entries WHERE action = 'project.import' AND differences LIKE '%2024-05-06%'";
        assert_eq!(count(&other.database(), told), 1, "the trail says what came");
        // Again, and from what it would export itself: nothing changes.
        let after = of(&other);
        assert_eq!(import(&other, &file)["duplicate"], 3);
        let own = other.folder().join("own.xlsx").to_str().unwrap().to_owned();
        other.done(&["export", "projects", &own, "--user", "officer"], "");
        assert_eq!(mode(&own), 0o600);
        assert_eq!(
            import(&other, &own),
            json!({ "rows": 3, "new": 0, "changed": 0, "imported": 0, "updated": 0, "duplicate": 3, "rejected": 0 })
        );
        assert_eq!(of(&other), after);
        // What is entered next takes the number after those that came.
        let next = other.write("next.csv", "项目名称,县区,产业,投资方\n甲,灵山县,玩具,甲（虚构）有限公司\n");
        assert_eq!(import(&other, &next)["imported"], 1);
        let year = chrono::Datelike::year(&clock::today());
        let code = format!("projects WHERE code LIKE '%-P{year}-0004'");
        assert_eq!(count(&other.database(), &code), 1);
    }
}

/// A ledger of so many projects, each with other things known of it.
fn generated(rng: &mut StdRng, projects: usize) -> String {
    let mut text = "项目名称,投资方,县区,一县一业产业,总投资(万元),固定资产投资(万元),用地(亩)/厂房(㎡),分年度计划,签约时间,协议类型,\
        备案代码,计划开工,实际开工,计划投产,环评时间,包联领导,责任人,入库时间,出库时间,出库原因,预计就业,目前进展,本年到位资金,来源渠道,引荐人/商会,备注\n"
        .to_owned();
    for number in 0..projects {
        let wan = rng.random_range(1..90_000_000_i64);
        let total = wan as f64 / 100.0;
        let fixed = total / 2.0;
        let mut some = |text: String| if rng.random_bool(0.6) { text } else { String::new() };
        let county = ["灵山县", "浦北县", "钦南区", "钦北区", "自贸区钦州港片区"][number % 5];
        let industry = ["玩具", "陈皮", "木材", "化工", "其他"][number * 7 % 5];
        let signed = some(format!("2024-0{}-11", number % 9 + 1));
        let kind = if signed.is_empty() { "" } else { ["正式合同", "框架协议"][number % 2] };
        let filing = some(format!("示例-{number:04}"));
        let may_enter = kind == "正式合同" || !filing.is_empty();
        let entered = if may_enter { some("2024-10-20".into()) } else { String::new() };
        let withdrawn = if entered.is_empty() { String::new() } else { some("2025-01-02".into()) };
        let why = if withdrawn.is_empty() { "" } else { "\"资金,\"\"断\"\"了\"" };
        let leader = if entered.is_empty() {
            some("示例领导".into())
        } else {
            format!("示例领导{}", number % 3)
        };
        let plan = some(format!("第1年 {:.2}；第2年 {:.2} 土地出让金 12.5", fixed / 4.0, fixed / 4.0));
        let source = ["商会", "自荐", "乡贤", "以企招商", "展会"][number % 5];
        let by = if number % 5 % 2 == 0 && number % 5 < 4 {
            format!("示例{source}{}", number % 3)
        } else {
            String::new()
        };
        writeln!(
            text,
            "示例项目{number},示例{number}号（虚构）有限公司,{county},{industry},{total},{fixed},{},{plan},{signed},{kind},{filing},{},{},{},{},{leader},{},{entered},{withdrawn},{why},{},{},{},{source},{by},{}",
            some(format!("{}.5/{}", number, number * 10)),
            some("2025-03-01".into()),
            some("2025-04-01".into()),
            some("2026-03-01".into()),
            some("2025-01-15".into()),
            some("示例经办".into()),
            some(number.to_string()),
            some("\"一期\n二期\"".into()),
            some(format!("{number}.5")),
            some("-待补".into()),
        )
        .unwrap();
    }
    text
}

#[test]
fn generated_projects_go_from_office_to_office() {
    for seed in 0..3 {
        let mut rng = StdRng::seed_from_u64(seed);
        let (first, second) = (Program::with_user("bureau_head"), Program::with_user("bureau_officer"));
        let file = first.write("ledger.csv", generated(&mut rng, 40));
        let out = first.folder().join("report.jsonl").to_str().unwrap().to_owned();
        let told =
            first.json(&["import", "projects", &file, "--user", "officer", "--json", "--report", &out]);
        assert_eq!(told["imported"], 40, "seed {seed}: {}", std::fs::read_to_string(&out).unwrap());
        let name = if seed % 2 == 0 { "out.xlsx" } else { "out.csv" };
        let exported = first.folder().join(name).to_str().unwrap().to_owned();
        first.done(&["export", "projects", &exported, "--user", "officer"], "");
        assert_eq!(import(&second, &exported)["imported"], 40, "seed {seed}");
        let (before, after) = (of(&first), of(&second));
        assert_eq!(before.len(), after.len());
        for (before, after) in before.iter().zip(&after) {
            assert_eq!(after, before, "seed {seed}");
        }
        assert_eq!(import(&second, &exported)["duplicate"], 40);
        assert_eq!(import(&first, &file)["duplicate"], 40, "without codes they are known by what they are");
        assert_eq!((of(&first), of(&second)), (before, after));
    }
}

#[test]
fn rows_that_are_refused_come_back_with_their_reasons() {
    let program = Program::with_user("county_officer");
    let ledger = "项目名称,县区,产业,投资方,来源渠道,引荐人/商会,总投资(万元),固定资产投资(万元),入库时间,包联领导,备案代码,实际开工\n\
        甲,灵山县,玩具,甲（虚构）有限公司,商会,某商会,100,50,,,,2024-05-06\n\
        乙,浦北县,玩具,乙（虚构）有限公司,商会,某商会,100,50,,,,\n\
        丙,灵山县,玩具,丙（虚构）有限公司,商会,别的商会,100,200,,,,\n\
        丁,灵山县,玩具,丁（虚构）有限公司,商会,别的商会,100,50,2024-02-01,,示例-1,\n\
        戊,灵山县,玩具,戊（虚构）有限公司,自荐,,一两个亿,,,,,\n\
        己,灵山县,玩具,己（虚构）有限公司,自荐,,1,,,,,2199-01-01\n\
        庚,灵山县,玩具,,自荐,,1,,,,,\n";
    let file = program.write("ledger.csv", ledger);
    let out = program.folder().join("report.jsonl").to_str().unwrap().to_owned();
    let told = program.done(&["import", "projects", &file, "--user", "officer", "--report", &out], "");
    assert_eq!(told.trim(), "7 rows: 1 imported, 0 updated, 0 duplicates, 6 rejected");
    assert_eq!(mode(&out), 0o600);
    let text = std::fs::read_to_string(&out).unwrap();
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let why = |line: &Value| (line["row"].as_i64().unwrap(), line["field"].clone(), line["reason"].clone());
    assert_eq!(lines[0]["outcome"], "imported");
    assert_eq!(
        lines[1..].iter().map(why).collect::<Vec<_>>(),
        [
            (3, json!("county"), json!("county_not_yours")),
            (4, json!("fixed_investment_fen"), json!("fixed-above-total")),
            (5, json!("leader"), json!("leader-required")),
            (6, json!("total_investment_fen"), json!("amount_words")),
            (7, json!("actual_on"), json!("date-in-future")),
            (8, json!("investor_name"), json!("required")),
        ]
    );
    assert!(lines[1]["message"].as_str().unwrap().contains("county"), "{}", lines[1]);
    let db = program.database();
    assert_eq!((count(&db, "projects"), count(&db, "chambers")), (1, 1), "a refused row leaves no chamber");
    assert_eq!(count(&db, "milestones WHERE state = 'reported'"), 1, "nothing comes verified");
    let kept = [
        "imports WHERE kind = 'projects' AND status = 'applied'",
        "import_rows",
        "projects WHERE import_id IS NULL",
    ];
    assert_eq!(kept.map(|rows| count(&db, rows)), [1, 7, 0], "the import and its rows are kept");
}

#[test]
fn a_row_whose_code_is_known_updates_its_project() {
    let program = Program::with_user("bureau_officer");
    let ledger =
        "项目编号,项目名称,县区,产业,投资方,预计就业\nQZ-P2026-0001,甲,灵山县,玩具,甲（虚构）有限公司,400\n";
    assert_eq!(import(&program, &program.write("a.csv", ledger))["imported"], 1);
    let file = program.write("b.csv", ledger.replace("400", "420"));
    let out = program.folder().join("report.jsonl").to_str().unwrap().to_owned();
    let dry = ["import", "projects", &file, "--user", "officer", "--dry-run", "--report", &out];
    let told = program.done(&dry, "");
    assert_eq!(told.trim(), "1 rows: 0 would be imported, 1 would be updated, 0 duplicates, 0 rejected");
    let line: Value = serde_json::from_str(&std::fs::read_to_string(&out).unwrap()).unwrap();
    assert_eq!((&line["outcome"], &line["code"]), (&json!("changed"), &json!("QZ-P2026-0001")));
    assert_eq!(line["changes"], json!([{ "column": "预计就业", "from": "400", "to": "420" }]));
    let db = program.database();
    assert_eq!(count(&db, "projects WHERE jobs = 420"), 0, "a rehearsal leaves nothing");
    assert_eq!((count(&db, "imports"), &import(&program, &file)["updated"]), (1, &json!(1)));
    assert_eq!(count(&db, "projects WHERE jobs = 420"), 1);
    assert_eq!(import(&program, &file)["duplicate"], 1);
}

#[test]
fn what_no_field_takes_stays_with_the_project_and_is_told() {
    let program = Program::with_user("bureau_officer");
    let ledger = "项目名称,县区,产业,投资方,园区,本年到位资金,分年度计划,协议类型,签约时间,网格员\n\
        甲,灵山县,航天,甲（虚构）有限公司,不知名园区,120.5,2026年5000,正式,,示例员\n";
    let file = program.write("ledger.csv", ledger);
    let out = program.folder().join("report.jsonl").to_str().unwrap().to_owned();
    program.done(&["import", "projects", &file, "--user", "officer", "--report", &out], "");
    let line: Value = serde_json::from_str(&std::fs::read_to_string(&out).unwrap()).unwrap();
    assert_eq!(line["kept"], json!(["产业", "园区", "本年到位资金", "网格员", "分年度计划"]));
    let exported = program.folder().join("out.csv").to_str().unwrap().to_owned();
    program.done(&["export", "projects", &exported, "--user", "officer"], "");
    let text = std::fs::read_to_string(&exported).unwrap();
    for (header, cell) in
        [("产业", "航天"), ("园区", "不知名园区"), ("网格员", "示例员"), ("本年到位资金", "120.5")]
    {
        assert!(text.contains(header) && text.contains(cell), "{header}: {text}");
    }
}

#[test]
fn whoever_may_not_enter_a_project_is_not_told_of_those_that_are_there() {
    let program = Program::with_user("bureau_officer");
    program.add_user("county", "county_officer");
    let ledger = "项目名称,县区,产业,投资方\n甲,浦北县,玩具,甲（虚构）有限公司\n";
    let file = program.write("ledger.csv", ledger);
    assert_eq!(import(&program, &file)["imported"], 1);
    let out = program.folder().join("report.jsonl").to_str().unwrap().to_owned();
    let (status, _) =
        program.refused(&["import", "projects", &file, "--user", "county", "--report", &out], "");
    assert_eq!(status, 1, "every row was refused");
    let text = std::fs::read_to_string(&out).unwrap();
    assert!(text.contains("rejected") && !text.contains("QZ-P"), "{text}");
}

#[test]
fn what_cannot_be_exported_or_imported_says_why() {
    let program = Program::with_user("bureau_officer");
    program.add_user("auditor", "auditor");
    let good = program.write("good.csv", "项目名称,县区,产业,投资方\n甲,灵山县,玩具,甲（虚构）有限公司\n");
    let leads = program.write("leads.jsonl", "{}");
    let taken = "项目编号,项目名称,县区,产业,投资方\nQZ-P2026-0001,甲,灵山县,玩具,甲（虚构）有限公司\n\
        QZ-P2026-0001,乙,灵山县,玩具,乙（虚构）有限公司\n";
    let taken = program.write("taken.csv", taken);
    for (arguments, status, words) in [
        (vec!["import", "projects", &good], 2, "--user"),
        (vec!["import", "projects", &good, "--user", "auditor"], 1, "auditor"),
        (vec!["import", "projects", "none.csv", "--user", "officer"], 2, "none.csv"),
        (vec!["import", "projects", &leads, "--user", "officer"], 1, ".xlsx"),
        (
            vec!["import", "projects", &good, "--user", "officer", "--report", "no/such/out.jsonl"],
            2,
            "no/such",
        ),
        (vec!["export", "projects", "a.pdf", "--user", "officer"], 2, ".xlsx or .csv"),
        (vec!["export", "projects", "a.csv", "--user", "auditor"], 1, "auditor"),
    ] {
        let (found, told) = program.refused(&arguments, "");
        assert_eq!(found, status, "{arguments:?}: {told}");
        assert!(told.contains(words), "{arguments:?}: {told}");
    }
    let told = import(&program, &taken);
    assert_eq!((&told["imported"], &told["rejected"]), (&json!(1), &json!(1)), "a code is one project's");
}
