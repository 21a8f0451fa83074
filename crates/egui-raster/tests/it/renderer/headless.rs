//! Frames without a window.

use egui::{Color32, Event, Modifiers, PointerButton, Theme, pos2};
use egui_raster::Headless;

fn window() -> Headless {
    Headless::new(egui::Context::default(), [200.0, 100.0], 2.0)
}

fn click(window: &mut Headless) {
    for pressed in [true, false] {
        window.event(Event::PointerButton {
            pos: pos2(15.0, 10.0),
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        });
    }
}

#[test]
fn the_picture_has_the_size_and_the_background_of_the_window() {
    let mut plain = window().theme(Theme::Light);
    let image = plain.run(|_| {});
    assert_eq!(image.size, [400, 200]);
    assert!(image.pixels.iter().all(|&p| p == egui::Visuals::light().panel_fill));
    let image = window().background(Color32::GOLD).run(|_| {});
    assert!(image.pixels.iter().all(|&p| p == Color32::GOLD));
}

#[test]
fn zoom_makes_points_larger_and_leaves_the_picture_its_size() {
    let ctx = egui::Context::default();
    ctx.set_zoom_factor(1.25);
    let mut seen = egui::Vec2::ZERO;
    let mut window = Headless::new(ctx, [200.0, 100.0], 2.0);
    for _ in 0..2 {
        let image = window.run(|ui| seen = ui.ctx().viewport_rect().size());
        assert_eq!(image.size, [400, 200]);
        assert_eq!(seen, egui::vec2(160.0, 80.0));
    }
}

#[test]
fn clicks_arrive_and_hovering_shows() {
    let mut clicks = 0;
    let mut window = window();
    let mut ui = |ui: &mut egui::Ui| clicks += i32::from(ui.button("Here").clicked());
    let idle = window.run(&mut ui);
    window.hover(pos2(15.0, 10.0));
    let hovered = window.run(&mut ui);
    assert!(idle != hovered);
    click(&mut window);
    window.event(Event::PointerGone);
    assert!(window.run(&mut ui) == idle);
    assert!(window.settled());
    assert_eq!(clicks, 1);
}

#[test]
fn input_queued_before_the_first_frame_waits_for_the_second() {
    let mut clicks = 0;
    let mut window = window();
    click(&mut window);
    window.run(|ui| clicks += i32::from(ui.button("Here").clicked()));
    assert_eq!(clicks, 1);
}

#[test]
fn tooltips_appear_after_a_while() {
    let mut window = window();
    let mut ui = |ui: &mut egui::Ui| drop(ui.button("Here").on_hover_text("There"));
    window.hover(pos2(15.0, 10.0));
    let before = window.run(&mut ui);
    window.wait(2.0);
    let after = window.run(&mut ui);
    assert!(before != after);
    assert!(window.renderer().take_report().is_complete());
}

#[test]
fn a_ui_that_never_rests_is_drawn_all_the_same() {
    let mut frames = 0;
    let mut window = window().max_frames(7);
    window.run(|ui| {
        frames += 1;
        ui.ctx().request_repaint();
    });
    assert_eq!((frames, window.settled()), (7, false));
    assert_eq!(window.ctx().cumulative_frame_nr(), 7);
}
