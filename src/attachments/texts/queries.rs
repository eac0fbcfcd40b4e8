//! All SQL of what papers say.

use super::model::{PaperText, TextState};
use super::{SEARCHED, formats};
use crate::attachments::model::{AttachmentKind, OwnerKind};
use crate::clock;
use crate::db::dialect::Both;
use crate::db::{AnyConn, Id, flags};
use crate::leads;
use crate::schema::{attachment_texts, attachments, follow_ups, milestones};
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};
use std::collections::{HashMap, HashSet};

/// Papers that are asked for together.
const CHUNK: usize = 1_000;
/// The flag that says how far the papers have been gone through that were there before their texts were read.
const GONE_THROUGH: &str = "attachments.texts";
/// Its value when all of them were.
const ALL: &str = "all";

/// A paper of a lead or project, as far as its document needs it.
#[derive(Debug, Clone)]
pub struct Known {
    /// The lead or project in whose document it stands.
    pub record: Id,
    pub id: Id,
    pub file_name: String,
    /// Of a follow-up, the chamber that wrote it.
    pub by_chamber: Option<Id>,
    /// Characters that it says.
    pub length: i64,
}

/// Keeps what was read, unless the paper was removed meanwhile or somebody else was quicker; whether it is kept now.
pub fn put(conn: &mut AnyConn, paper: &Id, text: &PaperText) -> QueryResult<bool> {
    let there = attachments::table.find(paper).filter(attachments::deleted_at.is_null());
    // Written and not only read: whoever removes it waits, and then finds the text that he removes with it.
    let held = diesel::update(there).set(attachments::size.eq(attachments::size)).execute(conn)? == 1;
    if !held {
        return Ok(false);
    }
    let row = (
        attachment_texts::attachment_id.eq(paper),
        attachment_texts::state.eq(text.state),
        attachment_texts::text.eq(&text.text),
        attachment_texts::length.eq(i64::try_from(text.text.chars().count()).unwrap_or(i64::MAX)),
        attachment_texts::at.eq(clock::now()),
    );
    let kept = Both(
        diesel::insert_into(attachment_texts::table)
            .values(row)
            .on_conflict(attachment_texts::attachment_id)
            .do_nothing(),
    );
    Ok(kept.execute(conn)? == 1)
}

pub fn delete(conn: &mut AnyConn, paper: &Id) -> QueryResult<()> {
    diesel::delete(attachment_texts::table.find(paper)).execute(conn).map(drop)
}

/// What came of reading these papers; those that were not read yet have nothing.
pub fn states(conn: &mut AnyConn, papers: &[Id]) -> QueryResult<HashMap<Id, TextState>> {
    if papers.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = attachment_texts::table
        .filter(attachment_texts::attachment_id.eq_any(papers.to_vec()))
        .select((attachment_texts::attachment_id, attachment_texts::state))
        .load::<(Id, TextState)>(conn)?;
    Ok(rows.into_iter().collect())
}

/// A paper with the record that it is of, and the chamber that wrote the follow-up.
type Row = (Id, Id, String, Option<i64>, Option<Id>);

/// The papers of these leads, of their follow-ups, and of the leads that were merged into them; the latest first.
pub fn of_leads(conn: &mut AnyConn, ids: &[Id]) -> QueryResult<Vec<Known>> {
    let families = leads::queries::families(conn, ids)?;
    let wanted: HashSet<&Id> = ids.iter().collect();
    let all: Vec<Id> = families.leads().cloned().collect();
    let mut rows = of_owners(conn, OwnerKind::Lead, &all)?;
    let of_follow_ups = attachments::table
        .inner_join(follow_ups::table.on(follow_ups::id.eq(attachments::owner_id)))
        .left_join(attachment_texts::table.on(attachment_texts::attachment_id.eq(attachments::id)))
        .filter(attachments::owner_kind.eq(OwnerKind::FollowUp))
        .filter(attachments::deleted_at.is_null())
        .filter(follow_ups::lead_id.eq_any(all))
        .select((
            follow_ups::lead_id,
            attachments::id,
            attachments::file_name,
            attachment_texts::length.nullable(),
            follow_ups::by_chamber_id,
        ));
    rows.extend(of_follow_ups.load::<Row>(conn)?);
    let mut known = Vec::with_capacity(rows.len());
    for (lead, id, file_name, length, by_chamber) in latest_first(rows) {
        let of = |record: &Id, by_chamber| Known {
            record: record.clone(),
            id: id.clone(),
            file_name: file_name.clone(),
            by_chamber,
            length: length.unwrap_or(0),
        };
        let stayed = families.stayed(&lead);
        // What a chamber wrote of another lead is not its own here.
        if *stayed != lead && wanted.contains(stayed) {
            known.push(of(stayed, None));
        }
        if wanted.contains(&lead) {
            known.push(of(&lead, by_chamber));
        }
    }
    Ok(known)
}

/// The papers of these projects and of their milestones, the latest first.
pub fn of_projects(conn: &mut AnyConn, ids: &[Id]) -> QueryResult<Vec<Known>> {
    let mut rows = of_owners(conn, OwnerKind::Project, ids)?;
    let of_milestones = attachments::table
        .inner_join(milestones::table.on(milestones::id.eq(attachments::owner_id)))
        .left_join(attachment_texts::table.on(attachment_texts::attachment_id.eq(attachments::id)))
        .filter(attachments::owner_kind.eq(OwnerKind::Milestone))
        .filter(attachments::deleted_at.is_null())
        .filter(milestones::project_id.eq_any(ids.to_vec()))
        .select((
            milestones::project_id,
            attachments::id,
            attachments::file_name,
            attachment_texts::length.nullable(),
            None::<Id>.into_sql::<Nullable<Text>>(),
        ));
    rows.extend(of_milestones.load::<Row>(conn)?);
    let known = latest_first(rows).into_iter().map(|(record, id, file_name, length, by_chamber)| Known {
        record,
        id,
        file_name,
        by_chamber,
        length: length.unwrap_or(0),
    });
    Ok(known.collect())
}

fn of_owners(conn: &mut AnyConn, kind: OwnerKind, ids: &[Id]) -> QueryResult<Vec<Row>> {
    attachments::table
        .left_join(attachment_texts::table.on(attachment_texts::attachment_id.eq(attachments::id)))
        .filter(attachments::owner_kind.eq(kind))
        .filter(attachments::deleted_at.is_null())
        .filter(attachments::owner_id.eq_any(ids.to_vec()))
        .select((
            attachments::owner_id,
            attachments::id,
            attachments::file_name,
            attachment_texts::length.nullable(),
            None::<Id>.into_sql::<Nullable<Text>>(),
        ))
        .load(conn)
}

/// Ids sort by the time at which they were made.
fn latest_first(mut rows: Vec<Row>) -> Vec<Row> {
    rows.sort_by(|a, b| b.1.cmp(&a.1));
    rows
}

/// What these papers say.
pub fn texts(conn: &mut AnyConn, papers: &[Id]) -> QueryResult<HashMap<Id, String>> {
    let mut texts = HashMap::with_capacity(papers.len());
    for ids in papers.chunks(CHUNK) {
        let rows = attachment_texts::table
            .filter(attachment_texts::attachment_id.eq_any(ids.to_vec()))
            .select((attachment_texts::attachment_id, attachment_texts::text))
            .load::<(Id, String)>(conn)?;
        texts.extend(rows);
    }
    Ok(texts)
}

/// Whether the papers that were there before are still to be gone through.
pub fn is_to_go_through(conn: &mut AnyConn) -> QueryResult<bool> {
    Ok(gone_through(conn)?.as_deref() != Some(ALL))
}

/// Goes through the next papers that were there before: those of them that are to be read, none twice.
pub fn go_through(conn: &mut AnyConn, limit: i64) -> QueryResult<Vec<Id>> {
    let after = gone_through(conn)?.unwrap_or_default();
    if after == ALL {
        return Ok(Vec::new());
    }
    let next: Vec<Id> = attachments::table
        .filter(attachments::id.gt(after))
        .order(attachments::id.asc())
        .limit(limit)
        .select(attachments::id)
        .load(conn)?;
    flags::put(conn, GONE_THROUGH, next.last().map_or(ALL, Id::as_str))?;
    attachments::table
        .left_join(attachment_texts::table.on(attachment_texts::attachment_id.eq(attachments::id)))
        .filter(attachments::id.eq_any(next))
        .filter(attachments::deleted_at.is_null())
        .filter(attachments::owner_kind.eq_any(SEARCHED))
        .filter(attachments::kind.ne(AttachmentKind::Identity))
        .filter(attachments::media_type.eq_any(formats::MEDIA_TYPES))
        .filter(attachment_texts::attachment_id.nullable().is_null())
        .select(attachments::id)
        .load(conn)
}

fn gone_through(conn: &mut AnyConn) -> QueryResult<Option<String>> {
    flags::get(conn, GONE_THROUGH)
}
