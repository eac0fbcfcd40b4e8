//! What is entered of a lead: the API's body and the page's form become one checked input.

pub mod page;

use crate::accounts::{Actor, Role};
use crate::companies::uscc::{Uscc, UsccError};
use crate::contacts::ContactInput;
use crate::error::{AppError, FieldErrors};
use crate::fields::{MAX_LINE, amount, count, line, measure, required, text, too_long};
use crate::leads::model::{Priority, SourceKind, Stage};
use crate::leads::policy;
use crate::reference::Reference;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A lead as `POST /api/v1/leads` takes it, and as a merge patch changes it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LeadBody {
    pub title: Option<String>,
    pub investor_name: Option<String>,
    pub uscc: Option<String>,
    pub origin: Option<String>,
    pub county: Option<String>,
    pub park: Option<String>,
    pub industry: Option<String>,
    pub industry_class: Option<String>,
    pub content: Option<String>,
    pub total_investment_fen: Option<i64>,
    pub fixed_investment_fen: Option<i64>,
    pub land_mu: Option<f64>,
    pub factory_m2: Option<f64>,
    pub jobs: Option<i64>,
    pub factor_needs: Option<String>,
    pub source: Option<SourceBody>,
    pub contact: Option<ContactBody>,
    pub remark: Option<String>,
    pub priority: Option<Priority>,
    pub next_follow_up_on: Option<NaiveDate>,
    pub stage: Option<Stage>,
    pub registered_on: Option<NaiveDate>,
    pub duplicate_reason: Option<String>,
}

/// Where a lead came from; records by id or code.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SourceBody {
    pub kind: Option<SourceKind>,
    pub chamber_id: Option<String>,
    pub referrer_id: Option<String>,
    pub enterprise_id: Option<String>,
    pub event_id: Option<String>,
    pub note: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ContactBody {
    pub name: Option<String>,
    pub post: Option<String>,
    pub phone: Option<String>,
    pub other_phones: Vec<String>,
    pub email: Option<String>,
    pub wechat: Option<String>,
}

/// A lead's input, checked but for what only the database knows (whether records exist).
#[derive(Debug, Clone, PartialEq)]
pub struct LeadInput {
    pub title: String,
    pub investor_name: String,
    pub uscc: Option<Uscc>,
    pub origin: Option<String>,
    pub county: String,
    pub park: Option<String>,
    pub industry: String,
    pub industry_class: Option<String>,
    pub content: Option<String>,
    pub total_investment_fen: Option<i64>,
    pub fixed_investment_fen: Option<i64>,
    pub land_mu: Option<f64>,
    pub factory_m2: Option<f64>,
    pub jobs: Option<i64>,
    pub factor_needs: Option<String>,
    pub source: SourceBody,
    pub source_kind: SourceKind,
    pub contact: Option<ContactInput>,
    pub remark: Option<String>,
    pub priority: Priority,
    pub next_follow_up_on: Option<NaiveDate>,
    pub stage: Option<Stage>,
    pub registered_on: Option<NaiveDate>,
    pub duplicate_reason: Option<String>,
}

impl LeadInput {
    /// Checks everything that needs no database; all faults at once, each at its field.
    ///
    /// A liaison's source is his own chamber and need not be said. Where a lead starts, and since when it is
    /// registered, only bureau and county roles say: 403 for others.
    pub fn check(
        body: LeadBody,
        actor: &Actor,
        reference: &Reference,
        today: NaiveDate,
    ) -> Result<Self, AppError> {
        forbid_start(&body, actor)?;
        let mut errors = FieldErrors::default();
        let title = required(&mut errors, "title", body.title);
        let investor_name = required(&mut errors, "investor_name", body.investor_name);
        let uscc = checked_uscc(&mut errors, body.uscc);
        let county = required(&mut errors, "county", body.county);
        if !county.is_empty() && !reference.is_county(&county) {
            errors.add("county", "unknown");
        }
        let park = line(&mut errors, "park", body.park);
        match park.as_deref().map(|id| reference.park(id)) {
            Some(None) => errors.add("park", "unknown"),
            Some(Some(park)) if park.county != county => errors.add("park", "park-of-other-county"),
            _ => {}
        }
        let industry = required(&mut errors, "industry", body.industry);
        if !industry.is_empty() && reference.industry(&industry).is_none() {
            errors.add("industry", "unknown");
        }
        let industry_class = line(&mut errors, "industry_class", body.industry_class);
        if industry_class.as_deref().is_some_and(|code| reference.industry_class(code).is_none()) {
            errors.add("industry_class", "unknown");
        }
        let total = amount(&mut errors, "total_investment_fen", body.total_investment_fen);
        let fixed = amount(&mut errors, "fixed_investment_fen", body.fixed_investment_fen);
        if matches!((total, fixed), (Some(total), Some(fixed)) if fixed > total) {
            errors.add("fixed_investment_fen", "fixed-above-total");
        }
        let source = body.source.unwrap_or_default();
        let source_kind = match (source.kind, actor.role) {
            (Some(kind), _) => kind,
            (None, Role::ChamberLiaison) => SourceKind::Chamber,
            (None, _) => {
                errors.add("source.kind", "required");
                SourceKind::Own
            }
        };
        check_source(&mut errors, &source, source_kind);
        if body.registered_on.is_some_and(|day| day > today) {
            errors.add("registered_on", "date-in-future");
        }
        let input = LeadInput {
            title,
            investor_name,
            uscc,
            origin: line(&mut errors, "origin", body.origin),
            county,
            park,
            industry,
            industry_class,
            content: text(&mut errors, "content", body.content),
            total_investment_fen: total,
            fixed_investment_fen: fixed,
            land_mu: measure(&mut errors, "land_mu", body.land_mu),
            factory_m2: measure(&mut errors, "factory_m2", body.factory_m2),
            jobs: count(&mut errors, "jobs", body.jobs),
            factor_needs: text(&mut errors, "factor_needs", body.factor_needs),
            source,
            source_kind,
            contact: body.contact.and_then(|contact| checked_contact(&mut errors, contact)),
            remark: text(&mut errors, "remark", body.remark),
            priority: body.priority.unwrap_or(Priority::Normal),
            next_follow_up_on: body.next_follow_up_on,
            stage: body.stage,
            registered_on: body.registered_on,
            duplicate_reason: text(&mut errors, "duplicate_reason", body.duplicate_reason),
        };
        errors.into_result()?;
        Ok(input)
    }
}

fn forbid_start(body: &LeadBody, actor: &Actor) -> Result<(), AppError> {
    let mut forbidden = FieldErrors::default();
    if !policy::sets_start(actor.role) {
        if body.stage.is_some() {
            forbidden.add("stage", "forbidden-field");
        }
        if body.registered_on.is_some() {
            forbidden.add("registered_on", "forbidden-field");
        }
    }
    if forbidden.is_empty() { Ok(()) } else { Err(AppError::ForbiddenFields(forbidden)) }
}

/// An id belongs to its kind: a chamber's id with kind `self` is a mistake.
pub fn check_source(errors: &mut FieldErrors, source: &SourceBody, kind: SourceKind) {
    let fits = |id: &Option<String>, kinds: &[SourceKind]| id.is_none() || kinds.contains(&kind);
    if !fits(&source.chamber_id, &[SourceKind::Chamber]) {
        errors.add("source.chamber_id", "not-of-this-source");
    }
    if !fits(&source.referrer_id, &[SourceKind::Referrer, SourceKind::Townsman]) {
        errors.add("source.referrer_id", "not-of-this-source");
    }
    if !fits(&source.enterprise_id, &[SourceKind::Enterprise]) {
        errors.add("source.enterprise_id", "not-of-this-source");
    }
    // Events come with the chambers' issue; until then there is none that could be named.
    if source.event_id.is_some() {
        errors.add("source.event_id", "unknown");
    }
    if source.note.as_ref().is_some_and(|note| note.chars().count() > MAX_LINE) {
        too_long(errors, "source.note", MAX_LINE);
    }
}

/// A unified social credit code (GB 32100-2015), or its fault at `uscc`.
pub fn checked_uscc(errors: &mut FieldErrors, text: Option<String>) -> Option<Uscc> {
    let text = text.filter(|text| !text.trim().is_empty())?;
    match Uscc::parse(&text) {
        Ok(uscc) => Some(uscc),
        Err(fault) => {
            match fault {
                UsccError::Length(length) => {
                    errors.add_with("uscc", "uscc-length", vec![("length", length.to_string())]);
                }
                UsccError::Character(_) => errors.add("uscc", "uscc-letters"),
                UsccError::Check { .. } => errors.add("uscc", "uscc-check"),
            }
            None
        }
    }
}

fn checked_contact(errors: &mut FieldErrors, body: ContactBody) -> Option<ContactInput> {
    let empty = body == ContactBody::default()
        || [&body.name, &body.post, &body.phone, &body.email, &body.wechat]
            .iter()
            .all(|text| text.as_deref().is_none_or(|text| text.trim().is_empty()));
    if empty {
        return None;
    }
    // A ledger often knows a number and no name; such a contact (an empty name, not a missing one) may stay.
    let stays_nameless = body.name.as_deref() == Some("") && body.phone.is_some();
    let name = if stays_nameless { String::new() } else { required(errors, "contact.name", body.name) };
    let email = line(errors, "contact.email", body.email);
    if email.as_deref().is_some_and(|email| !is_email(email)) {
        errors.add("contact.email", "not-an-email");
    }
    let other = body
        .other_phones
        .into_iter()
        .filter_map(|phone| checked_phone(errors, "contact.other_phones", Some(phone)));
    let other_phones = other.collect();
    Some(ContactInput {
        name,
        post: line(errors, "contact.post", body.post),
        phone: checked_phone(errors, "contact.phone", body.phone),
        other_phones,
        email,
        wechat: line(errors, "contact.wechat", body.wechat),
    })
}

fn checked_phone(errors: &mut FieldErrors, field: &'static str, text: Option<String>) -> Option<String> {
    let text = line(errors, field, text)?;
    let phone = normal_phone(&text);
    if phone.is_none() {
        errors.add(field, "not-a-phone");
    }
    phone
}

/// Digits without country code; an extension after `-`. `None` when it is no phone number.
pub fn normal_phone(text: &str) -> Option<String> {
    use unicode_normalization::UnicodeNormalization;
    let text: String = text.nfkc().collect();
    let text = text.trim();
    let text = text.strip_prefix("+86").or_else(|| text.strip_prefix("0086")).unwrap_or(text);
    let allowed = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '(' | ')' | '.' | '—' | '转' | '+');
    if !text.chars().all(allowed) {
        return None;
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    (7..=20).contains(&digits.len()).then_some(digits)
}

fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else { return false };
    !name.is_empty()
        && host.contains('.')
        && !host.starts_with('.')
        && !host.ends_with('.')
        && !text.contains(' ')
}
