//! Changes of credit of the demonstration: one that the bureau decided, one that waits for the chambers' word.

use super::people::People;
use super::rows;
use super::sources::ById;
use crate::attributions::changing::{AttributionBody, AttributionPart, change};
use crate::db::AnyConn;
use crate::error::AppError;
use crate::web::precondition::IfMatch;
use serde::Deserialize;

#[derive(Deserialize)]
struct ChangeRow {
    lead: String,
    by: String,
    /// Chamber and basis points, `C01:7000;C06:3000`.
    shares: String,
    reason: String,
}

pub(super) fn add(
    conn: &mut AnyConn,
    people: &People,
    chambers: &ById,
    leads: &ById,
) -> Result<(), AppError> {
    for row in rows::<ChangeRow>("attributions.csv")? {
        let wrong = || anyhow::anyhow!("seeds/demo/attributions.csv: {}: {}", row.lead, row.shares);
        let part = |text: &str| {
            let (chamber, share) = text.split_once(':')?;
            Some(AttributionPart {
                chamber_id: chambers.get(chamber)?.to_string(),
                share_bp: share.parse().ok()?,
            })
        };
        let shares = row.shares.split(';').map(part).collect::<Option<Vec<_>>>().ok_or_else(wrong)?;
        let (by, lead) = people.staff.get(&row.by).zip(leads.get(&row.lead)).ok_or_else(wrong)?;
        let body = AttributionBody { shares, reason: row.reason };
        change(conn, by, lead.as_str(), IfMatch::Any, &body)?;
    }
    Ok(())
}
