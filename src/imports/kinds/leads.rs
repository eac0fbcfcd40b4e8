//! Lead ledgers: a row is a lead, one of a company that is there already, or none.

use super::{Applicable, Applying, KeptRow};
use crate::accounts::Actor;
use crate::app::Tools;
use crate::companies::identity::Identity;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::imports::ledger::{self, LedgerRow, Refusal, ReportLine, Verdict};
use crate::imports::model::{ImportRow, RowContent, RowOutcome};
use crate::imports::queries;
use crate::leads::policy;
use crate::leads::queries::visible_to;
use crate::schema::leads;
use diesel::prelude::*;
use serde_json::{Value, json};
use std::collections::HashSet;

/// A row with what becomes of it.
pub struct Judged {
    pub row: LedgerRow,
    pub verdict: Verdict<Id>,
    /// Whether the importer sees the lead that it duplicates.
    sees: bool,
    /// An import made a lead of these very words before: nobody's reason makes another.
    repeats: bool,
}

impl Judged {
    /// Whether the row becomes a lead, given that somebody accepted duplicates with a reason, or did not.
    pub fn is_taken(&self, is_accepted: bool) -> bool {
        match self.verdict {
            Verdict::New => true,
            Verdict::Rejected => false,
            Verdict::OfRow(..) | Verdict::OfLead(..) => is_accepted && !self.repeats,
        }
    }

    /// The report's line. A lead that the importer does not see is not named.
    pub fn report(&self, taken: &'static str) -> ReportLine {
        let verdict = match &self.verdict {
            Verdict::New => Verdict::New,
            Verdict::Rejected => Verdict::Rejected,
            Verdict::OfRow(row, reason) => Verdict::OfRow(row.clone(), *reason),
            Verdict::OfLead(lead, reason) => Verdict::OfLead(lead.to_string(), *reason),
        };
        let mut line = self.row.report(&verdict, taken);
        line.of_lead.take_if(|_| !self.sees);
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
    let mut judge = ledger::Judge::new(known);
    let judged = rows.into_iter().map(|mut row| {
        let verdict = judge.judge(&mut row);
        Judged { row, verdict, sees: false, repeats: false }
    });
    let mut judged: Vec<Judged> = judged.collect();
    let visible = visible(conn, actor, &judged)?;
    for row in &mut judged {
        row.sees = matches!(&row.verdict, Verdict::OfLead(lead, _) if visible.contains(lead));
    }
    let imported = queries::imported_beside(conn, &duplicated(&judged))?;
    for row in &mut judged {
        let words = row.row.result.as_ref().map(|draft| queries::Words {
            title: draft.title.clone(),
            investor_name: draft.investor.clone(),
            county: draft.county.clone(),
            total_investment_fen: draft.total_investment_fen,
        });
        row.repeats =
            matches!(row.verdict, Verdict::OfLead(..)) && words.is_ok_and(|words| imported.contains(&words));
    }
    Ok(judged)
}

/// The leads that rows duplicate.
fn duplicated(judged: &[Judged]) -> Vec<Id> {
    let of_lead = |judged: &Judged| match &judged.verdict {
        Verdict::OfLead(lead, _) => Some(lead.clone()),
        _ => None,
    };
    judged.iter().filter_map(of_lead).collect()
}

/// Of the leads that rows duplicate, those that exist for the importer.
fn visible(conn: &mut AnyConn, actor: &Actor, judged: &[Judged]) -> QueryResult<HashSet<Id>> {
    let ids = duplicated(judged);
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

/// What the preview says of a verdict.
pub fn outcome<L>(verdict: &Verdict<L>) -> RowOutcome {
    match verdict {
        Verdict::New => RowOutcome::New,
        Verdict::Rejected => RowOutcome::Rejected,
        Verdict::OfRow(..) | Verdict::OfLead(..) => RowOutcome::Duplicate,
    }
}

impl super::Judged for Judged {
    fn outcome(&self) -> RowOutcome {
        outcome(&self.verdict)
    }

    fn kept(&self) -> Result<KeptRow, AppError> {
        let report = self.report("new");
        let as_json =
            |line: &ReportLine| serde_json::to_value(line).map_err(|e| AppError::Internal(e.into()));
        let (of_record, reason) = match &self.verdict {
            Verdict::OfLead(lead, reason) => (Some(lead.clone()), Some(*reason)),
            Verdict::OfRow(_, reason) => (None, Some(*reason)),
            _ => (None, None),
        };
        let refusal = self.row.result.as_ref().err();
        let warnings = self.row.warnings.iter();
        let content = RowContent {
            cells: self.row.cells.iter().map(|(header, text)| (header.to_string(), text.clone())).collect(),
            warnings: warnings
                .map(|warning| (warning.code.clone(), warning.field.to_owned(), warning.word.clone()))
                .collect(),
            word: refusal.map(|refusal| refusal.word.clone()),
            duplicate_reason: reason.map(|reason| reason.to_string()),
            report: as_json(&report)?,
            accepted_report: self.accepted().as_ref().map(as_json).transpose()?,
            ..RowContent::default()
        };
        Ok(KeptRow {
            sheet: self.row.sheet.clone(),
            sheet_row: i64::from(self.row.row),
            outcome: outcome(&self.verdict),
            field: refusal.map(|refusal| refusal.field.to_owned()),
            code: refusal.map(|refusal| refusal.code.to_owned()),
            of_row: report.of_row.map(i64::from),
            of_record,
            content,
        })
    }
}

impl Applicable for Judged {
    /// What somebody registered since the preview is a duplicate now.
    fn apply(
        &self,
        conn: &mut AnyConn,
        with: &mut Applying<'_>,
        row: &mut ImportRow,
    ) -> Result<(), AppError> {
        let Ok(draft) = &self.row.result else { return Ok(()) };
        let own_reason = draft.duplicate_reason.clone();
        let accepted = row.accepted || own_reason.is_some();
        if !self.is_taken(accepted) {
            if row.outcome == RowOutcome::New {
                row.outcome = outcome(&self.verdict);
                if let Verdict::OfLead(lead, _) = &self.verdict {
                    row.of_record = Some(lead.clone());
                }
            }
            return Ok(());
        }
        let is_new = matches!(self.verdict, Verdict::New);
        let reason = if is_new { None } else { own_reason.or_else(|| with.import.duplicate_reason.clone()) };
        let draft = draft.as_ref().clone();
        match with.leads.register(conn, draft, reason) {
            Ok(lead) => {
                row.outcome = RowOutcome::Imported;
                row.record_id = Some(lead.id);
                Ok(())
            }
            // A record that the row names and nobody knows: the row is refused, not the file.
            Err(AppError::Invalid(errors)) => {
                row.outcome = RowOutcome::Rejected;
                row.field = errors.0.first().map(|fault| fault.field.to_string());
                row.code = errors.0.first().map(|fault| fault.code.to_owned());
                Ok(())
            }
            Err(error) => Err(error),
        }
    }
}

/// The report's line of a row as it stands now: what the application made of it, where that differs from the
/// preview. `visible` are the leads that the importer sees.
pub fn line(content: RowContent, row: &ImportRow, visible: &HashSet<Id>) -> Value {
    let was = content.report["outcome"].as_str().unwrap_or_default();
    let is_lead = |outcome| matches!(outcome, "new" | "imported");
    let mut line = match row.outcome {
        // The lead that it is, or was to become.
        RowOutcome::New | RowOutcome::Imported if is_lead(was) => content.report,
        RowOutcome::New | RowOutcome::Imported => content.accepted_report.unwrap_or(content.report),
        outcome if outcome.as_str() == was => content.report,
        // Registered by somebody since the preview, or refused when it was to be written.
        outcome => {
            let mut line = json!({ "row": row.sheet_row });
            if let Some(sheet) = &row.sheet {
                line["sheet"] = sheet.as_str().into();
            }
            if outcome == RowOutcome::Rejected {
                line["field"] = row.field.clone().into();
            }
            if let Some(lead) = row.of_record.as_ref().filter(|lead| visible.contains(*lead)) {
                line["of_lead"] = lead.as_str().into();
            }
            line
        }
    };
    line["outcome"] = row.outcome.as_str().into();
    line
}
