//! Who is at the other end of a connection.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::{ConnectInfo, Request};

use super::Portal;

/// The address of the client: the peer's, or what a trusted proxy says.
#[must_use]
pub fn address(portal: &Portal, request: &Request) -> IpAddr {
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |info| info.0.ip());
    if !portal.trusted_proxies.contains(&peer) {
        return peer;
    }
    // The last in the list is the one our own proxy saw; whatever stands before it is the client's
    // own word. Some proxies add a port.
    let said = request.headers().get_all("x-forwarded-for").iter().next_back().and_then(|value| value.to_str().ok());
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
    use super::device;

    #[test]
    fn common_devices_get_a_name() {
        let phone = "Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36";
        assert_eq!(device(phone), (Some("Chrome"), Some("Android")));
        assert_eq!(device(""), (None, None));
    }
}
