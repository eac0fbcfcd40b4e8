//! All chambers side by side in a period, the first by the figure that is asked for.

use crate::chambers;
use crate::chambers::evidence::model::{EvidenceFigure, Figures, Period, Weights};
use crate::chambers::evidence::view::ChamberName;
use crate::chambers::evidence::{queries, rules};
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use diesel::QueryResult;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use utoipa::ToSchema;

/// A chamber among the others.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ComparedChamber)]
pub struct Compared {
    pub chamber: ChamberName,
    pub figures: Figures,
    /// The points by the bureau's weights; null while it gave none.
    pub score: Option<i64>,
    /// Figures that the federation confirmed otherwise for exactly these days.
    pub changed: Vec<EvidenceFigure>,
}

/// What chambers are put in order by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ComparedBy {
    Figure(EvidenceFigure),
    Score,
}

impl ComparedBy {
    pub fn as_str(self) -> &'static str {
        match self {
            ComparedBy::Figure(figure) => figure.as_str(),
            ComparedBy::Score => "score",
        }
    }

    /// As `sort` names it.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "score" => Some(ComparedBy::Score),
            word => word.parse().ok().map(ComparedBy::Figure),
        }
    }

    /// Every word that it is named by.
    pub fn words() -> Vec<&'static str> {
        EvidenceFigure::ALL.iter().map(|figure| figure.as_str()).chain(["score"]).collect()
    }
}

/// Every chamber that has any figure, now or in a confirmed sheet of these days, in order: the most first, of equal ones the first by code.
pub fn compared(
    conn: &mut AnyConn,
    figures: &HashMap<Id, Figures>,
    period: Period,
    by: ComparedBy,
) -> Result<Vec<Compared>, AppError> {
    let weights: Option<Weights> = queries::weights(conn)?.map(|weighed| weighed.weights.0);
    let confirmed: HashSet<Id> = queries::confirmed_chambers(conn, period)?.into_iter().collect();
    let mut rows: Vec<Compared> = chambers::queries::all_named(conn)?
        .into_iter()
        .filter_map(|(id, code, name)| {
            let of_confirmed = || confirmed.contains(&id).then(Figures::default);
            let figures = figures.get(&id).copied().or_else(of_confirmed)?;
            let score = weights.map(|weights| rules::score(&figures, &weights));
            Some(Compared { chamber: ChamberName { id, code, name }, figures, score, changed: Vec::new() })
        })
        .collect();
    let key = |row: &Compared| match by {
        ComparedBy::Figure(figure) => row.figures.of(figure),
        ComparedBy::Score => row.score.unwrap_or_default(),
    };
    rows.sort_by(|a, b| (Reverse(key(a)), &a.chamber.code).cmp(&(Reverse(key(b)), &b.chamber.code)));
    Ok(rows)
}

/// Says of each which figures were confirmed otherwise.
pub fn mark_changed(conn: &mut AnyConn, period: Period, rows: &mut [Compared]) -> QueryResult<()> {
    let ids: Vec<Id> = rows.iter().map(|row| row.chamber.id.clone()).collect();
    let confirmed = queries::confirmed_figures(conn, &ids, period)?;
    for row in rows {
        if let Some(then) = confirmed.get(&row.chamber.id) {
            row.changed = rules::changed(then, &row.figures);
        }
    }
    Ok(())
}
