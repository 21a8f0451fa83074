//! `wattfolio mix`

use std::ffi::OsString;
use std::sync::Arc;

use wattfolio_economics::answers::mix::{Mixes, NoPortfolio, Per, Portfolio, Site, ranks_mixes};
use wattfolio_economics::kernel::Basis;
use wattfolio_economics::results::verdict::Criterion;
use wattfolio_economics::risk::{FactorSource, Simulator};

use super::Failure;
use super::choice::choice;
use super::output::{Opened, Output};
use super::simulate::unfinished;
use super::source::{ChosenScenario, Source, load_chosen};
use crate::export::MixReport;
use crate::market_data;
use crate::state::{distinct_names, site_name};
use crate::words::mix as words;

/// Arguments of the command.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "mix.mining, mix.hosting and mix.leasing are the shares of the scenario's own mix; each has a share of the site, and they add up to 1. Mixes are of paths before tax; the basis is that of the plan of the own mix. Behind # stands the letter of a further scenario of a preset or file: iren-mixed-site#D.

Example: wattfolio mix iren-mixed-site --set risk.paths=2000 --out mix.json"
)]
pub(super) struct Args {
    #[command(flatten)]
    source: Source,
    /// A further site beside the first, as a preset or file, each with its own mix, in the same markets; may be repeated.
    #[arg(long = "site", value_name = "PRESET|FILE")]
    sites: Vec<OsString>,
    /// Basis of the plan of the own mix: project or owner; what the file says if nothing is given.
    #[arg(long, value_parser = choice::<Basis>())]
    basis: Option<Basis>,
    /// What the best mix is best by, which is neither payback nor IRR; what the file says if nothing is given. With value the
    /// words are of the whole site, in dollars.
    #[arg(long, value_parser = choice::<Criterion>())]
    criterion: Option<Criterion>,
    /// Source of the simulated bitcoin and network; what the file says if nothing is given.
    #[arg(long, value_parser = choice::<FactorSource>())]
    factors: Option<FactorSource>,
    #[command(flatten)]
    output: Output<MixReport>,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let ChosenScenario { preset, name, scenario } = args.source.load_chosen()?;
    if let Some(criterion) = args.criterion.filter(|criterion| !ranks_mixes(*criterion)) {
        return Err(Failure::new(format!("--criterion {}: {}", criterion.id(), words::NOT_RANKED)));
    }
    let mut others = Vec::new();
    for site in &args.sites {
        let other = load_chosen(Some(site))?;
        others
            .push(Site { name: site_name(&other.preset.about.title, &other.name), scenario: other.scenario });
    }
    let out = args.output.open()?;
    let view = preset.view.asked(args.basis, args.criterion).drawn_from(args.factors);
    let mut simulator = Simulator::new(0).map_err(Failure::new)?;
    simulator.set_record(market_data::resampled(view.factors, &scenario));
    let mixes = Mixes::new(&scenario, view.basis, &mut simulator, &out.while_read()).map_err(unfinished)?;
    let title = preset.about.title;
    let name = site_name(&title, &name);
    let portfolio = portfolio(Site { name, scenario: scenario.clone() }, others, &mut simulator, &out)?;
    let (scenario, mixes) = (Arc::new(scenario), Arc::new(mixes));
    let per = if args.criterion == Some(Criterion::Value) { Per::Site } else { Per::Dollar };
    out.write(&mut MixReport { title, scenario, mixes, criterion: view.criterion, per, portfolio })
}

/// The first site with the others beside it; `None` where there are no others.
fn portfolio(
    own: Site,
    others: Vec<Site>,
    simulator: &mut Simulator,
    out: &Opened,
) -> Result<Option<Portfolio>, Failure> {
    if others.is_empty() {
        return Ok(None);
    }
    let mut sites = vec![own];
    sites.extend(others);
    distinct_names(&mut sites);
    match Portfolio::new(&sites, simulator, &out.while_read()) {
        Ok(portfolio) => Ok(Some(portfolio)),
        Err(NoPortfolio::Unfinished(reason)) => Err(unfinished(reason)),
        Err(reason) => Err(Failure::new(format!("{reason} (--site)"))),
    }
}
