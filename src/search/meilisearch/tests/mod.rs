//! The engine against a server that only says what it was told to say, and against a real one.

mod real;
mod terms;
