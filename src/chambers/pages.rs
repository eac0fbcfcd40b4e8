//! Pages of the register of chambers.

use chrono::NaiveDate;
use serde::Serialize;

use crate::attachments::pages::Attachments;
use crate::web::filled::{Choice, Filled};
use crate::web::templates::Page;

/// `GET /chambers?q=&status=&kind=&expiring=&cursor=`
#[derive(Clone, Debug, Default, Serialize)]
pub struct List {
    /// What was asked: `q`, `status`, `kind`, `expiring`.
    pub filter: Filled,
    pub kinds: Vec<Choice>,
    pub statuses: Vec<Choice>,
    pub rows: Vec<Row>,
    pub total: Option<i64>,
    /// How many wait for review, for the tab.
    pub review: i64,
    /// How many have something that ends soon, for the tab.
    pub expiring: i64,
    /// Where these are exported, for who may.
    pub export: Option<String>,
    pub prev: String,
    pub next: String,
    pub may_create: bool,
    /// Sees chambers side by side.
    pub may_compare: bool,
}

impl Page for List {
    const TEMPLATE: &'static str = "chambers/list.html";
}

/// `GET|POST /chambers/export?…` with the list's filters. Fields: `format`, `reason`; answers with the file.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Export {
    pub form: Filled,
    /// Where the form goes, and where the list is.
    pub action: String,
    pub back: String,
    pub count: i64,
    pub formats: Vec<Choice>,
}

impl Page for Export {
    const TEMPLATE: &'static str = "chambers/export.html";
}

/// A chamber in the register.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Row {
    pub id: String,
    pub code: String,
    pub name: String,
    pub kind: String,
    /// By name.
    pub region: Option<String>,
    pub contact_person: Option<String>,
    pub status: String,
    /// Leads from it that the reader sees.
    pub leads: i64,
    /// Entries of it that end soon.
    pub expiring: i64,
}

/// `GET /chambers/{id}`
#[derive(Clone, Debug, Default, Serialize)]
pub struct Show {
    pub chamber: Row,
    /// Masked.
    pub phone: Option<String>,
    pub note: Option<String>,
    /// Display names of the users who report for it.
    pub liaisons: Vec<String>,
    /// What is entered of it, a part a kind.
    pub parts: Vec<EntryPart>,
    /// The list of its leads.
    pub leads_href: String,
    pub may_edit: bool,
}

impl Page for Show {
    const TEMPLATE: &'static str = "chambers/show.html";
}

/// `GET /chambers/new` (posts to `/chambers`), `GET /chambers/{id}/edit` (posts to `/chambers/{id}`).
///
/// Fields: `name` `kind` `region` `contact_person` `phone` `status` (edit only) `note` `version`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Form {
    /// `None` for a new one.
    pub chamber: Option<Row>,
    pub version: i64,
    pub form: Filled,
    pub kinds: Vec<Choice>,
    pub statuses: Vec<Choice>,
    /// Places for typing ahead.
    pub regions: Vec<String>,
    /// The phone that is kept when the field stays empty, masked.
    pub phone_kept: Option<String>,
}

impl Page for Form {
    const TEMPLATE: &'static str = "chambers/form.html";
}

/// `GET /chambers/{id}/merger` (posts there). Fields: `into`, the code of the one that stays, and `version`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct MergerPage {
    pub chamber: Row,
    pub version: i64,
    pub form: Filled,
    /// Codes and names of the others, for typing ahead.
    pub others: Vec<String>,
}

impl Page for MergerPage {
    const TEMPLATE: &'static str = "chambers/merger.html";
}

/// `GET /chambers/{id}/deletion` (posts there). Field: `version`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct DeletionPage {
    pub chamber: Row,
    pub version: i64,
    pub form: Filled,
    /// Something names it: it stays, and can be merged.
    pub is_named: bool,
}

impl Page for DeletionPage {
    const TEMPLATE: &'static str = "chambers/deletion.html";
}

/// `GET /chambers/{id}/disclosures` (posts there): asks for a `reason`, then shows the phone;
/// `GET /chambers/{id}/entries/{entry}/disclosures` likewise.
#[derive(Clone, Debug, Default, Serialize)]
pub struct DisclosurePage {
    pub chamber: Row,
    /// Where it is an entry's phone.
    pub entry: Option<EntryRow>,
    pub form: Filled,
    /// The reason is given and logged.
    pub is_shown: bool,
    /// In full, if there is one.
    pub phone: Option<String>,
}

impl Page for DisclosurePage {
    const TEMPLATE: &'static str = "chambers/disclosure.html";
}

/// The entries of one kind, on the chamber's page.
#[derive(Clone, Debug, Default, Serialize)]
pub struct EntryPart {
    /// Code of the kind.
    pub kind: String,
    /// What ended last.
    pub rows: Vec<EntryRow>,
    pub may_add: bool,
}

/// What holds of a chamber for a time.
#[derive(Clone, Debug, Default, Serialize)]
pub struct EntryRow {
    pub id: String,
    /// Code of the kind.
    pub kind: String,
    /// By name: post, kind of member or agreement, label.
    pub word: Option<String>,
    pub name: String,
    pub uscc: Option<String>,
    /// By name.
    pub region: Option<String>,
    pub address: Option<String>,
    pub party: Option<String>,
    pub contact_person: Option<String>,
    /// Masked.
    pub phone: Option<String>,
    pub from_on: Option<NaiveDate>,
    pub to_on: Option<NaiveDate>,
    /// Code of `EntryStanding`.
    pub standing: String,
    pub note: Option<String>,
}

/// `GET /chambers/{id}/entries/{entry}`
#[derive(Clone, Debug, Default, Serialize)]
pub struct EntryPage {
    pub chamber: Row,
    pub entry: EntryRow,
    /// `None` for whom its papers are not shown.
    pub attachments: Option<Attachments>,
    pub may_edit: bool,
    pub may_reveal: bool,
}

impl Page for EntryPage {
    const TEMPLATE: &'static str = "chambers/entries/show.html";
}

/// `GET /chambers/{id}/entries/new?kind=` (posts to `…/entries`), `GET …/{entry}/edit` (posts to `…/{entry}`).
///
/// Fields: `kind` and `version` (hidden), and those of `fields`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct EntryForm {
    pub chamber: Row,
    /// The chamber's.
    pub version: i64,
    /// Code of the kind.
    pub kind: String,
    /// `None` for a new one.
    pub entry: Option<String>,
    /// What is asked, and whether it must be filled.
    pub fields: Vec<(&'static str, bool)>,
    pub form: Filled,
    pub words: Vec<Choice>,
    /// Places for typing ahead.
    pub regions: Vec<String>,
    /// The phone that is kept when the field stays empty, masked.
    pub phone_kept: Option<String>,
}

impl Page for EntryForm {
    const TEMPLATE: &'static str = "chambers/entries/form.html";
}

/// `GET /chambers/{id}/entries/{entry}/removal` (posts there). Field: `version`, the chamber's.
#[derive(Clone, Debug, Default, Serialize)]
pub struct RemovalPage {
    pub chamber: Row,
    pub entry: EntryRow,
    pub version: i64,
    pub form: Filled,
}

impl Page for RemovalPage {
    const TEMPLATE: &'static str = "chambers/entries/removal.html";
}
