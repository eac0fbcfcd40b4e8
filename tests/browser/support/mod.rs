//! What every journey needs: an office (the program, serving), and a browser.

mod browser;
mod office;

pub use browser::Browser;
pub use office::{Office, PASSWORD};

use std::net::TcpListener;
use std::process::Child;
use std::time::{Duration, Instant};

/// A port that was free a moment ago.
fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}

/// Waits until something listens there; `false` when the process ended or a minute passed.
fn answers(child: &mut Child, port: u16) -> bool {
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(60) {
        if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
            return true;
        }
        if child.try_wait().unwrap().is_some() {
            return false;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    false
}

/// A process that ends with its owner: asked first, so that it can end its own children, then killed.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        let asked = std::process::Command::new("kill").arg(self.0.id().to_string()).status();
        let begun = Instant::now();
        while asked.is_ok() && begun.elapsed() < Duration::from_secs(10) {
            if matches!(self.0.try_wait(), Ok(Some(_))) {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        self.0.kill().ok();
        self.0.wait().ok();
    }
}
