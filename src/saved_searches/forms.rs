//! What is entered of a saved search: the API's body and the page's form become one checked input.

use crate::error::{AppError, FieldErrors};
use crate::fields::{required, too_long};
use crate::web::form::Form;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The longest query that is kept.
const MAX_QUERY: usize = 2_000;

/// A saved search as POST takes it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SavedSearchBody {
    #[schema(max_length = 200)]
    pub name: Option<String>,
    /// The parameters of `GET /search` as a query has them: `q=…&county=…`. Filters in `q` become parameters; how the
    /// answer is shown (`facets`, `limit`, `offset`) is not kept.
    #[schema(max_length = 2000)]
    pub query: Option<String>,
    /// Whether one's unit reads it, too.
    pub shared: Option<bool>,
    /// Whether to be told when it finds something new.
    pub tell: Option<bool>,
}

/// What a merge patch changes of a saved search.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SavedSearchChange {
    #[schema(max_length = 200)]
    pub name: Option<String>,
    /// Whether one's unit reads it, too.
    pub shared: Option<bool>,
}

/// A new search's input, checked but for what only the database knows.
#[derive(Debug, Clone, PartialEq)]
pub struct SavedSearchInput {
    pub name: String,
    pub query: String,
    pub is_shared: bool,
    pub tell: bool,
}

/// What is changed of one.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangeInput {
    pub name: String,
    pub is_shared: bool,
}

impl SavedSearchBody {
    pub fn from_form(form: &Form) -> Self {
        SavedSearchBody {
            name: form.text("name"),
            query: form.text("query"),
            shared: Some(form.is_checked("shared")),
            tell: Some(form.is_checked("tell")),
        }
    }
}

impl SavedSearchInput {
    /// All faults at once, each at its field.
    pub fn check(body: SavedSearchBody) -> Result<Self, AppError> {
        let mut errors = FieldErrors::default();
        let name = required(&mut errors, "name", body.name);
        let query = body.query.unwrap_or_default();
        if query.trim().is_empty() {
            errors.add("query", "required");
        }
        if query.chars().count() > MAX_QUERY {
            too_long(&mut errors, "query", MAX_QUERY);
        }
        errors.into_result()?;
        let (is_shared, tell) = (body.shared.unwrap_or(false), body.tell.unwrap_or(false));
        Ok(SavedSearchInput { name, query, is_shared, tell })
    }
}

impl SavedSearchChange {
    pub fn from_form(form: &Form) -> Self {
        SavedSearchChange { name: form.text("name"), shared: Some(form.is_checked("shared")) }
    }
}

impl ChangeInput {
    pub fn check(body: SavedSearchChange) -> Result<Self, AppError> {
        let mut errors = FieldErrors::default();
        let name = required(&mut errors, "name", body.name);
        errors.into_result()?;
        Ok(ChangeInput { name, is_shared: body.shared.unwrap_or(false) })
    }
}
