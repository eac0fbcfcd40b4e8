use chrono::NaiveDate;

use super::*;

fn carried() -> Reference {
    Reference::load(None).expect("the carried files are whole")
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn regions_are_found_by_code_in_both_languages() {
    let reference = carried();
    assert_eq!(reference.region_name("450721", "zh-CN"), "灵山县");
    assert_eq!(reference.region_name("450721", "en"), "Lingshan County");
    assert_eq!(reference.region_name("QZ-FTZ", "zh-CN"), "自贸区钦州港片区");
    assert_eq!(reference.region_name("440300", "zh-CN"), "深圳市");
    assert_eq!(reference.region_name("US", "en"), "United States");
    assert_eq!(reference.region_name("999999", "en"), "999999");
    assert_eq!(reference.origin_name("境外", "zh-CN"), "境外");
    let provinces = reference.regions().iter().filter(|region| region.kind == RegionKind::Province).count();
    assert_eq!(provinces, 34);
}

#[test]
fn leads_belong_to_five_places() {
    let reference = carried();
    let codes: Vec<&str> = reference.counties().iter().map(|county| county.code.as_str()).collect();
    assert_eq!(codes, ["450721", "450722", "450702", "450703", "QZ-FTZ"]);
    assert!(reference.counties().iter().all(|county| reference.parks_of(&county.code).next().is_some()));
    assert!(reference.regions().is_within("450721", "450000"));
    assert!(reference.regions().is_within("QZ-FTZ", reference.city()));
}

#[test]
fn origins_of_ledgers_become_codes_where_they_name_one_place() {
    let reference = carried();
    let regions = reference.regions();
    for (text, code) in [
        ("广东省", Some("440000")),
        ("广西南宁市", Some("450100")),
        ("深圳", Some("440300")),
        ("海南", Some("460000")),
        ("广东省深圳市南山区", Some("440305")),
        ("新加坡", Some("SG")),
        ("HK", Some("HK")),
        ("香港", Some("810000")),
        ("境外", None),
        ("某地", None),
        ("", None),
    ] {
        assert_eq!(regions.origin_code(text), code, "{text}");
    }
}

#[test]
fn a_stage_asks_for_its_own_list_and_those_before_it() {
    let reference = carried();
    let stages = reference.stages();
    assert!(stages.required_up_to("new").is_empty());
    assert_eq!(
        stages.required_up_to("negotiation"),
        ["investor_name", "county", "industry", "source", "total_investment_fen", "officer"]
    );
    let all = stages.required_up_to("contract");
    assert_eq!(all.len(), 15);
    assert_eq!(all[12..], ["uscc", "park", "contract_paper"]);
}

#[test]
fn working_days_follow_the_yearly_notices() {
    let reference = carried();
    let calendar = reference.calendar();
    assert!(!calendar.is_working_day(day("2026-10-01")));
    assert!(calendar.is_working_day(day("2026-10-10")), "a make-up Saturday");
    assert!(!calendar.is_working_day(day("2026-10-11")));
    assert_eq!(calendar.add(day("2026-09-30"), 1), day("2026-10-08"));
    assert_eq!(calendar.add(day("2026-10-09"), 1), day("2026-10-10"));
    assert_eq!(calendar.add(day("2026-11-20"), 5), day("2026-11-27"));
    assert_eq!(calendar.between(day("2026-09-30"), day("2026-10-10")), 3);
    assert!(calendar.knows(2026) && !calendar.knows(2031));
    let guessed = |from: &str| calendar.guessed(day(from), 5);
    assert_eq!((guessed("2026-09-28"), guessed("2031-05-07")), (None, Some(2031)));
    let first = (2026..).find(|year| !calendar.knows(*year)).unwrap();
    assert_eq!(
        guessed(&format!("{}-12-30", first - 1)),
        Some(first),
        "the days run into a year without rows"
    );
    assert!(calendar.is_working_day(day("2031-10-01")), "an unknown year counts Monday to Friday");
}

#[test]
fn ledger_words_name_an_industry() {
    let reference = carried();
    for (text, code) in [
        ("制衣", "toy_garment"),
        ("玩具制造和服装纺织", "toy_garment"),
        ("陈皮产业", "chenpi"),
        ("大红柑种植", "chenpi"),
        ("进口木材加工和高端家居", "wood_home"),
        ("家具", "wood_home"),
        ("化工及关联产业", "chemical"),
        ("新 材 料", "chemical"),
        ("其他", "other"),
        ("chemical", "chemical"),
        ("2452", "toy_garment"),
        ("2452 塑胶玩具制造", "toy_garment"),
        ("胶合板制造", "wood_home"),
    ] {
        assert_eq!(reference.industry_of_word(text).map(|i| i.code.as_str()), Some(code), "{text}");
    }
    assert!(reference.industry_of_word("航天").is_none());
    assert!(reference.industry_of_word("2022年重点").is_none(), "a year is no class");
}

#[test]
fn a_title_suggests_classes_of_its_industry() {
    let reference = carried();
    let codes = |text, industry| -> Vec<&str> {
        reference.classes_for(text, industry).into_iter().map(|class| class.code.as_str()).collect()
    };
    assert_eq!(codes("毛绒公仔智能缝制基地", Some("toy_garment"))[0], "2455");
    assert_eq!(codes("水性木器漆及涂料项目", None)[0], "2641");
    assert!(codes("木地板", Some("chemical")).is_empty());
}

#[test]
fn the_plan_names_31_units() {
    let reference = carried();
    let of_the_plan = day("2023-06-01");
    assert_eq!(reference.units().iter().filter(|unit| unit.exists_on(of_the_plan)).count(), 31);
    let branch = reference.units().iter().find(|unit| unit.id == "pbc_branch").unwrap();
    assert!(!branch.exists_on(day("2026-01-01")) && branch.successor.is_some());
}

#[test]
fn headers_are_known_by_many_words() {
    use Column::*;
    let reference = carried();
    for (header, column) in [
        ("总投资(万元)", TotalInvestment),
        ("其中:固定资产投资（万元）", FixedInvestment),
        ("总投资/亿元", TotalInvestment),
        ("* 投资企业名称", Investor),
        ("3.线索名称", Title),
        ("商会/引荐人", SourceName),
        ("联系人及\n电话", ContactPhone),
        ("企业(投资方)名称", Investor),
        ("Ｎo.", Serial),
        ("用地需求（亩）", Land),
        ("县（区）", County),
        ("总投资 单位:万元", TotalInvestment),
    ] {
        assert_eq!(reference.headers().exact(header), Some(column), "{header}");
    }
    assert_eq!(reference.headers().exact("累计完成投资"), None);
    let loose = |header: &str| reference.headers().loose(header).map(|(column, _)| column);
    assert_eq!(loose("2026年计划总投资额度"), Some(TotalInvestment));
    for nothing in ["累计完成总投资", "包联领导电话", "投资方式", "投资方籍贯", "县区经办人", "阶段性成果"]
    {
        assert_eq!(loose(nothing), None, "{nothing}");
    }
}

#[test]
fn every_column_has_ten_words() {
    let reference = carried();
    let mut counts = std::collections::BTreeMap::new();
    for column in reference.headers().words().map(|(_, column)| column) {
        *counts.entry(column).or_insert(0) += 1;
    }
    assert!(counts.len() >= 30);
    assert!(counts.iter().all(|(_, words)| *words >= 10), "{counts:?}");
}

#[test]
fn a_file_of_the_overlay_replaces_the_carried_one_and_its_faults_are_named() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("holidays.csv"), "date,kind,name\n2031-10-01,off,国庆节\n").unwrap();
    let reference = Reference::load(Some(folder.path())).unwrap();
    assert!(!reference.calendar().is_working_day(day("2031-10-01")));
    std::fs::write(
        folder.path().join("holidays.csv"),
        "date,kind,name\n2031-10-01,off,国庆节\n2031-13-01,off,x\n",
    )
    .unwrap();
    let error = Reference::load(Some(folder.path())).unwrap_err();
    assert!(error.file.ends_with("holidays.csv"));
    assert_eq!(error.place, "line 3");
    std::fs::write(folder.path().join("holidays.csv"), "date,kind,name\n").unwrap();
    std::fs::write(
        folder.path().join("parks.toml"),
        "[[park]]\nid = \"x\"\ncounty = \"1\"\nzh = \"x\"\nen = \"x\"\n",
    )
    .unwrap();
    let error = Reference::load(Some(folder.path())).unwrap_err();
    assert_eq!(error.place, "x");
}
