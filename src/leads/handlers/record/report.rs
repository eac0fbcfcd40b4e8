//! `/leads/new` of a chamber's liaison.

use crate::app::App;
use crate::error::AppError;
use crate::leads::pages::{Link, Report};
use crate::web::filled::{Choice, Filled};
use crate::web::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, HttpResponseBuilder};

/// The form as it is filled: with every county and industry, as a chamber reports for the whole city; `known` is the
/// lead that his chamber has of this investor.
pub(super) fn shown(
    app: &App,
    visit: &Visit,
    form: Filled,
    known: Option<Link>,
    status: StatusCode,
) -> Result<HttpResponse, AppError> {
    let (reference, lang) = (&app.reference, visit.lang.code());
    let counties = reference.counties().iter().map(|county| Choice::named(&county.code, county.name(lang)));
    let industries = reference.industries().iter();
    let industries = industries.map(|industry| Choice::named(&industry.code, industry.name(lang)));
    let page = Report { known, ..Report::new(form, counties.collect(), industries.collect()) };
    visit.page_with(app, &page, HttpResponseBuilder::new(status))
}
