//! `wattfolio scenarios`

use std::ffi::OsString;
use std::sync::Arc;

use wattfolio_economics::business::Business;
use wattfolio_economics::kernel::Basis;
use wattfolio_economics::results::verdict::Criterion;
use wattfolio_economics::results::{Comparison, compare_on};
use wattfolio_economics::risk::{Control, FactorSource, Simulation, Simulator};

use super::choice::choice;
use super::output::Output;
use super::source::{self, Scenarios};
use super::{Failure, simulate};
use crate::export::SideBySide;
use crate::market_data;
use crate::store::{Chosen, Listed, PresetView};

/// Arguments of the command.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example: wattfolio scenarios tight-grid hodl --minus A:hosting-0:mining-on --format json"
)]
pub(super) struct Args {
    /// Bundled presets or preset files; the scenarios of all of them stand side by side, the first is the baseline unless the
    /// first file says otherwise.
    #[arg(value_name = "PRESET|FILE")]
    sources: Vec<OsString>,
    /// Set an input of the first scenario by its id: a number, `35%`, `1.2M`, `$45/MWh`, or RON.
    #[arg(long = "set", value_name = "ID=VALUE")]
    set: Vec<String>,
    /// One business minus another of the same start and horizon, each by the letter of its scenario; `mining-on` goes on with a
    /// fleet that is there already.
    #[arg(long, value_name = "A:BUSINESS-0:BUSINESS", value_parser = minus)]
    minus: Option<[Chosen; 2]>,
    /// Basis of the flows: project or owner; what the first file says if nothing is given.
    #[arg(long, value_parser = choice::<Basis>())]
    basis: Option<Basis>,
    /// What the verdicts go by; what the first file says if nothing is given.
    #[arg(long, value_parser = choice::<Criterion>())]
    criterion: Option<Criterion>,
    /// Source of the simulated bitcoin and network; what the first file says if nothing is given.
    #[arg(long, value_parser = choice::<FactorSource>())]
    factors: Option<FactorSource>,
    /// Leave out the simulation: no chance of loss, no tails.
    #[arg(long)]
    no_simulation: bool,
    #[command(flatten)]
    output: Output<SideBySide>,
}

/// Reads `A:hosting-0:mining-on`.
fn minus(text: &str) -> Result<[Chosen; 2], String> {
    let form = || format!("{text}: write it as A:hosting-0:mining, a letter and a business each");
    let side = |text: &str| -> Result<Chosen, String> {
        let (letter, id) = text.split_once(':').ok_or_else(form)?;
        let letter = letter.parse()?;
        let going_on = Chosen::going_on(letter);
        if id.strip_suffix("-on") == Some(going_on.business.id()) {
            return Ok(going_on);
        }
        let known = || Business::ALL.map(Business::id).join(", ");
        let unknown = || format!("{id} is no business; there are {}", known());
        let business = Business::ALL.into_iter().find(|business| business.id() == id).ok_or_else(unknown)?;
        Ok(Chosen::planned(letter, business))
    };
    // A side has a colon, by which the hyphen between both is told from that of `mining-on`.
    let between =
        text.match_indices('-').find(|(at, _)| text[..*at].contains(':') && text[*at..].contains(':'));
    let between = between
        .filter(|(at, _)| !text[at + 1..].starts_with("on-"))
        .or_else(|| text.match_indices('-').rfind(|(at, _)| text[*at..].contains(':')));
    let (at, _) = between.ok_or_else(form)?;
    Ok([side(&text[..at])?, side(&text[at + 1..])?])
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let Scenarios { own, listed: scenarios } = source::scenarios(&args.sources, &args.set)?;
    let out = args.output.open()?;
    let view = own.view.asked(args.basis, args.criterion).drawn_from(args.factors);
    let title = own.about.title;
    if let Some(minus) = args.minus {
        let letters: Vec<String> = scenarios.iter().map(|one| one.label.letter.to_string()).collect();
        for letter in minus.map(|chosen| chosen.letter.to_string()) {
            if !letters.contains(&letter) {
                let words =
                    format!("--minus: there is no scenario {letter}; there are {}", letters.join(", "));
                return Err(Failure::new(words));
            }
        }
    }
    let evaluated = |listed: Listed| {
        let comparison = Arc::new(compare_on(&listed.scenario, view.basis));
        (listed, comparison)
    };
    let scenarios: Vec<(Listed, Arc<Comparison>)> = scenarios.into_iter().map(evaluated).collect();
    let simulated = if args.no_simulation {
        scenarios.iter().map(|_| None).collect()
    } else {
        simulated(&scenarios, view, &out.while_read())?
    };
    let (criterion, minus) = (view.criterion, args.minus);
    out.write(&mut SideBySide { title, scenarios, simulated, criterion, minus })
}

/// Simulates every scenario with its own seed, one after the other.
fn simulated(
    scenarios: &[(Listed, Arc<Comparison>)],
    view: PresetView,
    control: &impl Control,
) -> Result<Vec<Option<Simulation>>, Failure> {
    let mut simulator = Simulator::new(0).map_err(Failure::new)?;
    let mut found = Vec::new();
    for (listed, _) in scenarios {
        simulator.set_record(market_data::resampled(view.factors, &listed.scenario));
        let simulation =
            simulator.run(&listed.scenario, view.basis, control).map_err(simulate::unfinished)?;
        found.push(Some(simulation));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_is_two_letters_with_a_business_each() {
        let letter = |text: &str| text.parse().expect("a letter");
        let (hosting, mining) = (
            Chosen::planned(letter("AB"), Business::Hosting),
            Chosen::planned(letter("0"), Business::Mining),
        );
        assert_eq!(minus("AB:hosting-0:mining"), Ok([hosting, mining]));
        let on = Chosen::going_on(letter("0"));
        assert_eq!(minus("AB:hosting-0:mining-on"), Ok([hosting, on]));
        assert_eq!(minus("0:mining-on-AB:hosting"), Ok([on, hosting]));
        for (text, words) in [
            ("A:hosting", "write it as A:hosting-0:mining"),
            ("hosting-mining", "write it as A:hosting-0:mining"),
            ("A:baking-0:mining", "baking is no business; there are mining, hosting"),
            ("a:hosting-0:mining", "a is no letter of a scenario"),
        ] {
            let fault = minus(text).expect_err(text);
            assert!(fault.contains(words), "{fault}");
        }
    }
}
