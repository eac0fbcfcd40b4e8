//! `GET /leads/{id}`: the page of a lead.

use super::events;
use super::form::likenesses;
use super::own::own;
use crate::accounts::{Actor, Role};
use crate::app::App;
use crate::attachments::{Owner, pages::Attachments, sniff};
use crate::attributions;
use crate::claims;
use crate::clock;
use crate::contacts;
use crate::db::{AnyConn, Id};
use crate::duplicates;
use crate::duplicates::queries::Question;
use crate::error::AppError;
use crate::events::handlers::href as event_href;
use crate::filings::handlers::card;
use crate::follow_ups::handlers::page as follow_up;
use crate::imports;
use crate::leads::handlers::small_page::{Reader, head};
use crate::leads::handlers::{load, project};
use crate::leads::merging::{LeadName, MergerView};
use crate::leads::model::{Lead, Stage, Status};
use crate::leads::pages::{
    Contact, Event, Facts, FirstReport, Likeness, Link, May, Missing, NextStage, Show, Source, Standing,
    What, Work, requirement_href, track,
};
use crate::leads::policy::{self, View, view_of};
use crate::leads::queries::Known;
use crate::leads::view::{Detail, LeadView};
use crate::leads::{merging, rules, timeline, view};
use crate::web::params::Params;
use crate::web::roles::LeadReader;
use crate::web::visit::Visit;
use crate::{projects, questions};
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

/// Events that the page shows at first.
pub(super) const EVENTS: usize = 30;

pub async fn page(
    reader: LeadReader,
    id: Path<String>,
    visit: Visit,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(&["timeline"])?;
    let all = match params.text("timeline") {
        None => false,
        Some("all") => true,
        Some(_) => return Err(AppError::bad_request("timeline", "unknown")),
    };
    let reader = Reader { actor: reader.0, lang: visit.lang };
    if view_of(reader.actor.role) == View::Own {
        let page = app
            .read(move |app, conn| {
                let known = load(conn, &reader.actor, &id)?;
                own(conn, app, &reader, &known, all)
            })
            .await?;
        return visit.page(&app, &page);
    }
    let page = app
        .read(move |app, conn| {
            let known = load(conn, &reader.actor, &id)?;
            show(conn, app, &reader, &known, all)
        })
        .await?;
    visit.page(&app, &page)
}

/// Where all of the timeline stands, when it is longer than what the page shows at first.
pub(super) fn older_href(lead: &Lead, timeline: &[Event], all: bool) -> String {
    let is_longer = timeline.len() > EVENTS && !all;
    if is_longer { format!("/leads/{}?timeline=all#timeline", lead.id) } else { String::new() }
}

fn show(conn: &mut AnyConn, app: &App, reader: &Reader, known: &Known, all: bool) -> Result<Show, AppError> {
    let (actor, lead) = (&reader.actor, &known.lead);
    let shown = view::detail(conn, app.tools(), actor, known)?;
    let items = timeline::of_lead(conn, app.tools(), actor, lead)?;
    let mut timeline = events::of(conn, app, reader, lead, items)?;
    let track = track(lead.stage, &events::reached(lead, &timeline, clock::china_date));
    let next_step = timeline.iter().find_map(|event| match &event.what {
        What::FollowUp { next_step, .. } => Some(next_step.clone()),
        _ => None,
    });
    let older = older_href(lead, &timeline, all);
    if !older.is_empty() {
        timeline.truncate(EVENTS);
    }
    let project = project::link(conn, actor, lead)?;
    let may = May {
        make_project: project.is_none() && may_make_project(actor, lead),
        ..may(actor, lead, shown.detail.as_ref())
    };
    Ok(Show {
        lead: head(lead),
        priority: shown.priority.map(|priority| priority.to_string()).unwrap_or_default(),
        registered_on: Some(lead.registered_on),
        work: work(app, reader, lead, &shown, next_step.flatten()),
        standing: standing(lead, &shown, &timeline),
        next_stage: next_stage(lead, &shown, may),
        source: source(actor, &shown),
        shares: attributions::handlers::parts(attributions::queries::shares_of(conn, lead)?),
        project,
        first_report: shown.merger.as_ref().and_then(first_report),
        contact: contact(conn, lead, &shown)?,
        extra: shown.detail.as_ref().map(|detail| detail.extra.clone()).unwrap_or_default(),
        duplicates: alike(conn, app, reader, known)?,
        claims: claims_on(conn, app, reader, lead)?,
        filings: card::of_lead(conn, app, actor, lead)?,
        attachments: Attachments::of(conn, app, actor, &Owner::Lead(lead.clone()))?,
        facts: match &shown.detail {
            Some(detail) => {
                let import = import(conn, actor, lead)?;
                Some(Facts { import, ..facts(app, reader, &shown, detail) })
            }
            None => None,
        },
        questions: waiting(conn, actor, lead)?,
        older,
        follow_up: may.follow_up.then(follow_up::empty),
        follow_up_kinds: follow_up::kinds(),
        follow_up_accept: sniff::accept(),
        track,
        may,
        timeline,
    })
}

/// What the actor may do now: his role and scope, and the lead's status.
fn may(actor: &Actor, lead: &Lead, detail: Option<&Detail>) -> May {
    let is = |status| lead.status == status;
    let edits = policy::may_edit(actor, lead) && !is(Status::Merged);
    May {
        follow_up: policy::may_follow_up(actor, lead) && !is(Status::Merged),
        edit: edits,
        attribute: attributions::policy::may_change(actor, lead),
        ask: questions::policy::may_ask(actor, lead),
        move_stage: edits && is(Status::Active),
        assign: edits,
        hold: edits && is(Status::Active),
        resume: edits && is(Status::OnHold),
        close: edits && (is(Status::Active) || is(Status::OnHold)),
        merge: edits,
        reopen: edits && is(Status::Closed),
        make_project: false,
        delete: policy::deletes(actor.role),
        answer_claims: claims::policy::answers(actor.role),
        reveal: policy::may_reveal(actor, lead) && detail.is_some_and(|detail| detail.contact.is_some()),
    }
}

/// Whether the lead may become a project, and the actor may make it one.
fn may_make_project(actor: &Actor, lead: &Lead) -> bool {
    lead.stage == Stage::Contract
        && lead.status == Status::Active
        && projects::policy::may_create_in(actor, &lead.county)
}

fn work(app: &App, reader: &Reader, lead: &Lead, shown: &LeadView, next_step: Option<String>) -> Work {
    let lang = reader.lang.code();
    let detail = shown.detail.as_ref();
    let active = lead.status == Status::Active;
    let from_ledger = |name: fn(&Detail) -> &Option<String>| detail.and_then(|detail| name(detail).clone());
    let (officer, leader) = (&shown.officer, &shown.leader);
    Work {
        total_investment_fen: shown.total_investment_fen,
        county: shown.county.as_deref().map(|code| app.reference.region_name(code, lang).to_owned()),
        park: shown
            .park
            .as_deref()
            .map(|id| app.reference.park(id).map_or(id, |park| park.name(lang)).to_owned()),
        officer_is_no_user: officer.is_none() && lead.officer_name.is_some(),
        officer: officer
            .as_ref()
            .map(|person| person.display_name.clone())
            .or_else(|| from_ledger(|detail| &detail.officer_name)),
        leader_is_no_user: leader.is_none() && lead.leader_name.is_some(),
        leader: leader
            .as_ref()
            .map(|person| person.display_name.clone())
            .or_else(|| from_ledger(|detail| &detail.leader_name)),
        next_follow_up_on: shown.next_follow_up_on,
        due_days: shown.next_follow_up_on.filter(|_| active).map(|due| (clock::today() - due).num_days()),
        next_step,
    }
}

fn standing(lead: &Lead, shown: &LeadView, timeline: &[Event]) -> Option<Standing> {
    if lead.status == Status::Active {
        return None;
    }
    let (closure, hold) = (shown.closure.as_ref(), shown.hold.as_ref());
    let merger = timeline.iter().find_map(|event| match &event.what {
        What::Merger { took: false, reason, .. } if lead.status == Status::Merged => {
            Some((event.at, reason.clone()))
        }
        _ => None,
    });
    let (merged_at, why_merged) = merger.map_or((None, None), |(at, reason)| (Some(at), reason));
    Some(Standing {
        status: lead.status.to_string(),
        closure_kind: closure.map(|closure| closure.kind.to_string()),
        reason: closure
            .and_then(|closure| closure.reason.clone())
            .or_else(|| hold.and_then(|hold| hold.reason.clone()))
            .or(why_merged),
        at: closure.and(lead.closed_at).or(merged_at),
        until: hold.and_then(|hold| hold.until),
        into: shown.merger.as_ref().and_then(|merger| merger.merged_into.as_ref()).map(link),
    })
}

/// A lead by its code; without an href when the reader does not see it.
fn link(name: &LeadName) -> Link {
    let href = name.id.as_ref().map(|id| format!("/leads/{id}")).unwrap_or_default();
    Link { href, label: name.code.clone() }
}

pub(super) fn first_report(merger: &MergerView) -> Option<FirstReport> {
    let first = merger.first_report.as_ref()?;
    let source =
        Source { kind: first.source_kind.to_string(), name: first.source_name.clone(), ..Source::default() };
    Some(FirstReport {
        lead: link(&first.lead),
        registered_on: first.registered_on,
        received_at: first.received_at,
        source,
    })
}

/// For those who may move the lead: what it lacks for the next stage, each with where it is put right.
fn next_stage(lead: &Lead, shown: &LeadView, may: May) -> Option<NextStage> {
    let (next, detail) = (rules::next_stage(lead.stage), shown.detail.as_ref()?);
    let missing = detail
        .missing
        .iter()
        .map(|field| Missing { field: field.clone(), href: Some(requirement_href(lead.id.as_str(), field)) });
    let stage = NextStage {
        code: next.unwrap_or(lead.stage).to_string(),
        reached: next.is_none(),
        missing: missing.collect(),
    };
    may.move_stage.then_some(stage).filter(|stage| !stage.reached || !stage.missing.is_empty())
}

pub(super) fn source(actor: &Actor, shown: &LeadView) -> Source {
    let source = &shown.source;
    let opens_chambers = actor.role.is_bureau()
        || matches!(actor.role, Role::CountyOfficer | Role::Auditor | Role::Federation | Role::LeadingGroup);
    let opens_referrers = actor.role.is_bureau() || matches!(actor.role, Role::CountyOfficer | Role::Auditor);
    let chamber = source.chamber_id.as_ref().filter(|_| opens_chambers).map(|id| format!("/chambers/{id}"));
    let referrer =
        source.referrer_id.as_ref().filter(|_| opens_referrers).map(|id| format!("/referrers/{id}"));
    // An event that a liaison's lead came from may be one that does not exist for him.
    let of_event = source.event_id.as_ref().filter(|_| actor.role != Role::ChamberLiaison);
    let event = event_href(actor, of_event);
    Source {
        kind: source.kind.to_string(),
        name: source.name.clone(),
        href: chamber.or(referrer).or_else(|| event.clone().filter(|_| source.chamber_id.is_none())),
        event: event.filter(|_| source.chamber_id.is_some()),
        note: source.note.clone(),
    }
}

fn contact(conn: &mut AnyConn, lead: &Lead, shown: &LeadView) -> Result<Option<Contact>, AppError> {
    let Some(masked) = shown.detail.as_ref().and_then(|detail| detail.contact.clone()) else {
        return Ok(None);
    };
    let stored = contacts::queries::of_lead(conn, &lead.id)?;
    let anonymised = stored.is_some_and(|contact| contact.key_encrypted.is_none());
    Ok(Some(Contact { masked, anonymised }))
}

fn facts(app: &App, reader: &Reader, shown: &LeadView, detail: &Detail) -> Facts {
    let (reference, lang) = (&app.reference, reader.lang.code());
    let class = shown.industry_class.as_deref().map(|code| {
        reference
            .industry_class(code)
            .map_or_else(|| code.to_owned(), |class| format!("{} {}", class.code, class.name(lang)))
    });
    Facts {
        industry: shown.industry.as_deref().map(|code| reference.industry_name(code, lang).to_owned()),
        industry_class: class,
        uscc: shown.uscc.clone(),
        origin: shown.origin.as_deref().map(|text| reference.origin_name(text, lang).to_owned()),
        content: detail.content.clone(),
        total_investment_fen: shown.total_investment_fen,
        fixed_investment_fen: shown.fixed_investment_fen,
        land_mu: shown.land_mu,
        factory_m2: shown.factory_m2,
        jobs: shown.jobs,
        factor_needs: detail.factor_needs.clone(),
        remark: detail.remark.clone(),
        duplicate_reason: detail.duplicate_reason.clone(),
        import: None,
        received_at: Some(shown.received_at),
        updated_at: Some(shown.updated_at),
    }
}

/// The ledger that the lead came with, for whoever brought it.
fn import(conn: &mut AnyConn, actor: &Actor, lead: &Lead) -> Result<Option<Link>, AppError> {
    let Some(id) = &lead.import_id else { return Ok(None) };
    let import = imports::queries::find(conn, actor, id)?;
    Ok(import.map(|import| Link { href: format!("/imports/{}", import.id), label: import.file_name }))
}

/// What the lead's chamber was asked and has not answered.
fn waiting(conn: &mut AnyConn, actor: &Actor, lead: &Lead) -> Result<Vec<questions::pages::Row>, AppError> {
    let today = clock::today();
    let found = questions::queries::waiting(conn, actor, std::slice::from_ref(&lead.id))?;
    // One to a chamber that the lead is no longer of waits for nobody.
    let own =
        found.into_iter().filter(|question| Some(&question.chamber_id) == lead.source_chamber_id.as_ref());
    Ok(own.map(|question| questions::pages::Row::of(question, today)).collect())
}

/// Other leads of the same company, for those who work leads; of a merged one it is settled.
fn alike(conn: &mut AnyConn, app: &App, reader: &Reader, known: &Known) -> Result<Vec<Likeness>, AppError> {
    if !policy::edits(reader.actor.role) || known.lead.status == Status::Merged {
        return Ok(Vec::new());
    }
    let question = Question::of(known);
    let found = duplicates::queries::same_company(conn, app.tools(), &reader.actor, &question)?;
    likenesses(conn, reader, found)
}

/// Later reports of the lead and of those merged into it, for those who work it and for the auditor.
fn claims_on(
    conn: &mut AnyConn,
    app: &App,
    reader: &Reader,
    lead: &Lead,
) -> Result<Vec<claims::pages::Row>, AppError> {
    let actor = &reader.actor;
    if !policy::edits(actor.role) && actor.role != Role::Auditor {
        return Ok(Vec::new());
    }
    let merged = merging::taken_in(conn, actor, lead)?;
    let ids: Vec<Id> = merged.into_iter().map(|(lead, _)| lead.id).chain([lead.id.clone()]).collect();
    let found = claims::queries::of_leads(conn, &ids)?;
    let shown = claims::view::list(conn, app.tools(), actor, &found)?;
    Ok(shown.into_iter().map(|claim| claims::handlers::row(app, reader.lang, claim)).collect())
}
