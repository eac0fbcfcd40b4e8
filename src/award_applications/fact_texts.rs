//! A fact's value for people, on pages and papers.

use crate::app::App;
use crate::filings::shares::percent;
use crate::money::yuan_text;
use crate::web::i18n::{Lang, Message};
use serde_json::Value;

/// The value in the reader's language. `fact`: its name, which says whether it is money.
pub fn told(app: &App, lang: Lang, fact: &str, value: &Value) -> String {
    let say = |key: &'static str| app.views.i18n().say(lang, &Message::new(key));
    match value {
        Value::Null => say("award-none"),
        Value::Bool(true) => say("award-yes"),
        Value::Bool(false) => say("award-no"),
        Value::Number(number) if fact.ends_with("_bp") => number.as_i64().map(percent).unwrap_or_default(),
        Value::Number(number) => match number.as_i64().filter(|_| fact.ends_with("_fen")) {
            Some(fen) => {
                let mut yuan = String::new();
                yuan_text(&mut yuan, fen);
                app.views.i18n().say(lang, &Message::new("award-yuan").text("yuan", yuan))
            }
            None => number.to_string(),
        },
        Value::String(word) => app.reference.industry_name(word, lang.code()).to_owned(),
        Value::Array(items) => {
            items.iter().map(|item| told(app, lang, fact, item)).collect::<Vec<_>>().join(" / ")
        }
        Value::Object(fields) => {
            fields.iter().map(|(name, item)| of_row(app, lang, name, item)).collect::<Vec<_>>().join(" · ")
        }
    }
}

/// A value of a row: that of a referrer's flag says nothing without what it is about.
fn of_row(app: &App, lang: Lang, name: &str, value: &Value) -> String {
    let said = told(app, lang, name, value);
    match name {
        "public_employee" | "is_investor" => {
            app.views.i18n().say(lang, &Message::of("award-told", name).text("value", said))
        }
        _ => said,
    }
}
