//! What is entered of a user: the API's body and the page's form become one checked input.

use crate::accounts::model::{Locale, Role, User};
use crate::accounts::rules;
use crate::confidential::Keyring;
use crate::error::{AppError, FieldErrors};
use crate::leads::forms::normal_phone;
use crate::reference::Reference;
use crate::web::form::Form;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The longest name, in characters.
const MAX_NAME: usize = 60;
/// The longest address of mail.
const MAX_EMAIL: usize = 200;

/// A user as `POST /api/v1/users` takes it, and as a merge patch changes it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct UserBody {
    /// 2 to 64 small letters, digits, dots and hyphens; stays for ever.
    pub username: Option<String>,
    #[schema(max_length = 60)]
    pub display_name: Option<String>,
    pub role: Option<Role>,
    /// The county or zone of a county role: a code of `/regions`.
    pub region: Option<String>,
    /// A liaison's chamber by id or code.
    pub chamber: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub locale: Option<Locale>,
    pub active: Option<bool>,
    /// For a new user; without one the program makes it and tells it once.
    pub password: Option<String>,
    /// Whether the given password must be changed at the first sign-in; it must, unless said otherwise.
    pub must_change_password: Option<bool>,
}

/// A user's input, checked but for what only the database knows (whether name and chamber exist).
#[derive(Debug, Clone, PartialEq)]
pub struct UserInput {
    pub username: String,
    pub display_name: String,
    pub role: Role,
    pub region: Option<String>,
    /// By id or code.
    pub chamber: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub locale: Locale,
    pub active: bool,
}

impl UserBody {
    /// The body that would leave a user as it is: what a merge patch is laid over.
    pub fn of(user: &User, keys: &Keyring) -> Result<Self, AppError> {
        Ok(UserBody {
            username: Some(user.username.clone()),
            display_name: Some(user.display_name.clone()),
            role: Some(user.role),
            region: user.region.clone(),
            chamber: user.chamber_id.as_ref().map(ToString::to_string),
            phone: user.phone(keys)?,
            email: user.email.clone(),
            locale: Some(user.locale),
            active: Some(user.active),
            password: None,
            must_change_password: None,
        })
    }

    /// From the page's form. A masked phone that comes back as it was shown leaves the phone as it is.
    pub fn from_form(form: &mut Form, before: Option<&UserBody>) -> Self {
        let shown = before.and_then(|body| body.phone.as_deref()).map(crate::contacts::model::mask_phone);
        let phone = form.text("phone");
        let is_unchanged = phone.is_some() && phone == shown;
        let role = form.parsed("role", "unknown");
        UserBody {
            username: form.text("username").or_else(|| before.and_then(|body| body.username.clone())),
            display_name: form.text("display_name"),
            role,
            region: form.text("region"),
            chamber: form.text("chamber"),
            phone: if is_unchanged { before.and_then(|body| body.phone.clone()) } else { phone },
            email: form.text("email"),
            locale: before.and_then(|body| body.locale),
            active: before.and_then(|body| body.active),
            password: Some(form.raw("password")).filter(|password| !password.is_empty()),
            must_change_password: None,
        }
    }

    /// The checked input; all faults are added to `errors`, and `None` means there were some.
    pub fn checked(&self, reference: &Reference, errors: &mut FieldErrors) -> Option<UserInput> {
        let text = |value: &Option<String>| {
            value.as_ref().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
        };
        let username = match text(&self.username) {
            None => fault(errors, "username", "required"),
            Some(name) => rules::username(&name).or_else(|| fault(errors, "username", "username-form")),
        };
        let display_name = checked_name(errors, "display_name", text(&self.display_name));
        if self.role.is_none() && !errors.has("role") {
            errors.add("role", "required");
        }
        let (region, chamber) = (text(&self.region), text(&self.chamber));
        if region.as_ref().is_some_and(|code| !reference.is_county(code)) {
            errors.add("region", "region-unknown");
        }
        if let Some(role) = self.role {
            rules::check_place(errors, role, region.as_deref(), chamber.as_deref());
        }
        let phone = checked_phone(errors, text(&self.phone));
        let email = checked_email(errors, text(&self.email));
        if !errors.is_empty() {
            return None;
        }
        Some(UserInput {
            username: username?,
            display_name: display_name?,
            role: self.role?,
            region,
            chamber,
            phone,
            email,
            locale: self.locale.unwrap_or(Locale::Chinese),
            active: self.active.unwrap_or(true),
        })
    }
}

/// A person's name: there, on one line, and not too long.
pub fn checked_name(errors: &mut FieldErrors, field: &'static str, name: Option<String>) -> Option<String> {
    let name = name.map(|name| name.split_whitespace().collect::<Vec<_>>().join(" "));
    match name.filter(|name| !name.is_empty()) {
        None => fault(errors, field, "required"),
        Some(name) if name.chars().count() > MAX_NAME => {
            errors.add_with(field, "too-long", vec![("max", MAX_NAME.to_string())]);
            None
        }
        Some(name) => Some(name),
    }
}

/// A phone's digits.
pub fn checked_phone(errors: &mut FieldErrors, text: Option<String>) -> Option<String> {
    normal_phone(&text?).or_else(|| fault(errors, "phone", "not-a-phone"))
}

/// An address of mail: something, an @, a host.
pub fn checked_email(errors: &mut FieldErrors, text: Option<String>) -> Option<String> {
    let text = text?;
    let fits = text.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.')
    });
    if fits && text.len() <= MAX_EMAIL && !text.contains(char::is_whitespace) {
        Some(text)
    } else {
        fault(errors, "email", "not-an-email")
    }
}

fn fault<T>(errors: &mut FieldErrors, field: &'static str, code: &'static str) -> Option<T> {
    errors.add(field, code);
    None
}
