//! AI hosting: rents of published leases, a customer's credit, yields, and the gain of a lower PUE.

use super::{EndValue, Figures, Plan};
use crate::business::Business;
use crate::kernel::Line;
use crate::published::plans::{evaluate, number, plain, read, sum};
use crate::published::{Cases, Chapter, Expectation, Published, Row, Source};
use crate::results::{Evaluation, Readouts};
use crate::scenario::Scenario;

impl Cases for Plan {
    const CHAPTERS: &'static [Chapter] = &[Chapter { place: 4, title: "AI hosting", rows }];
}

const GENERIC: Source =
    Source { name: "rittenhouseresearch.substack.com/p/coreweave-unit-economics-margin-profile", date: "" };
const CREDIT: Source = Source {
    name: "VIC write-up and press on Core Scientific and CoreWeave (secondary sources)",
    date: "2024-06",
};
const PUE: Source = Source { name: "aiinframap.com/tools/energy/pue-comparison", date: "" };

/// A lease with its printed value.
struct Deal {
    name: &'static str,
    it_mw: f64,
    years: u32,
    total_usd: f64,
    /// Mean rent over the term, USD per kW of IT power and month.
    rent: f64,
    source: Source,
}

const fn deal(
    name: &'static str,
    (it_mw, years, total_busd): (f64, u32, f64),
    rent: f64,
    (source, date): (&'static str, &'static str),
) -> Deal {
    Deal { name, it_mw, years, total_usd: total_busd * 1e9, rent, source: Source { name: source, date } }
}

const CORE_500: (&str, &str) = ("Core Scientific, sec.gov 1839341/000162828024043341", "2024");
const TERAWULF: Deal = deal(
    "TeraWulf and Fluidstack, 200 MW",
    (200.0, 10, 3.7),
    154.2,
    ("blockspace.media/insight/terawulf-signs-…", "2025-08"),
);
const ABERNATHY: Deal = deal("TeraWulf Abernathy, 168 MW", (168.0, 25, 9.5), 188.5, ("sacra.com", "2025"));
const CIPHER: Deal =
    deal("Cipher and Fluidstack, 168 MW", (168.0, 10, 3.0), 148.8, ("stocktitan.net/news/CIFR", "2025-09"));
const CIPHER_ADDED: Deal =
    deal("Cipher and Fluidstack, 39 MW more", (39.0, 10, 0.83), 177.4, ("beyondspx.com", "2025-11"));
const GALAXY: Deal = deal(
    "Galaxy and CoreWeave, Helios, 526 MW",
    (526.0, 15, 15.0),
    158.4,
    ("stocktitan.net/news/GLXY; bitxjournal.com", "2025"),
);

const DEALS: [Deal; 12] = [
    deal(
        "Core Scientific and CoreWeave, 200 MW",
        (200.0, 12, 3.5),
        121.5,
        ("blockworks.co; forklog", "2024-06"),
    ),
    deal(
        "Core Scientific and CoreWeave, 382 MW",
        (382.0, 12, 6.7),
        121.8,
        ("businesswire 20240807926379", "2024-08"),
    ),
    deal("Core Scientific and CoreWeave, 500 MW", (500.0, 12, 8.7), 120.8, CORE_500),
    deal("Core Scientific and CoreWeave, 590 MW", (590.0, 12, 10.2), 120.1, ("gfmreview.com", "2025-02")),
    TERAWULF,
    ABERNATHY,
    CIPHER,
    CIPHER_ADDED,
    deal("Cipher and AWS, 300 MW", (300.0, 15, 5.5), 101.9, ("parameter.io", "2025-11")),
    GALAXY,
    deal(
        "Applied Digital and CoreWeave, 250 MW",
        (250.0, 15, 7.0),
        155.6,
        ("theregister.com/2025/06/02/coreweave_applied_digital_nd", "2025-06"),
    ),
    deal("Applied Digital and CoreWeave, 400 MW", (400.0, 15, 11.0), 152.8, ("idcnova 3595", "2025")),
];

fn rows() -> Vec<Row> {
    let mut rows: Vec<Row> = DEALS.iter().map(rent).collect();
    rows.extend(yearly());
    rows.push(first_year_of_hut_8());
    rows.extend(yields());
    rows.extend(generic_lease());
    rows.extend(credit());
    rows.extend(pue());
    rows
}

/// A figure that only hosting has.
fn of_hosting(run: Option<&Evaluation>, figure: fn(&Figures) -> f64) -> f64 {
    read(run, |run| if let Readouts::Hosting(readouts) = &run.readouts { figure(readouts) } else { f64::NAN })
}

/// A lease of `it_mw` at a level fee, live at once, without operating cost and without end effects.
pub(crate) fn lease(it_mw: f64, months: u32, fee_usd_per_kw_month: f64) -> Scenario {
    let mut scenario = Scenario { horizon_months: months, ..plain() };
    let hosting = &mut scenario.hosting;
    (hosting.build_months, hosting.ramp_months, hosting.term_months) = (0, 0, months);
    (hosting.fee_usd_per_kw_month, hosting.fee_escalator) = (fee_usd_per_kw_month.into(), 0.0);
    hosting.opex_usd_per_kw_month = 0.0;
    hosting.end_value = EndValue::Works;
    scenario.site.capacity_mw = it_mw * hosting.pue;
    scenario.finance.inflation = 0.0;
    scenario
}

/// The level rent at which the fees of a plan add up to a contract's value, USD per kW and month.
pub(crate) fn level_rent(it_mw: f64, years: u32, total_usd: f64) -> f64 {
    total_usd / fees(&lease(it_mw, years * 12, 1.0))
}

/// Fees over a plan, USD.
pub(crate) fn fees(scenario: &Scenario) -> f64 {
    sum(evaluate(scenario, Business::Hosting).as_ref(), Line::Fees)
}

fn rent(deal: &Deal) -> Row {
    let case = format!("Rent of {}", deal.name);
    Row::new("DEALS", case, Published::Derived(deal.rent), "USD/kW-month", deal.source).plan(
        "contract value / Σ fees of a plan at $1 a kW-month",
        level_rent(deal.it_mw, deal.years, deal.total_usd),
        Expectation::Absolute(0.1),
    )
}

/// Yearly figures that the press prints beside the contract's value.
fn yearly() -> [Row; 3] {
    let per_year = |deal: &Deal, rent: f64| fees(&lease(deal.it_mw, 12, rent)) / 1e6;
    let core = &DEALS[0];
    let noi = |deal: &Deal, margin: f64| {
        let mut scenario = lease(deal.it_mw, 24, deal.rent);
        scenario.hosting.opex_usd_per_kw_month = deal.rent * (1.0 - margin);
        let run = evaluate(&scenario, Business::Hosting);
        of_hosting(run.as_ref(), |r| number(&r.noi_margin)) * per_year(deal, deal.rent)
    };
    let mut helios = lease(133.0, 12, GALAXY.rent);
    helios.hosting.fit_out_usd_per_it_mw = 13.2e6.into();
    let capex = read(evaluate(&helios, Business::Hosting).as_ref(), |run| run.measures.capex_usd) / 1e6;
    let row =
        |case, printed, source| Row::new("DEALS", case, Published::Printed(printed), "million USD", source);
    [
        row("Fees of Core Scientific's first 200 MW in a year", 290.0, core.source).plan(
            "Σ fees of 12 months at the mean rent",
            per_year(core, core.rent),
            Expectation::Relative(0.01),
        ),
        row("NOI of TeraWulf and Fluidstack in a year at a margin of 85 %", 315.0, TERAWULF.source).plan(
            "NOI margin · Σ fees of 12 months",
            noi(&TERAWULF, 0.85),
            Expectation::Relative(0.005),
        ),
        row("Capex of Helios, phase I, 133 MW", 1_750.0, GALAXY.source)
            .plan("own capex at $13.2M a MW", capex, Expectation::Relative(0.005))
            .remark("$1.4B of debt is 80 % of cost, and $350M equity."),
    ]
}

fn first_year_of_hut_8() -> Row {
    let mut scenario = lease(245.0, 180, 1.0);
    scenario.hosting.fee_escalator = 0.03;
    let source =
        Source { name: "marketinference.com/analysis/r/2025/12/18/HUT; mcaketech.com", date: "2025-12" };
    Row::new(
        "DEALS",
        "Rent of the first year of Hut 8 and Anthropic, River Bend, 245 MW",
        Published::Derived(128.02),
        "USD/kW-month",
        source,
    )
    .plan(
        "$7.0B / Σ fees of 15 years at $1 in the first and 3 % more a year",
        7.0e9 / fees(&scenario),
        Expectation::Absolute(0.01),
    )
    .remark(
        "The mean over the term is $158.7: headline rents of long leases are a fifth above the first year's.",
    )
}

/// Yield on cost and NOI margin of a lease in a plan, %.
fn yield_on_cost(deal: &Deal, capex_musd_per_mw: f64, margin: f64) -> f64 {
    let mut scenario = lease(deal.it_mw, deal.years * 12, deal.rent);
    scenario.hosting.fit_out_usd_per_it_mw = (capex_musd_per_mw * 1e6).into();
    scenario.hosting.opex_usd_per_kw_month = deal.rent * (1.0 - margin);
    of_hosting(evaluate(&scenario, Business::Hosting).as_ref(), |r| number(&r.yield_on_cost)) * 100.0
}

/// Leases for which rent, margin and capex per MW are all published; ranges at their middle.
fn yields() -> Vec<Row> {
    // Value/term over capex per MW, times the margin: from the printed terms alone.
    let published = [
        ("TeraWulf and Fluidstack", TERAWULF, 9.0, 0.85, 17.472),
        ("TeraWulf Abernathy", ABERNATHY, 9.0, 0.70, 17.593),
        ("Cipher and Fluidstack", CIPHER, 10.0, 0.825, 14.732),
        ("Cipher and Fluidstack, 39 MW more", CIPHER_ADDED, 9.5, 0.875, 19.602),
        ("Galaxy and CoreWeave, Helios", GALAXY, 13.2, 0.90, 12.962),
    ];
    let row = |(name, deal, capex, margin, derived): (&'static str, Deal, f64, f64, f64)| {
        let case = format!("Yield on cost of {name} at ${capex}M a MW and a margin of {} %", margin * 100.0);
        Row::new("DEALS", case, Published::Derived(derived), "%", deal.source).plan(
            "NOI of the first 12 months at full ramp / own capex",
            yield_on_cost(&deal, capex, margin),
            Expectation::Relative(1e-3),
        )
    };
    published.into_iter().map(row).collect()
}

fn generic_lease() -> [Row; 3] {
    let deal = Deal { name: "", it_mw: 100.0, years: 15, total_usd: 0.0, rent: 137.5, source: GENERIC };
    let row = |case, published, unit| Row::new("DEALS", case, published, unit, GENERIC);
    [
        row("Rent of a generic lease in its first year, per MW", Published::Printed(1.65), "million USD")
            .plan(
                "Σ fees of 12 months at $137.5",
                fees(&lease(1.0, 12, deal.rent)) / 1e6,
                Expectation::Relative(1e-9),
            ),
        row("Its yield on rent at $13M a MW", Published::Derived(12.7), "%").plan(
            "NOI of the first 12 months at full ramp / own capex",
            yield_on_cost(&deal, 13.0, 1.0),
            Expectation::Absolute(0.05),
        ),
        row("The same at $10M a MW", Published::Derived(16.5), "%").plan(
            "NOI of the first 12 months at full ramp / own capex",
            yield_on_cost(&deal, 10.0, 1.0),
            Expectation::Absolute(0.05),
        ),
    ]
}

fn credit() -> [Row; 3] {
    let mut scenario = lease(200.0, 144, level_rent(200.0, 12, 3.5e9));
    scenario.hosting.fit_out_usd_per_it_mw = (300e6 / 200.0).into();
    (scenario.hosting.customer_capex_share, scenario.hosting.credit_limit) = (1.0, 0.5);
    let run = evaluate(&scenario, Business::Hosting);
    let credits = |line: &[f64]| line.iter().sum::<f64>() / line[1];
    let months = read(run.as_ref(), |run| credits(run.ledger.line(Line::CreditToCustomer)));
    let yearly = read(run.as_ref(), |run| run.ledger.line(Line::Fees)[1] * 12.0 / 1e6);
    let row = |case, published, unit| Row::new("T16", case, published, unit, CREDIT);
    [
        row("Core Scientific's fees in a year", Published::Printed(291.7), "million USD").plan(
            "$3.5B / 12 years",
            yearly,
            Expectation::Relative(1e-3),
        ),
        row("Months of fees in which CoreWeave has its capex back", Published::Derived(24.685_714), "months")
            .plan("Σ credits / credit of a month", months, Expectation::Relative(1e-6))
            .remark("$300M credited against at most half of each fee; level fees are assumed."),
        row("Month in which the credit is used up", Published::Derived(25.0), "month").plan(
            "first month with nothing left to credit",
            of_hosting(run.as_ref(), |readouts| number(&readouts.credit_used_up_month)),
            Expectation::Exact,
        ),
    ]
}

fn pue() -> [Row; 2] {
    let energy = |pue: f64| {
        let mut scenario = lease(10.0, 12, 140.0);
        scenario.site.capacity_mw = 10.0 * pue;
        (scenario.hosting.pue, scenario.hosting.load_factor) = (pue, 1.0);
        sum(evaluate(&scenario, Business::Hosting).as_ref(), Line::EnergyMwh)
    };
    let saved = energy(1.5) - energy(1.16);
    let row = |case, printed, unit| Row::new("T21", case, Published::Printed(printed), unit, PUE);
    [
        row("Power saved by a PUE of 1.16 instead of 1.50 at 10 MW of IT", 3.4, "MW").plan(
            "10 MW · (1.50 − 1.16)",
            saved / (12.0 * crate::units::HOURS_PER_MONTH),
            Expectation::Relative(1e-3),
        ),
        row("Energy saved in a year", 29_800.0, "MWh").plan(
            "energy of 12 months at either PUE",
            saved,
            Expectation::Relative(1e-3),
        ),
    ]
}
