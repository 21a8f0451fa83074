//! Asking sources beside the window, and keeping what they answered and what the user allowed.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use egui::Context;

use super::jobs::Jobs;
use crate::market_data::live::{
    Answer, Asked, Cache, Client, Consent, Key, KeyHolder, Keys, Limits, Permissions, SOURCES, Source, ask,
    permissions_file,
};
use crate::state::{Finished, MarketState};

/// What the app keeps of the market beside what it shows.
#[derive(Debug, Default)]
pub(super) struct Market {
    /// Folder of permissions and answers; `None` in tests and for pictures.
    folder: Option<PathBuf>,
    keys: Keys,
    /// The permissions as they are to be written: whichever thread writes last writes the latest.
    to_write: Arc<Mutex<Permissions>>,
}

impl Market {
    /// Reads the permissions, and begins to read the last answers.
    pub fn load(folder: Option<PathBuf>, jobs: &Jobs, ctx: &Context, state: &mut MarketState) -> Self {
        let Some(folder) = folder else { return Self::default() };
        state.permissions = Permissions::load(&permissions_file(&folder));
        // The keyring is not asked here: it might ask the user to unlock it.
        let given = |source: &&Source| {
            source.key.as_ref().is_some_and(|needs| std::env::var_os(needs.variable).is_some())
        };
        let holders = SOURCES.iter().copied().filter(given).map(|source| (source.id, KeyHolder::Environment));
        state.key_holders = holders.collect();
        let cache = Cache::new(&folder);
        jobs.run_all("read market data", ctx, move |done| {
            let (answers, faults) = cache.load_all(Utc::now());
            done(Finished::MarketRead(answers, faults));
        });
        Self { folder: Some(folder), ..Self::default() }
    }

    /// Writes the permissions on a thread: a disk may be slow.
    pub fn keep(&self, permissions: &Permissions, jobs: &Jobs, ctx: &Context) {
        let Some(folder) = &self.folder else { return };
        let (path, to_write) = (permissions_file(folder), Arc::clone(&self.to_write));
        to_write.lock().unwrap_or_else(PoisonError::into_inner).clone_from(permissions);
        jobs.run_all("keep market permissions", ctx, move |done| {
            // The lock is held while the file is written, so that an older state never replaces a newer one.
            let latest = to_write.lock().unwrap_or_else(PoisonError::into_inner);
            if let Err(fault) = latest.save(&path) {
                done(Finished::MarketProblem(format!("What you allowed is not remembered: {fault}")));
            }
        });
    }

    /// Asks the sources that may be asked. Making a client reads certificates and may wait for the keyring, so that it
    /// happens beside the frame too.
    pub fn ask(&self, consents: Vec<Consent>, before: Vec<Answer>, jobs: &Jobs, ctx: &Context) {
        let (keys, cache) = (self.keys.clone(), self.folder.as_deref().map(Cache::new));
        jobs.run_all("ask the market", ctx, move |done| {
            let finish = |answer: Answer| {
                if let Some(Err(fault)) = cache.as_ref().map(|cache| cache.save(&answer)) {
                    log::warn!("an answer is not kept: {fault}");
                }
                done(Finished::MarketAnswered(Box::new(answer)));
            };
            let mut asked = Vec::new();
            for consent in consents {
                let before = before.iter().find(|answer| answer.source == consent.source()).cloned();
                match prepare(consent, before, &keys, Utc::now()) {
                    Ok(one) => asked.push(one),
                    Err(answer) => finish(*answer),
                }
            }
            ask(asked, &finish);
        });
    }

    /// Takes a key for this session, or stores it in the keyring of the system.
    pub fn set_key(
        &mut self,
        source: &'static Source,
        key: Key,
        holder: KeyHolder,
        jobs: &Jobs,
        ctx: &Context,
    ) {
        if holder != KeyHolder::Keyring {
            self.keys.use_for_session(source, key);
            return;
        }
        let keys = self.keys.clone();
        jobs.run_all("store a key", ctx, move |done| {
            done(Finished::KeyStored(source, keys.remember(source, &key)));
        });
    }

    /// Forgets a key everywhere.
    pub fn forget_key(&mut self, source: &'static Source, jobs: &Jobs, ctx: &Context) {
        let mut keys = self.keys.clone();
        self.keys.forget_session(source);
        jobs.run_all("forget a key", ctx, move |done| {
            if let Err(fault) = keys.forget(source) {
                done(Finished::MarketProblem(format!(
                    "The key of {} is not forgotten: {fault}",
                    source.label
                )));
            }
        });
    }
}

/// A client for a source, or the answer that says why there is none.
fn prepare(
    consent: Consent,
    before: Option<Answer>,
    keys: &Keys,
    now: DateTime<Utc>,
) -> Result<Asked, Box<Answer>> {
    let (source, host) = (consent.source(), consent.base().host());
    let key = keys.find(source).unwrap_or_else(|fault| {
        log::warn!("{}: {fault}", source.label);
        None
    });
    match Client::new(consent, key.map(|(key, _)| key), Limits::default()) {
        Ok(client) => Ok(Asked { client, before }),
        Err(fault) => Err(Box::new(Answer::unasked(source, host, before.as_ref(), &fault, now))),
    }
}
