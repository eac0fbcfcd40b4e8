//! A password from standard input, or a new one.

use crate::accounts::password;
use crate::commands::Failure;
use std::io::Read;

/// Longer input is no password.
const LONGEST: u64 = 4096;

/// A password, and whether its owner must change it at the first sign-in.
pub struct Given {
    pub text: String,
    /// Made by the program, so it has to be told.
    pub generated: bool,
}

/// The whole of standard input but for its line end; without `from_stdin` a password is made that holds
/// neither name.
pub fn given(from_stdin: bool, username: &str, display_name: &str) -> Result<Given, Failure> {
    if !from_stdin {
        return Ok(Given { text: password::generate(username, display_name), generated: true });
    }
    let mut text = String::new();
    std::io::stdin().take(LONGEST).read_to_string(&mut text)?;
    let text = text.trim_end_matches(['\r', '\n']).to_owned();
    if text.is_empty() {
        return Err(Failure::Usage("--password-stdin: standard input is empty".to_owned()));
    }
    Ok(Given { text, generated: false })
}
