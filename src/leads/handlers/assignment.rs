//! `/leads/{id}/assignment`: whose lead it is: county, officer, county leader.

use super::small_page::{Reader, head, show, submit as submit_small};
use super::{load_editable, ok};
use crate::accounts::queries::users;
use crate::accounts::{Actor, Role, User};
use crate::app::{App, Tools};
use crate::audit::Differences;
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::{AppError, FieldErrors};
use crate::leads::editing::save;
use crate::leads::model::{Assignment, Lead};
use crate::leads::pages::Assignment as AssignmentPage;
use crate::leads::queries::{self, Known};
use crate::leads::view;
use crate::web::filled::{Choice, Filled};
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::json::Json;
use crate::web::precondition::IfMatch;
use crate::web::roles::LeadReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;

/// What is to change. A field that is not named stays; null takes the person away.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct LeadAssignment {
    /// A code of `/regions`.
    pub county: Option<String>,
    /// Username or id.
    #[serde(deserialize_with = "named")]
    #[schema(value_type = Option<String>)]
    pub officer: Option<Option<String>>,
    /// Username or id of a county leader.
    #[serde(deserialize_with = "named")]
    #[schema(value_type = Option<String>)]
    pub leader: Option<Option<String>>,
    pub reason: Option<String>,
}

/// Tells null from absent.
fn named<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Option<String>>, D::Error> {
    Option::<String>::deserialize(from).map(Some)
}

/// `POST /api/v1/leads/{id}/assignment {county?, officer?, leader?, reason?}`
pub async fn create(
    reader: LeadReader,
    id: Path<String>,
    if_match: IfMatch,
    Json(wanted): Json<LeadAssignment>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    let lead = app
        .write(&actor.clone(), move |app, conn| {
            let lead = assign(conn, app.tools(), &actor, &id, if_match, wanted)?;
            let known = queries::find(conn, &actor, &lead.id)?.unwrap_or(Known { lead, uscc: None });
            view::detail(conn, app.tools(), &actor, &known)
        })
        .await?;
    Ok(ok(&lead))
}

/// `GET /leads/{id}/assignment`
pub async fn form(
    reader: LeadReader,
    id: Path<String>,
    visit: Visit,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    show(&app, &visit, reader.0, id.into_inner(), Filled::new(), page).await
}

/// `POST /leads/{id}/assignment`
pub async fn submit(
    reader: LeadReader,
    id: Path<String>,
    visit: Visit,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let done = Message::new("lead-assigned");
    let work = |conn: &mut AnyConn, tools: Tools<'_>, actor: &Actor, id: &str, seen, form: &mut Form| {
        let before = load_editable(conn, actor, id)?.lead;
        let county = form.text("county");
        // A form sends everything: a person that it shows as before was not named anew. He stays, even if his
        // account is disabled by now, and does not go along to another county.
        let named = |field: &str, now: &Option<Id>| {
            let typed = form.text(field);
            let same = typed.as_deref() == now.as_ref().map(Id::as_str);
            (form.is_checked(field) && !same).then_some(typed)
        };
        let wanted = LeadAssignment {
            officer: named("officer", &before.officer_id),
            leader: named("leader", &before.leader_id),
            reason: form.text("reason"),
            county,
        };
        assign(conn, tools, actor, id, seen, wanted)
    };
    submit_small(&app, &visit, reader.0, id.into_inner(), form, done, work, page).await
}

fn page(
    conn: &mut AnyConn,
    app: &App,
    reader: &Reader,
    known: Known,
    mut form: Filled,
) -> Result<AssignmentPage, AppError> {
    let (lead, lang) = (&known.lead, reader.lang.code());
    let id = |id: &Option<Id>| id.as_ref().map(Id::to_string).unwrap_or_default();
    for (field, value) in
        [("county", lead.county.clone()), ("officer", id(&lead.officer_id)), ("leader", id(&lead.leader_id))]
    {
        form.values.entry(field.to_owned()).or_insert(value);
    }
    let bureau = app.views.i18n().say(reader.lang, &Message::new("unit-bureau"));
    let label = |user: &User| {
        let place = user.region.as_deref().map(|code| app.reference.region_name(code, lang));
        Choice::named(user.id.as_str(), format!("{} · {}", user.display_name, place.unwrap_or(&bureau)))
    };
    let roles = [Role::BureauHead, Role::BureauOfficer, Role::CountyOfficer, Role::CountyLeader];
    let mut people = users::active_with_roles(conn, &roles)?;
    // Whoever has it now stays in the list, or the form would take it from him unasked.
    for now in [&lead.officer_id, &lead.leader_id].into_iter().flatten() {
        if people.iter().all(|user| user.id != *now) {
            people.extend(users::find(conn, now)?);
        }
    }
    // Those of the lead's own county come first.
    people.sort_by_key(|user| user.region.as_deref() != Some(lead.county.as_str()));
    let (leaders, officers): (Vec<User>, Vec<User>) =
        people.into_iter().partition(|user| user.role == Role::CountyLeader);
    Ok(AssignmentPage {
        counties: app
            .reference
            .counties()
            .iter()
            .map(|county| Choice::named(&county.code, county.name(lang)))
            .collect(),
        officers: officers.iter().map(label).collect(),
        leaders: leaders.iter().map(label).collect(),
        officer_name: lead.officer_name.clone(),
        leader_name: lead.leader_name.clone(),
        lead: head(lead),
        form,
    })
}

/// Assigns. A lead handed to another county leaves its leader and its county's officer behind, unless the
/// assignment names new ones; the county that handed it on goes on seeing it.
pub fn assign(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    id: &str,
    if_match: IfMatch,
    wanted: LeadAssignment,
) -> Result<Lead, AppError> {
    let before = load_editable(conn, actor, id)?.lead;
    if_match.honour(before.version)?;
    let mut errors = FieldErrors::default();
    let county = wanted.county.unwrap_or_else(|| before.county.clone());
    if !tools.reference.is_county(&county) {
        errors.add("county", "unknown");
    }
    let handed_on = county != before.county;
    let officer = match &wanted.officer {
        Some(Some(name)) => person(conn, name, "officer", &mut errors, |user| officer_fault(user, &county))?,
        Some(None) => None,
        None => kept_officer(conn, &before, handed_on)?,
    };
    let leader = match &wanted.leader {
        Some(Some(name)) => person(conn, name, "leader", &mut errors, |user| leader_fault(user, &county))?,
        Some(None) => None,
        None => before.leader_id.clone().filter(|_| !handed_on),
    };
    errors.into_result()?;
    let reason = wanted.reason.map(|reason| reason.trim().to_owned()).filter(|reason| !reason.is_empty());
    let mut lead = before.clone();
    (lead.county, lead.officer_id, lead.leader_id) = (county, officer, leader);
    if handed_on {
        lead.park = None;
    }
    if lead.officer_id.is_some() {
        lead.officer_name = None;
    }
    if lead.leader_id.is_some() {
        lead.leader_name = None;
    }
    if lead == before {
        return Ok(before);
    }
    queries::insert_assignment(
        conn,
        Assignment {
            id: Id::generate(),
            lead_id: lead.id.clone(),
            from_county: before.county.clone(),
            to_county: lead.county.clone(),
            from_officer_id: before.officer_id.clone(),
            to_officer_id: lead.officer_id.clone(),
            from_leader_id: before.leader_id.clone(),
            to_leader_id: lead.leader_id.clone(),
            reason: reason.clone(),
            by_user: actor.user_id.clone(),
            at: clock::now(),
        },
        true,
    )?;
    let differences = Differences::default()
        .field("county", &before.county, &lead.county)
        .field("officer", &before.officer_id, &lead.officer_id)
        .field("leader", &before.leader_id, &lead.leader_id);
    save(conn, actor, lead, "lead.assign", differences, reason.as_deref())
}

/// A named user, or a fault at the field.
fn person(
    conn: &mut AnyConn,
    name: &str,
    field: &'static str,
    errors: &mut FieldErrors,
    fault: impl Fn(&User) -> Option<&'static str>,
) -> Result<Option<Id>, AppError> {
    let found = match name.parse::<Id>() {
        Ok(id) => users::find(conn, &id)?,
        Err(_) => users::find_by_username(conn, name)?,
    };
    let Some(user) = found.filter(|user| user.active) else {
        errors.add(field, "unknown-user");
        return Ok(None);
    };
    if let Some(code) = fault(&user) {
        errors.add(field, code);
    }
    Ok(Some(user.id))
}

/// Officers are the bureau's, or of the lead's county.
fn officer_fault(user: &User, county: &str) -> Option<&'static str> {
    match user.role {
        role if role.is_bureau() => None,
        Role::CountyOfficer if user.region.as_deref() == Some(county) => None,
        Role::CountyOfficer => Some("user-of-other-county"),
        _ => Some("not-an-officer"),
    }
}

fn leader_fault(user: &User, county: &str) -> Option<&'static str> {
    match user.role {
        Role::CountyLeader if user.region.as_deref() == Some(county) => None,
        Role::CountyLeader => Some("user-of-other-county"),
        _ => Some("not-a-leader"),
    }
}

/// The bureau's officer stays with a lead that changes county; a county's officer does not.
pub(in crate::leads) fn kept_officer(
    conn: &mut AnyConn,
    before: &Lead,
    handed_on: bool,
) -> Result<Option<Id>, AppError> {
    let Some(id) = before.officer_id.clone() else { return Ok(None) };
    if !handed_on {
        return Ok(Some(id));
    }
    Ok(users::find(conn, &id)?.filter(|user| user.role.is_bureau()).map(|user| user.id))
}
