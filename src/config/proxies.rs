//! Whose word about a client's address is believed.

use std::net::IpAddr;
use std::str::FromStr;

/// Networks of proxies that stand between the users and us.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TrustedProxies(Vec<(IpAddr, u8)>);

impl TrustedProxies {
    /// The client's address: the peer's, unless the peer is a proxy we trust; then the last address in
    /// `X-Forwarded-For` that is not itself such a proxy.
    pub fn client(&self, peer: IpAddr, forwarded_for: Option<&str>) -> IpAddr {
        if !self.contains(peer) {
            return peer;
        }
        let mut client = peer;
        for hop in forwarded_for.unwrap_or_default().split(',').rev() {
            let Ok(address) = hop.trim().parse() else { break };
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
        assert_eq!(none.client(proxy, Some("192.0.2.7")), proxy);
        assert_eq!(ours.client(client, Some("198.51.100.1")), client);
        assert_eq!(ours.client(proxy, Some("198.51.100.1, 192.0.2.7, 10.1.2.3")), client);
        assert_eq!(ours.client(proxy, Some("nonsense")), proxy);
        assert_eq!(ours.client(proxy, None), proxy);
    }

    #[test]
    fn what_is_no_network_is_refused() {
        for text in ["", "10.0.0.0/33", "somewhere", "10.0.0.0/8;127.0.0.1"] {
            assert!(text.parse::<TrustedProxies>().is_err(), "{text}");
        }
    }
}
