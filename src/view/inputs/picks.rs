//! Lists to pick from beside the inputs: machines, GPUs, and the fees of real leases.

use egui::{Popup, Response, Ui, vec2};
use wattfolio_economics::business::Business;
use wattfolio_economics::input::Input;
use wattfolio_economics::scenario::CalendarMonth;
use wattfolio_economics::units::Unit;

use super::rates;
use crate::price_list::{self, Asic, Deal, GpuModel, Pick, PriceDate, PriceList};
use crate::state::Action;
use crate::theme::{CONTROL, Text};
use crate::view::Context;
use crate::{format, widget};

/// Width of an open list.
const LIST_WIDTH: f32 = 580.0;
/// Space that the scroll bar of a list takes.
const SCROLL_BAR: f32 = 10.0;
/// Tallest open list.
const LIST_HEIGHT: f32 = 420.0;
/// Least space between an open list and the edges of the window, with its frame.
const LIST_MARGIN: f32 = 24.0;

/// What stands below an input that a list can fill; nothing below the others.
pub(super) fn below_input_ui(ui: &mut Ui, cx: &Context<'_>, input: &'static Input) {
    let id = input.id;
    if let Some(business) = Business::ALL.into_iter().find(|business| business.rate_row().id == id) {
        return rates::of_business_ui(ui, cx, business, input);
    }
    if id == "finance.discount_rate" {
        rates::shared_ui(ui, cx);
    }
    let Some(list) = PriceList::below(input) else { return };
    // The lists of machines and GPUs stand below the name, which tells the row that was picked.
    let name = input.text(cx.state.document.scenario()).unwrap_or_default();
    match list {
        PriceList::Asics => asics_ui(ui, cx, &name),
        PriceList::Gpus => gpus_ui(ui, cx, &name),
        PriceList::Deals => deals_ui(ui, cx),
    }
}

fn asics_ui(ui: &mut Ui, cx: &Context<'_>, name: &str) {
    list_ui(ui, cx, "Pick a machine…", |ui| {
        for asic in price_list::asics() {
            row_ui(ui, cx, Pick::Asic(asic), asic.name == name, &asic_words(asic));
        }
    });
    if let Some(asic) = price_list::find_asic(name) {
        let price = asic.price_usd.map(|price| format::full(price, Unit::UsdPerMachine));
        listed_ui(ui, cx, price, asic.price_date.as_ref())
            .on_hover_ui(|ui| origin_ui(ui, cx, Pick::Asic(asic)));
    }
}

fn gpus_ui(ui: &mut Ui, cx: &Context<'_>, name: &str) {
    list_ui(ui, cx, "Pick a GPU…", |ui| {
        for gpu in price_list::gpus() {
            row_ui(ui, cx, Pick::Gpu(gpu), gpu.name == name, &gpu_words(gpu));
        }
    });
    if let Some(gpu) = price_list::find_gpu(name) {
        let price = gpu.price_usd.map(|price| format::full(price, Unit::UsdPerGpu));
        let rental = gpu.rental_usd_per_hour.map(|rental| format::short(rental, Unit::UsdPerGpuHour));
        let figures: Vec<String> = price.into_iter().chain(rental).collect();
        let figures = (!figures.is_empty()).then(|| figures.join(", rented at "));
        listed_ui(ui, cx, figures, gpu.rental_date.as_ref())
            .on_hover_ui(|ui| origin_ui(ui, cx, Pick::Gpu(gpu)));
    }
}

fn deals_ui(ui: &mut Ui, cx: &Context<'_>) {
    let scenario = cx.state.document.scenario();
    list_ui(ui, cx, "See what deals pay…", |ui| {
        for deal in price_list::deals() {
            let pick = Pick::Deal(deal);
            row_ui(ui, cx, pick, pick.is_in(scenario), &deal_words(deal));
        }
    });
}

/// A quiet button that opens a list.
pub(super) fn list_ui(ui: &mut Ui, cx: &Context<'_>, text: &str, rows: impl FnOnce(&mut Ui)) {
    ui.add_space(2.0);
    let ink = widget::colored(text, Text::Caption, cx.theme.palette.text_secondary);
    let button = ui.add(egui::Button::new(ink).small());
    let window = ui.ctx().content_rect();
    let width = LIST_WIDTH.min(window.width() - 2.0 * LIST_MARGIN);
    let height = LIST_HEIGHT.min(window.height() - 2.0 * LIST_MARGIN);
    Popup::menu(&button).id(ui.scope_id().with(text)).width(width).show(|ui| {
        ui.set_min_width(width);
        widget::scroll_up_to(height).show(ui, |ui| {
            widget::set_max_width(ui, width - SCROLL_BAR);
            rows(ui);
        });
    });
    ui.add_space(8.0);
}

fn row_ui(ui: &mut Ui, cx: &Context<'_>, pick: Pick, is_chosen: bool, figures: &str) {
    let palette = &cx.theme.palette;
    let name = widget::colored(pick.name(), Text::Body, palette.text);
    let figures = widget::colored(figures, Text::Caption, palette.text_secondary);
    let button = egui::Button::new(name)
        .right_text(figures)
        .selected(is_chosen)
        .truncate()
        .min_size(vec2(ui.available_width(), CONTROL));
    let response = ui.add(button);
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, is_chosen, pick.name()));
    if response.on_hover_ui(|ui| origin_ui(ui, cx, pick)).clicked() {
        cx.actions.push(Action::Fill(pick));
    }
}

/// What the list has for the name at hand, and how old it is; the inputs may say something else by now.
fn listed_ui(ui: &mut Ui, cx: &Context<'_>, figures: Option<String>, date: Option<&PriceDate>) -> Response {
    let text = match figures {
        Some(figures) => {
            format!("Listed at {figures}, {}", dated(date, cx.state.document.scenario().start))
        }
        None => "Listed without a price".to_owned(),
    };
    let text = widget::colored(text, Text::Caption, cx.theme.palette.text_muted);
    let response = ui.add(egui::Label::new(text).wrap());
    ui.add_space(6.0);
    response
}

fn dated(date: Option<&PriceDate>, start: CalendarMonth) -> String {
    date.map_or_else(|| "undated".to_owned(), |date| format!("{date}, {}", date.age_at(start)))
}

/// Source, age and remarks of a row.
fn origin_ui(ui: &mut Ui, cx: &Context<'_>, pick: Pick) {
    widget::set_max_width(ui, 400.0);
    widget::label(ui, pick.name(), Text::Title, cx.theme.palette.text);
    let (date, source, remark) = match pick {
        Pick::Asic(asic) => (asic.price_date.as_ref(), &asic.source, &asic.remark),
        Pick::Gpu(gpu) => (gpu.rental_date.as_ref(), &gpu.source, &gpu.remark),
        Pick::Deal(deal) => (None, &deal.source, &deal.remark),
    };
    if let Some(date) = date {
        let what = if matches!(pick, Pick::Gpu(_)) { "Rental" } else { "Price" };
        let age = date.age_at(cx.state.document.scenario().start);
        widget::body(ui, cx.theme, format!("{what} of {date}, {age}"));
    }
    match pick {
        Pick::Deal(deal) => terms_ui(ui, cx, deal),
        Pick::Gpu(gpu) if gpu.is_all_in_power => {
            widget::body(
                ui,
                cx.theme,
                "Its power includes network and cooling; that of IT alone is not known",
            );
        }
        Pick::Gpu(_) | Pick::Asic(_) => {}
    }
    if !remark.is_empty() {
        widget::body(ui, cx.theme, remark);
    }
    widget::caption(ui, cx.theme, format!("From {source}"));
}

/// A range as the list has it, with its unit; nothing if it is not known.
fn with_unit(text: &str, unit: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{} {unit}", text.replace('-', "–")) }
}

/// Who pays what in a lease, so that a fee is not compared with another kind of fee.
fn terms_ui(ui: &mut Ui, cx: &Context<'_>, deal: &Deal) {
    let lines = [
        ("Power", deal.power.clone()),
        ("Fit-out", deal.capex.clone()),
        ("Cost of it", with_unit(&deal.capex_musd_per_mw, "M$ per IT MW")),
        ("Margin", with_unit(&deal.noi_margin_percent, "% of the fee to the landlord")),
    ];
    egui::Grid::new("terms").num_columns(2).spacing(vec2(16.0, 2.0)).show(ui, |ui| {
        for (name, text) in lines.into_iter().filter(|(_, text)| !text.is_empty()) {
            widget::caption(ui, cx.theme, name);
            widget::body(ui, cx.theme, text);
            ui.end_row();
        }
    });
    if let Some(fee) = deal.fee() {
        let escalator = format::full(fee.escalator, Unit::FractionPerYear);
        widget::body(ui, cx.theme, format!("A click fills the fee and an escalator of {escalator}"));
    }
}

fn asic_words(asic: &Asic) -> String {
    let efficiency = format!("{} J/TH", format::plain(asic.joules_per_th));
    let price = asic.price_usd.map(|price| format::full(price, Unit::Usd).replace(".00", ""));
    let date = asic.price_date.as_ref().map(PriceDate::words);
    std::iter::once(efficiency).chain(price).chain(date).collect::<Vec<_>>().join("  ·  ")
}

fn gpu_words(gpu: &GpuModel) -> String {
    let power = format::full(gpu.kw_per_gpu, Unit::Kw);
    let price = gpu.price_usd.map(|price| format::full(price, Unit::UsdPerGpu));
    let rental = gpu.rental_usd_per_hour.map(|rental| format::short(rental, Unit::UsdPerGpuHour));
    let date = gpu.rental_date.as_ref().map(PriceDate::words);
    std::iter::once(power).chain(price).chain(rental).chain(date).collect::<Vec<_>>().join("  ·  ")
}

fn deal_words(deal: &Deal) -> String {
    match deal.fee() {
        Some(fee) => {
            let amount = format::full(fee.usd_per_kw_month, Unit::UsdPerKwMonth);
            format!("{amount}  ·  {}", fee.kind.words())
        }
        None => "fee not known".to_owned(),
    }
}
