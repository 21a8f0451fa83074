//! Space and power let to AI customers who bring their GPUs.

use super::Figures;
use super::capital_cost::CAPITAL_COSTS;
use super::end::EndOfPlan;
use super::lease::{Month, Terms};
use super::tenant::{DefaultRisk, HostingState};
use crate::business::Business;
use crate::business::hosting::HostingPower;
use crate::kernel::{
    Amounts, CapitalCost, CapitalPlan, Customer, Levels, Line, NotEvaluated, Operations, ReplayedOn, Run,
    Sink, Timing, Variant, Venture, Works, WorksLife, YearlySteps, live_in_time, monthly_discount,
};
use crate::number::Real;
use crate::scenario::works::works_risk;
use crate::scenario::{Debt, Factor, Scenario, ValidScenario, WorksRisk};
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

impl Plan {
    /// IT power, MW.
    pub fn it_mw(&self) -> f64 {
        self.it_mw
    }

    /// Whether the landlord pays for power.
    pub fn pays_power(&self) -> bool {
        self.power == HostingPower::Landlord
    }

    /// Capex that the customer funds and is credited later, USD.
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
        if !month.tenant.is_first {
            state.credit_left = zero;
        }
        let tenancy = self.default.tenancy(&month.tenant, levels, state);
        let contract_or_relet = V::select(
            tenancy.is_relet,
            tenancy.share * (month.fee_usd * self.default.relet_factor),
            zero + month.fee_due_usd(),
        );
        let fee_due = contract_or_relet + tenancy.termination_usd;
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
            // A prepaid fee is earned in its month; the used prepayment is booked against it.
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
        // Power that is billed on nets to 0; adding and subtracting it would leave rounding noise.
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

    const CUSTOMER_STREAM: Option<u64> = Some(1);

    const REPLAYED_ON: ReplayedOn = ReplayedOn::Leases;

    const BOUGHT: &'static str = "Halls";

    const SOLD_AT: Option<&'static str> = Some("hosting.fee_usd_per_kw_month");

    const CAPITAL_COSTS: &'static [CapitalCost] = CAPITAL_COSTS;

    fn compile(scenario: &ValidScenario, variant: Variant) -> Result<Self, NotEvaluated> {
        let hosting = &scenario.hosting;
        let horizon = scenario.horizon_months as usize;
        let timing = Timing::new(hosting.queue_months, hosting.build_months, hosting.ramp_months);
        let timing = live_in_time(timing, scenario)?.delayed(variant.delay_months);
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
        let capital = CapitalPlan::new(horizon, &timing, &amounts, life);
        // The running lease and prepaid months may reach beyond the plan.
        let longest = horizon.max(timing.live()) + (hosting.term_months + hosting.prepaid_months) as usize;
        let inflation = YearlySteps::new(scenario.finance.inflation, longest);
        let escalation = YearlySteps::new(hosting.fee_escalator, longest);
        let fee_usd_per_kw_month = hosting.fee_usd_per_kw_month.level(timing.queue);
        let terms = Terms { hosting, timing, it_kw, fee_usd_per_kw_month, inflation, escalation };
        let default = DefaultRisk::new(hosting);
        let mut months: Vec<Month> = (0..=horizon).map(|t| terms.month(t)).collect();
        let prepaid_until = timing.live() + hosting.prepaid_months as usize;
        let prepaid: f64 = (timing.live() + 1..=prepaid_until).map(|t| terms.month(t).fee_usd).sum();
        if let Some(month) = months.get_mut(timing.live()) {
            month.prepayment_usd = prepaid;
        }
        Ok(Self {
            timing,
            it_mw: it_kw / KW_PER_MW,
            months,
            today: terms.today(),
            power: hosting.power,
            credit_limit: hosting.credit_limit,
            customer_funded_usd: fit_out.usd() * hosting.customer_capex_share,
            end: EndOfPlan::new(
                &terms,
                &default,
                horizon,
                &capital,
                monthly_discount(Business::Hosting.discount_rate(scenario)),
            ),
            default,
            capital,
        })
    }

    /// Power billed on at cost does not change the landlord's cash flow.
    fn depends_on(market: Factor, scenario: &Scenario) -> bool {
        market == Factor::Power && scenario.hosting.power == HostingPower::Landlord
    }

    fn default_follows(market: Factor, scenario: &Scenario) -> bool {
        let hosting = &scenario.hosting;
        market == Factor::Rental && hosting.default_hazard_per_year > 0.0 && hosting.wrong_way > 0.0
    }

    fn works_risk(scenario: &Scenario) -> WorksRisk {
        works_risk!(scenario.hosting)
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
        HostingState { credit_left: zero + self.customer_funded_usd, tenant: Customer::faithful(like) }
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
        self.end.worth_usd(levels, state, &self.default, (self.credit_limit, self.pays_power()))
    }

    fn months_after_end(&self) -> usize {
        self.end.term_months
    }

    fn works_end_value_usd(&self) -> f64 {
        self.end.works_usd
    }

    fn customer_can_fail(scenario: &Scenario) -> bool {
        scenario.hosting.default_hazard_per_year > 0.0
    }

    #[inline(always)]
    fn term_begun(&self, t: usize) -> Option<usize> {
        if self.default.credit.can_fail() { self.months[t].tenant.term.begun() } else { None }
    }

    #[inline(always)]
    fn customer<V: Real>(state: &HostingState<V>) -> Option<&Customer<V>> {
        Some(&state.tenant)
    }

    #[inline(always)]
    fn customer_mut<V: Real>(state: &mut HostingState<V>) -> Option<&mut Customer<V>> {
        Some(&mut state.tenant)
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
