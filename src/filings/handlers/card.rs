//! The filings of a lead, project or referrer, as a card on its page.

use crate::accounts::Actor;
use crate::app::App;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::filings::model::Filing;
use crate::filings::pages::{Card, Row, SharesCard};
use crate::filings::policy::{self, View};
use crate::filings::shares::{self, percent};
use crate::filings::{queries, view};
use crate::leads::model::Lead;
use crate::projects::model::Project;
use crate::referrers::{self, Referrer};

/// On a lead's page; none for a role that knows no filings, and for a liaison where there are none.
pub fn of_lead(conn: &mut AnyConn, app: &App, actor: &Actor, lead: &Lead) -> Result<Option<Card>, AppError> {
    if !policy::reads(actor.role) {
        return Ok(None);
    }
    let filings = queries::of_lead(conn, actor, &lead.id)?;
    if filings.is_empty() && !policy::reads_beside(actor.role) {
        return Ok(None);
    }
    let may_file = policy::works(actor, &[&lead.county]);
    Ok(Some(Card {
        rows: rows(conn, app, actor, filings)?,
        new_href: if may_file { format!("/filings/new?of={}", lead.code) } else { String::new() },
        shares: None,
    }))
}

/// On a project's page, with how its award is shared.
pub fn of_project(
    conn: &mut AnyConn,
    app: &App,
    actor: &Actor,
    project: &Project,
) -> Result<Option<Card>, AppError> {
    if !policy::reads_beside(actor.role) {
        return Ok(None);
    }
    let filings = queries::of_project(conn, project)?;
    let works = crate::projects::policy::may_edit(actor, project);
    let is_open = filings.iter().any(|filing| filing.withdrawn_on.is_none());
    let known = shares::of_project(conn, project)?;
    let shares = SharesCard {
        href: if works && is_open && !known.frozen {
            format!("/projects/{}/referral-shares", project.id)
        } else {
            String::new()
        },
        agreed_on: known.agreed_on,
        frozen: known.frozen,
        shares: known.shares.into_iter().map(|one| (one.referrer.name, percent(one.share_bp))).collect(),
    };
    Ok(Some(Card {
        rows: rows(conn, app, actor, filings)?,
        new_href: if works { format!("/filings/new?of={}", project.code) } else { String::new() },
        shares: (policy::view_of(actor.role) == View::All).then_some(shares),
    }))
}

/// On a referrer's page; none for a role that does not know filings.
pub fn of_referrer(
    conn: &mut AnyConn,
    app: &App,
    actor: &Actor,
    referrer: &Referrer,
) -> Result<Option<Card>, AppError> {
    if !policy::reads(actor.role) {
        return Ok(None);
    }
    let filings = queries::of_referrer(conn, actor, &referrer.id)?;
    let may_file = policy::files(actor.role);
    Ok(Some(Card {
        rows: rows(conn, app, actor, filings)?,
        new_href: if may_file { format!("/filings/new?referrer={}", referrer.code) } else { String::new() },
        shares: None,
    }))
}

fn rows(conn: &mut AnyConn, app: &App, actor: &Actor, filings: Vec<Filing>) -> Result<Vec<Row>, AppError> {
    if filings.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Id> = filings.iter().map(|filing| filing.referrer_id.clone()).collect();
    let seen = referrers::queries::seen(conn, actor, &ids)?;
    let shown = view::list(conn, app.tools(), actor, filings)?;
    Ok(shown.iter().map(|one| super::row(one, &seen)).collect())
}
