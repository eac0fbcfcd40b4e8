//! HTTP that is common to all features: pages, their words and looks.

pub mod assets;
pub mod error_pages;
pub mod filled;
pub mod i18n;
pub mod markup;
pub mod navigation;
pub mod shell;
pub mod templates;
