//! Paths on this site, for going back to where one was: never to another site.

/// A path and query of this site. `None` for anything that a browser would take elsewhere.
pub fn path(text: &str) -> Option<&str> {
    let mut bytes = text.bytes();
    let begins = bytes.next() == Some(b'/') && !matches!(bytes.next(), Some(b'/' | b'\\'));
    (begins && !text.contains(|c: char| c.is_control() || c == '\\')).then_some(text)
}

/// Where to go next: there, or home.
pub fn path_or_home(text: Option<&str>) -> String {
    text.and_then(path).unwrap_or("/").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_this_site_lead_back() {
        for good in ["/", "/leads?q=x&stage=new", "/account#tokens"] {
            assert_eq!(path(good), Some(good));
        }
        for bad in
            ["", "leads", "//example.com", "/\\example.com", "https://example.com/", "/a\r\nb", "/\t/x"]
        {
            assert_eq!(path(bad), None, "{bad:?}");
        }
    }
}
