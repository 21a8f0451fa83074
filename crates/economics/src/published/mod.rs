//! Published results against the results of this crate for the same inputs.
//!
//! The cases live here once: [`rows`] runs the crate for every one of them, so that the application, the document
//! `docs/VALIDATION.md` and the test that writes it show the same table. Only the printed figures of a source are
//! literals; the values beside them are computed. Where a published figure is wrong, the row holds the right one, from
//! an independent calculation, and the crate must reproduce it.

mod finance;
mod fleets;
mod hosting;
mod leasing;
mod markdown;
mod mining;
mod network;
mod plans;
mod row;
mod thresholds;

pub use markdown::markdown;
pub use row::{Expectation, Published, Row, Source, Topic, Verdict, Via};

/// Every case in order of topics. Runs some hundred plans: call it once and keep the result.
///
/// ```
/// use wattfolio_economics::published::{self, Verdict};
///
/// let rows = published::rows();
/// assert!(rows.len() > 50 && rows.iter().all(|row| row.verdict() != Verdict::Fails));
/// ```
pub fn rows() -> Vec<Row> {
    let topics = [
        (Topic::Network, network::rows()),
        (Topic::Mining, mining::rows()),
        (Topic::Gpus, leasing::rows()),
        (Topic::Thresholds, thresholds::rows()),
        (Topic::Hosting, hosting::rows()),
        (Topic::Finance, finance::rows()),
    ];
    let under = |(topic, rows): (Topic, Vec<Row>)| rows.into_iter().map(move |row| Row { topic, ..row });
    topics.into_iter().flat_map(under).collect()
}
