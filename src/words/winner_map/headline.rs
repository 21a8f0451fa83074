//! The sentence above a map: who leads today, and which value of an axis gives the lead to another.

use wattfolio_economics::answers::{Border, Leader, Takeover};
use wattfolio_economics::results::verdict::Criterion;

use super::{is_best, is_best_and_loses, leads};
use crate::format;
use crate::words::sensitivity::label;

/// Most takeovers that it names; the list of borders has the others.
const MOST: usize = 2;

/// Who leads today and the nearest values at which another does: `Leasing is worth most; hosting with yearly growth of rental
/// rate below −28.0 %, mining with bitcoin price above $1.10M.`; `None` where no axis has a value today.
pub fn headline(borders: &[Border], criterion: Criterion) -> Option<String> {
    let leader = borders.first()?.leader;
    let mut takeovers: Vec<(&Border, &Takeover)> = borders
        .iter()
        .flat_map(|border| [&border.below, &border.above].into_iter().flatten().map(move |one| (border, one)))
        .collect();
    takeovers.sort_by(|a, b| a.1.away.total_cmp(&b.1.away));
    takeovers.truncate(MOST);
    let now = leads(leader, criterion);
    if takeovers.is_empty() {
        let inputs: Vec<String> = borders.iter().map(|border| label(border.input)).collect();
        return Some(format!("{now}, and no value of {} alone changes that.", inputs.join(" or ")));
    }
    let mut told: Vec<(String, Vec<String>)> = Vec::new();
    for (border, takeover) in takeovers {
        let (who, value) = (follows(leader, takeover.to, criterion), value(border, takeover));
        match told.iter_mut().find(|(told, _)| *told == who) {
            Some((_, values)) => values.push(value),
            None => told.push((who, vec![value])),
        }
    }
    let told: Vec<String> =
        told.iter().map(|(who, values)| format!("{who} with {}", values.join(" or "))).collect();
    Some(format!("{now}; {}.", told.join(", ")))
}

/// A value of an input beyond which the lead changes: `bitcoin price above $1.13M`.
fn value(border: &Border, takeover: &Takeover) -> String {
    let side = if takeover.value < border.now { "below" } else { "above" };
    format!("{} {side} {}", label(border.input), format::short(takeover.value, border.input.unit))
}

/// Who leads beyond, or what the same business comes to there: `hosting`, `leasing loses value`.
fn follows(now: Leader, then: Leader, criterion: Criterion) -> String {
    match (now, then) {
        (Leader::Losing(now), Leader::Business(then)) if now == then => {
            format!("{} earns its capital", now.word())
        }
        (Leader::Business(now), Leader::Losing(then)) if now == then => format!("{} loses value", now.word()),
        (Leader::NoneEarns, Leader::Business(then)) => format!("{} does", then.word()),
        (Leader::NoValue, Leader::Business(then)) => format!("{} {}", then.word(), is_best(criterion)),
        (_, Leader::Business(then)) => then.word().to_owned(),
        (_, Leader::Losing(then)) => format!("{} {}", then.word(), is_best_and_loses(criterion)),
        (_, Leader::NoneEarns) => "no business earns its capital".to_owned(),
        (_, Leader::NoValue) => "none has a value of this criterion".to_owned(),
    }
}
