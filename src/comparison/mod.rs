//! The counties side by side: projects in the pool, key ones, started and producing ones, and their totals in a year.
//! Figures are of all projects, as the plan counts them; an enclave project counts where its statistics belong.

pub mod handlers;
pub mod operations;
pub mod pages;
pub mod queries;
pub mod view;
