//! The built program as a process, on a folder and a database of its own.

use super::database::{TestDatabase, open};
use super::people::PASSWORD;
use std::io::Write;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use yinfeng::db::Database;

/// A data folder and a database that go when this is dropped.
pub struct Program {
    database: TestDatabase,
    folder: TempDir,
}

impl Program {
    /// On a migrated, empty database.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Program { database: TestDatabase::new(folder.path()), folder }
    }

    /// On a database without a schema.
    pub fn blank() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Program { database: TestDatabase::blank(folder.path()), folder }
    }

    /// With a user `officer` of this role; county roles are of 450721.
    pub fn with_user(role: &str) -> Self {
        let program = Program::new();
        program.add_user("officer", role);
        program
    }

    pub fn add_user(&self, username: &str, role: &str) {
        let mut add = vec!["user", "add", "--username", username, "--role", role, "--password-stdin"];
        if role.starts_with("county") {
            add.extend(["--region", "450721"]);
        }
        self.done(&add, PASSWORD);
    }

    /// The program with no settings but its folder and database.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_yinfeng"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear()
            .env("YINFENG_DATA_DIR", self.folder.path())
            .env("YINFENG_DATABASE_URL", self.database.url())
            .env("YINFENG_LOG", "warn");
        command
    }

    /// Runs a command to its end.
    pub fn run(&self, arguments: &[&str], input: &str) -> Output {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // What refuses its arguments reads no input.
        child.stdin.take().unwrap().write_all(input.as_bytes()).ok();
        child.wait_with_output().unwrap()
    }

    /// Standard output of a command that must succeed.
    #[track_caller]
    pub fn done(&self, arguments: &[&str], input: &str) -> String {
        let output = self.run(arguments, input);
        assert_eq!(
            output.status.code(),
            Some(0),
            "{arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).unwrap()
    }

    /// The same as JSON.
    #[track_caller]
    pub fn json(&self, arguments: &[&str]) -> serde_json::Value {
        let output = self.done(arguments, "");
        serde_json::from_str(&output).unwrap_or_else(|reason| panic!("{reason}: {output}"))
    }

    /// Exit status and standard error of a command that must fail.
    #[track_caller]
    pub fn refused(&self, arguments: &[&str], input: &str) -> (i32, String) {
        let output = self.run(arguments, input);
        let told = String::from_utf8(output.stderr).unwrap();
        assert_ne!(output.status.code(), Some(0), "{arguments:?}: {told}");
        (output.status.code().unwrap(), told)
    }

    /// Exit status, standard output and standard error of a command, however it ends.
    pub fn ended(&self, arguments: &[&str]) -> (i32, String, String) {
        let output = self.run(arguments, "");
        let [told, why] = [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap());
        (output.status.code().unwrap(), told, why)
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A file in the folder.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }

    pub fn database(&self) -> Database {
        open(self.database.url())
    }

    /// Starts the server, and returns with its first answer.
    pub fn serve(&self) -> Server {
        for _ in 0..5 {
            let port = free_port();
            let log_file = self.folder.path().join("server.log");
            let mut command = self.command(&["serve"]);
            command
                .env("YINFENG_LISTEN", format!("127.0.0.1:{port}"))
                .stdin(Stdio::null())
                .stdout(Stdio::null());
            let process = command.stderr(std::fs::File::create(&log_file).unwrap()).spawn().unwrap();
            let mut server = Server { process, address: format!("http://127.0.0.1:{port}"), log_file };
            if server.answers(port) {
                return server;
            }
        }
        panic!(
            "the server did not start: {}",
            std::fs::read_to_string(self.folder.path().join("server.log")).unwrap()
        );
    }
}

/// A port that was free a moment ago.
pub fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}

/// The program, serving; killed with its owner.
pub struct Server {
    process: Child,
    pub address: String,
    log_file: PathBuf,
}

impl Server {
    fn answers(&mut self, port: u16) -> bool {
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(60) {
            if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return true;
            }
            if self.process.try_wait().unwrap().is_some() {
                return false;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        false
    }

    /// As a power cut for the process: nothing is finished.
    pub fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// As a service manager stops it.
    pub fn stop(mut self) -> ExitStatus {
        assert!(Command::new("kill").arg(self.process.id().to_string()).status().unwrap().success());
        ends_within(&mut self.process, Duration::from_secs(60))
    }

    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log_file).unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

/// How a process ended; it must do so in this time.
pub fn ends_within(process: &mut Child, time: Duration) -> ExitStatus {
    let begun = Instant::now();
    while begun.elapsed() < time {
        if let Some(status) = process.try_wait().unwrap() {
            return status;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    panic!("the process did not end within {time:?}");
}
