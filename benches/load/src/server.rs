//! A bureau to measure: its folder, its leads, and the server as a process of its own.

use crate::client::Client;
use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

pub const USER: &str = "measurer";
pub const PASSWORD: &str = "Qinzhou-load-2026";

/// The program, as `cargo build --release` makes it, or another that `LOAD_PROGRAM` names.
fn program() -> PathBuf {
    std::env::var_os("LOAD_PROGRAM").map_or_else(|| root().join("target/release/yinfeng"), PathBuf::from)
}

/// The checkout.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A data folder that goes at the end, with one user.
pub struct Office {
    folder: TempDir,
}

impl Office {
    pub fn open() -> Self {
        let office = Office { folder: tempfile::tempdir().expect("a folder") };
        let mut add = office
            .command(&["user", "add", "--username", USER, "--role", "bureau_head", "--password-stdin"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .expect("the program");
        writeln!(add.stdin.take().expect("an input"), "{PASSWORD}").expect("the password");
        assert!(add.wait().expect("an end").success(), "adding the user");
        office
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(program());
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env("YINFENG_DATA_DIR", self.folder.path())
            .env("YINFENG_DATABASE_URL", format!("sqlite://{}/yinfeng.db", self.folder.path().display()))
            .env("YINFENG_LOG", "warn");
        command
    }

    /// The leads as a .jsonl file.
    pub fn leads(&self, count: usize) -> PathBuf {
        if let Some(file) = std::env::var_os("LOAD_LEADS") {
            return file.into();
        }
        let maker = root().join("../shared/bench/leads.py");
        let made = Command::new("python3").arg(&maker).args(["-n", &count.to_string()]).output();
        let made = made.expect("python3 makes the leads; or name a file in LOAD_LEADS");
        assert!(made.status.success(), "{}: {}", maker.display(), String::from_utf8_lossy(&made.stderr));
        let file = self.folder.path().join("leads.jsonl");
        std::fs::write(&file, made.stdout).expect("the leads are written");
        file
    }

    pub fn import(&self, leads: &Path) {
        let leads = leads.to_string_lossy();
        let done = self.command(&["import", "leads", &leads, "--user", USER]).status().expect("the program");
        assert!(done.success(), "importing");
    }

    /// Puts so many made-up projects with their milestones into the database, past the program: a ledger brings no
    /// decisions, and what is not verified counts nowhere.
    pub fn projects(&self, count: usize) {
        self.fill(include_str!("projects.sql"), count);
    }

    /// Lets all leads and projects come from so many made-up chambers, with visits and contracts.
    pub fn chambers(&self, count: usize) {
        self.fill(include_str!("chambers.sql"), count);
    }

    fn fill(&self, script: &str, count: usize) {
        let script = script.replace("{count}", &count.to_string());
        let run = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).executescript(sys.stdin.read())";
        let database = self.folder.path().join("yinfeng.db");
        let mut fill = Command::new("python3").args(["-c", run]).arg(database).stdin(Stdio::piped()).spawn();
        let fill = fill.as_mut().expect("python3 runs the script");
        fill.stdin.take().expect("an input").write_all(script.as_bytes()).expect("the script");
        assert!(fill.wait().expect("an end").success(), "filling in");
    }

    /// A token of the user.
    pub fn token(&self) -> String {
        let made =
            self.command(&["token", "create", "--user", USER, "--name", "bench"]).output().expect("a token");
        String::from_utf8_lossy(&made.stdout).split_whitespace().last().expect("a token").to_owned()
    }
}

/// The server, serving.
pub struct Server {
    pub address: SocketAddr,
    process: Child,
}

impl Server {
    /// Starts it, and returns with its first answer.
    pub fn start(office: &Office) -> Self {
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let address = free.local_addr().expect("an address");
        drop(free);
        let process = office
            .command(&["serve"])
            .env("YINFENG_LISTEN", address.to_string())
            .stdout(Stdio::null())
            .spawn()
            .expect("the server");
        let server = Server { address, process };
        let begun = Instant::now();
        while !server.answers() {
            assert!(begun.elapsed() < Duration::from_secs(60), "the server does not answer");
            std::thread::sleep(Duration::from_millis(2));
        }
        server
    }

    fn answers(&self) -> bool {
        let Ok(mut stream) = TcpStream::connect(self.address) else { return false };
        let asked = format!("GET /readyz HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address);
        let mut line = String::new();
        stream.write_all(asked.as_bytes()).is_ok()
            && BufReader::new(stream).read_line(&mut line).is_ok()
            && line.contains(" 200 ")
    }

    /// Until both indexes, of leads and of what is none, have taken in all there is, and say so.
    pub fn wait_for_index(&self, program: &Client, leads: usize) {
        let begun = Instant::now();
        let is_behind = |kind: &str| {
            let answer = program.get(&format!("/api/v1/search?q=x&limit=1&type={kind}"));
            answer.all(r#""stale":false"#).is_empty()
        };
        while is_behind("lead") || is_behind("project") {
            assert!(begun.elapsed() < Duration::from_secs(1_800), "{leads} leads are not indexed");
            std::thread::sleep(Duration::from_millis(500));
        }
    }

    /// MiB resident now, and at most so far.
    pub fn memory(&self) -> (u64, u64) {
        let status =
            std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).unwrap_or_default();
        let mib = |name: &str| {
            let line = status.lines().find(|line| line.starts_with(name)).unwrap_or_default();
            line.split_whitespace().nth(1).and_then(|kib| kib.parse::<u64>().ok()).unwrap_or(0) / 1024
        };
        (mib("VmRSS:"), mib("VmHWM:"))
    }

    /// Stops it as a service manager does.
    pub fn stop(&mut self) {
        let id = self.process.id().to_string();
        Command::new("kill").args(["-TERM", &id]).status().expect("the signal");
        self.process.wait().expect("an end");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Ended already, or the bench panicked.
        self.process.kill().ok();
        self.process.wait().ok();
    }
}
