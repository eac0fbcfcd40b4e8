//! The product from outside: one binary, so that it links once.

mod access;
mod pages;
mod support;
