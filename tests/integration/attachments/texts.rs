//! What papers say is found by who is shown them, from the upload to the removal.

use super::unreadable::program;
use super::{PATH, at, fields, follow_up, lead_of_chamber};
use crate::projects::new_project;
use crate::support::{Client, TestApp};
use diesel::prelude::*;
use serde_json::{Value, json};
use std::io::{Cursor, Write};
use yinfeng::accounts::Role;
use yinfeng::attachments::texts::work;
use yinfeng::clock;
use yinfeng::jobs;
use yinfeng::schema::{attachment_texts, flags, outbox};

/// A Word document of these paragraphs.
pub fn docx(paragraphs: &[&str]) -> Vec<u8> {
    let body: String =
        paragraphs.iter().map(|text| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")).collect();
    let parts =
        [("[Content_Types].xml", "<Types/>".to_owned()), ("word/document.xml", format!("<w:d>{body}</w:d>"))];
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Does what the workers would, in a thread as they are.
pub fn follow(app: &TestApp) {
    let app = app.app.clone();
    std::thread::spawn(move || jobs::run_pending(&app).unwrap()).join().unwrap();
}

pub async fn add(client: &Client, owner_kind: &str, owner: &Value, name: &str, content: &[u8]) -> Value {
    let sent = client.upload(PATH, &fields(owner_kind, owner, "other"), name, content);
    sent.await.assert_status(201).json()
}

/// What a search answers, by kind of what is looked for.
async fn search(client: &Client, words: &str, kind: &str) -> Value {
    let query = serde_urlencoded::to_string([("q", words), ("type", kind)]).unwrap();
    client.get(&format!("/api/v1/search?{query}")).await.assert_status(200).json()
}

/// How many are found.
async fn total(client: &Client, words: &str) -> u64 {
    search(client, words, "lead").await["total"].as_u64().unwrap()
}

#[actix_web::test]
async fn a_paper_is_found_by_what_it_says_until_it_is_removed() {
    let app = TestApp::new().await;
    let (bureau, county) = (app.token(Role::BureauOfficer), app.token(Role::CountyOfficer));
    let lead = app.new_lead(json!({ "title": "示例线索" })).await;
    let content = docx(&["申请单位：示例公司", "年产&lt;毛绒玩具&gt;五万套，电话12012345678"]);
    let paper = add(&county, "lead", &lead, "立项申请.docx", &content).await;
    assert_eq!(paper["text"], Value::Null, "nobody has read it yet");
    follow(&app);
    for words in ["毛绒玩具", "绒玩", "maorong", "mrwj", "毛絨", "申请单位 五万套", "立项申请"]
    {
        let found = search(&bureau, words, "lead").await;
        assert_eq!((&found["total"], &found["hits"][0]["id"]), (&json!(1), &lead["id"]), "{words}");
    }
    let found = search(&bureau, "毛绒玩具", "lead").await;
    let html = "立项申请.docx · 申请单位：示例公司\n年产&lt;<em>毛绒玩具</em>&gt;五万套，电话***********";
    assert_eq!(found["hits"][0]["highlights"], json!({ "attachments": html }));
    assert_eq!(total(&bureau, "12012345678").await, 0, "a phone in a paper is found by nobody");
    assert_eq!(bureau.get(&at(&paper, "")).await.json()["text"], "read");
    let page = app.signed_in(Role::BureauOfficer).get("/search?q=maorong").await.assert_status(200).text();
    assert!(page.contains("立项申请.docx") && page.contains("<mark>毛绒</mark>"), "{page}");

    let elsewhere = app.user(Role::CountyOfficer).region("450722").token();
    for (who, client) in [("elsewhere", elsewhere), ("federation", app.token(Role::Federation))] {
        assert_eq!(total(&client, "毛绒玩具").await, 0, "{who}");
        assert_eq!(total(&client, "立项申请").await, 0, "{who}");
    }

    bureau.delete(&at(&paper, ""), "*").await.assert_status(204);
    let kept: i64 = app.read(|conn| attachment_texts::table.count().get_result(conn));
    assert_eq!(kept, 0, "nothing of it stays in the database");
    follow(&app);
    assert_eq!(total(&bureau, "毛绒玩具").await + total(&bureau, "立项申请").await, 0);
}

#[actix_web::test]
async fn a_liaison_finds_the_papers_of_his_own_follow_ups_and_no_others() {
    let app = TestApp::new().await;
    let (bureau, liaison) = (app.token(Role::BureauOfficer), app.token(Role::ChamberLiaison));
    let lead = lead_of_chamber(&app).await;
    add(&bureau, "lead", &lead, "合同.docx", &docx(&["保密条款"])).await;
    let of_bureau = follow_up(&bureau, &lead).await;
    add(&bureau, "follow_up", &of_bureau, "纪要.docx", &docx(&["内部评估"])).await;
    let own = follow_up(&liaison, &lead).await;
    add(&liaison, "follow_up", &own, "考察.docx", &docx(&["陆屋园区"])).await;
    follow(&app);
    for words in ["保密条款", "内部评估", "陆屋园区", "合同"] {
        assert_eq!(total(&bureau, words).await, 1, "{words}");
    }
    for words in ["保密条款", "内部评估", "合同", "纪要"] {
        assert_eq!(total(&liaison, words).await, 0, "{words}");
    }
    let found = search(&liaison, "陆屋园区", "lead").await;
    let html = "考察.docx · <em>陆屋园区</em>";
    assert_eq!(found["hits"][0]["highlights"], json!({ "chamber_attachments": html }));
}

#[actix_web::test]
async fn papers_of_a_project_and_its_milestones_are_found_with_it() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let project = new_project(&app, json!({})).await;
    add(&bureau, "project", &project, "可研.docx", &docx(&["氢燃料电堆"])).await;
    let id = project["id"].as_str().unwrap();
    let of_milestone = [
        ("owner_kind", "milestone"),
        ("owner_id", id),
        ("milestone", "construction_start"),
        ("kind", "other"),
    ];
    let brought =
        bureau.upload(PATH, &of_milestone, "开工.docx", &docx(&["桩基施工"])).await.assert_status(201);
    follow(&app);
    for words in ["氢燃料电堆", "qingranliao", "桩基施工"] {
        for kind in ["project", "all"] {
            let found = search(&bureau, words, kind).await;
            assert_eq!(
                (&found["total"], &found["hits"][0]["id"]),
                (&json!(1), &project["id"]),
                "{words} {kind}"
            );
        }
    }
    let found = search(&bureau, "桩基", "project").await;
    assert_eq!(found["hits"][0]["highlights"]["attachments"], "开工.docx · <em>桩基</em>施工");
    for role in [Role::Federation, Role::ChamberLiaison] {
        assert_eq!(search(&app.token(role), "氢燃料电堆", "all").await["total"], 0, "{role}");
    }
    let elsewhere = app.user(Role::CountyOfficer).region("450722").token();
    assert_eq!(search(&elsewhere, "桩基施工", "all").await["total"], 0);
    bureau.delete(&at(&brought.json(), ""), "*").await.assert_status(204);
    follow(&app);
    assert_eq!(search(&bureau, "桩基施工", "project").await["total"], 0);
}

#[actix_web::test]
async fn papers_of_a_merged_lead_are_found_with_the_one_that_stayed() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let stays = app.new_lead(json!({ "title": "留下的线索" })).await;
    let merged = app.new_lead(json!({ "title": "并入的线索" })).await;
    let paper = add(&bureau, "lead", &merged, "意向.docx", &docx(&["毛绒玩具"])).await;
    let merger = format!("/api/v1/leads/{}/merger", merged["id"].as_str().unwrap());
    let body = json!({ "into": stays["id"], "reason": "同一项目" });
    bureau.post_json(&merger, body).await.assert_status(200);
    // Read only now: both leads' documents follow.
    follow(&app);
    let found = search(&bureau, "毛绒玩具", "lead").await;
    let mut ids: Vec<&str> =
        found["hits"].as_array().unwrap().iter().map(|hit| hit["id"].as_str().unwrap()).collect();
    let mut both = [stays["id"].as_str().unwrap(), merged["id"].as_str().unwrap()];
    ids.sort();
    both.sort();
    assert_eq!(ids, both, "{paper}");
}

#[actix_web::test]
async fn a_paper_that_shows_an_identity_number_is_not_read() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let lead = app.new_lead(json!({})).await;
    let content = docx(&["住址：示例路"]);
    let sent = bureau.upload(PATH, &fields("lead", &lead, "identity"), "法人证件.docx", &content);
    let paper = sent.await.assert_status(201).json();
    follow(&app);
    assert_eq!(total(&bureau, "示例路").await, 0);
    assert_eq!(total(&bureau, "法人证件").await, 1, "its name stands on the lead's page");
    assert_eq!(bureau.get(&at(&paper, "")).await.json()["text"], Value::Null);
}

/// What a migration leaves: papers, and neither texts nor rows of the outbox.
fn forget_all_texts(app: &TestApp) {
    app.write(|conn| {
        diesel::delete(attachment_texts::table).execute(conn)?;
        diesel::delete(outbox::table).execute(conn)?;
        diesel::delete(flags::table.filter(flags::name.eq("attachments.texts"))).execute(conn)
    });
}

#[actix_web::test]
async fn papers_of_before_are_gone_through_once() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let lead = app.new_lead(json!({})).await;
    for text in ["毛绒玩具", "陆屋园区"] {
        add(&bureau, "lead", &lead, "a.docx", &docx(&[text])).await;
    }
    app.settle();
    forget_all_texts(&app);
    assert_eq!(total(&bureau, "陆屋园区").await, 0);
    follow(&app);
    assert_eq!((total(&bureau, "毛绒玩具").await, total(&bureau, "陆屋园区").await), (1, 1));
    let gone: String =
        app.read(|conn| flags::table.find("attachments.texts").select(flags::value).first(conn));
    assert_eq!(gone, "all");
    let waiting: i64 = app.read(|conn| outbox::table.count().get_result(conn));
    assert_eq!(waiting, 0);
}

#[actix_web::test]
async fn an_index_built_anew_knows_what_papers_say() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let lead = app.new_lead(json!({})).await;
    let project = new_project(&app, json!({})).await;
    add(&bureau, "lead", &lead, "a.docx", &docx(&["毛绒玩具"])).await;
    add(&bureau, "project", &project, "b.docx", &docx(&["毛绒玩具"])).await;
    follow(&app);
    app.signed_in(Role::Admin).post_form("/admin/search/rebuild", &[]).await.assert_status(303);
    follow(&app);
    assert_eq!(search(&bureau, "毛绒玩具", "all").await["total"], 2);
}

#[actix_web::test]
async fn a_reader_that_is_told_to_stop_leaves_the_paper_to_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let (reader, slow) = (folder.path().join("reader"), folder.path().join("slow"));
    let script =
        format!("test -e {} && exec sleep 60\nexec {} \"$@\"", slow.display(), env!("CARGO_BIN_EXE_yinfeng"));
    program(&reader, &script);
    let app = TestApp::with_settings(&[("YINFENG_ATTACHMENTS_READER", reader.to_str().unwrap())]).await;
    let bureau = app.token(Role::BureauOfficer);
    let lead = app.new_lead(json!({})).await;
    add(&bureau, "lead", &lead, "a.docx", &docx(&["毛绒玩具"])).await;
    std::fs::write(&slow, "").unwrap();
    let stopping = app.app.clone();
    std::thread::spawn(move || work::run_next(&stopping, &|| true).unwrap()).join().unwrap();
    let laid_down: (bool, i64) = app.read(|conn| {
        let row = outbox::table.filter(outbox::topic.eq("attachment_text"));
        row.select((outbox::claimed_until.is_null(), outbox::attempts)).first(conn)
    });
    assert_eq!(laid_down, (true, 1), "it was begun once, and the next takes it at once");
    std::fs::remove_file(&slow).unwrap();
    follow(&app);
    assert_eq!(total(&bureau, "毛绒玩具").await, 1);
}

/// As a Ctrl-C or the end of a unit does, before the program itself hears of it.
#[actix_web::test]
async fn a_reader_that_is_killed_from_outside_says_nothing_of_the_paper() {
    let folder = tempfile::tempdir().unwrap();
    let (reader, signal) = (folder.path().join("reader"), folder.path().join("signal"));
    let script = format!(
        "test -e {0} && kill -$(cat {0}) $$\nexec {1} \"$@\"",
        signal.display(),
        env!("CARGO_BIN_EXE_yinfeng")
    );
    program(&reader, &script);
    let app = TestApp::with_settings(&[("YINFENG_ATTACHMENTS_READER", reader.to_str().unwrap())]).await;
    let bureau = app.token(Role::BureauOfficer);
    let lead = app.new_lead(json!({})).await;
    add(&bureau, "lead", &lead, "a.docx", &docx(&["毛绒玩具"])).await;
    for (kind, failures) in [("TERM", 0), ("KILL", 1)] {
        std::fs::write(&signal, kind).unwrap();
        let working = app.app.clone();
        std::thread::spawn(move || work::run_next(&working, &|| false).unwrap()).join().unwrap();
        let errors: i64 = app.read(|conn| {
            let row = outbox::table.filter(outbox::topic.eq("attachment_text"));
            row.filter(outbox::last_error.is_not_null()).count().get_result(conn)
        });
        assert_eq!(errors, failures, "{kind}");
    }
    std::fs::remove_file(&signal).unwrap();
    app.write(|conn| diesel::update(outbox::table).set(outbox::available_at.eq(clock::now())).execute(conn));
    follow(&app);
    assert_eq!(total(&bureau, "毛绒玩具").await, 1);
}
