//! Sentences made from results, joined where they are shown.

mod distinct;
pub mod risk;
pub mod risk_figure;
mod verdict;

pub use distinct::{Named, distinctions};
pub use verdict::{
    Verdict, against_baseline, calendar, capitalised, card_figure, cash_flow_verdict, conditions,
    count_of_businesses, duration, horizon, join, ordinal, payback_title, ranking, verdict,
};
