//! What is entered of a team, a member and a trip: the API's bodies and the pages' forms become checked inputs.

use crate::error::{AppError, FieldErrors};
use crate::fields::{line, required, text};
use crate::reference::Reference;
use crate::registers::places;
use crate::teams::model::{TeamKind, TripKind};
use crate::web::form::Form;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A team as POST takes it, and as a merge patch changes it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TeamBody {
    #[schema(max_length = 200)]
    pub name: Option<String>,
    pub kind: Option<TeamKind>,
    /// Of a county's or joint team; a county's own unless said otherwise.
    pub county: Option<String>,
    /// A user by username, or anybody by name.
    #[schema(max_length = 200)]
    pub leader: Option<String>,
    #[schema(max_length = 20000)]
    pub note: Option<String>,
}

/// Somebody's term as POST takes it, and as a merge patch changes it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TeamMemberBody {
    /// By id or username, where he is one.
    pub user_id: Option<String>,
    /// A user's own unless said otherwise.
    #[schema(max_length = 200)]
    pub name: Option<String>,
    #[schema(max_length = 200)]
    pub post: Option<String>,
    /// The first day.
    pub from_on: Option<NaiveDate>,
    /// The last one.
    pub to_on: Option<NaiveDate>,
}

/// A trip as POST takes it, and as a merge patch changes it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = TeamTripBody)]
pub struct TripBody {
    pub kind: Option<TripKind>,
    pub from_on: Option<NaiveDate>,
    /// The last day; null while they are away.
    pub to_on: Option<NaiveDate>,
    /// Where to: GB/T 2260, or an ISO 3166 country.
    pub region: Option<String>,
    #[schema(max_length = 20000)]
    pub purpose: Option<String>,
    /// Who went.
    #[schema(max_length = 200)]
    pub people: Option<String>,
    #[schema(max_length = 20000)]
    pub result: Option<String>,
    /// Leads that came of it, by code or id.
    pub leads: Vec<String>,
}

/// A team's input, checked but for what only the database knows.
#[derive(Debug, Clone, PartialEq)]
pub struct TeamInput {
    pub name: String,
    pub kind: TeamKind,
    pub county: Option<String>,
    pub leader: Option<String>,
    pub note: Option<String>,
}

/// A member's input.
#[derive(Debug, Clone, PartialEq)]
pub struct TeamMemberInput {
    pub user: Option<String>,
    pub name: Option<String>,
    pub post: Option<String>,
    pub from_on: NaiveDate,
    pub to_on: Option<NaiveDate>,
}

/// A trip's input.
#[derive(Debug, Clone, PartialEq)]
pub struct TripInput {
    pub kind: TripKind,
    pub from_on: NaiveDate,
    pub to_on: Option<NaiveDate>,
    pub region: String,
    pub purpose: String,
    pub people: Option<String>,
    pub result: Option<String>,
    pub leads: Vec<String>,
}

impl TeamBody {
    pub fn from_form(form: &mut Form) -> Self {
        TeamBody {
            name: form.text("name"),
            kind: form.parsed("kind", "unknown"),
            county: form.text("county"),
            leader: form.text("leader"),
            note: form.text("note"),
        }
    }
}

impl TeamMemberBody {
    pub fn from_form(form: &mut Form) -> Self {
        TeamMemberBody {
            user_id: form.text("user_id"),
            name: form.text("name"),
            post: form.text("post"),
            from_on: form.date("from_on"),
            to_on: form.date("to_on"),
        }
    }
}

impl TripBody {
    /// From a page's form, which names the region and has a lead a line.
    pub fn from_form(form: &mut Form, reference: &Reference) -> Self {
        let region = form.text("region");
        TripBody {
            kind: form.parsed("kind", "unknown"),
            from_on: form.date("from_on"),
            to_on: form.date("to_on"),
            region: region.map(|text| places::code_of(reference, &text).unwrap_or(text)),
            purpose: form.text("purpose"),
            people: form.text("people"),
            result: form.text("result"),
            leads: form.all("leads"),
        }
    }
}

/// Faults of two days that belong together; the first must be there.
fn days(errors: &mut FieldErrors, from: Option<NaiveDate>, to: Option<NaiveDate>) {
    if from.is_none() && !errors.has("from_on") {
        errors.add("from_on", "required");
    }
    errors.check_day("from_on", from);
    errors.check_day("to_on", to);
    if matches!((from, to), (Some(from), Some(to)) if to < from) {
        errors.add("to_on", "ends-before-it-begins");
    }
}

impl TeamInput {
    /// Checks everything that needs no database; all faults at once, each at its field, after those that the reading of
    /// the form found. The city's own team has no county.
    pub fn check(body: TeamBody, reference: &Reference, mut errors: FieldErrors) -> Result<Self, AppError> {
        let name = required(&mut errors, "name", body.name);
        if body.kind.is_none() && !errors.has("kind") {
            errors.add("kind", "required");
        }
        let is_city = body.kind == Some(TeamKind::City);
        let county = line(&mut errors, "county", body.county).filter(|_| !is_city);
        match &county {
            None if !is_city && body.kind.is_some() => errors.add("county", "required"),
            Some(code) if !reference.is_county(code) => errors.add("county", "unknown"),
            _ => {}
        }
        let leader = line(&mut errors, "leader", body.leader);
        let note = text(&mut errors, "note", body.note);
        match body.kind {
            Some(kind) if errors.is_empty() => Ok(TeamInput { name, kind, county, leader, note }),
            _ => Err(AppError::Invalid(errors)),
        }
    }
}

impl TeamMemberInput {
    /// As `TeamInput::check`: a user, or a name.
    pub fn check(body: TeamMemberBody, mut errors: FieldErrors) -> Result<Self, AppError> {
        let user = line(&mut errors, "user_id", body.user_id);
        let name = line(&mut errors, "name", body.name);
        if user.is_none() && name.is_none() {
            errors.add("name", "required");
        }
        let post = line(&mut errors, "post", body.post);
        days(&mut errors, body.from_on, body.to_on);
        match body.from_on {
            Some(from_on) if errors.is_empty() => {
                Ok(TeamMemberInput { user, name, post, from_on, to_on: body.to_on })
            }
            _ => Err(AppError::Invalid(errors)),
        }
    }
}

impl TripInput {
    /// As `TeamInput::check`.
    pub fn check(body: TripBody, reference: &Reference, mut errors: FieldErrors) -> Result<Self, AppError> {
        if body.kind.is_none() && !errors.has("kind") {
            errors.add("kind", "required");
        }
        days(&mut errors, body.from_on, body.to_on);
        let region = required(&mut errors, "region", body.region);
        if !region.is_empty() && reference.region(&region).is_none() {
            errors.add("region", "unknown");
        }
        let purpose = text(&mut errors, "purpose", body.purpose);
        if purpose.is_none() {
            errors.add("purpose", "required");
        }
        let people = line(&mut errors, "people", body.people);
        let result = text(&mut errors, "result", body.result);
        let leads = body.leads.iter().map(|code| code.trim().to_owned()).filter(|code| !code.is_empty());
        let leads = leads.collect();
        match (body.kind, body.from_on, purpose) {
            (Some(kind), Some(from_on), Some(purpose)) if errors.is_empty() => {
                Ok(TripInput { kind, from_on, to_on: body.to_on, region, purpose, people, result, leads })
            }
            _ => Err(AppError::Invalid(errors)),
        }
    }
}
