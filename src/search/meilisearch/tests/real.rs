//! The suite, and what only a server can do, on a real Meilisearch: `MEILISEARCH_URL`, `MEILISEARCH_KEY`.

use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use crate::config;
use crate::search::meilisearch::engine::Meilisearch;
use crate::search::suite::{Index, SETTINGS, by_text, run_suite, titled};
use crate::search::{LeadDocument, SearchEngine, SearchError, SearchQuery};

fn server() -> Option<config::Meilisearch> {
    let url = std::env::var("MEILISEARCH_URL").ok().filter(|url| !url.is_empty())?;
    let key = std::env::var("MEILISEARCH_KEY").ok().filter(|key| !key.is_empty());
    let index = format!("test-{}", uuid::Uuid::new_v4().simple());
    Some(config::Meilisearch { url, key, index })
}

/// Past what the test harness keeps to itself, so that nobody takes a test that did not run for one that passed.
fn is_there(test: &str) -> bool {
    let there = server().is_some();
    if !there {
        let told = writeln!(
            std::io::stderr(),
            "SKIPPED on a real Meilisearch: {test}. Set MEILISEARCH_URL (and MEILISEARCH_KEY) to run it."
        );
        told.unwrap();
    }
    there
}

/// Removes its indexes when it goes.
struct Place(config::Meilisearch);

impl Drop for Place {
    fn drop(&mut self) {
        let engine = Meilisearch::open(&self.0, SETTINGS.clone()).unwrap();
        for index in [engine.shared.index.clone(), engine.shared.next_index()] {
            let client = engine.shared.server.client();
            let removed = engine
                .shared
                .server
                .run(Duration::from_secs(10), async move { client.delete_index(index).await });
            removed.unwrap();
        }
    }
}

fn open(place: &config::Meilisearch) -> Arc<Meilisearch> {
    let mut engine = Meilisearch::open(place, SETTINGS.clone()).unwrap();
    // The suite asks for every hit there is, and the server may have been built without optimisation.
    Arc::get_mut(&mut engine.shared).unwrap().limit = Duration::from_secs(60);
    Arc::new(engine)
}

fn index(leads: &[LeadDocument]) -> Index {
    let place = Place(server().unwrap());
    let engine = open(&place.0);
    let mut rebuild = engine.begin_rebuild(None).unwrap();
    leads.chunks(1_000).for_each(|part| rebuild.add(part).unwrap());
    rebuild.finish().unwrap();
    Index { engine, _place: Box::new(place) }
}

run_suite!(index, is_there);

fn total(engine: &dyn SearchEngine, text: &str) -> u64 {
    engine.search(&by_text(text)).unwrap().total
}

#[test]
fn what_was_committed_is_found_and_what_was_deleted_is_not() {
    if !is_there("what_was_committed_is_found_and_what_was_deleted_is_not") {
        return;
    }
    let place = Place(server().unwrap());
    let engine = open(&place.0);
    assert!(engine.status().unwrap().needs_rebuild, "there is no index yet");
    assert!(matches!(engine.search(&by_text("甲")), Err(SearchError::NoIndex)));
    engine.begin_rebuild(None).unwrap().finish().unwrap();
    assert!(!engine.needs_rebuild());
    engine.upsert(&[titled("a", "第一个"), titled("b", "第二个")]).unwrap();
    engine.delete(&["unknown".to_owned()]).unwrap();
    engine.commit().unwrap();
    engine.upsert(&[titled("a", "改过的")]).unwrap();
    engine.delete(&["b".to_owned()]).unwrap();
    engine.commit().unwrap();
    let found = ["第一个", "第二个", "改过的"].map(|text| total(&*engine, text));
    assert_eq!(found, [0, 0, 1]);
    assert_eq!(engine.versions().unwrap(), [("a".to_owned(), 0)]);
    let status = open(&place.0).status().unwrap();
    assert_eq!((status.documents, status.needs_rebuild), (1, false), "another process knows it as complete");
}

#[test]
fn a_rebuild_swaps_at_once_and_newer_writes_win() {
    if !is_there("a_rebuild_swaps_at_once_and_newer_writes_win") {
        return;
    }
    let index = index(&[titled("old", "旧项目"), titled("gone", "删项目")]);
    let engine = &*index.engine;
    let given_up = engine.begin_rebuild(None).unwrap();
    drop(given_up);
    assert_eq!(total(engine, "旧项目"), 1, "one that was given up leaves the old index");
    let mut rebuild = engine.begin_rebuild(None).unwrap();
    assert!(matches!(engine.begin_rebuild(None), Err(SearchError::RebuildRunning)));
    engine.upsert(&[titled("a", "新写的项目")]).unwrap();
    engine.delete(&["gone".to_owned()]).unwrap();
    engine.commit().unwrap();
    rebuild.add(&[titled("a", "早读的项目"), titled("gone", "删项目"), titled("b", "重建的项目")]).unwrap();
    assert_eq!((total(engine, "旧项目"), total(engine, "重建")), (1, 0), "the old one still answers");
    rebuild.finish().unwrap();
    let found = ["旧项目", "删项目", "新写", "早读", "重建"].map(|text| total(engine, text));
    assert_eq!(found, [0, 0, 1, 0, 1]);
    assert!(!engine.status().unwrap().rebuilding);
    let page = SearchQuery { limit: 1, ..by_text("项目") };
    assert_eq!(engine.search(&page).unwrap().total, 2, "however few are shown");
}

#[test]
fn a_rebuild_that_was_stopped_is_gone_on_with() {
    if !is_there("a_rebuild_that_was_stopped_is_gone_on_with") {
        return;
    }
    let index = index(&[titled("old", "旧项目")]);
    let engine = &*index.engine;
    let mut rebuild = engine.begin_rebuild(None).unwrap();
    rebuild.add(&[titled("a", "甲项目")]).unwrap();
    rebuild.keep().unwrap();
    let left = rebuild.index().to_owned();
    drop(rebuild);
    let mut rebuild = engine.begin_rebuild(Some(&left)).unwrap();
    assert!(rebuild.goes_on());
    rebuild.add(&[titled("b", "乙项目")]).unwrap();
    rebuild.finish().unwrap();
    assert_eq!(["旧项目", "甲项目", "乙项目"].map(|text| total(engine, text)), [0, 1, 1]);
    assert!(!engine.begin_rebuild(Some(&left)).unwrap().goes_on(), "it is the one that answers");
}
