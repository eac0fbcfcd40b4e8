//! A paper is read by this program once more, in a process of its own: `yinfeng attachment-text`. A file may make a
//! reader panic, overflow its stack, go on for ever or swell; there it harms nobody, and it is told from a fault of ours.

use super::formats;
use super::model::{LONGEST, PaperText, TextState};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

/// The command's name.
pub const COMMAND: &str = "attachment-text";

/// So long one paper is read.
pub const TIME: Duration = Duration::from_secs(20);
/// How often somebody who waits looks whether to go on.
const LOOK: Duration = Duration::from_millis(50);
/// Bytes that the process may answer: the longest text, each character of it written with an escape.
const ANSWER: u64 = 8 * LONGEST as u64;
/// Bytes of a paper that are read.
pub const LARGEST: u64 = 100 * 1024 * 1024;

/// What a paper says. `None` when it was time to stop before it was read.
///
/// # Errors
/// When the process cannot be started, or somebody else killed it: that is no fault of the paper.
pub fn read(
    program: &Path,
    media_type: &str,
    mut paper: File,
    time: Duration,
    stopping: &dyn Fn() -> bool,
) -> io::Result<Option<PaperText>> {
    paper.seek(SeekFrom::Start(0))?;
    let mut command = Command::new(program);
    // It needs nothing that is set, least of all the key.
    command.env_clear().args([COMMAND, media_type]);
    apart(&mut command);
    let mut child = command.stdin(paper).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
    let answer = wait(&mut child, time, stopping);
    let patience = if matches!(answer, Ok(Answer::Said(_))) { LOOK } else { Duration::ZERO };
    let status = end(&mut child, patience)?;
    Ok(match answer? {
        Answer::Stopped => None,
        Answer::None => Some(PaperText::unreadable()),
        Answer::Said(bytes) => match (told(&bytes), status.map(killed)) {
            (text, Some(Killed::ToStop)) if text.state == TextState::Unreadable => None,
            (text, Some(Killed::ByOthers)) if text.state == TextState::Unreadable => {
                return Err(io::Error::other("the process that reads papers was killed"));
            }
            (text, _) => Some(text),
        },
    })
}

/// How a process ended that did not answer.
enum Killed {
    /// It was asked to end, as this process is.
    ToStop,
    /// The system needed its memory, or somebody killed it by hand.
    ByOthers,
    /// It fell over the paper.
    ByThePaper,
}

#[cfg(unix)]
fn killed(status: ExitStatus) -> Killed {
    use rustix::process::Signal;
    use std::os::unix::process::ExitStatusExt;
    let is = |signal: Signal| status.signal() == Some(signal.as_raw());
    if is(Signal::TERM) || is(Signal::INT) || is(Signal::HUP) {
        Killed::ToStop
    } else if is(Signal::KILL) {
        Killed::ByOthers
    } else {
        Killed::ByThePaper
    }
}

#[cfg(not(unix))]
fn killed(_: ExitStatus) -> Killed {
    Killed::ByThePaper
}

/// A Ctrl-C in the terminal is for the server alone.
#[cfg(unix)]
fn apart(command: &mut Command) {
    use std::os::unix::process::CommandExt;
    command.process_group(0);
}

#[cfg(not(unix))]
fn apart(_: &mut Command) {}

/// Ends the process, which may have said all and run on, or not have been asked to the end; how it ended by itself.
fn end(child: &mut Child, patience: Duration) -> io::Result<Option<ExitStatus>> {
    let deadline = Instant::now() + patience;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if Instant::now() >= deadline {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}

enum Answer {
    Said(Vec<u8>),
    /// Not in time.
    None,
    Stopped,
}

fn wait(child: &mut Child, time: Duration, stopping: &dyn Fn() -> bool) -> io::Result<Answer> {
    let Some(output) = child.stdout.take() else { return Ok(Answer::None) };
    let (say, hear) = mpsc::channel();
    std::thread::Builder::new().name("paper".to_owned()).spawn(move || {
        let mut bytes = Vec::new();
        let read = output.take(ANSWER).read_to_end(&mut bytes);
        // Who does not listen any more has given up.
        say.send(read.map(|_| bytes)).ok();
    })?;
    let deadline = Instant::now() + time;
    loop {
        match hear.recv_timeout(LOOK) {
            Ok(read) => return Ok(Answer::Said(read?)),
            Err(RecvTimeoutError::Disconnected) => return Ok(Answer::None),
            Err(RecvTimeoutError::Timeout) if stopping() => return Ok(Answer::Stopped),
            Err(RecvTimeoutError::Timeout) if Instant::now() >= deadline => return Ok(Answer::None),
            Err(RecvTimeoutError::Timeout) => {}
        }
    }
}

/// What the process wrote, if that is an answer: one that died wrote half of it or nothing.
fn told(bytes: &[u8]) -> PaperText {
    match serde_json::from_slice::<PaperText>(bytes) {
        Ok(text) if text.text.chars().count() <= LONGEST => match text.state {
            TextState::Read | TextState::Cut => text,
            state => PaperText { state, text: String::new() },
        },
        _ => PaperText::unreadable(),
    }
}

/// The other side: confines itself, reads a paper and writes what it says.
///
/// # Errors
/// When it cannot be confined, or nobody reads what it writes.
pub fn answer(media_type: &str, from: impl Read, to: impl Write) -> io::Result<()> {
    confine()?;
    let mut bytes = Vec::new();
    from.take(LARGEST).read_to_end(&mut bytes)?;
    Ok(serde_json::to_writer(to, &formats::read(media_type, bytes))?)
}

/// Limits of memory, of time if whoever waits was killed, and of what is written: nothing.
#[cfg(unix)]
fn confine() -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    /// Bytes: what the program itself maps is a tenth of it.
    const MEMORY: u64 = 1024 * 1024 * 1024;
    let limits = [
        (Resource::As, MEMORY),
        (Resource::Cpu, TIME.as_secs() + 5),
        (Resource::Fsize, 0),
        (Resource::Core, 0),
    ];
    // Where memory is short, this process goes and not the server. Not every system has the file.
    std::fs::write("/proc/self/oom_score_adj", "1000").ok();
    for (resource, most) in limits {
        // Nobody may raise what was lowered for him.
        let most = Some(getrlimit(resource).maximum.map_or(most, |known| known.min(most)));
        setrlimit(resource, Rlimit { current: most, maximum: most })?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn confine() -> io::Result<()> {
    Ok(())
}
