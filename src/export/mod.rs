//! Results for others: pictures, JSON, CSV and tables, all from the same results and the same formatter.

mod csv;
mod explanation;
mod format;
mod json;
mod paths;
mod picture;
mod presets;
mod price_list;
mod published;
mod reference;
mod risk;
mod simulation;
mod table;

pub use csv::{Cell, CsvTable, ledger_csv, objects_csv};
pub use explanation::{explanation_json, explanation_text, source_words, subject_words};
pub use format::{Format, Promise};
pub use json::{OUTPUT_SCHEMA, comparison_json, inputs_csv, inputs_json};
pub use paths::{PathTable, PathsCsv, PathsParquet};
pub use picture::{MOST_PIXELS, PictureError, PngFile, check_name, encode_png, io_fault};
pub use presets::{check_json, check_text, preset_json, preset_text, presets_json, presets_text};
pub use price_list::{PriceList, price_csv, price_json, price_table};
pub use published::published_table;
pub use reference::{inputs_markdown, outputs_markdown};
pub use risk::simulation_table;
pub use simulation::simulation_json;
pub use table::{comparison_table, measures_table};
