//! Scope and filters as the server's filter expressions.

use super::record::stored_keyword;
use crate::search::fields::FacetField;
use crate::search::query::{Among, Bounds, LeadScope, SearchQuery};
use crate::search::stored::days;

/// The conditions of a query's leads; `None` when none can be found. Of the filters the one by `but` is left out.
pub(super) fn conditions(query: &SearchQuery, but: Option<FacetField>) -> Option<Vec<String>> {
    let mut all = in_scope(&query.scope).filter(|_| !query.asks_for_hidden_phone())?;
    if !query.gone.is_empty() {
        all.push(format!("id NOT IN [{}]", list(query.gone.iter().map(String::as_str))));
    }
    for field in FacetField::ALL.into_iter().filter(|field| Some(*field) != but) {
        let values = query.filters.of(field);
        let unwanted = query.filters.without(field);
        for (operator, values) in [("IN", values), ("NOT IN", unwanted)] {
            if !values.is_empty() {
                let values = values.iter().map(|value| stored_keyword(value));
                all.push(format!("{} {operator} [{}]", field.as_str(), list(values)));
            }
        }
    }
    if let Some(Among { ids, .. }) = &query.among {
        all.push(format!("id IN [{}]", list(ids.iter().map(String::as_str))));
    }
    all.extend(query.phones.iter().map(|hash| format!("phone_hash = {}", quoted(hash))));
    if but != Some(FacetField::Investment) {
        all.extend(within("total_investment_fen", query.filters.investment_fen));
    }
    if but != Some(FacetField::Registered) {
        let Bounds { from, to } = query.filters.registered_on;
        all.extend(within("registered_on", Bounds { from: from.map(days), to: to.map(days) }));
    }
    Some(all)
}

/// A number within bounds.
fn within(field: &str, bounds: Bounds<i64>) -> impl Iterator<Item = String> {
    let from = bounds.from.map(|from| format!("{field} >= {from}"));
    from.into_iter().chain(bounds.to.map(|to| format!("{field} <= {to}")))
}

/// All conditions in one expression; none lets everything through.
pub(super) fn all_of(conditions: &[String]) -> Option<String> {
    let each = conditions.iter().map(|condition| format!("({condition})"));
    (!conditions.is_empty()).then(|| each.collect::<Vec<_>>().join(" AND "))
}

/// One of these names as a whole.
pub(super) fn is_whole(names: &[String]) -> String {
    format!("whole IN [{}]", list(names.iter().map(String::as_str)))
}

fn in_scope(scope: &LeadScope) -> Option<Vec<String>> {
    let is = |field: &str, value: &str| format!("{field} = {}", quoted(stored_keyword(value)));
    Some(match scope {
        LeadScope::All => Vec::new(),
        LeadScope::County(county) => {
            vec![format!("{} OR {}", is("county", county), is("handed_on_by", county))]
        }
        LeadScope::Leader { user_id, county } => {
            let nobodys = format!("({} AND {})", is("county", county), is("leader", ""));
            let mine = (!user_id.is_empty()).then(|| format!(" OR {}", is("leader", user_id)));
            vec![format!("{nobodys}{}", mine.unwrap_or_default())]
        }
        LeadScope::Chamber(chamber) if chamber.is_empty() => return None,
        LeadScope::Chamber(chamber) => vec![is("chamber", chamber)],
        LeadScope::WithChamber => vec![format!("chamber != {}", quoted(stored_keyword("")))],
        LeadScope::Nothing => return None,
    })
}

fn list<'a>(values: impl Iterator<Item = &'a str>) -> String {
    values.map(quoted).collect::<Vec<_>>().join(", ")
}

/// A value that cannot end its quotes. The server knows no way to write a backslash before the end, and no value of
/// ours has one: in its place stands what no value has, either.
fn quoted(value: &str) -> String {
    format!("\"{}\"", value.replace('\\', "\u{FFFD}").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::fields::FieldSet;
    use crate::search::query::Filters;

    fn expression(query: &SearchQuery) -> Option<String> {
        conditions(query, None).map(|conditions| all_of(&conditions).unwrap_or_default())
    }

    fn in_scope_of(scope: LeadScope) -> Option<String> {
        expression(&SearchQuery { scope, ..SearchQuery::default() })
    }

    #[test]
    fn each_scope_is_an_expression() {
        assert_eq!(in_scope_of(LeadScope::Nothing), None);
        assert_eq!(in_scope_of(LeadScope::Chamber(String::new())), None);
        assert_eq!(in_scope_of(LeadScope::All).unwrap(), "");
        let county = "(county = \"450721\" OR handed_on_by = \"450721\")";
        assert_eq!(in_scope_of(LeadScope::County("450721".to_owned())).unwrap(), county);
        let leader = LeadScope::Leader { user_id: "u1".to_owned(), county: "450721".to_owned() };
        let expected = "((county = \"450721\" AND leader = \"-\") OR leader = \"u1\")";
        assert_eq!(in_scope_of(leader).unwrap(), expected);
        assert_eq!(in_scope_of(LeadScope::WithChamber).unwrap(), "(chamber != \"-\")");
    }

    #[test]
    fn bounds_phones_and_ids_are_expressions() {
        let filters = Filters {
            investment_fen: Bounds { from: Some(100), to: Some(200) },
            registered_on: Bounds { from: None, to: "1970-01-11".parse().ok() },
            ..Filters::default()
        };
        let among = Some(Among::new(vec!["a".to_owned(), "b".to_owned()]));
        let query = SearchQuery { scope: LeadScope::All, filters, among, ..SearchQuery::default() };
        let told = "(id IN [\"a\", \"b\"]) AND (total_investment_fen >= 100) AND (total_investment_fen <= 200) \
            AND (registered_on <= 10)";
        assert_eq!(expression(&query).unwrap(), told);
        let but = conditions(&query, Some(FacetField::Investment)).unwrap();
        assert_eq!(all_of(&but).unwrap(), "(id IN [\"a\", \"b\"]) AND (registered_on <= 10)");
        let phones = vec!["x\"y".to_owned()];
        let fields = FieldSet::all();
        let query = SearchQuery { scope: LeadScope::All, phones, fields, ..SearchQuery::default() };
        assert_eq!(expression(&query).unwrap(), r#"(phone_hash = "x\"y")"#);
        assert_eq!(expression(&SearchQuery { fields: FieldSet::none(), ..query }), None);
    }

    #[test]
    fn what_is_unwanted_is_taken_from_what_is_wanted() {
        let filters = Filters {
            county: vec!["a".to_owned()],
            unwanted: [(FacetField::County, vec!["a".to_owned()]), (FacetField::Leader, vec![String::new()])]
                .into(),
            ..Filters::default()
        };
        let query = SearchQuery { scope: LeadScope::All, filters, ..SearchQuery::default() };
        let told = r#"(county IN ["a"]) AND (county NOT IN ["a"]) AND (leader NOT IN ["-"])"#;
        assert_eq!(expression(&query).unwrap(), told);
    }

    #[test]
    fn no_value_ends_its_quotes() {
        for (value, told) in [
            ("a\" OR county != \"", "\"a\\\" OR county != \\\"\""),
            ("a\\", "\"a\u{FFFD}\""),
            ("\\\" OR id != \"", "\"\u{FFFD}\\\" OR id != \\\"\""),
        ] {
            let filters = Filters { leader: vec![value.to_owned()], ..Filters::default() };
            let query = SearchQuery { scope: LeadScope::All, filters, ..SearchQuery::default() };
            assert_eq!(expression(&query).unwrap(), format!("(leader IN [{told}])"));
        }
    }
}
