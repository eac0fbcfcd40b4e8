//! What tells payees and investors apart, as companies: whether a payee is the investor, and whether two awards pay one
//! enterprise.

use super::facts::ReferrerRecord;
use super::queries::filed;
use crate::companies::identity::{Identity, Match, same_company};
use crate::companies::queries::Company;
use crate::companies::uscc::Uscc;
use crate::db::Id;
use crate::projects::model::Project;
use crate::reference::Reference;

/// A referrer with what tells apart him and those members whom he pays.
pub struct Named {
    pub known: filed::Known,
    identities: Vec<Identity>,
}

impl Named {
    pub fn of(known: filed::Known, reference: &Reference) -> Self {
        let own = identity(&known.name, known.uscc.as_deref(), reference);
        let paid = known.paid_members.iter().map(|name| identity(name, None, reference));
        let identities = paid.chain([own]).collect();
        Named { known, identities }
    }

    /// As awards see him. One who is the investor, or may be, is found in the way that a filing's findings have it
    /// (`filings::rules::findings`).
    pub fn record(&self, investors: &[Identity]) -> ReferrerRecord {
        let known = &self.known;
        let is_self = |investor: &Identity| {
            self.identities.iter().any(|one| same_company(one, investor) != Match::Different)
        };
        ReferrerRecord {
            id: known.id.clone(),
            code: known.code.clone(),
            name: known.name.clone(),
            region: known.region.clone(),
            uscc: known.uscc.clone(),
            public_employee: known.public_employee,
            is_investor: investors.iter().any(is_self),
            lacks_members: known.lacks_members,
        }
    }
}

/// What tells a payee apart.
pub fn identity(name: &str, uscc: Option<&str>, reference: &Reference) -> Identity {
    Identity::new(name, uscc.and_then(|code| Uscc::parse(code).ok()), reference)
}

/// The investor: by the names of the project and by every name that his company was reported under, with its code; and
/// the project's company, which has a code of its own.
pub fn investors(
    project: &Project,
    company: Option<&Company>,
    names: &[(Id, String)],
    reference: &Reference,
) -> Vec<Identity> {
    let uscc = company.and_then(|company| company.uscc.as_deref());
    let reported = names.iter().filter(|(id, _)| *id == project.company_id).map(|(_, name)| name);
    let own = company.map(|company| &company.name).into_iter().chain([&project.investor_name]);
    let investor = own.chain(reported).map(|name| identity(name, uscc, reference));
    investor.chain(project.project_company.iter().map(|name| identity(name, None, reference))).collect()
}
