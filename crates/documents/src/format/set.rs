//! An input set from text, as `--set` and the variants of a file give it.

use wattfolio_economics::catalogue;
use wattfolio_economics::input::{Input, Kind};
use wattfolio_economics::scenario::{Fault, Scenario};

use super::read_stored;

/// Sets an input from text: a number with or without its unit, as [`read_stored`] reads it, or what [`Input::write`]
/// reads, such as `true`, `2026-11`, words and RON.
///
/// # Errors
/// If the text cannot be read, with what to write instead, or the value is not allowed; the scenario is then unchanged.
pub fn set_input(scenario: &mut Scenario, input: &Input, text: &str) -> Result<(), Fault> {
    let text = text.trim();
    let written = match &input.kind {
        Kind::Number(_) if !is_ron(text) => match read_stored(text, input.unit) {
            Ok(value) => input.write(scenario, &value.to_string()),
            Err(why) => Err(Fault::new(input.id, text, format!("{} ({why})", input.allowed()))),
        },
        _ => input.write(scenario, text),
    };
    // The message has what was given, not what was made of it.
    written.map_err(|fault| Fault::new(&fault.id, text, fault.allowed))
}

/// The same for the input with an id.
///
/// # Errors
/// As [`set_input`], and if no input has the id.
pub fn set_by_id(scenario: &mut Scenario, id: &str, text: &str) -> Result<(), Fault> {
    let unknown = || Fault::new(id, text, "the id of an input".to_owned());
    set_input(scenario, catalogue::find(id).ok_or_else(unknown)?, text)
}

/// True if the value of a number is RON: a path with named fields, or `None`.
fn is_ron(text: &str) -> bool {
    text == "None" || (text.starts_with('(') && text.contains(':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_says_what_to_write() {
        let before = Scenario::default();
        for (id, text, words) in [
            ("mining.pue", "1,2", "a comma is no decimal point; write 1.2"),
            ("mining.pue", "much", "mining.pue is much; allowed: 1…3 (write a number"),
            ("horizon_months", "12.5", "whole numbers"),
            ("finance.discount_rate", "12,5%", "write 12.5%"),
            (
                "leasing.debt",
                "Loan(loan_to_cost:0,6,apr:0.09,term_months:48,grace_months:6)",
                "decimal point",
            ),
            ("leasing.debt", "Loan(loan_to_cost:60%,apr:0.09,term_months:48,grace_months:6)", "write 0.6 in"),
            (
                "leasing.debt",
                "Loan(loan_to_cost:0.6,apr:0.09,term_months:48.5,grace_months:6)",
                "a whole number",
            ),
            ("bitcoin.price_usd", "(value:84,700)", "no comma between thousands"),
            ("bitcoin.price_usd.points", "[(12,90000,5)]", "no comma between thousands"),
            ("bitcoin.price_usd.points", "[(12,dear)]", "(write a number, such as 12.5)"),
            ("mining.treasury", "Hold(share:1,0)", "a decimal point"),
            ("mining.pu", "1", "the id of an input"),
        ] {
            let mut scenario = before.clone();
            let fault = set_by_id(&mut scenario, id, text).unwrap_err().to_string();
            assert!(fault.contains(words), "{id}={text}: {fault}");
            assert_eq!(scenario, before, "{id}={text}");
        }
    }

    #[test]
    fn numbers_have_units_and_suffixes() {
        let mut scenario = Scenario::default();
        for (id, text) in [
            ("power.price_usd_per_kwh", " $38/MWh "),
            ("finance.discount_rate", "12.5%"),
            ("bitcoin.price_usd", "84,700"),
            ("horizon_months", "5 years"),
            ("bitcoin.block_subsidy_btc", "None"),
            ("mining.treasury", "Hold(share:0.5)"),
        ] {
            set_by_id(&mut scenario, id, text).unwrap();
        }
        assert_eq!(scenario.power.price_usd_per_kwh.value, 0.038);
        assert_eq!((scenario.finance.discount_rate, scenario.horizon_months), (0.125, 60));
        assert_eq!(scenario.bitcoin.price_usd.value, 84_700.0);
        assert_eq!(scenario.bitcoin.block_subsidy_btc, None);
    }
}
