//! Formulas of compute leasing.

mod month;

use self::month::LeasedMonth;
use super::figures::BreakEvens;
use super::{ColocationPower, Fleet, Placement, Plan, rows};
use crate::catalogue::site;
use crate::explain::case::{Case, Formula, Moment, series, thousands};
use crate::explain::derivation::Derivation;
use crate::explain::expr::{Expr, ONE, THOUSAND, ZERO, operand, step};
use crate::explain::operand::Source;
use crate::explain::own::Explained;
use crate::explain::readouts::{BreakEven, with_run};
use crate::kernel::{Line, Maybe};
use crate::units::Unit;

/// Formula of a line in a month after live.
fn live_line(case: &Case<'_>, line: Line, t: usize) -> Formula {
    case.is_live(t)?;
    let fleet = LeasedMonth { case, moment: Moment::Month(t), contract_month: t };
    let unless_idle = |expr: Expr| running(case, t, expr, ZERO);
    let reduced = |cost: Expr| running(case, t, -cost.clone(), -(cost * case.input(&rows::IDLE_OPEX_SHARE)));
    Ok(match line {
        Line::Revenue => {
            let parts = [Line::ContractRental, Line::MarketRental, Line::Prepayment];
            Expr::Sum(parts.into_iter().map(|part| case.line(part, t)).collect())
        }
        Line::ContractRental => unless_idle(fleet.contract_rental()?),
        Line::MarketRental => unless_idle(fleet.market_rental()),
        Line::Power if !pays_power(case) => {
            return Err("Power is in the fee of the data centre".to_owned());
        }
        Line::Power => -(case.line(Line::EnergyMwh, t) * case.power_price(t)),
        Line::Opex => reduced(fleet.opex()),
        Line::Maintenance => reduced(fleet.maintenance()),
        Line::Replacement => unless_idle(-fleet.replacement()?),
        Line::Colocation => -colocation(case, Moment::Month(t))?,
        Line::EnergyMwh => unless_idle(fleet.energy()),
        Line::GpuHoursSold => unless_idle(fleet.hours_sold()),
        Line::Idle => {
            if !(case.timing().may_idle(t) && case.scenario.leasing.idle_when_unprofitable) {
                return Err("It may stand still only after the ramp, and only if that is allowed".to_owned());
            }
            fleet.margin().if_less(fleet.saved_idle(), ONE, ZERO)
        }
        _ => return Err(case.has_no_line()),
    })
}

/// `run`, or in an idle month `idle` with the comparison that decides it.
fn running(case: &Case<'_>, t: usize, run: Expr, idle: Expr) -> Expr {
    if case.value(Line::Idle, t) > 0.0 {
        let fleet = LeasedMonth { case, moment: Moment::Month(t), contract_month: t };
        fleet.margin().if_less(fleet.saved_idle(), idle, run)
    } else {
        run
    }
}

/// Number of GPUs.
fn gpus(case: &Case<'_>) -> Expr {
    match case.scenario.leasing.fleet {
        Fleet::FillSite => step("GPUs", Unit::Count, gpus_formula(case)),
        Fleet::Count(_) => case.input(&rows::FLEET_COUNT),
    }
}

pub(super) fn gpus_formula(case: &Case<'_>) -> Expr {
    if let Fleet::Count(_) = case.scenario.leasing.fleet {
        return case.input(&rows::FLEET_COUNT);
    }
    let capacity = case.input(&site::CAPACITY_MW);
    let usable = match case.scenario.leasing.placement {
        Placement::OwnSite => capacity * case.input(&site::CONVERTIBLE_SHARE),
        Placement::Colocated { .. } => capacity,
    };
    let it_kw = step("IT power of the site", Unit::Kw, usable * THOUSAND / pue(case));
    (it_kw / case.input(&rows::KW_PER_GPU)).whole()
}

fn pue(case: &Case<'_>) -> Expr {
    match case.scenario.leasing.placement {
        Placement::OwnSite => case.input(&rows::PUE),
        Placement::Colocated { .. } => case.input(&rows::COLOCATION_PUE),
    }
}

/// IT power of the fleet, MW.
pub(super) fn it_mw(case: &Case<'_>) -> Expr {
    thousands(gpus(case) * case.input(&rows::KW_PER_GPU))
}

fn hardware(case: &Case<'_>) -> Expr {
    gpus(case) * case.level(&rows::GPU_PRICE_USD, case.timing().hardware_month())
}

/// Works on the own site at the price of a month.
fn works_at(case: &Case<'_>, t: usize) -> Expr {
    case.level(&rows::FIT_OUT_USD_PER_IT_MW, t) * step("IT power", Unit::Mw, it_mw(case))
}

/// Works on the own site.
fn works(case: &Case<'_>) -> Formula {
    match case.scenario.leasing.placement {
        Placement::OwnSite => Ok(case.built_evenly(&rows::FIT_OUT_USD_PER_IT_MW, |t| works_at(case, t))),
        Placement::Colocated { .. } => Err("The fleet stands in somebody else’s data centre".to_owned()),
    }
}

fn is_colocated(case: &Case<'_>) -> bool {
    matches!(case.scenario.leasing.placement, Placement::Colocated { .. })
}

fn pays_power(case: &Case<'_>) -> bool {
    let placement = case.scenario.leasing.placement;
    !matches!(placement, Placement::Colocated { power: ColocationPower::Included, .. })
}

fn colocation_fee(case: &Case<'_>) -> Formula {
    if !is_colocated(case) {
        return Err("The fleet stands on the own site".to_owned());
    }
    let kw = step("IT power", Unit::Kw, gpus(case) * case.input(&rows::KW_PER_GPU));
    Ok(kw * case.input(&rows::COLOCATION_FEE_USD_PER_KW_MONTH))
}

fn colocation(case: &Case<'_>, moment: Moment) -> Formula {
    Ok(colocation_fee(case)? * case.inflation(moment))
}

/// The deposit, positive.
fn deposit(case: &Case<'_>) -> Formula {
    let fee = step("Colocation fee", Unit::Usd, colocation_fee(case)?);
    Ok(case.input(&rows::DEPOSIT_MONTHS) * fee)
}

fn prepayment(case: &Case<'_>, t: usize) -> Formula {
    let leasing = &case.scenario.leasing;
    let live = case.live();
    let last = (live + leasing.contract_months as usize).min(case.horizon());
    if leasing.prepaid_share == 0.0 || last <= live {
        return Err("Nothing is paid in advance".to_owned());
    }
    if t < live || t > last {
        return Err(format!("The prepayment comes in month {live} and is credited until month {last}"));
    }
    let rental = |t: usize| {
        let month = LeasedMonth { case, moment: Moment::Month(t), contract_month: t };
        month.contract_rental().map_or(0.0, |rental| rental.evaluate())
    };
    let source = Source::of(&rows::CONTRACT_MONTHS);
    let rentals = (live + 1..=last).map(|t| (0.0, rental(t)));
    let revenue = series("Contract rental within the plan", Unit::Usd, source.clone(), rentals, 0.0);
    let prepaid = case.input(&rows::PREPAID_SHARE) * revenue;
    if t == live {
        return Ok(prepaid);
    }
    let months = operand("Months of credit", (last - live) as f64, Unit::Months, source);
    Ok(-(step("Prepayment", Unit::Usd, prepaid) / months))
}

/// Remaining share of a price at an age.
fn price_left(case: &Case<'_>, age_months: f64) -> Expr {
    case.price_left(age_months, [&rows::RESALE_SHARE, &rows::LIFE_MONTHS])
}

/// The formulas of compute leasing.
pub(crate) struct Formulas;

impl Explained for Formulas {
    fn operations(&self, case: &Case<'_>, line: Line, t: usize) -> Formula {
        match line {
            Line::Prepayment => prepayment(case, t),
            Line::Revenue if t == case.live() => Ok(case.line(Line::Prepayment, t)),
            _ => live_line(case, line, t),
        }
    }

    fn end_proceeds(&self, case: &Case<'_>) -> Expr {
        let t = case.horizon();
        let hardware = step("Hardware", Unit::Usd, hardware(case));
        let resale = hardware * price_left(case, (t - case.live()) as f64);
        let mut proceeds = step("Resale of GPUs", Unit::Usd, resale);
        if let Ok(works) = works(case) {
            proceeds = proceeds + case.works_value(t, step("Own works", Unit::Usd, works));
        }
        if let Ok(deposit) = deposit(case) {
            proceeds = proceeds + step("Deposit returned", Unit::Usd, deposit);
        }
        proceeds
    }

    fn works(&self, case: &Case<'_>) -> Formula {
        works(case)
    }

    fn works_at(&self, case: &Case<'_>, t: usize) -> Formula {
        works(case).map(|_| works_at(case, t))
    }

    fn hardware(&self, case: &Case<'_>) -> Formula {
        Ok(hardware(case))
    }

    fn deposit(&self, case: &Case<'_>) -> Formula {
        deposit(case)
    }

    fn converts_site(&self, case: &Case<'_>) -> Result<(), String> {
        if is_colocated(case) {
            Err("A fleet elsewhere does not convert the site".to_owned())
        } else {
            Ok(())
        }
    }

    fn cash_today(&self, case: &Case<'_>) -> Expr {
        let month = LeasedMonth { case, moment: Moment::New(0), contract_month: case.live() + 1 };
        let mut cash = month.margin() - month.fixed();
        if let Ok(fee) = colocation(case, Moment::New(0)) {
            cash = cash - step("Colocation fee", Unit::Usd, fee);
        }
        cash
    }
}

pub(super) fn break_even_rental(case: &Case<'_>, result: Maybe<f64>) -> Derivation {
    with_run(case, |plan: &Plan, run| {
        let break_evens = BreakEvens { plan, run };
        let today = case.scenario.leasing.rental_usd_per_gpu_hour.value;
        let worth = |factor: f64| break_evens.worth_at_rental(factor * today);
        let input = &rows::RENTAL_USD_PER_GPU_HOUR;
        BreakEven {
            words: "factor on the market rental",
            unit: Unit::Multiple,
            input,
            now: 1.0,
            values: break_evens.rental_factors(),
            worth,
        }
        .explain(case, result)
    })
}

pub(super) fn break_even_utilisation(case: &Case<'_>, result: Maybe<f64>) -> Derivation {
    with_run(case, |plan: &Plan, run| {
        let break_evens = BreakEvens { plan, run };
        BreakEven {
            words: "utilisation",
            unit: Unit::Fraction,
            input: &rows::UTILISATION,
            now: case.scenario.leasing.utilisation,
            values: break_evens.utilisations(),
            worth: |utilisation: f64| break_evens.worth_at_utilisation(utilisation),
        }
        .explain(case, result)
    })
}
