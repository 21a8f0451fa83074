//! Mixes that have names, and the shares of the scenario's own, which can be typed.

use egui::{Align, Rect, Response, Sense, Ui, pos2, vec2};
use wattfolio_economics::answers::mix::{Mixed, Mixes, Per};
use wattfolio_economics::business::{Business, PerBusiness};
use wattfolio_economics::number::within;
use wattfolio_economics::units::Unit;

use crate::export::named_mixes;
use crate::format;
use crate::state::Action;
use crate::theme::{TABLE_ROW, Text, VALUE_FIELD_HEIGHT};
use crate::view::Context;
use crate::widget::{self, Entry, NumberField};
use crate::words::mix as words;

/// Figures of a mix beside its shares.
const fn figures(per: Per) -> [&'static str; 4] {
    ["Capital", if matches!(per, Per::Dollar) { "NPV per $" } else { "NPV" }, "Worst 5 %", "Loss"]
}
/// Share of the width that names take.
const NAMES: f32 = 0.24;

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, mixes: &Mixes) {
    let per = cx.state.view.mix.per;
    let criterion = cx.state.document.criterion();
    widget::label(ui, "Mixes, and what they risk", Text::Title, cx.theme.palette.text);
    widget::caption(
        ui,
        cx.theme,
        match per {
            Per::Dollar => "Shares in percent; per dollar of capital; now is scaled from whole-site paths",
            Per::Site => "Shares in percent; of the whole site; now is scaled from whole-site paths",
        },
    );
    ui.add_space(4.0);
    widget::card(ui, cx.theme, None, |ui| {
        let glyphs = Business::ALL.map(|business| format!("{} %", crate::theme::glyph(business)));
        let head: Vec<String> = glyphs.into_iter().chain(figures(per).map(str::to_owned)).collect();
        row_ui(ui, cx, "", &head, Text::Caption);
        if let Some(now) = super::now(cx) {
            row_ui(ui, cx, "Now", &cells(now, per), Text::BodyMedium);
        }
        for (name, mixed) in named_mixes(mixes, per, criterion).into_iter().filter(|(name, _)| *name != "Now")
        {
            row_ui(ui, cx, name, &cells(mixed, per), Text::Body);
        }
        ui.add_space(6.0);
        shares_ui(ui, cx);
    });
}

fn cells(mixed: &Mixed, per: Per) -> Vec<String> {
    let mut cells: Vec<String> =
        Business::ALL.iter().map(|business| format::grouped(100.0 * mixed.shares[*business], 0)).collect();
    cells.extend([
        format::short(mixed.capital_usd, Unit::Usd),
        words::signed(mixed.value(per).value, per),
        words::signed(-mixed.risk(per).value, per),
        format::probability(&mixed.loss),
    ]);
    cells
}

fn row_ui(ui: &mut Ui, cx: &Context<'_>, name: &str, cells: &[String], style: Text) {
    let palette = &cx.theme.palette;
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), TABLE_ROW - 6.0), Sense::hover());
    let colour = if style == Text::Caption { palette.text_muted } else { palette.text };
    let names = rect.with_max_x(rect.left() + NAMES * rect.width());
    widget::put(ui, names, Align::Min, name, style, colour);
    // Shares need half the room of figures.
    let weight = |index: usize| if index < Business::COUNT { 0.6 } else { 1.0 };
    let unit = (rect.right() - names.right()) / (0..cells.len()).map(weight).sum::<f32>().max(1.0);
    let mut left = names.right();
    for (index, text) in cells.iter().enumerate() {
        let right = left + unit * weight(index);
        let place = Rect::from_min_max(pos2(left + 4.0, rect.top()), pos2(right, rect.bottom()));
        widget::put(ui, place, Align::Max, text, style, colour);
        left = right;
    }
    let spoken = format!("{name}: {}", cells.join(", "));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &spoken));
}

/// The shares of the scenario's own mix as fields: a changed one leaves the rest to the others, in their proportion.
pub(super) fn shares_ui(ui: &mut Ui, cx: &Context<'_>) {
    let shares = cx.state.document.scenario().mix.shares();
    for business in Business::ALL {
        ui.horizontal(|ui| {
            let (response, changed) = share_ui(ui, &shares, business);
            let label = widget::label(ui, business.label(), Text::Caption, cx.theme.mark_text(business));
            response.labelled_by(label.id);
            if let Some(changed) = changed {
                cx.actions.push(Action::SetMix(changed));
            }
        });
    }
}

/// The field of one share, and all shares if it was changed.
pub(super) fn share_ui(
    ui: &mut Ui,
    shares: &PerBusiness<f64>,
    business: Business,
) -> (Response, Option<PerBusiness<f64>>) {
    // A third has no end; what is typed is kept in full.
    let digits = |value: f64| format::plain((1e4 * value).round() / 100.0);
    let field = NumberField {
        speed: 0.5,
        size: vec2(64.0, VALUE_FIELD_HEIGHT),
        suffix: egui::RichText::new(" %"),
        ..NumberField::new(shares[business], Unit::Fraction, &digits)
    };
    let (response, entry) = field.ui(ui);
    let changed = match entry {
        Some(Entry::Typed(value) | Entry::Dragged(value)) if value.is_finite() => {
            Some(with_share(shares, business, within(value, 0.0, 1.0)))
        }
        _ => None,
    };
    (response, changed)
}

/// Shares with another one of a business; what is left goes to the others in their proportion, or in equal parts.
fn with_share(shares: &PerBusiness<f64>, business: Business, share: f64) -> PerBusiness<f64> {
    let others: f64 = shares.iter().filter(|(one, _)| *one != business).map(|(_, share)| share).sum();
    PerBusiness::new(|one| match one {
        _ if one == business => share,
        _ if others > 0.0 => shares[one] / others * (1.0 - share),
        _ => (1.0 - share) / (Business::COUNT - 1) as f64,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_share_leaves_the_rest_to_the_others() {
        let shares = PerBusiness::from([0.2, 0.3, 0.5]);
        let changed = with_share(&shares, Business::Mining, 0.6).into_array();
        assert!(changed.iter().zip([0.6, 0.15, 0.25]).all(|(a, b)| (a - b).abs() < 1e-12), "{changed:?}");
        let alone = PerBusiness::from([1.0, 0.0, 0.0]);
        assert_eq!(with_share(&alone, Business::Mining, 0.5).into_array(), [0.5, 0.25, 0.25]);
    }
}
