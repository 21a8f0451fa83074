//! Shapes of egui as parts of a drawing.

use egui::epaint::{ColorMode, CornerRadiusF32, Mesh, PathStroke, RectShape, TextShape, Vertex};
use egui::{Color32, FontFamily, Pos2, Rect, Shape, StrokeKind, Vec2, pos2, vec2};

use super::outline::outline;
use super::{Item, Mark, Path, Step, Words};
use crate::theme::{WEIGHT_MEDIUM, WEIGHT_STRONG};

/// Distance of control points that turns a curve into a quarter of a circle, in radii.
const QUARTER: f32 = 0.552_284_8;

/// Adds the parts of a shape that are seen inside a rectangle.
pub(super) fn add(shape: Shape, clip: Rect, items: &mut Vec<Item>) {
    let mut put = |mark: Mark, bounds: Rect| {
        if clip.is_positive() && bounds.is_finite() && clip.intersects(bounds.expand(0.01)) {
            let is_inside = clip.contains_rect(bounds);
            items.push(Item { clip: (!is_inside).then_some(clip), mark });
        }
    };
    let mut path = |steps: Vec<Step>, fill: Color32, line: Option<(f32, Color32)>| {
        let line = line.filter(|(width, colour)| *width > 0.0 && *colour != Color32::TRANSPARENT);
        if fill != Color32::TRANSPARENT || line.is_some() {
            let bounds = bounds(&steps).expand(line.map_or(0.0, |(width, _)| width / 2.0));
            put(Mark::Path(Path { steps, fill, line }), bounds);
        }
    };
    match shape {
        Shape::Noop | Shape::Callback(_) | Shape::Band(_) => {}
        Shape::Vec(shapes) => shapes.into_iter().for_each(|shape| add(shape, clip, items)),
        Shape::Circle(circle) => {
            let line = Some((circle.stroke.width, circle.stroke.color));
            path(ellipse(circle.center, Vec2::splat(circle.radius)), circle.fill, line);
        }
        Shape::Ellipse(shape) => {
            path(
                ellipse(shape.center, shape.radius),
                shape.fill,
                Some((shape.stroke.width, shape.stroke.color)),
            );
        }
        Shape::LineSegment { points: [from, to], stroke } => {
            path(
                vec![Step::Move(from), Step::Line(to)],
                Color32::TRANSPARENT,
                Some((stroke.width, stroke.color)),
            );
        }
        Shape::Path(shape) => {
            let mut steps = polyline(&shape.points);
            if shape.closed {
                steps.push(Step::Close);
            }
            path(steps, shape.fill, line_of(&shape.stroke));
        }
        Shape::Rect(shape) => rect(&shape, &mut path),
        Shape::Text(text) => words(&text).into_iter().for_each(|words| {
            let height = words.size;
            let above = pos2(words.start.x, words.start.y - height);
            let place = Rect::from_min_size(above, vec2(words.width(), 1.3 * height));
            put(Mark::Words(words), place);
        }),
        Shape::Mesh(mesh) => areas(&mesh).into_iter().for_each(|(steps, fill)| path(steps, fill, None)),
        Shape::QuadraticBezier(curve) => {
            let [from, control, to] = curve.points;
            let towards = |end: Pos2| end + (control - end) * (2.0 / 3.0);
            let steps = vec![Step::Move(from), Step::Curve(towards(from), towards(to), to)];
            path(steps, curve.fill, line_of(&curve.stroke));
        }
        Shape::CubicBezier(curve) => {
            let [from, first, second, to] = curve.points;
            path(vec![Step::Move(from), Step::Curve(first, second, to)], curve.fill, line_of(&curve.stroke));
        }
    }
}

fn polyline(points: &[Pos2]) -> Vec<Step> {
    points.iter().enumerate().map(|(i, at)| if i == 0 { Step::Move(*at) } else { Step::Line(*at) }).collect()
}

/// Width and colour of a line; one whose colour varies takes that of its middle.
fn line_of(stroke: &PathStroke) -> Option<(f32, Color32)> {
    let colour = match &stroke.color {
        ColorMode::Solid(colour) => *colour,
        ColorMode::UV(colour) => colour(Rect::ZERO, Pos2::ZERO),
    };
    Some((stroke.width, colour))
}

fn ellipse(center: Pos2, radius: Vec2) -> Vec<Step> {
    let at = |x: f32, y: f32| center + vec2(x * radius.x, y * radius.y);
    let k = QUARTER;
    vec![
        Step::Move(at(1.0, 0.0)),
        Step::Curve(at(1.0, k), at(k, 1.0), at(0.0, 1.0)),
        Step::Curve(at(-k, 1.0), at(-1.0, k), at(-1.0, 0.0)),
        Step::Curve(at(-1.0, -k), at(-k, -1.0), at(0.0, -1.0)),
        Step::Curve(at(k, -1.0), at(1.0, -k), at(1.0, 0.0)),
        Step::Close,
    ]
}

/// A rectangle with round corners, its line where egui puts it.
fn rect(shape: &RectShape, path: &mut impl FnMut(Vec<Step>, Color32, Option<(f32, Color32)>)) {
    let half = shape.stroke.width / 2.0;
    let place = match shape.stroke_kind {
        _ if shape.stroke.is_empty() => shape.rect,
        StrokeKind::Inside => shape.rect.shrink(half),
        StrokeKind::Middle => shape.rect,
        StrokeKind::Outside => shape.rect.expand(half),
    };
    if place.is_positive() {
        let line = Some((shape.stroke.width, shape.stroke.color));
        path(rounded(place, CornerRadiusF32::from(shape.corner_radius)), shape.fill, line);
    }
}

/// The outline of a rectangle with round corners.
pub fn rounded(place: Rect, radius: CornerRadiusF32) -> Vec<Step> {
    let most = place.width().min(place.height()) / 2.0;
    let [nw, ne, se, sw] = [radius.nw, radius.ne, radius.se, radius.sw].map(|radius| radius.min(most));
    let (left, right, top, bottom) = (place.left(), place.right(), place.top(), place.bottom());
    let mut steps = vec![Step::Move(pos2(left + nw, top))];
    // A quarter of a circle around each corner: from where, the corner itself, to where.
    let corners = [
        (pos2(right - ne, top), pos2(right, top), pos2(right, top + ne)),
        (pos2(right, bottom - se), pos2(right, bottom), pos2(right - se, bottom)),
        (pos2(left + sw, bottom), pos2(left, bottom), pos2(left, bottom - sw)),
        (pos2(left, top + nw), pos2(left, top), pos2(left + nw, top)),
    ];
    for (from, around, to) in corners {
        steps.push(Step::Line(from));
        if from != to {
            let towards = |end: Pos2| end + (around - end) * QUARTER;
            steps.push(Step::Curve(towards(from), towards(to), to));
        }
    }
    steps.push(Step::Close);
    steps
}

fn bounds(steps: &[Step]) -> Rect {
    let mut bounds = Rect::NOTHING;
    for step in steps {
        match step {
            Step::Move(at) | Step::Line(at) => bounds.extend_with(*at),
            Step::Curve(first, second, to) => {
                [first, second, to].into_iter().for_each(|at| bounds.extend_with(*at))
            }
            Step::Close => {}
        }
    }
    bounds
}

/// The areas of a mesh: one outline where it has one colour, so that no seams appear between its triangles.
fn areas(mesh: &Mesh) -> Vec<(Vec<Step>, Color32)> {
    let Some(first) = mesh.vertices.first() else { return Vec::new() };
    let at = |vertex: &Vertex| vertex.pos;
    if mesh.vertices.iter().all(|vertex| vertex.color == first.color) {
        let steps = outline(&mesh.vertices.iter().map(at).collect::<Vec<_>>(), &mesh.indices);
        return vec![(steps, first.color)];
    }
    let corner = |index: u32| mesh.vertices.get(index as usize);
    let triangle = |corners: &[u32]| {
        let [a, b, c] = [corner(corners[0])?, corner(corners[1])?, corner(corners[2])?];
        let mut steps = polyline(&[a.pos, b.pos, c.pos]);
        steps.push(Step::Close);
        Some((steps, a.color))
    };
    mesh.indices.chunks_exact(3).filter_map(triangle).collect()
}

/// The texts of a shape: a run for each change of font or colour in each of its rows.
fn words(shape: &TextShape) -> Vec<Words> {
    let galley = &shape.galley;
    let mut byte = 0;
    let mut runs: Vec<Words> = Vec::new();
    for placed in &galley.rows {
        let origin = shape.pos + placed.pos.to_vec2();
        let mut is_new = true;
        for glyph in &placed.row.glyphs {
            let section = galley.job.sections.iter().rfind(|section| section.byte_range.start.0 <= byte);
            let font = section.map(|section| &section.format.font_id);
            let (size, weight) = font.map_or((12.0, 400), |font| (font.size, weight(&font.family)));
            let vertex = placed.row.visuals.mesh.vertices.get(glyph.first_vertex as usize);
            let own = vertex.map_or(Color32::PLACEHOLDER, |vertex| vertex.color);
            let own = if glyph.uv_rect.is_nothing() { None } else { Some(own) };
            let colour = own.map(|own| final_colour(shape, own));
            let at = origin + glyph.pos.to_vec2();
            byte += if galley.job.text.get(byte.into()..).is_some_and(|rest| rest.starts_with(glyph.chr)) {
                glyph.chr.len_utf8()
            } else {
                0
            };
            let last = runs.last_mut().filter(|_| !is_new);
            // A space has no colour of its own.
            let joins = |run: &&mut Words| {
                (run.size, run.weight) == (size, weight) && colour.is_none_or(|colour| colour == run.colour)
            };
            let end = glyph.advance_width;
            match last.filter(joins) {
                Some(run) => {
                    run.text.push(glyph.chr);
                    let from = at.x - run.start.x;
                    if let Some(last) = run.offsets.last_mut() {
                        *last = from;
                    }
                    run.offsets.push(from + end);
                }
                None => runs.push(Words {
                    text: glyph.chr.to_string(),
                    start: at,
                    offsets: vec![0.0, end],
                    size,
                    weight,
                    colour: colour.unwrap_or(shape.fallback_color),
                }),
            }
            is_new = false;
        }
        byte += usize::from(placed.ends_with_newline);
    }
    runs.retain(|run| !run.text.trim().is_empty() && run.colour != Color32::TRANSPARENT);
    runs
}

fn final_colour(shape: &TextShape, own: Color32) -> Color32 {
    let colour = match shape.override_text_color {
        Some(colour) => colour,
        None if own == Color32::PLACEHOLDER => shape.fallback_color,
        None => own,
    };
    if shape.opacity_factor < 1.0 { colour.gamma_multiply(shape.opacity_factor) } else { colour }
}

fn weight(family: &FontFamily) -> u16 {
    match family {
        FontFamily::Name(name) if **name == *WEIGHT_MEDIUM => 500,
        FontFamily::Name(name) if **name == *WEIGHT_STRONG => 600,
        _ => 400,
    }
}
