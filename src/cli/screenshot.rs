//! `wattfolio screenshot`

use std::path::{Path, PathBuf};

use wattfolio_economics::business::Business;
use wattfolio_economics::kernel::Basis;

use super::Failure;
use super::choice::{Shown, choice};
use super::output::{Format, Sink, print};
use super::source::Source;
use crate::app::{self, Action, CashFlowView, Command, Dialog, Options, Page, Picture, Subject};
use crate::format::visible_line;
use crate::report::{self, PngFile};
use crate::store;

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
    #[arg(long, value_parser = choice::<Business>(), default_value = Business::Leasing.id())]
    business: Business,
    /// Whose flows are counted.
    #[arg(long, value_parser = choice::<Basis>(), default_value = Basis::ProjectBeforeTax.id())]
    basis: Basis,
    /// Explain a figure in a dialog: `leasing.npv_usd`, or with --month a line of the ledger.
    #[arg(long, value_name = "BUSINESS.FIGURE")]
    explain: Option<String>,
    /// The month of the line that is explained.
    #[arg(long, requires = "explain")]
    month: Option<usize>,
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
    #[arg(long, default_value_t = 2.0, value_parser = scale)]
    scale: f32,
}

fn size(text: &str) -> Result<(f32, f32), String> {
    let fault = || "write it as 1600x1000, each side 320 to 8000 points".to_owned();
    let (width, height) = text.split_once(['x', 'X', '×']).ok_or_else(fault)?;
    let side = |text: &str| {
        let side: f32 = text.trim().parse().map_err(|_fault: std::num::ParseFloatError| fault())?;
        if (320.0..=8000.0).contains(&side) { Ok(side) } else { Err(fault()) }
    };
    Ok((side(width)?, side(height)?))
}

fn scale(text: &str) -> Result<f32, String> {
    let scale: f32 = text.parse().map_err(|fault: std::num::ParseFloatError| fault.to_string())?;
    if (0.5..=4.0).contains(&scale) { Ok(scale) } else { Err("0.5 to 4 pixels per point".to_owned()) }
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let (preset, file, scenario) = args.source.load()?;
    let valid = scenario.clone().validate().map_err(Failure::new)?;
    let subject = args.explain.as_deref().map(|text| {
        let comparison = wattfolio_economics::results::compare_on(&valid, args.basis);
        Subject::parse(text, args.month).and_then(|subject| subject.settled(&comparison))
    });
    let subject = subject.transpose().map_err(Failure::new)?;
    let size = egui::vec2(args.size.0, args.size.1);
    let picture = Picture { size, scale: args.scale, theme: args.theme };
    picture.check().map_err(|fault| Failure::new(format!("{fault} (--scale, --size)")))?;
    let place = Place::prepare(&args.out)?;
    let options = Options { preset: Some((preset, file)), scenario: Some(scenario), ..Options::default() };
    let image =
        app::draw_picture(options, &picture, |app| prepare(app, args, subject)).map_err(Failure::new)?;
    match place {
        Place::Standard(mut sink) => {
            let written = report::encode_png(&image, &mut sink);
            written.map_err(|fault| {
                report::io_fault(fault).map_or_else(Failure::new, |fault| sink.fault(fault))
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

/// Where the picture goes.
enum Place {
    Standard(Sink),
    File(PngFile),
}

impl Place {
    fn prepare(out: &Path) -> Result<Self, Failure> {
        if out.as_os_str() == "-" {
            return Sink::standard(Format::Png).map(Self::Standard);
        }
        store::remove_unfinished_on_signals();
        PngFile::create(out).map(Self::File).map_err(Failure::new)
    }
}

/// Asks the app for the page.
fn prepare(app: &app::App, args: &Args, subject: Option<Subject>) {
    let run = |command| app.request(Action::Run(command));
    run(match args.theme {
        egui::Theme::Dark => Command::ThemeDark,
        egui::Theme::Light => Command::ThemeLight,
    });
    if args.colour_blind {
        run(Command::ToggleColourBlind);
    }
    run(Command::for_basis(args.basis));
    run(match args.page {
        Shown::Page(page) => Command::for_page(page),
        Shown::Gallery => Command::OpenGallery,
    });
    app.request(Action::SetCashFlow(CashFlowView { business: args.business, ..CashFlowView::default() }));
    if let Some(subject) = subject {
        app.request(Action::ShowDialog(Some(Dialog::Explain { subject, trail: Vec::new() })));
    }
}
