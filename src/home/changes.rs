//! What happened last to the reader's leads, a line each.

use crate::app::App;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::home::handlers::Day;
use crate::home::pages::Change;
use crate::leads::handlers::list::tally;
use crate::leads::last_changes;
use crate::leads::timeline::{TimelineItem, TimelineKind};
use crate::web::i18n::Message;
use crate::web::params::Params;

/// Leads whose last change is told.
const CHANGES: i64 = 8;
/// Letters of a text that stand in a line.
const SUMMARY: usize = 60;

impl Day {
    /// The last change of each of the leads that changed last.
    pub fn changes(&self, conn: &mut AnyConn, app: &App) -> Result<Vec<Change>, AppError> {
        let list = tally(conn, app, &self.actor, &Params::of(&[("updated", "recently")]))?;
        let rows = self.first(conn, &list, CHANGES)?;
        let ids: Vec<Id> = rows.iter().map(|row| row.0.id.clone()).collect();
        let mut last_changes = last_changes::of_leads(conn, &self.actor, &ids)?;
        let mut changes = Vec::new();
        for (lead, ..) in rows {
            let last = last_changes.remove(&lead.id);
            changes.push(Change {
                kind: last.as_ref().map_or("created".to_owned(), |item| item.kind.to_string()),
                at: last.as_ref().map_or(lead.created_at, |item| item.at),
                summary: last.as_ref().map(|item| self.summary(app, item)).unwrap_or_default(),
                by: last.and_then(|item| item.by).map(|person| person.display_name),
                lead_id: lead.id.to_string(),
                lead_title: lead.title,
            });
        }
        Ok(changes)
    }

    fn summary(&self, app: &App, item: &TimelineItem) -> String {
        let word = |name: &str| item.data[name].as_str().unwrap_or_default();
        let say = |family: &str, code: &str| app.views.i18n().say(self.lang, &Message::of(family, code));
        match item.kind {
            TimelineKind::FollowUp => shortened(word("content")),
            TimelineKind::Stage => {
                format!("{} → {}", say("stage", word("from")), say("stage", word("to")))
            }
            TimelineKind::Question | TimelineKind::Answer => shortened(word("text")),
            _ => word("reason").to_owned(),
        }
    }
}

/// The beginning of a text, for a line.
pub fn shortened(text: &str) -> String {
    let short: String = text.chars().take(SUMMARY).collect();
    if short.len() < text.len() { format!("{short}…") } else { short }
}
