//! Now, the baseline and the other scenarios in one table: what tells them apart, and what comes of it.

use egui::{
    Align, Color32, Layout, Rect, Role, Sense, TextBuffer, TextEdit, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};
use wattfolio_economics::business::Business;
use wattfolio_economics::number::within;
use wattfolio_economics::results::Comparison;
use wattfolio_economics::units::Unit;

use crate::format;
use crate::state::{Action, ScenarioAction, Shown};
use crate::store::Letter;
use crate::theme::{self, CONTROL, HAIRLINE, INNER, Text};
use crate::view::Context;
use crate::widget::{self, Icon, icon_button};
use crate::words::{self, Named, distinctions};

/// Height of the two lines of the heading, and of one more above them.
const HEADING: f32 = 36.0;
const HEADING_LINE: f32 = HEADING / 2.0;
/// Height of a row, and of one whose words stand in a line of their own.
const ROW: f32 = theme::TABLE_ROW;
const TALL_ROW: f32 = 48.0;
/// Least and most width of the names, which are fields where they can be changed here.
const NAME: f32 = 150.0;
const MOST_NAME: f32 = 240.0;
/// Width of the letter of a scenario, and of the margins of the field behind it.
const LETTER: f32 = 16.0;
const FIELD_MARGIN: f32 = 6.0;
/// Widths of the figures of a business: payback, net present value, and the space before them.
const PAYBACK: f32 = 60.0;
const NPV: f32 = 68.0;
const GAP: f32 = 16.0;
/// Space between the glyph of a business and its name.
const GLYPH_GAP: f32 = 5.0;
/// Groups of figures in a row.
const GROUPS: f32 = Business::COUNT as f32;
/// Width of the buttons of a scenario.
const TOOLS: f32 = 68.0;
/// The narrowest column of words beside the name; with less they stand below it.
const LEAST_WORDS: f32 = 130.0;

/// The narrowest name beside which paybacks are shown.
const LEAST_NAME: f32 = 96.0;

/// The narrowest name beside the figures; with less they have a line of their own below it.
const LEAST_BESIDE: f32 = 40.0;

/// A row of the table.
struct Row<'a> {
    name: String,
    words: String,
    comparison: &'a Comparison,
    letter: Option<Letter>,
    is_now: bool,
}

/// Whether the baseline has a row of its own: it has changed since, or is no other scenario of the table.
fn has_baseline(cx: &Context<'_>) -> bool {
    let document = &cx.state.document;
    document.baseline_letter() == document.current() && document.changes().next().is_some()
}

/// Scenarios that the table compares, the current one first.
fn rows<'a>(cx: &Context<'a>) -> Vec<Row<'a>> {
    let (document, results) = (&cx.state.document, &cx.state.results);
    let baseline = &document.baseline().scenario;
    let others: Vec<&Shown> = cx.state.others().collect();
    // Words refer to what was there before, so that the others come in their order and now comes last.
    let named = others
        .iter()
        .map(|other| Named { name: other.listed.label.letter.to_string(), scenario: &other.listed.scenario });
    let now = Named { name: "now".to_owned(), scenario: document.scenario() };
    let named: Vec<Named<'_>> = named.chain([now]).collect();
    let mut words = distinctions(&named, baseline);
    let now_words = words.pop().unwrap_or_default();
    let row = |name: &str, words: String, comparison, letter, is_now| Row {
        name: name.to_owned(),
        words,
        comparison,
        letter,
        is_now,
    };
    let name =
        if document.count() == 1 { "Now".to_owned() } else { format!("Now ({})", document.label().letter) };
    let mut rows = vec![row(&name, now_words, &*results.comparison, None, true)];
    if has_baseline(cx) {
        rows.push(row("Baseline", document.baseline().name.clone(), &*results.baseline, None, false));
    }
    for (other, words) in others.into_iter().zip(words) {
        let label = &other.listed.label;
        let words = if other.listed.is_baseline { "the baseline".to_owned() } else { words };
        rows.push(row(&label.name, words, &*other.comparison, Some(label.letter), false));
    }
    // A table of one row says nothing that the cards do not.
    if rows.len() > 1 { rows } else { Vec::new() }
}

/// Points that the table takes with the space above it, in a page so wide.
pub(super) fn height(ui: &Ui, cx: &Context<'_>, width: f32) -> f32 {
    let rows = 1 + usize::from(has_baseline(cx)) + cx.state.others().count();
    if rows == 1 {
        return 0.0;
    }
    let columns = Columns::of(ui, cx, width - 2.0 * INNER);
    columns.heading_height() + rows as f32 * (columns.row_height() + HAIRLINE) + 2.0 * INNER
}

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>) {
    let rows = rows(cx);
    if rows.is_empty() {
        return;
    }
    widget::card(ui, cx.theme, None, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let columns = Columns::of(ui, cx, ui.available_width());
        heading_ui(ui, cx, &columns);
        for row in &rows {
            widget::hairline(ui, cx.theme);
            row_ui(ui, cx, &columns, row);
        }
    });
}

/// Widths of the columns.
struct Columns {
    /// Width of the words; absent where they stand below the name.
    words: Option<f32>,
    name: f32,
    has_tools: bool,
    /// Whether paybacks have room beside the net present values; the cards have them as well.
    has_payback: bool,
    /// Whether the figures stand in a line below the name.
    is_below: bool,
    /// Width of the figures of a business with the space before them.
    business: f32,
}

impl Columns {
    fn of(ui: &Ui, cx: &Context<'_>, width: f32) -> Self {
        // Room for the buttons is kept only where there is a scenario to use them on.
        let has_tools = cx.state.document.count() > 1;
        let tools = if has_tools { TOOLS } else { 0.0 };
        let left = width - tools - GROUPS * (GAP + PAYBACK + NPV);
        let names = cx.state.others().map(|one| widget::width(ui, &one.listed.label.name, Text::Body));
        let longest = names.fold(0.0, f32::max) + LETTER + 2.0 * FIELD_MARGIN + 2.0;
        // A long name takes what the words can spare.
        let spared = within(left - theme::UNIT - LEAST_WORDS, NAME, MOST_NAME);
        let name = within(longest, NAME, spared);
        let words = left - name - theme::UNIT;
        if words >= LEAST_WORDS {
            let business = GAP + PAYBACK + NPV;
            return Self {
                words: Some(words),
                name,
                has_tools,
                has_payback: true,
                is_below: false,
                business,
            };
        }
        let has_payback = left >= LEAST_NAME;
        let name = if has_payback { left } else { left + GROUPS * PAYBACK };
        let business = if has_payback { GAP + PAYBACK + NPV } else { GAP + NPV };
        if name >= LEAST_BESIDE {
            return Self { words: None, name, has_tools, has_payback, is_below: false, business };
        }
        let name = (width - tools).max(0.0);
        let business = business.min(width / GROUPS);
        Self { words: None, name, has_tools, has_payback: false, is_below: true, business }
    }

    const fn heading_height(&self) -> f32 {
        if self.is_below { HEADING + HEADING_LINE } else { HEADING }
    }

    const fn row_height(&self) -> f32 {
        let row = if self.words.is_some() { ROW } else { TALL_ROW };
        if self.is_below { row + ROW } else { row }
    }

    /// The places of payback and net present value of a business in a row.
    fn figures(&self, row: Rect, index: usize) -> [Rect; 2] {
        let tools = if self.has_tools && !self.is_below { TOOLS } else { 0.0 };
        let right = row.right() - tools - (Business::COUNT - 1 - index) as f32 * self.business;
        let place = |right: f32, width: f32| {
            Rect::from_min_max(pos2(right - width, row.top()), pos2(right, row.bottom()))
        };
        let payback = if self.has_payback { PAYBACK } else { 0.0 };
        let npv = NPV.min(self.business);
        [place(right - npv, payback), place(right, npv)]
    }
}

fn heading_ui(ui: &mut Ui, cx: &Context<'_>, columns: &Columns) {
    let size = vec2(ui.available_width(), columns.heading_height());
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let palette = &cx.theme.palette;
    let (rest, lower) = rect.split_top_bottom_at_y(rect.bottom() - HEADING_LINE);
    let (first, upper) = rest.split_top_bottom_at_y(rest.bottom() - HEADING_LINE);
    let caption = |place: Rect, align: Align, text: &str, colour: Color32| {
        widget::put(ui, place, align, text, Text::Caption, colour)
    };
    let name = lower.with_max_x(lower.left() + columns.name);
    caption(if columns.is_below { first } else { name }, Align::Min, "Scenario", palette.text_muted);
    if let Some(width) = columns.words {
        let left = name.right() + theme::UNIT;
        let place = Rect::from_min_max(pos2(left, lower.top()), pos2(left + width, lower.bottom()));
        caption(place, Align::Min, "What tells them apart", palette.text_muted);
    }
    for (index, business) in Business::ALL.into_iter().enumerate() {
        let [payback, npv] = columns.figures(lower, index);
        if columns.has_payback {
            caption(payback, Align::Max, "Payback", palette.text_muted);
        }
        caption(npv, Align::Max, "NPV", palette.text_muted);
        let place = Rect::from_x_y_ranges(payback.left()..=npv.right(), upper.y_range());
        let words = words::capitalised(business.word());
        let glyph = theme::glyph(business);
        let room = place.with_min_x(place.left() + widget::width(ui, glyph, Text::Caption) + GLYPH_GAP);
        let words = caption(room, Align::Max, &words, palette.text_secondary);
        let left = Rect::from_x_y_ranges(place.left()..=words.left() - GLYPH_GAP, upper.y_range());
        caption(left, Align::Max, glyph, cx.theme.mark(business));
    }
}

fn row_ui(ui: &mut Ui, cx: &Context<'_>, columns: &Columns, row: &Row<'_>) {
    let size = vec2(ui.available_width(), columns.row_height());
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, spoken(row)));
    let palette = &cx.theme.palette;
    let style = if row.is_now { Text::BodyMedium } else { Text::Body };
    let (upper, below) = rect.split_top_bottom_at_y(rect.top() + ROW);
    let (figures_line, below) =
        if columns.is_below { below.split_top_bottom_at_y(below.top() + ROW) } else { (upper, below) };
    let name = upper.with_max_x(rect.left() + columns.name);
    // Nothing stands beside words below the figures.
    let words = columns.words.map_or(below, |width| {
        let left = name.right() + theme::UNIT;
        rect.with_min_x(left).with_max_x(left + width)
    });
    match row.letter {
        None => drop(widget::put(ui, name, Align::Min, &row.name, style, palette.text)),
        Some(letter) => name_ui(ui, cx, letter, &row.name, name),
    }
    widget::put(ui, words, Align::Min, &row.words, Text::Body, palette.text_secondary);
    for (index, business) in Business::ALL.into_iter().enumerate() {
        let figures = figures(row.comparison, business);
        let places = columns.figures(figures_line, index).into_iter().zip(figures);
        for (place, (text, is_absent)) in places.skip(usize::from(!columns.has_payback)) {
            let colour = if is_absent { palette.text_muted } else { palette.text };
            widget::put(ui, place, Align::Max, &text, style, colour);
        }
    }
    if let Some(letter) = row.letter {
        tools_ui(ui, cx, letter, upper.with_min_x(upper.right() - TOOLS + 6.0));
    }
}

/// A row for somebody who hears it.
fn spoken(row: &Row<'_>) -> String {
    let letter = row.letter.map_or_else(String::new, |letter| format!("{letter} "));
    let figures = Business::ALL.map(|business| {
        let [(payback, _), (npv, _)] = figures(row.comparison, business);
        format!("{} payback {payback}, NPV {npv}", business.word())
    });
    format!("{letter}{}: {}; {}", row.name, row.words, figures.join("; "))
}

/// Payback and net present value in words, and whether there is none.
fn figures(comparison: &Comparison, business: Business) -> [(String, bool); 2] {
    let Ok(evaluation) = comparison.business(business) else {
        return [("–".to_owned(), true), ("no result".to_owned(), true)];
    };
    let payback = match evaluation.measures.payback_months {
        Ok(months) => (format::short(months, Unit::Months), false),
        Err(reason) => (reason.short().to_owned(), true),
    };
    [payback, (format::short(evaluation.measures.npv_usd, Unit::Usd), false)]
}

/// The letter of a scenario, and its name in a field.
fn name_ui(ui: &mut Ui, cx: &Context<'_>, letter: Letter, name: &str, place: Rect) {
    let palette = &cx.theme.palette;
    let head = place.with_max_x(place.left() + LETTER - 2.0);
    widget::put(ui, head, Align::Min, &letter.to_string(), Text::BodyMedium, palette.text);
    let field = place.with_min_x(head.right() + 2.0).shrink2(vec2(0.0, 2.0));
    let layout = Layout::left_to_right(Align::Center);
    // A child of its own: its height must not change the row's.
    let ui = &mut ui.new_child(UiBuilder::new().max_rect(field).layout(layout));
    let id = ui.scope_id().with(("name of scenario", letter));
    // While it is edited the field shows what is typed; it counts when the field is left.
    let mut text = ui.data(|data| data.get_temp::<String>(id)).unwrap_or_else(|| name.to_owned());
    let width = field.width() - 2.0 * FIELD_MARGIN;
    let field_id = id.with("field");
    // A field cuts a long text at its edge; until it is edited, an ellipsis says so.
    let is_edited = ui.memory(|memory| memory.has_focus(field_id));
    let mut shortened = |ui: &Ui, text: &dyn TextBuffer, _: f32| {
        widget::one_line(ui, text.as_str(), Text::Body, palette.text, width)
    };
    let edit = TextEdit::singleline(&mut text)
        .id(field_id)
        .desired_width(field.width())
        .margin(vec2(FIELD_MARGIN, 3.0))
        .text_color(palette.text);
    let edit = if is_edited { edit } else { edit.layouter(&mut shortened) };
    let response = ui.add(edit).on_hover_text(name);
    let label = format!("Name of scenario {letter}");
    response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, &label));
    if response.changed() {
        ui.data_mut(|data| data.insert_temp(id, text.clone()));
    }
    if response.lost_focus() {
        ui.data_mut(|data| data.remove::<String>(id));
        let typed = text.trim();
        if !typed.is_empty() && typed != name && !ui.input(|input| input.key_pressed(egui::Key::Escape)) {
            cx.actions.push(Action::Scenario(letter, ScenarioAction::Rename(typed.to_owned())));
        }
    }
}

fn tools_ui(ui: &mut Ui, cx: &Context<'_>, letter: Letter, place: Rect) {
    let place = Rect::from_center_size(place.center(), vec2(place.width(), CONTROL));
    let layout = Layout::left_to_right(Align::Center);
    let ui = &mut ui.new_child(UiBuilder::new().max_rect(place).layout(layout));
    ui.spacing_mut().item_spacing.x = 2.0;
    let name = format!("Show scenario {letter}");
    if icon_button(ui, cx.theme, Icon::Undo, &name, "Show and edit this scenario", false).clicked() {
        cx.actions.push(Action::Scenario(letter, ScenarioAction::Show));
    }
    let name = format!("Delete scenario {letter}");
    if icon_button(ui, cx.theme, Icon::Cross, &name, "Delete this scenario; undo brings it back", false)
        .clicked()
    {
        cx.actions.push(Action::Scenario(letter, ScenarioAction::Delete));
    }
}
