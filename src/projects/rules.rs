//! What the pool asks of a project (domain/rules.md, Q1): pure, over facts and the policy's criteria.

use crate::db::Id;
use crate::policies::Criteria;
use crate::projects::model::{KeyBasis, LandUse, Project};
use crate::text_enum;
use chrono::{Months, NaiveDate};

/// What stands beside a project's own row when it is to enter the pool.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct EntryFacts {
    /// A formal contract is signed; a framework agreement is none.
    pub has_formal_contract: bool,
    /// 立项备案
    pub has_filing: bool,
    /// The day of the first of them; nothing where a filing is known by its code alone.
    pub since: Option<NaiveDate>,
    pub planned_start_on: Option<NaiveDate>,
    /// The day of the contract, formal or framework.
    pub signed_on: Option<NaiveDate>,
    pub started_on: Option<NaiveDate>,
    /// The earliest supplementary agreement.
    pub supplemented_on: Option<NaiveDate>,
}

/// What keeps a project out of the pool: the field and the code of its fault.
pub fn check_entry(
    project: &Project,
    facts: &EntryFacts,
    entered_on: NaiveDate,
    criteria: &Criteria,
) -> Vec<(&'static str, &'static str)> {
    let mut faults = Vec::new();
    if !facts.has_formal_contract && !facts.has_filing {
        faults.push(("contract", "no-contract-or-filing"));
    }
    if facts.since.is_some_and(|since| entered_on < since) {
        faults.push(("entered_on", "entry-before-contract"));
    }
    if project.withdrawn_on.is_some_and(|withdrawn| entered_on < withdrawn) {
        faults.push(("entered_on", "before-withdrawal"));
    }
    if project.leader_id.is_none() {
        faults.push(("leader", "leader-required"));
    }
    if facts.planned_start_on.is_some_and(|start| is_start_too_late(start, entered_on, criteria)) {
        faults.push(("construction_start", "start-too-late"));
    }
    if project.key_basis.is_none() {
        faults.push(("key", "not-key"));
    }
    if !is_covered(project, criteria) {
        faults.push(("industry", "not-covered-industry"));
    }
    faults
}

/// Whether construction is planned to start later after the entry than the plan allows.
pub fn is_start_too_late(start: NaiveDate, entered_on: NaiveDate, criteria: &Criteria) -> bool {
    let last = entered_on.checked_add_months(Months::new(criteria.start_within_months));
    last.is_some_and(|last| start > last)
}

text_enum! {
    /// Why a project does not count, though it may stand in the pool; and what its data say against each other.
    pub enum Warning {
        NotKey = "not_key",
        NotCoveredIndustry = "not_covered_industry",
        /// A later phase without a filing code of its own.
        PhaseWithoutFiling = "phase_without_filing",
        /// It stands in the pool, and whoever leads it is no user: only a ledger named him.
        LeaderIsNoUser = "leader_is_no_user",
        StartBeforeContract = "start_before_contract",
        SupplementBeforeContract = "supplement_before_contract",
    }
}

/// What keeps a project from counting, and what somebody should put right: said on its page.
pub fn warnings(project: &Project, facts: &EntryFacts, criteria: &Criteria) -> Vec<Warning> {
    let is_before_contract =
        |day: Option<NaiveDate>| matches!((day, facts.signed_on), (Some(day), Some(signed)) if day < signed);
    [
        (project.key_basis.is_none(), Warning::NotKey),
        (!is_covered(project, criteria), Warning::NotCoveredIndustry),
        (
            is_bare_phase(project.phase_of.as_ref(), project.filing_code.as_deref()),
            Warning::PhaseWithoutFiling,
        ),
        (project.is_in_pool() && project.leader_id.is_none(), Warning::LeaderIsNoUser),
        (is_before_contract(facts.started_on), Warning::StartBeforeContract),
        (is_before_contract(facts.supplemented_on), Warning::SupplementBeforeContract),
    ]
    .into_iter()
    .filter_map(|(applies, warning)| applies.then_some(warning))
    .collect()
}

/// A later phase of another project that has no filing code of its own: it is part of the first (domain/rules.md, Q1).
pub fn is_bare_phase(phase_of: Option<&Id>, filing_code: Option<&str>) -> bool {
    phase_of.is_some() && filing_code.is_none()
}

/// Of one of the plan's industries, or found to support one of them.
pub fn is_covered(project: &Project, criteria: &Criteria) -> bool {
    project.supporting_project || criteria.covers_industry(&project.industry)
}

/// Whether the total investment makes a key project of it (重点); the threshold itself is enough.
pub fn is_key_by_amount(total_fen: Option<i64>, industry: &str, criteria: &Criteria) -> bool {
    total_fen.is_some_and(|fen| fen >= criteria.key_amount_fen(industry))
}

/// Why it is a key project: as somebody decided, else by its amount. An amount that fell below the threshold is no
/// reason any more.
pub fn key_basis(
    decided: Option<KeyBasis>,
    total_fen: Option<i64>,
    industry: &str,
    criteria: &Criteria,
) -> Option<KeyBasis> {
    match decided {
        Some(KeyBasis::PlanList | KeyBasis::Head) => decided,
        Some(KeyBasis::Amount) | None => {
            is_key_by_amount(total_fen, industry, criteria).then_some(KeyBasis::Amount)
        }
    }
}

/// E1 (plan clause 三(五)1): an above-scale enterprise with as many new jobs in one calendar year as the plan names, or
/// more, is supported first. Two years are never added up.
pub fn is_supported_first(is_above_scale: bool, new_jobs_in_year: i64, wanted: i64) -> bool {
    is_above_scale && new_jobs_in_year >= wanted
}

text_enum! {
    /// What follows for an enclave project from the land that it uses (plan clause 三(四)2(3)).
    pub enum EnclaveCase {
        /// It uses no land of the zone: what the zone keeps of its taxes goes to the county as an award; the statistics
        /// stay with the zone.
        TaxAward = "tax_award",
        /// It uses the county's land or forest quota: GDP and the other statistics are wholly the county's; no award.
        Statistics = "statistics",
        /// It uses the zone's land: neither.
        Neither = "neither",
    }
}

/// Which case of the clause an enclave project is.
pub fn enclave_case(land_use: LandUse) -> EnclaveCase {
    match land_use {
        LandUse::None => EnclaveCase::TaxAward,
        LandUse::County => EnclaveCase::Statistics,
        LandUse::Zone => EnclaveCase::Neither,
    }
}

/// The county whose statistics a project counts in: its own, or of an enclave project that of the clause.
pub fn statistics_county<'a>(
    county: &'a str,
    enclave_county: Option<&'a str>,
    land_use: Option<LandUse>,
) -> &'a str {
    match (enclave_county, land_use.map(enclave_case)) {
        (Some(enclave), Some(EnclaveCase::Statistics)) => enclave,
        _ => county,
    }
}

/// What is known of a project's landing (落地).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LandingFacts {
    /// The day of the formal contract; a framework agreement is none.
    pub signed_on: Option<NaiveDate>,
    /// The day its company was registered, verified.
    pub registered_on: Option<NaiveDate>,
    /// The day construction started, verified: by a permit, or by equipment moved in where a factory is leased.
    pub started_on: Option<NaiveDate>,
}

/// The day from which a project counts as landed (domain/rules.md, R1: formal contract, company registered and start
/// of construction, both verified); nothing while one of them is missing.
pub fn landed_on(facts: &LandingFacts) -> Option<NaiveDate> {
    Some(facts.signed_on?.max(facts.registered_on?).max(facts.started_on?))
}

/// Whether a project has landed: then how its award is shared is settled.
pub fn landed(facts: &LandingFacts) -> bool {
    landed_on(facts).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    const YI: i64 = crate::money::YI;

    fn criteria() -> Criteria {
        Criteria {
            industries: vec!["chenpi".into(), "chemical".into()],
            start_within_months: 24,
            key_amount_yuan: 100_000_000,
            key_amount_yuan_of: BTreeMap::from([("chenpi".to_owned(), 50_000_000)]),
        }
    }

    #[test]
    fn a_key_project_is_one_by_amount_by_list_or_by_decision() {
        let of = |decided, total, industry| key_basis(decided, total, industry, &criteria());
        assert_eq!(of(None, Some(YI), "chemical"), Some(KeyBasis::Amount), "the threshold is enough");
        assert_eq!(of(None, Some(YI - 1), "chemical"), None);
        assert_eq!(of(None, Some(YI / 2), "chenpi"), Some(KeyBasis::Amount));
        assert_eq!(of(Some(KeyBasis::Amount), Some(1), "chenpi"), None, "it fell below");
        assert_eq!(of(Some(KeyBasis::Head), None, "other"), Some(KeyBasis::Head));
        assert_eq!(of(None, None, "chemical"), None, "no amount is known");
    }

    #[test]
    fn jobs_are_supported_first_from_500_in_one_year() {
        for (above_scale, jobs, wanted) in [(true, 499, false), (true, 500, true), (false, 500, false)] {
            assert_eq!(is_supported_first(above_scale, jobs, 500), wanted, "{above_scale} {jobs}");
        }
    }

    #[test]
    fn statistics_of_an_enclave_project_go_where_the_land_is() {
        for (what, enclave, land_use, case, statistics) in [
            ("no enclave project", None, None, None, "QZ-FTZ"),
            ("non-land", Some("450703"), Some(LandUse::None), Some(EnclaveCase::TaxAward), "QZ-FTZ"),
            (
                "the county's land",
                Some("450703"),
                Some(LandUse::County),
                Some(EnclaveCase::Statistics),
                "450703",
            ),
            ("the zone's land", Some("450703"), Some(LandUse::Zone), Some(EnclaveCase::Neither), "QZ-FTZ"),
            ("nobody said which land", Some("450703"), None, None, "QZ-FTZ"),
            ("land without a county", None, Some(LandUse::County), Some(EnclaveCase::Statistics), "QZ-FTZ"),
        ] {
            assert_eq!(land_use.map(enclave_case), case, "{what}");
            assert_eq!(statistics_county("QZ-FTZ", enclave, land_use), statistics, "{what}");
        }
    }

    #[test]
    fn a_project_has_landed_when_it_is_signed_registered_and_started() {
        let day = |text: &str| text.parse::<NaiveDate>().ok();
        let all = LandingFacts {
            signed_on: day("2024-02-01"),
            registered_on: day("2024-06-01"),
            started_on: day("2024-05-06"),
        };
        assert_eq!(landed_on(&all), day("2024-06-01"), "the last of the three");
        for missing in [
            LandingFacts { signed_on: None, ..all },
            LandingFacts { registered_on: None, ..all },
            LandingFacts { started_on: None, ..all },
        ] {
            assert!(!landed(&missing), "{missing:?}");
        }
    }
}
