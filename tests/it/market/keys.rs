//! Keys: in the keyring, in the environment or for the session; never in a file or a message.

use wattfolio::market_data::live::{
    Client, Consent, Fault, Key, KeyHolder, Keys, Limits, Permissions, Regions, permissions_file,
};

use super::source;

fn keys() -> Keys {
    Keys::with_store(keyring_core::mock::Store::new().unwrap())
}

#[test]
fn a_key_is_found_where_it_was_put_and_forgotten() {
    let eia = source("eia");
    let mut keys = keys();
    assert_eq!(keys.find(eia), Ok(None));
    assert_eq!(keys.find(source("kraken")), Ok(None), "it needs none");
    let key = Key::typed(" secret-key \n").unwrap();
    keys.remember(eia, &key).unwrap();
    assert_eq!(keys.find(eia), Ok(Some((key.clone(), KeyHolder::Keyring))));
    keys.use_for_session(eia, Key::typed("other-key").unwrap());
    assert_eq!(keys.find(eia).unwrap().unwrap().1, KeyHolder::Session, "the session goes first");
    keys.forget(eia).unwrap();
    assert_eq!(keys.find(eia), Ok(None));
    keys.forget(eia).unwrap();
    assert_eq!(Key::typed("  "), None);
}

#[test]
fn a_key_is_never_printed_and_its_absence_is_named() {
    let key = Key::typed("secret-key").unwrap();
    let mut keys = keys();
    keys.use_for_session(source("eia"), key.clone());
    for text in [format!("{key:?}"), format!("{keys:?}")] {
        assert!(!text.contains("secret-key"), "{text}");
    }
    let consent = Consent::for_this_run(source("eia"), None, &Regions::default()).unwrap();
    let fault = Client::new(consent, None, Limits::default()).unwrap_err();
    assert_eq!(fault, Fault::NoKey("WATTFOLIO_EIA_KEY"));
    let consent = Consent::for_this_run(source("eia"), None, &Regions::default()).unwrap();
    let client = Client::new(consent, Some(key), Limits::default()).unwrap();
    assert!(!format!("{client:?}").contains("secret-key"));
}

#[test]
fn permissions_are_remembered_revoked_and_hold_no_key() {
    let folder = tempfile::tempdir().unwrap();
    let path = permissions_file(folder.path());
    let mut permissions = Permissions::load(&path);
    assert!(!permissions.allows(source("mempool")), "nothing is allowed at first");
    permissions.set(source("mempool"), true);
    permissions.set(source("eia"), true);
    permissions.save(&path).unwrap();
    assert!(Permissions::load(&path).allows(source("mempool")));
    // Another address is another permission, and one that cannot be used is none.
    assert!(permissions.set_own_base(source("mempool"), "http://evil.example").is_err());
    assert!(permissions.set_own_base(source("kraken"), "http://127.0.0.1:1").is_err());
    permissions.set_own_base(source("mempool"), "http://192.168.1.5:3006").unwrap();
    assert!(!permissions.allows(source("mempool")));
    permissions.set(source("mempool"), true);
    permissions.save(&path).unwrap();
    let loaded = Permissions::load(&path);
    let consent = Consent::remembered(&loaded, source("mempool"), &Regions::default()).unwrap();
    assert_eq!(consent.base().host(), "192.168.1.5:3006");
    assert!(Consent::remembered(&loaded, source("kraken"), &Regions::default()).is_err());
    permissions.clear();
    permissions.save(&path).unwrap();
    assert!(Consent::remembered(&Permissions::load(&path), source("mempool"), &Regions::default()).is_err());
    std::fs::write(&path, "(allowed: [\"mempool\"").unwrap();
    assert_eq!(Permissions::load(&path), Permissions::default(), "a damaged file allows nothing");
}
