//! The four about-to lists (四临, domain/process.md 4.4): what is about to sign, to start, to produce, to enter the
//! register, each with its leader and its day. How far ahead they look: seeds/reference/about-to.toml.
//!
//! About to sign are leads at the named stages, by their next follow-up, and projects with a planned contract; the
//! others are projects whose milestone is planned and not reached, overdue ones included, withdrawn ones not.

pub mod handlers;
pub mod operations;
pub mod pages;
pub mod queries;
pub mod view;
