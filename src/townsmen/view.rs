//! A townsman as the API shows him.

use crate::app::Tools;
use crate::chambers;
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::townsmen::model::Townsman;
use crate::townsmen::rules;
use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;
use std::collections::HashMap;
use utoipa::ToSchema;

/// A person of the home region elsewhere who agreed to be listed.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Townsman)]
pub struct TownsmanView {
    pub id: Id,
    pub code: String,
    pub version: i64,
    pub name: String,
    pub post: Option<String>,
    /// Where the person is.
    pub region: Option<String>,
    /// The county, or the city, that the person comes from.
    pub home: Option<String>,
    /// The chamber that introduced the person.
    pub chamber: Option<IntroducingChamber>,
    /// Who introduced the person, where it is no chamber.
    pub introducer: Option<String>,
    pub companies: Option<String>,
    /// The help that was offered.
    pub help: Option<String>,
    /// The referrer that the person is.
    pub referrer_id: Option<Id>,
    /// The latest day on which the person agreed.
    pub consent_on: NaiveDate,
    /// The words of the consent.
    pub consent: String,
    /// From this day on somebody asks again.
    pub review_due_on: NaiveDate,
    /// Today.
    pub review_due: bool,
    #[serde(with = "clock::rfc3339")]
    pub created_at: NaiveDateTime,
    #[serde(with = "clock::rfc3339")]
    pub updated_at: NaiveDateTime,
}

/// A chamber by its name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct IntroducingChamber {
    pub id: Id,
    pub name: String,
}

/// Townsmen as their reader sees them, chambers read once for all; the key of somebody removed opens nothing.
pub fn list(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    rows: Vec<Townsman>,
) -> Result<Vec<TownsmanView>, AppError> {
    let chambers: Vec<Id> = rows.iter().filter_map(|row| row.chamber_id.clone()).collect();
    let chambers: HashMap<Id, String> = chambers::queries::of_ids(conn, &chambers)?
        .into_iter()
        .map(|chamber| (chamber.id, chamber.name))
        .collect();
    let today = clock::today();
    rows.into_iter()
        .filter_map(|row| match row.open(tools.keys) {
            Ok(details) => details.map(|details| Ok((row, details))),
            Err(error) => Some(Err(AppError::from(error))),
        })
        .map(|found| {
            let (row, details) = found?;
            Ok(TownsmanView {
                review_due: rules::is_due(row.review_due_on, today),
                chamber: row.chamber_id.and_then(|id| {
                    let name = chambers.get(&id)?.clone();
                    Some(IntroducingChamber { id, name })
                }),
                id: row.id,
                code: row.code,
                version: row.version,
                name: details.name,
                post: details.post,
                region: details.region,
                home: row.home,
                introducer: details.introducer,
                companies: details.companies,
                help: details.help,
                referrer_id: row.referrer_id,
                consent_on: row.consent_on,
                consent: details.consent,
                review_due_on: row.review_due_on,
                created_at: row.created_at,
                updated_at: row.updated_at,
            })
        })
        .collect()
}

/// One townsman as his reader sees him.
pub fn detail(conn: &mut AnyConn, tools: Tools<'_>, townsman: Townsman) -> Result<TownsmanView, AppError> {
    list(conn, tools, vec![townsman])?.pop().ok_or(AppError::NotFound)
}
