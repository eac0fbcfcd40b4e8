//! What is entered of an event and of its attendees: the API's bodies and the pages' forms become checked inputs.

use crate::clock;
use crate::error::{AppError, FieldErrors};
use crate::events::model::{EventKind, EventStatus};
use crate::events::rules::{self, Course};
use crate::fields::{amount, line, required, text};
use crate::reference::Reference;
use crate::web::form::Form;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An event as POST takes it, and as a merge patch changes it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct EventBody {
    pub kind: Option<EventKind>,
    #[schema(max_length = 200)]
    pub title: Option<String>,
    /// The county whose it is; null for the city's own. A county's own unless said otherwise.
    pub county: Option<String>,
    #[schema(max_length = 200)]
    pub place: Option<String>,
    /// Its first day.
    pub from_on: Option<NaiveDate>,
    /// Its last day, the first one unless said otherwise.
    pub to_on: Option<NaiveDate>,
    #[schema(max_length = 20000)]
    pub programme: Option<String>,
    /// The chamber that holds it together with bureau or county, by id or code.
    pub host_chamber_id: Option<String>,
    /// What it cost, in fen.
    #[schema(minimum = 0)]
    pub cost_fen: Option<i64>,
    /// What became of it.
    #[schema(max_length = 20000)]
    pub outcome: Option<String>,
    /// `planned` unless said otherwise.
    pub status: Option<EventStatus>,
    /// With status `cancelled`.
    #[schema(max_length = 20000)]
    pub cancellation_reason: Option<String>,
}

/// An event's input, checked but for what only the database knows.
#[derive(Debug, Clone, PartialEq)]
pub struct EventInput {
    pub kind: EventKind,
    pub title: String,
    pub county: Option<String>,
    pub place: String,
    pub from_on: NaiveDate,
    pub to_on: NaiveDate,
    pub programme: Option<String>,
    /// As it was named.
    pub host_chamber: Option<String>,
    pub cost_fen: Option<i64>,
    pub outcome: Option<String>,
    pub status: EventStatus,
    pub cancellation_reason: Option<String>,
}

impl EventBody {
    /// From a page's form, which names the chamber and takes the cost in 万元.
    pub fn from_form(form: &mut Form) -> Self {
        EventBody {
            kind: form.parsed("kind", "unknown"),
            title: form.text("title"),
            county: form.text("county"),
            place: form.text("place"),
            from_on: form.date("from_on"),
            to_on: form.date("to_on"),
            programme: form.text("programme"),
            host_chamber_id: first_word(form.text("host_chamber_id")),
            cost_fen: form.wan("cost_fen"),
            outcome: form.text("outcome"),
            status: form.parsed("status", "unknown"),
            cancellation_reason: form.text("cancellation_reason"),
        }
    }
}

impl EventInput {
    /// Checks everything that needs no database; all faults at once, each at its field, after those that the reading of
    /// the form found.
    pub fn check(body: EventBody, reference: &Reference, mut errors: FieldErrors) -> Result<Self, AppError> {
        let missing = |errors: &mut FieldErrors, field: &'static str, is_missing: bool| {
            if is_missing && !errors.has(field) {
                errors.add(field, "required");
            }
        };
        missing(&mut errors, "kind", body.kind.is_none());
        let title = required(&mut errors, "title", body.title);
        let county = line(&mut errors, "county", body.county);
        if county.as_deref().is_some_and(|code| !reference.is_county(code)) {
            errors.add("county", "unknown");
        }
        let place = required(&mut errors, "place", body.place);
        missing(&mut errors, "from_on", body.from_on.is_none());
        let to_on = body.to_on.or(body.from_on);
        errors.check_day("from_on", body.from_on);
        errors.check_day("to_on", body.to_on);
        let programme = text(&mut errors, "programme", body.programme);
        let host_chamber = line(&mut errors, "host_chamber_id", body.host_chamber_id);
        let cost_fen = amount(&mut errors, "cost_fen", body.cost_fen);
        let outcome = text(&mut errors, "outcome", body.outcome);
        let status = body.status.unwrap_or(EventStatus::Planned);
        let cancellation_reason = text(&mut errors, "cancellation_reason", body.cancellation_reason);
        if let (Some(from_on), Some(to_on)) = (body.from_on, to_on) {
            let course = Course { from_on, to_on, status, has_reason: cancellation_reason.is_some() };
            rules::check(course, clock::today(), &mut errors);
        }
        match (body.kind, body.from_on, to_on) {
            (Some(kind), Some(from_on), Some(to_on)) if errors.is_empty() => Ok(EventInput {
                kind,
                title,
                county,
                place,
                from_on,
                to_on,
                programme,
                host_chamber,
                cost_fen,
                outcome,
                status,
                cancellation_reason,
            }),
            _ => Err(AppError::Invalid(errors)),
        }
    }
}

/// Somebody who is invited or signed up. No phone: whoever invites has it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AttendeeBody {
    #[schema(max_length = 200)]
    pub name: Option<String>,
    #[schema(max_length = 200)]
    pub company: Option<String>,
    #[schema(max_length = 200)]
    pub post: Option<String>,
    /// The chamber whose member it is, by id or code; a liaison's own whether he says so or not.
    pub chamber_id: Option<String>,
}

/// An attendee's input, checked but for what only the database knows.
#[derive(Debug, Clone, PartialEq)]
pub struct AttendeeInput {
    pub name: String,
    pub company: Option<String>,
    pub post: Option<String>,
    /// As it was named.
    pub chamber: Option<String>,
}

impl AttendeeBody {
    /// From a page's form, which names the chamber.
    pub fn from_form(form: &Form) -> Self {
        AttendeeBody {
            name: form.text("name"),
            company: form.text("company"),
            post: form.text("post"),
            chamber_id: first_word(form.text("chamber_id")),
        }
    }
}

/// The most people whom a form takes at once.
const MOST_LINES: usize = 500;

impl AttendeeInput {
    /// Several at once, as a list out of a spreadsheet has them: one a line, name, company and post apart by a tab or a
    /// comma. All members of one chamber, if any.
    ///
    /// # Errors
    /// 422 at `list`, naming the first line that is wrong.
    pub fn lines(list: &str, chamber: Option<&str>) -> Result<Vec<Self>, AppError> {
        let written = list.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
        let read = written.map(|(line, number)| {
            let mut cells = line.split(['\t', ',', '，', ';', '；']).map(|cell| Some(cell.to_owned()));
            let body = AttendeeBody {
                name: cells.next().flatten(),
                company: cells.next().flatten(),
                post: cells.next().flatten(),
                chamber_id: chamber.map(str::to_owned),
            };
            let is_right = cells.all(|more| more.is_none_or(|more| more.trim().is_empty()));
            Self::check(body).ok().filter(|_| is_right).ok_or(number)
        });
        let at_list = |code, name, number: usize| {
            let mut errors = FieldErrors::default();
            errors.add_with("list", code, vec![(name, number.to_string())]);
            AppError::Invalid(errors)
        };
        let inputs: Vec<Self> =
            read.collect::<Result<_, usize>>().map_err(|line| at_list("attendee-line", "line", line))?;
        if inputs.len() > MOST_LINES {
            return Err(at_list("too-many-lines", "max", MOST_LINES));
        }
        Ok(inputs)
    }

    /// All faults at once, each at its field.
    pub fn check(body: AttendeeBody) -> Result<Self, AppError> {
        let mut errors = FieldErrors::default();
        let input = AttendeeInput {
            name: required(&mut errors, "name", body.name),
            company: line(&mut errors, "company", body.company),
            post: line(&mut errors, "post", body.post),
            chamber: line(&mut errors, "chamber_id", body.chamber_id),
        };
        errors.into_result()?;
        Ok(input)
    }
}

/// The code of a record that was chosen as `SH-0001 示例商会`.
fn first_word(text: Option<String>) -> Option<String> {
    text.map(|text| text.split_whitespace().next().unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_a_line_for_each() {
        let list = "林示例\t示例公司\t经理\n\n 王示例，示例厂 \n赵示例";
        let read = AttendeeInput::lines(list, Some("SH-0001")).unwrap();
        let of = |name: &str, company: Option<&str>, post: Option<&str>| AttendeeInput {
            name: name.to_owned(),
            company: company.map(str::to_owned),
            post: post.map(str::to_owned),
            chamber: Some("SH-0001".to_owned()),
        };
        let expected = [
            of("林示例", Some("示例公司"), Some("经理")),
            of("王示例", Some("示例厂"), None),
            of("赵示例", None, None),
        ];
        assert_eq!(read, expected);
    }

    #[test]
    fn the_first_wrong_line_is_named() {
        let fault = |list: &str| match AttendeeInput::lines(list, None) {
            Err(AppError::Invalid(errors)) => (errors.0[0].code, errors.0[0].args.clone()),
            other => panic!("{other:?}"),
        };
        let line = |number: &str| ("attendee-line", vec![("line", number.to_owned())]);
        assert_eq!(fault("林示例\n，示例公司"), line("2"));
        assert_eq!(fault("林示例,公司,经理,电话"), line("1"), "more than is kept");
        assert_eq!(fault(&"林示例\n".repeat(501)).0, "too-many-lines");
    }
}
