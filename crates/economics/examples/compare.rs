//! Three businesses on the same 20 MW, at two power prices.
//!
//! `cargo run -p wattfolio-economics --example compare`

use wattfolio_economics::prelude::*;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for price_usd_per_mwh in [45.0, 30.0] {
        let scenario = Scenario::default().with("power.price_usd_per_kwh", price_usd_per_mwh / 1000.0)?;
        let comparison = compare(&scenario.validate()?);

        println!("electricity {price_usd_per_mwh} USD/MWh");
        for evaluation in comparison.evaluations() {
            let measures = &evaluation.measures;
            let years = match measures.payback_months {
                Ok(months) => format!("{:.1} years", months / 12.0),
                Err(reason) => reason.to_string(),
            };
            println!(
                "  {:16} pays back {years:>10}   NPV {:>7.1} M USD   on {:>6.1} M USD of capital",
                evaluation.business.label(),
                measures.npv_usd / 1e6,
                measures.capex_usd / 1e6,
            );
        }
    }
    Ok(())
}
