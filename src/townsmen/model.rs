//! A townsman as stored: what tells who it is, sealed under a key of its own.

use crate::confidential::{KeyError, Keyring};
use crate::db::Id;
use crate::schema::townsmen;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

/// A townsman as stored.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = townsmen, treat_none_as_null = true)]
pub struct Townsman {
    pub id: Id,
    pub code: String,
    /// The county, or the city, that the person comes from: GB/T 2260.
    pub home: Option<String>,
    /// Nothing once it was removed.
    pub key_encrypted: Option<String>,
    pub details_encrypted: Option<String>,
    /// The chamber that introduced the person.
    pub chamber_id: Option<Id>,
    /// The referrer of kind `townsman` that the person is.
    pub referrer_id: Option<Id>,
    /// The latest day on which the person agreed.
    pub consent_on: NaiveDate,
    /// From this day on somebody asks again.
    pub review_due_on: NaiveDate,
    pub removed_at: Option<NaiveDateTime>,
    pub version: i64,
    pub created_by: Option<Id>,
    pub created_at: NaiveDateTime,
    pub updated_at: NaiveDateTime,
}

/// What is sealed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TownsmanDetails {
    pub name: String,
    pub post: Option<String>,
    /// Where the person is: a code of a region.
    pub region: Option<String>,
    /// Who introduced the person, where it is no chamber.
    pub introducer: Option<String>,
    pub companies: Option<String>,
    /// The help that was offered.
    pub help: Option<String>,
    /// The words of the consent.
    pub consent: String,
}

/// What the details are sealed for, under the own key.
const DETAILS: &str = "details";

fn key_context(id: &Id) -> String {
    format!("townsmen.key:{id}")
}

impl Townsman {
    /// The details in clear; `None` once they were destroyed.
    pub fn open(&self, keys: &Keyring) -> Result<Option<TownsmanDetails>, KeyError> {
        let (Some(wrapped), Some(sealed)) = (&self.key_encrypted, &self.details_encrypted) else {
            return Ok(None);
        };
        let plain = keys.unwrap_own_key(&key_context(&self.id), wrapped)?.decrypt(DETAILS, sealed)?;
        serde_json::from_slice(&plain).map(Some).map_err(|_| KeyError::Decrypt)
    }

    /// The same with these details. What did not change keeps its ciphertext, or the trail would tell of a change; the
    /// key stays, so that all the trail holds of one person goes with it.
    pub fn sealed(mut self, keys: &Keyring, details: &TownsmanDetails) -> Result<Self, KeyError> {
        if self.open(keys)?.as_ref() == Some(details) {
            return Ok(self);
        }
        let context = key_context(&self.id);
        let (own, wrapped) = match self.key_encrypted.take() {
            Some(wrapped) => (keys.unwrap_own_key(&context, &wrapped)?, wrapped),
            None => keys.generate_own_key(&context),
        };
        let plain = serde_json::to_vec(details).map_err(|_| KeyError::Decrypt)?;
        self.key_encrypted = Some(wrapped);
        self.details_encrypted = Some(own.encrypt(DETAILS, &plain));
        Ok(self)
    }

    /// The same with everything of the person destroyed.
    pub fn destroyed(self, now: NaiveDateTime) -> Self {
        Townsman {
            home: None,
            key_encrypted: None,
            details_encrypted: None,
            chamber_id: None,
            referrer_id: None,
            removed_at: Some(now),
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock;

    #[test]
    fn what_the_trail_kept_goes_with_the_key() {
        let keys = Keyring::from_hex(&"0c".repeat(32)).unwrap();
        let now = clock::now();
        let blank = Townsman {
            id: Id::generate(),
            code: "XX-0001".into(),
            home: None,
            key_encrypted: None,
            details_encrypted: None,
            chamber_id: None,
            referrer_id: None,
            consent_on: now.date(),
            review_due_on: now.date(),
            removed_at: None,
            version: 1,
            created_by: None,
            created_at: now,
            updated_at: now,
        };
        let details = TownsmanDetails { name: "示例乡贤".into(), ..TownsmanDetails::default() };
        let sealed = blank.sealed(&keys, &details).unwrap();
        assert_eq!(sealed.open(&keys).unwrap(), Some(details.clone()));
        assert_eq!(sealed.clone().sealed(&keys, &details).unwrap(), sealed, "nothing changed");
        let other = TownsmanDetails { name: "示例乡贤乙".into(), ..details };
        let changed = sealed.clone().sealed(&keys, &other).unwrap();
        assert_eq!(changed.key_encrypted, sealed.key_encrypted);
        assert_ne!(changed.details_encrypted, sealed.details_encrypted);
        let gone = changed.destroyed(now);
        assert_eq!(gone.open(&keys).unwrap(), None);
        let kept_by_the_trail = Townsman { key_encrypted: None, ..sealed };
        assert_eq!(kept_by_the_trail.open(&keys).unwrap(), None);
    }
}
