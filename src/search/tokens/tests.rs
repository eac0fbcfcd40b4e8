use std::sync::LazyLock;

use super::*;
use super::{private, syllables::Sounds, typos, units::units, words::words};

static LANGUAGE: LazyLock<Language> = LazyLock::new(|| Language::builtin().unwrap());

fn plain(text: &str) -> String {
    units(text, &LANGUAGE).iter().map(|unit| unit.ch).collect()
}

/// The readings of a text, as `chong qing`, alternatives by `/`.
fn read(text: &str) -> String {
    let readings = LANGUAGE.readings(&units(text, &LANGUAGE));
    let one = |r: &Readings| r.iter().map(|s| LANGUAGE.syllables().letters(s)).collect::<Vec<_>>().join("/");
    readings.iter().map(one).collect::<Vec<_>>().join(" ")
}

fn cuts(letters: &str, breaks: &[usize], unfinished: bool) -> Vec<String> {
    let cuts = LANGUAGE.syllables().cuts(letters, breaks, unfinished, &mut |_, _| true);
    let one = |sounds: &Sounds| {
        sounds.iter().map(|s| LANGUAGE.syllables().letters(*s)).collect::<Vec<_>>().join("/")
    };
    cuts.iter().map(|cut| cut.iter().map(one).collect::<Vec<_>>().join(" ")).collect()
}

/// Whether a text holds what was typed, by any pattern.
fn found(typed: &str, text: &str) -> bool {
    let matcher = Matcher::new(text, &LANGUAGE);
    words(typed, &LANGUAGE).iter().all(|word| {
        word.patterns(&LANGUAGE, true, &mut |_, _| true)
            .iter()
            .any(|pattern| !matcher.find(pattern).is_empty())
    })
}

#[test]
fn traditional_full_width_and_capitals_become_plain() {
    assert_eq!(plain("ＮｏｖａＣｈｅｍ"), "novachem");
    assert_eq!(plain("氫燃料電堆"), "氢燃料电堆");
    assert_eq!(plain("陳皮飲片　長興縣"), "陈皮饮片长兴县");
    assert_eq!(plain("QZ-2026-000123"), "qz2026000123");
    assert_eq!(plain("Citroën ㎡"), "citroenm2");
}

#[test]
fn brackets_join_and_stops_divide() {
    let positions = |text| units(text, &LANGUAGE).iter().map(|u| u.position).collect::<Vec<_>>();
    assert_eq!(positions("甲（乙）丙"), [0, 1, 2]);
    assert_eq!(positions("甲。乙，丙"), [0, 2, 4]);
    assert_eq!(positions("张　三"), [0, 1]);
    assert_eq!(positions("ab cd"), [0, 1, 3, 4]);
    assert_eq!(positions("1,200"), [0, 1, 2, 3]);
    assert_eq!(plain("3.5亿"), "3.5亿");
}

#[test]
fn units_know_their_place_in_the_text() {
    let text = "甲（ＡB㎡";
    let spans: Vec<&str> = units(text, &LANGUAGE).iter().map(|u| &text[u.start..u.end]).collect();
    assert_eq!(spans, ["甲", "Ａ", "B", "㎡", "㎡"]);
}

#[test]
fn places_surnames_and_trade_words_are_read_right() {
    for (text, reading) in [
        ("重庆", "chong qing"),
        ("长兴县", "chang xing xian"),
        ("厦门", "xia men"),
        ("六安", "lu an"),
        ("乐清", "yue qing"),
        ("会计", "kuai ji"),
        ("招商银行", "zhao shang yin hang"),
        ("长沙", "chang sha"),
        ("董事会", "dong shi hui"),
        ("重慶", "chong qing"),
        ("尉迟", "yu chi"),
        ("绿源", "lv/lu yuan"),
        ("公仔", "gong zai"),
    ] {
        assert_eq!(read(text), reading, "{text}");
    }
    for (name, reading) in
        [("单", "shan"), ("仇", "qiu"), ("解", "xie"), ("查", "zha"), ("区", "ou"), ("曾", "zeng")]
    {
        assert!(
            read(&format!("{name}示例")).split([' ', '/']).any(|r| r == reading),
            "{name} {}",
            read(name)
        );
    }
    for (name, reading) in
        [("盖", "ge"), ("朴", "piao"), ("任", "ren"), ("华", "hua"), ("覃", "qin"), ("覃", "tan")]
    {
        assert!(read(name).split('/').any(|r| r == reading), "{name} {}", read(name));
    }
}

#[test]
fn a_word_of_the_list_hides_nothing_where_it_stands_over_the_border_of_two() {
    for (typed, text) in [
        ("ghjh", "工会计划甲"),
        ("gonghuijihua", "工会计划甲"),
        ("bolanhui", "博览会计划"),
        ("hegelv", "合格率领先"),
        ("zengjingli", "与曾经理座谈"),
        ("zengjingwei", "曾经纬"),
        ("zhenzhang", "镇长安排"),
        ("buzhang", "部长江某"),
        ("quanbuchangqi", "全部长期合作"),
        ("kuaiji", "会计"),
        ("chang an", "长安"),
    ] {
        assert!(found(typed, text), "{typed}: {text} is read {}", read(text));
    }
    assert!(!found("zhangan", "长安汽车") && !found("huiji", "会计"));
}

#[test]
fn an_umlaut_is_a_letter_in_latin_words_and_a_v_in_pinyin() {
    for (typed, text) in [
        ("für", "Zentrum für Bau"),
        ("fur", "Zentrum für Bau"),
        ("Zentrum für Bau 合作", "Zentrum für Bau 合作"),
        ("Tür", "Tür GmbH"),
        ("lübu", "吕布"),
        ("lvbu", "吕布"),
        ("绿yuan", "绿源"),
        ("lüyuan", "绿源"),
    ] {
        assert!(found(typed, text), "{typed}: {text}");
    }
}

#[test]
fn letters_are_cut_into_syllables_in_every_way() {
    assert_eq!(cuts("xinnengyuan", &[], false)[0], "xin neng yuan");
    assert!(cuts("luan", &[], false).contains(&"lu an".to_owned()));
    assert!(cuts("luan", &[], false).contains(&"luan".to_owned()));
    assert_eq!(cuts("xian", &[2], false), ["xi an"]);
    assert_eq!(cuts("lvyuan", &[], false)[0], "lv yuan");
    assert_eq!(cuts("nue", &[], false)[0], "nve");
    assert!(cuts("xinn", &[], false).is_empty());
    assert!(cuts("xinne", &[], true).contains(&"xin nei/nen/neng".to_owned()));
    assert!(cuts("zzzz", &[], true).is_empty());
    assert!(cuts(&"xian".repeat(40), &[], true).len() <= 60);
}

#[test]
fn a_word_is_found_however_it_is_typed() {
    let text = "新能源（钦州）项目，生产毛绒公仔和IP潮玩；总部在深圳，NovaChem二期2期";
    for typed in [
        "新能源",
        "能源",
        "源钦",
        "xinnengyuan",
        "xinneng",
        "xinnengy",
        "xny",
        "毛rong公仔",
        "深zhen",
        "深zh",
        "maoronggongzai",
        "NOVACHEM",
        "novac",
        "chem",
        "2qi",
        "ip潮wan",
        "新能 公仔",
        "xin'neng",
        "iｐ潮玩",
        "mrgz",
        "qznw2",
        "毛绒gongz",
    ] {
        assert_eq!(found(typed, text), typed != "qznw2", "{typed}");
    }
    for typed in ["能新", "项目生产", "xinyuan", "xnyx", "深chu", "novachemx", "毛rou公仔"] {
        assert!(!found(typed, text), "{typed}");
    }
}

#[test]
fn the_place_of_a_match_is_exact() {
    let text = "位于<重慶>市";
    let matcher = Matcher::new(text, &LANGUAGE);
    let word = &words("chongqing", &LANGUAGE)[0];
    let places: Vec<&str> = word
        .patterns(&LANGUAGE, false, &mut |_, _| true)
        .iter()
        .flat_map(|pattern| matcher.find(pattern))
        .map(|range| &text[range])
        .collect();
    assert_eq!(places, ["重慶"]);
}

#[test]
fn phone_identity_and_account_numbers_are_masked() {
    for (text, masked) in [
        ("电话12000000200，联系", "电话***********，联系"),
        ("120 0000 0200", "*** **** ****"),
        ("0777-2812345转8", "****-*******转8"),
        ("身份证45070219900101123X", "身份证*****************X"),
        ("账号6222 0212 3456 7890 123", "账号**** **** **** **** ***"),
        ("１２０００００００００", "***********"),
    ] {
        assert_eq!(private::masked(text), masked);
    }
    for (name, masked) in [
        ("示例12000000200项目", "示例***********项目"),
        ("０７７７２８１２３４５", "***********"),
        ("8612000000200", "*************"),
        ("账号6222021234567890123", "账号*******************"),
        ("编号1795774516", "编号1795774516"),
        ("20261127101516", "20261127101516"),
    ] {
        assert_eq!(private::masked_in_name(name), masked);
    }
    for kept in [
        "总投资1200万元",
        "2026-11-23 10:30",
        "QZ-2026-000123",
        "120亩 300亩",
        "91450700MA5ABCDE1X",
        "1,200,000",
    ] {
        assert_eq!(private::masked(kept), kept);
    }
}

#[test]
fn one_slip_is_near_and_two_are_not() {
    for (typed, word) in [
        ("xinnegyuan", "xinnengyuan"),
        ("novachemm", "novachem"),
        ("nvoachem", "novachem"),
        ("nowachem", "novachem"),
    ] {
        assert!(typos::is_near(typed, word));
        assert!(typos::near(typed).any(|near| near == word), "{typed}");
    }
    assert!(!typos::is_near("nvoachm", "novachem"));
    assert!(typos::begins_near("optiw", "optiwood"));
    assert!(typos::begins_near("opitwo", "optiwood"));
    assert!(!typos::begins_near("opxxw", "optiwood"));
}
