//! Text as it is gathered, up to so many characters.

use crate::attachments::texts::model::{LONGEST, PaperText, TextState};

#[derive(Debug, Default)]
pub(super) struct Gathered {
    text: String,
    /// Characters of it.
    length: usize,
    cut: bool,
}

impl Gathered {
    /// Adds text. Line breaks are pauses; characters that say nothing are left out.
    pub(super) fn push(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                c if self.length >= LONGEST && !c.is_whitespace() => {
                    self.cut = true;
                    return;
                }
                '\n' | '\r' => self.pause('\n'),
                c if c.is_whitespace() => self.pause(' '),
                '\u{FFFD}' => {}
                c if c.is_control() => {}
                c => {
                    self.text.push(c);
                    self.length += 1;
                }
            }
        }
    }

    /// Adds a space or a line break, unless there is one.
    pub(super) fn pause(&mut self, mark: char) {
        match self.text.chars().next_back() {
            None | Some('\n') => {}
            Some(' ') if mark == '\n' => {
                self.text.pop();
                self.text.push('\n');
            }
            Some(' ') => {}
            Some(_) if self.length >= LONGEST => {}
            Some(_) => {
                self.text.push(mark);
                self.length += 1;
            }
        }
    }

    /// There is more than was gathered: nobody need read on.
    pub(super) fn is_cut(&self) -> bool {
        self.cut
    }

    /// There is more than was gathered.
    pub(super) fn leave_rest(&mut self) {
        self.cut = true;
    }

    pub(super) fn finish(mut self) -> PaperText {
        self.text.truncate(self.text.trim_end().len());
        let state = match () {
            () if !self.text.contains(char::is_alphanumeric) => TextState::Empty,
            () if self.cut => TextState::Cut,
            () => TextState::Read,
        };
        let text = if state == TextState::Empty { String::new() } else { self.text };
        PaperText { state, text }
    }
}
