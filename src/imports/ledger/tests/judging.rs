//! Which rows are duplicates, and of what.

use super::*;
use crate::companies::identity::{Companies, Identity};
use crate::companies::uscc::Uscc;

const ONE: &str = "91440300MACADR683J";
const OTHER: &str = "91440300MA1WBHDH6X";

fn verdicts(companies: &[(&str, &str, &str)], known: &[(&str, &str)]) -> Vec<String> {
    let mut rows: Vec<Vec<&str>> = vec![vec!["投资方", "统一社会信用代码", "县区", "来源"]];
    rows.extend(companies.iter().map(|(name, uscc, county)| vec![*name, *uscc, *county, "自荐"]));
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let known: Companies<String> = known
        .iter()
        .map(|(name, uscc)| (Identity::new(name, Uscc::parse(uscc).ok(), &REFERENCE), format!("lead {name}")))
        .collect();
    let mut judge = Judge::new(known);
    let mut shown = Vec::new();
    for mut row in rows_of(&sheet(&rows)) {
        let verdict = judge.judge(&mut row);
        let line = serde_json::to_value(row.report(&verdict, "new")).expect("JSON");
        let of = line
            .get("of_row")
            .or(line.get("of_lead"))
            .or(line.get("field"))
            .map(ToString::to_string)
            .unwrap_or_default();
        let same_name = if codes(&row).contains(&"same_name") { " same_name" } else { "" };
        shown.push(format!("{} {of}{same_name}", line["outcome"].as_str().expect("text")).trim().to_owned());
    }
    shown
}

#[test]
fn the_same_company_is_imported_once() {
    assert_eq!(
        verdicts(
            &[
                ("深圳市 小橘灯玩具(虚构)有限公司", "", "灵山"),
                ("小橘灯玩具（虚构）有限责任公司", "", "灵山"),
                ("东莞市小橘灯玩具(虚构)有限公司", "", "灵山"),
                ("纸鸢家居(虚构)有限公司", ONE, "灵山"),
                ("纸鸢实业(虚构)有限公司", ONE, "灵山"),
                ("纸鸢家居(虚构)有限公司", OTHER, "灵山"),
            ],
            &[],
        ),
        ["new", "duplicate 2", "new  same_name", "new", "duplicate 5", "new  same_name"]
    );
}

#[test]
fn a_rejected_row_is_never_the_original() {
    assert_eq!(
        verdicts(
            &[
                ("甲甲(虚构)有限公司", "", "南宁市"),
                ("甲甲(虚构)有限公司", "", "灵山"),
                ("甲甲(虚构)有限公司", "", "浦北")
            ],
            &[]
        ),
        ["rejected \"county\"", "new", "duplicate 3"]
    );
}

#[test]
fn a_lead_already_here_is_the_original_before_any_row() {
    assert_eq!(
        verdicts(
            &[
                ("深圳甲甲(虚构)有限公司", "", "灵山"),
                ("甲甲(虚构)有限公司", "", "灵山"),
                ("东莞市甲甲(虚构)有限公司", "", "灵山")
            ],
            &[("深圳市甲甲(虚构)有限公司", "")],
        ),
        [
            "duplicate \"lead 深圳市甲甲(虚构)有限公司\"",
            "duplicate \"lead 深圳市甲甲(虚构)有限公司\"",
            "new  same_name"
        ]
    );
}

#[test]
fn a_name_that_came_with_the_companys_code_is_known_to_the_rows_after_it() {
    let rows = [
        ("纸鸢家居(虚构)有限公司", ONE, "灵山"),
        ("远帆实业(虚构)有限公司", ONE, "灵山"),
        ("远帆实业(虚构)有限公司", "", "灵山"),
        ("远帆实业(虚构)有限公司", OTHER, "灵山"),
    ];
    assert_eq!(verdicts(&rows, &[]), ["new", "duplicate 2", "duplicate 2", "new  same_name"]);
    let lead = "duplicate \"lead 纸鸢家居(虚构)有限公司\"";
    let known = [("纸鸢家居(虚构)有限公司", ONE)];
    assert_eq!(verdicts(&rows[1..], &known), [lead, lead, "new  same_name"]);
}
