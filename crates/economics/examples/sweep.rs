//! What mining is worth over a range of power prices: a sweep over one input by its id, as CSV.
//!
//! `cargo run -p wattfolio-economics --example sweep`

use wattfolio_economics::business::Business;
use wattfolio_economics::catalogue;
use wattfolio_economics::results::{compare, find_measure};
use wattfolio_economics::scenario::Scenario;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let input = catalogue::find("power.price_usd_per_kwh").ok_or("no such input")?;
    let measures = ["npv_usd", "irr", "payback_months", "idle_months"];
    println!("{},{}", input.id, measures.join(","));
    for step in 0..=20 {
        let mut scenario = Scenario::default();
        input
            .write(&mut scenario, &format!("{}", 0.02 + 0.002 * f64::from(step)))
            .map_err(|fault| fault.to_string())?;
        let text = input.text(&scenario).unwrap_or_default();
        let comparison = compare(&scenario.validate()?);
        let mining = comparison.business(Business::Mining).map_err(Clone::clone)?;
        let values = measures.map(|id| {
            let value = find_measure(Business::Mining, id).and_then(|measure| measure.read(mining));
            // What does not exist is an empty cell.
            value.and_then(Result::ok).map(|value| value.to_string()).unwrap_or_default()
        });
        println!("{text},{}", values.join(","));
    }
    Ok(())
}
