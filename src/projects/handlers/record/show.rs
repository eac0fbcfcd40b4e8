//! `GET /projects/{id}`: the page of a project.

use super::events;
use crate::accounts::queries::users;
use crate::accounts::{Actor, Role};
use crate::app::App;
use crate::attachments::owner::Owner;
use crate::attachments::pages::Attachments;
use crate::attributions;
use crate::award_applications;
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::employment;
use crate::error::AppError;
use crate::events::handlers::href as event_href;
use crate::filings::handlers::card;
use crate::leads;
use crate::leads::pages::{Link, Source};
use crate::milestones;
use crate::milestones::model::{Milestone, MilestoneKind, MilestoneState};
use crate::milestones::rules::{counts, next_planned};
use crate::projects::handlers::load;
use crate::projects::handlers::pool::pool_of;
use crate::projects::handlers::small_page::{Reader, head};
use crate::projects::model::Project;
use crate::projects::pages::{
    ContractFacts, Enclave, Facts, Leader, May, MilestoneRow, Next, Pool, PoolState, Show, Work, Year, track,
};
use crate::projects::policy::{self, View, view_of};
use crate::projects::queries;
use crate::projects::rules;
use crate::projects::view::{self, ProjectView};
use crate::web::params::Params;
use crate::web::roles::ProjectReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use std::collections::HashMap;

/// Events that the page shows at first, and at most.
const EVENTS: i64 = 20;
const MOST_EVENTS: i64 = 500;

pub async fn page(
    reader: ProjectReader,
    id: Path<String>,
    visit: Visit,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(&["timeline"])?;
    let limit = match params.text("timeline") {
        None => EVENTS,
        Some("all") => MOST_EVENTS,
        Some(_) => return Err(AppError::bad_request("timeline", "unknown")),
    };
    let reader = Reader { actor: reader.0, lang: visit.lang };
    let page = app
        .read(move |app, conn| {
            let project = load(conn, &reader.actor, &id)?;
            show(conn, app, &reader, project, limit)
        })
        .await?;
    visit.page(&app, &page)
}

fn show(
    conn: &mut AnyConn,
    app: &App,
    reader: &Reader,
    project: Project,
    limit: i64,
) -> Result<Show, AppError> {
    let actor = &reader.actor;
    let shown = view::detail(conn, app.tools(), actor, project.clone())?;
    let of_project = milestones::queries::of_project(conn, &project.id)?;
    if view_of(actor.role) == View::NameAndStage {
        // Name and stage, and no day of any milestone.
        return Ok(Show {
            stage: shown.stage.map(|stage| stage.to_string()),
            project: crate::projects::pages::ProjectHead { investor_name: String::new(), ..head(&project) },
            own: true,
            ..Show::default()
        });
    }
    let reached: Vec<_> = of_project.iter().map(|(one, _)| (one.kind, one.state, one.actual_on)).collect();
    let (timeline, more) = events::of(conn, app, reader.lang, &project, limit)?;
    let may = may(actor, &project, &shown);
    Ok(Show {
        stage: shown.stage.map(|stage| stage.to_string()),
        key: shown.key.as_ref().map(|key| key.basis.to_string()),
        key_reason: shown.key.as_ref().and_then(|key| key.reason.clone()),
        work: Some(work(app, reader, &project, &shown)),
        track: track(&reached),
        pool: shown.pool.as_ref().map(|pool| Pool {
            entered_on: pool.entered_on,
            withdrawn_on: pool.withdrawn_on,
            reason: pool.reason.clone(),
        }),
        pool_state: pool_state(conn, app, reader, &project, may)?,
        milestones: milestone_rows(actor, &project, &of_project),
        facts: Some(facts(app, reader, &project, &shown)),
        enclave: enclave(app, reader, &project, &of_project),
        employment: employment::handlers::known(conn, app, &project.id)?,
        awards: award_applications::card::of_project(conn, app, reader.lang, actor, &project)?,
        source: Some(Source {
            kind: project.source_kind.to_string(),
            name: shown.source.as_ref().and_then(|source| source.name.clone()),
            href: event_href(actor, project.source_event_id.as_ref())
                .filter(|_| project.source_chamber_id.is_none()),
            event: event_href(actor, project.source_event_id.as_ref())
                .filter(|_| project.source_chamber_id.is_some()),
            note: project.source_note.clone(),
        }),
        attribution: attributions::handlers::parts(shown.attribution.clone()),
        lead: lead(conn, actor, &project, &shown)?,
        contract: shown.contract.map(contract),
        filings: card::of_project(conn, app, actor, &project)?,
        attachments: Attachments::of(conn, app, actor, &Owner::Project(project.clone()))?,
        extra: project.extra.0.clone(),
        leaders: leaders(conn, &project)?,
        stays: stays(conn, &project)?,
        phase_of: first_phase(conn, actor, &project)?,
        older: if more && limit == EVENTS {
            format!("/projects/{}?timeline=all#timeline", project.id)
        } else {
            String::new()
        },
        project: head(&project),
        own: false,
        timeline,
        may,
    })
}

/// What the actor may do now: his role and scope, and where the project stands.
fn may(actor: &Actor, project: &Project, shown: &ProjectView) -> May {
    let edit = policy::may_edit(actor, project);
    May {
        edit,
        enter_pool: edit && !project.is_in_pool(),
        withdraw: edit && project.is_in_pool(),
        supplement: edit && shown.contract.is_some(),
        delete: edit && project.entered_on.is_none(),
    }
}

/// In the pool only what keeps it from counting is said.
fn pool_state(
    conn: &mut AnyConn,
    app: &App,
    reader: &Reader,
    project: &Project,
    may: May,
) -> Result<PoolState, AppError> {
    let state = pool_of(conn, app, reader, project)?;
    Ok(if may.enter_pool { state.before_entry() } else { PoolState { missing: Vec::new(), ..state } })
}

fn work(app: &App, reader: &Reader, project: &Project, shown: &ProjectView) -> Work {
    let lang = reader.lang.code();
    let next = next_planned(shown.milestones.iter().map(|one| (one.kind, one.planned_on, one.actual_on)));
    let name =
        |person: &Option<leads::view::Person>| person.as_ref().map(|person| person.display_name.clone());
    Work {
        total_investment_fen: project.total_investment_fen,
        county: app.reference.region_name(&project.county, lang).to_owned(),
        park: project
            .park
            .as_deref()
            .map(|id| app.reference.park(id).map_or(id, |park| park.name(lang)).to_owned()),
        leader_is_no_user: shown.leader.is_none() && project.leader_name.is_some(),
        leader: name(&shown.leader).or_else(|| project.leader_name.clone()),
        officer_is_no_user: shown.officer.is_none() && project.officer_name.is_some(),
        officer: name(&shown.officer).or_else(|| project.officer_name.clone()),
        unit: project.unit.clone(),
        next: next.filter(|_| project.withdrawn_on.is_none()).map(|(kind, on)| Next {
            kind: kind.to_string(),
            on,
            days: (clock::today() - on).num_days(),
        }),
        next_step: project.next_step.clone(),
    }
}

/// All kinds in their order, entered or not.
fn milestone_rows(
    actor: &Actor,
    project: &Project,
    known: &[(Milestone, Vec<milestones::queries::Paper>)],
) -> Vec<MilestoneRow> {
    let today = clock::today();
    let row = |kind: MilestoneKind| {
        let may_enter = policy::may_enter(actor, project, kind);
        let Some((one, papers)) = known.iter().find(|(one, _)| one.kind == kind) else {
            return MilestoneRow {
                kind: kind.to_string(),
                state: MilestoneState::Planned.to_string(),
                counts: counts(kind),
                may_enter,
                ..MilestoneRow::default()
            };
        };
        MilestoneRow {
            kind: kind.to_string(),
            state: one.state.to_string(),
            planned_on: one.planned_on,
            actual_on: one.actual_on,
            days: one.planned_on.filter(|_| one.actual_on.is_none()).map(|on| (today - on).num_days()),
            papers: papers.len(),
            counts: counts(kind),
            refusal_reason: one.refusal_reason.clone(),
            may_enter,
            may_verify: policy::verifies(actor.role)
                && counts(kind)
                && one.state == MilestoneState::Reported
                && !one.is_entered_by(&actor.user_id, papers),
        }
    };
    MilestoneKind::ALL.iter().copied().map(row).collect()
}

fn contract(contract: view::ContractView) -> ContractFacts {
    ContractFacts {
        kind: contract.kind.to_string(),
        signed_on: contract.signed_on,
        parties: contract.parties,
        total_investment_fen: contract.total_investment_fen,
        fixed_investment_fen: contract.fixed_investment_fen,
        land_premium_fen: contract.land_premium_fen,
        years: contract
            .years
            .into_iter()
            .map(|year| Year {
                year: year.year,
                fixed_investment_fen: year.fixed_investment_fen,
                land_premium_fen: year.land_premium_fen,
                actual_fen: year.actual_fixed_investment_fen,
            })
            .collect(),
        funding: contract.funding.into_iter().map(|part| (part.source, part.amount_fen)).collect(),
        supplements: contract.supplements.into_iter().map(|one| (one.signed_on, one.content)).collect(),
    }
}

fn facts(app: &App, reader: &Reader, project: &Project, shown: &ProjectView) -> Facts {
    let (reference, lang) = (&app.reference, reader.lang.code());
    let class = project.industry_class.as_deref().map(|code| {
        reference
            .industry_class(code)
            .map_or_else(|| code.to_owned(), |class| format!("{} {}", class.code, class.name(lang)))
    });
    let project = project.clone();
    Facts {
        industry: Some(reference.industry_name(&project.industry, lang).to_owned()),
        industry_class: class,
        supporting_project: project.supporting_project,
        supporting_finding: project.supporting_finding,
        project_company: project.project_company,
        uscc: shown.uscc.clone(),
        origin: shown.origin.as_deref().map(|text| reference.origin_name(text, lang).to_owned()),
        content: project.content,
        fixed_investment_fen: project.fixed_investment_fen,
        land_mu: project.land_mu,
        factory_m2: project.factory_m2,
        jobs: project.jobs,
        filing_code: project.filing_code,
        progress: project.progress,
        problems: project.problems,
        coordination: project.coordination,
        remark: project.remark,
    }
}

fn enclave(
    app: &App,
    reader: &Reader,
    project: &Project,
    known: &[(Milestone, Vec<milestones::queries::Paper>)],
) -> Option<Enclave> {
    let county = project.enclave_county.as_deref()?;
    let name = |code: &str| app.reference.region_name(code, reader.lang.code()).to_owned();
    Some(Enclave {
        county: name(county),
        registered_in: name(&project.county),
        registered_on: known
            .iter()
            .find(|(one, _)| one.kind == MilestoneKind::CompanyRegistered)
            .filter(|(one, _)| one.state != MilestoneState::Refused)
            .and_then(|(one, _)| one.actual_on),
        case: project.land_use.map(|land_use| rules::enclave_case(land_use).to_string()),
        land_use: project.land_use.map(|land_use| land_use.to_string()),
        statistics_county: name(project.statistics_county()),
        recommended_on: project.recommended_on,
    })
}

/// The lead that it was; with an href for those who see it.
fn lead(
    conn: &mut AnyConn,
    actor: &Actor,
    project: &Project,
    shown: &ProjectView,
) -> Result<Option<Link>, AppError> {
    let (Some(id), Some(code)) = (&project.lead_id, &shown.lead_code) else { return Ok(None) };
    let knows = leads::policy::uses_leads(actor.role) && actor.role != Role::Admin;
    let seen = knows && leads::queries::find(conn, actor, id)?.is_some();
    let href = if seen { format!("/leads/{id}") } else { String::new() };
    Ok(Some(Link { href, label: code.clone() }))
}

/// The first phase; with an href for those who see it.
fn first_phase(conn: &mut AnyConn, actor: &Actor, project: &Project) -> Result<Option<Link>, AppError> {
    let Some(id) = &project.phase_of else { return Ok(None) };
    let Some(label) = queries::code_of(conn, id)? else { return Ok(None) };
    let seen = queries::find(conn, actor, id)?.is_some();
    Ok(Some(Link { href: if seen { format!("/projects/{id}") } else { String::new() }, label }))
}

/// Stays in the pool before this one.
fn stays(conn: &mut AnyConn, project: &Project) -> Result<Vec<Pool>, AppError> {
    let stays = queries::stays_of(conn, std::slice::from_ref(&project.id))?.remove(&project.id);
    let stay = |stay: crate::projects::model::PoolStay| Pool {
        entered_on: stay.entered_on,
        withdrawn_on: Some(stay.withdrawn_on),
        reason: stay.reason,
    };
    Ok(stays.unwrap_or_default().into_iter().map(stay).collect())
}

fn leaders(conn: &mut AnyConn, project: &Project) -> Result<Vec<Leader>, AppError> {
    let changes = queries::leader_changes_of(conn, &project.id)?;
    let ids: Vec<Id> = changes
        .iter()
        .flat_map(|change| [Some(change.by_user.clone()), change.to_leader_id.clone()])
        .flatten()
        .collect();
    let names: HashMap<Id, String> =
        users::names(conn, &ids)?.into_iter().map(|(id, _, name)| (id, name)).collect();
    let leader = |change: crate::projects::model::LeaderChange| Leader {
        name: change.to_leader_id.as_ref().and_then(|id| names.get(id).cloned()),
        at: change.at,
        by: names.get(&change.by_user).cloned(),
        reason: change.reason,
    };
    Ok(changes.into_iter().map(leader).collect())
}
