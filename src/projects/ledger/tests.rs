//! Whatever a project's line says, the file says it, and is read as the same line again.

use super::cells::Words;
use super::reading::read;
use super::sheet::Sheet;
use super::years;
use super::{Days, Line};
use crate::imports::ledger::cells::amount::MoneyUnit;
use crate::leads::forms::SourceBody;
use crate::leads::model::SourceKind;
use crate::milestones::model::MilestoneKind;
use crate::projects::contract::{ContractBody, FundingBody, YearBody};
use crate::projects::forms::{EnclaveBody, KeyBody, ProjectBody};
use crate::projects::model::{KeyBasis, LandUse};
use crate::projects::queries::ContractKind;
use crate::reference::Reference;
use crate::web::i18n::I18n;
use chrono::{Days as ManyDays, NaiveDate};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use std::sync::LazyLock;

static REFERENCE: LazyLock<Reference> = LazyLock::new(|| Reference::load(None).unwrap());
static I18N: LazyLock<I18n> = LazyLock::new(|| I18n::load().unwrap());

/// Texts with what spreadsheets and CSV files trip over.
fn text() -> impl Strategy<Value = String> {
    "(=|'=|''\\+|-|@|')?[甲乙丙][甲乙丙 ,;:：；\"'/\n=0-9a]{0,12}[甲乙丙]"
}

fn word() -> impl Strategy<Value = String> {
    "(=|'=|-|@)?[甲乙丙][甲乙丙 ,;:\"a0-9]{0,8}[甲乙丙]"
}

fn day() -> impl Strategy<Value = NaiveDate> {
    (0_u64..30_000).prop_map(|days| NaiveDate::from_ymd_opt(2000, 1, 1).unwrap() + ManyDays::new(days))
}

fn fen() -> impl Strategy<Value = i64> {
    prop_oneof![0_i64..=1_000_000_000_000_000, (0_i64..100_000_000).prop_map(|wan| wan * 1_000_000)]
}

fn measure() -> impl Strategy<Value = f64> {
    (0_i64..100_000_000).prop_map(|hundredths| hundredths as f64 / 100.0)
}

prop_compose! {
    fn money()(total in option::of(fen()), fixed in option::of(fen()), land in option::of(measure()),
        factory in option::of(measure()), jobs in option::of(0_i64..10_000_000)) -> ProjectBody {
        ProjectBody { total_investment_fen: total, fixed_investment_fen: fixed, land_mu: land, factory_m2: factory,
            jobs, ..ProjectBody::default() }
    }
}

prop_compose! {
    fn place()(county in select(REFERENCE.counties()), wanted in any::<bool>(), origin in option::of(select(vec![
        "440100", "441900", "350102", "110101", "AU", "甲地方"]))) -> ProjectBody {
        let park = REFERENCE.parks().iter().find(|park| park.county == county.code).filter(|_| wanted);
        ProjectBody { county: Some(county.code.clone()), park: park.map(|park| park.id.clone()),
            origin: origin.map(str::to_owned), ..ProjectBody::default() }
    }
}

prop_compose! {
    fn enclave()(county in option::of(select(vec!["450721", "450703"])), land_use in option::of(select(LandUse::ALL)),
        recommended_on in option::of(day())) -> Option<EnclaveBody> {
        county.map(|county| EnclaveBody { county: Some(county.to_owned()), land_use, recommended_on })
    }
}

prop_compose! {
    fn body()(money in money(), place in place(), title in word(), investor in word(), industry in select(REFERENCE.industries()),
        words in prop::collection::vec(option::of(word()), 6), texts in prop::collection::vec(option::of(text()), 8),
        supporting in any::<bool>(), basis in option::of(select(KeyBasis::ALL)), reason in option::of(word()),
        source in select(SourceKind::ALL), note in option::of(word()), enclave in enclave())
        -> ProjectBody {
        let mut words = words.into_iter();
        let mut texts = texts.into_iter();
        let mut word = || words.next().flatten();
        let mut text = || texts.next().flatten();
        ProjectBody {
            title: Some(title),
            investor_name: Some(investor),
            county: place.county,
            park: place.park,
            origin: place.origin,
            industry: Some(industry.code.clone()),
            industry_class: industry.classes.first().map(|class| class.code.clone()).filter(|_| supporting),
            project_company: word(),
            filing_code: word(),
            leader: word(),
            officer: word(),
            unit: word(),
            supporting_project: Some(supporting),
            supporting_finding: text(),
            content: text(),
            progress: text(),
            problems: text(),
            coordination: text(),
            next_step: text(),
            remark: text(),
            key: basis.map(|basis| KeyBody { basis: Some(basis), reason }),
            source: Some(SourceBody { kind: Some(source), note, ..SourceBody::default() }),
            enclave,
            ..money
        }
    }
}

prop_compose! {
    fn contract()(kind in select(ContractKind::ALL), signed_on in day(), total in fen(), fixed in option::of(fen()),
        land in option::of(fen()), years in prop::collection::vec((fen(), fen()), 0..4),
        parties in prop::collection::vec(word(), 0..3), funding in prop::collection::vec((word(), option::of(fen())), 0..3))
        -> ContractBody {
        let year = |(year, (fixed_investment_fen, land_premium_fen))| YearBody { year, fixed_investment_fen, land_premium_fen, actual_fixed_investment_fen: None };
        ContractBody {
            kind: Some(kind),
            signed_on: Some(signed_on),
            parties,
            total_investment_fen: Some(total),
            fixed_investment_fen: fixed,
            land_premium_fen: land,
            years: (1..).zip(years).map(year).collect(),
            funding: funding.into_iter().map(|(source, amount_fen)| FundingBody { source, amount_fen }).collect(),
        }
    }
}

prop_compose! {
    fn line()(body in body(), number in 1_u32..10_000, source_name in option::of(word()), contract in option::of(contract()),
        supplements in prop::collection::vec((day(), text()), 0..3),
        milestones in prop::collection::btree_map(select(MilestoneKind::ALL),
            (option::of(day()), option::of(day())).prop_filter("a day", |(planned, actual)| planned.is_some() || actual.is_some()),
            0..12),
        entered_on in option::of(day()), withdrawn_on in option::of(day()), reason in option::of(text()),
        kept in option::of(word()), more in option::of(text()))
        -> Line {
        let days = |(planned_on, actual_on)| Days { planned_on, actual_on };
        let extra = [("累计到位资金", kept), ("备用列", more)];
        Line {
            code: Some(format!("QZ-P2026-{number:04}")),
            body,
            source_name,
            contract,
            supplements,
            milestones: milestones.into_iter().map(|(kind, both)| (kind, days(both))).collect(),
            entered_on,
            withdrawn_on,
            withdrawal_reason: reason,
            extra: extra.into_iter().filter_map(|(header, text)| Some((header.to_owned(), text?))).collect(),
            attribution: None,
            updated_on: None,
        }
    }
}

fn back(bytes: &[u8], name: &str) -> Vec<Line> {
    let rows = read(bytes, name, &REFERENCE).unwrap();
    rows.into_iter().map(|row| row.result.unwrap_or_else(|why| panic!("row {}: {why:?}", row.row))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_written_is_read_again(mut lines in prop::collection::vec(line(), 1..6)) {
        let sheet = Sheet::of(&lines, Words { reference: &REFERENCE, i18n: &I18N });
        // A file has the counties in the bureau's order.
        let place = |line: &Line| REFERENCE.counties().iter().position(|one| Some(&one.code) == line.body.county.as_ref());
        lines.sort_by_key(place);
        prop_assert_eq!(&back(&sheet.xlsx("导出人：示例").unwrap(), "ledger.xlsx"), &lines);
        prop_assert_eq!(&back(&sheet.csv("导出人：示例").unwrap(), "ledger.csv"), &lines);
    }
}

#[test]
fn every_source_has_a_word_that_is_read_again() {
    for kind in SourceKind::ALL {
        let source = Some(SourceBody { kind: Some(*kind), ..SourceBody::default() });
        let body = ProjectBody {
            source,
            county: Some("450721".into()),
            title: Some("甲".into()),
            ..ProjectBody::default()
        };
        let sheet =
            Sheet::of(&[Line { body, ..Line::default() }], Words { reference: &REFERENCE, i18n: &I18N });
        let read = back(&sheet.csv("").unwrap(), "ledger.csv");
        assert_eq!(read[0].body.source.as_ref().and_then(|source| source.kind), Some(*kind));
    }
}

/// As bureaus keep it: a merged header, sections and sums, amounts with units, plain words.
#[test]
fn a_bureaus_own_ledger_is_read() {
    let csv = "招商引资项目台账\n单位：万元\n\
        序号,项目名称,县区,产业,投资方,总投资（亿元）,分年度计划,用地(亩)/厂房(㎡),签约时间,协议类型,是否重点库,入库时间,是否上规,本月到位资金\n\
        一,灵山县,,,,,,,,,,,,\n\
        1,积木厂,灵山县,玩具,小方砖（虚构）有限公司,1.2,第1年5000万元；第2年 3000,62亩,2026.3.1,正式,是,2026年4月,否,无\n\
        2,毛绒厂,同上,玩具,云朵熊（虚构）有限公司,0.5,2026年5000、2027年3000,62亩/1.5万㎡,2026/3/5,,否,,是,300\n\
        ,灵山县小计,,,,1.7,,,,,,,,\n\
        3,假日厂,南宁市,玩具,示例公司,1,,,,,,,,\n\
        4,半途厂,灵山县,玩具,示例公司,约一两个亿,,,,,是,,,\n\
        合计,3,,,,2.7,,,,,,,,\n";
    let rows = read(csv.as_bytes(), "ledger.csv", &REFERENCE).unwrap();
    let told: Vec<_> =
        rows.iter().map(|row| (row.row, row.result.as_ref().map_err(|why| (why.field, why.code)))).collect();
    assert_eq!(told.iter().map(|(row, _)| *row).collect::<Vec<_>>(), [5, 6, 8, 9], "{told:?}");
    let first = told[0].1.unwrap();
    let date = |text: &str| text.parse::<NaiveDate>().ok();
    assert_eq!(first.body.total_investment_fen, Some(12_000_000_000));
    assert_eq!(first.body.land_mu, Some(62.0));
    assert_eq!(first.entered_on, date("2026-04-01"));
    let first = first.clone().settled();
    let contract = first.contract.as_ref().unwrap();
    assert_eq!(
        (contract.signed_on, contract.total_investment_fen),
        (date("2026-03-01"), Some(12_000_000_000))
    );
    assert_eq!(
        contract.years.iter().map(|year| year.fixed_investment_fen).collect::<Vec<_>>(),
        [5_000_000_000, 3_000_000_000]
    );
    let second = told[1].1.unwrap();
    assert_eq!(second.body.county.as_deref(), Some("450721"), "as above");
    assert_eq!((second.body.land_mu, second.body.factory_m2), (Some(62.0), Some(15_000.0)));
    assert_eq!(second.contract, None, "a day alone is no contract");
    assert_eq!(second.milestones[&MilestoneKind::Contract].actual_on, date("2026-03-05"));
    let kept =
        |header: &str| second.extra.iter().find(|(name, _)| name == header).map(|(_, text)| text.as_str());
    assert_eq!(kept("分年度计划"), Some("2026年5000、2027年3000"), "calendar years are no contract years");
    assert_eq!((kept("本月到位资金"), kept("是否上规")), (Some("300"), Some("是")));
    assert_eq!(told[2].1, Err(("county", "county_elsewhere")));
    assert!(told[3].1.is_err());
}

/// The cell's own unit, the header's (its own or of the cell that is merged over it), the 单位: line's, 万元.
#[test]
fn amounts_are_in_the_unit_that_stands_nearest() {
    let read_totals = |csv: &str| {
        let rows = read(csv.as_bytes(), "ledger.csv", &REFERENCE).unwrap();
        let body = rows[0].result.as_ref().unwrap().body.clone();
        (body.total_investment_fen, body.fixed_investment_fen)
    };
    let heads = "项目名称,投资方,县区,产业,总投资,固定资产投资\n积木厂,示例公司,灵山县,玩具";
    let (yi, wan) = (10_000_000_000, 1_000_000);
    for (csv, total, fixed) in [
        (format!("{heads},2,1\n"), 2 * wan, wan),
        (format!("单位：亿元\n{heads},2,1\n"), 2 * yi, yi),
        (format!("招商引资项目台账（单位：亿元）\n{heads},2,5000万元\n"), 2 * yi, 5_000 * wan),
        (
            "单位：亿元\n项目名称,投资方,县区,产业,投资(万元),\n,,,,总投资,固定资产投资\n积木厂,示例公司,灵山县,玩具,2,1\n".to_owned(),
            2 * wan,
            wan,
        ),
    ] {
        assert_eq!(read_totals(&csv), (Some(total), Some(fixed)), "{csv}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Columns change places: the projects stay the same.
    #[test]
    fn permuted_columns_give_the_same_projects(
        lines in prop::collection::vec(line(), 1..4),
        order in Just((0..200_usize).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let csv = Sheet::of(&lines, Words { reference: &REFERENCE, i18n: &I18N }).csv("导出人：示例").unwrap();
        let reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(csv.as_slice());
        let records: Vec<csv::StringRecord> = reader.into_records().map(Result::unwrap).collect();
        let width = records.iter().map(|record| record.len()).max().unwrap();
        let places: Vec<usize> = order.into_iter().filter(|at| *at < width).collect();
        let mut out = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        for record in &records {
            // What stands above the header is one cell.
            let permuted = places.iter().map(|at| record.get(*at).unwrap_or_default());
            let cells: Vec<&str> = if record.len() > 1 { permuted.collect() } else { record.iter().collect() };
            out.write_record(cells).unwrap();
        }
        let sorted = |bytes: &[u8]| {
            let mut lines = back(bytes, "ledger.csv");
            lines.iter_mut().for_each(|line| line.extra.sort());
            lines
        };
        prop_assert_eq!(sorted(&out.into_inner().unwrap()), sorted(&csv));
    }
}

/// The annual plan as bureaus write it: amounts in 万元 by contract year.
#[test]
fn a_plan_of_years_is_read_in_each_form() {
    let unit = MoneyUnit::Fen(crate::money::WAN);
    let read = |text: &str| {
        let plan = years::read(text, &unit, &REFERENCE)?;
        let wan = |fen: i64| fen / crate::money::WAN;
        let years =
            plan.years.iter().map(|one| (one.year, wan(one.fixed_investment_fen), wan(one.land_premium_fen)));
        Some((years.collect::<Vec<_>>(), plan.by_calendar))
    };
    let two = vec![(1, 5000, 0), (2, 3000, 0)];
    for (text, by_calendar) in [
        ("第1年 5000 土地出让金 0\n第2年 3000 土地出让金 0", false),
        ("第一年5000万元；第二年3000万元", false),
        ("第一年5000万元，第二年3000万元。", false),
        ("第一年：5,000、第二年：3,000", false),
        ("第一年度固定资产投资5000万元;第二年度0.3亿元", false),
        ("1年5000/2年3000", false),
        ("5000/3000", false),
        ("５０００／３０００", false),
        ("5000万元、3000万元", false),
        ("5000;3000", false),
        ("5000，3000", false),
        ("2026年:5000;2027年:3000", true),
        ("2026年：5000万元；2027年：3000万元", true),
        ("2026年5000、2027年3000", true),
        ("2026:5000 2027:3000", true),
        ("2026年度完成投资5000万元2027年度完成投资3000万元", true),
    ] {
        assert_eq!(read(text), Some((two.clone(), by_calendar)), "{text}");
    }
    let with_land = Some((vec![(1, 5000, 200), (2, 3000, 0)], false));
    for text in ["第1年 5000 土地出让金 200\n第2年 3000", "第一年5000(土地出让金200)；第二年3000"]
    {
        assert_eq!(read(text), with_land, "{text}");
    }
    for text in [
        "5000",
        "约五千",
        "2026年5000；2028年3000",
        "第一年",
        "共5000",
        "土地出让金200",
        "2026-2027年各5000",
        "第1年5000/200/30",
    ] {
        assert_eq!(read(text), None, "{text}");
    }
}
