//! Recorded market data, bundled with the program: price and network of bitcoin, halvings, rents, power
//! prices, training runs, energy of a query. Each row names its source; `assets/market/README.md` lists the
//! doubts.

mod date;
mod rows;

use std::sync::LazyLock;

pub use date::{DateSpan, MaybeDate};
pub use rows::{
    BlockHeight, BtcMonth, Certainty, DifficultyMonth, Estimate, FeeEra, Halving, PowerPrice, QueryEnergy,
    RentalKind, RentalPoint, TrainingRun,
};

use crate::price_list::read;

/// Reads a file and checks every row, alone and against the one before it.
pub(super) fn rows_of<R: rows::Row>(file: &str, text: &str) -> Result<Vec<R>, String> {
    let rows = read::rows(file, text, |row: R| row.check().map(|()| row))?;
    for (index, pair) in rows.windows(2).enumerate() {
        // Line 1 is the header, so the second row is line 3.
        pair[1].follows(&pair[0]).map_err(|fault| format!("{file}:{}: {fault}", index + 3))?;
    }
    Ok(rows)
}

/// Defines a function for each file that reads it once.
macro_rules! files {
    ($($(#[$meaning:meta])* $name:ident: $Row:ident = $file:literal;)*) => {
        $(
            $(#[$meaning])*
            ///
            /// # Panics
            /// If the bundled file is invalid, which a test rules out.
            pub fn $name() -> &'static [$Row] {
                static ROWS: LazyLock<Vec<$Row>> = LazyLock::new(|| {
                    let text = include_str!(concat!("../../../assets/market/", $file));
                    read::bundled(rows_of($file, text))
                });
                &ROWS
            }
        )*

        /// The text of a bundled file.
        pub(super) fn bundled_text(file: &str) -> Option<&'static str> {
            [$(($file, include_str!(concat!("../../../assets/market/", $file)))),*]
                .into_iter()
                .find_map(|(name, text)| (name == file).then_some(text))
        }

        #[cfg(test)]
        /// Every file with the number of its rows.
        fn files() -> Vec<(&'static str, usize)> {
            vec![$(($file, $name().len())),*]
        }
    };
}

files! {
    /// Month-end prices of bitcoin, without gaps.
    btc_months: BtcMonth = "btc_monthly.csv";
    /// Heights of the chain at the begin of months, without gaps.
    block_heights: BlockHeight = "heights_monthly.csv";
    /// Difficulty and hashrate of the bitcoin network by month, without gaps.
    difficulty_months: DifficultyMonth = "difficulty_monthly.csv";
    /// Fees of blocks by era.
    fee_eras: FeeEra = "fees_by_era.csv";
    /// Halvings of the subsidy, past and coming.
    halvings: Halving = "halvings.csv";
    /// Published rents of GPUs, the earliest first.
    rental_points: RentalPoint = "gpu_rental_points.csv";
    /// Published prices of electricity.
    power_prices: PowerPrice = "power_prices.csv";
    /// Training runs of published models.
    training_runs: TrainingRun = "training_runs.csv";
    /// Energy of one query to a service.
    query_energies: QueryEnergy = "energy_per_query.csv";
}

#[cfg(test)]
mod tests;
