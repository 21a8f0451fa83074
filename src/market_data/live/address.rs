//! The address of a source: encrypted, or on a machine or network of the user's own.

use std::net::IpAddr;

use reqwest::Url;

use super::source::Request;

/// An address that may be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address(Url);

/// Whether an address belongs to this machine or to a private network.
const fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_loopback() || address.is_private() || address.is_link_local(),
        IpAddr::V6(address) => {
            address.is_loopback() || address.is_unique_local() || address.is_unicast_link_local()
        }
    }
}

impl Address {
    /// Reads an address that the user typed.
    ///
    /// # Errors
    /// Unless it is `https://`, or `http://` with `localhost` or the number of a private address: a name could lead
    /// anywhere.
    pub fn typed(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let wrong = |why: &str| format!("{}: {why}", crate::format::visible_line(text));
        let url = Url::parse(text).map_err(|_fault| {
            wrong("no address; write it as https://example.org or http://192.168.1.5:3006")
        })?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err("an address with a name or password in it is not kept; leave them out".to_owned());
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(wrong("leave out what follows ? or #"));
        }
        let address = Self(url);
        match address.0.scheme() {
            _ if address.host().is_empty() => Err(wrong("no host")),
            "https" => Ok(address),
            "http" if address.is_own_network() => Ok(address),
            "http" => Err(wrong(
                "http is for this computer and private networks, by number (http://192.168.1.5); use https",
            )),
            _ => Err(wrong("use https")),
        }
    }

    /// The host, with its port where that is unusual.
    pub fn host(&self) -> String {
        let host = self.0.host_str().unwrap_or_default();
        self.0.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }

    /// Whether it is this machine or a private network. Such an address is never asked through a proxy.
    pub fn is_own_network(&self) -> bool {
        let host = self.0.host_str().unwrap_or_default();
        let number = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        host == "localhost" || number.is_ok_and(is_private)
    }

    /// Whether requests to it are encrypted.
    pub(super) fn is_encrypted(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// Whether another address is on the same host, port and protocol.
    pub(super) fn is_same_place(&self, other: &Url) -> bool {
        self.0.scheme() == other.scheme()
            && self.0.host_str() == other.host_str()
            && self.0.port_or_known_default() == other.port_or_known_default()
    }

    /// The address of a request.
    pub(super) fn url(&self, request: &Request, key: Option<(&str, &str)>) -> Url {
        let mut url = self.0.clone();
        let path = format!("{}{}", self.0.path().trim_end_matches('/'), request.path);
        url.set_path(&path);
        let parameters = request.query.iter().map(|(name, value)| (*name, value.as_str())).chain(key);
        let mut pairs = url.query_pairs_mut();
        for (name, value) in parameters {
            pairs.append_pair(name, value);
        }
        drop(pairs);
        // Some services take a plus for a plus; a real one is already escaped.
        let query = url.query().filter(|query| !query.is_empty()).map(|query| query.replace('+', "%20"));
        url.set_query(query.as_deref());
        url
    }
}
