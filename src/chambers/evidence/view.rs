//! Evidence as the API shows it: what is confirmed as it was on that day, and how far that differs from now.

use crate::accounts::{Actor, Role};
use crate::app::App;
use crate::chambers::Chamber;
use crate::chambers::evidence::model::{
    Confirmed, EvidenceFigure, EvidenceRecord, Figures, Period, Row, Sheet, Weights,
};
use crate::chambers::evidence::queries::{self, Filter};
use crate::chambers::evidence::rules;
use crate::chambers::{self, policy};
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::leads::view::{Person, people};
use crate::{events, leads, projects};
use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;
use std::collections::HashSet;
use utoipa::ToSchema;

/// The evidence of a chamber in a period.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Evidence)]
pub struct EvidenceView {
    pub chamber: ChamberName,
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// As they were confirmed, or as they are.
    pub figures: Figures,
    /// The bureau's weights; null while it gave none.
    pub weights: Option<Weights>,
    /// The points by these weights.
    pub score: Option<i64>,
    /// The president on the last day.
    pub president: Option<String>,
    /// Codes of the labels (四好) that held on the last day.
    pub labels: Vec<String>,
    /// Null while the federation has not confirmed it.
    pub confirmation: Option<ConfirmationView>,
    /// The periods of the chamber that were confirmed, taken back or not, the latest first.
    pub confirmations: Vec<ConfirmedPeriod>,
    /// What confirmed sheets of other chambers count already, which wants a note on confirming; null where there is
    /// nothing, once it is confirmed, and for liaisons.
    pub counted_twice: Option<CountedTwiceView>,
}

/// Leads and projects that a sheet counts and confirmed sheets of other chambers for days of the same period as well,
/// beyond what is shared.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = EvidenceCountedTwice)]
pub struct CountedTwiceView {
    pub records: usize,
    pub chambers: Vec<ChamberName>,
}

/// A chamber, named.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ChamberName)]
pub struct ChamberName {
    pub id: Id,
    pub code: String,
    pub name: String,
}

/// That the federation confirmed the figures.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = EvidenceConfirmation)]
pub struct ConfirmationView {
    #[serde(with = "clock::rfc3339")]
    pub at: NaiveDateTime,
    pub by: Option<Person>,
    pub note: Option<String>,
    /// The figures that are others by now.
    pub changed: Vec<EvidenceFigure>,
    pub figures_now: Figures,
}

/// A period that the federation confirmed; `revoked_at` is null while that holds.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = EvidenceConfirmedPeriod)]
pub struct ConfirmedPeriod {
    pub from: NaiveDate,
    pub to: NaiveDate,
    #[serde(with = "clock::rfc3339")]
    pub confirmed_at: NaiveDateTime,
    pub confirmed_by: Option<Person>,
    pub note: Option<String>,
    #[serde(with = "clock::rfc3339::option")]
    pub revoked_at: Option<NaiveDateTime>,
    pub revoked_by: Option<Person>,
    pub revocation_reason: Option<String>,
}

/// The rows of a figure.
#[derive(Debug, Clone)]
pub struct Opened {
    pub rows: Vec<Row>,
    /// Rows that count and lie outside the reader's scope.
    pub hidden: usize,
}

impl ChamberName {
    pub fn of(chamber: &Chamber) -> Self {
        ChamberName { id: chamber.id.clone(), code: chamber.code.clone(), name: chamber.name.clone() }
    }
}

/// The evidence of a chamber that exists for the reader.
pub fn of_chamber(
    conn: &mut AnyConn,
    app: &App,
    actor: &Actor,
    chamber: &Chamber,
    period: Period,
) -> Result<EvidenceView, AppError> {
    let confirmed = queries::confirmed_of(conn, &chamber.id, period)?;
    let now = sheet(conn, app, &chamber.id, period)?;
    let is_open = confirmed.is_none() && period.is_over(clock::today());
    // Of other chambers a liaison is told nothing.
    let twice = if is_open && policy::compares(actor.role) {
        counted_twice(conn, &chamber.id, period, &now)?
    } else {
        None
    };
    let (sheet, confirmation) = match confirmed {
        None => (now, None),
        Some(confirmed) => {
            let Confirmed { sheet, note, confirmed_by, confirmed_at, .. } = confirmed;
            let by = people(conn, std::slice::from_ref(&confirmed_by))?.remove(&confirmed_by);
            let changed = rules::changed(&sheet.0.figures, &now.figures);
            let view = ConfirmationView { at: confirmed_at, by, note, changed, figures_now: now.figures };
            (sheet.0, Some(view))
        }
    };
    Ok(EvidenceView {
        chamber: ChamberName {
            name: sheet.name.unwrap_or_else(|| chamber.name.clone()),
            ..ChamberName::of(chamber)
        },
        from: period.from,
        to: period.to,
        score: sheet.weights.map(|weights| rules::score(&sheet.figures, &weights)),
        figures: sheet.figures,
        weights: sheet.weights,
        president: sheet.president,
        labels: sheet.labels,
        confirmation,
        confirmations: confirmations(conn, &chamber.id)?,
        counted_twice: twice,
    })
}

/// The periods of a chamber that were confirmed, their people looked up once for all.
fn confirmations(conn: &mut AnyConn, chamber: &Id) -> Result<Vec<ConfirmedPeriod>, AppError> {
    let given = queries::confirmations_of(conn, chamber)?;
    let by = given.iter().flat_map(|one| std::iter::once(&one.confirmed_by).chain(&one.revoked_by));
    let by: HashSet<Id> = by.cloned().collect();
    let people = people(conn, &by.into_iter().collect::<Vec<Id>>())?;
    let period = |one: queries::Confirmation| ConfirmedPeriod {
        from: one.from_on,
        to: one.to_on,
        confirmed_at: one.confirmed_at,
        confirmed_by: people.get(&one.confirmed_by).cloned(),
        note: one.note,
        revoked_at: one.revoked_at,
        revoked_by: one.revoked_by.as_ref().and_then(|by| people.get(by).cloned()),
        revocation_reason: one.revocation_reason,
    };
    Ok(given.into_iter().map(period).collect())
}

/// What confirmed sheets of others count already of this sheet.
pub fn counted_twice(
    conn: &mut AnyConn,
    chamber: &Id,
    period: Period,
    sheet: &Sheet,
) -> Result<Option<CountedTwiceView>, AppError> {
    let others = queries::of_others(conn, chamber, period)?;
    let twice = rules::counted_twice(sheet, &others);
    if twice.records.is_empty() {
        return Ok(None);
    }
    let ids: Vec<Id> = twice.chambers.into_iter().collect();
    let mut named: Vec<ChamberName> =
        chambers::queries::of_ids(conn, &ids)?.iter().map(ChamberName::of).collect();
    named.sort_by(|a, b| a.code.cmp(&b.code));
    Ok(Some(CountedTwiceView { records: twice.records.len(), chambers: named }))
}

/// The sheet as it is now, with its rows.
pub fn sheet(conn: &mut AnyConn, app: &App, chamber: &Id, period: Period) -> Result<Sheet, AppError> {
    let mut sheet = Sheet {
        weights: queries::weights(conn)?.map(|weighed| weighed.weights.0),
        president: queries::president_of(conn, chamber, period.to)?,
        labels: queries::labels_of(conn, chamber, period.to)?,
        ..Sheet::default()
    };
    for figure in EvidenceFigure::ALL {
        let rows = queries::rows_of(conn, &filter(app, period), chamber, *figure)?;
        *sheet.figures.of_mut(*figure) = rows.iter().filter_map(|row| row.value).sum();
        sheet.rows.insert(*figure, rows);
    }
    Ok(sheet)
}

/// The rows that make a figure: those that were confirmed, or those of now. A row is shown to who may see its lead or
/// project, its amount to who sees amounts.
pub fn opened(
    conn: &mut AnyConn,
    app: &App,
    actor: &Actor,
    chamber: &Id,
    period: Period,
    figure: EvidenceFigure,
) -> Result<Opened, AppError> {
    let confirmed = queries::confirmed_of(conn, chamber, period)?;
    let rows = match confirmed {
        Some(mut confirmed) => confirmed.sheet.0.rows.remove(&figure).unwrap_or_default(),
        None => queries::rows_of(conn, &filter(app, period), chamber, figure)?,
    };
    let all = rows.len();
    let rows = seen(conn, actor, rows)?;
    Ok(Opened { hidden: all - rows.len(), rows })
}

/// The rows in the actor's scope, with their amounts where he sees any.
pub fn seen(conn: &mut AnyConn, actor: &Actor, rows: Vec<Row>) -> Result<Vec<Row>, AppError> {
    let ids = |record: EvidenceRecord| -> Vec<Id> {
        rows.iter().filter(|row| row.record == record).map(|row| row.id.clone()).collect()
    };
    let mut visible: HashSet<Id> = HashSet::new();
    visible.extend(leads::queries::visible_ids(conn, actor, &ids(EvidenceRecord::Lead))?);
    visible.extend(projects::queries::visible_ids(conn, actor, &ids(EvidenceRecord::Project))?);
    visible.extend(events::queries::visible_ids(conn, actor, &ids(EvidenceRecord::Event))?);
    // Of projects they know name and stage (design.md section 5).
    let sees_amounts = !matches!(actor.role, Role::ChamberLiaison | Role::Federation);
    let shown = |row: Row| Row { value: row.value.filter(|_| sees_amounts), ..row };
    Ok(rows.into_iter().filter(|row| visible.contains(&row.id)).map(shown).collect())
}

/// What counts in a period, by the words of the reference data.
pub fn filter(app: &App, period: Period) -> Filter<'_> {
    Filter { period, not_valid: &app.reference.chamber_words().not_valid }
}

/// A page of the rows of a figure.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = EvidenceRows)]
pub struct RowsView {
    pub items: Vec<Row>,
    pub next_cursor: Option<String>,
    /// How many of them the reader sees in all, where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub total: Option<i64>,
    /// How many more count that he does not see.
    pub hidden: usize,
}
