//! Pages of the register of referrers.

use chrono::NaiveDate;
use serde::Serialize;

use crate::accounts::Role;
use crate::filings::pages::Card;
use crate::leads;
use crate::referrers::policy::{self, View};
use crate::web::filled::{Choice, Filled};
use crate::web::templates::Page;

/// `GET /referrers?q=&status=&kind=&cursor=`
#[derive(Clone, Debug, Default, Serialize)]
pub struct List {
    /// What was asked: `q`, `status`, `kind`.
    pub filter: Filled,
    pub kinds: Vec<Choice>,
    pub statuses: Vec<Choice>,
    pub rows: Vec<Row>,
    pub total: Option<i64>,
    /// How many wait for review, for the tab.
    pub review: i64,
    pub prev: String,
    pub next: String,
    pub may_create: bool,
    pub columns: Columns,
}

impl Page for List {
    const TEMPLATE: &'static str = "referrers/list.html";
}

/// What the reader is shown of each.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Columns {
    /// Contact and status too, and what one filters by.
    pub all: bool,
    pub kind: bool,
    pub region: bool,
    /// Whether he knows leads.
    pub leads: bool,
}

impl Columns {
    pub fn of(role: Role) -> Self {
        let view = policy::view_of(role);
        Columns {
            all: view == View::All,
            kind: view != View::Name,
            region: matches!(view, View::All | View::Payee),
            leads: leads::policy::uses_leads(role),
        }
    }
}

/// A referrer in the register.
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
}

/// `GET /referrers/{id}`
#[derive(Clone, Debug, Default, Serialize)]
pub struct Show {
    pub referrer: Row,
    /// Masked.
    pub phone: Option<String>,
    pub note: Option<String>,
    /// None for who sees a part of it.
    pub identity: Option<Identity>,
    /// Of a team, those who left too.
    pub members: Vec<MemberRow>,
    /// None for a role that knows no filings.
    pub filings: Option<Card>,
    pub columns: Columns,
    /// The list of its leads.
    pub leads_href: String,
    pub may_edit: bool,
    /// Whether there is a number that he may have shown.
    pub may_reveal: bool,
}

impl Page for Show {
    const TEMPLATE: &'static str = "referrers/show.html";
}

/// Who it is before the law, and where it would be paid.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Identity {
    /// Masked.
    pub identity_number: Option<String>,
    /// Code of the number's kind.
    pub identity_kind: Option<String>,
    pub uscc: Option<String>,
    /// Whether bank and account are shown at all.
    pub shows_account: bool,
    pub bank_name: Option<String>,
    /// Masked.
    pub bank_account: Option<String>,
    /// Code of the declaration, if there is one.
    pub declaration: Option<String>,
    pub official_tie: Option<String>,
    pub declared_on: Option<NaiveDate>,
    /// By name.
    pub chamber: Option<String>,
    pub user: Option<String>,
    pub agreement_number: Option<String>,
    pub agreement_from: Option<NaiveDate>,
    pub agreement_to: Option<NaiveDate>,
}

/// A member of a team.
#[derive(Clone, Debug, Default, Serialize)]
pub struct MemberRow {
    pub id: String,
    pub name: String,
    /// Masked.
    pub identity_number: Option<String>,
    /// Code of the number's kind.
    pub identity_kind: Option<String>,
    pub is_payee: bool,
    /// Code of the declaration, if there is one.
    pub declaration: Option<String>,
    pub official_tie: Option<String>,
    pub joined_on: Option<NaiveDate>,
    pub left_on: Option<NaiveDate>,
}

/// `GET /referrers/{id}/members/new` (posts to `/referrers/{id}/members`), `GET /referrers/{id}/members/{member}` (posts
/// there).
///
/// Fields: `name` `identity_kind` `identity_number` `is_payee` `declaration` `official_tie` `joined_on` `left_on` `version` (of the team).
#[derive(Clone, Debug, Default, Serialize)]
pub struct MemberForm {
    pub referrer: Row,
    pub version: i64,
    /// The member's id; `None` for a new one.
    pub member: Option<String>,
    pub form: Filled,
    pub declarations: Vec<Choice>,
    pub official_ties: Vec<Choice>,
    pub identity_kinds: Vec<Choice>,
    /// The number that is kept when the field stays empty, masked.
    pub identity_kept: Option<String>,
}

impl Page for MemberForm {
    const TEMPLATE: &'static str = "referrers/members/form.html";
}

/// `GET /referrers/new` (posts to `/referrers`), `GET /referrers/{id}/edit` (posts to `/referrers/{id}`).
///
/// Fields: `name` `kind` `region` `contact_person` `phone` `status` (edit only) `note` `version` · `identity_kind` `identity_number` `uscc`
/// `declaration` `official_tie` `declared_on` `chamber_id` `user_id` `agreement_number` `agreement_from` `agreement_to` · `bank_name`
/// `bank_account` (county only) · `duplicate_reason`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Form {
    /// `None` for a new one.
    pub referrer: Option<Row>,
    pub version: i64,
    pub form: Filled,
    pub kinds: Vec<Choice>,
    pub statuses: Vec<Choice>,
    pub declarations: Vec<Choice>,
    pub official_ties: Vec<Choice>,
    pub identity_kinds: Vec<Choice>,
    /// Places for typing ahead.
    pub regions: Vec<String>,
    /// Codes and names of chambers, for typing ahead.
    pub chambers: Vec<String>,
    /// Whether bank and account are his to enter.
    pub enters_account: bool,
    /// What is kept when its field stays empty, masked.
    pub phone_kept: Option<String>,
    pub identity_kept: Option<String>,
    pub account_kept: Option<String>,
}

impl Page for Form {
    const TEMPLATE: &'static str = "referrers/form.html";
}

/// `GET /referrers/{id}/merger` (posts there). Fields: `into`, the code of the one that stays, and `version`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct MergerPage {
    pub referrer: Row,
    pub version: i64,
    pub form: Filled,
    /// Codes and names of the others, for typing ahead.
    pub others: Vec<String>,
}

impl Page for MergerPage {
    const TEMPLATE: &'static str = "referrers/merger.html";
}

/// `GET /referrers/{id}/deletion` (posts there). Field: `version`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct DeletionPage {
    pub referrer: Row,
    pub version: i64,
    pub form: Filled,
    /// Something names it: it stays, and can be merged.
    pub is_named: bool,
}

impl Page for DeletionPage {
    const TEMPLATE: &'static str = "referrers/deletion.html";
}

/// A member, named.
#[derive(Clone, Debug, Default, Serialize)]
pub struct MemberName {
    pub id: String,
    pub name: String,
}

/// `GET /referrers/{id}/disclosures`, `GET /referrers/{id}/members/{member}/disclosures` (post there): asks for `field` and
/// `reason`, then shows the field.
#[derive(Clone, Debug, Default, Serialize)]
pub struct DisclosurePage {
    pub referrer: Row,
    /// Of whom, where it is a member of the team.
    pub member: Option<MemberName>,
    pub form: Filled,
    /// What he may have shown: codes.
    pub fields: Vec<Choice>,
    /// The field that is shown: the reason is given and logged.
    pub shown: Option<String>,
    /// In full, if there is one.
    pub value: Option<String>,
}

impl Page for DisclosurePage {
    const TEMPLATE: &'static str = "referrers/disclosure.html";
}
