//! What a share of another business takes off the risk, and what it costs.

use wattfolio_economics::answers::mix::{Hedge, Mixed, Mixes, Per};
use wattfolio_economics::results::verdict::Criterion;
use wattfolio_economics::units::Unit;

use super::without_place;
use crate::format;
use crate::words::{capitalised, none_of};

/// How much of the risk is taken off, as a verb.
pub(super) fn cuts(cut: f64) -> String {
    match cut {
        _ if (0.47..0.53).contains(&cut) => "halves the loss of the worst 5 %".to_owned(),
        _ if cut >= 1.0 => "turns the loss of the worst 5 % into a gain".to_owned(),
        _ => format!("takes {} off the worst 5 %", format::part(cut)),
    }
}

/// What value and risk are counted for, at the start of a sentence.
const fn counted_for(per: Per) -> &'static str {
    match per {
        Per::Dollar => "Per dollar of capital,",
        Per::Site => "In dollars,",
    }
}

/// The hedge in words: `Per dollar of capital, 30 % hosting in place of leasing halves the loss of the worst 5 %, for 8 % of
/// the NPV; the site’s expected NPV goes from $39.4M to $29.1M`. Capital differs between businesses, so that what is given
/// up of a dollar's NPV says little of the site's.
pub fn hedge(hedge: &Hedge) -> String {
    let cost = match (hedge.cost_share(), hedge.per) {
        _ if hedge.cost() <= 0.0 => "at no cost in value".to_owned(),
        (Some(share), _) => format!("for {} of the NPV", format::part(share)),
        (None, Per::Dollar) => format!("for {} cents of NPV", format::significant(100.0 * hedge.cost(), 2)),
        (None, Per::Site) => format!("for {} of NPV", format::short(hedge.cost(), Unit::Usd)),
    };
    let usd = |mixed: &Mixed| format::short(mixed.npv_usd.value, Unit::Usd);
    format!(
        "{} {} {} in place of {} {}, {cost}; the site’s expected NPV goes from {} to {}",
        counted_for(hedge.per),
        format::part(hedge.share),
        hedge.by.word(),
        hedge.of.word(),
        cuts(hedge.risk_cut()),
        usd(&hedge.alone),
        usd(&hedge.hedged)
    )
}

/// The sentence of the answer, per dollar or of the whole site.
pub fn verdict(mixes: &Mixes, per: Per) -> String {
    let place = match without_place(mixes, per).as_slice() {
        [] => String::new(),
        words => format!(" The frontier has {}.", none_of(words)),
    };
    let most = match per {
        Per::Dollar => Criterion::ValuePerCapex,
        Per::Site => Criterion::Value,
    };
    match (mixes.hedge_of(per), mixes.best_by(most)) {
        (_, None) => "Nothing can be mixed on this site.".to_owned(),
        (Some(found), _) => format!("{}.{place}", hedge(found)),
        (None, Some(_)) if mixes.parts.len() == 1 => {
            format!("{} alone can be carried by this site.", capitalised(mixes.parts[0].word()))
        }
        (None, Some(best)) => {
            let main = best.shares.iter().max_by(|a, b| a.1.total_cmp(b.1)).map(|(business, _)| business);
            let word = main.map_or("the best business", |business| business.word());
            if main.and_then(|main| mixes.alone(main)).is_some_and(|alone| alone.risk(per).value <= 0.0) {
                let word = capitalised(word);
                return format!(
                    "{word} alone gains even in the worst 5 %, so that no hedge is needed.{place}"
                );
            }
            let counted_for = counted_for(per);
            format!(
                "{counted_for} no share of another business takes more off the risk of {word} than it costs.{place}"
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::mixes;
    use super::*;

    #[test]
    fn the_hedge_says_what_it_is_counted_for_and_what_it_costs_in_dollars() {
        let mixes = mixes(|_| ());
        for (per, start) in [(Per::Dollar, "Per dollar of capital, "), (Per::Site, "In dollars, ")] {
            let found = mixes.hedge_of(per).unwrap();
            let words = hedge(found);
            let share = format!(
                "{start}{} % {} in place of {} ",
                (100.0 * found.share).round(),
                found.by.word(),
                found.of.word()
            );
            assert!(words.starts_with(&share), "{words}");
            let usd = |mixed: &Mixed| format::short(mixed.npv_usd.value, Unit::Usd);
            let npv = format!("NPV goes from {} to {}", usd(&found.alone), usd(&found.hedged));
            assert!(words.ends_with(&npv), "{words}");
            let lost = 1.0 - found.hedged.value(per).value / found.alone.value(per).value;
            assert!(words.contains(&format!(", for {} of the NPV;", format::part(lost))), "{words}");
            assert!(verdict(&mixes, per).starts_with(&words));
        }
    }

    #[test]
    fn what_is_not_on_the_frontier_is_named_after_any_sentence() {
        let mut found = mixes(|_| ());
        assert!(verdict(&found, Per::Dollar).ends_with(". The frontier has no mining."));
        found.hedge = None;
        assert_eq!(
            verdict(&found, Per::Dollar),
            "Per dollar of capital, no share of another business takes more off the risk of leasing than it costs. The frontier has no mining."
        );
        // A business that gains on the worst paths as well needs no hedge.
        let gains = mixes(|scenario| scenario.leasing.rental_usd_per_gpu_hour.value = 30.0);
        assert_eq!(gains.hedge_of(Per::Site), None);
        let words = verdict(&gains, Per::Site);
        assert!(words.starts_with("Leasing alone gains even in the worst 5 %, so that"), "{words}");
        assert!(words.ends_with("The frontier has neither mining nor hosting."), "{words}");
    }

    #[test]
    fn halves_and_gains_are_said_as_such_and_a_rest_stays_a_rest() {
        assert_eq!(
            [0.5, 1.2, 0.42, 0.998].map(cuts),
            [
                "halves the loss of the worst 5 %",
                "turns the loss of the worst 5 % into a gain",
                "takes 42 % off the worst 5 %",
                "takes 99.8 % off the worst 5 %",
            ]
        );
    }
}
