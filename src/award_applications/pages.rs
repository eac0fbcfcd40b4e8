//! Pages of applications for awards: one struct per template, plain data only, filled by the handlers.

use super::card::RuleLine;
use super::checklist::Asked;
use super::policy;
use super::view::{ApplicationView, MissingView};
use super::warnings::view::WarningView;
use super::what_if;
use crate::accounts::Role;
use crate::attachments::pages::Attachments;
use crate::attributions::pages::Part;
use crate::awards;
use crate::leads::pages::Step;
use crate::projects::pages::{ProjectHead, Way as View};
use crate::web::filled::{Choice, Filled};
use crate::web::templates::Page;
use serde::Serialize;

/// The views of awards that a role has, each named `award-way-<key>`; none where there is only one.
pub fn ways(role: Role, current: &str) -> Vec<View> {
    let all = [
        ("applications", "/award-applications", policy::reads(role)),
        ("overview", "/award-applications/overview", policy::reads_amounts(role)),
        ("what-if", "/award-applications/what-if", policy::reads_amounts(role)),
        ("estimates", "/awards/estimates", awards::policy::computes(role)),
        ("notices", "/award-notices", true),
    ];
    let open = all.into_iter().filter(|(.., may)| *may);
    let view = |(key, href, _): (&'static str, &str, bool)| View {
        key,
        href: href.to_owned(),
        current: key == current,
    };
    let views: Vec<View> = open.map(view).collect();
    if views.len() > 1 { views } else { Vec::new() }
}

/// `GET /award-applications?status=&rule=&county=&year=&project=&cursor=`
#[derive(Clone, Debug, Default, Serialize)]
pub struct List {
    pub tabs: Vec<Tab>,
    pub rows: Vec<Row>,
    pub total: Option<i64>,
    pub next: String,
    pub filter: Filled,
    pub rules: Vec<Choice>,
    pub counties: Vec<Choice>,
    /// Whether the reader drafts applications.
    pub drafts: bool,
    /// Whom they pay how much is his to see.
    pub amounts: bool,
    /// And where, so that he filters by it.
    pub filters: bool,
    pub ways: Vec<View>,
}

impl Page for List {
    const TEMPLATE: &'static str = "award-applications/list.html";
}

/// A status and how many there are of it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Tab {
    /// Code, or `all`.
    pub key: String,
    pub href: String,
    pub count: i64,
    pub current: bool,
}

/// An application as a line.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Row {
    pub id: String,
    pub code: String,
    pub project: String,
    pub rule: String,
    pub status: String,
    /// By name; `None` for who reads a part only.
    pub county: Option<String>,
    pub amount_fen: Option<i64>,
    pub payees: Vec<String>,
}

/// `GET /award-applications/overview?year=`
#[derive(Clone, Debug, Default, Serialize)]
pub struct OverviewPage {
    pub year: Option<i32>,
    /// Rules that keep liability from being paid.
    pub stuck: Vec<Stuck>,
    /// By county, year, rule, treasury, state.
    pub groups: Vec<Group>,
    /// Of a group's cells; a treasury has no `not-payable`, a state only one.
    pub columns: Vec<String>,
    /// `web::chart::Chart` of the counties as JSON.
    pub chart: String,
    pub ways: Vec<View>,
}

impl Page for OverviewPage {
    const TEMPLATE: &'static str = "award-applications/overview.html";
}

/// One grouping of the overview.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Group {
    /// The message is `award-by-<key>`.
    pub key: String,
    pub lines: Vec<Line>,
}

/// A county, a year, a rule, a treasury, a state.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Line {
    pub name: String,
    pub cells: Vec<Cell>,
}

/// How many, what they come to in fen, and the list of them.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Cell {
    pub count: i64,
    pub amount_fen: i64,
    pub href: String,
}

/// A rule that keeps liability from being paid.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Stuck {
    /// Codes.
    pub rule: String,
    pub status: Option<String>,
    pub basis: Option<String>,
    pub cell: Cell,
}

/// `GET /award-applications/what-if?rule=&reading=&year=`
#[derive(Clone, Debug, Default, Serialize)]
pub struct WhatIfPage {
    pub form: Filled,
    pub rules: Vec<Choice>,
    pub readings: Vec<Choice>,
    /// Code of the other reading.
    pub reading: String,
    pub rows: Vec<WhatIfRow>,
    /// All there are were looked at.
    pub complete: bool,
    /// Sums in fen.
    pub amount_fen: i64,
    pub other_fen: i64,
    pub difference_fen: i64,
    pub ways: Vec<View>,
}

impl Page for WhatIfPage {
    const TEMPLATE: &'static str = "award-applications/what-if.html";
}

/// An application in both readings.
#[derive(Clone, Debug, Serialize)]
pub struct WhatIfRow {
    /// By name.
    pub county: String,
    pub row: what_if::Row,
}

/// `GET /award-applications/{id}`
#[derive(Clone, Debug, Serialize)]
pub struct Show {
    pub application: ApplicationView,
    /// Which chambers have the credit for the project; none for who reads a part only.
    pub attribution: Vec<Part>,
    /// By name; `None` for who reads a part only.
    pub county: Option<String>,
    /// Whether the project exists for the reader, too.
    pub sees_project: bool,
    /// The way from draft to archive.
    pub track: Vec<Step>,
    /// The reason of the last step, where it turned aside.
    pub turned: Option<String>,
    pub differences: Vec<Difference>,
    /// Code of the result, and whether it waits for a ruling.
    pub result: Option<String>,
    pub needs_ruling: bool,
    pub demonstration: bool,
    /// What the step ahead is refused for, and what whoever reviews should know.
    pub blocks: Vec<WarningView>,
    pub warnings: Vec<WarningView>,
    /// Codes of the steps that the reader can take, the way on first, and whether each is asked for on a page.
    pub ways: Vec<Way>,
    pub may: May,
    /// That the program writes; none for who sees no papers.
    pub papers: Vec<WrittenPaper>,
    /// What the rule asks for.
    pub checklist: Vec<Asked>,
    /// That were brought.
    pub attachments: Option<Attachments>,
    /// Whether the reader takes its archive now.
    pub archive: bool,
    /// Whether papers are shown at all.
    pub sees_papers: bool,
}

impl Page for Show {
    const TEMPLATE: &'static str = "award-applications/show.html";
}

/// A paper that the program writes.
#[derive(Clone, Debug, Default, Serialize)]
pub struct WrittenPaper {
    /// Code.
    pub kind: String,
    pub ready: bool,
    pub has_sheet: bool,
}

/// A step that the reader can take.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Way {
    pub to: String,
    /// It goes on, not aside.
    pub main: bool,
    /// A reason or voucher is asked for.
    pub asks: bool,
}

/// A fact then and now, as texts.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Difference {
    pub name: String,
    pub frozen: String,
    pub now: String,
}

/// What the reader may do beside steps.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct May {
    pub edit: bool,
    pub fund: bool,
    pub review: bool,
    pub rule_eligibility: bool,
    pub rule_overlap: bool,
}

/// `GET /award-applications/new?project=&rule=`, `GET /award-applications/{id}/edit` and their posts. Fields:
/// `referrer_1`, `organisation_1`, `share_1`, …; `fact_<name>`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Form {
    /// `None`: which project is not said yet.
    pub project: Option<ProjectHead>,
    /// Code; empty while it is to be chosen.
    pub rule: String,
    /// What each rule would give, while it is to be chosen.
    pub rules: Vec<RuleLine>,
    /// The application's id when one is edited.
    pub id: String,
    pub code: String,
    pub version: i64,
    pub form: Filled,
    /// Rows of payees, by number.
    pub rows: Vec<PayeeFields>,
    pub referrers: Vec<Choice>,
    /// The shares were agreed at the project, as (name, per cent): there is nothing to enter.
    pub agreed: Vec<(String, String)>,
    /// Only who stands in the register is paid by this rule.
    pub register_only: bool,
    pub facts: Vec<FactField>,
}

impl Page for Form {
    const TEMPLATE: &'static str = "award-applications/form.html";
}

/// Names of a payee's fields.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PayeeFields {
    pub number: usize,
    pub referrer: String,
    pub organisation: String,
    pub share: String,
}

/// A fact that is entered.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FactField {
    /// Of the field.
    pub name: String,
    /// Message key.
    pub label: String,
    /// `flag`, `money`, `whole`, `day`, `word`, `lines`.
    pub form: &'static str,
    pub options: Vec<Choice>,
    /// The fact's own name; of `lines` the hint is `award-lines-<fact>`.
    pub fact: &'static str,
}

/// `GET|POST /award-applications/{id}/transitions?to=`. Fields: `to`, `reason`, `voucher`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct StepPage {
    pub head: Head,
    /// Codes.
    pub to: String,
    pub reason: bool,
    pub voucher: bool,
    /// Of a submission that was refused: what is missing, and where it is entered.
    pub missing: Vec<MissingView>,
    pub form: Filled,
}

impl Page for StepPage {
    const TEMPLATE: &'static str = "award-applications/transitions/form.html";
}

/// `GET|POST /award-applications/{id}/funding`. Fields: the share of each level in per cent.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FundingPage {
    pub head: Head,
    pub levels: Vec<String>,
    pub form: Filled,
}

impl Page for FundingPage {
    const TEMPLATE: &'static str = "award-applications/funding/form.html";
}

/// `GET|POST /award-applications/{id}/compliance-review`. Fields: `document`, `result`, `passes`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ReviewPage {
    pub head: Head,
    pub passes: Vec<Choice>,
    pub form: Filled,
}

impl Page for ReviewPage {
    const TEMPLATE: &'static str = "award-applications/compliance-review/form.html";
}

/// `GET|POST /award-applications/{id}/rulings`. Fields: `kind`, `decision`, `reason`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct RulingPage {
    pub head: Head,
    pub kinds: Vec<Choice>,
    pub decisions: Vec<Choice>,
    pub form: Filled,
}

impl Page for RulingPage {
    const TEMPLATE: &'static str = "award-applications/rulings/form.html";
}

/// Which application a small page is about.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Head {
    pub id: String,
    pub code: String,
    pub project: String,
    /// Code.
    pub rule: String,
    pub amount_fen: i64,
    pub version: i64,
    /// Whether the reader comes back to its page; else to the first page.
    pub seen: bool,
}
