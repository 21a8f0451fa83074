//! The values of every formula, from the results of the crate: those of the ledger as they are, and the steps between
//! them (losses carried forward, payments before the debt's limit, crossings) by the functions of the model.

mod loan;

use std::collections::BTreeMap;

use wattfolio_economics::business::Business;
use wattfolio_economics::finance::{self, is_tax_month};
use wattfolio_economics::kernel::{Basis, Line, depreciation_schedule, operating_costs};
use wattfolio_economics::results::{Comparison, Evaluation, compare_on};
use wattfolio_economics::scenario::{Depreciation, Scenario, ValidScenario};

use super::value::{NONE, NOTHING, Value};

/// A scenario on each basis, since the workbook shows project and owner side by side.
#[derive(Debug)]
pub(super) struct Bases([Comparison; 3]);

impl Bases {
    pub(super) fn new(scenario: &ValidScenario) -> Self {
        Self(Basis::ALL.map(|basis| compare_on(scenario, basis)))
    }

    /// A business on each basis; `None` where it could not be evaluated.
    fn of(&self, business: Business) -> Option<[&Evaluation; 3]> {
        let [before, after, owner] = &self.0;
        Some([
            before.business(business).ok()?,
            after.business(business).ok()?,
            owner.business(business).ok()?,
        ])
    }
}

/// The values of the cells of a business.
#[derive(Debug)]
pub(super) struct Books<'a> {
    pub business: Business,
    pub scenario: &'a Scenario,
    /// On the basis of the report.
    pub evaluation: &'a Evaluation,
    pub horizon: usize,
    pub live: usize,
    /// Columns of the cash sheet.
    pub columns: BTreeMap<&'static str, Vec<Value>>,
    /// Cells of the sheet of the business that are no measures.
    pub terms: BTreeMap<&'static str, Value>,
}

impl<'a> Books<'a> {
    /// The books of a business; `None` where it could not be evaluated.
    pub(super) fn new(
        scenario: &'a Scenario,
        basis: Basis,
        bases: &'a Bases,
        business: Business,
    ) -> Option<Self> {
        let all @ [_, after, owner] = bases.of(business)?;
        let index = Basis::ALL.into_iter().position(|one| one == basis)?;
        let evaluation = all[index];
        let mut books = Self {
            business,
            scenario,
            evaluation,
            horizon: evaluation.horizon(),
            live: evaluation.timing.live(),
            columns: BTreeMap::new(),
            terms: BTreeMap::new(),
        };
        books.operations();
        books.depreciation();
        books.debt();
        books.tax(["income", "year", "losses", "tax"], after);
        books.tax(["owner_income", "owner_year", "owner_losses", "owner_tax"], owner);
        books.flows(after, owner);
        books.end(basis);
        books.payback();
        books.reserve();
        books.signs();
        Some(books)
    }

    /// A line of the ledger on the basis of the report.
    pub(super) fn line(&self, line: Line) -> &'a [f64] {
        self.evaluation.ledger.line(line)
    }

    /// Lines that the business has, of these.
    pub(super) fn own(&self, lines: &[Line]) -> Vec<Line> {
        lines.iter().copied().filter(|line| line.belongs_to(self.business)).collect()
    }

    fn months(&self) -> std::ops::RangeInclusive<usize> {
        0..=self.horizon
    }

    fn put(&mut self, id: &'static str, values: impl IntoIterator<Item = f64>) {
        self.columns.insert(id, values.into_iter().map(Value::from).collect());
    }

    fn term(&mut self, id: &'static str, value: impl Into<Value>) {
        self.terms.insert(id, value.into());
    }

    /// A column of numbers that was put before.
    fn column(&self, id: &str) -> Vec<f64> {
        let of = |value: &Value| value.number().unwrap_or(0.0);
        self.columns.get(id).map(|values| values.iter().map(of).collect()).unwrap_or_default()
    }

    /// The number of a cell that was put before.
    fn number(&self, id: &str) -> f64 {
        self.terms.get(id).and_then(Value::number).unwrap_or(0.0)
    }

    fn sum_of(&self, lines: &[Line]) -> Vec<f64> {
        let lines = self.own(lines);
        self.months().map(|t| lines.iter().map(|line| self.line(*line)[t]).sum()).collect()
    }

    fn operations(&mut self) {
        self.put("t", self.months().map(|t| t as f64));
        self.put("ebitda", self.line(Line::Ebitda).iter().copied());
        let kept = self.sum_of(&[Line::BtcKeptValue]);
        let cash: Vec<f64> =
            self.line(Line::Ebitda).iter().zip(&kept).map(|(all, kept)| all - kept).collect();
        self.put("cash", cash);
        let costs: Vec<Line> = [Line::PowerBilledOn].into_iter().chain(operating_costs()).collect();
        self.put("costs", self.sum_of(&costs));
        self.put("capital", self.sum_of(CAPITAL));
        self.put("end", self.line(Line::EndProceeds).iter().copied());
        self.put("before_tax", self.line(Line::NetBeforeTax).iter().copied());
        self.put("capex", self.sum_of(&CAPITAL[..2]).into_iter().map(|spent| -spent));
        let rate = self.business.discount_rate(self.scenario);
        let monthly = finance::monthly_rate(rate);
        self.term("yearly_rate", rate);
        self.term("monthly_rate", monthly);
        self.put("factor", self.months().map(|t| (1.0 + monthly).powi(-(t as i32))));
        self.term("finance_monthly", finance::monthly_rate(self.scenario.finance.finance_rate));
        self.term("reinvest_monthly", finance::monthly_rate(self.scenario.finance.reinvest_rate));
        let timing = self.evaluation.timing;
        self.term("horizon", self.horizon);
        self.term("live", self.live);
        self.term("ramp_end", timing.ramp_end());
        self.term("months_after_end", self.evaluation.months_after_end);
    }

    fn depreciation(&mut self) {
        let finance = &self.scenario.finance;
        let classes = [
            (
                ["hardware_basis", "hardware_class", "hardware_months", "hardware_bonus", "hardware_left"],
                "hardware_depreciation",
                self.sum_of(&[Line::CapexHardware]),
                finance.hardware_depreciation,
                finance.bonus_depreciation,
            ),
            (
                ["works_basis", "works_class", "works_months", "works_bonus", "works_left"],
                "works_depreciation",
                self.sum_of(&[Line::CapexWorks]),
                finance.site_depreciation,
                finance.site_bonus_depreciation,
            ),
        ];
        for ([basis_id, class_id, months_id, bonus_id, left_id], column, paid, class, bonus) in classes {
            let basis = -paid.iter().sum::<f64>();
            let shares = depreciation_schedule(class, bonus, self.horizon - self.live);
            let deducted = (0..=self.live).map(|_| 0.0).chain(shares.iter().map(|share| -basis * share));
            self.put(column, deducted.collect::<Vec<f64>>());
            let left = 1.0 - shares.iter().sum::<f64>();
            self.term(basis_id, basis);
            self.term(class_id, class_number(class));
            self.term(
                months_id,
                if let Depreciation::StraightLine { months } = class { months as f64 } else { 1.0 },
            );
            self.term(bonus_id, bonus);
            self.term(left_id, if left > 1e-12 { basis * left } else { 0.0 });
        }
        let (hardware, works) = (self.column("hardware_depreciation"), self.column("works_depreciation"));
        self.put("depreciation", hardware.iter().zip(&works).map(|(hardware, works)| hardware + works));
    }

    /// A tax return, under the ids of taxable income, income of the year so far, losses carried forward and tax.
    fn tax(&mut self, [income_id, year_id, losses_id, tax_id]: [&'static str; 4], on: &'a Evaluation) {
        let limit = self.scenario.finance.nol_limit;
        let income = on.ledger.line(Line::TaxableIncome);
        let (mut year, mut losses) = (0.0, 0.0);
        let (mut years, mut carried) = (Vec::new(), Vec::new());
        for (t, income) in income.iter().enumerate() {
            year += income;
            years.push(year);
            if is_tax_month(t, self.horizon) {
                losses = losses - f64::min(losses, year.max(0.0) * limit) - year.min(0.0);
                year = 0.0;
            }
            carried.push(losses);
        }
        self.put(income_id, income.iter().copied());
        self.put(year_id, years);
        self.put(losses_id, carried);
        self.put(tax_id, on.ledger.line(Line::Tax).iter().copied());
    }

    fn flows(&mut self, after: &'a Evaluation, owner: &'a Evaluation) {
        self.put("after_tax", after.ledger.line(Line::NetAfterTax).iter().copied());
        self.put("equity", owner.flows.equity.iter().copied());
        self.put("equity_sum", finance::cumulative(&owner.flows.equity).collect::<Vec<f64>>());
        self.put("net", self.evaluation.flows.net.iter().copied());
        self.put("cumulative", self.line(Line::Cumulative).iter().copied());
        let discounted: Vec<f64> =
            self.column("net").iter().zip(self.column("factor")).map(|(net, factor)| net * factor).collect();
        self.put("discounted", discounted);
        self.put("discounted_cumulative", self.line(Line::DiscountedCumulative).iter().copied());
    }

    /// What comes only because the plan ends, the tax on it, and what payback leaves out.
    fn end(&mut self, basis: Basis) {
        let rule = (self.scenario.finance.tax_rate, self.scenario.finance.nol_limit);
        let deposit = -self.sum_of(&[Line::Deposit]).iter().sum::<f64>();
        let kept: f64 = self.sum_of(&[Line::BtcKeptValue]).iter().sum();
        let end = self.evaluation.flows.end_proceeds;
        let gain = end - kept - deposit - self.number("hardware_left") - self.number("works_left");
        let tax_on_end = |books: &Self, [year, losses, tax]: [&str; 3]| {
            let last = books.horizon;
            let income = (books.column(year)[last] - gain).max(0.0);
            let used = f64::min(books.column(losses)[last - 1], income * rule.1);
            -books.column(tax)[last] - (income - used) * rule.0
        };
        let of_project = tax_on_end(self, ["year", "losses", "tax"]);
        let of_owner = tax_on_end(self, ["owner_year", "owner_losses", "owner_tax"]);
        let covered = (end - of_owner).max(0.0).min(self.number("balloon"));
        self.term("tax_rate", rule.0);
        self.term("loss_limit", rule.1);
        self.term("deposit", deposit);
        self.term("kept_coins", kept);
        self.term("end_proceeds", end);
        self.term("gain", gain);
        self.term("project_end_tax", of_project);
        self.term("owner_end_tax", of_owner);
        self.term("covered", covered);
        self.term("beyond", self.evaluation.flows.beyond_payback);
        self.term("basis", Basis::ALL.into_iter().position(|one| one == basis).map_or(0, |index| index + 1));
    }

    fn payback(&mut self) {
        let kept = self.evaluation.flows.without_end_proceeds();
        let sizes: Vec<f64> = kept.iter().map(|flow| flow.abs()).collect();
        let discounted: Vec<f64> =
            kept.iter().zip(self.column("factor")).map(|(flow, factor)| flow * factor).collect();
        let sums: Vec<f64> = finance::cumulative(&kept).collect();
        let size: Vec<f64> = finance::cumulative(&sizes).collect();
        let discounted_sums: Vec<f64> = finance::cumulative(&discounted).collect();
        let plain_limits: Vec<f64> = size.iter().map(|size| -1e-12 * size).collect();
        self.columns.insert("crossing", crossings(&kept, &sums, &plain_limits));
        let zeros = vec![0.0; sums.len()];
        self.columns.insert("discounted_crossing", crossings(&discounted, &discounted_sums, &zeros));
        self.put("kept", kept);
        self.put("kept_sum", sums);
        self.put("kept_size", size);
        self.put("kept_discounted_sum", discounted_sums);
    }

    fn reserve(&mut self) {
        let (risk, ramp_end) = (&self.scenario.risk, self.evaluation.timing.ramp_end());
        let count = self.horizon.saturating_sub(ramp_end);
        let (paid, costs) = (self.column("payment"), self.column("costs"));
        let spent: f64 = (ramp_end + 1..=self.horizon).map(|t| paid[t] - costs[t]).sum();
        let held = if count == 0 { 0.0 } else { risk.reserve_months * spent / count as f64 };
        let reserve = risk.cash_reserve_usd + held;
        let mut left = reserve;
        let equity = self.column("equity");
        let rest = self.months().map(|t| {
            left += if t > ramp_end { equity[t] } else { 0.0 };
            left
        });
        let rest: Vec<f64> = rest.collect();
        self.put("reserve_left", rest);
        self.term("reserve", reserve);
    }

    /// The first sign of the flows, the last one so far, and how often it changed.
    fn signs(&mut self) {
        let (mut first, mut last, mut changes) = (0.0, 0.0, 0.0);
        let mut columns = [Vec::new(), Vec::new(), Vec::new()];
        for net in self.column("net") {
            let sign = if net == 0.0 { 0.0 } else { net.signum() };
            changes += f64::from(u8::from(sign != 0.0 && last != 0.0 && sign != last));
            last = if sign == 0.0 { last } else { sign };
            first = if first == 0.0 { sign } else { first };
            for (column, value) in columns.iter_mut().zip([first, last, changes]) {
                column.push(value);
            }
        }
        for (id, column) in ["first_sign", "last_sign", "sign_changes"].into_iter().zip(columns) {
            self.put(id, column);
        }
        let flows = &self.evaluation.flows.net;
        let (sum, size) = flows.iter().fold((0.0, 0.0), |(sum, size), flow| (sum + flow, size + flow.abs()));
        self.term("flow_size", size);
        self.term("rounded_profit", if f64::abs(sum) <= 1e-12 * size { 0.0 } else { sum });
        let monthly = self.evaluation.measures.irr.map(finance::monthly_rate);
        self.terms.insert("irr_guess", monthly.map_or(NONE, Value::from));
        self.terms.insert("irr_monthly", monthly.map_or(NONE, Value::from));
    }
}

/// Lines of capital: works and hardware, which are capex, first.
pub(super) const CAPITAL: &[Line] =
    &[Line::CapexWorks, Line::CapexHardware, Line::Deposit, Line::OtherProceeds];

/// The months in which a sum comes back above its limit.
fn crossings(flows: &[f64], sums: &[f64], limits: &[f64]) -> Vec<Value> {
    let is_below = |t: usize| sums[t] < limits[t];
    let at = |t: usize| {
        if t == 0 || is_below(t) || !is_below(t - 1) {
            return NOTHING;
        }
        Value::from((t as f64 - 1.0 - sums[t - 1] / flows[t]).min(t as f64))
    };
    (0..flows.len()).map(at).collect()
}

/// The number of a class in formulas.
const fn class_number(class: Depreciation) -> f64 {
    match class {
        Depreciation::Macrs5 => 1.0,
        Depreciation::Macrs15 => 2.0,
        Depreciation::StraightLine { .. } => 3.0,
        Depreciation::None => 4.0,
    }
}
