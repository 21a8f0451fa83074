//! Published results against the results of this crate for the same inputs.
//!
//! The cases live here once: [`rows`] runs the crate for every one of them, so that the application, the document
//! `docs/VALIDATION.md` and the test that writes it show the same table. Only the printed figures of a source are
//! literals; the values beside them are computed. Where a published figure is wrong, the row holds the right one, from
//! an independent calculation, and the crate must reproduce it.

mod finance;
mod markdown;
mod network;
pub(crate) mod plans;
mod row;
mod topic;

pub use markdown::markdown;
pub use row::{Expectation, Published, Row, Source, Verdict, Via};
pub use topic::Topic;
pub(crate) use topic::{Cases, Chapter};

/// Every case in order of topics. Runs some hundred plans: call it once and keep the result.
///
/// ```
/// use wattfolio_economics::published::{self, Verdict};
///
/// let rows = published::rows();
/// assert!(rows.len() > 50 && rows.iter().all(|row| row.verdict() != Verdict::Fails));
/// ```
pub fn rows() -> Vec<Row> {
    let under = |(topic, rows): topic::CasesOfTopic| {
        let rows: Vec<Row> = rows();
        rows.into_iter().map(move |row| Row { topic, ..row })
    };
    topic::cases().into_iter().flat_map(under).collect()
}
