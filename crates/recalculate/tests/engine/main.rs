//! Formulas of workbooks recomputed by formualizer, from copies whose cached values are all wrong.

mod poison;
#[path = "../../../../tests/it/workbook/read.rs"]
mod read;
#[path = "../../../../tests/it/workbook/mod.rs"]
mod workbooks;

use std::collections::BTreeMap;

use formualizer::{XlsxRecalculateOptions, recalculate_xlsx_bytes};
use wattfolio::report::workbook::workbook;
use wattfolio::store::Letter;
use wattfolio_economics::kernel::Basis;

use poison::{POISON, poisoned};
use read::{Cell, defined_names, formulas, sheet_names};
use workbooks::{Planned, made};

type Cells = BTreeMap<(String, String), Cell>;

/// The sum of absolute flows of the business of each sheet, USD; of sheets of none of them, of all.
fn sizes(bytes: &[u8], cells: &Cells) -> BTreeMap<String, f64> {
    let names = defined_names(bytes);
    let sizes = names.iter().filter(|(name, _)| name.ends_with("_flow_size"));
    sizes.map(|(_, place)| (place.0.clone(), cells[place].value.parse().unwrap())).collect()
}

/// How far two values may lie apart: 1e-9 of the flows for dollars, 1e-9 of themselves for all else.
fn allowed(cell: &Cell, sheet: &str, value: f64, sizes: &BTreeMap<String, f64>) -> f64 {
    if !cell.is_money {
        return 1e-9 * value.abs().max(1.0);
    }
    let own = sizes.iter().filter(|(name, _)| sheet.starts_with(name.as_str())).map(|(_, size)| *size);
    let all = sizes.values().copied();
    1e-9 * own.reduce(f64::max).or_else(|| all.reduce(f64::max)).unwrap()
}

/// Compares every formula cell with its recomputed value, and returns the largest share of what is allowed.
fn compare(what: &str, bytes: &[u8]) -> f64 {
    let expected = formulas(bytes);
    let poisoned = poisoned(bytes);
    let wrong = formulas(&poisoned);
    assert!(wrong.values().all(|cell| cell.value == POISON), "a value was not poisoned");
    let computed = recalculate_xlsx_bytes(&poisoned, XlsxRecalculateOptions::default());
    let computed = computed.unwrap_or_else(|fault| panic!("{what}: {fault}"));
    let found = formulas(&computed.bytes);
    assert_eq!(found.len(), expected.len());
    let sizes = sizes(bytes, &expected);
    let mut worst = (0.0_f64, String::new());
    let mut differing = Vec::new();
    for (place @ (sheet, address), cell) in &expected {
        let ours = (cell.value.parse::<f64>(), found[place].value.parse::<f64>());
        let share = match ours {
            (Ok(value), Ok(theirs)) => (value - theirs).abs() / allowed(cell, sheet, value, &sizes),
            _ if cell.value == found[place].value => 0.0,
            _ => f64::INFINITY,
        };
        if share > worst.0 {
            worst = (share, format!("{sheet} {address}"));
        }
        if share > 1.0 {
            let theirs = &found[place].value;
            differing.push(format!("{sheet} {address}: {} is {theirs}: {}", cell.value, cell.formula));
        }
    }
    assert!(
        differing.is_empty(),
        "{what}: {} cells differ:\n{}",
        differing.len(),
        differing[..differing.len().min(20)].join("\n")
    );
    println!("{what}: {} formulas, worst {:.1e} of what is allowed at {}", expected.len(), worst.0, worst.1);
    worst.0
}

const LOAN: &str = "Loan(loan_to_cost:0.7,apr:0.09,term_months:48,grace_months:6)";
const LONG_LOAN: &str = "Loan(loan_to_cost:0.5,apr:0.08,term_months:240,grace_months:0)";
const SIZED: &str = "SizedToDscr(dscr:1.4,apr:0.08,term_months:84)";

#[test]
fn presets_are_recomputed_on_every_basis() {
    for preset in ["today", "crash-2022", "hut8-river-bend", "hut8-coatue"] {
        for basis in Basis::ALL {
            compare(&format!("{preset} on {}", basis.id()), &Planned::new(preset, basis, &[]).workbook());
        }
    }
}

#[test]
fn every_kind_of_debt_is_recomputed() {
    for debt in [LOAN, LONG_LOAN, SIZED] {
        let changes = [("mining.debt", debt), ("hosting.debt", debt), ("leasing.debt", debt)];
        compare(debt, &Planned::new("today", Basis::EquityAfterTax, &changes).workbook());
        compare(debt, &Planned::new("today", Basis::ProjectAfterTax, &changes).workbook());
    }
}

#[test]
fn terms_of_tax_and_plans_of_any_length_are_recomputed() {
    let changes: [&[(&str, &str)]; 4] = [
        &[
            ("horizon_months", "37"),
            ("finance.hardware_depreciation", "StraightLine(months:50)"),
            ("finance.site_depreciation", "None"),
            ("finance.bonus_depreciation", "0.4"),
            ("leasing.debt", LOAN),
            ("leasing.resale_share", "0.3"),
        ],
        &[("horizon_months", "240"), ("finance.nol_limit", "0.5"), ("finance.site_bonus_depreciation", "0")],
        &[("finance.hardware_depreciation", "Macrs15"), ("finance.tax_rate", "0.9"), ("mining.debt", SIZED)],
        &[
            ("risk.cash_reserve_usd", "1000000"),
            ("risk.reserve_months", "0"),
            ("hosting.customer_capex_share", "1"),
        ],
    ];
    for changes in changes {
        for basis in Basis::ALL {
            compare(
                &format!("{changes:?} on {}", basis.id()),
                &Planned::new("today", basis, changes).workbook(),
            );
        }
    }
}

#[test]
fn scenarios_side_by_side_are_recomputed() {
    let all = [
        Planned::new("today", Basis::EquityAfterTax, &[("leasing.debt", LOAN)]),
        Planned::new("hodl", Basis::EquityAfterTax, &[]),
        Planned::new("hut8-river-bend", Basis::EquityAfterTax, &[]),
    ];
    let cases: Vec<_> = all
        .iter()
        .enumerate()
        .map(|(place, planned)| {
            planned.case(Some(Letter::at(place)), &planned.preset.about.title, &planned.preset.about)
        })
        .collect();
    let bytes = workbook(&cases, &made()).unwrap();
    let names = sheet_names(&bytes);
    assert_eq!(names[0], "Comparison");
    assert!(names.contains(&"B AI hosting ledger".to_owned()), "{names:?}");
    compare("three scenarios", &bytes);
}

/// The engine follows a change: the workbook is alive, and not only right where nothing moved.
#[test]
fn a_changed_tax_rate_gives_the_results_of_the_crate() {
    let before = Planned::new("today", Basis::ProjectAfterTax, &[]);
    let after = Planned::new("today", Basis::ProjectAfterTax, &[("finance.tax_rate", "0.4")]);
    // All that differs between the two files is inputs and cached values.
    let (bytes, changed) = (before.workbook(), after.workbook());
    let (formulas_before, formulas_after) = (formulas(&bytes), formulas(&changed));
    let npv = &defined_names(&bytes)["leasing_npv_usd"];
    assert_ne!(formulas_before[npv].value, formulas_after[npv].value);
    for (place, cell) in &formulas_before {
        assert_eq!(cell.formula, formulas_after[place].formula, "{place:?}");
    }
    compare("another tax rate", &changed);
}
