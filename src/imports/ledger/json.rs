//! API bodies of POST /api/v1/leads, one a line.

use std::borrow::Cow;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::thread;

use chrono::NaiveDate;
use serde_json::{Map, Value};

use super::cells::date;
use super::cells::phone;
use super::cells::place;
use super::draft::{ContactDraft, LeadDraft, LedgerRow, Refusal, SourceDraft, Warning};
use super::formats::decode;
use super::row::{origin, uscc_code};
use super::sheet::Cell;
use super::{LedgerError, cells::text::tidy};
use crate::characters::without_refused;
use crate::companies::identity::Identity;
use crate::companies::uscc::Uscc;
use crate::leads::model::{SourceKind, Stage, Status};
use crate::reference::Reference;

/// Lines that a thread is worth beginning for.
const PART: usize = 5_000;

/// The rows of a file of bodies, read by as many threads as there are processors. Blank lines are no rows.
///
/// # Errors
/// Text that is neither UTF-8 nor GB18030. What is wrong in a line is that row's refusal.
pub fn rows_of_lines(
    bytes: &[u8],
    reference: &Reference,
    today: NaiveDate,
) -> Result<Vec<LedgerRow>, LedgerError> {
    let text = decode(bytes)?;
    let lines = (1..).zip(text.split('\n')).map(|(line, body)| (line, body.trim()));
    let lines: Vec<(u32, &str)> = lines.filter(|(_, body)| !body.is_empty()).collect();
    let processors = thread::available_parallelism().map_or(1, usize::from);
    let part = lines.len().div_ceil(processors).max(PART);
    let read = |lines: &[(u32, &str)]| -> Vec<LedgerRow> {
        lines.iter().map(|(line, body)| row(*line, body, reference, today)).collect()
    };
    Ok(thread::scope(|scope| {
        let parts: Vec<_> = lines.chunks(part).map(|lines| scope.spawn(move || read(lines))).collect();
        let joined = parts.into_iter().map(|part| part.join().unwrap_or_else(|panic| resume_unwind(panic)));
        joined.flatten().collect()
    }))
}

fn row(line: u32, body: &str, reference: &Reference, today: NaiveDate) -> LedgerRow {
    let (result, warnings) = match serde_json::from_str::<Map<String, Value>>(body) {
        Ok(object) => read_body(&object, reference, today),
        Err(error) => (Err(Refusal::new("line", "not_json", error.to_string())), Vec::new()),
    };
    // Only a rejected row goes back to its writer; the others would fill the memory for nothing.
    let cells = if result.is_err() { vec![(Arc::from("json"), body.to_owned())] } else { Vec::new() };
    LedgerRow { sheet: None, row: line, cells, result: result.map(Box::new), warnings }
}

/// Reads one body. Fields have the API's types; where a ledger's words are enough (county, industry, stage),
/// they are taken too.
pub fn read_body(
    object: &Map<String, Value>,
    reference: &Reference,
    today: NaiveDate,
) -> (Result<LeadDraft, Refusal>, Vec<Warning>) {
    let mut warnings = Vec::new();
    let body = Body { object, reference };
    (body.lead(today, &mut warnings), warnings)
}

/// Every field that a body can have; others are kept with the lead.
const FIELDS: &[&str] = &[
    "title",
    "investor_name",
    "uscc",
    "origin",
    "county",
    "park",
    "industry",
    "content",
    "total_investment_fen",
    "fixed_investment_fen",
    "land_mu",
    "factory_m2",
    "jobs",
    "source",
    "contact",
    "remark",
    "stage",
    "registered_on",
    "next_follow_up_on",
    "duplicate_reason",
];

struct Body<'a> {
    object: &'a Map<String, Value>,
    reference: &'a Reference,
}

impl Body<'_> {
    fn lead(&self, today: NaiveDate, warnings: &mut Vec<Warning>) -> Result<LeadDraft, Refusal> {
        let reference = self.reference;
        let investor =
            self.text("investor_name", "investor")?.ok_or_else(|| Refusal::new("investor", "missing", ""))?;
        let uscc = self.text("uscc", "uscc")?;
        let uscc =
            uscc.map(|text| Uscc::parse(&text).map_err(|error| Refusal::new("uscc", uscc_code(error), text)));
        let uscc = uscc.transpose()?;
        let county = self.text("county", "county")?.ok_or_else(|| Refusal::new("county", "missing", ""))?;
        let located =
            place::read(&county, reference).map_err(|fault| Refusal::new("county", fault.code(), &county))?;
        let (county, county_park) = (located.county.to_owned(), located.park.map(str::to_owned));
        let industry = match self.text("industry", "industry")? {
            Some(word) => match reference.industry_of_word(&word) {
                Some(industry) => industry.code.clone(),
                None => return Err(Refusal::new("industry", "industry_unknown", word)),
            },
            None => "other".to_owned(),
        };
        let total = self.fen("total_investment_fen", "total_investment")?;
        let fixed = self.fen("fixed_investment_fen", "fixed_investment")?;
        if let (Some(total), Some(fixed)) = (total, fixed)
            && fixed > total
        {
            warnings.push(Warning::new("fixed_over_total", "fixed_investment", fixed.to_string()));
        }
        let registered_on = self.day("registered_on")?.unwrap_or(today);
        let stage = match self.text("stage", "stage")? {
            Some(word) => match reference.values().stage(&word) {
                Some(meaning) => meaning.stage,
                None => return Err(Refusal::new("stage", "stage_unknown", word)),
            },
            None => Stage::New,
        };
        let source = self.source(warnings)?;
        let contact = self.contact()?;
        let next_follow_up_on = self.day("next_follow_up_on")?;
        if next_follow_up_on.is_some_and(|next| next < registered_on) {
            warnings.push(Warning::new("before_registration", "next_follow_up_on", ""));
        }
        let park = self.text("park", "park")?;
        let mut extra = self.unknown();
        let park = match park.map(|text| (place::park(&text, reference), text)) {
            Some((Some(park), _)) => Some(park.id.clone()),
            Some((None, text)) => {
                warnings.push(Warning::new("park_unknown", "park", &text));
                extra.push(("park".to_owned(), text));
                county_park
            }
            None => county_park,
        };
        let jobs = self.number("jobs")?;
        if jobs.is_some_and(|jobs| jobs.fract() != 0.0) {
            return Err(Refusal::new("jobs", "wrong_type", self.shown("jobs")));
        }
        Ok(LeadDraft {
            title: self.text("title", "title")?.unwrap_or_else(|| format!("{investor}项目")),
            identity: Identity::new(&investor, uscc.clone(), reference),
            investor,
            uscc,
            origin: self.text("origin", "origin")?.map(|text| origin(text, reference)),
            county,
            park,
            industry,
            content: self.text("content", "content")?,
            total_investment_fen: total,
            fixed_investment_fen: fixed,
            land_mu: self.number("land_mu")?,
            factory_m2: self.number("factory_m2")?,
            jobs: jobs.map(|jobs| jobs as i64),
            contact,
            source,
            stage,
            status: Status::Active,
            closure: None,
            registered_on,
            next_follow_up_on,
            officer_name: None,
            leader_name: None,
            progress: None,
            remark: self.text("remark", "remark")?,
            duplicate_reason: self.text("duplicate_reason", "duplicate_reason")?,
            extra,
        })
    }

    fn shown(&self, key: &str) -> String {
        self.object.get(key).map(Value::to_string).unwrap_or_default()
    }

    fn text(&self, key: &str, field: &'static str) -> Result<Option<String>, Refusal> {
        text_of(self.object.get(key), field)
    }

    fn fen(&self, key: &str, field: &'static str) -> Result<Option<i64>, Refusal> {
        let value = match self.object.get(key) {
            None | Some(Value::Null) => return Ok(None),
            Some(value) => value,
        };
        let fen = value.as_i64().ok_or_else(|| Refusal::new(field, "wrong_type", value.to_string()))?;
        if fen < 0 { Err(Refusal::new(field, "amount_negative", fen.to_string())) } else { Ok(Some(fen)) }
    }

    fn number(&self, key: &'static str) -> Result<Option<f64>, Refusal> {
        match self.object.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => match value.as_f64().filter(|number| *number >= 0.0) {
                Some(number) => Ok(Some(number)),
                None => Err(Refusal::new(key, "wrong_type", value.to_string())),
            },
        }
    }

    fn day(&self, key: &'static str) -> Result<Option<NaiveDate>, Refusal> {
        let Some(text) = self.text(key, key)? else { return Ok(None) };
        let day = text.parse().ok().and_then(date::credible);
        day.map(Some).ok_or_else(|| Refusal::new(key, "date_impossible", text))
    }

    fn source(&self, warnings: &mut Vec<Warning>) -> Result<SourceDraft, Refusal> {
        let empty = Map::new();
        let wrong = |value: &Value| Refusal::new("source", "wrong_type", value.to_string());
        let source = match self.object.get("source") {
            None | Some(Value::Null) => {
                warnings.push(Warning::new("source_missing", "source", ""));
                &empty
            }
            Some(value) => value.as_object().ok_or_else(|| wrong(value))?,
        };
        let field = |key: &str| text_of(source.get(key), "source");
        let kind = match field("kind")? {
            Some(word) => word.parse().map_err(|_| Refusal::new("source", "source_unknown", word))?,
            None if source.is_empty() => SourceKind::Own,
            None => return Err(Refusal::new("source", "missing", "")),
        };
        Ok(SourceDraft {
            kind,
            name: None,
            note: field("note")?,
            chamber_id: field("chamber_id")?,
            referrer_id: field("referrer_id")?,
            enterprise_id: field("enterprise_id")?,
            event_id: field("event_id")?,
        })
    }

    fn contact(&self) -> Result<ContactDraft, Refusal> {
        let contact = match self.object.get("contact") {
            None | Some(Value::Null) => return Ok(ContactDraft::default()),
            Some(Value::Object(contact)) => contact,
            Some(value) => return Err(Refusal::new("phone", "wrong_type", value.to_string())),
        };
        let field = |key: &str| text_of(contact.get(key), "phone");
        let words = self.reference.values();
        let written = field("phone")?.unwrap_or_default();
        let phones = phone::read(&Cell::of_text(written.as_str()), words);
        let phones = phones.map_err(|fault| Refusal::new("phone", fault.code(), written))?;
        let (phone, other_phones) =
            phones.map_or((None, Vec::new()), |phones| (Some(phones.phone), phones.others));
        Ok(ContactDraft {
            name: field("name")?,
            post: field("post")?,
            phone,
            other_phones,
            email: field("email")?,
            wechat: field("wechat")?,
        })
    }

    fn unknown(&self) -> Vec<(String, String)> {
        let unknown =
            self.object.iter().filter(|(key, value)| !FIELDS.contains(&key.as_str()) && !value.is_null());
        let shown = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let sound = without_refused;
        unknown.map(|(key, value)| (sound(key.clone()), sound(shown(value)))).collect()
    }
}

fn text_of(value: Option<&Value>, field: &'static str) -> Result<Option<String>, Refusal> {
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => {
            Ok(Some(tidy(&without_refused(text.clone()))).filter(|text| !text.is_empty()))
        }
        Some(other) => Err(Refusal::new(field, "wrong_type", Cow::Owned(other.to_string()))),
    }
}
