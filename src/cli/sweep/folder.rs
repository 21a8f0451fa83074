//! The files of a sweep: which cells are there, which are missing, and whose they are.

use std::collections::BTreeSet;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::super::Failure;
use super::super::output::say;

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

    /// The cells of the files of a share, cut so that each is soon written, of those that are not there yet, or damaged. They
    /// are as many as the share is large, and made one at a time.
    pub(super) fn missing(
        &self,
        share: Range<u64>,
        is_simulated: bool,
    ) -> Result<impl Iterator<Item = Range<u64>>, Failure> {
        let step = if is_simulated { SIMULATED } else { CELLS };
        let end = share.end;
        let part = move |from: u64| from..from.saturating_add(step).min(end);
        let mut there = BTreeSet::new();
        for one in self.parts()? {
            if one.cells.end <= share.start || share.end <= one.cells.start {
                continue;
            }
            let is_cut_alike = one.cells.start >= share.start
                && (one.cells.start - share.start).is_multiple_of(step)
                && one.cells == part(one.cells.start);
            if !is_cut_alike {
                return Err(Failure::new(format!(
                    "{} has some of these cells already, cut in another way; go on with the --shard of then, or take another \
                     folder",
                    one.path.display()
                )));
            }
            match content(&one).into_iter().next() {
                Some(fault) => say(&format!("wattfolio: {fault}; its cells are computed again")),
                None => _ = there.insert(one.cells.start),
            }
        }
        let starts = (0..(end - share.start).div_ceil(step)).map(move |index| share.start + index * step);
        Ok(starts.filter(move |from| !there.contains(from)).map(part))
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
        let mut faults = self.strangers()?;
        let mut before: Option<&Part> = None;
        for part in &parts {
            let next = before.map_or(0, |before| before.cells.end);
            if part.cells.start > next {
                faults.push(format!("cells {next}…{} are missing", part.cells.start - 1));
            }
            if let Some(before) = before.filter(|before| part.cells.start < before.cells.end) {
                let (one, other) = (part.path.display(), before.path.display());
                faults.push(format!("{one} and {other} have cells in common; remove one of them"));
            }
            let damaged = content(part).into_iter();
            faults.extend(damaged.map(|fault| format!("{fault}; run its shard again, which replaces it")));
            before = before.filter(|before| before.cells.end >= part.cells.end).or(Some(part));
        }
        let next = before.map_or(0, |before| before.cells.end);
        if next < self.cells {
            faults.push(format!("cells {next}…{} are missing", self.cells - 1));
        }
        if faults.is_empty() { Ok(parts.len()) } else { Err(Failure::Differs(faults.join("; "))) }
    }

    /// Files that are no tables of the plan, and do not begin with an underscore or a point: with them the folder does not read
    /// as one table.
    fn strangers(&self) -> Result<Vec<String>, Failure> {
        let stranger = |path: PathBuf| {
            format!(
                "{} is no table of this plan; move it away, so that the folder reads as one table",
                path.display()
            )
        };
        Ok(visible(self.path)?.into_iter().filter(|path| !is_table(path)).map(stranger).collect())
    }
}

/// What is in a folder and read by those who take it for a table.
fn visible(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let fault = |fault: std::io::Error| Failure::new(format!("{}: {fault}", folder.display()));
    let is_hidden =
        |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(['_', '.']));
    let entries = fs::read_dir(folder).map_err(fault)?;
    let paths = entries.map(|entry| entry.map(|entry| entry.path()).map_err(fault));
    paths.filter(|path| !path.as_ref().is_ok_and(is_hidden)).collect()
}

fn is_table(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == ENDING)
}

/// The tables in a folder.
fn tables(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    Ok(visible(folder)?.into_iter().filter(|path| is_table(path)).collect())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_the_largest_share_are_made_one_at_a_time() {
        let folder = tempfile::tempdir().expect("a folder");
        let cells = 9_000_000_000_000_000;
        let folder = Folder::open(folder.path(), "0123456789abcdef", cells).expect("a folder");
        let mut missing = folder.missing(5..cells, false).expect("none is there");
        assert_eq!(missing.next(), Some(5..5 + CELLS));
        assert_eq!(missing.next(), Some(5 + CELLS..5 + 2 * CELLS));
        let last = folder.missing(cells - 3..cells, true).expect("none is there").last();
        assert_eq!(last, Some(cells - 3..cells));
    }
}
