//! Forms of pages: texts by field, kept so that nothing typed is lost when a form comes back.

use crate::characters::{is_blank, is_refused};
use crate::error::{AppError, FieldErrors};
use crate::money;
use crate::web::filled::Filled;
use crate::web::precondition::IfMatch;
use crate::web::problem::message_of;
use actix_web::dev::Payload;
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpRequest};
use chrono::{NaiveDate, NaiveDateTime};
use futures_util::future::LocalBoxFuture;
use std::collections::BTreeMap;
use std::str::FromStr;

/// The largest form body.
const LIMIT: usize = 1024 * 1024;

/// A posted form.
#[derive(Debug, Clone, Default)]
pub struct Form {
    texts: BTreeMap<String, String>,
    pub errors: FieldErrors,
}

impl FromRequest for Form {
    type Error = AppError;
    type Future = LocalBoxFuture<'static, Result<Self, AppError>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let bytes = Bytes::from_request(req, payload);
        Box::pin(async move {
            let bytes = bytes.await.map_err(|_| AppError::TooLarge { limit_mb: 1 })?;
            if bytes.len() > LIMIT {
                return Err(AppError::TooLarge { limit_mb: 1 });
            }
            let pairs: Vec<(String, String)> = serde_urlencoded::from_bytes(&bytes)
                .map_err(|_| AppError::bad_request("body", "wrong-form"))?;
            match pairs.iter().find(|(_, value)| value.contains(is_refused)) {
                Some((name, _)) => Err(AppError::invalid(name.clone(), "control-character")),
                None => Ok(Form::from_pairs(pairs)),
            }
        })
    }
}

impl Form {
    /// Of several values of one name all count, apart by line ends.
    pub fn from_pairs(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut texts = BTreeMap::<String, String>::new();
        for (name, value) in pairs {
            texts
                .entry(name)
                .and_modify(|all| {
                    all.push('\n');
                    all.push_str(&value);
                })
                .or_insert(value);
        }
        Form { texts, errors: FieldErrors::default() }
    }

    /// A field's text without outer white space; `None` when nothing was entered.
    pub fn text(&self, field: &str) -> Option<String> {
        self.texts.get(field).map(|text| text.trim().replace("\r\n", "\n")).filter(|text| !is_blank(text))
    }

    /// A field's text as it was typed (passwords).
    pub fn raw(&self, field: &str) -> String {
        self.texts.get(field).cloned().unwrap_or_default()
    }

    /// Every value of a field that may be sent several times.
    pub fn all(&self, field: &str) -> Vec<String> {
        self.text(field).map(|text| text.lines().map(str::to_owned).collect()).unwrap_or_default()
    }

    /// The version of the record that the form was filled from.
    pub fn version(&self) -> IfMatch {
        // A version that is no number is that of no record.
        self.text("version").map_or(IfMatch::Missing, |text| IfMatch::Version(text.parse().unwrap_or(-1)))
    }

    /// Whether the form has this field at all: a check box that is set, a field that the page showed.
    pub fn is_checked(&self, field: &str) -> bool {
        self.texts.contains_key(field)
    }

    /// A value that parses, or a fault of this code.
    pub fn parsed<T: FromStr>(&mut self, field: &'static str, code: &'static str) -> Option<T> {
        let text = self.text(field)?;
        let value = text.parse().ok();
        if value.is_none() {
            self.errors.add(field, code);
        }
        value
    }

    /// A value that must be there and parse: of a row of choices.
    pub fn chosen<T: FromStr>(&self, field: &'static str) -> Result<T, AppError> {
        let text = self.text(field).ok_or_else(|| AppError::invalid(field, "required"))?;
        text.parse().map_err(|_| AppError::invalid(field, "unknown"))
    }

    /// The faults found so far, if there are any.
    pub fn check(&mut self) -> Result<(), AppError> {
        std::mem::take(&mut self.errors).into_result()
    }

    pub fn date(&mut self, field: &'static str) -> Option<NaiveDate> {
        self.parsed(field, "not-a-date")
    }

    /// A wall clock time in China, as `datetime-local` sends it, in UTC.
    pub fn time(&mut self, field: &'static str) -> Option<NaiveDateTime> {
        let text = self.text(field)?;
        let at = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
            .iter()
            .find_map(|form| NaiveDateTime::parse_from_str(&text, form).ok());
        if at.is_none() {
            self.errors.add(field, "not-a-time");
        }
        at.map(crate::clock::utc_from_china)
    }

    /// An amount typed in 万元, in fen.
    pub fn wan(&mut self, field: &'static str) -> Option<i64> {
        let text = self.text(field)?;
        let fen = money::fen_from_wan(&text);
        if fen.is_none() {
            self.errors.add(field, "not-an-amount");
        }
        fen
    }

    /// A count or measure: thousands separators allowed.
    pub fn figure<T: FromStr>(&mut self, field: &'static str) -> Option<T> {
        let text = self.text(field)?.replace([',', '，', ' '], "");
        let value = text.parse().ok();
        if value.is_none() {
            self.errors.add(field, "not-a-number");
        }
        value
    }

    /// The form as it goes back, with the faults at their fields.
    pub fn filled(&self, errors: &FieldErrors) -> Filled {
        let mut filled = Filled { values: self.texts.clone(), ..Filled::new() };
        for fault in errors.0.iter().rev() {
            filled.errors.insert(fault.field.to_string(), message_of(fault));
        }
        filled
    }
}
