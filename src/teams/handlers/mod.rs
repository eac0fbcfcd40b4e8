//! HTTP of teams, one resource a file: HTML and JSON of the same resource side by side.

pub mod deletion;
pub mod form;
pub mod list;
pub mod member_form;
pub mod members;
pub mod record;
pub mod trip_form;
pub mod trips;

use crate::app::App;
use crate::clock;
use crate::filings::shares::percent;
use crate::registers::places;
use crate::teams::model::TeamMember;
use crate::teams::pages::{MemberRow, Row, Steadiness, TripRow};
use crate::teams::view::{TeamView, TripView};
use crate::web::i18n::Lang;
use crate::web::precondition::etag;
use actix_web::HttpResponse;

fn ok(shown: &TeamView) -> HttpResponse {
    HttpResponse::Ok().insert_header(etag(shown.version)).json(shown)
}

/// A team as pages show it.
fn row(app: &App, lang: Lang, shown: &TeamView) -> Row {
    let stability = shown.stability;
    Row {
        id: shown.id.to_string(),
        code: shown.code.clone(),
        name: shown.name.clone(),
        kind: shown.kind.to_string(),
        county: shown.county.as_ref().map(|code| app.reference.region_name(code, lang.code()).to_owned()),
        leader: shown.leader.clone(),
        members: shown.members,
        stability: Steadiness {
            word: stability.word.to_string(),
            months: app.reference.team_terms().months,
            began: stability.began,
            stayed: stability.stayed,
            share: stability.share_bp.map(percent).unwrap_or_default(),
            days_since_change: stability.days_since_change,
        },
        trips: shown.trips,
        last_trip_on: shown.last_trip_on,
    }
}

/// A member as pages show him.
fn member_row(member: &TeamMember) -> MemberRow {
    MemberRow {
        id: member.id.to_string(),
        name: member.name.clone(),
        post: member.post.clone(),
        from_on: member.from_on,
        to_on: member.to_on,
        has_left: member.to_on.is_some_and(|to| to < clock::today()),
    }
}

/// A trip as pages show it.
fn trip_row(app: &App, lang: Lang, shown: TripView) -> TripRow {
    let leads =
        shown.leads.into_iter().map(|lead| (lead.id.to_string(), format!("{} {}", lead.code, lead.title)));
    TripRow {
        id: shown.id.to_string(),
        kind: shown.kind.to_string(),
        from_on: shown.from_on,
        to_on: shown.to_on,
        region: places::name_of(&app.reference, &shown.region, lang.code()),
        purpose: shown.purpose,
        people: shown.people,
        result: shown.result,
        leads: leads.collect(),
    }
}
