//! The efficient frontier: for each expected value, per dollar or of the whole site, the least risk.
//!
//! A dollar of capital, or the site, is divided among the businesses. Value is then linear in the division, and CVaR convex
//! and piecewise linear, so that the least risk at a value lies where the tangents from both sides meet. The two frontiers
//! are not of the same mixes: what brings most per dollar need not bring most on a site.

use rayon::prelude::*;

use super::mixed::{Mixed, Per};
use super::whole_site::WholeSite;
use crate::number::within;

/// Share of the worst paths in the risk.
const TAIL: f64 = 0.05;
/// Number of mixes on the frontier.
const POINTS: usize = 17;
/// Steps of the search for the least risk of all.
const LEAST_STEPS: usize = 24;
/// Largest number of tangents on a line; each brings the search nearer, and about ten reach the end.
const MOST_TANGENTS: usize = 60;
/// Shortfall of a tangent below the risk that is rounding, in units of the largest risk on the line.
const ROUNDING: f64 = 1e-12;

/// Paths of each business for the whole of what is divided: a dollar, or the site.
struct Divided {
    /// NPV on each path, by business.
    paths: Vec<Vec<f64>>,
    /// Its mean, by business.
    means: Vec<f64>,
}

/// Risk of a division, and its slope in the direction of each business: a subgradient.
struct Risk {
    cvar: f64,
    slopes: Vec<f64>,
}

impl Divided {
    fn new(site: &WholeSite, per: Per) -> Self {
        let of_part = |part: &super::Part| match per {
            Per::Dollar => part.npv_usd.iter().map(|npv| npv / part.capital_usd).collect(),
            Per::Site => part.npv_usd.clone(),
        };
        let paths: Vec<Vec<f64>> = site.parts().iter().map(of_part).collect();
        let means = paths.iter().map(|paths| paths.iter().sum::<f64>() / paths.len() as f64).collect();
        Self { paths, means }
    }

    /// The CVaR of a division with its slopes.
    fn risk(&self, division: &[f64]) -> Risk {
        let count = self.paths[0].len();
        let mut values = vec![0.0; count];
        for (paths, share) in self.paths.iter().zip(division) {
            for (sum, value) in values.iter_mut().zip(paths) {
                *sum += value * share;
            }
        }
        let tail = TAIL * count as f64;
        let whole = (tail.floor() as usize).min(count - 1);
        let mut sorted = values.clone();
        let (_, next, _) = sorted.select_nth_unstable_by(whole, f64::total_cmp);
        let next = *next;
        let mut slopes = vec![0.0; self.paths.len()];
        let (mut below, mut tied) = (0_usize, 0);
        for (path, value) in values.iter().enumerate() {
            if *value < next {
                below += 1;
                slopes.iter_mut().zip(&self.paths).for_each(|(slope, paths)| *slope -= paths[path]);
            } else if *value == next {
                tied = path;
            }
        }
        // The rest of the tail is of paths at its edge, of which any gives a slope.
        let rest = tail - below as f64;
        slopes
            .iter_mut()
            .zip(&self.paths)
            .for_each(|(slope, paths)| *slope = (*slope - rest * paths[tied]) / tail);
        let cvar = slopes.iter().zip(division).map(|(slope, share)| slope * share).sum();
        Risk { cvar, slopes }
    }

    /// The least risk between two divisions, and where.
    fn least_between(&self, from: &[f64], to: &[f64]) -> (f64, Vec<f64>) {
        let at = |share: f64| -> Vec<f64> { from.iter().zip(to).map(|(a, b)| a + (b - a) * share).collect() };
        let look = |share: f64| {
            let division = at(share);
            let risk = self.risk(&division);
            let slope: f64 =
                risk.slopes.iter().zip(from.iter().zip(to)).map(|(slope, (a, b))| slope * (b - a)).sum();
            (share, risk.cvar, slope)
        };
        let (mut low, mut high) = (look(0.0), look(1.0));
        if low.2 >= 0.0 || high.2 <= 0.0 {
            let best = if low.1 <= high.1 { low } else { high };
            return (best.1, at(best.0));
        }
        let size = low.1.abs().max(high.1.abs());
        let mut best = if low.1 <= high.1 { low } else { high };
        for _ in 0..MOST_TANGENTS {
            // low.1 + low.2·(x − low.0) = high.1 + high.2·(x − high.0)
            let meet = (high.1 - low.1 + low.2 * low.0 - high.2 * high.0) / (low.2 - high.2);
            let bound = low.1 + low.2 * (meet - low.0);
            if !(low.0..=high.0).contains(&meet) || best.1 - bound <= ROUNDING * size {
                break;
            }
            let found = look(meet);
            if found.1 < best.1 {
                best = found;
            }
            if found.2 < 0.0 {
                low = found;
            } else {
                high = found;
            }
        }
        (best.1, at(best.0))
    }

    /// The least risk at an expected value, for two or three businesses in the order of their means.
    fn least_at(&self, value: f64, order: &[usize]) -> (f64, Vec<f64>) {
        let between = |a: usize, b: usize| {
            let mut division = vec![0.0; self.means.len()];
            let (low, high) = (self.means[a], self.means[b]);
            let share = if high > low { within((value - low) / (high - low), 0.0, 1.0) } else { 0.0 };
            division[a] += 1.0 - share;
            division[b] += share;
            division
        };
        let (first, last) = (order[0], order[order.len() - 1]);
        let outer = between(first, last);
        match order {
            [low, middle, high] => {
                let inner = if value <= self.means[*middle] {
                    between(*low, *middle)
                } else {
                    between(*middle, *high)
                };
                self.least_between(&outer, &inner)
            }
            _ => (self.risk(&outer).cvar, outer),
        }
    }
}

impl WholeSite {
    /// The efficient frontier from the least risk to the most expected value, per dollar or of the whole site. Of up to
    /// three businesses every division is considered; of more, the mixes of the grid that no other surpasses in both.
    pub fn frontier(&self, per: Per) -> Vec<Mixed> {
        match self.parts().len() {
            0 => Vec::new(),
            1..=3 => self.frontier_of_divisions(per),
            _ => unsurpassed(self.grid(), per),
        }
    }

    fn frontier_of_divisions(&self, per: Per) -> Vec<Mixed> {
        let divided = Divided::new(self, per);
        let mut order: Vec<usize> = (0..divided.means.len()).collect();
        order.sort_by(|a, b| divided.means[*a].total_cmp(&divided.means[*b]));
        let (low, high) = (divided.means[order[0]], divided.means[order[order.len() - 1]]);
        let start = least_place((low, high), |value| divided.least_at(value, &order).0);
        let values: Vec<f64> =
            (0..POINTS).map(|point| start + (high - start) * point as f64 / (POINTS - 1) as f64).collect();
        let divisions: Vec<Vec<f64>> =
            values.into_par_iter().map(|value| divided.least_at(value, &order).1).collect();
        let mut frontier: Vec<Mixed> =
            divisions.iter().filter_map(|division| self.divided(division, per)).collect();
        frontier.dedup_by(|a, b| a.shares == b.shares);
        frontier
    }

    /// Shares of the site that a division of a dollar buys.
    fn shares(&self, division: &[f64]) -> Vec<f64> {
        let bought: Vec<f64> =
            self.parts().iter().zip(division).map(|(part, dollars)| dollars / part.capital_usd).collect();
        let sum: f64 = bought.iter().sum();
        bought.into_iter().map(|share| share / sum).collect()
    }

    /// The mix of a division of a dollar, or of the site.
    fn divided(&self, division: &[f64], per: Per) -> Option<Mixed> {
        match per {
            Per::Dollar => self.mix(&self.shares(division), &mut Vec::new()),
            Per::Site => self.mix(division, &mut Vec::new()),
        }
    }

    /// How a mix divides a dollar, or the site.
    fn division(&self, mixed: &Mixed, per: Per) -> Vec<f64> {
        let of_part = |part: &super::Part| {
            let share = mixed.shares[part.business];
            match per {
                Per::Dollar => part.capital_usd * share / mixed.capital_usd,
                Per::Site => share,
            }
        };
        self.parts().iter().map(of_part).collect()
    }
}

/// Place of the minimum of a convex function, by golden-section search.
fn least_place((mut low, mut high): (f64, f64), mut value: impl FnMut(f64) -> f64) -> f64 {
    let golden = (5_f64.sqrt() - 1.0) / 2.0;
    let ends = [(low, value(low)), (high, value(high))];
    let (mut a, mut b) = (high - golden * (high - low), low + golden * (high - low));
    let (mut at_a, mut at_b) = (value(a), value(b));
    for _ in 0..LEAST_STEPS {
        // Of equals the higher value.
        if at_a < at_b {
            (high, b, at_b) = (b, a, at_a);
            a = high - golden * (high - low);
            at_a = value(a);
        } else {
            (low, a, at_a) = (a, b, at_b);
            b = low + golden * (high - low);
            at_b = value(b);
        }
    }
    let inner = if at_a < at_b { (a, at_a) } else { (b, at_b) };
    let best = ends.into_iter().fold(inner, |best, end| if end.1 <= best.1 { end } else { best });
    best.0
}

/// The mixes that no other surpasses in value and risk, ascending by value.
fn unsurpassed(mut grid: Vec<Mixed>, per: Per) -> Vec<Mixed> {
    grid.sort_by(|a, b| b.value(per).value.total_cmp(&a.value(per).value));
    let mut least = f64::INFINITY;
    grid.retain(|mixed| {
        let risk = mixed.risk(per).value;
        let is_less = risk < least;
        least = least.min(risk);
        is_less
    });
    grid.reverse();
    grid
}

/// The mix of a frontier with at most the risk of another, and the most value: on the chord between its neighbours, below
/// which the risk of a division of both lies. `None` if even the least risk is more.
pub(super) fn at_risk(site: &WholeSite, frontier: &[Mixed], other: &Mixed, per: Per) -> Option<Mixed> {
    let wanted = other.risk(per).value;
    let risk = |mixed: &Mixed| mixed.risk(per).value;
    let above = frontier.iter().position(|mixed| risk(mixed) > wanted);
    let (low, high) = match above {
        None => return frontier.last().cloned(),
        Some(0) => return None,
        Some(above) => (&frontier[above - 1], &frontier[above]),
    };
    let share = (wanted - risk(low)) / (risk(high) - risk(low));
    let (low, high) = (site.division(low, per), site.division(high, per));
    let division: Vec<f64> = low.iter().zip(&high).map(|(a, b)| a + (b - a) * share).collect();
    site.divided(&division, per)
}
