//! A user as the API shows it.

use crate::accounts::model::{Locale, Role, User};
use crate::accounts::queries::users;
use crate::app::App;
use crate::chambers::Chamber;
use crate::chambers::queries as chambers;
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use chrono::NaiveDateTime;
use serde::Serialize;
use utoipa::ToSchema;

/// A user, with his phone masked.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = User)]
pub struct UserView {
    pub id: Id,
    pub username: String,
    pub display_name: String,
    pub role: Role,
    /// The county or zone that the user acts for.
    pub region: Option<String>,
    /// The chamber that a liaison acts for.
    pub chamber: Option<ChamberName>,
    /// Masked.
    pub phone: Option<String>,
    pub email: Option<String>,
    pub locale: Locale,
    pub active: bool,
    /// Left out in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub must_change_password: Option<bool>,
    pub version: i64,
    #[serde(with = "clock::rfc3339")]
    pub created_at: NaiveDateTime,
    #[serde(with = "clock::rfc3339")]
    pub updated_at: NaiveDateTime,
}

/// A chamber, named.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ChamberName {
    pub id: Id,
    pub code: String,
    pub name: String,
}

/// A user just added. The password is told once, when the program made it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct NewUser {
    #[serde(flatten)]
    pub user: UserView,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub one_time_password: Option<String>,
}

/// A password just made, told once.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct NewPassword {
    pub id: Id,
    pub username: String,
    /// To be changed at the next sign-in.
    pub one_time_password: String,
}

impl UserView {
    /// One user, with all that is known.
    pub fn of(app: &App, conn: &mut AnyConn, user: User) -> Result<Self, AppError> {
        let chambers = match &user.chamber_id {
            Some(id) => chambers::find(conn, id.as_str())?.into_iter().collect(),
            None => Vec::new(),
        };
        let must_change = users::credentials(conn, &user.id)?.map(|credentials| credentials.must_change);
        let view = Self::with_chambers(app, user, &chambers)?;
        Ok(UserView { must_change_password: must_change, ..view })
    }

    /// A user of a list, whose chambers were read together.
    pub fn with_chambers(app: &App, user: User, chambers: &[Chamber]) -> Result<Self, AppError> {
        let of_user = |chamber: &&Chamber| Some(&chamber.id) == user.chamber_id.as_ref();
        let chamber = chambers.iter().find(of_user).map(|chamber| ChamberName {
            id: chamber.id.clone(),
            code: chamber.code.clone(),
            name: chamber.name.clone(),
        });
        Ok(UserView {
            phone: user.masked_phone(&app.keys)?,
            id: user.id,
            username: user.username,
            display_name: user.display_name,
            role: user.role,
            region: user.region,
            chamber,
            email: user.email,
            locale: user.locale,
            active: user.active,
            must_change_password: None,
            version: user.version,
            created_at: user.created_at,
            updated_at: user.updated_at,
        })
    }
}
