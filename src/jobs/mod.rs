//! What happens outside a request: the outbox and its worker, and jobs by the clock.

pub mod index_worker;
pub mod outbox;
mod wake;

pub use wake::Wake;
