//! Papers that the program itself writes: typed parts, laid out as pages (`layout`) and written as PDF with the type
//! in it (`pdf`), or as a spreadsheet to be edited on (`sheet`).
//!
//! A paper says what it holds and nothing of how it looks. Whoever writes one stands off the async threads: laying out
//! and subsetting type is work.

mod fonts;
mod hold;
mod layout;
mod lines;
mod pdf;
mod sheet;
#[cfg(test)]
mod tests;

pub use fonts::Fonts;
pub use pdf::pdf;
pub use sheet::xlsx;

use crate::money::yuan_text;
use crate::web::i18n::{I18n, Lang, Message};

/// Says things in the reader's language.
#[derive(Clone, Copy)]
pub struct Say<'a> {
    pub i18n: &'a I18n,
    pub lang: Lang,
}

impl Say<'_> {
    pub fn t(self, key: &'static str) -> String {
        self.message(&Message::new(key))
    }

    pub fn of(self, family: &str, code: &str) -> String {
        self.message(&Message::of(family, code))
    }

    pub fn message(self, message: &Message) -> String {
        self.i18n.say(self.lang, message)
    }
}

/// A paper.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Paper {
    pub title: String,
    /// Stands at the foot of each page, such as the record's code.
    pub foot: String,
    /// `zh-CN` or `en`
    pub lang: &'static str,
    pub parts: Vec<Part>,
}

/// A part of a paper, in their order.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    Heading(String),
    /// A paragraph; its line breaks are kept.
    Text(String),
    /// Names and what stands for them.
    Facts(Vec<(String, Cell)>),
    Rows(Rows),
    /// Names of who signs, each with a line and a day.
    Signatures(Vec<String>),
}

/// A table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rows {
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Cell>>,
}

/// A column of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    pub head: String,
    /// Its width, as parts of all columns' together.
    pub width: u16,
}

/// What stands in a cell: figures stay figures in a spreadsheet.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Text(String),
    /// Fen; written in yuan.
    Money(i64),
    Number(i64),
    /// Basis points; written in per cent.
    Share(i64),
}

impl Cell {
    pub fn text(text: impl Into<String>) -> Self {
        Cell::Text(text.into())
    }

    /// As people read it.
    pub fn told(&self) -> String {
        match self {
            Cell::Text(text) => text.clone(),
            Cell::Money(fen) => {
                let mut yuan = String::new();
                yuan_text(&mut yuan, *fen);
                yuan
            }
            Cell::Number(number) => number.to_string(),
            Cell::Share(bp) => {
                let (whole, rest) = (bp / 100, bp % 100);
                if rest == 0 { format!("{whole}%") } else { format!("{whole}.{rest:02}%") }
            }
        }
    }

    /// Figures stand at the right edge, so that their places are one under the other.
    fn is_figure(&self) -> bool {
        !matches!(self, Cell::Text(_))
    }
}

impl Column {
    pub fn new(head: impl Into<String>, width: u16) -> Self {
        Column { head: head.into(), width }
    }
}
