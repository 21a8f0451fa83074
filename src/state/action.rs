//! Changes that views ask for. They draw from `&State` and push actions; one function applies them.

use std::cell::RefCell;
use std::path::PathBuf;

use wattfolio_economics::business::{Business, PerBusiness};
use wattfolio_economics::input::{Group, Input};
use wattfolio_economics::scenario::Correlation;

use super::command::Command;
use super::dialog::{Dialog, Notice, SaveRequest, ScenarioForm};
use super::export::ExportRequest;
use super::finished::Finished;
use super::history::HistoryView;
use super::market::MarketAction;
use super::mix::MixView;
use super::payback::Pull;
use super::refusal::Refusal;
use super::report::ReportRequest;
use super::sensitivity::SensitivityView;
use super::sites::SiteAction;
use super::training::TrainingView;
use super::view::{CashFlowView, ChartView, MethodView, ScenariosView};
use super::winner_map::WinnerMapView;
use crate::price_list::Pick;
use crate::store::{About, Bundled, Letter};

/// A change that a view asks for.
#[derive(Debug)]
pub enum Action {
    /// A command of the user.
    Run(Command),
    /// An input gets a number, in its stored unit.
    SetNumber {
        /// The input.
        input: &'static Input,
        /// The value.
        value: f64,
    },
    /// An input gets a value from text.
    SetText {
        /// The input.
        input: &'static Input,
        /// The value as RON.
        text: String,
    },
    /// The typed text is refused.
    Refuse(Refusal),
    /// Inputs are filled from a row of a price list.
    Fill(Pick),
    /// An input goes back to the baseline.
    Reset(&'static Input),
    /// A bundled preset is opened.
    OpenBundled(&'static Bundled),
    /// A file is opened.
    OpenFile(PathBuf),
    /// The scenario is saved to a file under a title.
    SaveFile(SaveRequest),
    /// A picture of the window is saved; the flag says that it may replace a file.
    SavePictureTo(PathBuf, bool),
    /// Results are written to a file.
    Export(ExportRequest),
    /// A report is made and written to a file.
    Report(ReportRequest),
    /// The scenario is saved, and then the window closes.
    SaveAndQuit,
    /// Unsaved work of an earlier run is taken up.
    Restore(PathBuf),
    /// Unsaved work of an earlier run is declined.
    Decline(PathBuf),
    /// Title, story and sources are replaced.
    SetAbout(About),
    /// The system's file dialog is asked for a path.
    Browse,
    /// Something is done with a scenario of the document.
    Scenario(Letter, ScenarioAction),
    /// The scenarios of a file are added to the document.
    OpenInto(PathBuf),
    /// Several files are opened into one document, in their order.
    OpenTogether(Vec<PathBuf>),
    /// Settings of the payback charts.
    SetChart(ChartView),
    /// Another input follows the payback of a business.
    Follow(Business, &'static Input),
    /// The payback of a business is pulled to a month, and an input follows; none any more.
    PullPayback(Option<Pull>),
    /// Settings of the cash-flow page.
    SetCashFlow(CashFlowView),
    /// Settings of the sensitivity page.
    SetSensitivity(SensitivityView),
    /// Axes of the winner map.
    SetWinnerMap(WinnerMapView),
    /// Settings of the page of scenarios.
    SetScenarios(ScenariosView),
    /// Another scenario is shown beside the current one, or none.
    SetBeside(Option<Letter>),
    /// Settings of the history page.
    SetHistory(HistoryView),
    /// Takes the chosen values of the calibration over.
    TakeCalibrated,
    /// The shares of the scenario's own mix are replaced.
    SetMix(PerBusiness<f64>),
    /// Settings of the page of mixes.
    SetMixView(MixView),
    /// The pointer is over a mix, known by its shares, or over none.
    HoverMix(Option<PerBusiness<f64>>),
    /// Something is done with the sites beside the scenario at hand.
    Site(SiteAction),
    /// Settings of the page of training costs.
    SetTraining(TrainingView),
    /// Settings of the method page.
    SetMethod(MethodView),
    /// Words to search the inputs for.
    Search(String),
    /// An input is shown among the inputs, which closes the dialog.
    Find(&'static Input),
    /// The row of that input is drawn.
    InputShown,
    /// Something is said below the top bar.
    Notify(Notice),
    /// A chapter of the inputs is opened or closed.
    ToggleGroup(Option<Group>),
    /// The search box has the keyboard.
    SearchFocused,
    /// The correlations of the four factors are replaced.
    SetCorrelations(Correlation),
    /// Something on the market page.
    Market(MarketAction),
    /// The next worked example that needs it is simulated.
    SimulateExamples,
    /// The pointer is over a month, or over no chart.
    Hover(Option<f64>),
    /// A dialog is opened, changed or closed.
    ShowDialog(Option<Dialog>),
    /// The message under the tabs is dismissed.
    DismissNotice,
    /// Text goes to the clipboard.
    Copy {
        /// The text.
        text: String,
        /// Its name in the message.
        what: &'static str,
    },
    /// The window closes although work is unsaved.
    QuitAnyway,
    /// Something that ran in the background is done.
    Finished(Finished),
}

/// What is done with a scenario of the document, which is known by its letter.
#[derive(Debug)]
pub enum ScenarioAction {
    /// It is shown, and the inputs edit it.
    Show,
    /// A copy of it is added and shown.
    Duplicate,
    /// It gets another name.
    Rename(String),
    /// It gets name, note and line.
    Describe(ScenarioForm),
    /// It is deleted.
    Delete,
    /// The others are measured against it.
    MakeBaseline,
    /// It is moved to a place among all, counted from 0.
    MoveTo(usize),
    /// One of its inputs gets a number, in its stored unit.
    SetNumber(&'static Input, f64),
    /// One of its inputs gets a value from text.
    SetText(&'static Input, String),
    /// One of its inputs gets the value that the baseline has.
    Reset(&'static Input),
    /// The shares of its mix are replaced.
    SetMix(PerBusiness<f64>),
}

/// Queue of the actions of views.
#[derive(Debug, Default)]
pub struct Actions(RefCell<Vec<Action>>);

impl Actions {
    /// Asks for a change.
    pub fn push(&self, action: Action) {
        self.0.borrow_mut().push(action);
    }

    /// Runs a command.
    pub fn run(&self, command: Command) {
        self.push(Action::Run(command));
    }

    /// Everything that was asked for since the last time.
    pub fn take(&self) -> Vec<Action> {
        self.0.take()
    }
}
