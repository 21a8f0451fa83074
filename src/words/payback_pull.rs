//! What a pulled payback does to the input that follows.

use wattfolio_economics::answers::{RootKind, Solved};

use super::capitalised;
use super::sensitivity::{input_value, label, stays};
use crate::format;

/// What a payback at the target needs: `4.0 y needs rental rate $3.95/GPU-h`; or where the point stops, and why.
pub fn payback_pull(solved: &Solved) -> String {
    let (target, name) = (format::months_as_years(solved.target), label(solved.input));
    if let Some(root) = solved.nearest() {
        let value = input_value(root.value, solved.input);
        return match root.kind {
            RootKind::Tips => format!("{} jumps over {target} at {value}", capitalised(&name)),
            RootKind::Equal | RootKind::Touches => format!("{target} needs {name} {value}"),
        };
    }
    let stops = solved.closest.map_or_else(String::new, |(value, months)| {
        let (months, value) = (format::months_as_years(months), input_value(value, solved.input));
        format!("; the point stops at {months}, with {name} {value}")
    });
    format!("No {name} pays back in {target}: {}{stops}", stays(solved))
}
