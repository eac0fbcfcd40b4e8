//! The records that the source of a lead, or of the project it became, names.

use crate::accounts::{Actor, Role};
use crate::db::{AnyConn, Id};
use crate::error::{AppError, FieldErrors};
use crate::events::model::EventKind;
use crate::leads::forms::SourceBody;
use crate::leads::model::SourceKind;
use crate::{chambers, companies, events, referrers};

/// Ids of a source's records, found to exist.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SourceIds {
    pub chamber: Option<Id>,
    pub referrer: Option<Id>,
    pub enterprise: Option<Id>,
    pub event: Option<Id>,
}

/// Looks the named records up. A liaison reports for his own chamber and no other.
pub fn resolve(
    conn: &mut AnyConn,
    actor: &Actor,
    kind: SourceKind,
    source: &SourceBody,
) -> Result<SourceIds, AppError> {
    let (mut ids, mut errors) = (SourceIds::default(), FieldErrors::default());
    if actor.role == Role::ChamberLiaison {
        let own = actor.chamber_id.clone().ok_or(AppError::Forbidden("no-chamber"))?;
        if kind != SourceKind::Chamber {
            return Err(AppError::invalid("source.kind", "own-chamber-only"));
        }
        if let Some(named) = &source.chamber_id
            && chambers::queries::find(conn, named)?.is_none_or(|chamber| chamber.id != own)
        {
            return Err(AppError::invalid("source.chamber_id", "unknown-chamber"));
        }
        ids.chamber = Some(own);
        if let Some(named) = &source.event_id {
            let event = events::queries::find_visible(conn, actor, named)?;
            ids.event = Some(event.ok_or(AppError::invalid("source.event_id", "unknown-event"))?.id);
        }
        return Ok(ids);
    }
    if let Some(named) = &source.chamber_id {
        ids.chamber = chambers::queries::find(conn, named)?.map(|chamber| chamber.id);
        if ids.chamber.is_none() {
            errors.add("source.chamber_id", "unknown-chamber");
        }
    }
    if let Some(named) = &source.referrer_id {
        ids.referrer = referrers::queries::find(conn, named)?.map(|referrer| referrer.id);
        if ids.referrer.is_none() {
            errors.add("source.referrer_id", "unknown-referrer");
        }
    }
    if let Some(named) = &source.enterprise_id {
        let id: Option<Id> = named.parse().ok();
        ids.enterprise = match id {
            Some(id) => companies::queries::find(conn, &id)?.map(|company| company.id),
            None => None,
        };
        if ids.enterprise.is_none() {
            errors.add("source.enterprise_id", "unknown-enterprise");
        }
    }
    if let Some(named) = &source.event_id {
        let event = events::queries::find(conn, named)?;
        match &event {
            None => errors.add("source.event_id", "unknown-event"),
            // 驻点招商 is a campaign and no other event.
            Some(event) if kind == SourceKind::Station && event.kind != EventKind::Campaign => {
                errors.add("source.event_id", "not-a-campaign");
            }
            Some(_) => {}
        }
        ids.event = event.map(|event| event.id);
    }
    errors.into_result()?;
    Ok(ids)
}
