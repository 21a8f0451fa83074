use super::*;
use crate::kernel::{Absent, OneCustomer};
use crate::results::Blocks;

/// A plan that earns its capital of 100 and has nothing against it.
fn plan(business: Business) -> Candidate {
    Candidate {
        business,
        npv_usd: 10.0,
        end_proceeds_npv_usd: 0.0,
        capital_usd: Ok(100.0),
        npv_per_capex: Ok(0.1),
        irr: Ok(0.2),
        payback_months: Ok(50.0),
        payback_last_months: Ok(50.0),
        min_dscr: Err(Absent::NoDebtService),
        customer: None,
        odds: None,
    }
}

const A: Business = Business::Hosting;
const B: Business = Business::Leasing;

/// The verdict of plans alone.
fn of(criterion: Criterion, candidates: &[Candidate]) -> Verdict {
    Verdict::of(criterion, candidates.iter().map(|candidate| (*candidate, None)).collect())
}

/// A plan with the NPVs of its paths; the worst path stands for the tail.
fn simulated(candidate: Candidate, npv_usd: &[f64]) -> (Candidate, Option<SimulatedNpv<'_>>) {
    let n = npv_usd.len() as f64;
    let paths = SimulatedNpv {
        blocks: Blocks::default(),
        npv_usd,
        loss: npv_usd.iter().filter(|npv| **npv < 0.0).count() as f64 / n,
        mean_usd: npv_usd.iter().sum::<f64>() / n,
        cvar_usd: -npv_usd.iter().copied().fold(f64::INFINITY, f64::min),
        bitcoin_percentile: None,
    };
    let odds = Odds {
        paths: npv_usd.len(),
        mean_usd: paths.mean_usd,
        loss: paths.loss,
        cvar_usd: paths.cvar_usd,
        bitcoin_percentile: None,
    };
    (Candidate { odds: Some(odds), ..candidate }, Some(paths))
}

#[test]
fn each_criterion_has_its_own_winner() {
    let mining = Candidate { npv_usd: 5.0, payback_last_months: Ok(20.0), ..plan(Business::Mining) };
    let hosting = Candidate { npv_per_capex: Ok(0.4), irr: Err(Absent::NoRate), ..plan(A) };
    let leasing = Candidate { npv_usd: 30.0, irr: Ok(0.25), ..plan(B) };
    let winner = |criterion| of(criterion, &[mining, hosting, leasing]).winner().map(|one| one.business);
    assert_eq!(winner(Criterion::Value), Some(B));
    assert_eq!(winner(Criterion::ValuePerCapex), Some(A));
    assert_eq!(winner(Criterion::Payback), Some(Business::Mining));
    assert_eq!(winner(Criterion::Irr), Some(B));
    // Nothing was simulated.
    assert_eq!(winner(Criterion::Loss), None);
    // A business without a rate stands behind those that have one.
    let last = of(Criterion::Irr, &[mining, hosting, leasing]).ranking[2];
    assert_eq!((last.business.business, last.value), (A, Err(Absent::NoRate)));
}

#[test]
fn by_payback_the_last_crossing_counts() {
    let early = Candidate { payback_months: Ok(9.0), payback_last_months: Err(Absent::Never), ..plan(A) };
    assert_eq!(of(Criterion::Payback, &[early, plan(B)]).winner().map(|one| one.business), Some(B));
}

#[test]
fn plans_are_about_equal_below_their_thresholds() {
    // A second plan that is worse by a difference; the smaller capital is 100, so value ties below 5.
    type Worse = fn(f64) -> Candidate;
    let cases: [(Criterion, f64, Worse); 4] = [
        (Criterion::Value, 5.0, |d| Candidate { npv_usd: 10.0 - d, capital_usd: Ok(900.0), ..plan(B) }),
        (Criterion::ValuePerCapex, 0.05, |d| Candidate { npv_per_capex: Ok(0.1 - d), ..plan(B) }),
        (Criterion::Irr, 0.005, |d| Candidate { irr: Ok(0.2 - d), ..plan(B) }),
        (Criterion::Payback, 3.0, |d| Candidate { payback_last_months: Ok(50.0 + d), ..plan(B) }),
    ];
    for (criterion, threshold, worse) in cases {
        let equals = |d: f64| of(criterion, &[plan(A), worse(d * threshold)]).about_equal;
        assert_eq!(equals(0.99), [B], "{criterion:?}");
        assert!(equals(1.01).is_empty(), "{criterion:?}");
        assert_eq!(equals(0.0), [B], "{criterion:?}");
    }
    // Without capital there is no share of it.
    let free = Candidate { npv_usd: 9.0, capital_usd: Err(Absent::NoCapex), ..plan(B) };
    assert!(of(Criterion::Value, &[plan(A), free]).about_equal.is_empty());
}

#[test]
fn means_are_compared_with_means_by_the_error_of_paired_paths() {
    // Differences of ±20 about 6: the standard error over 4 paths is 10, over 400 it is 1.
    let (few, many): (Vec<f64>, Vec<f64>) = ([0.0; 4].into(), [0.0; 400].into());
    let apart = |n: usize| (0..n).map(|i| if i % 2 == 0 { 26.0 } else { -14.0 }).collect::<Vec<f64>>();
    let better_plan = Candidate { npv_usd: 30.0, ..plan(A) };
    for (base, equals) in [(few, true), (many, false)] {
        let other = apart(base.len());
        let verdict =
            Verdict::of(Criterion::Value, vec![simulated(better_plan, &base), simulated(plan(B), &other)]);
        assert_eq!(verdict.winner().map(|winner| winner.business), Some(A));
        let by_mean = verdict.by_mean.unwrap();
        assert_eq!((by_mean.winner, by_mean.about_equal == [A]), (B, equals));
    }
}

#[test]
fn chances_of_loss_tie_by_their_tail_per_dollar() {
    // One path in four loses, in both; the second loses more per dollar.
    let (small, large) = ([-1.0, 5.0, 5.0, 5.0], [5.0, -9.0, 5.0, 5.0]);
    let tied = Verdict::of(Criterion::Loss, vec![simulated(plan(A), &large), simulated(plan(B), &small)]);
    assert_eq!((tied.winner().unwrap().business, tied.about_equal.as_slice()), (B, &[A][..]));
    // Ten times the capital makes the larger loss the smaller one per dollar.
    let rich = Candidate { capital_usd: Ok(1000.0), ..plan(A) };
    let tied = Verdict::of(Criterion::Loss, vec![simulated(rich, &large), simulated(plan(B), &small)]);
    assert_eq!(tied.winner().unwrap().business, A);
    // Far more often is no tie, whatever the tail.
    let (often, never) = ([-0.1; 100], [50.0; 100]);
    let apart = Verdict::of(Criterion::Loss, vec![simulated(plan(A), &often), simulated(plan(B), &never)]);
    assert_eq!((apart.winner().unwrap().business, apart.about_equal.len()), (B, 0));
}

#[test]
fn a_loss_is_never_praised() {
    let losing = Candidate { npv_usd: -1.0, payback_last_months: Ok(10.0), ..plan(A) };
    for criterion in Criterion::ALL {
        let verdict = of(criterion, &[losing, plan(B)]);
        assert_eq!(verdict.place(A), Place::LosesValue, "{criterion:?}");
        assert_ne!(verdict.place(B), Place::LosesValue);
    }
    let verdict = of(Criterion::Payback, &[losing, plan(B)]);
    assert_eq!((verdict.winner().unwrap().business, verdict.place(B)), (A, Place::Behind(2)));
    assert_eq!(verdict.against[0], Against { caveat: Caveat::NegativeNpv, value: Ok(-1.0) });
    assert!(of(Criterion::Value, &[losing]).nothing_earns_its_capital());
}

#[test]
fn of_equals_none_is_best() {
    let verdict = of(Criterion::Value, &[plan(A), Candidate { npv_usd: 9.0, ..plan(B) }]);
    assert_eq!((verdict.place(A), verdict.place(B)), (Place::AboutEqual, Place::AboutEqual));
    let verdict = of(Criterion::Value, &[plan(A), Candidate { npv_usd: 1.0, ..plan(B) }]);
    assert_eq!((verdict.place(A), verdict.place(B)), (Place::Best, Place::Behind(2)));
    assert_eq!(verdict.place(Business::Mining), Place::Unranked);
}

/// The kinds that hold against a business, simulated or not.
fn kinds(candidate: Candidate) -> Vec<Caveat> {
    let verdict = of(Criterion::Value, &[candidate]);
    let held = verdict.against.iter().filter(|against| against.value.is_ok());
    held.map(|against| against.caveat).collect()
}

fn odds(loss: f64, bitcoin_percentile: Option<f64>) -> Odds {
    Odds { paths: 100, mean_usd: 5.0, loss, cvar_usd: 1.0, bitcoin_percentile }
}

#[test]
fn every_objection_has_its_threshold() {
    let cases: [(Caveat, Candidate, Candidate); 8] = [
        (Caveat::NegativeNpv, Candidate { npv_usd: -0.01, ..plan(A) }, Candidate { npv_usd: 0.0, ..plan(A) }),
        (
            Caveat::LossChance,
            Candidate { odds: Some(odds(0.34, None)), ..plan(A) },
            Candidate { odds: Some(odds(0.33, None)), ..plan(A) },
        ),
        (
            Caveat::EndProceeds,
            Candidate { end_proceeds_npv_usd: 5.1, ..plan(A) },
            Candidate { end_proceeds_npv_usd: 4.9, ..plan(A) },
        ),
        (
            Caveat::PaybackNotKept,
            Candidate { payback_last_months: Ok(51.0), ..plan(A) },
            Candidate { payback_last_months: Ok(50.0), ..plan(A) },
        ),
        (
            Caveat::OnlyByResale,
            Candidate { payback_months: Err(Absent::OnlyByResale), ..plan(A) },
            Candidate { payback_months: Err(Absent::Never), ..plan(A) },
        ),
        (
            Caveat::OneCustomer,
            Candidate {
                customer: Some(OneCustomer { hazard_per_year: 0.011, revenue_share: 0.81 }),
                ..plan(A)
            },
            Candidate {
                customer: Some(OneCustomer { hazard_per_year: 0.01, revenue_share: 1.0 }),
                ..plan(A)
            },
        ),
        (
            Caveat::Cover,
            Candidate { min_dscr: Ok(1.04), ..plan(A) },
            Candidate { min_dscr: Ok(1.05), ..plan(A) },
        ),
        (
            Caveat::PricePercentile,
            Candidate { odds: Some(odds(0.0, Some(0.71))), ..plan(Business::Mining) },
            Candidate { odds: Some(odds(0.0, Some(0.7))), ..plan(Business::Mining) },
        ),
    ];
    for (kind, beyond, within) in cases {
        assert_eq!(kinds(beyond), [kind]);
        assert!(kinds(within).is_empty(), "{kind:?}");
    }
    let shared = OneCustomer { hazard_per_year: 0.05, revenue_share: 0.8 };
    assert!(kinds(Candidate { customer: Some(shared), ..plan(A) }).is_empty());
    // A loss is never mostly end proceeds; the bitcoin price is a caveat of mining alone.
    let loss = Candidate { npv_usd: -1.0, end_proceeds_npv_usd: 9.0, ..plan(A) };
    assert_eq!(kinds(loss), [Caveat::NegativeNpv]);
    assert!(kinds(Candidate { odds: Some(odds(0.0, Some(0.9))), ..plan(A) }).is_empty());
}

#[test]
fn two_objections_are_said_in_order_and_the_unknown_is_named() {
    let candidate = Candidate {
        end_proceeds_npv_usd: 9.0,
        min_dscr: Ok(0.9),
        customer: Some(OneCustomer { hazard_per_year: 0.03, revenue_share: 1.0 }),
        ..plan(Business::Mining)
    };
    let verdict = of(Criterion::Value, &[candidate]);
    let all: Vec<(Caveat, bool)> =
        verdict.against.iter().map(|against| (against.caveat, against.value.is_ok())).collect();
    let expected = [
        (Caveat::LossChance, false),
        (Caveat::EndProceeds, true),
        (Caveat::OneCustomer, true),
        (Caveat::Cover, true),
        (Caveat::PricePercentile, false),
    ];
    assert_eq!(all, expected);
    let said: Vec<Caveat> = verdict.said().map(|against| against.caveat).collect();
    assert_eq!(said, [Caveat::EndProceeds, Caveat::OneCustomer]);
}
