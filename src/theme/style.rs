//! egui's style from a theme: flat, quiet, without shadows.

use egui::epaint::Shadow;
use egui::style::{HandleShape, ScrollStyle, Selection, WidgetVisuals, Widgets};
use egui::{Context, CornerRadius, Margin, Stroke, TextStyle, Vec2, Visuals};

use super::{HAIRLINE, PaletteChoice, RADIUS_CARD, RADIUS_CONTROL, Text, Theme};

/// Sets the look of a context, dark and light, for a family of colours.
pub fn apply(ctx: &Context, choice: PaletteChoice) {
    for (egui_theme, is_dark) in [(egui::Theme::Dark, true), (egui::Theme::Light, false)] {
        style(ctx, egui_theme, &Theme::get(choice, is_dark));
    }
}

/// Gives a context the look of one theme alone: in a report nothing switches between light and dark.
pub fn apply_one(ctx: &Context, theme: &Theme) {
    [egui::Theme::Dark, egui::Theme::Light].into_iter().for_each(|egui_theme| style(ctx, egui_theme, theme));
}

fn style(ctx: &Context, egui_theme: egui::Theme, theme: &Theme) {
    let mut style = (*ctx.style_of(egui_theme)).clone();
    style.text_styles = [
        (TextStyle::Small, Text::Caption.font()),
        (TextStyle::Body, Text::Body.font()),
        (TextStyle::Button, Text::Body.font()),
        (TextStyle::Heading, Text::Verdict.font()),
        (TextStyle::Monospace, Text::Body.font()),
        (TextStyle::Name("medium".into()), Text::BodyMedium.font()),
    ]
    .into();
    style.visuals = visuals(theme);
    style.spacing.item_spacing = Vec2::new(8.0, 4.0);
    style.spacing.button_padding = Vec2::new(10.0, 5.0);
    style.spacing.interact_size = Vec2::new(24.0, 24.0);
    style.spacing.slider_rail_height = 4.0;
    style.spacing.menu_margin = Margin::same(6);
    style.spacing.window_margin = Margin::same(16);
    style.spacing.scroll = ScrollStyle::floating();
    style.spacing.tooltip_width = 420.0;
    style.interaction.tooltip_delay = 0.35;
    style.interaction.selectable_labels = false;
    style.explanation_tooltips = false;
    style.animation_time = 0.0;
    ctx.set_style_of(egui_theme, style);
}

fn visuals(theme: &Theme) -> Visuals {
    let p = &theme.palette;
    let mut visuals = if theme.is_dark { Visuals::dark() } else { Visuals::light() };
    let control = |fill, text, stroke| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: stroke,
        corner_radius: CornerRadius::same(RADIUS_CONTROL),
        fg_stroke: Stroke::new(HAIRLINE, text),
        expansion: 0.0,
    };
    let line = Stroke::new(HAIRLINE, p.line);
    visuals.widgets = Widgets {
        noninteractive: control(p.panel, p.text_secondary, line),
        inactive: control(p.field, p.text, Stroke::NONE),
        hovered: control(p.hover, p.text, Stroke::NONE),
        active: control(p.hover, p.text_strong, Stroke::new(2.0, p.text)),
        open: control(p.hover, p.text, Stroke::NONE),
    };
    // The knob and the filled part of a slider carry its meaning; the rest of the rail stays quiet.
    visuals.selection = Selection { bg_fill: p.hover, stroke: Stroke::new(HAIRLINE, p.text) };
    visuals.override_text_color = None;
    visuals.weak_text_color = Some(p.text_muted);
    visuals.hyperlink_color = p.text;
    visuals.faint_bg_color = p.card;
    visuals.extreme_bg_color = p.app;
    visuals.text_edit_bg_color = Some(p.field);
    visuals.code_bg_color = p.field;
    visuals.warn_fg_color = p.alert;
    visuals.error_fg_color = p.alert;
    visuals.window_fill = p.card;
    visuals.window_stroke = line;
    visuals.window_shadow = Shadow::NONE;
    visuals.popup_shadow = Shadow::NONE;
    visuals.window_corner_radius = CornerRadius::same(RADIUS_CARD);
    visuals.menu_corner_radius = CornerRadius::same(RADIUS_CARD);
    visuals.panel_fill = p.panel;
    visuals.text_cursor.stroke.color = p.text_strong;
    visuals.slider_trailing_fill = true;
    visuals.handle_shape = HandleShape::Circle;
    visuals.striped = false;
    visuals.indent_has_left_vline = false;
    visuals
}
