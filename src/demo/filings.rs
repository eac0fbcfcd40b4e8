//! Filings of the demonstration: in time and late, confirmed and not, one by a public employee.

use super::people::People;
use super::sources::ById;
use super::{rows, shifted};
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::filings::editing::create;
use crate::filings::forms::FilingBody;
use crate::filings::model::{Confirmation, Filing, FilingDecision, Party, Share};
use crate::filings::queries;
use crate::referrers;
use chrono::{Duration, NaiveDate};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct FilingRow {
    referrer: String,
    /// The id of a lead in its file, or the title of a project.
    of: String,
    filed_on: String,
    role: String,
    /// Letters of those who confirmed: `i`nvestor, `c`ounty, `b`ureau.
    confirmed: String,
    share_bp: Option<i64>,
    statement: String,
}

pub(super) fn add(
    conn: &mut AnyConn,
    people: &People,
    referrers: &ById,
    leads: &ById,
    projects: &ById,
    today: NaiveDate,
) -> Result<(), AppError> {
    let mut shares: BTreeMap<Id, Vec<Share>> = BTreeMap::new();
    for row in rows::<FilingRow>("filings.csv")? {
        let wrong = || anyhow::anyhow!("seeds/demo/filings.csv: {} of {}", row.referrer, row.of);
        let id = referrers.get(&row.referrer).ok_or_else(wrong)?;
        let referrer = referrers::queries::find(conn, id.as_str())?.ok_or_else(wrong)?;
        let filed_on = shifted(&row.filed_on, today).ok_or_else(wrong)?.min(today);
        let body = FilingBody {
            lead_id: leads.get(&row.of).map(Id::to_string),
            project_id: projects.get(&row.of).map(Id::to_string),
            filed_on,
            role: row.role.parse().map_err(|_| wrong())?,
            statement: Some(row.statement.clone()),
        };
        let filing = create(conn, &people.officer, &referrer, body)?;
        // Each was received on its day, at ten in the morning; the demonstration itself begins today.
        let received_at = clock::day_began(filed_on) + Duration::hours(10);
        let filing = Filing { received_at: received_at.min(filing.received_at), ..filing };
        let filing = queries::update(conn, filing, clock::now())?.ok_or_else(wrong)?;
        confirm(conn, people, &filing, &row.confirmed)?;
        if let (Some(share_bp), Some(project)) = (row.share_bp, projects.get(&row.of)) {
            let of_project = shares.entry(project.clone()).or_default();
            of_project.push(Share {
                project_id: project.clone(),
                referrer_id: referrer.id,
                position: i64::try_from(of_project.len()).unwrap_or_default() + 1,
                share_bp,
                agreed_on: filed_on,
                by_user: people.officer.user_id.clone(),
                at: clock::now(),
            });
        }
    }
    for (project, of_project) in shares {
        queries::put_shares(conn, &project, &of_project)?;
    }
    Ok(())
}

/// Past the rule who speaks for whom: the demonstration has one officer and one head.
fn confirm(conn: &mut AnyConn, people: &People, filing: &Filing, letters: &str) -> Result<(), AppError> {
    for (letter, party) in [('i', Party::Investor), ('c', Party::County), ('b', Party::Bureau)] {
        if letters.contains(letter) {
            let confirmation = Confirmation {
                filing_id: filing.id.clone(),
                party,
                decision: FilingDecision::Confirmed,
                reason: None,
                by_user: people.head.user_id.clone(),
                at: filing.received_at,
            };
            queries::insert_confirmation(conn, &confirmation)?;
        }
    }
    Ok(())
}
