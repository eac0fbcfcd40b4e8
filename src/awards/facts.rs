//! How facts are read: whole numbers of 0 or more, days, objects and nothing in their place, null only where the
//! contract says so. Keys that a rule does not know are passed over: a ledger may carry more than one award reads.

use crate::web::json::NEGATIVE;
use chrono::NaiveDate;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, DeserializeOwned, Deserializer, Error, MapAccess, Unexpected, Visitor};
use serde::{Serialize, Serializer};
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

/// A whole number of 0 or more: fen, basis points, people, months, square metres.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Count(pub i64);

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        match i64::deserialize(from)? {
            number @ 0.. => Ok(Count(number)),
            _ => Err(D::Error::custom(NEGATIVE)),
        }
    }
}

impl From<Count> for i128 {
    fn from(count: Count) -> Self {
        count.0.into()
    }
}

/// A day, written `2026-11-23` and in no other way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Day(pub NaiveDate);

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_str(DayVisitor)
    }
}

struct DayVisitor;

impl Visitor<'_> for DayVisitor {
    type Value = Day;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a formatted date string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Day, E> {
        day(text).map(Day).ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
    }
}

/// chrono itself takes `2026-1-5` and spaces, too.
fn day(text: &str) -> Option<NaiveDate> {
    let bytes = text.as_bytes();
    let shaped = bytes.len() == 10
        && bytes.iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if shaped { text.parse().ok() } else { None }
}

/// What stands in an object: serde would take a list for a struct's fields in their order, too.
#[derive(Debug, Clone, PartialEq)]
pub struct Object<T>(pub T);

impl<T> Deref for Object<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: Serialize> Serialize for Object<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(to)
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(ObjectVisitor(PhantomData))
    }
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: DeserializeOwned> Visitor<'de> for ObjectVisitor<T> {
    type Value = Object<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("struct of named fields")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Object<T>, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(Object)
    }
}

/// For a fact that may be null, and has to be there all the same.
pub fn or_null<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Option<T>, D::Error> {
    Option::deserialize(from)
}

/// For what may be left out, and is not null when it is there.
pub fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Option<T>, D::Error> {
    T::deserialize(from).map(Some)
}

/// Whether shares make the whole; the fault names the list.
///
/// # Errors
/// `shares-not-whole` with the sum in basis points.
pub fn shares_are_whole(
    field: &'static str,
    shares: impl Iterator<Item = Count>,
) -> Result<(), crate::error::FieldError> {
    let sum: i128 = shares.map(i128::from).sum();
    if sum == i128::from(super::trace::WHOLE_BP) {
        return Ok(());
    }
    let mut fault = super::trace::fault(field, "shares-not-whole");
    fault.args.push(("sum", sum.to_string()));
    Err(fault)
}
