//! Runs many paths of any model on all cores, and finds the quantiles of every month.
//!
//! Paths are computed eight at a time; tiles of them are handed to threads. A block of months is computed for all paths
//! before its quantiles are taken, so that exact order statistics need the memory of one block only, and a million
//! paths fit. A path depends only on its number, so any number of threads gives the same bits.

mod buckets;
pub(super) mod lanes;
pub(super) mod quantile;
pub(super) mod random;
mod results;
mod tier;

use std::any::Any;

use fearless_simd::{Level, Simd, SimdBase, f64x8};
use rayon::prelude::*;

use self::lanes::LANES;
use self::results::{FINISHED_AT_ONCE, collect_results};
use super::control::{Control, NoThreads};
use super::room::{Unfinished, have_headroom, headroom, make_room};
use crate::number::within;

pub use self::quantile::quantiles;
#[cfg(feature = "engine")]
pub use self::random::Generators;
pub(super) use self::tier::on_tier;

/// Paths of a tile, the unit of work of a thread; their months stay in the second-level cache.
pub const TILE: usize = 64;
/// Vectors in a tile.
const GROUPS: usize = TILE / LANES;
/// Maximum number of values in a block of months: 32 MB.
const BLOCK_NUMBERS: usize = 4_000_000;

/// Maximum number of result vectors kept for later runs.
const MOST_SPARE: usize = 24;

/// Simulated model: a state per path, a monthly step, and the results of each path.
pub trait Model: Sync {
    /// State of eight paths between two months.
    type State<S: Simd>: Copy + Send + Sync + 'static;
    /// Buffer for the months of a group, reused for the next group.
    type Scratch<S: Simd>;
    /// Number of series whose quantiles are taken in every month.
    const SERIES: usize;
    /// Number of results of each path.
    const RESULTS: usize;

    /// Last month.
    fn horizon(&self) -> usize;
    /// Vectors of memory per group of paths besides the state, for values from many months back.
    fn memory(&self) -> usize {
        0
    }
    /// Whether series `series` is computed.
    fn computes(&self, _series: usize) -> bool {
        true
    }
    /// Buffer for the months of a group.
    fn scratch<S: Simd>(&self, simd: S) -> Self::Scratch<S>;
    /// The state before month 0 of a group of paths.
    fn start<S: Simd>(&self, simd: S, first_path: usize) -> Self::State<S>;
    /// Computes the months of a span and writes every series.
    fn months<S: Simd>(
        &self,
        simd: S,
        state: &mut Self::State<S>,
        room: (&mut [f64x8<S>], &mut Self::Scratch<S>),
        span: &mut Span<'_>,
    );
    /// Writes the results of the paths.
    fn finish<S: Simd>(&self, state: &Self::State<S>, results: &mut [f64x8<S>]);
}

/// Range of months of eight neighbouring paths, and the buffer of their series.
///
/// A model runs its own short loops over a span: draws, markets, then each business. The processor then works on
/// several months at once.
#[derive(Debug)]
pub struct Span<'a> {
    /// First path.
    pub first_path: usize,
    /// First month.
    pub from: usize,
    /// Month after the last one.
    pub until: usize,
    months_of_block: usize,
    from_of_tile: usize,
    numbers: &'a mut [f64],
}

impl Span<'_> {
    /// Writes the values of a series in month `t`.
    #[inline(always)]
    pub fn put<S: Simd>(&mut self, series: usize, t: usize, values: f64x8<S>) {
        let row = (series * self.months_of_block + t - self.from) * TILE + self.from_of_tile;
        values.store_slice(&mut self.numbers[row..row + LANES]);
    }
}

/// Result of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Output {
    /// Quantiles by series, month `0..=T` and probability, flat.
    pub quantiles: Vec<f64>,
    /// Results by result, then path.
    pub results: Vec<Vec<f64>>,
}

/// Threads and memory, kept from run to run: a later run of the same size allocates nothing but what it returns.
#[derive(Debug)]
pub struct Workspace {
    pool: Option<rayon::ThreadPool>,
    /// States of all paths; their type depends on the model and the instruction set.
    states: Option<Box<dyn Any + Send + Sync>>,
    memory: Option<Box<dyn Any + Send + Sync>>,
    block: Vec<f64>,
    tile_results: Vec<f64>,
    /// Result vectors that callers have given back.
    spare: Vec<Vec<f64>>,
    level: Level,
}

impl Workspace {
    /// A workspace with `threads` threads; 0 uses all cores.
    ///
    /// # Errors
    /// If the system gives no threads.
    pub fn new(threads: usize) -> Result<Self, NoThreads> {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .thread_name(|index| format!("simulation {index}"))
            .build()
            .map_err(|source| NoThreads { source })?;
        Ok(Self {
            pool: Some(pool),
            states: None,
            memory: None,
            block: Vec::new(),
            tile_results: Vec::new(),
            spare: Vec::new(),
            level: Level::new(),
        })
    }

    /// Takes back a result vector, so that a later run need not allocate one.
    pub fn give_back(&mut self, spent: Vec<f64>) {
        // A run never takes more.
        if spent.capacity() > 0 && self.spare.len() < MOST_SPARE {
            self.spare.push(spent);
        }
    }

    /// Number of threads.
    pub(in crate::risk) fn threads(&self) -> usize {
        self.pool.as_ref().map_or(1, rayon::ThreadPool::current_num_threads)
    }

    /// The instruction set.
    pub(in crate::risk) fn level(&self) -> Level {
        self.level
    }

    /// Runs work on the threads of the workspace.
    pub(in crate::risk) fn install<R: Send>(&mut self, work: impl FnOnce(Level) -> R + Send) -> Option<R> {
        let level = self.level;
        self.pool.as_ref().map(|pool| pool.install(|| work(level)))
    }

    /// Simulates `paths` paths and finds the quantiles at `probabilities`, ascending; without any, no quantiles.
    ///
    /// # Errors
    /// If the control ended the run, or there is too little memory, which is checked before the work.
    pub fn run<M: Model>(
        &mut self,
        model: &M,
        paths: usize,
        probabilities: &[f64],
        control: &dyn Control,
    ) -> Result<Output, Unfinished> {
        let level = self.level;
        let pool = self.pool.take();
        let output = match &pool {
            Some(pool) => pool.install(
                || on_tier!(level, simd => run_blocks(simd, self, model, paths, probabilities, control)),
            ),
            None => Err(Unfinished::Ended),
        };
        self.pool = pool;
        output
    }

    /// Frees the memory kept for later runs.
    pub fn release(&mut self) {
        (self.states, self.memory) = (None, None);
        (self.block, self.tile_results, self.spare) = (Vec::new(), Vec::new(), Vec::new());
    }
}

/// The kept vector of a type, or a new one.
fn reuse<T: Copy + Send + Sync + 'static>(kept: &mut Option<Box<dyn Any + Send + Sync>>) -> Vec<T> {
    let taken = kept.take().and_then(|any| any.downcast::<Vec<T>>().ok());
    taken.map_or_else(Vec::new, |vector| *vector)
}

/// Months of a block, so that its values fit in [`BLOCK_NUMBERS`].
fn months_of_block(paths: usize, series: usize, months: usize) -> usize {
    within(BLOCK_NUMBERS / (paths * series).max(1), 1, months)
}

#[inline(always)]
fn run_blocks<S: Simd, M: Model>(
    simd: S,
    workspace: &mut Workspace,
    model: &M,
    paths: usize,
    probabilities: &[f64],
    control: &dyn Control,
) -> Result<Output, Unfinished> {
    let months = model.horizon() + 1;
    let tiles = paths.div_ceil(TILE);
    let per_block = months_of_block(paths, M::SERIES, months);
    let Room { mut states, mut memory, mut results } = Room::<S, M>::new(workspace, model, paths, per_block)?;
    memory.clear();
    memory.resize(tiles * GROUPS * model.memory().max(1), f64x8::splat(simd, 0.0));
    let mut quantiles = vec![0.0; M::SERIES * months * probabilities.len()];
    let mut from = 0;
    let mut goes_on = control.proceed(0.0);
    while goes_on && from < months {
        let until = (from + per_block).min(months);
        let block = Block { from, until, paths, tiles };
        if from == 0 {
            // A placeholder: each group sets its own state in its first block.
            states.resize(tiles * GROUPS, model.start(simd, 0));
        }
        block.simulate(simd, model, &mut states, &mut memory, &mut workspace.block);
        block.quantiles(model, &workspace.block, probabilities, months, &mut quantiles);
        from = until;
        goes_on = control.proceed(from as f64 / months as f64);
    }
    let is_finished = from == months;
    if is_finished {
        collect_results(simd, model, &states, &mut results, paths, &mut workspace.tile_results);
    }
    workspace.states = Some(Box::new(states));
    workspace.memory = Some(Box::new(memory));
    if is_finished { Ok(Output { quantiles, results }) } else { Err(Unfinished::Ended) }
}

/// Vectors for all paths; their content is left over from an earlier run.
struct Room<S: Simd, M: Model> {
    states: Vec<M::State<S>>,
    memory: Vec<f64x8<S>>,
    results: Vec<Vec<f64>>,
}

impl<S: Simd, M: Model> Room<S, M> {
    /// Allocates the vectors of a run, reusing those of the workspace where large enough, and checks that memory
    /// remains for small allocations.
    fn new(
        workspace: &mut Workspace,
        model: &M,
        paths: usize,
        months_of_block: usize,
    ) -> Result<Self, Unfinished> {
        let groups = paths.div_ceil(TILE) * GROUPS;
        let memory_count = groups * model.memory().max(1);
        let block_count = groups * LANES * M::SERIES * months_of_block;
        let tile_count = groups.min(FINISHED_AT_ONCE) * M::RESULTS * LANES;
        let rest = headroom(rayon::current_num_threads(), paths);
        let numbers = (block_count + tile_count + M::RESULTS * paths) * size_of::<f64>();
        let vectors = groups * size_of::<M::State<S>>() + memory_count * size_of::<f64x8<S>>();
        let no_memory = Unfinished::NoMemory { bytes: numbers + vectors + rest };

        let mut states = reuse(&mut workspace.states);
        let mut memory = reuse(&mut workspace.memory);
        let mut results: Vec<Vec<f64>> =
            (0..M::RESULTS).map(|_| workspace.spare.pop().unwrap_or_default()).collect();
        let has_room = make_room(&mut states, groups)
            && make_room(&mut memory, memory_count)
            && make_room(&mut workspace.block, block_count)
            && make_room(&mut workspace.tile_results, tile_count)
            && results.iter_mut().all(|result| make_room(result, paths))
            && have_headroom(paths);
        if has_room {
            return Ok(Self { states, memory, results });
        }
        // A partial allocation is of no use, and others may need the memory.
        workspace.release();
        Err(no_memory)
    }
}

/// A block of months of all paths.
struct Block {
    from: usize,
    until: usize,
    paths: usize,
    tiles: usize,
}

/// State and buffers of one tile of paths.
struct Tile<'a, S: Simd, M: Model> {
    first_path: usize,
    states: &'a mut [M::State<S>],
    memory: &'a mut [f64x8<S>],
    numbers: &'a mut [f64],
}

impl Block {
    fn months(&self) -> usize {
        self.until - self.from
    }

    /// Computes the block; `numbers` is by tile, series, month, then path.
    #[inline(always)]
    fn simulate<S: Simd, M: Model>(
        &self,
        simd: S,
        model: &M,
        states: &mut [M::State<S>],
        memory: &mut [f64x8<S>],
        numbers: &mut Vec<f64>,
    ) {
        let tile_numbers = M::SERIES * self.months() * TILE;
        numbers.resize(self.tiles * tile_numbers, 0.0);
        let memory_of_tile = GROUPS * model.memory().max(1);
        numbers[..self.tiles * tile_numbers]
            .par_chunks_mut(tile_numbers)
            .zip(states.par_chunks_mut(GROUPS))
            .zip(memory.par_chunks_mut(memory_of_tile))
            .enumerate()
            .for_each(|(tile, ((numbers, states), memory))| {
                let tile = Tile { first_path: tile * TILE, states, memory, numbers };
                simd.vectorize(
                    #[inline(always)]
                    || self.simulate_tile(simd, model, tile),
                );
            });
    }

    #[inline(always)]
    fn simulate_tile<S: Simd, M: Model>(&self, simd: S, model: &M, tile: Tile<'_, S, M>) {
        let Tile { first_path, states, memory, numbers } = tile;
        let memories = memory.chunks_mut(model.memory().max(1));
        let mut scratch = model.scratch(simd);
        for (group, (state, memory)) in states.iter_mut().zip(memories).enumerate() {
            let from_of_tile = group * LANES;
            let mut span = Span {
                first_path: first_path + from_of_tile,
                from: self.from,
                until: self.until,
                months_of_block: self.months(),
                from_of_tile,
                numbers,
            };
            if self.from == 0 {
                *state = model.start(simd, span.first_path);
            }
            model.months(simd, state, (memory, &mut scratch), &mut span);
        }
    }

    /// Quantiles of every series and month of the block.
    fn quantiles<M: Model>(
        &self,
        model: &M,
        numbers: &[f64],
        probabilities: &[f64],
        months: usize,
        out: &mut [f64],
    ) {
        if probabilities.is_empty() {
            return;
        }
        let tile_numbers = M::SERIES * self.months() * TILE;
        let rows = out.par_chunks_mut(probabilities.len()).enumerate();
        let of_block = rows.filter(|(row, _)| {
            (self.from..self.until).contains(&(row % months)) && model.computes(row / months)
        });
        of_block.for_each(|(row, out)| {
            let index = row / months * self.months() + row % months - self.from;
            let segment = |tile: usize| {
                let from = tile * tile_numbers + index * TILE;
                &numbers[from..from + TILE.min(self.paths - tile * TILE)]
            };
            quantiles(&(0..self.tiles).map(segment), self.paths, probabilities, out);
        });
    }
}
