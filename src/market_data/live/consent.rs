//! Permission to ask a source. Without one there is no client, and so no connection.

use super::address::Address;
use super::permissions::Permissions;
use super::region::{Region, Regions};
use super::source::Source;

/// The environment variable that refuses every request.
pub const OFFLINE: &str = "WATTFOLIO_OFFLINE";

/// Whether the environment refuses every request.
pub fn is_offline() -> bool {
    std::env::var_os(OFFLINE).is_some_and(|value| !value.is_empty() && value != "0")
}

/// Permission of the user to ask one source, at one address. Only the two functions below make one: from what the
/// user allowed in the settings, or from what was typed on the command line for this run.
#[derive(Debug)]
pub struct Consent {
    source: &'static Source,
    base: Address,
    region: Option<&'static Region>,
}

/// Why a source may not be asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The environment refuses every request.
    #[error("{OFFLINE} is set: nothing is asked")]
    Offline,
    /// The user did not allow it.
    #[error("{0} was not allowed")]
    NotAllowed(&'static str),
    /// The address cannot be used.
    #[error("{0}")]
    Address(String),
}

impl Consent {
    /// Permission from the settings.
    ///
    /// # Errors
    /// If the user did not allow this source, or the environment refuses every request.
    pub fn remembered(
        permissions: &Permissions,
        source: &'static Source,
        regions: &Regions,
    ) -> Result<Self, Refused> {
        if !permissions.allows(source) {
            return Err(Refused::NotAllowed(source.label));
        }
        let own = permissions.own_base(source).map(Address::typed).transpose().map_err(Refused::Address)?;
        Self::given(source, own, regions)
    }

    /// Permission from the command line: the user named the source, for this run.
    ///
    /// # Errors
    /// If the environment refuses every request.
    pub fn for_this_run(
        source: &'static Source,
        base: Option<Address>,
        regions: &Regions,
    ) -> Result<Self, Refused> {
        Self::given(source, base, regions)
    }

    fn given(source: &'static Source, base: Option<Address>, regions: &Regions) -> Result<Self, Refused> {
        if is_offline() {
            return Err(Refused::Offline);
        }
        let base = base.map_or_else(|| Address::typed(source.base), Ok).map_err(Refused::Address)?;
        Ok(Self { source, base, region: regions.of(source) })
    }

    /// The source that may be asked.
    pub const fn source(&self) -> &'static Source {
        self.source
    }

    /// The region that it is asked for.
    pub const fn region(&self) -> Option<&'static Region> {
        self.region
    }

    /// Whether that is another address than the source's.
    pub fn is_own(&self) -> bool {
        Address::typed(self.source.base).as_ref() != Ok(&self.base)
    }

    /// The address at which it may be asked.
    pub const fn base(&self) -> &Address {
        &self.base
    }
}
