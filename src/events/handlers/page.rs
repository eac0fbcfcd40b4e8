//! `GET /events/{id}`: an event with what came of it and who was to come.

use super::{attendee_row, check_in_part, row};
use crate::accounts::{Actor, Role};
use crate::app::App;
use crate::chambers;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::events::handlers::attendees::{ORDER, narrowed};
use crate::events::model::EventStatus;
use crate::events::pages::{Attendees, Figure, ResultsPart, Show};
use crate::events::results::{self, Counted, Results};
use crate::events::{Event, editing, policy, queries, rules, view};
use crate::registers::list::{filled, neighbours};
use crate::web::params::Params;
use crate::web::roles::EventReader;
use crate::web::visit::Visit;
use crate::{clock, leads};
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

pub async fn page(
    reader: EventReader,
    visit: Visit,
    id: Path<String>,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(&["q", "cursor", "limit"])?;
    let (actor, lang) = (reader.0, visit.lang);
    let page = app
        .read(move |app, conn| {
            let event = editing::load(conn, &actor, &id)?;
            let may_edit = policy::may_keep(&actor, event.county.as_deref());
            let results = results::of(conn, app, &actor, &event.id)?.map(part);
            let attendees = attendees(conn, &actor, &event, &params)?;
            let check_in = if may_edit { Some(check_in_part(app, &event)?) } else { None };
            let host = match &event.host_chamber_id {
                Some(host) if chambers::policy::reads(actor.role) => {
                    chambers::queries::find_visible(conn, &actor, host.as_str())?
                }
                _ => None,
            };
            let registers = policy::keeps(actor.role) && leads::policy::creates(actor.role);
            let shown = view::list(conn, &actor, vec![event])?.pop().ok_or(AppError::NotFound)?;
            Ok(Show {
                event: row(app, lang, &shown),
                programme: shown.programme,
                host_href: host.map(|chamber| format!("/chambers/{}", chamber.id)),
                cost_fen: shown.cost_fen,
                outcome: shown.outcome,
                cancellation_reason: shown.cancellation_reason,
                results,
                attendees,
                check_in,
                lead_href: (registers && shown.status != EventStatus::Cancelled)
                    .then(|| format!("/leads/new?source_kind=event&source_event={}", shown.id)),
                may_edit,
                own: !policy::sees_all(actor.role),
            })
        })
        .await?;
    visit.page(&app, &page)
}

fn part(found: Results) -> ResultsPart {
    let figure = |counted: Counted, stage: &str| Figure {
        stage: stage.to_owned(),
        count: counted.count,
        href: counted.href,
    };
    let stages = found.stages.into_iter();
    let (projects, signed, contract_investment_fen) = match found.projects {
        Some(of) => (Some(figure(of.all, "")), Some(figure(of.signed, "")), Some(of.contract_investment_fen)),
        None => (None, None, None),
    };
    ResultsPart {
        leads: figure(found.leads, ""),
        stages: stages.map(|(stage, counted)| figure(counted, stage.as_str())).collect(),
        projects,
        signed,
        contract_investment_fen,
    }
}

/// The list of attendees, as far as the reader sees it, narrowed and paged as asked.
fn attendees(
    conn: &mut AnyConn,
    actor: &Actor,
    event: &Event,
    params: &Params,
) -> Result<Attendees, AppError> {
    let rows = narrowed(queries::list_of(conn, actor, &event.id)?, params);
    let total = i64::try_from(rows.len()).ok();
    let page = params.page_of(ORDER, rows, |row| row.id.as_str())?;
    let here = format!("/events/{}", event.id);
    let (_, next) = neighbours(&here, params, None, page.next_cursor);
    let may_mark = policy::may_keep(actor, event.county.as_deref()) && event.status != EventStatus::Cancelled;
    let takes = rules::takes_sign_ups(clock::today(), event.to_on, event.status);
    let may_sign_up = policy::may_sign_up(actor, event) && event.status != EventStatus::Cancelled;
    let may_add = may_sign_up && (takes || actor.role != Role::ChamberLiaison);
    let removable: Vec<bool> = page
        .items
        .iter()
        .map(|one| policy::may_withdraw(actor, event, one) && (takes || actor.role != Role::ChamberLiaison))
        .collect();
    let shown = view::attendees(conn, actor, page.items)?;
    Ok(Attendees {
        filter: filled(params),
        rows: shown.into_iter().zip(removable).map(|(one, may)| attendee_row(one, may)).collect(),
        total,
        first: if params.text("cursor").is_some() { here } else { String::new() },
        next: if next.is_empty() { next } else { format!("{next}#attendees") },
        may_add,
        may_mark: may_mark && clock::today() >= event.from_on,
    })
}
