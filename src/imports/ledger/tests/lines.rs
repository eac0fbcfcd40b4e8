//! What stands between leads, and what is said once for many rows.

use super::*;

const HEADER: &[&str] = &["序号", "线索名称", "投资方", "总投资(万元)", "联系电话", "来源渠道"];

#[test]
fn lines_that_are_no_leads_are_passed_over() {
    let mut sheet = sheet(&[
        &["灵山县招商线索台账"],
        &["填报单位:灵山县投资促进局", "", "", "单位:万元"],
        HEADER,
        &["1", "2", "3", "4", "5", "6"],
        &["一、在谈项目"],
        &["1", "甲项目", "甲甲(虚构)有限公司", "100", "", "自荐"],
        &["2", "乙项目", "乙乙(虚构)有限公司", "200", "", "自荐"],
        &["", "小计", "", "300"],
        &[],
        HEADER,
        &["3", "丙项目", "丙丙(虚构)有限公司", "300", "", "自荐"],
        &["4"],
        &["5", "丁项目", "", "400", "", "自荐"],
        &["", "二、签约项目"],
        &["合 计：4项", "", "", "1000"],
        &["", "", "", "1000"],
        &["", "", "12"],
        &["", "", "", "", "", "7"],
        &["", "3"],
        &["注：本表每周五报送", ""],
        &["填表人:示例", "", "审核人:示例", "", "", "2026-11-20"],
        &["注塑机项目:二期", "注塑机项目:二期", "戊戊(虚构)有限公司", "1", "", "自荐"],
    ]);
    sheet.merges = vec![merge(1, 0, 1, 5), merge(5, 0, 5, 5)];
    let rows = rows_of(&sheet);
    assert_eq!(
        outline(&rows),
        [
            (6, "甲甲(虚构)有限公司"),
            (7, "乙乙(虚构)有限公司"),
            (11, "丙丙(虚构)有限公司"),
            (13, "investor"),
            (22, "戊戊(虚构)有限公司")
        ]
    );
    let lead = rows[0].result.as_ref().expect("a lead");
    assert_eq!(lead.county, "450721", "the title names the county of a table without a column for it");
}

#[test]
fn sums_and_sections_are_known_however_they_are_counted() {
    for row in [
        ["", "合计60个项目", "", "1000"],
        ["", "合计（60个项目）", "", "1000"],
        ["", "合计（万元）", "", "1000"],
        ["小计 15个项目", "", "", "300"],
        ["", "共60个项目", "", "1000"],
        ["一", "在谈项目（2个）", "", ""],
        ["（一）", "灵山县在谈项目", "", ""],
        ["二", "签约项目", "", ""],
        ["说明", "金额为万元", "", ""],
        ["备注", "本表", "", ""],
    ] {
        let rows = rows_of(&sheet(&[
            &["灵山县招商线索台账"],
            HEADER,
            &row,
            &["1", "甲项目", "甲甲(虚构)有限公司", "100", "", "自荐"],
        ]));
        assert_eq!(outline(&rows), [(4, "甲甲(虚构)有限公司")], "{row:?}");
    }
}

#[test]
fn a_section_row_gives_the_county_of_the_rows_under_it() {
    let rows = rows_of(&sheet(&[
        HEADER,
        &["", "不知何处项目", "甲甲(虚构)有限公司", "1", "", "自荐"],
        &["一、灵山县"],
        &["1", "甲项目", "乙乙(虚构)有限公司", "1", "", "自荐"],
        &["二", "浦北县", "", "", "", "2项"],
        &["1", "乙项目", "丙丙(虚构)有限公司", "1", "", "自荐"],
        &["(三)自贸区钦州港片区(1项)"],
        &["1", "丙项目", "丁丁(虚构)有限公司", "1", "", "自荐"],
    ]));
    let counties: Vec<&str> = rows
        .iter()
        .map(|row| row.result.as_ref().map_or_else(|r| r.field, |lead| lead.county.as_str()))
        .collect();
    assert_eq!(counties, ["county", "450721", "450722", "QZ-FTZ"]);
}

#[test]
fn an_empty_county_cell_is_a_fault_though_a_section_names_one() {
    let rows = rows_of(&sheet(&[
        &["投资方", "县区", "总投资(万元)", "来源"],
        &["灵山县"],
        &["甲甲(虚构)有限公司", "", "100", "自荐"],
        &["乙乙(虚构)有限公司", "灵山县", "100", "自荐"],
    ]));
    // The first line under the header stands in the investor's column and might be one, but it is merged.
    assert_eq!(rows.last().map(|row| row.result.is_ok()), Some(true));
    assert_eq!(rows[rows.len() - 2].result.as_ref().map_err(|refusal| refusal.field).err(), Some("county"));
}

#[test]
fn merged_cells_and_ditto_marks_count_for_their_rows() {
    let mut sheet = sheet(&[
        &["县区", "投资方", "线索名称", "总投资(万元)", "联系人", "备注"],
        &["灵山县", "甲甲(虚构)有限公司", "一期", "100", "韦示例", "甲"],
        &["", "", "二期", "200", "同上", ""],
        &["", "乙乙(虚构)有限公司", "三期", "〃", "〃", "乙"],
        &["浦北县", "丙丙(虚构)有限公司", "四期", "400", "", ""],
    ]);
    sheet.merges = vec![merge(2, 0, 4, 0), merge(2, 1, 3, 1)];
    let leads = leads_of(&sheet);
    let shown: Vec<(&str, &str, Option<i64>, Option<&str>)> = leads
        .iter()
        .map(|lead| {
            (
                lead.county.as_str(),
                lead.investor.as_str(),
                lead.total_investment_fen.map(|fen| fen / 1_000_000),
                lead.contact.name.as_deref(),
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            ("450721", "甲甲(虚构)有限公司", Some(100), Some("韦示例")),
            ("450721", "甲甲(虚构)有限公司", Some(200), Some("韦示例")),
            ("450721", "乙乙(虚构)有限公司", Some(200), Some("韦示例")),
            ("450722", "丙丙(虚构)有限公司", Some(400), None),
        ]
    );
}

#[test]
fn a_second_table_below_has_columns_of_its_own() {
    let leads = leads_of(&sheet(&[
        &["灵山县线索"],
        &["投资方", "总投资(万元)", "来源", "目前阶段"],
        &["甲甲(虚构)有限公司", "100", "自荐", "在谈"],
        &["浦北县线索"],
        &["目前阶段", "来源", "企业名称", "总投资(亿元)"],
        &["考察", "展会", "乙乙(虚构)有限公司", "1"],
    ]));
    assert_eq!((leads[0].county.as_str(), leads[0].total_investment_fen), ("450721", Some(100_000_000)));
    assert_eq!((leads[1].county.as_str(), leads[1].total_investment_fen), ("450722", Some(10_000_000_000)));
}

#[test]
fn a_notes_sheet_has_no_header() {
    for rows in [
        &[&["填表说明"][..], &["1.投资方填写全称"], &["2.县区填写到县"]][..],
        &[&["序号", "项目", "内容", "说明"][..], &["1", "投资方", "必填", "企业全称"]],
        &[],
    ] {
        assert!(table::read(&sheet(rows), &REFERENCE, today()).is_none(), "{rows:?}");
    }
}
