//! Several sites together.

use wattfolio_economics::answers::mix::{NoPortfolio, Portfolio, advice_on_markets};
use wattfolio_economics::catalogue;
use wattfolio_economics::units::Unit;

use crate::format;

/// Share of the risk below which sites save nothing by standing together.
const LEAST_SAVED: f64 = 0.0005;

/// What sites save by standing together.
pub fn together(portfolio: &Portfolio) -> String {
    let saved = portfolio.diversified_usd();
    let usd = format::short(saved.abs(), Unit::Usd);
    let apart: f64 = portfolio.sites.iter().map(|site| site.cvar_usd.value).sum();
    if portfolio.sites.len() < 2 || saved < LEAST_SAVED * apart.abs() {
        return "Together the worst 5 % come to as much as apart.".to_owned();
    }
    if apart <= 0.0 {
        return format!("Together the worst 5 % bring {usd} more than the sites bring apart.");
    }
    let share = format::part(saved / apart);
    format!("Together the worst 5 % lose {usd} less than the sites lose apart, {share} of it.")
}

/// What several sites are simulated on.
pub fn conditions_of_sites(paths: u32) -> String {
    format!(
        "Each site with its own mix, before tax, over the same {} futures, added up by calendar month. Worst 5 % is the mean NPV of the worst 5 % of them.",
        format::grouped(f64::from(paths), 0)
    )
}

/// Why sites make no portfolio, in the words of the window: inputs by their labels, where the command line has their ids.
pub fn no_portfolio(reason: &NoPortfolio) -> String {
    let NoPortfolio::OtherMarkets { first, second, ids } = reason else { return reason.to_string() };
    let labels: Vec<String> =
        ids.iter().map(|id| format!("“{}”", catalogue::find(id).map_or(*id, |input| input.label))).collect();
    format!(
        "{second} has other markets than {first}: {} {}; {}",
        crate::words::join(&labels),
        if ids.len() == 1 { "differs" } else { "differ" },
        advice_on_markets(ids)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_names_inputs_by_their_labels() {
        let reason =
            |ids| NoPortfolio::OtherMarkets { first: "Here".to_owned(), second: "There".to_owned(), ids };
        assert_eq!(
            no_portfolio(&reason(vec!["risk.paths"])),
            "There has other markets than Here: “Paths” differs; give all sites of a portfolio the same"
        );
        let words = no_portfolio(&reason(vec!["bitcoin.response_reference_usd", "risk.network.volatility"]));
        for id in ["bitcoin.response_reference_usd", "risk.network.volatility"] {
            assert!(!words.contains(id) && words.contains(catalogue::find(id).unwrap().label), "{words}");
        }
        assert!(no_portfolio(&reason(vec!["start"])).ends_with(" has months of queue"));
        assert_eq!(no_portfolio(&NoPortfolio::Empty), NoPortfolio::Empty.to_string());
    }
}
