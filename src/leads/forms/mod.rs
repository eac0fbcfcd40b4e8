//! What is entered of a lead: the API's body and the page's form become one checked input.

pub(crate) mod changes;
pub mod page;

use crate::accounts::{Actor, Role};
use crate::clock;
use crate::companies::uscc::{Uscc, UsccError};
use crate::contacts::ContactInput;
use crate::error::{AppError, FieldErrors};
use crate::fields::{MAX_LINE, amount, count, line, measure, required, text, too_long};
use crate::leads::model::{Priority, SourceKind, Stage};
use crate::leads::policy;
use crate::reference::Reference;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A lead as `POST /api/v1/leads` takes it, and as a merge patch changes it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct LeadBody {
    /// One line, at most 200 characters.
    #[schema(max_length = 200)]
    pub title: Option<String>,
    #[schema(max_length = 200)]
    pub investor_name: Option<String>,
    /// Unified social credit code (GB 32100); its check character is checked.
    pub uscc: Option<String>,
    /// A place of GB/T 2260 or a country of ISO 3166; other text is taken and kept.
    #[schema(max_length = 200)]
    pub origin: Option<String>,
    /// A code of `/regions`: a county of the city, or its zone.
    pub county: Option<String>,
    /// A code of `/parks`, of the same county.
    pub park: Option<String>,
    /// A code of `/industries`.
    pub industry: Option<String>,
    /// A class of GB/T 4754-2017, four digits.
    pub industry_class: Option<String>,
    #[schema(max_length = 20000)]
    pub content: Option<String>,
    /// Whole fen.
    #[schema(minimum = 0, maximum = 1000000000000000i64)]
    pub total_investment_fen: Option<i64>,
    /// Whole fen, not above the total.
    #[schema(minimum = 0, maximum = 1000000000000000i64)]
    pub fixed_investment_fen: Option<i64>,
    /// Land in mu.
    #[schema(minimum = 0, maximum = 1000000000)]
    pub land_mu: Option<f64>,
    /// Factory space in square metres.
    #[schema(minimum = 0, maximum = 1000000000)]
    pub factory_m2: Option<f64>,
    /// People that it employs.
    #[schema(minimum = 0, maximum = 10000000)]
    pub jobs: Option<i64>,
    /// Energy, labour, logistics and what else the investor asks for.
    #[schema(max_length = 20000)]
    pub factor_needs: Option<String>,
    /// A liaison's own chamber, when he does not say it; others say the kind.
    pub source: Option<SourceBody>,
    pub contact: Option<ContactBody>,
    #[schema(max_length = 20000)]
    pub remark: Option<String>,
    /// `normal` unless said otherwise; bureau and county roles only.
    pub priority: Option<Priority>,
    /// Bureau and county roles only.
    pub next_follow_up_on: Option<NaiveDate>,
    /// Where it starts; bureau and county roles only.
    pub stage: Option<Stage>,
    /// Today unless said otherwise, never later; bureau and county roles only.
    pub registered_on: Option<NaiveDate>,
    /// Why it is registered although the investor is already here.
    #[schema(max_length = 20000)]
    pub duplicate_reason: Option<String>,
}

/// Where a lead came from; records by id or code.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SourceBody {
    pub kind: Option<SourceKind>,
    /// With kind `chamber`: id or code.
    pub chamber_id: Option<String>,
    /// With kind `referrer` or `townsman`: id or code.
    pub referrer_id: Option<String>,
    /// With kind `enterprise`: the company's id.
    pub enterprise_id: Option<String>,
    /// With kind `event` or `station`, or `chamber` where it brought the lead from there: id or code.
    pub event_id: Option<String>,
    #[schema(max_length = 200)]
    pub note: Option<String>,
}

/// The investor's person. Phones, mail and wechat are kept encrypted and answered masked.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ContactBody {
    #[schema(max_length = 200)]
    pub name: Option<String>,
    #[schema(max_length = 200)]
    pub post: Option<String>,
    /// 7 to 20 digits; spaces, hyphens, brackets and +86 are taken.
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
        let (input, errors) = Self::read(body, actor, reference, today);
        errors.into_result()?;
        Ok(input)
    }

    /// The same for an edit of what `before` says: only what changes is checked.
    pub fn check_edit(
        before: &LeadBody,
        body: LeadBody,
        actor: &Actor,
        reference: &Reference,
        today: NaiveDate,
    ) -> Result<Self, AppError> {
        forbid_start(&body, actor)?;
        let (mut input, mut errors) = Self::read(body.clone(), actor, reference, today);
        changes::forgive(&mut errors, before, &body);
        errors.into_result()?;
        changes::keep(&mut input, before, &body);
        Ok(input)
    }

    /// The input as far as it can be read, and all that is wrong with it.
    fn read(body: LeadBody, actor: &Actor, reference: &Reference, today: NaiveDate) -> (Self, FieldErrors) {
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
        errors.check_day("registered_on", body.registered_on);
        if body.registered_on.is_some_and(|day| day > today && clock::is_credible(day)) {
            errors.add("registered_on", "date-in-future");
        }
        errors.check_day("next_follow_up_on", body.next_follow_up_on);
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
        (input, errors)
    }
}

/// 403 at each field that is not the reporter's to say: where a lead starts, and what the bureau does with it next.
fn forbid_start(body: &LeadBody, actor: &Actor) -> Result<(), AppError> {
    if policy::sets_start(actor.role) {
        return Ok(());
    }
    let mut forbidden = FieldErrors::default();
    for (field, is_said) in [
        ("stage", body.stage.is_some()),
        ("registered_on", body.registered_on.is_some()),
        ("priority", body.priority.is_some()),
        ("next_follow_up_on", body.next_follow_up_on.is_some()),
    ] {
        if is_said {
            forbidden.add(field, "forbidden-field");
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
    // A chamber may have brought it from an event.
    if !fits(&source.event_id, &[SourceKind::Event, SourceKind::Station, SourceKind::Chamber]) {
        errors.add("source.event_id", "not-of-this-source");
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
    // A ledger often knows a number and no name; an edit that does not touch the name leaves it so (`changes`).
    let name = required(errors, "contact.name", body.name);
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
