//! Background jobs: reading files and the system's file dialogs, on threads of their own so that no frame
//! waits.

use std::io;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use super::simulation::Simulate;
use crate::export::Format;
use crate::report::{ReportFormat, reader};
use crate::state::{self, Example, Finished, Purpose};
use crate::store::{self, Placed, PresetView, Source};
use crate::view;

/// Starts jobs and collects their results.
#[derive(Debug)]
pub struct Jobs {
    sender: Sender<Finished>,
    receiver: Receiver<Finished>,
    /// True while a file dialog is open; a second one would confuse.
    is_picking: bool,
    /// True if the system's file dialogs may be used; false in tests and for pictures.
    has_system_dialogs: bool,
    /// True if files are read on a thread; tests and pictures read them within the frame.
    is_in_background: bool,
    /// Threads that write results to files.
    exports: Vec<JoinHandle<()>>,
}

impl Jobs {
    /// The jobs of an app; without system dialogs only typed paths are used.
    pub fn new(has_system_dialogs: bool, work: Simulate) -> Self {
        let (sender, receiver) = channel();
        let is_in_background = work == Simulate::InBackground;
        let exports = Vec::new();
        Self { sender, receiver, is_picking: false, has_system_dialogs, is_in_background, exports }
    }

    /// Reads a file: one on a slow disk must not hold up the window.
    pub fn open(&self, ctx: &egui::Context, path: PathBuf) {
        self.start("open a file", ctx, move || {
            if reader::is_report_name(&path) {
                let inside = reader::load(&path).map(|inside| [inside.preset, inside.baseline]);
                return Finished::OpenedReport(Box::new(inside));
            }
            Finished::Opened(Box::new(store::open(&path)))
        });
    }

    /// Reads a file whose scenarios are added to those of the document.
    pub fn open_into(&self, ctx: &egui::Context, path: PathBuf) {
        self.start("open a file", ctx, move || Finished::OpenedInto(Box::new(store::open(&path))));
    }

    /// Reads a file or a report whose scenario is a further site.
    pub fn open_site(&self, ctx: &egui::Context, path: PathBuf) {
        self.start("open a file", ctx, move || {
            let opened = if reader::is_report_name(&path) {
                reader::load(&path).map(|inside| inside.preset)
            } else {
                store::load(&path).map(|opened| opened.preset).map_err(|fault| fault.to_string())
            };
            Finished::OpenedSite(Box::new(opened))
        });
    }

    /// Reads several files, one after the other, so that their scenarios keep the order of the files.
    pub fn open_together(&self, ctx: &egui::Context, paths: Vec<PathBuf>) {
        self.run_all("open files", ctx, move |answer| {
            for (index, path) in paths.iter().enumerate() {
                let opened = Box::new(store::open(&store::existing(path)));
                if index > 0 {
                    answer(Finished::OpenedInto(opened));
                    continue;
                }
                // Without the first there is no document that the others would belong to.
                let has_failed = opened.is_err();
                answer(Finished::Opened(opened));
                if has_failed {
                    return;
                }
            }
        });
    }

    /// Compares a file with its content when it was read.
    pub fn look(&self, ctx: &egui::Context, source: Source) {
        self.start("look at a file", ctx, move || {
            let on_disk = state::look(&source);
            Finished::Looked(Box::new(source), on_disk)
        });
    }

    /// Largest number of jobs that are started together: on threads one at a time, so that they do not slow the window
    /// down; within a frame all of them, so that a picture shows every answer.
    pub const fn at_once(&self) -> usize {
        if self.is_in_background { 1 } else { usize::MAX }
    }

    /// Simulates a worked example.
    pub fn simulate_example(&self, ctx: &egui::Context, index: usize, view: PresetView) {
        self.start("simulate an example", ctx, move || {
            let example = Example::new(&store::bundled()[index].preset, view);
            Finished::ExampleSimulated(index, Box::new(example))
        });
    }

    /// Makes results and writes them to a file: some take longer than a frame.
    pub fn export(
        &mut self,
        ctx: &egui::Context,
        path: PathBuf,
        write: impl FnOnce() -> Result<Placed, String> + Send + 'static,
    ) {
        self.exports.retain(|export| !export.is_finished());
        let place = path.clone();
        match self.run("export results", ctx, move || Finished::Exported(place, write())) {
            Ok(thread) => self.exports.extend(thread),
            Err(fault) => {
                let fault = format!("{}: no thread to write it: {fault}", path.display());
                // This very value has the other end.
                self.sender.send(Finished::Exported(path, Err(fault))).ok();
            }
        }
    }

    /// Waits for files that are being written, so that what was asked for is there when the program has ended.
    pub fn finish_exports(&mut self) {
        for export in std::mem::take(&mut self.exports) {
            // Whoever panicked has said so.
            export.join().ok();
        }
    }

    /// Does a job that nobody waits for.
    fn start(&self, name: &str, ctx: &egui::Context, job: impl FnOnce() -> Finished + Send + 'static) {
        if let Err(fault) = self.run(name, ctx, job) {
            log::warn!("no thread to {name}: {fault}");
        }
    }

    /// Does a job beside the frame, or in it; the thread, if there is one.
    ///
    /// # Errors
    /// If no thread can be had; then the job is not done.
    fn run(
        &self,
        name: &str,
        ctx: &egui::Context,
        job: impl FnOnce() -> Finished + Send + 'static,
    ) -> io::Result<Option<JoinHandle<()>>> {
        let (sender, ctx) = (self.sender.clone(), ctx.clone());
        let work = move || {
            // A closed window has dropped the receiver, and needs no result.
            sender.send(job()).ok();
            ctx.request_repaint();
        };
        if !self.is_in_background {
            work();
            return Ok(None);
        }
        std::thread::Builder::new().name(name.to_owned()).spawn(work).map(Some)
    }

    /// Does a job that has several results, each shown as it comes.
    pub fn run_all(
        &self,
        name: &str,
        ctx: &egui::Context,
        job: impl FnOnce(&(dyn Fn(Finished) + Sync)) + Send + 'static,
    ) {
        let (sender, ctx) = (self.sender.clone(), ctx.clone());
        let work = move || {
            job(&move |finished| {
                // A closed window has dropped the receiver, and needs no result.
                sender.send(finished).ok();
                ctx.request_repaint();
            });
        };
        if !self.is_in_background {
            return work();
        }
        if let Err(fault) = std::thread::Builder::new().name(name.to_owned()).spawn(work) {
            log::warn!("no thread to {name}: {fault}");
        }
    }

    /// Channel for the results of other jobs.
    pub fn sender(&self) -> Sender<Finished> {
        self.sender.clone()
    }

    /// True if the system's file dialog can be opened now.
    pub fn can_browse(&self) -> bool {
        self.has_system_dialogs && !self.is_picking
    }

    /// Opens the system's file dialog; its answer wakes the window.
    ///
    /// The dialog is created on the thread of the window, which some systems require; a thread of its own
    /// waits for it.
    pub fn browse(&mut self, ctx: &egui::Context, purpose: Purpose, suggested: &str) {
        if !self.can_browse() {
            return;
        }
        self.is_picking = true;
        let dialog = rfd::AsyncFileDialog::new();
        let (sender, ctx) = (self.sender.clone(), ctx.clone());
        let wait = move |picked: Option<rfd::FileHandle>| {
            let path = picked.map(|file| file.path().to_owned());
            // A closed window has dropped the receiver, and needs no result.
            sender.send(Finished::Picked(purpose, path)).ok();
            ctx.request_repaint();
        };
        let work: Box<dyn FnOnce() + Send> = match purpose {
            Purpose::Open(_) => {
                let picked = dialog
                    .set_title("Open a preset or a report")
                    .add_filter("wattfolio preset or report", &["ron", "pdf"])
                    .pick_file();
                Box::new(move || wait(pollster::block_on(picked)))
            }
            Purpose::SavePreset => {
                let dialog = dialog.set_title("Save the preset").add_filter("ron", &["ron"]);
                let picked = dialog.set_file_name(suggested).save_file();
                Box::new(move || wait(pollster::block_on(picked)))
            }
            Purpose::SavePicture => {
                let dialog = dialog.set_title("Save the picture").add_filter("png", &["png"]);
                let picked = dialog.set_file_name(suggested).save_file();
                Box::new(move || wait(pollster::block_on(picked)))
            }
            Purpose::Report => {
                let dialog = dialog.set_title("Write the report");
                let dialog = ReportFormat::built()
                    .fold(dialog, |dialog, format| dialog.add_filter(format.label(), &[format.ending()]));
                let picked = dialog.set_file_name(suggested).save_file();
                Box::new(move || wait(pollster::block_on(picked)))
            }
            Purpose::Export(what) => {
                let titled = dialog.set_title(format!("Export the {}", what.word()));
                // Which ending is chosen decides the format, so that all are shown at first.
                let offers = view::export_offers(what);
                let formats = || offers.iter().map(|offer| &offer.exporter.format);
                let endings: Vec<&str> = formats().map(Format::ending).collect();
                let dialog = formats().fold(titled.add_filter("results", &endings), |dialog, format| {
                    dialog.add_filter(format.label, &[format.ending()])
                });
                let picked = dialog.set_file_name(suggested).save_file();
                Box::new(move || wait(pollster::block_on(picked)))
            }
        };
        let started = std::thread::Builder::new().name("file dialog".to_owned()).spawn(work);
        if let Err(fault) = started {
            log::warn!("no thread for the file dialog: {fault}");
            self.is_picking = false;
        }
    }

    /// Takes the jobs finished since the last call.
    pub fn take(&mut self) -> Vec<Finished> {
        let finished: Vec<Finished> = self.receiver.try_iter().collect();
        let has_picked = finished.iter().any(|finished| matches!(finished, Finished::Picked(..)));
        self.is_picking &= !has_picked;
        finished
    }
}
