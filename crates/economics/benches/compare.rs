//! The whole comparison of the default scenario, and its parts.
//!
//! `cargo bench -p wattfolio-economics`

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use wattfolio_economics::business::Plan;
use wattfolio_economics::finance::irr_roots;
use wattfolio_economics::kernel::Basis;
use wattfolio_economics::results::{compare, compare_on};
use wattfolio_economics::scenario::{Debt, Scenario};

fn benches(c: &mut Criterion) {
    let scenario = Scenario::default().validate().expect("the defaults are valid");
    c.bench_function("compare default", |b| b.iter(|| compare(black_box(&scenario))));
    let loan = Debt::Loan { loan_to_cost: 0.6, apr: 0.09, term_months: 60, grace_months: 6 };
    let mut financed = Scenario::default();
    (financed.mining.debt, financed.hosting.debt, financed.leasing.debt) = (loan, loan, loan);
    let financed = financed.validate().expect("the loan is valid");
    c.bench_function("compare with tax and debt", |b| {
        b.iter(|| compare_on(black_box(&financed), Basis::EquityAfterTax));
    });
    c.bench_function("compile default", |b| b.iter(|| Plan::compile(black_box(&scenario))));
    c.bench_function("validate default", |b| b.iter(|| black_box(Scenario::default()).validate()));
    let comparison = compare(&scenario);
    for evaluation in comparison.evaluations() {
        let name = format!("irr roots {}", evaluation.business.id());
        c.bench_function(&name, |b| b.iter(|| irr_roots(black_box(&evaluation.flows.net))));
    }
}

criterion_group!(all, benches);
criterion_main!(all);
