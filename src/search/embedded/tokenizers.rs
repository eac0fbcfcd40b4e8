//! Our terms in the form in which tantivy takes them while indexing.

use std::ops::Range;
use std::sync::Arc;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

use crate::search::tokens::{Language, grams, units::units};

pub(super) const POSITIONAL: &str = "yinfeng_positional";
pub(super) const SINGLE: &str = "yinfeng_single";
pub(super) const SINGLE_AND_WHOLE: &str = "yinfeng_single_and_whole";
pub(super) const CODE: &str = "yinfeng_code";

/// Makes the terms of fields known to an index.
pub(super) fn register(manager: &TokenizerManager, language: &Arc<Language>) {
    for (name, terms) in [
        (POSITIONAL, Terms::Positional),
        (SINGLE, Terms::Single),
        (SINGLE_AND_WHOLE, Terms::SingleAndWhole),
        (CODE, Terms::Code),
    ] {
        manager.register(name, Grams { language: language.clone(), terms });
    }
}

#[derive(Clone, Copy)]
enum Terms {
    Positional,
    Single,
    SingleAndWhole,
    Code,
}

#[derive(Clone)]
struct Grams {
    language: Arc<Language>,
    terms: Terms,
}

impl Tokenizer for Grams {
    type TokenStream<'a> = Stream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream {
        let language = self.language.as_ref();
        let units = units(text, language);
        let readings = || language.readings(&units);
        let mut stream = Stream::for_text(units.len());
        match self.terms {
            Terms::Positional => grams::positional(language, &units, &readings(), |t, p| stream.put(t, p)),
            Terms::Single => grams::single(language, &units, &readings(), false, |t| stream.put(t, 0)),
            Terms::SingleAndWhole => grams::single(language, &units, &readings(), true, |t| stream.put(t, 0)),
            Terms::Code => grams::of_code(&units, |t, p| stream.put(t, p)),
        }
        stream
    }
}

/// The terms of one text, one behind the other in one string.
struct Stream {
    letters: String,
    terms: Vec<(Range<usize>, u32)>,
    next: usize,
    token: Token,
}

impl Stream {
    /// With room for the terms of so many units.
    fn for_text(units: usize) -> Stream {
        let (letters, terms) = (String::with_capacity(units * 24), Vec::with_capacity(units * 4));
        Stream { letters, terms, next: 0, token: Token::default() }
    }

    fn put(&mut self, term: &str, position: u32) {
        let start = self.letters.len();
        self.letters.push_str(term);
        self.terms.push((start..self.letters.len(), position));
    }
}

impl TokenStream for Stream {
    fn advance(&mut self) -> bool {
        let Some((letters, position)) = self.terms.get(self.next) else { return false };
        self.token.text.clear();
        self.token.text.push_str(&self.letters[letters.clone()]);
        self.token.position = *position as usize;
        self.next += 1;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
