//! The list of leads.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;
use tera::TeraResult;

use crate::projects::reached::Reached;
use crate::search::pages::Refused;
use crate::web::address;
use crate::web::filled::{Choice, Filled};
use crate::web::parts::{Part, Rows};
use crate::web::templates::Page;

/// What the list is filtered by: names of the query's parameters.
const FILTERS: [&str; 18] = [
    "q", "stage", "status", "county", "industry", "source", "officer", "leader", "overdue", "mine",
    "chamber", "referrer", "event", "import", "due", "updated", "feedback", "question",
];

/// `GET /leads?stage=&status=&county=&industry=&source=&officer=&leader=&overdue=&mine=&q=&sort=&cursor=`
///
/// htmx asks the same address and takes `#leads-found` out of the answer: the block `found`, or the page.
#[derive(Clone, Debug, Default, Serialize)]
pub struct List {
    /// What was asked, by parameter; a value that was refused stands in `errors`.
    pub filter: Filled,
    #[serde(skip)]
    pub choices: ListChoices,
    #[serde(skip)]
    pub rows: Vec<Row>,
    /// Leads that match, when they were counted.
    pub total: Option<i64>,
    /// Leads in scope that are overdue, for the tab; `None` shows no count.
    pub overdue: Option<i64>,
    /// Hrefs of the neighbouring pages, empty when there are none.
    pub prev: String,
    pub next: String,
    pub may: ListMay,
    /// A liaison's list: only the fields that are his.
    pub own: bool,
    /// The list could not be read.
    pub fault: bool,
    /// Filters among the words that cannot be. Then the list is empty.
    pub refused: Vec<Refused>,
    /// The database found the words, in place of the search engine.
    pub from_database: bool,
    /// Some changes of the last moments are not found by words yet.
    pub stale: bool,
    /// More leads have the words than so many, which is all that the list is made of.
    pub cut: Option<i64>,
    /// Hrefs by name, made by [`List::prepared`]: `all` `mine` `overdue` `export`, and `sort-<field>`.
    pub hrefs: BTreeMap<String, String>,
    /// How many filters are set, made by [`List::prepared`].
    pub filters_set: usize,
}

impl Page for List {
    const TEMPLATE: &'static str = "leads/list.html";

    fn put_rows(&self, page: &mut Rows) -> TeraResult<()> {
        page.put_one("filters", &Filters { filter: &self.filter, choices: &self.choices })?;
        page.put("rows", &self.rows)
    }
}

/// The form that narrows the list: the same for whoever narrows it the same way.
#[derive(Hash, Serialize)]
struct Filters<'a> {
    filter: &'a Filled,
    choices: &'a ListChoices,
}

impl Part for Filters<'_> {
    const TEMPLATE: &'static str = "leads/filters.html";
}

/// What the filters offer, in scope and by name; codes say themselves. An empty list hides its filter.
#[derive(Clone, Debug, Default, Hash, Serialize)]
pub struct ListChoices {
    pub stages: Vec<Choice>,
    pub statuses: Vec<Choice>,
    pub sources: Vec<Choice>,
    pub counties: Vec<Choice>,
    pub industries: Vec<Choice>,
    pub officers: Vec<Choice>,
    pub leaders: Vec<Choice>,
    pub sorts: Vec<Choice>,
}

/// What the reader may do from the list.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct ListMay {
    pub create: bool,
    pub import: bool,
    pub export: bool,
    /// Whether leads can be his own: shows the tab.
    pub mine: bool,
}

/// A lead in the list. What the reader's pages do not show is `None`.
#[derive(Clone, Debug, Default, Hash, Serialize)]
pub struct Row {
    /// A row of a liaison's list.
    pub own: bool,
    pub id: String,
    pub code: String,
    pub title: String,
    pub investor_name: String,
    pub county: Option<String>,
    pub industry: Option<String>,
    /// Codes.
    pub stage: &'static str,
    pub status: &'static str,
    pub is_key: bool,
    pub total_investment_fen: Option<i64>,
    /// Display names, or names from a ledger that are no user's.
    pub officer: Option<String>,
    pub leader: Option<String>,
    pub registered_on: NaiveDate,
    pub next_follow_up_on: Option<NaiveDate>,
    /// Days past that date, negative when it is ahead; `None` when the lead is not active.
    pub due_days: Option<i64>,
    /// For a liaison: the day the bureau answers by.
    pub promised_on: Option<NaiveDate>,
    /// For a liaison: how far the project has come that the lead became.
    pub project: Option<Reached>,
}

impl Part for Row {
    const TEMPLATE: &'static str = "leads/row.html";
}

impl List {
    /// Makes what follows from the filters: hrefs and how many are set.
    pub fn prepared(mut self) -> List {
        let values = &self.filter.values;
        self.filters_set =
            FILTERS.iter().filter(|name| values.get(**name).is_some_and(|set| !set.is_empty())).count();
        let at = |changes: &[(&str, &str)]| {
            address::with("/leads", values, &[changes, &[("cursor", "")]].concat())
        };
        let mut hrefs = BTreeMap::from([
            ("all".to_owned(), at(&[("mine", ""), ("overdue", "")])),
            ("mine".to_owned(), at(&[("mine", "true"), ("overdue", "")])),
            ("overdue".to_owned(), at(&[("mine", ""), ("overdue", "true")])),
            ("export".to_owned(), address::with("/leads/export", values, &[("cursor", "")])),
        ]);
        let sort = values.get("sort").map_or("", String::as_str);
        for field in ["code", "registered_on", "next_follow_up_on", "total_investment_fen", "updated_at"] {
            // The first tap gives what people look for: the earliest due date, else the newest and the largest.
            let (first, second) = match field {
                "next_follow_up_on" => (field.to_owned(), format!("-{field}")),
                _ => (format!("-{field}"), field.to_owned()),
            };
            let wanted = if sort == first { second } else { first };
            hrefs.insert(format!("sort-{field}"), at(&[("sort", &wanted)]));
        }
        self.hrefs = hrefs;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorting_turns_and_keeps_the_filters() {
        let filter = Filled::new().value("county", "450721").value("sort", "-code").value("cursor", "x");
        let list = List { filter, ..List::default() }.prepared();
        assert_eq!(list.hrefs["sort-code"], "/leads?county=450721&sort=code");
        assert_eq!(list.hrefs["sort-next_follow_up_on"], "/leads?county=450721&sort=next_follow_up_on");
        assert_eq!(list.hrefs["export"], "/leads/export?county=450721&sort=-code");
        assert_eq!(list.filters_set, 1);
    }
}
