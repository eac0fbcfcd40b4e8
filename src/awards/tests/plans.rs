//! A plan is its file: another file, other awards; and a file that contradicts itself is refused with its place.

use super::{REFERENCE, facts, fixture};
use crate::attachments::AttachmentKind;
use crate::awards::{Award, Engine};
use crate::policies::awards::{AwardRule, Compliance, check_known};
use crate::policies::{Extension, Policies, parse};
use serde_json::{Value, json};
use std::path::Path;

const YI: i64 = 10_000_000_000;

fn other() -> Policies {
    Policies::load(None)
        .unwrap()
        .with(parse("other-plan.toml", &fixture("other-plan.toml")).unwrap())
        .unwrap()
}

fn compute(policies: &Policies, policy: Value, rule: &str, facts: &Value) -> Result<Award, String> {
    let mut line = json!({ "rule": rule, "facts": facts });
    if policy.is_string() {
        line["policy"] = policy;
    }
    let award = Engine::new(policies, &REFERENCE).line(line.to_string().as_bytes());
    award.map_err(|refused| refused.fault.field.into_owned())
}

#[test]
fn a_new_plan_is_a_new_file() {
    let policies = other();
    let new = |rule: &str, case: &str, changes: Value| {
        let award = compute(&policies, json!("example-2027"), rule, &facts(case, changes)).unwrap();
        assert_eq!(award.policy, "example-2027");
        (award.status.as_str(), award.amount_fen)
    };
    let referral = |changes: Value| {
        let mut all = json!({ "industry": "other", "signed_on": "2027-03-31", "total_investment_fen": YI / 2, "annual_fixed_investment_fen": [10_000, 20_000, 30_000, 40_000] });
        all.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        new("referral", "R1-14", all)
    };
    assert_eq!(referral(json!({})), ("eligible", 100), "2.5‰ of three years, cut to whole yuan");
    assert_eq!(referral(json!({ "annual_fixed_investment_fen": [100 * YI] })), ("eligible", 10_000_000));
    assert_eq!(referral(json!({ "signed_on": "2027-04-01" })), ("outside_policy_window", 0));
    assert_eq!(referral(json!({ "industry": "toy_garment" })), ("industry_not_covered", 0));
    assert_eq!(referral(json!({ "total_investment_fen": YI / 2 - 1 })), ("below_threshold", 0));
    let mut brought =
        facts("R2-04", json!({ "chain_industry": "other", "contract_fixed_investment_fen": YI / 10 }));
    brought.as_object_mut().unwrap().remove("base_reading");
    let award = compute(&policies, json!("example-2027"), "enterprise_referral", &brought).unwrap();
    assert_eq!(award.amount_fen, 30_000_000, "3‰ of all years, without a cap");
    let mut in_base = brought.clone();
    in_base["annual_land_premium_fen"] = in_base["annual_fixed_investment_fen"].clone();
    let award = compute(&policies, json!("example-2027"), "enterprise_referral", &in_base).unwrap();
    assert_eq!(award.amount_fen, 30_000_000, "this plan leaves the land in the base");
    brought["chain_industry"] = json!("toy_garment");
    let award = compute(&policies, json!("example-2027"), "enterprise_referral", &brought).unwrap();
    assert_eq!(award.status.as_str(), "not_chain_project", "this plan has no chain of it");
    brought["chain_industry"] = json!("other");
    brought["base_reading"] = json!("contract_year_one");
    let refused = compute(&policies, json!("example-2027"), "enterprise_referral", &brought);
    assert_eq!(refused.unwrap_err(), "facts.base_reading", "a reading that this plan does not have");
    let late = json!({ "occupied_area_m2": 80_000, "threshold_reached_on": "2023-11-01" });
    assert_eq!(new("standard_factory", "R4-01", late), ("eligible", 100_000), "capped");
    assert_eq!(new("standard_factory", "R4-01", json!({})), ("occupancy_below_threshold", 0));
    let late = json!({ "occupied_area_m2": 80_000, "threshold_reached_on": "2023-11-02" });
    assert_eq!(new("standard_factory", "R4-01", late), ("too_late", 0));
    let crossed =
        json!({ "revenue_fen": 3 * YI, "municipal_awards_paid": [{ "milestone_yi": 2, "amount_fen": 700 }] });
    assert_eq!(new("revenue_milestone", "R7-01", crossed), ("eligible", 700));
    let refused = compute(&policies, json!("example-2027"), "enclave", &facts("R3-02", json!({})));
    assert_eq!(refused.unwrap_err(), "rule", "an award that this plan does not have");
}

/// rounding, R1's `year_basis` and R7's park are the plan's to say (domain/rules.md).
#[test]
fn what_the_plan_leaves_open_is_data_of_its_version() {
    let text = fixture("other-plan.toml")
        .replace("[award.referral]\n", "[award]\nrounding = \"fen\"\n\n[award.referral]\nreadings = [\"contract_years\", \"construction_years\"]\ndefault_reading = \"construction_years\"\n")
        .replace("milestones_yi = [2, 5]\n", "milestones_yi = [2, 5]\nin_park = true\n");
    let policies = Policies::load(None).unwrap().with(parse("open.toml", &text).unwrap()).unwrap();
    let new = |rule: &str, case: &str, changes: Value| {
        let award = compute(&policies, json!("example-2027"), rule, &facts(case, changes))?;
        Ok::<_, String>((award.status.as_str(), award.amount_fen, award.payouts_fen))
    };
    let referral = |changes: Value| {
        let payee = |share: i64| json!({ "share_bp": share, "public_employee": false, "is_investor": false });
        let mut all = json!({ "industry": "other", "signed_on": "2027-03-31", "total_investment_fen": YI / 2, "annual_fixed_investment_fen": [10_000, 20_000, 30_400], "referrers": [payee(3_333), payee(6_667)] });
        all.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        new("referral", "R1-14", all)
    };
    let second = json!({ "construction_contract_year": 2 });
    let shared = Some(vec![42, 84]);
    assert_eq!(
        referral(second),
        Ok(("eligible", 126, shared)),
        "2.5‰ of the second and third year, to the fen"
    );
    let first = json!({ "base_reading": "contract_years" });
    assert_eq!(referral(first).map(|found| found.1), Ok(151), "of all three years");
    let after = json!({ "construction_contract_year": 4 });
    assert_eq!(referral(after).map(|found| found.1), Ok(0), "nothing is agreed for a year after the plan");
    for none in
        [json!({}), json!({ "construction_contract_year": null }), json!({ "construction_contract_year": 0 })]
    {
        assert_eq!(referral(none), Err("facts.construction_contract_year".to_owned()));
    }
    assert_eq!(
        referral(json!({ "landed": false })).map(|found| found.0),
        Ok("not_landed"),
        "no year is asked for yet"
    );
    let milestone = |park: Value| {
        let mut changes = json!({ "revenue_fen": 3 * YI, "municipal_awards_paid": [{ "milestone_yi": 2, "amount_fen": 777 }] });
        changes.as_object_mut().unwrap().extend(park.as_object().unwrap().clone());
        new("revenue_milestone", "R7-01", changes)
    };
    assert_eq!(milestone(json!({ "in_park": true })), Ok(("eligible", 777, None)));
    assert_eq!(milestone(json!({ "in_park": false })), Ok(("not_in_park", 0, None)));
    assert_eq!(milestone(json!({})), Err("facts.in_park".to_owned()));
}

#[test]
fn the_default_is_the_latest_version_that_is_not_made_up() {
    let case = facts("R9-01", json!({}));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/demo/policies");
    let demonstration = Policies::load(Some(&folder)).unwrap();
    let taken = compute(&demonstration, Value::Null, "job_agency", &case).unwrap();
    assert_eq!(taken.policy, "qinzhou-2023-2025", "the demonstration's own is later, and made up");
    let named = compute(&demonstration, json!("demo-2026-2028"), "job_agency", &case).unwrap();
    assert_eq!((named.policy.as_str(), named.amount_fen), ("demo-2026-2028", 600_000));
    let refused = compute(&other(), Value::Null, "job_agency", &case);
    assert_eq!(refused.unwrap_err(), "rule", "the latest is the other plan, which has no such award");
}

/// A correction that ends earlier than what it takes the place of is the later version all the same.
#[test]
fn a_version_gives_way_to_the_one_that_takes_its_place() {
    let carried = Policies::load(None).unwrap();
    let mut corrected = carried.find("qinzhou-2023-2025").unwrap().clone();
    corrected.code = "qinzhou-corrected".to_owned();
    corrected.supersedes = vec!["qinzhou-2023-2025".to_owned()];
    corrected.to = "2025-06-30".parse().unwrap();
    let policies = carried.with(corrected).unwrap();
    assert_eq!(policies.latest().unwrap().code, "qinzhou-corrected");
    let of = |day: &str| policies.with_rule(AwardRule::Referral, day.parse().ok()).unwrap().code.as_str();
    assert_eq!(of("2024-06-01"), "qinzhou-corrected");
    assert_eq!(of("2025-12-31"), "qinzhou-2023-2025", "the corrected one does not cover the day");
}

#[test]
fn a_version_that_is_extended_covers_later_signings() {
    let signed = facts("R1-14", json!({ "signed_on": "2026-06-30" }));
    let policies = Policies::load(None).unwrap();
    let status = |policies: &Policies| compute(policies, Value::Null, "referral", &signed).unwrap().status;
    assert_eq!(status(&policies).as_str(), "outside_policy_window");
    let (number, name) = ("1".to_owned(), "示例".to_owned());
    let extension = Extension { until: "2026-06-30".parse().unwrap(), number, name };
    let longer = policies.changed("qinzhou-2023-2025", |version| version.extended(extension.clone()));
    assert_eq!(status(&longer).as_str(), "eligible");
}

#[test]
fn compliance_follows_the_day() {
    let policies = other();
    let plan = policies.find("qinzhou-2023-2025").unwrap();
    let on = |rule: AwardRule, day: &str| {
        let period = plan.award.basis(rule).unwrap().compliance_on(day.parse().unwrap());
        period.map(|period| period.status)
    };
    let reviewed = [
        AwardRule::Enclave,
        AwardRule::StandardFactory,
        AwardRule::EnterpriseReferral,
        AwardRule::FirstAboveScale,
        AwardRule::RevenueMilestone,
    ];
    for rule in AwardRule::ALL.iter().copied() {
        let later = if reviewed.contains(&rule) { Compliance::UnderReview } else { Compliance::InForce };
        assert_eq!(on(rule, "2022-12-31"), None);
        assert_eq!(on(rule, "2024-07-31"), Some(Compliance::InForce), "{rule}");
        assert_eq!(on(rule, "2024-08-01"), Some(later), "{rule}");
        assert_eq!(on(rule, "2030-01-01"), Some(later), "{rule}");
    }
}

/// `[award.referral] cap_yuan` with points only.
fn path(place: &str) -> String {
    place.replace("[", "").replace("] ", ".")
}

#[test]
fn a_file_that_contradicts_itself_is_refused_with_its_place() {
    let plan = fixture("other-plan.toml");
    for (change, with, place) in [
        ("cap_yuan = 100_000", "cap_yuan = -1", "award.referral.cap_yuan"),
        ("cap_yuan = 100_000", "cap_yuan = 9_223_372_036_854_775_807", "award.referral.cap_yuan"),
        ("to = \"2027-03-31\"", "to = \"2027-02-28\"", "award.referral.window.to"),
        ("rate_bp = 25", "rate_bp = 10_001", "award.referral.rate_bp"),
        ("contract_years = 3", "contract_years = 0", "award.referral.contract_years"),
        ("contract_years = 3", "contract_years = 51", "award.referral.contract_years"),
        ("rate_bp = 25", "rate_bp = 0", "award.referral.rate_bp"),
        ("rate_bp = 25", "rate_bp = 25\nwarn_below_actual_bp = 0", "award.referral.warn_below_actual_bp"),
        ("cap_yuan = 100_000", "cap_yuan = 0", "award.referral.cap_yuan"),
        ("rate_bp = 30", "rate_bp = 0", "award.enterprise_referral.rate_bp"),
        ("rate_bp = 30", "rate_bp = 30\ncap_yuan = 0", "award.enterprise_referral.cap_yuan"),
        (
            "rate_bp = 2_500\ncap_yuan = 1_000",
            "rate_bp = 2_500\ncap_yuan = 0",
            "award.standard_factory.cap_yuan",
        ),
        ("rate_bp = 10_000", "rate_bp = 0", "award.revenue_milestone.rate_bp"),
        // All of the window's days lie before or after the version's.
        (
            "{ from = \"2027-03-01\", to = \"2027-03-31\" }",
            "{ from = \"2026-03-01\", to = \"2026-12-31\" }",
            "award.referral.window.to",
        ),
        (
            "{ from = \"2027-03-01\", to = \"2027-03-31\" }",
            "{ from = \"2028-01-01\", to = \"2028-03-31\" }",
            "award.referral.window.from",
        ),
        // A threshold of an industry that the plan does not have.
        (
            "{ other = 10_000_000 }",
            "{ other = 10_000_000, wood_home = 1 }",
            "award.enterprise_referral.threshold_yuan_of.wood_home",
        ),
        ("readings = [\"all_years\"]", "readings = []", "award.enterprise_referral.default_reading"),
        (
            "readings = [\"all_years\"]",
            "readings = [\"contract_years\"]",
            "award.enterprise_referral.readings",
        ),
        ("contract_years = 3", "contract_years = 3\nreadings = [\"all_years\"]", "award.referral.readings"),
        (
            "contract_years = 3",
            "contract_years = 3\ndefault_reading = \"construction_years\"",
            "award.referral.default_reading",
        ),
        (
            "document = \"示例方案(虚构)\"\npayer = \"unstated\"",
            "document = \" \"\npayer = \"unstated\"",
            "award.enterprise_referral.basis.document",
        ),
        (
            "supporting = [\"finance\"]",
            "supporting = [\"investment_promotion\"]",
            "award.enterprise_referral.basis.supporting",
        ),
        (
            "responsible = [\"investment_promotion\"]\nsupporting",
            "responsible = [\"finance\", \"finance\"]\nsupporting",
            "award.enterprise_referral.basis.responsible",
        ),
        ("within_months = 6", "within_months = 0", "award.standard_factory.within_months"),
        ("occupancy_bp = 8_000", "occupancy_bp = 0", "award.standard_factory.occupancy_bp"),
        // Two rules for the same thing.
        ("[award.revenue_milestone]\n", "[award.standard_factory]\n[award.revenue_milestone]\n", "line 61"),
        ("contract_years = 3", "contract_years = -3", "line 19"),
        (
            "industries = [\"chenpi\", \"other\"]\nthreshold",
            "industries = []\nthreshold",
            "award.referral.industries",
        ),
        ("threshold_yuan = 50", "treshold_yuan = 50", "line 18"),
        ("{ other = 10_000_000 }", "{}", "award.enterprise_referral.threshold_yuan_of"),
        ("{ other = 10_000_000 }", "{ other = -1 }", "award.enterprise_referral.threshold_yuan_of.other"),
        (
            "default_reading = \"all_years\"",
            "default_reading = \"production_year\"",
            "award.enterprise_referral.default_reading",
        ),
        ("default_reading = \"all_years\"", "default_reading = \"best\"", "line 33"),
        (
            "readings = [\"all_years\"]",
            "readings = [\"all_years\", \"all_years\"]",
            "award.enterprise_referral.readings",
        ),
        ("clause = \"一(二)\"", "clause = \" \"", "award.enterprise_referral.basis.clause"),
        (
            "until = \"2027-06-30\"",
            "until = \"2026-06-30\"",
            "award.enterprise_referral.basis.compliance 1, until",
        ),
        (
            "until = \"2027-06-30\"",
            "until = \"2027-07-01\"",
            "award.enterprise_referral.basis.compliance 2, from",
        ),
        (
            "until = \"2027-06-30\"",
            "until = \"2027-06-29\"",
            "award.enterprise_referral.basis.compliance 2, from",
        ),
        (", until = \"2027-06-30\"", "", "award.enterprise_referral.basis.compliance 2, from"),
        (
            "compliance = [{ status = \"in_force\", from = \"2027-01-01\", basis = \"示例方案(虚构)\" }]\n\n[award.enterprise",
            "compliance = []\n\n[award.enterprise",
            "award.referral.basis.compliance",
        ),
        ("occupancy_bp = 8_000", "occupancy_bp = -1", "award.standard_factory.occupancy_bp"),
        ("within_months = 6", "within_months = 1_201", "award.standard_factory.within_months"),
        ("[2, 5]", "[5, 2]", "award.revenue_milestone.milestones_yi"),
        ("[2, 5]", "[]", "award.revenue_milestone.milestones_yi"),
        ("[2, 5]", "[0, 2]", "award.revenue_milestone.milestones_yi"),
    ] {
        let text = plan.replace(change, with);
        assert_ne!(text, plan, "{change}");
        let error = parse("other-plan.toml", &text).unwrap_err();
        assert_eq!(error.file, "other-plan.toml");
        match place.strip_prefix("line ") {
            Some(line) => assert_eq!(error.place.line.to_string(), line, "{with}"),
            None => assert_eq!(path(&error.place.at), place, "{with}"),
        }
    }
    let agency = "\n[award.job_agency]\nlowest_rate_yuan = 2\nhighest_rate_yuan = 1\n[award.job_agency.basis]\nclause = \"x\"\ndocument = \"x\"\npayer = \"unstated\"\nresponsible = [\"finance\"]\ncompliance = [{ status = \"in_force\", from = \"2027-01-01\", basis = \"x\" }]\n";
    let error = parse("x", &format!("{plan}{agency}")).unwrap_err();
    assert_eq!(path(&error.place.at), "award.job_agency.highest_rate_yuan");
    assert_eq!(error.place.line, plan.lines().count() + 4, "where the key stands");
}

#[test]
fn papers_that_are_named_twice_or_are_no_papers_are_refused_with_their_place() {
    let plan = fixture("other-plan.toml");
    let table = "[award.enterprise_referral.basis]\n";
    let asking = |papers: &str| plan.replace(table, &format!("{table}papers = [{papers}]\n"));
    let line = plan.lines().take_while(|line| !line.starts_with(table.trim())).count() + 2;
    let sound = parse("x", &asking("\"contract\", \"filing\"")).unwrap();
    let asked = &sound.award.basis(AwardRule::EnterpriseReferral).unwrap().papers;
    assert_eq!(asked.as_slice(), [AttachmentKind::Contract, AttachmentKind::Filing]);
    for (papers, below, fault) in [
        ("\"contract\", \"filing\", \"contract\"", 0, "policy-twice"),
        ("\n  \"contract\",\n  \"contract\",\n", 0, "policy-twice"),
        ("\"contract\", \"diploma\"", 0, "policy-wrong-value"),
        ("\n  \"contract\",\n  \"diploma\",\n", 0, "policy-wrong-value"),
        // A comma lacks.
        ("\n  \"contract\"\n  \"filing\"\n", 2, "policy-syntax"),
        ("7", 0, "policy-wrong-value"),
    ] {
        let error = parse("x", &asking(papers)).unwrap_err();
        assert_eq!(path(&error.place.at), "award.enterprise_referral.basis.papers", "{papers}");
        assert_eq!((error.place.line, error.fault.code()), (line + below, fault), "{papers}");
    }
}

#[test]
fn industries_and_units_that_are_not_known_are_refused_with_their_place() {
    let plan = fixture("other-plan.toml");
    let check = |text: &str| check_known(&parse("x", text).unwrap(), &REFERENCE);
    assert_eq!(check(&plan), Ok(()));
    for (change, with, place) in [
        (
            "industries = [\"chenpi\", \"other\"]\nthreshold",
            "industries = [\"gold\"]\nthreshold",
            "award.referral.industries",
        ),
        ("{ other = 10_000_000 }", "{ gold = 1 }", "award.enterprise_referral.threshold_yuan_of"),
        (
            "responsible = [\"industry_it\"]",
            "responsible = [\"nobody\"]",
            "award.standard_factory.basis.responsible",
        ),
        (
            "supporting = [\"finance\"]",
            "supporting = [\"nobody\"]",
            "award.enterprise_referral.basis.supporting",
        ),
    ] {
        // The pool knows it, so that the plan does not contradict itself.
        let text = plan.replace(change, with).replace("\"other\"]\nstart", "\"other\", \"gold\"]\nstart");
        assert_eq!(path(&check(&text).unwrap_err().place(&text).at), place, "{with}");
    }
}
