//! Sentences about mixes of businesses.

use wattfolio_economics::answers::mix::{Hedge, Mixed, Mixes, Per, Portfolio};
use wattfolio_economics::business::leasing::Fleet;
use wattfolio_economics::business::{Business, PerBusiness};
use wattfolio_economics::results::verdict::Criterion;
use wattfolio_economics::scenario::Scenario;
use wattfolio_economics::units::Unit;

use super::{capitalised, join};
use crate::format;

/// Share below which a business has no place on the frontier.
const NO_PLACE: f64 = 0.005;

/// Share of the risk below which sites save nothing by standing together.
const LEAST_SAVED: f64 = 0.0005;

/// A fraction as whole percent, of small ones with a digit more: `42 %`, `0.4 %`.
fn percent(fraction: f64) -> String {
    let shown = 100.0 * fraction;
    let text = if shown.abs() < 1.0 { format::significant(shown, 1) } else { format::grouped(shown, 0) };
    format!("{text} %")
}

/// A value or risk per dollar with its sign: `+5.9 %`, `−33.8 %`.
pub fn per_dollar(fraction: f64) -> String {
    let shown = 100.0 * fraction;
    format::signed(format!("{} %", format::grouped(shown, 1)), shown)
}

/// A value or risk with its sign, per dollar or of the whole site: `+5.9 %`, `−$33.8M`.
pub fn signed(value: f64, per: Per) -> String {
    match per {
        Per::Dollar => per_dollar(value),
        Per::Site => format::signed(format::short(value, Unit::Usd), value),
    }
}

/// Why a criterion of plans ranks no mixes.
pub const NOT_RANKED: &str = "a simulated mix has neither payback nor rate of return; mixes are ranked by value, value_per_capex or loss";

/// The name of the mix that is best by a criterion.
pub const fn best(criterion: Criterion) -> &'static str {
    match criterion {
        Criterion::Value => "Most value",
        Criterion::ValuePerCapex => "Most per dollar",
        Criterion::Loss => "Least loss",
        // These rank no mixes.
        Criterion::Payback | Criterion::Irr => "Best",
    }
}

/// What the shares of a site are: `20 / 30 / 50`.
pub fn shares(shares: &PerBusiness<f64>) -> String {
    let parts: Vec<String> = shares.iter().map(|(_, share)| format::grouped(100.0 * share, 0)).collect();
    parts.join(" / ")
}

/// The businesses in the order of their shares.
pub fn order() -> String {
    Business::ALL.map(Business::word).join(", ")
}

/// A mix with its figures: `20 / 30 / 50 (mining, hosting, leasing): NPV +5.9 % per dollar, worst 5 % −33.8 %`.
pub fn figures(mixed: &Mixed, per: Per) -> String {
    let unit = if per == Per::Dollar { " per dollar" } else { "" };
    format!(
        "{} ({}): NPV {}{unit}, worst 5 % {}",
        shares(&mixed.shares),
        order(),
        signed(mixed.value(per).value, per),
        signed(-mixed.risk(per).value, per)
    )
}

/// How much of the risk a hedge takes off, as a verb.
fn cuts(cut: f64) -> String {
    match cut {
        _ if (0.47..0.53).contains(&cut) => "halves the loss of the worst 5 %".to_owned(),
        _ if cut >= 1.0 => "turns the loss of the worst 5 % into a gain".to_owned(),
        _ => format!("takes {} off the worst 5 %", percent(cut)),
    }
}

/// The hedge in words: `30 % hosting in place of leasing halves the loss of the worst 5 %, for 8 % of the NPV`.
pub fn hedge(hedge: &Hedge) -> String {
    let cost = match hedge.cost_share() {
        _ if hedge.cost() <= 0.0 => "at no cost in value".to_owned(),
        Some(share) => format!("for {} of the NPV", percent(share)),
        None => format!("for {} cents of NPV per dollar", format::significant(100.0 * hedge.cost(), 2)),
    };
    format!(
        "{} {} in place of {} {}, {cost}",
        percent(hedge.share),
        hedge.by.word(),
        hedge.of.word(),
        cuts(hedge.risk_cut())
    )
}

/// The businesses that no mix of the frontier has.
fn without_place(mixes: &Mixes, per: Per) -> Vec<&'static str> {
    let is_nowhere =
        |business: &&Business| mixes.frontier_of(per).iter().all(|mixed| mixed.shares[**business] < NO_PLACE);
    mixes.parts.iter().filter(is_nowhere).map(|business| business.word()).collect()
}

/// The sentence of the answer.
pub fn verdict(mixes: &Mixes) -> String {
    let nowhere = without_place(mixes, Per::Dollar);
    let place = match nowhere.as_slice() {
        [] => String::new(),
        words => {
            format!("; {} {} no place in it", join(words), if words.len() == 1 { "has" } else { "have" })
        }
    };
    match (&mixes.hedge, mixes.best()) {
        (_, None) => "Nothing can be mixed on this site.".to_owned(),
        (Some(found), _) => format!("{}{place}.", hedge(found)),
        (None, Some(_)) if mixes.parts.len() == 1 => {
            format!("{} alone can be carried by this site.", capitalised(mixes.parts[0].word()))
        }
        (None, Some(best)) => {
            let main = best.shares.iter().max_by(|a, b| a.1.total_cmp(b.1));
            let word = main.map_or("the best business", |(business, _)| business.word());
            format!("No share of another business takes more off the risk of {word} than it costs{place}.")
        }
    }
}

/// The line below the sentence.
pub fn conditions(scenario: &Scenario, mixes: &Mixes) -> String {
    let counted = match scenario.leasing.fleet {
        Fleet::Count(count) => {
            format!(" All of the site for leasing is its {} GPUs.", format::grouped(f64::from(count), 0))
        }
        Fleet::FillSite => String::new(),
    };
    format!(
        "Expected NPV and the mean of the worst 5 %, both per dollar of capital, before tax, over the same {} futures. Shares are of the site’s {}.{counted}",
        format::grouped(mixes.paths as f64, 0),
        format::short(scenario.site.capacity_mw, Unit::Mw)
    )
}

/// Why businesses are left out of the mixes; nothing where none is.
pub fn left_out(mixes: &Mixes) -> String {
    let reasons = mixes.left_out.iter().filter_map(|(business, reason)| {
        reason.as_ref().map(|reason| format!("{} is left out: {reason}.", business.label()))
    });
    reasons.collect::<Vec<String>>().join(" ")
}

/// How far the scaled figures of the scenario's own mix are from the exact ones.
pub fn difference(mixes: &Mixes) -> Option<String> {
    let usd = mixes.exact_minus_scaled_usd()?;
    let exact = mixes.exact.simulated.as_ref()?;
    let npv = format::short(exact.npv_usd.value, Unit::Usd);
    let difference = format::signed(format::short(usd, Unit::Usd), usd);
    Some(if usd == 0.0 {
        format!("Evaluated exactly, the mix is worth {npv}, as scaled.")
    } else {
        format!(
            "Evaluated exactly, with whole machines and its own fleet in the network, the mix is worth {npv}: {difference} beside the scaled figure."
        )
    })
}

/// What giving up value takes off the risk, along the frontier.
pub fn frontier_title(mixes: &Mixes, per: Per) -> String {
    let frontier = mixes.frontier_of(per);
    let (Some(least), Some(most)) = (frontier.first(), frontier.last()) else {
        return "There is no frontier".to_owned();
    };
    let (value, risk) = (|mixed: &Mixed| mixed.value(per).value, |mixed: &Mixed| mixed.risk(per).value);
    if frontier.len() == 1 {
        return format!("One mix has both the most value and the least risk: {}", shares(&most.shares));
    }
    let cut = if risk(most) > 0.0 { percent(1.0 - risk(least) / risk(most)) } else { "nothing".to_owned() };
    if value(most) > 0.0 && value(least) >= 0.0 {
        format!(
            "Giving up {} of the value takes {cut} off the worst",
            percent(1.0 - value(least) / value(most))
        )
    } else if per == Per::Dollar {
        let cents = format::significant(100.0 * (value(most) - value(least)), 2);
        format!("Giving up {cents} cents per dollar takes {cut} off the worst")
    } else {
        let given_up = format::short(value(most) - value(least), Unit::Usd);
        format!("Giving up {given_up} takes {cut} off the worst")
    }
}

/// What the frontier is made of, from its least risk to its most value.
pub fn made_of(mixes: &Mixes, per: Per) -> String {
    let frontier = mixes.frontier_of(per);
    let (Some(least), Some(most)) = (frontier.first(), frontier.last()) else {
        return "There is no frontier".to_owned();
    };
    let order = order();
    let nowhere = match without_place(mixes, per).as_slice() {
        [] => String::new(),
        words => format!("; no {} anywhere on it", join(words)),
    };
    if frontier.len() == 1 {
        return format!("One mix: {} ({order}){nowhere}", shares(&most.shares));
    }
    format!(
        "From {} at the least risk to {} at the most value ({order}){nowhere}",
        shares(&least.shares),
        shares(&most.shares)
    )
}

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
    let share = percent(saved / apart);
    format!("Together the worst 5 % lose {usd} less than the sites lose apart, {share} of it.")
}

/// What several sites are simulated on.
pub fn conditions_of_sites(paths: u32) -> String {
    format!(
        "Each site with its own mix, before tax, over the same {} futures, added up by calendar month. Worst 5 % is the mean NPV of the worst 5 % of them.",
        format::grouped(f64::from(paths), 0)
    )
}

#[cfg(test)]
mod tests {
    use wattfolio_economics::kernel::Basis;
    use wattfolio_economics::risk::{Simulator, ToTheEnd};

    use super::*;

    fn mixes(change: impl FnOnce(&mut Scenario)) -> Mixes {
        let mut scenario = Scenario::default();
        scenario.risk.paths = 300;
        change(&mut scenario);
        let scenario = scenario.validate().unwrap();
        Mixes::new(&scenario, Basis::default(), &mut Simulator::new(1).unwrap(), &ToTheEnd).unwrap()
    }

    #[test]
    fn the_hedge_is_said_with_share_cut_and_cost() {
        let mixes = mixes(|_| ());
        let found = mixes.hedge.as_ref().unwrap();
        let words = hedge(found);
        assert!(
            words.starts_with(&format!(
                "{} % {} in place of {} ",
                (100.0 * found.share).round(),
                found.by.word(),
                found.of.word()
            )),
            "{words}"
        );
        assert!(verdict(&mixes).starts_with(&words));
        assert!(conditions(&Scenario::default(), &mixes).contains("300 futures"));
        assert_eq!(left_out(&mixes), "");
        assert!(difference(&mixes).unwrap().starts_with("Evaluated exactly"));
    }

    #[test]
    fn what_is_left_out_says_why_and_nothing_is_said_of_nothing() {
        let mixes = mixes(|scenario| scenario.horizon_months = 1);
        assert_eq!(verdict(&mixes), "Nothing can be mixed on this site.");
        assert!(left_out(&mixes).starts_with("Mining is left out: live in month"), "{}", left_out(&mixes));
        assert_eq!(frontier_title(&mixes, Per::Dollar), "There is no frontier");
        assert_eq!(made_of(&mixes, Per::Site), "There is no frontier");
        assert_eq!(difference(&mixes), None);
    }

    #[test]
    fn halves_and_gains_are_said_as_such() {
        assert_eq!(
            [0.5, 1.2, 0.42].map(cuts),
            [
                "halves the loss of the worst 5 %",
                "turns the loss of the worst 5 % into a gain",
                "takes 42 % off the worst 5 %",
            ]
        );
        assert_eq!((per_dollar(0.059), per_dollar(-0.338)), ("+5.9 %".to_owned(), "−33.8 %".to_owned()));
    }
}
