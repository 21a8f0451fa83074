//! Space and power let to AI customers who bring their GPUs.

use super::Figures;
use super::lease::{EndOfPlan, Month, Terms};
use crate::business::Business;
use crate::business::hosting::HostingPower;
use crate::kernel::{
    Amounts, CapitalPlan, Levels, Line, NotEvaluated, Operations, Run, Sink, Timing, Venture, Works,
    WorksLife, YearlySteps, live_in_time, monthly_discount,
};
use crate::number::Real;
use crate::scenario::{Debt, Factor, Scenario, ValidScenario};
use crate::units::{KW_PER_MW, KWH_PER_MWH};

/// A hosting site as monthly tables.
#[derive(Clone, Debug)]
pub struct Plan {
    timing: Timing,
    capital: CapitalPlan,
    it_mw: f64,
    months: Vec<Month>,
    today: Month,
    power: HostingPower,
    credit_limit: f64,
    customer_funded_usd: f64,
    default: DefaultRisk,
    end: EndOfPlan,
}

/// What a customer's default does.
#[derive(Clone, Copy, Debug, Default)]
struct DefaultRisk {
    /// Probability of a default in a month of a running term.
    monthly_probability: f64,
    /// Months until the hall is let again.
    relet_months: f64,
    /// The fee afterwards over the fee of the contract.
    relet_factor: f64,
}

/// Credit left against what the customer funded, and what a default left behind.
#[derive(Clone, Copy, Debug)]
pub struct HostingState<V> {
    credit_left: V,
    /// 1 once the tenant of the running term has defaulted, else 0.
    defaulted: V,
    /// Months until the hall is let again after a default.
    relet_left: V,
}

/// How the hall is let in a month.
struct Tenancy<V: Real> {
    /// 0 while it stands empty after a default, else 1.
    share: V,
    /// A defaulted tenant was there before in this term.
    is_relet: V::Mask,
}

impl Plan {
    /// IT power, MW.
    pub fn it_mw(&self) -> f64 {
        self.it_mw
    }

    /// Whether the landlord pays for power.
    pub fn pays_power(&self) -> bool {
        self.power == HostingPower::Landlord
    }

    /// What the customer funds and is credited later, USD.
    pub fn customer_funded_usd(&self) -> f64 {
        self.customer_funded_usd
    }

    /// Whether the hall is let this month, and by whom, after the draw of a default.
    ///
    /// A default ends the credit; nothing is due for a while, then the hall is let again at a discount until
    /// the term ends. It happens once a term at most.
    #[inline(always)]
    fn tenancy<V: Real>(&self, month: &Month, levels: &Levels<V>, state: &mut HostingState<V>) -> Tenancy<V> {
        let zero = state.defaulted.constant(0.0);
        let one = zero + 1.0;
        if month.tenant.begins_term {
            (state.defaulted, state.relet_left) = (zero, zero);
        }
        if month.tenant.is_let && self.default.monthly_probability > 0.0 {
            let probability = zero + self.default.monthly_probability;
            let defaults = levels.default_draw.less(probability) & state.defaulted.less(one);
            state.relet_left =
                V::select(defaults, zero + (self.default.relet_months + 1.0), state.relet_left);
            state.credit_left = V::select(defaults, zero, state.credit_left);
            state.defaulted = V::select(defaults, one, state.defaulted);
        }
        // The month of the default is the first of those in which nothing is due.
        state.relet_left = (state.relet_left - 1.0).max(zero);
        let is_empty = zero.less(state.relet_left);
        Tenancy { share: V::select(is_empty, zero, one), is_relet: zero.less(state.defaulted) }
    }

    #[inline(always)]
    fn step<V: Real, S: Sink<V>>(
        &self,
        month: &Month,
        levels: &Levels<V>,
        state: &mut HostingState<V>,
        sink: &mut S,
    ) -> Operations<V> {
        let zero = levels.power_usd_per_kwh.constant(0.0);
        if !month.tenant.is_first {
            state.credit_left = zero;
        }
        let tenancy = self.tenancy(month, levels, state);
        let fee_due = V::select(
            tenancy.is_relet,
            tenancy.share * (month.fee_usd * self.default.relet_factor),
            zero + month.fee_due_usd(),
        );
        let credit = state.credit_left.min(fee_due * self.credit_limit);
        state.credit_left = state.credit_left - credit;
        let power = levels.power_usd_per_kwh * (tenancy.share * (month.energy_mwh * KWH_PER_MWH));
        let billed_on = match self.power {
            HostingPower::PassThrough => power,
            HostingPower::Landlord => zero,
        };
        let received = month.prepayment_usd.max(0.0);
        let revenue = billed_on - credit + fee_due + received;
        if S::LISTENS {
            // What was prepaid is earned in its month, and its use booked against it.
            let used = month.prepayment_usd.min(0.0);
            sink.put(Line::Revenue, revenue);
            sink.put(Line::Fees, fee_due - used);
            sink.put(Line::PowerBilledOn, billed_on);
            sink.put(Line::CreditToCustomer, -credit);
            sink.put(Line::Prepayment, zero + month.prepayment_usd);
            sink.put(Line::Power, -power);
            sink.put(Line::Opex, zero - month.opex_usd);
            sink.put(Line::EnergyMwh, tenancy.share * month.energy_mwh);
            sink.put(Line::KwMonthsLet, tenancy.share * month.kw_months_let);
        }
        // Power that is billed on costs nothing; adding it and taking it away would leave the noise of its rounding.
        let own_power = power - billed_on;
        Operations::cash(fee_due + received - credit - own_power - month.opex_usd)
    }
}

impl Venture for Plan {
    type Figures = Figures;
    type State<V: Real> = HostingState<V>;

    const LINES: &'static [Line] = &[
        Line::Fees,
        Line::PowerBilledOn,
        Line::CreditToCustomer,
        Line::Prepayment,
        Line::OtherProceeds,
        Line::KwMonthsLet,
    ];

    fn compile(scenario: &ValidScenario) -> Result<Self, NotEvaluated> {
        let hosting = &scenario.hosting;
        let horizon = scenario.horizon_months as usize;
        let timing = Timing::new(hosting.queue_months, hosting.build_months, hosting.ramp_months);
        let timing = live_in_time(timing, scenario)?;
        let it_kw = scenario.site.capacity_mw * scenario.site.convertible_share * KW_PER_MW / hosting.pue;
        if it_kw <= 0.0 {
            return Err(NotEvaluated::NothingFits { unit: "kW of IT power" });
        }
        let fit_out = Works::new(&timing, |t| hosting.fit_out_usd_per_it_mw.level(t) * it_kw / KW_PER_MW);
        let amounts = Amounts {
            works: fit_out.share(1.0 - hosting.customer_capex_share),
            other_proceeds: scenario.site.legacy_resale_usd,
            ..Amounts::default()
        };
        let life =
            WorksLife { life_years: hosting.site_life_years, resale_share: hosting.works_resale_share };
        let capital = CapitalPlan::new(horizon, &timing, amounts, life);
        // The running lease and prepaid months may reach beyond the plan.
        let longest = horizon + (hosting.term_months + hosting.prepaid_months) as usize;
        let inflation = YearlySteps::new(scenario.finance.inflation, longest);
        let escalation = YearlySteps::new(hosting.fee_escalator, longest);
        let fee_usd_per_kw_month = hosting.fee_usd_per_kw_month.level(timing.queue);
        let terms = Terms { hosting, timing, it_kw, fee_usd_per_kw_month, inflation, escalation };
        let mut months: Vec<Month> = (0..=horizon).map(|t| terms.month(t)).collect();
        let prepaid_until = timing.live() + hosting.prepaid_months as usize;
        let prepaid: f64 = (timing.live() + 1..=prepaid_until).map(|t| terms.month(t).fee_usd).sum();
        months[timing.live()].prepayment_usd = prepaid;
        Ok(Self {
            timing,
            it_mw: it_kw / KW_PER_MW,
            months,
            today: terms.today(),
            power: hosting.power,
            credit_limit: hosting.credit_limit,
            customer_funded_usd: fit_out.usd() * hosting.customer_capex_share,
            default: DefaultRisk {
                monthly_probability: -(-hosting.default_hazard_per_year / 12.0).exp_m1(),
                relet_months: f64::from(hosting.relet_months),
                relet_factor: 1.0 - hosting.relet_discount,
            },
            end: terms.end(horizon, &capital, monthly_discount(Business::Hosting.discount_rate(scenario))),
            capital,
        })
    }

    /// Power that is billed on at cost is the customer's.
    fn depends_on(market: Factor, scenario: &Scenario) -> bool {
        market == Factor::Power && scenario.hosting.power == HostingPower::Landlord
    }

    fn debt(scenario: &Scenario) -> Debt {
        scenario.hosting.debt
    }

    fn figures(&self, run: &Run<'_>) -> Figures {
        Figures::new(self, run)
    }

    #[inline(always)]
    fn start<V: Real>(&self, like: V) -> HostingState<V> {
        let zero = like.constant(0.0);
        HostingState { credit_left: zero + self.customer_funded_usd, defaulted: zero, relet_left: zero }
    }

    #[inline(always)]
    fn operate<V: Real, S: Sink<V>>(
        &self,
        t: usize,
        levels: &Levels<V>,
        state: &mut HostingState<V>,
        sink: &mut S,
    ) -> Operations<V> {
        let month = &self.months[t];
        if !month.live {
            // Before live only the prepayment of month L can come in.
            let zero = levels.power_usd_per_kwh.constant(0.0);
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
    fn end_proceeds<V: Real>(&self, levels: &Levels<V>, state: &HostingState<V>) -> V {
        let mut left = state.credit_left;
        let zero = left.constant(0.0);
        let (mut fees, mut energy_mwh) = (zero + self.end.fees_usd, zero + self.end.energy_mwh);
        let is_relet = zero.less(state.defaulted);
        if V::any(is_relet) {
            // The months left empty are whole numbers up to those of a default.
            for (empty, relet) in self.end.relet_fees_usd.iter().zip(&self.end.relet_energy_mwh).enumerate() {
                // In month `T` itself the hall may have been the last month empty.
                let left_empty = (state.relet_left - 1.0).max(zero);
                let holds = is_relet & !left_empty.less(zero + (empty as f64 - 0.5));
                fees = V::select(holds, zero + *relet.0, fees);
                energy_mwh = V::select(holds, zero + *relet.1, energy_mwh);
            }
        }
        let mut worth = fees + self.end.fixed_usd;
        if self.customer_funded_usd > 0.0 {
            for &(fee_due, factor) in &self.end.credited_fees {
                let credit = left.min(left.constant(self.credit_limit * fee_due));
                left = left - credit;
                worth = worth - credit * factor;
            }
        }
        match self.power {
            HostingPower::PassThrough => worth,
            HostingPower::Landlord => worth - levels.power_usd_per_kwh * energy_mwh * KWH_PER_MWH,
        }
    }

    fn months_after_end(&self) -> usize {
        self.end.term_months
    }

    #[inline(always)]
    fn defaulted<V: Real>(&self, state: &HostingState<V>) -> Option<V> {
        Some(state.defaulted)
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
