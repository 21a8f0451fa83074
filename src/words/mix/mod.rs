//! Sentences about mixes of businesses.

mod frontier;
mod hedge;
mod own;
mod sites;

pub use frontier::{beyond, frontier_title, made_of};
pub use hedge::{hedge, verdict};
pub use own::{difference, idle, plan, table_caption};
pub use sites::{conditions_of_sites, no_portfolio, together};

use wattfolio_economics::answers::mix::{Mixed, Mixes, Per};
use wattfolio_economics::business::leasing::Fleet;
use wattfolio_economics::business::{Business, PerBusiness};
use wattfolio_economics::results::verdict::Criterion;
use wattfolio_economics::scenario::Scenario;
use wattfolio_economics::units::Unit;

use crate::format;

/// Share below which a business has no place on the frontier.
const NO_PLACE: f64 = 0.005;

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

/// What a value or risk is counted for, behind its name.
pub const fn unit(per: Per) -> &'static str {
    match per {
        Per::Dollar => " per dollar",
        Per::Site => "",
    }
}

/// Why a criterion of plans ranks no mixes.
pub const NOT_RANKED: &str = "a simulated mix has neither payback nor rate of return; mixes are ranked by value, value_per_capex or loss";

/// The name of the mix that is best by a criterion.
pub const fn best(criterion: Criterion) -> &'static str {
    match criterion {
        Criterion::Value => "Most in dollars",
        Criterion::ValuePerCapex => "Most per dollar",
        Criterion::Loss => "Least loss",
        // These rank no mixes.
        Criterion::Payback | Criterion::Irr => "Best",
    }
}

/// The shares of a site in whole percent, which add up to 100.
pub fn percents(shares: &PerBusiness<f64>) -> Vec<String> {
    let shares: Vec<f64> = shares.iter().map(|(_, share)| *share).collect();
    format::whole_percents(&shares)
}

/// What the shares of a site are: `20 / 30 / 50`.
pub fn shares(shares: &PerBusiness<f64>) -> String {
    percents(shares).join(" / ")
}

/// The businesses in the order of their shares.
pub fn order() -> String {
    Business::ALL.map(Business::word).join(", ")
}

/// A mix with its figures: `20 / 30 / 50 (mining, hosting, leasing): NPV +5.9 % per dollar, worst 5 % −33.8 %`.
pub fn figures(mixed: &Mixed, per: Per) -> String {
    format!(
        "{} ({}): NPV {}{}, worst 5 % {}",
        shares(&mixed.shares),
        order(),
        signed(mixed.value(per).value, per),
        unit(per),
        signed(-mixed.risk(per).value, per)
    )
}

/// The businesses that no mix of the frontier has.
fn without_place(mixes: &Mixes, per: Per) -> Vec<&'static str> {
    let is_nowhere =
        |business: &&Business| mixes.frontier_of(per).iter().all(|mixed| mixed.shares[**business] < NO_PLACE);
    mixes.parts.iter().filter(is_nowhere).map(|business| business.word()).collect()
}

/// The line below the sentence.
pub fn conditions(scenario: &Scenario, mixes: &Mixes, per: Per) -> String {
    let counted = match scenario.leasing.fleet {
        Fleet::Count(count) => {
            format!(" All of the site for leasing is its {} GPUs.", format::grouped(f64::from(count), 0))
        }
        Fleet::FillSite => String::new(),
    };
    format!(
        "Expected NPV and the mean of the worst 5 %, both {}, before tax, over the same {} futures. Shares are of the site’s {}.{counted}",
        match per {
            Per::Dollar => "per dollar of capital",
            Per::Site => "in dollars of the whole site",
        },
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

/// How far two things move together: `The NPVs of mining and hosting have a correlation of 0.54.`
pub fn correlation(first: &str, second: &str, correlation: f64) -> String {
    format!("The NPVs of {first} and {second} have a correlation of {}.", format::grouped(correlation, 2))
}

#[cfg(test)]
mod tests {
    use wattfolio_economics::kernel::Basis;
    use wattfolio_economics::risk::{Simulator, ToTheEnd};

    use super::*;

    pub(super) fn mixes(change: impl FnOnce(&mut Scenario)) -> Mixes {
        let mut scenario = Scenario::default();
        scenario.risk.paths = 300;
        change(&mut scenario);
        let scenario = scenario.validate().unwrap();
        Mixes::new(&scenario, Basis::default(), &mut Simulator::new(1).unwrap(), &ToTheEnd).unwrap()
    }

    #[test]
    fn what_is_counted_is_said_per_dollar_and_in_dollars() {
        let mixes = mixes(|_| ());
        let words = |per| conditions(&Scenario::default(), &mixes, per);
        assert!(
            words(Per::Dollar).contains("both per dollar of capital, before tax, over the same 300 futures")
        );
        assert!(words(Per::Site).contains("both in dollars of the whole site, before tax"));
        assert_eq!(left_out(&mixes), "");
        assert_eq!((per_dollar(0.059), per_dollar(-0.338)), ("+5.9 %".to_owned(), "−33.8 %".to_owned()));
        let third = PerBusiness::new(|_| 1.0 / 3.0);
        assert_eq!(shares(&third), "34 / 33 / 33");
        assert_eq!(
            correlation("mining", "hosting", 0.541),
            "The NPVs of mining and hosting have a correlation of 0.54."
        );
    }

    #[test]
    fn what_is_left_out_says_why_and_nothing_is_said_of_nothing() {
        let mixes = mixes(|scenario| scenario.horizon_months = 1);
        for per in [Per::Dollar, Per::Site] {
            assert_eq!(verdict(&mixes, per), "Nothing can be mixed on this site.");
            assert_eq!(frontier_title(&mixes, per), "There is no frontier");
            assert_eq!(made_of(&mixes, per), "There is no frontier");
        }
        assert!(left_out(&mixes).starts_with("Mining is left out: live in month"), "{}", left_out(&mixes));
        assert_eq!(difference(&mixes), None);
    }
}
