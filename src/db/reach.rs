//! Whether a PostgreSQL may be spoken to as its address says: in clear on this machine only.

use crate::db::pool::{DatabaseUrl, OpenError};
use std::net::IpAddr;

/// Refuses to send passwords and personal data over a network in clear.
///
/// # Errors
/// `PlainPostgres` when the server is on another machine and either the program was built without `pg-tls` or
/// the address does not ask for TLS, unless `allow_plain` says that this is meant.
pub fn check(url: &DatabaseUrl, allow_plain: bool) -> Result<(), OpenError> {
    let DatabaseUrl::Postgres(url) = url else { return Ok(()) };
    if is_local(url) || (cfg!(feature = "pg-tls") && asks_for_tls(url)) {
        return Ok(());
    }
    if !allow_plain {
        return Err(OpenError::PlainPostgres);
    }
    tracing::error!("allow_plain_postgres: passwords and personal data cross the network in clear");
    Ok(())
}

/// Whether every server of the address is this machine: a loopback address or a socket.
fn is_local(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    let hosts = authority.rsplit('@').next().unwrap_or_default();
    // Both parameters override what stands before the path.
    let named: Vec<String> = ["host", "hostaddr"].iter().filter_map(|name| parameter(url, name)).collect();
    let hosts = if named.is_empty() { vec![hosts.to_owned()] } else { named };
    hosts.iter().flat_map(|hosts| hosts.split(',')).all(is_local_host)
}

fn is_local_host(host: &str) -> bool {
    let host = match host.strip_prefix('[') {
        Some(v6) => v6.split(']').next().unwrap_or_default(),
        None if host.parse::<IpAddr>().is_ok() => host,
        None => host.split(':').next().unwrap_or_default(),
    };
    // Without a host libpq takes the machine's own socket, or what PGHOST says.
    (host.is_empty() && std::env::var_os("PGHOST").is_none())
        || host.starts_with('/')
        || host.starts_with("%2F")
        || host.starts_with("%2f")
        || host == "localhost"
        || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn asks_for_tls(url: &str) -> bool {
    parameter(url, "sslmode")
        .is_some_and(|mode| matches!(mode.as_str(), "require" | "verify-ca" | "verify-full"))
}

/// The last value of a parameter, which is the one that libpq takes.
fn parameter(url: &str, name: &str) -> Option<String> {
    let (_, query) = url.split_once('?')?;
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).ok()?;
    pairs.into_iter().rev().find(|(key, _)| key == name).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_machine_is_known_by_its_address() {
        for local in [
            "postgres://u:p@127.0.0.1:5432/db",
            "postgres://u@localhost/db?sslmode=disable",
            "postgres://[::1]:5432/db",
            "postgres://u@%2Fvar%2Frun%2Fpostgresql/db",
            "postgres://u@127.0.0.1,127.0.0.2/db",
            "postgres://u@db.example/db?host=/var/run/postgresql",
        ] {
            assert!(is_local(local), "{local}");
        }
        for remote in [
            "postgres://u:p@10.0.0.5/db",
            "postgres://u:p@127.0.0.1,db.example/db",
            "postgres://u:p@127.0.0.1/db?host=db.example",
            "postgres://localhost.example.com/db",
            "postgres://u:127.0.0.1@db.example/db",
            "postgres://127.0.0.1/db?hostaddr=10.0.0.5",
        ] {
            assert!(!is_local(remote), "{remote}");
        }
    }

    #[test]
    fn another_machine_needs_tls_or_a_word_for_it() {
        let url = DatabaseUrl::Postgres("postgres://u@10.0.0.5/db?sslmode=prefer".to_owned());
        assert!(matches!(check(&url, false), Err(OpenError::PlainPostgres)));
        assert!(check(&url, true).is_ok());
        let asks = DatabaseUrl::Postgres("postgres://u@10.0.0.5/db?sslmode=require".to_owned());
        assert_eq!(check(&asks, false).is_ok(), cfg!(feature = "pg-tls"));
    }
}
