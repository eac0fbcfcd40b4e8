//! `GET /audit` and `GET /api/v1/audit`: the trail, the latest first, as far as the reader's role sees it.

use crate::accounts::policy;
use crate::accounts::queries::users;
use crate::app::App;
use crate::audit::pages::{Change, Entry, Trail};
use crate::audit::queries::{self, AuditEntry, AuditFilter, LATEST_FIRST};
use crate::audit::shown::{Shown, changes};
use crate::audit::verification;
use crate::audit::view::EntryView;
use crate::audit::words::Words;
use crate::clock;
use crate::db::page::{Cursor, PageOf};
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::web::filled::{Choice, Filled};
use crate::web::i18n::{Lang, Message};
use crate::web::params::Params;
use crate::web::roles::TrailReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::Data;
use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};
use fluent_bundle::FluentArgs;
use std::collections::HashMap;

/// `actor` (username or id), `action`, `subject` (kind, or kind:id), `from` and `to` (days in China).
pub async fn index(app: Data<App>, actor: TrailReader, params: Params) -> Result<HttpResponse, AppError> {
    params.only_of_list(&["actor", "action", "subject", "from", "to"])?;
    let order = params.order(LATEST_FIRST)?;
    let (after, limit) = (params.cursor(&order.to_string())?, params.limit()?);
    let counts = params.flag("count")?;
    let asked = Asked::read(&params, &actor, "actor")?;
    let page = app
        .read(move |_, conn| {
            let Some(filter) = asked.filter(conn)? else {
                return Ok(PageOf::from_rows(vec![], limit, cursor).with_total(counts.then_some(0)));
            };
            let rows = queries::ordered(conn, &filter, order, after.as_ref(), limit)?;
            let total = if counts { Some(queries::count(conn, &filter)?) } else { None };
            let at = |entry: &AuditEntry| order.at(&entry.id);
            Ok(PageOf::from_rows(rows, limit, at).with_total(total))
        })
        .await?;
    Ok(HttpResponse::Ok().json(page.map(EntryView::from)))
}

pub async fn show(
    app: Data<App>,
    visit: Visit,
    actor: TrailReader,
    params: Params,
) -> Result<HttpResponse, AppError> {
    params.only(&["who", "action", "subject", "from", "to", "cursor"])?;
    let (after, limit) = (params.cursor(&LATEST_FIRST.to_string())?, params.limit()?);
    let asked = Asked::read(&params, &actor, "who")?;
    let (subjects, keeps_users) = (policy::trail_subjects(actor.role), policy::keeps_users(actor.role));
    let filled = ["who", "action", "from", "to"]
        .into_iter()
        .fold(Filled::new(), |filled, name| filled.value(name, params.text(name).unwrap_or_default()));
    let link = {
        let params = params.clone();
        move |cursor: Option<&str>| format!("/audit?{}", params.with("cursor", cursor))
    };
    let begins = after.is_none();
    let lang = visit.lang;
    let page = app
        .read(move |app, conn| {
            let rows = match asked.filter(conn)? {
                Some(filter) => queries::list(conn, &filter, after.as_ref(), limit)?,
                None => Vec::new(),
            };
            let page = PageOf::from_rows(rows, limit, cursor);
            let ids: Vec<Id> = page.items.iter().filter_map(user_id).collect();
            let names: HashMap<Id, String> =
                users::names(conn, &ids)?.into_iter().map(|(id, _, name)| (id, name)).collect();
            let standing = verification::standing(conn)?;
            Ok(Trail {
                filter: filled,
                actions: queries::actions(conn, subjects)?
                    .iter()
                    .map(|action| choice(app, lang, action))
                    .collect(),
                next: page.next_cursor.as_deref().map(|cursor| link(Some(cursor))).unwrap_or_default(),
                prev: if begins { String::new() } else { link(None) },
                rows: page
                    .items
                    .into_iter()
                    .map(|entry| line(app, lang, entry, &names, keeps_users))
                    .collect(),
                sealed_until: queries::sealed_until(conn)?,
                checked_at: standing.checked_at,
                broken_at: standing.broken_at.map(|number| number.to_string()),
            })
        })
        .await?;
    visit.page(&app, &page)
}

/// What was asked of the trail, before users are looked up.
struct Asked {
    actor: Option<String>,
    filter: AuditFilter,
}

impl Asked {
    fn read(params: &Params, reader: &TrailReader, actor: &'static str) -> Result<Self, AppError> {
        let allowed = policy::trail_subjects(reader.role)
            .map(|kinds| kinds.iter().map(|kind| (*kind).to_owned()).collect::<Vec<_>>());
        let (kind, id) = match params.text("subject").map(|text| text.split_once(':').unwrap_or((text, ""))) {
            None => (None, None),
            Some((kind, id)) => (Some(kind.to_owned()), (!id.is_empty()).then(|| id.to_owned())),
        };
        // A kind that the role does not see gives an empty trail, not everything.
        let subject_kinds = match (allowed, kind) {
            (None, kind) => kind.map(|kind| vec![kind]),
            (Some(allowed), None) => Some(allowed),
            (Some(allowed), Some(kind)) => Some(allowed.into_iter().filter(|known| *known == kind).collect()),
        };
        Ok(Asked {
            actor: params.text(actor).map(str::to_owned),
            filter: AuditFilter {
                actor_id: None,
                action: params.text("action").map(str::to_owned),
                subject_kinds,
                subject_id: id,
                since: params.day("from")?.map(begin_of),
                until: params.day("to")?.and_then(|day| day.checked_add_days(Days::new(1))).map(begin_of),
            },
        })
    }

    /// The filter of the query; `None` when the actor is nobody, so that nothing is found.
    fn filter(self, conn: &mut AnyConn) -> Result<Option<AuditFilter>, AppError> {
        let Some(named) = self.actor else { return Ok(Some(self.filter)) };
        let user = match named.parse::<Id>() {
            Ok(id) => Some(id),
            Err(_) => users::find_named(conn, &named)?.map(|user| user.id),
        };
        Ok(user.map(|id| AuditFilter { actor_id: Some(id), ..self.filter }))
    }
}

/// The UTC time at which a day begins in China.
fn begin_of(day: NaiveDate) -> NaiveDateTime {
    clock::utc_from_china(day.and_time(NaiveTime::MIN))
}

fn cursor(entry: &AuditEntry) -> Cursor {
    LATEST_FIRST.at(&entry.id)
}

fn user_id(entry: &AuditEntry) -> Option<Id> {
    (entry.subject_kind == "user").then(|| entry.subject_id.parse().ok()).flatten()
}

/// The message of `user.create` is `act-user-create`; an act of an older version may have none.
fn choice(app: &App, lang: Lang, action: &str) -> Choice {
    let key = format!("act-{}", action.replace('.', "-"));
    let words = app.views.i18n().find(lang, &key, &FluentArgs::new());
    Choice::named(action, words.unwrap_or_else(|| action.to_owned()))
}

/// A user is a way to go on only for who may open it.
fn line(app: &App, lang: Lang, entry: AuditEntry, names: &HashMap<Id, String>, keeps_users: bool) -> Entry {
    let words = Words { i18n: app.views.i18n(), reference: &app.reference, lang };
    let named = user_id(&entry).and_then(|id| names.get(&id).cloned());
    let (subject, href) = match (entry.subject_kind.as_str(), named) {
        ("user", Some(name)) => (name, keeps_users.then(|| format!("/admin/users/{}", entry.subject_id))),
        ("lead", _) => (entry.subject_id.clone(), Some(format!("/leads/{}", entry.subject_id))),
        (kind, _) => (format!("{} {}", words.kind(kind), short(&entry.subject_id)), None),
    };
    let say = |field: &str, shown: Shown| match shown {
        Shown::Nothing => None,
        Shown::Text(text) if text.parse::<Id>().is_ok() => Some(short(&text).to_owned()),
        Shown::Text(text) => Some(words.value(field, text)),
        Shown::Encrypted => Some(app.views.i18n().say(lang, &Message::new("audit-encrypted"))),
    };
    Entry {
        id: entry.id.to_string(),
        at: entry.at,
        by: entry.actor_name,
        address: entry.address,
        action: entry.action,
        subject,
        href,
        reason: entry.reason,
        changes: changes(&entry.differences.0)
            .into_iter()
            .map(|(field, before, after)| {
                let (before, after) = (say(&field, before), say(&field, after));
                Change { field, before, after }
            })
            .collect(),
    }
}

/// The end of an id, which tells it from others made at the same time.
fn short(id: &str) -> &str {
    id.rsplit('-').next().unwrap_or(id)
}
