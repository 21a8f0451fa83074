//! Space and power let to AI customers who bring their GPUs.

use super::capital::{Amounts, WorksLife};
use super::{
    BusinessPlan, CapitalPlan, Levels, Line, NotEvaluated, Operations, Sink, Timing, YearlySteps,
    live_in_time, monthly_discount,
};
use crate::number::Real;
use crate::scenario::{EndValue, Hosting, HostingPower, ValidScenario};
use crate::{HOURS_PER_MONTH, KW_PER_MW, KWH_PER_MWH};

/// A hosting site as monthly tables.
#[derive(Clone, Debug)]
pub struct HostingPlan {
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

/// What is known of a month before its market.
#[derive(Clone, Copy, Debug, Default)]
struct Month {
    live: bool,
    /// Where the month stands in its lease.
    tenant: Tenant,
    /// The fee earned, USD.
    fee_usd: f64,
    /// Prepayment received (positive) or its use for this month's fee (negative), USD.
    prepayment_usd: f64,
    energy_mwh: f64,
    opex_usd: f64,
    kw_months_let: f64,
}

/// Where a month stands in its lease.
#[derive(Clone, Copy, Debug, Default)]
struct Tenant {
    /// The customer who funded the fit-out is still there.
    is_first: bool,
    /// A new term begins, so that what the last tenant did is forgotten.
    begins_term: bool,
    /// A term runs.
    is_let: bool,
}

impl Month {
    /// The fee that is still to be paid this month, USD.
    fn fee_due_usd(&self) -> f64 {
        self.fee_usd + self.prepayment_usd.min(0.0)
    }
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

/// The worth of the site at `T`, USD at that time.
#[derive(Clone, Debug, Default)]
struct EndOfPlan {
    /// The works at the end of the term less opex after `T`.
    fixed_usd: f64,
    /// Fees still due after `T` when the tenant stays.
    fees_usd: f64,
    /// Fees of a hall that is let again at the discount, by the months that it still stands empty after `T`.
    relet_fees_usd: Vec<f64>,
    /// Energy that the landlord pays after `T` in a hall that is let again, by the same months, MWh.
    relet_energy_mwh: Vec<f64>,
    /// Energy that the landlord pays after `T`, discounted, MWh.
    energy_mwh: f64,
    /// Fees due after `T` while the funding customer stays, and their discount factors.
    credited_fees: Vec<(f64, f64)>,
}

/// Where a live month stands in the cycle of leases and vacancies.
#[derive(Clone, Copy, Debug)]
struct Lease {
    /// Months since the first live month.
    since_live: usize,
    /// Number of renewals so far.
    renewals: usize,
    /// Months left in the running term, this one included; 0 in a vacancy.
    months_left: usize,
}

impl Lease {
    fn at(since_live: usize, hosting: &Hosting) -> Self {
        let (term, vacancy) = (hosting.term_months as usize, hosting.vacancy_months as usize);
        let within = since_live % (term + vacancy);
        Self { since_live, renewals: since_live / (term + vacancy), months_left: term.saturating_sub(within) }
    }

    const fn is_let(&self) -> bool {
        self.months_left > 0
    }
}

/// Quantities of a scenario from which every month is made.
struct Terms<'a> {
    hosting: &'a Hosting,
    timing: Timing,
    it_kw: f64,
    inflation: YearlySteps,
    escalation: YearlySteps,
}

impl Terms<'_> {
    fn lease(&self, t: usize) -> Option<Lease> {
        t.checked_sub(self.timing.live() + 1).map(|since_live| Lease::at(since_live, self.hosting))
    }

    fn fee_usd(&self, lease: &Lease, share: f64) -> f64 {
        if !lease.is_let() {
            return 0.0;
        }
        let hosting = self.hosting;
        let escalation = self.escalation.after(lease.since_live);
        let renewal =
            if lease.renewals == 0 { 1.0 } else { hosting.renewal_factor.powi(lease.renewals as i32) };
        self.it_kw * hosting.occupancy * hosting.fee_usd_per_kw_month * escalation * renewal * share
    }

    fn month(&self, t: usize) -> Month {
        let Some(lease) = self.lease(t) else { return Month::default() };
        let share = self.timing.share(t);
        let fee_usd = self.fee_usd(&lease, share);
        let let_share = if lease.is_let() { share * self.hosting.occupancy } else { 0.0 };
        let prepaid = lease.since_live < self.hosting.prepaid_months as usize;
        Month {
            live: true,
            fee_usd,
            prepayment_usd: if prepaid { -fee_usd } else { 0.0 },
            tenant: Tenant {
                is_first: lease.since_live < self.hosting.term_months as usize,
                begins_term: lease.months_left == self.hosting.term_months as usize,
                is_let: lease.is_let(),
            },
            energy_mwh: self.energy_mwh(let_share),
            opex_usd: self.it_kw * self.hosting.opex_usd_per_kw_month * self.inflation.of_month(t),
            kw_months_let: self.it_kw * let_share,
        }
    }

    fn energy_mwh(&self, let_share: f64) -> f64 {
        self.it_kw * self.hosting.pue * self.hosting.load_factor * let_share * HOURS_PER_MONTH / KWH_PER_MWH
    }

    fn today(&self) -> Month {
        let lease = Lease::at(0, self.hosting);
        Month {
            live: true,
            fee_usd: self.fee_usd(&lease, 1.0),
            prepayment_usd: 0.0,
            tenant: Tenant { is_first: false, begins_term: false, is_let: true },
            energy_mwh: self.energy_mwh(self.hosting.occupancy),
            opex_usd: self.it_kw * self.hosting.opex_usd_per_kw_month,
            kw_months_let: self.it_kw * self.hosting.occupancy,
        }
    }

    fn end(&self, horizon: usize, capital: &CapitalPlan, discount: f64) -> EndOfPlan {
        let mut end = EndOfPlan::default();
        let running = match self.hosting.end_value {
            EndValue::Works => 0,
            // The lease of month T itself; its last month leaves nothing to come.
            EndValue::RunningTerm => self.lease(horizon).map_or(0, |l| l.months_left.saturating_sub(1)),
        };
        let mut factor = 1.0;
        let mut later = Vec::with_capacity(running);
        for t in horizon + 1..=horizon + running {
            factor *= discount;
            let month = self.month(t);
            end.fixed_usd -= month.opex_usd * factor;
            end.fees_usd += month.fee_due_usd() * factor;
            end.energy_mwh += month.energy_mwh * factor;
            later.push((month.fee_usd * factor, month.energy_mwh * factor));
            if month.tenant.is_first {
                end.credited_fees.push((month.fee_due_usd(), factor));
            }
        }
        end.fixed_usd += capital.works_value_usd(horizon + running) * factor;
        // What is left from each month on, as far as a hall can still stand empty.
        let empty_months = self.hosting.relet_months as usize + 1;
        (end.relet_fees_usd, end.relet_energy_mwh) = (vec![0.0; empty_months], vec![0.0; empty_months]);
        let (mut fees, mut energy) = (0.0, 0.0);
        for (empty, (later_fees, later_energy)) in later.into_iter().enumerate().rev() {
            fees += later_fees;
            energy += later_energy;
            if empty < empty_months {
                end.relet_fees_usd[empty] = fees * (1.0 - self.hosting.relet_discount);
                end.relet_energy_mwh[empty] = energy;
            }
        }
        end
    }
}

impl HostingPlan {
    /// Compiles the hosting business of a scenario.
    ///
    /// # Errors
    /// When it cannot be live within the plan, or the site has no convertible power.
    pub fn compile(scenario: &ValidScenario) -> Result<Self, NotEvaluated> {
        let hosting = &scenario.hosting;
        let horizon = scenario.horizon_months as usize;
        let timing = Timing::new(hosting.queue_months, hosting.build_months, hosting.ramp_months);
        let timing = live_in_time(timing, scenario)?;
        let it_kw = scenario.site.capacity_mw * scenario.site.convertible_share * KW_PER_MW / hosting.pue;
        if it_kw <= 0.0 {
            return Err(NotEvaluated::NothingFits { unit: "kW of IT power" });
        }
        let fit_out = hosting.fit_out_usd_per_it_mw * it_kw / KW_PER_MW;
        let amounts = Amounts {
            works: fit_out * (1.0 - hosting.customer_capex_share),
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
        let terms = Terms { hosting, timing, it_kw, inflation, escalation };
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
            customer_funded_usd: fit_out * hosting.customer_capex_share,
            default: DefaultRisk {
                monthly_probability: -(-hosting.default_hazard_per_year / 12.0).exp_m1(),
                relet_months: f64::from(hosting.relet_months),
                relet_factor: 1.0 - hosting.relet_discount,
            },
            end: terms.end(horizon, &capital, monthly_discount(scenario.finance.discount_rate)),
            capital,
        })
    }

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

    /// 1 once the tenant of the running term has defaulted, else 0.
    #[inline(always)]
    pub fn defaulted<V: Real>(&self, state: &HostingState<V>) -> V {
        state.defaulted
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
        Operations::cash(revenue - power - month.opex_usd)
    }
}

impl BusinessPlan for HostingPlan {
    type State<V: Real> = HostingState<V>;

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
