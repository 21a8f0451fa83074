//! The triangle of shares: cells by expected NPV, and the knob of the scenario's own mix.

use egui::{
    Align, Align2, Color32, Mesh, Pos2, Rect, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2,
};
use wattfolio_economics::answers::mix::{Mixes, STEPS};
use wattfolio_economics::business::{Business, PerBusiness};

use super::field;
use super::place::Triangle;
use super::shades::{self, Shades};
use crate::state::Action;
use crate::theme::{self, Text};
use crate::view::Context;
use crate::widget;
use crate::words::mix as words;

/// Largest height of the triangle.
const MOST_HEIGHT: f32 = 430.0;
/// Height of the names above and below it.
const NAMES: f32 = 24.0;
/// Room for the outer half of the cells at the edges.
const MARGIN: f32 = 18.0;
/// Steps of a share while Alt is held.
const FINE_STEPS: usize = 100;

/// Draws the triangle; returns the mix under the pointer.
pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, mixes: &Mixes) -> Option<PerBusiness<f64>> {
    widget::label(ui, "Shares of the site", Text::Title, cx.theme.palette.text);
    let &[right, left, top] = mixes.parts.as_slice() else {
        widget::body(
            ui,
            cx.theme,
            "The triangle needs three businesses that can be mixed; the table has the shares.",
        );
        return None;
    };
    let per = cx.state.view.mix.per;
    let unit = words::unit(per);
    widget::caption(
        ui,
        cx.theme,
        format!("Lines: mean of the worst 5 %{unit}; drag the knob, with Alt in steps of 1 %"),
    );
    let shades = Shades::new(mixes, per);
    shades::legend_ui(ui, cx, &shades, per);
    let width = ui.available_width();
    let height = (0.866 * width).min(MOST_HEIGHT) + 2.0 * (NAMES + MARGIN);
    // The fields of the shares do the same for the keyboard.
    let (rect, response) = ui.allocate_exact_size(vec2(width.max(1.0), height), Sense::CLICK | Sense::DRAG);
    let triangle = Triangle::within(rect.shrink2(vec2(MARGIN, NAMES + MARGIN)));
    let place = |shares: &PerBusiness<f64>| triangle.place([shares[right], shares[left], shares[top]]);
    cells(ui, cx, (mixes, &shades), &triangle, &place);
    field::contours_ui(ui, cx, mixes, [right, left, top], &place);
    let line: Vec<Pos2> = mixes.frontier_of(per).iter().map(|mixed| place(&mixed.shares)).collect();
    ui.painter().add(Shape::line(line, Stroke::new(3.0, cx.theme.palette.text)));
    if let Some(lit) = super::lit(cx, mixes) {
        outline(ui, cx, place(&lit.shares), triangle.step(STEPS) / 3_f32.sqrt());
    }
    let corner = |business| place(&PerBusiness::new(|one| f64::from(u8::from(one == business))));
    names(
        ui,
        cx,
        rect,
        [
            (right, corner(right), Align::Max),
            (left, corner(left), Align::Min),
            (top, corner(top), Align::Center),
        ],
    );
    let shares = cx.state.results.scenario.mix.shares();
    knob(ui, cx, place(&shares), &shares);
    let steps = if ui.input(|input| input.modifiers.alt) { FINE_STEPS } else { STEPS };
    let of = |at: Pos2| {
        let found = triangle.shares(at, steps);
        let mut shares = PerBusiness::new(|_| 0.0);
        (shares[right], shares[left], shares[top]) = (found[0], found[1], found[2]);
        shares
    };
    let spoken = format!("Shares of the site: {} now {}", words::order(), words::shares(&shares));
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &spoken));
    let pressed = response.interact_pointer_pos().filter(|_| response.dragged() || response.clicked());
    if let Some(at) = pressed {
        let wanted = of(at);
        if wanted != shares {
            cx.actions.push(Action::SetMix(wanted));
        }
        return None;
    }
    let hovered = of(response.hover_pos()?);
    let mixed = mixes.grid.iter().find(|mixed| is_near(&mixed.shares, &hovered))?;
    response.on_hover_text_at_pointer(words::figures(mixed, per));
    Some(mixed.shares)
}

/// Whether two mixes are the same cell.
fn is_near(a: &PerBusiness<f64>, b: &PerBusiness<f64>) -> bool {
    a.iter().all(|(business, share)| (share - b[business]).abs() < 0.5 / STEPS as f64)
}

/// One mesh of hexagons; a loss is an outline.
fn cells(
    ui: &Ui,
    cx: &Context<'_>,
    (mixes, shades): (&Mixes, &Shades),
    triangle: &Triangle,
    place: &dyn Fn(&PerBusiness<f64>) -> Pos2,
) {
    let (palette, per) = (&cx.theme.palette, cx.state.view.mix.per);
    let radius = triangle.step(STEPS) / 3_f32.sqrt() - 0.5;
    let mut mesh = Mesh::default();
    for mixed in &mixes.grid {
        let at = place(&mixed.shares);
        if let Some(ink) = shades.ink(palette, mixed.value(per).value) {
            hexagon(&mut mesh, at, radius, ink);
        } else {
            hexagon(&mut mesh, at, radius, shades::outline(palette));
            hexagon(&mut mesh, at, radius - 1.0, palette.app);
        }
    }
    ui.painter().add(Shape::mesh(mesh));
}

fn hexagon(mesh: &mut Mesh, center: Pos2, radius: f32, colour: Color32) {
    let first = mesh.vertices.len() as u32;
    mesh.colored_vertex(center, colour);
    for (corner, at) in (0..6_u32).zip(corners_of(center, radius)) {
        mesh.colored_vertex(at, colour);
        mesh.add_triangle(first, first + 1 + corner, first + 1 + (corner + 1) % 6);
    }
}

/// The corners of a hexagon that stands on one of them.
fn corners_of(center: Pos2, radius: f32) -> [Pos2; 6] {
    std::array::from_fn(|corner| {
        let angle = std::f32::consts::FRAC_PI_3 * corner as f32 + std::f32::consts::FRAC_PI_6;
        center + radius * vec2(angle.cos(), angle.sin())
    })
}

/// Lights the cell of the mix under the pointer.
fn outline(ui: &Ui, cx: &Context<'_>, center: Pos2, radius: f32) {
    let palette = &cx.theme.palette;
    let corners = corners_of(center, radius).to_vec();
    ui.painter().add(Shape::closed_line(corners.clone(), Stroke::new(5.0, palette.app)));
    ui.painter().add(Shape::closed_line(corners, Stroke::new(2.5, palette.text)));
}

/// The names of the corners.
fn names(ui: &Ui, cx: &Context<'_>, rect: Rect, corners: [(Business, Pos2, Align); 3]) {
    for (business, at, align) in corners {
        let text = format!("{} {}", theme::glyph(business), business.label());
        let width = widget::width(ui, &text, Text::BodyMedium);
        let y = if align == Align::Center { rect.top() + NAMES / 2.0 } else { rect.bottom() - NAMES / 2.0 };
        let left = match align {
            Align::Min => (at.x - width / 2.0).max(rect.left()),
            Align::Center => at.x - width / 2.0,
            Align::Max => (at.x - width / 2.0).min(rect.right() - width),
        };
        let place =
            Rect::from_min_size(pos2(left, y - NAMES / 2.0), vec2(width + 1.0, NAMES)).intersect(rect);
        widget::put(ui, place, Align::Min, &text, Text::BodyMedium, cx.theme.mark_text(business));
    }
}

/// The knob at the scenario's own mix.
fn knob(ui: &Ui, cx: &Context<'_>, at: Pos2, shares: &PerBusiness<f64>) {
    let palette = &cx.theme.palette;
    ui.painter().circle(at, 8.0, palette.app, Stroke::new(3.0, palette.text));
    let text = format!("now {}", words::shares(shares));
    let width = widget::width(ui, &text, Text::Caption);
    let room = ui.max_rect();
    let beside =
        if at.x + 14.0 + width > room.right() { at - vec2(14.0 + width, 0.0) } else { at + vec2(14.0, 0.0) };
    let place = Align2::LEFT_CENTER.anchor_size(beside, vec2(width + 1.0, 18.0));
    ui.painter().rect_filled(
        place.expand2(vec2(3.0, 0.0)),
        theme::RADIUS_FIELD,
        palette.app.gamma_multiply(theme::LABEL_BACKING),
    );
    widget::put(ui, place, Align::Min, &text, Text::Caption, palette.text);
}
