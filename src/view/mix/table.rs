//! Mixes that have names, and the shares of the scenario's own, which can be typed.

use egui::{Align, Rect, Response, Sense, Ui, pos2, vec2};
use wattfolio_economics::answers::mix::{Mixed, Mixes, Per};
use wattfolio_economics::business::{Business, PerBusiness};
use wattfolio_economics::catalogue;
use wattfolio_economics::input::Input;
use wattfolio_economics::number::within;
use wattfolio_economics::scenario::Fault;
use wattfolio_economics::units::Unit;

use crate::export::named_mixes;
use crate::format;
use crate::state::{Action, Refusal};
use crate::theme::{TABLE_ROW, Text, VALUE_FIELD_HEIGHT};
use crate::view::Context;
use crate::view::refusal::refusal_ui;
use crate::widget::{self, Entry, NumberField};
use crate::words::mix as words;

/// Heads of the figures of a mix beside its shares, in two lines where words are long.
const fn figures(per: Per) -> [&'static str; 4] {
    ["Capital", if matches!(per, Per::Dollar) { "NPV\nper $" } else { "NPV" }, "Worst\n5 %", "Loss"]
}
/// Space between columns.
const GAP: f32 = 8.0;
/// Height of the heads.
const HEADS: f32 = 34.0;

/// A row: its name and its cells, and their style.
type Row = (Vec<String>, Text);

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, mixes: &Mixes) {
    let per = cx.state.view.mix.per;
    let shares = cx.state.document.scenario().mix.shares();
    widget::label(ui, "Mixes, and what they risk", Text::Title, cx.theme.palette.text);
    widget::caption(ui, cx.theme, words::table_caption(mixes, &shares, per));
    ui.add_space(4.0);
    widget::card(ui, cx.theme, None, |ui| {
        let rows = rows(cx, mixes);
        let room = ui.available_width();
        let widths =
            widget::column_widths(ui, rows.iter().map(|(texts, style)| (&texts[..], *style)), GAP, room);
        for row in &rows {
            row_ui(ui, cx, row, &widths);
        }
        ui.add_space(6.0);
        shares_ui(ui, cx);
    });
}

/// The heads, and the mixes that have names.
fn rows(cx: &Context<'_>, mixes: &Mixes) -> Vec<Row> {
    let per = cx.state.view.mix.per;
    let glyphs = Business::ALL.map(|business| format!("{} %", crate::theme::glyph(business)));
    let head = std::iter::once(String::new()).chain(glyphs).chain(figures(per).map(str::to_owned));
    let mut rows = vec![(head.collect(), Text::Caption)];
    rows.extend(super::now(cx).map(|now| (cells("Now", now, per), Text::BodyMedium)));
    let named = named_mixes(mixes, per, cx.state.document.criterion()).into_iter();
    let others = named.filter(|(name, _)| *name != "Now");
    rows.extend(others.map(|(name, mixed)| (cells(name, mixed, per), Text::Body)));
    rows
}

fn cells(name: &str, mixed: &Mixed, per: Per) -> Vec<String> {
    let mut cells = vec![name.to_owned()];
    cells.extend(words::percents(&mixed.shares));
    cells.extend([
        format::short(mixed.capital_usd, Unit::Usd),
        words::signed(mixed.value(per).value, per),
        words::signed(-mixed.risk(per).value, per),
        format::probability(&mixed.loss),
    ]);
    cells
}

fn row_ui(ui: &mut Ui, cx: &Context<'_>, (texts, style): &Row, widths: &[f32]) {
    let palette = &cx.theme.palette;
    let is_head = *style == Text::Caption;
    let height = if is_head { HEADS } else { TABLE_ROW - 6.0 };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let colour = if is_head { palette.text_muted } else { palette.text };
    let mut left = rect.left();
    for (index, (text, width)) in texts.iter().zip(widths).enumerate() {
        let (from, align) = if index == 0 { (left, Align::Min) } else { (left + GAP, Align::Max) };
        let place = Rect::from_min_max(pos2(from, rect.top()), pos2(left + width, rect.bottom()));
        widget::put_lines(ui, place, align, text, *style, colour);
        left += width;
    }
    let spoken = format!("{}: {}", texts[0], texts[1..].join(", ")).replace('\n', " ");
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
            match changed {
                None => {}
                Some(Ok(changed)) => cx.actions.push(Action::SetMix(changed)),
                Some(Err(refusal)) => cx.actions.push(Action::Refuse(refusal)),
            }
        });
        refused_ui(ui, cx, business);
    }
}

/// The word below the share of a business at hand, if what was typed for it was refused.
pub(super) fn refused_ui(ui: &mut Ui, cx: &Context<'_>, business: Business) {
    if let Some(input) = input_of(business) {
        refusal_ui(ui, cx.theme, cx.state.view.inputs.refused.as_ref(), input);
    }
}

/// The input that holds the share of a business.
fn input_of(business: Business) -> Option<&'static Input> {
    catalogue::find(&format!("mix.{}", business.id()))
}

/// The field of one share; all shares if it was changed, or why what was typed is refused.
pub(super) fn share_ui(
    ui: &mut Ui,
    shares: &PerBusiness<f64>,
    business: Business,
) -> (Response, Option<Result<PerBusiness<f64>, Refusal>>) {
    // A third has no end; what is typed is kept in full.
    let digits = |value: f64| format::plain((1e4 * value).round() / 100.0);
    let field = NumberField {
        speed: 0.5,
        size: vec2(64.0, VALUE_FIELD_HEIGHT),
        suffix: egui::RichText::new(" %"),
        ..NumberField::new(shares[business], Unit::Fraction, &digits)
    };
    let (response, entry) = field.ui(ui);
    let changed = entry.and_then(|entry| changed(shares, business, entry));
    (response, changed)
}

/// All shares after an entry. Dragging stops at none and all of the site; typing beyond them is refused.
fn changed(
    shares: &PerBusiness<f64>,
    business: Business,
    entry: Entry,
) -> Option<Result<PerBusiness<f64>, Refusal>> {
    let input = input_of(business)?;
    Some(match entry {
        Entry::Dragged(value) => Ok(with_share(shares, business, within(value, 0.0, 1.0))),
        Entry::Typed(value) if (0.0..=1.0).contains(&value) => Ok(with_share(shares, business, value)),
        Entry::Typed(value) => {
            let fault = Fault::new(input.id, &value.to_string(), "0…1".to_owned());
            Err(Refusal::NotAllowed { input, fault })
        }
        Entry::Unreadable { text, why } => Err(Refusal::Unreadable { input, text, why }),
    })
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

    #[test]
    fn a_share_beyond_the_site_is_refused_where_it_is_typed() {
        let shares = PerBusiness::from([0.2, 0.3, 0.5]);
        for typed in [1.5, -0.1] {
            let refusal = changed(&shares, Business::Mining, Entry::Typed(typed)).unwrap().unwrap_err();
            assert_eq!(refusal.input().id, "mix.mining");
            let words = format!("{} is not allowed; 0 … 100 %", format::plain(100.0 * typed));
            assert_eq!(refusal.words(), words);
        }
        let dragged = changed(&shares, Business::Mining, Entry::Dragged(1.5)).unwrap().unwrap();
        assert_eq!(dragged.into_array(), [1.0, 0.0, 0.0]);
        let text = Entry::Unreadable { text: "all".to_owned(), why: "write a number".to_owned() };
        assert!(changed(&shares, Business::Mining, text).unwrap().is_err());
    }
}
