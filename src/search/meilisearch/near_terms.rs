//! The terms of what a word may have been meant to be, when too few leads hold it as typed.

use std::collections::HashSet;

use super::grams::word_term;
use super::terms::{self, Term, Terms};
use crate::search::near::{LONGEST, synonyms};
use crate::search::settings::Settings;
use crate::search::tokens::{Word, typos};

/// Spellings of pinyin that are asked for; the server knows of none beforehand whether it stands anywhere.
const MOST_SPELLINGS: usize = 400;

/// The choices of a word that are no longer the word.
pub(super) fn choices(word: &Word, settings: &Settings) -> Vec<Terms> {
    if word.exact {
        return Vec::new();
    }
    let language = &settings.language;
    let mut near: Vec<Terms> =
        synonyms(settings, word).iter().flat_map(|other| terms::choices(other, language)).collect();
    if word.same_sound(language).is_some() {
        near.extend(terms::by_sound(word, language));
    }
    if word.chars.len() >= typos::SHORTEST && word.chars.iter().all(char::is_ascii_alphanumeric) {
        near.push(vec![Term::Near(word_term(&word.chars.iter().collect::<String>()))]);
    }
    if let Some(letters) = word.letters().filter(|l| (typos::SHORTEST + 1..=LONGEST).contains(&l.len())) {
        near.extend(pinyin(&letters, settings));
    }
    near
}

/// Pinyin one slip away that can be cut into syllables; one syllable alone is one slip away from a dozen others.
fn pinyin(letters: &str, settings: &Settings) -> Vec<Terms> {
    let syllables = settings.language.syllables();
    let (mut known, mut near) = (HashSet::new(), Vec::new());
    for spelling in typos::near(letters) {
        let cuts = syllables.cuts(&spelling, &[], false, &mut |_, _| true);
        if !cuts.iter().any(|cut| cut.len() > 1) || !known.insert(spelling.clone()) {
            continue;
        }
        let word = Word { chars: spelling.chars().collect(), ..Word::default() };
        near.extend(terms::by_sound(&word, &settings.language).into_iter().take(2));
        if near.len() >= MOST_SPELLINGS {
            break;
        }
    }
    near
}
