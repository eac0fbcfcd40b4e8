//! Reading a file and judging its rows: nothing is written here, so a preview and a dry run are the same.

use crate::accounts::Actor;
use crate::app::Tools;
use crate::companies::identity::Identity;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::imports::ledger::{Judge, LedgerRow, Refusal, ReportLine, Verdict};
use crate::imports::queries;
use crate::leads::policy;
use crate::leads::queries::visible_to;
use crate::schema::leads;
use diesel::prelude::*;
use std::collections::HashSet;

/// A row with what becomes of it.
pub struct Judged {
    pub row: LedgerRow,
    pub verdict: Verdict<Id>,
}

impl Judged {
    /// The report's line. A lead that the importer does not see is not named.
    pub fn report(&self, visible: &HashSet<Id>, taken: &'static str) -> ReportLine {
        let verdict = match &self.verdict {
            Verdict::New => Verdict::New,
            Verdict::Rejected => Verdict::Rejected,
            Verdict::OfRow(row, reason) => Verdict::OfRow(row.clone(), *reason),
            Verdict::OfLead(lead, reason) => Verdict::OfLead(lead.to_string(), *reason),
        };
        let mut line = self.row.report(&verdict, taken);
        if let Verdict::OfLead(lead, _) = &self.verdict
            && !visible.contains(lead)
        {
            line.of_lead = None;
        }
        line
    }

    /// The line of a duplicate that is imported nevertheless: that of the lead that it became.
    pub fn accepted(&self) -> Option<ReportLine> {
        let is_duplicate = matches!(self.verdict, Verdict::OfRow(..) | Verdict::OfLead(..));
        is_duplicate.then(|| self.row.report(&Verdict::New, "imported"))
    }
}

/// Judges the rows of a file, against each other and against the leads already there.
pub fn judge(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    rows: Vec<LedgerRow>,
) -> Result<Vec<Judged>, AppError> {
    let rows: Vec<LedgerRow> = rows.into_iter().map(|row| within_reach(actor, row)).collect();
    let identities: Vec<&Identity> =
        rows.iter().filter_map(|row| row.result.as_ref().ok().map(|draft| &draft.identity)).collect();
    let known = queries::known_companies(conn, tools.reference, &identities)?;
    let mut judge = Judge::new(known);
    Ok(rows
        .into_iter()
        .map(|mut row| {
            let verdict = judge.judge(&mut row);
            Judged { row, verdict }
        })
        .collect())
}

/// Of the leads that rows duplicate, those that exist for the importer.
pub fn visible(conn: &mut AnyConn, actor: &Actor, judged: &[Judged]) -> QueryResult<HashSet<Id>> {
    let ids: Vec<Id> = judged
        .iter()
        .filter_map(|judged| match &judged.verdict {
            Verdict::OfLead(lead, _) => Some(lead.clone()),
            _ => None,
        })
        .collect();
    let mut found = HashSet::new();
    for chunk in ids.chunks(500) {
        found.extend(
            visible_to(actor).filter(leads::id.eq_any(chunk.to_vec())).select(leads::id).load::<Id>(conn)?,
        );
    }
    Ok(found)
}

/// A county imports its own leads only.
fn within_reach(actor: &Actor, mut row: LedgerRow) -> LedgerRow {
    if let Ok(draft) = &row.result
        && !policy::may_create_in(actor, &draft.county)
    {
        row.result = Err(Refusal { field: "county", code: "county_not_yours", word: draft.county.clone() });
    }
    row
}
