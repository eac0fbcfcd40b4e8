//! Addresses of lists: the same list with one filter changed, so that no page forgets the others.

use std::collections::BTreeMap;

/// `path` with these parameters, the changed ones put in; an empty value leaves a parameter out.
pub fn with(path: &str, values: &BTreeMap<String, String>, changes: &[(&str, &str)]) -> String {
    let mut values: BTreeMap<&str, &str> =
        values.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    values.extend(changes.iter().copied());
    let pairs: Vec<String> = values
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)))
        .collect();
    if pairs.is_empty() { path.to_owned() } else { format!("{path}?{}", pairs.join("&")) }
}

/// Percent-encodes a text to stand inside a query or a path.
pub fn encoded(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_keeps_the_other_filters() {
        let values = BTreeMap::from([
            ("county".to_owned(), "450721".to_owned()),
            ("q".to_owned(), "玩 具".to_owned()),
        ]);
        assert_eq!(
            with("/leads", &values, &[("stage", "new")]),
            "/leads?county=450721&q=%E7%8E%A9%20%E5%85%B7&stage=new"
        );
        assert_eq!(with("/leads", &values, &[("county", ""), ("q", "")]), "/leads");
    }
}
