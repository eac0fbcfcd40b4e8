//! What is entered of a referrer: the API's body and the page's form become one checked input.

use crate::chambers::model::SourceStatus;
use crate::companies::uscc::Uscc;
use crate::error::{AppError, FieldErrors};
use crate::fields::line;
use crate::leads::forms::checked_uscc;
use crate::reference::Reference;
use crate::referrers::identity::{IdentityKind, IdentityNumber};
use crate::referrers::model::{OfficialTie, ReferrerKind};
use crate::registers::{RecordBody, RecordInput};
use crate::text_enum;
use crate::web::form::Form;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;
use utoipa::ToSchema;

/// Digits of a bank account.
const ACCOUNT: RangeInclusive<usize> = 6..=32;

/// A referrer as POST takes it, and as a merge patch changes it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ReferrerBody {
    pub kind: Option<ReferrerKind>,
    #[schema(max_length = 200)]
    pub name: Option<String>,
    /// GB/T 2260, the bureau's own for a zone, or an ISO 3166 country.
    pub region: Option<String>,
    #[schema(max_length = 200)]
    pub contact_person: Option<String>,
    /// 7 to 20 digits; kept encrypted, answered masked.
    pub phone: Option<String>,
    #[schema(max_length = 20000)]
    pub note: Option<String>,
    /// `active` unless said otherwise.
    pub status: Option<SourceStatus>,
    /// Of its kind's form, in any width; kept encrypted, answered masked.
    pub identity_number: Option<String>,
    /// `resident_id` unless said otherwise.
    pub identity_kind: Option<IdentityKind>,
    /// 18 characters (GB 32100).
    pub uscc: Option<String>,
    /// County and zone only, as the account.
    #[schema(max_length = 200)]
    pub bank_name: Option<String>,
    /// 6 to 32 digits; county and zone only; kept encrypted, answered masked.
    pub bank_account: Option<String>,
    /// Whether anybody who would be paid is a public employee, as declared.
    pub public_employee: Option<bool>,
    /// Close to public office without being a public employee, as declared.
    pub official_tie: Option<OfficialTie>,
    /// The day of the declaration; today unless said otherwise, never later.
    pub declared_on: Option<NaiveDate>,
    /// The chamber that it is, as an organisation, by id or code.
    pub chamber_id: Option<String>,
    /// The user that it is, as a person, by id or username.
    pub user_id: Option<String>,
    /// An agency's agreement.
    #[schema(max_length = 200)]
    pub agreement_number: Option<String>,
    pub agreement_from: Option<NaiveDate>,
    pub agreement_to: Option<NaiveDate>,
    /// Why it is entered although another referrer has the same number.
    #[schema(max_length = 200)]
    pub duplicate_reason: Option<String>,
}

/// A referrer's input, checked but for what only the database knows.
#[derive(Debug, Clone, PartialEq)]
pub struct ReferrerInput {
    pub record: RecordInput<ReferrerKind>,
    pub identity_number: Option<IdentityNumber>,
    pub uscc: Option<Uscc>,
    pub bank_name: Option<String>,
    /// Digits.
    pub bank_account: Option<String>,
    pub public_employee: Option<bool>,
    pub official_tie: Option<OfficialTie>,
    pub declared_on: Option<NaiveDate>,
    /// As it was named.
    pub chamber: Option<String>,
    pub user: Option<String>,
    pub agreement_number: Option<String>,
    pub agreement_from: Option<NaiveDate>,
    pub agreement_to: Option<NaiveDate>,
    pub duplicate_reason: Option<String>,
}

text_enum! {
    /// What somebody declares of being a public employee, as a page asks it.
    pub enum Declaration {
        /// Nobody who is paid is one.
        None = "none",
        /// Somebody is.
        PublicEmployee = "public_employee",
    }
}

impl Declaration {
    pub fn of(public_employee: Option<bool>) -> Option<Self> {
        public_employee.map(|is| if is { Declaration::PublicEmployee } else { Declaration::None })
    }

    pub fn is_public_employee(self) -> bool {
        self == Declaration::PublicEmployee
    }
}

impl ReferrerBody {
    /// From a page's form. What is kept encrypted stays as it is in `kept` when its field is left empty; so does what
    /// the page did not show.
    pub fn from_form(form: &mut Form, kept: Option<&ReferrerBody>, reference: &Reference) -> Self {
        let none = ReferrerBody::default();
        let kept = kept.unwrap_or(&none);
        let record = kept.clone().record();
        let record = RecordBody::from_form(form, Some(&record), reference);
        let declaration: Option<Declaration> = form.parsed("declaration", "unknown");
        let has_account = form.is_checked("bank_name");
        ReferrerBody {
            identity_number: form.text("identity_number").or_else(|| kept.identity_number.clone()),
            identity_kind: form.parsed("identity_kind", "unknown").or(kept.identity_kind),
            uscc: form.text("uscc"),
            bank_name: if has_account { form.text("bank_name") } else { kept.bank_name.clone() },
            bank_account: form.text("bank_account").or_else(|| kept.bank_account.clone()),
            public_employee: declaration.map(Declaration::is_public_employee),
            official_tie: form.parsed("official_tie", "unknown"),
            declared_on: form.date("declared_on"),
            // A list of names offers code and name.
            chamber_id: form
                .text("chamber_id")
                .and_then(|text| text.split_whitespace().next().map(str::to_owned)),
            user_id: form.text("user_id"),
            agreement_number: form.text("agreement_number"),
            agreement_from: form.date("agreement_from"),
            agreement_to: form.date("agreement_to"),
            duplicate_reason: form.text("duplicate_reason"),
            kind: record.kind,
            name: record.name,
            region: record.region,
            contact_person: record.contact_person,
            phone: record.phone,
            note: record.note,
            status: record.status,
        }
    }

    /// What both registers enter.
    fn record(self) -> RecordBody<ReferrerKind> {
        RecordBody {
            kind: self.kind,
            name: self.name,
            region: self.region,
            contact_person: self.contact_person,
            phone: self.phone,
            note: self.note,
            status: self.status,
        }
    }
}

impl ReferrerInput {
    /// Checks everything that needs no database; all faults at once, each at its field, after those that the reading of
    /// the form found.
    pub fn check(
        body: ReferrerBody,
        reference: &Reference,
        today: NaiveDate,
        mut errors: FieldErrors,
    ) -> Result<Self, AppError> {
        let identity_number = identity(&mut errors, body.identity_kind, body.identity_number.clone(), today);
        let uscc = checked_uscc(&mut errors, body.uscc.clone());
        let bank_name = line(&mut errors, "bank_name", body.bank_name.clone());
        let bank_account = account(&mut errors, body.bank_account.clone());
        let declared_on = body.public_employee.and(Some(body.declared_on.unwrap_or(today)));
        for (field, day) in [
            ("declared_on", declared_on),
            ("agreement_from", body.agreement_from),
            ("agreement_to", body.agreement_to),
        ] {
            errors.check_day(field, day);
        }
        if declared_on.is_some_and(|day| day > today) {
            errors.add("declared_on", "date-in-future");
        }
        if matches!((body.agreement_from, body.agreement_to), (Some(from), Some(to)) if to < from) {
            errors.add("agreement_to", "ends-before-it-begins");
        }
        let agreement_number = line(&mut errors, "agreement_number", body.agreement_number.clone());
        let duplicate_reason = line(&mut errors, "duplicate_reason", body.duplicate_reason.clone());
        Ok(ReferrerInput {
            identity_number,
            uscc,
            bank_name,
            bank_account,
            public_employee: body.public_employee,
            official_tie: body.official_tie,
            declared_on,
            chamber: line(&mut errors, "chamber_id", body.chamber_id.clone()),
            user: line(&mut errors, "user_id", body.user_id.clone()),
            agreement_number,
            agreement_from: body.agreement_from,
            agreement_to: body.agreement_to,
            duplicate_reason,
            record: RecordInput::check(body.record(), reference, errors)?,
        })
    }
}

/// An identity number of the form that its kind has, or its fault.
pub fn identity(
    errors: &mut FieldErrors,
    kind: Option<IdentityKind>,
    text: Option<String>,
    today: NaiveDate,
) -> Option<IdentityNumber> {
    let text = text.filter(|text| !text.trim().is_empty())?;
    match IdentityNumber::parse(kind.unwrap_or(IdentityKind::ResidentId), &text, today) {
        Ok(number) => Some(number),
        Err(fault) => {
            errors.add("identity_number", fault.code());
            None
        }
    }
}

/// A bank account in digits; spaces and hyphens do not count.
fn account(errors: &mut FieldErrors, text: Option<String>) -> Option<String> {
    let text = text.filter(|text| !text.trim().is_empty())?;
    let digits: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    let is_account = ACCOUNT.contains(&digits.len()) && digits.chars().all(|c| c.is_ascii_digit());
    if !is_account {
        errors.add("bank_account", "not-an-account");
    }
    is_account.then_some(digits)
}
