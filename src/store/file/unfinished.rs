//! Files that are being written when the process receives a signal to end.

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::NamedTempFile;

/// The temporary names of files that were begun, once somebody looks after them.
static BEGUN: Mutex<Option<Vec<PathBuf>>> = Mutex::new(None);

type Begun = MutexGuard<'static, Option<Vec<PathBuf>>>;

fn begun() -> Begun {
    // A list of paths is whole whatever happened to its last holder.
    BEGUN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Keeps the process from ending by a signal for as long as it is held.
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

/// From now on, Ctrl+C and a polite request to end remove what is not finished before the process ends by them. A
/// file on its way to its place gets there first.
#[cfg(unix)]
pub fn remove_unfinished_on_signals() {
    {
        let mut begun = begun();
        if begun.is_some() {
            return;
        }
        *begun = Some(Vec::new());
    }
    // Signals are taken by the thread that handles them: without it they end the process as before.
    if let Err(fault) = std::thread::Builder::new().name("signals".to_owned()).spawn(wait_for_signals) {
        log::debug!("no thread for signals: {fault}");
    }
}

#[cfg(unix)]
fn wait_for_signals() {
    use signal_hook::consts::{SIGINT, SIGTERM};
    let mut signals = match signal_hook::iterator::Signals::new([SIGINT, SIGTERM]) {
        Ok(signals) => signals,
        Err(fault) => return log::debug!("no signals: {fault}"),
    };
    for signal in signals.forever() {
        let begun = begun();
        for path in begun.iter().flatten() {
            // Those that are finished have another name by now.
            std::fs::remove_file(path).ok();
        }
        if let Err(fault) = signal_hook::low_level::emulate_default_handler(signal) {
            log::error!("signal {signal}: {fault}");
        }
    }
}

/// Elsewhere a process is not asked before it ends; the next write clears what is left.
#[cfg(not(unix))]
pub fn remove_unfinished_on_signals() {}
