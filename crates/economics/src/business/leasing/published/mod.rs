//! Cost, payback and break-even of own GPUs, from published calculations.

mod thresholds;

use super::{Figures, Fleet, Plan};
use crate::business::Business;
use crate::kernel::Line;
use crate::published::plans::{evaluate, first, number, plain, read, yearly_irr};
use crate::published::{Cases, Chapter, Expectation, Published, Row, Source};
use crate::results::{Evaluation, Readouts};
use crate::scenario::{Scenario, Trajectory};
use crate::units::HOURS_PER_MONTH;

impl Cases for Plan {
    const CHAPTERS: &'static [Chapter] = &[
        Chapter { place: 2, title: "Own GPUs", rows },
        Chapter { place: 3, title: "“$2 H100s”", rows: thresholds::rows },
    ];
}

const TCO_MODEL: Source =
    Source { name: "mansi-shiroya1/gpu-tco-model: gpu_tco_model.py, docs/memo.md", date: "2026" };
const LLMTCO: Source = Source { name: "llmtco.com, GPU TCO", date: "" };
const CNYES: Source = Source { name: "hao.cnyes.com/post/182348", date: "" };
const OKX: Source = Source { name: "okx, post 824421264101212160", date: "" };
const COREWEAVE_POST: Source =
    Source { name: "adityaramachandran.com/posts/coreweave-fundraise.html", date: "" };
const COST_STACKS: Source = Source { name: "llm-inference-anatomy.pages.dev/economics", date: "" };
const SEMIANALYSIS: Source =
    Source { name: "SemiAnalysis, GPU Cloud Economics Explained", date: "2023-12-04" };
const ON_PREMISES: Source = Source { name: "randomcalculators.com, on-premises vs cloud", date: "" };

const MICROSOFT: Source =
    Source { name: "IREN and Microsoft: earningsanalysis.com, earningsiq.co, ctol.digital", date: "2025-11" };

fn rows() -> Vec<Row> {
    let mut rows = owned_server();
    rows.push(monthly_cost());
    rows.push(static_payback());
    rows.extend(system_hours());
    rows.extend(utilised_hours());
    rows.extend(cost_stacks());
    rows.push(monthly_rent());
    rows.extend(wrong_page());
    rows.extend(contract());
    rows
}

/// A figure that only leasing has.
fn of_leasing(run: Option<&Evaluation>, figure: fn(&Figures) -> f64) -> f64 {
    read(run, |run| if let Readouts::Leasing(readouts) = &run.readouts { figure(readouts) } else { f64::NAN })
}

/// GPUs on an own site that costs nothing, live at once, at the market, always rented, with free power.
fn gpus(count: u32, horizon_months: u32) -> Scenario {
    let mut scenario = Scenario { horizon_months, ..plain() };
    let leasing = &mut scenario.leasing;
    leasing.fleet = Fleet::Count(count);
    (leasing.build_months, leasing.ramp_months) = (0, 0);
    (leasing.fit_out_usd_per_it_mw, leasing.contract_share) = (0.0.into(), 0.0);
    (leasing.opex_usd_per_gpu_hour, leasing.maintenance_per_year, leasing.replacement_per_year) =
        (0.0, 0.0, 0.0);
    (leasing.availability, leasing.utilisation, leasing.resale_share) = (1.0, 1.0, 0.0);
    leasing.pue = 1.0;
    leasing.idle_when_unprofitable = false;
    scenario.finance.inflation = 0.0;
    scenario.finance.discount_rate = 0.0;
    scenario.power.price_usd_per_kwh = Trajectory::growing(0.0, 0.0);
    scenario
}

/// IREN's contract with Microsoft: $9.7B over five years for 76,000 GB300 of $5.8B, at an EBITDA of 85 %.
fn contract() -> [Row; 3] {
    let rent = 9.7e9 / (76_000.0 * 60.0 * HOURS_PER_MONTH);
    let mut scenario = gpus(76_000, 60);
    scenario.site.capacity_mw = 250.0;
    let leasing = &mut scenario.leasing;
    leasing.gpu_price_usd = (5.8e9 / 76_000.0).into();
    (leasing.contract_share, leasing.contract_months) = (1.0, 60);
    leasing.contract_usd_per_gpu_hour = rent;
    leasing.opex_usd_per_gpu_hour = 0.15 * rent;
    let run = evaluate(&scenario, Business::Leasing);
    let revenue = first(run.as_ref(), Line::ContractRental) * 12.0 / 1e9;
    let payback = read(run.as_ref(), |run| number(&run.measures.payback_months) / 12.0);
    let row = |case, published, unit| Row::new("IREN-MICROSOFT", case, published, unit, MICROSOFT);
    [
        row("Revenue of IREN's contract with Microsoft in a year", Published::Printed(1.94), "billion USD")
            .plan("12 · contract rental of a month", revenue, Expectation::Absolute(0.005)),
        row("Its payback on the GPUs alone", Published::Derived(3.517), "years")
            .plan("month at which cumulative cash is zero", payback, Expectation::Relative(1e-3))
            .remark("$5.8B over 85 % of $1.94B; neither the data centre nor the prepayment is counted."),
        row("Its IRR on the GPUs alone, flows by year, nothing left", Published::Derived(13.0), "%").plan(
            "rate at which the flows of 5 years are worth nothing",
            yearly_irr(run.as_ref()),
            Expectation::Absolute(0.05),
        ),
    ]
}

/// Levelised cost of a plan, USD per GPU-hour sold.
fn levelised(scenario: &Scenario) -> f64 {
    let run = evaluate(scenario, Business::Leasing);
    of_leasing(run.as_ref(), |readouts| number(&readouts.levelised_usd_per_gpu_hour))
}

/// The four-GPU server of T1 over a life, rented at a price.
fn server(years: u32, rent_usd: f64) -> Scenario {
    let mut scenario = gpus(4, years * 12);
    let leasing = &mut scenario.leasing;
    leasing.gpu_price_usd = (27_500.0 + 10_414.0 / 4.0).into();
    (leasing.kw_per_gpu, leasing.pue) = (2.1 / 4.0, 1.52);
    // The source's server draws its power whether it is rented or not.
    leasing.idle_power_share = 1.0;
    leasing.rental_usd_per_gpu_hour = Trajectory::growing(rent_usd, 0.0);
    leasing.opex_usd_per_gpu_hour = 2.1 * 194.95 / 4.0 / HOURS_PER_MONTH;
    scenario.power.price_usd_per_kwh = Trajectory::growing(0.2575, 0.0);
    scenario
}

fn owned_server() -> Vec<Row> {
    const FORMULA: &str = "utilisation at which the plan's NPV is zero (at a discount rate of 0)";
    let cases = [
        (5, 3.29, 0.314, "An owned 4-GPU server against renting at $3.29: break-even utilisation"),
        (3, 3.29, 0.453, "The same with a life of 3 years"),
        (6, 3.29, 0.279, "The same with a life of 6 years"),
        (5, 1.99, 0.519, "The same against renting at $1.99"),
        (5, 2.89, 0.357, "The same against renting at $2.89"),
        (5, 6.98, 0.148, "The same against renting at $6.98"),
    ];
    let row = |(years, rent, printed, case): (u32, f64, f64, &'static str)| {
        let run = evaluate(&server(years, rent), Business::Leasing);
        Row::new("T1", case, Published::Printed(printed), "of hours", TCO_MODEL)
            .plan(
                FORMULA,
                of_leasing(run.as_ref(), |readouts| number(&readouts.break_even_utilisation)),
                Expectation::Absolute(6e-4),
            )
            .remark("Years of 8,766 hours here and 8,760 there move the third digit by less than one.")
    };
    let total = levelised(&server(5, 3.29)) * 4.0 * HOURS_PER_MONTH * 12.0;
    let mut rows: Vec<Row> = cases.into_iter().map(row).collect();
    rows.push(Row::new("T1", "Its cost in a year", Published::Printed(36_196.0), "USD", TCO_MODEL).plan(
        "levelised cost · GPU-hours of a year",
        total,
        Expectation::Relative(2e-3),
    ));
    rows
}

fn monthly_cost() -> Row {
    let mut scenario = gpus(1, 36);
    let leasing = &mut scenario.leasing;
    (leasing.gpu_price_usd, leasing.kw_per_gpu) = (15_000.0.into(), 0.4);
    // Half of the source's months of 720 hours.
    (leasing.utilisation, leasing.idle_power_share) = (360.0 / HOURS_PER_MONTH, 0.0);
    leasing.opex_usd_per_gpu_hour = 500.0 / HOURS_PER_MONTH;
    scenario.power.price_usd_per_kwh = Trajectory::growing(0.12, 0.0);
    Row::new("T4", "An owned GPU in a month", Published::Printed(933.95), "USD", LLMTCO).plan(
        "price / 36 + 0.4 kW · 360 h · $0.12 + $500 = levelised cost · 360 h",
        levelised(&scenario) * 360.0,
        Expectation::Absolute(0.01),
    )
}

fn static_payback() -> Row {
    let mut scenario = gpus(8, 60);
    (scenario.leasing.gpu_price_usd, scenario.leasing.utilisation) = ((1_100_000.0 / 8.0).into(), 0.6);
    // Months of 720 hours there.
    scenario.leasing.rental_usd_per_gpu_hour = Trajectory::growing(25.0 * 720.0 / HOURS_PER_MONTH, 0.0);
    let run = evaluate(&scenario, Business::Leasing);
    Row::new(
        "T5",
        "Payback of an 8×H100 server at today's profit (RMB)",
        Published::Printed(12.7),
        "months",
        CNYES,
    )
    .plan(
        "capex / operating cash of a month at start levels",
        run.map_or(f64::NAN, |run| number(&run.measures.payback_today_months)),
        Expectation::Absolute(0.05),
    )
}

fn system_hours() -> [Row; 2] {
    let mut scenario = gpus(8, 60);
    (scenario.leasing.gpu_price_usd, scenario.leasing.kw_per_gpu) = ((199_000.0 / 8.0).into(), 6.5 / 8.0);
    scenario.power.price_usd_per_kwh = Trajectory::growing(0.1, 0.0);
    let computed = levelised(&scenario);
    let row = |case, printed| Row::new("T6", case, Published::Printed(printed), "USD", OKX);
    [
        row("A DGX A100 per GPU-hour", 0.65).plan(
            "(price + energy of 60 months) / GPU-hours",
            computed,
            Expectation::Absolute(0.005),
        ),
        row("The same per hour of the system", 5.19)
            .plan("8 · levelised cost", computed * 8.0, Expectation::Absolute(0.005))
            .remark("The post corrects a newspaper that took the cost of a system for that of a GPU."),
    ]
}

fn utilised_hours() -> [Row; 2] {
    let mut scenario = gpus(1, 36);
    let leasing = &mut scenario.leasing;
    leasing.gpu_price_usd = 25_000.0.into();
    leasing.utilisation = 13_000.0 / (36.0 * HOURS_PER_MONTH);
    // Half of the depreciation of a utilised hour.
    leasing.opex_usd_per_gpu_hour = 12_500.0 / (36.0 * HOURS_PER_MONTH);
    let computed = levelised(&scenario);
    let row = |case, printed, unit| Row::new("T7", case, Published::Printed(printed), unit, COREWEAVE_POST);
    [
        row("A $25,000 GPU per utilised hour over 3 years at 50 %", 2.88, "USD").plan(
            "(price + half of it) / 13,000 h",
            computed,
            Expectation::Absolute(0.005),
        ),
        row("Margin at $4.25 an hour", 32.0, "%").plan(
            "1 − levelised cost / price",
            (1.0 - computed / 4.25) * 100.0,
            Expectation::Absolute(0.5),
        ),
    ]
}

/// Levelised cost of a stack of costs per GPU-hour, the first of which is capital over 60 months.
fn stack(parts: [f64; 5]) -> f64 {
    let mut scenario = gpus(1, 60);
    scenario.leasing.gpu_price_usd = (parts[0] * 60.0 * HOURS_PER_MONTH).into();
    scenario.leasing.opex_usd_per_gpu_hour = parts[1..].iter().sum();
    levelised(&scenario)
}

fn cost_stacks() -> [Row; 4] {
    let (crusoe, coreweave) = (stack([0.95, 0.03, 0.15, 0.1, 0.1]), stack([1.1, 0.07, 0.25, 0.1, 0.12]));
    let total = |case, printed, computed| {
        Row::new("T8", case, Published::Printed(printed), "USD/GPU-h", COST_STACKS).plan(
            "capital + operating costs per GPU-hour",
            computed,
            Expectation::Absolute(0.005),
        )
    };
    let margin = |case, printed: f64| Row::new("T8", case, Published::Printed(printed), "%", COST_STACKS);
    let of = |cost: f64| (1.0 - cost / 2.2) * 100.0;
    [
        total("Cost stack of Crusoe", 1.33, crusoe),
        margin("Its margin at $2.20", 40.0).plan(
            "1 − levelised cost / price",
            of(crusoe),
            Expectation::Absolute(0.5),
        ),
        total("Cost stack of CoreWeave", 1.64, coreweave),
        margin("Its margin at $2.20", 34.0)
            .plan(
                "1 − levelised cost / price",
                of(coreweave),
                Expectation::Wrong { right: 25.454_545, within: 1e-6 },
            )
            .remark("Contradicts the page's own parts: 1 − 1.64/2.20 is 25.5 %."),
    ]
}

fn monthly_rent() -> Row {
    let (monthly_rate, months) = (0.13 / 12.0, 48);
    // Capital of $7,025 a month at 13 % over four years is this much today.
    let annuity = (1.0 - f64::powi(1.0 + monthly_rate, -months)) / monthly_rate;
    let mut scenario = gpus(8, months as u32);
    scenario.leasing.gpu_price_usd = (7_025.0 * annuity / 8.0).into();
    scenario.leasing.opex_usd_per_gpu_hour = 1_871.0 / 8.0 / HOURS_PER_MONTH;
    scenario.finance.discount_rate = f64::powi(1.0 + monthly_rate, 12) - 1.0;
    Row::new("T9", "An HGX H100 server, all-in", Published::Printed(1.525), "USD/GPU-h", SEMIANALYSIS)
        .plan(
            "(PV of capex + PV of hosting) / PV of GPU-hours at 13 %",
            levelised(&scenario),
            Expectation::Relative(2e-3),
        )
        .remark("$7,025 capital and $1,871 hosting a month for 8 GPUs; the term of 48 months cancels.")
}

fn wrong_page() -> [Row; 3] {
    let mut scenario = gpus(8, 60);
    let leasing = &mut scenario.leasing;
    leasing.gpu_price_usd = (35_000.0 * 1.4).into();
    (leasing.kw_per_gpu, leasing.pue, leasing.idle_power_share) = (0.7, 1.4, 0.0);
    leasing.utilisation = 400.0 / HOURS_PER_MONTH;
    leasing.rental_usd_per_gpu_hour = Trajectory::growing(4.5, 0.0);
    leasing.opex_usd_per_gpu_hour = 3_000.0 / 8.0 / HOURS_PER_MONTH;
    scenario.power.price_usd_per_kwh = Trajectory::growing(0.12, 0.0);
    let run = evaluate(&scenario, Business::Leasing);
    let payback = run.as_ref().map_or(f64::NAN, |run| number(&run.measures.payback_today_months));
    let row = |case, published| Row::new("T11", case, published, "USD", ON_PREMISES);
    [
        row("On premises against cloud: energy of a month", Published::Printed(376.32)).plan(
            "8 · 0.7 kW · 1.4 · 400 h · $0.12",
            -first(run.as_ref(), Line::Power),
            Expectation::Absolute(0.01),
        ),
        row("The same hours in the cloud", Published::Printed(14_400.0)).plan(
            "8 · 400 h · $4.50",
            first(run.as_ref(), Line::Revenue),
            Expectation::Absolute(0.01),
        ),
        Row { unit: "months", ..row("Month of break-even", Published::Words("no break-even", None)) }
            .plan(
                "capex / (cloud − energy − data centre)",
                payback,
                Expectation::Wrong { right: 35.559_813_057, within: 1e-9 },
            )
            .remark(
                "The page sets the amortisation against the cash that is to pay for it, so the capex counts \
                 twice (its formula: 137 months), and calls the cloud cheaper although its own figures say \
                 $11,543 against $14,400 a month.",
            ),
    ]
}
