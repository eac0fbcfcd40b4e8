//! The ground: both databases are the same, migrations leave nothing behind, writes are whole and last.

mod agreement;
mod append_only;
mod describe;
mod durability;
mod filler;
mod killed;
mod migrations;
mod pages;
mod plans;
mod races;
mod seals;
mod sql;
mod statements;

pub use seals::triggers as triggers_of_the_trail;
