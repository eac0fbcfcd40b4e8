//! Counts that are asked with every page: counting 100,000 rows takes longer than all the rest of a page.
//!
//! A count is kept until this process writes anything, and for a second at most: so long may pass before
//! what another process wrote (an import by the command line, a second server) shows in a number.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long another process's writes may stay unseen.
const KEPT: Duration = Duration::from_secs(1);

/// Different questions kept at once; then all are forgotten.
const MOST: usize = 1_000;

/// Counts by question.
#[derive(Debug, Default)]
pub struct Counts(Mutex<HashMap<String, Kept>>);

#[derive(Debug, Clone, Copy)]
struct Kept {
    /// The number of this process's commits before it was counted.
    commits: u64,
    at: Instant,
    count: i64,
}

impl Counts {
    /// The count of a question. `commits` was read before: a write meanwhile makes this answer the last of its kind.
    pub fn of<E>(
        &self,
        commits: u64,
        question: String,
        count: impl FnOnce() -> Result<i64, E>,
    ) -> Result<i64, E> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&question).copied();
        if let Some(known) = known.filter(|known| known.commits == commits && known.at.elapsed() < KEPT) {
            return Ok(known.count);
        }
        let counted = Kept { commits, at: Instant::now(), count: count()? };
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST {
            kept.clear();
        }
        kept.insert(question, counted);
        Ok(counted.count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(counts: &Counts, commits: u64, question: &str, answer: i64) -> i64 {
        counts.of(commits, question.to_owned(), || Ok::<_, ()>(answer)).unwrap()
    }

    #[test]
    fn a_count_holds_until_something_is_written() {
        let counts = Counts::default();
        assert_eq!(ask(&counts, 7, "overdue", 3), 3);
        assert_eq!(ask(&counts, 7, "overdue", 4), 3, "nothing was written");
        assert_eq!(ask(&counts, 7, "all", 9), 9, "another question");
        assert_eq!(ask(&counts, 8, "overdue", 4), 4, "something was written");
    }

    #[test]
    fn a_count_that_failed_is_not_kept() {
        let counts = Counts::default();
        assert_eq!(counts.of(1, "all".to_owned(), || Err::<i64, _>("no connection")), Err("no connection"));
        assert_eq!(ask(&counts, 1, "all", 2), 2);
    }
}
