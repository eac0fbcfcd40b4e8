//! `/leads/new`, `POST /leads`, `/leads/{id}/edit`, `POST /leads/{id}`: registering and editing by a form.

use super::entry::{Start, at_fields};
use super::{Registered, conflict, refuse_new_duplicates, report};
use crate::accounts::{Actor, Role};
use crate::app::App;
use crate::contacts;
use crate::contacts::model::PersonalField;
use crate::db::AnyConn;
use crate::duplicates::Duplicate;
use crate::error::{AppError, FieldErrors};
use crate::leads::editing::edit;
use crate::leads::handlers::load_editable;
use crate::leads::handlers::small_page::{Reader, head, returned};
use crate::leads::model::{SourceKind, Stage};
use crate::leads::pages::{ClassGroup, Form as FormPage, Likeness, Link, ParkGroup};
use crate::leads::policy;
use crate::leads::queries::{self, Known};
use crate::reference::{Industry, IndustryClass, Reference, Region, RegionKind};
use crate::web::filled::{Choice, Filled};
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::params::Params;
use crate::web::roles::{LeadCreator, LeadReader};
use crate::web::visit::Visit;
use crate::{chambers, events, referrers};
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, HttpResponseBuilder};

/// `GET /leads/new`; what the duplicate check was asked, or the event that the lead came of, stands in it already.
pub async fn new_form(
    creator: LeadCreator,
    visit: Visit,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(&["investor_name", "uscc", "source_kind", "source_event"])?;
    let filled = params.iter().fold(Filled::new(), |filled, (name, value)| filled.value(name, value));
    shown(&app, &visit, creator.0, None, filled, Vec::new(), StatusCode::OK).await
}

/// `POST /leads`
pub async fn submit(
    creator: LeadCreator,
    visit: Visit,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (actor, typed) = (creator.0.clone(), form.clone());
    let done = app
        .write(&creator, move |app, conn| {
            let body = Start::default().read(conn, app, &actor, &typed)?;
            super::report(conn, app.tools(), &actor, body)
        })
        .await;
    match done.map_err(at_fields) {
        Ok(Registered::Lead(lead)) => {
            let told = match creator.role {
                Role::ChamberLiaison => Message::new("lead-reported")
                    .text("code", lead.code)
                    .text("date", lead.promised_on.to_string()),
                _ => Message::new("lead-registered"),
            };
            Ok(flash::redirect(format!("/leads/{}", lead.id), told))
        }
        Ok(Registered::LaterClaim(_, due)) => {
            let message = Message::new("duplicate-registered").text("date", due.to_string());
            Ok(flash::redirect("/claims", message))
        }
        Ok(Registered::Own(own)) => {
            let filled = form.filled(&FieldErrors::default());
            let known = Link { href: format!("/leads/{}", own.id), label: own.code };
            report::shown(&app, &visit, filled, Some(known), StatusCode::CONFLICT)
        }
        Err(AppError::Duplicates(found)) => {
            shown(&app, &visit, creator.0, None, asked_why(&form), found, StatusCode::CONFLICT).await
        }
        Err(error) => {
            let (filled, status) = returned(&form, error)?;
            shown(&app, &visit, creator.0, None, filled, Vec::new(), status).await
        }
    }
}

/// `GET /leads/{id}/edit`
pub async fn edit_form(
    reader: LeadReader,
    id: Path<String>,
    visit: Visit,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (actor, lead) = (reader.0.clone(), id.clone());
    let filled = app
        .read(move |app, conn| {
            let known = load_editable(conn, &actor, &lead)?;
            Ok(Start::of(conn, app, &actor, &known)?.filled())
        })
        .await?;
    shown(&app, &visit, reader.0, Some(id.into_inner()), filled, Vec::new(), StatusCode::OK).await
}

/// `POST /leads/{id}`. When somebody saved meanwhile, both versions come back, field by field.
pub async fn submit_edit(
    reader: LeadReader,
    id: Path<String>,
    visit: Visit,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let id = id.into_inner();
    let (actor, lead, typed) = (reader.0.clone(), id.clone(), form.clone());
    let done = app
        .write(&reader, move |app, conn| {
            let known = load_editable(conn, &actor, &lead)?;
            typed.version().require(known.lead.version)?;
            let start = Start::of(conn, app, &actor, &known)?;
            let body = start.read(conn, app, &actor, &typed)?;
            let input = start.check(app, &actor, body)?;
            let reason = &input.duplicate_reason;
            if reason.is_none() || *reason == known.lead.duplicate_reason {
                refuse_new_duplicates(conn, app.tools(), &actor, &known, &input)?;
            }
            edit(conn, app.tools(), &actor, known, input)
        })
        .await;
    match done.map_err(at_fields) {
        Ok(lead) => Ok(flash::redirect(format!("/leads/{}", lead.id), Message::new("lead-saved"))),
        Err(AppError::Stale { .. }) => conflict::page(&app, &visit, reader.0, id, form).await,
        Err(AppError::Duplicates(found)) => {
            shown(&app, &visit, reader.0, Some(id), asked_why(&form), found, StatusCode::CONFLICT).await
        }
        Err(error) => {
            let (filled, status) = returned(&form, error)?;
            shown(&app, &visit, reader.0, Some(id), filled, Vec::new(), status).await
        }
    }
}

/// The form as it comes back when the investor is already here.
fn asked_why(form: &Form) -> Filled {
    let filled = form.filled(&FieldErrors::default());
    if form.is_checked("nevertheless") {
        return filled.error("duplicate_reason", Message::new("fault-duplicate-reason-required"));
    }
    filled
}

async fn shown(
    app: &App,
    visit: &Visit,
    actor: Actor,
    id: Option<String>,
    filled: Filled,
    duplicates: Vec<Duplicate>,
    status: StatusCode,
) -> Result<HttpResponse, AppError> {
    if actor.role == Role::ChamberLiaison {
        return report::shown(app, visit, filled, None, status);
    }
    let reader = Reader { actor, lang: visit.lang };
    let page = app
        .read(move |app, conn| {
            let known = id.map(|id| load_editable(conn, &reader.actor, &id)).transpose()?;
            let duplicates = likenesses(conn, &reader, duplicates)?;
            form_page(conn, app, &reader, known, filled, duplicates)
        })
        .await?;
    visit.page_with(app, &page, HttpResponseBuilder::new(status))
}

/// Leads of the same investor, with the way to those that the reader sees.
pub fn likenesses(
    conn: &mut AnyConn,
    reader: &Reader,
    found: Vec<Duplicate>,
) -> Result<Vec<Likeness>, AppError> {
    let mut likenesses = Vec::with_capacity(found.len());
    for duplicate in found {
        let lead = match &duplicate.lead_id {
            Some(id) => queries::find(conn, &reader.actor, id)?,
            None => None,
        };
        likenesses.push(Likeness {
            reason: duplicate.reason.to_string(),
            unit: duplicate.unit,
            since: duplicate.since,
            lead: lead.map(|known| Link {
                href: format!("/leads/{}", known.lead.id),
                label: format!("{} {}", known.lead.code, known.lead.title),
            }),
        });
    }
    Ok(likenesses)
}

/// The form with all that can be chosen in it.
fn form_page(
    conn: &mut AnyConn,
    app: &App,
    reader: &Reader,
    known: Option<Known>,
    filled: Filled,
    duplicates: Vec<Likeness>,
) -> Result<FormPage, AppError> {
    let (reference, lang, actor) = (&app.reference, reader.lang.code(), &reader.actor);
    let counties: Vec<_> = reference
        .counties()
        .iter()
        // A county registers for itself; it may hand a lead on to any other.
        .filter(|county| known.is_some() || policy::may_create_in(actor, &county.code))
        .collect();
    let value = |field: &str| filled.values.get(field).cloned().unwrap_or_default();
    let industry = value("industry");
    let text = format!("{} {}", value("title"), value("content"));
    let suggested = reference.classes_for(&text, Some(industry.as_str()).filter(|code| !code.is_empty()));
    let contact_kept = match &known {
        Some(known) => match contacts::queries::of_lead(conn, &known.lead.id)? {
            Some(contact) => {
                let phone = contact.reveal(PersonalField::Phone, &app.keys)?;
                phone.map(|phone| contacts::model::mask_phone(&phone))
            }
            None => None,
        },
        None => None,
    };
    let names = |choices: Vec<(crate::db::Id, String)>| choices.into_iter().map(|(_, name)| name).collect();
    let starts = known.is_none() && policy::sets_start(actor.role);
    Ok(FormPage {
        parks: park_groups(reference, &counties, lang),
        counties: counties.iter().map(|county| Choice::named(&county.code, county.name(lang))).collect(),
        industries: reference
            .industries()
            .iter()
            .map(|industry| Choice::named(&industry.code, industry.name(lang)))
            .collect(),
        classes: class_groups(reference, lang),
        suggested: suggested.into_iter().map(|class| class_choice(class, lang)).collect(),
        sources: SourceKind::ALL.iter().map(|kind| Choice::code(kind.as_str())).collect(),
        chambers: names(chambers::queries::choices(conn)?),
        referrers: names(referrers::queries::choices(conn)?),
        enterprises: queries::enterprises(conn, actor)?,
        events: events::handlers::choices(conn, &value("source_event"))?,
        origins: origin_names(reference, lang),
        stages: if starts {
            Stage::ALL.iter().map(|stage| Choice::code(stage.as_str())).collect()
        } else {
            Vec::new()
        },
        contact_kept,
        duplicates,
        lead: known.as_ref().map(|known| head(&known.lead)),
        form: filled,
    })
}

/// The parks of these counties.
pub fn park_groups(reference: &Reference, counties: &[&Region], lang: &str) -> Vec<ParkGroup> {
    let group = |county: &&Region| ParkGroup {
        county: county.code.clone(),
        name: county.name(lang).to_owned(),
        parks: reference
            .parks_of(&county.code)
            .map(|park| Choice::named(&park.id, park.name(lang)))
            .collect(),
    };
    counties.iter().map(group).collect()
}

/// All classes, by industry.
pub fn class_groups(reference: &Reference, lang: &str) -> Vec<ClassGroup> {
    let group = |industry: &Industry| ClassGroup {
        industry: industry.code.clone(),
        name: industry.name(lang).to_owned(),
        classes: industry.classes.iter().map(|class| class_choice(class, lang)).collect(),
    };
    reference.industries().iter().map(group).collect()
}

/// A class as `2452 塑胶玩具制造`.
pub fn class_choice(class: &IndustryClass, lang: &str) -> Choice {
    Choice::named(&class.code, format!("{} {}", class.code, class.name(lang)))
}

/// Places and countries for typing ahead.
pub fn origin_names(reference: &Reference, lang: &str) -> Vec<String> {
    let kinds = [RegionKind::Province, RegionKind::Prefecture, RegionKind::Country];
    let of_kind = |kind| reference.regions().iter().filter(move |region| region.kind == kind);
    kinds.into_iter().flat_map(of_kind).map(|region| region.name(lang).to_owned()).collect()
}
