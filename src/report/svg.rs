//! Drawings as SVG.

use std::fmt::Write as _;

use egui::{Color32, Pos2, Rect};

use super::scene::{Item, Mark, Path, Scene, Step, Words, parts};
use super::text::{base64, number, xml};
use crate::theme::FONT;

/// Fonts of texts: the bundled one, and what is near it where it cannot be loaded.
pub const FAMILY: &str = "WattfolioSans, Inter, 'Helvetica Neue', Arial, sans-serif";

/// A drawing as a file of its own, with its font.
pub fn svg(scene: &Scene, title: &str) -> String {
    let [width, height] = [scene.size.x, scene.size.y].map(number);
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{}\" font-family=\"{FAMILY}\">\n<title>{}</title>\n",
        xml(title),
        xml(title)
    );
    // Writing to a string cannot fail.
    writeln!(
        text,
        "<style>@font-face{{font-family:WattfolioSans;font-weight:400 600;src:url(data:font/ttf;base64,{}) \
         format('truetype')}}</style>",
        base64(FONT)
    )
    .ok();
    let whole = Rect::from_min_size(Pos2::ZERO, scene.size);
    writeln!(text, "<path d=\"{}\"{}/>", area(whole), fill(scene.background)).ok();
    text.push_str(&body(scene, "c"));
    text.push_str("</svg>\n");
    text
}

/// The parts of a drawing; names of clips begin with `prefix`, so that drawings can share a page.
pub fn body(scene: &Scene, prefix: &str) -> String {
    let mut text = String::new();
    let mut clips: Vec<Rect> = Vec::new();
    let mut open: Option<Rect> = None;
    for Item { clip, mark } in &scene.items {
        if *clip != open {
            if open.is_some() {
                text.push_str("</g>\n");
            }
            if let Some(clip) = clip {
                let known = clips.iter().position(|known| known == clip);
                let index = known.unwrap_or(clips.len());
                if known.is_none() {
                    clips.push(*clip);
                    let place = area(*clip);
                    writeln!(text, "<clipPath id=\"{prefix}{index}\"><path d=\"{place}\"/></clipPath>").ok();
                }
                writeln!(text, "<g clip-path=\"url(#{prefix}{index})\">").ok();
            }
            open = *clip;
        }
        match mark {
            Mark::Path(path) => text.push_str(&path_element(path)),
            Mark::Words(words) => text.push_str(&words_element(words)),
        }
    }
    if open.is_some() {
        text.push_str("</g>\n");
    }
    text
}

fn area(rect: Rect) -> String {
    let [left, top, right, bottom] = [rect.left(), rect.top(), rect.right(), rect.bottom()].map(number);
    format!("M{left} {top}H{right}V{bottom}H{left}Z")
}

fn path_element(path: &Path) -> String {
    let mut steps = String::new();
    let point = |at: Pos2| format!("{} {}", number(at.x), number(at.y));
    for step in &path.steps {
        match step {
            Step::Move(to) => steps.push_str(&format!("M{}", point(*to))),
            Step::Line(to) => steps.push_str(&format!("L{}", point(*to))),
            Step::Curve(a, b, to) => steps.push_str(&format!("C{} {} {}", point(*a), point(*b), point(*to))),
            Step::Close => steps.push('Z'),
        }
    }
    let line = path.line.map_or_else(String::new, |(width, colour)| {
        let (colour, opacity) = paint(colour);
        let opacity = opacity.map(|opacity| format!(" stroke-opacity=\"{opacity}\"")).unwrap_or_default();
        format!(" stroke=\"{colour}\" stroke-width=\"{}\"{opacity}", number(width))
    });
    format!("<path d=\"{steps}\"{}{line}/>\n", fill(path.fill))
}

fn words_element(words: &Words) -> String {
    let weight =
        if words.weight == 400 { String::new() } else { format!(" font-weight=\"{}\"", words.weight) };
    format!(
        "<text x=\"{}\" y=\"{}\" font-size=\"{}\"{weight} textLength=\"{}\" xml:space=\"preserve\"{}>{}</text>\n",
        number(words.start.x),
        number(words.start.y),
        number(words.size),
        number(words.width()),
        fill(words.colour),
        xml(&words.text),
    )
}

/// Colour, and its opacity where it is not opaque.
fn paint(colour: Color32) -> (String, Option<String>) {
    let ([red, green, blue], opacity) = parts(colour);
    let opacity = (opacity < 1.0).then(|| number(opacity));
    (format!("#{red:02x}{green:02x}{blue:02x}"), opacity)
}

fn fill(colour: Color32) -> String {
    if colour == Color32::TRANSPARENT {
        return " fill=\"none\"".to_owned();
    }
    let (colour, opacity) = paint(colour);
    let opacity = opacity.map(|opacity| format!(" fill-opacity=\"{opacity}\"")).unwrap_or_default();
    format!(" fill=\"{colour}\"{opacity}")
}
