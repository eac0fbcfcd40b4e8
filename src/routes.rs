//! Every URL, grouped by feature.
//!
//! `routes!` registers them and lists them in `ROUTES` from the same lines, so that the access test
//! (tests/integration/access) sees each one. Nothing is registered anywhere else.

use crate::about_to::handlers as about_to;
use crate::accounts::handlers::{account, language, me, password, sessions, set_up, sign_in, tokens, users};
use crate::api::handlers as api;
use crate::attachments::handlers as attachment;
use crate::attributions::handlers as attribution;
use crate::audit::handlers as trail;
use crate::award_applications::handlers as award_application;
use crate::award_notices::handlers as award_notice;
use crate::awards::handlers as award;
use crate::chambers::evidence::handlers as evidence;
use crate::chambers::handlers as chamber;
use crate::claims::handlers as claim;
use crate::comparison::handlers as comparison;
use crate::duplicates::handlers as duplicate;
use crate::employment::handlers as employment;
use crate::error::AppError;
use crate::events::handlers as event;
use crate::filings::handlers as filing;
use crate::follow_ups::handlers as follow_up;
use crate::home;
use crate::imports::handlers as import;
use crate::leads::handlers as lead;
use crate::milestones::handlers as milestone;
use crate::notices::handlers as notice;
use crate::policies::handlers as policy;
use crate::projects::handlers as project;
use crate::questions::handlers as question;
use crate::quota::handlers as quota;
use crate::recommendations::handlers as recommendation;
use crate::reference::handlers as reference;
use crate::referrers::handlers as referrer;
use crate::saved_searches::handlers as saved_search;
use crate::search::handlers as search;
use crate::teams::handlers as team;
use crate::townsmen::handlers as townsman;
use crate::web::{assets, health};
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
    "/" { GET => home::handlers::show }

    // The door.
    "/sign-in" { GET => sign_in::show, POST => sign_in::create }
    "/sign-out" { POST => sign_in::destroy }
    "/set-up/{secret}" { GET => set_up::show, POST => set_up::create }
    "/language" { POST => language::update }

    // One's own account.
    "/account" { GET => account::show, POST => account::update }
    "/account/password" { POST => password::update }
    "/account/sessions/revocation" { POST => sessions::revoke_others }
    "/account/sessions/{id}/revocation" { POST => sessions::revoke }
    "/account/tokens" { POST => tokens::create_on_page }
    "/account/tokens/{id}/revocation" { POST => tokens::revoke_on_page }
    "/api/v1/me" { GET => me::show }
    "/api/v1/tokens" { GET => tokens::list, POST => tokens::create }
    "/api/v1/tokens/{id}" { DELETE => tokens::delete }

    // Users and the trail.
    "/admin/users" { GET => users::list::show, POST => users::record::create_on_page }
    "/admin/users/new" { GET => users::record::new }
    "/admin/users/{id}" { GET => users::record::edit, POST => users::record::update_on_page }
    "/admin/users/{id}/disabling" { GET => users::disabling::show, POST => users::disabling::create }
    "/admin/users/{id}/enabling" { POST => users::disabling::delete }
    "/admin/users/{id}/password-reset" { GET => users::password_reset::show, POST => users::password_reset::create_on_page }
    "/api/v1/users" { GET => users::list::index, POST => users::record::create }
    "/api/v1/users/{id}" { GET => users::record::read, PATCH => users::record::patch }
    "/api/v1/users/{id}/password-reset" { POST => users::password_reset::create }
    "/admin/search" { GET => search::status::show }
    "/admin/search/rebuild" { POST => search::status::rebuild }
    "/audit" { GET => trail::show }
    "/api/v1/audit" { GET => trail::index }

    // Leads.
    "/api/v1/leads" { GET => lead::list::index, POST => lead::record::create }
    "/api/v1/leads/{id}" { GET => lead::record::show, PATCH => lead::record::update, DELETE => lead::deletion::create }
    "/api/v1/leads/{id}/restoration" { POST => lead::deletion::restore }
    "/api/v1/leads/{id}/stage" { POST => lead::stage::create }
    "/api/v1/leads/{id}/closure" { POST => lead::closure::create, DELETE => lead::closure::delete }
    "/api/v1/leads/{id}/hold" { POST => lead::hold::create, DELETE => lead::hold::delete }
    "/api/v1/leads/{id}/merger" { POST => lead::merger::create }
    "/api/v1/leads/{id}/assignment" { POST => lead::assignment::create }
    "/api/v1/leads/{id}/disclosures" { POST => lead::disclosure::create }
    "/api/v1/leads/{id}/follow-ups" { GET => follow_up::list::index, POST => follow_up::record::create }
    "/api/v1/leads/{id}/questions" { GET => question::list::index, POST => question::record::create }
    "/api/v1/leads/{id}/questions/{question}/answer" { POST => question::answer::create }
    "/api/v1/leads/{id}/attribution" { GET => attribution::record::read, POST => attribution::record::create }
    "/api/v1/leads/{id}/timeline" { GET => lead::timeline::show }
    "/leads" { GET => lead::list::page, POST => lead::record::submit }
    "/leads/export" { GET => lead::export::form, POST => lead::export::submit }
    "/leads/new" { GET => lead::record::new_form }
    "/leads/{id}" { GET => lead::record::page, POST => lead::record::submit_edit }
    "/leads/{id}/edit" { GET => lead::record::edit_form }
    "/leads/{id}/stage" { GET => lead::stage::form, POST => lead::stage::submit }
    "/leads/{id}/closure" { GET => lead::closure::form, POST => lead::closure::submit }
    "/leads/{id}/reopening" { GET => lead::closure::reopening_form, POST => lead::closure::submit_reopening }
    "/leads/{id}/hold" { GET => lead::hold::form, POST => lead::hold::submit }
    "/leads/{id}/resumption" { GET => lead::hold::resumption_form, POST => lead::hold::submit_resumption }
    "/leads/{id}/merger" { GET => lead::merger::form, POST => lead::merger::submit }
    "/leads/{id}/assignment" { GET => lead::assignment::form, POST => lead::assignment::submit }
    "/leads/{id}/deletion" { GET => lead::deletion::form, POST => lead::deletion::submit }
    "/leads/{id}/restoration" { GET => lead::deletion::restoration_form, POST => lead::deletion::submit_restoration }
    "/leads/{id}/disclosures" { GET => lead::disclosure::form, POST => lead::disclosure::submit }
    "/leads/{id}/follow-ups/new" { GET => follow_up::page::new_form }
    "/leads/{id}/follow-ups" { POST => follow_up::page::submit }
    "/leads/{id}/questions/new" { GET => question::record::new_form }
    "/leads/{id}/questions" { POST => question::record::submit }
    "/leads/{id}/questions/{question}/answer" { GET => question::answer::form, POST => question::answer::submit }
    "/leads/{id}/attribution" { GET => attribution::record::page, POST => attribution::record::submit }
    "/attribution-changes" { GET => attribution::list::page }
    "/attribution-changes/{id}" { GET => attribution::change::page }
    "/attribution-changes/{id}/consent" { POST => attribution::change::submit_consent }
    "/attribution-changes/{id}/decision" { POST => attribution::change::submit_decision }
    "/attribution-changes/{id}/withdrawal" { POST => attribution::change::submit_withdrawal }
    "/api/v1/attribution-changes" { GET => attribution::list::index }
    "/api/v1/attribution-changes/{id}" { GET => attribution::change::read }
    "/api/v1/attribution-changes/{id}/consent" { POST => attribution::change::consent }
    "/api/v1/attribution-changes/{id}/decision" { POST => attribution::change::decision }
    "/api/v1/attribution-changes/{id}/withdrawal" { POST => attribution::change::withdrawal }
    "/search" { GET => search::page::show }
    "/search/suggestions" { GET => search::page::suggestions }
    "/api/v1/search" { GET => search::results::index }
    "/saved-searches" { GET => saved_search::list::page, POST => saved_search::form::submit }
    "/saved-searches/new" { GET => saved_search::form::new_form }
    "/saved-searches/{id}" { GET => saved_search::matches::page, POST => saved_search::form::submit_edit }
    "/saved-searches/{id}/edit" { GET => saved_search::form::edit_form }
    "/saved-searches/{id}/removal" { GET => saved_search::removal::form, POST => saved_search::removal::submit }
    "/saved-searches/{id}/subscription" { POST => saved_search::subscription::submit }
    "/saved-searches/{id}/reading" { POST => saved_search::reading::submit }
    "/api/v1/saved-searches" { GET => saved_search::list::index, POST => saved_search::record::create }
    "/api/v1/saved-searches/{id}" { GET => saved_search::record::show, PATCH => saved_search::record::update, DELETE => saved_search::removal::delete }
    "/api/v1/saved-searches/{id}/matches" { GET => saved_search::matches::index }
    "/api/v1/saved-searches/{id}/subscription" { POST => saved_search::subscription::create, DELETE => saved_search::subscription::delete }
    "/api/v1/saved-searches/{id}/reading" { POST => saved_search::reading::create }
    "/duplicates" { GET => duplicate::page::show }
    "/api/v1/duplicates" { GET => duplicate::question::show }
    "/claims" { GET => claim::list::page }
    "/claims/{id}/answer" { GET => claim::answer::form, POST => claim::answer::submit }
    "/api/v1/claims" { GET => claim::list::index }
    "/api/v1/claims/{id}/answer" { POST => claim::answer::create }
    "/imports" { GET => import::page::index, POST => import::page::create }
    "/imports/{id}" { GET => import::page::show }
    "/imports/{id}/application" { POST => import::page::apply_on_page }
    "/imports/{id}/kind" { POST => import::page::reread_on_page }
    "/imports/{id}/discarding" { POST => import::page::discard_on_page }
    "/imports/{id}/rejected" { GET => import::rejected::show }
    "/api/v1/imports" { GET => import::record::index, POST => import::record::create }
    "/api/v1/imports/{id}" { GET => import::record::show, DELETE => import::record::delete }
    "/api/v1/imports/{id}/rows" { GET => import::rows::index }
    "/api/v1/imports/{id}/rejected" { GET => import::rejected::show }
    "/api/v1/imports/{id}/application" { POST => import::application::create }

    // Projects, their milestones, and the quotas they count for.
    "/api/v1/projects" { GET => project::list::index, POST => project::record::create }
    "/api/v1/projects/{id}" { GET => project::record::show, PATCH => project::record::update, DELETE => project::record::delete }
    "/projects" { GET => project::list::page, POST => project::record::submit }
    "/projects/board" { GET => project::board::page }
    "/projects/export" { GET => project::export::form, POST => project::export::submit }
    "/projects/new" { GET => project::record::new_form }
    "/projects/{id}" { GET => project::record::page, POST => project::record::submit_edit }
    "/projects/{id}/edit" { GET => project::record::edit_form }
    "/projects/{id}/pool-entry" { GET => project::pool::entry_form, POST => project::pool::submit_entry }
    "/projects/{id}/withdrawal" { GET => project::pool::withdrawal_form, POST => project::pool::submit_withdrawal }
    "/projects/{id}/assignment" { GET => project::assignment::form, POST => project::assignment::submit }
    "/projects/{id}/contract" { GET => project::contract_page::form, POST => project::contract_page::submit }
    "/projects/{id}/contract/supplements" { GET => project::contract_page::supplement_form, POST => project::contract_page::submit_supplement }
    "/projects/{id}/milestones/{kind}" { GET => milestone::form, POST => milestone::submit }
    "/projects/{id}/milestones/{kind}/verification" { GET => milestone::verification_form, POST => milestone::submit_verification }
    "/projects/{id}/employment" { GET => employment::form, POST => employment::submit }
    "/projects/{id}/deletion" { GET => project::deletion::form, POST => project::deletion::submit }
    "/api/v1/projects/{id}/pool-entry" { POST => project::pool::enter }
    "/api/v1/projects/{id}/withdrawal" { POST => project::pool::withdraw }
    "/api/v1/projects/{id}/contract" { PUT => project::contract::update }
    "/api/v1/projects/{id}/contract/supplements" { POST => project::contract::add_supplement }
    "/api/v1/projects/{id}/employment/{year}" { PUT => employment::update }
    "/api/v1/projects/{id}/milestones/{kind}" { PUT => milestone::update }
    "/api/v1/projects/{id}/milestones/{kind}/verification" { POST => milestone::verify }
    "/api/v1/pool/about-to" { GET => about_to::index }
    "/api/v1/pool/comparison" { GET => comparison::index }
    "/quota" { GET => quota::page }
    "/about-to" { GET => about_to::page }
    "/comparison" { GET => comparison::page }
    "/policies" { GET => policy::list, POST => policy::submit }
    "/policies/new" { GET => policy::new_form }
    "/policies/documents/{id}/decision" { GET => policy::decision_form, POST => policy::submit_decision }
    "/policies/{code}/extension" { GET => policy::extension_form, POST => policy::submit_extension }
    "/policies/{code}/decomposition/{year}" { GET => policy::decomposition_form, POST => policy::submit_decomposition }
    "/api/v1/policies" { GET => policy::index, POST => policy::create }
    "/api/v1/policies/documents" { GET => policy::document::index }
    "/api/v1/policies/documents/{id}" { GET => policy::document::show }
    "/api/v1/policies/documents/{id}/decision" { POST => policy::create_decision }
    "/api/v1/policies/{code}" { GET => policy::show }
    "/api/v1/policies/{code}/extension" { POST => policy::create_extension }
    "/api/v1/policies/{code}/decomposition/{year}" { POST => policy::create_decomposition }
    "/api/v1/pool/quota" { GET => quota::index }

    // Filings of referrers, and what a referrer sees of his own.
    "/filings" { POST => filing::form::submit }
    "/filings/new" { GET => filing::form::new_form }
    "/filings/{id}" { GET => filing::show::page }
    "/filings/{id}/confirmations" { GET => filing::confirmation::form, POST => filing::confirmation::submit }
    "/filings/{id}/withdrawal" { GET => filing::withdrawal::form, POST => filing::withdrawal::submit }
    "/filings/{id}/link" { POST => filing::link::create }
    "/filings/{id}/link/revocation" { POST => filing::link::revoke }
    "/projects/{id}/referral-shares" { GET => filing::shares::form, POST => filing::shares::submit }
    "/referral/{secret}" { GET => filing::referral::show }
    "/api/v1/referrers/{id}/filings" { GET => filing::record::index, POST => filing::record::create }
    "/api/v1/filings/{id}" { GET => filing::record::show }
    "/api/v1/filings/{id}/confirmations" { POST => filing::confirmation::create }
    "/api/v1/filings/{id}/withdrawal" { POST => filing::withdrawal::create }
    "/api/v1/projects/{id}/referral-shares" { GET => filing::shares::read, PUT => filing::shares::update }

    // Awards.
    "/api/v1/awards/compute" { POST => award::compute }
    "/awards/estimates" { GET => award::estimates::page }
    "/api/v1/awards/estimates" { GET => award::estimates::index, POST => award::estimates::compute }
    "/award-notices" { GET => award_notice::page }
    "/api/v1/award-notices" { GET => award_notice::index }
    "/award-applications" { GET => award_application::list::page, POST => award_application::form::submit }
    "/award-applications/overview" { GET => award_application::overview::page }
    "/api/v1/award-applications/overview" { GET => award_application::overview::index }
    "/award-applications/what-if" { GET => award_application::what_if::page }
    "/api/v1/award-applications/what-if" { GET => award_application::what_if::index }
    "/award-applications/new" { GET => award_application::form::new_form }
    "/award-applications/{id}" { GET => award_application::page::show, POST => award_application::form::submit_edit }
    "/award-applications/{id}/edit" { GET => award_application::form::edit_form }
    "/award-applications/{id}/transitions" { GET => award_application::steps::form, POST => award_application::steps::submit }
    "/award-applications/{id}/funding" { GET => award_application::funding::form, POST => award_application::funding::submit }
    "/award-applications/{id}/compliance-review" { GET => award_application::compliance_review::form, POST => award_application::compliance_review::submit }
    "/award-applications/{id}/rulings" { GET => award_application::rulings::form, POST => award_application::rulings::submit }
    "/award-applications/{id}/papers/{paper}.pdf" { GET => award_application::papers::pdf }
    "/award-applications/{id}/papers/{paper}.xlsx" { GET => award_application::papers::xlsx }
    "/award-applications/{id}/archive" { GET => award_application::archive::show }
    "/api/v1/award-applications" { GET => award_application::list::index, POST => award_application::record::create }
    "/api/v1/award-applications/{id}" { GET => award_application::record::show, PATCH => award_application::record::update }
    "/api/v1/award-applications/{id}/transitions" { POST => award_application::steps::create }
    "/api/v1/award-applications/{id}/funding" { PUT => award_application::funding::update }
    "/api/v1/award-applications/{id}/compliance-review" { POST => award_application::compliance_review::create }
    "/api/v1/award-applications/{id}/rulings" { POST => award_application::rulings::create }
    "/api/v1/award-applications/{id}/checklist" { GET => award_application::checklist::index }
    "/api/v1/award-applications/{id}/archive" { GET => award_application::archive::show }
    "/api/v1/award-applications/{id}/papers/{paper}.pdf" { GET => award_application::papers::pdf }
    "/api/v1/award-applications/{id}/papers/{paper}.xlsx" { GET => award_application::papers::xlsx }

    // Papers of records.
    "/attachments" { POST => attachment::page::submit }
    "/attachments/new" { GET => attachment::page::new_form }
    "/attachments/{id}" { GET => attachment::content::page }
    "/attachments/{id}/deletion" { GET => attachment::deletion::form, POST => attachment::deletion::submit }
    "/api/v1/attachments" { GET => attachment::list::index, POST => attachment::record::create }
    "/api/v1/attachments/{id}" { GET => attachment::record::show, DELETE => attachment::record::delete }
    "/api/v1/attachments/{id}/content" { GET => attachment::content::show }

    // The registers that sources are taken from, and reference data.
    "/chambers" { GET => chamber::list::page, POST => chamber::form::submit }
    "/chambers/export" { GET => chamber::export::form, POST => chamber::export::submit }
    "/chambers/new" { GET => chamber::form::new_form }
    "/chambers/comparison" { GET => evidence::comparison::page }
    "/chambers/weights" { GET => evidence::weights::page, POST => evidence::weights::submit }
    "/chambers/{id}/evidence.pdf" { GET => evidence::papers::pdf }
    "/chambers/{id}/evidence.xlsx" { GET => evidence::papers::xlsx }
    "/chambers/{id}/evidence" { GET => evidence::sheet::page }
    "/chambers/{id}/evidence/confirmation" { POST => evidence::confirmation::submit }
    "/chambers/{id}/evidence/revocation" { POST => evidence::confirmation::submit_revocation }
    "/chambers/{id}/evidence/{figure}" { GET => evidence::rows::page }
    "/chambers/{id}" { GET => chamber::record::page, POST => chamber::form::submit_edit }
    "/chambers/{id}/edit" { GET => chamber::form::edit_form }
    "/chambers/{id}/merger" { GET => chamber::merger::form, POST => chamber::merger::submit }
    "/chambers/{id}/deletion" { GET => chamber::deletion::form, POST => chamber::deletion::submit }
    "/chambers/{id}/disclosures" { GET => chamber::disclosure::form, POST => chamber::disclosure::submit }
    "/chambers/{id}/entries" { POST => chamber::entry_form::submit }
    "/chambers/{id}/entries/new" { GET => chamber::entry_form::new_form }
    "/chambers/{id}/entries/{entry}" { GET => chamber::entry_page::page, POST => chamber::entry_form::submit_edit }
    "/chambers/{id}/entries/{entry}/edit" { GET => chamber::entry_form::edit_form }
    "/chambers/{id}/entries/{entry}/removal" { GET => chamber::entry_page::removal, POST => chamber::entry_page::submit_removal }
    "/chambers/{id}/entries/{entry}/disclosures" { GET => chamber::disclosure::entry_form, POST => chamber::disclosure::submit_of_entry }
    "/api/v1/chambers" { GET => chamber::list::index, POST => chamber::record::create }
    "/api/v1/chambers/comparison" { GET => evidence::comparison::index }
    "/api/v1/chambers/weights" { GET => evidence::weights::read, PUT => evidence::weights::update }
    "/api/v1/chambers/{id}/evidence.pdf" { GET => evidence::papers::pdf }
    "/api/v1/chambers/{id}/evidence.xlsx" { GET => evidence::papers::xlsx }
    "/api/v1/chambers/{id}/evidence" { GET => evidence::sheet::read }
    "/api/v1/chambers/{id}/evidence/confirmation" { POST => evidence::confirmation::create }
    "/api/v1/chambers/{id}/evidence/revocation" { POST => evidence::confirmation::revoke }
    "/api/v1/chambers/{id}/evidence/{figure}" { GET => evidence::rows::index }
    "/api/v1/chambers/export" { GET => chamber::export::show }
    "/api/v1/chambers/{id}" { GET => chamber::record::show, PATCH => chamber::record::update, DELETE => chamber::record::delete }
    "/api/v1/chambers/{id}/merger" { POST => chamber::merger::create }
    "/api/v1/chambers/{id}/disclosures" { POST => chamber::disclosure::create }
    "/api/v1/chambers/{id}/entries" { GET => chamber::entries::index, POST => chamber::entries::create }
    "/api/v1/chambers/{id}/entries/{entry}" { PATCH => chamber::entries::update, DELETE => chamber::entries::delete }
    "/api/v1/chambers/{id}/entries/{entry}/disclosures" { POST => chamber::disclosure::create_of_entry }
    "/events" { GET => event::list::page, POST => event::form::submit }
    "/events/new" { GET => event::form::new_form }
    "/events/{id}" { GET => event::page::page, POST => event::form::submit_edit }
    "/events/{id}/edit" { GET => event::form::edit_form }
    "/events/{id}/deletion" { GET => event::deletion::form, POST => event::deletion::submit }
    "/events/{id}/qr-code" { GET => event::qr_code::page }
    "/events/{id}/check-in-key" { POST => event::qr_code::submit }
    "/events/{id}/attendees" { POST => event::attendees::submit }
    "/events/{id}/attendees/new" { GET => event::attendees::new_form }
    "/events/{id}/attendees/{attendee}/removal" { GET => event::removal::form, POST => event::removal::submit }
    "/events/{id}/attendees/{attendee}/attendance" { POST => event::attendance::submit }
    "/check-in/{secret}" { GET => event::check_in::show, POST => event::check_in::submit }
    "/api/v1/events" { GET => event::list::index, POST => event::record::create }
    "/api/v1/events/{id}" { GET => event::record::show, PATCH => event::record::update, DELETE => event::record::delete }
    "/api/v1/events/{id}/check-in-key" { POST => event::qr_code::create }
    "/api/v1/events/{id}/attendees" { GET => event::attendees::index, POST => event::attendees::create }
    "/api/v1/events/{id}/attendees/{attendee}" { DELETE => event::removal::delete }
    "/api/v1/events/{id}/attendees/{attendee}/attendance" { POST => event::attendance::create, DELETE => event::attendance::delete }
    "/recommendations" { GET => recommendation::list::page, POST => recommendation::form::submit }
    "/recommendations/new" { GET => recommendation::form::new_form }
    "/recommendations/{id}" { GET => recommendation::record::page, POST => recommendation::form::submit_edit }
    "/recommendations/{id}/edit" { GET => recommendation::form::edit_form }
    "/recommendations/{id}/deletion" { GET => recommendation::deletion::form, POST => recommendation::deletion::submit }
    "/api/v1/recommendations" { GET => recommendation::list::index, POST => recommendation::record::create }
    "/api/v1/recommendations/{id}" { GET => recommendation::record::show, PATCH => recommendation::record::update, DELETE => recommendation::record::delete }
    "/notices" { GET => notice::list::page, POST => notice::form::submit }
    "/notices/new" { GET => notice::form::new_form }
    "/notices/{id}" { GET => notice::record::page, POST => notice::form::submit_edit }
    "/notices/{id}/edit" { GET => notice::form::edit_form }
    "/notices/{id}/retraction" { GET => notice::retraction::form, POST => notice::retraction::submit }
    "/notices/{id}/reading" { GET => notice::reading::page, POST => notice::reading::submit }
    "/api/v1/notices" { GET => notice::list::index, POST => notice::record::create }
    "/api/v1/notices/{id}" { GET => notice::record::show, PATCH => notice::record::update, DELETE => notice::retraction::delete }
    "/api/v1/notices/{id}/reading" { GET => notice::reading::index, POST => notice::reading::create }
    "/teams" { GET => team::list::page, POST => team::form::submit }
    "/teams/new" { GET => team::form::new_form }
    "/teams/{id}" { GET => team::record::page, POST => team::form::submit_edit }
    "/teams/{id}/edit" { GET => team::form::edit_form }
    "/teams/{id}/deletion" { GET => team::deletion::form, POST => team::deletion::submit }
    "/teams/{id}/members" { POST => team::member_form::submit }
    "/teams/{id}/members/new" { GET => team::member_form::new_form }
    "/teams/{id}/members/{member}" { GET => team::member_form::edit_form, POST => team::member_form::submit_edit }
    "/teams/{id}/members/{member}/removal" { POST => team::member_form::remove }
    "/teams/{id}/trips" { POST => team::trip_form::submit }
    "/teams/{id}/trips/new" { GET => team::trip_form::new_form }
    "/teams/{id}/trips/{trip}" { GET => team::trip_form::edit_form, POST => team::trip_form::submit_edit }
    "/teams/{id}/trips/{trip}/removal" { POST => team::trip_form::remove }
    "/api/v1/teams" { GET => team::list::index, POST => team::record::create }
    "/api/v1/teams/{id}" { GET => team::record::show, PATCH => team::record::update, DELETE => team::record::delete }
    "/api/v1/teams/{id}/members" { GET => team::members::index, POST => team::members::create }
    "/api/v1/teams/{id}/members/{member}" { PATCH => team::members::update, DELETE => team::members::delete }
    "/api/v1/teams/{id}/trips" { GET => team::trips::index, POST => team::trips::create }
    "/api/v1/teams/{id}/trips/{trip}" { PATCH => team::trips::update, DELETE => team::trips::delete }
    "/townsmen" { GET => townsman::list::page, POST => townsman::form::submit }
    "/townsmen/new" { GET => townsman::form::new_form }
    "/townsmen/{id}" { GET => townsman::record::page, POST => townsman::form::submit_edit }
    "/townsmen/{id}/edit" { GET => townsman::form::edit_form }
    "/townsmen/{id}/review" { GET => townsman::review::form, POST => townsman::review::submit }
    "/townsmen/{id}/removal" { GET => townsman::removal::form, POST => townsman::removal::submit }
    "/api/v1/townsmen" { GET => townsman::list::index, POST => townsman::record::create }
    "/api/v1/townsmen/{id}" { GET => townsman::record::show, PATCH => townsman::record::update }
    "/api/v1/townsmen/{id}/review" { POST => townsman::review::create }
    "/api/v1/townsmen/{id}/removal" { POST => townsman::removal::create }
    "/referrers" { GET => referrer::list::page, POST => referrer::form::submit }
    "/referrers/new" { GET => referrer::form::new_form }
    "/referrers/{id}" { GET => referrer::show::page, POST => referrer::form::submit_edit }
    "/referrers/{id}/edit" { GET => referrer::form::edit_form }
    "/referrers/{id}/merger" { GET => referrer::merger::form, POST => referrer::merger::submit }
    "/referrers/{id}/deletion" { GET => referrer::deletion::form, POST => referrer::deletion::submit }
    "/referrers/{id}/disclosures" { GET => referrer::disclosure::form, POST => referrer::disclosure::submit }
    "/referrers/{id}/members" { POST => referrer::members::submit }
    "/referrers/{id}/members/new" { GET => referrer::members::new_form }
    "/referrers/{id}/members/{member}" { GET => referrer::members::edit_form, POST => referrer::members::submit_edit }
    "/referrers/{id}/members/{member}/disclosures" { GET => referrer::disclosure::member_form, POST => referrer::disclosure::submit_of_member }
    "/api/v1/referrers" { GET => referrer::list::index, POST => referrer::record::create }
    "/api/v1/referrers/{id}" { GET => referrer::record::show, PATCH => referrer::record::update, DELETE => referrer::record::delete }
    "/api/v1/referrers/{id}/merger" { POST => referrer::merger::create }
    "/api/v1/referrers/{id}/disclosures" { POST => referrer::disclosure::create }
    "/api/v1/referrers/{id}/members" { GET => referrer::members::index, POST => referrer::members::create }
    "/api/v1/referrers/{id}/members/{member}" { PATCH => referrer::members::update }
    "/api/v1/referrers/{id}/members/{member}/disclosures" { POST => referrer::disclosure::create_of_member }
    "/api/v1/regions" { GET => reference::regions }
    "/api/v1/parks" { GET => reference::parks }
    "/api/v1/industries" { GET => reference::industries }
    "/api/v1/units" { GET => reference::units }

    // What the API is.
    "/api" { GET => api::page }
    "/api/v1/openapi.json" { GET => api::document }

    // What watches the server, and the files of the pages.
    "/healthz" { GET => health::healthz }
    "/readyz" { GET => health::readyz }
    "/metrics" { GET => health::metrics }
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
