//! What decides, and where it tips, for the scenario that is shown.

use std::sync::Arc;
use std::time::{Duration, Instant};

use wattfolio_economics::answers::{
    Asked, BreakEven, BreakEvens, Converting, Overview, Quantity, Slope, Solved, Tornado, converting,
    measure_of, slopes, solve,
};
use wattfolio_economics::business::Business;
use wattfolio_economics::input::Input;
use wattfolio_economics::results::verdict::Criterion;
use wattfolio_economics::results::{Comparison, Measure};
use wattfolio_economics::risk::RiskFigure;
use wattfolio_economics::scenario::ValidScenario;

/// Rows of the table of break-evens.
const ROWS: usize = 11;

/// Settings of the sensitivity page.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SensitivityView {
    /// Whose figure is looked at; the best business by the criterion unless chosen.
    pub of: Option<Of>,
    /// Which figure; that of the criterion unless chosen.
    pub measure: Option<&'static Measure>,
    /// The figure of the simulation in place of it in the tornado, of the business; none unless chosen.
    pub figure: Option<&'static RiskFigure>,
    /// The input of the line that is solved; the first of the table unless chosen.
    pub input: Option<&'static Input>,
    /// What the figure is to be; what it takes to earn the capital unless typed.
    pub target: Option<f64>,
}

/// Whose figure is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// A business.
    Business(Business),
    /// The best one by NPV less the next.
    Difference,
}

/// What was found for a scenario.
#[derive(Clone, Debug)]
pub struct Answered {
    /// The scenario.
    pub scenario: Arc<ValidScenario>,
    /// Settings of the page.
    pub view: SensitivityView,
    /// What the verdict goes by.
    pub criterion: Criterion,
    /// What every input does.
    pub tornado: Arc<Tornado>,
    /// How fast the figure follows each number.
    pub slopes: Arc<Vec<Slope>>,
    /// Break-evens of the business.
    pub break_evens: BreakEvens,
    /// Where mining is worth what another use of its site is.
    pub converting: Arc<Vec<Converting>>,
    /// What decides the site.
    pub overview: Arc<Overview>,
    /// The line that is solved; `None` without an input.
    pub solved: Option<Solved>,
    /// Time that it took.
    pub took: Duration,
}

impl Answered {
    /// Finds the answers. `known` has what is known of an earlier question.
    pub fn new(
        (scenario, comparison): (&Arc<ValidScenario>, &Comparison),
        view: SensitivityView,
        criterion: Criterion,
        known: Option<&Self>,
    ) -> Self {
        let started = Instant::now();
        let basis = comparison.basis;
        let same = known
            .filter(|known| Arc::ptr_eq(&known.scenario, scenario) && known.tornado.asked.basis == basis);
        let (overview, converting) = match same {
            Some(same) => (Arc::clone(&same.overview), Arc::clone(&same.converting)),
            // Each leaves a core idle now and then.
            None => rayon::join(
                || Arc::new(Overview::new(scenario, basis)),
                || Arc::new(converting(scenario, basis)),
            ),
        };
        let asked = asked(scenario, comparison, (view, criterion), &overview);
        let unchanged = same.filter(|same| same.tornado.asked == asked);
        let (tornado, slopes, break_evens) = if let Some(same) = unchanged {
            (Arc::clone(&same.tornado), Arc::clone(&same.slopes), same.break_evens.clone())
        } else {
            let (tornado, slopes) = rayon::join(|| Tornado::new(scenario, asked), || slopes(scenario, asked));
            let inputs = BreakEvens::deciding(scenario, &tornado, ROWS);
            let of = asked.quantity.of;
            let rival = BreakEvens::rival_of(scenario, of, basis);
            let table = BreakEvens::with_known(scenario, (of, basis), rival, &inputs, &overview.break_evens);
            (Arc::new(tornado), Arc::new(slopes), table)
        };
        let first = || break_evens.rows.first().map(BreakEven::input);
        // A payback begins at what it is now.
        let now = || tornado.now.as_ref().ok().copied().unwrap_or(scenario.horizon_months.into());
        let target = view.target.or_else(|| asked.usual_target(scenario)).unwrap_or_else(now);
        let solved = view.input.or_else(first).and_then(|input| solve(scenario, asked, input, target).ok());
        let took = started.elapsed();
        let scenario = Arc::clone(scenario);
        Self { scenario, view, criterion, tornado, slopes, break_evens, converting, overview, solved, took }
    }

    /// Whether it is the answer to a question.
    pub fn is_of(
        &self,
        scenario: &Arc<ValidScenario>,
        comparison: &Comparison,
        view: SensitivityView,
        criterion: Criterion,
    ) -> bool {
        Arc::ptr_eq(&self.scenario, scenario)
            && self.tornado.asked.basis == comparison.basis
            && self.view == view
            && self.criterion == criterion
    }

    /// What is asked for.
    pub fn asked(&self) -> Asked {
        self.tornado.asked
    }
}

fn asked(
    scenario: &ValidScenario,
    comparison: &Comparison,
    (view, criterion): (SensitivityView, Criterion),
    overview: &Overview,
) -> Asked {
    let usual = Asked::usual(scenario, comparison, criterion);
    let measure = view.measure.unwrap_or_else(|| measure_of(criterion));
    let quantity = match view.of {
        None => Quantity { measure, ..usual.quantity },
        Some(Of::Business(business)) => Quantity::of(business, measure),
        Some(Of::Difference) => match overview.leader.zip(overview.rival) {
            Some((leader, rival)) => Quantity::of(leader, measure).less(rival),
            None => Quantity { measure, ..usual.quantity },
        },
    };
    Asked { quantity, ..usual }
}
