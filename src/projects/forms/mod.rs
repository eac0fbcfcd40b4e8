//! What is entered of a project: the API's body and the page's form become one checked input.

pub mod changes;
pub mod known;
pub mod page;

use crate::clock;
use crate::companies::uscc::Uscc;
use crate::error::{AppError, FieldErrors};
use crate::fields::{amount, count, line, measure, required, text};
use crate::leads::forms::{SourceBody, check_source, checked_uscc};
use crate::leads::model::SourceKind;
use crate::projects::model::{KeyBasis, LandUse};
use crate::reference::Reference;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A project as `POST /api/v1/projects` takes it, and as a merge patch changes it. With `lead_id` everything else
/// may be left out and is the lead's.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = ProjectEntry)]
pub struct ProjectBody {
    /// The lead that it is made of; never changes.
    pub lead_id: Option<String>,
    #[schema(max_length = 200)]
    pub title: Option<String>,
    #[schema(max_length = 200)]
    pub investor_name: Option<String>,
    /// Unified social credit code (GB 32100); its check character is checked.
    pub uscc: Option<String>,
    /// A place of GB/T 2260 or a country of ISO 3166; other text is taken and kept.
    #[schema(max_length = 200)]
    pub origin: Option<String>,
    /// The company that was founded for it.
    #[schema(max_length = 200)]
    pub project_company: Option<String>,
    /// A code of `/regions`: a county of the city, or its zone.
    pub county: Option<String>,
    /// A code of `/parks`, of the same county.
    pub park: Option<String>,
    /// A code of `/industries`.
    pub industry: Option<String>,
    /// A class of GB/T 4754-2017, four digits.
    pub industry_class: Option<String>,
    /// Found to supply or use one of the four industries.
    pub supporting_project: Option<bool>,
    /// Why it counts although it is of another industry.
    #[schema(max_length = 20000)]
    pub supporting_finding: Option<String>,
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
    /// Of the filing (备案).
    #[schema(max_length = 200)]
    pub filing_code: Option<String>,
    /// The first phase, by id or code, where this is a later one: it counts only with a filing code of its own.
    #[schema(max_length = 200)]
    pub phase_of: Option<String>,
    pub key: Option<KeyBody>,
    /// `self` unless said otherwise.
    pub source: Option<SourceBody>,
    /// By id or username.
    pub leader: Option<String>,
    pub officer: Option<String>,
    /// Why the leader changed; kept in the history.
    #[schema(max_length = 200)]
    pub leader_reason: Option<String>,
    /// The unit that answers for it.
    #[schema(max_length = 200)]
    pub unit: Option<String>,
    pub enclave: Option<EnclaveBody>,
    #[schema(max_length = 20000)]
    pub progress: Option<String>,
    #[schema(max_length = 20000)]
    pub problems: Option<String>,
    #[schema(max_length = 20000)]
    pub coordination: Option<String>,
    #[schema(max_length = 20000)]
    pub next_step: Option<String>,
    #[schema(max_length = 20000)]
    pub remark: Option<String>,
}

/// Why it is a key project; `head` is the bureau head's to say, with a reason.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = KeyEntry)]
pub struct KeyBody {
    pub basis: Option<KeyBasis>,
    #[schema(max_length = 200)]
    pub reason: Option<String>,
}

/// An enclave project: for which county it is registered in the zone, and on whose land.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = EnclaveEntry)]
pub struct EnclaveBody {
    pub county: Option<String>,
    pub land_use: Option<LandUse>,
    /// The day on which the county's recommendation was filed; never later than today.
    pub recommended_on: Option<NaiveDate>,
}

/// A project's input, checked but for what only the database knows (whether records exist).
#[derive(Debug, Clone, PartialEq)]
pub struct ProjectInput {
    pub title: String,
    pub investor_name: String,
    pub uscc: Option<Uscc>,
    pub origin: Option<String>,
    pub project_company: Option<String>,
    pub county: String,
    pub park: Option<String>,
    pub industry: String,
    pub industry_class: Option<String>,
    pub supporting_project: bool,
    pub supporting_finding: Option<String>,
    pub content: Option<String>,
    pub total_investment_fen: Option<i64>,
    pub fixed_investment_fen: Option<i64>,
    pub land_mu: Option<f64>,
    pub factory_m2: Option<f64>,
    pub jobs: Option<i64>,
    pub filing_code: Option<String>,
    pub phase_of: Option<String>,
    pub key_basis: Option<KeyBasis>,
    pub key_reason: Option<String>,
    pub source: SourceBody,
    pub source_kind: SourceKind,
    pub leader: Option<String>,
    pub officer: Option<String>,
    pub leader_reason: Option<String>,
    pub unit: Option<String>,
    pub enclave_county: Option<String>,
    pub land_use: Option<LandUse>,
    pub recommended_on: Option<NaiveDate>,
    pub progress: Option<String>,
    pub problems: Option<String>,
    pub coordination: Option<String>,
    pub next_step: Option<String>,
    pub remark: Option<String>,
}

impl ProjectInput {
    /// Checks everything that needs no database; all faults at once, each at its field.
    pub fn check(body: ProjectBody, reference: &Reference) -> Result<Self, AppError> {
        let (input, errors) = Self::read(body, reference);
        errors.into_result()?;
        Ok(input)
    }

    /// The same for an edit of what `before` says: only what changes is checked.
    pub fn check_edit(
        before: &ProjectBody,
        body: ProjectBody,
        reference: &Reference,
    ) -> Result<Self, AppError> {
        let (mut input, mut errors) = Self::read(body.clone(), reference);
        changes::forgive(&mut errors, before, &body);
        errors.into_result()?;
        changes::keep(&mut input, before, &body);
        Ok(input)
    }

    /// The input as far as it can be read, and all that is wrong with it.
    fn read(body: ProjectBody, reference: &Reference) -> (Self, FieldErrors) {
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
        let source_kind = source.kind.unwrap_or(SourceKind::Own);
        check_source(&mut errors, &source, source_kind);
        let key = body.key.unwrap_or_default();
        let key_reason = line(&mut errors, "key.reason", key.reason);
        if key.basis == Some(KeyBasis::Head) && key_reason.is_none() {
            errors.add("key.reason", "reason-required");
        }
        let enclave = body.enclave.unwrap_or_default();
        let enclave_county = checked_enclave(&mut errors, reference, &enclave, &county);
        let input = ProjectInput {
            title,
            investor_name,
            uscc,
            origin: line(&mut errors, "origin", body.origin),
            project_company: line(&mut errors, "project_company", body.project_company),
            county,
            park,
            industry,
            industry_class,
            supporting_project: body.supporting_project.unwrap_or(false),
            supporting_finding: text(&mut errors, "supporting_finding", body.supporting_finding),
            content: text(&mut errors, "content", body.content),
            total_investment_fen: total,
            fixed_investment_fen: fixed,
            land_mu: measure(&mut errors, "land_mu", body.land_mu),
            factory_m2: measure(&mut errors, "factory_m2", body.factory_m2),
            jobs: count(&mut errors, "jobs", body.jobs),
            filing_code: line(&mut errors, "filing_code", body.filing_code),
            phase_of: line(&mut errors, "phase_of", body.phase_of),
            key_basis: key.basis,
            key_reason,
            source,
            source_kind,
            leader: line(&mut errors, "leader", body.leader),
            officer: line(&mut errors, "officer", body.officer),
            leader_reason: line(&mut errors, "leader_reason", body.leader_reason),
            unit: line(&mut errors, "unit", body.unit),
            land_use: enclave.land_use.filter(|_| enclave_county.is_some()),
            recommended_on: enclave.recommended_on.filter(|_| enclave_county.is_some()),
            enclave_county,
            progress: text(&mut errors, "progress", body.progress),
            problems: text(&mut errors, "problems", body.problems),
            coordination: text(&mut errors, "coordination", body.coordination),
            next_step: text(&mut errors, "next_step", body.next_step),
            remark: text(&mut errors, "remark", body.remark),
        };
        (input, errors)
    }
}

/// An enclave project is registered in a zone, for a county that is none, and says whose land it uses. Land or a
/// recommendation without a county is none of an enclave.
fn checked_enclave(
    errors: &mut FieldErrors,
    reference: &Reference,
    enclave: &EnclaveBody,
    county: &str,
) -> Option<String> {
    let Some(named) = line(errors, "enclave.county", enclave.county.clone()) else {
        if enclave.land_use.is_some() || enclave.recommended_on.is_some() {
            errors.add("enclave.county", "required");
        }
        return None;
    };
    if !reference.is_county(&named) || reference.is_zone(&named) {
        errors.add("enclave.county", "unknown");
    }
    if !county.is_empty() && !reference.is_zone(county) {
        errors.add("county", "enclave-outside-zone");
    }
    if enclave.land_use.is_none() {
        errors.add("enclave.land_use", "required");
    }
    errors.check_day("enclave.recommended_on", enclave.recommended_on);
    if enclave.recommended_on.is_some_and(|day| clock::is_credible(day) && day > clock::today()) {
        errors.add("enclave.recommended_on", "date-in-future");
    }
    Some(named)
}
