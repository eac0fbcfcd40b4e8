//! Every page, with sample data, in both languages; and every sentence they say.

mod accounts;
mod api;
mod attachments;
mod audit;
mod award_applications;
mod claims;
mod errors;
mod events;
mod filings;
mod home;
mod imports;
mod leads;
mod messages;
mod moves;
mod notices;
mod project_moves;
mod projects;
mod questions;
mod quota;
mod registers;
pub mod render;
mod saved_searches;
mod search;
mod sentences;
mod teams;

use std::path::{Path, PathBuf};

/// Every file under a folder of the project, with its text, whose name ends so.
fn sources(folder: &str, ending: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), ending, &mut found);
    assert!(!found.is_empty(), "{folder}: no *{ending}");
    found
}

fn collect(folder: &Path, ending: &str, found: &mut Vec<(PathBuf, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, ending, found);
        } else if path.to_string_lossy().ends_with(ending) {
            let text = std::fs::read_to_string(&path).unwrap();
            found.push((path, text));
        }
    }
}
