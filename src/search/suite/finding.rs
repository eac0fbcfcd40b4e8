use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::*;
use crate::search::{Among, Bounds, FacetField, Filters, LeadField, LeadScope};

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

pub(in crate::search) fn a_name_that_is_the_query_by_sound_comes_first(index: Make) {
    let exact = LeadDocument { status: "closed".to_owned(), ..titled("exact", "储能产业园") };
    let more = [("new", "新建储能产业园"), ("second", "储能产业园二期"), ("sea", "海上储能产业园")];
    let more = more.map(|(id, title)| titled(id, title));
    let company =
        LeadDocument { investor_name: "广西储能有限公司".to_owned(), ..titled("company", "甲") };
    let longer =
        LeadDocument { investor_name: "新广西储能有限公司".to_owned(), ..titled("longer", "乙") };
    let index = index(&[&[exact, company, longer][..], &more].concat());
    for typed in ["储能产业园", "chunengchanyeyuan", "cncyy", "储能chanyeyuan", "chuneng chanye yuan"]
    {
        let ids = index.ids(typed);
        assert_eq!((ids.first().map(String::as_str), ids.len()), (Some("exact"), 4), "{typed}");
    }
    assert_eq!(index.ids("guangxichunengyouxiangongsi").first().unwrap(), "company");
}

pub(in crate::search) fn all_words_must_match_and_side_by_side_is_better(index: Make) {
    let apart = titled("apart", "新厂和能源项目");
    let index = index(&[apart, titled("beside", "甲厂新能源"), titled("one", "新项目")]);
    assert_eq!(index.ids("新 能源"), ["beside", "apart"]);
    assert_eq!(index.ids("xin neng yuan"), ["beside", "apart"]);
    assert!(index.ids("能源 没有这个词").is_empty());
}

pub(in crate::search) fn syllables_that_are_one_word_come_before_scattered_ones(index: Make) {
    let remark = LeadDocument { remark: Some("总部在厦门".to_owned()), ..titled("remark", "甲") };
    let follow_up = LeadDocument {
        follow_ups: vec!["去厦门拜访".to_owned()],
        status: "closed".to_owned(),
        ..titled("follow-up", "乙")
    };
    let scattered = (0..20).map(|i| LeadDocument {
        investor_name: "下关铁门有限公司".to_owned(),
        ..titled(&format!("scattered-{i}"), "门业下料项目")
    });
    let index = index(&scattered.chain([remark, follow_up]).collect::<Vec<_>>());
    for typed in ["xia men", "xiamen", "XIA MEN"] {
        let ids = index.ids(typed);
        let first: BTreeSet<&str> = ids.iter().take(2).map(String::as_str).collect();
        assert_eq!(first, ["follow-up", "remark"].into(), "{typed}");
    }
    assert_eq!(index.ids("xia men").len(), 22, "the others are found behind them");
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

pub(in crate::search) fn what_stands_in_quotes_is_found_exactly_so(index: Make) {
    let index = index(&[
        titled("beside", "新能源电池"),
        titled("apart", "新能源和电池"),
        titled("sound", "鑫能园电池"),
    ]);
    let found = |text: &str| index.ids(text).into_iter().collect::<BTreeSet<_>>();
    let ids = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<BTreeSet<_>>();
    let all = ids(&["beside", "apart", "sound"]);
    assert_eq!(found("新能源 电池"), all, "few hold it, so that sounds count too");
    assert_eq!(found("\"新能源 电池\""), ids(&["beside"]));
    assert_eq!(found("“新能源”"), ids(&["beside", "apart"]), "in quotes only what is typed");
    assert_eq!(found("\"鑫能源\""), ids(&[]), "in quotes no other character of that sound is meant");
    assert_eq!(found("鑫能源"), all, "without them it may be");
    let marked = index.search(&SearchQuery { highlight: true, ..by_text("\"新能源 电池\"") });
    let title = marked.hits[0].highlights.get(&LeadField::Title).map(String::as_str);
    assert_eq!(title, Some("<em>新能源电池</em>"));
}

pub(in crate::search) fn a_word_behind_a_minus_is_left_out(index: Make) {
    let index = index(&[
        titled("both", "灵山毛绒玩具"),
        titled("one", "灵山制衣"),
        titled("dashed", "灵山-毛绒二厂"),
        titled("neither", "浦北陈皮"),
    ]);
    let found = |text: &str| index.ids(text).into_iter().collect::<BTreeSet<_>>();
    let ids = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(found("灵山 -毛绒"), ids(&["one"]));
    assert_eq!(found("灵山 －\"毛绒玩具\""), ids(&["one", "dashed"]));
    assert_eq!(found("-灵山"), ids(&["neither"]), "of all leads, those without it");
    assert_eq!(found("灵山-毛绒"), ids(&["both", "dashed"]), "within a word it is no minus");
    assert_eq!(found("灵山 - 毛绒"), ids(&["both", "dashed"]), "nor alone");
    assert_eq!(found("灵山 -没有的词"), ids(&["both", "one", "dashed"]));
}

pub(in crate::search) fn amounts_and_days_have_bounds_and_ranges(index: Make) {
    let lead = |id: &str, yuan: Option<i64>, day: &str| LeadDocument {
        total_investment_fen: yuan.map(|yuan| yuan * 100),
        registered_on: Some(day.parse().unwrap()),
        ..titled(id, "项目")
    };
    let index = index(&[
        lead("small", Some(9_999_999), "2025-12-31"),
        lead("middle", Some(50_000_000), "2026-01-01"),
        lead("large", Some(2_000_000_000), "2026-06-30"),
        lead("unknown", None, "2026-07-01"),
    ]);
    let found = |filters: Filters| {
        let facets = vec![FacetField::Investment, FacetField::Registered];
        let answer = index.search(&SearchQuery { filters, facets, ..by_text("") });
        let ids: BTreeSet<String> = answer.hits.into_iter().map(|hit| hit.id).collect();
        (ids, answer.facets)
    };
    let ids = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<BTreeSet<_>>();
    let counts = |counts: &[(&str, u64)]| {
        counts.iter().map(|(code, count)| ((*code).to_owned(), *count)).collect::<BTreeMap<_, _>>()
    };
    let investment_fen = Bounds { from: Some(999_999_900), to: Some(5_000_000_000) };
    let (some, facets) = found(Filters { investment_fen, ..Filters::default() });
    assert_eq!(some, ids(&["small", "middle"]), "both ends count, and no amount is in no bounds");
    assert_eq!(facets[&FacetField::Registered], counts(&[("2025", 1), ("2026", 1)]));
    let all = counts(&[("", 1), ("1000m", 1), ("50m", 1), ("under_10m", 1)]);
    assert_eq!(facets[&FacetField::Investment], all, "counted without its own bounds");
    let from = Bounds { from: "2026-01-01".parse().ok(), to: None };
    let until_june = Bounds { to: "2026-06-30".parse().ok(), ..from };
    assert_eq!(
        found(Filters { registered_on: from, ..Filters::default() }).0,
        ids(&["middle", "large", "unknown"])
    );
    let (some, facets) = found(Filters { registered_on: until_june, ..Filters::default() });
    assert_eq!(some, ids(&["middle", "large"]));
    assert_eq!(facets[&FacetField::Investment], counts(&[("1000m", 1), ("50m", 1)]));
    let investment = vec!["50m".to_owned(), String::new()];
    assert_eq!(found(Filters { investment, ..Filters::default() }).0, ids(&["middle", "unknown"]));
    let registered = vec!["2025".to_owned()];
    assert_eq!(found(Filters { registered, ..Filters::default() }).0, ids(&["small"]));
}

pub(in crate::search) fn a_phone_is_found_whole_and_by_who_sees_contacts(index: Make) {
    let with_phone =
        LeadDocument { phone_hashes: vec!["first".to_owned(), "hash".to_owned()], ..titled("with", "甲") };
    let index = index(&[with_phone, titled("without", "乙 12000000101")]);
    let by_phone = |role: &str, text: &str| {
        let phones = vec!["hash".to_owned()];
        index.search(&SearchQuery { phones, fields: SETTINGS.fields_of(role), ..by_text(text) })
    };
    let ids: Vec<String> = by_phone("bureau_officer", "").hits.into_iter().map(|hit| hit.id).collect();
    assert_eq!(ids, ["with"], "a number in a text is not in the index");
    assert_eq!(by_phone("bureau_officer", "甲").total, 1, "words beside it count");
    assert_eq!(by_phone("bureau_officer", "乙").total, 0);
    assert_eq!(by_phone("bureau_officer", "-甲").total, 0);
    assert_eq!(by_phone("federation", "").total, 0, "contacts are not shown to it");
    assert_eq!(by_phone("chamber_liaison", "").total, 0);
}

pub(in crate::search) fn among_ids_only_these_are_asked(index: Make) {
    let index = index(&[titled("a", "陈皮"), titled("b", "陈皮"), titled("c", "木材")]);
    let among = |ids: &[&str]| {
        let among = Some(Among::new(ids.iter().map(|id| (*id).to_owned()).collect()));
        index
            .search(&SearchQuery { among, ..by_text("chenpi") })
            .hits
            .into_iter()
            .map(|hit| hit.id)
            .collect::<Vec<_>>()
    };
    assert_eq!(among(&["a", "c"]), ["a"]);
    assert!(among(&["c", "nobody"]).is_empty());
    assert!(among(&[]).is_empty());
}

/// What tells of new leads asks so: among the leads that changed, within somebody's scope, for what was meant exactly.
pub(in crate::search) fn among_ids_scope_and_exactness_hold_together(index: Make) {
    let of =
        |id: &str, title: &str, county: &str| LeadDocument { county: county.to_owned(), ..titled(id, title) };
    let index = index(&[
        of("mine", "陈皮一厂", "450721"),
        of("others", "陈皮二厂", "450722"),
        of("near", "晨皮三厂", "450721"),
        of("older", "陈皮四厂", "450721"),
    ]);
    let among = Among::new(["mine", "others", "near"].map(str::to_owned).to_vec());
    let ask = |exact: bool, filters: Filters| {
        let scope = LeadScope::County("450721".to_owned());
        let query =
            SearchQuery { among: Some(among.clone()), scope, exact, filters, limit: 3, ..by_text("陈皮") };
        let answer = index.search(&query);
        let ids: BTreeSet<String> = answer.hits.into_iter().map(|hit| hit.id).collect();
        (ids, answer.total, answer.approximate)
    };
    let ids = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(ask(true, Filters::default()), (ids(&["mine"]), 1, false));
    assert_eq!(
        ask(false, Filters::default()),
        (ids(&["mine", "near"]), 2, true),
        "the same sound counts here"
    );
    let elsewhere = Filters { county: vec!["450722".to_owned()], ..Filters::default() };
    assert_eq!(ask(true, elsewhere), (ids(&[]), 0, false), "a filter opens no scope");
}

pub(in crate::search) fn what_papers_say_is_found_behind_everything_else(index: Make) {
    let mut paper = titled("paper", "甲");
    paper.attachments =
        vec![papered("立项申请.docx", "申请单位：示例公司\n年产毛绒玩具五万套，联系电话12012345678")];
    let mut remark = titled("remark", "乙");
    remark.remark = Some("做毛绒玩具".to_owned());
    let index = index(&[paper, remark, titled("other", "丙")]);
    for typed in ["毛绒玩具", "绒玩", "maorong", "绒wan", "毛絨玩具"] {
        assert_eq!(index.ids(typed), ["remark", "paper"], "{typed}");
    }
    for typed in ["立项申请", "lixiang", "项申 五万套", "nianchan"] {
        assert_eq!(index.ids(typed), ["paper"], "{typed}");
    }
    assert!(index.ids("12012345678").is_empty(), "a phone is found in no text");
}
