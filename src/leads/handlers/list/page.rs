//! `GET /leads`: the list as a page, and its part alone for htmx.

use super::{Asked, PARAMETERS, asked, counted, found_at, may_sort_by, tally};
use crate::accounts::queries::users;
use crate::accounts::{Actor, Role, User};
use crate::app::App;
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::leads::model::{Priority, SourceKind, Stage, Status};
use crate::leads::pages::{List, ListChoices, ListMay, Row};
use crate::leads::policy::{self, View, view_of};
use crate::leads::queries::{self, Listed, Sort};
use crate::leads::{promise, view};
use crate::projects::reached;
use crate::search::handlers::words::refused;
use crate::search::query::MAX_DEPTH;
use crate::web::filled::{Choice, Filled};
use crate::web::i18n::{Lang, Message};
use crate::web::params::Params;
use crate::web::roles::LeadReader;
use crate::web::visit::Visit;
use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Orders that the form offers, but for those that a role may not ask for.
const SORTS: &[&str] = &[
    "-registered_on",
    "next_follow_up_on",
    "-total_investment_fen",
    "-updated_at",
    "code",
    "registered_on",
    "-next_follow_up_on",
    "total_investment_fen",
    "updated_at",
    "-code",
];

pub async fn page(
    reader: LeadReader,
    visit: Visit,
    params: Params,
    request: HttpRequest,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(PARAMETERS)?;
    let actor = reader.0;
    let lang = visit.lang;
    let list = app
        .read(move |app, conn| {
            let mut list = frame(conn, app, &actor, lang, &params)?;
            match asked(conn, app, &actor, &params) {
                Ok(asked) => fill(conn, app, &actor, lang, &params, &mut list, asked)?,
                // The search engine does not answer: the filters stand, the rows cannot be told.
                Err(AppError::Unavailable(reason)) => {
                    tracing::warn!(reason, "the list could not be read");
                    list.fault = true;
                }
                Err(other) => return Err(other),
            }
            Ok(list.prepared())
        })
        .await?;
    let headers = request.headers();
    let wants_part =
        headers.contains_key("hx-request") && !headers.contains_key("hx-history-restore-request");
    let mut response = if wants_part {
        visit.block(&app, &list, "found")?
    } else if list.fault {
        visit.page_with(&app, &list, HttpResponse::ServiceUnavailable())?
    } else {
        visit.page(&app, &list)?
    };
    // One address, two answers: no cache may give the part where the page is wanted.
    response.headers_mut().append(header::VARY, header::HeaderValue::from_static("HX-Request"));
    Ok(response)
}

/// What stands around the rows.
fn frame(
    conn: &mut AnyConn,
    app: &App,
    actor: &Actor,
    lang: Lang,
    params: &Params,
) -> Result<List, AppError> {
    let own = view_of(actor.role) == View::Own;
    let filter = params
        .iter()
        .filter(|(name, _)| !matches!(*name, "cursor" | "before" | "count"))
        .fold(Filled::new(), |filled, (name, value)| filled.value(name, value));
    Ok(List {
        filter,
        choices: choices(conn, app, actor, lang)?,
        may: ListMay {
            create: policy::creates(actor.role),
            import: policy::edits(actor.role),
            export: policy::exports(actor.role),
            mine: policy::edits(actor.role) || actor.role == Role::CountyLeader,
        },
        own,
        ..List::default()
    })
}

fn fill(
    conn: &mut AnyConn,
    app: &App,
    actor: &Actor,
    lang: Lang,
    params: &Params,
    list: &mut List,
    asked: Asked,
) -> Result<(), AppError> {
    list.filter.values.insert("sort".to_owned(), asked.sort.to_string());
    let said = &asked.said;
    list.refused = refused(said.refused.clone());
    list.from_database = said.from_database;
    list.stale = said.late && !said.from_database;
    list.cut = said.cut.then(|| i64::try_from(MAX_DEPTH).unwrap_or(i64::MAX));
    let page = queries::listed(conn, actor, &asked.filter, asked.sort, &asked.at, asked.limit)?;
    let page = found_at(page)?;
    let neighbour = |name: &str, cursor: Option<String>| {
        let Some(cursor) = cursor else { return String::new() };
        let others = params.iter().filter(|(name, _)| !matches!(*name, "cursor" | "before"));
        let pairs: Vec<(&str, &str)> = others.chain([(name, cursor.as_str())]).collect();
        format!("/leads?{}", Params::of(&pairs).to_query())
    };
    list.next = neighbour("cursor", page.next_cursor);
    list.prev = neighbour("before", page.prev_cursor);
    list.total = Some(counted(conn, app, actor, &asked.filter)?);
    if !list.own {
        // The tab shows what it opens: the same conditions, overdue and anybody's.
        let tab: Vec<(&str, &str)> = params
            .iter()
            .filter(|(name, _)| !matches!(*name, "mine" | "overdue" | "cursor" | "before"))
            .chain([("overdue", "true")])
            .collect();
        list.overdue = Some(tally(conn, app, actor, &Params::of(&tab))?.count);
    }
    list.rows = rows(conn, app, actor, lang, page.items)?;
    Ok(())
}

/// Rows as their reader may see them.
fn rows(
    conn: &mut AnyConn,
    app: &App,
    actor: &Actor,
    lang: Lang,
    found: Vec<Listed>,
) -> Result<Vec<Row>, AppError> {
    let own = view_of(actor.role) == View::Own;
    let people = found.iter().flat_map(|lead| lead.officer_id.iter().chain(&lead.leader_id).cloned());
    let people: Vec<Id> = people.filter(|_| !own).collect::<HashSet<Id>>().into_iter().collect();
    let names = view::people(conn, &people)?;
    let named = |id: &Option<Id>, in_ledger: Option<String>| match id {
        Some(id) => names.get(id).map(|person| person.display_name.clone()),
        None => in_ledger,
    };
    let ids: Vec<Id> = found.iter().map(|lead| lead.id.clone()).collect();
    let mut projects = if own { reached::of_leads(conn, actor, &ids)? } else { HashMap::new() };
    let place = |code: &str| app.reference.region_name(code, lang.code()).to_owned();
    let industry = |code: &str| app.reference.industry_name(code, lang.code()).to_owned();
    let today = clock::today();
    let shown = |lead: Listed| {
        let head = Row {
            own,
            id: lead.id.to_string(),
            code: lead.code,
            title: lead.title,
            investor_name: lead.investor_name,
            stage: lead.stage.as_str(),
            status: lead.status.as_str(),
            registered_on: lead.registered_on,
            ..Row::default()
        };
        if own {
            let promised_on = Some(promise::promised_on(&app.reference, lead.received_at));
            return Row { promised_on, project: projects.remove(&lead.id), ..head };
        }
        let due_on = lead.next_follow_up_on.filter(|_| lead.status == Status::Active);
        Row {
            county: Some(place(&lead.county)),
            industry: Some(industry(&lead.industry)),
            is_key: lead.priority == Priority::Key,
            total_investment_fen: lead.total_investment_fen,
            officer: named(&lead.officer_id, lead.officer_name),
            leader: named(&lead.leader_id, lead.leader_name),
            next_follow_up_on: lead.next_follow_up_on,
            due_days: due_on.map(|due| (today - due).num_days()),
            ..head
        }
    };
    Ok(found.into_iter().map(shown).collect())
}

/// What the filters offer: nothing of what the reader's pages do not show.
fn choices(conn: &mut AnyConn, app: &App, actor: &Actor, lang: Lang) -> Result<ListChoices, AppError> {
    let codes = |words: &[&'static str]| words.iter().map(|word| Choice::code(word)).collect::<Vec<_>>();
    let may_sort = |sort: &&str| sort.parse::<Sort>().is_ok_and(|sort| may_sort_by(actor, sort.field));
    let mut choices = ListChoices {
        stages: codes(&Stage::ALL.iter().map(|stage| stage.as_str()).collect::<Vec<_>>()),
        sorts: codes(&SORTS.iter().copied().filter(may_sort).collect::<Vec<_>>()),
        statuses: codes(&Status::ALL.iter().map(|status| status.as_str()).collect::<Vec<_>>()),
        ..ListChoices::default()
    };
    if view_of(actor.role) == View::Own {
        return Ok(choices);
    }
    choices.sources = codes(&SourceKind::ALL.iter().map(|kind| kind.as_str()).collect::<Vec<_>>());
    let counties = app.reference.counties().iter();
    choices.counties = counties.map(|county| Choice::named(&county.code, county.name(lang.code()))).collect();
    let industries = app.reference.industries().iter();
    choices.industries =
        industries.map(|industry| Choice::named(&industry.code, industry.name(lang.code()))).collect();
    if actor.role == Role::CountyLeader {
        choices.counties.clear();
        return Ok(choices);
    }
    let roles = [Role::BureauHead, Role::BureauOfficer, Role::CountyOfficer, Role::CountyLeader];
    // County people choose among their own and the bureau's.
    let near = |user: &User| match (actor.role, user.role.is_bureau()) {
        (Role::CountyOfficer, false) => user.region == actor.region,
        _ => true,
    };
    let people = app
        .people
        .of(app.db.commits(), String::new(), || users::active_with_roles(conn, &roles).map(Arc::new))?;
    let chosen = |leaders: bool| {
        people
            .iter()
            .filter(|user| near(user) && (user.role == Role::CountyLeader) == leaders)
            .map(|user| Choice::named(user.id.as_str(), &user.display_name))
            .collect::<Vec<_>>()
    };
    choices.officers = chosen(false);
    choices.leaders = chosen(true);
    let nobody = app.views.i18n().say(lang, &Message::new("no-leader"));
    choices.leaders.insert(0, Choice::named("none", nobody));
    Ok(choices)
}
