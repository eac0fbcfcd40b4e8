//! The engine on made-up leads: the suite, and what only an index on disk can lose.

mod durability;

use std::path::Path;
use std::sync::Arc;

use super::open_embedded;
use crate::search::suite::{Index, SETTINGS, by_text, run_suite, titled};
use crate::search::{LeadDocument, SearchEngine, SearchQuery};

fn index(leads: &[LeadDocument]) -> Index {
    let dir = tempfile::tempdir().unwrap();
    let engine = open_embedded(dir.path(), SETTINGS.clone()).unwrap();
    engine.upsert(leads).unwrap();
    engine.commit().unwrap();
    Index { engine, _place: Box::new(dir) }
}

run_suite!(index, |_| true);
