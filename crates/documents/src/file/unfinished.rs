//! Files that are being written when the process receives a signal to end.

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::NamedTempFile;

/// Temporary paths of unfinished files; `None` until the signal handler runs.
static BEGUN: Mutex<Option<Vec<PathBuf>>> = Mutex::new(None);

type Begun = MutexGuard<'static, Option<Vec<PathBuf>>>;

fn begun() -> Begun {
    // Ignores poisoning: the list is consistent after every change.
    BEGUN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Guard that delays the end of the process by a signal.
pub(super) fn hold() -> Option<Begun> {
    Some(begun()).filter(|begun| begun.is_some())
}

/// Makes a temporary file that is removed if the process receives a signal to end.
pub(super) fn begin(
    create: impl FnOnce() -> std::io::Result<NamedTempFile>,
) -> std::io::Result<NamedTempFile> {
    let Some(mut begun) = hold() else { return create() };
    let temporary = create()?;
    begun.get_or_insert_default().push(temporary.path().to_owned());
    Ok(temporary)
}

/// Installs a handler that removes unfinished files before Ctrl+C or SIGTERM ends the process. A rename in
/// progress completes first.
#[cfg(unix)]
pub fn remove_unfinished_on_signals() {
    {
        let mut begun = begun();
        if begun.is_some() {
            return;
        }
        *begun = Some(Vec::new());
    }
    // The handler thread registers the signals: if it cannot start, they end the process by default.
    let (ready, is_ready) = std::sync::mpsc::channel();
    let wait = move || wait_for_signals(&ready);
    match std::thread::Builder::new().name("signals".to_owned()).spawn(wait) {
        // No file is begun before: a signal would end the process and leave it. An error says that there are none.
        Ok(_) => drop(is_ready.recv()),
        Err(fault) => log::debug!("no thread for signals: {fault}"),
    }
}

#[cfg(unix)]
fn wait_for_signals(ready: &std::sync::mpsc::Sender<()>) {
    use signal_hook::consts::{SIGINT, SIGTERM};
    let mut signals = match signal_hook::iterator::Signals::new([SIGINT, SIGTERM]) {
        Ok(signals) => signals,
        Err(fault) => return log::debug!("no signals: {fault}"),
    };
    // Nobody waits any more if this fails.
    ready.send(()).ok();
    for signal in signals.forever() {
        let begun = begun();
        for path in begun.iter().flatten() {
            // Finished files have been renamed, so this fails for them.
            std::fs::remove_file(path).ok();
        }
        if let Err(fault) = signal_hook::low_level::emulate_default_handler(signal) {
            log::error!("signal {signal}: {fault}");
        }
    }
}

/// Not available on other systems; the next write removes leftovers.
#[cfg(not(unix))]
pub fn remove_unfinished_on_signals() {}
