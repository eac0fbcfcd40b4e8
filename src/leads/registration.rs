//! Registering a lead (首报登记): the record, its contact, its trail and its place in the index, in one
//! transaction. Used by the page, the API and imports alike.

use crate::accounts::Actor;
use crate::app::Tools;
use crate::audit::{self, Act, Differences};
use crate::companies::identity::Identity;
use crate::contacts::{self, Contact};
use crate::db::{AnyConn, Id, Json, series};
use crate::error::{AppError, FieldErrors};
use crate::jobs::outbox::{self, Topic};
use crate::leads::editing::Auditable;
use crate::leads::forms::{LeadInput, SourceBody};
use crate::leads::model::{ClosureKind, Lead, Stage, Status};
use crate::leads::{policy, queries, sources};
use crate::{clock, companies};
use chrono::{Datelike, NaiveDate, NaiveDateTime};
use std::collections::HashSet;

/// What only an import knows of a lead.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FromLedger {
    /// The investor's name, taken apart when the row was read.
    pub identity: Option<Identity>,
    pub import_id: Option<Id>,
    pub status: Option<Status>,
    pub officer_id: Option<Id>,
    pub leader_id: Option<Id>,
    /// Names that are no user's.
    pub officer_name: Option<String>,
    pub leader_name: Option<String>,
    /// Columns that matched nothing, as (header, value).
    pub extra: Vec<(String, String)>,
}

/// Registers a lead. That it is no duplicate, or accepted as one, the caller has seen to.
///
/// # Errors
/// 403 at `county` when the actor may not register there; 422 by field when a named record does not exist.
pub fn register(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    input: LeadInput,
    ledger: FromLedger,
) -> Result<Lead, AppError> {
    let source = input.source.clone();
    Ready::new(tools, actor, input, ledger)?.write(conn, tools, actor, source, None)
}

/// A lead made ready to be registered: all that needs no database, so that an import may do it beside the transaction
/// that writes the leads before.
pub struct Ready {
    /// Without its code, its company and the records of its source.
    lead: Lead,
    identity: Identity,
    contact: Option<Contact>,
    other_phones: HashSet<String>,
    differences: Differences,
}

impl Ready {
    /// # Errors
    /// 403 at `county` when the actor may not register there.
    pub fn new(
        tools: Tools<'_>,
        actor: &Actor,
        input: LeadInput,
        ledger: FromLedger,
    ) -> Result<Self, AppError> {
        if !policy::may_create_in(actor, &input.county) {
            return Err(AppError::ForbiddenFields(FieldErrors::one("county", "not-your-county")));
        }
        let now = clock::now();
        let identity = ledger
            .identity
            .unwrap_or_else(|| Identity::new(&input.investor_name, input.uscc.clone(), tools.reference));
        let status = ledger.status.unwrap_or(Status::Active);
        let id = Id::generate();
        let lead = Lead {
            // `write` puts both in; without it no row would hold.
            code: String::new(),
            company_id: id.clone(),
            id,
            title: input.title,
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
            source_chamber_id: None,
            source_referrer_id: None,
            source_enterprise_id: None,
            source_event_id: None,
            source_note: None,
            stage: input.stage.unwrap_or(Stage::New),
            status,
            priority: input.priority,
            hold_reason: None,
            hold_until: None,
            closure_kind: (status == Status::Closed).then_some(ClosureKind::Other),
            closure_reason: None,
            closed_at: closed_at(status, now),
            officer_id: ledger.officer_id,
            leader_id: ledger.leader_id,
            officer_name: ledger.officer_name,
            leader_name: ledger.leader_name,
            registered_on: input.registered_on.unwrap_or_else(|| clock::china_date(now)),
            received_at: now,
            next_follow_up_on: input.next_follow_up_on,
            remark: input.remark,
            extra: Json(ledger.extra),
            duplicate_reason: input.duplicate_reason,
            import_id: ledger.import_id,
            created_by: actor.user_id.clone(),
            version: 1,
            created_at: now,
            updated_at: now,
            deleted_at: None,
            merged_into: None,
            origin: input.origin,
        };
        let other_phones = input.contact.as_ref().map(|contact| contact.other_hashes(tools.keys));
        let contact = input
            .contact
            .map(|contact| Contact::seal(&lead.id, &contact, None, tools.keys, now))
            .transpose()?;
        let uscc = input.uscc.as_ref().map(|code| code.as_str().to_owned());
        let differences = Differences::of_new(&Auditable::of(&lead, uscc, contact.as_ref()));
        Ok(Ready { lead, identity, contact, other_phones: other_phones.unwrap_or_default(), differences })
    }

    /// Writes it, with the next code unless one was given.
    ///
    /// # Errors
    /// 422 by field when a record that the source names does not exist.
    pub fn write(
        self,
        conn: &mut AnyConn,
        tools: Tools<'_>,
        actor: &Actor,
        source: SourceBody,
        code: Option<String>,
    ) -> Result<Lead, AppError> {
        let Ready { mut lead, identity, contact, other_phones, differences } = self;
        let records = sources::resolve(conn, actor, lead.source_kind, &source)?;
        lead.source_chamber_id = records.chamber;
        lead.source_referrer_id = records.referrer;
        lead.source_enterprise_id = records.enterprise;
        lead.source_event_id = records.event;
        lead.source_note = source.note;
        lead.company_id = companies::queries::resolve_known(
            conn,
            tools.reference,
            &lead.investor_name,
            identity,
            lead.origin.as_deref(),
            lead.received_at,
        )?;
        lead.code = match code {
            Some(code) => code,
            None => Codes::begin(conn, tools.code_prefix, clock::china_date(lead.received_at))?.next(),
        };
        queries::insert(conn, &lead)?;
        if let Some(contact) = &contact {
            contacts::queries::insert(conn, contact, &other_phones)?;
        }
        let differences = differences
            .set("code", &lead.code)
            .set("source_chamber", &lead.source_chamber_id)
            .set("source_referrer", &lead.source_referrer_id)
            .set("source_enterprise", &lead.source_enterprise_id)
            .set("source_event", &lead.source_event_id)
            .set("source_note", &lead.source_note);
        audit::record(
            conn,
            actor,
            Act {
                action: "lead.create",
                subject_kind: "lead",
                subject_id: lead.id.as_str(),
                differences,
                reason: lead.duplicate_reason.as_deref(),
            },
        )?;
        outbox::enqueue(conn, Topic::LeadIndex, &lead.id)?;
        Ok(lead)
    }
}

fn closed_at(status: Status, now: NaiveDateTime) -> Option<NaiveDateTime> {
    (status == Status::Closed).then_some(now)
}

/// Codes of leads, `QZ-2026-000123`: numbered by the year in which the report came in.
pub struct Codes<'a> {
    prefix: &'a str,
    year: i32,
    numbers: series::Run,
}

impl<'a> Codes<'a> {
    pub fn begin(conn: &mut AnyConn, prefix: &'a str, today: NaiveDate) -> Result<Self, AppError> {
        let year = today.year();
        Ok(Codes { prefix, year, numbers: series::Run::begin(conn, format!("lead-{year}"))? })
    }

    /// The code that the next lead has if it comes to be.
    pub fn next(&self) -> String {
        format!("{}-{}-{:06}", self.prefix, self.year, self.numbers.next())
    }

    pub fn used(&mut self) {
        self.numbers.used();
    }

    /// To be called before the transaction ends, unless exactly one code was used.
    pub fn end(self, conn: &mut AnyConn) -> Result<(), AppError> {
        Ok(self.numbers.end(conn)?)
    }
}
