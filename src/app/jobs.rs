//! Background jobs: reading files and the system's file dialogs, on threads of their own so that no frame
//! waits.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};

use super::simulation::Simulate;
use crate::state::{self, Finished, Purpose};
use crate::store::{self, Source};

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
}

impl Jobs {
    /// The jobs of an app; without system dialogs only typed paths are used.
    pub fn new(has_system_dialogs: bool, work: Simulate) -> Self {
        let (sender, receiver) = channel();
        let is_in_background = work == Simulate::InBackground;
        Self { sender, receiver, is_picking: false, has_system_dialogs, is_in_background }
    }

    /// Reads a file: one on a slow disk must not hold up the window.
    pub fn open(&self, ctx: &egui::Context, path: PathBuf) {
        self.run("open a file", ctx, move || Finished::Opened(Box::new(store::open(&path))));
    }

    /// Compares a file with its content when it was read.
    pub fn look(&self, ctx: &egui::Context, source: Source) {
        self.run("look at a file", ctx, move || {
            let on_disk = state::look(&source);
            Finished::Looked(Box::new(source), on_disk)
        });
    }

    fn run(&self, name: &str, ctx: &egui::Context, job: impl FnOnce() -> Finished + Send + 'static) {
        let (sender, ctx) = (self.sender.clone(), ctx.clone());
        let work = move || {
            // A closed window has dropped the receiver, and needs no result.
            sender.send(job()).ok();
            ctx.request_repaint();
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
            Purpose::Open => {
                let picked =
                    dialog.set_title("Open a preset").add_filter("wattfolio preset", &["ron"]).pick_file();
                Box::new(move || wait(pollster::block_on(picked)))
            }
            Purpose::SavePreset | Purpose::SavePicture => {
                let extension = if purpose == Purpose::SavePreset { "ron" } else { "png" };
                let picked = dialog
                    .set_title(if purpose == Purpose::SavePreset {
                        "Save the preset"
                    } else {
                        "Save the picture"
                    })
                    .add_filter(extension, &[extension])
                    .set_file_name(suggested)
                    .save_file();
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
