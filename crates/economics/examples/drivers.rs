//! Variance shares of each business, and the markets at the end: `cargo run --release --example drivers`.

use wattfolio_economics::prelude::*;
use wattfolio_economics::risk::{ToTheEnd, VarianceFactor};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let scenario = Scenario::default().validate()?;
    let mut simulator = Simulator::new(0)?;
    let shares = simulator.variance_shares(&scenario, Basis::default(), &ToTheEnd)?;
    for (business, shares) in shares.iter() {
        let Some(shares) = shares else { continue };
        println!("{}", business.id());
        for (factor, share) in VarianceFactor::ALL.into_iter().zip(shares.shares) {
            println!(
                "  {:12} {:6.1} % ± {:.1}",
                factor.id(),
                share.value * 100.0,
                share.standard_error * 100.0
            );
        }
        println!("  {:12} {:6.1} %", "interaction", shares.interaction.value * 100.0);
    }
    let markets = simulator.markets(&scenario, &ToTheEnd)?;
    for market in markets.at_end {
        println!(
            "{} {:.3} {:.3?}, planned {:.3}",
            market.series, market.mean, market.quantiles, market.planned
        );
    }
    println!("the plan's bitcoin price lies at P{:.0}", markets.plan_percentile * 100.0);
    Ok(())
}
