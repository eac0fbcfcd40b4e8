//! The engine on made-up leads: the suite, and what only an index on disk can lose.

mod durability;

use std::path::Path;
use std::sync::Arc;

use super::open_embedded;
use crate::search::suite::{Index, SETTINGS, by_text, run_suite, titled};
use crate::search::{LeadDocument, LeadField, SearchEngine, SearchQuery};

fn index(leads: &[LeadDocument]) -> Index {
    let dir = tempfile::tempdir().unwrap();
    let engine = open_embedded(&dir.path().join("index"), SETTINGS.clone()).unwrap();
    engine.begin_rebuild(None).unwrap().finish().unwrap();
    engine.upsert(leads).unwrap();
    engine.commit().unwrap();
    Index { engine, _place: Box::new(dir) }
}

run_suite!(index, |_| true);

/// What only this engine knows: where a word stands, and letters from what letters sound like.
#[test]
fn in_quotes_letters_are_no_pinyin_and_what_a_pause_parts_stays_side_by_side() {
    let index = index(&[
        titled("latin", "Smart Grid 项目"),
        titled("apart", "Smart 的 Grid 项目"),
        titled("one", "A 区 B 厂"),
        titled("han", "新能源项目"),
    ]);
    let found = |text: &str| {
        let mut ids: Vec<String> =
            index.engine.search(&by_text(text)).unwrap().hits.into_iter().map(|hit| hit.id).collect();
        ids.sort();
        ids
    };
    assert_eq!(found("smart grid"), ["apart", "latin"]);
    assert_eq!(found("\"smart grid\""), ["latin"]);
    assert_eq!(found("\"A 区\""), ["one"]);
    assert_eq!(found("xinnengyuan"), ["han"]);
    assert!(found("\"xinnengyuan\"").is_empty());
    let marked = index.engine.search(&SearchQuery { highlight: true, ..by_text("\"smart grid\"") }).unwrap();
    let title = marked.hits[0].highlights.get(&LeadField::Title).map(String::as_str);
    assert_eq!(title, Some("<em>Smart Grid</em> 项目"));
}
