//! Parts of pages that many readers see again and again (rows of lists, filters, the ways to go), kept as the HTML that
//! they were made into. What is kept is found by all that a part shows, by language and by day: so it is never out of
//! date.

use chrono::NaiveDate;
use quick_cache::sync::Cache;
use serde::Serialize;
use std::hash::{Hash, Hasher};
use std::sync::Arc;
use tera::{Context, Tera, TeraResult, Value};

use crate::web::i18n::Lang;

/// Parts kept at once, a kilobyte or two each; then those go that nobody saw for long.
const MOST: usize = 4_096;

/// A part with a template of its own. Its fields are the template's variables, beside `today` and `lang`.
pub trait Part: Serialize + Hash {
    /// Path under `templates/`.
    const TEMPLATE: &'static str;
}

/// The parts that were made, by all that they show.
pub struct Parts(Cache<Vec<u8>, Arc<str>>);

impl Default for Parts {
    fn default() -> Self {
        Parts(Cache::new(MOST))
    }
}

impl Parts {
    /// Templates or messages are others now.
    #[cfg(debug_assertions)]
    pub fn forget(&self) {
        self.0.clear();
    }
}

/// Puts rows and other parts into a page that is about to be shown.
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
        let html = rows.iter().map(|row| self.html(row)).collect::<TeraResult<Vec<Value>>>()?;
        self.context.insert_value(name, Value::from(html));
        Ok(())
    }

    /// The page's variable `name` is this part as HTML.
    pub fn put_one<P: Part>(&mut self, name: &'static str, part: &P) -> TeraResult<()> {
        let html = self.html(part)?;
        self.context.insert_value(name, html);
        Ok(())
    }

    fn html<P: Part>(&self, row: &P) -> TeraResult<Value> {
        let key = self.key(row);
        if let Some(html) = self.parts.0.get(&key) {
            return Ok(Value::safe_string(&html));
        }
        let html = self.made(row)?;
        self.parts.0.insert(key, html.as_str().into());
        Ok(Value::safe_string(&html))
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
        (tera.render("page.html", &context).unwrap(), parts.0.len())
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
