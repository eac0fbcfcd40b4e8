//! What is entered of a townsman: the API's body and the page's form become one checked input.

use crate::clock;
use crate::error::{AppError, FieldErrors};
use crate::fields::{line, required, text};
use crate::reference::Reference;
use crate::registers::places;
use crate::townsmen::model::TownsmanDetails;
use crate::web::form::Form;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A townsman as POST takes it, and as a merge patch changes it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TownsmanBody {
    #[schema(max_length = 200)]
    pub name: Option<String>,
    #[schema(max_length = 200)]
    pub post: Option<String>,
    /// Where the person is: GB/T 2260 or an ISO 3166 country.
    pub region: Option<String>,
    /// The county, or the city, that the person comes from.
    pub home: Option<String>,
    /// The chamber that introduced the person, by id or code.
    pub chamber_id: Option<String>,
    /// Who introduced the person, where it is no chamber.
    #[schema(max_length = 200)]
    pub introducer: Option<String>,
    #[schema(max_length = 20000)]
    pub companies: Option<String>,
    /// The help that was offered.
    #[schema(max_length = 20000)]
    pub help: Option<String>,
    /// The referrer of kind `townsman` that the person is, by id or code.
    pub referrer_id: Option<String>,
    /// The day on which the person agreed to be listed; never later than today.
    pub consent_on: Option<NaiveDate>,
    /// The words of the consent.
    #[schema(max_length = 20000)]
    pub consent: Option<String>,
}

/// A townsman's input, checked but for what only the database knows.
#[derive(Debug, Clone, PartialEq)]
pub struct TownsmanInput {
    pub details: TownsmanDetails,
    pub home: String,
    /// As it was named.
    pub chamber: Option<String>,
    /// As it was named.
    pub referrer: Option<String>,
    pub consent_on: NaiveDate,
}

impl TownsmanBody {
    /// From a page's form, which names places, chamber and referrer.
    pub fn from_form(form: &mut Form, reference: &Reference) -> Self {
        let region = form.text("region");
        let named = |text: String| text.split_whitespace().next().unwrap_or_default().to_owned();
        TownsmanBody {
            name: form.text("name"),
            post: form.text("post"),
            region: region.map(|text| places::code_of(reference, &text).unwrap_or(text)),
            home: form.text("home"),
            chamber_id: form.text("chamber_id").map(named),
            introducer: form.text("introducer"),
            companies: form.text("companies"),
            help: form.text("help"),
            referrer_id: form.text("referrer_id").map(named),
            consent_on: form.date("consent_on"),
            consent: form.text("consent"),
        }
    }
}

impl TownsmanInput {
    /// Checks everything that needs no database; all faults at once, each at its field, after those that the reading of
    /// the form found. Nobody is listed without a day and words of consent, or without who introduced him.
    pub fn check(
        body: TownsmanBody,
        reference: &Reference,
        mut errors: FieldErrors,
    ) -> Result<Self, AppError> {
        let name = required(&mut errors, "name", body.name);
        let region = line(&mut errors, "region", body.region);
        if region.as_deref().is_some_and(|code| reference.region(code).is_none()) {
            errors.add("region", "unknown");
        }
        let home = required(&mut errors, "home", body.home);
        if !home.is_empty() && home != reference.city() && !reference.is_county(&home) {
            errors.add("home", "unknown");
        }
        let chamber = line(&mut errors, "chamber_id", body.chamber_id);
        let introducer = line(&mut errors, "introducer", body.introducer);
        if chamber.is_none() && introducer.is_none() {
            errors.add("introducer", "required");
        }
        let consent = text(&mut errors, "consent", body.consent);
        if consent.is_none() {
            errors.add("consent", "required");
        }
        check_consent_day(&mut errors, body.consent_on);
        let details = TownsmanDetails {
            name,
            post: line(&mut errors, "post", body.post),
            region,
            introducer,
            companies: text(&mut errors, "companies", body.companies),
            help: text(&mut errors, "help", body.help),
            consent: consent.unwrap_or_default(),
        };
        let referrer = line(&mut errors, "referrer_id", body.referrer_id);
        match body.consent_on {
            Some(consent_on) if errors.is_empty() => {
                Ok(TownsmanInput { details, home, chamber, referrer, consent_on })
            }
            _ => Err(AppError::Invalid(errors)),
        }
    }
}

/// Faults of the day on which somebody agreed.
pub fn check_consent_day(errors: &mut FieldErrors, day: Option<NaiveDate>) {
    errors.check_day("consent_on", day);
    match day {
        None if !errors.has("consent_on") => {
            errors.add("consent_on", "required");
        }
        Some(day) if day > clock::today() => errors.add("consent_on", "date-in-future"),
        _ => {}
    }
}
