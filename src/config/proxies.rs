//! Whose word about a client's address is believed.

use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;

/// Networks of proxies that stand between the users and us.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TrustedProxies(Vec<(IpAddr, u8)>);

impl TrustedProxies {
    /// The client's address: the peer's, unless the peer is a proxy we trust; then the last address in
    /// `X-Forwarded-For` that is not itself such a proxy.
    ///
    /// The lines of the header are one list (RFC 9110, 5.3). An address may have a port, and an IPv4 address be written as
    /// IPv6, as a socket for both gives it.
    pub fn client<'a>(
        &self,
        peer: IpAddr,
        forwarded_for: impl DoubleEndedIterator<Item = &'a str>,
    ) -> IpAddr {
        let peer = peer.to_canonical();
        if !self.contains(peer) {
            return peer;
        }
        let mut client = peer;
        for hop in forwarded_for.rev().flat_map(|line| line.rsplit(',')) {
            let Some(address) = address(hop.trim()) else { break };
            client = address;
            if !self.contains(address) {
                break;
            }
        }
        client
    }

    fn contains(&self, address: IpAddr) -> bool {
        self.0.iter().any(|(network, bits)| in_network(address, *network, *bits))
    }
}

impl FromStr for TrustedProxies {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        if text.trim() == "none" {
            return Ok(TrustedProxies::default());
        }
        text.split(',')
            .map(|part| network(part.trim()).ok_or(()))
            .collect::<Result<_, _>>()
            .map(TrustedProxies)
    }
}

/// `192.0.2.7`, `192.0.2.7:4433`, `2001:db8::7`, `[2001:db8::7]:4433`.
fn address(hop: &str) -> Option<IpAddr> {
    let alone = hop.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().ok();
    let with_port = || hop.parse::<SocketAddr>().ok().map(|address| address.ip());
    alone.or_else(with_port).map(|address| address.to_canonical())
}

fn network(text: &str) -> Option<(IpAddr, u8)> {
    let (address, bits) = text.split_once('/').map_or((text, None), |(a, b)| (a, Some(b)));
    let address: IpAddr = address.parse().ok()?;
    let widest = if address.is_ipv4() { 32 } else { 128 };
    let bits = bits.map_or(Some(widest), |b| b.parse().ok().filter(|b| *b <= widest))?;
    Some((address, bits))
}

fn in_network(address: IpAddr, network: IpAddr, bits: u8) -> bool {
    match (address, network) {
        (IpAddr::V4(a), IpAddr::V4(n)) => {
            let shift = 32 - u32::from(bits);
            u32::from(a).checked_shr(shift).unwrap_or(0) == u32::from(n).checked_shr(shift).unwrap_or(0)
        }
        (IpAddr::V6(a), IpAddr::V6(n)) => {
            let shift = 128 - u32::from(bits);
            u128::from(a).checked_shr(shift).unwrap_or(0) == u128::from(n).checked_shr(shift).unwrap_or(0)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_trusted_proxies_are_believed() {
        let none = TrustedProxies::default();
        let ours: TrustedProxies = "127.0.0.1, 10.0.0.0/8".parse().unwrap();
        let (proxy, client) = ("127.0.0.1".parse().unwrap(), "192.0.2.7".parse().unwrap());
        let mapped = "::ffff:127.0.0.1".parse().unwrap();
        for (trusted, peer, lines, wanted) in [
            (&none, proxy, &["192.0.2.7"][..], proxy),
            (&ours, client, &["198.51.100.1"], client),
            (&ours, proxy, &["198.51.100.1, 192.0.2.7, 10.1.2.3"], client),
            (&ours, proxy, &["198.51.100.1", "192.0.2.7"], client),
            (&ours, proxy, &["192.0.2.7:4433"], client),
            (&ours, mapped, &["[::ffff:192.0.2.7]:4433"], client),
            (&ours, mapped, &[], proxy),
            (&ours, proxy, &["nonsense"], proxy),
        ] {
            assert_eq!(trusted.client(peer, lines.iter().copied()), wanted, "{peer} {lines:?}");
        }
    }

    #[test]
    fn what_is_no_network_is_refused() {
        for text in ["", "10.0.0.0/33", "somewhere", "10.0.0.0/8;127.0.0.1"] {
            assert!(text.parse::<TrustedProxies>().is_err(), "{text}");
        }
    }
}
