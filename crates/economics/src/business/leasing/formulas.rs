//! Formulas of compute leasing.

use crate::business::leasing::{ColocationPower, Fleet, Placement};
use crate::explain::case::{Case, Formula, Moment, series, thousands};
use crate::explain::expr::{Expr, HOURS, ONE, THOUSAND, TWELVE, ZERO, operand, step};
use crate::explain::measures::Told;
use crate::explain::operand::Source;
use crate::explain::own::Explained;
use crate::explain::readouts::levelised;
use crate::kernel::{Line, Maybe};
use crate::units::Unit;

fn live_line(case: &Case<'_>, line: Line, t: usize) -> Formula {
    let fleet = LeasedMonth { case, moment: Moment::Month(t), contract_month: t };
    let unless_idle = |expr: Expr| running(case, t, expr, ZERO);
    let reduced = |cost: Expr| running(case, t, -cost.clone(), -(cost * case.own("idle_opex_share")));
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
        _ => {
            if !(case.timing().may_idle(t) && case.scenario.leasing.idle_when_unprofitable) {
                return Err("It may stand still only after the ramp, and only if that is allowed".to_owned());
            }
            fleet.margin().if_less(fleet.saved_idle(), ONE, ZERO)
        }
    })
}

/// The formula of a running month, or in an idle one what is left and why.
fn running(case: &Case<'_>, t: usize, run: Expr, idle: Expr) -> Expr {
    if case.value(Line::Idle, t) > 0.0 {
        let fleet = LeasedMonth { case, moment: Moment::Month(t), contract_month: t };
        fleet.margin().if_less(fleet.saved_idle(), idle, run)
    } else {
        run
    }
}

/// A month of the fleet that is not idle.
struct LeasedMonth<'a> {
    case: &'a Case<'a>,
    moment: Moment,
    /// The month by which the contract runs or not.
    contract_month: usize,
}

impl LeasedMonth<'_> {
    fn hours(&self) -> Expr {
        gpus(self.case) * self.case.own("availability") * HOURS * self.case.ramp(self.moment)
    }

    fn is_contracted(&self) -> bool {
        let last = self.case.live() + self.case.scenario.leasing.contract_months as usize;
        self.contract_month <= last
    }

    /// Share of the fleet under contract now.
    fn contracted(&self) -> Expr {
        if self.is_contracted() {
            self.case.own("contract_share")
        } else {
            let source = Source::Input("leasing.contract_months");
            operand("Contracted share", 0.0, Unit::Fraction, source)
        }
    }

    fn keep(&self) -> Expr {
        ONE - self.case.own("revenue_share")
    }

    fn contract_rental(&self) -> Formula {
        if !self.is_contracted() {
            return Err("The contract has ended".to_owned());
        }
        let rate = self.case.own("contract_usd_per_gpu_hour");
        Ok(self.hours() * self.contracted() * rate * self.keep())
    }

    fn market_rental(&self) -> Expr {
        let rental = self.case.market("rental_usd_per_gpu_hour", self.moment.market_month());
        let open = ONE - self.contracted();
        self.hours() * open * self.case.own("utilisation") * rental * self.keep()
    }

    fn busy(&self) -> Expr {
        self.contracted() + (ONE - self.contracted()) * self.case.own("utilisation")
    }

    fn hours_sold(&self) -> Expr {
        self.hours() * self.busy()
    }

    fn energy(&self) -> Expr {
        let case = self.case;
        let idle = || case.own("idle_power_share");
        let full = gpus(case) * case.own("kw_per_gpu") * pue(case) * HOURS * case.ramp(self.moment);
        let busy = step("Busy share", Unit::Fraction, self.busy());
        thousands(full * (idle() + (ONE - idle()) * busy))
    }

    /// The power bill, positive; nothing where power is in the fee.
    fn power(&self) -> Expr {
        let energy = step("Energy if running", Unit::Mwh, self.energy());
        energy * self.case.power_price(self.moment.market_month())
    }

    fn opex(&self) -> Expr {
        let hours = gpus(self.case) * HOURS * self.case.own("opex_usd_per_gpu_hour");
        hours * self.case.ramp(self.moment) * self.case.inflation(self.moment)
    }

    fn maintenance(&self) -> Expr {
        let case = self.case;
        let yearly = step("Hardware", Unit::Usd, hardware(case)) * case.own("maintenance_per_year");
        yearly / TWELVE * case.ramp(self.moment) * case.inflation(self.moment)
    }

    fn replacement(&self) -> Formula {
        let case = self.case;
        let age = case.age_months(self.moment);
        if age < f64::from(case.scenario.leasing.warranty_months) {
            return Err("The fleet is under warranty".to_owned());
        }
        let yearly = step("Hardware", Unit::Usd, hardware(case)) * case.own("replacement_per_year");
        Ok(yearly / TWELVE * case.price_left(age))
    }

    /// What running earns over what it alone costs.
    fn margin(&self) -> Expr {
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

    fn fixed(&self) -> Expr {
        step("Opex and maintenance if running", Unit::Usd, self.opex() + self.maintenance())
    }

    /// The costs that standing still saves.
    fn saved_idle(&self) -> Expr {
        let saved = self.fixed() * (ONE - self.case.own("idle_opex_share"));
        step("Saved standing still", Unit::Usd, saved)
    }
}

/// Number of GPUs.
fn gpus(case: &Case<'_>) -> Expr {
    match case.scenario.leasing.fleet {
        Fleet::FillSite => step("GPUs", Unit::Count, gpus_formula(case)),
        Fleet::Count(_) => case.own("fleet.count"),
    }
}

fn gpus_formula(case: &Case<'_>) -> Expr {
    if let Fleet::Count(_) = case.scenario.leasing.fleet {
        return case.own("fleet.count");
    }
    let capacity = case.input("site.capacity_mw");
    let usable = match case.scenario.leasing.placement {
        Placement::OwnSite => capacity * case.input("site.convertible_share"),
        Placement::Colocated { .. } => capacity,
    };
    let it_kw = step("IT power of the site", Unit::Kw, usable * THOUSAND / pue(case));
    (it_kw / case.own("kw_per_gpu")).whole()
}

fn pue(case: &Case<'_>) -> Expr {
    match case.scenario.leasing.placement {
        Placement::OwnSite => case.own("pue"),
        Placement::Colocated { .. } => case.own("placement.pue"),
    }
}

/// IT power of the fleet, MW.
fn it_mw(case: &Case<'_>) -> Expr {
    thousands(gpus(case) * case.own("kw_per_gpu"))
}

fn hardware(case: &Case<'_>) -> Expr {
    gpus(case) * case.own("gpu_price_usd")
}

/// Works on the own site.
fn works(case: &Case<'_>) -> Formula {
    match case.scenario.leasing.placement {
        Placement::OwnSite => Ok(case.own("fit_out_usd_per_it_mw") * step("IT power", Unit::Mw, it_mw(case))),
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
    let kw = step("IT power", Unit::Kw, gpus(case) * case.own("kw_per_gpu"));
    Ok(kw * case.own("placement.fee_usd_per_kw_month"))
}

fn colocation(case: &Case<'_>, moment: Moment) -> Formula {
    Ok(colocation_fee(case)? * case.inflation(moment))
}

/// The deposit, positive.
fn deposit(case: &Case<'_>) -> Formula {
    let fee = step("Colocation fee", Unit::Usd, colocation_fee(case)?);
    Ok(case.own("placement.deposit_months") * fee)
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
    let source = Source::Input("leasing.contract_months");
    let rentals = (live + 1..=last).map(|t| (0.0, rental(t)));
    let revenue = series("Contract rental within the plan", Unit::Usd, source.clone(), rentals, 0.0);
    let prepaid = case.own("prepaid_share") * revenue;
    if t == live {
        return Ok(prepaid);
    }
    let months = operand("Months of credit", (last - live) as f64, Unit::Months, source);
    Ok(-(step("Prepayment", Unit::Usd, prepaid) / months))
}

fn end_proceeds(case: &Case<'_>) -> Expr {
    let t = case.horizon();
    let hardware = step("Hardware", Unit::Usd, hardware(case));
    let resale = hardware * case.price_left((t - case.live()) as f64);
    let mut proceeds = step("Resale of GPUs", Unit::Usd, resale);
    if let Ok(works) = works(case) {
        proceeds = proceeds + case.works_value(t, step("Own works", Unit::Usd, works));
    }
    if let Ok(deposit) = deposit(case) {
        proceeds = proceeds + step("Deposit returned", Unit::Usd, deposit);
    }
    proceeds
}

/// The formulas of compute leasing.
pub(crate) struct Formulas;

impl Explained for Formulas {
    fn line(&self, case: &Case<'_>, line: Line, t: usize) -> Option<Formula> {
        let formula = match line {
            Line::Prepayment => prepayment(case, t),
            Line::EndProceeds if t == case.horizon() => Ok(end_proceeds(case)),
            Line::Revenue if t == case.live() => Ok(case.line(Line::Prepayment, t)),
            Line::Revenue
            | Line::ContractRental
            | Line::MarketRental
            | Line::Power
            | Line::Opex
            | Line::Maintenance
            | Line::Replacement
            | Line::Colocation
            | Line::EnergyMwh
            | Line::GpuHoursSold
            | Line::Idle => case.is_live(t).and_then(|()| live_line(case, line, t)),
            _ => return None,
        };
        Some(formula)
    }

    fn works(&self, case: &Case<'_>) -> Formula {
        works(case)
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

    fn figure(&self, case: &Case<'_>, id: &str, _: &Maybe<f64>) -> Told {
        Told::of(match id {
            "gpus" => gpus_formula(case),
            "it_mw" => it_mw(case),
            "levelised_usd_per_gpu_hour" => {
                let costs = [
                    Line::CapexWorks,
                    Line::CapexHardware,
                    Line::Deposit,
                    Line::Power,
                    Line::Opex,
                    Line::Maintenance,
                    Line::Replacement,
                    Line::Colocation,
                    Line::EndProceeds,
                ];
                return levelised(case, &costs, Line::GpuHoursSold);
            }
            "idle_months" => case.lines("Months of standing still", Line::Idle, 0, case.horizon()),
            _ => return Told::default(),
        })
    }
}
