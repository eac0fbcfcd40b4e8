//! Tells threads to end, and wakes those that sleep.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

/// A switch that goes one way.
#[derive(Clone, Default)]
pub struct Stop(Arc<(Mutex<bool>, Condvar)>);

impl Stop {
    /// Everybody who waits or will wait is told to stop.
    pub fn stop(&self) {
        let (stopped, bell) = &*self.0;
        *stopped.lock().unwrap_or_else(PoisonError::into_inner) = true;
        bell.notify_all();
    }


    /// Sleeps at most `longest`; whether it is time to stop.
    pub fn wait(&self, longest: Duration) -> bool {
        let (stopped, bell) = &*self.0;
        let guard = stopped.lock().unwrap_or_else(PoisonError::into_inner);
        *bell
            .wait_timeout_while(guard, longest, |stopped| !*stopped)
            .unwrap_or_else(PoisonError::into_inner)
            .0
    }
}
