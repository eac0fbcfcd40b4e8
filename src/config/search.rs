//! Which engine searches, and where it is.

use super::source::{SettingError, Source};
use std::net::IpAddr;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchSettings {
    pub engine: SearchEngineKind,
}

/// The engine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SearchEngineKind {
    /// In this process, in the folder `index` of the data folder.
    Embedded,
    Meilisearch(Meilisearch),
}

/// A Meilisearch server.
#[derive(Clone, PartialEq, Eq)]
pub struct Meilisearch {
    /// Without a slash at its end.
    pub url: String,
    pub key: Option<String>,
    /// What the names of our indexes begin with.
    pub index: String,
}

/// Without the key: settings are logged.
impl std::fmt::Debug for Meilisearch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Meilisearch at {}, index {}", self.url, self.index)
    }
}

/// What is set of search.
///
/// # Errors
/// An address that is none, or leads to another machine in clear; a name that no index can have.
pub(super) fn read(from: &Source) -> Result<SearchSettings, SettingError> {
    const INDEX: &str = "up to 40 letters, digits, - and _";
    let index = from.text("search_index", "yinfeng");
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if index.len() > 40 || !index.chars().all(fits) {
        return Err(from.wrong("search_index", INDEX));
    }
    let allow_plain: bool = from.parsed("allow_plain_search", "false", "true or false")?;
    let engine = match from.text("search_url", "embedded").as_str() {
        "embedded" => SearchEngineKind::Embedded,
        url => {
            let url = address(from, url, allow_plain)?;
            SearchEngineKind::Meilisearch(Meilisearch { url, key: from.optional("search_key"), index })
        }
    };
    Ok(SearchSettings { engine })
}

/// The address of a server. The key and the leads' texts cross no network in clear unless that is meant.
fn address(from: &Source, url: &str, allow_plain: bool) -> Result<String, SettingError> {
    let wrong = |allowed: &str| Err(from.wrong("search_url", allowed));
    let Some((scheme, rest)) = url.split_once("://") else {
        return wrong("embedded, or the address of a Meilisearch such as https://search.example:7700");
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if !matches!(scheme, "http" | "https") || host.is_empty() || rest.contains(['@', '?', '#', ' ']) {
        return wrong("an address of a Meilisearch with http:// or https://; its key is `search_key`");
    }
    if scheme == "http" && !is_local(host) && !allow_plain {
        return wrong("https:// for another machine, unless `allow_plain_search` is true");
    }
    Ok(url.trim_end_matches('/').to_owned())
}

/// Whether `host` or `host:port` is this machine.
fn is_local(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(v6) => v6.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Settings;

    fn settings(set: &[(&str, &str)]) -> Result<SearchEngineKind, String> {
        let variables: Vec<_> =
            set.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
        Settings::from_parts("", &variables).map(|all| all.search.engine).map_err(|error| error.to_string())
    }

    #[test]
    fn the_embedded_engine_searches_unless_a_server_is_named() {
        assert_eq!(settings(&[]), Ok(SearchEngineKind::Embedded));
        let set = [("YINFENG_SEARCH_URL", "http://127.0.0.1:7700/"), ("YINFENG_SEARCH_KEY", "hidden")];
        let Ok(SearchEngineKind::Meilisearch(server)) = settings(&set) else { panic!("no server") };
        assert_eq!((server.url.as_str(), server.index.as_str()), ("http://127.0.0.1:7700", "yinfeng"));
        assert_eq!(server.key.as_deref(), Some("hidden"));
        assert!(!format!("{server:?}").contains("hidden"), "{server:?}");
    }

    #[test]
    fn another_machine_needs_tls_or_a_word_for_it() {
        for local in ["http://localhost:7700", "http://[::1]:7700", "http://127.0.0.2"] {
            assert!(settings(&[("YINFENG_SEARCH_URL", local)]).is_ok(), "{local}");
        }
        for remote in ["http://10.0.0.5:7700", "http://localhost.example.com", "http://search.example"] {
            let told = settings(&[("YINFENG_SEARCH_URL", remote)]).unwrap_err();
            assert!(told.contains("allow_plain_search"), "{told}");
            let meant = [("YINFENG_SEARCH_URL", remote), ("YINFENG_ALLOW_PLAIN_SEARCH", "true")];
            assert!(settings(&meant).is_ok(), "{remote}");
        }
        assert!(settings(&[("YINFENG_SEARCH_URL", "https://search.example")]).is_ok());
    }

    #[test]
    fn what_is_no_address_and_no_name_stops_the_start() {
        for (name, value) in [
            ("YINFENG_SEARCH_URL", "meilisearch"),
            ("YINFENG_SEARCH_URL", "ftp://search.example"),
            ("YINFENG_SEARCH_URL", "https://key@search.example"),
            ("YINFENG_SEARCH_URL", "http://"),
            ("YINFENG_SEARCH_INDEX", "a/b"),
        ] {
            assert!(settings(&[(name, value)]).unwrap_err().contains(name), "{value}");
        }
    }
}
