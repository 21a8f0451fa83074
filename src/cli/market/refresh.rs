//! `wattfolio market --refresh-history`: the recorded monthly tables with the months that came since.

use std::io::{ErrorKind, Write as _};
use std::path::Path;

use chrono::Utc;

use super::{Args, Failure, bases, client, consents};
use crate::format::visible_line;
use crate::market_data::live::{Client, Keys, Refused, Regions, is_offline};
use crate::market_data::refresh::{Refreshed, TABLES, UNTOLD, base, refresh};
use crate::store::{FileError, read_regular_text, write_regular};

pub(super) fn run(args: &Args, folder: &Path) -> Result<(), Failure> {
    if is_offline() {
        return Err(Failure::new(Refused::Offline));
    }
    // What is there is read and checked before anybody is asked.
    let mut texts = Vec::new();
    for file in TABLES {
        texts.push((file, base(file, there(&folder.join(file))?).map_err(Failure::new)?));
    }
    let settings = eframe::storage_dir(super::super::window::APP_ID);
    let mut notes = Vec::new();
    let mut clients: Vec<Client> = Vec::new();
    for consent in consents(args, settings.as_deref(), (&bases(args)?, &Regions::default()), &mut notes)? {
        let source = consent.source();
        if source.past.is_none() {
            notes.push(format!("{} tells nothing of past months here", source.label));
            continue;
        }
        match client(consent, &Keys::default(), &mut notes) {
            Ok(client) => clients.push(client),
            Err(fault) => notes.push(format!("{}: {fault}", source.label)),
        }
    }
    let tables = refresh(&clients, texts, Utc::now()).map_err(Failure::new)?;
    write(folder, &tables)?;
    report(&tables, &notes)?;
    let short = tables.iter().filter(|table| table.gap.as_ref().is_some_and(|gap| !gap.is_early));
    let short: Vec<String> = short.map(Refreshed::words).collect();
    if short.is_empty() {
        Ok(())
    } else {
        Err(Failure::Refused(visible_line(&short.join("; ")).into_owned()))
    }
}

/// The table that is in the folder already.
fn there(path: &Path) -> Result<Option<String>, Failure> {
    match read_regular_text(path) {
        Ok(text) => Ok(Some(text)),
        Err(FileError::Io { source, .. }) if source.kind() == ErrorKind::NotFound => Ok(None),
        Err(fault) => Err(Failure::new(fault)),
    }
}

/// Writes each table whole: those that got longer, and those that are not there yet.
fn write(folder: &Path, tables: &[Refreshed]) -> Result<(), Failure> {
    std::fs::create_dir_all(folder)
        .map_err(|fault| Failure::new(format!("{}: {fault}", folder.display())))?;
    for table in tables {
        let path = folder.join(table.file);
        if !table.added.is_empty() || !path.exists() {
            write_regular(&path, table.text.as_bytes()).map_err(Failure::new)?;
        }
    }
    Ok(())
}

fn report(tables: &[Refreshed], notes: &[String]) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    let lines = tables.iter().map(Refreshed::words).chain(notes.iter().cloned()).chain([UNTOLD.to_owned()]);
    for line in lines {
        match writeln!(out, "{}", visible_line(&line)) {
            Err(fault) if fault.kind() == ErrorKind::BrokenPipe => return Err(Failure::Closed),
            written => written.map_err(Failure::new)?,
        }
    }
    Ok(())
}
