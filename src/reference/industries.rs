//! Industries of 一县一业 and the classes of GB/T 4754-2017 that belong to them.

use serde::Deserialize;

use super::fold::folded;
use super::source::{Files, ReferenceError};

/// One industry as the bureau counts them.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Industry {
    pub code: String,
    pub zh: String,
    pub en: String,
    /// What ledgers write for it.
    pub words: Vec<String>,
    #[serde(default, rename = "class")]
    pub classes: Vec<IndustryClass>,
}

/// One class of GB/T 4754-2017.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndustryClass {
    /// Four digits.
    pub code: String,
    pub zh: String,
    pub en: String,
    /// What titles and contents say when they mean it.
    pub words: Vec<String>,
}

impl Industry {
    /// The name in a language; Chinese unless it is `en…`.
    pub fn name(&self, lang: &str) -> &str {
        if lang.starts_with("en") { &self.en } else { &self.zh }
    }
}

impl IndustryClass {
    /// The name in a language; Chinese unless it is `en…`.
    pub fn name(&self, lang: &str) -> &str {
        if lang.starts_with("en") { &self.en } else { &self.zh }
    }
}

/// All industries.
#[derive(Debug)]
pub struct Industries {
    all: Vec<Industry>,
    /// Folded word and the position of its industry.
    words: Vec<(String, usize)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IndustriesFile {
    industry: Vec<Industry>,
}

impl Industries {
    pub(super) fn load(files: &Files<'_>) -> Result<Self, ReferenceError> {
        let file = files.read("industries.toml")?;
        let all = file.toml::<IndustriesFile>()?.industry;
        if !all.iter().any(|industry| industry.code == "other") {
            return Err(file.fault("whole file", "an industry `other` is wanted, for what fits no other"));
        }
        let mut words: Vec<(String, usize)> = Vec::new();
        for (at, industry) in all.iter().enumerate() {
            for word in industry.words.iter().chain([&industry.code, &industry.zh, &industry.en]) {
                let word = folded(word);
                match words.iter().find(|(other, _)| *other == word) {
                    Some((_, other)) if *other != at => {
                        return Err(file.fault(
                            &industry.code,
                            format!("the word {word} already means {}", all[*other].code),
                        ));
                    }
                    Some(_) => {}
                    None => words.push((word, at)),
                }
            }
            if let Some(class) = industry.classes.iter().find(|class| class.code.len() != 4) {
                return Err(file.fault(&class.code, "a class of GB/T 4754-2017 has four digits"));
            }
        }
        Ok(Self { all, words })
    }

    pub(super) fn all(&self) -> &[Industry] {
        &self.all
    }

    /// The industry whose word the text is; else the one with the longest word in the text, the earliest
    /// where two are equally long; else the one of a class's code or name.
    pub(super) fn of_word(&self, text: &str) -> Option<&Industry> {
        let text = folded(text);
        if let Some((_, at)) = self.words.iter().find(|(word, _)| *word == text) {
            return Some(&self.all[*at]);
        }
        let of_class = |industry: &&Industry| {
            industry.classes.iter().any(|class| {
                // 2452塑胶玩具制造, but not 2022年重点产业, though there is a class 2022.
                let name = folded(&class.zh);
                match text.strip_prefix(class.code.as_str()) {
                    Some(rest) => {
                        rest.is_empty() || rest.trim_start_matches(|c: char| !c.is_alphanumeric()) == name
                    }
                    None => text == name,
                }
            })
        };
        let held = self
            .words
            .iter()
            .filter_map(|(word, at)| Some((word.chars().count(), text.find(word.as_str())?, *at)));
        let best = held.min_by_key(|&(letters, position, _)| (std::cmp::Reverse(letters), position));
        self.all.iter().find(of_class).or_else(|| best.map(|(_, _, at)| &self.all[at]))
    }

    /// Classes by how much of the text their words cover, at most eight.
    pub(super) fn classes_for(&self, text: &str, industry: Option<&str>) -> Vec<&IndustryClass> {
        let text = folded(text);
        let mut ranked: Vec<(usize, &IndustryClass)> = self
            .all
            .iter()
            .filter(|one| industry.is_none_or(|code| one.code == code))
            .flat_map(|one| &one.classes)
            .map(|class| (weight(class, &text), class))
            .filter(|(weight, _)| *weight > 0)
            .collect();
        ranked.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.code.cmp(&b.1.code)));
        ranked.into_iter().take(8).map(|(_, class)| class).collect()
    }
}

/// A long word says more than a short one, so letters count squared.
fn weight(class: &IndustryClass, text: &str) -> usize {
    let held = class.words.iter().filter(|word| text.contains(folded(word).as_str()));
    held.map(|word| word.chars().count().pow(2)).sum()
}
