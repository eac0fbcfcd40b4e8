//! The product from outside: one binary, so that it links once.

mod access;
mod accounts;
mod audit;
mod db;
mod pages;
mod support;
