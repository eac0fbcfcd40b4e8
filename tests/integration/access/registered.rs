//! The table names exactly the routes that are registered.

use super::rows::{files, read};
use std::collections::BTreeSet;
use std::path::Path;
use yinfeng::routes::ROUTES;

#[test]
fn every_registered_route_stands_in_the_table_and_no_other() {
    let registered: BTreeSet<(String, String)> =
        ROUTES.iter().map(|(method, route)| (method.to_string(), route.to_string())).collect();
    assert_eq!(registered.len(), ROUTES.len(), "a route is registered twice");
    let written: BTreeSet<(String, String)> =
        files().iter().flat_map(|file| read(file)).map(|row| (row.method, row.route)).collect();
    let missing: Vec<_> = registered.difference(&written).collect();
    assert!(missing.is_empty(), "registered, but nobody wrote down who may: {missing:#?}");
    let gone: Vec<_> = written.difference(&registered).collect();
    assert!(gone.is_empty(), "in the table, but not registered: {gone:#?}");
}

#[test]
fn a_route_with_a_record_is_tried_within_and_outside_the_scope() {
    let rows: Vec<_> = files().iter().flat_map(|file| read(file)).collect();
    for (method, route) in ROUTES.iter().filter(|(_, route)| route.contains("{id}")) {
        let of_route = rows.iter().filter(|row| row.method == *method && row.route == *route);
        let records: BTreeSet<&str> = of_route.map(|row| row.record.as_str()).collect();
        assert_eq!(records, BTreeSet::from(["other", "own"]), "{method} {route}");
    }
}

/// `ROUTES` holds what src/routes.rs registers. This sees to it that nothing is registered elsewhere.
#[test]
fn routes_are_registered_in_one_place() {
    let mut elsewhere = Vec::new();
    search(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut elsewhere);
    assert!(elsewhere.is_empty(), "{elsewhere:#?}");
}

fn search(folder: &Path, found: &mut Vec<String>) {
    const WORDS: &[&str] = &[
        "ServiceConfig",
        "web::resource",
        "web::scope",
        "web::route",
        "actix_files",
        ".service(",
        ".route(",
        "#[get(",
        "#[post(",
        "#[put(",
        "#[patch(",
        "#[delete(",
        "#[route(",
        "#[routes]",
    ];
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            search(&path, found);
        } else if !path.ends_with("src/routes.rs") && path.extension().is_some_and(|kind| kind == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            // A unit test may serve a handler of its own.
            let program = text.split("#[cfg(test)]").next().unwrap();
            let lines =
                program.lines().enumerate().filter(|(_, line)| WORDS.iter().any(|word| line.contains(word)));
            found.extend(lines.map(|(number, line)| format!("{}:{}: {line}", path.display(), number + 1)));
        }
    }
}
