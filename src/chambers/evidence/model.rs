//! A period, its figures, and the sheet that is confirmed.

use crate::db::{Id, Json};
use crate::schema::{chamber_evidence, chamber_weights};
use crate::text_enum;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

text_enum! {
    /// What is counted of a chamber. A lead, and the project that it became, counts for every chamber that has a part of
    /// its credit; amounts and jobs count by that part.
    pub enum EvidenceFigure {
        /// 线索: registered in the period.
        Leads = "leads",
        /// 有效线索: of them those that were judged and are worth following.
        ValidLeads = "valid_leads",
        /// 考察: visits there and back, of its leads.
        Visits = "visits",
        /// 活动: held, that it held with the bureau or that people of it came to.
        Events = "events",
        /// 签约: formal contracts signed.
        Contracts = "contracts",
        /// 合同固定资产投资, in fen.
        FixedInvestment = "fixed_investment",
        /// 开工: verified construction starts.
        Started = "started",
        /// 投产: verified starts of production.
        Produced = "produced",
        /// 新增就业, of the years that ended in the period.
        Jobs = "jobs",
        /// 问询: questions that were to be answered in the period.
        Asked = "asked",
        /// 按时答复: of them those that were answered by their day.
        InTime = "in_time",
    }
}

/// First and last day, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

/// Declares a number for each figure, with the word of the figure as its field.
macro_rules! per_figure {
    ($(#[doc = $doc:literal])* $name:ident as $schema:ident { $($field:ident: $figure:ident),+ $(,)? }) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
        #[serde(deny_unknown_fields, default)]
        #[schema(as = $schema)]
        pub struct $name { $(pub $field: i64),+ }

        impl $name {
            pub fn of(&self, figure: EvidenceFigure) -> i64 {
                match figure { $(EvidenceFigure::$figure => self.$field),+ }
            }

            pub fn of_mut(&mut self, figure: EvidenceFigure) -> &mut i64 {
                match figure { $(EvidenceFigure::$figure => &mut self.$field),+ }
            }
        }
    };
}

per_figure! {
    /// Figures of a chamber; `fixed_investment` in fen.
    Figures as EvidenceFigures {
        leads: Leads, valid_leads: ValidLeads, visits: Visits, events: Events, contracts: Contracts, fixed_investment: FixedInvestment,
        started: Started, produced: Produced, jobs: Jobs, asked: Asked, in_time: InTime,
    }
}

per_figure! {
    /// The points that a unit of each figure counts for; 0 counts for nothing. A unit is one, of `fixed_investment`
    /// 10,000,000 yuan, of `jobs` 100 people.
    Weights as EvidenceWeights {
        leads: Leads, valid_leads: ValidLeads, visits: Visits, events: Events, contracts: Contracts, fixed_investment: FixedInvestment,
        started: Started, produced: Produced, jobs: Jobs, asked: Asked, in_time: InTime,
    }
}

per_figure! {
    /// The points that a unit of each figure is to count for, as `EvidenceWeights`; what is not named counts for nothing.
    WeightsGiven as EvidenceWeightsBody {
        leads: Leads, valid_leads: ValidLeads, visits: Visits, events: Events, contracts: Contracts, fixed_investment: FixedInvestment,
        started: Started, produced: Produced, jobs: Jobs, asked: Asked, in_time: InTime,
    }
}

impl From<WeightsGiven> for Weights {
    fn from(given: WeightsGiven) -> Self {
        let mut weights = Weights::default();
        for figure in EvidenceFigure::ALL {
            *weights.of_mut(*figure) = given.of(*figure);
        }
        weights
    }
}

/// A row that makes a figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = EvidenceRow)]
pub struct Row {
    pub record: EvidenceRecord,
    /// Of the lead, the project or the event.
    pub id: Id,
    pub code: String,
    pub title: String,
    pub on: NaiveDate,
    /// The chamber's part of the credit, in basis points.
    pub share_bp: i64,
    /// What it adds to the figure: fen, people, or one; null for who sees no amounts.
    pub value: Option<i64>,
}

text_enum! {
    /// What a row is about.
    pub enum EvidenceRecord {
        Lead = "lead",
        Project = "project",
        Event = "event",
    }
}

/// What is frozen when a sheet is confirmed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    /// The chamber's name then; sheets confirmed by an earlier version of the program have none.
    #[serde(default)]
    pub name: Option<String>,
    pub figures: Figures,
    pub weights: Option<Weights>,
    /// The president on the last day.
    pub president: Option<String>,
    /// Codes of the labels (四好) that held on the last day.
    pub labels: Vec<String>,
    pub rows: BTreeMap<EvidenceFigure, Vec<Row>>,
}

/// A confirmed sheet as stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = chamber_evidence)]
pub struct Confirmed {
    pub id: Id,
    pub chamber_id: Id,
    pub from_on: NaiveDate,
    pub to_on: NaiveDate,
    pub sheet: Json<Sheet>,
    pub note: Option<String>,
    pub confirmed_by: Id,
    pub confirmed_at: NaiveDateTime,
    pub revoked_by: Option<Id>,
    pub revoked_at: Option<NaiveDateTime>,
    pub revocation_reason: Option<String>,
}

/// The bureau's weights as stored; the latest hold.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = chamber_weights)]
pub struct Weighed {
    pub id: Id,
    pub weights: Json<Weights>,
    pub reason: String,
    pub by_user: Id,
    pub at: NaiveDateTime,
}
