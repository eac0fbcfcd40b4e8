//! Headers in other words, other orders and two rows; units; what one row says.

use super::*;
use crate::leads::model::{ClosureKind, SourceKind, Stage, Status};
use crate::money::{WAN, YI};

#[test]
fn other_words_in_another_order_give_the_same_fields() {
    let leads = leads_of(&sheet(&[
        &["2026年重点招商项目线索汇总表"],
        &[
            "填报时间",
            "意向投资企业",
            "投资规模（亿元）",
            "所属行业",
            "拟落户县区",
            "*洽谈项目名称",
            "占地面积(亩)",
            "招商方式",
            "手机号码",
            "推进阶段",
            "挂点领导",
            "招商专员",
            "拟入驻园区",
            "邮箱",
            "租赁厂房面积(㎡)",
            "用工需求(人)",
            "企业所在地",
            "风险评级",
        ],
        &[
            "2026.9.2",
            "深圳市小橘灯玩具(虚构)有限公司",
            "3.5",
            "毛绒玩具",
            "灵山",
            "小橘灯毛绒基地",
            "35.5",
            "商会推荐",
            "120 0000 0200",
            "洽谈",
            "领导甲(示例)",
            "招商员乙",
            "十里工业园",
            "a@example.com",
            "20000",
            "300",
            "广东深圳",
            "低",
        ],
    ]));
    let [lead] = leads.as_slice() else { panic!("one lead, not {}", leads.len()) };
    assert_eq!(lead.title, "小橘灯毛绒基地");
    assert_eq!(lead.total_investment_fen, Some(3 * YI + YI / 2));
    assert_eq!(
        (lead.county.as_str(), lead.park.as_deref(), lead.industry.as_str()),
        ("450721", Some("shili"), "toy_garment")
    );
    assert_eq!((lead.land_mu, lead.factory_m2, lead.jobs), (Some(35.5), Some(20_000.0), Some(300)));
    assert_eq!((lead.source.kind, lead.stage), (SourceKind::Chamber, Stage::Negotiation));
    assert_eq!(lead.contact.phone.as_deref(), Some("12000000200"));
    assert_eq!(lead.contact.email.as_deref(), Some("a@example.com"));
    assert_eq!(
        (lead.leader_name.as_deref(), lead.officer_name.as_deref()),
        (Some("领导甲(示例)"), Some("招商员乙"))
    );
    assert_eq!(lead.registered_on.to_string(), "2026-09-02");
    assert_eq!(lead.origin.as_deref(), Some("440300"));
    assert_eq!(lead.extra, [("风险评级".to_owned(), "低".to_owned())]);
}

#[test]
fn two_merged_rows_are_one_header() {
    let mut sheet = sheet(&[
        &["招商线索台账"],
        &["序号", "投资方", "", "项目", "", "投资额(亿元)", "", "联系人", "", "", "包联领导", "", "县区"],
        &[
            "",
            "名称",
            "来源地",
            "名称",
            "建设内容",
            "总投资",
            "其中：固定资产",
            "姓名",
            "职务",
            "电话",
            "姓名",
            "电话",
            "",
        ],
        &[
            "1",
            "纸鸢家居(虚构)有限公司",
            "福建省",
            "家居项目",
            "生产线2条",
            "1.2",
            "0.8",
            "韦示例",
            "经理",
            "12000000201",
            "领导乙(示例)",
            "12000000999",
            "钦南区",
        ],
    ]);
    sheet.merges = vec![
        merge(1, 0, 1, 12),
        merge(2, 0, 3, 0),
        merge(2, 1, 2, 2),
        merge(2, 3, 2, 4),
        merge(2, 5, 2, 6),
        merge(2, 7, 2, 9),
        merge(2, 10, 2, 11),
        merge(2, 12, 3, 12),
    ];
    let leads = leads_of(&sheet);
    let [lead] = leads.as_slice() else { panic!("one lead, not {}", leads.len()) };
    assert_eq!((lead.investor.as_str(), lead.title.as_str()), ("纸鸢家居(虚构)有限公司", "家居项目"));
    assert_eq!(
        (lead.total_investment_fen, lead.fixed_investment_fen),
        (Some(12 * YI / 10), Some(8 * YI / 10))
    );
    assert_eq!((lead.contact.name.as_deref(), lead.contact.post.as_deref()), (Some("韦示例"), Some("经理")));
    assert_eq!(lead.contact.phone.as_deref(), Some("12000000201"));
    assert_eq!(lead.leader_name.as_deref(), Some("领导乙(示例)"));
    assert_eq!(lead.extra.len(), 1, "the leader's own number is kept: {:?}", lead.extra);
    assert_eq!(lead.county, "450702");
}

#[test]
fn a_two_row_header_without_merges_is_one_too() {
    let leads = leads_of(&sheet(&[
        &["序号", "企业名称", "县区", "投资额(亿元)", "", "联系人", "", "目前阶段"],
        &["", "", "", "总投资", "固定资产投资", "姓名", "联系电话", ""],
        &["1", "纸鸢家居(虚构)有限公司", "钦北", "1.2", "0.8", "韦示例", "12000000201", "在谈"],
    ]));
    assert_eq!(leads[0].fixed_investment_fen, Some(8 * YI / 10));
    assert_eq!(leads[0].contact.phone.as_deref(), Some("12000000201"));
}

#[test]
fn a_header_that_stands_again_takes_no_lead_above_it_along() {
    let header: &[&str] = &["线索名称", "投资方", "县区", "产业", "总投资", "登记日期", "来源", "联系电话"];
    let vague: &[&str] =
        &["电机配套", "转转电机(虚构)有限公司", "灵山县", "玩具", "待定", "待定", "自荐", "12000000201"];
    let rows = rows_of(&sheet(&[header, vague, header, vague]));
    assert_eq!(rows.iter().map(|row| row.row).collect::<Vec<_>>(), [2, 4]);
}

#[test]
fn the_unit_of_a_bare_number_is_the_headers_then_the_lines_then_wan() {
    let total = |line: &str, header: &str, cell: &str| {
        let sheet = sheet(&[
            &["台账"],
            &[line],
            &["企业名称", header, "县区", "来源"],
            &["甲乙(虚构)有限公司", cell, "灵山", "自荐"],
        ]);
        leads_of(&sheet)[0].total_investment_fen
    };
    assert_eq!(total("单位：亿元", "总投资", "3"), Some(3 * YI));
    assert_eq!(total("单位：亿元", "总投资(万元)", "3"), Some(3 * WAN));
    assert_eq!(total("填报单位：市投资促进局", "总投资", "3"), Some(3 * WAN));
    assert_eq!(total("单位：亿元", "总投资(万元)", "3亿"), Some(3 * YI));
    assert_eq!(total("单位：亿元、亩", "总投资", "3000万元"), Some(3_000 * WAN));
    assert_eq!(total("", "总投资（元）", "50000000"), Some(5_000 * WAN));
}

#[test]
fn bare_amounts_under_foreign_currency_are_refused() {
    let rows = rows_of(&sheet(&[
        &["企业名称", "总投资(万美元)", "县区", "来源"],
        &["甲乙(虚构)有限公司", "500", "灵山", "自荐"],
    ]));
    assert_eq!(
        rows[0].result.as_ref().map_err(|refusal| (refusal.field, refusal.code)),
        Err(("total_investment", "amount_foreign"))
    );
}

#[test]
fn faults_are_told_in_the_order_of_the_fields() {
    let header: &[&str] = &[
        "投资方",
        "统一社会信用代码",
        "县区",
        "总投资(万元)",
        "固定资产投资(万元)",
        "登记日期",
        "目前阶段",
        "联系电话",
        "下次跟进日期",
    ];
    let good =
        ["甲乙(虚构)有限公司", "", "灵山", "100", "50", "2026-9-2", "在谈", "12000000200", "2026-12-1"];
    let bad = ["待定", "123", "南宁市", "若干", "1-2", "去年底", "大概在谈吧", "见名片", "尽快"];
    let fields = [
        "investor",
        "uscc",
        "county",
        "total_investment",
        "fixed_investment",
        "registered_on",
        "stage",
        "phone",
        "next_follow_up_on",
    ];
    for (first, field) in fields.into_iter().enumerate() {
        let row: Vec<&str> = (0..bad.len()).map(|at| if at < first { good[at] } else { bad[at] }).collect();
        // A title keeps the row a lead when everything else of it is faulty.
        let (header, row) = ([header, &["项目名称"]].concat(), [row.as_slice(), &["某项目"]].concat());
        let rows = rows_of(&sheet(&[&header, &row]));
        assert_eq!(rows[0].result.as_ref().map_err(|refusal| refusal.field).err(), Some(field));
        let cells: Vec<&str> = rows[0].cells.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(cells, row, "the row goes back as it was written");
    }
}

#[test]
fn what_a_person_should_look_at_is_warned_of() {
    let header: &[&str] = &[
        "投资方",
        "县区",
        "产业",
        "总投资(万元)",
        "固定资产投资(万元)",
        "登记日期",
        "目前阶段",
        "来源渠道",
        "下次跟进日期",
        "用地需求(亩)",
    ];
    for (cells, wanted) in [
        (["灵山", "陈皮", "约100", "50", "2026-9-2", "在谈", "自荐", "2026-12-1", ""], vec!["approximate"]),
        (
            ["灵山", "陈皮", "100", "150", "2026-9-2", "在谈", "自荐", "2026-12-1", ""],
            vec!["fixed_over_total"],
        ),
        (["灵山", "陈皮", "100", "50", "2026年9月", "在谈", "自荐", "2026-12-1", ""], vec!["month_only"]),
        (
            ["灵山", "陈皮", "100", "50", "2026-9-2", "在谈", "自荐", "2026-8-1", ""],
            vec!["before_registration"],
        ),
        (["灵山", "航天", "100", "50", "2026-9-2", "在谈", "自荐", "", ""], vec!["industry_unknown"]),
        (["灵山", "", "100", "50", "2026-9-2", "在谈", "", "", ""], vec!["source_missing"]),
        (["灵山", "陈皮", "100", "50", "2026-9-2", "在谈", "天上掉的", "", ""], vec!["source_unknown"]),
        (["灵山", "陈皮", "100", "50", "2026-9-2", "流转", "自荐", "", ""], vec!["stage_transfer"]),
        (["灵山", "陈皮", "100", "50", "2026-9-2", "开工", "自荐", "", ""], vec!["stage_project"]),
        (["灵山", "陈皮", "100", "50", "2026-9-2", "在谈", "自荐", "", "若干"], vec!["unread"]),
        (["灵山", "陈皮", "/", "—", "暂无", "待定", "自荐", "未知", "面议"], vec![]),
    ] {
        let row = [&["甲乙(虚构)有限公司"][..], &cells].concat();
        let rows = rows_of(&sheet(&[header, &row]));
        assert!(rows[0].result.is_ok(), "{row:?}: {:?}", rows[0].result);
        assert_eq!(codes(&rows[0]), wanted, "{row:?}");
        assert!(rows[0].warnings.iter().all(|w| WARNING_CODES.contains(&w.code.as_str())));
    }
}

#[test]
fn words_beyond_a_field_are_kept_with_the_lead() {
    let leads = leads_of(&sheet(&[
        &["投资方", "县区", "产业", "来源渠道", "目前阶段", "用地需求(亩)", "所属园区", "项目公司"],
        &["甲乙(虚构)有限公司", "灵山", "航天", "天上掉的", "开工", "若干", "某新园", "丙丁(虚构)有限公司"],
        &["戊己(虚构)有限公司", "灵山", "", "", "暂缓", "", "", ""],
        &["庚辛(虚构)有限公司", "灵山", "", "", "终止", "", "", ""],
    ]));
    assert_eq!((leads[0].source.kind, leads[0].source.note.as_deref()), (SourceKind::Own, Some("天上掉的")));
    assert_eq!(leads[0].stage, Stage::Contract);
    let kept: Vec<(&str, &str)> =
        leads[0].extra.iter().map(|(head, text)| (head.as_str(), text.as_str())).collect();
    let wanted = [
        ("项目公司", "丙丁(虚构)有限公司"),
        ("所属园区", "某新园"),
        ("用地需求(亩)", "若干"),
        ("产业", "航天"),
        ("目前阶段", "开工"),
    ];
    assert_eq!(kept, wanted, "each under its own head");
    assert_eq!(
        (leads[1].stage, leads[1].status, leads[1].closure),
        (Stage::Negotiation, Status::OnHold, None)
    );
    assert_eq!((leads[2].status, leads[2].closure), (Status::Closed, Some(ClosureKind::Other)));
    assert_eq!((leads[1].title.as_str(), leads[1].industry.as_str()), ("戊己(虚构)有限公司项目", "other"));
    assert_eq!(leads[1].registered_on, today());
}

#[test]
fn the_project_company_is_the_investor_where_there_is_no_other() {
    let leads = leads_of(&sheet(&[
        &["项目名称", "项目公司", "县区", "联系人及电话"],
        &["某项目", "甲乙(虚构)有限公司", "灵山", "韦示例 120 0000 0200"],
    ]));
    assert_eq!(leads[0].investor, "甲乙(虚构)有限公司");
    assert_eq!(leads[0].contact.name.as_deref(), Some("韦示例"));
    assert_eq!(leads[0].contact.phone.as_deref(), Some("12000000200"));
}

#[test]
fn the_phone_is_the_investors_persons_not_our_officers() {
    let leads = leads_of(&sheet(&[
        &["投资方", "县区", "责任人", "联系电话", "联系人", "联系电话", "备注"],
        &["甲乙(虚构)有限公司", "灵山", "招商员甲", "12000000001", "韦示例", "12000000002", ""],
    ]));
    assert_eq!(leads[0].contact.phone.as_deref(), Some("12000000002"));
    assert_eq!(leads[0].extra, [("联系电话".to_owned(), "12000000001".to_owned())]);
}

#[test]
fn the_progress_gives_the_stage_where_no_column_does() {
    let read = |header: &str| {
        let leads = leads_of(&sheet(&[
            &["投资方", "县区", "来源", header],
            &["甲乙(虚构)有限公司", "灵山", "自荐", "考察"],
        ]));
        (leads[0].stage, leads[0].progress.clone())
    };
    assert_eq!(read("目前进展"), (Stage::SiteVisit, Some("考察".to_owned())));
    assert_eq!(read("目前阶段"), (Stage::SiteVisit, None));
}

#[test]
fn a_head_that_only_looks_like_another_takes_nobodys_place() {
    let of = |header: &[&str], row: &[&str]| leads_of(&sheet(&[header, row])).remove(0);
    let lead = of(
        &["序号", "投资方式", "拟投资企业全称", "县区经办人", "县区", "阶段性成果", "项目规模（万元）"],
        &["1", "独资", "广东甲(虚构)有限公司", "经办示例", "灵山", "已交流三次", "5000"],
    );
    assert_eq!(lead.investor, "广东甲(虚构)有限公司");
    assert_eq!((lead.county.as_str(), lead.total_investment_fen), ("450721", Some(5_000_000_000)));
    let lead = of(
        &["意向项目", "拟投资单位", "责任单位", "首洽时间", "投资（万元）", "跟进时间", "招引方式"],
        &["甲项目", "乙(虚构)有限公司", "浦北县投资促进局", "2026年9月份", "1.5个亿", "46300.5", "乡贤推介"],
    );
    assert_eq!((lead.investor.as_str(), lead.county.as_str()), ("乙(虚构)有限公司", "450722"));
    assert_eq!(lead.registered_on.to_string(), "2026-09-01");
    assert_eq!(lead.next_follow_up_on.map(|day| day.to_string()).as_deref(), Some("2026-10-05"));
    assert_eq!((lead.total_investment_fen, lead.source.kind), (Some(15_000_000_000), SourceKind::Townsman));
}

#[test]
fn a_chamber_that_the_source_names_is_the_source() {
    let lead = |source: &str| {
        let header: &[&str] = &["投资方", "县区", "来源"];
        leads_of(&sheet(&[header, &["甲(虚构)有限公司", "灵山", source]])).remove(0)
    };
    for (source, name) in [
        ("深圳市钦州商会", Some("深圳市钦州商会")),
        ("深圳市钦州商会推荐", Some("深圳市钦州商会")),
        ("商会（东莞市钦州商会）", Some("东莞市钦州商会")),
        ("湾区示例市灵山商会(虚构)", Some("湾区示例市灵山商会(虚构)")),
        ("异地商会", None),
        ("商会推荐", None),
        ("商协会", None),
    ] {
        let lead = lead(source);
        assert_eq!((lead.source.kind, lead.source.name.as_deref()), (SourceKind::Chamber, name), "{source}");
    }
}

#[test]
fn a_colleagues_number_is_not_kept_with_the_lead_and_said_to_be_left_out() {
    let header: &[&str] = &["投资方", "县区", "责任人", "包联领导"];
    let row: &[&str] = &["甲(虚构)有限公司", "灵山", "宁示例：12000000991", "梁示例2"];
    let rows = rows_of(&sheet(&[header, row]));
    let lead = rows[0].result.as_ref().unwrap();
    assert_eq!(
        (lead.officer_name.as_deref(), lead.leader_name.as_deref()),
        (Some("宁示例"), Some("梁示例2"))
    );
    let told: Vec<(&str, &str)> =
        rows[0].warnings.iter().map(|warning| (warning.code.as_str(), warning.word.as_str())).collect();
    assert!(told.contains(&("number_left_out", "宁示例")), "{told:?}");
}
