//! Keys of the user: in the keyring of the system, from the environment, or for this session. Never in a file.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use keyring_core::{CredentialStore, Entry, Error};

use super::source::Source;

/// The name of the program in the keyring.
const SERVICE: &str = "wattfolio";

/// A key. Its text appears in requests and nowhere else.
#[derive(Clone, PartialEq, Eq)]
pub struct Key(String);

impl Key {
    /// A key that the user typed, without the blanks around it; `None` if nothing is left.
    pub fn typed(text: &str) -> Option<Self> {
        let text = text.trim();
        (!text.is_empty()).then(|| Self(text.to_owned()))
    }

    /// Its text.
    pub(super) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(•••)")
    }
}

/// Who holds a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyHolder {
    /// This session: it is forgotten at the end.
    Session,
    /// An environment variable.
    Environment,
    /// The keyring of the system.
    Keyring,
}

/// The keys at hand. Asking the keyring may wait for the user to unlock it: never within a frame.
#[derive(Clone, Default)]
pub struct Keys {
    session: BTreeMap<&'static str, Key>,
    /// A keyring in place of that of the system.
    store: Option<Arc<CredentialStore>>,
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keys").field("session", &self.session).finish_non_exhaustive()
    }
}

impl Keys {
    /// Keys with a keyring of their own: tests use one in memory.
    pub fn with_store(store: Arc<CredentialStore>) -> Self {
        Self { session: BTreeMap::new(), store: Some(store) }
    }

    fn entry(&self, source: &Source) -> Result<Entry, String> {
        let store = match &self.store {
            Some(store) => Arc::clone(store),
            None => system_store()?,
        };
        Entry::new_in_store(&store, SERVICE, source.id).map_err(|fault| words(&fault))
    }

    /// The key of a source and who holds it: this session, the environment, or the keyring, in this order.
    ///
    /// # Errors
    /// If the keyring cannot be asked.
    pub fn find(&self, source: &Source) -> Result<Option<(Key, KeyHolder)>, String> {
        let Some(needs) = &source.key else { return Ok(None) };
        if let Some(key) = self.session.get(source.id) {
            return Ok(Some((key.clone(), KeyHolder::Session)));
        }
        if let Some(key) = std::env::var(needs.variable).ok().as_deref().and_then(Key::typed) {
            return Ok(Some((key, KeyHolder::Environment)));
        }
        match self.entry(source)?.get_password() {
            Ok(text) => Ok(Key::typed(&text).map(|key| (key, KeyHolder::Keyring))),
            Err(Error::NoEntry) => Ok(None),
            Err(fault) => Err(words(&fault)),
        }
    }

    /// Keeps a key for this session.
    pub fn use_for_session(&mut self, source: &'static Source, key: Key) {
        self.session.insert(source.id, key);
    }

    /// Forgets a key that is kept for this session.
    pub fn forget_session(&mut self, source: &Source) {
        self.session.remove(source.id);
    }

    /// Stores a key in the keyring.
    ///
    /// # Errors
    /// If there is no keyring, or it refuses.
    pub fn remember(&self, source: &Source, key: &Key) -> Result<(), String> {
        self.entry(source)?.set_password(key.reveal()).map_err(|fault| words(&fault))
    }

    /// Forgets a key, in this session and in the keyring.
    ///
    /// # Errors
    /// If the keyring refuses.
    pub fn forget(&mut self, source: &Source) -> Result<(), String> {
        self.session.remove(source.id);
        match self.entry(source)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(fault) => Err(words(&fault)),
        }
    }
}

fn system_store() -> Result<Arc<CredentialStore>, String> {
    if let Err(fault) = keyring::Entry::store_status() {
        return Err(words(fault));
    }
    keyring_core::get_default_store().ok_or_else(|| "there is no keyring".to_owned())
}

/// An error of the keyring, which never names a secret.
fn words(fault: &Error) -> String {
    match fault {
        Error::NoStorageAccess(_) => "the keyring is locked".to_owned(),
        Error::BadEncoding(_) | Error::BadDataFormat(..) => {
            "the keyring holds something that is no text".to_owned()
        }
        _ => "the keyring of the system cannot be used".to_owned(),
    }
}
