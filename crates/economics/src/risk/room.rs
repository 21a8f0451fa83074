//! Memory of a run, had before the work begins: what cannot be had is refused in words, and never ends the process.

/// Why a run came to no end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfinished {
    /// The control ended it.
    #[error("the simulation was ended")]
    Ended,
    /// The memory that it needs cannot be had.
    #[error("the simulation needs {} MB of memory, which is not available; fewer paths need less", bytes.div_ceil(1_000_000))]
    NoMemory {
        /// What it needs in all, bytes.
        bytes: usize,
    },
}

/// Room beside the large vectors that each thread needs: small ones that grow with the months.
const HEADROOM_OF_THREAD: usize = 8 << 20;
/// Bytes that each thread needs of a path to find quantiles: a mark, and its share of the values that are looked at.
const MARKS_OF_PATH: usize = 2;
/// Addresses that glibc takes at once for a thread: 64 MB, and as much again to align them.
const STRETCH: usize = 128 << 20;
/// More than an allocator serves from what others have given back.
const FIRST_OF_THREAD: usize = 4 << 10;

/// Makes room for so many elements in a vector, whose content is lost if it must grow; `false` if they cannot be had.
pub(super) fn make_room<T>(vector: &mut Vec<T>, count: usize) -> bool {
    if vector.capacity() >= count {
        return true;
    }
    // Old and new need not fit beside each other.
    *vector = Vec::new();
    vector.try_reserve_exact(count).is_ok()
}

/// Bytes that the threads of a pool need beside the large vectors.
pub(super) fn headroom(threads: usize, paths: usize) -> usize {
    threads.saturating_mul(HEADROOM_OF_THREAD.saturating_add(paths.saturating_mul(MARKS_OF_PATH)))
}

/// Whether the threads of the pool in which it is called have that room.
///
/// Where addresses are limited, an allocator gives each thread a stretch of them when it first asks for memory, and
/// one thread could so take what the others need. Here each asks before the rest is looked at, and there must be
/// enough for one more stretch: then there was enough whenever a thread asked.
pub(super) fn have_headroom(paths: usize) -> bool {
    let bytes = headroom(rayon::current_num_threads(), paths).saturating_add(STRETCH);
    // Before they ask as well: what asks them needs a little itself.
    can_have(bytes)
        && rayon::broadcast(|_| can_have(FIRST_OF_THREAD)).into_iter().all(|has_room| has_room)
        && can_have(bytes)
}

fn can_have(bytes: usize) -> bool {
    make_room(std::hint::black_box(&mut Vec::<u8>::new()), bytes)
}
