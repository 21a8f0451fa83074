//! Reports that leave the room: charts and tables as files, and documents made of them.
//!
//! A report is made from a [`ReportInput`] alone, so that it is the same from a window, where it is made on a thread, and
//! from the command line. Charts are those of the window ([`Studio`]), words and formatter too.

mod attach;
mod chart;
pub mod content;
mod format;
mod html;
mod input;
mod make;
mod pdf;
pub mod reader;
mod scene;
mod svg;
mod text;
mod verify;
pub mod workbook;
mod write;

pub use attach::{Attachment, Figures, attachments, document};
pub use chart::{Look, Studio};
pub use content::fingerprint;
pub use format::ReportFormat;
pub use input::{Case, Reference, ReportInput};
pub use pdf::{PdfError, pdf};
pub use scene::Scene;
pub use svg::svg;
pub use verify::{NotVerified, Verified, verify};
pub use write::{Asked, NotMade, bytes};
