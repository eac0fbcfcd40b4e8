//! `make bench`: a release server with 100,000 made-up leads, measured over loopback; the table goes into
//! docs/performance.md with the machine it was taken on.
//!
//! 1. `../shared/bench/leads.py` (or `LOAD_LEADS`, a .jsonl file) makes the leads; the command line imports them.
//!    `projects.sql` makes 20,000 projects with milestones.
//! 2. The server starts and catches up with its index; it is started once more, and asked at once.
//! 3. One client asks each kind of page in turn, sixteen ask for the list, one registers leads.
//! 4. `chambers.sql` lets all of it come from 2,000 chambers, and they are put side by side.
//!
//! Everything is bounded in count, stays on loopback, and ends with the process. No figure is asserted.

mod client;
mod figures;
mod server;
mod table;

use client::Client;
use figures::{Figure, many, one_by_one};
use server::{Office, Server};
use std::collections::BTreeSet;
use std::time::Instant;

/// Leads in the database, unless `LOAD_COUNT` says another number.
const LEADS: usize = 100_000;

/// Projects, with seven milestones each on average, unless `LOAD_PROJECTS` says another number.
const PROJECTS: usize = 20_000;

/// Chambers that all of them came from, for the last figures, unless `LOAD_CHAMBERS` says another number.
const CHAMBERS: usize = 2_000;

/// Requests of each kind, after a tenth as many to warm up, unless `LOAD_ROUNDS` says another number.
const ROUNDS: usize = 2_000;

fn main() {
    let count = number("LOAD_COUNT", LEADS);
    let projects = number("LOAD_PROJECTS", PROJECTS);
    let chambers = number("LOAD_CHAMBERS", CHAMBERS);
    let rounds = number("LOAD_ROUNDS", ROUNDS);
    let office = Office::open();
    let mut figures = Vec::new();

    let leads = office.leads(count);
    let begun = Instant::now();
    office.import(&leads);
    figures.push(Figure::rate(
        "import of a .jsonl by the command line",
        count,
        begun.elapsed(),
        "5,000 rows/s",
    ));

    office.projects(projects);

    let begun = Instant::now();
    let mut server = Server::start(&office);
    server.wait_for_index(&Client::with_token(&server, &office.token()), count);
    figures.push(Figure::seconds("index of all leads, beside a serving server", begun.elapsed(), ""));
    server.stop();

    let begun = Instant::now();
    let mut server = Server::start(&office);
    figures.push(Figure::seconds("start to first answer", begun.elapsed(), "0.5 s"));

    let browser = Client::sign_in(&server, server::USER, server::PASSWORD);
    let program = Client::with_token(&server, &office.token());
    figures.extend(pages(&browser, &program, rounds));
    figures.extend(pool(&browser, &program, rounds / 4));
    figures.push(many("list page, 16 clients", &browser, "/leads", 16, 10 * rounds, "2,500/s"));
    figures.push(many("search by API, 16 clients", &program, &search("新能源"), 16, 10 * rounds, ""));
    figures.push(figures::creates(&program, rounds));
    figures.push(Figure::memory("memory of the server after all this", server.memory(), "300 MiB"));
    server.stop();

    office.chambers(chambers);
    let mut server = Server::start(&office);
    let browser = Client::sign_in(&server, server::USER, server::PASSWORD);
    let program = Client::with_token(&server, &office.token());
    figures.extend(compared(&browser, &program, rounds / 4));
    server.stop();

    table::write(count, projects, &figures);
}

fn number(name: &str, usual: usize) -> usize {
    std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(usual)
}

/// The pool's views, each asked again and again, and each asked just after a write, when nothing is remembered.
fn pool(browser: &Client, program: &Client, rounds: usize) -> Vec<Figure> {
    let project = program.again().get("/api/v1/projects?limit=1").first("\"id\":\"").expect("a project");
    let looks = [
        ("pool, table", browser, "/projects"),
        ("pool, table of a county", browser, "/projects?county=450721&pool=true"),
        ("pool, table by year of start", browser, "/projects?start_year=2025"),
        ("pool, board", browser, "/projects/board"),
        ("quota page", browser, "/quota?year=2025"),
        ("about-to page", browser, "/about-to"),
        ("comparison page", browser, "/comparison?year=2025"),
        ("pool by API, 50 rows", program, "/api/v1/projects?count=true"),
        ("quota by API", program, "/api/v1/pool/quota?year=2025"),
        ("about-to by API", program, "/api/v1/pool/about-to"),
        ("comparison by API", program, "/api/v1/pool/comparison?year=2025"),
    ];
    let limits = "… / 50 ms";
    let mut found =
        vec![one_by_one("project page", browser, &format!("/projects/{project}"), rounds, limits)];
    for (what, client, path) in looks {
        found.push(one_by_one(what, client, path, rounds, limits));
        let after = format!("{what}, each after a write");
        let write = figures::writes_of("projects", what, program);
        found.push(figures::after_writes(&after, client, write, path, rounds / 4, limits));
    }
    found
}

/// All chambers side by side, each look at a year, and each just after a write.
fn compared(browser: &Client, program: &Client, rounds: usize) -> Vec<Figure> {
    let (what, path, limits) =
        ("chambers side by side", "/chambers/comparison?from=2025-01-01&to=2025-12-31", "… / 50 ms");
    let mut found = vec![one_by_one(what, browser, path, rounds, limits)];
    for kind in ["leads", "projects"] {
        let after = format!("{what}, each after a write ({kind})");
        let write = figures::writes_of(kind, what, program);
        found.push(figures::after_writes(&after, browser, write, path, rounds / 4, limits));
    }
    found
}

/// What one client asks, one after the other.
fn pages(browser: &Client, program: &Client, rounds: usize) -> Vec<Figure> {
    let deep = deep_page(program, 200);
    let lead = program.get("/api/v1/leads?limit=1").first("\"id\":\"").expect("a lead");
    let limits = "2 / 8 ms";
    vec![
        one_by_one("list page, 50 rows", browser, "/leads", rounds, limits),
        one_by_one(
            "list page, county and stage",
            browser,
            "/leads?county=450721&stage=negotiation",
            rounds,
            limits,
        ),
        one_by_one("list page, by amount", browser, "/leads?sort=-total_investment_fen", rounds, limits),
        one_by_one("list page, 10,000 rows deep", browser, &deep, rounds, limits),
        one_by_one("lead page", browser, &format!("/leads/{lead}"), rounds, limits),
        one_by_one("home", browser, "/", rounds, ""),
        one_by_one("search page, a word", browser, "/search?q=%E6%96%B0%E8%83%BD%E6%BA%90", rounds, limits),
        one_by_one("list by API, 50 rows", program, "/api/v1/leads", rounds, limits),
        one_by_one("search by API, a word", program, &search("新能源"), rounds, limits),
        figures::each_once(
            "search by API, words nobody asked for before",
            program,
            &fresh_words(program),
            limits,
        ),
        one_by_one("search by API, two characters", program, &search("电堆"), rounds, limits),
        one_by_one("search by API, pinyin", program, &search("xinnengyuan"), rounds, limits),
        one_by_one("search by API, initials", program, &search("xny"), rounds, limits),
        one_by_one(
            "search by API, county, three counts",
            program,
            &format!("{}&county=450721&facets=county,stage,industry", search("芯片")),
            rounds,
            limits,
        ),
        one_by_one(
            "duplicates by API",
            program,
            &format!("/api/v1/duplicates?investor_name={}", client::encoded("金陵示例科技有限公司")),
            rounds,
            "",
        ),
    ]
}

/// Searches for three characters side by side, out of titles: each once.
fn fresh_words(program: &Client) -> Vec<String> {
    let program = program.again();
    let (mut words, mut cursor) = (BTreeSet::new(), String::new());
    for _ in 0..50 {
        let answer = program.get(&format!("/api/v1/leads?limit=200&sort=total_investment_fen{cursor}"));
        for title in answer.all("\"title\":\"") {
            let characters: Vec<char> = title.chars().filter(|c| !c.is_ascii()).collect();
            words.extend(characters.windows(3).map(String::from_iter));
        }
        let Some(next) = answer.first("\"next_cursor\":\"") else { break };
        cursor = format!("&cursor={next}");
    }
    words.remove("新能源");
    words.iter().map(|word| search(word)).collect()
}

fn search(text: &str) -> String {
    format!("/api/v1/search?q={}", client::encoded(text))
}

/// The address of a page of the list that many pages lie before.
fn deep_page(program: &Client, pages: usize) -> String {
    let mut cursor = String::new();
    for _ in 0..pages {
        let answer = program.get(&format!("/api/v1/leads?limit=50&sort=-updated_at{cursor}"));
        let Some(next) = answer.first("\"next_cursor\":\"") else { break };
        cursor = format!("&cursor={next}");
    }
    format!("/leads?sort=-updated_at{cursor}")
}
