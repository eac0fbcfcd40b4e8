//! What the fields of the index are called, and how much a match in each is worth.

use crate::search::fields::{FieldSet, LeadField};
use crate::search::settings::{FieldKind, Settings};

/// A column of terms beside a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Chars,
    Typed,
    Initials,
    Words,
    /// Of a code.
    Parts,
}

impl Column {
    /// The columns of a field of this kind.
    pub(super) fn of(kind: FieldKind) -> &'static [Column] {
        match kind {
            FieldKind::Code => &[Column::Parts],
            FieldKind::Name | FieldKind::Text => {
                &[Column::Chars, Column::Typed, Column::Initials, Column::Words]
            }
            // Papers are long: initials of them would find nearly everything, and a slip nearly anything.
            FieldKind::Papers => &[Column::Chars, Column::Typed],
        }
    }

    /// How much of a field's weight a match here is worth, as in the embedded engine: a typed letter may stand for
    /// itself or for a sound.
    fn share(self) -> f32 {
        match self {
            Column::Chars | Column::Parts => 1.0,
            Column::Typed => 0.8,
            Column::Initials => 0.3,
            Column::Words => 0.1,
        }
    }

    /// The column's name: `title_typed`.
    pub(super) fn name(self, field: LeadField) -> String {
        let column = match self {
            Column::Chars => "chars",
            Column::Typed => "typed",
            Column::Initials => "initials",
            Column::Words => "words",
            Column::Parts => "parts",
        };
        format!("{}_{column}", field.as_str())
    }
}

/// Where to look, and what a lead that is found there is worth.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tier {
    pub(super) weight: f32,
    pub(super) attributes: Vec<String>,
}

/// A lead counts by the best tier that holds all its words: fields and ways of typing worth this much or more.
const TIERS: [(f32, f32); 4] = [(7.0, 1.0), (4.5, 0.75), (2.0, 0.5), (0.0, 0.25)];

/// The tiers of what may be matched, the best first; the last has all of it.
pub(super) fn tiers(settings: &Settings, allowed: FieldSet) -> Vec<Tier> {
    let mut tiers: Vec<Tier> = Vec::new();
    for (least, weight) in TIERS {
        let is_worth =
            |column: Column, weight: f32| column != Column::Words && column.share() * weight >= least;
        let attributes = columns(settings, allowed, is_worth);
        match tiers.last_mut() {
            Some(before) if before.attributes == attributes => before.weight = weight.max(before.weight),
            _ if attributes.is_empty() => {}
            _ => tiers.push(Tier { weight, attributes }),
        }
    }
    tiers
}

/// All columns that may be matched when slips are forgiven.
pub(super) fn all(settings: &Settings, allowed: FieldSet) -> Vec<String> {
    columns(settings, allowed, |_, _| true)
}

/// The columns of slips of all fields, and those where none is forgiven.
pub(super) fn forgiving_and_strict(settings: &Settings) -> (Vec<String>, Vec<String>) {
    let own = FieldSet::of(&LeadField::ALL, &[]);
    let forgiving = columns(settings, own, |column, _| column == Column::Words);
    (forgiving, columns(settings, own, |column, _| column != Column::Words))
}

fn columns(settings: &Settings, allowed: FieldSet, which: impl Fn(Column, f32) -> bool) -> Vec<String> {
    let searchable = settings.searchable.iter().filter(|searchable| allowed.has(searchable.field));
    let named = searchable.flat_map(|searchable| {
        let columns = Column::of(searchable.kind).iter().filter(|column| which(**column, searchable.weight));
        columns.map(|column| column.name(searchable.field))
    });
    named.collect()
}
