//! HTTP of follow-ups.

pub mod list;
pub mod page;
pub mod record;

use crate::accounts::Actor;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::leads::handlers::load;
use crate::leads::policy;
use crate::leads::queries::Known;

/// The lead of a path, if the actor may record a follow-up of it.
fn load_followed(conn: &mut AnyConn, actor: &Actor, id: &str) -> Result<Known, AppError> {
    let known = load(conn, actor, id)?;
    if policy::may_follow_up(actor, &known.lead) {
        Ok(known)
    } else if policy::follows_up(actor.role) {
        Err(AppError::Forbidden("not-your-lead"))
    } else {
        Err(AppError::Forbidden("role"))
    }
}
