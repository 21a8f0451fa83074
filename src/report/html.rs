//! A report as one page for a browser: no network, light and dark, and a read-out under the pointer.

use std::fmt::Write as _;

use egui::Color32;
use serde_json::{Value, json};
use wattfolio_economics::business::Business;
use wattfolio_economics::results::Curve;
use wattfolio_economics::units::Unit;

use super::chart::{Look, Studio};
use super::content::{Block, Cell, Row, Style, Table, scenario_hash};
use super::input::ReportInput;
use super::scene::{Mark, Scene, Step, parts};
use super::svg::{FAMILY, body};
use super::text::{base64, grouped_hex, number, xml};
use crate::format;
use crate::theme::{self, FONT, Fallback, Palette};
use crate::view::Printed;
use crate::words;

/// Width of a chart over the whole page, and in a column, points.
const WIDTHS: [f32; 2] = [1040.0, 510.0];
/// Width of the break-even line of a chart, by which its months are found.
const BREAK_EVEN: f32 = 1.2;

const STYLE: &str = include_str!("../../assets/report/report.css");
const SCRIPT: &str = include_str!("../../assets/report/report.js");

/// A report as a page of HTML.
pub fn html(input: &ReportInput, blocks: &[Block], fallback: &Fallback) -> String {
    let case = &input.cases[0];
    let mut page = Page {
        input,
        light: Studio::new(input, case, Look::Paper, fallback.clone()),
        dark: Studio::new(input, case, Look::Dark, fallback.clone()),
        charts: 0,
        text: String::new(),
    };
    let name = format::visible_line(&case.label.name);
    let date = input.date.format("%-d %B %Y");
    let hash = grouped_hex(scenario_hash(&case.scenario));
    let version = env!("CARGO_PKG_VERSION");
    let colours = [
        variables(":root", &Look::Paper.theme().palette),
        format!(
            "@media (prefers-color-scheme: dark) {{{}}}",
            variables(":root", &Look::Dark.theme().palette)
        ),
        format!("@media print {{{}}}", variables(":root", &Look::Paper.theme().palette)),
    ];
    let font = format!(
        "@font-face{{font-family:WattfolioSans;font-weight:400 600;src:url(data:font/ttf;base64,{}) format('truetype')}}",
        base64(FONT)
    );
    let policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; font-src data:";
    page.text = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n<title>{}</title>\n\
         <style>\n{font}\n{}\nbody{{font-family:{FAMILY}}}\n{STYLE}</style>\n</head>\n<body>\n\
         <header><b>wattfolio</b><span>{}, {date}</span></header>\n<main>\n",
        xml(&name),
        colours.concat(),
        xml(&name),
    );
    page.blocks(blocks, false);
    let footer = format!(
        "wattfolio {version} · scenario {hash} · seed {} · {date}. Not investment advice.",
        case.scenario.risk.seed
    );
    // Writing to a string cannot fail.
    write!(page.text, "</main>\n<footer>{footer}</footer>\n<script>\n{SCRIPT}</script>\n</body>\n</html>\n")
        .ok();
    page.text
}

/// The colours of a palette as variables.
fn variables(of: &str, palette: &Palette) -> String {
    let mut text = format!("{of}{{");
    let named = [
        ("app", palette.app),
        ("field", palette.field),
        ("line", palette.line),
        ("grid", palette.grid),
        ("text", palette.text),
        ("secondary", palette.text_secondary),
        ("muted", palette.text_muted),
    ];
    let mut add = |name: &str, colour: Color32| {
        let ([red, green, blue], _) = parts(colour);
        write!(text, "--{name}:#{red:02x}{green:02x}{blue:02x};").ok();
    };
    for (name, colour) in named {
        add(name, colour);
    }
    for (business, hue) in palette.businesses.iter() {
        add(business.id(), hue.mark);
        add(&format!("{}-text", business.id()), hue.text);
    }
    text.push_str("}\n");
    text
}

struct Page<'a> {
    input: &'a ReportInput,
    light: Studio<'a>,
    dark: Studio<'a>,
    /// Number of charts so far, which names their parts apart.
    charts: usize,
    text: String,
}

impl Page<'_> {
    fn add(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn blocks(&mut self, blocks: &[Block], is_column: bool) {
        for block in blocks {
            match block {
                Block::Heading(0, _) => {}
                Block::Heading(1, name) => self.add(&format!("<h1>{}</h1>\n", xml(name))),
                Block::Heading(_, name) => self.add(&format!("<h2>{}</h2>\n", xml(name))),
                Block::Words { style, text, .. } => {
                    let text = xml(text);
                    self.add(&match style {
                        Style::Verdict => format!("<h1 class=\"verdict\">{text}</h1>\n"),
                        Style::Lead => format!("<p class=\"lead\">{text}</p>\n"),
                        Style::Body => format!("<p>{text}</p>\n"),
                        Style::Note => format!("<p class=\"note\">{text}</p>\n"),
                    });
                }
                Block::Table(table) => self.table(table),
                Block::Chart(chart, words) => self.chart(*chart, words, is_column),
                Block::Callout { title, lines, .. } => {
                    self.add(&format!("<aside><h2>{}</h2>\n", xml(title)));
                    for line in lines {
                        self.add(&format!("<p>{}</p>\n", xml(line)));
                    }
                    self.add("</aside>\n");
                }
                Block::Columns(_, columns) => {
                    self.add("<div class=\"columns\">\n");
                    for column in columns {
                        self.add("<div>\n");
                        self.blocks(column, true);
                        self.add("</div>\n");
                    }
                    self.add("</div>\n");
                }
                Block::PageBreak => self.add("<hr>\n"),
            }
        }
    }

    fn table(&mut self, table: &Table) {
        if !table.title.is_empty() {
            self.add(&format!("<h2>{}</h2>\n", xml(&table.title)));
        }
        if !table.subtitle.is_empty() {
            self.add(&format!("<p class=\"note\">{}</p>\n", xml(&table.subtitle)));
        }
        if table.rows.is_empty() || table.columns.is_empty() {
            return;
        }
        // On a narrow screen a wide table scrolls alone, by keys as well.
        self.add("<div class=\"wide\" tabindex=\"0\"><table>\n");
        if table.columns.iter().any(|column| !column.title.is_empty()) {
            self.add("<thead><tr><td></td>");
            for column in &table.columns {
                let class = if column.is_words { " class=\"words\"" } else { "" };
                let title = named(column.business, &column.title);
                self.add(&format!("<th scope=\"col\"{class}>{title}</th>"));
            }
            self.add("</tr></thead>\n");
        }
        self.add("<tbody>\n");
        table.rows.iter().for_each(|row| self.row(row, table));
        self.add("</tbody></table></div>\n");
    }

    fn row(&mut self, row: &Row, table: &Table) {
        let label = named(row.business, &row.label);
        if row.is_heading {
            let span = table.columns.len() + 1;
            return self.add(&format!("<tr class=\"head\"><th colspan=\"{span}\">{label}</th></tr>\n"));
        }
        let strong = if row.is_strong { " class=\"strong\"" } else { "" };
        let note =
            if row.note.is_empty() { String::new() } else { format!("<small>{}</small>", xml(&row.note)) };
        self.add(&format!("<tr{strong}><th scope=\"row\">{label}{note}</th>"));
        for (cell, column) in row.cells.iter().zip(&table.columns) {
            self.add(&cell_element(cell, column.is_words, row.unit));
        }
        self.add("</tr>\n");
    }

    fn chart(&mut self, chart: Printed, words: &str, is_column: bool) {
        let width = WIDTHS[usize::from(is_column)];
        let scenes =
            [("light", self.light.scene(chart, (width, 0))), ("dark", self.dark.scene(chart, (width, 0)))];
        if scenes[0].1.items.is_empty() {
            return;
        }
        self.charts += 1;
        let plots = read_out(self.input, chart, &scenes[0].1);
        // Histograms and bars print their values beside them.
        if plots.is_empty() {
            self.add("<figure>\n");
        } else {
            let said = xml(&Value::Array(plots.clone()).to_string());
            self.add(&format!("<figure data-read-out=\"{said}\">\n"));
        }
        for (name, scene) in scenes {
            let [width, height] = [scene.size.x, scene.size.y].map(number);
            let body = body(&scene, &format!("{name}{}-", self.charts));
            self.add(&format!(
                "<svg class=\"{name}\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{}\">\n{body}</svg>\n",
                xml(words)
            ));
        }
        self.add(if plots.is_empty() { "</figure>\n" } else { "<output></output>\n</figure>\n" });
    }
}

/// A name with the glyph of its business.
fn named(business: Option<Business>, name: &str) -> String {
    let Some(business) = business else { return xml(name) };
    let (id, glyph) = (business.id(), theme::glyph(business));
    format!(
        "<span style=\"color:var(--{id})\">{glyph}</span> <span style=\"color:var(--{id}-text)\">{}</span>",
        xml(name)
    )
}

/// A cell; its full value stands in its tooltip.
fn cell_element(cell: &Cell, is_words: bool, unit: &str) -> String {
    let mut classes = Vec::new();
    classes.extend(is_words.then_some("words"));
    classes.extend(cell.is_strong.then_some("strong"));
    classes.extend(cell.is_muted.then_some("muted"));
    let class = if classes.is_empty() { String::new() } else { format!(" class=\"{}\"", classes.join(" ")) };
    let full = cell.value.map(|value| format!(" title=\"{}\"", xml(format!("{value} {unit}").trim_end())));
    let error = cell.error.as_ref().map(|(text, _)| format!(" <small>{}</small>", xml(text)));
    format!("<td{class}{}>{}{}</td>", full.unwrap_or_default(), xml(&cell.text), error.unwrap_or_default())
}

/// For each plot of a chart where its months begin and end, and what is read at each month.
fn read_out(input: &ReportInput, chart: Printed, scene: &Scene) -> Vec<Value> {
    let zero = Look::Paper.theme().palette.zero_line;
    let spans = scene.items.iter().filter_map(|item| match &item.mark {
        Mark::Path(path) if path.line == Some((BREAK_EVEN, zero)) => match path.steps.as_slice() {
            [Step::Move(from), Step::Line(to)] => Some((from.x, to.x)),
            _ => None,
        },
        _ => None,
    });
    spans
        .enumerate()
        .map(|(index, (from, to))| json!({ "from": from, "to": to, "months": months(input, chart, index) }))
        .collect()
}

/// What is read at each month in a plot of a chart.
fn months(input: &ReportInput, chart: Printed, plot: usize) -> Vec<String> {
    let case = &input.cases[0];
    let of = |business: Business| -> Option<Vec<String>> {
        if chart == Printed::PaidBack {
            let simulated = case.simulated.as_ref()?;
            let paybacks = simulated.simulation.business(business).ok()?.payback.as_ref().ok()?;
            let by = (0..paybacks.by_month.len()).map(|month| paybacks.paid_back_by(month));
            return Some(by.map(|share| format::probability(&share)).collect());
        }
        let evaluation = case.comparison.business(business).ok()?;
        let curve = evaluation.curve(Curve { discounted: false, with_end_proceeds: false });
        Some(curve.iter().map(|usd| format::short(*usd, Unit::Usd)).collect())
    };
    let shown: Vec<Business> = match chart {
        Printed::Payback => {
            case.comparison.evaluations().map(|one| one.business).skip(plot).take(1).collect()
        }
        Printed::Overlaid | Printed::PaidBack => Business::ALL.into(),
        Printed::CashFlow(business) => vec![business],
        Printed::Spread | Printed::Drivers => Vec::new(),
    };
    let values: Vec<(Business, Vec<String>)> =
        shown.into_iter().filter_map(|business| Some((business, of(business)?))).collect();
    let count = values.iter().map(|(_, values)| values.len()).max().unwrap_or(0);
    let line = |month: usize| {
        let parts = values
            .iter()
            .filter_map(|(business, values)| Some(format!("{} {}", business.word(), values.get(month)?)));
        let what = if chart == Printed::PaidBack { "paid back" } else { "cumulative cash" };
        let when = words::calendar(&case.scenario, month as f64);
        format!("Month {month} ({when}), {what}: {}", parts.collect::<Vec<_>>().join(", "))
    };
    (0..count).map(line).collect()
}
