//! `GET /duplicates`: is this investor already here?

use crate::accounts::{Actor, Role};
use crate::app::{App, Tools};
use crate::audit::{self, Act, Differences};
use crate::clock;
use crate::companies::uscc::Uscc;
use crate::db::AnyConn;
use crate::duplicates::own::own_lead;
use crate::duplicates::queries::{self, Question};
use crate::duplicates::{AlreadyRegistered, Duplicate};
use crate::error::AppError;
use crate::leads::forms::normal_phone;
use crate::leads::model::DuplicateReason;
use crate::web::i18n::Message;
use crate::web::params::Params;
use crate::web::problem::Known;
use crate::web::roles::DuplicateAsker;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::Data;
use chrono::Duration;
use serde::Serialize;
use utoipa::ToSchema;

/// Questions that a liaison may ask in an hour.
const LIAISON_HOURLY: i64 = 20;

/// Reasons that a liaison is told: the same code, company or phone.
const SURE: &[DuplicateReason] = &[DuplicateReason::Uscc, DuplicateReason::Name, DuplicateReason::Phone];

/// What may be asked.
pub const PARAMETERS: &[&str] = &["investor_name", "uscc", "phone", "contact_name"];

/// What is already here.
#[derive(Debug, Serialize, ToSchema)]
pub struct Duplicates {
    /// To a liaison only that it is, and when the bureau answers; or which lead of his own chamber.
    pub items: Vec<Known>,
}

/// `GET /api/v1/duplicates?investor_name=&uscc=&phone=`
pub async fn show(
    asker: DuplicateAsker,
    visit: Visit,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(PARAMETERS)?;
    let question = read(&params)?;
    let actor = asker.0;
    let is_liaison = actor.role == Role::ChamberLiaison;
    let (found, own) = app
        .write(&actor.clone(), move |app, conn| {
            let found = ask(conn, app.tools(), &actor, &question)?;
            let own = own_lead(conn, &actor, &found)?;
            Ok((found, own))
        })
        .await?;
    let items: Vec<Known> = if is_liaison {
        let due = app.reference.calendar().add(clock::today(), crate::leads::promise::PROMISED_WORKING_DAYS);
        let told = |found: Duplicate| {
            let own = own.as_ref().filter(|own| found.lead_id.as_ref() == Some(&own.id));
            let said = match own {
                Some(own) => Message::new("report-known").text("code", own.code.clone()),
                None => Message::new("duplicate-registered").text("date", due.to_string()),
            };
            let text = app.views.i18n().say(visit.lang, &said);
            AlreadyRegistered { reason: found.reason, text, lead_id: own.map(|own| own.id.clone()) }
        };
        found.into_iter().map(|duplicate| Known::Registered(told(duplicate))).collect()
    } else {
        found.into_iter().map(Known::Duplicate).collect()
    };
    Ok(HttpResponse::Ok().json(Duplicates { items }))
}

/// Asks, and writes down who asked what: a liaison at most so often.
pub fn ask(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    question: &Question,
) -> Result<Vec<Duplicate>, AppError> {
    if actor.role == Role::ChamberLiaison {
        let since = clock::now() - Duration::hours(1);
        if audit::queries::count_since(conn, &actor.user_id, "duplicate.ask", since)? >= LIAISON_HOURLY {
            return Err(AppError::TooManyRequests { seconds: 3600, code: "too-many-questions" });
        }
    }
    let mut found = queries::all(conn, tools, actor, question)?;
    if actor.role == Role::ChamberLiaison {
        // Names that are only alike and people's names would tell him of investors that he does not know;
        // how many leads there are is not his to hear either.
        found.retain(|duplicate| SURE.contains(&duplicate.reason));
        found.dedup_by(|other, kept| {
            let alike = other.reason == kept.reason;
            if alike && kept.lead_id.is_none() {
                // Of several, his own is the one that he may hear more of.
                std::mem::swap(other, kept);
            }
            alike
        });
    }
    // The phone itself stays out of the trail.
    let differences = Differences::default()
        .set("investor_name", &question.investor_name)
        .set("uscc", &question.uscc.as_ref().map(Uscc::as_str))
        .set("by_phone", &question.phone.is_some())
        .set("found", &found.len());
    audit::record(
        conn,
        actor,
        Act { action: "duplicate.ask", subject_kind: "duplicate", subject_id: "", differences, reason: None },
    )?;
    Ok(found)
}

/// The question that the parameters ask; 400 that names what cannot be asked.
pub fn read(params: &Params) -> Result<Question, AppError> {
    let uscc = params
        .text("uscc")
        .map(|text| Uscc::parse(text).map_err(|_| AppError::bad_request("uscc", "uscc-check")))
        .transpose()?;
    let phone = params
        .text("phone")
        .map(|text| normal_phone(text).ok_or_else(|| AppError::bad_request("phone", "not-a-phone")))
        .transpose()?;
    let question = Question {
        investor_name: params.text("investor_name").map(str::to_owned),
        contact_name: params.text("contact_name").map(str::to_owned),
        uscc,
        phone,
        except: None,
    };
    let nothing = question.investor_name.is_none()
        && question.uscc.is_none()
        && question.phone.is_none()
        && question.contact_name.is_none();
    if nothing {
        return Err(AppError::bad_request("investor_name", "required"));
    }
    Ok(question)
}
