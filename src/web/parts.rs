//! Rows of lists that many readers see again and again, kept as the HTML that they were made into. What is kept is
//! found by all that a row shows, by language and by day: so it is never out of date.

use chrono::NaiveDate;
use serde::Serialize;
use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};
use tera::{Context, Tera, TeraResult, Value};

use crate::web::i18n::Lang;

/// Rows kept at once, a kilobyte or two each; then all are forgotten.
const MOST: usize = 4_096;

/// A row with a template of its own. Its fields are the template's variables, beside `today` and `lang`.
pub trait Part: Serialize + Hash {
    /// Path under `templates/`.
    const TEMPLATE: &'static str;
}

/// The rows that were made, by all that they show.
#[derive(Debug, Default)]
pub struct Parts(Mutex<HashMap<Vec<u8>, Arc<str>>>);

impl Parts {
    /// Templates or messages are others now.
    #[cfg(debug_assertions)]
    pub fn forget(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

/// Puts rows into a page that is about to be shown.
pub struct Rows<'a> {
    pub(super) parts: &'a Parts,
    pub(super) tera: &'a Tera,
    pub(super) lang: Lang,
    pub(super) today: NaiveDate,
    pub(super) context: &'a mut Context,
}

impl Rows<'_> {
    /// The page's variable `name` is the list of these rows as HTML.
    pub fn put<P: Part>(&mut self, name: &'static str, rows: &[P]) -> TeraResult<()> {
        let keys: Vec<Vec<u8>> = rows.iter().map(|row| self.key(row)).collect();
        let mut html: Vec<Option<Arc<str>>> = {
            let kept = self.parts.0.lock().unwrap_or_else(PoisonError::into_inner);
            keys.iter().map(|key| kept.get(key).cloned()).collect()
        };
        let mut made = Vec::new();
        for ((row, key), html) in rows.iter().zip(keys).zip(&mut html) {
            if html.is_none() {
                let text: Arc<str> = self.made(row)?.into();
                made.push((key, text.clone()));
                *html = Some(text);
            }
        }
        if !made.is_empty() {
            let mut kept = self.parts.0.lock().unwrap_or_else(PoisonError::into_inner);
            if kept.len() + made.len() > MOST {
                kept.clear();
            }
            kept.extend(made);
        }
        let html: Vec<Value> = html.iter().flatten().map(|html| Value::safe_string(html)).collect();
        self.context.insert_value(name, Value::from(html));
        Ok(())
    }

    fn made<P: Part>(&self, row: &P) -> TeraResult<String> {
        let mut context = Context::from_serialize(row)?;
        context.insert("lang", self.lang.code());
        context.insert("today", &self.today);
        self.tera.render(P::TEMPLATE, &context)
    }

    fn key<P: Part>(&self, row: &P) -> Vec<u8> {
        let mut written = Written(Vec::with_capacity(256));
        (P::TEMPLATE, self.lang, self.today).hash(&mut written);
        row.hash(&mut written);
        written.0
    }
}

/// Takes what is hashed as it is: no two values are the same.
struct Written(Vec<u8>);

impl Hasher for Written {
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    /// Nobody asks.
    fn finish(&self) -> u64 {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize, Hash)]
    struct Two {
        first: Option<String>,
        second: Option<String>,
    }

    impl Part for Two {
        const TEMPLATE: &'static str = "two.html";
    }

    fn two(first: &str, second: Option<&str>) -> Two {
        Two { first: Some(first.to_owned()), second: second.map(str::to_owned) }
    }

    /// What a page of these rows shows, and how many rows are kept after it.
    fn shown(parts: &Parts, template: &str, lang: Lang, day: u32, rows: &[Two]) -> (String, usize) {
        let mut tera = Tera::new();
        tera.add_raw_template(Two::TEMPLATE, template).unwrap();
        let (mut context, today) = (Context::new(), NaiveDate::from_ymd_opt(2026, 11, day).unwrap());
        Rows { parts, tera: &tera, lang, today, context: &mut context }.put("rows", rows).unwrap();
        tera.add_raw_template("page.html", "{% for row in rows %}{{ row }}{% endfor %}").unwrap();
        (tera.render("page.html", &context).unwrap(), parts.0.lock().unwrap().len())
    }

    #[test]
    fn a_row_is_made_once_for_all_that_it_shows() {
        let parts = Parts::default();
        let template = "<b>{{ first }}|{{ second }}|{{ lang }}|{{ today }}</b>";
        let rows = || [two("a", Some("bc")), two("a", Some("bc")), two("ab", Some("c"))];
        let first = shown(&parts, template, Lang::En, 1, &rows());
        let (same, other) = ("<b>a|bc|en|2026-11-01</b>", "<b>ab|c|en|2026-11-01</b>");
        assert_eq!(first, (format!("{same}{same}{other}"), 2));
        // Made once: another template is not asked.
        assert_eq!(shown(&parts, "never", Lang::En, 1, &rows()), first);
        assert_eq!(shown(&parts, template, Lang::ZhCn, 1, &rows()[..1]).1, 3, "another language");
        assert_eq!(shown(&parts, template, Lang::En, 2, &rows()[..1]).1, 4, "another day");
        assert_eq!(shown(&parts, "<i>{{ first }}</i>", Lang::En, 1, &[two("", Some("a"))]).0, "<i></i>");
    }
}
