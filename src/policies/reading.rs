//! Reading one version from its text, and refusing one that contradicts itself, with the place named.

use super::awards;
use super::fault::{Fault, Place, PolicyError};
use super::model::{Metric, Policy, ScopeKind};
use super::sense;
use crate::reference::Reference;
use std::collections::BTreeSet;

/// One version from its text.
///
/// # Errors
/// The first thing that is wrong with it, with its table, key and line.
pub fn parse(file: &str, text: &str) -> Result<Policy, PolicyError> {
    let policy = parse_confirmed(file, text)?;
    sense::check(&policy).map_err(|(at, fault)| PolicyError {
        file: file.to_owned(),
        place: at.place(text),
        fault,
    })?;
    awards::check_sense(&policy).map_err(|wrong| wrong.error(file, text))?;
    Ok(policy)
}

/// The same of a text that two persons confirmed: it only must not contradict itself.
pub(super) fn parse_confirmed(file: &str, text: &str) -> Result<Policy, PolicyError> {
    let fail = |(place, fault)| PolicyError { file: file.to_owned(), place, fault };
    let policy: Policy = toml::from_str(text).map_err(|error| fail(unread(text, &error)))?;
    check(&policy).map_err(|(at, fault)| fail((at.place(text), fault)))?;
    awards::check(&policy).map_err(|wrong| wrong.error(file, text))?;
    Ok(policy)
}

/// What a version names must be there: industries and regions of the reference data.
pub fn check_names(
    file: &str,
    text: &str,
    policy: &Policy,
    reference: &Reference,
) -> Result<(), PolicyError> {
    let fail = |at: At, fault| Err(PolicyError { file: file.to_owned(), place: at.place(text), fault });
    if let Some(code) = policy.pool.industries.iter().find(|code| reference.industry(code).is_none()) {
        return fail(At::table("pool", "industries"), Fault::UnknownIndustry(code.clone()));
    }
    let mut of_single = policy.pool.key_amount_yuan_of.keys();
    if let Some(code) = of_single.find(|code| reference.industry(code).is_none()) {
        return fail(At::table("pool", "key_amount_yuan_of"), Fault::UnknownIndustry(code.clone()));
    }
    for (nth, quota) in policy.quota.iter().enumerate() {
        if let Some(region) = quota.region.as_deref().filter(|code| !reference.is_county(code)) {
            return fail(At::quota(nth, "region"), Fault::UnknownRegion(region.to_owned()));
        }
        let region = quota.region.clone().unwrap_or_default();
        match (quota.scope, reference.is_zone(&region)) {
            (ScopeKind::County, true) => return fail(At::quota(nth, "region"), Fault::NoCounty(region)),
            (ScopeKind::Zone, false) => return fail(At::quota(nth, "region"), Fault::NoZone(region)),
            _ => {}
        }
    }
    awards::check_known(policy, reference).map_err(|wrong| wrong.error(file, text))
}

fn check(policy: &Policy) -> Result<(), (At, Fault)> {
    if policy.code.is_empty() {
        return Err((At::top("code"), Fault::NoCode));
    }
    for (key, text) in [("zh", &policy.zh), ("en", &policy.en), ("issuer", &policy.issuer)] {
        if text.trim().is_empty() {
            return Err((At::top(key), Fault::Missing));
        }
    }
    if policy.to < policy.from {
        return Err((At::top("to"), Fault::EndsBeforeStart));
    }
    if policy.supersedes.contains(&policy.code) {
        return Err((At::top("supersedes"), Fault::OwnPlace));
    }
    if has_twice(&policy.supersedes) {
        return Err((At::top("supersedes"), Fault::Twice));
    }
    if policy.pool.industries.is_empty() {
        return Err((At::table("pool", "industries"), Fault::Empty));
    }
    if has_twice(&policy.pool.industries) {
        return Err((At::table("pool", "industries"), Fault::Twice));
    }
    let mut of_single = policy.pool.key_amount_yuan_of.keys();
    if let Some(code) = of_single.find(|code| !policy.pool.industries.contains(code)) {
        return Err((At::table("pool", "key_amount_yuan_of"), Fault::NotAmongIndustries(code.clone())));
    }
    if policy.pool.key_amount_yuan < 0 {
        return Err((At::table("pool", "key_amount_yuan"), Fault::Negative));
    }
    if policy.pool.key_amount_yuan_of.values().any(|yuan| *yuan < 0) {
        return Err((At::table("pool", "key_amount_yuan_of"), Fault::Negative));
    }
    if policy.support.as_ref().is_some_and(|support| support.new_jobs < 0) {
        return Err((At::table("support", "new_jobs"), Fault::Negative));
    }
    for (nth, quota) in policy.quota.iter().enumerate() {
        if (quota.scope == ScopeKind::City) != quota.region.is_none() {
            return Err((At::quota(nth, "region"), Fault::RegionAndScope));
        }
        if quota.metric == Metric::ChainEnterprises && quota.scope != ScopeKind::Zone {
            return Err((At::quota(nth, "scope"), Fault::ZoneOnly));
        }
        if quota.target < 0 {
            return Err((At::quota(nth, "target"), Fault::Negative));
        }
        if quota.years.is_empty() {
            return Err((At::quota(nth, "years"), Fault::Empty));
        }
        if has_twice(&quota.years) {
            return Err((At::quota(nth, "years"), Fault::Twice));
        }
        if let Some(year) = quota.years.iter().find(|year| !policy.covers_year(**year)) {
            return Err((At::quota(nth, "years"), Fault::YearOutside(*year)));
        }
        if policy.quota[..nth].iter().any(|other| other.is_of_same_year(quota)) {
            return Err((At::quota(nth, "years"), Fault::YearTwice));
        }
    }
    if let Some((nth, key, fault)) = awards::wrong_estimate(&policy.estimate) {
        return Err((At { table: "estimate", nth, key }, fault));
    }
    Ok(())
}

/// Whether something stands in a list twice.
pub fn has_twice<T: Ord>(items: &[T]) -> bool {
    items.iter().collect::<BTreeSet<_>>().len() < items.len()
}

/// What the reader of TOML says, by its kind: its own words are English, and serde's are stable.
fn unread(text: &str, error: &toml::de::Error) -> (Place, Fault) {
    let offset = error.span().map_or(0, |span| span.start);
    let line = text.get(..offset).unwrap_or_default().matches('\n').count() + 1;
    let here = Lines::of(text).find(|one| one.number == line).unwrap_or_default();
    if text.parse::<toml::Table>().is_err() {
        let found = text.lines().nth(line - 1).unwrap_or_default().trim().to_owned();
        return (Place { at: here.at(), line }, Fault::Syntax(found));
    }
    let message = error.message();
    let named = |prefix: &str| message.strip_prefix(prefix)?.split('`').nth(1).map(str::to_owned);
    let of_key = |key: String| Place { at: Line { key: &key, ..here }.at(), line };
    match (named("missing field"), named("unknown field")) {
        (Some(key), _) => (of_key(key), Fault::Missing),
        (None, Some(key)) => (of_key(key), Fault::UnknownKey),
        (None, None) => (Place { at: here.at(), line }, Fault::WrongValue),
    }
}

/// A key by its table; of tables of one name by which it is.
#[derive(Debug, Clone, Copy)]
pub struct At {
    table: &'static str,
    nth: usize,
    key: &'static str,
}

impl At {
    pub fn top(key: &'static str) -> At {
        At { table: "", nth: 0, key }
    }

    pub(super) fn table(table: &'static str, key: &'static str) -> At {
        At { table, nth: 0, key }
    }

    pub(super) fn quota(nth: usize, key: &'static str) -> At {
        At { table: "quota", nth, key }
    }

    /// Where it stands in the text: its own line, else its table's.
    pub fn place(self, text: &str) -> Place {
        let of_table: Vec<Line> =
            Lines::of(text).filter(|line| (line.table, line.nth) == (self.table, self.nth)).collect();
        let own = of_table.iter().find(|line| line.key == self.key).or(of_table.first());
        let is_array = matches!(self.table, "quota" | "estimate");
        let at = Line { table: self.table, nth: self.nth, is_array, key: self.key, number: 1 }.at();
        Place { at, line: own.map_or(1, |line| line.number) }
    }
}

/// The place of a key by its path below a table: its own line, else that of the nearest table above it.
pub fn place_of(text: &str, table: &str, path: &str) -> Place {
    let at = format!("[{table}] {path}");
    let whole = format!("{table}.{path}");
    let (mut table, mut key) = whole.rsplit_once('.').unwrap_or((table, path));
    loop {
        // Of a list, which one of it: `compliance 2, from`.
        key = key.split(' ').next().unwrap_or(key);
        let of_table: Vec<Line> = Lines::of(text).filter(|line| line.table == table).collect();
        if let Some(line) = of_table.iter().find(|line| line.key == key).or(of_table.first()) {
            return Place { at, line: line.number };
        }
        match table.rsplit_once('.') {
            Some((above, below)) => (table, key) = (above, below),
            None => return Place { at, line: 1 },
        }
    }
}

/// A line of a TOML text: the table that it stands in, and the key at its beginning.
#[derive(Debug, Clone, Copy, Default)]
struct Line<'a> {
    number: usize,
    table: &'a str,
    /// Of tables of one name: `[[quota]]`.
    is_array: bool,
    nth: usize,
    /// On a line that goes on with a list the key at the list's beginning.
    key: &'a str,
}

impl Line<'_> {
    fn at(self) -> String {
        let table = match (self.table, self.is_array) {
            ("", _) => String::new(),
            (table, true) => format!("[[{table}]] {} ", self.nth + 1),
            (table, false) => format!("[{table}] "),
        };
        format!("{table}{}", self.key).trim_end().to_owned()
    }
}

struct Lines;

impl Lines {
    fn of(text: &str) -> impl Iterator<Item = Line<'_>> {
        let mut above = Line::default();
        let (mut seen, mut last): (Vec<&str>, &str) = (Vec::new(), "");
        text.lines().zip(1..).map(move |(line, number)| {
            let line = line.trim();
            if let Some(name) = line.strip_prefix('[') {
                let is_array = name.starts_with('[');
                let table = name.trim_start_matches('[').split(']').next().unwrap_or_default().trim();
                let nth = seen.iter().filter(|other| **other == table).count();
                seen.push(table);
                above = Line { number, table, is_array, nth, key: "" };
                last = "";
                return above;
            }
            let key = match key_of(line) {
                "" if line.is_empty() || line.starts_with('#') => "",
                "" => last,
                own => own,
            };
            last = if key.is_empty() { last } else { key };
            Line { number, key, ..above }
        })
    }
}

/// The key at the beginning of a line; empty where there is none.
fn key_of(line: &str) -> &str {
    let key = line.split_once('=').map_or("", |(key, _)| key.trim());
    let is_key = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '"' | ' ');
    if key.chars().all(is_key) { key } else { "" }
}

#[cfg(test)]
pub(super) mod tests;
