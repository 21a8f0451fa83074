//! Why a source gave nothing that can be used.

use chrono::{DateTime, Utc};

use crate::format::visible_line;

/// Longest text of a source that is repeated, characters.
const LONGEST: usize = 120;

/// Why an answer is not used. Texts of the source are cut, and made harmless.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Fault {
    /// It took too long.
    #[error("no answer within {0} s")]
    Slow(u64),
    /// No connection.
    #[error("no connection: {0}")]
    Connection(String),
    /// It ended too early.
    #[error("the answer broke off")]
    Cut,
    /// The other side could not prove who it is.
    #[error("the encrypted connection was refused: {0}")]
    Tls(String),
    /// It asks to go elsewhere.
    #[error("it redirects to another address, {0}, which was not allowed")]
    Redirect(String),
    /// A status that is not success.
    #[error("status {code}{}", said(message))]
    Status {
        /// The status.
        code: u16,
        /// What it said about it.
        message: String,
    },
    /// More than a good answer has.
    #[error("the answer is larger than {} KiB", .0 / 1024)]
    TooLarge(u64),
    /// A page for people, as networks with a log-in page send.
    #[error("the answer is a web page and not data; a log-in page of this network?")]
    WebPage,
    /// Nothing.
    #[error("the answer is empty")]
    Empty,
    /// No text.
    #[error("the answer is no UTF-8 text")]
    NotText,
    /// No JSON, or not all of it.
    #[error("the answer is no JSON: {0}")]
    Syntax(String),
    /// JSON of another shape.
    #[error("{field} is {found}; expected {expected}")]
    Shape {
        /// Where.
        field: String,
        /// What is there.
        found: String,
        /// What should be.
        expected: &'static str,
    },
    /// The source reports an error, with a status of success.
    #[error("the source says: {0}")]
    Said(String),
    /// No number.
    #[error("{0} is not a finite number")]
    NotFinite(String),
    /// A value that stands for "not known".
    #[error("{what} is {value}, which stands for “not known”")]
    Placeholder {
        /// What.
        what: String,
        /// The value.
        value: f64,
    },
    /// A value that cannot be.
    #[error("{what} is {value}; plausible: {least}…{most}")]
    OutOfBounds {
        /// What.
        what: String,
        /// The value.
        value: f64,
        /// The least.
        least: f64,
        /// The most.
        most: f64,
    },
    /// Two values of one answer contradict each other.
    #[error("{0}")]
    Contradiction(String),
    /// A time of the future.
    #[error("its time {} is later than now; is this computer's clock right?", .0.format("%Y-%m-%d %H:%M UTC"))]
    Future(DateTime<Utc>),
    /// It has nothing of what is wanted.
    #[error("nothing for {0}")]
    Nothing(String),
    /// It needs a key.
    #[error("needs a key of your own; set {0}, or give one on the Market page")]
    NoKey(&'static str),
}

fn said(message: &str) -> String {
    if message.is_empty() { String::new() } else { format!(": {message}") }
}

/// A text of a source: harmless, on one line, and short.
pub(super) fn foreign(text: &str) -> String {
    let text: String = text.trim().chars().take(LONGEST).collect();
    visible_line(&text).into_owned()
}

impl Fault {
    /// Whether another attempt may succeed.
    pub(super) const fn is_passing(&self) -> bool {
        matches!(self, Self::Slow(_) | Self::Status { code: 429 | 500 | 502 | 503 | 504, .. })
    }

    /// The fault with a key crossed out wherever the source repeated it.
    pub(super) fn redacted(self, key: Option<&str>) -> Self {
        let Some(key) = key.filter(|key| !key.is_empty()) else { return self };
        let cross_out = |text: String| text.replace(key, "•••");
        match self {
            Self::Connection(text) => Self::Connection(cross_out(text)),
            Self::Tls(text) => Self::Tls(cross_out(text)),
            Self::Redirect(text) => Self::Redirect(cross_out(text)),
            Self::Status { code, message } => Self::Status { code, message: cross_out(message) },
            Self::Syntax(text) => Self::Syntax(cross_out(text)),
            Self::Shape { field, found, expected } => {
                Self::Shape { field, found: cross_out(found), expected }
            }
            Self::Said(text) => Self::Said(cross_out(text)),
            other => other,
        }
    }
}
