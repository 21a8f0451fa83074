//! Own GPUs rented by the hour, on the own site or in somebody else's data centre.

use super::Figures;
use super::customer::{DefaultRisk, LeasingState};
use crate::business::leasing::{Fleet, Inputs, Placement};
use crate::kernel::{
    Amounts, CapitalPlan, Customer, Levels, Line, NotEvaluated, Operations, Run, Sink, TermMonth, Timing,
    Venture, WorksLife, YearlySteps, live_in_time, price_left, whole_machines,
};
use crate::number::Real;
use crate::scenario::{Debt, Factor, Fault, Scenario, ValidScenario, WorksRisk};
use crate::units::{HOURS_PER_MONTH, KW_PER_MW, KWH_PER_MWH};

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
    idle_opex_share: f64,
    pays_power: bool,
    hardware_resale_usd: f64,
    works_resale_usd: f64,
}

/// What is known of a month before its market.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Month {
    live: bool,
    may_idle: bool,
    /// Where the month stands in the contract.
    pub term: TermMonth,
    /// Months of contract rental that a customer pays who leaves in this month.
    pub termination_months: f64,
    /// Number of the contract, counted from 0, in its first month.
    contract_begun: Option<usize>,
    pub contract_rental_usd: f64,
    pub contract_hours: f64,
    /// Hours that the market would rent at full utilisation, h.
    pub market_hours: f64,
    /// Share of the revenue that is kept, fraction.
    keep: f64,
    /// Prepayment received (positive) or credited (negative), USD.
    pub prepayment_usd: f64,
    /// Energy without market rentals, MWh.
    pub base_energy_mwh: f64,
    /// Energy that the market adds at full utilisation, MWh.
    pub market_energy_mwh: f64,
    /// Energy of a fleet that nobody rents, MWh.
    pub idle_energy_mwh: f64,
    /// Energy that a fleet adds that is rented in full, MWh.
    pub busy_energy_mwh: f64,
    opex_usd: f64,
    maintenance_usd: f64,
    replacement_usd: f64,
    colocation_usd: f64,
}

/// Quantities of a scenario from which every month is made.
struct Terms<'a> {
    leasing: &'a Inputs,
    timing: Timing,
    gpus: f64,
    pue: f64,
    colocation_usd_per_month: f64,
    inflation: YearlySteps,
}

impl Terms<'_> {
    /// Rental under contract in a month at full share, USD.
    fn contract_rental_usd(&self, share: f64, contracted: f64) -> f64 {
        self.sold_hours(share) * contracted * self.leasing.contract_usd_per_gpu_hour * self.keep()
    }

    fn keep(&self) -> f64 {
        1.0 - self.leasing.revenue_share
    }

    fn sold_hours(&self, share: f64) -> f64 {
        self.gpus * self.leasing.availability * HOURS_PER_MONTH * share
    }

    fn contracted_share(&self, t: usize) -> f64 {
        let under_contract = t <= self.timing.live() + self.leasing.contract_months as usize;
        if under_contract { self.leasing.contract_share } else { 0.0 }
    }

    /// A month at `share` of full operation with GPUs `age_months` old.
    fn month(&self, share: f64, contracted: f64, age_months: f64, inflation: f64) -> Month {
        let leasing = self.leasing;
        let full_energy = self.gpus * leasing.kw_per_gpu * self.pue * HOURS_PER_MONTH * share / KWH_PER_MWH;
        let idle_draw = leasing.idle_power_share;
        let hardware = self.gpus * leasing.gpu_price_usd;
        let in_warranty = age_months < f64::from(leasing.warranty_months);
        Month {
            live: true,
            may_idle: false,
            term: TermMonth::default(),
            termination_months: 0.0,
            contract_begun: None,
            contract_rental_usd: self.contract_rental_usd(share, contracted),
            contract_hours: self.sold_hours(share) * contracted,
            market_hours: self.sold_hours(share) * (1.0 - contracted),
            keep: self.keep(),
            prepayment_usd: 0.0,
            base_energy_mwh: full_energy * (idle_draw + (1.0 - idle_draw) * contracted),
            market_energy_mwh: full_energy * (1.0 - idle_draw) * (1.0 - contracted),
            idle_energy_mwh: full_energy * idle_draw,
            busy_energy_mwh: full_energy * (1.0 - idle_draw),
            opex_usd: self.gpus * HOURS_PER_MONTH * leasing.opex_usd_per_gpu_hour * share * inflation,
            maintenance_usd: hardware * leasing.maintenance_per_year / 12.0 * share * inflation,
            replacement_usd: if in_warranty {
                0.0
            } else {
                hardware * leasing.replacement_per_year / 12.0
                    * price_left(leasing.resale_share, age_months, leasing.life_months)
            },
            colocation_usd: self.colocation_usd_per_month * inflation,
        }
    }

    fn months(&self, horizon: usize) -> Vec<Month> {
        let live = self.timing.live();
        let month = |t: usize| {
            if t <= live {
                return Month::default();
            }
            // Hardware ages from when it was planned to run.
            let age_months = (t - self.timing.planned_live()) as f64 - 0.5;
            let inflation = self.inflation.of_month(t);
            let month = self.month(self.timing.share(t), self.contracted_share(t), age_months, inflation);
            let may_idle = self.timing.may_idle(t) && self.leasing.idle_when_unprofitable;
            Month { may_idle, ..month }
        };
        let mut months: Vec<Month> = (0..=horizon).map(month).collect();
        self.prepay(&mut months);
        self.contract(&mut months);
        months
    }

    /// Marks the months of the contract. A customer that has paid for all of them in advance owes nothing.
    fn contract(&self, months: &mut [Month]) {
        let leasing = self.leasing;
        let (first, length) = (self.timing.live() + 1, leasing.contract_months as usize);
        if leasing.contract_share == 0.0 {
            return;
        }
        for (index, month) in months.iter_mut().skip(first).take(length).enumerate() {
            let may_fail = leasing.prepaid_share < 1.0;
            month.term = TermMonth { month: (first + index) as f64, begins: first as f64, may_fail };
            month.termination_months = (length - index).min(leasing.termination_months as usize) as f64;
            month.contract_begun = (index == 0).then_some(0);
        }
    }

    /// Moves the prepaid share of the contract revenue within the plan to month `L`, and credits it evenly
    /// over the months of the contract.
    fn prepay(&self, months: &mut [Month]) {
        let live = self.timing.live();
        let last = (live + self.leasing.contract_months as usize).min(months.len() - 1);
        if self.leasing.prepaid_share == 0.0 || last <= live {
            return;
        }
        let revenue: f64 = months[live + 1..=last].iter().map(|month| month.contract_rental_usd).sum();
        let prepaid = self.leasing.prepaid_share * revenue;
        months[live].prepayment_usd = prepaid;
        for month in &mut months[live + 1..=last] {
            month.prepayment_usd = -prepaid / (last - live) as f64;
        }
    }
}

/// Number of GPUs that the site carries in the scenario's placement.
pub(crate) fn gpus_that_fit(scenario: &Scenario) -> f64 {
    let (share, pue) = match scenario.leasing.placement {
        Placement::OwnSite => (scenario.site.convertible_share, scenario.leasing.pue),
        Placement::Colocated { pue, .. } => (1.0, pue),
    };
    let it_kw = scenario.site.capacity_mw * share * KW_PER_MW / pue;
    whole_machines(it_kw / scenario.leasing.kw_per_gpu)
}

impl Plan {
    /// Changes the utilisation of the uncontracted hours.
    pub fn set_utilisation(&mut self, utilisation: f64) {
        self.utilisation = utilisation;
    }

    /// Number of GPUs.
    pub fn gpus(&self) -> f64 {
        self.gpus
    }

    /// IT power of the fleet, MW.
    pub fn it_mw(&self) -> f64 {
        self.it_mw
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
        let lettings = self.default.lettings(month, levels, state);
        let market_hours = lettings.market_hours * self.utilisation;
        let energy_mwh = lettings.base_energy_mwh + lettings.market_energy_mwh * self.utilisation;
        let market = levels.rental_usd_per_gpu_hour * (market_hours * month.keep);
        let rental = market + lettings.contract_rental_usd;
        let paid_mwh = if self.pays_power { energy_mwh } else { zero };
        let power = levels.power_usd_per_kwh * (paid_mwh * KWH_PER_MWH);
        let fixed = month.opex_usd + month.maintenance_usd;
        let standing = fixed * self.idle_opex_share;
        let idle = if month.may_idle {
            // What running earns beside what standing still saves: a cost that both have in full, however large,
            // does not blur the comparison.
            (rental - power - month.replacement_usd).less(zero + fixed * (1.0 - self.idle_opex_share))
        } else {
            zero.less(zero)
        };
        let running = |value: V| V::select(idle, zero, value);
        // What falls due whether the fleet runs or not.
        let due = lettings.prepayment_usd + lettings.termination_usd;
        let revenue = running(rental) + due;
        let costs = V::select(idle, zero + standing, power + (fixed + month.replacement_usd));
        if S::LISTENS {
            let reduced = |value: f64| V::select(idle, zero - value * self.idle_opex_share, zero - value);
            sink.put(Line::Revenue, revenue);
            sink.put(Line::ContractRental, running(lettings.contract_rental_usd));
            sink.put(Line::MarketRental, running(market));
            sink.put(Line::Prepayment, due);
            sink.put(Line::Power, -running(power));
            sink.put(Line::Opex, reduced(month.opex_usd));
            sink.put(Line::Maintenance, reduced(month.maintenance_usd));
            sink.put(Line::Replacement, -running(zero + month.replacement_usd));
            sink.put(Line::Colocation, zero - month.colocation_usd);
            sink.put(Line::EnergyMwh, running(energy_mwh));
            sink.put(Line::GpuHoursSold, running(lettings.contract_hours + market_hours));
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

    fn compile(scenario: &ValidScenario, delay_months: usize) -> Result<Self, NotEvaluated> {
        let leasing = &scenario.leasing;
        let horizon = scenario.horizon_months as usize;
        let timing = Timing::new(leasing.queue_months, leasing.build_months, leasing.ramp_months);
        let timing = live_in_time(timing, scenario)?.delayed(delay_months);
        let gpus = match leasing.fleet {
            Fleet::FillSite => gpus_that_fit(scenario),
            Fleet::Count(count) => f64::from(count),
        };
        if gpus < 1.0 {
            return Err(NotEvaluated::NothingFits { unit: "GPU" });
        }
        let it_kw = gpus * leasing.kw_per_gpu;
        let hardware = gpus * leasing.gpu_price_usd;
        let (amounts, pue, colocation) = match leasing.placement {
            Placement::OwnSite => {
                let works = leasing.fit_out_usd_per_it_mw * it_kw / KW_PER_MW;
                let other_proceeds = scenario.site.legacy_resale_usd;
                (Amounts { works, hardware, other_proceeds, deposit: 0.0 }, leasing.pue, 0.0)
            }
            Placement::Colocated { fee_usd_per_kw_month, pue, deposit_months, .. } => {
                let fee = it_kw * fee_usd_per_kw_month;
                (Amounts { hardware, deposit: deposit_months * fee, ..Amounts::default() }, pue, fee)
            }
        };
        let life =
            WorksLife { life_years: leasing.site_life_years, resale_share: leasing.works_resale_share };
        let capital = CapitalPlan::new(horizon, &timing, amounts, life);
        let inflation = YearlySteps::new(scenario.finance.inflation, horizon);
        let terms = Terms { leasing, timing, gpus, pue, colocation_usd_per_month: colocation, inflation };
        let age = (horizon - timing.planned_live()) as f64;
        let today = terms.month(1.0, terms.contracted_share(timing.live() + 1), 0.0, 1.0);
        Ok(Self {
            timing,
            gpus,
            it_mw: it_kw / KW_PER_MW,
            colocated: leasing.placement != Placement::OwnSite,
            months: terms.months(horizon),
            today,
            default: DefaultRisk::new(leasing),
            utilisation: leasing.utilisation,
            idle_opex_share: leasing.idle_opex_share,
            pays_power: leasing.pays_power(),
            hardware_resale_usd: hardware * price_left(leasing.resale_share, age, leasing.life_months),
            works_resale_usd: capital.works_value_usd(horizon),
            capital,
        })
    }

    fn fault(scenario: &Scenario) -> Option<Fault> {
        let (Fleet::Count(count), Placement::OwnSite) = (scenario.leasing.fleet, scenario.leasing.placement)
        else {
            return None;
        };
        let fit = gpus_that_fit(scenario);
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
        scenario.leasing.works_risk()
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
        LeasingState { customer: Customer::faithful(like) }
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

    fn term_begun(&self, t: usize) -> Option<usize> {
        self.months[t].contract_begun.filter(|_| self.default.credit.can_fail())
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
