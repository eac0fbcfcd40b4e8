//! `GET /api/v1/pool/about-to`: the four lists as the API shows them.

use super::queries::{self, Planned};
use crate::accounts::Actor;
use crate::accounts::queries::users;
use crate::app::App;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::leads;
use crate::leads::model::{Lead, Stage, Status};
use crate::leads::policy::{View, view_of};
use crate::leads::queries::{At, LeadFilter, LeadRow, Sort, SortField};
use crate::milestones::model::MilestoneKind;
use crate::projects::queries::state;
use crate::text_enum;
use chrono::{Days, NaiveDate};
use serde::Serialize;
use std::collections::HashMap;
use utoipa::ToSchema;

/// Rows that a list names at most.
const NAMED: i64 = 100;

text_enum! {
    /// What is about to happen.
    pub enum Step {
        /// 临签约
        Sign = "sign",
        /// 临开工
        Start = "start",
        /// 临投产
        Produce = "produce",
        /// 临入统
        Register = "register",
    }
}

text_enum! {
    /// What stands in a list.
    pub enum RecordKind {
        Lead = "lead",
        Project = "project",
    }
}

/// The four lists of a day.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = AboutTo)]
pub struct AboutToView {
    pub today: NaiveDate,
    pub lists: Vec<ListView>,
}

/// One of the four lists.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = AboutToList)]
pub struct ListView {
    pub step: Step,
    /// Days ahead that it looks.
    pub days: u32,
    /// All of them; at most 100 are named.
    pub total: i64,
    pub items: Vec<ItemView>,
}

/// A lead or a project that is about to.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = AboutToItem)]
pub struct ItemView {
    pub kind: RecordKind,
    pub id: Id,
    pub code: String,
    pub title: String,
    pub investor_name: String,
    pub county: String,
    /// The county leader's name; null when there is none.
    pub leader: Option<String>,
    pub total_investment_fen: Option<i64>,
    /// The planned day; of a lead its next follow-up, which may be missing.
    pub on: Option<NaiveDate>,
    /// Days past that day, negative when it is ahead.
    pub overdue_days: Option<i64>,
}

/// The four lists as of a day, of what the actor sees.
pub fn of_day(
    conn: &mut AnyConn,
    app: &App,
    actor: &Actor,
    today: NaiveDate,
) -> Result<AboutToView, AppError> {
    let ahead = app.reference.about_to();
    let state = state(conn)?;
    let mut lists = Vec::new();
    for (step, kind, days) in [
        (Step::Sign, MilestoneKind::Contract, ahead.sign.days),
        (Step::Start, MilestoneKind::ConstructionStart, ahead.start.days),
        (Step::Produce, MilestoneKind::Production, ahead.produce.days),
        (Step::Register, MilestoneKind::AboveScale, ahead.register.days),
    ] {
        let until = today.checked_add_days(Days::new(days.into())).unwrap_or(today);
        let planned = queries::planned(conn, actor, kind, until, NAMED)?;
        let question = format!("about to {kind} {until} {:?}", actor.scope());
        let mut total =
            app.pool_counts.of(state, question, || queries::count_planned(conn, actor, kind, until))?;
        let mut rows: Vec<Found> = planned.into_iter().map(Found::Project).collect();
        let knows_leads = leads::policy::uses_leads(actor.role) && view_of(actor.role) != View::Own;
        if step == Step::Sign && knows_leads {
            let (found, count) = about_to_sign(conn, app, actor, &ahead.sign.stages)?;
            rows.extend(found.into_iter().map(|(lead, _)| Found::Lead(Box::new(lead))));
            total += count;
        }
        lists.push(ListView { step, days, total, items: items(conn, today, rows)? });
    }
    Ok(AboutToView { today, lists })
}

/// Active leads at these stages, those due first; and how many there are.
fn about_to_sign(
    conn: &mut AnyConn,
    app: &App,
    actor: &Actor,
    stages: &[Stage],
) -> Result<(Vec<LeadRow>, i64), AppError> {
    let filter =
        LeadFilter { stages: stages.to_vec(), statuses: vec![Status::Active], ..LeadFilter::default() };
    let sort = Sort { field: SortField::NextFollowUpOn, descending: false };
    let page = leads::queries::page(conn, actor, &filter, sort, &At::Start, NAMED)?;
    let count = leads::handlers::list::counted(conn, app, actor, &filter)?;
    Ok((page.map(|page| page.items).unwrap_or_default(), count))
}

enum Found {
    Project(Planned),
    Lead(Box<Lead>),
}

/// Rows with their leaders' names, by day; what has none comes last.
fn items(conn: &mut AnyConn, today: NaiveDate, rows: Vec<Found>) -> Result<Vec<ItemView>, AppError> {
    let leader = |row: &Found| match row {
        Found::Project(project) => project.leader_id.clone(),
        Found::Lead(lead) => lead.leader_id.clone(),
    };
    let ids: Vec<Id> = rows.iter().filter_map(leader).collect();
    let names: HashMap<Id, String> =
        users::names(conn, &ids)?.into_iter().map(|(id, _, name)| (id, name)).collect();
    let named = |id: Option<Id>, ledger: Option<String>| id.and_then(|id| names.get(&id).cloned()).or(ledger);
    let item = |row: Found| match row {
        Found::Project(project) => ItemView {
            kind: RecordKind::Project,
            leader: named(project.leader_id, project.leader_name),
            overdue_days: project.planned_on.map(|on| (today - on).num_days()),
            on: project.planned_on,
            id: project.id,
            code: project.code,
            title: project.title,
            investor_name: project.investor_name,
            county: project.county,
            total_investment_fen: project.total_investment_fen,
        },
        Found::Lead(lead) => ItemView {
            kind: RecordKind::Lead,
            leader: named(lead.leader_id, lead.leader_name),
            overdue_days: lead.next_follow_up_on.map(|on| (today - on).num_days()),
            on: lead.next_follow_up_on,
            id: lead.id,
            code: lead.code,
            title: lead.title,
            investor_name: lead.investor_name,
            county: lead.county,
            total_investment_fen: lead.total_investment_fen,
        },
    };
    let mut items: Vec<ItemView> = rows.into_iter().map(item).collect();
    items.sort_by_key(|item| (item.on.is_none(), item.on, item.code.clone()));
    items.truncate(usize::try_from(NAMED).unwrap_or(usize::MAX));
    Ok(items)
}
