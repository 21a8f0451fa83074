//! `wattfolio screenshot`

use std::num::ParseFloatError;
use std::path::{Path, PathBuf};

use wattfolio_economics::business::Business;

use super::Failure;
use super::choice::{Shown, choice};
use super::explain::Moment;
use super::output::{Sink, print, say};
use super::source::Source;
use super::viewed::Viewed;
use crate::app::{self, Options, Picture};
use crate::export::{self, PngFile};
use crate::format::visible_line;
use crate::state::{Action, CashFlowView, Command, Dialog, Page};
use crate::store::{self, Letter, Preset};
use crate::theme::Fallback;
use wattfolio_economics::explain::Subject;

/// Arguments of the command.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: wattfolio screenshot --page cash-flow --theme light --out cash-flow.png")]
pub(super) struct Args {
    #[command(flatten)]
    source: Source,
    /// The picture to write, or - for standard output.
    #[arg(long, value_name = "FILE.png|-")]
    out: PathBuf,
    /// The page to show.
    #[arg(long, value_parser = choice::<Shown>(), default_value = Page::Compare.id())]
    page: Shown,
    /// The business of the cash-flow page.
    #[arg(long, value_parser = choice::<Business>(), default_value = CashFlowView::default().business.id())]
    business: Business,
    /// A second scenario of the file on the pages cash-flow and risk, by its letter or name.
    #[arg(long, value_name = "LETTER|NAME")]
    beside: Option<String>,
    #[command(flatten)]
    viewed: Viewed,
    /// Explain a figure in a dialog: `leasing.npv_usd`, or with --month or --year a line of the ledger.
    #[arg(long, value_name = "BUSINESS.FIGURE")]
    explain: Option<String>,
    #[command(flatten)]
    moment: Moment,
    /// Dark or light.
    #[arg(long, value_parser = choice::<egui::Theme>(), default_value = "dark")]
    theme: egui::Theme,
    /// Colours for colour-blind eyes.
    #[arg(long)]
    colour_blind: bool,
    /// Size of the window in points.
    #[arg(long, value_name = "WxH", default_value = "1600x1000", value_parser = size)]
    size: (f32, f32),
    /// Pixels per point.
    #[arg(long, default_value_t = 2.0, value_parser = scale, allow_negative_numbers = true)]
    scale: f32,
    /// Size of everything in the window.
    #[arg(long, default_value = "100%", value_parser = zoom, allow_hyphen_values = true)]
    zoom: f32,
    /// A font for letters that no bundled font has; takes precedence over system fonts.
    #[arg(long, value_name = "FILE")]
    font: Option<PathBuf>,
}

/// Largest font file that is read, bytes. Collections for Chinese, Japanese and Korean have about 120 MB.
const MOST_FONT_BYTES: u64 = 256 << 20;

fn size(text: &str) -> Result<(f32, f32), String> {
    let fault = || "write it as 1600x1000, each side 320 to 8000 points".to_owned();
    let (width, height) = text.split_once(['x', 'X', '×']).ok_or_else(fault)?;
    let side = |text: &str| {
        let side: f32 = text.trim().parse().map_err(|_fault: ParseFloatError| fault())?;
        if (320.0..=8000.0).contains(&side) { Ok(side) } else { Err(fault()) }
    };
    Ok((side(width)?, side(height)?))
}

fn scale(text: &str) -> Result<f32, String> {
    let fault = || "0.5 to 4 pixels per point".to_owned();
    let scale: f32 = text.parse().map_err(|_fault: ParseFloatError| fault())?;
    if (0.5..=4.0).contains(&scale) { Ok(scale) } else { Err(fault()) }
}

fn zoom(text: &str) -> Result<f32, String> {
    let fault = || "50% to 300%, or 0.5 to 3".to_owned();
    let number = |text: &str| text.trim().parse().map_err(|_fault: ParseFloatError| fault());
    // No percentage that is allowed is as small as a factor.
    let factor: f32 = match text.strip_suffix('%') {
        Some(percent) => number(percent)? / 100.0,
        None => match number(text)? {
            percent if percent > 3.0 => percent / 100.0,
            factor => factor,
        },
    };
    if (0.5..=3.0).contains(&factor) { Ok(factor) } else { Err(fault()) }
}

/// Fonts for letters that no bundled font has.
fn fallback(font: Option<&Path>) -> Result<Fallback, Failure> {
    let Some(path) = font else { return Ok(Fallback::system()) };
    let bytes = store::read_bytes(path, MOST_FONT_BYTES).map_err(Failure::new)?;
    let no_font = || {
        let name = path.display().to_string();
        Failure::new(format!("{} is no font; TrueType and OpenType files are", visible_line(&name)))
    };
    Fallback::system().with_font(bytes).ok_or_else(no_font)
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    if args.explain.is_none() && args.moment.when().is_some() {
        return Err(Failure::new(
            "--month and --year say what of --explain is meant; give --explain".to_owned(),
        ));
    }
    let (preset, file, scenario) = args.source.load()?;
    let beside = args.beside.as_deref().map(|text| second(&preset, args.page, text)).transpose()?;
    // What an older file cannot keep stands on standard error; in a picture it would cover the page.
    let file = file.map(|file| store::Source { older: None, ..file });
    let basis = args.viewed.of(preset.view).basis;
    let subject = args.explain.as_deref().map(|text| {
        let comparison = wattfolio_economics::results::compare_on(&scenario, basis);
        Subject::parse(text, args.moment.when(), &comparison)
    });
    let subject = subject.transpose().map_err(Failure::new)?;
    let size = egui::vec2(args.size.0, args.size.1);
    let picture = Picture { size, scale: args.scale, zoom: args.zoom, theme: args.theme };
    picture.check().map_err(|fault| Failure::new(format!("{fault} (--scale, --size)")))?;
    let place = Place::prepare(&args.out)?;
    let fallback = fallback(args.font.as_deref())?;
    let options = Options {
        preset: Some((preset, file)),
        scenario: Some(scenario),
        fallback: fallback.clone(),
        ..Options::default()
    };
    let image = app::draw_picture(options, &picture, |app| prepare(app, args, (subject, beside)))
        .map_err(Failure::new)?;
    if let Some(words) = fallback.missing_words() {
        say(&format!("wattfolio: {words}; --font names a font that has them"));
    }
    match place {
        Place::Standard(mut sink) => {
            let written = export::encode_png(&image, &mut sink);
            written.map_err(|fault| {
                export::io_fault(fault).map_or_else(Failure::new, |fault| sink.fault(fault))
            })?;
            sink.finish()
        }
        Place::File(file) => {
            file.write(&image).map_err(Failure::new)?;
            let name = args.out.display().to_string();
            print(&format!("{} ({}×{} pixels)\n", visible_line(&name), image.size[0], image.size[1]))
        }
    }
}

/// Destination of the picture.
enum Place {
    Standard(Sink),
    File(PngFile),
}

impl Place {
    fn prepare(out: &Path) -> Result<Self, Failure> {
        if out.as_os_str() == "-" {
            return Sink::standard(&export::PNG).map(Self::Standard);
        }
        store::remove_unfinished_on_signals();
        PngFile::create(out).map(Self::File).map_err(Failure::new)
    }
}

/// The scenario of `--beside`.
fn second(preset: &Preset, page: Shown, text: &str) -> Result<Letter, Failure> {
    if !matches!(page, Shown::Page(Page::CashFlow | Page::Risk)) {
        return Err(Failure::new("--beside is for --page cash-flow and --page risk"));
    }
    let all = preset.listed();
    let mut others = all.iter().filter(|one| !one.is_current).map(|one| &one.label);
    let found = others.clone().find(|label| label.letter.to_string() == text);
    if let Some(label) = found.or_else(|| others.find(|label| label.name == text)) {
        return Ok(label.letter);
    }
    let known: Vec<String> = all
        .iter()
        .filter(|one| !one.is_current)
        .map(|one| format!("{} {}", one.label.letter, visible_line(&one.label.name)))
        .collect();
    let known = if known.is_empty() { "only one".to_owned() } else { known.join(", ") };
    Err(Failure::new(format!(
        "--beside {}: the file has no such other scenario; there are {known}",
        visible_line(text)
    )))
}

/// Opens the page, and the explanation if one is requested.
fn prepare(app: &app::App, args: &Args, (subject, beside): (Option<Subject>, Option<Letter>)) {
    let run = |command| app.request(Action::Run(command));
    run(match args.theme {
        egui::Theme::Dark => Command::ThemeDark,
        egui::Theme::Light => Command::ThemeLight,
    });
    if args.colour_blind {
        run(Command::ToggleColourBlind);
    }
    if let Some(basis) = args.viewed.basis {
        run(Command::for_basis(basis));
    }
    if let Some(criterion) = args.viewed.criterion {
        run(Command::for_criterion(criterion));
    }
    if let Some(factors) = args.viewed.factors {
        run(Command::for_factors(factors));
    }
    run(match args.page {
        Shown::Page(page) => Command::Page(page),
        Shown::Gallery => Command::OpenGallery,
    });
    app.request(Action::SetBeside(beside));
    app.request(Action::SetCashFlow(CashFlowView { business: args.business, ..CashFlowView::default() }));
    if let Some(subject) = subject {
        app.request(Action::ShowDialog(Some(Dialog::Explain { subject, trail: Vec::new() })));
    }
}
