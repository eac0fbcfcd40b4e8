//! HTTP that is common to all features: who comes, what is allowed, pages, their words and looks, errors.

pub mod address;
pub mod assets;
pub mod csrf;
pub mod download;
pub mod error_pages;
pub mod filled;
pub mod flash;
pub mod form;
pub mod headers;
pub mod health;
pub mod i18n;
pub mod idempotency;
pub mod json;
pub mod local;
pub mod markup;
pub mod measure;
pub mod navigation;
pub mod params;
pub mod precondition;
pub mod problem;
pub mod roles;
pub mod session;
pub mod shell;
pub mod templates;
pub mod upload;
pub mod visit;
