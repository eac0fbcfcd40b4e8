//! The checklist and the archive through HTTP: what is asked for, what is there, and one file that proves itself.

use super::{draft, path, people, step, walk};
use crate::support::{Client, Response, TestApp};
use diesel::prelude::*;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::io::{Cursor, Read};
use yinfeng::accounts::Role;
use yinfeng::confidential::to_hex;
use yinfeng::schema::filings;
use zip::ZipArchive;

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n";

async fn bring(client: &Client, application: &Value, kind: &str, name: &str) -> Response {
    let id = application["id"].as_str().unwrap();
    let fields = [("owner_kind", "award_application"), ("owner_id", id), ("kind", kind)];
    client.upload("/api/v1/attachments", &fields, name, PDF).await
}

fn content(zip: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Vec<u8> {
    let mut content = Vec::new();
    zip.by_name(name).unwrap().read_to_end(&mut content).unwrap();
    content
}

#[actix_web::test]
async fn the_page_says_which_papers_are_there_and_which_lack() {
    let app = TestApp::new().await;
    let application = draft(&app).await;
    let county = app.signed_in(Role::CountyOfficer);
    let page = format!("/award-applications/{}", application["id"].as_str().unwrap());
    let lacks = |text: &str| {
        let card =
            text.split("id=\"checklist\"").nth(1).unwrap().split("</section>").next().unwrap().to_owned();
        card.matches("<li>").count() - card.matches("evidence-paper").count()
    };
    let before = county.get(&page).await.assert_status(200).text();
    // Licence and permit prove milestones of the project already.
    assert_eq!(lacks(&before), 3, "{before}");
    bring(&app.token(Role::CountyOfficer), &application, "filing", "备案表.pdf").await.assert_status(201);
    let after = county.get(&page).await.assert_status(200).text();
    assert_eq!(lacks(&after), 2);
    assert!(after.contains("备案表.pdf"));
}

#[actix_web::test]
async fn the_checklist_is_a_list_and_says_which_papers_its_reader_may_open() {
    let app = TestApp::new().await;
    let application = draft(&app).await;
    let county = app.token(Role::CountyOfficer);
    bring(&county, &application, "identity", "身份证.pdf").await.assert_status(201);
    let list = path(&application, "/checklist");
    let all = county.get(&format!("{list}?count=true")).await.assert_status(200).json();
    let kinds: Vec<&str> =
        all["items"].as_array().unwrap().iter().map(|one| one["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["filing", "contract", "business_licence", "construction_permit", "identity"]);
    assert_eq!((&all["total"], &all["next_cursor"]), (&json!(5), &json!(null)));
    assert_eq!(all["items"][0]["papers"], json!([]), "it lacks");
    let identity = &all["items"][4]["papers"][0];
    assert_eq!((&identity["file_name"], &identity["opens"]), (&json!("身份证.pdf"), &json!(true)));
    let paper = format!("/api/v1/attachments/{}", identity["id"].as_str().unwrap());
    county.get(&paper).await.assert_status(200);
    let auditor = app.token(Role::Auditor);
    let told = auditor.get(&list).await.assert_status(200).json();
    assert_eq!(told["items"][4]["papers"][0]["opens"], false, "{told:#}");
    // The letter of who is paid hangs at his filing; finance is shown no filings, and told that it is there.
    let filing: String = app.read(|conn| filings::table.select(filings::id).first(conn));
    let fields = [("owner_kind", "filing"), ("owner_id", filing.as_str()), ("kind", "filing")];
    county.upload("/api/v1/attachments", &fields, "确认函.pdf", PDF).await.assert_status(201);
    step(&county, &application, "submitted").await.assert_status(200);
    for (client, opens) in [(&county, true), (&auditor, true), (&app.token(Role::FinanceReviewer), false)] {
        let told = client.get(&list).await.assert_status(200).json();
        let letter = &told["items"][0]["papers"][0];
        assert_eq!((&letter["file_name"], &letter["opens"]), (&json!("确认函.pdf"), &json!(opens)));
    }
    let all = county.get(&list).await.assert_status(200).json();
    let first = county.get(&format!("{list}?limit=2")).await.assert_status(200).json();
    let cursor = first["next_cursor"].as_str().unwrap();
    let rest = county.get(&format!("{list}?limit=3&cursor={cursor}")).await.assert_status(200).json();
    assert_eq!((&rest["items"][2], &rest["next_cursor"]), (&all["items"][4], &json!(null)));
    county.get(&format!("{list}?sort=kind")).await.assert_status(400);
    app.token(Role::CountyLeader).get(&list).await.assert_status(403);
}

#[actix_web::test]
async fn who_sees_all_of_an_application_sees_its_papers_and_who_works_on_it_brings_them() {
    let app = TestApp::new().await;
    let application = draft(&app).await;
    step(&app.token(Role::CountyOfficer), &application, "submitted").await.assert_status(200);
    for (client, status) in [
        (app.token(Role::CountyOfficer), 201),
        (app.token(Role::BureauOfficer), 201),
        (app.token(Role::FinanceReviewer), 201),
        (app.token(Role::Auditor), 403),
        (app.token(Role::CountyLeader), 403),
        (app.user(Role::CountyOfficer).region("450722").token(), 404),
    ] {
        bring(&client, &application, "other", "说明.pdf").await.assert_status(status);
    }
    let id = application["id"].as_str().unwrap();
    let list = format!("/api/v1/attachments?owner_kind=award_application&owner_id={id}");
    let seen = app.token(Role::Auditor).get(&list).await.assert_status(200).json();
    assert_eq!(seen["items"].as_array().unwrap().len(), 3);
    app.token(Role::CountyLeader).get(&list).await.assert_status(403);
}

#[actix_web::test]
async fn the_archive_holds_every_paper_and_its_hash() {
    let app = TestApp::new().await;
    let people = people(&app);
    let application = draft(&app).await;
    bring(&people.creator, &application, "filing", "备案表.pdf").await.assert_status(201);
    bring(&people.creator, &application, "identity", "身份证.pdf").await.assert_status(201);
    let archive = path(&application, "/archive");
    walk(&app, &people, &application, "approved").await;
    people.bureau.get(&archive).await.assert_status(409);
    super::fund(&people, &application).await;
    step(&people.finance, &application, "paid").await.assert_status(200);
    for stranger in [&people.finance, &people.creator, &app.token(Role::LeadingGroup)] {
        stranger.get(&archive).await.assert_status(403);
    }
    for reader in [&people.head, &app.token(Role::Auditor)] {
        reader.get(&archive).await.assert_status(200);
    }
    step(&people.bureau, &application, "archived").await.assert_status(200);
    let answer = people.bureau.get(&archive).await.assert_status(200);
    assert_eq!(answer.header("content-type"), Some("application/zip"));
    let mut zip = ZipArchive::new(Cursor::new(answer.bytes())).unwrap();
    let manifest: Value = serde_json::from_slice(&content(&mut zip, "manifest.json")).unwrap();
    assert_eq!((&manifest["application"], &manifest["status"]), (&application["code"], &json!("archived")));
    assert!(manifest["facts"]["signed_on"] == "2023-06-01" && manifest["amount_fen"].as_i64().unwrap() > 0);
    assert_eq!(manifest["transitions"].as_array().unwrap().len(), 9);
    let files = manifest["files"].as_array().unwrap();
    let mut names = 0;
    for file in files.iter().filter(|file| file["included"] == true) {
        let content = content(&mut zip, file["name"].as_str().unwrap());
        assert_eq!(file["sha256"], to_hex(&Sha256::digest(&content)), "{file}");
        assert_eq!(file["size"].as_u64().unwrap(), content.len() as u64);
        names += 1;
    }
    assert_eq!(zip.len(), names + 1, "nothing that the manifest does not name");
    let with = |part: &str| files.iter().filter(|file| file["name"].as_str().unwrap().contains(part)).count();
    // The five papers, two of them as spreadsheets, too; two papers of milestones and the filing.
    assert_eq!((with("papers/"), with("备案表.pdf"), with("attachments/")), (7, 1, files.len() - 7));
    let left_out: Vec<&Value> = files.iter().filter(|file| file["included"] == false).collect();
    assert!(left_out.len() == 1 && left_out[0]["name"].as_str().unwrap().contains("身份证"), "{left_out:?}");
    let late = bring(&people.creator, &application, "other", "补充.pdf").await.assert_status(409).json();
    assert_eq!(late["code"], "award-archived");
}
