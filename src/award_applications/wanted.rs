//! Which facts a rule wants (domain/award-facts.md), and of what form each is: for forms, and for saying what is
//! missing. The engine's own structs stay the judges of what is entered: a test holds the two against each other.

use crate::fields::{MAX_COUNT, MAX_FEN};
use crate::policies::awards::AwardRule;
use serde_json::{Value, json};

/// The form of a fact.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Form {
    Flag,
    /// In fen.
    Money,
    Whole,
    Day,
    /// One of these words.
    Word(&'static [&'static str]),
    /// The code of an industry that the rule covers.
    Industry,
    /// Amounts in fen.
    Moneys,
    /// Rows of these.
    Rows(&'static [(&'static str, Form)]),
    /// Made of records only: nobody enters it.
    OfRecords,
}

/// A fact that a rule wants.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wanted {
    pub name: &'static str,
    pub form: Form,
    /// It may be null, and is when nothing is entered.
    pub nullable: bool,
    /// It may be left out.
    pub optional: bool,
}

const fn fact(name: &'static str, form: Form) -> Wanted {
    Wanted { name, form, nullable: false, optional: false }
}

const fn or_null(name: &'static str, form: Form) -> Wanted {
    Wanted { name, form, nullable: true, optional: false }
}

const fn may_lack(name: &'static str, form: Form) -> Wanted {
    Wanted { name, form, nullable: false, optional: true }
}

const READINGS: Form = Form::Word(&["contract_year_one", "all_years", "production_year"]);
const READINGS_OF_YEARS: Form = Form::Word(&["contract_years", "construction_years"]);

/// The facts of a rule, in the order of its checks.
pub fn of(rule: AwardRule) -> &'static [Wanted] {
    use Form::{Day, Flag, Industry, Money, Moneys, OfRecords, Rows, Whole, Word};
    match rule {
        AwardRule::Referral => {
            const {
                &[
                    fact("industry", OfRecords),
                    fact("supporting_project", OfRecords),
                    fact("total_investment_fen", OfRecords),
                    or_null("annual_fixed_investment_fen", OfRecords),
                    fact("signed_on", OfRecords),
                    or_null("filed_on", OfRecords),
                    fact("landed", OfRecords),
                    fact("referrers", OfRecords),
                    may_lack("base_reading", READINGS_OF_YEARS),
                    Wanted {
                        name: "construction_contract_year",
                        form: OfRecords,
                        nullable: true,
                        optional: true,
                    },
                ]
            }
        }
        AwardRule::EnterpriseReferral => {
            const {
                &[
                    fact("chain_industry", Industry),
                    fact("contract_fixed_investment_fen", OfRecords),
                    fact("land_premium_fen", OfRecords),
                    fact("annual_fixed_investment_fen", OfRecords),
                    fact("annual_land_premium_fen", OfRecords),
                    fact("in_production", OfRecords),
                    or_null("production_contract_year", OfRecords),
                    fact("investor_from_outside_city", Flag),
                    fact("introducer_same_county", Flag),
                    fact("introducer_other_industry", Flag),
                    fact("chain_project", Flag),
                    fact("already_awarded", OfRecords),
                    may_lack("base_reading", READINGS),
                ]
            }
        }
        AwardRule::Enclave => {
            const {
                &[
                    fact("county_referred", OfRecords),
                    fact("registered_in_zone", OfRecords),
                    fact("uses_zone_land", OfRecords),
                    fact("uses_county_land", OfRecords),
                    fact("covered_industry", OfRecords),
                    fact("retained_tax_fen", Money),
                    fact("tax_incentives_fen", Money),
                    fact("county_shares_bp", OfRecords),
                ]
            }
        }
        AwardRule::StandardFactory => {
            const {
                &[
                    fact("private_capital", Flag),
                    fact("accepted", OfRecords),
                    fact("already_awarded", OfRecords),
                    fact("total_area_m2", Whole),
                    fact("occupied_area_m2", Whole),
                    fact("in_use_on", Day),
                    or_null("threshold_reached_on", Day),
                    fact("tenants_local_contribution_fen", Money),
                    fact("tenants_incentives_fen", Money),
                ]
            }
        }
        AwardRule::ParkInfrastructure => {
            const {
                &[
                    fact("applicant_is_county", Flag),
                    fact("covered_category", Flag),
                    fact("previous_year", Flag),
                    fact("actual_investment_fen", Moneys),
                ]
            }
        }
        AwardRule::FirstAboveScale => {
            const {
                &[
                    fact("in_park", OfRecords),
                    fact("covered_industry", OfRecords),
                    fact("industrial", Flag),
                    fact("first_time", Flag),
                    fact("sector_transfer", Flag),
                    fact("entered_year", OfRecords),
                    or_null("exited_year", Whole),
                ]
            }
        }
        AwardRule::RevenueMilestone => {
            const {
                &[
                    fact("above_scale", OfRecords),
                    fact("highest_revenue_before_fen", Money),
                    fact("revenue_fen", Money),
                    fact("municipal_awards_paid", Rows(&[("milestone_yi", Whole), ("amount_fen", Money)])),
                    may_lack("in_park", OfRecords),
                ]
            }
        }
        AwardRule::SciencePlatform => {
            const {
                &[
                    fact("kind", Word(&["key_laboratory", "innovation_centre", "result_transfer"])),
                    fact("covered_enterprise", Flag),
                    fact("approval", Word(&["new", "renewed", "verified", "pending"])),
                    fact("level", Word(&["municipal", "regional"])),
                    fact("lead_unit", Flag),
                    fact("already_awarded", OfRecords),
                ]
            }
        }
        AwardRule::JobAgency => {
            const {
                &[
                    fact("licensed_agency", Flag),
                    fact("target_workers", Flag),
                    fact("workers", Whole),
                    fact("rate_fen", Money),
                ]
            }
        }
        AwardRule::PovertyReliefWorkshop => {
            const {
                &[fact(
                    "workers",
                    Rows(&[
                        ("target_group", Flag),
                        ("contract_months", Whole),
                        ("insured", Flag),
                        ("social_insurance_paid_fen", Money),
                        ("years", Whole),
                    ]),
                )]
            }
        }
    }
}

/// A value of the right form, in the place of one that is not known: so that the engine judges the form of the others.
pub fn sample(wanted: &Wanted) -> Value {
    if wanted.nullable {
        return Value::Null;
    }
    match (wanted.name, wanted.form) {
        ("industry", _) | (_, Form::Industry) => json!("toy_garment"),
        ("signed_on", _) | (_, Form::Day) => json!("2024-01-01"),
        ("referrers", _) => {
            json!([{ "share_bp": 10_000, "public_employee": false, "is_investor": false }])
        }
        ("county_shares_bp", _) => json!([10_000]),
        ("annual_fixed_investment_fen" | "annual_land_premium_fen", _) | (_, Form::Moneys) => json!([0]),
        ("entered_year", _) => json!(2024),
        ("contract_fixed_investment_fen" | "land_premium_fen" | "total_investment_fen", _) => json!(0),
        (_, Form::Flag | Form::OfRecords) => json!(false),
        (_, Form::Money | Form::Whole) => json!(0),
        (_, Form::Word(words)) => json!(words.first()),
        (_, Form::Rows(columns)) => {
            let row = columns.iter().map(|(name, form)| ((*name).to_owned(), sample(&fact(name, *form))));
            json!([Value::Object(row.collect())])
        }
    }
}

/// Where a value of the right form holds a number larger than any that is meant: amounts and counts have the bounds of
/// a project's.
pub fn oversized(field: String, form: Form, value: &Value) -> Vec<String> {
    let most = match form {
        Form::Money | Form::Moneys => MAX_FEN,
        _ => MAX_COUNT,
    };
    match (form, value) {
        (Form::Money | Form::Whole, number) => {
            let is_over = number.as_i64().is_some_and(|number| number > most);
            is_over.then_some(field).into_iter().collect()
        }
        (Form::Moneys, Value::Array(items)) => {
            let each = items.iter().enumerate();
            each.flat_map(|(at, item)| oversized(format!("{field}[{at}]"), Form::Money, item)).collect()
        }
        (Form::Rows(columns), Value::Array(rows)) => {
            let cells = rows.iter().enumerate().flat_map(|(at, row)| {
                columns.iter().filter_map(move |(name, form)| Some((at, *name, *form, row.get(name)?)))
            });
            cells
                .flat_map(|(at, name, form, cell)| oversized(format!("{field}[{at}].{name}"), form, cell))
                .collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::awards::Engine;
    use crate::awards::question::Question;
    use crate::policies::Policies;
    use crate::reference::Reference;
    use serde_json::Map;

    #[test]
    fn what_is_larger_than_any_project_is_told_where_it_stands() {
        let found = |form, value: Value| oversized("facts.x".to_owned(), form, &value);
        assert!(found(Form::Money, json!(MAX_FEN)).is_empty());
        assert_eq!(found(Form::Money, json!(MAX_FEN + 1)), ["facts.x"]);
        assert!(found(Form::Whole, json!(MAX_COUNT)).is_empty());
        assert_eq!(found(Form::Whole, json!(MAX_COUNT + 1)), ["facts.x"]);
        assert_eq!(found(Form::Moneys, json!([0, i64::MAX])), ["facts.x[1]"]);
        let rows = Form::Rows(&[("years", Form::Whole), ("amount_fen", Form::Money)]);
        let row = json!([{ "years": MAX_COUNT + 1, "amount_fen": MAX_COUNT + 1 }]);
        assert_eq!(found(rows, row), ["facts.x[0].years"]);
        assert!(found(Form::Flag, json!(true)).is_empty());
    }

    #[test]
    fn the_engine_wants_these_facts_and_no_others() {
        let (policies, reference) = (Policies::load(None).unwrap(), Reference::load(None).unwrap());
        let engine = Engine::new(&policies, &reference);
        let fault = |rule: AwardRule, facts: Map<String, Value>| {
            let question = Question {
                id: Value::Null,
                rule,
                policy: None,
                facts,
                scenario: Value::Null,
                expected: Value::Null,
            };
            engine.answer(question).err()
        };
        for rule in AwardRule::ALL {
            let all: Map<String, Value> =
                of(*rule).iter().map(|one| (one.name.to_owned(), sample(one))).collect();
            assert_eq!(fault(*rule, all.clone()), None, "{rule}");
            for one in of(*rule) {
                let mut without = all.clone();
                without.remove(one.name);
                let found = fault(*rule, without).map(|fault| (fault.field.to_string(), fault.code));
                let missing = (format!("facts.{}", one.name), "required");
                assert_eq!(found, (!one.optional).then_some(missing), "{rule}");
                if one.nullable {
                    continue;
                }
                let mut null = all.clone();
                null.insert(one.name.to_owned(), Value::Null);
                assert!(fault(*rule, null).is_some(), "{rule}: {} is not null", one.name);
            }
        }
    }
}
