//! What came of an event: its leads by how far they have come, its projects and what their contracts invest. Each number
//! is counted as the list that it opens counts, in the reader's scope.

use crate::accounts::Actor;
use crate::app::App;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::events::policy;
use crate::leads::handlers::list::tally;
use crate::leads::model::Stage;
use crate::milestones::model::MilestoneKind;
use crate::projects;
use crate::projects::handlers::list as project_list;
use crate::projects::policy::View;
use crate::projects::queries::ProjectFilter;
use crate::web::params::Params;

/// A number, and the list that it counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Counted {
    pub href: String,
    pub count: i64,
}

/// What came of an event, as its reader may know.
#[derive(Debug, Clone, PartialEq)]
pub struct Results {
    pub leads: Counted,
    /// In the order of the stages, those that no lead is at as well.
    pub stages: Vec<(Stage, Counted)>,
    pub projects: Option<OfProjects>,
}

/// The projects of an event, for who reads projects in full.
#[derive(Debug, Clone, PartialEq)]
pub struct OfProjects {
    pub all: Counted,
    /// Those with a formal contract.
    pub signed: Counted,
    /// The total investment of these contracts, in fen.
    pub contract_investment_fen: i64,
}

/// What came of it; nothing for a liaison, who sees no lead but his chamber's.
pub fn of(conn: &mut AnyConn, app: &App, actor: &Actor, event: &Id) -> Result<Option<Results>, AppError> {
    if !policy::sees_all(actor.role) {
        return Ok(None);
    }
    let of_event = ("event", event.as_str());
    let leads = leads_of(conn, app, actor, &Params::of(&[of_event]))?;
    let mut stages = Vec::with_capacity(Stage::ALL.len());
    for stage in Stage::ALL {
        let params = Params::of(&[of_event, ("stage", stage.as_str())]);
        stages.push((*stage, leads_of(conn, app, actor, &params)?));
    }
    let reads =
        projects::policy::reads(actor.role) && projects::policy::view_of(actor.role) != View::NameAndStage;
    let projects = if reads { Some(projects_of(conn, app, actor, event)?) } else { None };
    Ok(Some(Results { leads, stages, projects }))
}

fn leads_of(conn: &mut AnyConn, app: &App, actor: &Actor, params: &Params) -> Result<Counted, AppError> {
    let found = tally(conn, app, actor, params)?;
    Ok(Counted { href: found.href, count: found.count })
}

fn projects_of(conn: &mut AnyConn, app: &App, actor: &Actor, event: &Id) -> Result<OfProjects, AppError> {
    let params = Params::of(&[("event", event.as_str())]);
    let all = listed(conn, app, actor, &params)?.0;
    let params = Params::of(&[("event", event.as_str()), ("reached", MilestoneKind::Contract.as_str())]);
    let (signed, filter) = listed(conn, app, actor, &params)?;
    let contract_investment_fen = projects::queries::contract_investment(conn, actor, &filter)?;
    Ok(OfProjects { all, signed, contract_investment_fen })
}

/// The list of projects that these parameters open, counted, and its filter.
fn listed(
    conn: &mut AnyConn,
    app: &App,
    actor: &Actor,
    params: &Params,
) -> Result<(Counted, ProjectFilter), AppError> {
    let filter = project_list::filter(conn, app, actor, params)?;
    let count = project_list::counted(conn, app, actor, &filter)?;
    Ok((Counted { href: format!("/projects?{}", params.to_query()), count }, filter))
}
