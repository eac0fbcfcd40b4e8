//! The role that a handler needs stands in its signature: each of these types is an actor who may come in.

use crate::accounts::policy as accounts;
use crate::accounts::{Actor, Role};
use crate::attachments::policy as attachments;
use crate::attributions::policy as attributions;
use crate::award_applications::policy as award_applications;
use crate::awards::policy as awards;
use crate::chambers::policy as chambers;
use crate::claims::policy as claims;
use crate::error::AppError;
use crate::events::policy as events;
use crate::filings::policy as filings;
use crate::leads::policy as leads;
use crate::notices::policy as notices;
use crate::policies::policy as policies;
use crate::projects::policy as projects;
use crate::recommendations::policy as recommendations;
use crate::referrers::policy as referrers;
use crate::teams::policy as teams;
use crate::townsmen::policy as townsmen;
use crate::web::visit::Visit;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use std::future::{Ready, ready};
use std::ops::Deref;

/// Declares an extractor that lets in actors whose role passes a test; others get 403, nobody 401.
macro_rules! actor_types {
    ($($(#[$meta:meta])* $name:ident: $test:expr;)+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone)]
        pub struct $name(pub Actor);

        impl Deref for $name {
            type Target = Actor;

            fn deref(&self) -> &Actor {
                &self.0
            }
        }

        impl FromRequest for $name {
            type Error = AppError;
            type Future = Ready<Result<Self, AppError>>;

            fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
                let test: fn(Role) -> bool = $test;
                ready(admit(req, test).map($name))
            }
        }
    )+};
}

actor_types! {
    /// Anybody signed in.
    SignedIn: |_| true;
    /// Users and settings.
    Administrator: accounts::keeps_users;
    /// Sees who is a user here.
    UserReader: accounts::reads_users;
    /// Reads the trail: the auditor all of it, the administrator its technical part.
    TrailReader: accounts::reads_trail;
    /// Knows leads at all, and so may come to the address of one, whatever for: whether it exists for him is found
    /// out first (404), what he may do with it then (403).
    LeadReader: leads::uses_leads;
    LeadCreator: leads::creates;
    /// Works leads; for what is no single lead, such as imports.
    LeadEditor: leads::edits;
    /// Asks whether an investor is already registered.
    DuplicateAsker: leads::creates;
    LeadExporter: leads::exports;
    /// Knows projects, and so may come to the address of one, as `LeadReader` to that of a lead.
    ProjectReader: projects::reads;
    /// Enters projects.
    ProjectEditor: projects::edits;
    ProjectExporter: projects::exports;
    /// Knows papers of records, and so may come to the address of one, as `LeadReader` to that of a lead.
    AttachmentReader: attachments::uses;
    QuotaReader: projects::reads_quota;
    AboutToReader: projects::reads_about_to;
    PolicyReader: policies::reads;
    /// Proposes to load and extend policy versions.
    PolicyKeeper: policies::keeps;
    /// Decides about what somebody else proposed.
    PolicyDecider: policies::decides;
    /// Knows the register, and so may come to the address of one chamber, as `LeadReader` to that of a lead.
    ChamberReader: chambers::reads;
    /// Adds to the register.
    ChamberEditor: chambers::keeps;
    /// Sees chambers side by side.
    ChamberComparer: chambers::compares;
    EvidenceConfirmer: chambers::confirms_evidence;
    EvidenceWeigher: chambers::weighs_evidence;
    ChamberExporter: chambers::exports;
    /// Reads later claims: a liaison his chamber's own.
    ClaimReader: claims::reads;
    ClaimAnswerer: claims::answers;
    /// To whom changes of attribution wait, and so may come to the address of one, as `LeadReader` to that of a lead.
    AttributionReader: attributions::reads_changes;
    /// Has the plan's awards computed.
    AwardComputer: awards::computes;
    /// Knows applications for awards, and so may come to the address of one, as `LeadReader` to that of a lead.
    AwardApplicationReader: award_applications::reads;
    /// Reads what they come to.
    AwardAmountReader: award_applications::reads_amounts;
    /// Drafts them.
    AwardDrafter: award_applications::drafts;
    ReferrerReader: referrers::reads;
    ReferrerEditor: referrers::keeps;
    /// Knows recommendations to banks, and so may come to the address of one, as `LeadReader` to that of a lead.
    RecommendationReader: recommendations::reads;
    /// Adds them.
    RecommendationKeeper: recommendations::keeps;
    /// Knows events, and so may come to the address of one, as `LeadReader` to that of a lead.
    EventReader: events::reads;
    /// Adds them.
    EventKeeper: events::keeps;
    /// Knows notices, and so may come to the address of one, as `LeadReader` to that of a lead.
    NoticeReader: notices::reads;
    /// Writes them.
    NoticeKeeper: notices::keeps;
    /// Knows teams, and so may come to the address of one, as `LeadReader` to that of a lead.
    TeamReader: teams::reads;
    /// Adds them.
    TeamKeeper: teams::keeps;
    /// Knows townsmen, and so may come to the address of one, as `LeadReader` to that of a lead.
    TownsmanReader: townsmen::reads;
    /// Lists them.
    TownsmanKeeper: townsmen::keeps;
    /// Knows filings, and so may come to the address of one, as `LeadReader` to that of a lead.
    FilingReader: filings::reads;
    /// Puts filings on record.
    FilingEditor: filings::files;
}

fn admit(req: &HttpRequest, test: fn(Role) -> bool) -> Result<Actor, AppError> {
    let extensions = req.extensions();
    let actor =
        extensions.get::<Visit>().and_then(|visit| visit.actor.clone()).ok_or(AppError::Unauthorized)?;
    if test(actor.role) { Ok(actor) } else { Err(AppError::Forbidden("role")) }
}
