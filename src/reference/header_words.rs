//! How bureaus head the columns of their ledgers.

use std::collections::HashMap;

use serde::Deserialize;

use super::fold::folded;
use super::source::{Files, ReferenceError};

/// What a column of a ledger holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// 序号: a number that is no part of the lead.
    Serial,
    Title,
    Investor,
    /// 项目公司: the investor where no other column gives one.
    ProjectCompany,
    Uscc,
    Origin,
    County,
    Park,
    Industry,
    Content,
    TotalInvestment,
    FixedInvestment,
    Land,
    Factory,
    Jobs,
    Source,
    /// The chamber, referrer or enterprise by name.
    SourceName,
    ContactName,
    ContactPost,
    Phone,
    /// Name and number in one cell.
    ContactPhone,
    Email,
    Wechat,
    RegisteredOn,
    Stage,
    Leader,
    Officer,
    NextFollowUpOn,
    Progress,
    Remark,
}

/// Columns by the words of their headers.
#[derive(Debug)]
pub struct HeaderWords {
    by_word: HashMap<String, Column>,
    contains: Vec<ColumnEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HeadersFile {
    column: Vec<ColumnEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ColumnEntry {
    field: Column,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    contains: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
}

impl HeaderWords {
    pub(super) fn load(files: &Files<'_>) -> Result<Self, ReferenceError> {
        let file = files.read("ledger-headers.toml")?;
        let mut columns = file.toml::<HeadersFile>()?.column;
        let mut by_word = HashMap::new();
        for column in &columns {
            for word in &column.words {
                match by_word.insert(bare(&folded(word)), column.field) {
                    Some(other) if other != column.field => {
                        let wanted = format!("the word {word} already heads {other:?}");
                        return Err(file.fault(format!("{:?}", column.field), wanted));
                    }
                    _ => {}
                }
            }
        }
        columns.retain(|column| !column.contains.is_empty());
        Ok(Self { by_word, contains: columns })
    }

    /// All words as they are compared, with their columns.
    pub fn words(&self) -> impl Iterator<Item = (&str, Column)> {
        self.by_word.iter().map(|(word, column)| (word.as_str(), *column))
    }

    /// The column whose word the header is.
    pub fn exact(&self, header: &str) -> Option<Column> {
        spellings(header).iter().find_map(|spelling| self.by_word.get(spelling)).copied()
    }

    /// The column that the header holds the longest word of, and how like it is: a header that ends with the word is liker
    /// than one that only holds it (投资企业名称 names an investor, 投资方概述 speaks of one).
    pub fn loose(&self, header: &str) -> Option<(Column, usize)> {
        let header = bare(&without_brackets(&folded(header)));
        let likeness = |word: &String| {
            let letters = word.chars().count();
            header.contains(word.as_str()).then(|| 2 * letters + usize::from(header.ends_with(word.as_str())))
        };
        let fits = |column: &&ColumnEntry| !column.unless.iter().any(|word| header.contains(word.as_str()));
        let of_column =
            |column: &ColumnEntry| Some((column.field, column.contains.iter().filter_map(likeness).max()?));
        let found = self.contains.iter().filter(fits).filter_map(of_column);
        found.rev().max_by_key(|(_, likeness)| *likeness)
    }
}

/// The spellings under which a header is looked up: without brackets' content; without a unit at its end;
/// without the bracket marks only.
pub(super) fn spellings(header: &str) -> [String; 3] {
    let header = folded(header);
    let outside = bare(&without_brackets(&header));
    let no_unit = without_unit(&outside).to_owned();
    [outside, no_unit, bare(&header)]
}

/// Only letters and digits, without a number at the start (`3.总投资`, `一、`) and without 其中.
pub(super) fn bare(header: &str) -> String {
    let header = header.trim_start_matches(|c: char| !c.is_alphanumeric());
    let ordinal =
        header.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    let unnumbered = match ordinal.chars().next() {
        Some('.' | '、' | ')' | ',') if ordinal.len() < header.len() => ordinal,
        _ => header,
    };
    let letters: String = unnumbered.chars().filter(|c| c.is_alphanumeric()).collect();
    letters.strip_prefix("其中").map(str::to_owned).unwrap_or(letters)
}

fn without_brackets(header: &str) -> String {
    let mut depth = 0_u32;
    let mut outside = String::with_capacity(header.len());
    for c in header.chars() {
        match c {
            '(' | '[' | '{' | '【' | '〔' | '<' | '《' => depth += 1,
            ')' | ']' | '}' | '】' | '〕' | '>' | '》' => depth = depth.saturating_sub(1),
            _ if depth == 0 => outside.push(c),
            _ => {}
        }
    }
    outside
}

/// `总投资万元` and `总投资单位万元` are 总投资.
fn without_unit(header: &str) -> &str {
    const UNITS: &[&str] = &[
        "万元人民币",
        "亿元人民币",
        "人民币",
        "亿元",
        "万元",
        "千元",
        "元",
        "亩",
        "公顷",
        "平方米",
        "万平方米",
        "m2",
        "㎡",
        "人",
        "个",
    ];
    let mut rest = header;
    while let Some(shorter) =
        UNITS.iter().find_map(|unit| rest.strip_suffix(unit)).filter(|left| !left.is_empty())
    {
        rest = shorter;
    }
    // 投资单位 is somebody, 总投资单位万元 is not.
    if rest.len() < header.len() { rest.strip_suffix("单位").unwrap_or(rest) } else { rest }
}
