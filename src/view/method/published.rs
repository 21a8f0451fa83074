//! The published figures with what is computed for them; they never change, so they are computed once.

use std::sync::LazyLock;

use wattfolio_economics::published::{Row, Verdict, rows};

/// Every row, computed when the page first opens.
pub(super) fn published() -> &'static [Row] {
    static ROWS: LazyLock<Vec<Row>> = LazyLock::new(rows);
    &ROWS
}

/// Whether a source is wrong.
pub(super) fn is_wrong(row: &Row) -> bool {
    row.verdict() == Verdict::SourceWrong
}

/// Number of rows by verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Counts {
    pub agree: usize,
    pub wrong: usize,
    pub fail: usize,
}

impl Counts {
    pub(super) fn of<'a>(rows: impl IntoIterator<Item = &'a Row>) -> Self {
        let mut counts = Self { agree: 0, wrong: 0, fail: 0 };
        for row in rows {
            match row.verdict() {
                Verdict::Agrees => counts.agree += 1,
                Verdict::SourceWrong => counts.wrong += 1,
                Verdict::Fails => counts.fail += 1,
            }
        }
        counts
    }
}
