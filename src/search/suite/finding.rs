use std::collections::BTreeSet;
use std::path::Path;

use super::*;

#[derive(serde::Deserialize)]
struct Case {
    class: String,
    query: String,
    truth: String,
}

fn cases() -> Vec<Case> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/search-cases.jsonl");
    let shared = std::fs::read_to_string(file).unwrap();
    let own = include_str!("cases.jsonl");
    shared.lines().chain(own.lines()).map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Of each lead that holds the truth, whether it was found.
fn holds(lead: &LeadDocument, truth: &str) -> bool {
    let texts = [
        Some(&lead.title),
        Some(&lead.investor_name),
        lead.content.as_ref(),
        lead.remark.as_ref(),
        lead.contact_name.as_ref(),
    ];
    texts.into_iter().flatten().any(|text| text.to_lowercase().contains(&truth.to_lowercase()))
}

pub(in crate::search) fn every_way_of_typing_finds_every_lead(index: Make) {
    let leads = generated(3_000);
    let index = index(&leads);
    for Case { class, query, truth } in cases() {
        let wanted: BTreeSet<String> =
            leads.iter().filter(|l| holds(l, &truth)).map(|l| l.id.clone()).collect();
        let found: BTreeSet<String> = index.ids(&query).into_iter().collect();
        let missed: Vec<&String> = wanted.difference(&found).take(3).collect();
        assert!(!wanted.is_empty(), "{class} {truth}: no lead holds it");
        assert!(missed.is_empty(), "{class} {query}: missed {missed:?} of {}", wanted.len());
        if matches!(class.as_str(), "word" | "middle" | "as_you_type" | "traditional" | "full_width") {
            let extra: Vec<&String> = found.difference(&wanted).take(3).collect();
            assert!(extra.is_empty(), "{class} {query}: {extra:?} do not hold {truth}");
        }
    }
}

pub(in crate::search) fn a_whole_company_name_comes_first_and_alone_at_the_top(index: Make) {
    let leads = generated(1_000);
    let index = index(&leads);
    for lead in leads.iter().step_by(37) {
        assert_eq!(index.ids(&lead.investor_name).first(), Some(&lead.id), "{}", lead.investor_name);
    }
}

pub(in crate::search) fn an_exact_title_comes_before_longer_ones_and_remarks(index: Make) {
    let mut in_remark = titled("remark", "别的项目");
    in_remark.remark = Some("陈皮产业园".to_owned());
    let mut closed = titled("exact", "陈皮产业园");
    closed.status = "closed".to_owned();
    let index = index(&[titled("longer", "陈皮产业园二期"), in_remark, closed]);
    assert_eq!(index.ids("陈皮产业园"), ["exact", "longer", "remark"]);
    assert_eq!(index.ids("chenpi"), ["longer", "exact", "remark"], "active ones come first");
}

pub(in crate::search) fn all_words_must_match_and_side_by_side_is_better(index: Make) {
    let apart = titled("apart", "新厂和能源项目");
    let index = index(&[apart, titled("beside", "甲厂新能源"), titled("one", "新项目")]);
    assert_eq!(index.ids("新 能源"), ["beside", "apart"]);
    assert_eq!(index.ids("xin neng yuan"), ["beside", "apart"]);
    assert!(index.ids("能源 没有这个词").is_empty());
}

pub(in crate::search) fn codes_are_found_by_any_part(index: Make) {
    let mut lead = titled("a", "甲");
    lead.code = "QZ-2026-000123".to_owned();
    lead.uscc = Some("91450700MA5KXXXX1B".to_owned());
    let index = index(&[lead, titled("b", "乙")]);
    for part in [
        "QZ-2026-000123",
        "000123",
        "26-0001",
        "qz2026",
        "0700MA5",
        "91450700ma5kxxxx1b",
        "xx1b",
        "ＱＺ－２０２６",
    ] {
        assert_eq!(index.ids(part), ["a"], "{part}");
    }
}

pub(in crate::search) fn phone_numbers_are_never_found(index: Make) {
    let mut lead = titled("a", "甲");
    lead.remark = Some("联系电话12000000200，座机0777-2812345".to_owned());
    lead.follow_ups = vec!["120 0000 0200".to_owned()];
    let index = index(&[lead]);
    for number in ["12000000200", "0000020", "120 0000 0200", "0777-2812345", "2812345"] {
        assert!(index.ids(number).is_empty(), "{number}");
    }
    let query = SearchQuery { highlight: true, ..by_text("联系电话") };
    assert!(index.search(&query).hits[0].highlights.values().all(|html| !html.contains("0000")));
}

pub(in crate::search) fn what_lies_near_is_looked_for_only_when_little_is_found(index: Make) {
    let many = [("m1", "一"), ("m2", "二"), ("m3", "三")].map(|(id, n)| titled(id, &format!("新能源{n}")));
    let index = index(&[&many[..], &[titled("latin", "NovaChem工艺"), titled("toy", "公仔厂")]].concat());
    let exact = index.search(&by_text("xinnengyuan"));
    assert_eq!((exact.total, exact.approximate), (3, false));
    for (typed, total) in [("xinnegyuan", 3), ("Novachemm", 1), ("nvoachem", 1), ("新能原", 3), ("毛绒", 1)]
    {
        let near = index.search(&by_text(typed));
        assert_eq!((near.total, near.approximate), (total, true), "{typed}");
    }
    assert_eq!(index.search(&by_text("wholly other")).total, 0);
}

pub(in crate::search) fn odd_input_is_answered(index: Make) {
    let index = index(&[titled("a", "甲")]);
    assert_eq!(index.search(&by_text("   ")).total, 1, "no words: every lead");
    for odd in [
        "%",
        "'",
        "'''a'",
        "（）",
        "\u{0}",
        "\u{1}xin",
        "a'b'c",
        &"x".repeat(5_000),
        &"长".repeat(500),
        "🦅",
        "e\u{301}",
    ] {
        index.search(&by_text(odd));
        index.search(&SearchQuery { as_you_type: true, highlight: true, ..by_text(odd) });
    }
    assert!(index.engine.search(&SearchQuery { limit: 1, offset: 10_000, ..by_text("甲") }).is_err());
}

pub(in crate::search) fn pages_neither_repeat_nor_skip(index: Make) {
    let leads: Vec<LeadDocument> = (0..95).map(|i| titled(&format!("id-{i}"), "同一个项目")).collect();
    let index = index(&leads);
    let page = |offset| SearchQuery { limit: 10, offset, ..by_text("项目") };
    let paged: Vec<String> =
        (0..10).flat_map(|p| index.search(&page(p * 10)).hits).map(|hit| hit.id).collect();
    assert_eq!(paged, index.ids("项目"));
    assert_eq!(paged.iter().collect::<BTreeSet<_>>().len(), 95);
}

pub(in crate::search) fn as_you_type_every_beginning_finds_the_lead(index: Make) {
    let index = index(&[titled("a", "新能源智能工厂（钦州）NovaChem二期"), titled("b", "旧厂")]);
    for whole in ["新能源智能工厂钦州", "xinnengyuanzhineng", "xnyzn", "NovaChem", "gongchangqinzhou"]
    {
        for (end, _) in whole.char_indices().skip(1).chain([(whole.len(), ' ')]) {
            let query = SearchQuery { as_you_type: true, ..by_text(&whole[..end]) };
            let found = index.search(&query);
            assert!(found.hits.iter().any(|hit| hit.id == "a") && !found.approximate, "{}", &whole[..end]);
        }
    }
}
