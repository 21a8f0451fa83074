//! Dialogs and messages: what stands above the page.

use std::fmt;
use std::path::PathBuf;

use wattfolio_economics::explain::Subject;
use wattfolio_economics::results::verdict::Criterion;

use super::document::SaveQuestion;
use super::export::{ExportRequest, Exports};
use super::report::ReportRequest;
use crate::market_data::live::Source;
use crate::store::{About, Label, Letter, LineStyle};

/// What a file is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenFor {
    /// To be worked on.
    Document,
    /// To add its scenarios to the document.
    Into,
    /// To stand beside the scenario at hand as a further site.
    Site,
}

/// A dialog on top of everything.
#[derive(Clone, Debug, PartialEq)]
pub enum Dialog {
    /// The worked examples, with the tag that is chosen.
    Gallery {
        /// Only examples with this tag.
        tag: Option<String>,
        /// What every card goes by; what each file says if none is chosen.
        criterion: Option<Criterion>,
    },
    /// A path to open.
    Open {
        /// The path that is typed.
        path: String,
        /// What the file is opened for.
        to: OpenFor,
    },
    /// A path to save to.
    SaveAs {
        /// The path that is typed.
        path: String,
        /// The title that is saved with it.
        title: String,
    },
    /// A path for a picture.
    SavePicture {
        /// The path that is typed.
        path: String,
    },
    /// A path for results.
    Export {
        /// The results to export.
        what: Exports,
        /// The path that is typed.
        path: String,
    },
    /// A path for a report.
    Report(ReportRequest),
    /// A report would replace a file.
    ConfirmReport(ReportRequest),
    /// Something speaks against writing a file.
    ConfirmSave {
        /// The request.
        request: SaveRequest,
        /// The question that it raises.
        question: SaveQuestion,
    },
    /// A picture would replace a file.
    ConfirmPicture(PathBuf),
    /// Exported results would replace a file.
    ConfirmExport(ExportRequest),
    /// Unsaved work of earlier runs.
    Recover,
    /// Title, story and sources, as they are typed.
    Document(AboutForm),
    /// Name, note and line of a scenario, as they are typed.
    Scenario(Letter, ScenarioForm),
    /// Commands by name.
    Palette {
        /// The typed text.
        query: String,
        /// Which of the hits is chosen.
        chosen: usize,
    },
    /// Explanation of a number.
    Explain {
        /// The figure that is explained.
        subject: Subject,
        /// The figures from which one came here, the latest last.
        trail: Vec<Subject>,
    },
    /// The address of a machine of the user's own in place of a source.
    SourceAddress {
        /// The source.
        source: &'static Source,
        /// The address that is typed.
        typed: String,
    },
    /// The user's own key for a source.
    SourceKey {
        /// The source.
        source: &'static Source,
        /// The key that is typed.
        typed: Secret,
        /// Whether it is stored in the keyring.
        is_stored: bool,
    },
    /// Work is unsaved and the window closes.
    ConfirmQuit,
}

/// A text that is never printed, not even for debugging.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(pub String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("•••")
    }
}

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaveRequest {
    /// The file.
    pub path: PathBuf,
    /// The title that is saved with it.
    pub title: String,
    /// Questions that the user has confirmed.
    pub agreed: Vec<SaveQuestion>,
}

impl SaveRequest {
    /// A request to which nothing was agreed yet.
    pub fn new(path: impl Into<PathBuf>, title: impl Into<String>) -> Self {
        Self { path: path.into(), title: title.into(), agreed: Vec::new() }
    }
}

/// Title, story and sources as fields of a dialog: lists have a line for each of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AboutForm {
    /// The title.
    pub title: String,
    /// The example whose story this is.
    pub based_on: String,
    /// The story.
    pub story: String,
    /// Notes of the user.
    pub notes: String,
    /// Facts, sources, assumptions and tags.
    pub lists: [String; 4],
}

/// Name, note and line of a scenario as fields of a dialog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioForm {
    /// Its name.
    pub name: String,
    /// A note of the user.
    pub note: String,
    /// How its curves are drawn.
    pub line: LineStyle,
}

impl From<Label> for ScenarioForm {
    fn from(Label { name, note, line, .. }: Label) -> Self {
        Self { name, note, line }
    }
}

impl From<&About> for AboutForm {
    fn from(about: &About) -> Self {
        let lists = [&about.facts, &about.sources, &about.assumptions, &about.tags];
        Self {
            title: about.title.clone(),
            based_on: about.based_on.clone(),
            story: about.story.clone(),
            notes: about.notes.clone(),
            lists: lists.map(|lines| lines.join("\n")),
        }
    }
}

impl AboutForm {
    /// The words that were typed; empty lines are left out.
    pub fn about(&self) -> About {
        let lines = |text: &String| {
            text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
        };
        let [facts, sources, assumptions, tags] = self.lists.each_ref().map(lines);
        About {
            title: self.title.trim().to_owned(),
            story: self.story.trim().to_owned(),
            based_on: self.based_on.trim().to_owned(),
            notes: self.notes.trim().to_owned(),
            facts,
            sources,
            assumptions,
            tags,
            // Not in the form: kept from the document.
            taken: Vec::new(),
        }
    }
}

/// A message under the tabs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The message.
    pub text: String,
    /// Whether something went wrong.
    pub is_alert: bool,
    /// Whether something was done that was asked for, which a tick says.
    pub is_done: bool,
}

impl Notice {
    /// Confirmation of a finished action.
    pub fn done(text: impl Into<String>) -> Self {
        Self { text: text.into(), is_alert: false, is_done: true }
    }

    /// Something worth knowing that is neither done nor wrong.
    pub fn note(text: impl Into<String>) -> Self {
        Self { text: text.into(), is_alert: false, is_done: false }
    }

    /// Something went wrong.
    pub fn alert(text: impl Into<String>) -> Self {
        Self { text: text.into(), is_alert: true, is_done: false }
    }
}
