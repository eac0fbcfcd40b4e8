//! Columns change places and names, sections and lines come between, sheets are split: the leads stay the same.

use proptest::prelude::*;

use super::*;
use crate::reference::Column;

const HEADERS: [&str; 12] = [
    "线索名称",
    "投资方",
    "统一社会信用代码",
    "县区",
    "产业",
    "总投资(万元)",
    "固定资产投资(万元)",
    "登记日期",
    "目前阶段",
    "来源渠道",
    "联系电话",
    "下次跟进日期",
];
const COUNTY: usize = 3;

/// What is compared: everything but where the row stands.
/// Rows without the heads that words are kept under: those are the file's own.
fn told(rows: &[LedgerRow]) -> Vec<(Result<LeadDraft, Refusal>, Vec<Warning>)> {
    let bare = |mut lead: LeadDraft| {
        lead.extra.iter_mut().for_each(|(head, _)| head.clear());
        lead
    };
    rows.iter().map(|row| (row.result.clone().map(|lead| bare(*lead)), row.warnings.clone())).collect()
}

fn lead_row() -> impl Strategy<Value = Vec<String>> {
    (
        (
            "[小橘灯纸鸢云朵]{2,4}(有限公司|集团|股份有限公司)",
            1_000_u32..90_000,
            0_usize..5,
            0_usize..6,
            0_usize..8,
        ),
        (
            prop::sample::select(vec!["玩具", "陈皮产业", "家具", "化工", "航天"]),
            prop::sample::select(vec!["自荐", "商会", "展会", ""]),
        ),
        prop::sample::select(vec!["2026-9-2", "2026年9月2日", "20260902", "46267", "去年底", ""]),
        (0_usize..10).prop_map(|tail| format!("1200000020{tail}")),
    )
        .prop_map(|((investor, total, county, stage, odd), (industry, source), date, phone)| {
            let county = ["灵山县", "浦北", "钦南区", "钦北", "自贸区"][county];
            let stage = ["线索", "在谈", "考察", "框架协议", "签约", "说不清"][stage];
            let total = match odd {
                0 => format!("约{total}万元"),
                1 => "若干".to_owned(),
                2 => format!("{}.5亿", total / 10_000),
                _ => total.to_string(),
            };
            let fixed = "100".to_owned();
            [
                format!("{investor}项目").as_str(),
                &investor,
                "",
                county,
                industry,
                &total,
                &fixed,
                date,
                stage,
                source,
                &phone,
                "",
            ]
            .map(str::to_owned)
            .to_vec()
        })
}

fn grid(headers: &[String], rows: &[Vec<String>]) -> Sheet {
    let lines: Vec<Vec<&str>> = [headers]
        .into_iter()
        .chain(rows.iter().map(Vec::as_slice))
        .map(|row| row.iter().map(String::as_str).collect())
        .collect();
    let lines: Vec<&[&str]> = lines.iter().map(Vec::as_slice).collect();
    sheet(&lines)
}

fn own_headers() -> Vec<String> {
    HEADERS.map(str::to_owned).to_vec()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn columns_may_stand_anywhere(rows in prop::collection::vec(lead_row(), 1..6), order in Just((0..HEADERS.len()).collect::<Vec<_>>()).prop_shuffle()) {
        let plain = told(&rows_of(&grid(&own_headers(), &rows)));
        let moved = |row: &Vec<String>| order.iter().map(|&at| row[at].clone()).collect::<Vec<_>>();
        let rows: Vec<Vec<String>> = rows.iter().map(moved).collect();
        prop_assert_eq!(told(&rows_of(&grid(&moved(&own_headers()), &rows))), plain);
    }

    #[test]
    fn headers_may_be_any_of_their_words(rows in prop::collection::vec(lead_row(), 1..4), pick in prop::collection::vec(any::<prop::sample::Index>(), HEADERS.len())) {
        let plain = told(&rows_of(&grid(&own_headers(), &rows)));
        let renamed: Vec<String> = HEADERS.iter().zip(pick).map(|(header, pick)| {
            let column = REFERENCE.headers().exact(header).expect("known");
            let mut words: Vec<&str> = REFERENCE.headers().words().filter(|(_, of)| *of == column).map(|(word, _)| word).collect();
            words.sort_unstable();
            let unit = if matches!(column, Column::TotalInvestment | Column::FixedInvestment) { "(万元)" } else { "" };
            format!("{}{unit}", words[pick.index(words.len())])
        }).collect();
        prop_assert_eq!(told(&rows_of(&grid(&renamed, &rows))), plain, "{:?}", renamed);
    }

    #[test]
    fn lines_between_leads_change_nothing(rows in prop::collection::vec(lead_row(), 1..6), at in any::<prop::sample::Index>(), kind in 0_usize..6) {
        let plain = told(&rows_of(&grid(&own_headers(), &rows)));
        let line: &[&str] = [&["小计", "", "", "", "", "12345"][..], &["一、签约项目"], &[], &["注:以上均为虚构"], &HEADERS, &["1", "2", "3", "4", "5", "6"]][kind];
        let mut rows = rows;
        let mut line: Vec<String> = line.iter().map(|text| (*text).to_owned()).collect();
        line.resize(HEADERS.len(), String::new());
        let at = at.index(rows.len() + 1);
        rows.insert(at, line);
        let mut sheet = grid(&own_headers(), &rows);
        if kind == 1 {
            let row = u32::try_from(at).unwrap() + 2;
            sheet.merges.push(merge(row, 0, row, HEADERS.len() - 1));
        }
        prop_assert_eq!(told(&rows_of(&sheet)), plain);
    }

    #[test]
    fn counties_may_be_sections_or_sheets(rows in prop::collection::vec(lead_row(), 1..6)) {
        let names = ["灵山县", "浦北", "钦南区", "钦北", "自贸区"];
        let mut ordered = rows;
        ordered.sort_by_key(|row| names.iter().position(|name| *name == row[COUNTY]));
        let plain = told(&rows_of(&grid(&own_headers(), &ordered)));
        let without = |row: &Vec<String>| { let mut row = row.clone(); row.remove(COUNTY); row };
        let headers = without(&own_headers());
        let mut sectioned = Vec::new();
        let mut sheets = Vec::new();
        for name in names {
            let of_county: Vec<Vec<String>> = ordered.iter().filter(|row| row[COUNTY] == name).map(without).collect();
            if !of_county.is_empty() {
                sectioned.push([vec![format!("一、{name}")], vec![String::new(); HEADERS.len() - 2]].concat());
                sectioned.extend(of_county.clone());
                sheets.push(Sheet { name: name.to_owned(), ..grid(&headers, &of_county) });
            }
        }
        let mut one_sheet = grid(&headers, &sectioned);
        for (row, number) in sectioned.iter().zip(2..) {
            if row[0].starts_with("一、") {
                one_sheet.merges.push(merge(number, 0, number, 3));
            }
        }
        prop_assert_eq!(told(&rows_of(&one_sheet)), plain.clone());
        let split: Vec<_> = sheets.iter().flat_map(|sheet| told(&rows_of(sheet))).collect();
        prop_assert_eq!(split, plain);
    }

    #[test]
    fn no_sheet_makes_it_panic(cells in prop::collection::vec(prop::collection::vec("(投资方|县区|总投资|来源|小计|同上|灵山|[0-9]{0,3}|\\PC{0,4})", 0..6), 0..8), merged in prop::collection::vec((1_u32..9, 0_usize..6, 0_u32..4, 0_usize..4), 0..4)) {
        let lines: Vec<Vec<&str>> = cells.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
        let lines: Vec<&[&str]> = lines.iter().map(Vec::as_slice).collect();
        let mut sheet = sheet(&lines);
        sheet.merges = merged.into_iter().map(|(row, column, down, across)| merge(row, column, row + down, column + across)).collect();
        let _ = table::read(&sheet, &REFERENCE, today());
    }
}
