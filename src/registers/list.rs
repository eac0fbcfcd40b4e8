//! How a list of a register is asked for: filters, order, page.

use crate::app::App;
use crate::chambers::model::SourceStatus;
use crate::clock;
use crate::db::page::Cursor;
use crate::error::AppError;
use crate::reference::Reference;
use crate::web::filled::Filled;
use crate::web::params::Params;
use crate::web::templates::Page;
use crate::web::visit::Visit;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};
use chrono::NaiveDate;
use std::str::FromStr;

/// Parameters of a list, of the page and the API alike.
pub const PARAMETERS: &[&str] =
    &["kind", "region", "status", "q", "sort", "cursor", "before", "limit", "count"];

/// What one may ask who sees names only.
const OF_NAMES: &[&str] = &["q", "sort", "cursor", "before", "limit", "count"];

/// What a list shows. Empty lists and `None` do not filter.
#[derive(Debug, Clone, PartialEq)]
pub struct RegisterFilter<K> {
    pub kinds: Vec<K>,
    pub regions: Vec<String>,
    pub statuses: Vec<SourceStatus>,
    /// Part of the name.
    pub q: Option<String>,
    /// Of chambers those of which something that expires ends from … to … (both included).
    pub ending: Option<(NaiveDate, NaiveDate)>,
}

impl<K> Default for RegisterFilter<K> {
    fn default() -> Self {
        RegisterFilter { kinds: vec![], regions: vec![], statuses: vec![], q: None, ending: None }
    }
}

impl<K> RegisterFilter<K> {
    /// All of a status.
    pub fn of_status(status: SourceStatus) -> Self {
        RegisterFilter { statuses: vec![status], ..Self::default() }
    }
}

crate::text_enum! {
    /// Fields that lists are sorted by.
    pub enum SortField {
        /// What waits for review first, then by name.
        Review = "review",
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
        Sort { field: SortField::Review, descending: false }
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

/// A cursor's value in the order by review: whether the record waits, and its name.
pub fn review_value(status: SourceStatus, name: &str) -> String {
    format!("{}{name}", u8::from(status == SourceStatus::Review))
}

/// What `review_value` wrote.
pub fn read_review_value(text: &str) -> Option<(bool, String)> {
    match text.split_at_checked(1)? {
        ("1", name) => Some((true, name.to_owned())),
        ("0", name) => Some((false, name.to_owned())),
        _ => None,
    }
}

/// Where a page lies: at the beginning, after a row, or before one.
#[derive(Debug, Clone, PartialEq)]
pub enum At {
    Start,
    After(Cursor),
    Before(Cursor),
}

impl At {
    /// `cursor` or `before`, which must be of this order.
    fn read(params: &Params, sort: Sort) -> Result<Self, AppError> {
        let before = params.text("before").map(|text| {
            let cursor = Cursor::decode(text).filter(|cursor| cursor.sort == sort.to_string());
            cursor.ok_or_else(|| AppError::bad_request("before", "not-a-cursor"))
        });
        Ok(match (params.cursor(&sort.to_string())?, before.transpose()?) {
            (None, None) => At::Start,
            (Some(cursor), None) => At::After(cursor),
            (None, Some(cursor)) => At::Before(cursor),
            (Some(_), Some(_)) => return Err(AppError::bad_request("before", "not-a-cursor")),
        })
    }

    pub fn cursor(&self) -> Option<&Cursor> {
        match self {
            At::Start => None,
            At::After(cursor) | At::Before(cursor) => Some(cursor),
        }
    }

    /// Whether rows are read in the other order, to be turned round again.
    pub fn is_backward(&self) -> bool {
        matches!(self, At::Before(_))
    }
}

/// Rows of a list in its order, and where the neighbouring pages begin.
#[derive(Debug, Clone)]
pub struct RegisterPage<T> {
    pub items: Vec<T>,
    pub next_cursor: Option<String>,
    pub prev_cursor: Option<String>,
}

impl<T> RegisterPage<T> {
    /// Of `limit + 1` rows as they were read, keeps `limit`.
    pub fn from_rows(mut rows: Vec<T>, limit: i64, at: &At, cursor: impl Fn(&T) -> Cursor) -> Self {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        rows.truncate(limit);
        if at.is_backward() {
            rows.reverse();
        }
        // The row that the cursor names lies on the side one came from.
        let (has_prev, has_next) =
            if at.is_backward() { (more, true) } else { (at.cursor().is_some(), more) };
        let at_row = |row: Option<&T>| row.map(|row| cursor(row).encode());
        RegisterPage {
            prev_cursor: at_row(rows.first().filter(|_| has_prev)),
            next_cursor: at_row(rows.last().filter(|_| has_next)),
            items: rows,
        }
    }
}

/// What a request asks of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct ListQuery<K> {
    pub filter: RegisterFilter<K>,
    pub sort: Sort,
    pub at: At,
    pub limit: i64,
    /// Whether the total is wanted.
    pub counts: bool,
}

impl<K: FromStr<Err: 'static>> ListQuery<K> {
    /// # Errors
    /// 400 that names the parameter.
    pub fn read(params: &Params, reference: &Reference) -> Result<Self, AppError> {
        params.only(PARAMETERS)?;
        let sort = params.one("sort")?.unwrap_or_default();
        Self::sorted(params, reference, sort)
    }

    /// The same with `expiring`: the chambers of which something ends soon.
    ///
    /// # Errors
    /// 400 that names the parameter.
    pub fn of_chambers(params: &Params, reference: &Reference) -> Result<Self, AppError> {
        let mut asked = Self::read(&params.without("expiring"), reference)?;
        if params.flag("expiring")? {
            asked.filter.ending = Some(reference.chamber_words().ending(clock::today()));
        }
        Ok(asked)
    }

    /// For who sees names only: a filter or an order would tell the rest.
    ///
    /// # Errors
    /// 400 that names the parameter.
    pub fn of_names(params: &Params, reference: &Reference) -> Result<Self, AppError> {
        params.only(OF_NAMES)?;
        let by_name = Sort { field: SortField::Name, descending: false };
        match params.one("sort")?.unwrap_or(by_name) {
            Sort { field: SortField::Review, .. } => Err(AppError::bad_request("sort", "unknown")),
            sort => Self::sorted(params, reference, sort),
        }
    }

    fn sorted(params: &Params, reference: &Reference, sort: Sort) -> Result<Self, AppError> {
        Ok(ListQuery {
            filter: RegisterFilter {
                kinds: params.list("kind")?,
                regions: params.codes("region", |code| reference.region(code).is_some())?,
                statuses: params.list("status")?,
                q: params.text("q").map(str::to_owned),
                ending: None,
            },
            sort,
            at: At::read(params, sort)?,
            limit: params.limit()?,
            counts: params.flag("count")?,
        })
    }
}

/// What was asked, as the page's filters show it.
pub fn filled(params: &Params) -> Filled {
    let shown = params.iter().filter(|(name, _)| !matches!(*name, "cursor" | "before" | "count"));
    shown.fold(Filled::new(), |filled, (name, value)| filled.value(name, value))
}

/// Addresses of the pages before and after, with the same filters; empty when there is none.
pub fn neighbours(
    path: &str,
    params: &Params,
    prev: Option<String>,
    next: Option<String>,
) -> (String, String) {
    let href = |name: &str, cursor: Option<String>| {
        let Some(cursor) = cursor else { return String::new() };
        let others = params.iter().filter(|(name, _)| !matches!(*name, "cursor" | "before"));
        let pairs: Vec<(&str, &str)> = others.chain([(name, cursor.as_str())]).collect();
        format!("{path}?{}", Params::of(&pairs).to_query())
    };
    (href("before", prev), href("cursor", next))
}

/// The page, or its found rows alone for htmx.
pub fn part_or_page<P: Page>(
    app: &App,
    visit: &Visit,
    request: &HttpRequest,
    page: &P,
) -> Result<HttpResponse, AppError> {
    let headers = request.headers();
    let wants_part =
        headers.contains_key("hx-request") && !headers.contains_key("hx-history-restore-request");
    let mut response = if wants_part { visit.block(app, page, "found")? } else { visit.page(app, page)? };
    // One address, two answers: no cache may give the part where the page is wanted.
    response.headers_mut().append(header::VARY, header::HeaderValue::from_static("HX-Request"));
    Ok(response)
}
