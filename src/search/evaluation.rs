//! How good a search engine is: queries whose right answers are known from the database, asked of whichever engine there
//! is.

use super::document::LeadDocument;
use super::engine::SearchEngine;
use super::fields::FieldSet;
use super::query::{Among, LeadScope, MAX_DEPTH, SearchQuery};
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::search::index_job::{documents, parts};
use crate::search::reindex::next_ids;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};

/// Hits whose rightness precision is measured by.
const FIRST: usize = 10;
/// Missed leads that are named.
const EXAMPLES: usize = 5;
/// Leads asked for by their ids at a time.
const AT_ONCE: usize = 1_000;

/// A query, and the text by which its right answers are known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    pub class: String,
    pub query: String,
    /// Every lead whose title, company, content, remark or contact's name holds it.
    pub truth: String,
}

/// What came of all cases.
#[derive(Debug, Clone, Serialize)]
pub struct Evaluation {
    pub engine: &'static str,
    /// In the order in which the file names them.
    pub classes: Vec<ClassScore>,
    pub missed: Vec<Missed>,
    /// Cases that no lead is the answer of: they are not counted.
    pub pointless: Vec<Case>,
}

/// The means over the cases of a class, each from 0 to 1.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClassScore {
    pub class: String,
    pub cases: usize,
    /// The share of the right leads that were found at all.
    pub recall: f64,
    /// The share of right ones among the first ten hits.
    pub precision_at_10: f64,
    /// One by the place of the first right hit.
    pub mean_reciprocal_rank: f64,
}

/// A case that did not find all.
#[derive(Debug, Clone, Serialize)]
pub struct Missed {
    pub class: String,
    pub query: String,
    pub truth: String,
    pub wanted: usize,
    pub found: usize,
    /// Codes of some that were not.
    pub examples: Vec<String>,
}

/// The cases of a file, or the first line that is none and why.
pub fn cases(text: &str) -> Result<Vec<Case>, (usize, String)> {
    let lines = (1..).zip(text.trim_start_matches('\u{feff}').lines());
    let case =
        |(number, line): (usize, &str)| serde_json::from_str(line).map_err(|e| (number, e.to_string()));
    lines.filter(|(_, line)| !line.trim().is_empty()).map(case).collect()
}

/// Asks all of them as a bureau officer would.
///
/// # Errors
/// The database or the engine cannot be asked.
pub fn evaluate(
    conn: &mut AnyConn,
    engine: &dyn SearchEngine,
    cases: &[Case],
) -> Result<Evaluation, AppError> {
    let truths = truths(conn, cases)?;
    let (mut missed, mut pointless) = (Vec::new(), Vec::new());
    let mut answers: Vec<(&str, Answer)> = Vec::new();
    for (case, truth) in cases.iter().zip(truths) {
        if truth.is_empty() {
            pointless.push(case.clone());
            continue;
        }
        let (answer, left) = ask(engine, case, &truth)?;
        if !left.is_empty() {
            missed.push(Missed {
                class: case.class.clone(),
                query: case.query.clone(),
                truth: case.truth.clone(),
                wanted: answer.wanted,
                found: answer.found,
                examples: left.into_iter().take(EXAMPLES).collect(),
            });
        }
        answers.push((&case.class, answer));
    }
    Ok(Evaluation { engine: engine.name(), classes: by_class(&answers), missed, pointless })
}

/// Of each case, the leads that are its answer: id to code.
fn truths(conn: &mut AnyConn, cases: &[Case]) -> Result<Vec<BTreeMap<String, String>>, AppError> {
    let mut truths = vec![BTreeMap::new(); cases.len()];
    let mut after = String::new();
    loop {
        let ids = next_ids(conn, &after)?;
        let Some(last) = ids.last().map(Id::to_string) else { return Ok(truths) };
        for part in parts(conn, &ids)? {
            for lead in documents(conn, &part)? {
                for (case, truth) in cases.iter().zip(&mut truths) {
                    if holds(&lead, &case.truth) {
                        truth.insert(lead.id.clone(), lead.code.clone());
                    }
                }
            }
        }
        after = last;
    }
}

fn holds(lead: &LeadDocument, text: &str) -> bool {
    let optional = [&lead.content, &lead.remark, &lead.contact_name].into_iter().flatten();
    [&lead.title, &lead.investor_name].into_iter().chain(optional).any(|field| field.contains(text))
}

/// How one case went.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Answer {
    wanted: usize,
    found: usize,
    /// Of the first hits: how many there are, and how many are right.
    first: (usize, usize),
    /// The place of the first right one, from 1.
    place: Option<usize>,
}

/// Asks one case; and the codes of those that were not found.
fn ask(
    engine: &dyn SearchEngine,
    case: &Case,
    truth: &BTreeMap<String, String>,
) -> Result<(Answer, Vec<String>), AppError> {
    let query = SearchQuery {
        text: case.query.clone(),
        limit: MAX_DEPTH,
        as_you_type: true,
        scope: LeadScope::All,
        fields: FieldSet::all(),
        ..SearchQuery::default()
    };
    let answer = engine.search(&query)?;
    let right: Vec<bool> = answer.hits.iter().map(|hit| truth.contains_key(&hit.id)).collect();
    let hits: HashSet<&str> = answer.hits.iter().map(|hit| hit.id.as_str()).collect();
    let mut left: Vec<&String> = truth.keys().filter(|id| !hits.contains(id.as_str())).collect();
    // Beyond the depth to which results can be paged, the engine is asked about each.
    if answer.total > hits.len() as u64 {
        let mut beyond = HashSet::new();
        for ids in left.chunks(AT_ONCE) {
            let among = Some(Among::new(ids.iter().map(|id| (*id).clone()).collect()));
            let found =
                engine.search(&SearchQuery { among, exact: true, limit: AT_ONCE, ..query.clone() })?;
            beyond.extend(found.hits.into_iter().map(|hit| hit.id));
        }
        left.retain(|id| !beyond.contains(*id));
    }
    let first = &right[..right.len().min(FIRST)];
    let answer = Answer {
        wanted: truth.len(),
        found: truth.len() - left.len(),
        first: (first.len(), first.iter().filter(|right| **right).count()),
        place: right.iter().position(|right| *right).map(|place| place + 1),
    };
    Ok((answer, left.into_iter().filter_map(|id| truth.get(id).cloned()).collect()))
}

/// The means by class, in the order in which classes come first.
fn by_class(answers: &[(&str, Answer)]) -> Vec<ClassScore> {
    let mut names: Vec<&str> = Vec::new();
    for (class, _) in answers {
        if !names.contains(class) {
            names.push(class);
        }
    }
    let score = |name: &str| {
        let of_class: Vec<Answer> =
            answers.iter().filter(|(class, _)| *class == name).map(|(_, answer)| *answer).collect();
        let mean =
            |value: fn(&Answer) -> f64| of_class.iter().map(value).sum::<f64>() / of_class.len() as f64;
        ClassScore {
            class: name.to_owned(),
            cases: of_class.len(),
            recall: mean(|answer| share(answer.found, answer.wanted)),
            precision_at_10: mean(|answer| share(answer.first.1, answer.first.0)),
            mean_reciprocal_rank: mean(|answer| answer.place.map_or(0.0, |place| 1.0 / place as f64)),
        }
    };
    names.into_iter().map(score).collect()
}

fn share(part: usize, of: usize) -> f64 {
    if of == 0 { 0.0 } else { part as f64 / of as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_has_the_means_of_its_cases() {
        let answer = |wanted, found, first, place| Answer { wanted, found, first, place };
        let scores = by_class(&[
            ("word", answer(4, 4, (10, 4), Some(1))),
            ("pinyin", answer(2, 0, (0, 0), None)),
            ("word", answer(2, 1, (5, 1), Some(4))),
        ]);
        let wanted = [("word", 2, 0.75, 0.3, 0.625), ("pinyin", 1, 0.0, 0.0, 0.0)];
        for (score, (class, cases, recall, precision, rank)) in scores.iter().zip(wanted) {
            assert_eq!((score.class.as_str(), score.cases), (class, cases));
            assert!((score.recall - recall).abs() < 1e-9, "{score:?}");
            assert!((score.precision_at_10 - precision).abs() < 1e-9, "{score:?}");
            assert!((score.mean_reciprocal_rank - rank).abs() < 1e-9, "{score:?}");
        }
        assert_eq!(scores.len(), 2);
    }

    #[test]
    fn a_line_that_is_no_case_is_named() {
        let good = r#"{"class": "word", "query": "a", "truth": "a"}"#;
        assert_eq!(cases(&format!("{good}\n\n{good}\n")).map(|cases| cases.len()), Ok(2));
        assert_eq!(cases(&format!("{good}\n{{}}")).map_err(|(line, _)| line), Err(2));
    }
}
