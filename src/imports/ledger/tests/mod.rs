//! Whole files read. Forms of single cells are in `cells`.

mod cell_forms;
mod sample;

use std::sync::LazyLock;

use chrono::NaiveDate;

use super::*;
use crate::reference::Reference;

static REFERENCE: LazyLock<Reference> = LazyLock::new(|| Reference::load(None).expect("carried files"));

fn today() -> NaiveDate {
    "2026-11-23".parse().expect("a date")
}
