//! Texture updates, filters and wrap modes.

use super::helpers::{LIGHT, Numbers, everywhere, light, set, white_renderer};
use egui::epaint::Mesh;
use egui::{
    Color32, ColorImage, Pos2, Rect, TextureFilter, TextureId, TextureOptions, TextureWrapMode,
    TexturesDelta, pos2, vec2,
};
use egui_raster::{Renderer, Report};

const PICTURE: TextureId = TextureId::Managed(7);

fn random_image(numbers: &mut Numbers, size: [usize; 2]) -> ColorImage {
    let mut channel = || numbers.below(256) as u8;
    let pixels = (0..size[0] * size[1]).map(|_| Color32::from_rgb(channel(), channel(), channel()));
    ColorImage::new(size, pixels.collect())
}

/// Draws the part `uv` of the texture over a whole picture.
fn draw(renderer: &mut Renderer, uv: Rect, size: [u32; 2]) -> ColorImage {
    let mut mesh = Mesh::with_texture(PICTURE);
    let rect = Rect::from_min_size(Pos2::ZERO, vec2(size[0] as f32, size[1] as f32));
    mesh.add_rect_with_uv(rect, uv, Color32::WHITE);
    renderer.render(&everywhere(mesh), size, 1.0, Color32::BLACK)
}

const WHOLE: Rect = Rect { min: Pos2::ZERO, max: pos2(1.0, 1.0) };

#[test]
fn patches_change_their_part_only() {
    let mut numbers = Numbers(5);
    let mut expected = random_image(&mut numbers, [16, 8]);
    let mut renderer = Renderer::new();
    set(&mut renderer, PICTURE, None, expected.clone(), TextureOptions::NEAREST);
    for (at, size) in [([3, 2], [5, 4]), ([0, 0], [16, 1]), ([15, 7], [1, 1]), ([4, 4], [0, 0])] {
        let patch = random_image(&mut numbers, size);
        for (i, &pixel) in patch.pixels.iter().enumerate() {
            expected[(at[0] + i % size[0], at[1] + i / size[0])] = pixel;
        }
        set(&mut renderer, PICTURE, Some(at), patch, TextureOptions::NEAREST);
        assert!(draw(&mut renderer, WHOLE, [16, 8]) == expected);
    }
    assert!(renderer.take_report().is_complete());
}

#[test]
fn a_rectangle_with_one_texture_position_has_one_colour() {
    let image = random_image(&mut Numbers(7), [4, 4]);
    let mut renderer = Renderer::new();
    set(&mut renderer, PICTURE, None, image.clone(), TextureOptions::LINEAR);
    for (i, &texel) in image.pixels.iter().enumerate() {
        let centre = pos2(((i % 4) as f32 + 0.5) / 4.0, ((i / 4) as f32 + 0.5) / 4.0);
        let drawn = draw(&mut renderer, Rect::from_min_max(centre, centre), [3, 3]);
        assert!(drawn.pixels.iter().all(|&pixel| pixel == texel), "texel {i}");
    }
}

#[test]
fn impossible_updates_are_counted_and_change_nothing() {
    let mut numbers = Numbers(6);
    let image = random_image(&mut numbers, [4, 4]);
    let mut renderer = Renderer::new();
    let options = TextureOptions::NEAREST;
    set(&mut renderer, PICTURE, Some([0, 0]), image.clone(), options); // no texture yet
    set(&mut renderer, PICTURE, None, image.clone(), options);
    set(&mut renderer, PICTURE, Some([1, 0]), random_image(&mut numbers, [4, 4]), options); // too wide
    set(&mut renderer, PICTURE, Some([usize::MAX, 0]), random_image(&mut numbers, [1, 1]), options);
    set(&mut renderer, PICTURE, None, ColorImage::default(), options); // no pixels
    let torn = ColorImage { pixels: vec![Color32::RED; 3], ..random_image(&mut numbers, [2, 2]) };
    set(&mut renderer, PICTURE, None, torn, options);
    assert_eq!(renderer.take_report(), Report { rejected_updates: 5, ..Report::default() });
    assert!(draw(&mut renderer, WHOLE, [4, 4]) == image);
}

#[test]
fn freed_textures_last_until_the_next_update() {
    let mut renderer = Renderer::new();
    let image = ColorImage::filled([1, 1], Color32::GOLD);
    set(&mut renderer, PICTURE, None, image.clone(), TextureOptions::LINEAR);
    let mut delta = TexturesDelta::default();
    delta.free(PICTURE);
    renderer.update_textures(&delta);
    assert!(draw(&mut renderer, WHOLE, [1, 1]) == image, "the frame that frees it may still show it");
    delta.clear();
    renderer.update_textures(&delta);
    assert_eq!(draw(&mut renderer, WHOLE, [1, 1]).pixels, [Color32::BLACK]);
    assert_eq!(renderer.take_report(), Report { unknown_textures: 1, ..Report::default() });
    // A texture freed and set again by the next frame stays.
    set(&mut renderer, PICTURE, None, image.clone(), TextureOptions::LINEAR);
    delta.free(PICTURE);
    renderer.update_textures(&delta);
    delta.clear();
    set(&mut renderer, PICTURE, None, image.clone(), TextureOptions::LINEAR);
    assert!(draw(&mut renderer, WHOLE, [1, 1]) == image);
}

#[test]
fn unknown_textures_and_callbacks_are_left_out_and_counted() {
    let callback = egui::PaintCallback { rect: WHOLE, callback: std::sync::Arc::new(()) };
    let mut primitives = everywhere(Mesh { texture_id: TextureId::User(1), ..light([[Pos2::ZERO; 3]]) });
    primitives.push(egui::ClippedPrimitive {
        clip_rect: WHOLE,
        primitive: egui::epaint::Primitive::Callback(callback),
    });
    primitives.extend(everywhere(light([[pos2(-1.0, -1.0), pos2(9.0, -1.0), pos2(-1.0, 9.0)]])));
    let mut renderer = white_renderer();
    let image = renderer.render(&primitives, [2, 2], 1.0, Color32::BLACK);
    assert!(image.pixels.iter().all(|pixel| pixel.r() == LIGHT), "the rest is drawn");
    assert_eq!(
        renderer.take_report(),
        Report { unknown_textures: 1, paint_callbacks: 1, ..Report::default() }
    );
    assert!(renderer.take_report().is_complete(), "taking the report empties it");
}

/// Red, green and blue of a texture at a position in texels, by the textbook.
fn reference(image: &ColorImage, at: [f64; 2], filter: TextureFilter, wrap: TextureWrapMode) -> [f64; 3] {
    let place = |i: f64, length: usize| {
        let length = length as f64;
        let i = match wrap {
            TextureWrapMode::ClampToEdge => i.min(length - 1.0).max(0.0),
            TextureWrapMode::Repeat => i.rem_euclid(length),
            TextureWrapMode::MirroredRepeat => {
                let i = i.rem_euclid(2.0 * length);
                if i < length { i } else { 2.0 * length - 1.0 - i }
            }
        };
        i as usize
    };
    let texel = |x: f64, y: f64| {
        let pixel = image[(place(x, image.width()), place(y, image.height()))];
        [pixel.r(), pixel.g(), pixel.b()].map(f64::from)
    };
    if filter == TextureFilter::Nearest {
        return texel(at[0].floor(), at[1].floor());
    }
    let [x, y] = at.map(|v| (v - 0.5).floor());
    let [fx, fy] = [at[0] - 0.5 - x, at[1] - 0.5 - y];
    let mix = |a: [f64; 3], b: [f64; 3], t: f64| std::array::from_fn(|i| a[i] + (b[i] - a[i]) * t);
    mix(mix(texel(x, y), texel(x + 1.0, y), fx), mix(texel(x, y + 1.0), texel(x + 1.0, y + 1.0), fx), fy)
}

#[test]
fn filters_and_wrap_modes_follow_the_textbook() {
    let mut numbers = Numbers(8);
    let image = random_image(&mut numbers, [13, 9]);
    let size = [61_u32, 47];
    let areas = [
        WHOLE,
        Rect::from_min_max(pos2(-1.7, -0.6), pos2(2.3, 3.1)),
        Rect::from_min_max(pos2(0.9, 0.2), pos2(0.4, 0.3)),
    ];
    for filter in [TextureFilter::Linear, TextureFilter::Nearest] {
        for wrap_mode in
            [TextureWrapMode::ClampToEdge, TextureWrapMode::Repeat, TextureWrapMode::MirroredRepeat]
        {
            let options =
                TextureOptions { magnification: filter, minification: filter, wrap_mode, mipmap_mode: None };
            let mut renderer = Renderer::new();
            set(&mut renderer, PICTURE, None, image.clone(), options);
            for uv in areas {
                let drawn = draw(&mut renderer, uv, size);
                for (i, pixel) in drawn.pixels.iter().enumerate() {
                    let (column, row) = (i % size[0] as usize, i / size[0] as usize);
                    let along = |from: f32, to: f32, pixel: usize, pixels: u32, texels: usize| {
                        let t = (pixel as f64 + 0.5) / f64::from(pixels);
                        (f64::from(from) + (f64::from(to) - f64::from(from)) * t) * texels as f64
                    };
                    let at = [
                        along(uv.min.x, uv.max.x, column, size[0], 13),
                        along(uv.min.y, uv.max.y, row, size[1], 9),
                    ];
                    let expected = reference(&image, at, filter, wrap_mode);
                    // Half a step of the 8-bit weights in each direction, and the final rounding.
                    let tolerance = if filter == TextureFilter::Linear { 255.0 / 256.0 + 0.5 } else { 0.0 };
                    for (channel, expected) in expected.into_iter().enumerate() {
                        let error = (f64::from(pixel[channel]) - expected).abs();
                        assert!(error <= tolerance, "{options:?} {uv:?} {column} {row}: {error}");
                    }
                }
            }
        }
    }
}

#[test]
fn enlarging_and_reducing_use_their_own_filter() {
    let checked = (0..64).map(|i| Color32::from_gray(if (i + i / 8) % 2 == 0 { 255 } else { 0 }));
    let image = ColorImage::new([8, 8], checked.collect());
    let options = TextureOptions {
        magnification: TextureFilter::Nearest,
        minification: TextureFilter::Linear,
        ..TextureOptions::LINEAR
    };
    let mut renderer = Renderer::new();
    set(&mut renderer, PICTURE, None, image, options);
    let only_black_and_white = |image: &ColorImage| image.pixels.iter().all(|p| [0, 255].contains(&p.r()));
    assert!(only_black_and_white(&draw(&mut renderer, WHOLE, [37, 37])));
    assert!(draw(&mut renderer, WHOLE, [4, 4]).pixels.iter().all(|p| p.r() == 128));
}
