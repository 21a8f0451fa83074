//! The files of a sweep: which cells are there, which are missing, and whose they are.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::super::Failure;

/// Cells of a file: few enough that little is lost when a run is interrupted.
const CELLS: u64 = 1 << 16;
/// The same where each cell is a simulation.
const SIMULATED: u64 = 1 << 8;
/// Ending of the files.
const ENDING: &str = "parquet";

/// A folder with files of one sweep.
pub(super) struct Folder<'a> {
    path: &'a Path,
    fingerprint: &'a str,
    cells: u64,
}

/// A file of the sweep with the cells that its name promises.
struct Part {
    path: PathBuf,
    cells: Range<u64>,
}

impl<'a> Folder<'a> {
    /// A folder, made if it is not there.
    pub(super) fn open(path: &'a Path, fingerprint: &'a str, cells: u64) -> Result<Self, Failure> {
        fs::create_dir_all(path).map_err(|fault| Failure::new(format!("{}: {fault}", path.display())))?;
        Ok(Self { path, fingerprint, cells })
    }

    /// The file of some cells.
    pub(super) fn file(&self, cells: &Range<u64>) -> PathBuf {
        let (from, to) = (cells.start, cells.end.saturating_sub(1));
        self.path.join(format!("{}-{from:012}-{to:012}.{ENDING}", self.fingerprint))
    }

    /// The files of a share of the cells, cut so that each is soon written, and those of them that are not there yet.
    pub(super) fn missing(&self, share: Range<u64>, is_simulated: bool) -> Result<Vec<Range<u64>>, Failure> {
        let step = if is_simulated { SIMULATED } else { CELLS };
        let mut parts = Vec::new();
        let mut from = share.start;
        while from < share.end {
            let to = (from + step).min(share.end);
            parts.push(from..to);
            from = to;
        }
        for there in self.parts()? {
            let overlaps =
                |cells: &Range<u64>| cells.start < there.cells.end && there.cells.start < cells.end;
            if !parts.contains(&there.cells) && parts.iter().any(overlaps) {
                return Err(Failure::new(format!(
                    "{} has some of these cells already, cut in another way; go on with the --shard of then, or take another \
                     folder",
                    there.path.display()
                )));
            }
            parts.retain(|cells| *cells != there.cells);
        }
        Ok(parts)
    }

    /// The files of the sweep, by their first cell.
    fn parts(&self) -> Result<Vec<Part>, Failure> {
        let mut parts = Vec::new();
        for path in tables(self.path)? {
            let name = path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let [owner, from, to] = name.splitn(3, '-').collect::<Vec<&str>>()[..] else {
                return Err(self.foreign(&path));
            };
            let (Ok(from), Ok(to)) = (from.parse::<u64>(), to.parse::<u64>()) else {
                return Err(self.foreign(&path));
            };
            if owner != self.fingerprint || from > to || to >= self.cells {
                return Err(self.foreign(&path));
            }
            parts.push(Part { path, cells: from..to + 1 });
        }
        parts.sort_by_key(|part| part.cells.start);
        Ok(parts)
    }

    fn foreign(&self, path: &Path) -> Failure {
        Failure::new(format!(
            "{} is not of this plan ({}); a folder holds the tables of one plan, so take another one",
            path.display(),
            self.fingerprint
        ))
    }

    /// Checks that every cell is there once, in the files as they are and not by their names alone.
    pub(super) fn check(&self) -> Result<usize, Failure> {
        let parts = self.parts()?;
        let mut faults = Vec::new();
        let mut next = 0;
        for part in &parts {
            if part.cells.start > next {
                faults.push(format!("cells {next}…{} are missing", part.cells.start - 1));
            }
            if part.cells.start < next {
                faults.push(format!("{}: its first cells are in another file, too", part.path.display()));
            }
            faults.extend(content(part));
            next = next.max(part.cells.end);
        }
        if next < self.cells {
            faults.push(format!("cells {next}…{} are missing", self.cells - 1));
        }
        if faults.is_empty() { Ok(parts.len()) } else { Err(Failure::Differs(faults.join("\nwattfolio: "))) }
    }
}

/// The tables in a folder.
pub(super) fn tables(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let fault = |fault: std::io::Error| Failure::new(format!("{}: {fault}", folder.display()));
    let mut tables = Vec::new();
    for entry in fs::read_dir(folder).map_err(fault)? {
        let path = entry.map_err(fault)?.path();
        let is_hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(['_', '.']));
        if !is_hidden && path.extension().is_some_and(|ending| ending == ENDING) {
            tables.push(path);
        }
    }
    Ok(tables)
}

/// What is wrong with the cells that a file has.
#[cfg(feature = "parquet")]
fn content(part: &Part) -> Option<String> {
    let mut next = part.cells.start;
    let mut agrees = true;
    let read = crate::export::first_column(&part.path, |cells| {
        for cell in cells {
            agrees &= u64::try_from(*cell) == Ok(next);
            next += 1;
        }
    });
    match read {
        Err(fault) => Some(format!("{}: {fault}", part.path.display())),
        Ok(()) if !agrees || next != part.cells.end => {
            Some(format!("{}: it has other cells than its name says", part.path.display()))
        }
        Ok(()) => None,
    }
}

#[cfg(not(feature = "parquet"))]
fn content(part: &Part) -> [String; 1] {
    [format!("{}: {}", part.path.display(), crate::export::PARQUET.not_built())]
}
