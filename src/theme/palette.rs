//! Colours by role, read from `assets/theme/*.ron`.

use std::collections::BTreeMap;

use egui::Color32;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use wattfolio_economics::business::{Business, PerBusiness};

/// Colours by role.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Palette {
    /// Window and plot background.
    #[serde(deserialize_with = "hex")]
    pub app: Color32,
    /// Top bar, input panel, status bar.
    #[serde(deserialize_with = "hex")]
    pub panel: Color32,
    /// Cards and tables.
    #[serde(deserialize_with = "hex")]
    pub card: Color32,
    /// Text fields, buttons, segmented controls; hovered table rows.
    #[serde(deserialize_with = "hex")]
    pub field: Color32,
    /// Selected segment, pressed button.
    #[serde(deserialize_with = "hex")]
    pub hover: Color32,
    /// Panel edges and separators.
    #[serde(deserialize_with = "hex")]
    pub line: Color32,
    /// Plot grid, quieter than lines.
    #[serde(deserialize_with = "hex")]
    pub grid: Color32,
    /// Break-even line, outline of an unchecked box.
    #[serde(deserialize_with = "hex")]
    pub zero_line: Color32,
    /// Rest of a slider's track.
    #[serde(deserialize_with = "hex")]
    pub slider_track: Color32,
    /// Values and titles; primary button and checked box.
    #[serde(deserialize_with = "hex")]
    pub text: Color32,
    /// Labels and body.
    #[serde(deserialize_with = "hex")]
    pub text_secondary: Color32,
    /// Units, axes, captions.
    #[serde(deserialize_with = "hex")]
    pub text_muted: Color32,
    /// Changed values, cursor, "now".
    #[serde(deserialize_with = "hex")]
    pub text_strong: Color32,
    /// Baseline dashes and slider tick.
    #[serde(deserialize_with = "hex")]
    pub baseline: Color32,
    /// Faults and stale data only, always with an icon.
    #[serde(deserialize_with = "hex")]
    pub alert: Color32,
    /// The hue of each business.
    #[serde(deserialize_with = "hues")]
    pub businesses: PerBusiness<Hue>,
    /// Cost lines inside one business, from electricity to replacement.
    #[serde(deserialize_with = "hexes")]
    pub costs: [Color32; 4],
    /// Scale of heat maps and correlations.
    pub diverging: Diverging,
}

/// The colours of a business.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hue {
    /// Marks: lines, bars, stripes.
    #[serde(deserialize_with = "hex")]
    pub mark: Color32,
    /// Text.
    #[serde(deserialize_with = "hex")]
    pub text: Color32,
}

/// A scale around a threshold, never red to green.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Diverging {
    /// Below the threshold.
    #[serde(deserialize_with = "hex")]
    pub below: Color32,
    /// At the threshold.
    #[serde(deserialize_with = "hex")]
    pub threshold: Color32,
    /// Above the threshold.
    #[serde(deserialize_with = "hex")]
    pub above: Color32,
}

impl Palette {
    /// A palette that is bundled with the program.
    ///
    /// # Panics
    /// If the file is damaged, which a test rules out.
    #[expect(
        clippy::expect_used,
        reason = "the files are part of the program, and a test reads each of them"
    )]
    pub(super) fn bundled(text: &str) -> Self {
        ron::from_str(text).expect("a bundled palette is well-formed")
    }
}

fn parse_hex(text: &str) -> Result<Color32, String> {
    Color32::from_hex(text).map_err(|fault| format!("“{text}” is not a colour: {fault:?}"))
}

fn hex<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Color32, D::Error> {
    parse_hex(&String::deserialize(deserializer)?).map_err(D::Error::custom)
}

/// One hue a business, by its id: no more and no fewer.
fn hues<'de, D: Deserializer<'de>>(deserializer: D) -> Result<PerBusiness<Hue>, D::Error> {
    let mut hues = BTreeMap::<String, Hue>::deserialize(deserializer)?;
    let mut found = Vec::new();
    for business in Business::ALL {
        let hue = hues.remove(business.id());
        found.push(hue.ok_or_else(|| D::Error::custom(format!("no colours of {}", business.id())))?);
    }
    if let Some(unknown) = hues.keys().next() {
        return Err(D::Error::custom(format!("{unknown} is no business")));
    }
    let found: [Hue; Business::ALL.len()] =
        found.try_into().map_err(|_all: Vec<Hue>| D::Error::custom("one hue a business"))?;
    Ok(found.into())
}

fn hexes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<[Color32; 4], D::Error> {
    let texts = Vec::<String>::deserialize(deserializer)?;
    let colours: Vec<Color32> =
        texts.iter().map(|text| parse_hex(text)).collect::<Result<_, _>>().map_err(D::Error::custom)?;
    colours.try_into().map_err(|_rest: Vec<Color32>| D::Error::custom("four colours"))
}

#[cfg(test)]
mod tests {
    use egui::Color32;

    use crate::theme::{PaletteChoice, Theme};

    /// Relative luminance of WCAG 2.
    fn luminance(colour: Color32) -> f64 {
        let channel = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(colour.r()) + 0.7152 * channel(colour.g()) + 0.0722 * channel(colour.b())
    }

    fn contrast(a: Color32, b: Color32) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// Colour as seen without one kind of cone (Machado et al. 2009, severity 1), in `OKLab`.
    fn oklab(colour: Color32, seen: [[f64; 3]; 3]) -> [f64; 3] {
        let linear = [colour.r(), colour.g(), colour.b()].map(|value| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        });
        let apply =
            |m: [[f64; 3]; 3], v: [f64; 3]| m.map(|row| row[0] * v[0] + row[1] * v[1] + row[2] * v[2]);
        let rgb = apply(seen, linear).map(|value| wattfolio_economics::number::within(value, 0.0, 1.0));
        let lms = apply(
            [
                [0.412_221_47, 0.536_332_54, 0.051_445_99],
                [0.211_903_50, 0.680_699_55, 0.107_396_96],
                [0.088_302_46, 0.281_718_84, 0.629_978_70],
            ],
            rgb,
        )
        .map(f64::cbrt);
        apply(
            [
                [0.210_454_26, 0.793_617_79, -0.004_072_05],
                [1.977_998_50, -2.428_592_21, 0.450_593_71],
                [0.025_904_04, 0.782_771_77, -0.808_675_77],
            ],
            lms,
        )
    }

    const NORMAL: [[f64; 3]; 3] = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
    const PROTAN: [[f64; 3]; 3] = [
        [0.152_286, 1.052_583, -0.204_868],
        [0.114_503, 0.786_281, 0.099_216],
        [-0.003_882, -0.048_116, 1.051_998],
    ];
    const DEUTAN: [[f64; 3]; 3] = [
        [0.367_322, 0.860_646, -0.227_968],
        [0.280_085, 0.672_501, 0.047_413],
        [-0.011_820, 0.042_940, 0.968_881],
    ];
    const TRITAN: [[f64; 3]; 3] = [
        [1.255_528, -0.076_749, -0.178_779],
        [-0.078_411, 0.930_809, 0.147_602],
        [0.004_733, 0.691_367, 0.303_900],
    ];

    fn themes() -> Vec<(PaletteChoice, bool, std::sync::Arc<Theme>)> {
        let mut themes = Vec::new();
        for choice in [PaletteChoice::Standard, PaletteChoice::ColourBlind] {
            for is_dark in [true, false] {
                themes.push((choice, is_dark, Theme::get(choice, is_dark)));
            }
        }
        themes.push((PaletteChoice::Standard, false, Theme::paper()));
        themes
    }

    #[test]
    fn text_and_marks_have_enough_contrast_on_every_surface() {
        for (choice, is_dark, theme) in themes() {
            let p = &theme.palette;
            let surfaces = [p.app, p.panel, p.card, p.field];
            let texts = [p.text, p.text_secondary, p.text_muted, p.text_strong];
            for surface in surfaces {
                for text in texts {
                    assert!(contrast(text, surface) >= 4.5, "{choice:?} {is_dark} {text:?} on {surface:?}");
                }
                for mark in p.businesses.iter().map(|(_, hue)| hue.mark) {
                    assert!(contrast(mark, surface) >= 3.0, "{choice:?} {is_dark} {mark:?} on {surface:?}");
                }
                assert!(contrast(p.alert, surface) >= 4.5, "{choice:?} {is_dark} alert on {surface:?}");
            }
            for surface in [p.app, p.card, p.field] {
                for text in p.businesses.iter().map(|(_, hue)| hue.text) {
                    assert!(contrast(text, surface) >= 4.5, "{choice:?} {is_dark} {text:?} on {surface:?}");
                }
            }
            assert!(contrast(p.zero_line, p.app) >= 3.0, "{choice:?} {is_dark} break-even line");
        }
    }

    /// Kinds of colour vision.
    const EYES: [(&str, [[f64; 3]; 3]); 4] =
        [("normal", NORMAL), ("protan", PROTAN), ("deutan", DEUTAN), ("tritan", TRITAN)];

    /// The least distance between two businesses of a palette.
    fn least_distance(choice: PaletteChoice) -> f64 {
        if choice == PaletteChoice::ColourBlind { 0.22 } else { 0.11 }
    }

    fn distance(a: [f64; 3], b: [f64; 3]) -> f64 {
        (0..3).map(|i| (a[i] - b[i]).powi(2)).sum::<f64>().sqrt()
    }

    #[test]
    fn the_businesses_stay_apart_for_colour_blind_eyes() {
        for (choice, is_dark, theme) in themes() {
            let p = &theme.palette;
            let least = least_distance(choice);
            for (name, seen) in EYES {
                let marks = p.businesses.into_array().map(|hue| oklab(hue.mark, seen));
                let pairs = (0..marks.len()).flat_map(|a| (0..a).map(move |b| (a, b)));
                for (a, b) in pairs {
                    let distance = distance(marks[a], marks[b]);
                    assert!(distance >= least, "{choice:?} {is_dark} {name} {a} {b}: {distance}");
                }
            }
        }
    }
    #[test]
    fn the_first_three_businesses_leave_room_for_the_hue_of_a_fourth() {
        let steps = || (0..=255_u8).step_by(15);
        for (choice, is_dark, theme) in themes() {
            let p = &theme.palette;
            let least = least_distance(choice);
            let first: Vec<Color32> = p.businesses.iter().take(3).map(|(_, hue)| hue.mark).collect();
            let fits = |mark: Color32| {
                let stands_out =
                    [p.app, p.panel, p.card, p.field].iter().all(|surface| contrast(mark, *surface) >= 3.0);
                let is_apart = |seen| {
                    let own = oklab(mark, seen);
                    first.iter().all(|other| distance(own, oklab(*other, seen)) >= least)
                };
                stands_out && EYES.iter().all(|(_, seen)| is_apart(*seen))
            };
            let mut hues = steps().flat_map(|r| steps().flat_map(move |g| steps().map(move |b| [r, g, b])));
            assert!(hues.any(|[r, g, b]| fits(Color32::from_rgb(r, g, b))), "{choice:?} {is_dark}");
        }
    }
}
