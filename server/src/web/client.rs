//! Who is at the other end of a connection.

use std::{
    convert::Infallible,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
};

use axum::{
    extract::{ConnectInfo, FromRequestParts, Request},
    http::{Extensions, HeaderMap, header, request::Parts},
};

use super::Portal;

/// The address of the client: the peer's, or what a trusted proxy says.
#[must_use]
pub fn address(portal: &Portal, request: &Request) -> IpAddr {
    seen(portal, request.extensions(), request.headers())
}

/// The line at the other end: an address, or of the newer ones the 64 bits that a house has for
/// itself. Whoever has one of those has as many addresses as they like.
#[derive(Debug, Clone, Copy)]
pub struct Network(IpAddr);

impl Network {
    fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V6(long) => Self(IpAddr::V6(Ipv6Addr::from_bits(long.to_bits() & (u128::MAX << 64)))),
            short => Self(short),
        }
    }

    /// The line under a keyed hash: enough to count by, and no address to keep.
    #[must_use]
    pub fn hidden(&self, portal: &Portal) -> String {
        portal.keys.hide("network", &self.0.to_string())
    }
}

impl FromRequestParts<Portal> for Network {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, portal: &Portal) -> Result<Self, Infallible> {
        Ok(Self::of(seen(portal, &parts.extensions, &parts.headers)))
    }
}

/// The address and the browser that something was signed from, as domain 8.6 asks: kept for a short time, shown to nobody.
#[derive(Debug, Clone)]
pub struct SignedFrom {
    /// The address.
    pub ip: String,
    /// What the browser calls itself, cut to a sentence's length.
    pub user_agent: String,
}

impl FromRequestParts<Portal> for SignedFrom {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, portal: &Portal) -> Result<Self, Infallible> {
        let agent = parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        Ok(Self {
            ip: seen(portal, &parts.extensions, &parts.headers).to_string(),
            user_agent: agent.chars().take(200).collect(),
        })
    }
}

fn seen(portal: &Portal, extensions: &Extensions, headers: &HeaderMap) -> IpAddr {
    let peer =
        extensions.get::<ConnectInfo<SocketAddr>>().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |info| info.0.ip());
    if !portal.trusted_proxies.contains(&peer) {
        return peer;
    }
    // The last in the list is the one our own proxy saw; whatever stands before it is the client's
    // own word. Some proxies add a port.
    let said = headers.get_all("x-forwarded-for").iter().next_back().and_then(|value| value.to_str().ok());
    let last = said.and_then(|text| text.rsplit(',').next()).unwrap_or_default().trim();
    last.parse().or_else(|_| last.parse::<SocketAddr>().map(|address| address.ip())).unwrap_or(peer)
}

/// What to call a device, from what its browser says of itself: browser and system.
#[must_use]
pub fn device(agent: &str) -> (Option<&'static str>, Option<&'static str>) {
    let first =
        |pairs: &[(&str, &'static str)]| pairs.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, name)| *name);
    let browser = first(&[
        ("Edg", "Edge"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Firefox", "Firefox"),
        ("FxiOS", "Firefox"),
        ("CriOS", "Chrome"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ]);
    let system = first(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Macintosh", "Mac"),
        ("CrOS", "Chromebook"),
        ("Linux", "Linux"),
    ]);
    (browser, system)
}

#[cfg(test)]
mod tests {
    use super::{Network, device};

    #[test]
    fn a_house_is_one_line_however_many_addresses_it_has() {
        let line = |text: &str| text.parse().map(|address| Network::of(address).0.to_string()).unwrap_or_default();
        assert_eq!(line("2001:db8:1:2:3:4:5:6"), line("2001:db8:1:2::1"));
        assert_ne!(line("2001:db8:1:2::1"), line("2001:db8:1:3::1"));
        assert_eq!(line("::ffff:192.0.2.7"), "192.0.2.7");
        assert_ne!(line("192.0.2.7"), line("192.0.2.8"));
    }

    #[test]
    fn common_devices_get_a_name() {
        let phone = "Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36";
        assert_eq!(device(phone), (Some("Chrome"), Some("Android")));
        assert_eq!(device(""), (None, None));
    }
}
