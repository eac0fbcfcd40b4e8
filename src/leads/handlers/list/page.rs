//! `GET /leads`: the list as a page, and its part alone for htmx.

use super::{Asked, PARAMETERS, read, tally};
use crate::accounts::queries::users;
use crate::accounts::{Actor, Role, User};
use crate::app::App;
use crate::clock;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::leads::model::{SourceKind, Stage, Status};
use crate::leads::pages::{List, ListChoices, ListMay, Row};
use crate::leads::policy::{self, View, view_of};
use crate::leads::queries::LeadRow;
use crate::leads::view::{self, LeadView};
use crate::web::filled::{Choice, Filled};
use crate::web::i18n::{Lang, Message};
use crate::web::params::Params;
use crate::web::roles::LeadReader;
use crate::web::visit::Visit;
use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

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
            match read(conn, app, &actor, &params, true) {
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
    let neighbour = |name: &str, cursor: Option<String>| {
        let Some(cursor) = cursor else { return String::new() };
        let others = params.iter().filter(|(name, _)| !matches!(*name, "cursor" | "before"));
        let pairs: Vec<(&str, &str)> = others.chain([(name, cursor.as_str())]).collect();
        format!("/leads?{}", Params::of(&pairs).to_query())
    };
    list.next = neighbour("cursor", asked.page.next_cursor);
    list.prev = neighbour("before", asked.page.prev_cursor);
    list.total = asked.total;
    if !list.own {
        // The tab shows what it opens: the same conditions, overdue and anybody's.
        let tab: Vec<(&str, &str)> = params
            .iter()
            .filter(|(name, _)| !matches!(*name, "mine" | "overdue" | "cursor" | "before"))
            .chain([("overdue", "true")])
            .collect();
        list.overdue = Some(tally(conn, app, actor, &Params::of(&tab))?.count);
    }
    list.rows = rows(conn, app, actor, lang, asked.page.items)?;
    Ok(())
}

/// Rows as their reader may see them.
fn rows(
    conn: &mut AnyConn,
    app: &App,
    actor: &Actor,
    lang: Lang,
    found: Vec<LeadRow>,
) -> Result<Vec<Row>, AppError> {
    let today = clock::today();
    let own = view_of(actor.role) == View::Own;
    let views = view::list(conn, app.tools(), actor, found.clone())?;
    Ok(views
        .into_iter()
        .zip(found)
        .map(|(shown, (lead, ..))| {
            let active = lead.status == Status::Active;
            let due_days = shown.next_follow_up_on.filter(|_| active).map(|due| (today - due).num_days());
            let ledger_name = |name: Option<String>| name.filter(|_| !own);
            Row {
                county: named(app, lang, &shown),
                industry: shown
                    .industry
                    .as_deref()
                    .map(|code| app.reference.industry_name(code, lang.code()).to_owned()),
                id: shown.id.to_string(),
                code: shown.code,
                title: shown.title,
                investor_name: shown.investor_name,
                source: shown.source.kind.to_string(),
                stage: shown.stage.to_string(),
                status: shown.status.to_string(),
                priority: shown.priority.map(|priority| priority.to_string()).unwrap_or_default(),
                total_investment_fen: shown.total_investment_fen,
                officer: shown
                    .officer
                    .map(|person| person.display_name)
                    .or_else(|| ledger_name(lead.officer_name)),
                leader: shown
                    .leader
                    .map(|person| person.display_name)
                    .or_else(|| ledger_name(lead.leader_name)),
                registered_on: Some(shown.registered_on),
                next_follow_up_on: shown.next_follow_up_on,
                due_days,
                promised_on: own.then_some(shown.promised_on),
            }
        })
        .collect())
}

fn named(app: &App, lang: Lang, shown: &LeadView) -> Option<String> {
    shown.county.as_deref().map(|code| app.reference.region_name(code, lang.code()).to_owned())
}

/// What the filters offer: nothing of what the reader's pages do not show.
fn choices(conn: &mut AnyConn, app: &App, actor: &Actor, lang: Lang) -> Result<ListChoices, AppError> {
    let codes = |words: &[&'static str]| words.iter().map(|word| Choice::code(word)).collect::<Vec<_>>();
    let mut choices = ListChoices {
        stages: codes(&Stage::ALL.iter().map(|stage| stage.as_str()).collect::<Vec<_>>()),
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
    let people: Vec<User> = users::active_with_roles(conn, &roles)?.into_iter().filter(near).collect();
    let chosen = |leaders: bool| {
        people
            .iter()
            .filter(|user| (user.role == Role::CountyLeader) == leaders)
            .map(|user| Choice::named(user.id.as_str(), &user.display_name))
            .collect::<Vec<_>>()
    };
    choices.officers = chosen(false);
    choices.leaders = chosen(true);
    let nobody = app.views.i18n().say(lang, &Message::new("no-leader"));
    choices.leaders.insert(0, Choice::named("none", nobody));
    Ok(choices)
}
