//! What a line of a table is: a lead, or one of the many things that ledgers put between leads.

use super::cells::place;
use super::header::Header;
use super::sheet::{Cell, Row, Sheet};
use crate::reference::{Column, Reference, folded};

/// What a row under a header is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line<'a> {
    Lead,
    /// A heading that names the county of the rows under it.
    Section(&'a str),
    /// Sums, column numbers, the header again, notes, signatures.
    Other,
}

/// So long a heading is no name of a place any more.
const LONGEST_HEADING: usize = 40;

/// Tells what a row is.
pub fn line<'a>(sheet: &Sheet, header: &Header, row: &Row, reference: &'a Reference) -> Line<'a> {
    let mut filled = row.filled();
    let Some((first_column, first)) = filled.next() else { return Line::Other };
    let alone = filled.next().is_none();
    let text = folded(&first.shown());
    let investor =
        header.find(Column::Investor).map(|head| row.cell(head.index)).filter(|cell| !cell.is_empty());
    let first_is_investor = header.find(Column::Investor).is_some_and(|head| head.index == first_column);
    if is_note(&text, reference) || header.is_repeated_by(row) || numbers_columns(row) {
        return Line::Other;
    }
    if (investor.is_none() || first_is_investor) && is_sum(&text, reference) {
        return Line::Other;
    }
    if (alone || investor.is_none()) && row.filled().all(|(_, cell)| is_number(cell)) {
        return Line::Other;
    }
    let merged = sheet.spans_columns(row.number, first_column);
    let names_lead = header.columns.iter().any(|head| {
        head.index == first_column
            && matches!(head.column, Some(Column::Investor | Column::Title | Column::ProjectCompany))
    });
    if alone && (merged || !names_lead || is_numbered(&text)) {
        return heading(&text, reference);
    }
    if let Some(words) = numbered_heading(row, &text) {
        return heading(&words, reference);
    }
    if let Some(county) = section(row, reference) {
        return Line::Section(county);
    }
    if speaks_of_a_lead(header, row) { Line::Lead } else { Line::Other }
}

/// `一、签约项目`, `(二)在谈项目`.
fn is_numbered(text: &str) -> bool {
    let text = text.trim_start_matches(['(', '第']);
    let rest = text.trim_start_matches(|c| "一二三四五六七八九十".contains(c));
    rest.len() < text.len() && rest.starts_with(['、', ')', '.', ',', '部', ':'])
}

/// `一 | 在谈项目(2个)`, `(二) | 灵山县签约项目`: a numeral and what the rows under it are, and nothing beside; its words.
fn numbered_heading(row: &Row, first: &str) -> Option<String> {
    let numeral = first.trim_matches(|c: char| !c.is_alphanumeric());
    if numeral.is_empty() || !numeral.chars().all(|c| "一二三四五六七八九十".contains(c)) {
        return None;
    }
    let mut others = row.filled().skip(1).map(|(_, cell)| folded(&cell.shown()));
    let (words, rest) = (others.next()?, others.next());
    let is_of_many = ["项目", "线索", "客商", "企业", "类"].iter().any(|word| {
        let count = |c: char| !c.is_alphanumeric() || c.is_ascii_digit() || "个家条户宗".contains(c);
        words.trim_end_matches(count).ends_with(word)
    });
    (is_of_many && rest.is_none()).then_some(words)
}

fn heading<'a>(text: &str, reference: &'a Reference) -> Line<'a> {
    let short = text.chars().count() <= LONGEST_HEADING;
    place::mentioned(text, reference).filter(|_| short).map_or(Line::Other, Line::Section)
}

/// `一 | 灵山县 | 12项`: a county and nothing but numbers and counters beside it.
fn section<'a>(row: &Row, reference: &'a Reference) -> Option<&'a str> {
    let mut county = None;
    let mut left = String::new();
    for (count, (_, cell)) in row.filled().enumerate() {
        let text = folded(&cell.shown());
        if count > 2 {
            return None;
        }
        if county.is_none()
            && let Some(found) = place::mentioned(&text, reference)
        {
            county = Some(found);
            left.push_str(&reference.places().mentions(&text).1);
        } else {
            left.push_str(&text);
        }
    }
    let counters = "一二三四五六七八九十项个家条户共计县区线索项目台账";
    left.chars()
        .all(|c| !c.is_alphanumeric() || c.is_ascii_digit() || counters.contains(c))
        .then_some(county)?
}

/// `填报单位:…`, `注1:…`, `审核人:…`: a known word at the start and a colon soon after it, or the word alone, its text in
/// the next cell. After a word of one letter only a number may stand before the colon: 注塑机项目:二期 is no note.
fn is_note(text: &str, reference: &Reference) -> bool {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let marks = &reference.values().line_marks;
    let Some((before, _)) = text.split_once(':') else { return marks.iter().any(|mark| mark == text) };
    marks.iter().any(|mark| {
        let Some(between) = before.strip_prefix(mark.as_str()) else { return false };
        let short = mark.chars().nth(1).is_none();
        if short { !between.contains(char::is_alphabetic) } else { between.chars().nth(4).is_none() }
    })
}

/// Letters of a count behind a sum: `60个项目`, `(万元)`.
fn counts(c: char) -> bool {
    !c.is_alphanumeric() || c.is_ascii_digit() || "项目个家条户宗笔批共数万亿元".contains(c)
}

/// `灵山县小计`, `合计:60项`, `总计(12个项目)`, `合计(万元)`, `共60个项目`.
fn is_sum(text: &str, reference: &Reference) -> bool {
    let sum = text.trim_end_matches(counts);
    let has_count = text.starts_with('共') && text.contains(|c: char| c.is_ascii_digit());
    has_count && sum.is_empty()
        || reference.values().subtotal.iter().any(|word| sum.ends_with(word.trim_end_matches(counts)))
}

/// `1 | 2 | 3 | 4=5+6`: at least three rising numbers, or 甲 and 乙 before them, and nothing else.
fn numbers_columns(row: &Row) -> bool {
    let mut last = 0.0;
    let mut count = 0;
    for (_, cell) in row.filled() {
        let text = folded(&cell.shown());
        let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
        if matches!(bare, "甲" | "乙" | "丙" | "丁" | "a" | "b" | "c" | "d") || bare == "栏次" {
            continue;
        }
        if bare.is_empty() || !bare.chars().all(|c| c.is_ascii_digit() || "=+-*/()".contains(c)) {
            return false;
        }
        let digits: String = bare.chars().take_while(char::is_ascii_digit).collect();
        match digits.parse::<f64>() {
            Ok(number) if number > last && number < 1000.0 => last = number,
            _ => return false,
        }
        count += 1;
    }
    count >= 3
}

fn is_number(cell: &Cell) -> bool {
    match cell {
        Cell::Number(_) => true,
        Cell::Text(text) => folded(text).chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-')),
        _ => false,
    }
}

/// Whether anything in the row is more than a number, a date, a remark or a person of ours.
fn speaks_of_a_lead(header: &Header, row: &Row) -> bool {
    use Column::{
        ContactName, ContactPhone, Content, FixedInvestment, Investor, Phone, ProjectCompany, Title,
        TotalInvestment, Uscc,
    };
    let telling = [
        Investor,
        Title,
        ProjectCompany,
        Uscc,
        TotalInvestment,
        FixedInvestment,
        Content,
        ContactName,
        ContactPhone,
        Phone,
    ];
    telling.iter().filter_map(|column| header.find(*column)).any(|head| !row.cell(head.index).is_empty())
}
