//! The logo: three bars in the colours of the first businesses.

use egui::{Color32, Rect, pos2, vec2};

use super::Palette;

/// Heights of the bars, as a share of the tallest.
const HEIGHTS: [f32; 3] = [0.46, 0.73, 1.0];
/// Width of a bar, as a share of the logo's.
const BAR: f32 = 0.28;
/// Distance between the left edges of two bars, as a share of the logo's width.
const STEP: f32 = 0.36;

/// Side of the icon, and where the logo stands in it.
pub const ICON: (usize, Rect) = (64, Rect::from_min_max(pos2(7.0, 6.0), pos2(57.0, 58.0)));

/// The bars of the logo in an area, from left to right.
pub fn logo(palette: &Palette, area: Rect) -> impl Iterator<Item = (Rect, Color32)> {
    let hues = palette.businesses.iter().map(|(_, hue)| hue.mark);
    HEIGHTS.into_iter().zip(hues).enumerate().map(move |(index, (share, colour))| {
        let size = vec2(BAR * area.width(), share * area.height());
        let left = area.left() + STEP * area.width() * index as f32;
        (Rect::from_min_size(pos2(left, area.bottom() - size.y), size), colour)
    })
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::theme::{PaletteChoice, Theme};

    /// The logo as an icon of desktops.
    fn svg() -> String {
        let theme = Theme::get(PaletteChoice::Standard, true);
        let (side, area) = ICON;
        let mut text = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\"><title>wattfolio</title>"
        );
        for (bar, colour) in logo(&theme.palette, area) {
            let (x, y, width, height) = (bar.left(), bar.top(), bar.width(), bar.height());
            let [red, green, blue, _] = colour.to_array();
            write!(
                text,
                "<rect x=\"{x:.2}\" y=\"{y:.2}\" width=\"{width:.2}\" height=\"{height:.2}\" rx=\"3\" \
                 fill=\"#{red:02x}{green:02x}{blue:02x}\"/>"
            )
            .unwrap();
        }
        text + "</svg>\n"
    }

    #[test]
    fn the_icon_of_desktops_is_the_logo_of_the_window() {
        let path = "assets/desktop/wattfolio.svg";
        if std::env::var_os("UPDATE").is_some_and(|value| value == "1") {
            std::fs::write(path, svg()).unwrap();
        }
        assert!(
            std::fs::read_to_string(path).unwrap() == svg(),
            "{path} is out of date: UPDATE=1 cargo test logo"
        );
    }

    #[test]
    fn the_bars_rise_inside_their_area_and_are_apart() {
        let area = Rect::from_min_size(pos2(3.0, 4.0), vec2(50.0, 20.0));
        let bars: Vec<_> = logo(&Theme::paper().palette, area).collect();
        assert_eq!(bars.len(), 3);
        for pair in bars.windows(2) {
            assert!(pair[0].0.right() < pair[1].0.left() && pair[0].0.top() > pair[1].0.top());
        }
        assert!(bars.iter().all(|(bar, _)| area.expand(0.01).contains_rect(*bar)));
    }
}
