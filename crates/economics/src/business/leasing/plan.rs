//! Own GPUs rented by the hour, on the own site or in a third-party data centre.

use super::Figures;
use super::capital_cost::CAPITAL_COSTS;
use super::customer::{DefaultRisk, LeasingState};
use super::terms::{Month, Rental, Terms};
use crate::business::leasing::{Fleet, Placement, RENTAL_INPUT};
use crate::kernel::{
    Amounts, CapitalCost, CapitalPlan, Counts, Customer, Levels, Line, NotEvaluated, Operations, PriceLeft,
    ReplayedOn, Run, Sink, Timing, Variant, Venture, Works, WorksLife, YearlySteps, live_in_time,
};
use crate::number::Real;
use crate::scenario::works::works_risk;
use crate::scenario::{Debt, Factor, Fault, Scenario, ValidScenario, WorksRisk};
use crate::units::{KW_PER_MW, KWH_PER_MWH};

/// A GPU fleet as monthly tables.
#[derive(Clone, Debug)]
pub struct Plan {
    timing: Timing,
    capital: CapitalPlan,
    gpus: f64,
    it_mw: f64,
    colocated: bool,
    months: Vec<Month>,
    today: Month,
    default: DefaultRisk,
    utilisation: f64,
    idle_power_share: f64,
    idle_opex_share: f64,
    pays_power: bool,
    hardware_resale_usd: f64,
    works_resale_usd: f64,
}

/// Number of GPUs that fit the site in the scenario's placement.
pub(crate) fn gpus_that_fit(scenario: &Scenario, counts: Counts) -> f64 {
    let (share, pue) = match scenario.leasing.placement {
        Placement::OwnSite => (scenario.site.convertible_share, scenario.leasing.pue),
        Placement::Colocated { pue, .. } => (1.0, pue),
    };
    let it_kw = scenario.site.capacity_mw * share * KW_PER_MW / pue;
    counts.of(it_kw / scenario.leasing.kw_per_gpu)
}

impl Plan {
    /// Sets the utilisation of the uncontracted hours.
    pub fn set_utilisation(&mut self, utilisation: f64) {
        self.utilisation = utilisation;
    }

    /// Whether a local discount raises utilisation above its input: all hours may be rented at an input below 1.
    pub(super) fn fills_up(&self) -> bool {
        self.months.iter().any(|month| month.utilisation_factor > 1.0)
    }

    /// Number of GPUs.
    pub fn gpus(&self) -> f64 {
        self.gpus
    }

    /// IT power of the fleet, MW.
    pub fn it_mw(&self) -> f64 {
        self.it_mw
    }

    /// Rented share of the uncontracted hours.
    #[inline(always)]
    fn utilisation(&self, month: &Month) -> f64 {
        (self.utilisation * month.utilisation_factor).min(1.0)
    }

    #[inline(always)]
    fn step<V: Real, S: Sink<V>>(
        &self,
        month: &Month,
        levels: &Levels<V>,
        state: &mut LeasingState<V>,
        sink: &mut S,
    ) -> Operations<V> {
        let zero = levels.rental_usd_per_gpu_hour.constant(0.0);
        let local_rental = levels.rental_usd_per_gpu_hour * month.local_factor;
        if let Some(letting) = month.letting {
            state.contracted = zero + letting.share;
            state.rental_usd_per_gpu_hour = match letting.rental {
                Rental::Agreed(usd) => zero + usd,
                Rental::OfMarket(share) => local_rental * share,
            };
        }
        let due = self.default.due(month, local_rental, state);
        let open = zero + 1.0 - state.contracted;
        let (busy_draw, utilisation) = (1.0 - self.idle_power_share, self.utilisation(month));
        let contract_hours = state.contracted * month.fleet_hours;
        let market_hours = open * month.fleet_hours * utilisation;
        let base_share = state.contracted * busy_draw + self.idle_power_share;
        let market_energy_mwh = open * (month.full_energy_mwh * busy_draw) * utilisation;
        let energy_mwh = base_share * month.full_energy_mwh + market_energy_mwh;
        let contract = contract_hours * state.rental_usd_per_gpu_hour * month.keep;
        let market = local_rental * (market_hours * month.keep);
        let rental = market + contract;
        let paid_mwh = if self.pays_power { energy_mwh } else { zero };
        let power = levels.power_usd_per_kwh * (paid_mwh * KWH_PER_MWH);
        let fixed = month.opex_usd + month.maintenance_usd;
        let standing = fixed * self.idle_opex_share;
        let idle = if month.may_idle {
            // Margin of running against the costs saved by idling. Costs that both have in full are left out: large
            // ones would add rounding error.
            (rental - power - month.replacement_usd).less(zero + fixed * (1.0 - self.idle_opex_share))
        } else {
            zero.less(zero)
        };
        let running = |value: V| V::select(idle, zero, value);
        let due_usd = due.prepayment_usd + due.termination_usd;
        let revenue = running(rental) + due_usd;
        let costs = V::select(idle, zero + standing, power + (fixed + month.replacement_usd));
        if S::LISTENS {
            let reduced = |value: f64| V::select(idle, zero - value * self.idle_opex_share, zero - value);
            sink.put(Line::Revenue, revenue);
            sink.put(Line::ContractRental, running(contract));
            sink.put(Line::MarketRental, running(market));
            sink.put(Line::Prepayment, due_usd);
            sink.put(Line::Power, -running(power));
            sink.put(Line::Opex, reduced(month.opex_usd));
            sink.put(Line::Maintenance, reduced(month.maintenance_usd));
            sink.put(Line::Replacement, -running(zero + month.replacement_usd));
            sink.put(Line::Colocation, zero - month.colocation_usd);
            sink.put(Line::EnergyMwh, running(energy_mwh));
            sink.put(Line::GpuHoursSold, running(contract_hours + market_hours));
            sink.put(Line::Idle, V::select(idle, zero + 1.0, zero));
        }
        Operations::cash(revenue - costs - month.colocation_usd)
    }
}

impl Venture for Plan {
    type Figures = Figures;
    type State<V: Real> = LeasingState<V>;

    const LINES: &'static [Line] = &[
        Line::Prepayment,
        Line::ContractRental,
        Line::MarketRental,
        Line::Maintenance,
        Line::Replacement,
        Line::Colocation,
        Line::OtherProceeds,
        Line::CapexHardware,
        Line::Deposit,
        Line::Idle,
        Line::GpuHoursSold,
    ];

    const CUSTOMER_STREAM: Option<u64> = Some(2);

    const REPLAYED_ON: ReplayedOn = ReplayedOn::Rental;

    const BOUGHT: &'static str = "GPUs";

    const SOLD_AT: Option<&'static str> = Some(RENTAL_INPUT);

    const CAPITAL_COSTS: &'static [CapitalCost] = CAPITAL_COSTS;

    fn compile(scenario: &ValidScenario, variant: Variant) -> Result<Self, NotEvaluated> {
        let leasing = &scenario.leasing;
        let horizon = scenario.horizon_months as usize;
        let timing = Timing::new(leasing.queue_months, leasing.build_months, leasing.ramp_months);
        let timing = live_in_time(timing, scenario)?.delayed(variant.delay_months);
        let gpus = match leasing.fleet {
            Fleet::FillSite => gpus_that_fit(scenario, variant.counts),
            Fleet::Count(count) => f64::from(count),
        };
        if gpus < 1.0 {
            return Err(NotEvaluated::NothingFits { unit: "GPU" });
        }
        let it_kw = gpus * leasing.kw_per_gpu;
        let (pue, colocation) = match leasing.placement {
            Placement::OwnSite => (leasing.pue, 0.0),
            Placement::Colocated { fee_usd_per_kw_month, pue, .. } => (pue, it_kw * fee_usd_per_kw_month),
        };
        let inflation = YearlySteps::new(scenario.finance.inflation, horizon);
        let hardware = gpus * leasing.gpu_price_usd.level(timing.hardware_month());
        let price_left = PriceLeft::new(leasing.resale_share, leasing.life_months);
        let terms = Terms {
            leasing,
            timing,
            gpus,
            pue,
            colocation_usd_per_month: colocation,
            inflation,
            hardware_usd: hardware,
            price_left,
        };
        let amounts = match leasing.placement {
            Placement::OwnSite => {
                let works = |t| leasing.fit_out_usd_per_it_mw.level(t) * it_kw / KW_PER_MW;
                let other_proceeds = scenario.site.legacy_resale_usd;
                Amounts { works: Works::new(&timing, works), hardware, other_proceeds, deposit: 0.0 }
            }
            Placement::Colocated { deposit_months, .. } => {
                Amounts { hardware, deposit: deposit_months * colocation, ..Amounts::default() }
            }
        };
        let life =
            WorksLife { life_years: leasing.site_life_years, resale_share: leasing.works_resale_share };
        let capital = CapitalPlan::new(horizon, &timing, &amounts, life);
        let age = (horizon - timing.planned_live()) as f64;
        Ok(Self {
            timing,
            gpus,
            it_mw: it_kw / KW_PER_MW,
            colocated: leasing.placement != Placement::OwnSite,
            months: terms.months(horizon),
            today: terms.today(),
            default: DefaultRisk::new(leasing),
            utilisation: leasing.utilisation,
            idle_power_share: leasing.idle_power_share,
            idle_opex_share: leasing.idle_opex_share,
            pays_power: leasing.pays_power(),
            hardware_resale_usd: hardware * price_left.at(age),
            works_resale_usd: capital.works_value_usd(horizon),
            capital,
        })
    }

    fn fault(scenario: &Scenario) -> Option<Fault> {
        let (Fleet::Count(count), Placement::OwnSite) = (scenario.leasing.fleet, scenario.leasing.placement)
        else {
            return None;
        };
        let fit = gpus_that_fit(scenario, Counts::Whole);
        (f64::from(count) > fit).then(|| Fault {
            id: "leasing.fleet".to_owned(),
            value: format!("Count({count})"),
            allowed: format!("at most {fit} GPUs of {} kW fit on the own site", scenario.leasing.kw_per_gpu),
        })
    }

    fn depends_on(market: Factor, scenario: &Scenario) -> bool {
        match market {
            Factor::Rental => true,
            Factor::Power => scenario.leasing.pays_power(),
            Factor::Bitcoin | Factor::Network => false,
        }
    }

    fn works_risk(scenario: &Scenario) -> WorksRisk {
        works_risk!(scenario.leasing)
    }

    fn is_on_site(&self) -> bool {
        !self.colocated
    }

    fn debt(scenario: &Scenario) -> Debt {
        scenario.leasing.debt
    }

    fn figures(&self, run: &Run<'_>) -> Figures {
        Figures::new(self, run)
    }

    #[inline(always)]
    fn start<V: Real>(&self, like: V) -> LeasingState<V> {
        let zero = like.constant(0.0);
        LeasingState { contracted: zero, rental_usd_per_gpu_hour: zero, customer: Customer::faithful(like) }
    }

    #[inline(always)]
    fn operate<V: Real, S: Sink<V>>(
        &self,
        t: usize,
        levels: &Levels<V>,
        state: &mut LeasingState<V>,
        sink: &mut S,
    ) -> Operations<V> {
        let month = &self.months[t];
        if !month.live {
            let zero = levels.rental_usd_per_gpu_hour.constant(0.0);
            let prepayment = zero + month.prepayment_usd;
            if S::LISTENS && month.prepayment_usd != 0.0 {
                sink.put(Line::Revenue, prepayment);
                sink.put(Line::Prepayment, prepayment);
            }
            return Operations::cash(prepayment);
        }
        self.step(month, levels, state, sink)
    }

    #[inline(always)]
    fn end_proceeds<V: Real>(&self, levels: &Levels<V>, _: &LeasingState<V>) -> V {
        let proceeds = self.hardware_resale_usd + self.works_resale_usd + self.capital.deposit_usd();
        levels.rental_usd_per_gpu_hour.constant(proceeds)
    }

    fn works_end_value_usd(&self) -> f64 {
        self.works_resale_usd
    }

    fn customer_can_fail(scenario: &Scenario) -> bool {
        let leasing = &scenario.leasing;
        leasing.default_hazard_per_year > 0.0 && leasing.contract_share > 0.0 && leasing.contract_months > 0
    }

    #[inline(always)]
    fn term_begun(&self, t: usize) -> Option<usize> {
        if self.default.credit.can_fail() { self.months[t].term.begun() } else { None }
    }

    #[inline(always)]
    fn customer<V: Real>(state: &LeasingState<V>) -> Option<&Customer<V>> {
        Some(&state.customer)
    }

    #[inline(always)]
    fn customer_mut<V: Real>(state: &mut LeasingState<V>) -> Option<&mut Customer<V>> {
        Some(&mut state.customer)
    }

    fn cash_today(&self, start: &Levels<f64>) -> f64 {
        self.step(&self.today, start, &mut self.start(0.0), &mut ()).cash
    }

    fn capital(&self) -> &CapitalPlan {
        &self.capital
    }

    fn timing(&self) -> Timing {
        self.timing
    }
}
