//! The files themselves: carried in the binary, or laid over it by the bureau.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

#[derive(rust_embed::RustEmbed)]
#[folder = "seeds/reference/"]
struct Carried;

/// A reference file that cannot be used: which one, where in it, and what is wanted there.
#[derive(Debug, thiserror::Error)]
#[error("reference data {file}, {place}: {wanted}")]
pub struct ReferenceError {
    /// The file's name or, when it lies in the overlay, its path.
    pub file: String,
    /// A line, or the entry by its code.
    pub place: String,
    /// What is wrong and what is wanted instead.
    pub wanted: String,
}

/// Where files are looked for.
pub(super) struct Files<'a> {
    overlay: Option<&'a Path>,
}

/// One file's text and the name to use for it in errors.
pub(super) struct File {
    name: String,
    text: String,
}

impl<'a> Files<'a> {
    pub(super) fn new(overlay: Option<&'a Path>) -> Self {
        Self { overlay }
    }

    /// The file from the overlay when it is there, else the carried one.
    pub(super) fn read(&self, name: &str) -> Result<File, ReferenceError> {
        if let Some(path) = self.overlay.map(|folder| folder.join(name)).filter(|path| path.exists()) {
            return File::from_disk(&path);
        }
        let fault = |wanted: &str| ReferenceError::new(name, "whole file", wanted);
        let file = Carried::get(name).ok_or_else(|| fault("it is missing from the program"))?;
        let text =
            String::from_utf8(Cow::into_owned(file.data)).map_err(|_| fault("UTF-8 text is wanted"))?;
        Ok(File { name: name.to_owned(), text })
    }
}

impl File {
    fn from_disk(path: &PathBuf) -> Result<Self, ReferenceError> {
        let name = path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|error| {
            ReferenceError::new(&name, "whole file", format!("readable UTF-8 text is wanted: {error}"))
        })?;
        Ok(Self { name, text: text.trim_start_matches('\u{feff}').to_owned() })
    }

    /// The whole file as TOML.
    pub(super) fn toml<T: DeserializeOwned>(&self) -> Result<T, ReferenceError> {
        toml::from_str(&self.text).map_err(|error| {
            let line = error
                .span()
                .map_or(1, |span| self.text.get(..span.start).unwrap_or_default().matches('\n').count() + 1);
            self.fault(format!("line {line}"), error.message())
        })
    }

    /// The rows of a CSV file, each with its line.
    pub(super) fn csv<T: DeserializeOwned>(&self) -> Result<Vec<(u64, T)>, ReferenceError> {
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(self.text.as_bytes());
        let headers = reader.headers().map_err(|error| self.fault("line 1", error.to_string()))?.clone();
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| self.fault("a row", error.to_string()))?;
            let line = record.position().map_or(0, csv::Position::line);
            let row = record
                .deserialize(Some(&headers))
                .map_err(|error| self.fault(format!("line {line}"), error.to_string()))?;
            rows.push((line, row));
        }
        Ok(rows)
    }

    /// An error in this file.
    pub(super) fn fault(&self, place: impl Into<String>, wanted: impl Into<String>) -> ReferenceError {
        ReferenceError::new(&self.name, place, wanted)
    }
}

impl ReferenceError {
    fn new(file: &str, place: impl Into<String>, wanted: impl Into<String>) -> Self {
        Self { file: file.to_owned(), place: place.into(), wanted: wanted.into() }
    }
}
