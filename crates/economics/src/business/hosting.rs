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
    end: EndOfPlan,
}

/// What is known of a month before its market.
#[derive(Clone, Copy, Debug, Default)]
struct Month {
    live: bool,
    /// The fee earned, USD.
    fee_usd: f64,
    /// Prepayment received (positive) or its use for this month's fee (negative), USD.
    prepayment_usd: f64,
    /// The customer who funded the fit-out is still there.
    first_tenant: bool,
    energy_mwh: f64,
    opex_usd: f64,
    kw_months_let: f64,
}

impl Month {
    /// The fee that is still to be paid this month, USD.
    fn fee_due_usd(&self) -> f64 {
        self.fee_usd + self.prepayment_usd.min(0.0)
    }
}

/// Credit left against what the customer funded.
#[derive(Clone, Copy, Debug)]
pub struct HostingState<V> {
    credit_left: V,
}

/// The worth of the site at `T`, USD at that time.
#[derive(Clone, Debug, Default)]
struct EndOfPlan {
    /// Fees still due less opex after `T`, and the works at the end of the term.
    fixed_usd: f64,
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
            first_tenant: lease.since_live < self.hosting.term_months as usize,
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
            first_tenant: false,
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
        for t in horizon + 1..=horizon + running {
            factor *= discount;
            let month = self.month(t);
            end.fixed_usd += (month.fee_due_usd() - month.opex_usd) * factor;
            end.energy_mwh += month.energy_mwh * factor;
            if month.first_tenant {
                end.credited_fees.push((month.fee_due_usd(), factor));
            }
        }
        end.fixed_usd += capital.works_value_usd(horizon + running) * factor;
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

    #[inline(always)]
    fn step<V: Real, S: Sink<V>>(
        &self,
        month: &Month,
        levels: &Levels<V>,
        state: &mut HostingState<V>,
        sink: &mut S,
    ) -> Operations<V> {
        let zero = levels.power_usd_per_kwh.constant(0.0);
        if !month.first_tenant {
            state.credit_left = zero;
        }
        let credit = state.credit_left.min(zero + self.credit_limit * month.fee_due_usd());
        state.credit_left = state.credit_left - credit;
        let power = levels.power_usd_per_kwh * (month.energy_mwh * KWH_PER_MWH);
        let billed_on = match self.power {
            HostingPower::PassThrough => power,
            HostingPower::Landlord => zero,
        };
        let revenue = billed_on - credit + (month.fee_usd + month.prepayment_usd);
        if S::LISTENS {
            sink.put(Line::Revenue, revenue);
            sink.put(Line::Fees, zero + month.fee_usd);
            sink.put(Line::PowerBilledOn, billed_on);
            sink.put(Line::CreditToCustomer, -credit);
            sink.put(Line::Prepayment, zero + month.prepayment_usd);
            sink.put(Line::Power, -power);
            sink.put(Line::Opex, zero - month.opex_usd);
            sink.put(Line::EnergyMwh, zero + month.energy_mwh);
            sink.put(Line::KwMonthsLet, zero + month.kw_months_let);
        }
        Operations::cash(revenue - power - month.opex_usd)
    }
}

impl BusinessPlan for HostingPlan {
    type State<V: Real> = HostingState<V>;

    #[inline(always)]
    fn start<V: Real>(&self, like: V) -> HostingState<V> {
        HostingState { credit_left: like.constant(self.customer_funded_usd) }
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
        let mut worth = left.constant(self.end.fixed_usd);
        if self.customer_funded_usd > 0.0 {
            for &(fee_due, factor) in &self.end.credited_fees {
                let credit = left.min(left.constant(self.credit_limit * fee_due));
                left = left - credit;
                worth = worth - credit * factor;
            }
        }
        match self.power {
            HostingPower::PassThrough => worth,
            HostingPower::Landlord => worth - levels.power_usd_per_kwh * (self.end.energy_mwh * KWH_PER_MWH),
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
