//! Pages of ledger imports: bring a file, look at what it would give, confirm.

use chrono::NaiveDateTime;
use serde::Serialize;

use crate::imports::model::Change;
use crate::leads::pages::Link;
use crate::web::filled::Filled;
use crate::web::i18n::Message;
use crate::web::templates::Page;

/// `GET /imports`; the form posts `file` (multipart) and `kind` (empty: the headers tell) to `/imports`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct List {
    /// A fault of the file stands under `file`.
    pub form: Filled,
    /// The largest file, in megabytes.
    pub max_mb: i64,
    /// The reader's own, the latest first.
    pub imports: Vec<Head>,
    pub next: String,
}

impl Page for List {
    const TEMPLATE: &'static str = "imports/list.html";
}

/// An import in a few words.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Head {
    pub id: String,
    /// Code of the kind.
    pub kind: String,
    /// Whether its rows may change records that are there.
    pub changes: bool,
    pub file_name: String,
    /// `reading`, `previewed`, `applying`, `applied` or `failed`.
    pub status: String,
    pub rows: i64,
    pub new: i64,
    pub changed: i64,
    pub duplicate: i64,
    pub rejected: i64,
    pub imported: i64,
    pub updated: i64,
    /// Code of what is wrong with the file: `import-error-<code>`.
    pub failure: Option<String>,
    /// UTC
    pub created_at: NaiveDateTime,
    pub applied_at: Option<NaiveDateTime>,
}

/// `GET /imports/{id}?outcome=&after=`: working, preview, result or failure, by the import's status.
///
/// Posts: `/imports/{id}/application` with `duplicates` (`none`, `ticked` or `all`), `positions` (each ticked
/// row) and `accept_duplicates` (the reason); `/imports/{id}/kind` with `kind`; `/imports/{id}/discarding`. While it works, a browser without
/// scripts is sent back by the header `Refresh`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Show {
    pub import: Head,
    /// The confirmation, with what was wrong with it.
    pub form: Filled,
    /// The other ledgers, which a preview may be read as.
    pub others: Vec<String>,
    /// A code of `RowOutcome`, or empty for all.
    pub outcome: String,
    /// The outcomes that rows of it have now.
    pub tabs: Vec<String>,
    pub rows: Vec<Row>,
    /// Hrefs of the neighbouring pages, empty when there are none.
    pub prev: String,
    pub next: String,
    /// Sheets that were not read, as (name, code of the reason).
    pub skipped: Vec<(String, String)>,
    /// The list of the records that came of it.
    pub records: String,
}

impl Page for Show {
    const TEMPLATE: &'static str = "imports/show.html";
}

/// A row of the file and what becomes of it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Row {
    pub position: i64,
    /// When several sheets have rows.
    pub sheet: Option<String>,
    /// As the spreadsheet numbers it.
    pub row: i64,
    pub outcome: String,
    /// As read; of a rejected row what could be read.
    pub title: Option<String>,
    pub investor: Option<String>,
    /// By name; of a chamber where it is.
    pub county: Option<String>,
    pub total_investment_fen: Option<i64>,
    pub stage: Option<String>,
    /// Why it is rejected.
    pub reason: Option<Message>,
    /// The faulty field of a rejected row, and the column's header where the ledger's form says it.
    pub field: Option<String>,
    pub column: Option<String>,
    /// What it changes of a record.
    pub changes: Vec<Change>,
    /// What it is a duplicate or a change of: a row of this file, or a record when the reader sees it.
    pub of_row: Option<i64>,
    pub of_record: Option<Link>,
    /// Code of the duplicate reason.
    pub duplicate_reason: Option<String>,
    pub accepted: bool,
    pub warnings: Vec<Warning>,
    /// (header, text) as in the file.
    pub cells: Vec<(String, String)>,
    /// The record that it became.
    pub record: Option<Link>,
}

/// What somebody should look at: `import-warning-<code>`, with `-` for `_`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Warning {
    pub code: String,
    /// A field of leads, or the header of a column.
    pub field: String,
    pub column: String,
    pub word: String,
}
