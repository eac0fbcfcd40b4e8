//! Every URL, grouped by feature.
//!
//! `routes!` registers them and lists them in `ROUTES` from the same lines, so that the access test
//! (tests/integration/access) sees each one. Nothing is registered anywhere else.

use crate::chambers::handlers as chamber;
use crate::duplicates::handlers as duplicate;
use crate::error::AppError;
use crate::follow_ups::handlers as follow_up;
use crate::leads::handlers as lead;
use crate::reference::handlers as reference;
use crate::referrers::handlers as referrer;
use crate::search::handlers as search;
use crate::web::assets;
use actix_web::http::Method;
use actix_web::web::{ServiceConfig, resource, route, to};
use actix_web::{HttpResponse, Route, guard};

/// Declares routes: `"/path/{id}" { GET => module::function, POST => module::function }`.
///
/// All methods of a path stand together: any other is 405. A literal path (`/leads/new`) comes before the
/// pattern that would swallow it (`/leads/{id}`).
macro_rules! routes {
    ($($pattern:literal { $($method:ident => $handler:path),+ $(,)? })+) => {
        /// Every registered method and pattern, in the order in which patterns are tried.
        pub const ROUTES: &[(&str, &str)] = &[$($((stringify!($method), $pattern),)+)+];

        /// Registers all routes. What is not here is 404.
        pub fn configure(config: &mut ServiceConfig) {
            $(config.service(resource($pattern)$(.route(on(Method::$method).to($handler)))+);)+
            config.default_service(to(nowhere));
        }
    };
}

routes! {
    "/api/v1/leads" { GET => lead::list::index, POST => lead::record::create }
    "/api/v1/leads/{id}" { GET => lead::record::show, PATCH => lead::record::update, DELETE => lead::deletion::create }
    "/api/v1/leads/{id}/restoration" { POST => lead::deletion::restore }
    "/api/v1/leads/{id}/stage" { POST => lead::stage::create }
    "/api/v1/leads/{id}/closure" { POST => lead::closure::create, DELETE => lead::closure::delete }
    "/api/v1/leads/{id}/hold" { POST => lead::hold::create, DELETE => lead::hold::delete }
    "/api/v1/leads/{id}/assignment" { POST => lead::assignment::create }
    "/api/v1/leads/{id}/disclosures" { POST => lead::disclosure::create }
    "/api/v1/leads/{id}/follow-ups" { GET => follow_up::record::index, POST => follow_up::record::create }
    "/api/v1/leads/{id}/timeline" { GET => lead::timeline::show }
    "/api/v1/search" { GET => search::results::index }
    "/api/v1/duplicates" { GET => duplicate::question::show }
    "/api/v1/chambers" { GET => chamber::list::index, POST => chamber::record::create }
    "/api/v1/chambers/{id}" { GET => chamber::record::show, PATCH => chamber::record::update, DELETE => chamber::record::delete }
    "/api/v1/chambers/{id}/merger" { POST => chamber::merger::create }
    "/api/v1/chambers/{id}/disclosures" { POST => chamber::disclosure::create }
    "/api/v1/referrers" { GET => referrer::list::index, POST => referrer::record::create }
    "/api/v1/referrers/{id}" { GET => referrer::record::show, PATCH => referrer::record::update, DELETE => referrer::record::delete }
    "/api/v1/referrers/{id}/merger" { POST => referrer::merger::create }
    "/api/v1/referrers/{id}/disclosures" { POST => referrer::disclosure::create }
    "/api/v1/regions" { GET => reference::regions }
    "/api/v1/parks" { GET => reference::parks }
    "/api/v1/industries" { GET => reference::industries }
    "/api/v1/units" { GET => reference::units }
    "/static/{name:.*}" { GET => assets::serve }
}

/// HEAD is answered wherever GET is (RFC 9110, 9.1); the server leaves the body out.
fn on(method: Method) -> Route {
    match method {
        Method::GET => route().guard(guard::Any(guard::Get()).or(guard::Head())),
        method => route().method(method),
    }
}

async fn nowhere() -> Result<HttpResponse, AppError> {
    Err(AppError::NotFound)
}
