//! What the frontier trades, what it is made of, and what lies outside its chart.

use wattfolio_economics::answers::mix::{Mixed, Mixes, Per};
use wattfolio_economics::units::Unit;

use super::hedge::cuts;
use super::{order, shares, signed, unit, without_place};
use crate::format;
use crate::words::{join, none_of};

/// What giving up value does to the risk, along the frontier.
pub fn frontier_title(mixes: &Mixes, per: Per) -> String {
    let frontier = mixes.frontier_of(per);
    let (Some(least), Some(most)) = (frontier.first(), frontier.last()) else {
        return "There is no frontier".to_owned();
    };
    if mixes.grid.len() == 1 {
        return format!("One mix is possible: {}", shares(&most.shares));
    }
    if frontier.len() == 1 {
        return format!(
            "One mix has both the most value{} and the least risk: {}",
            unit(per),
            shares(&most.shares)
        );
    }
    let (value, risk) = (|mixed: &Mixed| mixed.value(per).value, |mixed: &Mixed| mixed.risk(per).value);
    let given_up = value(most) - value(least);
    let given_up = match per {
        _ if value(most) > 0.0 && value(least) >= 0.0 => {
            format!("{} of the value{}", format::part(given_up / value(most)), unit(per))
        }
        Per::Dollar => format!("{} cents per dollar", format::significant(100.0 * given_up, 2)),
        Per::Site => format::short(given_up, Unit::Usd),
    };
    let effect = if risk(most) > 0.0 {
        cuts(1.0 - risk(least) / risk(most))
    } else {
        let [from, to] = [most, least].map(|mixed| signed(-risk(mixed), per));
        if from == to {
            "hardly moves the worst 5 %".to_owned()
        } else {
            format!("raises the worst 5 % from {from} to {to}")
        }
    };
    format!("Giving up {given_up} {effect}")
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
        words => format!("; {} anywhere on it", none_of(words)),
    };
    if frontier.len() == 1 {
        return format!("One mix: {} ({order}){nowhere}", shares(&most.shares));
    }
    format!(
        "From {} at the least risk to {} at the most value{} ({order}){nowhere}",
        shares(&least.shares),
        shares(&most.shares),
        unit(per)
    )
}

/// Where the named mixes lie that a chart has no room for; nothing where there is none.
pub fn beyond(outside: &[(String, &Mixed)], per: Per) -> String {
    let places: Vec<String> = outside
        .iter()
        .map(|(name, mixed)| {
            let [value, risk] =
                [mixed.value(per).value, -mixed.risk(per).value].map(|value| signed(value, per));
            format!("{name} at {value} (worst 5 % {risk})")
        })
        .collect();
    match places.len() {
        0 => String::new(),
        1 => format!("Outside the chart lies {}", places[0]),
        _ => format!("Outside the chart lie {}", join(&places)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::mixes;
    use super::*;

    #[test]
    fn the_title_says_what_both_ends_differ_in() {
        let found = mixes(|_| ());
        for per in [Per::Dollar, Per::Site] {
            let frontier = found.frontier_of(per);
            let (least, most) = (frontier.first().unwrap(), frontier.last().unwrap());
            let cut = cuts(1.0 - least.risk(per).value / most.risk(per).value);
            let given_up = most.value(per).value - least.value(per).value;
            // A share of a value that turns into a loss would be more than all of it.
            let cost = match per {
                Per::Dollar => {
                    format!("{} of the value per dollar", format::part(given_up / most.value(per).value))
                }
                Per::Site => format::short(given_up, Unit::Usd),
            };
            assert_eq!(least.value(per).value < 0.0, per == Per::Site);
            assert_eq!(frontier_title(&found, per), format!("Giving up {cost} {cut}"));
            let words = made_of(&found, per);
            assert!(words.contains(&format!("at the most value{} (mining,", unit(per))), "{words}");
        }
        assert!(made_of(&found, Per::Dollar).ends_with("; no mining anywhere on it"));
    }

    #[test]
    fn a_frontier_that_gains_everywhere_is_raised() {
        let mut found = mixes(|_| ());
        for mixed in &mut found.frontier_usd {
            mixed.cvar_usd.value -= 1e9;
        }
        let frontier = &found.frontier_usd;
        let [from, to] = [frontier.last(), frontier.first()]
            .map(|mixed| signed(-mixed.unwrap().cvar_usd.value, Per::Site));
        let words = frontier_title(&found, Per::Site);
        assert!(words.ends_with(&format!(" raises the worst 5 % from {from} to {to}")), "{words}");
        // Equal figures are no rise.
        let risk = found.frontier_usd[0].cvar_usd;
        found.frontier_usd.iter_mut().for_each(|mixed| mixed.cvar_usd = risk);
        assert!(frontier_title(&found, Per::Site).ends_with(" hardly moves the worst 5 %"));
    }

    #[test]
    fn what_lies_outside_says_where() {
        let found = mixes(|_| ());
        let alone = &found.grid[0];
        let [value, risk] =
            [alone.npv_per_capital().value, -alone.cvar_per_capital().value].map(super::super::per_dollar);
        let one = ("mining alone".to_owned(), alone);
        assert_eq!(
            beyond(std::slice::from_ref(&one), Per::Dollar),
            format!("Outside the chart lies mining alone at {value} (worst 5 % {risk})")
        );
        let words = beyond(&[("the mix of now".to_owned(), alone), one], Per::Dollar);
        assert!(
            words.starts_with("Outside the chart lie the mix of now at ")
                && words.contains(" and mining alone")
        );
        assert_eq!(beyond(&[], Per::Site), "");
    }
}
