//! Pages of applications for awards: one struct per template, plain data only, filled by the handlers.

use super::card::RuleLine;
use super::checklist::Asked;
use super::view::ApplicationView;
use crate::attachments::pages::Attachments;
use crate::leads::pages::Step;
use crate::projects::pages::ProjectHead;
use crate::web::filled::{Choice, Filled};
use crate::web::templates::Page;
use serde::Serialize;

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
    /// Only how far they have come is his.
    pub own: bool,
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
    /// By name; `None` for who reads the status only.
    pub county: Option<String>,
    pub amount_fen: Option<i64>,
    pub payees: Vec<String>,
}

/// `GET /award-applications/{id}`
#[derive(Clone, Debug, Serialize)]
pub struct Show {
    pub application: ApplicationView,
    /// By name.
    pub county: Option<String>,
    /// The way from draft to archive.
    pub track: Vec<Step>,
    /// The reason of the last step, where it turned aside.
    pub turned: Option<String>,
    pub differences: Vec<Difference>,
    /// Code of the result, and whether it waits for a ruling.
    pub result: Option<String>,
    pub needs_ruling: bool,
    pub demonstration: bool,
    /// Codes of the steps that the reader can take, the way on first, and whether each is asked for on a page.
    pub ways: Vec<Way>,
    pub may: May,
    /// That the program writes; none for who reads the status only.
    pub papers: Vec<WrittenPaper>,
    /// What the rule asks for.
    pub checklist: Vec<Asked>,
    /// That were brought.
    pub attachments: Option<Attachments>,
    /// Whether the reader takes its archive now.
    pub archive: bool,
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
