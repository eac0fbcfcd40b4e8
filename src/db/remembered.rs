//! What every page asks for and few writes change: who comes, whom one may choose, how long a list is.
//!
//! An answer is kept as long as the state stays that it was found in, a number that every write changes:
//! - `Database::commits`, of this process: so an answer is kept for a second at most, as what another process wrote (an
//!   import by the command line, a second server) is not in it;
//! - one that is read from the database itself, such as `projects::queries::state`: an answer is kept for ten seconds.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long another process's writes may stay unseen.
const A_MOMENT: Duration = Duration::from_secs(1);

/// Different questions kept at once; then all are forgotten.
const MOST: usize = 1_000;

/// Answers of one kind by question.
#[derive(Debug)]
pub struct Remembered<T> {
    answers: Mutex<HashMap<String, Kept<T>>>,
    most: Duration,
}

#[derive(Debug, Clone)]
struct Kept<T> {
    /// As it was before the question was asked.
    state: u64,
    at: Instant,
    answer: T,
}

impl<T> Default for Remembered<T> {
    fn default() -> Self {
        Remembered { answers: Mutex::default(), most: A_MOMENT }
    }
}

impl<T> Remembered<T> {
    /// For states that tell of every process's writes.
    pub fn for_ten_seconds() -> Self {
        Remembered { answers: Mutex::default(), most: Duration::from_secs(10) }
    }
}

impl<T: Clone> Remembered<T> {
    /// The answer, as far as it is known.
    pub fn known(&self, state: u64, question: &str) -> Option<T> {
        let kept = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        let known = kept.get(question)?;
        (known.state == state && known.at.elapsed() < self.most).then(|| known.answer.clone())
    }

    /// The answer. `state` was read before: a write meanwhile makes this answer the last of its kind.
    pub fn of<E>(&self, state: u64, question: String, ask: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        if let Some(known) = self.known(state, &question) {
            return Ok(known);
        }
        let kept = Kept { state, at: Instant::now(), answer: ask()? };
        let answer = kept.answer.clone();
        let mut all = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST {
            all.clear();
        }
        all.insert(question, kept);
        Ok(answer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(counts: &Remembered<i64>, commits: u64, question: &str, answer: i64) -> i64 {
        counts.of(commits, question.to_owned(), || Ok::<_, ()>(answer)).unwrap()
    }

    #[test]
    fn an_answer_holds_until_something_is_written() {
        let counts = Remembered::default();
        assert_eq!(ask(&counts, 7, "overdue", 3), 3);
        assert_eq!(ask(&counts, 7, "overdue", 4), 3, "nothing was written");
        assert_eq!(counts.known(7, "overdue"), Some(3));
        assert_eq!(ask(&counts, 7, "all", 9), 9, "another question");
        assert_eq!(counts.known(8, "overdue"), None, "something was written");
        assert_eq!(ask(&counts, 8, "overdue", 4), 4);
    }

    #[test]
    fn a_question_that_failed_is_asked_again() {
        let counts = Remembered::default();
        assert_eq!(counts.of(1, "all".to_owned(), || Err::<i64, _>("no connection")), Err("no connection"));
        assert_eq!(ask(&counts, 1, "all", 2), 2);
    }
}
