//! Names, topics and values of the figures.

use super::*;
use crate::kernel::Basis;
use crate::scenario::Scenario;

#[test]
fn every_figure_has_a_name_of_its_own_and_topics_stand_together() {
    use RiskTopic::{Loss, Mean, Payback, Quantiles, Returns};

    let mut ids = RISK_FIGURES.map(|figure| figure.id).to_vec();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), RISK_FIGURES.len());
    let mut topics: Vec<RiskTopic> = RISK_FIGURES.map(|figure| figure.topic).to_vec();
    topics.dedup();
    assert_eq!(topics, [Mean, Quantiles, Loss, Payback, Returns]);
}

#[test]
fn values_are_those_of_the_run_and_rates_wait_for_theirs() {
    let mut scenario = Scenario::default();
    scenario.risk.paths = 100;
    let scenario = scenario.validate().unwrap();
    let simulation = super::super::simulate(&scenario, Basis::ProjectBeforeTax).unwrap();
    let risk = simulation.business(crate::business::Business::Mining).unwrap();
    let value = |id: &str| RISK_FIGURES.iter().find(|figure| figure.id == id).unwrap().read(risk);
    assert_eq!(value("npv_mean_usd"), RiskValue::Estimate(risk.npv.mean));
    assert_eq!(value("npv_mean_usd").standard_error(), Some(risk.npv.mean.standard_error));
    assert_eq!(value("loss").standard_error(), risk.loss.standard_error());
    assert_eq!(value("npv_p5_usd"), RiskValue::Number(risk.npv.quantiles[0]));
    // What is one of the net present values alone is the same from them.
    let of_npvs = RISK_FIGURES.iter().filter_map(|figure| Some((figure, figure.of_npvs()?)));
    let of_npvs: Vec<_> = of_npvs.collect();
    assert_eq!(of_npvs.len(), 10);
    for (figure, of_npvs) in of_npvs {
        let value = match figure.read(risk) {
            RiskValue::Number(value) => value,
            RiskValue::Estimate(estimate) => estimate.value,
            RiskValue::Share(share) => share.value,
            other => panic!("{}: {other:?}", figure.id),
        };
        assert_eq!(of_npvs(&risk.npv_usd), value, "{}", figure.id);
    }
    assert_eq!((value("irr_p5"), value("irr_p5").standard_error()), (RiskValue::Pending, None));
    // A payback that most paths never reach is a reason, not an infinite number of months.
    let months = risk.payback.as_ref().unwrap().quantiles[4];
    assert!(months.is_infinite() && value("payback_p95_months") == RiskValue::Absent(Absent::Never));
}
