//! What the index stores of a lead, and under which names.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use tantivy::schema::{
    FAST, Field, IndexRecordOption, NumericOptions, STORED, Schema, SchemaBuilder, TantivyDocument,
    TextFieldIndexing, TextOptions,
};

use super::tokenizers::{CODE, POSITIONAL, SINGLE, SINGLE_AND_WHOLE};
use crate::search::document::LeadDocument;
use crate::search::fields::{FacetField, LeadField};
use crate::search::settings::{AmountRange, FieldKind, Settings, range_of};
use crate::search::tokens::private::masked;

/// Part of the index directory's name. Raised whenever schema or terms change, so that an index written by
/// another version is never read but rebuilt.
pub(super) const VERSION: u32 = 3;

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
        FieldKind::Text => Some(SINGLE),
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
            document.add_text(*field, keyword(lead, &self.amounts, *name));
        }
        if let Some(hash) = &lead.phone_hash {
            document.add_text(self.phone_hash, hash);
        }
        if let Some(fen) = lead.total_investment_fen {
            document.add_i64(self.investment, fen);
        }
        if let Some(day) = lead.registered_on {
            document.add_i64(self.registered, days(day));
        }
        for field in &self.texts {
            let text = text(lead, field.name);
            if text.is_empty() {
                continue;
            }
            let text = if field.kind == FieldKind::Code { text.into() } else { masked(&text) };
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
    let changed = u64::try_from(lead.updated_at.and_utc().timestamp_micros()).unwrap_or(0) & (u64::MAX >> 1);
    let active = u64::from(lead.status == "active") << 63;
    active | changed
}

/// FNV-1a of the id: any order does, as long as it stays.
fn tie(id: &str) -> u64 {
    id.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// A day as the index counts days: since 1970.
pub(super) fn days(day: NaiveDate) -> i64 {
    i64::from(day.to_epoch_days())
}

fn keyword<'a>(lead: &'a LeadDocument, amounts: &'a [AmountRange], field: FacetField) -> Cow<'a, str> {
    let optional = |value: &'a Option<String>| value.as_deref().unwrap_or_default();
    Cow::Borrowed(match field {
        FacetField::Kind => &lead.kind,
        FacetField::County => &lead.county,
        FacetField::Industry => &lead.industry,
        FacetField::Stage => &lead.stage,
        FacetField::Status => &lead.status,
        FacetField::Source => &lead.source_kind,
        FacetField::Chamber => optional(&lead.chamber_id),
        FacetField::Officer => optional(&lead.officer_id),
        FacetField::Leader => optional(&lead.leader_id),
        FacetField::Investment => range_of(amounts, lead.total_investment_fen),
        FacetField::Registered => {
            return Cow::Owned(lead.registered_on.map(|day| day.year().to_string()).unwrap_or_default());
        }
    })
}

fn text(lead: &LeadDocument, field: LeadField) -> String {
    let optional = |value: &Option<String>| value.clone().unwrap_or_default();
    match field {
        LeadField::Code => lead.code.clone(),
        LeadField::Title => lead.title.clone(),
        LeadField::InvestorName => lead.investor_name.clone(),
        LeadField::Uscc => optional(&lead.uscc),
        LeadField::ContactName => optional(&lead.contact_name),
        LeadField::Content => optional(&lead.content),
        LeadField::Remark => optional(&lead.remark),
        LeadField::FollowUps => lead.follow_ups.join("\n"),
        LeadField::ChamberFollowUps => lead.chamber_follow_ups.join("\n"),
    }
}
