//! The cards of the compare page: what a value is made of, and what it hangs on.

use egui::Shape;
use wattfolio::theme::{PaletteChoice, Theme};
use wattfolio_economics::business::Business;

use crate::support::window::Window;

/// Widths of the filled bars of a colour that are as low as half a value bar.
fn bars(window: &mut Window, colour: egui::Color32) -> Vec<f32> {
    let shapes = &window.harness().output().shapes;
    let bars = shapes.iter().filter_map(|clipped| match &clipped.shape {
        Shape::Rect(rect) if rect.fill == colour && (4.0..=6.0).contains(&rect.rect.height()) => {
            Some(rect.rect.width())
        }
        _ => None,
    });
    bars.collect()
}

#[test]
fn a_card_shows_the_tail_the_parts_of_the_value_and_what_it_hangs_on() {
    let mut window = Window::open();
    assert!(window.reads("CVaR per $") && window.reads("96.8 %"), "{:#?}", window.texts());
    assert!(window.reads("■ operation −$42"), "{:#?}", window.texts());
    for note in [
        "Power would have to cost $16/MWh, not $45, to break even",
        "Without the lease after year ten it is −$42M",
        "88 % of its revenue is one customer’s, for 5.0 years",
    ] {
        assert!(window.reads(note), "{note} in {:#?}", window.texts());
    }
    // All bars have one scale: as long as the values are large.
    let is_dark = window.harness().ctx.theme() == egui::Theme::Dark;
    let theme = Theme::get(PaletteChoice::Standard, is_dark);
    let results = window.state().results.comparison.clone();
    let operation = |business: Business| {
        let measures = &results.business(business).expect("evaluated").measures;
        (measures.npv_usd - measures.end_proceeds_npv_usd).abs() as f32
    };
    let mut width = |business| bars(&mut window, theme.mark(business)).into_iter().fold(0.0, f32::max);
    let [hosting, leasing] = [Business::Hosting, Business::Leasing].map(|one| width(one) / operation(one));
    assert!((hosting / leasing - 1.0).abs() < 0.02, "{hosting} {leasing}");
}

#[test]
fn cards_are_as_high_with_a_note_as_without() {
    let mut window = Window::open();
    let height = |window: &Window| window.node(egui::Role::RadioButton, "Side by side").rect().top();
    let before = height(&window);
    // With cheap power mining earns its capital, and has nothing to add.
    window.set("Electricity cost", "15");
    assert!(!window.reads("Power would have to cost"), "{:#?}", window.texts());
    assert_eq!(height(&window), before);
}
