//! The ledger of projects: it comes back as it went out, changes what is there by its code, and leaves alone what
//! nobody was shown.

use super::{apply, outcomes, path, rows};
use crate::events;
use crate::projects::{self, new_project, paper, report, sign};
use crate::support::{Client, Response, TestApp};
use calamine::{Data, Reader, Xlsx};
use diesel::prelude::*;
use serde_json::{Value, json};
use std::io::Cursor;
use yinfeng::accounts::Role;
use yinfeng::projects::ledger::Line;
use yinfeng::projects::ledger::reading::read;
use yinfeng::reference::Reference;
use yinfeng::schema::{import_rows, projects as table};

const HEADER: &str = "项目编号,项目名称,投资方,县区,一县一业产业,预计就业,目前进展";

/// A ledger of these projects with other things known of them: (project, jobs, progress).
fn ledger(lines: &[(&Value, &str, &str)]) -> String {
    let line = |(project, jobs, progress): &(&Value, &str, &str)| {
        let text = |name: &str| project[name].as_str().unwrap_or_default();
        format!(
            "{},{},{},灵山县,玩具,{jobs},{progress}\n",
            text("code"),
            text("title"),
            text("investor_name")
        )
    };
    format!("{HEADER}\n{}", lines.iter().map(line).collect::<String>())
}

async fn preview(client: &Client, name: &str, content: &[u8]) -> Value {
    let upload = client.upload("/api/v1/imports", &[("kind", "projects")], name, content);
    upload.await.assert_status(201).json()
}

async fn export(app: &TestApp, format: &str) -> Response {
    let form = [("reason", "备份"), ("format", format)];
    app.signed_in(Role::BureauHead).post_form("/projects/export", &form).await.assert_status(200)
}

/// What a ledger says, line by line.
fn lines(bytes: &[u8], name: &str) -> Vec<Line> {
    let rows = read(bytes, name, &Reference::load(None).unwrap()).unwrap();
    rows.into_iter().map(|row| row.result.unwrap()).collect()
}

async fn project(app: &TestApp, project: &Value) -> Value {
    projects::read(&app.token(Role::BureauHead), project).await.json()
}

fn count(app: &TestApp) -> i64 {
    app.read(|conn| table::table.count().get_result(conn))
}

/// Actions on a project in the trail, the latest first.
async fn acts(app: &TestApp, action: &str) -> Vec<Value> {
    let trail = app.token(Role::Auditor).get(&format!("/api/v1/audit?action={action}")).await;
    trail.assert_status(200).json()["items"].as_array().unwrap().clone()
}

async fn filled(app: &TestApp) {
    let full = new_project(
        app,
        json!({ "uscc": "91350100M000100Y43", "origin": "350102", "park": "luwu", "content": "第一行\n=第二行",
            "fixed_investment_fen": 100_000_000_01_i64, "land_mu": 62.35, "jobs": 420, "key": { "basis": "plan_list" },
            "officer": app.person(Role::BureauOfficer).username, "source": { "kind": "exhibition", "note": "东博会" } }),
    )
    .await;
    sign(app, &full, "2024-01-05").await;
    let started = json!({ "planned_on": "2024-05-01", "actual_on": "2024-05-06" });
    report(app, &full, "construction_start", started).await.assert_status(200);
    let head = app.token(Role::BureauHead);
    let entry = json!({ "entered_on": "2024-02-10" });
    head.post_json(&projects::path(&full, "/pool-entry"), entry).await.assert_status(200);
    let chamber = app.new_chamber("示例商会");
    new_project(
        app,
        json!({ "county": "450722", "source": { "kind": "chamber", "chamber_id": chamber.to_string() } }),
    )
    .await;
    let later = json!({ "total_investment_fen": null, "leader": null, "phase_of": full["code"] });
    new_project(app, later).await;
}

#[actix_web::test]
async fn what_is_exported_comes_into_an_empty_database_and_goes_out_the_same() {
    let app = TestApp::new().await;
    filled(&app).await;
    for format in ["xlsx", "csv"] {
        let name = format!("ledger.{format}");
        let before = export(&app, format).await;
        let other = TestApp::new().await;
        let officer = other.token(Role::BureauOfficer);
        let import = preview(&officer, &name, before.bytes()).await;
        assert_eq!(import["kind"], "projects");
        assert_eq!((&import["rows"], &import["new"]), (&json!(3), &json!(3)), "{import}");
        assert_eq!(count(&other), 0, "nothing is written before it is confirmed");
        let applied = apply(&officer, &import, json!({})).await;
        assert_eq!((&applied["status"], &applied["imported"]), (&json!("applied"), &json!(3)));
        let after = export(&other, format).await;
        let (before, after) = (lines(before.bytes(), &name), lines(after.bytes(), &name));
        assert_eq!(after, before, "{format}");
        // Twice the same, and from where it came: nothing changes.
        for (app, client) in [(&other, officer), (&app, app.token(Role::BureauOfficer))] {
            let versions =
                |conn: &mut _| table::table.select(table::version).order(table::id).load::<i64>(conn);
            let was = app.read(versions);
            let again = preview(&client, &name, export(&other, format).await.bytes()).await;
            assert_eq!((&again["duplicate"], &again["changed"]), (&json!(3), &json!(0)), "{format}: {again}");
            apply(&client, &again, json!({})).await;
            assert_eq!(app.read(versions), was);
        }
    }
}

#[actix_web::test]
async fn the_event_that_a_project_came_of_is_found_again_by_its_title() {
    let app = TestApp::new().await;
    let event = events::new_event(&app, json!({ "title": "示例推介会" })).await;
    let campaign = events::new_event(&app, json!({ "title": "示例驻点", "kind": "campaign" })).await;
    for (kind, of) in [("event", &event), ("station", &campaign)] {
        let source = json!({ "kind": kind, "event_id": of["id"], "note": "展位旁" });
        new_project(&app, json!({ "title": format!("{kind}项目"), "source": source })).await;
    }
    let sources = |app: &TestApp| {
        let known = (table::source_event_id, table::source_note);
        app.read(|conn| {
            table::table.select(known).order(table::code).load::<(Option<String>, Option<String>)>(conn)
        })
    };
    let before = sources(&app);
    let officer = app.token(Role::BureauOfficer);
    for format in ["xlsx", "csv"] {
        let name = format!("ledger.{format}");
        let file = export(&app, format).await;
        let again = preview(&officer, &name, file.bytes()).await;
        assert_eq!((&again["rows"], &again["duplicate"]), (&json!(2), &json!(2)), "{format}: {again}");
        // Where the events are and the projects are not, they come of them again.
        let other = TestApp::new().await;
        for of in [&event, &campaign] {
            events::new_event(&other, json!({ "title": of["title"], "kind": of["kind"] })).await;
        }
        let elsewhere = other.token(Role::BureauOfficer);
        let import = preview(&elsewhere, &name, file.bytes()).await;
        apply(&elsewhere, &import, json!({})).await;
        let landed = sources(&other);
        assert!(
            landed.iter().all(|(of, note)| of.is_some() && note.as_deref() == Some("展位旁")),
            "{landed:?}"
        );
        // Where nobody knows them, the title stays a note, and the file changes nothing the second time.
        let other = TestApp::new().await;
        let elsewhere = other.token(Role::BureauOfficer);
        let import = preview(&elsewhere, &name, file.bytes()).await;
        apply(&elsewhere, &import, json!({})).await;
        assert_eq!(sources(&other)[0], (None, Some("示例推介会\n展位旁".to_owned())));
        let again = preview(&elsewhere, &name, file.bytes()).await;
        assert_eq!(again["duplicate"], 2, "{again}");
    }
    // Two of one title: a new project of them is nobody's, one that is there keeps its own.
    events::new_event(&app, json!({ "title": "示例推介会" })).await;
    let again = preview(&officer, "ledger.csv", export(&app, "csv").await.bytes()).await;
    assert_eq!(again["duplicate"], 2, "{again}");
    assert_eq!(sources(&app), before);
}

#[actix_web::test]
async fn a_row_whose_code_is_known_changes_its_project_as_an_edit_does() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let known = new_project(&app, json!({ "jobs": 400, "progress": "打桩", "problems": "用电" })).await;
    let same = new_project(&app, json!({ "title": "另一个项目", "jobs": 7 })).await;
    let content = ledger(&[(&known, "420", "主体封顶"), (&same, "7", "")]);
    let import = preview(&officer, "ledger.csv", content.as_bytes()).await;
    assert_eq!((&import["changed"], &import["duplicate"]), (&json!(1), &json!(1)), "{import}");
    let told = rows(&officer, &import).await;
    assert_eq!(outcomes(&told), ["changed", "duplicate"]);
    assert_eq!(
        told[0]["changes"],
        json!([{ "column": "预计就业", "from": "400", "to": "420" }, { "column": "目前进展", "from": "打桩", "to": "主体封顶" }])
    );
    assert_eq!((&told[0]["project"], &told[0]["code"]), (&known["id"], &known["code"]));
    assert_eq!(project(&app, &known).await["jobs"], 400, "nothing is written before it is confirmed");
    let applied = apply(&officer, &import, json!({})).await;
    assert_eq!((&applied["updated"], &applied["imported"]), (&json!(1), &json!(0)));
    let after = project(&app, &known).await;
    assert_eq!((&after["jobs"], &after["progress"]), (&json!(420), &json!("主体封顶")));
    assert_eq!(after["problems"], "用电", "what no column says stays");
    let told = acts(&app, "project.update").await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].to_string().contains("主体封顶"), "the trail says what changed");
    assert_eq!(outcomes(&rows(&officer, &import).await), ["updated", "duplicate"]);
}

#[actix_web::test]
async fn a_later_phase_may_stand_above_its_first() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let content = "项目编号,项目名称,投资方,县区,一县一业产业,首期项目编号\n\
                   QZ-P2024-0008,陈皮深加工二期,某陈皮公司,灵山县,陈皮,QZ-P2024-0007\n\
                   QZ-P2024-0007,陈皮深加工,某陈皮公司,灵山县,陈皮,\n";
    let import = preview(&officer, "ledger.csv", content.as_bytes()).await;
    assert_eq!((&import["new"], &import["rejected"]), (&json!(2), &json!(0)), "{import}");
    assert_eq!(apply(&officer, &import, json!({})).await["imported"], 2);
    let of_code = async |code: &str| {
        let list = officer.get(&format!("/api/v1/projects?q={code}")).await.assert_status(200).json();
        list["items"][0].clone()
    };
    let (first, later) = (of_code("QZ-P2024-0007").await, of_code("QZ-P2024-0008").await);
    let first = projects::read(&officer, &first).await.json();
    let later = projects::read(&officer, &later).await.json();
    assert_eq!((&later["phase_of"], &first["phase_of"]), (&first["id"], &Value::Null));
}

#[actix_web::test]
async fn an_empty_cell_changes_nothing() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let known = new_project(&app, json!({ "jobs": 400, "progress": "打桩" })).await;
    let import = preview(&officer, "ledger.csv", ledger(&[(&known, "", "")]).as_bytes()).await;
    assert_eq!(import["duplicate"], 1, "{import}");
}

#[actix_web::test]
async fn contract_milestones_and_pool_follow_the_ledger_but_what_is_verified_stays() {
    let app = TestApp::new().await;
    let (head, officer) = (app.token(Role::BureauHead), app.token(Role::BureauOfficer));
    let known = new_project(&app, json!({})).await;
    sign(&app, &known, "2024-01-05").await;
    let permit = paper(&app, &known, "construction_permit");
    let photo = paper(&app, &known, "photo");
    let started = json!({ "actual_on": "2024-05-06", "evidence": [permit, photo] });
    report(&app, &known, "construction_start", started).await.assert_status(200);
    let verify = projects::path(&known, "/milestones/construction_start/verification");
    head.post_json(&verify, json!({ "decision": "accepted" })).await.assert_status(200);
    let text = |name: &str| known[name].as_str().unwrap().to_owned();
    let content = format!(
        "项目编号,项目名称,投资方,县区,实际开工,计划投产,协议类型,签约时间,合同总投资(万元),入库时间\n\
         {},{},{},灵山县,2024-06-01,2031-03-01,正式合同,2024-01-05,21000,2024-02-01\n",
        text("code"),
        text("title"),
        text("investor_name")
    );
    let import = preview(&officer, "ledger.csv", content.as_bytes()).await;
    let told = &rows(&officer, &import).await[0];
    assert_eq!(told["warnings"], json!(["milestone_verified"]), "{told}");
    let page = app.signed_in(Role::BureauOfficer);
    let html = page.get(&format!("/imports/{}", import["id"].as_str().unwrap())).await.text();
    assert!(html.contains("2024-06-01") && html.contains("已经核实"), "{html}");
    apply(&officer, &import, json!({})).await;
    let after = project(&app, &known).await;
    let milestone = |kind: &str| {
        let list = after["milestones"].as_array().unwrap();
        list.iter().find(|one| one["kind"] == kind).cloned().unwrap_or_default()
    };
    assert_eq!(milestone("construction_start")["actual_on"], "2024-05-06");
    assert_eq!(milestone("construction_start")["state"], "verified");
    assert_eq!(milestone("production")["planned_on"], "2031-03-01");
    assert_eq!(after["contract"]["total_investment_fen"], 210_000_000_00_i64);
    assert_eq!(after["contract"]["years"].as_array().unwrap().len(), 1, "the plan stays");
    assert_eq!(after["pool"]["entered_on"], "2024-02-01");
    let again = preview(&officer, "ledger.csv", content.as_bytes()).await;
    assert_eq!((&again["duplicate"], &again["changed"]), (&json!(1), &json!(0)), "{again}");
}

/// The names that a ledger says, and their columns.
fn named(project: &Value, header: &str, cells: &str) -> String {
    let text = |name: &str| project[name].as_str().unwrap();
    let (code, title, investor) = (text("code"), text("title"), text("investor_name"));
    format!("项目编号,项目名称,投资方,县区,{header}\n{code},{title},{investor},灵山县,{cells}\n")
}

#[actix_web::test]
async fn people_agreements_and_the_way_out_of_the_pool_come_by_ledger_too() {
    let app = TestApp::new().await;
    let (head, officer) = (app.token(Role::BureauHead), app.token(Role::BureauOfficer));
    let known = new_project(&app, json!({})).await;
    sign(&app, &known, "2024-01-05").await;
    let entry = json!({ "entered_on": "2024-02-10" });
    head.post_json(&projects::path(&known, "/pool-entry"), entry).await.assert_status(200);
    let other = app.user(Role::CountyLeader).insert();
    let take = async |header: &str, cells: &str| {
        let content = named(&known, header, cells);
        let import = preview(&officer, "ledger.csv", content.as_bytes()).await;
        assert_eq!(import["changed"], 1, "{header}: {import}");
        assert_eq!(apply(&officer, &import, json!({})).await["updated"], 1, "{header}");
        let again = preview(&officer, "ledger.csv", content.as_bytes()).await;
        assert_eq!(again["duplicate"], 1, "{header}: {again}");
        project(&app, &known).await
    };
    // A name that is no user's stays a name, and the project stays in the pool.
    let after = take("包联领导", "无此账号的领导").await;
    assert_eq!((&after["leader"], after["pool"].is_object()), (&Value::Null, true));
    let after = take("责任单位,备注,包联领导", &format!("县投促局,一期,{}", other.display_name)).await;
    assert_eq!((&after["unit"], &after["remark"]), (&json!("县投促局"), &json!("一期")));
    let after = take("补充协议", "2024-03-01 竣工期限延长一年").await;
    assert_eq!(after["contract"]["supplements"].as_array().map(Vec::len), Some(1), "{after}");
    let after = take("入库时间,出库时间,出库原因", "2024-02-10,2024-06-01,投资方终止").await;
    assert_eq!(after["pool"]["withdrawn_on"], "2024-06-01");
    let after = take("入库时间", "2024-07-01").await;
    assert_eq!(
        (&after["pool"]["entered_on"], &after["pool"]["withdrawn_on"]),
        (&json!("2024-07-01"), &Value::Null)
    );
    // The day of entry that is there stays; the row says so.
    let content = named(&known, "入库时间", "2024-08-01");
    let import = preview(&officer, "ledger.csv", content.as_bytes()).await;
    let told = &rows(&officer, &import).await[0];
    assert_eq!((&told["outcome"], &told["warnings"]), (&json!("duplicate"), &json!(["not_taken"])), "{told}");
    // What breaks a rule is refused as by page, and nothing of the row is written.
    let content = named(&known, "备注,出库时间", "二期,2024-09-01");
    let import = preview(&officer, "ledger.csv", content.as_bytes()).await;
    let told = &rows(&officer, &import).await[0];
    assert_eq!((&told["field"], &told["reason"]), (&json!("reason"), &json!("reason-required")), "{told}");
    apply(&officer, &import, json!({})).await;
    assert_eq!(project(&app, &known).await["remark"], "一期");
}

#[actix_web::test]
async fn a_project_that_somebody_edited_meanwhile_is_not_overwritten() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let known = new_project(&app, json!({ "jobs": 400 })).await;
    let other = new_project(&app, json!({ "title": "另一个项目", "jobs": 400 })).await;
    let same = new_project(&app, json!({ "title": "第三个项目", "jobs": 420 })).await;
    let content = ledger(&[(&known, "420", ""), (&other, "420", ""), (&same, "420", "")]);
    let import = preview(&officer, "ledger.csv", content.as_bytes()).await;
    let edit = async |project: &Value, body: Value| {
        let head = app.token(Role::BureauHead);
        let etag = projects::read(&head, project).await.etag();
        head.patch_json(&projects::path(project, ""), &etag, body).await.assert_status(200);
    };
    edit(&known, json!({ "jobs": 450 })).await;
    edit(&other, json!({ "progress": "打桩" })).await;
    edit(&same, json!({ "jobs": 1 })).await;
    let applied = apply(&officer, &import, json!({})).await;
    assert_eq!(
        (&applied["updated"], &applied["rejected"], &applied["duplicate"]),
        (&json!(1), &json!(1), &json!(1))
    );
    assert_eq!(project(&app, &known).await["jobs"], 450, "his edit stays");
    let second = project(&app, &other).await;
    assert_eq!((&second["jobs"], &second["progress"]), (&json!(420), &json!("打桩")), "of another field");
    assert_eq!(project(&app, &same).await["jobs"], 1, "shown as unchanged, so not changed");
    let told = rows(&officer, &import).await;
    assert_eq!(outcomes(&told), ["rejected", "updated", "duplicate"]);
    assert_eq!(told[0]["reason"], "edited-meanwhile");
    assert!(!told[0]["message"].as_str().unwrap().is_empty());
}

#[actix_web::test]
async fn refused_rows_come_back_as_a_sheet_and_are_imported_from_it_once_put_right() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let content = format!(
        "{HEADER},总投资(万元),实际开工\n,甲,甲（虚构）有限公司,灵山县,玩具,,,2-3亿,\n\
         ,乙,乙（虚构）有限公司,灵山县,玩具,,,500,\n,丙,丙（虚构）有限公司,灵山县,玩具,,,500,2199-01-01\n\
         ,乙,乙（虚构）有限公司,灵山县,玩具,9,,500,\n,乙,乙（虚构）有限公司,灵山县,玩具,,,500,\n"
    );
    let import = preview(&officer, "项目.csv", content.as_bytes()).await;
    let told = rows(&officer, &import).await;
    assert_eq!(outcomes(&told), ["rejected", "new", "rejected", "rejected", "duplicate"]);
    let why: Vec<_> = told.iter().map(|row| (row["field"].clone(), row["reason"].clone())).collect();
    assert_eq!(why[0], (json!("total_investment_fen"), json!("amount_range")));
    assert_eq!(why[2], (json!("actual_on"), json!("date-in-future")));
    assert_eq!(why[3], (json!("row"), json!("stated_twice")), "which of two is right nobody can tell");
    assert_eq!(told[4]["of_row"], 3);
    apply(&officer, &import, json!({})).await;
    assert_eq!(count(&app), 1);
    let download = officer.get(&format!("{}/rejected", path(&import))).await.assert_status(200);
    let mut found = sheet(download.bytes());
    assert_eq!(found[0].last().map(String::as_str), Some("原因"));
    let reasons: Vec<_> = found[1..].iter().map(|row| row.last().unwrap().clone()).collect();
    assert!(reasons[0].starts_with("总投资(万元)") && reasons[0].contains("2-3亿"), "{reasons:?}");
    assert!(reasons[1].starts_with("实际开工"), "{reasons:?}");
    found.remove(3);
    let mut book = rust_xlsxwriter::Workbook::new();
    let page = book.add_worksheet();
    for (row, cells) in (0..).zip(found) {
        for (column, text) in (0..).zip(cells) {
            let text = match text.as_str() {
                "2-3亿" => "2.5亿",
                "2199-01-01" => "2024-01-01",
                text => text,
            };
            page.write_string(row, column, text).unwrap();
        }
    }
    let again = preview(&officer, "again.xlsx", &book.save_to_buffer().unwrap()).await;
    assert_eq!((&again["new"], &again["rejected"]), (&json!(2), &json!(0)), "{again}");
    apply(&officer, &again, json!({})).await;
    assert_eq!(count(&app), 3);
    let kept = app.read(|conn| table::table.select(table::extra).load::<String>(conn));
    assert!(
        kept.iter().all(|extra| !extra.contains("原因")),
        "the reasons are no part of a project: {kept:?}"
    );
}

/// The first sheet, row by row.
fn sheet(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    range.rows().map(|row| row.iter().map(Data::to_string).collect()).collect()
}

#[actix_web::test]
async fn a_county_imports_its_own_projects_and_learns_of_no_others() {
    let app = TestApp::new().await;
    let county = app.user(Role::CountyOfficer).region("450721").token();
    let own = new_project(&app, json!({ "jobs": 1 })).await;
    let other = new_project(&app, json!({ "county": "450722", "jobs": 1 })).await;
    // The second says of another county's project that it is of this one.
    let mut content = ledger(&[(&own, "2", ""), (&other, "2", "")]);
    content += ",戊,戊（虚构）有限公司,浦北县,玩具,,\n";
    let import = preview(&county, "ledger.csv", content.as_bytes()).await;
    let told = rows(&county, &import).await;
    assert_eq!(outcomes(&told), ["changed", "rejected", "rejected"]);
    assert_eq!((&told[1]["reason"], &told[1]["project"]), (&json!("code-taken"), &Value::Null));
    assert_eq!((&told[2]["field"], &told[2]["reason"]), (&json!("county"), &json!("county_not_yours")));
    apply(&county, &import, json!({})).await;
    assert_eq!(project(&app, &own).await["jobs"], 2);
    assert_eq!(project(&app, &other).await["jobs"], 1);
    assert_eq!(count(&app), 2);
}

#[actix_web::test]
async fn a_project_that_is_there_is_not_entered_twice_whatever_the_reason() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let known = new_project(&app, json!({})).await;
    let import = preview(&officer, "ledger.csv", ledger(&[(&known, "", "")]).as_bytes()).await;
    let body = json!({ "accept_duplicates": "二期" });
    let refused = officer.post_json(&format!("{}/application", path(&import)), body).await.assert_status(422);
    assert_eq!(refused.faults()[0].0, "accept_duplicates");
    assert_eq!(count(&app), 1);
}

#[actix_web::test]
async fn a_deleted_project_stays_deleted() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let gone = new_project(&app, json!({})).await;
    let etag = projects::read(&officer, &gone).await.etag();
    officer.delete(&projects::path(&gone, ""), &etag).await.assert_status(204);
    let import = preview(&officer, "ledger.csv", ledger(&[(&gone, "5", "")]).as_bytes()).await;
    assert_eq!(rows(&officer, &import).await[0]["reason"], "project-deleted");
}

#[actix_web::test]
async fn the_page_tells_by_the_header_which_ledger_it_is_and_takes_another_answer() {
    let app = TestApp::new().await;
    let browser = app.signed_in(Role::BureauOfficer);
    let known = new_project(&app, json!({ "jobs": 400 })).await;
    let mut content = ledger(&[(&known, "420", "")]);
    content += ",庚项目,庚（虚构）有限公司,灵山县,玩具,,\n";
    let upload = browser.upload("/imports", &[("kind", "told")], "ledger.csv", content.as_bytes()).await;
    let page = upload.assert_status(303).location();
    let shown = browser.get(&page).await.assert_status(200).text();
    for words in ["项目台账", "庚项目", "<del>400</del>", "<ins>420</ins>", "这是线索台账", "更新 1 个"]
    {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    assert!(browser.get("/imports").await.text().contains("项目台账 · "), "the list says of what it is");
    // It may be read as the other, and as this one again.
    let as_leads = browser.post_form(&format!("{page}/kind"), &[("kind", "leads")]).await;
    assert_eq!(as_leads.assert_status(303).location(), page);
    let shown = browser.get(&page).await.text();
    assert!(shown.contains("按线索台账读取") && !shown.contains("<del>400</del>"), "{shown}");
    browser.post_form(&format!("{page}/kind"), &[("kind", "cats")]).await.assert_status(422);
    browser.post_form(&format!("{page}/kind"), &[("kind", "projects")]).await.assert_status(303);
    let kept = app.read(|conn| import_rows::table.count().get_result::<i64>(conn));
    assert_eq!(kept, 2, "the rows of the first reading are gone");
    assert_eq!(count(&app), 1, "nothing is written before it is confirmed");
    let done = browser.post_form(&format!("{page}/application"), &[]).await.assert_status(303);
    assert_eq!(done.location(), page);
    let shown = browser.get(&page).await.text();
    assert!(shown.contains("/projects?import=") && shown.contains("新增 1 个项目，更新 1 个"), "{shown}");
    assert_eq!((count(&app), &project(&app, &known).await["jobs"]), (2, &json!(420)));
    browser.post_form(&format!("{page}/kind"), &[("kind", "leads")]).await.assert_status(409);
    // A ledger of leads is still told as one.
    let leads = "线索名称,投资方,县区,产业,来源渠道,联系电话\n示例项目,示例有限公司,灵山县,其他,自主招商,\n";
    let page =
        browser.upload("/imports", &[], "leads.csv", leads.as_bytes()).await.assert_status(303).location();
    assert!(browser.get(&page).await.text().contains("按线索台账读取"));
}

#[actix_web::test]
async fn a_large_ledger_of_projects_is_judged_and_applied_beside() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let known = new_project(&app, json!({ "jobs": 400 })).await;
    let mut content = ledger(&[(&known, "420", "")]);
    content += ",庚项目,庚（虚构）有限公司,灵山县,玩具,,\n";
    // Of no county, so that they cost little.
    (0..500).for_each(|number| content += &format!(",项目{number},第{number}家有限公司,,玩具,,\n"));
    let upload = officer.upload("/api/v1/imports", &[("kind", "projects")], "l.csv", content.as_bytes());
    let import = upload.await.assert_status(202).json();
    let turn = || yinfeng::imports::work::run_next(&app.app, &|| false).unwrap();
    assert!(turn());
    let now = officer.get(&path(&import)).await.json();
    let counts = ["rows", "new", "changed", "rejected"].map(|name| now[name].as_i64().unwrap());
    assert_eq!((counts, &now["status"]), ([502, 1, 1, 500], &json!("previewed")));
    officer.post(&format!("{}/application", path(&import))).await.assert_status(202);
    assert!(turn());
    let now = officer.get(&path(&import)).await.json();
    assert_eq!(
        (&now["status"], &now["imported"], &now["updated"]),
        (&json!("applied"), &json!(1), &json!(1))
    );
    assert_eq!((count(&app), &project(&app, &known).await["jobs"]), (2, &json!(420)));
}

const POOL: &str = "项目名称,客商,县区,所属产业,总投资额(万元),签约日期,合同类型,入库日期,负责领导";

/// Previews one row of a ledger with these headers beside the usual ones, and gives its line.
async fn row_of(app: &TestApp, more: &str, cells: &str) -> Value {
    let client = app.token(Role::BureauOfficer);
    let comma = if more.is_empty() { "" } else { "," };
    let csv = format!("{POOL}{comma}{more}\n{cells}\n");
    let import = preview(&client, "ledger.csv", csv.as_bytes()).await;
    rows(&client, &import).await[0].clone()
}

#[actix_web::test]
async fn a_leader_who_is_no_user_is_taken_by_name_and_the_preview_says_so() {
    let app = TestApp::new().await;
    let leader = app.person(Role::CountyLeader).display_name;
    let elsewhere = app.user(Role::CountyLeader).region("450722").insert().display_name;
    let row = |name: &str, entered_on: &str| {
        format!("甲项目,示例公司,灵山县,玩具,20000,2024-02-01,投资协议,{entered_on},{name}")
    };
    for (name, entered_on, warnings) in [
        (leader.as_str(), "2024-03-01", json!(null)),
        ("没有账号的人", "2024-03-01", json!(["leader_is_no_user"])),
        (&elsewhere, "2024-03-01", json!(["leader_is_no_user"])),
        ("没有账号的人", "", json!(null)),
    ] {
        let told = row_of(&app, "", &row(name, entered_on)).await;
        assert_eq!((&told["outcome"], &told["warnings"]), (&json!("new"), &warnings), "{name} {entered_on}");
    }
    let nobody = row_of(&app, "", &row("", "2024-03-01")).await;
    assert_eq!((&nobody["outcome"], &nobody["reason"]), (&json!("rejected"), &json!("leader-required")));

    let client = app.token(Role::BureauOfficer);
    let csv = format!("{POOL}\n{}\n", row("没有账号的人", "2024-03-01"));
    let import = preview(&client, "ledger.csv", csv.as_bytes()).await;
    let page = app.signed_in(Role::BureauOfficer);
    let page = page.get(&format!("/imports/{}", import["id"].as_str().unwrap())).await.text();
    assert!(page.contains("“没有账号的人”不是本县区有账号的领导"), "{page}");
    apply(&client, &import, json!({})).await;
    let made = client.get("/api/v1/projects?pool=true&leader=none").await.json()["items"][0].clone();
    assert_eq!((&made["leader"], &made["leader_name"]), (&Value::Null, &json!("没有账号的人")));
    assert_eq!(made["warnings"], json!(["leader_is_no_user"]));
    let at = format!("/projects/{}", made["id"].as_str().unwrap());
    let html = app.signed_in(Role::CountyOfficer).get(&at).await.assert_status(200).text();
    assert!(html.contains("却没有包联领导") && html.contains(&format!("href=\"{at}/assignment\"")));
}

#[actix_web::test]
async fn what_the_pool_would_not_take_by_a_form_is_taken_from_a_ledger_and_marked() {
    let app = TestApp::new().await;
    let leader = app.person(Role::CountyLeader).display_name;
    let cells = format!("甲项目,示例公司,灵山县,食品,300,2024-02-01,正式合同,2024-03-01,{leader}");
    let told = row_of(&app, "", &cells).await;
    let warnings = json!(["industry_unknown", "not_key", "not_covered_industry"]);
    assert_eq!((&told["outcome"], &told["warnings"]), (&json!("new"), &warnings), "{told}");
}

#[actix_web::test]
async fn a_word_that_is_neither_yes_nor_no_is_told_with_its_column() {
    let app = TestApp::new().await;
    let leader = app.person(Role::CountyLeader).display_name;
    let row = |entered_on: &str, more: &str| {
        format!("甲项目,示例公司,灵山县,玩具,20000,2024-02-01,正式合同,{entered_on},{leader},{more}")
    };
    for (header, entered_on, word, outcome, told) in [
        ("是否重点库", "", "拟入库", "new", "word_unknown"),
        ("是否重点库", "2024-03-01", "拟入库", "new", "word_unknown"),
        ("是否重点库", "", "是", "rejected", "missing"),
        ("是否重点库", "2024-03-01", "否", "rejected", "not_in_pool"),
        ("是否上规", "", "快了", "new", "word_unknown"),
        ("是否配套项目", "", "待定", "new", "word_unknown"),
        ("重点依据", "", "领导点头", "new", "word_unknown"),
    ] {
        let line = row_of(&app, header, &row(entered_on, word)).await;
        assert_eq!(line["outcome"], outcome, "{header} {word}: {line}");
        match outcome {
            "new" => assert_eq!(line["warnings"], json!([told]), "{header} {word}"),
            _ => assert_eq!(line["reason"], told, "{header} {word}"),
        }
    }
    let land = row_of(&app, "飞地用地", &row("", "县区用地")).await;
    assert_eq!((&land["outcome"], &land["field"]), (&json!("rejected"), &json!("enclave.county")), "{land}");
    let other = row_of(&app, "实际签约", &row("", "2024-02-05")).await;
    assert_eq!(other["warnings"], json!(["other_than_contract"]));
}
