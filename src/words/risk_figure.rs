//! Figures of a simulation as text: the value, and its standard error or bound.

use wattfolio_economics::risk::{Estimate, RiskFigure, RiskValue};

use crate::format;

/// A value as text: `$24.5M`, `gain $1.20M`, `< 3 %`; `…` while it is being computed.
pub fn value(figure: &RiskFigure, value: RiskValue) -> String {
    match value {
        RiskValue::Number(number) => amount(figure, number),
        RiskValue::Estimate(estimate) => amount(figure, estimate.value),
        RiskValue::Share(share) => format::probability(&share),
        RiskValue::Absent(reason) => reason.short().to_owned(),
        RiskValue::Pending => "…".to_owned(),
    }
}

/// What a gain in place of a loss means, where there is room for it: `gains at least $6.32M in 95 of 100`.
pub fn gain(figure: &RiskFigure, value: RiskValue) -> Option<String> {
    let (RiskValue::Number(number) | RiskValue::Estimate(Estimate { value: number, .. })) = value else {
        return None;
    };
    let gained = format::short(-number, figure.unit);
    match figure.id {
        _ if !figure.is_loss || number >= 0.0 => None,
        "var_usd" => Some(format!("gains at least {gained} in 95 of 100")),
        "cvar_usd" => Some(format!("gains {gained} on average in the worst 5 %")),
        "cvar_per_capex" => Some(format!("gains {gained} per dollar in the worst 5 %")),
        _ => None,
    }
}

fn amount(figure: &RiskFigure, value: f64) -> String {
    if figure.is_loss && value < 0.0 {
        format!("gain {}", format::short(-value, figure.unit))
    } else {
        format::short(value, figure.unit)
    }
}

/// The standard error of a value, if it has one: `± $52.1k`.
pub fn error(figure: &RiskFigure, value: RiskValue) -> Option<String> {
    let error = value.standard_error()?;
    Some(match value {
        RiskValue::Share(_) => format::share_error(error),
        _ => format!("± {}", format::short(error, figure.unit)),
    })
}

/// The bound shown instead of a standard error where the paths determine none.
pub fn bound(value: RiskValue) -> Option<String> {
    match value {
        RiskValue::Share(share) => format::bound(&share),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use wattfolio_economics::kernel::Absent;
    use wattfolio_economics::risk::{RISK_FIGURES, Share};

    use super::*;

    #[test]
    fn a_negative_loss_is_a_gain_and_a_negative_mean_is_not() {
        let find = |id: &str| RISK_FIGURES.into_iter().find(|figure| figure.id == id).unwrap();
        let estimate = RiskValue::Estimate(Estimate::new(-1.2e6, 5.21e4));
        assert_eq!(value(&find("var_usd"), estimate), "gain $1.20M");
        assert_eq!(gain(&find("var_usd"), estimate).as_deref(), Some("gains at least $1.20M in 95 of 100"));
        assert_eq!(gain(&find("cvar_usd"), estimate).unwrap(), "gains $1.20M on average in the worst 5 %");
        let loss = RiskValue::Estimate(Estimate::new(1.2e6, 5.21e4));
        assert_eq!((gain(&find("var_usd"), loss), gain(&find("npv_mean_usd"), estimate)), (None, None));
        assert_eq!(value(&find("npv_mean_usd"), estimate), "−$1.20M");
        assert_eq!(error(&find("var_usd"), estimate).as_deref(), Some("± $52.1k"));
        assert_eq!(value(&find("irr_p5"), RiskValue::Number(0.123)), "12.3 %");
        assert_eq!(value(&find("payback_p5_months"), RiskValue::Number(56.2)), "4.7 y");
        assert_eq!(value(&find("payback_p95_months"), RiskValue::Absent(Absent::Never)), "never");
        let none = RiskValue::Share(Share::new(0, 100));
        assert_eq!((value(&find("loss"), none).as_str(), error(&find("loss"), none)), ("< 3 %", None));
        assert!(bound(none).is_some_and(|words| words.starts_with("none of 100 paths")));
    }
}
