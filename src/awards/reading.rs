//! Reading a line of JSON: who asks, for which rule, and the facts as the rule wants them. A line is read twice, first
//! for its head: its keys may stand in any order, and only the rule says what the facts are. Both times straight into
//! structs; where a mistake stands is looked for only when there is one.
//!
//! Keys that nobody reads are passed over, in the line and in the facts: worked cases carry `scenario` and `expected`.

use super::facts::{Object, present};
use super::trace::{fault, first};
use crate::error::FieldError;
use crate::policies::awards::AwardRule;
use crate::web::json::faults_of;
use serde::Deserialize;
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;
use std::fmt;

/// The field of what is wrong with a line as a whole.
const LINE: &str = "line";

/// Where a rule finds its facts.
#[derive(Clone, Copy)]
pub enum FactSource<'a> {
    /// Under `facts` in the text of an object.
    Text(&'a str),
    /// Under `facts` in an object.
    Object(&'a Value),
}

impl FactSource<'_> {
    /// # Errors
    /// The first fact that is missing or has another form than the rule's.
    pub fn facts<F: DeserializeOwned>(self) -> Result<F, FieldError> {
        let read = match self {
            FactSource::Text(text) => serde_json::from_str::<Body<F>>(text).or_else(|_| {
                let mut from = serde_json::Deserializer::from_str(text);
                serde_path_to_error::deserialize(&mut from)
            }),
            FactSource::Object(object) => serde_path_to_error::deserialize(object),
        };
        read.map(|body| body.facts.0).map_err(|error| fault_of(&error))
    }
}

#[derive(Deserialize)]
#[serde(bound = "F: DeserializeOwned")]
struct Body<F> {
    facts: Object<F>,
}

/// Who asks what.
#[derive(Deserialize)]
struct Head {
    #[serde(default)]
    id: Value,
    rule: AwardRule,
    #[serde(default, deserialize_with = "present")]
    policy: Option<String>,
    #[serde(rename = "facts")]
    _facts: IgnoredAny,
}

/// A line that can be computed, once its facts are read.
pub struct Line<'a> {
    pub id: Value,
    pub rule: AwardRule,
    pub policy: Option<String>,
    pub source: FactSource<'a>,
}

/// A line that cannot, with its id as far as that can be found.
#[derive(Debug, PartialEq)]
pub struct Refused {
    pub id: Value,
    pub fault: Box<FieldError>,
}

impl<'a> Line<'a> {
    /// # Errors
    /// When it is no JSON object, or its rule or policy are none.
    pub fn read(line: &'a [u8]) -> Result<Self, Refused> {
        let Ok(text) = std::str::from_utf8(line) else {
            let id = id_of(&String::from_utf8_lossy(line));
            return Err(Refused { id, fault: Box::new(fault(LINE, "not-utf8")) });
        };
        let head = serde_json::from_str::<Object<Head>>(text).or_else(|_| {
            let mut from = serde_json::Deserializer::from_str(text);
            let head = serde_path_to_error::deserialize::<_, Object<Head>>(&mut from);
            head.map_err(|error| fault_of(&error)).and_then(|head| {
                // All is there, and then something more.
                from.end().map_err(|_| fault(LINE, "not-json")).map(|()| head)
            })
        });
        match head {
            Ok(Object(Head { id, rule, policy, .. })) => {
                Ok(Line { id, rule, policy, source: FactSource::Text(text) })
            }
            Err(fault) => Err(Refused { id: id_of(text), fault: Box::new(fault) }),
        }
    }
}

fn fault_of(error: &serde_path_to_error::Error<serde_json::Error>) -> FieldError {
    if !error.inner().is_data() {
        return fault(LINE, "not-json");
    }
    let mut fault = first(faults_of(error));
    if fault.field == "body" {
        fault.field = LINE.into();
    }
    fault
}

/// The id of a line that cannot be read, if it stands before the mistake.
fn id_of(text: &str) -> Value {
    let mut id = Value::Null;
    // What ends the search is the mistake that is told anyway.
    let _ = IdSeed(&mut id).deserialize(&mut serde_json::Deserializer::from_str(text));
    id
}

struct IdSeed<'a>(&'a mut Value);

impl<'de> DeserializeSeed<'de> for IdSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for IdSeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("struct with an id")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            if key == "id" {
                *self.0 = map.next_value()?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}
