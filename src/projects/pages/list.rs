//! The pool as a table and as a board.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::Way;
use crate::web::address;
use crate::web::filled::{Choice, Filled};
use crate::web::templates::Page;

/// What both are filtered by: names of the query's parameters.
const FILTERS: [&str; 20] = [
    "q",
    "stage",
    "county",
    "industry",
    "leader",
    "key",
    "start_year",
    "pool_year",
    "entered_year",
    "started_year",
    "producing_year",
    "pool",
    "waiting",
    "enclave",
    "statistics_county",
    "supported_year",
    "chamber",
    "event",
    "import",
    "reached",
];

/// `GET /projects?county=&industry=&leader=&stage=&key=&start_year=&pool=&waiting=&q=&sort=&cursor=`
///
/// htmx asks the same address and takes `#projects-found` out of the answer: the block `found`, or the page.
#[derive(Clone, Debug, Default, Serialize)]
pub struct List {
    /// What was asked, by parameter.
    pub filter: Filled,
    pub choices: ListChoices,
    pub rows: Vec<Row>,
    /// Projects that match.
    pub total: Option<i64>,
    /// Of them those with a milestone that waits to be verified; `None` shows no count.
    pub waiting: Option<i64>,
    /// Hrefs of the neighbouring pages, empty when there are none.
    pub prev: String,
    pub next: String,
    /// Whether he may enter a project.
    pub creates: bool,
    pub exports: bool,
    /// Only name and stage are his.
    pub own: bool,
    pub ways: Vec<Way>,
    /// Hrefs by name, made by [`List::prepared`]: `all` `pool` `out` `waiting` `export`, and `sort-<field>`.
    pub hrefs: BTreeMap<String, String>,
    /// How many filters are set, made by [`List::prepared`].
    pub filters_set: usize,
}

impl Page for List {
    const TEMPLATE: &'static str = "projects/list.html";
}

/// `GET /projects/board`, with the filters of the table.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Board {
    pub filter: Filled,
    pub choices: ListChoices,
    pub columns: Vec<Column>,
    pub own: bool,
    pub ways: Vec<Way>,
    /// Made by [`Board::prepared`].
    pub filters_set: usize,
}

impl Page for Board {
    const TEMPLATE: &'static str = "projects/board.html";
}

/// A column of the board; its name is `phase-<code>`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Column {
    pub code: String,
    /// All of them, and the table that shows them.
    pub count: i64,
    pub href: String,
    pub cards: Vec<Row>,
}

/// What the filters offer; an empty list hides its filter.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ListChoices {
    pub counties: Vec<Choice>,
    pub industries: Vec<Choice>,
    pub leaders: Vec<Choice>,
    pub phases: Vec<Choice>,
    pub keys: Vec<Choice>,
    pub enclaves: Vec<Choice>,
    pub years: Vec<Choice>,
}

/// A project as a line or a card. What the reader's pages do not show is `None`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Row {
    pub id: String,
    pub code: String,
    pub title: String,
    pub investor_name: Option<String>,
    /// By name.
    pub county: Option<String>,
    pub industry: Option<String>,
    /// Code of the phase, and of the latest milestone in it.
    pub phase: String,
    pub stage: Option<String>,
    pub total_investment_fen: Option<i64>,
    pub leader: Option<String>,
    pub entered_on: Option<NaiveDate>,
    pub withdrawn: bool,
    pub key: bool,
    pub enclave: bool,
    /// The latest year in which it is supported first.
    pub supported_in: Option<i64>,
    /// A milestone waits to be verified.
    pub waiting: bool,
    pub next: Option<Next>,
}

/// What is planned next.
#[derive(Clone, Debug, Serialize)]
pub struct Next {
    /// Code of the milestone.
    pub kind: String,
    pub on: NaiveDate,
    /// Days past that day, negative when it is ahead.
    pub days: i64,
}

impl List {
    /// Makes what follows from the filters: hrefs and how many are set.
    pub fn prepared(mut self) -> List {
        let values = &self.filter.values;
        self.filters_set = filters_set(&self.filter);
        let at = |changes: &[(&str, &str)]| {
            address::with("/projects", values, &[changes, &[("cursor", "")]].concat())
        };
        let mut hrefs = BTreeMap::from([
            ("all".to_owned(), at(&[("pool", ""), ("waiting", "")])),
            ("pool".to_owned(), at(&[("pool", "true"), ("waiting", "")])),
            ("out".to_owned(), at(&[("pool", "false"), ("waiting", "")])),
            ("waiting".to_owned(), at(&[("pool", ""), ("waiting", "true")])),
            ("export".to_owned(), address::with("/projects/export", values, &[("cursor", ""), ("sort", "")])),
        ]);
        let sort = values.get("sort").map_or("", String::as_str);
        for field in ["code", "total_investment_fen", "entered_on", "updated_at"] {
            // The first tap gives what people look for: the newest and the largest.
            let first = format!("-{field}");
            let wanted = if sort == first { field } else { first.as_str() };
            hrefs.insert(format!("sort-{field}"), at(&[("sort", wanted)]));
        }
        self.hrefs = hrefs;
        self
    }
}

impl Board {
    /// Counts the filters that are set.
    pub fn prepared(mut self) -> Board {
        self.filters_set = filters_set(&self.filter);
        self
    }
}

fn filters_set(filter: &Filled) -> usize {
    FILTERS.iter().filter(|name| filter.values.get(**name).is_some_and(|set| !set.is_empty())).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_and_heads_keep_the_filters() {
        let filter = Filled::new().value("county", "450721").value("sort", "-code").value("pool", "true");
        let list = List { filter, ..List::default() }.prepared();
        assert_eq!(list.hrefs["sort-code"], "/projects?county=450721&pool=true&sort=code");
        assert_eq!(list.hrefs["waiting"], "/projects?county=450721&sort=-code&waiting=true");
        assert_eq!(list.filters_set, 2);
    }
}
