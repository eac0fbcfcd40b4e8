//! Query parameters: each is read by name, and one that nobody reads is refused, so that a misspelt
//! filter never silently shows everything.

use crate::characters::{is_blank, is_refused};
use crate::db::page::{Cursor, DEFAULT_LIMIT, MAX_LIMIT, Order, PageOf};
use crate::db::types::UnknownWord;
use crate::error::{AppError, FieldErrors};
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use chrono::NaiveDate;
use std::any::Any;
use std::collections::BTreeMap;
use std::future::{Ready, ready};
use std::str::FromStr;

/// What every list of the API takes.
const LIST: &[&str] = &["sort", "cursor", "limit", "count"];

/// The query of a request; empty parameters count as not given.
#[derive(Debug, Clone, Default)]
pub struct Params(BTreeMap<String, String>);

impl FromRequest for Params {
    type Error = AppError;
    type Future = Ready<Result<Self, AppError>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Params::parse(req.query_string()))
    }
}

impl Params {
    /// Of several values of one name, as a form with check boxes sends, all count, joined by commas.
    pub fn parse(query: &str) -> Result<Self, AppError> {
        let pairs: Vec<(String, String)> =
            serde_urlencoded::from_str(query).map_err(|_| AppError::bad_request("query", "wrong-form"))?;
        let mut params = BTreeMap::<String, String>::new();
        for (name, value) in pairs {
            if value.contains(is_refused) {
                return Err(AppError::bad_request(name, "control-character"));
            }
            if is_blank(&value) {
                continue;
            }
            let value = value.trim();
            let all = params.entry(name).or_default();
            if !all.is_empty() {
                all.push(',');
            }
            all.push_str(value);
        }
        Ok(Params(params))
    }

    /// Parameters put together by the program itself: for a link.
    pub fn of(pairs: &[(&str, &str)]) -> Self {
        let given = pairs.iter().filter(|(_, value)| !value.is_empty());
        Params(given.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    /// Name and value of each parameter.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// 400 that names the first parameter that is neither of a list nor one of these.
    pub fn only_of_list(&self, names: &[&str]) -> Result<&Self, AppError> {
        self.only(&[LIST, names].concat())
    }

    /// 400 that names the first parameter that is none of these.
    pub fn only(&self, names: &[&str]) -> Result<&Self, AppError> {
        match self.0.keys().find(|name| !names.contains(&name.as_str())) {
            Some(name) => Err(AppError::bad_request(name.clone(), "unknown-parameter")),
            None => Ok(self),
        }
    }

    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// One value, or 400 that names the parameter.
    pub fn one<T: FromStr<Err: 'static>>(&self, name: &'static str) -> Result<Option<T>, AppError> {
        self.text(name).map(|text| parsed(name, text)).transpose()
    }

    /// A day, or 400 that names the parameter.
    pub fn day(&self, name: &'static str) -> Result<Option<NaiveDate>, AppError> {
        let day = self.one::<NaiveDate>(name)?;
        let mut errors = FieldErrors::default();
        errors.check_day(name, day);
        if errors.is_empty() { Ok(day) } else { Err(AppError::BadRequest(errors)) }
    }

    /// Values apart by commas.
    pub fn list<T: FromStr<Err: 'static>>(&self, name: &'static str) -> Result<Vec<T>, AppError> {
        let texts = self.text(name).into_iter().flat_map(|text| text.split(','));
        texts.map(|text| parsed(name, text.trim())).collect()
    }

    /// Codes apart by commas. One that is not known is 400: an empty list would hide that it is misspelt.
    pub fn codes(
        &self,
        name: &'static str,
        is_known: impl Fn(&str) -> bool,
    ) -> Result<Vec<String>, AppError> {
        let codes: Vec<String> = self.list(name)?;
        if codes.iter().all(|code| is_known(code)) {
            Ok(codes)
        } else {
            Err(AppError::bad_request(name, "unknown"))
        }
    }

    /// `true`, `1`, `on` or `false`, `0`.
    pub fn flag(&self, name: &'static str) -> Result<bool, AppError> {
        match self.text(name) {
            None | Some("false" | "0") => Ok(false),
            Some("true" | "1" | "on") => Ok(true),
            Some(_) => Err(AppError::bad_request(name, "not-a-flag")),
        }
    }

    /// Rows wanted: 1 to 200.
    pub fn limit(&self) -> Result<i64, AppError> {
        let limit = self.text("limit").map_or(Some(DEFAULT_LIMIT), |text| text.parse().ok());
        limit
            .filter(|limit| (1..=MAX_LIMIT).contains(limit))
            .ok_or_else(|| AppError::bad_request("limit", "limit-range"))
    }

    /// The order of a list that is sorted by one field only: `sort=field` or `sort=-field`.
    pub fn order(&self, usual: Order) -> Result<Order, AppError> {
        let words = [usual, usual.turned()];
        let Some(text) = self.text("sort") else { return Ok(usual) };
        let found = words.into_iter().find(|order| order.to_string() == text);
        found.ok_or_else(|| {
            let words = words.map(|order| order.to_string()).join(", ");
            AppError::BadRequest(not_a_word("sort", words))
        })
    }

    /// The cursor, which must be of this order.
    pub fn cursor(&self, sort: &str) -> Result<Option<Cursor>, AppError> {
        let Some(text) = self.text("cursor") else { return Ok(None) };
        let cursor = Cursor::decode(text).filter(|cursor| cursor.sort == sort);
        cursor.map(Some).ok_or_else(|| AppError::bad_request("cursor", "not-a-cursor"))
    }

    /// One page of items that all lie in memory, in their usual order: `sort`, `cursor`, `limit` and `count` as every
    /// list takes them.
    pub fn page_of<T>(
        &self,
        usual: Order,
        mut items: Vec<T>,
        id: impl Fn(&T) -> &str,
    ) -> Result<PageOf<T>, AppError> {
        let order = self.order(usual)?;
        if order != usual {
            items.reverse();
        }
        let (after, limit, counts) = (self.cursor(&order.to_string())?, self.limit()?, self.flag("count")?);
        let total = i64::try_from(items.len()).ok().filter(|_| counts);
        let page = PageOf::of_all(items, order, after.as_ref(), limit, id);
        let page = page.ok_or_else(|| AppError::bad_request("cursor", "not-a-cursor"))?;
        Ok(page.with_total(total))
    }

    /// The query of a link.
    pub fn to_query(&self) -> String {
        serde_urlencoded::to_string(&self.0).unwrap_or_default()
    }

    /// The same without one parameter.
    pub fn without(&self, name: &str) -> Params {
        let mut params = self.clone();
        params.0.remove(name);
        params
    }

    /// The same with this value; an empty one takes the parameter away.
    pub fn set(mut self, name: &str, value: &str) -> Params {
        match value.is_empty() {
            true => self.0.remove(name),
            false => self.0.insert(name.to_owned(), value.to_owned()),
        };
        self
    }

    /// The query again, with one parameter set or taken away: for links that filter, sort and page.
    pub fn with(&self, name: &str, value: Option<&str>) -> String {
        let mut params = self.0.clone();
        match value {
            Some(value) => params.insert(name.to_owned(), value.to_owned()),
            None => params.remove(name),
        };
        serde_urlencoded::to_string(&params).unwrap_or_default()
    }
}

fn parsed<T: FromStr<Err: 'static>>(name: &'static str, text: &str) -> Result<T, AppError> {
    text.parse().map_err(|error: T::Err| {
        // Of most types every word can be named; of ids and numbers not.
        let words =
            (&error as &dyn Any).downcast_ref::<UnknownWord>().map(|unknown| unknown.allowed.join(", "));
        match words {
            Some(words) => AppError::BadRequest(not_a_word(name, words)),
            None => AppError::bad_request(name, "unknown"),
        }
    })
}

fn not_a_word(name: &'static str, words: String) -> FieldErrors {
    let mut errors = FieldErrors::default();
    errors.add_with(name, "unknown", vec![("wanted", "word".to_owned()), ("words", words)]);
    errors
}
