//! Figures of one business from the output of a run.

use super::model::KEPT;
use super::prepared::Planned;
use super::share::Share;
use super::simulate::BusinessRisk;
use super::statistics::{Distribution, Estimate, PROBABILITIES, Paybacks, Tail, quantile_at, read};
use super::works::Delays;
use crate::kernel::{Absent, Maybe, NotEvaluated};
use crate::results::Blocks;

/// Figures of a business, and the vectors to be reused.
pub(super) type RiskAndRest = (Result<BusinessRisk, NotEvaluated>, Vec<Vec<f64>>);

/// Reads the output of a run for one business.
pub(super) struct Reader<'a> {
    /// Quantiles by month.
    pub rows: &'a [f64],
    pub kept: [Vec<f64>; KEPT],
    pub planned: &'a Planned,
    pub delays: &'a Delays,
    /// Whether a customer of the business can fail.
    pub can_default: bool,
    pub has_payback: Maybe<()>,
}

impl Reader<'_> {
    /// Figures of the business, or an error if a path overflows; and the vectors to be reused.
    pub(super) fn business(self) -> RiskAndRest {
        let [npv_usd, payback_months, lowest_cash_usd, end, left_in] = self.kept;
        // No early exit, so that the loop is vectorized.
        let finite = |values: &[f64]| !values.iter().fold(false, |bad, value| bad | !value.is_finite());
        if !finite(&npv_usd) || !finite(self.rows) || !finite(&end) {
            let spent = vec![npv_usd, payback_months, lowest_cash_usd, end, left_in];
            return (Err(NotEvaluated::Overflow), spent);
        }
        let blocks = Blocks::of(self.delays.paths_of_block());
        let months = self.rows.chunks_exact(PROBABILITIES.len());
        let fan = std::array::from_fn(|which| months.clone().map(|month| month[which]).collect());
        let reserve_usd = self.planned.reserve_usd;
        let tail = Tail::new(&npv_usd, blocks);
        let (customer_defaults, loss_given_default) = if self.can_default {
            let defaults = Share::of(left_in.iter().map(|month| *month > 0.0), blocks);
            (Ok(defaults), loss_given_default(&npv_usd, &left_in, defaults, blocks))
        } else {
            (Err(Absent::NotApplicable), Err(Absent::NotApplicable))
        };
        let (end_quantiles, paths) = (read(&end), npv_usd.len());
        let capital_not_returned = Share::of(end.iter().map(|sum| *sum < 0.0), blocks);
        let (payback, left_over) = match self.has_payback {
            Ok(()) => (Ok(Paybacks::new(payback_months, months.len() - 1, blocks)), vec![end, left_in]),
            Err(reason) => (Err(reason), vec![end, left_in, payback_months]),
        };
        let risk = BusinessRisk {
            fan,
            end_quantiles,
            npv: Distribution::new(&npv_usd, blocks),
            payback,
            loss: Share::of(npv_usd.iter().map(|npv| *npv < 0.0), blocks),
            capital_not_returned,
            tail,
            reserve_usd,
            runs_dry: Share::of(lowest_cash_usd.iter().map(|lowest| reserve_usd + lowest < 0.0), blocks),
            shortfall_usd: shortfall_usd(&lowest_cash_usd, reserve_usd),
            customer_defaults,
            loss_given_default,
            delay_months: delay_months(self.delays, paths),
            cvar_per_capex: self.planned.capital_usd.map(|capital| {
                let Estimate { value, standard_error } = tail.conditional_value_at_risk;
                Estimate { value: value / capital, standard_error: standard_error / capital }
            }),
            irr: None,
            blocks,
            npv_usd,
            lowest_cash_usd,
        };
        (Ok(risk), left_over)
    }
}

/// The chance of loss among the paths on which a customer fails.
fn loss_given_default(npv_usd: &[f64], left_in: &[f64], defaults: Share, blocks: Blocks) -> Maybe<Share> {
    if defaults.hits == 0 {
        return Err(Absent::NobodyFails);
    }
    let paths = npv_usd.iter().zip(left_in).map(|(npv, month)| (*month > 0.0, *npv < 0.0));
    Ok(Share::among(paths, blocks))
}

/// Median and 95 % quantile of the shortfall of the paths that run dry, USD.
fn shortfall_usd(lowest_cash_usd: &[f64], reserve_usd: f64) -> Maybe<[f64; 2]> {
    let cash = lowest_cash_usd.iter().map(|lowest| reserve_usd + lowest);
    let short: Vec<f64> = cash.filter(|cash| *cash < 0.0).collect();
    if short.is_empty() {
        return Err(Absent::NeverShort);
    }
    Ok([0.5, 0.05].map(|probability| -quantile_at(&short, probability)))
}

/// Mean and 95 % quantile of the delay over the paths, months.
fn delay_months(delays: &Delays, paths: usize) -> Maybe<[f64; 2]> {
    if delays.paths_of_block() == 1 {
        return Err(Absent::NotApplicable);
    }
    let months: Vec<f64> =
        (0..paths).map(|path| delays.months_of_group(path / delays.paths_of_block()) as f64).collect();
    Ok([months.iter().sum::<f64>() / paths as f64, quantile_at(&months, 0.95)])
}
