//! Value of mining over a range of power prices: a sweep over one input by its id, as CSV.
//!
//! `cargo run -p wattfolio-economics --example sweep`

use wattfolio_economics::prelude::*;

const INPUT: &str = "power.price_usd_per_kwh";
const MEASURES: [&str; 4] = ["npv_usd", "irr", "payback_months", "idle_months"];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("{INPUT},{}", MEASURES.join(","));
    let base = Scenario::default();
    for step in 0..=20 {
        let price = 0.02 + 0.002 * f64::from(step);
        let comparison = compare(&base.with(INPUT, price)?.validate()?);
        let mining = comparison.business(Business::Mining).map_err(Clone::clone)?;
        let values = MEASURES.map(|id| {
            let value = find_measure(Business::Mining, id).and_then(|measure| measure.read(mining));
            // An absent value is an empty cell.
            value.and_then(Result::ok).map(|value| value.to_string()).unwrap_or_default()
        });
        println!("{price},{}", values.join(","));
    }
    Ok(())
}
