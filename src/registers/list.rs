//! How a list of a register is asked for: filters, order, page.

use crate::chambers::model::SourceStatus;
use crate::db::page::Cursor;
use crate::error::AppError;
use crate::web::params::Params;
use std::str::FromStr;

/// Parameters of a list, of the page and the API alike.
pub const PARAMETERS: &[&str] = &["kind", "region", "status", "q", "sort", "cursor", "limit", "count"];

/// What a list shows. Empty lists and `None` do not filter.
#[derive(Debug, Clone, PartialEq)]
pub struct RegisterFilter<K> {
    pub kinds: Vec<K>,
    pub regions: Vec<String>,
    pub statuses: Vec<SourceStatus>,
    /// Part of the name.
    pub q: Option<String>,
}

crate::text_enum! {
    /// Fields that lists are sorted by.
    pub enum SortField {
        Name = "name",
        UpdatedAt = "updated_at",
        Code = "code",
    }
}

/// The field a list is sorted by, and which way. Names go by their characters' codes, as both databases sort.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sort {
    pub field: SortField,
    pub descending: bool,
}

impl Default for Sort {
    fn default() -> Self {
        Sort { field: SortField::Name, descending: false }
    }
}

impl FromStr for Sort {
    type Err = crate::db::types::UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (descending, name) = text.strip_prefix('-').map_or((false, text), |name| (true, name));
        Ok(Sort { field: name.parse()?, descending })
    }
}

impl std::fmt::Display for Sort {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", if self.descending { "-" } else { "" }, self.field)
    }
}

/// What a request asks of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct ListQuery<K> {
    pub filter: RegisterFilter<K>,
    pub sort: Sort,
    pub after: Option<Cursor>,
    pub limit: i64,
    /// Whether the total is wanted.
    pub counts: bool,
}

impl<K: FromStr> ListQuery<K> {
    /// # Errors
    /// 400 that names the parameter.
    pub fn read(params: &Params) -> Result<Self, AppError> {
        params.only(PARAMETERS)?;
        let sort: Sort = params.one("sort")?.unwrap_or_default();
        Ok(ListQuery {
            filter: RegisterFilter {
                kinds: params.list("kind")?,
                regions: params.list("region")?,
                statuses: params.list("status")?,
                q: params.text("q").map(str::to_owned),
            },
            sort,
            after: params.cursor(&sort.to_string())?,
            limit: params.limit()?,
            counts: params.flag("count")?,
        })
    }
}
