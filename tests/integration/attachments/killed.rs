//! A server that is killed under uploads: what it acknowledged is there, and no paper is without its file.

use super::PDF;
use crate::support::leads::lead_body;
use crate::support::program::{Program, Server};
use diesel::prelude::*;
use reqwest::blocking::Client;
use reqwest::blocking::multipart::{Form, Part};
use serde_json::{Value, json};
use std::sync::Mutex;
use std::time::{Duration, Instant};
use yinfeng::error::AppError;
use yinfeng::schema::attachments;

const WRITERS: usize = 3;

/// A PDF of some size, so that it takes a while to be written.
fn content() -> Vec<u8> {
    let mut content = PDF.to_vec();
    content.resize(300_000, b' ');
    content
}

fn upload(client: &Client, address: &str, token: &str, lead: &str) -> Option<String> {
    let file = Part::bytes(content()).file_name("示例.pdf");
    let form = Form::new().text("owner_kind", "lead").text("owner_id", lead.to_owned());
    let form = form.text("kind", "other").part("file", file);
    let sent = client.post(format!("{address}/api/v1/attachments")).bearer_auth(token).multipart(form).send();
    let answer = sent.ok().filter(|answer| answer.status() == 201)?;
    Some(answer.json::<Value>().ok()?["id"].as_str()?.to_owned())
}

/// Uploads from several writers until the server is killed; the ids that were acknowledged.
fn killed_under_uploads(server: Server, token: &str, lead: &str, after: usize) -> Vec<String> {
    let acknowledged = Mutex::new(Vec::new());
    let address = server.address.clone();
    std::thread::scope(|scope| {
        for _ in 0..WRITERS {
            scope.spawn(|| {
                let client = Client::new();
                while let Some(id) = upload(&client, &address, token, lead) {
                    acknowledged.lock().unwrap().push(id);
                }
            });
        }
        let begun = Instant::now();
        while acknowledged.lock().unwrap().len() < after {
            assert!(begun.elapsed() < Duration::from_secs(60), "the writers do not come forward");
            std::thread::sleep(Duration::from_millis(1));
        }
        server.kill();
    });
    acknowledged.into_inner().unwrap()
}

#[test]
fn killed_under_uploads_no_paper_is_without_its_file() {
    let program = Program::with_user("bureau_officer");
    let token = program.done(&["token", "create", "--user", "officer", "--name", "test"], "");
    let token = token.trim();
    let server = program.serve();
    let leads = format!("{}/api/v1/leads", server.address);
    let made = Client::new().post(leads).bearer_auth(token).json(&lead_body(json!({}))).send().unwrap();
    let lead = made.json::<Value>().unwrap()["id"].as_str().unwrap().to_owned();
    let mut acknowledged = killed_under_uploads(server, token, &lead, 7);
    acknowledged.extend(killed_under_uploads(program.serve(), token, &lead, 12));

    let database = program.database();
    let rows: Vec<(String, String, i64)> = database
        .read(|conn| {
            let papers =
                attachments::table.select((attachments::id, attachments::storage_name, attachments::size));
            Ok::<_, AppError>(papers.load(conn)?)
        })
        .unwrap();
    for id in &acknowledged {
        assert!(rows.iter().any(|(row, ..)| row == id), "{id} was acknowledged and is gone");
    }
    for (id, name, size) in &rows {
        let file = std::fs::read(program.folder().join("attachments").join(name));
        assert_eq!(file.unwrap_or_default().len() as i64, *size, "the paper {id} is without its file {name}");
    }
    drop(database);
    let told = program.done(&["check"], "");
    assert_eq!(told.trim(), "nothing wrong found");

    let lost = program.folder().join("attachments").join(&rows[0].1);
    std::fs::remove_file(lost).unwrap();
    let (status, _) = program.refused(&["check"], "");
    assert_eq!(status, 1, "a file that is gone is a fault");
    let told = String::from_utf8(program.run(&["check"], "").stdout).unwrap();
    assert!(told.contains(&rows[0].0) && told.contains("has no file"), "{told}");
}
