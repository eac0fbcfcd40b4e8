//! Filters as conditions on rows, where the database answers in place of an index: the same for leads and for projects.

use crate::search::settings::AmountRange;

/// Leaves the rows that have one of the wanted values, and none of the unwanted ones.
macro_rules! among {
    ($rows:ident, $table:ident::$column:ident, $wanted:expr, $unwanted:expr) => {{
        let (wanted, unwanted) = ($wanted, $unwanted);
        if !wanted.is_empty() {
            $rows = $rows.filter($table::$column.eq_any(wanted));
        }
        if !unwanted.is_empty() {
            $rows = $rows.filter($table::$column.ne_all(unwanted));
        }
    }};
}
pub(super) use among;

/// The same by ids, of which a row may have none: the value `""`.
macro_rules! among_ids {
    ($rows:ident, $table:ident::$column:ident, $filters:expr, $field:expr) => {{
        let (ids, or_none) = $crate::search::filtered::named($filters.of($field));
        if or_none {
            $rows = $rows.filter($table::$column.eq_any(ids).or($table::$column.is_null()));
        } else if !ids.is_empty() {
            $rows = $rows.filter($table::$column.eq_any(ids));
        }
        let (ids, or_none) = $crate::search::filtered::named($filters.without($field));
        if or_none {
            $rows = $rows.filter($table::$column.ne_all(ids).and($table::$column.is_not_null()));
        } else if !ids.is_empty() {
            $rows = $rows.filter($table::$column.ne_all(ids).or($table::$column.is_null()));
        }
    }};
}
pub(super) use among_ids;

/// The same by the total investment, its ranges and its bounds. Gives up with `None` where a code is no range's.
macro_rules! by_investment {
    ($rows:ident, $table:ident, $filters:expr, $amounts:expr) => {{
        let fen = $table::total_investment_fen;
        let in_ranges = |codes: &[String]| {
            let mut any: Box<
                dyn BoxableExpression<
                        $table::table,
                        $crate::db::MultiBackend,
                        SqlType = diesel::sql_types::Nullable<diesel::sql_types::Bool>,
                    >,
            > = Box::new(diesel::dsl::sql::<diesel::sql_types::Nullable<diesel::sql_types::Bool>>("(0 = 1)"));
            for span in $crate::search::filtered::spans(codes, $amounts)? {
                any = match span {
                    Some((first, last)) => Box::new(any.or(fen.between(first, last))),
                    None => Box::new(any.or(fen.is_null().nullable())),
                };
            }
            Some(any)
        };
        if let Some(from) = $filters.investment_fen.from {
            $rows = $rows.filter(fen.ge(from));
        }
        if let Some(to) = $filters.investment_fen.to {
            $rows = $rows.filter(fen.le(to));
        }
        if !$filters.investment.is_empty() {
            $rows = $rows.filter(in_ranges(&$filters.investment)?);
        }
        let unwanted = $filters.without($crate::search::FacetField::Investment);
        if !unwanted.is_empty() {
            let within = in_ranges(unwanted)?;
            $rows = match unwanted.iter().any(String::is_empty) {
                true => $rows.filter(diesel::dsl::not(within)),
                false => $rows.filter(fen.is_null().nullable().or(diesel::dsl::not(within))),
            };
        }
    }};
}
pub(super) use by_investment;

/// The ids among the values of a field, and whether `""` is, which stands for having none.
pub(super) fn named(values: &[String]) -> (Vec<Option<String>>, bool) {
    let ids: Vec<Option<String>> =
        values.iter().filter(|value| !value.is_empty()).cloned().map(Some).collect();
    let or_none = ids.len() < values.len();
    (ids, or_none)
}

/// From … to …, in fen.
type Span = (i64, i64);

/// The amounts of each of these ranges, none for `""`; nothing at all where a code is no range's.
pub(super) fn spans(codes: &[String], amounts: &[AmountRange]) -> Option<Vec<Option<Span>>> {
    let span = |code: &String| {
        if code.is_empty() {
            return Some(None);
        }
        let at = amounts.iter().position(|range| range.code == *code)?;
        let first = amounts.get(at)?.from_yuan.saturating_mul(100);
        let last = amounts.get(at + 1).map_or(i64::MAX, |next| next.from_yuan.saturating_mul(100) - 1);
        Some(Some((first, last)))
    };
    codes.iter().map(span).collect()
}
