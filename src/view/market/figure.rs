//! A figure: what the market says, how that comes about, and what the plan has.

use egui::{Align, Color32, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};
use wattfolio_economics::input::Kind;

use super::columns::{Cells, Columns};
use super::quote;
use crate::format;
use crate::market_data::live::{Age, Figure, Refusal, age_words, bundled, moment};
use crate::state::{Action, MarketAction};
use crate::theme::{HAIRLINE, Text};
use crate::view::Context;
use crate::widget::{self, Icon};
use crate::words::capitalised;

/// A cell: its text, and whether it is an alert.
struct Cell {
    text: String,
    is_alert: bool,
}

impl Cell {
    fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), is_alert: false }
    }

    fn alert(text: impl Into<String>) -> Self {
        Self { text: format!("⚠ {}", text.into()), is_alert: true }
    }
}

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>, columns: &Columns, figure: &Figure) {
    let size = vec2(ui.available_width(), columns.row_height());
    let (row, response) = ui.allocate_exact_size(size, Sense::hover());
    ui.painter().hline(row.x_range(), row.top(), Stroke::new(HAIRLINE, cx.theme.palette.line));
    let cells = columns.cells(row);
    let [market, how, mut spread, age, mut plan, change] = texts(cx, figure);
    if !columns.is_beside() {
        // No heading says what they are.
        for (cell, name) in [(&mut spread, "spread"), (&mut plan, "in the plan")] {
            if cell.text.contains(|letter: char| letter.is_ascii_digit()) {
                cell.text = format!("{name} {}", cell.text);
            }
        }
    }
    let label = figure.rule.label();
    let spoken = format!("{label}: {}, {}, {}", market.text, how.text, age.text);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
    choose_ui(ui, cx, figure, row, &label);
    let id = figure.rule.id();
    let is_open = !cx.state.market.folded.contains(&id);
    if !figure.quotes.is_empty() {
        fold_ui(ui, cx, (row, &label), is_open, id);
    }
    cells_ui(ui, cx, columns, &cells, &label, [&market, &how, &spread, &age, &plan, &change]);
    // After the cells: of two tooltips the first is shown, and a cell that is cut has one of its own.
    response.on_hover_text(figure.rule.sentence());
    if !is_open {
        return;
    }
    for quote in &figure.quotes {
        quote::ui(ui, cx, columns, figure, quote);
    }
    if let Some(words) = below(figure) {
        note_ui(ui, cx, words);
        ui.add_space(8.0);
    }
}

/// Letters of how a figure comes about that surely fit its column.
const MOST_IN_ROW: usize = 20;

/// The rule of a figure and when its oldest part was observed; of a bundled one who published it.
fn below(figure: &Figure) -> Option<String> {
    if !figure.is_asked() {
        return bundled(figure.rule).map(|known| format!("Source of the bundled value: {}.", known.source));
    }
    let mut words = Vec::new();
    match &figure.agreed {
        // What the row has no room for.
        Err(why) => words.push(format!("Refused: {why}.")),
        Ok(agreed) if agreed.how.len() > MOST_IN_ROW => words.push(format!("{}.", capitalised(&agreed.how))),
        Ok(_) => {}
    }
    words.push(figure.rule.sentence().to_owned());
    let unfit = figure.unfit.as_ref();
    words.extend(unfit.map(|why| format!("Not offered: {why}.")));
    let at = figure.agreed.as_ref().ok().map(|agreed| agreed.at);
    words.extend(at.map(|at| format!("Observed {}.", moment(at))));
    Some(words.join(" "))
}

/// A refusal in the row; the whole of it stands below.
const fn short(why: &Refusal) -> &'static str {
    match why {
        Refusal::NotAsked => "not asked",
        Refusal::TooFew { .. } => "too few",
        Refusal::TooFar { .. } => "too far apart",
    }
}

/// A text below a row, in full.
pub(super) fn note_ui(ui: &mut Ui, cx: &Context<'_>, words: impl Into<String>) {
    ui.horizontal(|ui| {
        ui.add_space(super::columns::MARKS);
        let text = widget::colored(words, Text::Caption, cx.theme.palette.text_muted);
        ui.add(egui::Label::new(text).wrap());
    });
}

fn cells_ui(ui: &Ui, cx: &Context<'_>, columns: &Columns, cells: &Cells, label: &str, texts: [&Cell; 6]) {
    let palette = &cx.theme.palette;
    let put = |place: Rect, align, cell: &Cell, style, colour: Color32| {
        let colour = if cell.is_alert { palette.alert } else { colour };
        widget::put(ui, place, align, &cell.text, style, colour);
    };
    let [market, how, spread, age, plan, change] = texts;
    let side = if columns.is_beside() { Align::Max } else { Align::Min };
    put(cells.name, Align::Min, &Cell::plain(label), Text::BodyMedium, palette.text);
    put(cells.market, Align::Max, market, Text::BodyMedium, palette.text_strong);
    // What was not asked for has neither spread nor age, and its words the room of both.
    let is_free = columns.is_beside() && spread.text.is_empty() && age.text.is_empty();
    let room = if is_free { cells.how.with_max_x(cells.age.right()) } else { cells.how };
    put(room, Align::Min, how, Text::Body, palette.text_secondary);
    put(cells.spread, side, spread, Text::Body, palette.text_secondary);
    put(cells.age, Align::Max, age, Text::Body, palette.text_secondary);
    put(cells.plan, side, plan, Text::Body, palette.text_secondary);
    put(cells.change, Align::Max, change, Text::BodyMedium, palette.text);
}

/// The texts of a row. A refusal stands where the value would.
fn texts(cx: &Context<'_>, figure: &Figure) -> [Cell; 6] {
    let (rule, now) = (figure.rule, cx.state.market.now());
    let in_plan = in_plan(cx, figure);
    let plan = in_plan.map_or_else(|| Cell::plain("–"), |value| Cell::plain(rule.text(value)));
    let spread = spread(figure);
    match &figure.agreed {
        Ok(agreed) => {
            let age = age_words(agreed.at, now);
            let age = if agreed.age == Age::Stale { Cell::alert(age) } else { Cell::plain(age) };
            let change = in_plan.filter(|value| figure.unfit.is_none() && *value != 0.0);
            let change = change.map(|value| percent(agreed.value / value - 1.0)).unwrap_or_default();
            [
                Cell::plain(rule.text(agreed.value)),
                Cell::plain(&agreed.how),
                spread,
                age,
                plan,
                Cell::plain(change),
            ]
        }
        Err(why) if figure.is_asked() => [
            Cell::alert("refused"),
            Cell::alert(short(why)),
            spread,
            Cell::plain(""),
            plan,
            Cell::plain("kept"),
        ],
        Err(_) => {
            let known = bundled(rule);
            let market = known.map_or_else(|| "not asked".to_owned(), |known| rule.text(known.value));
            let how = known.map_or_else(String::new, |known| format!("bundled, {}", known.date));
            [Cell::plain(market), Cell::plain(how), Cell::plain(""), Cell::plain(""), plan, Cell::plain("")]
        }
    }
}

fn spread(figure: &Figure) -> Cell {
    let Some(spread) = figure.spread else {
        let is_alone = figure.agreed.is_ok();
        return Cell::plain(if is_alone { "one source" } else { "" });
    };
    let percent = |share: f64| format::significant(share * 100.0, 2);
    let words = match figure.rule.most_spread() {
        Some(limit) => format!("{} %, max {} %", percent(spread), format::plain(limit * 100.0)),
        None => format!("{} %", percent(spread)),
    };
    if figure.agreed.is_ok() && spread > figure.rule.shown_spread() {
        Cell::alert(words)
    } else {
        Cell::plain(words)
    }
}

fn percent(change: f64) -> String {
    let digits = format!("{} %", format::grouped(change.abs() * 100.0, 1));
    if digits == "0.0 %" {
        "same".to_owned()
    } else {
        format::signed(if change < 0.0 { format!("{}{digits}", format::MINUS) } else { digits }, change)
    }
}

/// What the plan has; nothing for another GPU.
pub(super) fn in_plan(cx: &Context<'_>, figure: &Figure) -> Option<f64> {
    let is_other_gpu =
        matches!(figure.rule, crate::market_data::live::Rule::Rental(_)) && figure.unfit.is_some();
    let input = figure.rule.input().filter(|_| !is_other_gpu)?;
    let Kind::Number(number) = &input.kind else { return None };
    (number.get)(cx.state.document.scenario())
}

/// A check box, only where the value may be taken over.
fn choose_ui(ui: &Ui, cx: &Context<'_>, figure: &Figure, row: Rect, label: &str) {
    let palette = &cx.theme.palette;
    let id = figure.rule.id();
    let is_offered = figure.offered().is_some();
    let is_on = is_offered && cx.state.market.chosen.contains(&id);
    let square = Rect::from_center_size(pos2(row.left() + 9.0, row.top() + 17.0), vec2(14.0, 14.0));
    if !is_offered {
        let outline = Stroke::new(1.0, palette.line);
        ui.painter().rect_stroke(square, 3, outline, egui::StrokeKind::Inside);
        return;
    }
    let response = ui.interact(square.expand(5.0), ui.scope_id().with("choose"), Sense::click());
    let name = format!("Use {label}");
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, is_on, &name));
    if is_on {
        ui.painter().rect_filled(square, 3, palette.text);
        let mark = [(4.2, 7.4), (6.3, 9.6), (10.2, 4.8)].map(|(x, y)| square.min + vec2(x, y));
        ui.painter().line(mark.to_vec(), Stroke::new(1.8, palette.panel));
    } else {
        ui.painter().rect_stroke(square, 3, Stroke::new(1.2, palette.zero_line), egui::StrokeKind::Inside);
    }
    widget::focus_ring(ui, cx.theme, &response, square.expand(4.0));
    if response.clicked() {
        cx.actions.push(Action::Market(MarketAction::Choose(id, !is_on)));
    }
}

/// The triangle that folds the quotes away.
fn fold_ui(ui: &Ui, cx: &Context<'_>, (row, label): (Rect, &str), is_open: bool, id: String) {
    let place = Rect::from_center_size(pos2(row.left() + 30.0, row.top() + 17.0), vec2(18.0, 18.0));
    let response = ui.interact(place, ui.scope_id().with("fold"), Sense::click());
    let name = format!("Quotes of {label}");
    response.widget_info(|| WidgetInfo::selected(Role::DisclosureTriangle, true, is_open, &name));
    let icon = if is_open { Icon::Open } else { Icon::Closed };
    icon.paint(ui.painter(), place, cx.theme.palette.text_secondary);
    widget::focus_ring(ui, cx.theme, &response, place);
    if response.clicked() {
        cx.actions.push(Action::Market(MarketAction::Fold(id)));
    }
}
