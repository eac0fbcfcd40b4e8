//! Pages of filings.

use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;

use crate::attachments::pages::Attachments;
use crate::leads::pages::Link;
use crate::projects::pages::ProjectHead;
use crate::web::filled::{Choice, Filled};
use crate::web::templates::Page;

/// A filing in a list, and at the head of its pages.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Row {
    pub id: String,
    pub code: String,
    pub version: i64,
    /// Without an href when the reader does not see the referrer.
    pub referrer: Link,
    /// Codes; empty for who sees names only.
    pub role: String,
    pub step: String,
    pub step_on: Option<NaiveDate>,
    pub filed_on: Option<NaiveDate>,
    /// Days between filing and receipt.
    pub entered_days_later: i64,
    /// Codes of the parties that confirmed.
    pub confirmed_by: Vec<String>,
    pub findings: Vec<FindingRow>,
}

/// Something that was found about it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FindingRow {
    pub code: String,
    pub weight: String,
    pub who: Option<String>,
    pub days: Option<i64>,
}

/// What a party said.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ConfirmationRow {
    pub party: String,
    pub decision: String,
    pub reason: Option<String>,
    pub by: Option<String>,
    pub at: NaiveDateTime,
}

/// `GET /filings/{id}`
#[derive(Clone, Debug, Default, Serialize)]
pub struct Show {
    pub filing: Row,
    /// Only the name is his to see.
    pub names_only: bool,
    /// Only number, step and days are his to see.
    pub progress_only: bool,
    /// The lead, the project; where the reader sees them.
    pub lead: Option<Link>,
    pub project: Option<Link>,
    pub received_at: Option<NaiveDateTime>,
    pub filed_by: Option<String>,
    pub statement: Option<String>,
    pub confirmations: Vec<ConfirmationRow>,
    pub withdrawn_on: Option<NaiveDate>,
    pub withdrawal_reason: Option<String>,
    /// None for who does not see all of it.
    pub attachments: Option<Attachments>,
    /// The private link that is there.
    pub link: Option<LinkRow>,
    /// The address of a link that was made just now: shown this once.
    pub address: Option<String>,
    pub may_confirm: bool,
    /// Withdraw it, make and revoke its link.
    pub may_work: bool,
}

impl Page for Show {
    const TEMPLATE: &'static str = "filings/show.html";
}

/// A private link that opens the filing now.
#[derive(Clone, Debug, Default, Serialize)]
pub struct LinkRow {
    pub created_at: NaiveDateTime,
    pub expires_at: NaiveDateTime,
    pub last_used_at: Option<NaiveDateTime>,
}

/// `GET /filings/new?referrer=&of=` (posts to `/filings`). Fields: `referrer` (code), `of` (code of a lead or project),
/// `filed_on` `role` `statement`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct New {
    pub form: Filled,
    /// Codes and names of referrers, for typing ahead.
    pub referrers: Vec<String>,
    pub roles: Vec<Choice>,
}

impl Page for New {
    const TEMPLATE: &'static str = "filings/form.html";
}

/// `GET|POST /filings/{id}/confirmations`. Fields: `party` `decision` `reason` `version` `file`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ConfirmationForm {
    pub filing: Row,
    /// The lead or the project, where the reader sees it.
    pub about: Option<Link>,
    pub form: Filled,
    /// Whose word he may enter.
    pub parties: Vec<Choice>,
    pub decisions: Vec<Choice>,
    /// Whether he may add the investor's letter.
    pub takes_letter: bool,
    /// What the chooser of the letter offers.
    pub accept: String,
}

impl Page for ConfirmationForm {
    const TEMPLATE: &'static str = "filings/confirmations/form.html";
}

/// `GET|POST /filings/{id}/withdrawal`. Fields: `reason` `version`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Withdrawal {
    pub filing: Row,
    pub form: Filled,
}

impl Page for Withdrawal {
    const TEMPLATE: &'static str = "filings/withdrawal/form.html";
}

/// The filings of a lead, project or referrer, as a card on its page.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Card {
    pub rows: Vec<Row>,
    /// Where another one is entered; empty for who does not.
    pub new_href: String,
    /// Of a project.
    pub shares: Option<SharesCard>,
}

/// How a project's award is shared.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SharesCard {
    pub agreed_on: Option<NaiveDate>,
    /// (name, percentage)
    pub shares: Vec<(String, String)>,
    pub frozen: bool,
    /// Where they are agreed on; empty for who does not, and once they are frozen.
    pub href: String,
}

/// `GET|POST /projects/{id}/referral-shares`. Fields: `agreed_on`, `share_<referrer's code>` (per cent) for each,
/// `version`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SharesForm {
    pub project: ProjectHead,
    pub form: Filled,
    /// Codes and names of the referrers with an open filing, in the order of filing.
    pub referrers: Vec<Choice>,
    pub frozen: bool,
}

impl Page for SharesForm {
    const TEMPLATE: &'static str = "projects/referral-shares/form.html";
}

/// `GET /referral/{secret}`: without signing in, and nothing else.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Referral {
    pub code: String,
    /// A code.
    pub step: String,
    pub step_on: NaiveDate,
}

impl Page for Referral {
    const TEMPLATE: &'static str = "filings/referral.html";
}
