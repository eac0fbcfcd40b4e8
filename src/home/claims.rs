//! Later claims on leads (后报) on the first page: what the bureau owes an answer, what a liaison claimed.

use crate::accounts::Role;
use crate::app::App;
use crate::claims;
use crate::claims::model::ClaimState;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::home::handlers::{Day, ROWS};
use crate::home::pages::Claims;

impl Day {
    /// The claims that wait for the bureau, without so many that are late; a liaison's own, the latest first.
    pub fn claims(&self, conn: &mut AnyConn, app: &App, late: i64) -> Result<Option<Claims>, AppError> {
        let own = self.actor.role == Role::ChamberLiaison;
        if !own && !claims::policy::answers(self.actor.role) {
            return Ok(None);
        }
        let (state, title) =
            if own { (None, "claims-title-own") } else { (Some(ClaimState::Waiting), "home-claims") };
        let mut claims = self.claims_of(conn, app, state, ROWS.saturating_add(late), "/claims", title)?;
        if !own {
            // Those that are late stand above.
            claims.rows.retain(|row| row.due_days.is_none_or(|days| days <= 0));
        }
        Ok(Some(Claims { own, ..claims }))
    }

    /// The claims that the bureau promised an answer to by a day that is over.
    pub fn late_claims(&self, conn: &mut AnyConn, app: &App) -> Result<Option<Claims>, AppError> {
        if !claims::policy::answers(self.actor.role) {
            return Ok(None);
        }
        let late =
            self.claims_of(conn, app, Some(ClaimState::Late), ROWS, "/claims?state=late", "home-claimed")?;
        Ok(Some(late).filter(|late| late.count > 0))
    }

    fn claims_of(
        &self,
        conn: &mut AnyConn,
        app: &App,
        state: Option<ClaimState>,
        rows: i64,
        href: &'static str,
        title: &'static str,
    ) -> Result<Claims, AppError> {
        let mut first = claims::queries::list(conn, &self.actor, state, None, rows)?.unwrap_or_default();
        first.truncate(usize::try_from(rows).unwrap_or(usize::MAX));
        let shown = claims::view::list(conn, app.tools(), &self.actor, &first)?;
        Ok(Claims {
            count: claims::queries::count(conn, &self.actor, state)?,
            rows: shown.into_iter().map(|claim| claims::handlers::row(app, self.lang, claim)).collect(),
            own: false,
            href,
            title,
        })
    }
}
