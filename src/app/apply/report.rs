//! Reports of what is shown, made beside the window.

use std::sync::Arc;

use chrono::Utc;
use egui::Context;
use wattfolio_economics::risk::{Control, Simulator};

use super::files::file_stem;
use crate::app::App;
use crate::report::{Asked, Case, Reference, ReportFormat, ReportInput, bytes};
use crate::state::{Dialog, Notice, Paper, ReportRequest, Reporting};
use crate::store::{self, Placed, PresetView};

/// Ends the work once the user asked for that, and says how far it is.
struct Watch {
    reporting: Reporting,
    /// Share of all work that came before, and share that this part is.
    before: f64,
    part: f64,
}

impl Control for Watch {
    fn proceed(&self, done: f64) -> bool {
        self.reporting.set_done(self.before + self.part * done);
        !self.reporting.is_cancelled()
    }
}

impl App {
    /// Asks where to write a report, and how.
    pub(super) fn ask_report(&mut self, ctx: &Context) {
        let path = format!("{}.pdf", file_stem(self.state.document.title())).into();
        let request =
            ReportRequest { path, paper: Paper::default(), has_simulation: true, may_replace: false };
        self.state.view.dialog = Some(Dialog::Report(request));
        self.browse(ctx);
    }

    /// Makes a report, unless the name ends as no report does or the user has to be asked before a file is replaced.
    pub(super) fn report(&mut self, ctx: &Context, request: ReportRequest) {
        if self.state.results.faults.is_some() {
            return self.not_exported("The inputs have faults; correct what is named below the page first");
        }
        let Some(format) = ReportFormat::of(&request.path) else {
            let endings: Vec<String> =
                ReportFormat::ALL.iter().map(|format| format!(".{}", format.ending())).collect();
            let path = request.path.display();
            return self.not_exported(&format!("{path}: a report ends in {}", endings.join(", ")));
        };
        if request.path.exists() && !request.may_replace {
            self.state.view.dialog = Some(Dialog::ConfirmReport(request));
            return;
        }
        self.state.view.dialog = None;
        let path = request.path.clone();
        self.notify(Notice::note(format!("Making {}…", path.display())));
        let reporting = Reporting::default();
        self.state.reporting = Some(reporting.clone());
        let input = self.report_input(request.has_simulation);
        let asked = Asked { paper: request.paper, ..Asked::new(format, self.fallback.clone()) };
        let has_simulation = request.has_simulation;
        self.jobs.export(ctx, path, move || make(input, &asked, (&request, has_simulation), &reporting));
    }

    /// The scenario with its pins, and what of the simulation is at hand.
    fn report_input(&self, has_simulation: bool) -> ReportInput {
        let document = &self.state.document;
        let view = PresetView {
            basis: document.basis(),
            criterion: document.criterion(),
            factors: document.factors(),
        };
        let simulated = self.state.current_simulation().filter(|_| has_simulation);
        let first = Case {
            name: document.title().to_owned(),
            note: String::new(),
            letter: None,
            scenario: Arc::clone(&self.state.results.scenario),
            comparison: Arc::clone(&self.state.results.comparison),
            simulated: simulated.map(Arc::clone),
            outlook: simulated.and_then(|simulated| self.outlook_of(simulated)),
        };
        let mut cases = vec![first];
        cases.extend(self.state.pins.iter().map(|pin| Case {
            name: pin.name.clone(),
            note: String::new(),
            letter: None,
            scenario: Arc::clone(&pin.scenario),
            comparison: Arc::clone(&pin.comparison),
            simulated: None,
            outlook: None,
        }));
        ReportInput::lettered(&mut cases);
        let baseline = document.baseline();
        let baseline = Reference { name: baseline.name.clone(), scenario: Arc::clone(&baseline.scenario) };
        let about = document.about().clone();
        ReportInput { cases, baseline, about, view, date: Utc::now().date_naive() }
    }
}

/// Simulates what is missing, makes the report and writes it.
fn make(
    mut input: ReportInput,
    asked: &Asked,
    (request, has_simulation): (&ReportRequest, bool),
    reporting: &Reporting,
) -> Result<Placed, String> {
    let count = input.cases.len() as f64;
    if has_simulation {
        let mut simulator = Simulator::new(0).map_err(|fault| fault.to_string())?;
        let view = input.view;
        for (index, case) in input.cases.iter_mut().enumerate() {
            let (before, part) = (0.9 * index as f64 / count, 0.9 / count);
            let watch = Watch { reporting: reporting.clone(), before, part };
            case.simulate(&mut simulator, (view, index == 0), &watch).map_err(|reason| {
                if reporting.is_cancelled() {
                    "The report was cancelled".to_owned()
                } else {
                    reason.to_string()
                }
            })?;
        }
    }
    let bytes = bytes(&input, asked, None).map_err(|fault| fault.to_string())?;
    if reporting.is_cancelled() {
        return Err("The report was cancelled".to_owned());
    }
    store::write_regular(&request.path, &bytes).map_err(|fault| format!("{fault}; choose another place"))
}
