//! What a pulled payback does to the input that follows.

use wattfolio_economics::answers::{RootKind, Solved};
use wattfolio_economics::input::{Input, Kind};

use super::capitalised;
use super::sensitivity::{input_value, label, stays};
use crate::format;

/// What a payback at the target needs: `4.0 y needs rental rate $3.95/GPU-h`; or where the point stops, and why.
pub fn payback_pull(solved: &Solved) -> String {
    let (target, name) = (format::months_as_years(solved.target), label(solved.input));
    if let Some(root) = solved.nearest() {
        let value = reached(root.value, solved.input);
        return match root.kind {
            RootKind::Tips => format!("{} jumps over {target} at {value}", capitalised(&name)),
            RootKind::Equal | RootKind::Touches => format!("{target} needs {name} {value}"),
        };
    }
    let stops = solved.closest.map_or_else(String::new, |(value, months)| {
        let (months, value) = (format::months_as_years(months), reached(value, solved.input));
        format!("; the point stops at {months}, with {name} {value}")
    });
    format!("No {name} pays back in {target}: {}{stops}", stays(solved))
}

/// A value of the input, and that it lies where no slider reaches: `$450k, beyond the slider’s $300k`.
fn reached(value: f64, input: &Input) -> String {
    let text = input_value(value, input);
    let Kind::Number(number) = &input.kind else { return text };
    let (from, to) = number.slider;
    if value > to {
        format!("{text}, beyond the slider’s {}", input_value(to, input))
    } else if value < from {
        format!("{text}, below the slider’s {}", input_value(from, input))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use wattfolio_economics::catalogue;

    use super::*;

    #[test]
    fn what_lies_beyond_the_slider_says_where_that_ends() {
        let price = catalogue::find("bitcoin.price_usd").expect("an input");
        let Kind::Number(number) = &price.kind else { panic!("a number") };
        let (from, to) = number.slider;
        let [low, high, under, over] = [from, to, 0.5 * from, 2.0 * to].map(|one| input_value(one, price));
        assert_eq!(reached(0.5 * from, price), format!("{under}, below the slider’s {low}"));
        assert_eq!(reached(2.0 * to, price), format!("{over}, beyond the slider’s {high}"));
        assert_eq!([from, to].map(|end| reached(end, price)), [low, high]);
    }
}
