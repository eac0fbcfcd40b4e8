//! The accounts of a payment list. In full they are read by finance, which pays, and by the county that keeps the
//! payee (domain/roles.md, row "Bank accounts"), and each reading is a disclosure in the trail; the auditor has the
//! last four figures; the bureau, which neither enters nor pays, is not told any of it.

use super::Dossier;
use crate::accounts::{Actor, Role};
use crate::app::Tools;
use crate::award_applications::parties::PaidTo;
use crate::award_applications::queries::filed;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::referrers::identity::mask_account;
use crate::referrers::{Referrer, policy};
use crate::registers::disclosure::{Disclosure, disclose};
use crate::registers::sealed;

const FIELD: &str = "bank_account";
/// What stands for what is not told.
const HIDDEN: &str = "********";

/// Where a payee is paid.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Account {
    pub bank: Option<String>,
    pub number: Option<String>,
}

/// How much of an account is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    Full,
    LastFour,
    Nothing,
}

fn told(actor: &Actor, referrer: &Referrer) -> Told {
    match actor.role {
        Role::FinanceReviewer => Told::Full,
        role if policy::enters_accounts(role) && policy::may_keep(actor, referrer.region.as_deref()) => {
            Told::Full
        }
        Role::Auditor => Told::LastFour,
        _ => Told::Nothing,
    }
}

/// Whether the list may tell this role an account in full, and so has to be written to the trail.
pub fn may_be_told(role: Role) -> bool {
    role == Role::FinanceReviewer || policy::enters_accounts(role)
}

/// The accounts of the payees, in their order: those that were paid to, before that those of the register. The trail
/// names the application as the reason.
///
/// # Errors
/// 429 after too many disclosures in a day.
pub fn of(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    dossier: &Dossier,
) -> Result<Vec<Account>, AppError> {
    let payees = &dossier.line.payees;
    let ids: Vec<Id> = payees.iter().filter_map(|payee| payee.referrer_id.clone()).collect();
    let known = filed::rows_of(conn, &ids)?;
    let mut accounts = Vec::new();
    for (at, payee) in payees.iter().enumerate() {
        let Some(referrer) = payee.referrer_id.as_ref().and_then(|id| known.get(id)) else {
            accounts.push(Account::default());
            continue;
        };
        let told = told(actor, referrer);
        let paid_to = dossier.parties.as_ref().and_then(|parties| parties.payees.get(at)?.paid_to.clone());
        let PaidTo { bank, account_encrypted } = paid_to.unwrap_or_else(|| PaidTo {
            bank: referrer.bank_name.clone(),
            account_encrypted: referrer.account_encrypted.clone(),
        });
        let sealed = account_encrypted.as_deref();
        let number = match told {
            Told::Nothing => sealed.map(|_| HIDDEN.to_owned()),
            _ => sealed::open(tools.keys, &referrer.account_context(), sealed)?,
        };
        if told == Told::Full && number.is_some() {
            let wanted = Disclosure { field: FIELD.to_owned(), reason: dossier.application.code.clone() };
            disclose(conn, actor, "referrer", &referrer.id, &wanted, &[FIELD])?;
        }
        accounts.push(Account {
            bank: bank.filter(|_| told != Told::Nothing),
            number: if told == Told::LastFour { number.as_deref().map(mask_account) } else { number },
        });
    }
    Ok(accounts)
}
