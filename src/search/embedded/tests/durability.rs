use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};

use super::*;
use crate::search::SearchError;

fn open(dir: &Path) -> Arc<dyn SearchEngine> {
    open_embedded(dir, SETTINGS.clone()).unwrap()
}

/// The same, whole from its beginning.
fn whole(dir: &Path) -> Arc<dyn SearchEngine> {
    let engine = open(dir);
    engine.begin_rebuild(None).unwrap().finish().unwrap();
    engine
}

fn total(engine: &dyn SearchEngine, text: &str) -> u64 {
    engine.search(&by_text(text)).unwrap().total
}

fn current(dir: &Path) -> String {
    fs::read_to_string(dir.join("CURRENT")).unwrap()
}

#[test]
fn what_was_committed_is_there_after_a_crash_and_the_rest_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("index");
    let engine = whole(&dir);
    engine.upsert(&[titled("a", "第一个")]).unwrap();
    engine.commit().unwrap();
    engine.upsert(&[titled("b", "第二个")]).unwrap();
    assert_eq!(total(&*engine, "第二个"), 0, "not before the commit");
    assert_eq!(engine.status().unwrap().pending, 1);
    drop(engine);
    let engine = open(&dir);
    assert_eq!((total(&*engine, "第一个"), total(&*engine, "第二个")), (1, 0));
    engine.upsert(&[titled("b", "第二个"), titled("a", "改过的")]).unwrap();
    engine.delete(&["unknown".to_owned()]).unwrap();
    engine.commit().unwrap();
    assert_eq!((total(&*engine, "第一个"), total(&*engine, "第二个"), total(&*engine, "改过的")), (0, 1, 1));
    engine.delete(&["b".to_owned()]).unwrap();
    engine.commit().unwrap();
    assert_eq!(total(&*engine, "第二个"), 0);
    assert_eq!(engine.versions().unwrap(), [("a".to_owned(), 0)]);
}

#[test]
fn a_second_opening_is_refused_and_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("index");
    let engine = open(&dir);
    let Err(refused) = open_embedded(&dir, SETTINGS.clone()) else { panic!("opened twice") };
    assert!(matches!(refused, SearchError::Locked(_)) && refused.to_string().contains("another process"));
    drop(engine);
    open(&dir);
}

#[test]
fn a_folder_that_somebody_removed_is_still_this_process_s() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("index");
    let engine = open(&dir);
    fs::remove_dir_all(&dir).unwrap();
    assert!(matches!(open_embedded(&dir, SETTINGS.clone()), Err(SearchError::Locked(_))));
    drop(engine);
    open(&dir);
}

#[test]
fn a_lost_or_damaged_index_begins_empty_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("index");
    let engine = open(&dir);
    assert!(engine.status().unwrap().needs_rebuild, "a new one lacks what the database has");
    engine.begin_rebuild(None).unwrap().finish().unwrap();
    assert!(!engine.status().unwrap().needs_rebuild);
    engine.upsert(&[titled("a", "甲项目")]).unwrap();
    engine.commit().unwrap();
    drop(engine);
    assert!(!open(&dir).status().unwrap().needs_rebuild);

    let damage: [fn(&Path); 4] = [
        |dir| fs::remove_dir_all(dir).unwrap(),
        |dir| fs::write(dir.join("CURRENT"), "{").unwrap(),
        |dir| fs::write(dir.join("CURRENT"), r#"{"index": "../elsewhere", "complete": true}"#).unwrap(),
        |dir| {
            let name: serde_json::Value = serde_json::from_str(&current(dir)).unwrap();
            fs::write(dir.join(name["index"].as_str().unwrap()).join("meta.json"), "junk").unwrap();
        },
    ];
    for damage in damage {
        damage(&dir);
        let engine = open(&dir);
        let status = engine.status().unwrap();
        assert_eq!((status.needs_rebuild, status.documents), (true, 0));
        assert!(
            matches!(engine.search(&by_text("甲")), Err(SearchError::NoIndex)),
            "not that there are none"
        );
        let mut rebuild = engine.begin_rebuild(None).unwrap();
        rebuild.add(&[titled("a", "甲项目")]).unwrap();
        rebuild.finish().unwrap();
        assert_eq!((engine.status().unwrap().needs_rebuild, total(&*engine, "甲项目")), (false, 1));
    }
}

#[test]
fn a_directory_removed_while_serving_is_noticed_at_the_next_write() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("index");
    let engine = open(&dir);
    engine.begin_rebuild(None).unwrap().finish().unwrap();
    for entry in fs::read_dir(&dir).unwrap().flatten().filter(|e| e.path().is_dir()) {
        fs::remove_dir_all(entry.path()).unwrap();
    }
    assert!(engine.status().unwrap().needs_rebuild);
    assert!(engine.upsert(&[titled("a", "甲项目")]).is_err());
    engine.upsert(&[titled("a", "甲项目")]).unwrap();
    engine.commit().unwrap();
    assert!(engine.status().unwrap().needs_rebuild);
    assert!(matches!(engine.search(&by_text("甲")), Err(SearchError::NoIndex)), "it lacks what was there");
}

#[test]
fn a_rebuild_swaps_at_once_and_newer_writes_win() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("index");
    let engine = whole(&dir);
    engine.upsert(&[titled("old", "旧项目"), titled("gone", "删项目")]).unwrap();
    engine.commit().unwrap();
    let before = current(&dir);

    let mut rebuild = engine.begin_rebuild(None).unwrap();
    assert!(matches!(engine.begin_rebuild(None), Err(SearchError::RebuildRunning)));
    assert!(engine.status().unwrap().rebuilding);
    engine.upsert(&[titled("a", "新写的项目")]).unwrap();
    engine.delete(&["gone".to_owned()]).unwrap();
    rebuild.add(&[titled("a", "早读的项目"), titled("gone", "删项目"), titled("b", "重建的项目")]).unwrap();
    assert_eq!((total(&*engine, "旧项目"), total(&*engine, "重建")), (1, 0), "the old one still answers");
    rebuild.finish().unwrap();

    let found = ["旧项目", "删项目", "新写", "早读", "重建"].map(|text| total(&*engine, text));
    assert_eq!(found, [0, 0, 1, 0, 1]);
    assert_ne!(current(&dir), before);
    assert!(!engine.status().unwrap().rebuilding);
    drop(engine);
    assert_eq!(total(&*open(&dir), "项目"), 2);
}

#[test]
fn a_rebuild_given_up_or_killed_leaves_the_old_index() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("index");
    let engine = whole(&dir);
    engine.upsert(&[titled("a", "甲项目")]).unwrap();
    engine.commit().unwrap();
    let mut rebuild = engine.begin_rebuild(None).unwrap();
    rebuild.add(&[titled("b", "乙项目")]).unwrap();
    drop(rebuild);
    assert_eq!((total(&*engine, "甲"), total(&*engine, "乙")), (1, 0));
    engine.begin_rebuild(None).unwrap();
    drop(engine);
    // A kill leaves files behind: an index that CURRENT does not name, a half-written pointer.
    fs::create_dir(dir.join("leads-1-000099")).unwrap();
    fs::write(dir.join("CURRENT.next"), "{").unwrap();
    let engine = open(&dir);
    assert_eq!(total(&*engine, "甲"), 1);
    assert!(!dir.join("leads-1-000099").exists());
}

#[test]
fn a_rebuild_that_was_stopped_is_gone_on_with() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("index");
    let engine = whole(&dir);
    engine.upsert(&[titled("old", "旧项目")]).unwrap();
    engine.commit().unwrap();
    let mut rebuild = engine.begin_rebuild(None).unwrap();
    rebuild.add(&[titled("a", "甲项目"), titled("b", "乙项目")]).unwrap();
    rebuild.keep().unwrap();
    rebuild.add(&[titled("c", "丙项目")]).unwrap();
    // Told to both, and lasting in both once it is committed: nobody will send it again.
    engine.upsert(&[titled("b", "改过的项目")]).unwrap();
    engine.commit().unwrap();
    let left = rebuild.index().to_owned();
    drop((rebuild, engine));
    let engine = open(&dir);
    assert_eq!(
        (total(&*engine, "旧项目"), total(&*engine, "甲项目")),
        (1, 0),
        "the old one answers meanwhile"
    );
    let mut rebuild = engine.begin_rebuild(Some(&left)).unwrap();
    assert!(rebuild.goes_on());
    rebuild.add(&[titled("d", "丁项目")]).unwrap();
    rebuild.finish().unwrap();
    let found = ["旧项目", "甲项目", "乙项目", "改过的", "丁项目"].map(|text| total(&*engine, text));
    assert_eq!(found, [0, 1, 0, 1, 1]);

    for unknown in [Some(left.as_str()), Some("leads-1-000001"), Some("../leads"), None] {
        let rebuild = engine.begin_rebuild(unknown).unwrap();
        assert!(!rebuild.goes_on(), "{unknown:?}");
        assert_eq!(total(&*engine, "甲项目"), 1);
    }
}

#[test]
fn searches_go_on_while_the_index_is_swapped() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("index");
    let engine = whole(&dir);
    let leads: Vec<LeadDocument> = (0..200).map(|i| titled(&format!("id-{i}"), "新能源项目")).collect();
    engine.upsert(&leads).unwrap();
    engine.commit().unwrap();
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let searching = scope.spawn(|| {
            let mut searches = 0;
            while !done.load(Ordering::Relaxed) || searches == 0 {
                let answer = engine
                    .search(&SearchQuery { limit: 20, highlight: true, ..by_text("xinnengyuan") })
                    .unwrap();
                assert_eq!((answer.total, answer.hits.len()), (200, 20));
                searches += 1;
            }
        });
        for _ in 0..3 {
            let mut rebuild = engine.begin_rebuild(None).unwrap();
            rebuild.add(&leads).unwrap();
            rebuild.finish().unwrap();
        }
        done.store(true, Ordering::Relaxed);
        searching.join().unwrap();
    });
}
