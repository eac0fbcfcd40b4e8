//! Reading the table of access (`table/*.csv`): one line for each route and kind of record.
//!
//! `record` says which record the path names: `own` is in the actor's scope wherever his role has one, `other`
//! is outside of every scope that is narrower than the city's, `-` is none. The other columns are statuses.

use std::path::Path;
use yinfeng::accounts::Role;

/// One line of the table.
#[derive(Debug, Clone)]
pub struct Row {
    pub method: String,
    pub route: String,
    pub record: String,
    /// Who, none being nobody signed in, and the status he gets.
    pub expected: Vec<(Option<Role>, u16)>,
}

/// The lines of one file of the table.
pub fn read(file: &str) -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/integration/access/table").join(file);
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_path(path).unwrap();
    let header = reader.headers().unwrap().clone();
    let who: Vec<Option<Role>> = header.iter().skip(3).map(role).collect();
    assert_eq!(header.iter().take(3).collect::<Vec<_>>(), ["method", "route", "record"], "{file}");
    assert_eq!(who.len(), Role::ALL.len() + 1, "{file}: a column for each role, and one for nobody");
    reader
        .records()
        .map(|line| {
            let line = line.unwrap();
            let statuses =
                line.iter().skip(3).map(|cell| cell.parse().unwrap_or_else(|_| panic!("{file}: {line:?}")));
            Row {
                method: line[0].to_owned(),
                route: line[1].to_owned(),
                record: line[2].to_owned(),
                expected: who.iter().copied().zip(statuses).collect(),
            }
        })
        .collect()
}

/// The files of the table.
pub fn files() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/integration/access/table");
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

fn role(name: &str) -> Option<Role> {
    (name != "anonymous").then(|| name.parse().unwrap_or_else(|_| panic!("{name} is no role")))
}
