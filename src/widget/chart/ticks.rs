//! Round values for the ticks of an axis, and the choice of labels that fit.

use egui::Rangef;
use wattfolio_economics::scenario::CalendarMonth;

/// Leading digits of a step, times ten to keep them whole.
const ROUND: [i64; 5] = [10, 20, 25, 50, 100];
/// Largest number of ticks of an axis; a damaged range must not ask for millions of lines.
const MOST: i64 = 200;
/// Largest multiple of a step; beyond it `f64` does not distinguish neighbours.
const LARGEST_NUMBER: f64 = 1e15;
/// Space between two labels, points.
const GAP: f32 = 6.0;

/// A round distance between ticks, stored as a decimal so that its multiples have exact digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    digits: i64,
    exponent: i32,
}

/// A multiple of a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tick {
    /// The factor: 0 at zero.
    pub number: i64,
    /// The value.
    pub value: f64,
}

impl Step {
    /// The smallest of 1, 2, 2.5 and 5 times a power of ten that is not below `least`; `None` if `least` is
    /// no distance.
    pub fn at_least(least: f64) -> Option<Self> {
        if !(f64::MIN_POSITIVE..=f64::MAX / 100.0).contains(&least) {
            return None;
        }
        // One place lower than the first digit, because `ROUND` is times ten.
        let exponent = least.log10().floor() as i32 - 1;
        let fits = |step: &Self| step.size() >= least;
        ROUND.into_iter().map(|digits| Self { digits, exponent }).find(fits)
    }

    /// The distance.
    pub fn size(self) -> f64 {
        self.multiple(1)
    }

    /// Its multiples within a range, ascending.
    pub fn ticks(self, low: f64, high: f64) -> impl Iterator<Item = Tick> {
        let (first, last) = ((low / self.size()).ceil(), (high / self.size()).floor());
        let is_held_apart = first.abs() < LARGEST_NUMBER && last.abs() < LARGEST_NUMBER;
        let (first, last) = if is_held_apart { (first as i64, last as i64) } else { (1, 0) };
        let last = last.min(first.saturating_add(MOST));
        (first..=last).map(move |number| Tick { number, value: self.multiple(number) })
    }

    fn multiple(self, number: i64) -> f64 {
        let text = format!("{}e{}", number.saturating_mul(self.digits), self.exponent);
        text.parse().unwrap_or(f64::NAN)
    }
}

/// Leading digits of the ticks of a logarithmic axis, the closest first.
const DECADES: [&[f64]; 4] = [&[1.0, 2.0, 3.0, 5.0], &[1.0, 2.0, 5.0], &[1.0, 3.0], &[1.0]];

/// Round values of a logarithmic axis, ascending and at most `most`: some of each decade, or of every second, third… decade.
/// `low` is above 0.
pub fn log_ticks(low: f64, high: f64, most: usize) -> Vec<f64> {
    let (first, last) = (low.log10().floor() as i32, high.log10().ceil() as i32);
    let of = |digits: &[f64], every: usize| -> Vec<f64> {
        let powers = (first..=last).filter(|power| power.rem_euclid(every as i32) == 0);
        let all = powers.flat_map(|power| digits.iter().map(move |digit| digit * 10f64.powi(power)));
        all.filter(|value| (low..=high).contains(value)).collect()
    };
    let dense = DECADES.iter().map(|digits| of(digits, 1));
    let sparse = (2..=(last - first).unsigned_abs() as usize).map(|every| of(&[1.0], every));
    dense.chain(sparse).find(|ticks| ticks.len() <= most).unwrap_or_default()
}

/// Smallest `n` for which the labels with numbers divisible by `n` do not overlap.
///
/// `labels` are the numbers of the ticks, ascending, and the extents of their labels.
pub fn label_stride(labels: &[(i64, Rangef)]) -> i64 {
    let fits = |stride: &i64| {
        let shown: Vec<Rangef> =
            labels.iter().filter(|(number, _)| number % stride == 0).map(|(_, span)| *span).collect();
        shown.windows(2).all(|pair| pair[0].max + GAP <= pair[1].min)
    };
    // Only one label remains if no stride fits.
    (1..=MOST).find(fits).unwrap_or(i64::MAX)
}

/// Months between two ticks: `least` or more, at most six ticks, far enough apart for labels of this width.
pub fn month_step(months: f64, least: f64, width: f32, label_width: impl Fn(f64, f64) -> f32) -> f64 {
    let steps = [1.0, 3.0, 6.0, 12.0, 24.0, 36.0, 60.0, 120.0, 240.0, 480.0];
    let fits = |step: &f64| {
        let ticks = (0..=(months / step) as u32).map(|number| f64::from(number) * step);
        let widest = ticks.map(|month| label_width(month, *step)).fold(0.0, f32::max);
        width * (step / months) as f32 >= widest + GAP
    };
    let mut few_enough = steps.into_iter().filter(|step| *step >= least && months / step <= 6.0);
    // Only the label at the start if no two fit.
    few_enough.find(fits).unwrap_or(f64::MAX)
}

/// `2 y`, or `3 mo` where ticks are closer than a year.
pub fn month_text(month: f64, step: f64) -> String {
    if month == 0.0 {
        "0".to_owned()
    } else if step >= 12.0 {
        format!("{} y", month / 12.0)
    } else {
        format!("{month} mo")
    }
}

/// The tick of a month: a year of the calendar, or the time since the start.
pub fn tick_text(month: f64, step: f64, calendar: Option<CalendarMonth>) -> String {
    match calendar {
        Some(start) => start.plus(month as u32).year().to_string(),
        None => month_text(month, step),
    }
}

/// Months from the start of a plan to the next January.
pub fn to_january(start: CalendarMonth) -> u32 {
    (13 - start.month()) % 12
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format;

    #[test]
    fn a_calendar_has_its_ticks_in_january() {
        let month = |text: &str| text.parse::<CalendarMonth>().unwrap();
        for (start, months, year) in [("2021-11", 2, "2022"), ("2022-01", 0, "2022"), ("2022-02", 11, "2023")]
        {
            assert_eq!(to_january(month(start)), months, "{start}");
            assert_eq!(tick_text(f64::from(months), 12.0, Some(month(start))), year, "{start}");
        }
        assert_eq!(tick_text(24.0, 12.0, None), "2 y");
        // Two years of a wide chart have no tick in the middle of a year.
        assert_eq!(month_step(24.0, 12.0, 900.0, |_, _| 30.0), 12.0);
    }

    /// Width of a text in a font of seven points a letter.
    fn width(text: &str) -> f32 {
        7.0 * text.chars().count() as f32
    }

    /// Ranges of every size around zero, and lengths of an axis.
    fn axes() -> impl Iterator<Item = (f64, f64, f32)> {
        let sizes =
            (-280..280_i32).map(|tenth| 10f64.powf(f64::from(tenth)) * (1.0 + f64::from(tenth.abs() % 9)));
        let shares = [0.0, 0.02, 0.11, 0.37, 0.5, 0.93];
        let lengths = [1.0, 40.0, 96.0, 160.0, 290.0, 420.0, 2000.0];
        sizes.flat_map(move |size| {
            shares.into_iter().flat_map(move |share| {
                lengths.into_iter().map(move |length| (-share * size, (1.0 - share) * size, length))
            })
        })
    }

    #[test]
    fn ticks_are_round_in_every_range() {
        for (low, high, length) in axes() {
            let step = Step::at_least((high - low) / f64::from(length / 68.0).max(1.2)).expect("a distance");
            let ticks: Vec<Tick> = step.ticks(low, high).collect();
            assert!(!ticks.is_empty() && ticks.len() < 40, "{low} {high}: {ticks:?}");
            let mut texts = Vec::new();
            for tick in ticks {
                // A round end of the range may be off by its last bit.
                let bit = 1e-15 * (high - low);
                assert!((low - bit..=high + bit).contains(&tick.value), "{low} {high}: {tick:?}");
                // Few digits, and exactly those of the value.
                let exact = format!("{:e}", tick.value);
                assert!(exact.split('e').next().is_some_and(|digits| digits.len() <= 6), "{exact}");
                texts.push([format::axis_tick(tick.value), format::multiple_tick(tick.value)]);
            }
            for text in texts.iter().flatten() {
                let is_dusty = text.contains("00000000001") || text.contains("99999999");
                assert!(!is_dusty && !text.contains("NaN") && !text.contains("inf"), "{text}");
                assert!(text.chars().count() <= 14, "{text}");
            }
            let neighbours_differ = texts.windows(2).all(|pair| pair[0] != pair[1]);
            assert!(neighbours_differ, "{low} {high}: {texts:?}");
        }
    }

    #[test]
    fn ticks_of_a_logarithmic_axis_are_round_and_not_too_many() {
        assert_eq!(log_ticks(1e4, 1e6, 8), [1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6]);
        assert_eq!(log_ticks(1e4, 1e6, 5), [1e4, 3e4, 1e5, 3e5, 1e6]);
        assert_eq!(log_ticks(1e4, 1e6, 4), [1e4, 1e5, 1e6]);
        assert_eq!(log_ticks(1.0, 1e9, 4), [1.0, 1e3, 1e6, 1e9]);
    }

    #[test]
    fn what_is_no_range_has_no_ticks() {
        for least in [0.0, -1.0, f64::NAN, f64::INFINITY, f64::MAX] {
            assert_eq!(Step::at_least(least), None, "{least}");
        }
        let step = Step::at_least(1.0).expect("a distance");
        for (low, high) in [(1.0, 0.0), (f64::NAN, 1.0), (0.0, f64::INFINITY), (-1e300, 1e300), (1e20, 1e20)]
        {
            assert_eq!(step.ticks(low, high).count(), 0, "{low} {high}");
        }
        assert!(step.ticks(0.0, 1e9).count() <= 201, "no millions of lines");
    }

    #[test]
    fn labels_never_come_close_to_each_other() {
        for (low, high, length) in axes() {
            let step = Step::at_least((high - low) / 6.0).expect("a distance");
            let span = |tick: Tick| {
                let half = width(&format::multiple_tick(tick.value)) / 2.0;
                let centre = ((tick.value - low) / (high - low)) as f32 * length;
                (tick.number, Rangef::new(centre - half, centre + half))
            };
            let labels: Vec<(i64, Rangef)> = step.ticks(low, high).map(span).collect();
            let stride = label_stride(&labels);
            let shown: Vec<Rangef> =
                labels.iter().filter(|(number, _)| number % stride == 0).map(|(_, span)| *span).collect();
            assert!(!shown.is_empty(), "{low} {high} {length}");
            for pair in shown.windows(2) {
                assert!(pair[0].max < pair[1].min, "{low} {high} {length}: {shown:?}");
            }
        }
    }

    #[test]
    fn months_have_room_on_every_axis() {
        for months in 1..=600 {
            let months = f64::from(months);
            for length in [1.0_f32, 30.0, 80.0, 150.0, 300.0, 900.0, 3000.0] {
                let step = month_step(months, 1.0, length, |month, step| width(&month_text(month, step)));
                let ticks = (0..=(months / step) as u32).map(|number| f64::from(number) * step);
                let texts: Vec<String> = ticks.map(|month| month_text(month, step)).collect();
                assert!(texts.len() <= 7, "{months} {length}: {texts:?}");
                let apart = length * (step / months) as f32;
                for pair in texts.windows(2) {
                    let halves = f32::midpoint(width(&pair[0]), width(&pair[1]));
                    assert!(halves < apart, "{months} {length}: {texts:?}");
                    assert!(!pair[1].contains('.'), "{pair:?}");
                }
            }
        }
    }
}
