//! Destination and format of results, for every subcommand that prints.

use std::fmt;
use std::io::{self, BufWriter, IsTerminal as _, Stdout, Write};
use std::marker::PhantomData;
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValue, TypedValueParser};
use wattfolio_economics::risk::Control;

use super::Failure;
use super::choice::one_of;
use crate::export::{
    ExportError, Exported, Exporter, Format, Offer, Promise, TEXT, left_out, offer_for, offers,
};
use crate::format;
use crate::store::{self, OutputFile};

/// Chooses among the offered formats by `--format` and file ending; the first is the default.
fn decide(
    path: &Path,
    asked: Option<&'static Exporter>,
    offered: &[Offer],
    left_out: &[&'static Exporter],
) -> Result<&'static Exporter, Failure> {
    let (promised, label) = match Promise::of(path) {
        Promise::Nothing => return Ok(asked.unwrap_or(offered[0].exporter)),
        Promise::Format(format) => (Some(format), format.label),
        Promise::Foreign(label) => (None, label),
    };
    let Some(asked) = asked else {
        if let Some(exporter) = left_out.iter().find(|exporter| promised == Some(&exporter.format)) {
            return Err(Failure::new(exporter.not_built()));
        }
        return Ok(offer_for(path, offered).map_err(Failure::new)?.exporter);
    };
    if promised == Some(&asked.format) {
        return Ok(asked);
    }
    Err(Failure::new(format!(
        "{} would be {label} by its name, but --format {} is asked for; name it {} or leave out --format",
        path.display(),
        asked.format.id,
        path.with_extension(asked.format.ending()).display(),
    )))
}

/// Arguments for destination and format of results.
#[derive(clap::Args)]
pub(super) struct Output<E: Exported + 'static> {
    /// Format of the results; by default the ending of --out decides.
    #[arg(long, value_name = "FORMAT", value_parser = formats::<E>())]
    format: Option<&'static Exporter>,
    /// Write to a file, or with - to standard output.
    #[arg(long, value_name = "FILE|-")]
    out: Option<PathBuf>,
    #[arg(skip)]
    results: PhantomData<fn() -> E>,
}

fn formats<E: Exported>() -> impl TypedValueParser<Value = &'static Exporter> {
    let value = |(index, offer): (usize, Offer)| {
        let default = if index == 0 { " (default)" } else { "" };
        let format = &offer.exporter.format;
        let name = PossibleValue::new(format.id).help(format!("{}{default}", offer.help));
        (name.aliases(format.aliases), offer.exporter)
    };
    // Accepted by the parser, so that the message can name the reason, but hidden from the help.
    let hidden = |exporter: &'static Exporter| (PossibleValue::new(exporter.format.id).hide(true), exporter);
    let known = offers::<E>().into_iter().enumerate().map(value).chain(left_out::<E>().map(hidden));
    let refuse = |exporter: &'static Exporter| match exporter.write {
        Some(_) => Ok(exporter),
        None => Err(exporter.not_built()),
    };
    one_of(known.collect()).try_map(refuse)
}

impl<E: Exported> fmt::Debug for Output<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Output").field("format", &self.format).field("out", &self.out).finish_non_exhaustive()
    }
}

impl<E: Exported> Default for Output<E> {
    fn default() -> Self {
        Self { format: None, out: None, results: PhantomData }
    }
}

impl<E: Exported> Output<E> {
    /// The file of `--out`, for a command that writes something else to it.
    pub(super) fn file(&self) -> Option<&Path> {
        self.out.as_deref()
    }

    /// The same format on standard output.
    pub(super) fn printed(&self) -> Self {
        Self { format: self.format, out: None, results: PhantomData }
    }

    /// Chooses the format and opens the destination before any work, so that a bad path fails at once.
    pub(super) fn open(&self) -> Result<Opened, Failure> {
        let offered = offers::<E>();
        let (exporter, sink) = match self.out.as_deref().filter(|out| out.as_os_str() != "-") {
            None => {
                let exporter = self.format.unwrap_or(offered[0].exporter);
                (exporter, Sink::standard(&exporter.format)?)
            }
            Some(path) => (
                decide(path, self.format, &offered, &left_out::<E>().collect::<Vec<_>>())?,
                Sink::file(path)?,
            ),
        };
        Ok(Opened { exporter, sink })
    }
}

/// An open destination with its format.
pub(super) struct Opened {
    exporter: &'static Exporter,
    sink: Sink,
}

impl Opened {
    /// Control that cancels the work once the reader has closed standard output.
    pub(super) const fn while_read(&self) -> WhileRead {
        WhileRead { is_standard: matches!(self.sink.0, Way::Standard(_)) }
    }

    /// Writes the results.
    pub(super) fn write(mut self, results: &mut dyn Exported) -> Result<(), Failure> {
        match self.exporter.export(results, &mut self.sink) {
            Err(ExportError::Unwritten(fault)) => Err(self.sink.fault(fault)),
            Err(fault) => Err(fault.into()),
            Ok(()) => self.sink.finish(),
        }
    }
}

/// Ends work once nobody reads standard output any more, which a pipe shows before anything is written to it.
#[derive(Clone, Copy, Debug)]
pub(super) struct WhileRead {
    /// True if the results go to standard output.
    is_standard: bool,
}

impl Control for WhileRead {
    fn proceed(&self, _: f64) -> bool {
        !(self.is_standard && is_closed(&io::stdout()))
    }
}

/// Destination of results: a file, which appears atomically at the end, or standard output.
pub(super) struct Sink(Way);

enum Way {
    Standard(BufWriter<Stdout>),
    File(BufWriter<OutputFile>),
}

impl Sink {
    /// Standard output; refuses a binary format on a terminal.
    pub(super) fn standard(format: &Format) -> Result<Self, Failure> {
        if format.is_binary && io::stdout().is_terminal() {
            let (label, ending) = (format.label, format.ending());
            return Err(Failure::new(format!(
                "{label} is not for reading on a terminal; name a file with --out NAME.{ending}"
            )));
        }
        Ok(Self(Way::Standard(BufWriter::new(io::stdout()))))
    }

    pub(super) fn file(path: &Path) -> Result<Self, Failure> {
        store::remove_unfinished_on_signals();
        Ok(Self(Way::File(BufWriter::new(OutputFile::create(path).map_err(Failure::new)?))))
    }

    /// Failure for a write error, with the name of the destination.
    pub(super) fn fault(&self, fault: io::Error) -> Failure {
        match &self.0 {
            _ if fault.kind() == io::ErrorKind::BrokenPipe => Failure::Closed,
            Way::Standard(_) => Failure::new(format!("standard output: {fault}")),
            Way::File(file) => Failure::new(file.get_ref().fault(fault)),
        }
    }

    /// Completes the output and moves a file to its place.
    pub(super) fn finish(mut self) -> Result<(), Failure> {
        if let Err(fault) = self.flush() {
            return Err(self.fault(fault));
        }
        match self.0 {
            Way::Standard(_) => Ok(()),
            Way::File(file) => match file.into_inner() {
                Ok(file) => file.finish().map(drop).map_err(Failure::new),
                Err(fault) => Err(Failure::new(fault.error())),
            },
        }
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.0 {
            Way::Standard(out) => out.write(bytes),
            Way::File(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.0 {
            Way::Standard(out) => out.flush(),
            Way::File(file) => file.flush(),
        }
    }
}

#[cfg(unix)]
fn is_closed(out: &impl std::os::fd::AsFd) -> bool {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    let mut watched = [PollFd::new(out, PollFlags::empty())];
    let at_once = Timespec { tv_sec: 0, tv_nsec: 0 };
    poll(&mut watched, Some(&at_once)).is_ok() && watched[0].revents().contains(PollFlags::ERR)
}

/// Other systems cannot poll a pipe; there the first write fails.
#[cfg(not(unix))]
fn is_closed(_: &Stdout) -> bool {
    false
}

/// Prints human-readable text to standard output, control characters escaped.
pub(super) fn print(text: &str) -> Result<(), Failure> {
    let mut sink = Sink::standard(&TEXT.format)?;
    match sink.write_all(format::visible(text).as_bytes()) {
        Err(fault) => Err(sink.fault(fault)),
        Ok(()) => sink.finish(),
    }
}

/// Says something to the user beside the results. If standard error is closed, nobody reads it.
pub(super) fn say(message: &str) {
    writeln!(io::stderr(), "{}", format::visible_line(message)).ok();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::{BundledPresets, JSON};

    #[cfg(unix)]
    #[test]
    fn a_pipe_is_closed_once_its_reader_is_gone() {
        let (reader, writer) = io::pipe().expect("a pipe");
        assert!(!is_closed(&writer));
        drop(reader);
        assert!(is_closed(&writer));
        assert!(!is_closed(&std::fs::File::options().write(true).open("/dev/null").expect("a device")));
    }

    fn decided(name: &str, asked: Option<&'static Exporter>) -> Result<&'static str, String> {
        let decided = decide(Path::new(name), asked, &offers::<BundledPresets>(), &[]);
        decided.map(|exporter| exporter.format.id).map_err(|failure| failure.to_string())
    }

    #[test]
    fn the_ending_decides_unless_a_format_is_asked_for() {
        assert_eq!(decided("x.json", None), Ok("json"));
        assert_eq!(decided("x.JSON", None), Ok("json"));
        assert_eq!(decided("x.txt", None), Ok("text"));
        assert_eq!(decided("x.json", Some(&JSON)), Ok("json"));
        for unknown in ["x", "x.dat", "json", ".json", "/dev/null", "x.json.part"] {
            assert_eq!(decided(unknown, None), Ok("text"), "{unknown}");
            assert_eq!(decided(unknown, Some(&JSON)), Ok("json"), "{unknown}");
        }
    }

    #[test]
    fn a_name_that_promises_something_else_is_refused() {
        let refused = |name, asked| decided(name, asked).expect_err(name);
        let fault = refused("out/x.csv", Some(&JSON));
        assert!(fault.contains("out/x.csv would be CSV") && fault.contains("name it out/x.json"), "{fault}");
        let fault = refused("x.parquet", None);
        assert!(fault.contains("would be Parquet") && fault.contains("can end in .txt, .json"), "{fault}");
        let fault = refused("x.jpg", None);
        assert!(fault.contains("would be a JPEG picture"), "{fault}");
        assert!(refused("x.xlsx", Some(&JSON)).contains("name it x.json"));
    }

    static LEFT_OUT: Exporter = Exporter {
        format: Format { id: "wax", aliases: &[], label: "Wax", endings: &["wax"], is_binary: true },
        needs: crate::export::Shape::Table,
        write: None,
    };

    #[test]
    fn a_format_that_was_left_out_is_refused_with_the_reason() {
        let reason = "this build writes no Wax: it was built without the feature wax";
        assert_eq!(LEFT_OUT.not_built(), reason);
        let fault = LEFT_OUT
            .export(&mut BundledPresets::default(), &mut Vec::new())
            .expect_err("left out")
            .to_string();
        assert!(fault.contains(reason), "{fault}");
    }
}
