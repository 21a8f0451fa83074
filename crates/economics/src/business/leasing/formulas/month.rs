//! A month of the fleet: what is let, what that earns, and what running costs.

use super::{gpus, hardware, pays_power, price_left, pue};
use crate::business::leasing::rows;
use crate::explain::case::{Case, Formula, Moment, thousands};
use crate::explain::expr::{Expr, HOURS, ONE, TWELVE, literal, operand, step};
use crate::explain::operand::Source;
use crate::kernel::MarketSeries;
use crate::scenario::mid_month;
use crate::units::Unit;

/// A month of the fleet that is not idle.
pub(super) struct LeasedMonth<'a> {
    pub case: &'a Case<'a>,
    pub moment: Moment,
    /// The month by which the contract runs or not.
    pub contract_month: usize,
}

impl LeasedMonth<'_> {
    fn hours(&self) -> Expr {
        gpus(self.case) * self.case.input(&rows::AVAILABILITY) * HOURS * self.case.ramp(self.moment)
    }

    /// The term of the month; `None` where nothing is let.
    fn term(&self) -> Option<Term> {
        let leasing = &self.case.scenario.leasing;
        let (first, later) = (leasing.contract_months as usize, leasing.recontract_months as usize);
        let live = self.case.live();
        let since = self.contract_month - live - 1;
        if since < first {
            return Some(Term { renewals: 0, first: live + 1 });
        }
        if first == 0 || later == 0 || leasing.recontract_share == 0.0 {
            return None;
        }
        let before = (since - first) / later;
        Some(Term { renewals: before + 1, first: live + 1 + first + before * later })
    }

    /// Share of the fleet under contract now.
    fn contracted(&self) -> Expr {
        let Some(term) = self.term() else {
            let source = Source::of(&rows::CONTRACT_MONTHS);
            return operand("Contracted share", 0.0, Unit::Fraction, source);
        };
        let first = self.case.input(&rows::CONTRACT_SHARE);
        if term.renewals == 0 {
            return first;
        }
        let renewals = term.renewals as f64;
        let renewals = operand("Terms before", renewals, Unit::Count, Source::of(&rows::RECONTRACT_MONTHS));
        let left = self.case.input(&rows::RECONTRACT_SHARE).raised_to(renewals);
        step("Contracted share", Unit::Fraction, first * left)
    }

    /// What the contracts of the term pay.
    fn contract_rate(&self, term: &Term) -> Expr {
        if term.renewals == 0 {
            return self.case.input(&rows::CONTRACT_USD_PER_GPU_HOUR);
        }
        let discount = ONE - self.case.input(&rows::RECONTRACT_DISCOUNT);
        let name = format!("Rental let in month {}", term.first);
        step(name, Unit::UsdPerGpuHour, discount * local_rental(self.case, term.first))
    }

    /// Share of the hours on the market that are rented.
    fn utilisation(&self) -> Expr {
        let case = self.case;
        let plain = case.input(&rows::UTILISATION);
        let leasing = &case.scenario.leasing;
        if leasing.local_premium == 0.0 || leasing.utilisation_price_elasticity == 0.0 {
            return plain;
        }
        let elasticity = case.input(&rows::UTILISATION_PRICE_ELASTICITY);
        let rented = plain * (ONE / local_factor(case, self.moment.market_month()).raised_to(elasticity));
        step("Rented share", Unit::Fraction, rented.at_most(ONE))
    }

    fn keep(&self) -> Expr {
        ONE - self.case.input(&rows::REVENUE_SHARE)
    }

    pub(super) fn contract_rental(&self) -> Formula {
        let term = self.term().ok_or("Nothing is let under contract")?;
        Ok(self.hours() * self.contracted() * self.contract_rate(&term) * self.keep())
    }

    pub(super) fn market_rental(&self) -> Expr {
        let rental = local_rental(self.case, self.moment.market_month());
        let open = ONE - self.contracted();
        self.hours() * open * self.utilisation() * rental * self.keep()
    }

    fn busy(&self) -> Expr {
        self.contracted() + (ONE - self.contracted()) * self.utilisation()
    }

    pub(super) fn hours_sold(&self) -> Expr {
        self.hours() * self.busy()
    }

    pub(super) fn energy(&self) -> Expr {
        let case = self.case;
        let idle = || case.input(&rows::IDLE_POWER_SHARE);
        let full = gpus(case) * case.input(&rows::KW_PER_GPU) * pue(case) * HOURS * case.ramp(self.moment);
        let busy = step("Busy share", Unit::Fraction, self.busy());
        thousands(full * (idle() + (ONE - idle()) * busy))
    }

    /// The power bill, positive; nothing where power is in the fee.
    fn power(&self) -> Expr {
        let energy = step("Energy if running", Unit::Mwh, self.energy());
        energy * self.case.power_price(self.moment.market_month())
    }

    pub(super) fn opex(&self) -> Expr {
        let hours = gpus(self.case) * HOURS * self.case.input(&rows::OPEX_USD_PER_GPU_HOUR);
        hours * self.case.ramp(self.moment) * self.case.inflation(self.moment)
    }

    pub(super) fn maintenance(&self) -> Expr {
        let case = self.case;
        let yearly = step("Hardware", Unit::Usd, hardware(case)) * case.input(&rows::MAINTENANCE_PER_YEAR);
        yearly / TWELVE * case.ramp(self.moment) * case.inflation(self.moment)
    }

    pub(super) fn replacement(&self) -> Formula {
        let case = self.case;
        let age = case.age_months(self.moment);
        if age < f64::from(case.scenario.leasing.warranty_months) {
            return Err("The fleet is under warranty".to_owned());
        }
        let yearly = step("Hardware", Unit::Usd, hardware(case)) * case.input(&rows::REPLACEMENT_PER_YEAR);
        Ok(yearly / TWELVE * price_left(case, age))
    }

    /// What running earns over what it alone costs.
    pub(super) fn margin(&self) -> Expr {
        let mut sum = step("Market rental if running", Unit::Usd, self.market_rental());
        if let Ok(rental) = self.contract_rental() {
            sum = sum + step("Contract rental if running", Unit::Usd, rental);
        }
        if pays_power(self.case) {
            sum = sum - step("Electricity if running", Unit::Usd, self.power());
        }
        if let Ok(replacement) = self.replacement() {
            sum = sum - step("Replacement if running", Unit::Usd, replacement);
        }
        step("Margin if running", Unit::Usd, sum)
    }

    pub(super) fn fixed(&self) -> Expr {
        step("Opex and maintenance if running", Unit::Usd, self.opex() + self.maintenance())
    }

    /// The costs that standing still saves.
    pub(super) fn saved_idle(&self) -> Expr {
        let saved = self.fixed() * (ONE - self.case.input(&rows::IDLE_OPEX_SHARE));
        step("Saved standing still", Unit::Usd, saved)
    }
}

/// A term of the contracts.
struct Term {
    /// Terms before it.
    renewals: usize,
    /// Its first month.
    first: usize,
}

/// Local rental over that of the market.
fn local_factor(case: &Case<'_>, t: usize) -> Expr {
    let source = Source::Plan("read at mid-month".to_owned());
    let months = operand("Months since the start", mid_month(t), Unit::Months, source);
    let halvings = months / case.input(&rows::LOCAL_PREMIUM_HALF_LIFE_MONTHS);
    let premium = case.input(&rows::LOCAL_PREMIUM) / literal(2.0, "2").raised_to(halvings);
    step("Local factor", Unit::Ratio, ONE + premium)
}

/// What a GPU-hour fetches here.
fn local_rental(case: &Case<'_>, t: usize) -> Expr {
    let market = case.market(MarketSeries::Rental, t);
    if case.scenario.leasing.local_premium == 0.0 {
        return market;
    }
    step("Local rental", Unit::UsdPerGpuHour, market * local_factor(case, t))
}
