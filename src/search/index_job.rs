//! From rows to documents: what the outbox says changed is read again and put into the index, or taken out.

use crate::app::App;
use crate::attachments::texts;
use crate::clock;
use crate::contacts::queries::other_phones;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::follow_ups;
use crate::jobs::outbox::{self, Job, Topic};
use crate::leads::model::Lead;
use crate::leads::queries::handovers_of;
use crate::saved_searches::matching;
use crate::schema::{companies, contacts, leads};
use crate::search::records::documents as records;
use crate::search::{LeadDocument, SearchEngine, attached};
use chrono::Duration;
use diesel::prelude::*;
use std::collections::{BTreeSet, HashMap};

/// Leads per batch at most: read in a few queries, written with one commit.
pub const BATCH: i64 = 2_000;

/// Works off one batch of the outbox for each index; how many rows it took. A failure puts them back for later.
pub fn run_batch(app: &App) -> Result<usize, AppError> {
    let leads = batch_of(app, Topic::LeadIndex, index, matching::ask)?;
    Ok(leads + batch_of(app, Topic::RecordIndex, index_records, |_, _| Ok(()))?)
}

/// `follow` writes down what is to follow, in the transaction in which the rows go.
fn batch_of(
    app: &App,
    topic: Topic,
    index: fn(&App, &[Job]) -> Result<(), AppError>,
    follow: fn(&mut AnyConn, &[Id]) -> QueryResult<()>,
) -> Result<usize, AppError> {
    let now = clock::now();
    let jobs = app.db.write(|conn| Ok::<_, AppError>(outbox::claim(conn, topic, BATCH, now)?))?;
    if jobs.is_empty() {
        return Ok(0);
    }
    match index(app, &jobs) {
        Ok(()) => app.db.write(|conn| {
            follow(conn, &subjects(&jobs))?;
            Ok::<_, AppError>(outbox::finish(conn, &jobs)?)
        })?,
        Err(error) => {
            let text = error.to_string();
            tracing::warn!(error = text, rows = jobs.len(), "indexing failed and will be tried again");
            app.db.write(|conn| Ok::<_, AppError>(outbox::postpone(conn, &jobs, &text, now)?))?;
            return Err(error);
        }
    }
    Ok(jobs.len())
}

/// The rows leave the outbox only after the engine has committed: a kill in between repeats, and that is harmless.
fn index(app: &App, jobs: &[Job]) -> Result<(), AppError> {
    let ids = subjects(jobs);
    for part in app.db.read(|conn| Ok::<_, AppError>(parts(conn, &ids)?))? {
        let documents = app.db.read(|conn| Ok::<_, AppError>(documents(conn, &part)?))?;
        put(app.search.as_ref(), &part, &documents)?;
    }
    let companies = app.db.read(|conn| Ok::<_, AppError>(records::companies_of_leads(conn, &ids)?))?;
    index_companies(app, jobs, companies)
}

fn index_records(app: &App, jobs: &[Job]) -> Result<(), AppError> {
    let ids = subjects(jobs);
    for part in app.db.read(|conn| Ok::<_, AppError>(records::parts(conn, &ids)?))? {
        let documents = app.db.read(|conn| Ok::<_, AppError>(records::documents(conn, &part)?))?;
        put(app.records.as_ref(), &part, &documents)?;
    }
    let companies = app.db.read(|conn| Ok::<_, AppError>(records::companies_of_projects(conn, &ids)?))?;
    index_companies(app, jobs, companies)
}

/// A company comes with its leads and projects: a row of its own would be one more for each lead of an import.
fn index_companies(app: &App, jobs: &[Job], companies: Vec<Id>) -> Result<(), AppError> {
    let since = jobs.iter().map(|job| job.created_at).min().unwrap_or_default() - Duration::minutes(1);
    let changed = app.db.read(|conn| Ok::<_, AppError>(records::changed_since(conn, companies, since)?))?;
    if !changed.is_empty() {
        let documents = app.db.read(|conn| Ok::<_, AppError>(records::documents(conn, &changed)?))?;
        put(app.records.as_ref(), &changed, &documents)?;
    }
    Ok(())
}

fn subjects(jobs: &[Job]) -> Vec<Id> {
    jobs.iter().map(|job| job.subject_id.clone()).collect::<BTreeSet<_>>().into_iter().collect()
}

/// Puts the documents in, and takes out what has none any more.
fn put(engine: &dyn SearchEngine, ids: &[Id], documents: &[LeadDocument]) -> Result<(), AppError> {
    let found: BTreeSet<&str> = documents.iter().map(|document| document.id.as_str()).collect();
    let gone: Vec<String> = ids.iter().map(Id::to_string).filter(|id| !found.contains(id.as_str())).collect();
    engine.upsert(documents)?;
    engine.delete(&gone)?;
    engine.commit()?;
    Ok(())
}

/// The leads in parts whose papers fit into memory.
pub fn parts(conn: &mut AnyConn, ids: &[Id]) -> QueryResult<Vec<Vec<Id>>> {
    Ok(attached::parts(ids, &texts::queries::of_leads(conn, ids)?))
}

/// The documents of these leads; a deleted lead has none.
pub fn documents(conn: &mut AnyConn, ids: &[Id]) -> QueryResult<Vec<LeadDocument>> {
    let rows = leads::table
        .inner_join(companies::table)
        .filter(leads::id.eq_any(ids.to_vec()))
        .filter(leads::deleted_at.is_null())
        .select((Lead::as_select(), companies::uscc))
        .load::<(Lead, Option<String>)>(conn)?;
    let mut contacts: HashMap<Id, (String, Option<String>)> = contacts::table
        .filter(contacts::lead_id.eq_any(ids.to_vec()))
        .select((contacts::lead_id, (contacts::name, contacts::phone_hash)))
        .load::<(Id, (String, Option<String>))>(conn)?
        .into_iter()
        .collect();
    let mut other_phones = other_phones(conn, ids)?;
    let mut written: HashMap<Id, Vec<(String, Option<Id>)>> = HashMap::new();
    for (lead, text, chamber) in follow_ups::queries::texts_of(conn, ids)? {
        written.entry(lead).or_default().push((text, chamber));
    }
    let mut handed_on: HashMap<Id, Vec<String>> = HashMap::new();
    for (lead, county) in handovers_of(conn, ids)? {
        handed_on.entry(lead).or_default().push(county);
    }
    let papers = texts::queries::of_leads(conn, ids)?;
    let mut attached = attached::of(conn, papers)?;
    let document = |(lead, uscc): (Lead, Option<String>)| {
        let written = written.remove(&lead.id).unwrap_or_default();
        let (contact_name, phone_hash) = contacts.remove(&lead.id).unzip();
        let other_phones = other_phones.remove(&lead.id).unwrap_or_default();
        let own =
            written.iter().filter(|(_, chamber)| chamber.is_some() && *chamber == lead.source_chamber_id);
        let papers = attached.remove(&lead.id).unwrap_or_default();
        let own_papers =
            papers.iter().filter(|(_, chamber)| chamber.is_some() && *chamber == lead.source_chamber_id);
        LeadDocument {
            kind: String::new(),
            chamber_attachments: own_papers.map(|(paper, _)| paper.clone()).collect(),
            attachments: papers.into_iter().map(|(paper, _)| paper).collect(),
            chamber_follow_ups: own.map(|(text, _)| text.clone()).collect(),
            follow_ups: written.into_iter().map(|(text, _)| text).collect(),
            handed_on_by: handed_on.remove(&lead.id).unwrap_or_default(),
            contact_name,
            phone_hashes: phone_hash.flatten().into_iter().chain(other_phones).collect(),
            id: lead.id.to_string(),
            code: lead.code,
            title: lead.title,
            investor_name: lead.investor_name,
            uscc,
            county: lead.county,
            industry: lead.industry,
            stage: lead.stage.to_string(),
            status: lead.status.to_string(),
            source_kind: lead.source_kind.to_string(),
            chamber_id: lead.source_chamber_id.map(|id| id.to_string()),
            officer_id: lead.officer_id.map(|id| id.to_string()),
            leader_id: lead.leader_id.map(|id| id.to_string()),
            content: lead.content,
            remark: lead.remark,
            total_investment_fen: lead.total_investment_fen,
            registered_on: Some(lead.registered_on),
            updated_at: lead.updated_at,
            version: lead.version,
        }
    };
    Ok(rows.into_iter().map(document).collect())
}
