//! Editing a lead: a version is changed, what differs goes to the trail, nobody's edit is lost.

use crate::accounts::Actor;
use crate::app::Tools;
use crate::audit::{self, Act, Differences};
use crate::companies::uscc::Uscc;
use crate::contacts::{self, Contact, ContactInput};
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::jobs::outbox::{self, Topic};
use crate::leads::forms::{ContactBody, LeadBody, LeadInput, SourceBody};
use crate::leads::handlers::assignment::kept_officer;
use crate::leads::model::{Assignment, Lead, Priority, SourceKind};
use crate::leads::queries::{self, Known};
use crate::leads::sources;
use crate::{attributions, clock, companies};
use chrono::NaiveDate;
use serde::Serialize;

/// The fields of a lead whose changes the trail tells. Personal ones are ciphertext under the contact's key.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Auditable {
    pub title: Option<String>,
    pub investor_name: Option<String>,
    pub uscc: Option<String>,
    pub origin: Option<String>,
    pub county: Option<String>,
    pub park: Option<String>,
    pub industry: Option<String>,
    pub industry_class: Option<String>,
    pub content: Option<String>,
    pub total_investment_fen: Option<i64>,
    pub fixed_investment_fen: Option<i64>,
    pub land_mu: Option<f64>,
    pub factory_m2: Option<f64>,
    pub jobs: Option<i64>,
    pub factor_needs: Option<String>,
    pub source_kind: Option<SourceKind>,
    pub source_chamber: Option<Id>,
    pub source_referrer: Option<Id>,
    pub source_enterprise: Option<Id>,
    pub source_event: Option<Id>,
    pub source_note: Option<String>,
    pub stage: Option<crate::leads::model::Stage>,
    pub priority: Option<Priority>,
    pub registered_on: Option<NaiveDate>,
    pub next_follow_up_on: Option<NaiveDate>,
    pub remark: Option<String>,
    pub duplicate_reason: Option<String>,
    #[serde(rename = "contact.name")]
    pub contact_name: Option<String>,
    #[serde(rename = "contact.post")]
    pub contact_post: Option<String>,
    #[serde(rename = "contact.phone")]
    pub contact_phone: Option<String>,
    #[serde(rename = "contact.other_phones")]
    pub contact_other_phones: Option<String>,
    #[serde(rename = "contact.email")]
    pub contact_email: Option<String>,
    #[serde(rename = "contact.wechat")]
    pub contact_wechat: Option<String>,
}

impl Auditable {
    pub fn of(lead: &Lead, uscc: Option<String>, contact: Option<&Contact>) -> Self {
        let lead = lead.clone();
        Auditable {
            title: Some(lead.title),
            investor_name: Some(lead.investor_name),
            uscc,
            origin: lead.origin,
            county: Some(lead.county),
            park: lead.park,
            industry: Some(lead.industry),
            industry_class: lead.industry_class,
            content: lead.content,
            total_investment_fen: lead.total_investment_fen,
            fixed_investment_fen: lead.fixed_investment_fen,
            land_mu: lead.land_mu,
            factory_m2: lead.factory_m2,
            jobs: lead.jobs,
            factor_needs: lead.factor_needs,
            source_kind: Some(lead.source_kind),
            source_chamber: lead.source_chamber_id,
            source_referrer: lead.source_referrer_id,
            source_enterprise: lead.source_enterprise_id,
            source_event: lead.source_event_id,
            source_note: lead.source_note,
            stage: Some(lead.stage),
            priority: Some(lead.priority),
            registered_on: Some(lead.registered_on),
            next_follow_up_on: lead.next_follow_up_on,
            remark: lead.remark,
            duplicate_reason: lead.duplicate_reason,
            contact_name: contact.map(|contact| contact.name.clone()),
            contact_post: contact.and_then(|contact| contact.post.clone()),
            contact_phone: contact.and_then(|contact| contact.phone_encrypted.clone()),
            contact_other_phones: contact.and_then(|contact| contact.other_phones_encrypted.clone()),
            contact_email: contact.and_then(|contact| contact.email_encrypted.clone()),
            contact_wechat: contact.and_then(|contact| contact.wechat_encrypted.clone()),
        }
    }
}

/// A lead as the body that would give it: what a merge patch starts from.
pub fn as_body(known: &Known, contact: Option<&ContactInput>) -> LeadBody {
    let lead = known.lead.clone();
    let text = |id: Option<Id>| id.map(|id| id.to_string());
    LeadBody {
        title: Some(lead.title),
        investor_name: Some(lead.investor_name),
        uscc: known.uscc.clone(),
        origin: lead.origin,
        county: Some(lead.county),
        park: lead.park,
        industry: Some(lead.industry),
        industry_class: lead.industry_class,
        content: lead.content,
        total_investment_fen: lead.total_investment_fen,
        fixed_investment_fen: lead.fixed_investment_fen,
        land_mu: lead.land_mu,
        factory_m2: lead.factory_m2,
        jobs: lead.jobs,
        factor_needs: lead.factor_needs,
        source: Some(SourceBody {
            kind: Some(lead.source_kind),
            chamber_id: text(lead.source_chamber_id),
            referrer_id: text(lead.source_referrer_id),
            enterprise_id: text(lead.source_enterprise_id),
            event_id: text(lead.source_event_id),
            note: lead.source_note,
        }),
        contact: contact.cloned().map(|contact| ContactBody {
            name: Some(contact.name),
            post: contact.post,
            phone: contact.phone,
            other_phones: contact.other_phones,
            email: contact.email,
            wechat: contact.wechat,
        }),
        remark: lead.remark,
        priority: Some(lead.priority),
        next_follow_up_on: lead.next_follow_up_on,
        stage: None,
        registered_on: Some(lead.registered_on),
        duplicate_reason: lead.duplicate_reason,
    }
}

/// Writes an edit of a lead that the actor may edit; `known` is what it was, of the version he saw.
///
/// A changed county is a handover, with all that follows (`assignment`). What changes nothing writes nothing.
pub fn edit(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    known: Known,
    input: LeadInput,
) -> Result<Lead, AppError> {
    if input.stage.is_some_and(|stage| stage != known.lead.stage) {
        return Err(AppError::invalid("stage", "stage-is-moved"));
    }
    let source = if input.source_unchanged(&known.lead) {
        sources::SourceIds {
            chamber: known.lead.source_chamber_id.clone(),
            referrer: known.lead.source_referrer_id.clone(),
            enterprise: known.lead.source_enterprise_id.clone(),
            event: known.lead.source_event_id.clone(),
        }
    } else {
        sources::resolve(conn, actor, input.source_kind, &input.source)?
    };
    let before_contact = contacts::queries::of_lead(conn, &known.lead.id)?;
    let before = Auditable::of(&known.lead, known.uscc.clone(), before_contact.as_ref());
    let contact = sealed(conn, tools, &known.lead.id, before_contact, input.contact.as_ref())?;
    let company = company_of(conn, tools, &known, &input)?;
    let handover = handover(actor, &known.lead, &input.county);
    let before_lead = known.lead.clone();
    let mut lead = Lead {
        title: input.title,
        company_id: company,
        investor_name: input.investor_name,
        county: input.county,
        park: input.park,
        industry: input.industry,
        industry_class: input.industry_class,
        content: input.content,
        total_investment_fen: input.total_investment_fen,
        fixed_investment_fen: input.fixed_investment_fen,
        land_mu: input.land_mu,
        factory_m2: input.factory_m2,
        jobs: input.jobs,
        factor_needs: input.factor_needs,
        source_kind: input.source_kind,
        source_chamber_id: source.chamber,
        source_referrer_id: source.referrer,
        source_enterprise_id: source.enterprise,
        source_event_id: source.event,
        source_note: input.source.note,
        priority: input.priority,
        registered_on: input.registered_on.unwrap_or(known.lead.registered_on),
        next_follow_up_on: input.next_follow_up_on,
        remark: input.remark,
        duplicate_reason: input.duplicate_reason,
        origin: input.origin,
        ..known.lead
    };
    if let Some(mut handover) = handover {
        lead.leader_id = None;
        lead.officer_id = kept_officer(conn, &lead, true)?;
        handover.to_officer_id.clone_from(&lead.officer_id);
        queries::insert_assignment(conn, handover, keeps_reading(actor, &before_lead))?;
    }
    attributions::changing::by_edit(conn, actor, &before_lead, &lead)?;
    let uscc = input.uscc.as_ref().map(|code| code.as_str().to_owned());
    let differences = Differences::between(&before, &Auditable::of(&lead, uscc, contact.as_ref()));
    if differences.is_empty() && lead == before_lead {
        return Ok(lead);
    }
    save(conn, actor, lead, "lead.update", differences, None)
}

/// The last steps of every change of a lead: the row by its version, the trail, the index.
pub fn save(
    conn: &mut AnyConn,
    actor: &Actor,
    lead: Lead,
    action: &'static str,
    differences: Differences,
    reason: Option<&str>,
) -> Result<Lead, AppError> {
    let version = lead.version;
    let lead = queries::update(conn, lead, clock::now())?.ok_or(AppError::Stale { current: version + 1 })?;
    audit::record(
        conn,
        actor,
        Act { action, subject_kind: "lead", subject_id: lead.id.as_str(), differences, reason },
    )?;
    outbox::enqueue(conn, Topic::LeadIndex, &lead.id)?;
    Ok(lead)
}

/// The contact as it is to be, written only when it changed: a new seal of the same phone would look like an edit.
fn sealed(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    lead: &Id,
    before: Option<Contact>,
    input: Option<&ContactInput>,
) -> Result<Option<Contact>, AppError> {
    let open = before.as_ref().map(|contact| contact.open(tools.keys)).transpose()?;
    if open.as_ref() == input {
        return Ok(before);
    }
    let mut after = input
        .map(|input| Contact::seal(lead, input, before.as_ref(), tools.keys, clock::now()))
        .transpose()?;
    // What did not change keeps its ciphertext, or the trail would tell of it.
    if let (Some(before), Some(open), Some(input), Some(after)) = (&before, &open, input, &mut after) {
        if open.phone == input.phone {
            after.phone_encrypted.clone_from(&before.phone_encrypted);
        }
        if open.other_phones == input.other_phones {
            after.other_phones_encrypted.clone_from(&before.other_phones_encrypted);
        }
        if open.email == input.email {
            after.email_encrypted.clone_from(&before.email_encrypted);
        }
        if open.wechat == input.wechat {
            after.wechat_encrypted.clone_from(&before.wechat_encrypted);
        }
    }
    let others = input.map(|input| input.other_hashes(tools.keys)).unwrap_or_default();
    contacts::queries::put(conn, lead, after.as_ref(), &others)?;
    Ok(after)
}

/// The company after the edit: the same while the name and code are its own, else the one they name.
fn company_of(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    known: &Known,
    input: &LeadInput,
) -> Result<Id, AppError> {
    let code = input.uscc.as_ref().map(Uscc::as_str);
    let same_name = known.lead.investor_name == input.investor_name;
    let now = clock::now();
    if same_name && code == known.uscc.as_deref() {
        return Ok(known.lead.company_id.clone());
    }
    if same_name && code.is_none() {
        companies::queries::forget_code(conn, &known.lead.company_id, now)?;
        return Ok(known.lead.company_id.clone());
    }
    Ok(companies::queries::resolve(
        conn,
        tools.reference,
        &input.investor_name,
        input.uscc.as_ref(),
        input.origin.as_deref(),
        now,
    )?)
}

/// Whether the county that a lead leaves goes on seeing it: when it handed the lead on itself. A county that the bureau
/// corrects has nothing to do with the lead.
fn keeps_reading(actor: &Actor, before: &Lead) -> bool {
    actor.region.as_ref() == Some(&before.county)
}

fn handover(actor: &Actor, lead: &Lead, county: &str) -> Option<Assignment> {
    (lead.county != county).then(|| Assignment {
        id: Id::generate(),
        lead_id: lead.id.clone(),
        from_county: lead.county.clone(),
        to_county: county.to_owned(),
        from_officer_id: lead.officer_id.clone(),
        to_officer_id: lead.officer_id.clone(),
        from_leader_id: lead.leader_id.clone(),
        to_leader_id: None,
        reason: None,
        by_user: actor.user_id.clone(),
        at: clock::now(),
    })
}

impl LeadInput {
    fn source_unchanged(&self, lead: &Lead) -> bool {
        let same = |id: &Option<Id>, named: &Option<String>| id.as_ref().map(Id::as_str) == named.as_deref();
        self.source_kind == lead.source_kind
            && same(&lead.source_chamber_id, &self.source.chamber_id)
            && same(&lead.source_referrer_id, &self.source.referrer_id)
            && same(&lead.source_enterprise_id, &self.source.enterprise_id)
            && same(&lead.source_event_id, &self.source.event_id)
    }
}
