//! Whether a run of the program opens a socket for the internet: every system call of every thread is looked at.

use std::fs::File;
use std::io::Read as _;
use std::process::{Command, Stdio};

use nix::sys::ptrace::{self, Options};
use nix::sys::signal::{Signal, kill};
use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};
use nix::unistd::Pid;

/// Number of the system call `socket`, and the families of the internet.
const SOCKET: u64 = 41;
const INTERNET: [u64; 2] = [2, 10];

/// What a run did.
#[derive(Debug)]
pub struct Traced {
    /// Whether it asked the system for a socket of the internet.
    pub has_internet_socket: bool,
    pub code: Option<i32>,
    pub output: String,
}

/// Runs a command under the eyes of this thread.
pub fn traced(program: &str, arguments: &[&str], change: impl FnOnce(&mut Command)) -> Traced {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("output");
    // The shell stops itself, so that nothing happens before it is watched.
    let mut command = Command::new("/bin/sh");
    command.args(["-c", "kill -STOP $$; exec \"$0\" \"$@\"", program]).args(arguments);
    change(&mut command);
    let file = File::create(&path).unwrap();
    command.stdin(Stdio::null()).stdout(file.try_clone().unwrap()).stderr(file);
    let mut child = command.spawn().unwrap();
    let main = Pid::from_raw(child.id() as i32);
    // Children of other threads are none of ours.
    let flags = WaitPidFlag::__WNOTHREAD | WaitPidFlag::__WALL | WaitPidFlag::WUNTRACED;
    assert!(matches!(waitpid(main, Some(flags)), Ok(WaitStatus::Stopped(_, Signal::SIGSTOP))));
    let options = Options::PTRACE_O_TRACESYSGOOD
        | Options::PTRACE_O_TRACECLONE
        | Options::PTRACE_O_TRACEFORK
        | Options::PTRACE_O_TRACEVFORK
        | Options::PTRACE_O_TRACEEXEC
        | Options::PTRACE_O_EXITKILL;
    ptrace::seize(main, options).expect("a process may watch its own children");
    kill(main, Signal::SIGCONT).unwrap();
    let (mut has_internet_socket, mut code, mut calls) = (false, None, 0_u64);
    while let Ok(status) = waitpid(Pid::from_raw(-1), Some(flags)) {
        match status {
            WaitStatus::PtraceSyscall(pid) => {
                calls += 1;
                if let Ok(registers) = ptrace::getregs(pid) {
                    has_internet_socket |= registers.orig_rax == SOCKET && INTERNET.contains(&registers.rdi);
                }
                ptrace::syscall(pid, None).ok();
            }
            WaitStatus::PtraceEvent(pid, ..) | WaitStatus::Stopped(pid, Signal::SIGTRAP) => {
                ptrace::syscall(pid, None).ok();
            }
            WaitStatus::Stopped(pid, signal) => drop(ptrace::syscall(pid, signal)),
            WaitStatus::Exited(pid, own) if pid == main => {
                code = Some(own);
                break;
            }
            WaitStatus::Signaled(pid, ..) if pid == main => break,
            _ => {}
        }
    }
    // Its end was seen above; this only forgets it.
    child.wait().ok();
    assert!(calls > 100, "only {calls} system calls were seen");
    let mut output = String::new();
    File::open(&path).unwrap().read_to_string(&mut output).unwrap();
    Traced { has_internet_socket, code, output }
}
