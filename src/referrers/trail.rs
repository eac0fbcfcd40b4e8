//! What the trail tells of a change of a referrer, and the body that a merge patch starts from.

use crate::accounts::Actor;
use crate::app::Tools;
use crate::audit::{self, Act, Differences};
use crate::chambers::model::SourceStatus;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::referrers::forms::ReferrerBody;
use crate::referrers::identity::IdentityKind;
use crate::referrers::model::{OfficialTie, Referrer, ReferrerKind};
use crate::registers::sealed;
use chrono::NaiveDate;
use serde::Serialize;

/// The fields whose changes the trail tells in clear.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
struct Auditable {
    code: Option<String>,
    name: Option<String>,
    kind: Option<ReferrerKind>,
    region: Option<String>,
    contact_person: Option<String>,
    note: Option<String>,
    status: Option<SourceStatus>,
    uscc: Option<String>,
    bank_name: Option<String>,
    public_employee: Option<bool>,
    official_tie: Option<OfficialTie>,
    declared_on: Option<NaiveDate>,
    chamber: Option<Id>,
    user: Option<Id>,
    agreement_number: Option<String>,
    agreement_from: Option<NaiveDate>,
    agreement_to: Option<NaiveDate>,
    identity_kind: Option<IdentityKind>,
}

impl Auditable {
    fn of(referrer: &Referrer) -> Self {
        let referrer = referrer.clone();
        Auditable {
            identity_kind: referrer.identity_encrypted.map(|_| referrer.identity_kind),
            code: Some(referrer.code),
            name: Some(referrer.name),
            kind: Some(referrer.kind),
            region: referrer.region,
            contact_person: referrer.contact_person,
            note: referrer.note,
            status: Some(referrer.status),
            uscc: referrer.uscc,
            bank_name: referrer.bank_name,
            public_employee: referrer.public_employee,
            official_tie: referrer.official_tie,
            declared_on: referrer.declared_on,
            chamber: referrer.chamber_id,
            user: referrer.user_id,
            agreement_number: referrer.agreement_number,
            agreement_from: referrer.agreement_from,
            agreement_to: referrer.agreement_to,
        }
    }
}

/// A referrer as the body that would give it, with phone and numbers in clear.
pub fn as_body(tools: Tools<'_>, referrer: &Referrer) -> Result<ReferrerBody, AppError> {
    let opened = |context: String, text: &Option<String>| sealed::open(tools.keys, &context, text.as_deref());
    let referrer = referrer.clone();
    Ok(ReferrerBody {
        phone: opened(referrer.phone_context(), &referrer.phone_encrypted)?,
        identity_number: opened(referrer.identity_context(), &referrer.identity_encrypted)?,
        identity_kind: Some(referrer.identity_kind),
        bank_account: opened(referrer.account_context(), &referrer.account_encrypted)?,
        kind: Some(referrer.kind),
        name: Some(referrer.name),
        region: referrer.region,
        contact_person: referrer.contact_person,
        note: referrer.note,
        status: Some(referrer.status),
        uscc: referrer.uscc,
        bank_name: referrer.bank_name,
        public_employee: referrer.public_employee,
        official_tie: referrer.official_tie,
        declared_on: referrer.declared_on,
        chamber_id: referrer.chamber_id.map(|id| id.to_string()),
        user_id: referrer.user_id.map(|id| id.to_string()),
        agreement_number: referrer.agreement_number,
        agreement_from: referrer.agreement_from,
        agreement_to: referrer.agreement_to,
        duplicate_reason: None,
    })
}

/// What of a referrer is ciphertext.
type Sealed = fn(&Referrer) -> Option<&str>;

/// What the trail tells of a change; of phone and numbers only that they changed.
pub fn differences(before: Option<&Referrer>, after: Option<&Referrer>) -> Differences {
    let of = |record: Option<&Referrer>| record.map(Auditable::of).unwrap_or_default();
    let fields: [(&str, Sealed); 3] = [
        ("phone", |record| record.phone_encrypted.as_deref()),
        ("identity_number", |record| record.identity_encrypted.as_deref()),
        ("bank_account", |record| record.account_encrypted.as_deref()),
    ];
    let clear = Differences::between(&of(before), &of(after));
    fields
        .into_iter()
        .fold(clear, |all, (name, of)| all.sealed(name, before.and_then(of), after.and_then(of)))
}

/// Enters an act on a referrer.
pub fn tell(
    conn: &mut AnyConn,
    actor: &Actor,
    id: &Id,
    action: &'static str,
    differences: Differences,
    reason: Option<&str>,
) -> diesel::QueryResult<()> {
    let act = Act { action, subject_kind: "referrer", subject_id: id.as_str(), differences, reason };
    audit::record(conn, actor, act)
}
