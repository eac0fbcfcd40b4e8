//! From a row that was read to a lead's input: names become records.

use crate::accounts::queries::users;
use crate::accounts::{Actor, Role, User};
use crate::app::Tools;
use crate::contacts::ContactInput;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::imports::ledger::{ContactDraft, LeadDraft, SourceDraft};
use crate::leads::forms::{LeadInput, SourceBody};
use crate::leads::model::{Priority, SourceKind};
use crate::leads::registration::FromLedger;
use crate::referrers::model::ReferrerKind;
use crate::{chambers, clock, companies, events, referrers};
use std::collections::HashMap;

/// The people whom a ledger may name, read once for all rows.
pub struct People(HashMap<String, Vec<User>>);

impl People {
    pub fn load(conn: &mut AnyConn) -> Result<Self, AppError> {
        use Role::{BureauHead, BureauOfficer, CountyLeader, CountyOfficer};
        let mut by_name: HashMap<String, Vec<User>> = HashMap::new();
        for user in users::active_with_roles(conn, &[BureauHead, BureauOfficer, CountyOfficer, CountyLeader])?
        {
            by_name.entry(user.display_name.clone()).or_default().push(user);
        }
        Ok(People(by_name))
    }

    /// The one user of this display name who may have that part in a lead of the county. Two of one name are
    /// nobody: a person decides.
    pub fn one(&self, name: &str, fits: impl Fn(&User) -> bool) -> Option<Id> {
        let mut fitting = self.0.get(name)?.iter().filter(|user| fits(user));
        let user = fitting.next()?;
        fitting.next().is_none().then(|| user.id.clone())
    }
}

/// What registration takes, but for the records that the source names: those need the database (`source`).
pub fn input(
    people: &People,
    draft: LeadDraft,
    duplicate_reason: Option<String>,
    import_id: &Id,
) -> (LeadInput, FromLedger) {
    let county = draft.county.clone();
    let of_county = |user: &User, role: Role| user.role == role && user.region.as_deref() == Some(&county);
    let officer_id = draft.officer_name.as_deref().and_then(|name| {
        people.one(name, |user| user.role.is_bureau() || of_county(user, Role::CountyOfficer))
    });
    let leader_id = draft
        .leader_name
        .as_deref()
        .and_then(|name| people.one(name, |user| of_county(user, Role::CountyLeader)));
    let ledger = FromLedger {
        identity: Some(draft.identity),
        import_id: Some(import_id.clone()),
        status: Some(draft.status),
        officer_name: draft.officer_name.filter(|_| officer_id.is_none()),
        leader_name: draft.leader_name.filter(|_| leader_id.is_none()),
        officer_id,
        leader_id,
        extra: draft.extra,
    };
    let input = LeadInput {
        title: draft.title,
        investor_name: draft.investor,
        uscc: draft.uscc,
        origin: draft.origin,
        county: draft.county,
        park: draft.park,
        industry: draft.industry,
        industry_class: None,
        content: draft.content,
        total_investment_fen: draft.total_investment_fen,
        fixed_investment_fen: draft.fixed_investment_fen,
        land_mu: draft.land_mu,
        factory_m2: draft.factory_m2,
        jobs: draft.jobs,
        factor_needs: None,
        source_kind: draft.source.kind,
        source: SourceBody::default(),
        contact: contact(draft.contact),
        remark: joined(draft.remark, draft.progress),
        priority: Priority::Normal,
        next_follow_up_on: draft.next_follow_up_on,
        stage: Some(draft.stage),
        registered_on: Some(draft.registered_on),
        duplicate_reason: duplicate_reason.or(draft.duplicate_reason),
    };
    (input, ledger)
}

/// The source that a row names. A chamber, referrer or enterprise that nobody knows is made, marked for review; an event
/// that nobody knows stays a note.
pub fn source(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    draft: SourceDraft,
) -> Result<SourceBody, AppError> {
    let mut body = SourceBody {
        kind: Some(draft.kind),
        chamber_id: draft.chamber_id,
        referrer_id: draft.referrer_id,
        enterprise_id: draft.enterprise_id,
        event_id: draft.event_id,
        note: draft.note,
    };
    let Some(name) = draft.name else { return Ok(body) };
    let now = clock::now();
    match draft.kind {
        SourceKind::Chamber if body.chamber_id.is_none() => {
            let chamber = match chambers::queries::find_by_name(conn, &name)? {
                Some(chamber) => chamber,
                None => chambers::queries::insert_for_review(conn, &name, &actor.user_id, now)?,
            };
            body.chamber_id = Some(chamber.id.to_string());
        }
        SourceKind::Referrer | SourceKind::Townsman if body.referrer_id.is_none() => {
            let kind = match draft.kind {
                SourceKind::Townsman => ReferrerKind::Townsman,
                _ => ReferrerKind::Person,
            };
            let referrer = match referrers::queries::find_by_name(conn, &name)? {
                Some(referrer) => referrer,
                None => referrers::queries::insert_for_review(conn, &name, kind, &actor.user_id, now)?,
            };
            body.referrer_id = Some(referrer.id.to_string());
        }
        SourceKind::Enterprise if body.enterprise_id.is_none() => {
            let id = companies::queries::resolve(conn, tools.reference, &name, None, None, now)?;
            body.enterprise_id = Some(id.to_string());
        }
        SourceKind::Event | SourceKind::Station if body.event_id.is_none() => {
            match event_named(conn, actor, draft.kind, &name)? {
                Some(id) => body.event_id = Some(id.to_string()),
                None => body.note = joined(Some(name), body.note),
            }
        }
        // The other sources have no register: the name stays a note.
        _ => body.note = joined(Some(name), body.note),
    }
    Ok(body)
}

/// The event that a row names as its source; none for another source, and where nobody or several are of that title.
pub fn event_named(
    conn: &mut AnyConn,
    actor: &Actor,
    kind: SourceKind,
    name: &str,
) -> Result<Option<Id>, AppError> {
    let campaign_only = match kind {
        SourceKind::Event => false,
        SourceKind::Station => true,
        _ => return Ok(None),
    };
    let event = events::queries::find_by_title(conn, actor, name, campaign_only)?;
    Ok(event.map(|event| event.id))
}

/// A contact with nothing in it is none.
fn contact(draft: ContactDraft) -> Option<ContactInput> {
    let empty = draft == ContactDraft::default();
    (!empty).then(|| ContactInput {
        name: draft.name.unwrap_or_default(),
        post: draft.post,
        phone: draft.phone,
        other_phones: draft.other_phones,
        email: draft.email,
        wechat: draft.wechat,
    })
}

fn joined(first: Option<String>, second: Option<String>) -> Option<String> {
    match (first, second) {
        (Some(first), Some(second)) => Some(format!("{first}\n{second}")),
        (first, second) => first.or(second),
    }
}
