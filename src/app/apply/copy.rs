//! Tables and charts of the page to the clipboard.

use egui::Context;

use crate::app::{App, picture};
use crate::export::{RiskFigures, measures_table, tab_separated};
use crate::state::{Action, Exports, Notice, Page};
use crate::view;

impl App {
    /// Copies what the page shows as tab-separated text.
    pub(super) fn copy_table(&mut self, ctx: &Context) {
        let page = self.state.view.page;
        let what = Exports::of(page);
        if let Some(obstacle) = self.state.export_obstacle(what) {
            return self.not_copied(obstacle);
        }
        let text = match page {
            Page::Compare => Ok(measures_table(&self.state.results.comparison)),
            Page::CashFlow => {
                view::ledger_text(&self.state).ok_or_else(|| "The business is not evaluated".to_owned())
            }
            Page::Risk => self.risk_figures(),
            Page::Sensitivity
            | Page::WinnerMap
            | Page::Mix
            | Page::TrainingCost
            | Page::Scenarios
            | Page::History
            | Page::Market
            | Page::Method => match self.shown(what) {
                Ok(make) => tab_separated(&mut *make()).map_err(|fault| fault.to_string()),
                Err(obstacle) => Err(obstacle.to_owned()),
            },
        };
        match text {
            Ok(text) => self.apply(ctx, Action::Copy { text, what: "Table" }),
            Err(reason) => self.not_copied(&reason),
        }
    }

    /// The simulated figures that the page of risk shows, of one scenario or of two.
    fn risk_figures(&self) -> Result<String, String> {
        let own = self.state.current_simulation().ok_or("There is no simulation of these inputs")?;
        let letter = self.state.document.current().to_string();
        let mut all = vec![(letter, &own.simulation)];
        if let Some(second) = self.state.second() {
            let letter = second.listed.label.letter.to_string();
            let (simulated, _) = self.state.simulated_of(second).ok_or("There is no second simulation")?;
            all.push((letter, &simulated.simulation));
        }
        tab_separated(&mut RiskFigures { all }).map_err(|fault| fault.to_string())
    }

    /// Copies the charts of the page as a picture.
    pub(super) fn copy_chart(&mut self, ctx: &Context) {
        match picture::of_charts(self, ctx) {
            Ok(Some(image)) => {
                ctx.copy_image(image);
                self.notify(Notice::done("Chart copied"));
            }
            Ok(None) => {
                let page = self.state.view.page.label();
                self.not_copied(&format!("The page {page} has no chart"));
            }
            Err(fault) => self.not_copied(&fault.to_string()),
        }
    }

    fn not_copied(&mut self, reason: &str) {
        self.notify(Notice::alert(format!("Nothing was copied. {reason}")));
    }
}
