//! The outline of a mesh: the edges that belong to one triangle only, joined to rings.

use std::collections::BTreeMap;

use egui::Pos2;

use super::Step;

/// Rings around the triangles of a mesh.
pub(super) fn outline(points: &[Pos2], indices: &[u32]) -> Vec<Step> {
    let mut edges: BTreeMap<(u32, u32), i32> = BTreeMap::new();
    for corners in indices.chunks_exact(3) {
        let [a, b, c] = [corners[0], corners[1], corners[2]];
        if !is_area(points, [a, b, c]) {
            continue;
        }
        // Turned the same way, two neighbours pass their common edge in opposite directions.
        let turned = if is_clockwise(points, [a, b, c]) { [a, b, c] } else { [a, c, b] };
        for (from, to) in [(turned[0], turned[1]), (turned[1], turned[2]), (turned[2], turned[0])] {
            *edges.entry((from, to)).or_default() += 1;
        }
    }
    let is_border = |(from, to): &(u32, u32)| !edges.contains_key(&(*to, *from));
    let mut next: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (from, to) in edges.keys().filter(|edge| is_border(edge)) {
        next.entry(*from).or_default().push(*to);
    }
    let mut steps = Vec::new();
    while let Some(start) = next.iter().find(|(_, ends)| !ends.is_empty()).map(|(start, _)| *start) {
        let mut at = start;
        let mut is_first = true;
        while let Some(to) = next.get_mut(&at).and_then(Vec::pop) {
            let Some(point) = points.get(at as usize) else { break };
            steps.push(if is_first { Step::Move(*point) } else { Step::Line(*point) });
            is_first = false;
            at = to;
            if at == start {
                break;
            }
        }
        steps.push(Step::Close);
    }
    steps
}

fn corners(points: &[Pos2], [a, b, c]: [u32; 3]) -> Option<[Pos2; 3]> {
    let at = |index: u32| points.get(index as usize).copied();
    Some([at(a)?, at(b)?, at(c)?])
}

/// Twice the area of a triangle, positive if it is passed clockwise on the screen.
fn area(points: &[Pos2], triangle: [u32; 3]) -> f32 {
    let Some([a, b, c]) = corners(points, triangle) else { return 0.0 };
    (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y)
}

fn is_area(points: &[Pos2], triangle: [u32; 3]) -> bool {
    corners(points, triangle).is_some_and(|corners| corners.iter().all(|at| at.is_finite()))
        && area(points, triangle) != 0.0
}

fn is_clockwise(points: &[Pos2], triangle: [u32; 3]) -> bool {
    area(points, triangle) > 0.0
}

#[cfg(test)]
mod tests {
    use egui::pos2;

    use super::*;

    #[test]
    fn a_strip_of_triangles_has_one_ring_and_no_inner_edge() {
        // Lower and upper edge of a band over three months.
        let points: Vec<Pos2> =
            (0..3).flat_map(|x| [pos2(x as f32, 0.0), pos2(x as f32, 1.0 + x as f32)]).collect();
        let indices = [0, 1, 2, 2, 1, 3, 2, 3, 4, 4, 3, 5];
        let steps = outline(&points, &indices);
        assert_eq!(steps.iter().filter(|step| **step == Step::Close).count(), 1);
        let corners: Vec<Pos2> = steps
            .iter()
            .filter_map(|step| match step {
                Step::Move(at) | Step::Line(at) => Some(*at),
                _ => None,
            })
            .collect();
        assert_eq!(corners.len(), 6, "{corners:?}");
        assert!(points.iter().all(|point| corners.contains(point)));
    }

    #[test]
    fn triangles_without_area_and_corners_that_are_missing_draw_nothing() {
        let points = [pos2(0.0, 0.0), pos2(1.0, 0.0), pos2(2.0, 0.0)];
        assert!(outline(&points, &[0, 1, 2]).is_empty());
        assert!(outline(&points, &[0, 1, 9]).is_empty());
    }
}
