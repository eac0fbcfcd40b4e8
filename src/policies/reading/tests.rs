//! What is read of a version, and refused with its place.

use super::*;

pub const PLAN: &str = r#"code = "plan-a"
zh = "甲"
en = "A"
issuer = "市政府"
from = "2023-01-01"
to = "2025-12-31"

[pool]
industries = ["chenpi"]
start_within_months = 24
key_amount_yuan = 100000000

[[quota]]
scope = "city"
metric = "construction_starts"
years = [2023, 2024, 2025]
target = 3
clause = "三(四)2(1)"
"#;

#[test]
fn a_version_that_makes_no_sense_is_refused_with_its_place_and_goes_on_counting_once_confirmed() {
    let award = |more: &str, period: &str| {
        format!(
            "[award.referral]\nindustries = [\"chenpi\"]\n{more}threshold_yuan = 1\ncontract_years = 2\nrate_bp = 10\n\
             [award.referral.basis]\nclause = \"1\"\ndocument = \"x\"\npayer = \"zone\"\nresponsible = [\"finance\"]\n\
             compliance = [{period}]\n\n[[quota]]"
        )
    };
    let always = "{ status = \"in_force\", from = \"2023-01-01\", basis = \"x\" }";
    let support =
        |jobs: i64, clause: &str| format!("[support]\nnew_jobs = {jobs}\nclause = \"{clause}\"\n\n[[quota]]");
    let code = |code: &str| format!("code = \"{code}\"");
    let own = code("plan-a");
    let own = own.as_str();
    for (change, with, at, line, fault) in [
        (own, code("a"), "code", 1, Fault::NoCode),
        (own, code("Plan-a"), "code", 1, Fault::NoCode),
        (own, code("-a"), "code", 1, Fault::NoCode),
        (own, code("plan a/b"), "code", 1, Fault::NoCode),
        (own, code(&"a".repeat(65)), "code", 1, Fault::NoCode),
        (own, code("new"), "code", 1, Fault::CodeReserved),
        (own, code("documents"), "code", 1, Fault::CodeReserved),
        ("\"2023-01-01\"", "\"0023-01-01\"".to_owned(), "from", 5, Fault::NoYear(1949, 2199)),
        ("\"2025-12-31\"", "\"2200-01-01\"".to_owned(), "to", 6, Fault::NoYear(1949, 2199)),
        ("\"2025-12-31\"", "\"2043-01-01\"".to_owned(), "to", 6, Fault::TooLong),
        ("= 24", "= 0".to_owned(), "[pool] start_within_months", 10, Fault::Between(1, 600)),
        ("= 24", "= 601".to_owned(), "[pool] start_within_months", 10, Fault::Between(1, 600)),
        ("target = 3", "target = 0".to_owned(), "[[quota]] 1 target", 17, Fault::Between(1, 100_000)),
        ("target = 3", "target = 100001".to_owned(), "[[quota]] 1 target", 17, Fault::Between(1, 100_000)),
        ("\"三(四)2(1)\"", "\" \"".to_owned(), "[[quota]] 1 clause", 18, Fault::Missing),
        ("[[quota]]", support(0, "1"), "[support] new_jobs", 14, Fault::Between(1, 10_000_000)),
        ("[[quota]]", support(500, ""), "[support] clause", 15, Fault::Missing),
        (
            "[[quota]]",
            award("", always).replace("chenpi", "chemical"),
            "[award.referral] industries",
            14,
            Fault::NotAmongIndustries("chemical".into()),
        ),
        (
            "[[quota]]",
            award("window = { from = \"2022-12-31\", to = \"2025-12-31\" }\n", always),
            "[award.referral] window.from",
            15,
            Fault::WindowOutside,
        ),
        (
            "[[quota]]",
            award("window = { from = \"2023-01-01\", to = \"2026-01-01\" }\n", always),
            "[award.referral] window.to",
            15,
            Fault::WindowOutside,
        ),
        (
            "[[quota]]",
            award("", &always.replace("2023-01-01", "2023-01-02")),
            "[award.referral] basis.compliance 1, from",
            23,
            Fault::Uncovered,
        ),
        (
            "[[quota]]",
            award("", &always.replace(", basis", ", until = \"2025-12-30\", basis")),
            "[award.referral] basis.compliance 1, until",
            23,
            Fault::Uncovered,
        ),
        (
            "[[quota]]",
            award("", &always.replace("\"x\"", "\"\"")),
            "[award.referral] basis.compliance 1, basis",
            23,
            Fault::Missing,
        ),
    ] {
        let text = PLAN.replace(change, &with);
        let error = parse("a.toml", &text).unwrap_err();
        let found = (error.place.at.as_str(), error.place.line, error.fault.clone());
        assert_eq!(found, (at, line, fault), "{with}: {error}");
        assert!(parse_confirmed("a.toml", &text).is_ok(), "{with}");
    }
    let until = always.replace(", basis", ", until = \"2025-12-31\", basis");
    for sound in [
        PLAN.replace("\"2025-12-31\"", "\"2042-12-31\""),
        PLAN.replace("[[quota]]", &award("", always)),
        PLAN.replace("[[quota]]", &award("", &until.replace("2023", "2022"))),
        PLAN.replace("[[quota]]", &support(1, "1")),
    ] {
        assert!(parse("a.toml", &sound).is_ok(), "{sound}");
    }
}

#[test]
fn a_quota_of_a_zone_names_a_zone_and_that_of_a_county_a_county() {
    let reference = Reference::load(None).unwrap();
    let scope = |scope: &str, region: &str| {
        let with = format!("scope = \"{scope}\"\nregion = \"{region}\"");
        let text = PLAN.replace("scope = \"city\"", &with);
        check_names("a.toml", &text, &parse("a.toml", &text).unwrap(), &reference)
    };
    assert_eq!(scope("zone", "QZ-FTZ"), Ok(()));
    assert_eq!(scope("county", "450721"), Ok(()));
    for (kind, region, fault) in [
        ("zone", "450721", Fault::NoZone("450721".into())),
        ("county", "QZ-FTZ", Fault::NoCounty("QZ-FTZ".into())),
    ] {
        let error = scope(kind, region).unwrap_err();
        assert_eq!((error.place.at.as_str(), error.place.line), ("[[quota]] 1 region", 15));
        assert_eq!(error.fault, fault);
    }
}

#[test]
fn a_version_that_contradicts_itself_is_refused_with_its_place() {
    for (change, with, at, line, fault) in [
        ("to = \"2025-12-31\"", "to = \"2022-12-31\"", "to", 6, Fault::EndsBeforeStart),
        ("scope = \"city\"", "scope = \"county\"", "[[quota]] 1 region", 13, Fault::RegionAndScope),
        ("target = 3", "target = -1", "[[quota]] 1 target", 17, Fault::Negative),
        ("2025]", "2026]", "[[quota]] 1 years", 16, Fault::YearOutside(2026)),
        ("code = \"plan-a\"", "code = \"\"", "code", 1, Fault::NoCode),
        ("= 100000000", "= -1", "[pool] key_amount_yuan", 11, Fault::Negative),
        ("zh = \"甲\"", "zh = \" \"", "zh", 2, Fault::Missing),
        ("issuer = \"市政府\"", "issuer = \"\"", "issuer", 4, Fault::Missing),
        ("[\"chenpi\"]", "[]", "[pool] industries", 9, Fault::Empty),
        ("[\"chenpi\"]", "[\"chenpi\", \"chenpi\"]", "[pool] industries", 9, Fault::Twice),
        (
            "= 100000000",
            "= 1\nkey_amount_yuan_of = { chemical = 1 }",
            "[pool] key_amount_yuan_of",
            12,
            Fault::NotAmongIndustries("chemical".into()),
        ),
        ("[2023, 2024, 2025]", "[]", "[[quota]] 1 years", 16, Fault::Empty),
        ("[2023, 2024, 2025]", "[2023, 2023]", "[[quota]] 1 years", 16, Fault::Twice),
        ("[pool]", "supersedes = [\"b\", \"b\"]\n\n[pool]", "supersedes", 8, Fault::Twice),
        ("[[quota]]", "[pool]\n[[quota]]", "[pool]", 13, Fault::Syntax("[pool]".into())),
        (
            "[pool]",
            "[[estimate]]\nkind = \"green_factory\"\nclause = \"1\"\ngranted_by = \"region\"\nrate_bp = 0\n\n[pool]",
            "[[estimate]] 1 rate_bp",
            12,
            Fault::Rate,
        ),
        (
            "[pool]",
            "[[estimate]]\nkind = \"green_factory\"\nclause = \"1\"\ngranted_by = \"region\"\namount_yuan = 0\n\n[pool]",
            "[[estimate]] 1 amount_yuan",
            12,
            Fault::NoAmount,
        ),
        (
            "[pool]",
            "[[estimate]]\nkind = \"green_factory\"\nclause = \"1\"\ngranted_by = \"region\"\n\n[pool]",
            "[[estimate]] 1 amount_yuan",
            8,
            Fault::Missing,
        ),
        (
            "[pool]",
            "[[estimate]]\nkind = \"green_factory\"\nclause = \"1\"\ngranted_by = \"region\"\nrate_bp = 10001\n\n[pool]",
            "[[estimate]] 1 rate_bp",
            12,
            Fault::Rate,
        ),
        ("clause =", "claus =", "[[quota]] 1 claus", 18, Fault::UnknownKey),
        ("target = 3", "target = \"3\"", "[[quota]] 1 target", 17, Fault::WrongValue),
        ("scope = \"city\"", "scope = \"town\"", "[[quota]] 1 scope", 14, Fault::WrongValue),
        ("\"2023-01-01\"", "\"soon\"", "from", 5, Fault::WrongValue),
        ("issuer = \"市政府\"", "issuer = 市政府", "issuer", 4, Fault::Syntax("issuer = 市政府".into())),
    ] {
        let error = parse("a.toml", &PLAN.replace(change, with)).unwrap_err();
        let found = (error.place.at.as_str(), error.place.line, error.fault.clone());
        assert_eq!(found, (at, line, fault), "{with}: {error}");
    }
    let without = parse("a.toml", &PLAN.replace("target = 3\n", "")).unwrap_err();
    assert_eq!((without.place.at.as_str(), without.fault), ("[[quota]] 1 target", Fault::Missing));
    let twice = format!("{PLAN}\n{}", &PLAN[PLAN.find("[[quota]]").unwrap()..]);
    let error = parse("a.toml", &twice).unwrap_err();
    assert_eq!((error.place.at.as_str(), error.place.line), ("[[quota]] 2 years", 23));
    assert_eq!(error.fault, Fault::YearTwice);
}
