//! Spares everybody the wait for a server that does not answer: after a failure it is left alone for a while, then
//! one caller tries it for all.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long a server that did not answer is left alone.
const LEFT_ALONE: Duration = Duration::from_secs(5);

/// Since when, until when; closed while the server answers.
#[derive(Debug, Default)]
pub(super) struct Breaker(Mutex<Option<Instant>>);

impl Breaker {
    /// Whether to ask. Of those who come after the pause one is let through, the others wait for what he finds.
    pub(super) fn lets_through(&self, now: Instant) -> bool {
        let mut until = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match *until {
            Some(end) if now < end => false,
            Some(_) => {
                *until = Some(now + LEFT_ALONE);
                true
            }
            None => true,
        }
    }

    /// The server answered, whatever it said.
    pub(super) fn answered(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// It did not.
    pub(super) fn failed(&self, now: Instant) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(now + LEFT_ALONE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_a_failure_one_caller_tries_again_when_the_pause_is_over() {
        let (breaker, now) = (Breaker::default(), Instant::now());
        assert!(breaker.lets_through(now));
        breaker.failed(now);
        assert!(!breaker.lets_through(now + LEFT_ALONE / 2));
        let later = now + LEFT_ALONE;
        assert!(breaker.lets_through(later) && !breaker.lets_through(later), "one of two");
        breaker.answered();
        assert!(breaker.lets_through(later) && breaker.lets_through(later));
    }
}
