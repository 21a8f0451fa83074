//! The sources: a file and a line each.

use super::source::Source;

/// Declares the files of the sources, and their list in the order in which they are shown.
macro_rules! sources {
    ($($module:ident;)*) => {
        $(mod $module;)*

        /// Every source.
        pub static SOURCES: &[&Source] = &[$(&$module::SOURCE),*];
    };
}

sources! {
    mempool;
    coinbase;
    kraken;
    bitstamp;
    coingecko;
    blockchain;
    vast;
    runpod;
    shadeform;
    azure;
    eia;
    energy_charts;
}

/// Finds a source by its stable name.
pub fn find(id: &str) -> Option<&'static Source> {
    SOURCES.iter().copied().find(|source| source.id == id)
}
