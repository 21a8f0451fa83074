//! Work beside the window of which only the newest request counts: a newer one ends the work on an older one.

use std::fmt::Debug;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use wattfolio_economics::risk::{Control, Simulator};

use super::App;
use super::simulation::Simulate;
use crate::state::Finished;

/// Minimum interval between progress repaints.
pub(super) const REPAINT_EVERY: Duration = Duration::from_millis(100);

/// Which request counts, and how far the work on it is; shared by the window and a thread.
#[derive(Debug, Default)]
pub(super) struct Newest {
    /// Revision of the newest request; work on any other ends.
    wanted: AtomicU64,
    /// Revision of the request whose work ended last.
    ended: AtomicU64,
    /// Progress in thousandths.
    done: AtomicU32,
}

impl Newest {
    /// Revision of a new request, which supersedes all before.
    pub(super) fn supersede(&self) -> u64 {
        self.done.store(0, Ordering::Release);
        self.wanted.fetch_add(1, Ordering::AcqRel) + 1
    }

    /// True if no newer request has come, and the work was not cancelled.
    pub(super) fn is_wanted(&self, revision: u64) -> bool {
        self.wanted.load(Ordering::Acquire) == revision
    }

    /// Completed share of the work, 0 to 1.
    pub(super) fn done(&self) -> f32 {
        self.done.load(Ordering::Acquire) as f32 / 1000.0
    }
}

/// Ends superseded work, and requests repaints that show its progress.
pub(super) struct Watch<'a> {
    newest: &'a Newest,
    revision: u64,
    started: Instant,
    /// The window; `None` if the work is done in its frame.
    ctx: Option<&'a egui::Context>,
}

impl<'a> Watch<'a> {
    /// Waits until inputs have rested, so that of a drag only the last step is answered; `false` if another request has come.
    pub(super) fn rest(&self, time: Duration) -> bool {
        if self.ctx.is_some() {
            std::thread::sleep(time);
        }
        self.newest.is_wanted(self.revision)
    }

    pub(super) fn new(newest: &'a Newest, revision: u64, ctx: Option<&'a egui::Context>) -> Self {
        Self { newest, revision, started: Instant::now(), ctx }
    }
}

impl Control for Watch<'_> {
    fn proceed(&self, done: f64) -> bool {
        if !self.newest.is_wanted(self.revision) {
            return false;
        }
        self.newest.done.store((done * 1000.0) as u32, Ordering::Release);
        // Short work needs no progress repaints.
        if let Some(ctx) = self.ctx.filter(|_| self.started.elapsed() > REPAINT_EVERY) {
            ctx.request_repaint_after(REPAINT_EVERY);
        }
        true
    }
}

/// Where answers go; each wakes the window.
#[derive(Clone, Debug)]
pub(super) struct Answers {
    sender: Sender<Finished>,
    /// The window; `None` if the work is done in its frame.
    ctx: Option<egui::Context>,
}

impl Answers {
    pub(super) fn send(&self, finished: Finished) {
        // A closed window has dropped the receiver, and needs no result.
        self.sender.send(finished).ok();
        if let Some(ctx) = &self.ctx {
            ctx.request_repaint();
        }
    }
}

/// What is done beside the window, and what it keeps between requests.
pub(super) trait Work: Default {
    /// Name of the thread.
    const NAME: &'static str;
    /// A question, which is the key of its answer.
    type Request: Clone + Debug + Send + 'static;

    /// True if two requests have the same answer.
    fn is_same(known: &Self::Request, asked: &Self::Request) -> bool;

    /// Answers a request; one whose watch has ended it needs no answer.
    fn answer(&mut self, request: Self::Request, watch: &Watch<'_>, answers: &Answers);
}

/// A simulator that is made when it is first needed, on the thread that needs it.
#[derive(Debug, Default)]
pub(super) struct OwnSimulator(Option<Simulator>);

impl OwnSimulator {
    /// The simulator; `None` if the system gives no threads for one, which is logged.
    pub(super) fn get(&mut self) -> Option<&mut Simulator> {
        if self.0.is_none() {
            match Simulator::new(0) {
                Ok(simulator) => self.0 = Some(simulator),
                Err(fault) => log::warn!("no simulation: {fault}"),
            }
        }
        self.0.as_mut()
    }
}

/// Work on a thread of its own, or in the frame.
#[derive(Debug)]
pub(super) struct Background<W: Work> {
    newest: Arc<Newest>,
    /// Requests to the thread; `None` if the work is done in the frame.
    requests: Option<Sender<(u64, W::Request)>>,
    at_once: W,
    answers: Answers,
    asked: Option<W::Request>,
    /// Revision of the request that the thread works on.
    running: Option<u64>,
}

impl<W: Work> Background<W> {
    pub(super) fn new(ctx: &egui::Context, mode: Simulate, sender: Sender<Finished>) -> Self {
        let newest = Arc::new(Newest::default());
        let requests = (mode == Simulate::InBackground)
            .then(|| {
                let answers = Answers { sender: sender.clone(), ctx: Some(ctx.clone()) };
                start::<W>(ctx.clone(), Arc::clone(&newest), answers)
            })
            .flatten();
        let answers = Answers { sender, ctx: None };
        Self { newest, requests, at_once: W::default(), answers, asked: None, running: None }
    }

    /// What was asked for last.
    pub(super) const fn asked(&self) -> Option<&W::Request> {
        self.asked.as_ref()
    }

    /// Ends what runs, whose answer nobody waits for any more.
    pub(super) fn forget(&mut self) {
        self.cancel();
        self.asked = None;
    }

    /// True if a request has another answer than the last one.
    pub(super) fn is_new(&self, request: &W::Request) -> bool {
        self.asked.as_ref().is_none_or(|known| !W::is_same(known, request))
    }

    /// Requests an answer, unless the last request has the same.
    pub(super) fn ask(&mut self, request: W::Request) {
        if self.is_new(&request) {
            self.ask_anew(request);
        }
    }

    /// Requests an answer, also one that was requested before.
    pub(super) fn ask_anew(&mut self, request: W::Request) {
        self.asked = Some(request.clone());
        let revision = self.newest.supersede();
        match &self.requests {
            Some(requests) => {
                self.running = requests.send((revision, request)).is_ok().then_some(revision);
            }
            None => self.at_once.answer(request, &Watch::new(&self.newest, revision, None), &self.answers),
        }
    }

    /// Ends what runs, and what was found stays; true if there was something.
    pub(super) fn cancel(&mut self) -> bool {
        let was_running = self.progress().is_some();
        self.newest.supersede();
        self.running = None;
        was_running
    }

    /// Completed share of the work; `None` if there is none.
    pub(super) fn progress(&self) -> Option<f32> {
        let running = self.running?;
        (self.newest.ended.load(Ordering::Acquire) < running).then(|| self.newest.done())
    }
}

impl<W: Work> Drop for Background<W> {
    fn drop(&mut self) {
        // The work would otherwise continue without a receiver.
        self.newest.supersede();
    }
}

impl App {
    /// Shows how far the work beside the window is.
    pub(super) fn show_progress(&mut self) {
        let state = &mut self.state;
        state.risk.progress = self.simulations.progress();
        state.history.progress = self.histories.progress();
        state.mix.progress = self.mixing.progress();
        state.sites.progress = self.adding.progress();
        state.moved_figure.progress = self.moved_figures.progress();
    }
}

/// Starts the thread; it ends when the request channel is closed.
fn start<W: Work>(
    ctx: egui::Context,
    newest: Arc<Newest>,
    answers: Answers,
) -> Option<Sender<(u64, W::Request)>> {
    let (sender, requests) = channel();
    let work = move || serve::<W>(&ctx, &newest, &requests, &answers);
    match std::thread::Builder::new().name(W::NAME.to_owned()).spawn(work) {
        Ok(_) => Some(sender),
        Err(fault) => {
            log::warn!("no thread “{}”, its work is done in the frame: {fault}", W::NAME);
            None
        }
    }
}

fn serve<W: Work>(
    ctx: &egui::Context,
    newest: &Newest,
    requests: &Receiver<(u64, W::Request)>,
    answers: &Answers,
) {
    let mut work = W::default();
    while let Ok(request) = requests.recv() {
        // Older requests are superseded.
        let (revision, request) = requests.try_iter().last().unwrap_or(request);
        work.answer(request, &Watch::new(newest, revision, Some(ctx)), answers);
        newest.ended.store(revision, Ordering::Release);
        ctx.request_repaint();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Counts up to a number, as long as it is wanted.
    #[derive(Debug, Default)]
    struct Counting;

    impl Work for Counting {
        const NAME: &'static str = "counting";
        type Request = u64;

        fn is_same(known: &u64, asked: &u64) -> bool {
            known == asked
        }

        fn answer(&mut self, request: u64, watch: &Watch<'_>, answers: &Answers) {
            for step in 0..request {
                if !watch.proceed(step as f64 / request as f64) {
                    return;
                }
                std::thread::sleep(Duration::from_millis(1));
            }
            answers.send(Finished::MarketProblem(request.to_string()));
        }
    }

    /// Longer than any test waits.
    const ENDLESS: u64 = 10_000_000;

    fn counting(mode: Simulate) -> (Background<Counting>, Receiver<Finished>) {
        let (sender, answers) = channel();
        (Background::new(&egui::Context::default(), mode, sender), answers)
    }

    fn text(answers: &Receiver<Finished>) -> String {
        match answers.recv_timeout(Duration::from_mins(2)).expect("an answer") {
            Finished::MarketProblem(text) => text,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_newer_request_ends_an_older_one_and_the_same_is_not_asked_twice() {
        let (mut background, answers) = counting(Simulate::InBackground);
        background.ask(ENDLESS);
        assert!(background.progress().is_some());
        assert!(!background.is_new(&ENDLESS) && background.is_new(&3));
        background.ask(3);
        assert_eq!(text(&answers), "3");
        while background.progress().is_some() {
            std::thread::yield_now();
        }
        background.ask(3);
        assert!(background.progress().is_none() && answers.try_recv().is_err());
        background.ask_anew(3);
        assert_eq!(text(&answers), "3");
    }

    #[test]
    fn cancelled_work_ends_and_leaves_the_thread_free() {
        let (mut background, answers) = counting(Simulate::InBackground);
        background.ask(ENDLESS);
        assert!(background.cancel() && background.progress().is_none());
        assert!(!background.cancel(), "nothing runs any more");
        background.ask(1);
        assert_eq!(text(&answers), "1");
        assert!(answers.try_recv().is_err());
    }

    #[test]
    fn in_the_frame_the_answer_is_there_at_once() {
        let (mut background, answers) = counting(Simulate::AtOnce);
        background.ask(2);
        assert!(background.progress().is_none() && !background.cancel());
        match answers.try_recv() {
            Ok(Finished::MarketProblem(text)) => assert_eq!(text, "2"),
            other => panic!("{other:?}"),
        }
    }
}
