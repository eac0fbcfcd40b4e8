//! Search over the API.

use crate::api::parameter::{Parameter, amount, day, one_of, some_of, text, texts, whole, words, years};
use crate::api::{Operation, get};
use crate::leads::model::{SourceKind, Stage, Status};
use crate::search::fields::FacetField;
use crate::search::handlers::results::{DEFAULT_LIMIT, MAX_LIMIT};
use crate::search::narrowing::{INVESTMENT_FROM, INVESTMENT_TO, NONE, REGISTERED_FROM, REGISTERED_TO};
use crate::search::query::MAX_DEPTH;
use crate::search::records::{ALL, SearchKind};
use crate::search::settings::amount_codes;
use crate::search::view::SearchResults;

/// The one operation there is.
pub fn all() -> Vec<Operation> {
    let facets = FacetField::ALL.map(FacetField::as_str);
    let most = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let kinds: Vec<&str> = SearchKind::ALL.iter().map(|kind| kind.as_str()).chain([ALL]).collect();
    let ranges = amount_codes();
    let ranges: Vec<&str> = ranges.iter().map(String::as_str).chain([NONE]).collect();
    let parameters: Vec<Parameter> = vec![
        text("q"),
        texts("county"),
        texts("industry"),
        words::<Stage>("stage"),
        words::<Status>("status"),
        words::<SourceKind>("source"),
        texts("chamber"),
        texts("officer"),
        texts("leader"),
        some_of("investment", &ranges),
        years("registered"),
        amount(INVESTMENT_FROM),
        amount(INVESTMENT_TO),
        day(REGISTERED_FROM),
        day(REGISTERED_TO),
        one_of("type", &kinds),
        some_of("facets", &facets),
        whole("limit", 1, most(MAX_LIMIT), most(DEFAULT_LIMIT)),
        whole("offset", 0, most(MAX_DEPTH - 1), 0),
    ];
    vec![
        get("/api/v1/search", "search")
            .query(parameters)
            .sample("q=xiaofangzhuan&facets=county,stage")
            .answers::<SearchResults>(200),
    ]
}
