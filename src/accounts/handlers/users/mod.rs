//! `/api/v1/users` and `/admin/users`: the administrator keeps the users, the auditor sees them.

pub mod disabling;
pub mod list;
pub mod password_reset;
pub mod record;
mod view;

pub use view::{NewPassword, NewUser, UserView};

use crate::accounts::forms::{UserBody, UserInput};
use crate::accounts::model::{Actor, User};
use crate::accounts::password;
use crate::accounts::queries::users;
use crate::accounts::registry::{Registry, first_password};
use crate::app::App;
use crate::audit::By;
use crate::db::{AnyConn, Id};
use crate::error::{AppError, FieldErrors};
use crate::reference::Reference;

/// A user just added.
pub struct Added {
    pub user: User,
    /// The password, when the program made it.
    pub one_time_password: Option<String>,
}

/// Adds a user as page and API ask for it.
async fn add(app: &App, actor: &Actor, body: UserBody, faults: FieldErrors) -> Result<Added, AppError> {
    let checking = body.clone();
    // Hashing takes long: before the transaction.
    let (input, hash, one_time_password) = app
        .block(move |app| {
            let mut errors = faults;
            let input = checking.checked(&app.reference, &mut errors);
            errors.into_result()?;
            let input = input.ok_or(AppError::NotFound)?;
            let made = || password::generate(&input.username, &input.display_name);
            let made = checking.password.is_none().then(made);
            let password = made.as_ref().or(checking.password.as_ref()).cloned().unwrap_or_default();
            let hash = first_password(&password, &input)?;
            Ok((input, hash, made))
        })
        .await?;
    let must_change = one_time_password.is_some() || body.must_change_password.unwrap_or(true);
    let by = actor.clone();
    let user = app
        .write(actor, move |app, conn| {
            Registry::of(app, By::Actor(&by)).add(conn, &input, &hash, must_change)
        })
        .await?;
    Ok(Added { user, one_time_password })
}

/// The user of an address, or 404.
fn found(conn: &mut AnyConn, id: &str) -> Result<User, AppError> {
    let id: Id = id.parse().map_err(|_| AppError::NotFound)?;
    users::find(conn, &id)?.ok_or(AppError::NotFound)
}

/// A changed body as checked input.
fn checked(reference: &Reference, body: &UserBody, mut errors: FieldErrors) -> Result<UserInput, AppError> {
    let input = body.checked(reference, &mut errors);
    errors.into_result()?;
    input.ok_or(AppError::NotFound)
}
