//! Pages of user administration, under `/admin/users`.

use chrono::NaiveDateTime;
use serde::Serialize;

use crate::web::filled::{Choice, Filled};
use crate::web::templates::Page;

/// `GET /admin/users?q=&role=&state=active|disabled&cursor=`
#[derive(Clone, Debug, Default, Serialize)]
pub struct Users {
    /// What was asked: `q`, `role`, `state`.
    pub filter: Filled,
    pub roles: Vec<Choice>,
    pub rows: Vec<UserLine>,
    pub total: i64,
    /// Hrefs of the neighbouring pages, empty when there are none.
    pub prev: String,
    pub next: String,
    /// Whether the reader keeps users; who only reads them is shown no way to what he may not open.
    pub may_keep: bool,
}

impl Page for Users {
    const TEMPLATE: &'static str = "admin/users/list.html";
}

/// A user in the list.
#[derive(Clone, Debug, Serialize)]
pub struct UserLine {
    pub id: String,
    pub username: String,
    pub display_name: String,
    pub role: String,
    pub place: String,
    pub active: bool,
    pub last_seen_at: Option<NaiveDateTime>,
}

/// `GET /admin/users/new`, `GET /admin/users/{id}`. Posts to `/admin/users` or `/admin/users/{id}`; fields:
/// `username` (new only), `display_name`, `role`, `region`, `chamber`, `phone`, `email`,
/// `password` (new only), `version`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct UserForm {
    /// `None` for a new user.
    pub user: Option<UserHead>,
    pub form: Filled,
    pub roles: Vec<Choice>,
    pub regions: Vec<Choice>,
    pub chambers: Vec<Choice>,
}

impl Page for UserForm {
    const TEMPLATE: &'static str = "admin/users/form.html";
}

/// Whom the page is about.
#[derive(Clone, Debug, Default, Serialize)]
pub struct UserHead {
    pub id: String,
    pub username: String,
    pub display_name: String,
    pub role: String,
    pub active: bool,
    pub version: i64,
}

/// `GET /admin/users/{id}/disabling`: posts there; the account is kept, its sessions and tokens end.
#[derive(Clone, Debug, Serialize)]
pub struct UserDisabling {
    pub user: UserHead,
    /// Active leads this person is the officer or leader of: they stay, and want somebody else.
    pub leads: i64,
    /// Projects, the same; withdrawn ones want nobody.
    pub projects: i64,
}

impl Page for UserDisabling {
    const TEMPLATE: &'static str = "admin/users/disabling.html";
}

/// `GET|POST /admin/users/{id}/password-reset`: asks first, then shows the new password this once.
#[derive(Clone, Debug, Serialize)]
pub struct PasswordReset {
    pub user: UserHead,
    /// The password to hand over; `None` while it is only asked.
    pub password: Option<String>,
}

impl Page for PasswordReset {
    const TEMPLATE: &'static str = "admin/users/password_reset.html";
}
