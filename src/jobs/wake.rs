//! Wakes a sleeping worker; many calls before it looks count as one.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

/// A bell between those who write and the worker that follows.
#[derive(Clone, Default)]
pub struct Wake(Arc<(Mutex<bool>, Condvar)>);

impl Wake {
    /// Rings the bell.
    pub fn wake(&self) {
        let (rung, bell) = &*self.0;
        *rung.lock().unwrap_or_else(PoisonError::into_inner) = true;
        bell.notify_all();
    }

    /// Sleeps until the bell rings, at most `longest`.
    pub fn wait(&self, longest: Duration) {
        let (rung, bell) = &*self.0;
        let guard = rung.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut rung, _) =
            bell.wait_timeout_while(guard, longest, |rung| !*rung).unwrap_or_else(PoisonError::into_inner);
        *rung = false;
    }
}
