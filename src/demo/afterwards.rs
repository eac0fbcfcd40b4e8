//! What of the demonstration needs the whole program: a sheet of evidence that the federation confirmed, a search that the
//! bureau shares.

use super::Filled;
use crate::app::App;
use crate::chambers;
use crate::chambers::evidence::confirming::confirm;
use crate::chambers::evidence::model::Period;
use crate::error::AppError;
use crate::saved_searches::asking::Known;
use crate::saved_searches::editing::save;
use crate::saved_searches::forms::SavedSearchInput;
use chrono::{Datelike, Days, NaiveDate};

/// Adds both. The sheet is of the year's quarters that are over.
pub fn add(app: &App, filled: &Filled, today: NaiveDate) -> Result<(), AppError> {
    app.db.write(|conn| {
        if let Some(chamber) = chambers::queries::find(conn, filled.chamber.as_str())? {
            let note = Some("已与招商台账核对。");
            confirm(conn, app, &filled.federation, &chamber, quarters_over(today), note)?;
        }
        let input = SavedSearchInput {
            name: "灵山玩具线索".to_owned(),
            query: "q=玩具&county=450721".to_owned(),
            is_shared: true,
            tell: false,
        };
        save(conn, app, &filled.officer, input, &Known::default()).map(drop)
    })
}

fn quarters_over(today: NaiveDate) -> Period {
    let began = NaiveDate::from_ymd_opt(today.year(), today.month0() / 3 * 3 + 1, 1).unwrap_or(today);
    let to = began.checked_sub_days(Days::new(1)).unwrap_or(began);
    Period { from: NaiveDate::from_ymd_opt(to.year(), 1, 1).unwrap_or(to), to }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_period_is_over_and_within_a_year() {
        for (today, from, to) in [
            ("2026-11-27", "2026-01-01", "2026-09-30"),
            ("2027-02-01", "2026-01-01", "2026-12-31"),
            ("2027-04-01", "2027-01-01", "2027-03-31"),
        ] {
            let day = |text: &str| text.parse::<NaiveDate>().unwrap();
            assert_eq!(quarters_over(day(today)), Period { from: day(from), to: day(to) }, "{today}");
        }
    }
}
