//! Times requests against a running server: `cargo bench --bench load`, with `YINFENG_BENCH_URL` and
//! `YINFENG_BENCH_TOKEN` set. Bounded in count; loopback only. docs/performance.md says how the server was filled.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test or bench fails by panicking"
)]

use std::time::{Duration, Instant};

/// Requests of each kind; the first tenth only warms up.
const ROUNDS: usize = 400;

/// (what it is, path and query)
const ASKED: &[(&str, &str)] = &[
    ("list, latest first", "/api/v1/leads"),
    ("list, by amount", "/api/v1/leads?sort=-total_investment_fen"),
    ("list, overdue", "/api/v1/leads?overdue=true&sort=next_follow_up_on"),
    ("list, county and stage", "/api/v1/leads?county=450721&stage=negotiation"),
    ("list with its total", "/api/v1/leads?count=true"),
    ("search, a word", "/api/v1/search?q=%E6%96%B0%E8%83%BD%E6%BA%90"),
    ("search, two characters", "/api/v1/search?q=%E5%87%86%E5%8E%82"),
    ("search, pinyin", "/api/v1/search?q=xinnengyuan"),
    ("search, initials", "/api/v1/search?q=xny"),
    (
        "search, filters and facets",
        "/api/v1/search?q=%E8%8A%AF%E7%89%87&county=450721&facets=county,stage,industry",
    ),
    ("duplicates", "/api/v1/duplicates?investor_name=%E9%87%91%E9%99%B5%E7%A4%BA%E4%BE%8B%E7%A7%91%E6%8A%80"),
];

fn main() {
    let (Ok(url), Ok(token)) = (std::env::var("YINFENG_BENCH_URL"), std::env::var("YINFENG_BENCH_TOKEN"))
    else {
        println!("set YINFENG_BENCH_URL (http://127.0.0.1:PORT) and YINFENG_BENCH_TOKEN");
        return;
    };
    if !url.starts_with("http://127.0.0.1:") {
        println!("{url} is not loopback: nothing was sent");
        return;
    }
    let client =
        reqwest::blocking::Client::builder().timeout(Duration::from_secs(30)).build().expect("a client");
    println!("| request | p50 ms | p99 ms | max ms |\n|---|---|---|---|");
    for (name, path) in ASKED {
        let mut times: Vec<Duration> = (0..ROUNDS)
            .map(|_| {
                let begun = Instant::now();
                let answer =
                    client.get(format!("{url}{path}")).bearer_auth(&token).send().expect("an answer");
                assert!(answer.status().is_success(), "{path}: {}", answer.status());
                answer.bytes().expect("a body");
                begun.elapsed()
            })
            .skip(ROUNDS / 10)
            .collect();
        times.sort();
        let at = |part: usize| times[(times.len() - 1) * part / 100].as_secs_f64() * 1000.0;
        println!("| {name} | {:.1} | {:.1} | {:.1} |", at(50), at(99), at(100));
    }
}
