//! Somebody saved the lead while its form was open: both versions field by field, and nothing typed is lost.
//!
//! 1. Each version of a lead has one entry in the trail; the entries after the version that the form was
//!    filled from tell which fields changed since, and what stood there before.
//! 2. A field that only I changed is mine; one that only the other changed is his; one that both changed is
//!    to be chosen.

use super::entry::Start;
use crate::accounts::Actor;
use crate::app::App;
use crate::audit;
use crate::audit::queries::AuditEntry;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::leads::forms::page::{FIELDS, field};
use crate::leads::handlers::load_editable;
use crate::leads::handlers::small_page::{Reader, head};
use crate::leads::model::{Priority, SourceKind};
use crate::leads::pages::{Conflict, ConflictField, Shown};
use crate::money;
use crate::web::form::Form;
use crate::web::precondition::IfMatch;
use crate::web::visit::Visit;
use crate::{chambers, companies, events, referrers};
use actix_web::HttpResponse;
use serde_json::Value;
use std::collections::BTreeMap;

/// 412 with the page of both versions.
pub(super) async fn page(
    app: &App,
    visit: &Visit,
    actor: Actor,
    id: String,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let reader = Reader { actor, lang: visit.lang };
    let page = app.read(move |app, conn| compared(conn, app, &reader, &id, &form)).await?;
    visit.page_with(app, &page, HttpResponse::PreconditionFailed())
}

fn compared(
    conn: &mut AnyConn,
    app: &App,
    reader: &Reader,
    id: &str,
    form: &Form,
) -> Result<Conflict, AppError> {
    let known = load_editable(conn, &reader.actor, id)?;
    let theirs = Start::of(conn, app, &reader.actor, &known)?.filled();
    let seen = match form.version() {
        IfMatch::Version(version) => version,
        IfMatch::Missing | IfMatch::Any | IfMatch::OneOf(_) => known.lead.version,
    };
    let since =
        audit::queries::versions_since(conn, "lead", known.lead.id.as_str(), known.lead.version - seen)?;
    let before = values_before(conn, app, reader, &since)?;
    let mut conflict = Conflict {
        lead: head(&known.lead),
        by: since.first().map(|entry| entry.actor_name.clone()),
        at: since.first().map(|entry| entry.at),
        ..Conflict::default()
    };
    for name in FIELDS.iter().filter(|name| form.is_checked(name)) {
        let mine = form.text(name).unwrap_or_default();
        let now = theirs.values.get(*name).cloned().unwrap_or_default();
        let changed = before.get(*name);
        // A personal field that is left empty stays as it is: nothing to choose.
        let is_silent = is_personal(name) && mine.is_empty();
        let same = same_value(name, &mine, &now) && !(is_personal(name) && changed.is_some());
        match changed {
            Some(was) if !same && !is_silent => conflict.fields.push(ConflictField {
                name: (*name).to_owned(),
                mine: named(conn, app, reader, name, &mine)?,
                theirs: match is_personal(name) {
                    true => Shown::Hidden,
                    false => named(conn, app, reader, name, &now)?,
                },
                keep_mine: was.as_deref().is_none_or(|was| !same_value(name, was, &mine)),
                mine_value: mine,
                theirs_value: now,
            }),
            _ => conflict.kept.push(((*name).to_owned(), mine)),
        }
    }
    Ok(conflict)
}

/// Fields of the form that changed since, with what stood there before; `None` for what is personal.
fn values_before(
    conn: &mut AnyConn,
    app: &App,
    reader: &Reader,
    since: &[AuditEntry],
) -> Result<BTreeMap<String, Option<String>>, AppError> {
    let mut before = BTreeMap::new();
    // The latest first, so that the earliest entry of a field has the last word.
    for entry in since {
        let Value::Object(differences) = &entry.differences.0 else { continue };
        for (name, change) in differences {
            let from = change.get("from").unwrap_or(&Value::Null);
            let name = field(name);
            let was = if is_personal(name) { None } else { Some(typed(conn, app, reader, name, from)?) };
            before.insert(name.to_owned(), was);
        }
    }
    Ok(before)
}

/// A value of the trail as the form would show it.
fn typed(
    conn: &mut AnyConn,
    app: &App,
    reader: &Reader,
    name: &str,
    value: &Value,
) -> Result<String, AppError> {
    let text = match value {
        Value::Null => return Ok(String::new()),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    Ok(match name {
        "total_investment" | "fixed_investment" => value.as_i64().map(money::wan_text).unwrap_or_default(),
        "land_mu" | "factory_m2" => value.as_f64().map(|figure| figure.to_string()).unwrap_or_default(),
        "origin" => app.reference.origin_name(&text, reader.lang.code()).to_owned(),
        "source_chamber" => {
            chambers::queries::find(conn, &text)?.map(|chamber| chamber.name).unwrap_or_default()
        }
        "source_referrer" => {
            referrers::queries::find(conn, &text)?.map(|referrer| referrer.name).unwrap_or_default()
        }
        "source_enterprise" => match text.parse() {
            Ok(id) => companies::queries::find(conn, &id)?.map(|company| company.name).unwrap_or_default(),
            Err(_) => text,
        },
        _ => text,
    })
}

/// Not shown in forms, and in the trail only as ciphertext.
fn is_personal(name: &str) -> bool {
    matches!(name, "contact_phone" | "contact_other_phones" | "contact_email" | "contact_wechat")
}

/// Amounts are the same however they are written.
fn same_value(name: &str, one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    let plain = |text: &str| text.replace([',', '，', ' '], "");
    match name {
        "total_investment" | "fixed_investment" => {
            matches!((money::fen_from_wan(one), money::fen_from_wan(other)), (Some(a), Some(b)) if a == b)
        }
        "land_mu" | "factory_m2" | "jobs" => {
            matches!((plain(one).parse::<f64>(), plain(other).parse::<f64>()), (Ok(a), Ok(b)) if a == b)
        }
        _ => false,
    }
}

/// What a field says; a record that it names by its id is looked up.
fn named(conn: &mut AnyConn, app: &App, reader: &Reader, name: &str, value: &str) -> Result<Shown, AppError> {
    let event = if name == "source_event" { events::queries::find(conn, value)? } else { None };
    Ok(event.map_or_else(|| shown(app, reader, name, value), |event| Shown::Text(event.title)))
}

fn shown(app: &App, reader: &Reader, name: &str, value: &str) -> Shown {
    if value.is_empty() {
        return Shown::Nothing;
    }
    let (reference, lang) = (&app.reference, reader.lang.code());
    let text = || Shown::Text(value.to_owned());
    match name {
        "total_investment" | "fixed_investment" => money::fen_from_wan(value).map_or_else(text, Shown::Money),
        "next_follow_up_on" => value.parse().map_or_else(|_| text(), Shown::Day),
        "source_kind" => {
            value.parse::<SourceKind>().map_or_else(|_| text(), |kind| Shown::Word(format!("source-{kind}")))
        }
        "priority" => {
            value.parse::<Priority>().map_or_else(|_| text(), |one| Shown::Word(format!("priority-{one}")))
        }
        "county" => Shown::Text(reference.region_name(value, lang).to_owned()),
        "industry" => Shown::Text(reference.industry_name(value, lang).to_owned()),
        "park" => reference.park(value).map_or_else(text, |park| Shown::Text(park.name(lang).to_owned())),
        "industry_class" => reference
            .industry_class(value)
            .map_or_else(text, |class| Shown::Text(format!("{} {}", class.code, class.name(lang)))),
        _ => text(),
    }
}
