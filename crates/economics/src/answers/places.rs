//! Where a quantity is looked at to find what lies between: values of an input over its whole range, on the scale of its slider.

use crate::input::{Number, Scale};

/// Steps along the slider.
const ALONG: usize = 40;
/// Values of a whole number up to which each is looked at.
const EACH: f64 = 256.0;
/// Least distance from the end of a logarithmic slider, as a share of it.
const LEAST: f64 = 1e-6;

/// Values over the range of a number, ascending, with its value now among them.
pub(super) fn places(number: &Number, now: f64) -> Vec<f64> {
    let (low, high) = (number.min, number.max);
    let mut places = vec![low, now, high];
    if number.whole && high - low <= EACH {
        places.extend((0..=(high - low) as usize).map(|step| low + step as f64));
    } else {
        along(number, &mut places);
        beyond(number, &mut places);
        if number.whole {
            for place in &mut places {
                *place = place.round();
            }
        }
    }
    places.retain(|place| (low..=high).contains(place));
    places.sort_unstable_by(f64::total_cmp);
    places.dedup();
    places
}

/// Steps along the slider, of equal length on its scale.
fn along(number: &Number, places: &mut Vec<f64>) {
    let (from, to) = number.slider;
    let share = |step: usize| step as f64 / ALONG as f64;
    match number.scale {
        Scale::Stops(stops) => places.extend(stops),
        Scale::Log if from > 0.0 => {
            places.extend((0..=ALONG).map(|step| from * (to / from).powf(share(step))));
        }
        // A range without a slider: from its least part up, as no one part of it is likelier.
        _ if number.step == 0.0 => {
            let width = to - from;
            places.extend((0..=ALONG).map(|step| from + width * LEAST.powf(1.0 - share(step))));
        }
        Scale::Log | Scale::Linear => places.extend((0..=ALONG).map(|step| from + (to - from) * share(step))),
    }
}

/// Growing steps from the ends of the slider to those of the range.
fn beyond(number: &Number, places: &mut Vec<f64>) {
    let (from, to) = number.slider;
    let mut step = (to - from) / ALONG as f64;
    if number.scale == Scale::Log && from > 0.0 {
        let mut place = from;
        while place > from * LEAST && place > number.min {
            place /= 2.0;
            places.push(place);
        }
        step = 0.25 * to;
    }
    let (mut down, mut up) = (from, to);
    while step > 0.0 && (down > number.min || up < number.max) {
        (down, up) = (down - step, up + step);
        places.extend([down, up]);
        step *= 2.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue;
    use crate::input::Kind;
    use crate::scenario::Scenario;

    #[test]
    fn every_number_is_looked_at_over_its_whole_range() {
        let scenario = Scenario::default();
        for input in catalogue::inputs() {
            let Kind::Number(number) = &input.kind else { continue };
            let Some(now) = (number.get)(&scenario) else { continue };
            let places = places(number, now);
            assert!(places.len() < 400, "{}: {}", input.id, places.len());
            assert_eq!((places[0], places[places.len() - 1]), (number.min, number.max), "{}", input.id);
            assert!(places.windows(2).all(|pair| pair[0] < pair[1]) && places.contains(&now), "{}", input.id);
            let is_fine = number.whole && number.max - number.min <= EACH;
            assert!(!is_fine || places.len() as f64 == number.max - number.min + 1.0, "{}", input.id);
        }
    }
}
