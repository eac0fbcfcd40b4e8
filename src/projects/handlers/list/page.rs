//! `GET /projects`: the pool as a table, and its part alone for htmx.

use super::{FILTERS, counted, filter, read};
use crate::accounts::queries::users;
use crate::accounts::{Actor, Role, User};
use crate::app::App;
use crate::clock;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::milestones::model::{MilestoneState, Phase};
use crate::milestones::rules::{counts, next_planned};
use crate::projects::pages::{List, ListChoices, Next, Row, ways};
use crate::projects::policy::{self, View, view_of};
use crate::projects::view::{self, ProjectView};
use crate::web::filled::{Choice, Filled};
use crate::web::i18n::{Lang, Message};
use crate::web::params::Params;
use crate::web::roles::ProjectReader;
use crate::web::visit::Visit;
use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use chrono::Datelike;

pub async fn page(
    reader: ProjectReader,
    visit: Visit,
    params: Params,
    request: HttpRequest,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(&[FILTERS, &["sort", "cursor", "before", "limit"]].concat())?;
    let actor = reader.0;
    let lang = visit.lang;
    let list = app.read(move |app, conn| list(conn, app, &actor, lang, &params)).await?;
    let headers = request.headers();
    let wants_part =
        headers.contains_key("hx-request") && !headers.contains_key("hx-history-restore-request");
    let mut response =
        if wants_part { visit.block(&app, &list, "found")? } else { visit.page(&app, &list)? };
    // One address, two answers: no cache may give the part where the page is wanted.
    response.headers_mut().append(header::VARY, header::HeaderValue::from_static("HX-Request"));
    Ok(response)
}

fn list(conn: &mut AnyConn, app: &App, actor: &Actor, lang: Lang, params: &Params) -> Result<List, AppError> {
    let asked = read(conn, app, actor, params, true)?;
    let own = view_of(actor.role) == View::NameAndStage;
    let mut filled = frame(params);
    filled.values.insert("sort".to_owned(), asked.sort.to_string());
    let neighbour = |name: &str, cursor: Option<String>| {
        let Some(cursor) = cursor else { return String::new() };
        let others = params.iter().filter(|(name, _)| !matches!(*name, "cursor" | "before"));
        let pairs: Vec<(&str, &str)> = others.chain([(name, cursor.as_str())]).collect();
        format!("/projects?{}", Params::of(&pairs).to_query())
    };
    let waiting = if own {
        None
    } else {
        // The tab shows what it opens: the same conditions, of those that wait.
        let tab: Vec<(&str, &str)> = params
            .iter()
            .filter(|(name, _)| !matches!(*name, "pool" | "waiting" | "cursor" | "before"))
            .chain([("waiting", "true")])
            .collect();
        let filter = filter(conn, app, actor, &Params::of(&tab))?;
        Some(counted(conn, app, actor, &filter)?)
    };
    let shown = view::list(conn, app.tools(), actor, asked.page.items)?;
    let list = List {
        choices: choices(conn, app, actor, lang)?,
        rows: shown.into_iter().map(|project| row(app, lang, project)).collect(),
        total: asked.total,
        waiting,
        prev: neighbour("before", asked.page.prev_cursor),
        next: neighbour("cursor", asked.page.next_cursor),
        creates: policy::edits(actor.role),
        exports: policy::exports(actor.role),
        ways: ways(actor.role, "table", &filled),
        filter: filled,
        own,
        ..List::default()
    };
    Ok(list.prepared())
}

/// What was asked, as the filters show it.
pub fn frame(params: &Params) -> Filled {
    params
        .iter()
        .filter(|(name, _)| !matches!(*name, "cursor" | "before" | "count"))
        .fold(Filled::new(), |filled, (name, value)| filled.value(name, value))
}

/// A project as a line or a card shows it.
pub fn row(app: &App, lang: Lang, project: ProjectView) -> Row {
    let today = clock::today();
    let (reference, code) = (&app.reference, lang.code());
    let next = next_planned(project.milestones.iter().map(|one| (one.kind, one.planned_on, one.actual_on)));
    let withdrawn = project.pool.as_ref().is_some_and(|pool| pool.withdrawn_on.is_some());
    Row {
        id: project.id.to_string(),
        phase: Phase::of(project.stage).to_string(),
        stage: project.stage.map(|stage| stage.to_string()),
        county: project.county.as_deref().map(|county| reference.region_name(county, code).to_owned()),
        industry: project
            .industry
            .as_deref()
            .map(|industry| reference.industry_name(industry, code).to_owned()),
        leader: project.leader.map(|person| person.display_name).or(project.leader_name),
        entered_on: project.pool.as_ref().map(|pool| pool.entered_on),
        withdrawn,
        key: project.key.is_some(),
        enclave: project.enclave.is_some(),
        supported_in: project.employment.iter().find(|one| one.supported_first).map(|one| one.year),
        waiting: project
            .milestones
            .iter()
            .any(|one| one.state == MilestoneState::Reported && counts(one.kind)),
        next: next.filter(|_| !withdrawn).map(|(kind, on)| Next {
            kind: kind.to_string(),
            on,
            days: (today - on).num_days(),
        }),
        code: project.code,
        title: project.title,
        investor_name: project.investor_name,
        total_investment_fen: project.total_investment_fen,
    }
}

/// What the filters offer: nothing of what the reader's pages do not show.
pub fn choices(conn: &mut AnyConn, app: &App, actor: &Actor, lang: Lang) -> Result<ListChoices, AppError> {
    let say = |key: String| app.views.i18n().say(lang, &Message::of("phase", &key));
    let phases =
        Phase::ALL.iter().map(|phase| Choice::named(phase.filter(), say(phase.to_string()))).collect();
    if view_of(actor.role) == View::NameAndStage {
        return Ok(ListChoices { phases, ..ListChoices::default() });
    }
    let is_leader = actor.role == Role::CountyLeader;
    let counties = app.reference.counties().iter();
    let industries = app.reference.industries().iter();
    let year = clock::today().year();
    let mut leaders = Vec::new();
    if !is_leader {
        // County people choose among their own.
        let near = |user: &User| actor.role != Role::CountyOfficer || user.region == actor.region;
        let people = users::active_with_roles(conn, &[Role::CountyLeader])?.into_iter().filter(near);
        leaders.push(Choice::named("none", app.views.i18n().say(lang, &Message::new("no-leader"))));
        leaders.extend(people.map(|user| Choice::named(user.id.as_str(), &user.display_name)));
    }
    Ok(ListChoices {
        counties: counties.map(|county| Choice::named(&county.code, county.name(lang.code()))).collect(),
        industries: industries.map(|one| Choice::named(&one.code, one.name(lang.code()))).collect(),
        leaders,
        phases,
        keys: ["true", "false"].map(Choice::code).into(),
        enclaves: ["true", "false"].map(Choice::code).into(),
        years: (year - 3..=year + 2).map(|year| Choice::named(year.to_string(), year.to_string())).collect(),
    })
}
