//! What the index stores of a lead, and under which names.

use std::collections::BTreeMap;
use std::sync::Arc;

use tantivy::schema::{
    FAST, Field, IndexRecordOption, NumericOptions, STORED, Schema, SchemaBuilder, TantivyDocument,
    TextFieldIndexing, TextOptions,
};

use super::tokenizers::{CODE, POSITIONAL, SINGLE, SINGLE_AND_WHOLE};
use crate::search::document::LeadDocument;
use crate::search::fields::{FacetField, LeadField};
use crate::search::settings::{AmountRange, FieldKind, Settings};
use crate::search::stored::{changed_micros, days, is_active, keyword, text, tie};

/// Part of the index directory's name. Raised whenever schema or terms change, so that an index written by
/// another version is never read but rebuilt.
pub(super) const VERSION: u32 = 7;

/// The columns of the index.
#[derive(Debug, Clone)]
pub(super) struct Fields {
    pub(super) id: Field,
    pub(super) version: Field,
    /// Active leads before others, then by the time of change: what decides between equal scores.
    pub(super) rank: Field,
    /// From the id, and decides between equal ranks.
    pub(super) tie: Field,
    pub(super) handed_on_by: Field,
    pub(super) phone_hash: Field,
    /// fen
    pub(super) investment: Field,
    /// Days since 1970.
    pub(super) registered: Field,
    amounts: Arc<[AmountRange]>,
    pub(super) keywords: BTreeMap<FacetField, Field>,
    /// Heaviest first.
    pub(super) texts: Vec<TextField>,
}

/// A text field, and its columns.
#[derive(Debug, Clone, Copy)]
pub(super) struct TextField {
    pub(super) name: LeadField,
    pub(super) kind: FieldKind,
    pub(super) weight: f32,
    /// Terms with positions; keeps the text.
    pub(super) positional: Field,
    /// Terms without; codes have none.
    pub(super) single: Option<Field>,
}

/// So many characters of its papers are a lead's, names apart.
const OF_PAPERS: usize = 200_000;

/// The name of the fast column `rank`.
pub(super) const RANK: &str = "rank";
/// The name of the fast column `tie`.
pub(super) const TIE: &str = "tie";
/// The name of the fast column `id`.
pub(super) const ID: &str = "id";
/// The names of the fast columns that bounds are laid on.
pub(super) const INVESTMENT: &str = "investment_fen";
pub(super) const REGISTERED: &str = "registered_on";
/// The name of the fast column `version`.
pub(super) const ROW_VERSION: &str = "version";

/// The schema for these settings.
pub(super) fn build(settings: &Settings) -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let exact = || indexed("raw", IndexRecordOption::Basic);
    let number = || NumericOptions::default().set_fast();
    let fields = Fields {
        id: schema.add_text_field(ID, exact().set_stored() | FAST),
        version: schema.add_i64_field(ROW_VERSION, number()),
        rank: schema.add_u64_field(RANK, number()),
        tie: schema.add_u64_field(TIE, number()),
        handed_on_by: schema.add_text_field("handed_on_by", exact()),
        phone_hash: schema.add_text_field("phone_hash", exact()),
        investment: schema.add_i64_field(INVESTMENT, number()),
        registered: schema.add_i64_field(REGISTERED, number()),
        amounts: settings.amounts.clone(),
        keywords: FacetField::ALL.map(|f| (f, schema.add_text_field(f.as_str(), exact() | FAST))).into(),
        texts: settings
            .searchable
            .iter()
            .map(|s| {
                let (positional, single) = columns(&mut schema, s.field, s.kind);
                TextField { name: s.field, kind: s.kind, weight: s.weight, positional, single }
            })
            .collect(),
    };
    (schema.build(), fields)
}

fn indexed(tokenizer: &str, option: IndexRecordOption) -> TextOptions {
    // Scores come from fields and kinds of match, not from term statistics: no norms.
    let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer);
    TextOptions::default().set_indexing_options(indexing.set_fieldnorms(false).set_index_option(option))
}

fn columns(schema: &mut SchemaBuilder, field: LeadField, kind: FieldKind) -> (Field, Option<Field>) {
    let name = field.as_str();
    let tokenizer = if kind == FieldKind::Code { CODE } else { POSITIONAL };
    let positional = indexed(tokenizer, IndexRecordOption::WithFreqsAndPositions) | STORED;
    let positional = schema.add_text_field(name, positional);
    let single = match kind {
        FieldKind::Code => None,
        FieldKind::Name => Some(SINGLE_AND_WHOLE),
        FieldKind::Text | FieldKind::Papers => Some(SINGLE),
    };
    let single = single
        .map(|t| schema.add_text_field(&format!("{name}_single"), indexed(t, IndexRecordOption::Basic)));
    (positional, single)
}

impl Fields {
    /// The lead as the index stores it.
    pub(super) fn document(&self, lead: &LeadDocument) -> TantivyDocument {
        let mut document = TantivyDocument::new();
        document.add_text(self.id, &lead.id);
        document.add_i64(self.version, lead.version);
        document.add_u64(self.rank, rank(lead));
        document.add_u64(self.tie, tie(&lead.id));
        for county in &lead.handed_on_by {
            document.add_text(self.handed_on_by, county);
        }
        for (name, field) in &self.keywords {
            document.add_text(*field, keyword(lead, &self.amounts, *name).as_ref());
        }
        for hash in &lead.phone_hashes {
            document.add_text(self.phone_hash, hash);
        }
        if let Some(fen) = lead.total_investment_fen {
            document.add_i64(self.investment, fen);
        }
        if let Some(day) = lead.registered_on {
            document.add_i64(self.registered, days(day));
        }
        for field in &self.texts {
            let text = text(lead, field.name, field.kind, OF_PAPERS);
            if text.is_empty() {
                continue;
            }
            document.add_text(field.positional, &text);
            if let Some(single) = field.single {
                document.add_text(single, &text);
            }
        }
        document
    }
}

/// Microseconds since 1970, and the top bit for leads that somebody works.
fn rank(lead: &LeadDocument) -> u64 {
    u64::from(is_active(lead)) << 63 | changed_micros(lead)
}
