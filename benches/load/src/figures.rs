//! What is measured, and how.

use crate::client::Client;
use std::time::{Duration, Instant};

/// A line of the table.
pub struct Figure {
    pub what: String,
    pub measured: String,
    /// What the issue asks for; empty where it asks nothing.
    pub wanted: String,
}

impl Figure {
    pub fn seconds(what: &str, time: Duration, wanted: &str) -> Self {
        Self::new(what, format!("{:.2} s", time.as_secs_f64()), wanted)
    }

    pub fn rate(what: &str, count: usize, time: Duration, wanted: &str) -> Self {
        let rate = count as f64 / time.as_secs_f64();
        Self::new(what, format!("{rate:.0}/s"), wanted)
    }

    pub fn memory(what: &str, (now, peak): (u64, u64), wanted: &str) -> Self {
        Self::new(what, format!("{now} MiB, at most {peak} MiB"), wanted)
    }

    /// Half of the times are below p50, one of a hundred above p99.
    fn times(what: &str, mut times: Vec<Duration>, wanted: &str) -> Self {
        times.sort();
        let at = |part: usize| times[(times.len() - 1) * part / 100].as_secs_f64() * 1000.0;
        Self::new(what, format!("{:.2} / {:.2} ms", at(50), at(99)), wanted)
    }

    fn new(what: &str, measured: String, wanted: &str) -> Self {
        println!("{what}: {measured}");
        Figure { what: what.to_owned(), measured, wanted: wanted.to_owned() }
    }
}

/// One client, one request after the other.
pub fn one_by_one(what: &str, client: &Client, path: &str, rounds: usize, wanted: &str) -> Figure {
    // The server hangs up on who was silent for long.
    let client = client.again();
    let times = (0..rounds + rounds / 10).map(|_| timed(&client, path)).skip(rounds / 10).collect();
    Figure::times(what, times, wanted)
}

/// The same with a write before each request: nothing of the answer before is remembered.
pub fn after_writes(
    what: &str,
    client: &Client,
    write: impl Fn(usize),
    path: &str,
    rounds: usize,
    wanted: &str,
) -> Figure {
    let client = client.again();
    let times = (0..rounds).map(|n| {
        write(n);
        timed(&client, path)
    });
    Figure::times(what, times.collect(), wanted)
}

/// Registers a lead or a project of a new investor, each time it is called.
pub fn writes_of<'a>(kind: &'a str, what: &'a str, program: &Client) -> impl Fn(usize) + 'a {
    let program = program.again();
    move |n| {
        // A project needs no source; a lead of an officer has one.
        let source = if kind == "leads" { r#","source":{"kind":"self"}"# } else { "" };
        let body = format!(
            r#"{{"title":"压测写入{n}","investor_name":"压测写入{n}号({what})示例材料有限公司","county":"450721","industry":"chemical"{source}}}"#
        );
        assert_eq!(program.post_json(&format!("/api/v1/{kind}"), &body).status, 201, "{kind} {n}");
    }
}

fn timed(client: &Client, path: &str) -> Duration {
    let begun = Instant::now();
    client.get(path);
    begun.elapsed()
}

/// One client, each path once: nothing of an answer can be remembered from the one before.
pub fn each_once(what: &str, client: &Client, paths: &[String], wanted: &str) -> Figure {
    let client = client.again();
    let times = paths.iter().map(|path| {
        let begun = Instant::now();
        client.get(path);
        begun.elapsed()
    });
    let mut times: Vec<Duration> = times.collect();
    times.sort();
    let at = |part: usize| times[(times.len() - 1) * part / 100].as_secs_f64() * 1000.0;
    Figure::new(what, format!("{:.2} / {:.2} ms", at(50), at(99)), wanted)
}

/// Many clients at once, each on a connection of its own.
pub fn many(
    what: &str,
    client: &Client,
    path: &str,
    clients: usize,
    requests: usize,
    wanted: &str,
) -> Figure {
    let askers: Vec<Client> = (0..clients).map(|_| client.again()).collect();
    let begun = Instant::now();
    std::thread::scope(|scope| {
        for asker in askers {
            scope.spawn(move || {
                for _ in 0..requests / clients {
                    asker.get(path);
                }
            });
        }
    });
    Figure::rate(what, requests, begun.elapsed(), wanted)
}

/// One client registers leads, each acknowledged when it is on the disk.
pub fn creates(client: &Client, count: usize) -> Figure {
    let client = client.again();
    let begun = Instant::now();
    for n in 0..count {
        let body = format!(
            r#"{{"title":"压测项目{n}","investor_name":"压测{n}号示例材料有限公司","county":"450721","industry":"chemical",
            "total_investment_fen":5000000000,"source":{{"kind":"self"}},"contact":{{"name":"压测员","phone":"120{n:08}"}}}}"#
        );
        let answer = client.post_json("/api/v1/leads", &body);
        assert_eq!(answer.status, 201, "lead {n}");
    }
    Figure::rate("leads registered by API, one client, each durable", count, begun.elapsed(), "400/s")
}
