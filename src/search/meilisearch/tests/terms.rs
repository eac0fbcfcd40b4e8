//! What is stored and what is asked for must be the same words.

use std::collections::HashSet;

use crate::search::meilisearch::grams::{self, of_code, of_text};
use crate::search::meilisearch::near_terms;
use crate::search::meilisearch::terms::{self, Term, Terms};
use crate::search::suite::SETTINGS;
use crate::search::tokens::words::words;

/// All terms of a text that a question may ask for.
fn stored(text: &str) -> HashSet<String> {
    let grams = of_text(text, &SETTINGS.language);
    let columns = [&grams.chars, &grams.typed, &grams.initials];
    columns.into_iter().flat_map(|column| column.split(' ')).map(str::to_owned).collect()
}

fn holds(stored: &HashSet<String>, terms: &Terms) -> bool {
    terms.iter().all(|term| matches!(term, Term::Exact(term) if stored.contains(term)))
}

/// Whether the text is found by what is typed.
fn finds(text: &str, typed: &str) -> bool {
    let (stored, language) = (stored(text), &SETTINGS.language);
    words(typed, language)
        .iter()
        .all(|word| terms::choices(word, language).iter().any(|terms| holds(&stored, terms)))
}

#[test]
fn each_way_of_typing_asks_for_what_is_stored() {
    for (text, typed) in [
        ("新能源汽车项目", "能源"),
        ("新能源汽车项目", "新能源汽车项目"),
        ("新能源汽车项目", "新"),
        ("新能源汽车项目", "xinnengyuanqichexiangmu"),
        ("新能源汽车项目", "nengyuanq"),
        ("新能源汽车项目", "xny"),
        ("新能源汽车项目", "xnyqcxm"),
        ("新能源汽车项目", "xin neng yuan"),
        ("新能源汽车项目", "新neng源qiche"),
        ("新能源汽车项目", "Ｘｎｙ"),
        ("智能工厂", "智neng工厂"),
        ("重庆市", "chongqing"),
        ("重庆市", "chong庆"),
        ("翔安区", "xiang'anqu"),
        ("侵略者", "qinlue"),
        ("侵略者", "qinlve"),
        ("重慶市兩江新區", "重庆市两江新区"),
        ("OptiWood板材", "wood"),
        ("NovaChem成套", "novachem成套"),
        ("NovaChem成套", "novachemcheng"),
        ("IP潮玩", "IP潮wan"),
        ("投资3.5亿元", "3.5亿"),
        ("引凤🦅项目", "🦅"),
        ("引凤🦅项目", "引凤🦅项"),
        ("广西钦州保税港区示例新能源科技有限公司", "钦州保税港区示例新能源科技有限公司"),
        ("中国（广西）自由贸易", "中国广西自由"),
    ] {
        assert!(finds(text, typed), "{typed} in {text}");
    }
}

#[test]
fn what_is_not_in_the_text_is_not_found() {
    for (text, typed) in [
        ("新能源汽车项目", "源能"),
        ("新能源汽车项目", "新源"),
        ("新能源汽车项目", "innengyuan"),
        ("新能源，汽车项目", "源汽"),
        ("新能源汽车项目", "xinnengyuanqichexiangmuyi"),
        ("新能源汽车项目", "xyn"),
        ("NovaChem成套", "novachen"),
        ("重庆市", "zhongqing"),
    ] {
        assert!(!finds(text, typed), "{typed} in {text}");
    }
}

#[test]
fn a_code_is_stored_by_its_parts() {
    let parts = of_code("QZ-2026-000123", &SETTINGS.language);
    let parts: HashSet<&str> = parts.split(' ').collect();
    let language = &SETTINGS.language;
    for typed in ["qz2026", "QZ-2026-000123", "26-0001", "123", "000123"] {
        let word = &words(typed, language)[0];
        let choices = terms::choices(word, language);
        let holds =
            |terms: &Terms| terms.iter().all(|t| matches!(t, Term::Exact(t) if parts.contains(t.as_str())));
        assert!(choices.iter().any(holds), "{typed}: {choices:?}");
    }
    assert!(!parts.contains("tqz") || parts.iter().all(|part| part.len() > grams::LEAST_OF_CODE));
}

#[test]
fn a_slip_in_pinyin_is_among_the_spellings_that_are_asked_for() {
    for (text, typed) in [
        ("新能源项目", "xinnegyuan"),
        ("新能源项目", "xinnengyaun"),
        ("智能工厂", "zhineggongchang"),
        ("毛绒公仔", "maoronggngzai"),
        ("新能源项目", "新能原"),
        ("公仔厂", "毛绒"),
    ] {
        let word = &words(typed, &SETTINGS.language)[0];
        let (stored, near) = (stored(text), near_terms::choices(word, &SETTINGS));
        assert!(near.iter().any(|terms| holds(&stored, terms)), "{typed}: {} choices", near.len());
    }
}

#[test]
fn a_question_of_many_words_keeps_both_ends_of_each() {
    let term = |name: &str| Term::Exact(name.to_owned());
    let long: Terms = ["a", "b", "c", "d", "e"].map(term).to_vec();
    let short: Terms = ["x"].map(term).to_vec();
    assert_eq!(terms::within(&[&long, &short], 4), ["a", "x", "e", "b"].map(term));
    assert_eq!(terms::within(&[&short, &short], 4), ["x"].map(term));
}
