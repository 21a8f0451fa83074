//! Where results go, and in which format: one place for every subcommand that prints.

use std::fmt;
use std::io::{self, BufWriter, IsTerminal as _, Stdout, Write};
use std::marker::PhantomData;
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValue, TypedValueParser};

use super::Failure;
use super::choice::one_of;
pub(super) use crate::export::Format;
use crate::export::Promise;
use crate::format;
use crate::store::{self, OutputFile};

/// Another name of a format that is taken.
const fn alias(format: Format) -> Option<&'static str> {
    match format {
        Format::Text => Some("table"),
        Format::Json | Format::Csv | Format::Parquet | Format::Ron | Format::Png => None,
    }
}

/// The format of a file among those that are offered, of which the first is the default.
fn decide(
    path: &Path,
    asked: Option<Format>,
    offered: &[Format],
    left_out: &[Format],
) -> Result<Format, Failure> {
    let name = path.display();
    let (promised, label) = match Promise::of(path) {
        Promise::Nothing => return Ok(asked.unwrap_or(offered[0])),
        Promise::Format(format) => (Some(format), format.label()),
        Promise::Foreign(label) => (None, label),
    };
    match (promised, asked) {
        (Some(format), None) if offered.contains(&format) => Ok(format),
        (Some(format), Some(asked)) if format == asked => Ok(format),
        (_, Some(asked)) => Err(Failure::new(format!(
            "{name} would be {label} by its name, but --format {} is asked for; name it {} or leave out --format",
            asked.id(),
            path.with_extension(asked.ending()).display(),
        ))),
        (Some(format), None) if left_out.contains(&format) => Err(Failure::new(not_built(format))),
        (_, None) => {
            let endings: Vec<String> = offered.iter().map(|format| format!(".{}", format.ending())).collect();
            Err(Failure::new(format!(
                "{name} would be {label} by its name, which is not written here; names can end in {}",
                endings.join(", ")
            )))
        }
    }
}

/// Why a format is not written that other builds of the program write.
fn not_built(format: Format) -> String {
    format!("this build writes no {}: it was built without the feature {}", format.label(), format.id())
}

/// A format that a subcommand offers for its results.
pub(super) struct Offer<W> {
    pub format: Format,
    /// What it holds, for the help.
    pub help: &'static str,
    /// Writes the results.
    pub write: fn(W, &mut Sink) -> Result<(), Failure>,
}

/// Results that can be written in some formats.
pub(super) trait Offers: Sized + 'static {
    /// The formats; the first is the default.
    const OFFERS: &'static [Offer<Self>];
    /// Formats that this build was made without.
    const LEFT_OUT: &'static [Format] = &[];
}

/// Arguments that say where results go and in which format.
#[derive(clap::Args)]
pub(super) struct Output<W: Offers> {
    /// How to write the results; the ending of --out decides if it is not given.
    #[arg(long, value_name = "FORMAT", value_parser = formats::<W>())]
    format: Option<Format>,
    /// Write to a file, or with - to standard output.
    #[arg(long, value_name = "FILE|-")]
    out: Option<PathBuf>,
    #[arg(skip)]
    results: PhantomData<fn() -> W>,
}

fn formats<W: Offers>() -> impl TypedValueParser<Value = Format> {
    let value = |offer: &Offer<W>| {
        let name = PossibleValue::new(offer.format.id()).help(offer.help).aliases(alias(offer.format));
        (name, offer.format)
    };
    // Known, so that the message can say why it is refused, but in no list.
    let left_out = W::LEFT_OUT.iter().map(|format| (PossibleValue::new(format.id()).hide(true), *format));
    let refuse = |format| if W::LEFT_OUT.contains(&format) { Err(not_built(format)) } else { Ok(format) };
    one_of(W::OFFERS.iter().map(value).chain(left_out).collect()).try_map(refuse)
}

impl<W: Offers> fmt::Debug for Output<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Output").field("format", &self.format).field("out", &self.out).finish_non_exhaustive()
    }
}

impl<W: Offers> Default for Output<W> {
    fn default() -> Self {
        Self { format: None, out: None, results: PhantomData }
    }
}

impl<W: Offers> Output<W> {
    /// Decides the format and prepares the place, before the work: what cannot be written is found at once.
    pub(super) fn open(&self) -> Result<Opened<W>, Failure> {
        let offered: Vec<Format> = W::OFFERS.iter().map(|offer| offer.format).collect();
        let (format, sink) = match self.out.as_deref().filter(|out| out.as_os_str() != "-") {
            None => {
                let format = self.format.unwrap_or(offered[0]);
                (format, Sink::standard(format)?)
            }
            Some(path) => (decide(path, self.format, &offered, W::LEFT_OUT)?, Sink::file(path)?),
        };
        // The parser takes none but those that are offered.
        let offer = W::OFFERS.iter().find(|offer| offer.format == format).unwrap_or(&W::OFFERS[0]);
        Ok(Opened { offer, sink })
    }
}

/// A place that waits for results.
pub(super) struct Opened<W: 'static> {
    offer: &'static Offer<W>,
    sink: Sink,
}

impl<W: 'static> Opened<W> {
    /// Where the results go.
    pub(super) const fn sink(&self) -> &Sink {
        &self.sink
    }

    /// Writes the results.
    pub(super) fn write(mut self, results: W) -> Result<(), Failure> {
        match (self.offer.write)(results, &mut self.sink) {
            Err(Failure::Unwritten(fault)) => Err(self.sink.fault(fault)),
            Err(failure) => Err(failure),
            Ok(()) => self.sink.finish(),
        }
    }
}

/// Where results go: a file, which appears whole at the end, or standard output.
pub(super) struct Sink(Way);

enum Way {
    Standard(BufWriter<Stdout>),
    File(BufWriter<OutputFile>),
}

impl Sink {
    /// Standard output, unless a terminal stands there that can make nothing of the format.
    pub(super) fn standard(format: Format) -> Result<Self, Failure> {
        if format.is_binary() && io::stdout().is_terminal() {
            let (label, ending) = (format.label(), format.ending());
            return Err(Failure::new(format!(
                "{label} is not for reading on a terminal; name a file with --out NAME.{ending}"
            )));
        }
        Ok(Self(Way::Standard(BufWriter::new(io::stdout()))))
    }

    fn file(path: &Path) -> Result<Self, Failure> {
        store::remove_unfinished_on_signals();
        Ok(Self(Way::File(BufWriter::new(OutputFile::create(path).map_err(Failure::new)?))))
    }

    /// Writes text for people; what acts on a terminal is written out.
    pub(super) fn text(&mut self, text: &str) -> Result<(), Failure> {
        Ok(self.write_all(format::visible(text).as_bytes())?)
    }

    /// Writes JSON that people can read.
    pub(super) fn json(&mut self, value: &serde_json::Value) -> Result<(), Failure> {
        let text = serde_json::to_string_pretty(value).map_err(Failure::new)? + "\n";
        Ok(self.write_all(format::visible_json(&text).as_bytes())?)
    }

    /// Whether nobody reads what is written to standard output any more, which a pipe tells before anything is written.
    pub(super) fn is_closed(&self) -> bool {
        match &self.0 {
            Way::Standard(out) => is_closed(out.get_ref()),
            Way::File(_) => false,
        }
    }

    /// What went wrong while writing, with the name of the place.
    pub(super) fn fault(&self, fault: io::Error) -> Failure {
        match &self.0 {
            _ if fault.kind() == io::ErrorKind::BrokenPipe => Failure::Closed,
            Way::Standard(_) => Failure::new(format!("standard output: {fault}")),
            Way::File(file) => Failure::new(file.get_ref().fault(fault)),
        }
    }

    /// Ends the output; a file appears at its place.
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

/// Where pipes cannot be asked, the first write finds out.
#[cfg(not(unix))]
fn is_closed(_: &Stdout) -> bool {
    false
}

/// Prints text for people to standard output.
pub(super) fn print(text: &str) -> Result<(), Failure> {
    let mut sink = Sink::standard(Format::Text)?;
    match sink.text(text) {
        Err(Failure::Unwritten(fault)) => Err(sink.fault(fault)),
        Err(failure) => Err(failure),
        Ok(()) => sink.finish(),
    }
}

/// Says something to the user beside the results. Nobody can be told if standard error is closed.
pub(super) fn say(message: &str) {
    writeln!(io::stderr(), "{}", format::visible_line(message)).ok();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_pipe_is_closed_once_its_reader_is_gone() {
        let (reader, writer) = io::pipe().expect("a pipe");
        assert!(!is_closed(&writer));
        drop(reader);
        assert!(is_closed(&writer));
        assert!(!is_closed(&std::fs::File::options().write(true).open("/dev/null").expect("a device")));
    }

    const OFFERED: [Format; 3] = [Format::Text, Format::Json, Format::Csv];

    fn decided(name: &str, asked: Option<Format>) -> Result<Format, String> {
        decide(Path::new(name), asked, &OFFERED, &[]).map_err(|failure| failure.to_string())
    }

    #[test]
    fn the_ending_decides_unless_a_format_is_asked_for() {
        assert_eq!(decided("x.json", None), Ok(Format::Json));
        assert_eq!(decided("x.CSV", None), Ok(Format::Csv));
        assert_eq!(decided("x.txt", None), Ok(Format::Text));
        assert_eq!(decided("x.json", Some(Format::Json)), Ok(Format::Json));
        for unknown in ["x", "x.dat", "json", ".json", "/dev/null", "x.json.part"] {
            assert_eq!(decided(unknown, None), Ok(Format::Text), "{unknown}");
            assert_eq!(decided(unknown, Some(Format::Csv)), Ok(Format::Csv), "{unknown}");
        }
    }

    #[test]
    fn a_name_that_promises_something_else_is_refused() {
        let refused = |name, asked| decided(name, asked).expect_err(name);
        let fault = refused("out/x.csv", Some(Format::Json));
        assert!(fault.contains("out/x.csv would be CSV") && fault.contains("name it out/x.json"), "{fault}");
        let fault = refused("x.parquet", None);
        assert!(fault.contains("would be Parquet") && fault.contains(".txt, .json, .csv"), "{fault}");
        let fault = refused("x.jpg", None);
        assert!(fault.contains("would be a JPEG picture"), "{fault}");
        assert!(refused("x.xlsx", Some(Format::Csv)).contains("name it x.csv"));
    }

    /// Results of a build without Parquet.
    struct Lean;

    impl Offers for Lean {
        const OFFERS: &'static [Offer<Self>] =
            &[Offer { format: Format::Text, help: "For people", write: |_, out| out.text("lean") }];
        const LEFT_OUT: &'static [Format] = &[Format::Parquet];
    }

    #[test]
    fn a_format_that_was_left_out_is_refused_with_the_reason_and_is_in_no_list() {
        let option = clap::Arg::new("format").long("format").value_parser(formats::<Lean>());
        let command = clap::Command::new("lean").arg(option);
        let read = |format: &str| command.clone().try_get_matches_from(["lean", "--format", format]);
        assert_eq!(read("text").expect("offered").get_one::<Format>("format"), Some(&Format::Text));
        let reason = "this build writes no Parquet: it was built without the feature parquet";
        let fault = read("parquet").expect_err("left out").to_string();
        assert!(fault.contains(reason), "{fault}");
        let fault = read("pdf").expect_err("unknown").to_string();
        assert!(fault.contains("text") && !fault.contains("parquet"), "{fault}");
        assert!(!command.clone().render_long_help().to_string().contains("parquet"));
        let decided = decide(Path::new("x.parquet"), None, &[Format::Text], Lean::LEFT_OUT);
        assert_eq!(decided.expect_err("left out").to_string(), reason);
    }
}
