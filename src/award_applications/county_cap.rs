//! The cap of a county a year (domain/award-facts.md, `park_infrastructure`): all applications of one rule, version,
//! county and year keep it together. The engine caps each by itself; what is frozen stays as it was computed, and the
//! step with which they would go over the cap is not taken. The year is that of the application's code.

use super::model::{Application, ApplicationStatus};
use super::queries;
use crate::db::{AnyConn, dialect};
use crate::error::{AppError, FieldErrors};
use crate::money::yuan_text;
use crate::policies::Policy;
use crate::policies::awards::AwardRule;
use diesel::QueryResult;

/// What another application holds of the cap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    pub code: String,
    pub status: ApplicationStatus,
    pub amount_fen: i64,
}

/// The cap with what others hold of it: what was submitted and not turned down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountyCap {
    pub cap_fen: i64,
    pub others: Vec<Held>,
    pub rule: AwardRule,
    pub county: String,
    pub year: String,
}

/// What the others of some statuses hold, and what is left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Room {
    pub held_fen: i64,
    pub rest_fen: i64,
    pub codes: Vec<String>,
}

impl CountyCap {
    /// The cap that an application computed by this version keeps with others; none where its rule has none.
    pub fn of(
        conn: &mut AnyConn,
        application: &Application,
        version: Option<&Policy>,
    ) -> QueryResult<Option<Self>> {
        let Some(version) = version else { return Ok(None) };
        let Some(cap_fen) = version.award.county_cap_fen(application.rule) else { return Ok(None) };
        let others = queries::of_same_cap(conn, application, &version.code)?;
        let others = others.into_iter().map(|(code, status, amount_fen)| Held { code, status, amount_fen });
        Ok(Some(CountyCap {
            cap_fen,
            others: others.collect(),
            rule: application.rule,
            county: application.county.clone(),
            year: queries::year_of(&application.code).to_owned(),
        }))
    }

    /// What is left for a step. A submission leaves the others what they were submitted with; who is approved first goes
    /// before those who only wait for it, and what was paid before what was approved: two that go over the cap together
    /// do not keep each other from it.
    pub fn room(&self, to: ApplicationStatus) -> Room {
        let counts = |one: &&Held| match to {
            ApplicationStatus::Approved => {
                one.status == ApplicationStatus::Approved || ApplicationStatus::PAID.contains(&one.status)
            }
            ApplicationStatus::Paid => ApplicationStatus::PAID.contains(&one.status),
            _ => true,
        };
        let holding: Vec<&Held> =
            self.others.iter().filter(|one| one.amount_fen > 0).filter(counts).collect();
        let held_fen = holding.iter().map(|one| one.amount_fen).fold(0, i64::saturating_add);
        Room {
            held_fen,
            rest_fen: self.cap_fen.saturating_sub(held_fen).max(0),
            codes: holding.into_iter().map(|one| one.code.clone()).collect(),
        }
    }

    /// Whether a step with this amount stays within the cap.
    ///
    /// # Errors
    /// 422 at `facts`, with the others' codes.
    pub fn check(&self, to: ApplicationStatus, amount_fen: i64) -> Result<(), AppError> {
        let room = self.room(to);
        if amount_fen == 0 || amount_fen <= room.rest_fen {
            return Ok(());
        }
        let mut errors = FieldErrors::default();
        errors.add_with("facts", "award-county-cap", self.told(&room));
        errors.into_result()
    }

    /// The parts of a sentence about it.
    pub fn told(&self, room: &Room) -> Vec<(&'static str, String)> {
        let yuan = |fen: i64| {
            let mut text = String::new();
            yuan_text(&mut text, fen);
            text
        };
        vec![
            ("cap", yuan(self.cap_fen)),
            ("held", yuan(room.held_fen)),
            ("rest", yuan(room.rest_fen)),
            ("codes", room.codes.join(" ")),
        ]
    }

    /// The list in which all of them stand.
    pub fn list(&self) -> String {
        format!("/award-applications?rule={}&county={}&year={}", self.rule, self.county, self.year)
    }
}

/// Whether a step brings an application nearer to the money of its cap.
pub fn asks_for_room(to: ApplicationStatus) -> bool {
    use ApplicationStatus::{Approved, Paid, Submitted};
    matches!(to, Submitted | Approved | Paid)
}

/// The cap as a step finds it, which nobody else takes from until the transaction ends.
pub fn hold(
    conn: &mut AnyConn,
    application: &Application,
    version: Option<&Policy>,
) -> QueryResult<Option<CountyCap>> {
    if version.is_none_or(|version| version.award.county_cap_fen(application.rule).is_none()) {
        return Ok(None);
    }
    let (rule, county) = (application.rule, &application.county);
    let year = queries::year_of(&application.code);
    dialect::one_at_a_time(conn, &format!("award-cap {rule} {county} {year}"))?;
    CountyCap::of(conn, application, version)
}
