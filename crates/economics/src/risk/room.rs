//! Memory of a run, allocated before the work begins: too little is an error, and never ends the process.

/// Reason for an unfinished run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfinished {
    /// The control ended it.
    #[error("the simulation was ended")]
    Ended,
    /// There is too little memory.
    #[error("the simulation needs {} MB of memory, which is not available; fewer paths need less", bytes.div_ceil(1_000_000))]
    NoMemory {
        /// Total memory needed, bytes.
        bytes: usize,
    },
}

/// Bytes that each thread needs besides the large vectors, for small ones that grow with the months.
const HEADROOM_OF_THREAD: usize = 8 << 20;
/// Bytes per path that each thread needs for quantiles: a mark, and its share of the candidate values.
const MARKS_OF_PATH: usize = 2;
/// Address space that glibc reserves at once for a thread: 64 MB, and as much again to align it.
const STRETCH: usize = 128 << 20;
/// More bytes than an allocator serves from memory that others have freed.
const FIRST_OF_THREAD: usize = 4 << 10;

/// Ensures a capacity of `count` elements; the content is lost if the vector must grow. `false` without the memory.
pub(super) fn make_room<T>(vector: &mut Vec<T>, count: usize) -> bool {
    if vector.capacity() >= count {
        return true;
    }
    // Freed first: old and new need not fit at once.
    *vector = Vec::new();
    vector.try_reserve_exact(count).is_ok()
}

/// Bytes that the threads of a pool need besides the large vectors.
pub(super) fn headroom(threads: usize, paths: usize) -> usize {
    threads.saturating_mul(HEADROOM_OF_THREAD.saturating_add(paths.saturating_mul(MARKS_OF_PATH)))
}

/// Whether the threads of the current pool have the memory of [`headroom`].
///
/// With limited address space, an allocator reserves a stretch for each thread at its first allocation, and one thread
/// could take the space of the others. Here each thread allocates before the rest is checked, and one more stretch must
/// fit: then there was enough at every allocation.
pub(super) fn have_headroom(paths: usize) -> bool {
    let bytes = headroom(rayon::current_num_threads(), paths).saturating_add(STRETCH);
    // Also checked before the broadcast, which itself needs a little memory.
    can_have(bytes)
        && rayon::broadcast(|_| can_have(FIRST_OF_THREAD)).into_iter().all(|has_room| has_room)
        && can_have(bytes)
}

fn can_have(bytes: usize) -> bool {
    make_room(std::hint::black_box(&mut Vec::<u8>::new()), bytes)
}
