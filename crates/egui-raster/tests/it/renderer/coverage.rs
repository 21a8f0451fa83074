//! The fill rule and the clip rectangles.

use super::helpers::{LIGHT, Numbers, clipped, everywhere, light, white_renderer};
use egui::{Color32, ColorImage, Pos2, Rect, pos2, vec2};

/// Number of times that every pixel was drawn.
fn counts(image: &ColorImage) -> Vec<u8> {
    image.pixels.iter().map(|pixel| pixel.r() / LIGHT).collect()
}

fn draw(triangles: impl IntoIterator<Item = [Pos2; 3]>, size: u32, scale: f32) -> Vec<u8> {
    let primitives = everywhere(light(triangles));
    counts(&white_renderer().render(&primitives, [size, size], scale, Color32::BLACK))
}

/// Whether a triangle covers a pixel, straight from the definition: a pixel centre must be inside all three edges, or
/// on an edge that is a left one or the (level) top one. Positions in 1/256 pixel.
fn covers(corners: [Pos2; 3], scale: f32, column: u32, row: u32) -> bool {
    let snap = |v: f32| (f64::from(v) * f64::from(scale) * 256.0 + 0.5).floor() as i64;
    let mut corners = corners.map(|p| [snap(p.x), snap(p.y)]);
    let centre = [column, row].map(|v| i64::from(v) * 256 + 128);
    let side = |[ax, ay]: [i64; 2], [bx, by]: [i64; 2], [px, py]: [i64; 2]| {
        (bx - ax) * (py - ay) - (by - ay) * (px - ax)
    };
    let [a, b, c] = corners;
    match side(a, b, c) {
        0 => return false,
        area if area < 0 => corners.swap(1, 2), // now clockwise on the screen: inside is positive
        _ => {}
    }
    (0..3).all(|i| {
        let (from, to) = (corners[i], corners[(i + 1) % 3]);
        let top = from[1] == to[1] && to[0] > from[0];
        let left = to[1] < from[1];
        side(from, to, centre) > 0 || (side(from, to, centre) == 0 && (top || left))
    })
}

#[test]
fn every_pixel_of_random_triangles_follows_the_definition() {
    let mut numbers = Numbers(3);
    for i in 0..3000 {
        // Corners anywhere, on halves (pixel centres!) or on whole pixels.
        let grid = [64.0, 2.0, 1.0][i % 3];
        let mut corner = || {
            let mut place = || (numbers.unit() * 48.0 * grid).round() / grid - 8.0;
            pos2(place(), place())
        };
        let triangle = [corner(), corner(), corner()];
        let scale = [1.0, 1.25][i % 2];
        let drawn = draw([triangle], 32, scale);
        for row in 0..32 {
            for column in 0..32 {
                let expected = u8::from(covers(triangle, scale, column, row));
                assert_eq!(drawn[(row * 32 + column) as usize], expected, "{triangle:?} {column} {row}");
            }
        }
    }
}

/// A grid of triangles over a square (pixels), its inner corners moved at random, but not so far that a
/// cell would fold over its neighbours.
fn grid(numbers: &mut Numbers, cells: usize, side: f32, snap: f32) -> Vec<[Pos2; 3]> {
    let step = side / cells as f32;
    let mut place = |i: usize| {
        let shift = if i == 0 || i == cells { 0.0 } else { (numbers.unit() - 0.5) * 0.49 * step };
        i as f32 * step + (shift * snap).trunc() / snap
    };
    let mut corners = Vec::new();
    for j in 0..=cells {
        corners.extend((0..=cells).map(|i| pos2(place(i), place(j))));
    }
    let at = |i: usize, j: usize| corners[j * (cells + 1) + i];
    let mut triangles = Vec::new();
    for j in 0..cells {
        for i in 0..cells {
            let [a, b, c, d] = [at(i, j), at(i + 1, j), at(i, j + 1), at(i + 1, j + 1)];
            // Both diagonals and both winding orders occur.
            triangles.extend(if (i + j) % 2 == 0 { [[a, b, c], [c, b, d]] } else { [[a, b, d], [a, d, c]] });
        }
    }
    triangles
}

#[test]
fn neighbours_leave_no_seam_and_share_no_pixel() {
    let mut numbers = Numbers(4);
    for (cells, snap) in [(4, 1e4), (8, 1e4), (8, 2.0), (16, 1e4), (16, 2.0), (40, 1e4), (64, 1e4), (90, 1e4)]
    {
        for scale in [1.0, 1.5, 1.1] {
            let triangles = grid(&mut numbers, cells, 64.0, snap);
            let triangles = triangles.into_iter().map(|triangle| triangle.map(|corner| corner / scale));
            let drawn = draw(triangles, 64, scale);
            assert!(drawn.iter().all(|&n| n == 1), "{cells} cells, {snap} steps per pixel, at {scale}");
        }
    }
}

#[test]
fn a_fan_around_a_pixel_centre_draws_every_pixel_once() {
    let centre = pos2(20.5, 20.5);
    for spokes in 3..40_u8 {
        let rim = |i: u8| {
            let angle = f32::from(i % spokes) / f32::from(spokes) * std::f32::consts::TAU;
            centre + 18.0 * vec2(angle.cos(), angle.sin())
        };
        let drawn = draw((0..spokes).map(|i| [centre, rim(i), rim(i + 1)]), 41, 1.0);
        assert!(drawn.iter().all(|&n| n <= 1), "{spokes} spokes overlap");
        assert_eq!(drawn[20 * 41 + 20], 1, "{spokes} spokes leave out their centre");
        // Solid: no hole between two drawn pixels of a row.
        for row in drawn.chunks(41) {
            let runs = row.split(|&n| n == 0).filter(|run| !run.is_empty()).count();
            assert!(runs <= 1, "{spokes} spokes have a seam");
        }
    }
}

#[test]
fn lines_that_reach_very_far_keep_their_place() {
    // A band from the middle to far out, once near enough for exact edges and once cut off first.
    let band = |length: f32| {
        let [a, b] = [pos2(10.0, 10.0), pos2(10.0, 30.0)];
        let far = vec2(length, length * 0.25);
        [[a, b, b + far], [a, b + far, a + far]]
    };
    let (near, far) = (draw(band(4096.0), 64, 1.0), draw(band(67_108_864.0), 64, 1.0));
    assert_eq!(near, far);
    assert!(near.contains(&1) && near.iter().all(|&n| n <= 1));
}

#[test]
fn clip_rectangles_are_rounded_to_pixels() {
    let everything = [[pos2(-9.0, -9.0), pos2(99.0, -9.0), pos2(-9.0, 99.0)]];
    for (clip, scale, [left, top, right, bottom]) in [
        (Rect::from_min_max(pos2(2.0, 3.0), pos2(7.0, 9.0)), 1.0, [2, 3, 7, 9]),
        (Rect::from_min_max(pos2(2.4, 3.5), pos2(7.49, 8.5)), 1.0, [2, 4, 7, 9]), // halves away from zero
        (Rect::from_min_max(pos2(2.0, 3.0), pos2(5.0, 5.0)), 1.5, [3, 5, 8, 8]),
        (Rect::from_min_max(pos2(-5.0, -f32::INFINITY), pos2(f32::INFINITY, 4.0)), 1.0, [0, 0, 16, 4]),
        (Rect::from_min_max(pos2(9.0, 2.0), pos2(4.0, 8.0)), 1.0, [9, 2, 9, 8]), // inside out: nothing
    ] {
        let image =
            white_renderer().render(&clipped(light(everything), clip), [16, 16], scale, Color32::BLACK);
        for (i, &count) in counts(&image).iter().enumerate() {
            let inside = (left..right).contains(&(i % 16)) && (top..bottom).contains(&(i / 16));
            assert_eq!(count, u8::from(inside), "{clip:?} at {scale}: pixel {i}");
        }
    }
}
