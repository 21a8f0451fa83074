//! Every place at which a function is zero, jumps over zero or touches it, between the places at which it was looked at.

use crate::kernel::find_zero;

/// Steps that narrow the border of what exists.
const BORDER_STEPS: usize = 50;
/// Steps of a search for the least distance from zero.
const TOUCH_STEPS: usize = 60;
/// Distance from zero that counts as zero, relative to the distances at the neighbouring places: beyond them the quantity may be
/// larger by any factor.
const ZERO: f64 = 1e-9;

/// A value of an input at which a quantity is what it is to be.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Root {
    /// Value of the input.
    pub value: f64,
    /// How the quantity gets there.
    pub kind: RootKind,
}

/// How a quantity gets to its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RootKind {
    /// It equals the target there, and passes it.
    Equal,
    /// It touches the target, and turns back.
    Touches,
    /// It jumps over the target: of a whole number this is the first one, as seen from today's, that lies beyond.
    Tips,
}

impl RootKind {
    /// The stable name.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::Touches => "touches",
            Self::Tips => "tips",
        }
    }
}

/// A place, and the distance of the quantity from its target there, if it exists.
pub(super) type Look = (f64, Option<f64>);

/// What roots are searched for.
pub(super) struct Search<F> {
    /// The distance from the target at a value of the input.
    pub distance: F,
    /// Whether only whole numbers count.
    pub whole: bool,
    /// The value now, from which the first whole number beyond is seen.
    pub now: f64,
}

impl<F: FnMut(f64) -> Option<f64>> Search<F> {
    /// The roots between places, ascending.
    pub fn roots(&mut self, looks: &[Look]) -> Vec<Root> {
        let mut found = Vec::new();
        for (at, look) in looks.iter().enumerate() {
            // A stretch of zeros is one root, at the end nearer to today's value.
            let is_zero =
                |at: Option<usize>| at.and_then(|at| looks.get(at)).is_some_and(|look| look.1 == Some(0.0));
            let toward = if look.0 < self.now { at.checked_add(1) } else { at.checked_sub(1) };
            if is_zero(Some(at)) && (look.0 == self.now || !is_zero(toward)) {
                found.push(Root { value: look.0, kind: RootKind::Equal });
            }
        }
        for pair in looks.windows(2) {
            found.extend(self.between(pair[0], pair[1]));
        }
        if !self.whole {
            for three in looks.windows(3) {
                found.extend(self.touching(three));
            }
        }
        found.sort_by(|a, b| a.value.total_cmp(&b.value));
        found.dedup_by(|a, b| (a.value - b.value).abs() <= 1e-12 * a.value.abs().max(b.value.abs()));
        found
    }

    /// The root between two neighbouring places, of which one may have no value.
    fn between(&mut self, low: Look, high: Look) -> Option<Root> {
        match (low.1, high.1) {
            (Some(a), Some(b)) => self.crossing((low.0, a), (high.0, b)),
            (Some(a), None) if !self.whole => {
                let border = self.border((low.0, a), high.0);
                self.crossing((low.0, a), border)
            }
            (None, Some(b)) if !self.whole => {
                let border = self.border((high.0, b), low.0);
                self.crossing(border, (high.0, b))
            }
            _ => None,
        }
    }

    /// The place with the least distance from zero among those looked at, and the borders of what exists between them.
    pub fn closest(&mut self, looks: &[Look]) -> Option<(f64, f64)> {
        let mut places: Vec<(f64, f64)> = looks.iter().filter_map(|look| Some((look.0, look.1?))).collect();
        if !self.whole {
            for pair in looks.windows(2) {
                match (pair[0], pair[1]) {
                    ((low, Some(value)), (high, None)) => places.push(self.border((low, value), high)),
                    ((low, None), (high, Some(value))) => places.push(self.border((high, value), low)),
                    _ => {}
                }
            }
        }
        places.into_iter().min_by(|a, b| a.1.abs().total_cmp(&b.1.abs()))
    }

    /// The last place with a value on the way to one without.
    fn border(&mut self, mut with: (f64, f64), mut without: f64) -> (f64, f64) {
        for _ in 0..BORDER_STEPS {
            let middle = 0.5 * (with.0 + without);
            match (self.distance)(middle) {
                Some(value) => with = (middle, value),
                None => without = middle,
            }
        }
        with
    }

    fn crossing(&mut self, low: (f64, f64), high: (f64, f64)) -> Option<Root> {
        let crosses = (low.1 > 0.0 && high.1 < 0.0) || (low.1 < 0.0 && high.1 > 0.0);
        if !crosses {
            return None;
        }
        if self.whole {
            return Some(self.first_beyond(low, high));
        }
        let mut exists = true;
        let mut distance = |x: f64| {
            let value = (self.distance)(x);
            exists &= value.is_some();
            value.unwrap_or(f64::NAN)
        };
        let value = find_zero(&mut distance, low, high);
        let left = (self.distance)(value)?;
        let is_nothing = left.abs() <= ZERO * low.1.abs().max(high.1.abs());
        let kind = if is_nothing { RootKind::Equal } else { RootKind::Tips };
        exists.then_some(Root { value, kind })
    }

    /// The first whole number beyond the target, as seen from today's.
    fn first_beyond(&mut self, mut low: (f64, f64), mut high: (f64, f64)) -> Root {
        while high.0 - low.0 > 1.0 {
            let middle = (0.5 * (low.0 + high.0)).floor();
            let Some(value) = (self.distance)(middle) else { break };
            if value == 0.0 {
                return Root { value: middle, kind: RootKind::Equal };
            }
            if (value > 0.0) == (low.1 > 0.0) {
                low = (middle, value);
            } else {
                high = (middle, value);
            }
        }
        let value = if self.now >= high.0 { low.0 } else { high.0 };
        Root { value, kind: RootKind::Tips }
    }

    /// The roots about a place that is nearer to zero than both its neighbours on the same side.
    fn touching(&mut self, three: &[Look]) -> Vec<Root> {
        let [(a, Some(at_a)), (_, Some(at_b)), (c, Some(at_c))] = *three else { return Vec::new() };
        let sign = at_b.signum();
        let is_dip = [at_a, at_b, at_c].iter().all(|value| value * sign > 0.0)
            && at_b.abs() < at_a.abs()
            && at_b.abs() < at_c.abs();
        if !is_dip {
            return Vec::new();
        }
        let Some((place, value)) = self.lowest((a, c), sign) else { return Vec::new() };
        if value.abs() <= ZERO * at_a.abs().max(at_c.abs()) {
            return vec![Root { value: place, kind: RootKind::Touches }];
        }
        if value * sign > 0.0 {
            return Vec::new();
        }
        let middle = (place, value);
        self.crossing((a, at_a), middle).into_iter().chain(self.crossing(middle, (c, at_c))).collect()
    }

    /// Where `sign` times the distance is least between two places, by golden-section search.
    fn lowest(&mut self, (mut low, mut high): (f64, f64), sign: f64) -> Option<(f64, f64)> {
        let golden = (5_f64.sqrt() - 1.0) / 2.0;
        let (mut a, mut b) = (high - golden * (high - low), low + golden * (high - low));
        let (mut at_a, mut at_b) = ((self.distance)(a)?, (self.distance)(b)?);
        for _ in 0..TOUCH_STEPS {
            // Beyond zero on the other side both crossings are found between here and the neighbours.
            if at_a * sign < 0.0 || at_b * sign < 0.0 {
                break;
            }
            if at_a * sign < at_b * sign {
                (high, b, at_b) = (b, a, at_a);
                a = high - golden * (high - low);
                at_a = (self.distance)(a)?;
            } else {
                (low, a, at_a) = (a, b, at_b);
                b = low + golden * (high - low);
                at_b = (self.distance)(b)?;
            }
        }
        Some(if at_a * sign < at_b * sign { (a, at_a) } else { (b, at_b) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(f: impl Fn(f64) -> Option<f64>, places: &[f64], whole: bool, now: f64) -> Vec<(f64, RootKind)> {
        let looks: Vec<Look> = places.iter().map(|&place| (place, f(place))).collect();
        let mut search = Search { distance: &f, whole, now };
        search.roots(&looks).into_iter().map(|root| (root.value, root.kind)).collect()
    }

    fn grid(count: usize) -> Vec<f64> {
        (0..=count).map(|step| step as f64 / count as f64).collect()
    }

    #[test]
    fn a_function_that_turns_back_has_all_its_roots() {
        let wave = found(|x| Some((x * 20.0).sin() - 0.3), &grid(64), false, 0.5);
        assert_eq!(wave.len(), 7, "{wave:?}");
        assert!(
            wave.iter().all(|(x, kind)| ((x * 20.0).sin() - 0.3).abs() < 1e-9 && *kind == RootKind::Equal)
        );
    }

    #[test]
    fn two_roots_between_two_places_are_found_by_the_dip_between_them() {
        let narrow = |x: f64| Some((x - 0.512) * (x - 0.519));
        let roots = found(narrow, &grid(10), false, 0.1);
        assert_eq!(roots.len(), 2, "{roots:?}");
        assert!((roots[0].0 - 0.512).abs() < 1e-9 && (roots[1].0 - 0.519).abs() < 1e-9, "{roots:?}");
    }

    #[test]
    fn what_touches_zero_is_found_and_what_stays_above_is_not() {
        let roots = found(|x| Some((x - 0.337).powi(2)), &grid(64), false, 0.0);
        assert!(roots.len() == 1 && (roots[0].0 - 0.337).abs() < 1e-4, "{roots:?}");
        assert_eq!(roots[0].1, RootKind::Touches);
        assert_eq!(found(|x| Some((x - 0.337).powi(2) + 1e-6), &grid(64), false, 0.0), []);
    }

    #[test]
    fn a_jump_over_zero_tips_without_being_zero() {
        let roots = found(|x| Some(if x < 0.31 { 1.0 } else { -1.0 }), &grid(64), false, 0.0);
        assert!(roots.len() == 1 && (roots[0].0 - 0.31).abs() < 1e-9, "{roots:?}");
        assert_eq!(roots[0].1, RootKind::Tips);
    }

    #[test]
    fn a_root_between_the_last_value_and_none_is_found() {
        // The value ends at 0.7, after a zero at 0.69 that lies in the last step before it.
        let ends = |x: f64| (x <= 0.7).then_some(0.69 - x);
        let roots = found(ends, &[0.0, 0.3, 0.6, 0.9], false, 0.0);
        assert!(roots.len() == 1 && (roots[0].0 - 0.69).abs() < 1e-12, "{roots:?}");
    }

    #[test]
    fn the_closest_place_may_be_the_border_of_what_exists() {
        let ends = |x: f64| (x <= 0.7).then_some(1.0 - x);
        let looks: Vec<Look> = [0.0, 0.3, 0.6, 0.9].map(|place| (place, ends(place))).into();
        let (place, left) =
            Search { distance: ends, whole: false, now: 0.0 }.closest(&looks).expect("a value");
        assert!((place - 0.7).abs() < 1e-12 && (left - 0.3).abs() < 1e-12, "{place}, {left}");
        assert_eq!(Search { distance: ends, whole: true, now: 0.0 }.closest(&looks), Some((0.6, 0.4)));
    }

    #[test]
    fn of_whole_numbers_the_first_beyond_is_taken_as_seen_from_today() {
        let places: Vec<f64> = [0.0, 40.0, 100.0].into();
        let f = |x: f64| Some(x - 62.5);
        assert_eq!(found(f, &places, true, 10.0), [(63.0, RootKind::Tips)]);
        assert_eq!(found(f, &places, true, 90.0), [(62.0, RootKind::Tips)]);
        assert_eq!(found(|x| Some(x - 62.0), &places, true, 90.0), [(62.0, RootKind::Equal)]);
    }

    #[test]
    fn a_stretch_of_zeros_is_one_root_at_its_near_end() {
        let flat = |x: f64| Some((x - 0.5).max(0.0));
        assert_eq!(found(flat, &grid(8), false, 1.0), [(0.5, RootKind::Equal)]);
        assert_eq!(found(flat, &grid(8), false, 0.25), [(0.25, RootKind::Equal)], "it is zero now");
    }
}
