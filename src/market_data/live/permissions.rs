//! What the user allowed, kept between starts in a file of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::address::Address;
use super::region::{Region, Regions, regions};
use super::source::Source;
use crate::store::{read_settings, write_settings};

/// Sources that may be asked, and addresses of machines of the user's own. Keys are kept elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Permissions {
    /// Ids of the sources that may be asked. Those of other versions are kept.
    allowed: BTreeSet<String>,
    /// Addresses by the id of the source that they replace.
    own: BTreeMap<String, String>,
    /// Ids of regions by the id of the source that is asked for them. Those of other versions are kept.
    regions: BTreeMap<String, String>,
}

/// Path of the file within the folder of the session.
pub fn permissions_file(folder: &Path) -> PathBuf {
    folder.join("market.ron")
}

impl Permissions {
    /// Whether the user allowed a source.
    pub fn allows(&self, source: &Source) -> bool {
        self.allowed.contains(source.id)
    }

    /// Allows a source, or takes that back.
    pub fn set(&mut self, source: &Source, is_allowed: bool) {
        if is_allowed {
            self.allowed.insert(source.id.to_owned());
        } else {
            self.allowed.remove(source.id);
        }
    }

    /// Takes everything back.
    pub fn clear(&mut self) {
        self.allowed.clear();
    }

    /// The chosen regions.
    pub fn regions(&self) -> Regions {
        let mut chosen = Regions::default();
        for (source, region) in regions() {
            if self.regions.get(source.id).is_some_and(|id| id == region.id) {
                chosen.choose(source, region);
            }
        }
        chosen
    }

    /// Chooses the region that a source is asked for.
    pub fn choose_region(&mut self, source: &Source, region: &Region) {
        self.regions.insert(source.id.to_owned(), region.id.to_owned());
    }

    /// The address of the user's own in place of that of a source.
    pub fn own_base(&self, source: &Source) -> Option<&str> {
        self.own.get(source.id).map(String::as_str)
    }

    /// Sets or removes the address of the user's own. Whoever was allowed at another address is not at this one.
    ///
    /// # Errors
    /// If the address cannot be used.
    pub fn set_own_base(&mut self, source: &Source, typed: &str) -> Result<(), String> {
        let typed = typed.trim();
        if typed.is_empty() {
            self.own.remove(source.id);
        } else if source.can_be_own {
            Address::typed(typed)?;
            self.own.insert(source.id.to_owned(), typed.to_owned());
        } else {
            return Err(format!("{} has one address", source.label));
        }
        self.allowed.remove(source.id);
        Ok(())
    }

    /// Reads the permissions. Without a file, or with one that cannot be read, nothing is allowed.
    pub fn load(path: &Path) -> Self {
        read_settings(path).unwrap_or_else(|fault| {
            log::warn!("{}: {fault}; no source is allowed", path.display());
            Self::default()
        })
    }

    /// Writes the permissions.
    ///
    /// # Errors
    /// If the folder or the file cannot be written.
    pub fn save(&self, path: &Path) -> Result<(), String> {
        write_settings(path, self).map_err(|fault| fault.to_string())
    }
}
