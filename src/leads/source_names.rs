//! Sources as forms show them: by the names of their records.

use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::fields::MAX_LINE;
use crate::leads::forms::SourceBody;
use crate::leads::model::SourceKind;
use crate::reference::Reference;
use crate::{chambers, clock, companies, referrers};
use std::collections::HashMap;

/// The records that a source names now, each with its id.
#[derive(Debug, Clone, Default)]
pub struct SourceNames {
    pub chamber: Option<(Id, String)>,
    pub referrer: Option<(Id, String)>,
    pub enterprise: Option<(Id, String)>,
}

impl SourceNames {
    /// Of these ids, as far as they have a name.
    pub fn of(
        names: &HashMap<Id, String>,
        chamber: Option<&Id>,
        referrer: Option<&Id>,
        enterprise: Option<&Id>,
    ) -> Self {
        let named = |id: Option<&Id>| Some((id?.clone(), names.get(id?)?.clone()));
        SourceNames { chamber: named(chamber), referrer: named(referrer), enterprise: named(enterprise) }
    }

    /// Chamber, referrer and enterprise by name alone.
    pub fn texts(&self) -> [Option<&str>; 3] {
        [&self.chamber, &self.referrer, &self.enterprise]
            .map(|record| record.as_ref().map(|(_, name)| name.as_str()))
    }

    /// Puts names in place of ids, as the form showed them.
    pub fn show(&self, source: &mut SourceBody) {
        let [chamber, referrer, enterprise] = self.texts().map(|name| name.map(str::to_owned));
        (source.chamber_id, source.referrer_id, source.enterprise_id) = (chamber, referrer, enterprise);
    }

    /// Puts ids in place of names; what names nothing stays, and is found to be unknown. An enterprise that
    /// nobody knows yet becomes known: there is no register in which it had to be entered before.
    pub fn resolve(
        &self,
        conn: &mut AnyConn,
        reference: &Reference,
        source: &mut SourceBody,
    ) -> Result<(), AppError> {
        let same = |record: &Option<(Id, String)>, typed: &str| {
            record.as_ref().filter(|(_, name)| name == typed).map(|(id, _)| id.clone())
        };
        if let Some(typed) = source.chamber_id.clone() {
            let found = match same(&self.chamber, &typed) {
                Some(id) => Some(id),
                None => chambers::queries::find_by_name(conn, &typed)?.map(|chamber| chamber.id),
            };
            source.chamber_id = Some(found.map_or(typed, |id| id.to_string()));
        }
        if let Some(typed) = source.referrer_id.clone() {
            let found = match same(&self.referrer, &typed) {
                Some(id) => Some(id),
                None => referrers::queries::find_by_name(conn, &typed)?.map(|referrer| referrer.id),
            };
            source.referrer_id = Some(found.map_or(typed, |id| id.to_string()));
        }
        if let Some(typed) = source.enterprise_id.clone()
            && source.kind == Some(SourceKind::Enterprise)
            && typed.chars().count() <= MAX_LINE
        {
            let id = match same(&self.enterprise, &typed) {
                Some(id) => id,
                None => companies::queries::resolve(conn, reference, &typed, None, None, clock::now())?,
            };
            source.enterprise_id = Some(id.to_string());
        }
        Ok(())
    }
}
