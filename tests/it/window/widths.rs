//! What changes where a window gets narrow: cards stack, inputs fold behind a button, pages scroll.

use egui::{Event, Modifiers, Rect, Role, Vec2, pos2};
use wattfolio::state::{Action, Command, Page};
use wattfolio_economics::business::Business;

use crate::support::window::Window;

/// Below these widths cards stack, and inputs fold, points.
const STACKED_BELOW: f32 = 1220.0;
const FOLDED_BELOW: f32 = 800.0;
/// Width of the inputs in a narrow window, points.
const INPUTS: f32 = 288.0;

fn sized(width: f32) -> Window {
    let mut window = Window::open();
    window.harness().set_size(egui::vec2(width, 640.0));
    window.settle();
    window
}

/// Where the cards of the businesses have the figure by which they are ranked.
fn cards(window: &Window) -> [Rect; Business::COUNT] {
    Business::ALL
        .map(|business| window.node(Role::Button, &format!("Explain NPV of {}", business.word())).rect())
}

#[test]
fn cards_stack_below_1220_points() {
    let beside = cards(&sized(STACKED_BELOW));
    assert!(beside.windows(2).all(|pair| pair[0].top() == pair[1].top() && pair[0].right() < pair[1].left()));
    let stacked = cards(&sized(STACKED_BELOW - 1.0));
    assert!(
        stacked.windows(2).all(|pair| pair[0].left() == pair[1].left() && pair[0].bottom() < pair[1].top())
    );
}

#[test]
fn inputs_fold_behind_a_button_below_800_points() {
    let button = Command::ToggleInputs.text();
    let window = sized(FOLDED_BELOW);
    assert!(window.has(Role::SpinButton, "Electricity cost") && !window.has(Role::Button, button));
    let mut window = sized(FOLDED_BELOW - 1.0);
    for is_shown in [false, true, false] {
        assert_eq!(window.has(Role::SpinButton, "Electricity cost"), is_shown);
        window.click(Role::Button, button);
    }
    // What is typed there counts.
    window.set("Electricity cost", "30");
    assert_eq!(window.state().document.scenario().power.price_usd_per_kwh.value, 0.03);
}

#[test]
fn pages_scroll_to_their_end_where_they_do_not_fit() {
    for width in [FOLDED_BELOW - 1.0, STACKED_BELOW - 1.0] {
        let mut window = sized(width);
        for page in Page::ALL {
            window.request(Action::Run(Command::Page(page)));
            // The inputs beside the page scroll on their own.
            let page_from = if width < FOLDED_BELOW { 0.0 } else { INPUTS };
            let lowest = |window: &mut Window| {
                let screen = window.harness().ctx.content_rect();
                let texts =
                    window.harness().output().shapes.iter().filter_map(|clipped| match &clipped.shape {
                        egui::Shape::Text(text) => {
                            Some(text.galley.mesh_bounds.translate(text.pos.to_vec2()))
                        }
                        _ => None,
                    });
                let of_page = texts.filter(|rect| rect.left() >= page_from);
                of_page.map(|rect| rect.bottom()).fold(0.0, f32::max) - screen.bottom()
            };
            let hidden = lowest(&mut window);
            assert!(hidden > 0.0, "{page:?} at {width} does not fit: {hidden}");
            window.frame(Event::PointerMoved(pos2(width - 60.0, 400.0)));
            let wheel = Event::MouseWheel {
                unit: egui::MouseWheelUnit::Point,
                delta: Vec2::new(0.0, -20_000.0),
                phase: egui::TouchPhase::Move,
                source: egui::MouseWheelSource::Unknown,
                modifiers: Modifiers::NONE,
            };
            window.frame(wheel);
            for _ in 0..40 {
                window.harness().step();
            }
            let left = lowest(&mut window);
            assert!(left <= 0.0, "the end of {page:?} at {width} is {left} below the window");
        }
    }
}
