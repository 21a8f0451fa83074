//! Rates of return where common libraries fail, payback, loans, depreciation.

use crate::finance::{Loan, When, irr_roots, npv, payback};
use crate::kernel::depreciation_schedule;
use crate::published::{Expectation, Published, Row, Source};
use crate::scenario::Depreciation;

const NUMPY: Source = Source { name: "numpy-financial", date: "1.0.0" };
const PYXIRR: Source = Source { name: "pyxirr", date: "0.10.8" };
const QUANTLIB: Source = Source { name: "QuantLib", date: "1.44" };
const SAM: Source = Source { name: "NREL-PySAM, PySSC cashloan", date: "7.1.1.post1" };
const IRS: Source = Source { name: "IRS Publication 946, table A-1", date: "" };
const MPMATH: Source = Source { name: "mpmath, 50 digits", date: "1.4.1" };
const ARB: Source = Source { name: "python-flint (Arb), certified roots", date: "0.9.0" };

pub(crate) fn rows() -> Vec<Row> {
    let mut rows = Vec::from(values());
    rows.extend(roots());
    rows.extend(library_roots());
    rows.extend(paybacks());
    rows.extend(loans());
    rows.extend(depreciation());
    rows
}

fn values() -> [Row; 2] {
    let flows = [-1000.0, 300.0, 420.0, 680.0];
    [
        Row::new(
            "textbook_1000",
            "NPV of −1000, 300, 420, 680 at 10 %",
            Published::Printed(130.728_775_356_874_5),
            "",
            MPMATH,
        )
        .function("Σ c_k / 1.1^k", npv(0.1, &flows), Expectation::Absolute(1e-14 * 2400.0))
        .remark("Within 1e-14 of Σ|c|, as for all 50 cash flows of the test vectors."),
        Row::new("textbook_1000", "Its IRR", Published::Printed(16.340_560_068_898_93), "%", ARB).function(
            "rate at which the NPV is zero",
            rate(&flows, 0),
            Expectation::Relative(1e-9),
        ),
    ]
}

/// The `nth` rate per period at which the NPV of flows is zero, %.
fn rate(flows: &[f64], nth: usize) -> f64 {
    irr_roots(flows).get(nth).map_or(f64::NAN, |root| root.rate * 100.0)
}

/// Flows with several rates: all of them are listed.
fn roots() -> Vec<Row> {
    let row = |id, case, printed, computed| {
        Row::new(id, case, Published::Printed(printed), "%", ARB)
            .function("every rate at which the NPV is zero", computed, Expectation::Relative(1e-9))
            .remark("Several rates: all are listed and none is called the IRR; libraries return one of them.")
    };
    let three = [-1000.0, 3600.0, -4310.0, 1716.0];
    let pump = [-1600.0, 10_000.0, -10_000.0];
    vec![
        row("three_irr", "First of three rates of −1000, 3600, −4310, 1716", 10.0, rate(&three, 0)),
        row("three_irr", "Second", 20.0, rate(&three, 1)),
        row("three_irr", "Third", 30.0, rate(&three, 2)),
        row("oil_pump", "First of two rates of −1600, 10000, −10000", 25.0, rate(&pump, 0)),
        row("oil_pump", "Second", 400.0, rate(&pump, 1)),
    ]
}

/// A library's answer that is wrong or missing, beside the certified root, %.
fn library_roots() -> Vec<Row> {
    let mut rows = unanswered();
    rows.extend(one_of_two());
    rows.extend(guesses());
    rows
}

fn library(id: &'static str, case: &'static str, published: Published, source: Source) -> Row {
    Row::new(id, case, published, "%", source)
}

fn certified(row: Row, computed: f64, right: f64, within: f64) -> Row {
    row.function("every rate at which the NPV is zero", computed, Expectation::Wrong { right, within })
}

/// Libraries that give up.
fn unanswered() -> Vec<Row> {
    let none = |words| Published::Words(words, None);
    let double = rate(&[-100.0, 220.0, -121.0], 0);
    let mut flows = [1.5e10; 121];
    flows[0] = -1e12;
    let (huge, right) = (rate(&flows, 0), 1.093_060_393_967_676);
    let (touches, scale) = ("IRR of −100, 220, −121 (a double root)", "IRR of −1e12 and 120 times 1.5e10");
    vec![
        certified(library("double_root_10", touches, none("nan"), NUMPY), double, 10.0, 1e-6),
        certified(library("double_root_10", "The same", none("error"), QUANTLIB), double, 10.0, 1e-6),
        certified(library("huge_1e12_monthly", scale, none("none"), PYXIRR), huge, right, 1e-9),
        certified(library("huge_1e12_monthly", "The same", none("none"), QUANTLIB), huge, right, 1e-9),
    ]
}

/// Flows with two rates, of which the library gives the one that is not the rate of return.
fn one_of_two() -> [Row; 2] {
    const REMARK: &str = "The library gives one root without a word of the other. There is a profit, so the one positive \
         root is the rate of return.";
    let issue_44 = [-1678.87, 771.96, 1814.05, 3520.3, 3552.95, 3584.99, 4789.91, -1.0];
    let row = |id, case, printed, computed, right| {
        certified(library(id, case, Published::Printed(printed), NUMPY), computed, right, 1e-9).remark(REMARK)
    };
    [
        row(
            "npf_issue39",
            "IRR of 27 flows of numpy-financial's issue 39",
            -1.809_678_647_396_317_8,
            rate(&issue_39(), 1),
            12.000_000_000_000_167,
        ),
        row(
            "npf_issue44",
            "IRR of 8 flows of numpy-financial's issue 44",
            -99.979_126_042_832_83,
            rate(&issue_44, 1),
            100.426_984_872_055_8,
        ),
    ]
}

/// Flows so small that an absolute tolerance is met by any guess.
fn guesses() -> [Row; 3] {
    let mut late = [1e-7; 15];
    (late[0], late[1], late[2]) = (0.0, 0.0, -1e-6);
    let row = |id, case, printed, computed, right| {
        certified(library(id, case, Published::Printed(printed), PYXIRR), computed, right, 1e-9)
            .remark("The library stops at an absolute tolerance, at once (its guess of 10 %) or too early.")
    };
    [
        row(
            "tiny_1e-9",
            "IRR of flows of a billionth",
            10.0,
            rate(&[-1e-9, 5e-10, 4e-10, 3e-10], 0),
            10.651_681_242_940_647,
        ),
        row(
            "noise",
            "IRR of flows of 1e-12",
            10.0,
            rate(&[-1e-12, 1e-12, -1e-12, 2e-12], 0),
            35.320_996_419_932_44,
        ),
        row(
            "inv_zero_then_tail",
            "IRR of −1e-6 and twelve times 1e-7",
            2.919_929_330_478_946_6,
            rate(&late, 0),
            2.922_854_076_913_369_5,
        ),
    ]
}

/// Two payments and flows that fall by a fixed amount, from which the library's issue 39 is made.
fn issue_39() -> Vec<f64> {
    let (first, step) = (108_466.804_624_505_92, -7_336.840_231_225_278);
    let mut flows = vec![-217_500.0; 2];
    flows.extend((0..25).map(|k| first + step * f64::from(k)));
    flows
}

fn paybacks() -> Vec<Row> {
    let runs = [
        (-1505.9, 60.64, Published::Words("nan", None), 24.961_293),
        (-1263.35, 303.18, Published::Words("nan", None), 24.806_463),
        (-50.62, 1515.91, Published::Words("nan", None), 24.032_314),
    ];
    let row = |(before, after, published, right): (f64, f64, Published, f64)| {
        let mut flows = vec![0.0; 26];
        (flows[0], flows[25]) = (before, after - before);
        let computed = payback(&flows, 0.0).map_or(f64::NAN, |payback| payback.first);
        let case = format!("Payback in year 25: −{} after 24 years, {after} after 25", before.abs());
        Row::new("SAM-PAYBACK", case, published, "years", SAM)
            .function(
                "24 + what is missing / flow of the last year",
                computed,
                Expectation::Wrong { right, within: 1e-5 },
            )
            .remark("SAM's loop ends a year early, so a payback in the final year is not found.")
    };
    runs.into_iter().map(row).collect()
}

fn loans() -> [Row; 2] {
    let tiny = Loan { principal: 1e6, rate: 1e-9 / 12.0, periods: 120, balloon: 0.0, when: When::End };
    let early = Loan { principal: 25e6, rate: 0.095 / 12.0, periods: 48, balloon: 0.0, when: When::Begin };
    let schedule = early.schedule();
    let first = schedule.first().map_or(f64::NAN, |payment| payment.principal);
    [
        Row::new(
            "pmt-1e-9",
            "Payment of a loan of $1M over 120 months at an APR of 1e-9",
            Published::Printed(8_333.332_727_163_634),
            "USD",
            NUMPY,
        )
        .function(
            "r · P · (1 + 1/((1+r)^n − 1)) by expm1 and log1p",
            tiny.payment(),
            Expectation::Wrong { right: 8_333.333_375_347_222, within: 1e-9 },
        )
        .remark("Digits are lost in (1+r)^n − 1; pyxirr has the same error."),
        Row::new(
            "ppmt-begin",
            "Principal in the first of 48 payments at the beginning of the month, $25M at 9.5 %",
            Published::Words("ipmt + ppmt ≠ pmt", None),
            "USD",
            PYXIRR,
        )
        .function(
            "the first payment bears no interest",
            first,
            Expectation::Wrong { right: 623_145.184_066_201_9, within: 1e-9 },
        )
        .remark("The library takes off an interest that has not accrued yet."),
    ]
}

/// Deduction of each year, % of the basis.
fn yearly(class: Depreciation, bonus: f64, years: usize) -> Vec<f64> {
    let months = depreciation_schedule(class, bonus, years * 12);
    months.chunks(12).map(|year| year.iter().sum::<f64>() * 100.0).collect()
}

fn depreciation() -> Vec<Row> {
    let row = |case: String, printed: f64, computed: f64| {
        Row::new("MACRS", case, Published::Printed(printed), "%", IRS).function(
            "Σ of the year's twelve months",
            computed,
            Expectation::Absolute(1e-9),
        )
    };
    let class = |name: &str, printed: &[f64], computed: Vec<f64>, years: &[usize]| -> Vec<Row> {
        let of =
            |&year: &usize| row(format!("MACRS {name}, year {year}"), printed[year - 1], computed[year - 1]);
        years.iter().map(of).collect()
    };
    let five = [20.0, 32.0, 19.2, 11.52, 11.52, 5.76];
    let fifteen = [5.0, 9.5, 8.55, 7.7, 6.93, 6.23, 5.9, 5.9, 5.91, 5.9, 5.91, 5.9, 5.91, 5.9, 5.91, 2.95];
    let mut rows = class("5", &five, yearly(Depreciation::Macrs5, 0.0, 6), &[1, 2, 3, 4, 5, 6]);
    rows.extend(class("15", &fifteen, yearly(Depreciation::Macrs15, 0.0, 16), &[1, 2, 7, 9, 16]));
    let bonus = yearly(Depreciation::Macrs5, 0.4, 6);
    rows.push(row("MACRS 5 with a bonus of 40 %, year 1".to_owned(), 52.0, bonus[0]));
    rows.push(row("MACRS 5 with a bonus of 40 %, year 2".to_owned(), 19.2, bonus[1]));
    rows
}
