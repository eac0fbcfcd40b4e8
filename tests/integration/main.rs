//! The product from outside: one binary, so that it links once.

mod access;
mod accounts;
mod audit;
mod chambers;
mod db;
mod duplicates;
mod follow_ups;
mod leads;
mod pages;
mod reference;
mod referrers;
mod support;
