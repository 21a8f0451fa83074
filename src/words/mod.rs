//! Sentences made from results, joined where they are shown.

mod card;
pub mod converting;
mod distinct;
pub mod driver;
pub mod history;
pub mod method;
pub mod mix;
pub mod network;
mod payback_change;
mod payback_pull;
mod plan;
pub mod risk;
pub mod risk_figure;
pub mod sensitivity;
pub mod side_by_side;
pub mod simulated_tornado;
pub mod training;
pub mod verdict;
pub mod winner_map;

pub use card::{CardFigure, against_baseline, badge, card_figure, card_note, end_words, figure};
pub use distinct::{Named, distinctions};
pub use payback_change::payback_change;
pub use payback_pull::payback_pull;
pub use plan::{
    calendar, capitalised, cash_flow_verdict, count_of_businesses, duration, horizon, join, none_of, ordinal,
    payback_title, reasons, sentence_of, without_capital,
};
