//! The register of chambers: it comes back as it went out, what a row enters of a chamber is entered once, and nobody is
//! overwritten unseen.

use super::{apply, outcomes, path, rows};
use crate::support::{Client, TestApp};
use diesel::prelude::*;
use serde_json::{Value, json};
use yinfeng::accounts::Role;
use yinfeng::schema::{chamber_entries, chambers};

const HEADER: &str = "商会名称,类型,所在地,会长,任期起,任期止,联系人,联系电话,协议名称,签约方,签订日期,协议到期,四好认定,认定单位,认定日期,\
                      认定有效期至,备注";

const ROW: &str = "示例异地商会,异地商会,广东省东莞市,示例会长,2024-05-18,2029-05-17,示例秘书,12000000101,招商合作协议,灵山县人民政府,\
                   2025-03-01,2028-02-29,政治引领好、服务发展好,示例工商联,2025-01-01,2027-12-31,每年年会";

async fn preview(client: &Client, name: &str, content: &[u8]) -> Value {
    let upload = client.upload("/api/v1/imports", &[("kind", "chambers")], name, content);
    upload.await.assert_status(201).json()
}

async fn entries(client: &Client, name: &str) -> Vec<(String, String, String)> {
    let found = client.get("/api/v1/chambers?limit=200").await.assert_status(200).json();
    let items = found["items"].as_array().unwrap();
    let id = items.iter().find(|one| one["name"] == name).unwrap()["id"].as_str().unwrap().to_owned();
    let page =
        client.get(&format!("/api/v1/chambers/{id}/entries?limit=200")).await.assert_status(200).json();
    let text = |entry: &Value, field: &str| entry[field].as_str().unwrap_or_default().to_owned();
    let told = |entry: &Value| (text(entry, "kind"), text(entry, "name"), text(entry, "from_on"));
    page["items"].as_array().unwrap().iter().map(told).collect()
}

fn count(app: &TestApp) -> (i64, i64) {
    app.read(|conn| {
        Ok::<_, diesel::result::Error>((
            chambers::table.count().get_result(conn)?,
            chamber_entries::table.count().get_result(conn)?,
        ))
    })
}

async fn exported(client: &Client) -> Vec<u8> {
    client.get("/api/v1/chambers/export?reason=test").await.assert_status(200).bytes().to_vec()
}

#[actix_web::test]
async fn a_row_becomes_a_chamber_with_what_is_entered_of_it_once_it_is_confirmed() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let before = count(&app);
    let file = format!(
        "{HEADER}\n{ROW}\n示例玩具协会,,灵山县,示例理事长,,,,,,,,,,,,,\n,本地商会,灵山县,,,,,,,,,,,,,,\n"
    );
    let import = preview(&officer, "名录.csv", file.as_bytes()).await;
    assert_eq!((&import["new"], &import["rejected"]), (&json!(2), &json!(1)), "{import}");
    let found = rows(&officer, &import).await;
    assert_eq!(outcomes(&found), ["new", "new", "rejected"]);
    assert_eq!((&found[0]["name"], &found[0]["entries"]), (&json!("示例异地商会"), &json!(4)));
    assert_eq!(found[1]["warnings"], json!(["kind_guessed", "entry_incomplete"]));
    assert_eq!((&found[2]["column"], &found[2]["reason"]), (&json!("商会名称"), &json!("missing")));
    assert_eq!(count(&app), before, "nothing is written before it is confirmed");
    let applied = apply(&officer, &import, json!({})).await;
    assert_eq!(applied["imported"], 2);
    assert_eq!(count(&app), (before.0 + 2, before.1 + 4));
    let told = entries(&officer, "示例异地商会").await;
    let wanted = [
        ("officer", "示例会长", "2024-05-18"),
        ("agreement", "招商合作协议", "2025-03-01"),
        ("recognition", "示例工商联", "2025-01-01"),
        ("recognition", "示例工商联", "2025-01-01"),
    ];
    assert_eq!(told, wanted.map(|(kind, name, day)| (kind.to_owned(), name.to_owned(), day.to_owned())));
    // The same file twice enters nothing twice.
    let again = preview(&officer, "名录.csv", file.as_bytes()).await;
    assert_eq!((&again["duplicate"], &again["new"], &again["changed"]), (&json!(2), &json!(0), &json!(0)));
    apply(&officer, &again, json!({})).await;
    assert_eq!(count(&app), (before.0 + 2, before.1 + 4));
}

#[actix_web::test]
async fn what_is_exported_comes_in_again_unchanged_here_and_whole_elsewhere() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let import = preview(&officer, "名录.csv", format!("{HEADER}\n{ROW}\n").as_bytes()).await;
    apply(&officer, &import, json!({})).await;
    let odd = json!({ "kind": "abroad", "name": "=示例境外商会", "region": "SG", "status": "inactive", "note": "一\n二" });
    officer.post_json("/api/v1/chambers", odd).await.assert_status(201);
    let form = [("reason", "备份"), ("format", "csv")];
    let csv = app.signed_in(Role::Federation).post_form("/chambers/export", &form).await.assert_status(200);
    for (name, file) in [("a.xlsx", exported(&officer).await), ("a.csv", csv.bytes().to_vec())] {
        let versions =
            |conn: &mut _| chambers::table.select(chambers::version).order(chambers::id).load::<i64>(conn);
        let was = app.read(versions);
        let again = preview(&officer, name, &file).await;
        let total = app.read(|conn| chambers::table.count().get_result::<i64>(conn));
        assert_eq!((&again["duplicate"], &again["rows"]), (&json!(total), &json!(total)), "{name}: {again}");
        let found = rows(&officer, &again).await;
        assert!(found.iter().all(|row| row.get("warnings").is_none()), "{found:#?}");
        apply(&officer, &again, json!({})).await;
        assert_eq!(app.read(versions), was, "{name}");
        let other = TestApp::new().await;
        let there = other.token(Role::BureauOfficer);
        let import = preview(&there, name, &file).await;
        assert_eq!(import["rejected"], 0, "{import}");
        apply(&there, &import, json!({})).await;
        assert_eq!(entries(&there, "示例异地商会").await, entries(&officer, "示例异地商会").await);
        let list = there.get("/api/v1/chambers?kind=abroad").await.assert_status(200).json();
        let told = ["name", "region", "status", "note"].map(|field| list["items"][0][field].clone());
        assert_eq!(told, [json!("=示例境外商会"), json!("SG"), json!("inactive"), json!("一\n二")]);
    }
}

#[actix_web::test]
async fn members_come_in_a_row_each_and_go_out_in_a_sheet_of_their_own() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    app.new_chamber("示例旧商会");
    let file = "商会名称,会员名称,会员类别,联系人,联系电话,入会日期\n\
                示例旧商会,示例甲公司,单位会员,示例厂长,12000000103,2024-03-01\n\
                示例旧商会,示例乙公司,,,,\n\
                示例新商会,示例甲公司,,,,\n\
                示例新商会,示例某,,,,\n\
                示例新商会,示例某,,,,\n\
                示例新商会,示例丙公司,民间会员,,,\n";
    let import = preview(&officer, "会员.csv", file.as_bytes()).await;
    let found = rows(&officer, &import).await;
    assert_eq!(
        outcomes(&found),
        ["changed", "changed", "new", "changed", "duplicate", "rejected"],
        "{found:#?}"
    );
    let added = json!([{ "column": "会员名称", "from": "", "to": "单位会员 示例甲公司 2024-03-01—" }]);
    assert_eq!(found[0]["changes"], added);
    assert_eq!((&found[4]["of_row"], &found[5]["column"]), (&json!(5), &json!("会员类别")));
    let applied = apply(&officer, &import, json!({})).await;
    let told = ["imported", "updated", "rejected"].map(|outcome| applied[outcome].clone());
    assert_eq!(told, [json!(1), json!(3), json!(1)], "{applied}");
    let members = |name: &'static str| {
        let officer = &officer;
        async move { entries(officer, name).await.into_iter().map(|(_, name, _)| name).collect::<Vec<_>>() }
    };
    assert_eq!(members("示例旧商会").await, ["示例甲公司", "示例乙公司"]);
    assert_eq!(members("示例新商会").await, ["示例甲公司", "示例某"]);

    let book = exported(&officer).await;
    let again = preview(&officer, "a.xlsx", &book).await;
    assert_eq!(
        (&again["new"], &again["changed"], &again["rejected"]),
        (&json!(0), &json!(0), &json!(0)),
        "{again}"
    );
    // Elsewhere the codes are others: what came in is known by its name, however often it comes.
    let other = TestApp::new().await;
    let there = other.token(Role::BureauOfficer);
    other.new_chamber("示例别家商会");
    let import = preview(&there, "a.xlsx", &book).await;
    assert_eq!(import["rejected"], 0, "{:#?}", rows(&there, &import).await);
    apply(&there, &import, json!({})).await;
    assert_eq!(entries(&there, "示例新商会").await, entries(&officer, "示例新商会").await);
    assert_eq!(entries(&there, "示例旧商会").await, entries(&officer, "示例旧商会").await);
    let again = preview(&there, "a.xlsx", &book).await;
    assert_eq!(
        (&again["new"], &again["changed"], &again["rejected"]),
        (&json!(0), &json!(0), &json!(0)),
        "{again}"
    );
}

#[actix_web::test]
async fn officers_and_service_points_go_out_and_come_in_as_members_do() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let chamber = app.new_chamber("示例商会");
    let path = format!("/api/v1/chambers/{chamber}/entries");
    for entry in [
        json!({ "kind": "officer", "word": "president", "name": "示例会长", "from_on": "2024-05-18" }),
        json!({ "kind": "officer", "word": "vice_president", "name": "示例副会长", "from_on": "2024-05-18",
                "to_on": "2029-05-17", "note": "分管招商" }),
        json!({ "kind": "service_point", "name": "示例服务站", "region": "450721", "address": "示例路 1 号",
                "contact_person": "示例站长", "from_on": "2025-01-01" }),
        json!({ "kind": "member", "word": "company", "name": "示例公司" }),
    ] {
        officer.post_json(&path, entry).await.assert_status(201);
    }
    let book = exported(&officer).await;
    let again = preview(&officer, "a.xlsx", &book).await;
    let told = ["new", "changed", "rejected"].map(|outcome| again[outcome].clone());
    assert_eq!(told, [json!(0), json!(0), json!(0)], "{:#?}", rows(&officer, &again).await);
    let other = TestApp::new().await;
    let there = other.token(Role::BureauOfficer);
    let import = preview(&there, "a.xlsx", &book).await;
    let found = rows(&there, &import).await;
    assert_eq!(import["rejected"], 0, "{found:#?}");
    assert!(found.iter().all(|row| row.get("warnings").is_none()), "{found:#?}");
    apply(&there, &import, json!({})).await;
    let known = |mut entries: Vec<(String, String, String)>| {
        entries.sort_unstable();
        entries
    };
    let here = known(entries(&officer, "示例商会").await);
    assert_eq!(here.len(), 4);
    assert_eq!(known(entries(&there, "示例商会").await), here);
    // As a secretariat keeps them, in a sheet of their own.
    let file = "商会名称,任职人员,职务,联系电话,任职起,备注\n示例商会,示例秘书长,秘书长,12000000104,2026-01-05,\n\
                示例商会,示例某,扫地僧,,2026-01-05,\n示例商会,示例监事长,监事长,,,\n";
    let import = preview(&there, "任职.csv", file.as_bytes()).await;
    let found = rows(&there, &import).await;
    assert_eq!(outcomes(&found)[..2], ["changed", "rejected"], "{found:#?}");
    assert_eq!(found[0]["changes"][0]["column"], "任职人员");
    assert_eq!(found[1]["column"], "职务");
    // A day lacks: it is told which, and not counted.
    assert_eq!((&found[2]["entries"], &found[2]["incomplete"]), (&json!(0), &json!(["任职人员 示例监事长"])));
}

#[actix_web::test]
async fn a_preview_counts_what_arrives_and_names_what_does_not() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let body = json!({ "name": "示例商会", "kind": "local", "entries": [
        { "kind": "member", "word": "company", "name": "示例公司" },
        { "kind": "service_point", "name": "示例服务站", "address": "示例路 1 号" },
    ] });
    let import = preview(&officer, "名录.jsonl", format!("{body}\n").as_bytes()).await;
    let found = rows(&officer, &import).await;
    assert_eq!((&found[0]["entries"], &found[0]["incomplete"]), (&json!(1), &json!(["服务网点 示例服务站"])));
    apply(&officer, &import, json!({})).await;
    assert_eq!(entries(&officer, "示例商会").await.len(), 1);
}

#[actix_web::test]
async fn a_row_changes_what_it_says_otherwise_and_an_empty_cell_nothing() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let import = preview(&officer, "名录.csv", format!("{HEADER}\n{ROW}\n").as_bytes()).await;
    apply(&officer, &import, json!({})).await;
    let file = "商会名称,类型,联系人,会长,任职起,备注\n示例异地商会,,新秘书,新会长,2026-01-05,\n";
    let import = preview(&officer, "改.csv", file.as_bytes()).await;
    assert_eq!(import["changed"], 1, "{import}");
    let found = rows(&officer, &import).await;
    let changes = json!([
        { "column": "联系人", "from": "示例秘书", "to": "新秘书" },
        { "column": "会长", "from": "", "to": "会长 新会长 2026-01-05—" },
    ]);
    assert_eq!(found[0]["changes"], changes);
    let id = found[0]["chamber"].as_str().unwrap();
    // Somebody edits it in between: the row is left to its importer.
    let read = officer.get(&format!("/api/v1/chambers/{id}")).await;
    let edit = json!({ "contact_person": "另一秘书" });
    officer.patch_json(&format!("/api/v1/chambers/{id}"), &read.etag(), edit).await.assert_status(200);
    let applied = apply(&officer, &import, json!({})).await;
    assert_eq!((&applied["rejected"], &applied["updated"]), (&json!(1), &json!(0)), "{applied}");
    let import = preview(&officer, "改.csv", file.as_bytes()).await;
    assert_eq!(apply(&officer, &import, json!({})).await["updated"], 1);
    let now = officer.get(&format!("/api/v1/chambers/{id}")).await.json();
    assert_eq!((&now["contact_person"], &now["note"]), (&json!("新秘书"), &json!("每年年会")));
    assert_eq!(now["phone"], "120****0101");
}

#[actix_web::test]
async fn a_county_imports_its_own_chambers_only_and_a_chamber_stands_in_a_file_once() {
    let app = TestApp::new().await;
    let county = app.token(Role::CountyOfficer);
    let file = "商会名称,类型,所在地\n自家商会,本地商会,灵山县\n别家商会,本地商会,浦北县\n自家商会,本地商会,灵山县\n自家商会,行业协会,灵山县\n";
    let import = preview(&county, "名录.csv", file.as_bytes()).await;
    let found = rows(&county, &import).await;
    assert_eq!(outcomes(&found), ["new", "rejected", "duplicate", "rejected"]);
    assert_eq!((&found[1]["field"], &found[1]["reason"]), (&json!("region"), &json!("other-region")));
    assert_eq!((&found[2]["of_row"], &found[3]["reason"]), (&json!(2), &json!("stated_twice")));
    county
        .post_json(&format!("{}/application", path(&import)), json!({ "accept_duplicates": "x" }))
        .await
        .assert_status(422);
    let page = app.signed_in(Role::CountyOfficer);
    let shown =
        page.get(&format!("/imports/{}", import["id"].as_str().unwrap())).await.assert_status(200).text();
    for part in ["自家商会", "按商协会名录读取", "所在地", "本表第 2 行"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let zone = app.user(Role::CountyOfficer).region("QZ-FTZ").token();
    let import = preview(&zone, "名录.csv", file.as_bytes()).await;
    assert_eq!(import["new"], 0, "the zone only reads");
}

#[actix_web::test]
async fn the_headers_tell_and_bodies_are_taken_too() {
    let app = TestApp::new().await;
    let browser = app.signed_in(Role::BureauOfficer);
    let told = [("kind", "told")];
    let file = format!("{HEADER}\n{ROW}\n");
    let shown =
        browser.upload("/imports", &told, "名录.csv", file.as_bytes()).await.assert_status(303).location();
    assert!(browser.get(&shown).await.assert_status(200).text().contains("按商协会名录读取"));
    let officer = app.token(Role::BureauOfficer);
    let body = json!({ "name": "示例商会", "kind": "local", "phone": "12000000102",
        "entries": [{ "kind": "member", "word": "company", "name": "示例公司" }] });
    let import = preview(&officer, "名录.jsonl", format!("{body}\n").as_bytes()).await;
    assert_eq!(import["new"], 1, "{import}");
    apply(&officer, &import, json!({})).await;
    assert_eq!(entries(&officer, "示例商会").await[0].0, "member");
    let again = preview(&officer, "名录.jsonl", format!("{body}\n").as_bytes()).await;
    assert_eq!(again["duplicate"], 1, "{again}");
}

#[actix_web::test]
async fn a_row_with_the_name_in_another_width_is_the_known_chamber_which_keeps_its_name() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let body = json!({ "kind": "local", "name": "湾区示例市浦北商会(虚构)" });
    officer.post_json("/api/v1/chambers", body).await.assert_status(201);
    let before = count(&app);
    let file =
        "商会名称,类型,联系人\n湾区示例市浦北商会（虚构）,本地商会,\n 湾区示例市 浦北商会(虚构),本地商会,\n";
    let import = preview(&officer, "名录.csv", file.as_bytes()).await;
    assert_eq!((&import["new"], &import["changed"]), (&json!(0), &json!(0)), "{import}");
    apply(&officer, &import, json!({})).await;
    assert_eq!(count(&app), before);
    let names: Vec<String> = app
        .read(|conn| chambers::table.filter(chambers::name.like("%浦北%")).select(chambers::name).load(conn));
    assert_eq!(names, ["湾区示例市浦北商会(虚构)"]);
}
