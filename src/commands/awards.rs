//! `yinfeng awards compute`: a line of JSON in, a line of JSON out (domain/award-facts.md). Needs no database: it
//! computes by the versions of the program and of the data folder, not by those loaded on the page.
//!
//! A line that cannot be computed gives its error in its place, and the next ones are computed. Blank lines are passed
//! over. What is computed is written when the input pauses, so that another program can ask and wait.

use crate::app::Files;
use crate::awards::{Award, Engine, Refused, Words};
use crate::commands::{Failure, Outcome};
use crate::config::Settings;
use crate::error::FieldError;
use crate::web::i18n::{I18n, Lang};
use crate::web::problem::message_of;
use serde::Serialize;
use serde_json::Value;
use std::io::{BufRead, BufReader, BufWriter, ErrorKind, Read, Write};

/// The longest line, in bytes: some hundred thousand workers.
const MAX_LINE: usize = 16 * 1024 * 1024;
/// How much is read and written at a time.
const CHUNK: usize = 128 * 1024;

#[derive(clap::Subcommand)]
pub enum Command {
    /// Compute awards: JSON Lines on standard input, one JSON line for each on standard output.
    Compute(Compute),
}

#[derive(clap::Args)]
pub struct Compute {
    /// The language of the steps' sentences and of errors: en or zh-CN.
    #[arg(long, default_value = "en", value_parser = lang)]
    lang: Lang,
}

fn lang(tag: &str) -> Result<Lang, String> {
    Lang::parse(tag).ok_or_else(|| "en or zh-CN is wanted".to_owned())
}

/// What stands in the place of a result.
#[derive(Serialize)]
struct ErrorLine<'a> {
    id: &'a Value,
    error: ErrorBody<'a>,
}

#[derive(Serialize)]
struct ErrorBody<'a> {
    field: &'a str,
    code: &'a str,
    message: String,
}

pub fn run(command: Command) -> Outcome {
    let Command::Compute(args) = command;
    let Files { reference, policies, i18n } = Files::read(&Settings::load()?)?;
    let words = Words::new(&i18n, &reference, args.lang);
    let teller = Teller { engine: Engine::new(&policies, &reference), words, i18n: &i18n, lang: args.lang };
    let input = BufReader::with_capacity(CHUNK, std::io::stdin().lock());
    let output = BufWriter::with_capacity(CHUNK, std::io::stdout().lock());
    match teller.all(input, output) {
        Ok(Counted { wrong: 0, .. }) => Ok(()),
        Ok(Counted { lines, wrong }) => {
            Err(Failure::Refused(format!("{wrong} of {lines} lines could not be computed")))
        }
        // Who reads has seen enough.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(error.into()),
    }
}

#[derive(Default)]
struct Counted {
    lines: u64,
    wrong: u64,
}

struct Teller<'a> {
    engine: Engine<'a>,
    words: Words,
    i18n: &'a I18n,
    lang: Lang,
}

impl Teller<'_> {
    /// Answers line by line to the end of the input.
    fn all<R: Read>(&self, mut input: BufReader<R>, mut output: impl Write) -> std::io::Result<Counted> {
        let mut counted = Counted::default();
        let (mut line, mut answer) = (Vec::new(), Vec::new());
        loop {
            // The next read may wait: what is known is given out before.
            if !input.buffer().contains(&b'\n') {
                output.flush()?;
            }
            line.clear();
            if input.by_ref().take(MAX_LINE as u64 + 1).read_until(b'\n', &mut line)? == 0 {
                output.flush()?;
                return Ok(counted);
            }
            let is_whole = line.len() <= MAX_LINE || line.ends_with(b"\n");
            if !is_whole {
                input.skip_until(b'\n')?;
            }
            // Windows' editors begin a file with a mark.
            let text = match counted.lines {
                0 => line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&line),
                _ => &line,
            };
            if text.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            counted.lines += 1;
            let award = if is_whole { self.engine.line(text) } else { Err(too_long()) };
            counted.wrong += u64::from(award.is_err());
            answer.clear();
            self.tell(award, &mut answer)?;
            answer.push(b'\n');
            output.write_all(&answer)?;
        }
    }

    fn tell(&self, award: Result<Award, Refused>, to: &mut Vec<u8>) -> std::io::Result<()> {
        match award {
            Ok(mut award) => {
                self.words.tell(&mut award);
                serde_json::to_writer(to, &award)?;
            }
            Err(Refused { id, fault }) => {
                let message = self.i18n.say(self.lang, &message_of(&fault));
                let error = ErrorBody { field: &fault.field, code: fault.code, message };
                serde_json::to_writer(to, &ErrorLine { id: &id, error })?;
            }
        }
        Ok(())
    }
}

fn too_long() -> Refused {
    let args = vec![("max", MAX_LINE.to_string())];
    let fault = Box::new(FieldError { field: "line".into(), code: "too-long", args });
    Refused { id: Value::Null, fault }
}
