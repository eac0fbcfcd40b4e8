//! What papers say, brought to the documents of leads and projects.

use super::AttachedText;
use crate::attachments::texts::queries::{self, Known};
use crate::db::{AnyConn, Id};
use diesel::QueryResult;
use std::collections::{BTreeSet, HashMap};

/// So many characters of papers are in memory at a time.
const AT_ONCE: i64 = 4_000_000;

/// Papers by their record, each with the chamber that wrote its follow-up.
pub type Attached = HashMap<Id, Vec<(AttachedText, Option<Id>)>>;

/// The papers with what they say; of a record that has ever so many, the latest, which are more than an index takes in.
pub fn of(conn: &mut AnyConn, known: Vec<Known>) -> QueryResult<Attached> {
    let mut lengths: HashMap<&Id, i64> = HashMap::new();
    let mut said: BTreeSet<Id> = BTreeSet::new();
    for paper in known.iter().filter(|paper| paper.length > 0) {
        let length = lengths.entry(&paper.record).or_default();
        *length += paper.length;
        if *length <= AT_ONCE {
            said.insert(paper.id.clone());
        }
    }
    let said: Vec<Id> = said.into_iter().collect();
    let texts = queries::texts(conn, &said)?;
    let mut attached = Attached::new();
    for Known { record, id, file_name, by_chamber, .. } in known {
        let text = texts.get(&id).cloned().unwrap_or_default();
        attached.entry(record).or_default().push((AttachedText { file_name, text }, by_chamber));
    }
    Ok(attached)
}

/// The records in parts, in their order, so that the papers of each part fit into memory.
pub fn parts(ids: &[Id], known: &[Known]) -> Vec<Vec<Id>> {
    let mut lengths: HashMap<&Id, i64> = HashMap::new();
    known.iter().for_each(|paper| *lengths.entry(&paper.record).or_default() += paper.length);
    let mut parts: Vec<Vec<Id>> = Vec::new();
    let mut length = AT_ONCE;
    for id in ids {
        let own = lengths.get(id).copied().unwrap_or(0);
        match parts.last_mut().filter(|_| length + own <= AT_ONCE) {
            Some(part) => {
                part.push(id.clone());
                length += own;
            }
            None => {
                parts.push(vec![id.clone()]);
                length = own;
            }
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_holds_as_many_records_as_their_papers_allow() {
        let ids: Vec<Id> = (0..5).map(|_| Id::generate()).collect();
        let known = |at: usize, length| Known {
            record: ids[at].clone(),
            id: Id::generate(),
            file_name: String::new(),
            by_chamber: None,
            length,
        };
        let parts = |known: &[Known]| parts(&ids, known).iter().map(Vec::len).collect::<Vec<_>>();
        assert_eq!(parts(&[]), [5]);
        assert_eq!(parts(&[known(0, AT_ONCE), known(2, AT_ONCE - 1), known(4, 1)]), [2, 3]);
        assert_eq!(
            parts(&[known(1, 9 * AT_ONCE), known(4, 2), known(2, AT_ONCE), known(2, 1)]),
            [1, 1, 1, 2]
        );
        assert!(super::parts(&[], &[]).is_empty());
    }
}
