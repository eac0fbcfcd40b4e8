//! The table in docs/performance.md, between two marks that stay.

use crate::figures::Figure;
use crate::server::root;
use std::process::Command;

const BEGIN: &str = "<!-- make bench writes from here … -->";
const END: &str = "<!-- … to here -->";

pub fn write(leads: usize, projects: usize, figures: &[Figure]) {
    let file = root().join("docs/performance.md");
    let text = std::fs::read_to_string(&file).expect("docs/performance.md");
    let (before, rest) = text.split_once(BEGIN).expect("the first mark");
    let (_, after) = rest.split_once(END).expect("the second mark");
    let rows: String = figures
        .iter()
        .map(|figure| format!("| {} | {} | {} |\n", figure.what, figure.measured, figure.wanted))
        .collect();
    let table = format!(
        "{BEGIN}\n\n{leads} leads and {projects} projects, {}. One client unless it says otherwise; times are p50 / p99.\n\n\
         | what | measured | wanted |\n|---|---|---|\n{rows}\n{END}",
        machine()
    );
    std::fs::write(&file, format!("{before}{table}{after}")).expect("docs/performance.md is written");
    println!("written into docs/performance.md");
}

/// What it was measured on.
fn machine() -> String {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let after_colon = |text: &str, name: &str| {
        let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_default().to_owned();
        line.split_once(':').map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
    };
    let processor = after_colon(&read("/proc/cpuinfo"), "model name");
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let kib: u64 =
        after_colon(&read("/proc/meminfo"), "MemTotal").split(' ').next().unwrap_or("").parse().unwrap_or(0);
    let day = Command::new("date").arg("+%F").output().map(|out| out.stdout).unwrap_or_default();
    format!(
        "{} cores of {processor}, {} GiB, SQLite, client and server on the same machine, {}",
        cores,
        kib / 1024 / 1024,
        String::from_utf8_lossy(&day).trim()
    )
}
