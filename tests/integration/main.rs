//! The product from outside: one binary, so that it links once.

mod access;
mod accounts;
mod audit;
mod db;
mod duplicates;
mod follow_ups;
mod leads;
mod pages;
mod support;
