//! Cost of known training runs: at the rental, and on own GPUs with power at the site's price or at what a miner could
//! pay for it.
//!
//! That a dearer bitcoin makes training dearer is a hypothesis. Its strength is `coupling.rental_elasticity`, 0 by
//! default: then rentals do not follow bitcoin, and only power that could mine instead becomes dearer.
//!
//! What the model's document leaves open:
//!
//! * A listed rental moves with the scenario's: by its market rental at the start, coupling included, over the listed
//!   rental of the scenario's own GPU. Where that GPU has no listed rental, by the coupling alone.
//! * Own GPUs are the leasing plan of the scenario with the GPU of the run (its price as the start of the GPU price
//!   path, its IT power), filling the own site, and never idle: who trains runs at any rental.
//! * The opportunity cost of power is what new machines of the scenario earn with a MWh at the start, in every month of
//!   the plan, and never below the site's price: where a miner would stop, nothing is foregone.
//! * After the network's answer: the same, times what a MWh earns after [`ANSWER_MONTHS`] at that bitcoin price, over
//!   what it then earns at the scenario's. At the scenario's own price both are equal, so that halvings and growth, which
//!   come at any price, are no part of the answer. A network that does not follow the price has no answer.

use crate::business::leasing::{Fleet, Placement};
use crate::business::{AnyPlan, Business};
use crate::kernel::{Absent, Levels, Line, Market, Maybe, NotEvaluated, Variant};
use crate::results::{Evaluation, Readouts, compare};
use crate::scenario::{Factor, Faults, ValidScenario};
use crate::units::KWH_PER_MWH;

/// Months after which the answer of the network is looked at, or the horizon if that is shorter.
pub const ANSWER_MONTHS: usize = 36;

/// A training run of a published model.
#[derive(Clone, Debug, PartialEq)]
pub struct KnownRun {
    /// The model that was trained.
    pub model: String,
    /// The GPU: the first word of its name in a list.
    pub gpu: String,
    /// Sum over all GPUs, GPU-hours.
    pub gpu_hours: f64,
}

/// A GPU of a price list.
#[derive(Clone, Debug, PartialEq)]
pub struct KnownGpu {
    /// Its name, `H100 SXM`.
    pub name: String,
    /// IT power of a GPU with its share of the server, kW.
    pub kw_per_gpu: f64,
    /// All-in price, USD.
    pub price_usd: Option<f64>,
    /// Rental, USD per GPU-hour.
    pub rental_usd_per_hour: Option<f64>,
}

/// Why a run has no cost.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum NotCosted {
    /// No list has a rental of its GPU.
    #[error("no listed rental of the {0}")]
    NoRental(String),
    /// No list has a price of its GPU.
    #[error("no listed price of the {0}")]
    NoPrice(String),
    /// The network of the scenario follows no bitcoin price.
    #[error("the network does not answer the bitcoin price")]
    NoAnswer,
    /// The site cannot carry such GPUs, or no miner.
    #[error(transparent)]
    NotEvaluated(#[from] NotEvaluated),
    /// The levelised cost does not exist.
    #[error(transparent)]
    Absent(#[from] Absent),
    /// The value leaves what is allowed.
    #[error(transparent)]
    Faults(#[from] Faults),
}

/// What the costs are drawn against.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Against {
    /// The bitcoin price at the start, USD.
    #[default]
    Bitcoin,
    /// The market rental of the scenario's GPU at the start, USD per GPU-hour.
    Rental,
    /// The power price at the start, USD/kWh.
    Power,
}

impl Against {
    /// All of them, in order.
    pub const ALL: [Self; 3] = [Self::Bitcoin, Self::Rental, Self::Power];

    /// The stable name, in options and in files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Bitcoin => "bitcoin",
            Self::Rental => "rental",
            Self::Power => "power",
        }
    }

    /// The display name.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Bitcoin => "Bitcoin",
            Self::Rental => "Rental",
            Self::Power => "Power",
        }
    }

    /// Meaning in one line.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Bitcoin => "The bitcoin price at the start",
            Self::Rental => "The market rental of the scenario’s GPU at the start",
            Self::Power => "The electricity price at the start",
        }
    }

    /// Id of the input whose start value moves along the axis.
    pub const fn input(self) -> &'static str {
        match self {
            Self::Bitcoin => "bitcoin.price_usd",
            Self::Rental => crate::business::RENTAL_INPUT,
            Self::Power => "power.price_usd_per_kwh",
        }
    }
}

/// Costs of a run, USD, each with its reason where there is none.
#[derive(Clone, Debug, PartialEq)]
pub struct RunCost {
    /// Its GPU-hours at the rental.
    pub rental_usd: Result<f64, NotCosted>,
    /// On own GPUs, power at the site's price.
    pub own_usd: Result<f64, NotCosted>,
    /// On own GPUs, power at what a miner can pay for it with the network of the start.
    pub own_at_miners_usd: Result<f64, NotCosted>,
    /// The same after the network's answer to the bitcoin price.
    pub own_answered_usd: Result<f64, NotCosted>,
}

/// The markets that a run is priced in: those of a scenario with another value on one axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Prices {
    /// Bitcoin price at the start, USD.
    pub btc_price_usd: f64,
    /// Market rental of the scenario's GPU at the start, coupling included, USD per GPU-hour.
    pub rental_usd_per_gpu_hour: f64,
    /// Power price of the site at the start, USD/MWh.
    pub site_usd_per_mwh: f64,
    /// What new machines of the scenario earn with a MWh at the start, USD.
    pub miner_usd_per_mwh: Result<f64, NotEvaluated>,
    /// The same after the network's answer, USD.
    pub answered_usd_per_mwh: Result<f64, NotCosted>,
    /// Factor on listed rentals.
    rental_factor: f64,
    /// Power price of the site by month, USD/kWh.
    site_usd_per_kwh: Vec<f64>,
}

/// Own GPUs of a model: cost of an hour as a function of the power prices of the plan.
#[derive(Clone, Debug, PartialEq)]
struct OwnHours {
    /// Everything but power, USD per GPU-hour.
    without_power_usd: f64,
    /// Energy of each month, discounted, over the discounted hours, kWh per GPU-hour.
    kwh_per_hour: Vec<f64>,
}

impl OwnHours {
    fn new(evaluation: &Evaluation) -> Result<Self, NotCosted> {
        let levelised = match &evaluation.readouts {
            Readouts::Leasing(figures) => figures.levelised_usd_per_gpu_hour?,
            _ => return Err(Absent::NotApplicable.into()),
        };
        let factors: Vec<f64> =
            (0..=evaluation.horizon()).map(|t| evaluation.discount.powi(t as i32)).collect();
        let line = |line| evaluation.ledger.line(line);
        let present = |line| line_value(line, &factors);
        let hours = present(line(Line::GpuHoursSold));
        let energy = line(Line::EnergyMwh).iter().zip(&factors);
        Ok(Self {
            // Costs are negative in the ledger.
            without_power_usd: levelised + present(line(Line::Power)) / hours,
            kwh_per_hour: energy.map(|(mwh, factor)| mwh * KWH_PER_MWH * factor / hours).collect(),
        })
    }

    /// Levelised cost of an hour, USD, with the power prices of every month, USD/kWh.
    fn usd_per_hour(&self, power_usd_per_kwh: impl Iterator<Item = f64>) -> f64 {
        let power: f64 = self.kwh_per_hour.iter().zip(power_usd_per_kwh).map(|(kwh, usd)| kwh * usd).sum();
        self.without_power_usd + power
    }
}

fn line_value(line: &[f64], factors: &[f64]) -> f64 {
    line.iter().zip(factors).map(|(value, factor)| value * factor).sum()
}

/// A run with what it takes to price it.
#[derive(Clone, Debug)]
struct Run {
    known: KnownRun,
    rental_usd_per_hour: Result<f64, NotCosted>,
    own: Result<OwnHours, NotCosted>,
}

/// Known training runs priced in a scenario.
#[derive(Clone, Debug)]
pub struct TrainingCost {
    scenario: ValidScenario,
    runs: Vec<Run>,
    /// Listed rental of the scenario's own GPU, USD per GPU-hour.
    listed_usd_per_hour: Option<f64>,
    /// What new machines earn with a MWh of the scenario: at the start, and after the months of the answer.
    earned: Result<[f64; 2], NotEvaluated>,
}

impl TrainingCost {
    /// Prices runs in a scenario, with the GPUs of a list.
    pub fn new(scenario: &ValidScenario, runs: &[KnownRun], gpus: &[KnownGpu]) -> Self {
        let own_gpu = gpus.iter().find(|gpu| gpu.name == scenario.gpu_name());
        let listed_usd_per_hour = own_gpu.and_then(|gpu| gpu.rental_usd_per_hour).filter(|usd| *usd > 0.0);
        // Several runs share a GPU, and its plan is compiled once.
        let mut owned: Vec<(&str, Result<OwnHours, NotCosted>)> = Vec::new();
        let runs = runs.iter().map(|known| {
            let gpu = find(gpus, &known.gpu);
            let own = if let Some((_, own)) = owned.iter().find(|(name, _)| *name == known.gpu) {
                own.clone()
            } else {
                let own = own_hours(scenario, &known.gpu, gpu);
                owned.push((&known.gpu, own.clone()));
                own
            };
            let rental = gpu.and_then(|gpu| gpu.rental_usd_per_hour);
            let rental_usd_per_hour = rental.ok_or_else(|| NotCosted::NoRental(known.gpu.clone()));
            Run { known: known.clone(), rental_usd_per_hour, own }
        });
        let runs = runs.collect();
        let earned = earned(scenario, &Market::compile(scenario).deterministic());
        Self { scenario: scenario.clone(), runs, listed_usd_per_hour, earned }
    }

    /// The runs in the order in which they were handed over.
    pub fn runs(&self) -> impl ExactSizeIterator<Item = &KnownRun> {
        self.runs.iter().map(|run| &run.known)
    }

    /// Strength of the hypothesis that rentals follow bitcoin: their elasticity.
    pub fn strength(&self) -> f64 {
        self.scenario.coupling.rental_elasticity
    }

    /// Months after which the answer of the network is looked at; `None` where it does not follow the bitcoin price.
    pub fn answer_months(&self) -> Option<usize> {
        let answers = Factor::Bitcoin.moves(Factor::Network, &self.scenario);
        answers.then(|| ANSWER_MONTHS.min(self.scenario.horizon_months as usize))
    }

    /// Whether listed rentals move with the scenario's, as they do where its own GPU has a listed one.
    pub const fn moves_rentals(&self) -> bool {
        self.listed_usd_per_hour.is_some()
    }

    /// The scenario's own value on an axis, in the unit of its input.
    pub fn value(&self, against: Against) -> f64 {
        match against {
            Against::Bitcoin => self.scenario.bitcoin.price_usd.value,
            Against::Rental => self.scenario.gpu_rental().value,
            Against::Power => self.scenario.power.price_usd_per_kwh.value,
        }
    }

    /// The markets of the scenario itself.
    pub fn now(&self) -> Prices {
        self.prices(&self.scenario)
    }

    /// The markets with another value on an axis: that of its input, in the unit of the input.
    ///
    /// # Errors
    /// If the input does not allow the value.
    pub fn at(&self, against: Against, value: f64) -> Result<Prices, Faults> {
        let input = crate::catalogue::find(against.input()).ok_or_else(|| {
            Faults(vec![crate::scenario::Fault::new(against.input(), "no input", "an input".to_owned())])
        })?;
        Ok(self.prices(&self.scenario.with(input, value)?))
    }

    /// The markets at another bitcoin price, as a multiple of the scenario's.
    ///
    /// # Errors
    /// If the price leaves what is allowed.
    pub fn at_bitcoin_times(&self, factor: f64) -> Result<Prices, Faults> {
        self.at(Against::Bitcoin, self.value(Against::Bitcoin) * factor)
    }

    fn prices(&self, scenario: &ValidScenario) -> Prices {
        let levels = Market::compile(scenario).deterministic();
        let start = &levels[0];
        let rental = start.rental_usd_per_gpu_hour;
        let reference = self.listed_usd_per_hour.unwrap_or_else(|| self.scenario.gpu_rental().level(0));
        let both = self.earned.clone().and_then(|now| Ok((now, earned(scenario, &levels)?)));
        let answered = |(now, then): ([f64; 2], [f64; 2])| {
            // Where a MWh then earns nothing at any price, there is no answer to divide by.
            if now[1] > 0.0 { now[0] * then[1] / now[1] } else { then[0] }
        };
        Prices {
            btc_price_usd: start.btc_price_usd,
            rental_usd_per_gpu_hour: rental,
            site_usd_per_mwh: start.power_usd_per_kwh * KWH_PER_MWH,
            miner_usd_per_mwh: both.clone().map(|(_, then)| then[0]),
            answered_usd_per_mwh: match self.answer_months() {
                Some(_) => both.map(answered).map_err(NotCosted::from),
                None => Err(NotCosted::NoAnswer),
            },
            rental_factor: if reference > 0.0 { rental / reference } else { 1.0 },
            site_usd_per_kwh: levels.iter().map(|level| level.power_usd_per_kwh).collect(),
        }
    }

    /// The costs of a run in some markets; `None` where there is no run of that number.
    pub fn cost(&self, run: usize, prices: &Prices) -> Option<RunCost> {
        let Run { known, rental_usd_per_hour, own } = self.runs.get(run)?;
        let hours = known.gpu_hours;
        let site = || prices.site_usd_per_kwh.iter().copied();
        let at = |usd_per_mwh: Result<f64, NotCosted>| {
            let own = own.clone()?;
            let least = usd_per_mwh? / KWH_PER_MWH;
            Ok(hours * own.usd_per_hour(site().map(|usd| usd.max(least))))
        };
        Some(RunCost {
            rental_usd: rental_usd_per_hour.clone().map(|usd| hours * usd * prices.rental_factor),
            own_usd: own.clone().map(|own| hours * own.usd_per_hour(site())),
            own_at_miners_usd: at(prices.miner_usd_per_mwh.clone().map_err(NotCosted::from)),
            own_answered_usd: at(prices.answered_usd_per_mwh.clone()),
        })
    }
}

/// Cost of the power of a query, USD.
///
/// ```
/// use wattfolio_economics::answers::training_cost::query_usd;
///
/// assert!((query_usd(0.34, 118.0) - 0.000_04).abs() < 1e-6);
/// ```
pub fn query_usd(wh_per_query: f64, usd_per_mwh: f64) -> f64 {
    wh_per_query * usd_per_mwh / 1e6
}

/// The GPU of a list whose name begins with a word.
fn find<'a>(gpus: &'a [KnownGpu], word: &str) -> Option<&'a KnownGpu> {
    gpus.iter().find(|gpu| gpu.name.split_whitespace().next() == Some(word))
}

/// The leasing plan of a scenario with another GPU, which fills the own site and never idles.
fn own_hours(scenario: &ValidScenario, name: &str, gpu: Option<&KnownGpu>) -> Result<OwnHours, NotCosted> {
    let gpu = gpu.ok_or_else(|| NotCosted::NoPrice(name.to_owned()))?;
    let price_usd = gpu.price_usd.ok_or_else(|| NotCosted::NoPrice(name.to_owned()))?;
    let is_own = gpu.name == scenario.gpu_name();
    let owned = scenario.edit(|scenario| {
        let leasing = &mut scenario.leasing;
        if !is_own {
            leasing.gpu.name.clone_from(&gpu.name);
            leasing.kw_per_gpu = gpu.kw_per_gpu;
            leasing.gpu_price_usd.scale_to(price_usd);
        }
        (leasing.fleet, leasing.placement) = (Fleet::FillSite, Placement::OwnSite);
        leasing.idle_when_unprofitable = false;
    })?;
    let comparison = compare(&owned);
    OwnHours::new(comparison.business(Business::Leasing).map_err(Clone::clone)?)
}

/// What new machines of a scenario earn with a MWh, USD: at the start, and after the months of the answer.
fn earned(scenario: &ValidScenario, levels: &[Levels<f64>]) -> Result<[f64; 2], NotEvaluated> {
    let AnyPlan::Mining(plan) = AnyPlan::compile(Business::OF_NETWORK, scenario, Variant::default())? else {
        return Err(NotEvaluated::Overflow);
    };
    let later = ANSWER_MONTHS.min(levels.len() - 1);
    let [now, then] = [0, later].map(|t| plan.shutdown_power_usd_per_mwh(&levels[t]));
    if now.is_finite() && then.is_finite() { Ok([now, then]) } else { Err(NotEvaluated::Overflow) }
}

/// Change of a cost from one market to another, fraction.
///
/// # Errors
/// If one of the costs does not exist, or the first is 0.
pub fn change(before: &Result<f64, NotCosted>, after: &Result<f64, NotCosted>) -> Maybe<f64> {
    match (before, after) {
        (Ok(before), Ok(after)) if *before > 0.0 => Ok(after / before - 1.0),
        _ => Err(Absent::NotApplicable),
    }
}
