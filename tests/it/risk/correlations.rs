//! The cells of the correlations: what is typed or dragged, and what is refused.

use egui::{Event, Key, Rect, Role, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use wattfolio::format;
use wattfolio_economics::scenario::correlation;

use crate::support::window::{CTRL, Window};

const CELL: &str = "Correlation of bitcoin and network";
/// The cell in the row below.
const BELOW: &str = "Correlation of network and rental";

fn window() -> Window {
    let mut window = Window::open();
    window.key(CTRL, Key::Num3);
    window.node(Role::SpinButton, CELL).scroll_to_me();
    window.settle();
    window
}

/// Where a text that contains these words is drawn.
fn place(window: &mut Window, words: &str) -> Option<Rect> {
    let labels = window.harness().query_all_by_role(Role::Label);
    let mut labels =
        labels.filter(|node| node.accesskit_node().value().is_some_and(|value| value.contains(words)));
    labels.next().map(|node| node.rect())
}

#[test]
fn a_refused_correlation_says_so_below_its_cell() {
    let mut window = window();
    let before = window.state().document.scenario().clone();
    for (typed, words) in [
        ("abc", "⚠ “abc” is refused; write a number"),
        ("0,5", "write 0.5"),
        ("35%", "“%” is no unit of this value"),
        ("2", "⚠ 2 is not allowed; −1 … 1"),
        ("-1.5", "⚠ −1.5 is not allowed; −1 … 1"),
    ] {
        window.set(CELL, typed);
        assert_eq!(*window.state().document.scenario(), before, "{typed}");
        let word = place(&mut window, words).unwrap_or_else(|| panic!("{typed}: {:#?}", window.texts()));
        let (cell, below) =
            (window.node(Role::SpinButton, CELL).rect(), window.node(Role::SpinButton, BELOW).rect());
        assert!(word.top() >= cell.bottom() && word.bottom() <= below.top(), "{cell} {word} {below}");
        assert!(word.top() < cell.bottom() + 12.0, "{cell} {word}");
    }
    // The next allowed value removes the word.
    window.set(CELL, "0.5");
    assert_eq!(window.state().document.scenario().risk.correlation.bitcoin_network, 0.5);
    assert_eq!(place(&mut window, "⚠"), None);
}

#[test]
fn a_dragged_cell_and_what_is_said_of_it_are_of_one_value_in_every_frame() {
    let mut window = window();
    let start = window.node(Role::SpinButton, CELL).rect().center();
    window.frame(Event::PointerMoved(start));
    window.button_frame(start, true);
    let mut seen = Vec::new();
    for step in [30.0, 55.0, -20.0, 8.0] {
        window.frame(Event::PointerMoved(start + vec2(step, 0.0)));
        let given = window.state().document.scenario().risk.correlation.clone();
        let shown = format::grouped(given.bitcoin_network, 2);
        assert_eq!(window.value_in(Role::SpinButton, CELL), shown, "at {step}");
        let smallest = format::significant(correlation::smallest_eigenvalue(&given), 2);
        assert!(window.reads(&format!("smallest eigenvalue is {smallest}")), "{:#?}", window.texts());
        seen.push(shown);
    }
    seen.dedup();
    assert_eq!(seen.len(), 4, "each step moves the value: {seen:?}");
}
