//! Public notices of awards (公示, domain/award-facts.md): payee, project, amount, for anybody signed in.
//!
//! A notice is no record of its own: it is an application of `crate::award_applications` from the day on which it was
//! put up to 30 days after its last day, and as little of it as a notice says. Who objects takes the application's step.

pub mod handlers;
pub mod operations;
pub mod pages;
pub mod queries;
pub mod view;
