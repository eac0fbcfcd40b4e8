//! Who an application names: its project and its payees, as they were called when it was submitted. What is renamed
//! later shows as a difference; notice, papers and archive go on saying what was decided about.

use super::model::{Application, Payee};
use super::queries::filed;
use crate::db::{AnyConn, Id};
use crate::projects::model::Project;
use diesel::QueryResult;
use serde::{Deserialize, Serialize};

/// Frozen with the facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parties {
    /// The project's title.
    pub project: String,
    pub investor: String,
    pub project_company: Option<String>,
    /// In the order of the payees.
    pub payees: Vec<Party>,
}

/// A payee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    pub name: String,
    /// Of a team, by name: those members who are paid.
    pub members: Vec<String>,
    /// Keyed hash of his account: tells another one apart, and nothing else.
    pub account_hash: Option<String>,
    /// Where he was paid; none before the payment.
    #[serde(default)]
    pub paid_to: Option<PaidTo>,
}

/// An account that money went to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaidTo {
    pub bank: Option<String>,
    /// Sealed as in the register (`Referrer::account_context`).
    pub account_encrypted: Option<String>,
}

/// Names that are compared, as facts are called (`award-fact-…`).
pub const COMPARED: [&str; 5] = ["title", "investor", "project_company", "name", "members"];

impl Parties {
    /// As they are called now.
    pub fn of(conn: &mut AnyConn, project: &Project, payees: &[Payee]) -> QueryResult<Self> {
        let ids: Vec<Id> = payees.iter().filter_map(|payee| payee.referrer_id.clone()).collect();
        let known = filed::rows_of(conn, &ids)?;
        let members = filed::paid_members_of(conn, &ids)?;
        let party = |payee: &Payee| {
            let referrer = payee.referrer_id.as_ref().and_then(|id| known.get(id));
            let members = payee.referrer_id.as_ref().and_then(|id| members.get(id));
            Party {
                name: referrer
                    .map(|referrer| referrer.name.clone())
                    .or_else(|| payee.organisation.clone())
                    .unwrap_or_default(),
                members: members.cloned().unwrap_or_default(),
                account_hash: referrer.and_then(|referrer| referrer.account_hash.clone()),
                paid_to: None,
            }
        };
        Ok(Parties {
            project: project.title.clone(),
            investor: project.investor_name.clone(),
            project_company: project.project_company.clone(),
            payees: payees.iter().map(party).collect(),
        })
    }

    /// With the accounts of now as those that were paid to.
    pub fn paid(mut self, conn: &mut AnyConn, payees: &[Payee]) -> QueryResult<Self> {
        let ids: Vec<Id> = payees.iter().filter_map(|payee| payee.referrer_id.clone()).collect();
        let known = filed::rows_of(conn, &ids)?;
        for (party, payee) in self.payees.iter_mut().zip(payees) {
            let referrer = payee.referrer_id.as_ref().and_then(|id| known.get(id));
            party.paid_to = referrer.map(|referrer| PaidTo {
                bank: referrer.bank_name.clone(),
                account_encrypted: referrer.account_encrypted.clone(),
            });
        }
        Ok(self)
    }
}

/// The title that an application says of its project: the frozen one, else that of now.
pub fn title(application: &Application, now: String) -> String {
    application.frozen_parties().map_or(now, |parties| parties.project.clone())
}
