//! Results for others: pictures, JSON, CSV and tables, all from the same results and the same formatter.

mod csv;
mod explanation;
mod json;
mod paths;
mod picture;
mod price_list;
mod published;
mod reference;
mod risk;
mod simulation;
mod table;

pub use csv::ledger_csv;
pub use explanation::{explanation_json, explanation_text, source_words, subject_words};
pub use json::{comparison_json, inputs_json};
pub use paths::{ParquetFile, PathTable};
pub use picture::{PictureError, png_bytes, write_png};
pub use price_list::{PriceList, price_json, price_table};
pub use published::published_table;
pub use reference::{inputs_markdown, outputs_markdown};
pub use risk::{RISK_FIGURES, RiskFigure, RiskValue, simulation_table};
pub use simulation::simulation_json;
pub use table::{comparison_table, measures_table};
