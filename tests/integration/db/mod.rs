//! The ground: both databases are the same, migrations leave nothing behind, writes are whole.

mod agreement;
mod append_only;
mod describe;
mod filler;
mod killed;
mod migrations;
mod pages;
mod races;
mod seals;
mod sql;
