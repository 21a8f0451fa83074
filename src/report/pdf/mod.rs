//! A report as PDF: tagged, archived with what it is made from, and the same bytes for the same input.

mod draw;
mod fonts;
mod page;
mod paper;
mod piece;
mod set;
mod table;

pub use draw::PdfError;
pub(super) use fonts::printable;

use draw::Document;
use fonts::Fonts;
use page::Frame;
use set::Setter;

use super::attach::Attachment;
use super::chart::{Look, Studio};
use super::content::{Block, scenario_hash};
use super::input::ReportInput;
use super::text::grouped_hex;
use crate::format;
use crate::state::Paper;
use crate::theme::{Fallback, Theme};

/// A report as PDF.
///
/// # Errors
/// If a font or the document as a whole breaks a rule of the standard.
pub fn pdf(
    input: &ReportInput,
    blocks: &[Block],
    (paper, fallback): (Paper, &Fallback),
    attachments: &[Attachment],
) -> Result<Vec<u8>, PdfError> {
    let theme = Theme::paper();
    let palette = &theme.palette;
    let mut fonts = Fonts::new(fallback.clone());
    let studio = Studio::new(input, &input.cases[0], Look::Paper, fallback.clone());
    let mut setter = Setter::new(&mut fonts, palette, studio);
    let pieces = setter.pieces(blocks, paper.sides());
    let groups = setter.groups;
    let pages = page::pages(pieces, paper);
    let frame = frame(input);
    let count = pages.len();
    let frames = (1..=count).map(|number| frame.items(&mut fonts, palette, paper, (number, count)));
    let frames = frames.collect();
    Document { input, paper, groups, pages, frames }.finish(&mut fonts, attachments)
}

/// Head and foot of every page.
fn frame(input: &ReportInput) -> Frame {
    let case = &input.cases[0];
    let hash = grouped_hex(scenario_hash(&case.scenario));
    let paths = case.simulated.as_ref().map_or_else(
        || "no simulation".to_owned(),
        |simulated| format!("{} paths", format::grouped(simulated.simulation.paths as f64, 0)),
    );
    let version = env!("CARGO_PKG_VERSION");
    let date = input.date.format("%-d %B %Y");
    Frame {
        title: format!("{}, {date}", format::visible_line(&case.name)),
        lines: [
            format!(
                "wattfolio {version} · scenario {hash} · seed {} · {paths} · {date}",
                case.scenario.risk.seed
            ),
            "Not investment advice. Every figure can be recomputed: the scenario is attached to this file."
                .to_owned(),
        ],
    }
}
