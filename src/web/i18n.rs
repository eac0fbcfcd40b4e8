//! Every sentence the product says, in both languages (`locales/*/*.ftl`), and which language a reader gets.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::{Expression, InlineExpression, PatternElement};
use rust_embed::RustEmbed;
use serde::{Deserialize, Serialize, Serializer};

#[derive(RustEmbed)]
#[folder = "locales/"]
struct Locales;

/// The languages of the product. The first is what it falls back to.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum Lang {
    #[default]
    ZhCn,
    En,
}

impl Lang {
    pub const ALL: [Lang; 2] = [Lang::ZhCn, Lang::En];

    /// The code of BCP 47, which is also the folder's name and what a user's record holds.
    pub fn code(self) -> &'static str {
        match self {
            Lang::ZhCn => "zh-CN",
            Lang::En => "en",
        }
    }

    /// The language a tag such as `zh-Hans-CN` or `en_GB` means.
    pub fn parse(tag: &str) -> Option<Lang> {
        match tag.trim().split(['-', '_']).next()?.to_ascii_lowercase().as_str() {
            "zh" => Some(Lang::ZhCn),
            "en" => Some(Lang::En),
            _ => None,
        }
    }

    /// What the reader chose (record, then cookie), else what the browser prefers, else Chinese.
    pub fn negotiate(user: Option<&str>, cookie: Option<&str>, accept_language: Option<&str>) -> Lang {
        let chosen = [user, cookie].into_iter().flatten().find_map(Lang::parse);
        chosen.or_else(|| Lang::preferred(accept_language?)).unwrap_or_default()
    }

    /// The best known language of an Accept-Language header; equal weights keep the header's order.
    pub fn preferred(header: &str) -> Option<Lang> {
        let mut best: Option<(Lang, f32)> = None;
        for item in header.split(',') {
            let (tag, rest) = item.split_once(';').unwrap_or((item, ""));
            let weight = rest.trim().strip_prefix("q=").map_or(1.0, |q| q.parse().unwrap_or(0.0));
            if let Some(lang) = Lang::parse(tag)
                && weight > best.map_or(0.0, |(_, weight)| weight)
            {
                best = Some((lang, weight));
            }
        }
        best.map(|(lang, _)| lang)
    }
}

impl Serialize for Lang {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.code())
    }
}

/// A sentence to be said later, in the reader's language: what rules and forms give to pages.
#[derive(Clone, Debug, Eq, Hash, PartialEq, Serialize, Deserialize)]
pub struct Message {
    pub key: Cow<'static, str>,
    pub args: BTreeMap<Cow<'static, str>, Arg>,
}

/// A part of a sentence: a figure (which chooses the plural form) or a text.
#[derive(Clone, Debug, Eq, Hash, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Arg {
    Number(i64),
    Text(String),
}

impl Message {
    /// A message of `locales/*/*.ftl`; a test looks for every key named here.
    pub fn new(key: &'static str) -> Self {
        Message { key: Cow::Borrowed(key), args: BTreeMap::new() }
    }

    /// A message of a family, such as `fault-required`.
    pub fn of(family: &str, code: &str) -> Self {
        Message { key: Cow::Owned(format!("{family}-{code}")), args: BTreeMap::new() }
    }

    pub fn text(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.insert(Cow::Borrowed(name), Arg::Text(value.into()));
        self
    }

    pub fn number(mut self, name: &'static str, value: i64) -> Self {
        self.args.insert(Cow::Borrowed(name), Arg::Number(value));
        self
    }
}

/// The message files do not fit together: found by the first test, or at the start of the program.
#[derive(Debug, thiserror::Error)]
#[error("locales/{file}: {reason}")]
pub struct BadMessages {
    file: String,
    reason: String,
}

/// A message taken out of the book, for those who say it many thousand times.
#[derive(Clone, Debug)]
pub struct Sentence(Vec<Piece>);

impl Sentence {
    /// Writes it; `part` writes each of its parts by name.
    pub fn say(&self, out: &mut String, mut part: impl FnMut(&mut String, &str)) {
        for piece in &self.0 {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Part(name) => part(out, name),
            }
        }
    }
}

/// A piece of a plain message.
#[derive(Clone, Debug)]
enum Piece {
    Text(String),
    Part(String),
}

/// All messages of all languages, read once.
pub struct I18n {
    books: [Book; 2],
}

struct Book {
    bundle: FluentBundle<FluentResource>,
    /// Messages without parts, which are most: said without being put together again.
    fixed: HashMap<String, String>,
    /// Messages of texts and names of parts, without a choice between forms: put together without the bundle.
    plain: HashMap<String, Vec<Piece>>,
}

impl I18n {
    /// Reads the files of each language.
    pub fn load() -> Result<I18n, BadMessages> {
        Ok(I18n { books: [Book::read(Lang::ZhCn)?, Book::read(Lang::En)?] })
    }

    fn book(&self, lang: Lang) -> &Book {
        let [zh, en] = &self.books;
        match lang {
            Lang::ZhCn => zh,
            Lang::En => en,
        }
    }

    /// The sentence of a message without parts.
    pub fn fixed(&self, lang: Lang, key: &str) -> Option<&str> {
        self.book(lang).fixed.get(key).map(String::as_str)
    }

    /// The sentence, or `None` when this language has no such message.
    pub fn find(&self, lang: Lang, key: &str, args: &FluentArgs) -> Option<String> {
        let book = self.book(lang);
        if let Some(text) = book.fixed.get(key) {
            return Some(text.clone());
        }
        if let Some(text) = book.plain.get(key).and_then(|pieces| put_together(pieces, args)) {
            return Some(text);
        }
        let pattern = book.bundle.get_message(key)?.value()?;
        Some(book.bundle.format_pattern(pattern, Some(args), &mut Vec::new()).into_owned())
    }

    /// The sentence; in Chinese when the language has none, the key itself when there is none at all.
    pub fn t(&self, lang: Lang, key: &str, args: &FluentArgs) -> String {
        let found = self.find(lang, key, args).or_else(|| self.find(Lang::default(), key, args));
        found.unwrap_or_else(|| key.to_owned())
    }

    /// A message without a choice between forms, to be said often; in Chinese when the language has none, its key when
    /// there is none at all. What the message itself holds as parts is not used.
    pub fn sentence(&self, lang: Lang, message: &Message) -> Sentence {
        let of = |lang: Lang| {
            let book = self.book(lang);
            let fixed = || book.fixed.get(&*message.key).map(|text| vec![Piece::Text(text.clone())]);
            book.plain.get(&*message.key).cloned().or_else(fixed)
        };
        let found = of(lang).or_else(|| of(Lang::default()));
        Sentence(found.unwrap_or_else(|| vec![Piece::Text(message.key.to_string())]))
    }

    /// A message in the reader's language.
    pub fn say(&self, lang: Lang, message: &Message) -> String {
        let mut args = FluentArgs::new();
        for (name, value) in &message.args {
            let value: FluentValue = match value {
                Arg::Number(number) => (*number).into(),
                Arg::Text(text) => text.as_str().into(),
            };
            args.set(name.clone(), value);
        }
        self.t(lang, &message.key, &args)
    }
}

impl Book {
    fn read(lang: Lang) -> Result<Book, BadMessages> {
        let tag = lang.code().parse().map_err(|reason| bad(lang.code(), format!("{reason:?}")))?;
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        bundle.set_use_isolating(false); // or invisible marks get into pages and tests
        let mut keys: Vec<String> = Vec::new();
        for file in Locales::iter().filter(|file| file.split('/').next() == Some(lang.code())) {
            let Some(content) = Locales::get(&file) else { continue };
            let text = std::str::from_utf8(&content.data).map_err(|reason| bad(&file, reason))?;
            keys.extend(message_keys(text).map(str::to_owned));
            let resource = FluentResource::try_new(text.to_owned())
                .map_err(|(_, reasons)| bad(&file, format!("{reasons:?}")))?;
            bundle.add_resource(resource).map_err(|reasons| bad(&file, format!("{reasons:?}")))?;
        }
        let (mut fixed, mut plain) = (HashMap::new(), HashMap::new());
        for key in keys {
            if let Some(text) = fixed_text(&bundle, &key) {
                fixed.insert(key, text);
            } else if let Some(pieces) = pieces(&bundle, &key) {
                plain.insert(key, pieces);
            }
        }
        Ok(Book { bundle, fixed, plain })
    }
}

/// The text of a message that needs no arguments.
fn fixed_text(bundle: &FluentBundle<FluentResource>, key: &str) -> Option<String> {
    let pattern = bundle.get_message(key)?.value()?;
    let mut missing = Vec::new();
    let text = bundle.format_pattern(pattern, None, &mut missing).into_owned();
    missing.is_empty().then_some(text)
}

/// The pieces of a message that chooses between no forms.
fn pieces(bundle: &FluentBundle<FluentResource>, key: &str) -> Option<Vec<Piece>> {
    let piece = |element: &PatternElement<&str>| match element {
        PatternElement::TextElement { value } => Some(Piece::Text((*value).to_owned())),
        PatternElement::Placeable {
            expression: Expression::Inline(InlineExpression::VariableReference { id }),
        } => Some(Piece::Part(id.name.to_owned())),
        PatternElement::Placeable { .. } => None,
    };
    bundle.get_message(key)?.value()?.elements.iter().map(piece).collect()
}

/// The sentence of these pieces, when all of its parts are texts: the bundle knows how a number is written.
fn put_together(pieces: &[Piece], args: &FluentArgs) -> Option<String> {
    let mut sentence = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(text) => sentence.push_str(text),
            Piece::Part(name) => match args.get(name)? {
                FluentValue::String(text) => sentence.push_str(text),
                _ => return None,
            },
        }
    }
    Some(sentence)
}

/// The keys that a message file defines.
pub(crate) fn message_keys(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.lines().filter(|line| line.starts_with(|first: char| first.is_ascii_alphabetic()));
    lines.filter_map(|line| line.split_once('=').map(|(key, _)| key.trim()))
}

fn bad(file: &str, reason: impl ToString) -> BadMessages {
    BadMessages { file: file.to_owned(), reason: reason.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_readers_own_choice_comes_first() {
        let phone = Some("en-GB,en;q=0.9,zh-CN;q=0.8");
        assert_eq!(Lang::negotiate(None, None, phone), Lang::En);
        assert_eq!(Lang::negotiate(None, Some("zh-CN"), phone), Lang::ZhCn);
        assert_eq!(Lang::negotiate(Some("en"), Some("zh-CN"), None), Lang::En);
        assert_eq!(Lang::negotiate(None, Some("xx"), Some("fr, zh-Hant;q=0.4, en;q=0.3")), Lang::ZhCn);
        assert_eq!(Lang::negotiate(None, None, Some("fr;q=x, en;q=0")), Lang::ZhCn);
    }

    #[test]
    fn figures_choose_the_plural_form() {
        let i18n = I18n::load().unwrap();
        let days = |lang, n| i18n.say(lang, &Message::new("lateness-late").number("days", n));
        assert_eq!(days(Lang::ZhCn, 3), "逾期 3 天");
        assert_eq!(days(Lang::En, 1), "1 day late");
        assert_eq!(days(Lang::En, 2), "2 days late");
    }
}
