//! A payback that is pulled: an input is solved for and set.

use wattfolio_economics::business::Business;
use wattfolio_economics::input::Input;

use super::super::App;
use crate::format;
use crate::state::{Notice, Pull, Pulled};

impl App {
    /// Another input follows the payback of a business from now on.
    pub(super) fn follow(&mut self, business: Business, input: &'static Input) {
        let view = &mut self.state.view.payback;
        view.follows[business] = Some(input);
        view.pulled = None;
    }

    /// Sets the input that brings a payback to its month, or as close as it gets. The input that a hand has pulled once follows
    /// from then on, whatever decides most meanwhile.
    pub(super) fn pull_payback(&mut self, pull: Option<Pull>) {
        let view = &mut self.state.view.payback;
        view.pulled = None;
        let Some(pull) = pull else { return };
        let results = &self.state.results;
        // Results of earlier inputs say nothing about what is typed now.
        if results.faults.is_some() {
            return;
        }
        let months = f64::from(results.scenario.horizon_months);
        if !(pull.target_months > 0.0 && pull.target_months <= months) {
            let text = format!(
                "A payback target of {} months is refused; it lies above 0 and up to {}, the end of the plan",
                format::plain(pull.target_months),
                format::plain(months)
            );
            return self.notify(Notice::alert(text));
        }
        match Pulled::new(pull, &results.scenario, results.comparison.basis) {
            Ok(pulled) => {
                view.follows[pull.business] = Some(pull.input);
                let value = pulled.value();
                view.pulled = Some(pulled);
                if let Some(value) = value {
                    self.set_input(pull.input, |scenario| pull.input.write_number(scenario, value));
                }
            }
            Err(reason) => self.notify(Notice::alert(format!("{reason}."))),
        }
    }
}
