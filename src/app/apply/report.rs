//! Reports of what is shown, made beside the window.

use std::sync::Arc;

use chrono::Utc;
use egui::Context;
use wattfolio_economics::risk::{Control, Simulator};

use super::files::file_stem;
use crate::app::App;
use crate::report::{Asked, Case, Reference, ReportFormat, ReportInput, bytes};
use crate::state::{Dialog, Notice, Paper, ReportRequest, Reporting, Shown};
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
                ReportFormat::built().map(|format| format!(".{}", format.ending())).collect();
            let path = request.path.display();
            return self.not_exported(&format!("{path}: a report ends in {}", endings.join(", ")));
        };
        if let Some(words) = format.not_built() {
            return self.not_exported(&format!("{}: {words}", request.path.display()));
        }
        if request.path.exists() && !request.may_replace {
            self.state.view.dialog = Some(Dialog::ConfirmReport(request));
            return;
        }
        self.state.view.dialog = None;
        let path = request.path.clone();
        let left_out = self.state.undrawn().map_or_else(String::new, |words| format!(" {words}."));
        self.notify(Notice::note(format!("Making {}…{left_out}", path.display())));
        let reporting = Reporting::default();
        self.state.reporting = Some(reporting.clone());
        let input = self.report_input(request.has_simulation);
        let asked = Asked { paper: request.paper, ..Asked::new(format, self.fallback.clone()) };
        let has_simulation = request.has_simulation;
        self.jobs.export(ctx, path, move || make(input, &asked, (&request, has_simulation), &reporting));
    }

    /// The scenarios that are drawn, the current one first, and what of the simulation is at hand.
    fn report_input(&self, has_simulation: bool) -> ReportInput {
        let document = &self.state.document;
        let view = PresetView {
            basis: document.basis(),
            criterion: document.criterion(),
            factors: document.factors(),
        };
        let current = self.state.current_simulation();
        let case = |shown: &Shown| {
            let simulated = if shown.listed.is_current {
                current
            } else {
                self.state
                    .simulated_of(shown)
                    .and_then(|(simulated, is_older)| (!is_older).then_some(simulated))
            };
            let simulated = simulated.filter(|_| has_simulation);
            Case {
                label: shown.listed.label.clone(),
                scenario: Arc::clone(&shown.listed.scenario),
                comparison: Arc::clone(&shown.comparison),
                simulated: simulated.map(Arc::clone),
                outlook: simulated.and_then(|simulated| self.outlook_of(simulated)),
            }
        };
        let (own, others): (Vec<&Shown>, Vec<&Shown>) =
            self.state.drawn().into_iter().partition(|shown| shown.listed.is_current);
        let cases = own.into_iter().chain(others).map(case).collect();
        let baseline = document.baseline();
        let baseline = Reference {
            name: baseline.name.clone(),
            scenario: Arc::clone(&baseline.scenario),
            is_file: true,
        };
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
    let bytes = bytes(&input, asked).map_err(|fault| fault.to_string())?;
    if reporting.is_cancelled() {
        return Err("The report was cancelled".to_owned());
    }
    store::write_regular(&request.path, &bytes).map_err(|fault| format!("{fault}; choose another place"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Options;
    use crate::report::verify;
    use crate::state::{Action, Command};

    /// A window whose jobs are done within the frame.
    fn window() -> (Context, App) {
        let ctx = Context::default();
        let app = App::new(&ctx, Options::default());
        (ctx, app)
    }

    #[test]
    fn a_report_of_the_window_verifies_and_opens_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.pdf");
        let (ctx, mut app) = window();
        let request = |has_simulation: bool| ReportRequest {
            path: path.clone(),
            paper: Paper::Letter,
            has_simulation,
            may_replace: false,
        };
        app.request(Action::Report(request(true)));
        app.logic(&ctx);
        app.logic(&ctx);
        assert!(app.state.reporting.is_none(), "it is done");
        let found = verify(&std::fs::read(&path).unwrap(), "report.pdf").unwrap();
        assert!(found.agrees(), "{}", found.words());
        // A file that is there is not replaced without a question.
        app.request(Action::Report(request(false)));
        app.logic(&ctx);
        assert_eq!(app.state.view.dialog, Some(Dialog::ConfirmReport(request(false))));

        let (ctx, mut other) = window();
        other.request(Action::OpenFile(path.clone()));
        other.logic(&ctx);
        other.logic(&ctx);
        assert_eq!(other.state.document.title(), app.state.document.title());
        assert_eq!(other.state.document.file(), None, "saving does not replace the report");
        std::fs::write(&path, b"%PDF-1.7 of somebody else").unwrap();
        other.request(Action::OpenFile(path.clone()));
        other.logic(&ctx);
        other.logic(&ctx);
        let notice = other.state.view.notice.as_ref().unwrap();
        assert!(notice.is_alert && notice.text.contains("is no report of wattfolio"), "{}", notice.text);
    }

    /// Opens a file in a window of its own.
    fn opened(path: &std::path::Path) -> App {
        let (ctx, mut app) = window();
        app.request(Action::OpenFile(path.to_owned()));
        app.logic(&ctx);
        app.logic(&ctx);
        app
    }

    #[test]
    fn a_report_opens_with_its_scenarios_and_what_they_were_compared_with() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.pdf");
        let request =
            ReportRequest { path: path.clone(), paper: Paper::A4, has_simulation: false, may_replace: true };
        let (ctx, mut app) = window();
        let run = |app: &mut App, actions: Vec<Action>| {
            for action in actions {
                app.request(action);
                app.logic(&ctx);
            }
            app.request(Action::Report(request.clone()));
            app.logic(&ctx);
            app.logic(&ctx);
        };
        let set = |id: &str, text: &str| {
            let input = wattfolio_economics::catalogue::find(id).unwrap();
            Action::SetText { input, text: text.to_owned() }
        };
        let changes = |app: &App| app.state.document.changes().map(|input| input.id).collect::<Vec<_>>();
        // The baseline is the scenario itself as it was opened.
        run(&mut app, vec![set("power.price_usd_per_kwh", "0.03")]);
        let other = opened(&path);
        assert_eq!(changes(&other), ["power.price_usd_per_kwh"]);
        assert_eq!(other.state.document.baseline(), app.state.document.baseline());
        assert_eq!(*other.state.results.baseline, *app.state.results.baseline);
        // The baseline is another scenario of the document.
        run(&mut app, vec![Action::Run(Command::NewScenario), set("hosting.fee_usd_per_kw_month", "150")]);
        let other = opened(&path);
        assert_eq!(changes(&other), ["hosting.fee_usd_per_kw_month"]);
        assert_eq!(other.state.document.baseline(), app.state.document.baseline());
        assert_eq!(other.state.document.baseline_letter(), app.state.document.baseline_letter());
        assert_eq!(other.state.document.count(), 2);
        // It is still there after a change is taken back.
        let mut other = opened(&path);
        other.request(set("power.price_usd_per_kwh", "0.05"));
        other.request(Action::Run(Command::Undo));
        other.logic(&ctx);
        assert_eq!(other.state.document.baseline(), app.state.document.baseline());
    }

    #[test]
    fn a_cancelled_report_writes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.pdf");
        let (_, app) = window();
        let reporting = Reporting::default();
        reporting.cancel();
        let request =
            ReportRequest { path: path.clone(), paper: Paper::A4, has_simulation: true, may_replace: false };
        let asked = Asked::new(ReportFormat::Pdf, app.fallback.clone());
        let fault = make(app.report_input(true), &asked, (&request, true), &reporting).unwrap_err();
        assert!(fault.contains("cancelled") && !path.exists(), "{fault}");
        assert_eq!(Command::CancelReport.text(), "Cancel report");
    }
}
