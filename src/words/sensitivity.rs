//! The sentence of what decides a site and where it tips, in parts that keep the numbers they print.

use std::fmt;

use wattfolio_economics::answers::{
    Asked, Bar, BarEnd, Missing, Moved, Overview, Reason, RootKind, Shape, Slope, Solved, Stays, Subtracted,
    Tipping,
};
use wattfolio_economics::business::Business;
use wattfolio_economics::catalogue;
use wattfolio_economics::input::{Input, Kind};
use wattfolio_economics::units::Unit;

use super::capitalised;
use crate::format;

/// A part of a sentence.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// Words without a number.
    Words(String),
    /// A value of an input at which a quantity is 0.
    Root {
        /// The quantity.
        asked: Asked,
        /// The input.
        input: &'static Input,
        /// The value, in the unit of the input.
        value: f64,
    },
    /// The end of the first bar of a tornado: a value of its input, and the quantity with it.
    End {
        /// The quantity.
        asked: Asked,
        /// The input.
        input: &'static Input,
        /// The value, in the unit of the input.
        value: f64,
        /// The quantity with it.
        result: f64,
    },
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Words(words) => f.write_str(words),
            Self::Root { input, value, .. } => f.write_str(&input_value(*value, input)),
            Self::End { asked, input, value, result } => {
                let result = format::short(*result, asked.quantity.unit());
                write!(f, "{result} at {}", input_value(*value, input))
            }
        }
    }
}

/// A sentence in parts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sentence(pub Vec<Part>);

impl fmt::Display for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text: String = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&capitalised(&text))
    }
}

impl Sentence {
    fn say(&mut self, words: impl Into<String>) {
        self.0.push(Part::Words(words.into()));
    }

    fn root(&mut self, solved: &Solved, value: f64) {
        self.0.push(Part::Root { asked: solved.asked, input: solved.input, value });
    }

    fn next(&mut self) {
        if !self.0.is_empty() {
            self.say("; ");
        }
    }
}

/// A value of an input, three figures with unit.
pub fn input_value(value: f64, input: &Input) -> String {
    match input.unit {
        // Years of a contract are asked for in months.
        Unit::Months => {
            let months = format::grouped(value, 0);
            format!("{months} month{}", if months == "1" { "" } else { "s" })
        }
        unit => format::short(value, unit),
    }
}

/// A number without what it is paid for or counted in, where room is short: `$3.00` of `$3.00/GPU-h`, `973,800` of
/// `973,800 blocks`. Percent stay, and words.
pub fn bare(value: &str) -> &str {
    let digits = value.trim_start_matches('−');
    let unit = if digits.starts_with('$') {
        '/'
    } else if digits.starts_with(|first: char| first.is_ascii_digit()) && !value.ends_with('%') {
        ' '
    } else {
        return value;
    };
    value.split_once(unit).map_or(value, |(number, _)| number)
}

/// A value to which an input was moved.
pub fn moved(value: Moved, input: &Input) -> String {
    match value {
        Moved::Number(number) => input_value(number, input),
        Moved::Flag(is_on) => if is_on { "on" } else { "off" }.to_owned(),
        Moved::Month(month) => month.short_name(),
        Moved::Option(index) => match &input.kind {
            Kind::Choice(choice) => choice.options.get(index).map_or("", |option| option.label).to_owned(),
            _ => String::new(),
        },
    }
}

/// The quantity at an end where room is short, or why there is none.
pub fn result(end: &BarEnd, unit: Unit) -> String {
    match &end.result {
        Ok(value) => format::short(*value, unit),
        Err(Missing::Absent(reason)) => reason.short().to_owned(),
        Err(_) => "none".to_owned(),
    }
}

/// How fast a quantity follows an input, for a step that a hand takes: `−$436k per $1/MWh`, with both sides of a kink.
pub fn slope(slope: &Slope, asked: &Asked) -> String {
    let step = hand_step(slope.input, slope.input_now);
    let change = |per_unit: f64| {
        let change = per_unit * step;
        format::signed(format::short(change, asked.quantity.unit()), change)
    };
    let per = step_words(step, slope.input.unit);
    match (slope.shape, slope.below, slope.above) {
        (Shape::Kink, Some(below), Some(above)) => {
            format!("{} below, {} above, per {per}", change(below), change(above))
        }
        (Shape::Jump, ..) => "jumps here".to_owned(),
        _ => format!("{} per {per}", change(slope.value())),
    }
}

/// A round step of an input, in its stored unit: a tenth of the first digit of its value, a point of a percentage, a month.
fn hand_step(input: &Input, now: f64) -> f64 {
    match input.unit {
        Unit::Fraction | Unit::FractionPerYear => 0.01,
        Unit::Months | Unit::Count | Unit::Years => 1.0,
        unit => {
            let shown = format::to_shown(now, unit).abs();
            let size = if shown > 0.0 { shown } else { 1.0 };
            format::from_shown(10f64.powf(size.log10().floor() - 1.0), unit)
        }
    }
}

fn step_words(step: f64, unit: Unit) -> String {
    match unit {
        Unit::Fraction | Unit::FractionPerYear => "point".to_owned(),
        Unit::Months => "month".to_owned(),
        Unit::Years => "year".to_owned(),
        Unit::Count => "one".to_owned(),
        unit => format::full(step, unit),
    }
}

/// Why a result is missing: of a value that is not allowed the inputs that it contradicts, without their figures.
pub fn missing(missing: &Missing) -> String {
    match missing {
        Missing::NotAllowed(faults) => {
            let ids: Vec<&str> = faults.0.iter().map(|fault| fault.id.as_str()).collect();
            format!("not allowed, as {} would leave its range", ids.join(", "))
        }
        other => other.to_string(),
    }
}

/// How the ends of bars are chosen.
pub const ENDS: &str = "Each input alone, to its P10 and P90 where the risk page draws it, else by a tenth of its value, or of \
    its slider where that is 0.";

/// Why an input is moved to its ends, where that is not a tenth of its value.
pub fn reason(reason: Reason) -> Option<&'static str> {
    match reason {
        Reason::Quantiles => Some("to its P10 and P90"),
        Reason::TenthOfRun => Some("by a tenth of its slider, as it is 0"),
        Reason::Neighbours => Some("to the values beside it"),
        Reason::Tenth | Reason::Step | Reason::Alternatives => None,
    }
}

/// How far a value of an input is from today's: points of a percentage, months, else a share of today's; empty where that
/// is 0.
pub fn distance(value: f64, now: f64, unit: Unit) -> String {
    let change = value - now;
    let text = match unit {
        Unit::Fraction | Unit::FractionPerYear => {
            let decimals = usize::from((change * 100.0).abs() < 9.95);
            format!("{} pts", format::grouped(change * 100.0, decimals))
        }
        Unit::Months => format!("{} mo", format::grouped(change, 0)),
        _ if now == 0.0 => return String::new(),
        _ => format!("{} %", format::grouped(change / now.abs() * 100.0, 0)),
    };
    format::signed(text, change)
}

/// The nearest solution in words: `NPV of mining is 0 at electricity cost $15.9/MWh, now $45.0/MWh`.
pub fn solution(solved: &Solved) -> String {
    // At a whole number, and at a jump, it is not the target: it is on the other side of it.
    let tips = solved.roots.iter().any(|root| root.kind == RootKind::Tips);
    let is = format!("{} {} {}", quantity(&solved.asked), if tips { "passes" } else { "is" }, target(solved));
    let (name, now) = (label(solved.input), input_value(solved.now, solved.input));
    if solved.roots.is_empty() {
        return format!("{is} at no {name}: {}; now {now}", stays(solved));
    }
    let values: Vec<String> = solved.roots.iter().map(|root| input_value(root.value, solved.input)).collect();
    format!("{is} at {name} {}, now {now}", super::join(&values))
}

fn target(solved: &Solved) -> String {
    if solved.target == 0.0 {
        "0".to_owned()
    } else {
        format::short(solved.target, solved.asked.quantity.unit())
    }
}

/// Why an input has no solution.
pub fn stays(solved: &Solved) -> String {
    let allowed = allowed(solved.input);
    let short = |value: f64| format::short(value, solved.asked.quantity.unit());
    let span =
        solved.seen.map_or_else(String::new, |(low, high)| format!(", {} … {}", short(low), short(high)));
    match &solved.stays {
        None => String::new(),
        Some(Stays::Unmoved) => "it does not change it".to_owned(),
        Some(Stays::Above) => format!("it stays above that within {allowed}{span}"),
        Some(Stays::Below) => format!("it stays below that within {allowed}{span}"),
        Some(Stays::Apart) => format!("within {allowed} it passes that only where it does not exist"),
        Some(Stays::Missing(reason)) => format!("it exists at no value within {allowed} ({reason})"),
    }
}

/// The values that a number may have, as its field shows them: `0 … 100 %`; in words what else an input takes.
pub fn allowed(input: &Input) -> String {
    let Kind::Number(number) = &input.kind else { return input.allowed() };
    let shown = |value: f64| format::field(value, input.unit);
    let whole = if number.whole { "whole numbers " } else { "" };
    let unit = format::field_unit(input.unit);
    format!("{whole}{} … {} {unit}", shown(number.min), shown(number.max)).trim_end().to_owned()
}

/// The label of an input within a sentence: `bitcoin price`, but `GPU price`; `yearly growth of rental rate` of a path.
pub fn label(input: &Input) -> String {
    let path = input.id.strip_suffix(".growth_per_year").and_then(catalogue::find);
    path.map_or_else(|| small(input), |path| format!("yearly growth of {}", small(path)))
}

fn small(input: &Input) -> String {
    let mut letters = input.label.chars();
    let (first, second) = (letters.next(), letters.next());
    if second.is_some_and(char::is_uppercase) {
        return input.label.to_owned();
    }
    let rest = &input.label[first.map_or(0, char::len_utf8)..];
    first.into_iter().flat_map(char::to_lowercase).collect::<String>() + rest
}

/// What decides a site and where it tips: `New machines pay only with electricity cost below $15.9/MWh or bitcoin price above
/// $204k; with rental rate below $2.17/GPU-h hosting beats leasing; what decides between them is …`.
pub fn sentence(overview: &Overview) -> Sentence {
    let mut sentence = Sentence::default();
    if let Some(miner) = &overview.miner {
        miner_words(&mut sentence, miner);
    }
    let Some((leader, rival)) = overview.leader.zip(overview.rival) else {
        decides(&mut sentence, "it", overview.decides.first());
        sentence.say(".");
        return sentence;
    };
    sentence.next();
    match overview.level.as_ref().and_then(|level| Some((level, level.nearest()?))) {
        Some((level, root)) => {
            sentence.say(format!("with {} {} ", label(level.input), side(root.value, level.now)));
            sentence.root(level, root.value);
            sentence.say(format!(" {} beats {}", rival.word(), leader.word()));
        }
        None => sentence.say(format!(
            "none of the inputs that decide brings {} level with {} alone",
            rival.word(),
            leader.word()
        )),
    }
    decides(&mut sentence, "between them", overview.decides.first());
    sentence.say(".");
    sentence
}

fn side(root: f64, now: f64) -> &'static str {
    if root < now { "below" } else { "above" }
}

fn miner_words(sentence: &mut Sentence, miner: &Tipping) {
    let pays = miner.npv_usd > 0.0;
    let roots: Vec<(&Solved, f64)> =
        miner.solved.iter().filter_map(|solved| Some((solved, solved.nearest()?.value))).collect();
    let names: Vec<String> = miner.solved.iter().map(|solved| label(solved.input)).collect();
    let bought = Business::OF_NETWORK.bought().to_lowercase();
    if roots.is_empty() {
        let verb = if pays { "pay at any" } else { "pay at no" };
        sentence.say(format!("new {bought} {verb} {}", names.join(" or ")));
        return;
    }
    let is_only = roots.iter().all(|(solved, _)| solved.roots.len() == 1);
    sentence.say(match (pays, is_only) {
        (true, _) => format!("new {bought} pay unless "),
        (false, true) => format!("new {bought} pay only with "),
        (false, false) => format!("new {bought} pay with "),
    });
    for (index, (solved, value)) in roots.into_iter().enumerate() {
        let or = if index > 0 { " or " } else { "" };
        let is = if pays { " is" } else { "" };
        sentence.say(format!("{or}{}{is} {} ", label(solved.input), side(value, solved.now)));
        sentence.root(solved, value);
    }
}

fn decides(sentence: &mut Sentence, what: &str, first: Option<&(Asked, Bar)>) {
    let Some((asked, bar)) = first else { return };
    sentence.next();
    sentence.say(format!("what decides {what} is {}", label(bar.input)));
    let number = |end: &BarEnd| {
        let (value, result) = (end.value.number()?, *end.result.as_ref().ok()?);
        Some(Part::End { asked: *asked, input: bar.input, value, result })
    };
    let ends: Vec<Part> = bar.ends.iter().filter_map(number).collect();
    if let [low, high] = &ends[..] {
        sentence.say(format!(", {} ", difference(asked)));
        sentence.0.push(low.clone());
        sentence.say(" and ");
        sentence.0.push(high.clone());
    }
}

/// What a quantity is, within a sentence: `NPV of leasing`, `NPV of leasing over hosting`.
pub fn quantity(asked: &Asked) -> String {
    let of = asked.quantity.of.word();
    format!("{} of {of}{}", asked.quantity.measure.label, over(asked))
}

fn over(asked: &Asked) -> String {
    match asked.quantity.minus {
        None => String::new(),
        Some(Subtracted::Business(other)) => format!(" over {}", other.word()),
        Some(Subtracted::GoingOn) => format!(" over going on with {}", Business::OF_NETWORK.word()),
    }
}

fn difference(asked: &Asked) -> String {
    format!("which leaves {} an {}{} of", asked.quantity.of.word(), asked.quantity.measure.label, over(asked))
}

#[cfg(test)]
mod tests {
    #[test]
    fn numbers_lose_their_unit_and_words_stay() {
        let full = [
            "$3.00/GPU-h",
            "−$1.20/MWh",
            "$11.5M/IT MW",
            "973,800 blocks",
            "97.5 %",
            "Keep a share",
            "On/off",
        ];
        let bare = ["$3.00", "−$1.20", "$11.5M", "973,800", "97.5 %", "Keep a share", "On/off"];
        assert_eq!(full.map(super::bare), bare);
    }
}
