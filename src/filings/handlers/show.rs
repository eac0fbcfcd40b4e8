//! `GET /filings/{id}`: the page of a filing.

use super::row;
use crate::accounts::Actor;
use crate::app::App;
use crate::attachments::Owner;
use crate::attachments::pages::Attachments;
use crate::clock;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::filings::KnownFiling;
use crate::filings::editing;
use crate::filings::model::{Filing, Party};
use crate::filings::pages::{ConfirmationRow, LinkRow, Show};
use crate::filings::policy::{self, View};
use crate::filings::{queries, view};
use crate::leads::pages::Link;
use crate::referrers;
use crate::web::roles::FilingReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

pub async fn page(
    reader: FilingReader,
    id: Path<String>,
    visit: Visit,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let page = app
        .read(move |app, conn| {
            let filing = editing::load(conn, &reader, &id)?;
            made(conn, app, &reader, filing)
        })
        .await?;
    visit.page(&app, &page)
}

/// The page of a filing that the actor sees.
pub fn made(conn: &mut AnyConn, app: &App, actor: &Actor, filing: Filing) -> Result<Show, AppError> {
    let known = KnownFiling::of(conn, actor, filing.clone())?;
    let case = known.case.clone();
    let attachments = Attachments::of(conn, app, actor, &Owner::Filing(known))?;
    let seen = referrers::queries::seen(conn, actor, std::slice::from_ref(&filing.referrer_id))?;
    let works = policy::works(actor, &case.counties());
    let shows = policy::view_of(actor.role);
    let is_open = filing.withdrawn_on.is_none();
    let id = filing.id.clone();
    let shown = view::detail(conn, app.tools(), actor, filing.clone())?;
    let involved = editing::involved(conn, actor, &filing, &case)?;
    let is_said = |party: Party| shown.confirmations.iter().any(|one| one.party == party);
    let may_say = |party: &Party| {
        !is_said(*party) && policy::may_confirm(actor, *party, &case.counties(), involved).is_ok()
    };
    let may_confirm = is_open && Party::ALL.iter().any(may_say);
    let now = clock::now();
    let link = queries::latest_link(conn, &id)?
        .filter(|link| works && link.revoked_at.is_none() && link.expires_at > now);
    let lead = case.lead.filter(|_| shown.lead_id.is_some());
    let project = case.project.filter(|_| shown.project_id.is_some());
    Ok(Show {
        filing: row(&shown, &seen),
        names_only: shows == View::Name,
        progress_only: shows == View::Progress,
        lead: lead.map(|one| Link {
            href: format!("/leads/{}", one.id),
            label: format!("{} {}", one.code, one.title),
        }),
        project: project.map(|one| Link {
            href: format!("/projects/{}", one.id),
            label: format!("{} {}", one.code, one.title),
        }),
        received_at: shown.received_at,
        filed_by: shown.filed_by.map(|person| person.display_name),
        statement: shown.statement,
        confirmations: shown
            .confirmations
            .into_iter()
            .map(|one| ConfirmationRow {
                party: one.party.to_string(),
                decision: one.decision.to_string(),
                reason: one.reason,
                by: one.by.map(|person| person.display_name),
                at: one.at,
            })
            .collect(),
        withdrawn_on: shown.withdrawn_on,
        withdrawal_reason: shown.withdrawal_reason,
        link: link.map(|link| LinkRow {
            created_at: link.created_at,
            expires_at: link.expires_at,
            last_used_at: link.last_used_at,
        }),
        attachments,
        address: None,
        may_confirm,
        may_work: works && is_open,
    })
}
