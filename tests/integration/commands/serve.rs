//! `yinfeng serve`: what it acknowledged is there, however it ended.

use crate::support::leads::lead_body;
use crate::support::program::{Program, Server};
use serde_json::{Value, json};
use std::sync::Mutex;
use std::time::{Duration, Instant};

const WRITERS: usize = 3;

/// Registers leads from several writers until the server is killed; the ids that were acknowledged.
fn killed_under_writes(server: Server, token: &str, after: usize) -> Vec<String> {
    let acknowledged = Mutex::new(Vec::new());
    let url = format!("{}/api/v1/leads", server.address);
    std::thread::scope(|scope| {
        for _ in 0..WRITERS {
            scope.spawn(|| {
                let client = reqwest::blocking::Client::new();
                let register = || {
                    let answer =
                        client.post(&url).bearer_auth(token).json(&lead_body(json!({}))).send().ok()?;
                    // Read to its end: only then is it acknowledged.
                    (answer.status() == 201).then(|| answer.json::<Value>().ok()).flatten()
                };
                while let Some(lead) = register() {
                    acknowledged.lock().unwrap().push(lead["id"].as_str().unwrap().to_owned());
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

fn waiting(program: &Program) -> i64 {
    program.json(&["search", "status", "--json"])["waiting"].as_i64().unwrap()
}

#[test]
fn killed_under_writes_it_has_all_that_it_acknowledged_and_the_index_agrees() {
    let program = Program::with_user("bureau_officer");
    let token =
        program.done(&["token", "create", "--user", "officer", "--name", "test"], "").trim().to_owned();
    let mut acknowledged = Vec::new();
    for round in 0..2 {
        acknowledged.extend(killed_under_writes(program.serve(), &token, 10 + 7 * round));
        let server = program.serve();
        let client = reqwest::blocking::Client::new();
        for id in &acknowledged {
            let answer = client
                .get(format!("{}/api/v1/leads/{id}", server.address))
                .bearer_auth(&token)
                .send()
                .unwrap();
            assert_eq!(answer.status(), 200, "round {round}: {id} was acknowledged and is gone");
        }
        let url = format!("{}/api/v1/leads?count=true&limit=1", server.address);
        let list: Value = client.get(url).bearer_auth(&token).send().unwrap().json().unwrap();
        let extra = list["total"].as_u64().unwrap() - acknowledged.len() as u64;
        assert!(extra as usize <= WRITERS * (round + 1), "more than what was under way: {extra}");
        // What the killed one had claimed for its index is taken a minute later; nobody waits here for that.
        release(&program);
        let begun = Instant::now();
        while waiting(&program) > 0 {
            assert!(
                begun.elapsed() < Duration::from_secs(30),
                "the index does not catch up: {}",
                server.log()
            );
            std::thread::sleep(Duration::from_millis(100));
        }
        assert!(server.stop().success());
        let told = program.done(&["check"], "");
        assert_eq!(told.trim(), "nothing wrong found", "round {round}");
    }
}

fn release(program: &Program) {
    use diesel::prelude::*;
    use yinfeng::schema::outbox;
    let none = None::<chrono::NaiveDateTime>;
    let released = program.database().write(|conn| {
        Ok::<_, yinfeng::error::AppError>(
            diesel::update(outbox::table).set(outbox::claimed_until.eq(none)).execute(conn)?,
        )
    });
    released.unwrap();
}

#[test]
fn without_users_it_says_where_to_make_the_first() {
    let program = Program::new();
    let port = crate::support::program::free_port();
    let mut command = program.command(&["serve"]);
    command.env("YINFENG_LISTEN", format!("127.0.0.1:{port}"));
    let mut process =
        command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::null()).spawn().unwrap();
    let mut lines = std::io::BufRead::lines(std::io::BufReader::new(process.stdout.take().unwrap()));
    lines.next().unwrap().unwrap();
    let address = lines.next().unwrap().unwrap();
    let page = (0..200).find_map(|_| {
        std::thread::sleep(Duration::from_millis(20));
        reqwest::blocking::get(&address).ok()
    });
    process.kill().unwrap();
    process.wait().unwrap();
    assert!(address.starts_with(&format!("http://127.0.0.1:{port}/set-up/")), "{address}");
    assert_eq!(page.expect("it answers").status(), 200);
}
